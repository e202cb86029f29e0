"""Zip packages are weighed before anything in them is unpacked: workbooks, templates, and decks that are audited."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from msgspec import Struct

_END = b"PK\x05\x06"
_END_64, _LOCATOR_64 = b"PK\x06\x06", b"PK\x06\x07"
_TAIL = 22 + 65_535 + 20 + 56
"""Bytes at the end of a zip file that hold its end record, its longest comment, and the records of large files."""
_ENTRY = 500
"""Bytes of the list of parts for each of them, names of usual length."""


class Bounds(Struct, frozen=True):
    """What a package may unpack to, in bytes."""

    part: int
    whole: int
    parts: int
    small: int
    """What is not asked how it was packed."""
    ratio: int
    """Bytes from one packed byte, past `small`."""


WORKBOOK = Bounds(part=600_000_000, whole=1_000_000_000, parts=10_000, small=50_000_000, ratio=150)
"""A sheet of a million rows has 300 MB; sheets of real numbers have a ratio of 5 to 15, of empty rows up to 100."""
DECK = Bounds(part=64_000_000, whole=400_000_000, parts=10_000, small=50_000_000, ratio=150)
"""Slides and layouts have some kilobytes, pictures some megabytes that cannot be packed further."""
TEMPLATE = Bounds(part=32_000_000, whole=100_000_000, parts=2_000, small=20_000_000, ratio=100)
"""A template is opened as a whole, and its layouts are in memory as trees."""


def too_many_parts(stream: BinaryIO, bounds: Bounds) -> bool:
    """Whether the list of parts is longer than it may be: asked before it is read, because reading takes memory."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(_END)
    listed = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    large = tail.rfind(_END_64)
    if large >= 0 and _LOCATOR_64 in tail:
        listed = max(listed if listed != 0xFFFFFFFF else 0, int.from_bytes(tail[large + 40 : large + 48], "little"))
    return listed > bounds.parts * _ENTRY


def out_of_proportion(infos: list[zipfile.ZipInfo], bounds: Bounds) -> str:
    """What is said of a package that would unpack to more than it may; "" for one that may be opened.

    The sizes are those that the package declares; `zipfile` unpacks no part further than that.
    """
    whole = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    largest = max((info.file_size for info in infos), default=0)
    if len(infos) > bounds.parts:
        return f"has {len(infos):,} parts, more than the {bounds.parts:,} that are read"
    if largest > bounds.part or whole > bounds.whole or (whole > bounds.small and whole / packed > bounds.ratio):
        return f"would unpack to {whole / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB, and is not opened"
    return ""
