"""How wide and how high text will be, without the font file: the machine that shows a deck has it, ours may not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from data.look.stand_ins import HYPHENS, JOINERS, SPACES
from reports.deck.words import widths

_UNITS = 2048
_HYPHENS = "-\u2010\u2013\u2014"
_REMEMBERED = 10_000
"""Texts whose places for line breaks are kept: the same passage is tried in many frames and sizes."""
_SAFETY = 1.015
"""Programs place letters by different kerning: a line that fits by less than this may break."""

_CALIBRI = frozenset(("calibri", "carlito"))
_ARIAL = frozenset(("arial", "helvetica", "liberation sans", "arimo"))
_UNKNOWN = 1.08
"""Allowance for a face whose letters are not known here, over the wider of the two that are."""

_CALIBRI_LINE, _ARIAL_LINE = 2500 / _UNITS, 2355 / _UNITS
"""Ascent, descent and gap (`hhea` table)."""


@cache
def _table(numbers: str) -> dict[str, float]:
    values = map(int, numbers.split())
    found = {chr(code): next(values) / _UNITS for first, last in widths.RANGES for code in range(first, last + 1)}
    found["\u00a0"] = found[" "]
    found.update({chr(code): found["-"] for code in HYPHENS})
    found.update({chr(code): found[chr(w)] if isinstance(w, int) else w for code, w in SPACES.items()})
    found.update({chr(code): 0.0 for code in (0xAD, *JOINERS)})
    return found


@cache
def _face(face: str, bold: bool) -> tuple[dict[str, float], dict[str, float]]:
    calibri = _table(widths.CALIBRI_BOLD if bold else widths.CALIBRI)
    arial = _table(widths.ARIAL_BOLD if bold else widths.ARIAL)
    name = face.lower()
    if name in _CALIBRI:
        return calibri, calibri
    if name in _ARIAL:
        return arial, arial
    return calibri, {c: max(w, calibri[c]) * _UNKNOWN for c, w in arial.items()}


def line_height(face: str) -> float:
    """Distance of single-spaced lines, in em."""
    name = face.lower()
    if name in _CALIBRI:
        return _CALIBRI_LINE
    return _ARIAL_LINE if name in _ARIAL else _CALIBRI_LINE * _UNKNOWN


@cache
def _other(character: str) -> float:
    """Width in em of a character outside the tables; generous, since another font will stand in."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.25 if ord(character) > 0xFFFF else 1.05
    return 0.8


@lru_cache(_REMEMBERED)
def advances(text: str, face: str, bold: bool, size: float) -> Sequence[float]:
    """The width of each character in points, safety included."""
    table = _face(face, bold)[1]
    factor = size * _SAFETY
    return [(table[c] if c in table else _other(c)) * factor for c in text]


def text_width(text: str, face: str, bold: bool, size: float) -> float:
    """The width of a line of text in points."""
    return sum(advances(text, face, bold, size))


@lru_cache(_REMEMBERED)
def _breaks(text: str) -> tuple[bool, ...]:
    """Whether a line may end after each character."""
    found = [character == " " or unicodedata.east_asian_width(character) in "WF" for character in text]
    for i in (i for i, character in enumerate(text) if character in _HYPHENS):
        found[i] = text[i + 1 : i + 2].isalpha() and text[i - 1 : i].isalnum()
    return tuple(found)


@lru_cache(_REMEMBERED)
def _pieces(text: str) -> tuple[tuple[int, int], ...]:
    """Where the pieces begin and end that no line break may part."""
    found: list[tuple[int, int]] = []
    start, breaks = 0, _breaks(text)
    for i, character in enumerate(text):
        at_space = character in " \n"
        if at_space or breaks[i] or i + 1 == len(text):
            end = i if at_space else i + 1
            if end > start:
                found.append((start, end))
            start = i + 1
    return tuple(found)


def pieces(text: str, character_widths: Sequence[float]) -> Iterator[tuple[str, float]]:
    """What no line break may part, with its width: words, and the parts of those with hyphens."""
    for start, end in _pieces(text):
        yield text[start:end], sum(character_widths[start:end])


def wrap(text: str, character_widths: Sequence[float], available: float) -> list[tuple[int, int]]:
    """The lines that `text` breaks into, as positions (first, behind the last).

    A word that is wider than the line is broken anywhere, as PowerPoint does.
    """
    breaks = _breaks(text)
    lines: list[tuple[int, int]] = []
    start, mark, x = 0, 0, 0.0
    i = 0
    while i < len(text):
        if text[i] == "\n":
            lines.append((start, i))
            start = mark = i = i + 1
            x = 0.0
            continue
        x += character_widths[i]
        if x > available and text[i] != " " and i > start:
            end = mark if mark > start else i
            lines.append((start, end))
            start = mark = i = end
            x = 0.0
            continue
        i += 1
        if breaks[i - 1]:
            mark = i
    lines.append((start, len(text)))
    return lines
