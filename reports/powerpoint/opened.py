"""The parts of a PowerPoint file: read within bounds, and never trusted to be whole."""

from __future__ import annotations

import io
import lzma
import math
import posixpath
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from urllib.parse import unquote

from msgspec import Struct

from data.files.package_bounds import DECK, out_of_proportion, too_many_parts
from reports.xml import Element, NotXmlError, parse

LARGEST_PART = 64_000_000
"""Bytes of one unpacked part that are still read."""
_LARGEST_SUM = 400_000_000

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "ahyp": "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "dc": "http://purl.org/dc/elements/1.1/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
}
_STRICT = {
    b"http://purl.oclc.org/ooxml/drawingml/main": NAMESPACES["a"].encode(),
    b"http://purl.oclc.org/ooxml/presentationml/main": NAMESPACES["p"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": NAMESPACES["r"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": NAMESPACES["m"].encode(),
}
"""Names in files that were saved as strict Open XML, and what all other files call the same."""


@cache
def q(name: str) -> str:
    """ "p:sp" as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path of names such as "p:spPr", "a:xfrm"; None without it."""
    for name in path:
        if element is None:
            return None
        element = element.find(q(name))
    return element


def children(element: Element | None) -> Iterator[Element]:
    """The elements in an element; of markup for newer and older programs, what the newer ones see."""
    if element is None:
        return
    for found in element:
        if found.tag == q("mc:AlternateContent"):
            choice = child(found, "mc:Choice")
            yield from children(choice if choice is not None else child(found, "mc:Fallback"))
        elif isinstance(found.tag, str):
            yield found


_LARGEST_NUMBER = 2**53
"""Beyond any length on a slide, and still exact as a float."""


def whole(element: Element | None, name: str) -> int | None:
    """An attribute that is a whole number; None without it."""
    said = None if element is None else element.get(name)
    try:
        number = None if said is None else int(said)
    except ValueError:
        return None
    return None if number is None or abs(number) > _LARGEST_NUMBER else number


def share(element: Element | None, name: str) -> float | None:
    """An attribute that is a part of one, written as "75000" or "75%"; None without it."""
    said = str(element.get(name) or "") if element is not None else ""
    try:
        number = float(said[:-1]) / 100 if said.endswith("%") else float(said) / 100_000
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < _LARGEST_NUMBER else None


def is_on(element: Element | None, name: str) -> bool:
    """Whether an attribute says yes."""
    return element is not None and element.get(name) in ("1", "true", "on")


class BrokenPackageError(Exception):
    """A part that must be there is not, or can't be read."""


class Relation(Struct, frozen=True):
    """What a part refers to."""

    kind: str
    """The last word of its type: "slide", "hyperlink" ..."""
    target: str
    """Name of a part, or an address outside the file."""
    outside: bool


class PartsByName(ABC):
    """The parts of a deck by name, without a leading slash."""

    @property
    @abstractmethod
    def names(self) -> Collection[str]:
        """All parts."""

    @abstractmethod
    def xml(self, name: str) -> Element:
        """The root of a part. Raises BrokenPackageError where it is missing, broken or no XML."""

    @abstractmethod
    def relations(self, name: str) -> Mapping[str, Relation]:
        """What a part refers to, by id; the package itself is called ""."""

    def optional(self, name: str) -> Element | None:
        """The root of a part that may be missing or broken; None then."""
        try:
            return self.xml(name)
        except BrokenPackageError:
            return None

    def related(self, name: str, kind: str) -> str:
        """The first part of a kind that a part refers to; empty where there is none in the file."""
        found = (r.target for r in self.relations(name).values() if r.kind == kind and not r.outside)
        return next((target for target in found if target in self.names), "")


class Package(PartsByName):
    """The parts of a file."""

    def __init__(self, content: bytes) -> None:
        """`content` are the bytes of a file. Raises BrokenPackageError for what is no zip file."""
        self._sum = 0
        self._parts: dict[str, Element | None] = {}
        self._relations: dict[str, Mapping[str, Relation]] = {}
        try:
            stream = io.BytesIO(content)
            if too_many_parts(stream, DECK):
                raise BrokenPackageError(f"it has more parts than the {DECK.parts:,} that are read")
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise BrokenPackageError(str(error) or "it is no zip file") from None
        if said := out_of_proportion(self._zip.infolist(), DECK):
            raise BrokenPackageError(f"it {said}")

    @property
    def names(self) -> Collection[str]:
        """All parts."""
        return self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """A part's bytes. Raises BrokenPackageError where it is missing, broken or too large."""
        try:
            entry = self._zip.getinfo(name)
            if entry.flag_bits & 1:
                raise BrokenPackageError(f"{name} asks for a password")
            self._sum += entry.file_size
            if entry.file_size > LARGEST_PART or self._sum > _LARGEST_SUM:
                raise BrokenPackageError(f"{name} is too large to be read")
            return self._zip.read(entry)
        except KeyError:
            raise BrokenPackageError(f"{name} is missing") from None
        except (
            zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError,
            ValueError,
        ):  # fmt: skip
            raise BrokenPackageError(f"{name} cannot be unpacked") from None

    def xml(self, name: str) -> Element:
        """The root of a part. Raises BrokenPackageError as `read` does, and for what is no XML."""
        if name not in self._parts:
            self._parts[name] = parse_part(name, self.read(name))
        return self._parts[name]

    def is_strict(self) -> bool:
        """Whether the main part is written in strict Open XML."""
        start = self.related("", "officeDocument")
        return bool(start) and any(name in self.read(start) for name in _STRICT)

    def optional(self, name: str) -> Element | None:
        """The root of a part that may be missing or broken; None then."""
        if name not in self._parts:
            try:
                return self.xml(name)
            except BrokenPackageError:
                self._parts[name] = None
        return self._parts[name]

    def relations(self, name: str) -> Mapping[str, Relation]:
        """What a part refers to, by id; the package itself is called ""."""
        if name not in self._relations:
            folder, file = posixpath.split(name)
            root = self.optional(posixpath.join(folder, "_rels", f"{file}.rels"))
            self._relations[name] = {} if root is None else dict(_relations(root, folder))
        return self._relations[name]


def parse_part(name: str, content: bytes) -> Element:
    """The root of a part. Raises BrokenPackageError, with its name, for what is no XML."""
    for strict, usual in _STRICT.items():
        content = content.replace(strict, usual)
    try:
        return parse(content)
    except NotXmlError as error:
        raise BrokenPackageError(f"{name} cannot be read, {error}") from None


def _relations(root: Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for found in root:
        kind = str(found.get("Type") or "").rsplit("/", 1)[-1]
        target = str(found.get("Target") or "")
        outside = found.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join("/" + folder, unquote(target).split("#")[0])).lstrip("/")
        yield str(found.get("Id") or ""), Relation(kind, target, outside)
