"""The outlines of drawn shapes on a slide, as polygons in points."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct

from reports.powerpoint.box import Box
from reports.powerpoint.xml import Element, local
from reports.powerpoint.xml import qualified as qn

_EMU = 12700
_TURNS = tuple(math.tau * i / 24 for i in range(24))
"""Directions of the corners of an ellipse."""
_CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "triangle": ((0.5, 0), (1, 1), (0, 1)),
    "rtTriangle": ((0, 0), (1, 1), (0, 1)),
    "diamond": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "parallelogram": ((0.25, 0), (1, 0), (0.75, 1), (0, 1)),
    "line": ((0, 0), (1, 1)),
    "ellipse": tuple((0.5 + 0.5 * math.cos(turn), 0.5 + 0.5 * math.sin(turn)) for turn in _TURNS),
}
"""Corners in a box from 0 to 1; what has none here is a rectangle."""

Point = tuple[float, float]


class Transform(Struct, frozen=True):
    """How coordinates inside a group, in EMU, become points of the slide."""

    x: float = 0.0
    y: float = 0.0
    across: float = 1 / _EMU
    down: float = 1 / _EMU

    def box(self, place: Element | None) -> Box | None:
        """The box of an `a:xfrm`; None where it states none."""
        off, ext = (None, None) if place is None else (place.find(qn("a:off")), place.find(qn("a:ext")))
        if off is None or ext is None:
            return None
        try:
            left, top, width, height = int(off.get("x")), int(off.get("y")), int(ext.get("cx")), int(ext.get("cy"))
        except (TypeError, ValueError):
            return None
        return Box(self.x + left * self.across, self.y + top * self.down, width * self.across, height * self.down)

    def inner(self, place: Element | None) -> Transform:
        """That of a group inside."""
        outer = self.box(place)
        off, ext = (None, None) if place is None else (place.find(qn("a:chOff")), place.find(qn("a:chExt")))
        if outer is None or off is None or ext is None:
            return self
        width, height = int(ext.get("cx")), int(ext.get("cy"))
        if not width or not height:
            return self
        across, down = outer.width / width, outer.height / height
        return Transform(outer.left - int(off.get("x")) * across, outer.top - int(off.get("y")) * down, across, down)


def outline(look: Element | None, frame: Transform, closed: bool = True) -> list[Point]:
    """The corners of a shape by its properties; none where it has no place."""
    place = None if look is None else look.find(qn("a:xfrm"))
    box = frame.box(place)
    if look is None or place is None or box is None:
        return []
    preset = look.find(qn("a:prstGeom"))
    name = "" if preset is None else preset.get("prst", "")
    if not closed or name in ("line", "straightConnector1"):
        name = "line"
    drawn = [] if name else list(_drawn(look.find(qn("a:custGeom"))))
    corners = drawn or list(_CORNERS.get(name, ((0, 0), (1, 0), (1, 1), (0, 1))))
    across, down = (place.get(turn) in ("1", "true") for turn in ("flipH", "flipV"))
    corners = [(1 - x if across else x, 1 - y if down else y) for x, y in corners]
    angle = math.radians(int(place.get("rot", "0")) / 60_000)
    middle = box.left + box.width / 2, box.top + box.height / 2
    found: list[Point] = []
    for x, y in corners:
        right, below = (x - 0.5) * box.width, (y - 0.5) * box.height
        turned = right * math.cos(angle) - below * math.sin(angle), right * math.sin(angle) + below * math.cos(angle)
        found.append((middle[0] + turned[0], middle[1] + turned[1]))
    return found


def _drawn(geometry: Element | None) -> Iterator[Point]:
    """The points of a shape's first path; curves by where they end."""
    path = None if geometry is None else geometry.find(f".//{qn('a:path')}")
    if path is None:
        return
    width, height = int(path.get("w", "0")), int(path.get("h", "0"))
    if not width or not height:
        return
    for step in path:
        if local(step) not in ("moveTo", "lnTo", "cubicBezTo", "quadBezTo"):
            continue
        points = step.findall(qn("a:pt"))
        try:
            yield int(points[-1].get("x")) / width, int(points[-1].get("y")) / height
        except (TypeError, ValueError, IndexError):
            continue  # a guide by name: where it leads is not worked out here
