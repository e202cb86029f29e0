"""A narrow table of many rows in two columns of rows: down the left one, then down the right one, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import force_setattr

from reports.pdf.boxes.table_box import TableBox
from reports.pdf.tagged.box import Piece
from reports.pdf.tagged.tagging import TaggedCanvas

_FIRST = 0.8
"""Of its page, what the first sheet takes: a heading has room above it."""


class Sheet(Struct, frozen=True):
    """The pieces of a table on one page: from `first` on in the left column, from `middle` on in the right one."""

    first: int
    middle: int
    last: int
    height: float


class FoldedTable(Struct, frozen=True):
    """A table as wide as one of two columns, of rows that are never parted and without a source below them; `apart`
    is the distance of the columns' left edges, `room` the height of a page. It stays one table to who hears it."""

    table: TableBox
    apart: float
    room: float
    sheets: tuple[Sheet, ...] = ()

    def __post_init__(self) -> None:
        force_setattr(self, "sheets", tuple(self._divided()))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(Piece(sheet.height) for sheet in self.sheets)

    @property
    def _caption(self) -> float:
        """Height of what stands above the head on the first page."""
        return self.table.pieces[0].height - self.table.head_height

    def _divided(self) -> Iterator[Sheet]:
        """Full pages, and a last one whose columns are about as long."""
        heights = [piece.height for piece in self.table.pieces]
        first, above, page = 1, self._caption, _FIRST * self.room
        while first < len(heights):
            room = page - above - self.table.head_height
            rest = list(accumulate(heights[first:]))
            half = next(i for i, height in enumerate(rest, 1) if height >= rest[-1] / 2)
            left = min(half, _within(rest, room))
            right = min(len(rest), left + _within([height - rest[left - 1] for height in rest[left:]], room))
            middle, last = first + left, first + right
            column = max(sum(heights[first:middle]), sum(heights[middle:last]))
            yield Sheet(first, middle, last, above + self.table.head_height + column)
            first, above, page = last, 0.0, self.room

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        for number in range(first, last):
            sheet = self.sheets[number]
            self.table.draw(canvas, x, top, sheet.first if number else 0, sheet.middle)
            if sheet.middle < sheet.last:
                lower = top if number else top - self._caption
                self.table.draw(canvas, x + self.apart, lower, sheet.middle, sheet.last)
            top -= sheet.height


def _within(heights: list[float], room: float) -> int:
    """How many of rows that reach down to `heights` end above `room`; one at least, or there would be no end."""
    return max(1, sum(height <= room for height in heights))
