"""Glyphs as outlines, for pictures that cannot bring their fonts along."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from charts.plot import Path, Point, Segment
from data.look.fonts import FontFile

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_KEPT = 4_000
"""Outlines that are remembered."""


@cache
def _font(file: FontFile) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(file.path, fontNumber=0, lazy=True)


@lru_cache(_KEPT)
def outline(file: FontFile, glyph: int) -> Path:
    """A glyph's outline at size 1, from its left end on the baseline, y upward; () where nothing is drawn."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    font: Any = _font(file)
    glyphs = font.getGlyphSet()
    pen: Any = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(glyph)].draw(pen)
    units = float(font["head"].unitsPerEm)
    steps: list[tuple[str, tuple[Point | None, ...]]] = pen.value
    return tuple(segment for said, points in steps for segment in _segments(said, points, units))


def _segments(said: str, points: tuple[Point | None, ...], units: float) -> list[Segment]:
    """A step of fontTools' pens as those of a path, at size 1."""
    from fontTools.pens import basePen

    if said in ("closePath", "endPath"):
        return [Segment("z")]
    if said == "qCurveTo":
        if points[-1] is None:  # a contour of curves alone, which begins between its last point and its first
            around = [p for p in points if p is not None]
            start = ((around[-1][0] + around[0][0]) / 2, (around[-1][1] + around[0][1]) / 2)
            begin = Segment("m", ((start[0] / units, start[1] / units),))
            return [begin, *_segments("qCurveTo", (*around, start), units)]
        pen: Any = basePen  # has no types of its own
        curves: list[tuple[Point, Point]] = pen.decomposeQuadraticSegment(points)
        return [Segment("q", tuple((x / units, y / units) for x, y in curve)) for curve in curves]
    (point,) = points  # of TrueType outlines, which have no other curves
    x, y = point or (0.0, 0.0)
    return [Segment("m" if said == "moveTo" else "l", ((x / units, y / units),))]
