"""What is wrong with files: opens each, whatever its name, and lets the rules for its kind look at it."""

from __future__ import annotations

import errno
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from data.errors import OutputError, Place, Problem, ProjectError
from data.files.world import content_of
from reports.audit.findings import Finding, apply

Kind = Literal["pdf", "deck"]

LARGEST_FILE = 1_000_000_000
"""Bytes of a file that is read."""
_PDF_HEAD = 1024
"""A PDF's header may stand behind this many other bytes."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Beginning of Microsoft's compound files: old Office files, and new ones with a password."""


class Audited(Struct, frozen=True):
    """A file that was looked at."""

    file: str
    kind: Kind
    findings: tuple[Finding, ...]


def audit_bytes(content: bytes, file: str) -> Audited:
    """What is wrong with a PDF or a PowerPoint file, given as bytes; `file` is what findings call it.

    Raises ProjectError for a file that is neither, is damaged, or asks for a password.
    """
    if b"%PDF-" in content[:_PDF_HEAD]:
        return Audited(file, "pdf", _audit_pdf(content, file))
    if content.startswith(_COMPOUND):
        raise ProjectError(_compound(content, file))
    if zipfile.is_zipfile(io.BytesIO(content)) or content.startswith(b"PK\x03\x04"):
        from reports.audit.deck.audit import audit_deck

        return Audited(file, "deck", audit_deck(content, file))
    raise ProjectError.at(
        Place(file),
        "is empty." if not content else "is neither a PDF nor a PowerPoint file.",
        "Name a .pdf or a .pptx file; save other documents as one of these first.",
    )


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


def read_file(path: Path) -> bytes:
    """A file's bytes.

    Raises ProjectError where there is no such file, OutputError where the machine does not let it be read.
    """
    try:
        if not path.exists():
            raise ProjectError.at(Place(str(path)), "there is no such file.", "Check the name and the folder.")
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "no file with content of its own"
            raise ProjectError.at(Place(str(path)), f"is {kind}.", "Name the files, such as out/report.pdf.")
        if path.stat().st_size > LARGEST_FILE:
            raise ProjectError.at(Place(str(path)), "is larger than 1 GB and was not read.", "Divide the document.")
        return content_of(path)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise ProjectError.at(Place(str(path)), "there is no such file.", "Check the name.") from None
        why = error.strerror or error
        raise OutputError(f"{path}: cannot be read: {why}. Check who may read it, and where else it is open.") from None


def _audit_pdf(content: bytes, file: str) -> tuple[Finding, ...]:
    import pikepdf

    from reports.audit.pdf.document import read_document
    from reports.audit.pdf.rules import RULES

    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            if not len(pdf.pages):
                raise _damaged(file, "it has no pages")
            return tuple(apply(RULES, read_document(pdf), file))
    except pikepdf.PasswordError:
        raise ProjectError.at(
            Place(file),
            "asks for a password to be opened.",
            "Save a copy without one: nobody can check, or read out, what is locked.",
        ) from None
    except pikepdf.PdfError as error:
        raise _damaged(file, _reason(error)) from None


def _reason(error: Exception) -> str:
    """What is broken, without the library's own name for the file."""
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return said.split("): ", 1)[-1].removeprefix("<_io.BytesIO object>: ").strip(" .")


def _damaged(file: str, why: str) -> ProjectError:
    return ProjectError.at(
        Place(file),
        f"is damaged: {why}.",
        "Make it again, or open it in the program it comes from and save it anew.",
    )


def _compound(content: bytes, file: str) -> Problem:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Problem(
            Place(file),
            "asks for a password to be opened.",
            "Save a copy without one: nobody can check, or read out, what is locked.",
        )
    return Problem(Place(file), "is an old Office file (.ppt, .doc, .xls).", "Save it as .pptx or as PDF first.")
