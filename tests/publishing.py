"""A project of one table and two pages, and what becomes of it when it is published."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from generate import app

PROJECT = """\
title = "Two jobs"
language = "en-US"
publisher = "Career Center"

[tables.pay]
file = "tables/pay.csv"
source = "A survey"
as_of = "2024"
[tables.pay.fields]
job = { title = "Job", type = "text", key = true }
salary = { title = "Salary", type = "money", unit = "USD", minimum = 0 }

[outputs.report]
writer = "report"
story = "story/report.md"
[outputs.handout]
writer = "handout"
story = "story/handout.md"
"""
REPORT = """\
# Engineers earn more {holds="pay.top('salary').job == 'Engineer'"}

An engineer earns {{ pay["Engineer"].salary }}.
"""
HANDOUT = """\
# Two jobs

::: key-figures
- **{{ pay["Analyst"].salary }}** an analyst
:::
"""


def project(root: Path, salary: int = 120_000) -> Path:
    """Write the project."""
    for name, text in {
        "project.toml": PROJECT,
        "brand.toml": 'institution = "Test University"\n',
        "story/report.md": REPORT,
        "story/handout.md": HANDOUT,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    with_salary(root, salary)
    return root


def with_salary(root: Path, engineer: int, analyst: int = 100_000) -> None:
    """Give the jobs other salaries. The report shows the first, the handout the second."""
    (root / "tables").mkdir(exist_ok=True)
    (root / "tables/pay.csv").write_text(f"job,salary\nEngineer,{engineer}\nAnalyst,{analyst}\n", encoding="utf-8")


def settings(root: Path, old: str, new: str) -> None:
    """Change a text in project.toml."""
    text = (root / "project.toml").read_text("utf-8")
    assert old in text
    (root / "project.toml").write_text(text.replace(old, new), encoding="utf-8")


def run(*arguments: str | Path) -> tuple[int, str]:
    """A command as its user calls it: exit code and what it says."""
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def publish(root: Path, to: Path, *options: str) -> tuple[int, str]:
    """Publish a project."""
    return run("publish", root, "--to", to, *options)


def editions(to: Path, what: str, *arguments: str) -> tuple[int, str]:
    """Ask for, or decide about, editions."""
    return run("editions", what, *arguments, "--to", to)


def ids(to: Path) -> list[str]:
    """The ids of all editions, oldest first."""
    code, said = editions(to, "list")
    assert code == 0, said
    return [line.split()[0] for line in said.splitlines() if not line.startswith(" ")]
