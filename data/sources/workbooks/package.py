"""Zip packages that workbooks are: refused before they are unpacked when damaged, locked or out of all proportion."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from data.errors import Place, ProjectError
from data.files.package_bounds import WORKBOOK, out_of_proportion, too_many_parts
from data.files.world import opened

_CHUNK = 1 << 22


class Reader(Protocol):
    """What takes the elements and texts of XML as they come."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def said(self, text: str) -> None: ...


class Package:
    """A zip file whose declared sizes are in proportion. Use as a context manager."""

    def __init__(self, path: Path, file: str) -> None:
        self._file = file
        try:
            with opened(path) as stream:
                many = too_many_parts(stream, WORKBOOK)
            if many:
                raise self._refused(f"has more parts than the {WORKBOOK.parts:,} that are read")
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
        return ProjectError.at(
            Place(self._file),
            "is damaged: it cannot be unpacked.",
            "Download or copy it again; if it opens in a spreadsheet program, save it from there.",
        )

    def _check_sizes(self) -> None:
        infos = self._zip.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise locked(self._file)
        if said := out_of_proportion(infos, WORKBOOK):
            raise self._refused(said)

    def _refused(self, said: str) -> ProjectError:
        remedy = "Save the one sheet that is needed as a workbook of its own, or as CSV."
        return ProjectError.at(Place(self._file), f"{said}.", remedy)

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

    def parse(self, name: str, reader: Reader) -> None:
        """Read a part as XML, names behind their namespaces; ProjectError where it is missing or damaged."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
        parser.CharacterDataHandler = reader.said
        try:
            for chunk in self.chunks(name):
                parser.Parse(chunk)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError):  # the latter two for an encoding that is none
            raise self.damaged() from None

    def part(self, name: str, largest: int = 50_000_000) -> bytes:
        """A part's content; ProjectError where it is missing, damaged or larger than `largest` bytes."""
        info = self._zip.NameToInfo.get(name)
        if info is None or info.file_size > largest:
            raise self.damaged()
        return b"".join(self.chunks(name))


def locked(file: str) -> ProjectError:
    """The error for a workbook that is encrypted."""
    return ProjectError.at(
        Place(file),
        "is protected by a password.",
        "Open it in its program and save a copy without the password; passwords are never asked for here.",
    )
