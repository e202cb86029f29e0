"""What is wrong with files: opens each, whatever its name, and lets the rules for its kind look at it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from data.errors import OutputError, Problem, ProjectError
from reports.audit.findings import Finding, apply
from reports.audit.opened import Kind, kind_of, opened_deck, opened_pdf, read_file


class Audited(Struct, frozen=True):
    """A file that was looked at."""

    file: str
    kind: Kind
    findings: tuple[Finding, ...]


def audit_bytes(content: bytes, file: str) -> Audited:
    """What is wrong with a PDF or a PowerPoint file, given as bytes; `file` is what findings call it.

    Raises ProjectError for a file that is neither, is damaged, or asks for a password.
    """
    kind = kind_of(content, file)
    if kind == "pdf":
        return Audited(file, kind, _audit_pdf(content, file))
    from reports.audit.deck.rules import RULES

    return Audited(file, kind, tuple(apply(RULES, opened_deck(content, file)[1], file)))


class Audit(Struct, frozen=True):
    """What was found in several files, and what kept others from being looked at."""

    files: tuple[Audited, ...]
    problems: tuple[Problem, ...] = ()
    """Files that are missing, damaged, or of another kind."""
    outages: tuple[str, ...] = ()
    """What the machine stood in the way of."""
    verapdf: Literal["run", "missing", "failed", "not needed"] = "not needed"


def audit_files(paths: Sequence[Path]) -> Audit:
    """What is wrong with files; those that cannot be read are told apart and keep nobody from the others."""
    files: dict[Path, Audited] = {}
    problems: list[Problem] = []
    outages: list[str] = []
    for path in dict.fromkeys(paths):
        try:
            files[path] = audit_bytes(read_file(path), str(path))
        except ProjectError as error:
            problems.extend(error.problems)
        except OutputError as error:
            outages.append(str(error))
    verapdf: Literal["run", "missing", "failed", "not needed"] = "not needed"
    pdfs = [path for path, audited in files.items() if audited.kind == "pdf"]
    if pdfs:
        from reports.audit.verapdf import validate

        try:
            found = validate(pdfs)
            verapdf = "missing" if found is None else "run"
            for path, more in (found or {}).items():
                files[path] = replace(files[path], findings=(*files[path].findings, *more))
        except ProjectError as error:
            problems.extend(error.problems)
            verapdf = "failed"
        except OutputError as error:
            outages.append(str(error))
            verapdf = "failed"
    return Audit(tuple(files.values()), tuple(problems), tuple(outages), verapdf)


def _audit_pdf(content: bytes, file: str) -> tuple[Finding, ...]:
    from reports.audit.pdf.document import read_document
    from reports.audit.pdf.rules import RULES

    with opened_pdf(content, file) as pdf:
        return tuple(apply(RULES, read_document(pdf), file))
