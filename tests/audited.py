"""Good documents for tests of the audit, made once, and veraPDF's answers for many files at once."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from data.project_folder import BUILT_IN
from reports.audit.audit import audit_bytes
from reports.audit.findings import Finding
from reports.audit.verapdf import JAR, validate
from reports.deck.writer import write_deck
from reports.runs.read import Options, read
from reports.runs.write import write
from tests.pdf_pages import BRAND, Ids, document, every_block
from tests.writing import write_report


@cache
def good_pdf() -> bytes:
    """A report with one block of each kind."""
    return write_report(document(every_block(Ids())), BRAND)


@cache
def good_deck() -> bytes:
    """A deck with one block of each kind, its charts pictures."""
    return write_deck(document(every_block(Ids())), BRAND, "picture")


@cache
def native_deck() -> bytes:
    """The same, its charts drawn by PowerPoint."""
    return write_deck(document(every_block(Ids())), BRAND)


@cache
def outputs(project: str, paper: str) -> Mapping[str, bytes]:
    """The outputs of a built-in project by file name, in memory."""
    reading = read(BUILT_IN / project, Options(paper="a4" if paper == "a4" else "letter"))
    return {item.planned.file: item.content for item in write(reading, None).finished()}


def found(content: bytes) -> tuple[Finding, ...]:
    """What our own rules find."""
    return audit_bytes(content, "file").findings


def rules(content: bytes) -> set[str]:
    return {finding.rule for finding in found(content)}


def needs_verapdf() -> None:
    """Skip the test where no veraPDF is, or fail it when FAIRSHEET_REQUIRE_TOOLS=1."""
    if not os.environ.get(JAR):
        if os.environ.get("FAIRSHEET_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{JAR} names no jar, and FAIRSHEET_REQUIRE_TOOLS=1")
        pytest.skip(f"{JAR} names no jar")


def by_verapdf(files: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """What veraPDF finds in each file, "7.1-3", all in one run."""
    needs_verapdf()
    paths: dict[Path, str] = {}
    for number, (name, content) in enumerate(files.items()):
        path = folder / f"{number}.pdf"
        path.write_bytes(content)
        paths[path] = name
    answers = validate(list(paths))
    assert answers is not None
    return {paths[path]: shown(findings) for path, findings in answers.items()}


def shown(findings: Sequence[Finding]) -> list[str]:
    return [finding.rule.removeprefix("verapdf-") for finding in findings]
