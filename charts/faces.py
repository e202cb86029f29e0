"""Font files as reportlab knows them: each read once, with stand-ins for what it lacks, and codes for ligatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from data.look.fonts import FontFile
from data.look.stand_ins import HYPHENS, JOINERS, NEEDED, SPACES

_FIRST_CODE, _LAST_CODE = 0xD800, 0xDFFF
"""Codes for glyphs that are no single character: those of lone surrogates, which no text holds."""
_MARK_OF_ORDER, _JOINER = 0xFEFF, 0x2060
"""A map must not name the first (ISO 14289-1, 7.21.7); the second is what it means inside a text."""
_BLOCK = 100
"""Pairs that a block of a map may have (PDF 32000-1, 9.10.3)."""


class Face(TTFont):
    """A font file. What it draws is told by codes: those of characters, and its own for glyphs such as ligatures."""

    face: Any  # the stubs have gaps here
    state: Any

    def __init__(self, file: FontFile) -> None:
        # two files may have one name, one after the other in a long run, too
        begin = cast(Any, super().__init__)  # pyright: ignore[reportUnknownMemberType]  # the stubs have gaps here
        begin(f"{file.path.stem}-{file.sha256[:16]}", str(file.path), asciiReadable=False)
        self.data: bytes = self.face._ttf_data
        """The file's bytes."""
        self.glyphs: dict[int, int] = self.face.charToGlyph
        """The glyph of each code."""
        self.own_glyphs = len(self.face.glyphPos) - 1
        """How many glyphs the file has; those behind are empty stand-ins."""
        self.units = int(self.face.unitsPerEm)
        self._letters: dict[int, str] = {}
        self._codes: dict[tuple[int, str], int] = {}
        _mend_advances(self.face)
        _add_stand_ins(self.face)

    def advance(self, glyph: int) -> int:
        """How far a glyph reaches, in the font's units."""
        return int(self.face.hmetrics[glyph][0])

    def width(self, codes: str) -> float:
        """How far glyphs reach at size 1."""
        return self.stringWidth(codes, 1)  # pyright: ignore[reportUnknownMemberType]  # the stubs have gaps here

    def code(self, glyph: int, letters: str) -> int | None:
        """The code of a glyph that shows these letters; None where there are too many such glyphs already."""
        if len(letters) == 1 and self.glyphs.get(ord(letters)) == glyph:
            return ord(letters)
        code = self._codes.get((glyph, letters))
        if code is None:
            code = _FIRST_CODE + len(self._codes)
            if code > _LAST_CODE:
                return None
            self._codes[glyph, letters] = code
            self._letters[code] = letters
            self.glyphs[code] = glyph
            self.face.charWidths[code] = self.face._pdfScale(self.advance(glyph))
        return code

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # reportlab's name
        """Write the font into a document, with maps that say the letters of every code."""
        subsets: list[list[int]] = self.state[doc].subsets
        own = self.face.name
        while f"toUnicodeCMap:AAAAAA+{self.face.name.decode('latin-1')}" in doc.idToObject:
            self.face.name += b"-other"  # two files may call themselves alike
        names = [cast(Any, self).getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)  # pyright: ignore[reportUnknownMemberType]  # the stubs have gaps here
        for name, subset in zip(names, subsets, strict=True):
            font = doc.idToObject["BasicFonts"].dict[name]
            written = doc.idToObject[f"toUnicodeCMap:{font.BaseFont}"]
            written.content = unicode_map(font.BaseFont, [self._said(code) for code in subset])
        self.face.name = own

    def _said(self, code: int) -> str:
        """The letters of a code; none for 0, which shows that a character is lacking."""
        if not code:
            return ""
        return self._letters.get(code, chr(_JOINER if code == _MARK_OF_ORDER else code))


def unicode_map(name: str, letters: Sequence[str]) -> str:
    """What the codes of the subset `name` say; for one that is not used, "".

    reportlab knows single characters only, maps unused codes to U+0000, which ISO 14289-1, 7.21.7 forbids, and those
    beyond U+FFFF wrongly.
    """
    pairs = [f"<{code:02X}> <{said.encode('utf-16-be').hex().upper()}>" for code, said in enumerate(letters) if said]
    return "\n".join((
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def", "/CMapType 2 def",
        "1 begincodespacerange", f"<00> <{len(letters) - 1:02X}>", "endcodespacerange",
        *_blocks(pairs),
        "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
    ))  # fmt: skip


def _blocks(pairs: list[str]) -> Iterator[str]:
    for first in range(0, len(pairs), _BLOCK):
        block = pairs[first : first + _BLOCK]
        yield from (f"{len(block)} beginbfchar", *block, "endbfchar")


def _mend_advances(face: Any) -> None:
    """Glyphs at the end of a font that are all as wide as the last before them, as in faces for code: reportlab takes
    thousandths for their width, and not the font's units."""
    last_of_its_own = int.from_bytes(face.get_table("hhea")[34:36], "big") - 1
    advance = face.hmetrics[last_of_its_own][0]
    for glyph in range(last_of_its_own + 1, len(face.hmetrics)):
        face.hmetrics[glyph] = (advance, face.hmetrics[glyph][1])


def _add_stand_ins(face: Any) -> None:
    """Give a face the spaces, hyphens and joiners that it lacks: each is a character of its own when text is copied.

    A new glyph is an empty one behind the last, with its own width; a hyphen is the hyphen-minus.
    """
    known: dict[int, int] = face.charToGlyph
    if not known.keys() >= NEEDED:
        return
    for code in HYPHENS:
        if code not in known:
            known[code], face.charWidths[code] = known[ord("-")], face.charWidths[ord("-")]
    for code, width in (*SPACES.items(), *((code, 0.0) for code in JOINERS)):
        if code not in known:
            units = face.hmetrics[known[width]][0] if isinstance(width, int) else round(width * face.unitsPerEm)
            known[code] = len(face.glyphPos) - 1
            face.glyphPos.append(face.glyphPos[-1])
            face.hmetrics.append((units, 0))
            face.charWidths[code] = face._pdfScale(units)


@cache
def face_of(file: FontFile) -> Face:
    """A font file, read and registered with reportlab once."""
    face = Face(file)
    # reportlab takes a second file that calls itself as another does for that other one
    own, face.face.name = face.face.name, face.fontName.encode()
    pdfmetrics.registerFont(face)  # pyright: ignore[reportUnknownMemberType]  # the stubs have gaps here
    face.face.name = own
    return face


def face_named(name: str) -> Face:
    """The face that was registered under a name."""
    return cast(Face, pdfmetrics.getFont(name))
