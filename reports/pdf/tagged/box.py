"""Boxes: what is fitted to a width and drawn, whole or in pieces over several pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from reports.pdf.tagged.tagging import TaggedCanvas


class Piece(NamedTuple):
    """A part of a box that is never broken over pages: a line, a row, a chart. Sizes in points."""

    height: float
    gap: float = 0.0
    """Space above; gone at the top of a page."""
    kept: bool = False
    """Stays with the piece before it."""
    head: float = 0.0
    """Height of what is repeated above when a page begins with this piece."""
    foot: float = 0.0
    """Height of what is needed below when a page ends with this piece."""


class Flowable(Protocol):
    """Something fitted to a width, whose pieces can be drawn over several pages."""

    @property
    def pieces(self) -> Sequence[Piece]: ...

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        """Draw the pieces from `first` up to, not including, `last`, downwards from `top`, without the first gap."""
        ...


def height_of(pieces: Sequence[Piece], first: int = 0, last: int | None = None) -> float:
    """Height of the pieces from `first` up to, not including, `last` on one page, without the gap above the first."""
    chosen = pieces[first:last]
    if not chosen:
        return 0.0
    return chosen[0].head - chosen[0].gap + sum(p.height + p.gap for p in chosen) + chosen[-1].foot


def draw_whole(box: Flowable, canvas: TaggedCanvas, x: float, top: float) -> float:
    """Draw all of a box downwards from `top`; the height that it took."""
    box.draw(canvas, x, top, 0, len(box.pieces))
    return height_of(box.pieces)
