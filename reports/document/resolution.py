"""How large pictures are printed, and which are too coarse for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from data.errors import Problem
from reports.document.blocks import Block, Image
from reports.document.qr import QRCode
from reports.document.tree import walk

_LEAST = 100.0
"""Pixels to the inch below which a picture is not enlarged on paper: it would look torn."""
_WANTED = {
    "report": (6.5, 4.5, 150),
    "handout": (3.4, 3.0, 150),
    "deck": (9.0, 4.9, 96),
    "notes": (6.0, 4.0, 96),
}
"""For each writer the width and height in inches that a picture may take, and the pixels to the inch that look sharp
there."""
_POINTS = 72.0


def printed_size(image: Image, width: float, height: float) -> tuple[float, float]:
    """Width and height in points of a picture on paper: as large as its room, unless its pixels are too few.

    A code is as large as telephones need it.
    """
    if isinstance(image.file, QRCode):
        return image.file.whole, image.file.whole
    scale = min(width / image.width, height / image.height, _POINTS / _LEAST)
    return image.width * scale, image.height * scale


def coarse(blocks: Iterable[Block], writer: str) -> Iterator[Problem]:
    """A warning for each picture whose pixels are too few for its room; drawings in SVG have enough."""
    wide, high, sharp = _WANTED[writer]
    for block in walk(blocks):
        if not isinstance(block, Image) or isinstance(block.file, QRCode) or block.name.casefold().endswith(".svg"):
            continue
        wanted = sharp * min(wide, high * block.width / block.height)
        if block.width < wanted:
            yield Problem(
                block.place,
                f"the picture '{block.name}' has {block.width:,} x {block.height:,} pixels: in the {writer} it looks"
                " coarse or small.",
                f"Take one that is at least {wanted:,.0f} pixels wide.",
                "warning",
            )
