"""A sheet as an SVG picture: plain paths only, because PowerPoint reads few of SVG's other features."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path as File
from typing import Any, cast

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform

from charts.drawn.outlines import glyph
from charts.lettering import runs, text_width
from charts.sheet import Label, Sheet

_UNITS = 20
"""SVG units to the point: whole numbers are short, and a twentieth of a point is finer than any screen."""
_LETTERS = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}


def _whole(number: float) -> int:
    return round(number * _UNITS)


def _relative(path: Path, transform: Transform) -> tuple[str, tuple[int, int]]:
    """Path data in steps from (0, 0), and where they end; adding up whole steps keeps rounding from piling up."""
    parts: list[str] = []
    x = y = start_x = start_y = 0
    for points, code in path.iter_segments(transform, simplify=False):
        letter = _LETTERS.get(int(code))  # pyright: ignore[reportArgumentType]  # numpy's number is one
        if letter is None:
            parts.append("z")
            x, y = start_x, start_y
            continue
        numbers = [_whole(float(n)) for n in points]
        steps = [n - (y if i % 2 else x) for i, n in enumerate(numbers)]
        parts.append(letter + "".join(f" {n}" if n >= 0 and i else str(n) for i, n in enumerate(steps)))
        x, y = numbers[-2:]
        if letter == "m":
            start_x, start_y = x, y
    return "".join(parts), (x, y)


@lru_cache(4000)
def _glyph(file: File, character: str, size: float) -> tuple[str, tuple[int, int]]:
    """A character's outline, y downward, in steps from its left end on the baseline."""
    return _relative(glyph(file, character), Affine2D().scale(size, -size))


class SvgRenderer(RendererBase):
    """Collects path elements; y downward, `_UNITS` to the point."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height
        self.elements: list[str] = []

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803  # matplotlib's name
    ) -> None:
        """Write one path element."""
        look = ["none" if rgbFace is None or (len(rgbFace) == 4 and rgbFace[3] == 0) else to_hex(rgbFace)]
        look[0] = f'fill="{look[0]}"'
        if gc.get_linewidth() > 0 and cast(Sequence[float], gc.get_rgb())[3] > 0:
            look.append(f'stroke="{to_hex(gc.get_rgb())}" stroke-width="{_whole(gc.get_linewidth())}"')
            if str(gc.get_capstyle()) == "round":
                look.append('stroke-linecap="round"')
            if str(gc.get_joinstyle()) == "round":
                look.append('stroke-linejoin="round"')
            _, dashes = gc.get_dashes()
            if dashes is not None:
                look.append(f'stroke-dasharray="{" ".join(str(_whole(d)) for d in cast(Sequence[float], dashes))}"')
        data, _ = _relative(path, transform + Affine2D().scale(1, -1).translate(0, self.height))
        self.elements.append(f'<path {" ".join(look)} d="{data}"/>')

    def draw_label(self, label: Label, x: float, y: float, scale: float) -> None:
        """Write a label as one path of outlines."""
        parts: list[str] = []
        at_x, at_y = 0, 0
        down = _whole(self.height - y)
        for file, piece in runs(label.text, label.fonts):
            for character in piece:
                data, (end_x, end_y) = _glyph(file, character, label.size * scale)
                if data:
                    left = _whole(x)
                    parts.append(f"m{left - at_x} {down - at_y}{data}")
                    at_x, at_y = left + end_x, down + end_y
                x += text_width(character, (file,), label.size) * scale
        if parts:
            self.elements.append(f'<path fill="{label.colour}" d="{"".join(parts)}"/>')


def picture(sheet: Sheet) -> bytes:
    """The sheet as an SVG file: no text elements, no ids, no date."""
    renderer = SvgRenderer(sheet.height)
    sheet.draw(renderer, renderer)
    width, height = _whole(sheet.width), _whole(sheet.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width / _UNITS:g}pt" height="{height / _UNITS:g}pt">'
    )
    return "\n".join((head, *renderer.elements, "</svg>\n")).encode()
