"""Texts of an Office Open XML workbook in which something is raised or lowered, such as a footnote mark."""

from __future__ import annotations

import re
from html import unescape

from msgspec import Struct, field

from data.sources.workbooks.office_open_parts import part_of_kind
from data.sources.workbooks.package import Package
from data.sources.workbooks.raised_text import Place, with_places
from data.sources.workbooks.workbook_cells import column_number

_SHARED = re.compile(
    rb'<(?:\w+:)?c\b(?=[^<>]*\bt=["\']s["\'])[^<>]*?\br=["\']([A-Z]{1,3})(\d{1,7})["\'][^<>]*>\s{0,99}'
    rb"<(?:\w+:)?v>\s{0,99}(\d{1,9})\s{0,99}<"
)
_INLINE = re.compile(
    rb'<(?:\w+:)?c\b(?=[^<>]*\bt=["\']inlineStr["\'])[^<>]*?\br=["\']([A-Z]{1,3})(\d{1,7})["\'][^<>]*>'
)
_PIECE = re.compile(
    rb"<(?:\w+:)?(?:(?P<run>r)(?=[\s>])|(?P<align>vertAlign)\b[^<>]*\bval=[\"'](?P<place>\w+)|t\b[^<>]*>(?P<text>[^<]*))"
)
_CLOSING = re.compile(rb"</(?:\w+:)?c>")
_PLACES: dict[str, Place] = {"superscript": "raised", "subscript": "lowered"}


class _Strings(Struct):
    """Reads the shared strings, and keeps those in which something is raised or lowered."""

    number: int = -1
    runs: list[tuple[str, Place]] = field(default_factory=list[tuple[str, Place]])
    place: Place = ""
    inside: bool = False
    reading: int = 0
    found: dict[int, str] = field(default_factory=dict[int, str])

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "si":
            self.number += 1
            self.runs, self.place = [], ""
        elif name == "r":
            self.place = ""
        elif name == "vertAlign":
            self.place = _PLACES.get(attributes.get("val", ""), "")
        elif name == "rPh":
            self.reading += 1  # how a word is pronounced, which is not shown in the cell
        elif name == "t":
            self.inside = not self.reading

    def said(self, text: str) -> None:
        if self.inside:
            self.runs.append((text, self.place))

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "t":
            self.inside = False
        elif name == "rPh":
            self.reading -= 1
        elif name == "si" and any(place for _, place in self.runs):
            self.found[self.number] = with_places(self.runs)


def raised_strings(package: Package) -> dict[int, str]:
    """Shared strings in which something is raised or lowered, by their number.

    Raises ProjectError where the part that holds them is damaged.
    """
    part = part_of_kind(package, "sharedStrings")
    raised, end = False, b""
    for chunk in package.chunks(part) if part else ():  # to the end: damage shows here, before calamine reads it
        raised = raised or b"vertAlign" in end + chunk
        end = chunk[-8:]
    if not raised:
        return {}
    strings = _Strings()
    package.parse(part, strings)
    return strings.found


def shared_cells(xml: bytes, strings: dict[int, str]) -> dict[tuple[int, int], str]:
    """The cells of a piece of a sheet that hold one of these strings."""
    return {
        (int(row) - 1, column_number(column.decode()) - 1): strings[int(number)]
        for column, row, number in _SHARED.findall(xml)
        if int(number) in strings
    }


def inline_cells(xml: bytes) -> dict[tuple[int, int], str]:
    """The cells of a piece of a sheet that hold a text of their own in which something is raised or lowered."""
    found: dict[tuple[int, int], str] = {}
    if b"vertAlign" not in xml:
        return found
    for cell in _INLINE.finditer(xml):
        closing = _CLOSING.search(xml, cell.end())
        if closing is None:
            break
        end = closing.start()
        runs: list[tuple[str, Place]] = []
        place: Place = ""
        for piece in _PIECE.finditer(xml, cell.end(), end):
            if piece["run"]:
                place = ""
            elif piece["place"]:
                place = _PLACES.get(piece["place"].decode(), "")
            elif piece["text"] is not None:
                runs.append((unescape(piece["text"].decode("utf-8", "replace")), place))
        if any(place for _, place in runs):
            found[int(cell[2]) - 1, column_number(cell[1].decode()) - 1] = with_places(runs)
    return found
