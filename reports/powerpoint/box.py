"""A rectangle on a slide."""

from __future__ import annotations

from msgspec import Struct


class Box(Struct, frozen=True):
    """Where something is, in points from the slide's upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def below(self, top: float) -> Box:
        """The part of the box that lies below `top`."""
        start = max(self.top, top)
        return Box(self.left, start, self.width, max(0.0, self.bottom - start))

    def above(self, bottom: float) -> Box:
        """The part of the box that lies above `bottom`."""
        return Box(self.left, self.top, self.width, max(0.0, min(self.bottom, bottom) - self.top))

    def until(self, bottom: float) -> Box:
        """A box from the same upper edge to another lower one."""
        return Box(self.left, self.top, self.width, bottom - self.top)

    def grown(self, edge: float) -> Box:
        """The box with `edge` more on each side."""
        return Box(self.left - edge, self.top - edge, self.width + 2 * edge, self.height + 2 * edge)

    def shared(self, other: Box) -> float:
        """How much of this box another covers, 0 to 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        if width <= 0:
            return 0.0
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        area = self.width * self.height
        return width * max(height, 0.0) / area if area > 0 else 0.0
