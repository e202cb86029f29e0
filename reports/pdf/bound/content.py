"""The content of a page, told in the codes of other fonts: what our own writers draw, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol, TypeVar

from reports.pdf.bound.written import StrangeError

T = TypeVar("T")

_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_KERNING = re.compile(rb"[-\d.\s]*").fullmatch
_TOLD = re.compile(
    rb"/MCID\s+(?P<mark>\d+)"
    rb"|/(?P<font>[^\s()<>\[\]{}/%]+)(?=\s+[-+.\d]+\s+Tf\b)"
    rb"|/(?P<picture>[^\s()<>\[\]{}/%]+)(?=\s+Do\b)"
    rb"|(?<![^\s])(?P<state>[qQ])(?![^\s])"
)
_STRANGE = re.compile(rb"[()\\%{}]|(?<!<)<(?!<)|(?<![^\s])(?:BI|gs|sh|cs|CS|scn|SCN|'|\")(?![^\s])")
_ESCAPE = re.compile(rb"\\(?:[0-7]{3}|.)", re.DOTALL)
_ESCAPED = {
    **{b"\\%03o" % code: bytes((code,)) for code in range(256)},
    **{b"\\" + sign: sign for sign in (b"(", b")", b"\\")},
    **{b"\\" + sign: end for sign, end in zip((b"n", b"r", b"t", b"b", b"f"), (b"\n", b"\r", b"\t", b"\b", b"\f"))},
}
"""What is escaped in a string (ISO 32000-1, table 3); octal codes in three digits, as our writers do."""
_NEEDS_ESCAPE = re.compile(rb"[()\\\r]")


class Codes(Protocol):
    """What a page needs to know of a font."""

    @property
    def name(self) -> bytes: ...

    @property
    def codes(self) -> bytes:
        """For each of 256 codes, the one that says the same in the other font; 0 where there is none."""
        ...


def retold(
    content: bytes, fonts: Mapping[bytes, Codes], pictures: Mapping[bytes, bytes], first: int
) -> tuple[bytes, int]:
    """Page content with the names and codes of other fonts, other names of pictures, marks counted from `first`; and
    how many marks there are.

    Raises StrangeError for operators that our writers do not use, for text in a font that the page does not have, and
    for marks that are not counted from 0 on.
    """
    pieces = _STRING.split(content)  # what stands between strings, then a string, and so on
    if found := _STRANGE.search(b" ".join(pieces[::2])):
        raise StrangeError(f"a page has {found[0].decode('latin-1')} in its content")
    page = _Page(fonts, pictures, first)
    for place, piece in enumerate(pieces):
        if place % 2:
            pieces[place] = page.text(piece)
        elif not _KERNING(piece):
            if piece.count(b"<<") != piece.count(b">>"):
                raise StrangeError("a page has text among the properties of its content")
            pieces[place] = _TOLD.sub(page.told, piece)
    if page.saved:
        raise StrangeError("a page has more q than Q")
    if sorted(page.marks) != list(range(len(page.marks))):
        raise StrangeError("a page's marks are not counted one by one")
    return b"".join(pieces), len(page.marks)


class _Page:
    """What is known at a place of a page's content."""

    def __init__(self, fonts: Mapping[bytes, Codes], pictures: Mapping[bytes, bytes], first: int) -> None:
        self._fonts, self._pictures, self._first = fonts, pictures, first
        self._font: Codes | None = None
        self._known: dict[tuple[bytes, bytes], bytes] = {}
        self.saved: list[Codes | None] = []
        self.marks: list[int] = []

    def told(self, match: re.Match[bytes]) -> bytes:
        """What is written in place of something that names a mark, a font or a picture, or keeps the state."""
        if match["mark"]:
            self.marks.append(int(match["mark"]))
            return b"/MCID %d" % (self.marks[-1] + self._first)
        if match["picture"]:
            return b"/" + _of(self._pictures, match["picture"])
        if match["font"]:
            self._font = _of(self._fonts, match["font"])
            return b"/" + self._font.name
        if match["state"] == b"q":
            self.saved.append(self._font)
        elif self.saved:
            self._font = self.saved.pop()
        else:
            raise StrangeError("a page has more Q than q")
        return match["state"]

    def text(self, piece: bytes) -> bytes:
        """A string in the codes of the other font."""
        if self._font is None:
            raise StrangeError("text is drawn without a font")
        key = (self._font.name, piece)
        if key not in self._known:
            self._known[key] = _string(piece, self._font.codes)
        return self._known[key]


def _of(known: Mapping[bytes, T], name: bytes) -> T:
    if name not in known:
        raise StrangeError(f"a page does not have its {name.decode('latin-1')}")
    return known[name]


def _string(piece: bytes, codes: bytes) -> bytes:
    if b"\r" in piece:
        raise StrangeError("a page has the end of a line in its text")
    plain = _ESCAPE.sub(_plain, piece) if b"\\" in piece else piece
    other = plain.translate(codes)
    if b"\0" in other:
        raise StrangeError("text has a code that its font does not tell")
    return b"(%b)" % _NEEDS_ESCAPE.sub(_escaped, other)


def _plain(match: re.Match[bytes]) -> bytes:
    return _ESCAPED[match[0]]


def _escaped(match: re.Match[bytes]) -> bytes:
    return b"\\r" if match[0] == b"\r" else b"\\" + match[0]
