"""Glyphs as outlines, for pictures that cannot bring their fonts along."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Literal

import uharfbuzz as untyped

from charts.plot import Path, Point, Segment
from data.look.fonts import FontFile, harfbuzz_face

_harfbuzz: Any = untyped  # most of it is compiled, and has no types

_KEPT = 4_000
"""Outlines that are remembered."""


@cache
def _font(file: FontFile) -> Any:
    return _harfbuzz.Font(harfbuzz_face(file))


class _Pen:
    """Takes down an outline as HarfBuzz draws it, at size 1."""

    def __init__(self, units: float) -> None:
        self.units = units
        self.segments: list[Segment] = []

    def _add(self, kind: Literal["m", "l", "q", "c"], *points: Point) -> None:
        self.segments.append(Segment(kind, tuple((x / self.units, y / self.units) for x, y in points)))

    def moveTo(self, point: Point) -> None:  # noqa: N802  # HarfBuzz calls it so
        self._add("m", point)

    def lineTo(self, point: Point) -> None:  # noqa: N802  # HarfBuzz calls it so
        self._add("l", point)

    def qCurveTo(self, control: Point, point: Point) -> None:  # noqa: N802  # HarfBuzz calls it so
        self._add("q", control, point)

    def curveTo(self, first: Point, second: Point, point: Point) -> None:  # noqa: N802  # HarfBuzz calls it so
        self._add("c", first, second, point)

    def closePath(self) -> None:  # noqa: N802  # HarfBuzz calls it so
        begin = next(segment for segment in reversed(self.segments) if segment.kind == "m")
        if self.segments[-1] == Segment("l", begin.points):
            self.segments.pop()  # HarfBuzz draws the line that closing draws
        self.segments.append(Segment("z"))


@lru_cache(_KEPT)
def outline(file: FontFile, glyph: int) -> Path:
    """A glyph's outline at size 1, from its left end on the baseline, y upward; () where nothing is drawn."""
    font = _font(file)
    pen = _Pen(font.face.upem)
    font.draw_glyph_with_pen(glyph, pen)
    return tuple(pen.segments)
