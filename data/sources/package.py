"""Zip packages that workbooks are: refused before they are unpacked when damaged, locked or out of all proportion."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from data.errors import Place, Problem, ProjectError

PART = 600_000_000
"""Bytes that one part may have when unpacked: a sheet of a million rows has about half of it."""
WHOLE = 1_000_000_000
"""Bytes of all parts together."""
_SMALL = 50_000_000
_RATIO = 150
"""Bytes from one packed byte, past the first 50 MB. Sheets of real numbers have 5 to 15, of empty rows up to 100."""
_CHUNK = 1 << 22


class Package:
    """A zip file whose declared sizes are in proportion. Use as a context manager."""

    def __init__(self, path: Path, file: str) -> None:
        self._file = file
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
            raise self.damaged() from None
        self._check_sizes()

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def damaged(self) -> ProjectError:
        """The error for a file whose content is not what it should be."""
        return ProjectError(
            Problem(
                Place(self._file),
                "is damaged: it cannot be unpacked.",
                "Download or copy it again; if it opens in a spreadsheet program, save it from there.",
            )
        )

    def _check_sizes(self) -> None:
        infos = self._zip.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise locked(self._file)
        whole = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos) or 1
        largest = max((info.file_size for info in infos), default=0)
        if largest > PART or whole > WHOLE or (whole > _SMALL and whole / packed > _RATIO) or len(infos) > 10_000:
            raise ProjectError(
                Problem(
                    Place(self._file),
                    f"would unpack to {whole / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB, and is not opened.",
                    "Save the one sheet that is needed as a workbook of its own, or as CSV.",
                )
            )

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's bytes, in pieces of 4 MB; ProjectError where it is missing or damaged."""
        try:
            with self._zip.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise self.damaged() from None

    def part(self, name: str, largest: int = 50_000_000) -> bytes:
        """A part's content; ProjectError where it is missing, damaged or larger than `largest` bytes."""
        info = self._zip.NameToInfo.get(name)
        if info is None or info.file_size > largest:
            raise self.damaged()
        return b"".join(self.chunks(name))


def locked(file: str) -> ProjectError:
    """The error for a workbook that is encrypted."""
    return ProjectError(
        Problem(
            Place(file),
            "is protected by a password.",
            "Open it in its program and save a copy without the password; passwords are never asked for here.",
        )
    )
