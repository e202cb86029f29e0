"""Text on charts: measured, wrapped and drawn with the same font files."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from data.look.fonts import FontFile, split_by_font

Fonts = tuple[FontFile, ...]
"""The font file to use, and behind it those that stand in for characters it lacks."""

Lines = tuple[str, ...]
"""A text, wrapped."""

_REMEMBERED = 20_000
"""Measured texts to keep: those of a large report, not those of a batch of thousands."""


def register_font(file: FontFile) -> str:
    """The name under which reportlab knows a font file; each file is read and registered once."""
    from charts.faces import face_of  # reading a project imports this module; only drawing needs reportlab

    return face_of(file).fontName


@lru_cache(_REMEMBERED)
def runs(text: str, fonts: Fonts) -> tuple[tuple[FontFile, str], ...]:
    """`text` in pieces, each with the font file that has its characters."""
    from charts.faces import face_of

    known = face_of(fonts[0]).glyphs
    if all(ord(character) in known for character in text):
        return ((fonts[0], text),) if text else ()
    return tuple(split_by_font(text, fonts))


@lru_cache(_REMEMBERED)
def text_width(text: str, fonts: Fonts, size: float) -> float:
    """Width of one line in points, kerned and with ligatures, as every renderer draws it."""
    from charts.shaping import text_width

    return sum(text_width(piece, register_font(file)) for file, piece in runs(text, fonts)) * size


@lru_cache(_REMEMBERED)
def glyphs(text: str, fonts: Fonts) -> tuple[tuple[FontFile, int, float], ...]:
    """The glyphs of one line, each with its font file and how far it stands from the line's left end at size 1."""
    from charts.faces import face_of
    from charts.shaping import glyphs, shaped

    found: list[tuple[FontFile, int, float]] = []
    left = 0.0
    for file, piece in runs(text, fonts):
        face = face_of(file)
        line = shaped(piece, face.fontName)
        found += [(file, glyph, left + x) for glyph, x in glyphs(line, face)]
        left += line.width
    return tuple(found)


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
    pieces = _cut(word, hyphen, fonts, size, room)
    # as long as each other, or a few letters would stand alone on the last line
    even = room
    while even > 0.5 * room and len(shorter := _cut(word, hyphen, fonts, size, even - 0.02 * room)) == len(pieces):
        pieces, even = shorter, even - 0.02 * room
    return pieces


def _cut(word: str, hyphen: str, fonts: Fonts, size: float, room: float) -> list[str]:
    """A word in pieces of at most `room` points, each as long as it can be."""
    pieces: list[str] = []
    piece = ""
    for character in word:
        longer = piece + character
        if piece and not unicodedata.combining(character) and text_width(longer + hyphen, fonts, size) > room:
            pieces.append(piece + hyphen)
            longer = character
        piece = longer
    return [*pieces, piece]


@lru_cache(_REMEMBERED)
def balanced(text: str, fonts: Fonts, size: float, room: float) -> Lines:
    """`text` in as few lines as `wrap` makes of it, about as long as each other: no word alone on the last one. No more
    words are parted at their hyphens."""
    lines, word = wrap(text, fonts, size, room), longest_word(text, fonts, size)
    if len(lines) < 2 or word > room:
        return lines
    parted = sum(line.endswith(("-", "/")) for line in lines[:-1])
    low, high = max(room / len(lines), word), room
    for _ in range(6):
        middle = (low + high) / 2
        narrower = wrap(text, fonts, size, middle)
        if len(narrower) == len(lines) and sum(line.endswith(("-", "/")) for line in narrower[:-1]) <= parted:
            lines, high = narrower, middle
        else:
            low = middle
    return lines


@lru_cache(_REMEMBERED)
def wrap(text: str, fonts: Fonts, size: float, room: float) -> Lines:
    """`text` in lines of at most `room` points; a word that is wider than a line is broken, nothing is left out."""
    room += 1e-6
    text = one_line(text)
    if text_width(text, fonts, size) <= room:
        return (text,)
    lines: list[str] = []
    line = ""
    for piece in _PIECES.findall(text):
        if text_width(line + piece, fonts, size) <= room:
            line += piece
            continue
        lines.append(line)
        wide = text_width(piece, fonts, size) > room
        *full, line = [""] if piece == " " else _broken(piece, fonts, size, room) if wide else [piece]
        lines.extend(full)
    lines.append(line)
    return tuple(stripped for line in lines if (stripped := line.strip(" ")))


def forget() -> None:
    """Let go of all texts that were measured: in a batch of thousands most of them never come again."""
    for measured in (runs, text_width, glyphs, longest_word, wrap):
        measured.cache_clear()
