"""The fonts of many documents, each a subset with codes of its own, united into as few as there can be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from charts.faces import unicode_map
from reports.pdf.bound.glyphs import Glyph, Program, read_program, write_program
from reports.pdf.bound.written import StrangeError, direct, only
from reports.pdf.tagged.object_file import ObjectFile

_SPACE = 32
"""The code that is spaced as a word's end (ISO 32000-1, 9.3.3); it stays what it is."""
_LAST = 255
_DESCRIBED = (
    "Type", "Ascent", "CapHeight", "Descent", "Flags", "FontBBox", "ItalicAngle", "MissingWidth", "StemV",
)  # fmt: skip
_BLOCKS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<((?:[0-9A-Fa-f]{4})+)>")
_SUBSET = re.compile(r"/[A-Z]{6}\+").match


class _Sign(Struct, frozen=True):
    """What a code shows, and says."""

    glyph: Glyph
    letters: str
    width: bytes


class _Font(Struct, eq=False):
    """A font of the bound document."""

    number: int
    name: bytes
    signs: dict[_Sign, int] = field(default_factory=dict["_Sign", int])
    """The code of each."""
    space: _Sign | None = None

    def takes(self, signs: Mapping[int, _Sign]) -> bool:
        """Take the signs of a subset, if there are codes for all of them."""
        space = signs.get(_SPACE)
        if space is not None and self.space not in (None, space):
            return False
        others = dict.fromkeys(sign for sign in signs.values() if sign != space and sign not in self.signs)
        if len(self.signs) + len(others) > _LAST - (self.space is None):
            return False
        if space is not None:
            if self.signs.get(space, _SPACE) != _SPACE:
                return False
            self.space, self.signs[space] = space, _SPACE
        code = max((code for code in self.signs.values() if code != _SPACE), default=0)
        for sign in others:
            code += 1 + (code + 1 == _SPACE)
            self.signs[sign] = code
        return True


class Lent(Struct, frozen=True):
    """A font of the bound document in place of a document's own."""

    number: int
    name: bytes
    codes: bytes
    """For each of the document's 256, the one that shows and says the same; 0 where there is none."""


class _Kind(Struct, frozen=True):
    """What all subsets of a font have in common."""

    name: str
    description: bytes
    program: Program


class Fonts:
    """The fonts of a bound document.

    Subsets of one font are known by the program without its glyphs; a glyph by its outline and metrics: two that are
    not the same in every byte are never taken for each other. A font that has no code left for all signs of a
    document is followed by another one.
    """

    def __init__(self, file: ObjectFile) -> None:
        self._file = file
        self._fonts: dict[_Kind, list[_Font]] = {}
        self._count = 0

    def lend(self, node: Any) -> Lent:
        """The font to be used in place of a document's. Raises StrangeError for one that our writers do not write."""
        kind, signs = _read(node)
        fonts = self._fonts.setdefault(kind, [])
        font = next((one for one in fonts if one.takes(signs)), None)
        if font is None:
            self._count += 1
            font = _Font(self._file.reserve(), b"F%d" % self._count)
            fonts.append(font)
            if not font.takes(signs):
                raise StrangeError("a font has more codes than there are")
        codes = bytes(font.signs[signs[code]] if code in signs else 0 for code in range(_LAST + 1))
        return Lent(font.number, font.name, codes)

    def write(self) -> None:
        """Write all of them, once no more are asked for."""
        for kind, fonts in self._fonts.items():
            for font in fonts:
                self._write(kind, font)

    def _write(self, kind: _Kind, font: _Font) -> None:
        file, last = self._file, max(font.signs.values())
        by_code = {code: sign for sign, code in font.signs.items()}
        signs = [by_code.get(code) for code in range(last + 1)]
        name = f"{_tag(int(font.name[1:]) - 1)}+{kind.name}"
        described, program, said = file.reserve(), file.reserve(), file.reserve()
        widths = b" ".join(sign.width if sign else b"0" for sign in signs)
        file.object(
            font.number,
            b"<< /Type /Font /Subtype /TrueType /BaseFont /%b /FirstChar 0 /LastChar %d /Widths [ %b ]"
            b" /FontDescriptor %d 0 R /ToUnicode %d 0 R >>" % (name.encode(), last, widths, described, said),
        )
        text = b"<< %b /FontName /%b /FontFile2 %d 0 R >>" % (kind.description, name.encode(), program)
        file.object(described, text)
        data = write_program(kind.program, [sign.glyph if sign else None for sign in signs])
        file.packed(program, b"/Length1 %d" % len(data), data)
        map_ = unicode_map(name, [sign.letters if sign else "" for sign in signs])
        file.packed(said, b"", map_.encode("ascii"))


def _tag(number: int) -> str:
    """Six letters, others for each subset of a file (ISO 32000-1, 9.6.4)."""
    letters = ""
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _read(node: Any) -> tuple[_Kind, dict[int, _Sign]]:
    only(
        node, "Type", "Subtype", "BaseFont", "Name", "FirstChar", "LastChar", "Widths", "FontDescriptor", "ToUnicode",
        where="a font",
    )  # fmt: skip
    base = str(node.get("/BaseFont"))
    if str(node.get("/Subtype")) != "/TrueType" or node.get("/FirstChar") != 0 or not _SUBSET(base):
        raise StrangeError("a font is of another kind")
    descriptor, widths = node.FontDescriptor, list(node.Widths)
    only(descriptor, *_DESCRIBED, "FontName", "FontFile2", where="a font's description")
    letters = _letters(node.ToUnicode.read_bytes())
    if max(letters, default=0) >= len(widths) or len(widths) > _LAST + 1:
        raise StrangeError("a font has no widths of its own")
    program, glyphs = read_program(descriptor.FontFile2.read_bytes(), len(widths))
    description = b" ".join(b"/%b %b" % (key.encode(), direct(descriptor[f"/{key}"])) for key in _DESCRIBED)
    signs = {code: _Sign(glyphs[code], said, direct(widths[code])) for code, said in letters.items()}
    return _Kind(_name(base), description, program), signs


def _name(base: str) -> str:
    """A font's own name; every sign of it is one that a name may have as it is (ISO 32000-1, 7.3.5)."""
    name = base.partition("+")[2]
    if not re.fullmatch(r"[!-~]+", name) or re.search(r"[#/()<>\[\]{}%]", name):
        raise StrangeError("a font has a name of another kind")
    return name


def _letters(said: bytes) -> dict[int, str]:
    """What each code says."""
    if b"beginbfrange" in said:
        raise StrangeError("a font tells its letters in another way")
    pairs = (pair for block in _BLOCKS.findall(said) for pair in _PAIR.findall(block))
    return {int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be") for code, letters in pairs}
