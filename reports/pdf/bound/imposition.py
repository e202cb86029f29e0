"""Where the pages of handouts stand on sheets of paper: one to a side, or two of them for half sheets."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Up = Literal[1, 2]
"""How many handouts stand on a sheet."""


class Spot(Struct, frozen=True):
    """Where a page stands on a side of a sheet: how large, and its lower left corner, in points."""

    scale: float = 1.0
    left: float = 0.0
    bottom: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether the page is the side, as it was drawn."""
        return self == Spot()

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is on the sheet."""
        return self.left + self.scale * x, self.bottom + self.scale * y


class Imposition(Struct, frozen=True):
    """How handouts that are alike in paper and pages stand on sheets."""

    paper: tuple[float, float]
    """Width and height of a side, in points."""
    spots: tuple[tuple[Spot, ...], ...]
    """For each handout of a sheet, where each of its pages stands: the first on the front, the second on the back."""
    duplex: str
    """How a printer turns the sheet over (ISO 32000-1, table 150)."""


def impose(page: tuple[float, float], pages: int, up: Up) -> Imposition:
    """How handouts of one or two pages, each of `page` points wide and high, stand on paper of that size.

    Two on a sheet stand beside each other, or landscape ones below each other, on the paper turned by a quarter, as
    large as they fit. The sheet is turned over like the page of a book, so that on its back they change sides: cut in
    half, each half has one handout's front and back, both upright.
    """
    wide, high = page
    if up == 1:
        return Imposition(page, ((Spot(),) * pages,), "Simplex" if pages == 1 else "DuplexFlipLongEdge")
    paper = (high, wide)
    beside = high > wide
    cell = (high / 2, wide) if beside else (high, wide / 2)
    scale = min(cell[0] / wide, cell[1] / high)
    across, up_ = (cell[0] - scale * wide) / 2, (cell[1] - scale * high) / 2

    def spot(column: int, row: int) -> Spot:
        return Spot(scale, column * cell[0] + across, row * cell[1] + up_)

    if beside:
        first, second = [spot(0, 0), spot(1, 0)], [spot(1, 0), spot(0, 0)]
        duplex = "DuplexFlipShortEdge"
    else:
        first, second = [spot(0, 1)] * 2, [spot(0, 0)] * 2
        duplex = "DuplexFlipLongEdge"
    return Imposition(paper, (tuple(first[:pages]), tuple(second[:pages])), "Simplex" if pages == 1 else duplex)
