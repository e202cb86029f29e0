"""Fonts whose glyphs are asked for by number, for programs that only know characters."""

from __future__ import annotations

import struct
from functools import cache

from data.files.world import content_of
from data.look.fonts import FontFile

BY_GLYPH = 0xF0000
"""The character of a font's first glyph: a plane for private use has room for all that a font may have."""


@cache
def by_glyph(file: FontFile) -> bytes:
    """A font file with another table of characters: each glyph is the character `BY_GLYPH` and its number."""
    data = bytearray(content_of(file.path))
    # the table directory, in a collection that of its first font (OpenType 1.9, "Organization of an OpenType font")
    first = int.from_bytes(data[12:16], "big") if data.startswith(b"ttcf") else 0
    places = range(first + 12, first + 12 + 16 * int.from_bytes(data[first + 4 : first + 6], "big"), 16)
    entries = {bytes(data[place : place + 4]): place for place in places}
    maximum = int.from_bytes(data[entries[b"maxp"] + 8 : entries[b"maxp"] + 12], "big")
    count = int.from_bytes(data[maximum + 4 : maximum + 6], "big")
    # one subtable of format 12 for all of Unicode, with one group (cmap)
    table = struct.pack(">HHHHL", 0, 1, 3, 10, 12)
    table += struct.pack(">HHLLLLLL", 12, 0, 28, 0, 1, BY_GLYPH, BY_GLYPH + count - 1, 0)
    data += bytes(-len(data) % 4)
    struct.pack_into(">LL", data, entries[b"cmap"] + 8, len(data), len(table))
    return bytes(data + table)
