"""Text on charts: measured, wrapped and drawn with the same font files."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

from data.look.fonts import FontFile, split_by_font
from data.look.stand_ins import HYPHENS, JOINERS, NEEDED, SPACES

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

Fonts = tuple[FontFile, ...]
"""The font file to use, and behind it those that stand in for characters it lacks."""

Lines = tuple[str, ...]
"""A text, wrapped."""

_REMEMBERED = 20_000
"""Measured texts to keep: those of a large report, not those of a batch of thousands."""


@cache
def _registered(file: FontFile) -> TTFont:
    # reading a project imports this module; only drawing needs reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name = f"{file.path.stem}-{file.sha256[:16]}"  # two files may have one name, one after the other in a long run, too
    font = TTFont(name, str(file.path), asciiReadable=False)  # no glyphs that are not shown
    _add_stand_ins(font.face)
    pdfmetrics.registerFont(font)  # pyright: ignore[reportUnknownMemberType]  # the stubs have gaps here
    return font


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


def register_font(file: FontFile) -> str:
    """The name under which reportlab knows a font file; each file is read and registered once."""
    return _registered(file).fontName


@lru_cache(_REMEMBERED)
def runs(text: str, fonts: Fonts) -> tuple[tuple[FontFile, str], ...]:
    """`text` in pieces, each with the font file that has its characters."""
    known = _registered(fonts[0]).face.charToGlyph
    if all(ord(character) in known for character in text):
        return ((fonts[0], text),) if text else ()
    return tuple(split_by_font(text, fonts))


@lru_cache(_REMEMBERED)
def text_width(text: str, fonts: Fonts, size: float) -> float:
    """Width of one line in points, without kerning, as reportlab draws it."""
    return sum(cast(Any, _registered(file)).stringWidth(piece, size) for file, piece in runs(text, fonts))


# A CJK character may end any line; other words end at spaces, and behind hyphens and slashes between letters.
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"[{_CJK}]|[^ {_CJK}]*?[^\W\d_][-/](?=\w)|[^ {_CJK}]+| ")
_HYPHEN, _AROUND = "\u00ad", "()[].,;:!?\"'“”‘’«»"
_SPACES = re.compile(r"[ \t\n\r\f\v]+")


def one_line(text: str) -> str:
    """`text` with every run of breaking white space as one space."""
    return _SPACES.sub(" ", text).strip(" ")


@lru_cache(_REMEMBERED)
def longest_word(text: str, fonts: Fonts, size: float) -> float:
    """Width in points of the widest piece that no line break may part."""
    return max((text_width(piece, fonts, size) for piece in _PIECES.findall(one_line(text))), default=0.0)


def _broken(word: str, fonts: Fonts, size: float, room: float) -> list[str]:
    """A word that is wider than its line in pieces that are not, with at least one character each; letters get a
    hyphen, which is no part of the word for those who copy it."""
    hyphen = _HYPHEN if word.strip(_AROUND).isalpha() else ""
    room -= text_width(hyphen, fonts, size) if hyphen else 0.0
    pieces: list[str] = []
    piece, used = "", 0.0
    for character in word:
        width = text_width(character, fonts, size)
        if piece and used + width > room and not unicodedata.combining(character):
            pieces.append(piece + hyphen)
            piece, used = "", 0.0
        piece += character
        used += width
    return [*pieces, piece]


@lru_cache(_REMEMBERED)
def wrap(text: str, fonts: Fonts, size: float, room: float) -> Lines:
    """`text` in lines of at most `room` points; a word that is wider than a line is broken, nothing is left out."""
    room += 1e-6
    text = one_line(text)
    if text_width(text, fonts, size) <= room:
        return (text,)
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _PIECES.findall(text):
        width = text_width(piece, fonts, size)
        if used + width <= room:
            line, used = line + piece, used + width
            continue
        lines.append(line)
        *full, line = [""] if piece == " " else _broken(piece, fonts, size, room) if width > room else [piece]
        lines.extend(full)
        used = text_width(line, fonts, size)
    lines.append(line)
    return tuple(stripped for line in lines if (stripped := line.strip(" ")))
