"""Whether a font file is sound enough to be set and embedded."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

from data.errors import Place
from data.files.project_file import file_bytes
from data.look.fonts import coverage, font_file

LARGEST = 40_000_000
"""Bytes of a font; those for Chinese, Japanese and Korean have 20 million."""
_CODES = 1_200_000
"""Characters that one list of a font may speak of: a little more than there are."""
_UNITS = range(16, 16_385)
"""Units per em that TrueType allows."""
_LATIN = 0x250
_DAMAGED = "is no font file, or is damaged."


def font_fault(path: Path, name: str) -> str:
    """Why a font cannot be used; "" where it can. ProjectError for what is no file, or too large."""
    start = file_bytes(path, Place("brand.toml"), name, LARGEST, "Name a font with fewer characters.")[:4]
    if start in (b"wOFF", b"wOF2"):
        return "is a font for web pages (WOFF), and PDF needs TrueType (.ttf)."
    try:
        return _fault(path)
    except Exception:  # fontTools and reportlab raise whatever the broken bytes lead them to
        return _DAMAGED


def _fault(path: Path) -> str:
    from fontTools.ttLib import TTFont
    from reportlab.pdfbase.ttfonts import TTFontFile

    with TTFont(path, fontNumber=0, lazy=True) as opened:
        font: Any = opened
        if "cmap" not in font:
            return "says for no character which of its shapes it is."
        if _codes(font.reader["cmap"]) > _CODES:
            return _DAMAGED
        covered = coverage(font_file(path))
        if not covered:
            return "says for no character which of its shapes it is."
        if "glyf" not in font:
            return "holds no TrueType outlines, which PDF needs here."
        if font["head"].unitsPerEm not in _UNITS or not font["maxp"].numGlyphs:
            return _DAMAGED
        names: dict[int, str] = font.getBestCmap()
        shapes, widths = font["glyf"], font["hmtx"]
        for code in sorted(covered):
            if code < _LATIN:
                shapes[names[code]].getCoordinates(shapes)  # follows what a shape is put together from
                widths[names[code]]
    TTFontFile(str(path))
    return ""


def _codes(table: bytes) -> int:
    """How many characters the longest list of a font's table `cmap` speaks of (formats 4, 12 and 13 count in spans)."""
    (count,) = struct.unpack(">H", table[2:4])
    places = {struct.unpack(">L", table[8 + 8 * i : 12 + 8 * i])[0] for i in range(count)}
    most = 0
    for place in places:
        (form,) = struct.unpack(">H", table[place : place + 2])
        if form == 4:
            segments = struct.unpack(">H", table[place + 6 : place + 8])[0] // 2
            ends = struct.unpack(f">{segments}H", table[place + 14 : place + 14 + 2 * segments])
            at = place + 16 + 2 * segments
            starts = struct.unpack(f">{segments}H", table[at : at + 2 * segments])
            spans = zip(starts, ends, strict=True)
        elif form in (12, 13):
            (groups,) = struct.unpack(">L", table[place + 12 : place + 16])
            flat = struct.unpack(f">{3 * groups}L", table[place + 16 : place + 16 + 12 * groups])
            spans = zip(flat[::3], flat[1::3], strict=True)
        else:
            continue
        most = max(most, sum(max(0, end - start + 1) for start, end in spans))
    return most
