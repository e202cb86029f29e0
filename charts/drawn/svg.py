"""A plot as an SVG picture: plain paths only, because PowerPoint reads few of SVG's other features."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from charts.drawn.outlines import outline
from charts.lettering import glyphs
from charts.plot import Label, Path, Plot, Point, Shape
from data.look.fonts import FontFile

_UNITS = 20
"""SVG units to the point: whole numbers are short, and a twentieth of a point is finer than any screen."""


def _whole(number: float) -> int:
    return round(number * _UNITS)


def _relative(path: Path, placed: Callable[[Point], Point]) -> tuple[str, tuple[int, int]]:
    """Path data in steps from (0, 0), and where they end; adding up whole steps keeps rounding from piling up."""
    parts: list[str] = []
    x = y = start_x = start_y = 0
    for kind, points in path:
        if kind == "z":
            parts.append("z")
            x, y = start_x, start_y
            continue
        numbers = [_whole(n) for point in points for n in placed(point)]
        steps = [n - (y if i % 2 else x) for i, n in enumerate(numbers)]
        parts.append(kind + "".join(f" {n}" if n >= 0 and i else str(n) for i, n in enumerate(steps)))
        x, y = numbers[-2:]
        if kind == "m":
            start_x, start_y = x, y
    return "".join(parts), (x, y)


@lru_cache(4000)
def _glyph(file: FontFile, glyph: int, size: float) -> tuple[str, tuple[int, int]]:
    """A glyph's outline, y downward, in steps from its left end on the baseline."""
    return _relative(outline(file, glyph), lambda point: (point[0] * size, -point[1] * size))


class SvgRenderer:
    """Collects path elements; y downward, `_UNITS` to the point."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.elements: list[str] = []

    def draw_shape(self, shape: Shape, height: float) -> None:
        """Write one path element."""
        look = [f'fill="{(shape.fill or "none").lower()}"']
        if shape.line:
            look.append(f'stroke="{shape.line.lower()}" stroke-width="{_whole(shape.thick)}"')
            if shape.ends == "round":
                look.append('stroke-linecap="round"')
            if shape.joins == "round":
                look.append('stroke-linejoin="round"')
            if shape.dashes:
                look.append(f'stroke-dasharray="{" ".join(str(_whole(dash)) for dash in shape.dashes)}"')
        data, _ = _relative(shape.path, lambda point: point)
        self.elements.append(f'<path {" ".join(look)} d="{data}"/>')

    def draw_label(self, label: Label, x: float, y: float) -> None:
        """Write a label as one path of outlines."""
        parts: list[str] = []
        at_x, at_y = 0, 0
        down = _whole(self.height - y)
        for file, glyph, distance in glyphs(label.text, label.fonts):
            data, (end_x, end_y) = _glyph(file, glyph, label.size)
            if data:
                left = _whole(x + distance * label.size)
                parts.append(f"m{left - at_x} {down - at_y}{data}")
                at_x, at_y = left + end_x, down + end_y
        if parts:
            self.elements.append(f'<path fill="{label.colour}" d="{"".join(parts)}"/>')


def picture(plot: Plot) -> bytes:
    """The plot as an SVG file: no text elements, no ids, no date."""
    renderer = SvgRenderer(plot.height)
    plot.draw(renderer)
    width, height = _whole(plot.width), _whole(plot.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width / _UNITS:g}pt" height="{height / _UNITS:g}pt">'
    )
    return "\n".join((head, *renderer.elements, "</svg>\n")).encode()
