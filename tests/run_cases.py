"""Runs each small input of ../shared/cases with the real commands and says whether the answer is a right one.

`python -m tests.run_cases [NAME...]` prints a line for each: its name, right or wrong, and what was answered. What is
right stands in tests/shared_cases.py, and is looked for in the printed text, the warning or the refusal.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from msgspec import Struct
from typer.testing import CliRunner

from generate import app
from tests.conftest import SHARED
from tests.shared_cases import CASES, Case, Right

REFUSED = 2
PROJECT = """\
title = "A case"
language = "{language}"
publisher = "Test College"
website = "https://test.example/x"

[outputs.report]
writer = "report"
story = "story.md"
"""


class Given(Struct, frozen=True):
    """What the program answered: each message on a line of its own, and all that the documents say."""

    refused: bool
    said: str
    text: str = ""
    """With single spaces, alternative texts behind it."""


class Verdict(Struct, frozen=True):
    """Whether an answer is right, and which it was."""

    name: str
    right: bool
    answered: str

    def __str__(self) -> str:
        return f"{self.name:24} {'right' if self.right else 'WRONG'}  {self.answered}"


def verdict(case: Case, folder: Path, cases: Path = SHARED / "cases") -> Verdict:
    """The answer to a case, judged; `folder` is an empty one to work in."""
    given = _tables(case, folder, cases) if case.files else _project(cases / case.name, folder / "project")
    found = next((right for right in case.rights if fits(right, given)), None)
    if found is None:
        return Verdict(case.name, False, f"{_shown(given)} (right: {case.rule})")
    return Verdict(case.name, True, found.kind)


def fits(right: Right, given: Given) -> bool:
    """Whether an answer is this right one: all patterns are found where they belong, and nothing that must not be."""
    if right.refused:
        return given.refused and all(re.search(pattern, given.said) for pattern in right.refused)
    return (
        not given.refused
        and all(re.search(pattern, given.said) for pattern in right.told)
        and all(re.search(pattern, given.text) for pattern in right.value)
        and not any(re.search(pattern, given.text) for pattern in right.never)
    )


def _shown(given: Given) -> str:
    lines = given.said.strip().splitlines() or [""]
    return f"{'refused' if given.refused else 'made'}: {lines[0][:160]} | {given.text[:240]}"


def _run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def _project(source: Path, root: Path) -> Given:
    """Check and build a copy of a project; both must answer alike."""
    if root != source:
        shutil.copytree(source, root)
    checked, said = _run("check", root)
    built, more = _run("build", root, "--out", root / "out", "--quiet")
    if checked not in (0, REFUSED) or built != checked:
        return Given(False, f"check ends with {checked}, build with {built}: {said} {more}")
    if built == REFUSED:
        return Given((root / "out/report.pdf").exists() is False, "\n".join(_common(said, more)))
    return Given(False, "\n".join(_common(said, more)), _text(root / "out"))


def _common(first: str, second: str) -> list[str]:
    """The lines that both commands print: a doubt that only one of them tells is not told."""
    return [line for line in first.splitlines() if line in second.splitlines()]


def _tables(case: Case, folder: Path, cases: Path) -> Given:
    """Propose a table from the first file, print it as proposed and from each other file in its place."""
    first, *others = (cases / name for name in case.files)
    root = folder / "project"
    (root / "story").mkdir(parents=True)
    (root / "project.toml").write_text(PROJECT.format(language=case.language), "utf-8")
    (root / "brand.toml").write_text('institution = "Test College"\n', "utf-8")
    (root / "story.md").write_text("# Findings\n\nText.\n", "utf-8")
    _, proposal = _run("inspect", first)
    code, said = _run("inspect", first, "--add", root)
    if code == REFUSED:
        return Given(True, f"{proposal}\n{said}")
    name = re.search(r"^\[tables\.(\w+)\]", proposal, re.M)
    assert name is not None, proposal
    (root / "story.md").write_text(f"# Findings\n\n![All of it](table:{name[1]})\n", "utf-8")
    for other in others:
        (root / "tables" / first.name).write_bytes(other.read_bytes())
    given = _project(root, root)
    return Given(given.refused, given.said if others else f"{proposal}\n{given.said}", given.text)


def _text(out: Path) -> str:
    """All that the documents in a folder say: the text of each PDF, its alternative texts, the parts of each deck."""
    parts: list[str] = []
    for path in sorted(out.glob("*.pdf")):
        command = ["pdftotext", "-layout", str(path), "-"]
        parts.append(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        with pikepdf.open(path) as pdf:
            found = (entry.get("/Alt") for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary))
            parts += [str(alt) for alt in found if alt is not None]
    for path in sorted(out.glob("*.pptx")):
        with zipfile.ZipFile(path) as package:
            parts += [
                f"[{name}] {package.read(name).decode()}" for name in package.namelist() if re.search(r"xml|rels", name)
            ]
    return " ".join(" ".join(parts).split())


def main(names: Sequence[str]) -> int:
    """Print a line for each case, and end with 1 where one is wrong."""
    wrong = 0
    for case in CASES:
        if not names or case.name in names:
            with tempfile.TemporaryDirectory() as folder:
                found = verdict(case, Path(folder))
            wrong += not found.right
            sys.stdout.write(f"{found}\n")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
