"""Words shaped by HarfBuzz: kerned and with ligatures, as they are measured and as they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import uharfbuzz as untyped

from charts.faces import Face, face_named
from data.look.stand_ins import HYPHENS

_harfbuzz: Any = untyped  # most of it is compiled, and has no types

_WORDS = 20_000
"""Shaped words to keep: those of a large report, not those of a batch of thousands."""
_LEAST = 10
"""Kerning to heed, in thousandths of the size: less is seen by nobody, and takes as much room in a file."""


class Shaped(NamedTuple):
    """Text as a font sets it."""

    codes: str
    """One for each glyph, as `Face.glyphs` has them: characters, and codes of ligatures."""
    kerns: tuple[tuple[int, int], ...]
    """What is added behind glyphs, in thousandths of the size: the glyph's index, and how much."""
    width: float
    """At size 1."""


# What is shaped: letters that are written from left to right, each with a form of its own (Latin, Greek, Cyrillic,
# their accents), and punctuation. Spaces, figures and all other scripts stand as their glyphs are: columns of figures
# align, and nothing is reordered.
_LETTER = (
    r"!-/:-~\u00a1-\u00b1\u00b4-\u00b8\u00ba-\u024f\u0300-\u052f\u1e00-\u1fff"
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2116\u2122"
)
_SHAPED = re.compile(rf"[{_LETTER}]{{2,}}")
_ONE = re.compile(rf"[{_LETTER}]")
_SCRIPTS = (("Grek", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")), ("Cyrl", re.compile(r"[\u0400-\u052f]")))
_FEATURES: dict[str, bool] = {"kern": True, "liga": True, "clig": True, "calt": False, "rclt": False}
_UNLIGATED: dict[str, bool] = {**_FEATURES, "liga": False, "clig": False}


@cache
def _font(face: Face) -> Any:
    return _harfbuzz.Font(_harfbuzz.Face(_harfbuzz.Blob(face.data)))


def shaped(text: str, font: str, ligatures: bool = True) -> Shaped:
    """Text in a font that reportlab knows by this name."""
    return _shaped(text, face_named(font), ligatures)


def text_width(text: str, font: str, ligatures: bool = True) -> float:
    """Width of a text at size 1, as it is drawn."""
    return shaped(text, font, ligatures).width


def kerning(before: str, behind: str, font: str) -> int:
    """What lies between two texts that are shaped apart and set side by side, in thousandths of the size."""
    if not before or not behind or not (_ONE.match(before[-1]) and _ONE.match(behind[0])):
        return 0
    return sum(kern for _, kern in _word(before[-1] + behind[0], face_named(font), False).kerns)


def joined(texts: Sequence[str], font: str, ligatures: bool = True) -> Shaped:
    """Texts side by side, kerned, with no ligature from one to the next."""
    face = face_named(font)
    if len(texts) == 1:
        return _shaped(texts[0], face, ligatures)
    parts: list[Shaped] = []
    for number, text in enumerate(texts):
        if number and (kern := kerning(texts[number - 1], text, font)):
            parts.append(Shaped("", ((-1, kern),), kern / 1000))
        parts.append(_shaped(text, face, ligatures))
    return _together(parts)


@lru_cache(_WORDS)
def _shaped(text: str, face: Face, ligatures: bool) -> Shaped:
    parts: list[Shaped] = []
    end = 0
    for found in _SHAPED.finditer(text):
        if found.start() > end:
            parts.append(_plain(text[end : found.start()], face))
        parts.append(_word(found[0], face, ligatures))
        end = found.end()
    if end < len(text) or not parts:
        parts.append(_plain(text[end:], face))
    return parts[0] if len(parts) == 1 else _together(parts)


def _together(parts: Sequence[Shaped]) -> Shaped:
    kerns: list[tuple[int, int]] = []
    before = 0
    for part in parts:
        kerns += [(before + index, kern) for index, kern in part.kerns]
        before += len(part.codes)
    return Shaped("".join([part.codes for part in parts]), tuple(kerns), sum([part.width for part in parts]))


def _plain(text: str, face: Face) -> Shaped:
    return Shaped(text, (), face.width(text))


@lru_cache(_WORDS)
def _word(text: str, face: Face, ligatures: bool) -> Shaped:
    """A word as HarfBuzz shapes it; as its glyphs are where the font lacks one of them, or where shaping would do
    more than put glyphs in a row: then nothing is lost or reordered."""
    known = face.glyphs.get
    hyphen = known(ord("-"))
    plain = [known(ord(character)) for character in text]
    said = text
    if hyphen in plain:  # a stand-in for one, too, is shaped as what it looks like
        said = "".join(
            "-" if glyph == hyphen and ord(c) in HYPHENS else c for c, glyph in zip(text, plain, strict=True)
        )
    if None in plain:
        return _plain(text, face)
    buffer: Any = _harfbuzz.Buffer()
    buffer.add_str(said)
    buffer.direction = "ltr"
    buffer.script = next((script for script, letter in _SCRIPTS if letter.search(text)), "Latn")
    buffer.cluster_level = _harfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags = _harfbuzz.BufferFlags.PRESERVE_DEFAULT_IGNORABLES
    _harfbuzz.shape(_font(face), buffer, _FEATURES if ligatures else _UNLIGATED)
    infos = buffer.glyph_infos
    glyphs = [info.codepoint for info in infos]
    codes = text if glyphs == plain else _codes(text, face, glyphs, [info.cluster for info in infos])
    found = _in_a_row(codes, face, glyphs, buffer.glyph_positions) if codes else None
    return found or _plain(text, face)


def _codes(text: str, face: Face, glyphs: Sequence[int], starts: Sequence[int]) -> str | None:
    """The codes of glyphs, each of which shows letters of its own; None where that is not so."""
    if not starts or starts[0] or any(later <= start for start, later in pairwise(starts)):
        return None
    codes = ""
    for glyph, start, end in zip(glyphs, starts, [*starts[1:], len(text)], strict=True):
        code = face.code(glyph, text[start:end]) if 0 < glyph < face.own_glyphs else None
        if code is None:
            return None
        codes += chr(code)
    return codes


def _in_a_row(codes: str, face: Face, glyphs: Sequence[int], positions: Sequence[Any]) -> Shaped | None:
    """Glyphs where HarfBuzz puts them on a line; None where one does not stand on it."""
    kerns: list[tuple[int, int]] = []
    pen = end_of_last = unkerned = 0
    for index, (glyph, position) in enumerate(zip(glyphs, positions, strict=True)):
        if position.y_offset or position.y_advance:
            return None
        start = pen + position.x_offset
        if start != end_of_last and (kern := _thousandths(start - end_of_last, face)):
            kerns.append((index - 1, kern))
        advance = face.advance(glyph)
        end_of_last = start + advance
        unkerned += advance
        pen += position.x_advance
    if kern := _thousandths(pen - end_of_last, face):
        kerns.append((len(glyphs) - 1, kern))
    return Shaped(codes, tuple(kerns), unkerned / face.units + sum([kern for _, kern in kerns]) / 1000)


def _thousandths(distance: int, face: Face) -> int:
    found = round(distance * 1000 / face.units)
    return found if abs(found) >= _LEAST else 0


def glyphs(text: Shaped, face: Face) -> Iterator[tuple[int, float]]:
    """The glyphs of a shaped text, each with its distance from the text's left end at size 1; what is not in the
    font's file is left out, because it is empty."""
    kerns = dict(text.kerns)
    x = kerns.get(-1, 0) / 1000
    for index, code in enumerate(text.codes):
        glyph = face.glyphs.get(ord(code), 0)
        if glyph < face.own_glyphs:
            yield glyph, x
        x += face.width(code) + kerns.get(index, 0) / 1000


def forget() -> None:
    """Let go of all words that were shaped."""
    _shaped.cache_clear()
    _word.cache_clear()
