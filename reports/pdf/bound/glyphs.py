"""TrueType programs of subset fonts, taken apart into glyphs and put together from them (OpenType 1.9)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise

from msgspec import Struct

from reports.pdf.bound.written import StrangeError

_COPIED = ("OS/2", "cvt ", "fpgm", "name", "post", "prep")
"""Tables that are the same in all subsets of a font."""
_COUNTED = {"head": (8, 12, 50, 52), "hhea": (34, 36), "maxp": (4, 6)}
"""Tables that are the same but for these bytes, first and behind the last: checksums, formats, how many there are."""
_OTHERS = ("cmap", "glyf", "hmtx", "loca")
_WORDS, _SCALE, _MORE, _TWO_SCALES, _TWO_BY_TWO = 0x1, 0x8, 0x20, 0x40, 0x80
"""Flags of a composite glyph's parts (glyf)."""


class Glyph(Struct, frozen=True):
    """A glyph, and the glyphs that it is put together from."""

    outline: bytes
    """As in the program, but for the numbers of its parts, which are 0."""
    parts: tuple[Glyph, ...]
    advance: int
    bearing: int


class Program(Struct, frozen=True):
    """A font's program without its glyphs: what all subsets of a font have in common."""

    tables: tuple[tuple[str, bytes], ...]
    missing: Glyph


def read_program(data: bytes, codes: int) -> tuple[Program, list[Glyph]]:
    """A subset's program, and the glyph of each of its codes.

    Raises StrangeError for a program that is not as our writers make them.
    """
    try:
        tables = _tables(data)
        if strange := sorted(tables.keys() - {*_COPIED, *_COUNTED, *_OTHERS}):
            raise StrangeError(f"a font has a table {strange[0]}")
        glyphs = _glyphs(tables)
        kind, length, _, first, count = struct.unpack_from(">5H", tables["cmap"], 12)
        if (kind, length, first) != (6, 10 + 2 * count, 0) or count < codes:
            raise StrangeError("a font has codes of another kind")
        numbers = struct.unpack_from(f">{codes}H", tables["cmap"], 22)
        common = [(tag, tables[tag]) for tag in _COPIED if tag in tables]
        for tag, places in _COUNTED.items():
            table = bytearray(tables[tag])
            for begin, end in zip(places[::2], places[1::2]):
                table[begin:end] = bytes(end - begin)
            common.append((tag, bytes(table)))
        return Program(tuple(common), glyphs[0]), [glyphs[number] for number in numbers]
    except (struct.error, IndexError, KeyError, RecursionError):
        raise StrangeError("a font is not whole") from None


def _tables(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", data, 4)
    found: dict[str, bytes] = {}
    for place in range(count):
        tag, _, begin, size = struct.unpack_from(">4s3L", data, 12 + 16 * place)
        found[tag.decode("latin-1")] = data[begin : begin + size]
        if len(found[tag.decode("latin-1")]) < size:
            raise StrangeError("a font is not whole")
    return found


def _glyphs(tables: dict[str, bytes]) -> list[Glyph]:
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    (full,) = struct.unpack_from(">H", tables["hhea"], 34)
    (long,) = struct.unpack_from(">h", tables["head"], 50)
    places = struct.unpack_from(f">{count + 1}{'L' if long else 'H'}", tables["loca"])
    begins = places if long else [2 * place for place in places]
    pairs = struct.unpack_from(f">{'Hh' * full}", tables["hmtx"])
    advances = [*pairs[::2], *[pairs[2 * full - 2]] * (count - full)]
    bearings = [*pairs[1::2], *struct.unpack_from(f">{count - full}h", tables["hmtx"], 4 * full)]
    outlines = [tables["glyf"][begin:end] for begin, end in pairwise(begins)]
    made: dict[int, Glyph] = {}

    def glyph(number: int) -> Glyph:
        if number not in made:
            outline = bytearray(outlines[number])
            parts: list[Glyph] = []
            for place in _parts(outline):
                parts.append(glyph(int.from_bytes(outline[place : place + 2], "big")))
                outline[place : place + 2] = b"\0\0"
            made[number] = Glyph(bytes(outline), tuple(parts), advances[number], bearings[number])
        return made[number]

    return [glyph(number) for number in range(count)]


def _parts(outline: bytes | bytearray) -> list[int]:
    """Where a composite glyph names its parts."""
    if len(outline) < 10 or outline[0] < 0x80:  # as many contours as it says, no composite
        return []
    found: list[int] = []
    place, flags = 10, _MORE
    while flags & _MORE:
        (flags,) = struct.unpack_from(">H", outline, place)
        found.append(place + 2)
        place += 8 if flags & _WORDS else 6
        place += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _TWO_BY_TWO else 0
    return found


def write_program(program: Program, glyphs: Sequence[Glyph | None]) -> bytes:
    """A program with the glyph of each code; None for codes that are not used."""
    from fontTools.ttLib.sfnt import SFNTWriter

    numbers: dict[Glyph, int] = {program.missing: 0}
    for glyph in filter(None, glyphs):
        numbers.setdefault(glyph, len(numbers))
    whole = list(numbers)
    for glyph in whole:  # which grows
        for part in glyph.parts:
            if part not in numbers:
                numbers[part] = len(whole)
                whole.append(part)
    outlines, begins = bytearray(), [0]
    for glyph in whole:
        outline = bytearray(glyph.outline)
        for place, part in zip(_parts(outline), glyph.parts, strict=True):
            outline[place : place + 2] = numbers[part].to_bytes(2, "big")
        outlines += outline + bytes(-len(outline) % 4)
        begins.append(len(outlines))
    codes = [numbers[glyph] if glyph else 0 for glyph in glyphs]
    count = len(whole)
    tables = {tag: bytearray(table) for tag, table in program.tables}
    struct.pack_into(">h", tables["head"], 50, 1)
    struct.pack_into(">H", tables["hhea"], 34, count)
    struct.pack_into(">H", tables["maxp"], 4, count)
    said = (0, 1, 1, 0, 0, 12, 6, 10 + 2 * len(codes), 0, 0, len(codes), *codes)  # one table, of format 6
    tables["cmap"] = bytearray(struct.pack(f">{len(said)}H", *said))
    tables["glyf"] = outlines
    tables["hmtx"] = bytearray(b"".join(struct.pack(">Hh", one.advance, one.bearing) for one in whole))
    tables["loca"] = bytearray(struct.pack(f">{count + 1}L", *begins))
    out = BytesIO()
    writer = SFNTWriter(out, len(tables), "\0\1\0\0")
    for tag in sorted(tables):
        writer[tag] = bytes(tables[tag])
    writer.close()
    return out.getvalue()
