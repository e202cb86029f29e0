"""Files as they are handed over, ours or anybody's: read, told apart by what they hold, and opened."""

from __future__ import annotations

import errno
import io
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from data.errors import OutputError, Place, Problem, ProjectError
from data.files.world import content_of

if TYPE_CHECKING:
    import pikepdf

    from reports.powerpoint.opened import Package
    from reports.powerpoint.slides import Deck

Kind = Literal["pdf", "deck"]

LARGEST_FILE = 1_000_000_000
"""Bytes of a file that is read."""
_PDF_HEAD = 1024
"""A PDF's header may stand behind this many other bytes."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Beginning of Microsoft's compound files: old Office files, and new ones with a password."""


def kind_of(content: bytes, file: str) -> Kind:
    """Whether bytes are a PDF or may be a deck. Raises ProjectError for what is neither, or asks for a password."""
    if b"%PDF-" in content[:_PDF_HEAD]:
        return "pdf"
    if content.startswith(_COMPOUND):
        raise ProjectError(_compound(content, file))
    if zipfile.is_zipfile(io.BytesIO(content)) or content.startswith(b"PK\x03\x04"):
        return "deck"
    raise ProjectError.at(
        Place(file),
        "is empty." if not content else "is neither a PDF nor a PowerPoint file.",
        "Name a .pdf or a .pptx file; save other documents as one of these first.",
    )


@contextmanager
def opened_pdf(content: bytes, file: str) -> Generator[pikepdf.Pdf, None, None]:
    """A PDF that has pages. Raises ProjectError for a damaged one, and for one that asks for a password."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            if not len(pdf.pages):
                raise _damaged(file, "it has no pages")
            yield pdf
    except pikepdf.PasswordError:
        raise ProjectError.at(
            Place(file),
            "asks for a password to be opened.",
            "Save a copy without one: nobody can check, or read out, what is locked.",
        ) from None
    except pikepdf.PdfError as error:
        raise _damaged(file, _reason(error)) from None


def opened_deck(content: bytes, file: str) -> tuple[Package, Deck]:
    """A deck and its parts. Raises ProjectError for a damaged file, and for one that is no presentation."""
    from reports.powerpoint.opened import BrokenPackageError, Package
    from reports.powerpoint.read import WrongKindError, read_deck

    try:
        package = Package(content)
        return package, read_deck(package)
    except BrokenPackageError as error:
        raise ProjectError.at(
            Place(file),
            f"is damaged, or no PowerPoint file: {str(error).strip(' .')}.",
            "Open it in PowerPoint and save it anew, or make it again.",
        ) from None
    except WrongKindError:
        raise ProjectError.at(
            Place(file), "is no presentation.", "Name a .pdf or a .pptx file; save other documents as PDF first."
        ) from None


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
