"""Fonts whose glyphs are asked for by number, for programs that only know characters."""

from __future__ import annotations

import io
import struct
from functools import cache
from typing import Any

from data.fonts import FontFile

BY_GLYPH = 0xF0000
"""The character of a font's first glyph: a plane for private use has room for all that a font may have."""


@cache
def by_glyph(file: FontFile) -> bytes:
    """A font file with another table of characters: each glyph is the character `BY_GLYPH` and its number."""
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    with TTFont(file.path, fontNumber=0, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        count: int = font["maxp"].numGlyphs
        table: Any = DefaultTable("cmap")
        # one subtable of format 12 for all of Unicode, with one group (OpenType 1.9, cmap)
        group = struct.pack(">HHLLLLLL", 12, 0, 28, 0, 1, BY_GLYPH, BY_GLYPH + count - 1, 0)
        table.data = struct.pack(">HHHHL", 0, 1, 3, 10, 12) + group
        font["cmap"] = table
        out = io.BytesIO()
        font.save(out, reorderTables=None)
    return out.getvalue()
