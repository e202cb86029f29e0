"""A plot as a PNG picture, for programs that do not draw SVG."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor, hypot
from typing import cast

from PIL import Image, ImageDraw, ImageFont

from charts.drawn.by_glyph import BY_GLYPH, by_glyph
from charts.lettering import glyphs, text_width
from charts.plot import Label, Path, Plot, Point, Shape
from data.look.fonts import FontFile

_FINER = 4
"""Shapes are drawn so many times finer than the picture, for smooth edges."""
_STEPS = [min(255, (level + 8) // 17 * 17) for level in range(256)]
"""Sixteen steps from nothing to a colour, which no eye tells from more and which take less room."""
_COLOURS = 256
_AREA = 2_000
"""Pixels of one colour that are an area, and no edge."""
_PICTURES = 100
_PIECES = 12
"""Straight pieces that a curve is drawn as."""


class PngRenderer:
    """Draws onto pixels, `scale` of them to the point."""

    def __init__(self, image: Image.Image, scale: float) -> None:
        self.image, self.scale = image, scale

    def draw_shape(self, shape: Shape, height: float) -> None:
        """Fill a path, or draw it as a line."""
        points = [(x * self.scale, y * self.scale) for x, y in _points(shape.path)]
        if shape.fill and not shape.line and _is_upright(points):
            self._fill_upright(shape.fill, points)
            return
        thick = shape.thick * self.scale if shape.line else 0.0
        left, top = (floor(min(axis) - thick) for axis in zip(*points, strict=True))
        right, bottom = (ceil(max(axis) + thick) for axis in zip(*points, strict=True))
        mask = Image.new("L", ((right - left) * _FINER or _FINER, (bottom - top) * _FINER or _FINER))
        at = [((x - left) * _FINER, (y - top) * _FINER) for x, y in points]
        pen = ImageDraw.Draw(mask)
        if shape.fill:
            pen.polygon([(round(x), round(y)) for x, y in at], fill=255)
            self._paste(shape.fill, mask, left, top)
        if shape.line:
            mask.paste(0, (0, 0, *mask.size))
            _line(pen, at, shape, thick * _FINER, self.scale * _FINER)
            self._paste(shape.line, mask, left, top)

    def _fill_upright(self, colour: str, points: list[Point]) -> None:
        """Fill a rectangle: whole pixels wholly, those at its edges as far as it covers them."""
        (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
        columns, rows = _covered(left, right), _covered(top, bottom)
        x, y, wide, high = floor(left), floor(top), len(columns), len(rows)
        if wide > 2 and high > 2:
            self.image.paste(colour, (x + 1, y + 1, x + wide - 1, y + high - 1))
        for row in {0, high - 1}:
            edge = Image.new("L", (wide, 1), _level(1.0, rows[row]))
            for column in {0, wide - 1}:
                edge.putpixel((column, 0), _level(columns[column], rows[row]))
            self.image.paste(colour, (x, y + row), edge)
        for column in {0, wide - 1} if high > 2 else ():
            edge = Image.new("L", (1, high - 2), _level(columns[column], 1.0))
            self.image.paste(colour, (x + column, y + 1), edge)

    def _paste(self, colour: str, mask: Image.Image, left: int, top: int) -> None:
        self.image.paste(colour, (left, top), mask.reduce(_FINER).point(_STEPS))

    def draw_label(self, label: Label, x: float, y: float) -> None:
        """Set a label, each glyph where it stands in a document's text."""
        height = self.image.height / self.scale
        size = label.size * self.scale
        left, top = floor(x * self.scale), floor((height - y) * self.scale - size)
        wide = ceil(text_width(label.text, label.fonts, size)) + ceil(size)
        mask = Image.new("L", (wide, ceil(1.5 * size)))
        pen = ImageDraw.Draw(mask)
        down = (height - y) * self.scale - top
        for file, glyph, distance in glyphs(label.text, label.fonts):
            at = (x * self.scale - left + distance * size, down)
            pen.text(at, chr(BY_GLYPH + glyph), fill=255, font=_font(file, size), anchor="ls")
        self.image.paste(label.colour, (left, top), mask.point(_STEPS))


@lru_cache(200)
def _font(file: FontFile, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(by_glyph(file)), size, layout_engine=ImageFont.Layout.BASIC)


def _points(path: Path) -> list[Point]:
    """A path as straight pieces, from its beginning to its end; it has one beginning."""
    found: list[Point] = []
    for kind, points in path:
        if kind == "c":
            (x0, y0), ((x1, y1), (x2, y2), (x3, y3)) = found[-1], points
            for step in range(1, _PIECES + 1):
                t, u = step / _PIECES, 1 - step / _PIECES
                a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
                found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
        elif kind == "z":
            found.append(found[0])
        else:
            found.extend(points)
    return found


def _is_upright(points: list[Point]) -> bool:
    """Whether a path is a rectangle whose edges are level and plumb."""
    corners = [(x, y) for x in {x for x, _ in points} for y in {y for _, y in points}]
    turns = all(x0 == x1 or y0 == y1 for (x0, y0), (x1, y1) in pairwise(points))
    return len(points) == 5 and turns and len(corners) == 4 and set(corners) == set(points)


def _covered(first: float, last: float) -> list[float]:
    """How much of each pixel lies between two points of an axis, from the pixel in which the first one lies."""
    start, end = floor(first), max(ceil(last), floor(first) + 1)
    if end - start == 1:
        return [last - first]
    return [start + 1 - first, *[1.0] * (end - start - 2), last - end + 1]


def _level(across: float, down: float) -> int:
    """How strong a colour is on a pixel of which a shape covers so much of its width and of its height."""
    return _STEPS[round(round(255 * across) * down)]


def _line(pen: ImageDraw.ImageDraw, points: list[Point], shape: Shape, thick: float, unit: float) -> None:
    """Draw a line so thick, in the pen's pixels; `unit` of them are a point."""
    width = max(1, round(thick))
    for run in _dashed(points, [dash * unit for dash in shape.dashes]) if shape.dashes else [points]:
        pen.line(run, fill=255, width=width, joint="curve" if shape.joins == "round" else None)
    if shape.ends == "round":
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)


def _dashed(points: list[Point], dashes: list[float]) -> Iterator[list[Point]]:
    """The pieces of a line that are drawn: first a dash, then what is between, and so on around its corners."""
    index, left = 0, dashes[0]
    for (x0, y0), (x1, y1) in pairwise(points):
        length, done = hypot(x1 - x0, y1 - y0), 0.0
        while done < length:
            step = min(left, length - done)
            if index % 2 == 0 and length:
                ends = (done / length, (done + step) / length)
                yield [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in ends]
            done, left = done + step, left - step
            if left <= 0:
                index += 1
                left = dashes[index % len(dashes)]


def picture(plot: Plot, scale: float) -> bytes:
    """The plot on its paper as a PNG file, `scale` pixels to the point."""
    return _drawn(plot.width, plot.height, plot.style.paper, tuple(plot.shapes), tuple(plot.labels), scale)


@lru_cache(_PICTURES)
def _drawn(
    width: float, height: float, paper: str, shapes: tuple[Shape, ...], labels: tuple[Label, ...], scale: float
) -> bytes:
    """Once for each: while a project is watched, most of its charts stay as they are."""
    image = Image.new("RGB", (round(width * scale), round(height * scale)), paper)
    renderer = PngRenderer(image, scale)
    for shape in shapes:
        renderer.draw_shape(shape, height)
    for label in labels:
        renderer.draw_label(label, label.x, height - label.y)
    file = io.BytesIO()
    _with_palette(image).save(file, "PNG", compress_level=6, dpi=(72 * scale, 72 * scale))
    return file.getvalue()


def _with_palette(image: Image.Image) -> Image.Image:
    """The picture with a palette of its colours, in half the room; itself where it has too many.

    Edges may take the colour beside theirs in the palette. Areas keep theirs: where one does not, so does the picture.
    """
    colours = cast("list[tuple[int, tuple[int, int, int]]] | None", image.getcolors(_COLOURS))
    if colours is None:
        return image
    ordered = sorted(colours, reverse=True)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in ordered for part in colour])
    each = Image.new("RGB", (len(ordered), 1))
    each.putdata([colour for _, colour in ordered])
    places = _quantized(each, palette).tobytes()
    if any(
        place != index and count >= _AREA for index, (place, (count, _)) in enumerate(zip(places, ordered, strict=True))
    ):
        return image
    return _quantized(image, palette)


def _quantized(image: Image.Image, palette: Image.Image) -> Image.Image:
    """The picture with these colours. What becomes of a colour does not depend on where it stands."""
    return image.quantize(palette=palette, dither=Image.Dither.NONE)
