"""A small project with a batch, for the tests of batches."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from generate import app

EMPLOYERS = (
    ("Alder & Sons", "Logistics", "12", "41000"),
    ("Brightwater Health", "Health", "35", "52000"),
    ("Civic Works", "Public", "8", "39500"),
    ("Delta Grid", "Energy", "21", "61000"),
    ("Elm Street Books", "Retail", "4", "33000"),
    ("Fjord Analytics", "Energy", "16", "72000"),
)
_TOML = """
title = "Employers at the fair"
language = "en-US"
publisher = "Career Center"
website = "https://example.edu/fair"

[tables.employers]
file = "tables/employers.csv"
title = "Employers"
source = "Invented"
as_of = "2026"
[tables.employers.fields]
employer = { title = "Employer", type = "text", key = true }
industry = { title = "Industry", type = "text" }
jobs = { title = "Open jobs", type = "integer" }
pay = { title = "Starting pay", type = "money", unit = "USD" }

[charts.pay]
each = "employers"
table = "employers"
x = "pay"
y = "employer"
highlight = "{{ row.employer }}"
title = "{{ row.employer }} among all employers"

[outputs.sheet]
writer = "handout"
each = "employers"
story = "story/sheet.md"
pages = 1

[outputs.all]
writer = "handout"
story = "story/all.md"
pages = 1

[batches.employers]
over = "employers"
"""
_SHEET = """# {{ row.employer }}

{{ row.employer }} has {{ row.jobs }} open jobs and pays {{ row.pay }}.

{% if employers.where('employer != row.employer and industry == row.industry').count > 0 %}
Others of its industry are here, too: {{ employers.where('employer != row.employer and industry == row.industry').count }}.
{% endif %}

![](chart:pay)
"""


def batch_project(root: Path, rows: tuple[tuple[str, ...], ...] = EMPLOYERS) -> Path:
    """A project with a sheet for each employer, and one for all."""
    for folder in ("tables", "story"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "project.toml").write_text(_TOML, "utf-8")
    (root / "story/sheet.md").write_text(_SHEET, "utf-8")
    (root / "story/all.md").write_text("# The fair\n\n{{ employers.count }} employers come.\n", "utf-8")
    with_rows(root, rows)
    return root


def with_rows(root: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    """Other employers."""
    with (root / "tables/employers.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("employer", "industry", "jobs", "pay"), *rows])


def settings(root: Path, old: str, new: str) -> None:
    """Say something else in project.toml."""
    said = (root / "project.toml").read_text("utf-8")
    assert old in said
    (root / "project.toml").write_text(said.replace(old, new, 1), "utf-8")


def batch(root: Path, out: Path, *options: str) -> tuple[int, str]:
    """What `batch` ends with and says; in this process, which makes the items, too."""
    result = CliRunner().invoke(app, ["batch", str(root), "--out", str(out), *(options or ("--jobs", "1"))])
    return result.exit_code, result.output


def manifest(out: Path, name: str = "employers") -> dict[str, Any]:
    """The manifest of a batch, each of whose documents is what it says."""
    said: dict[str, Any] = json.loads((out / name / "manifest.json").read_text("utf-8"))
    for item in said["items"]:
        for document in item["documents"].values():
            content = (out / name / document["file"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == document["sha256"], document["file"]
    return said


def files(out: Path, name: str = "employers") -> dict[str, bytes]:
    """The documents of the items in a batch's folder, by name."""
    return {path.name: path.read_bytes() for path in sorted((out / name).glob("*.pdf")) if path.stem != name}
