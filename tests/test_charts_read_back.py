"""What is drawn is read back from the finished picture: every shape stands in the SVG and in the PDF where it was laid."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from charts.drawn.drawing import Drawing
from charts.plot import Bounds
from tests.gallery import Example, examples

EXAMPLES = {example.name: example for example in examples()}
NEAR = 0.5
"""Points."""
_STEP = re.compile(r"([mlqcz])([^mlqcz]*)")
_NUMBER = re.compile(r"-?\d+")


def in_svg(svg: bytes) -> Iterator[Bounds]:
    """What each path of a picture covers, in points; of a curve, the points that bend it."""
    text = svg.decode()
    units = int(re.findall(r"\d+", text.split("viewBox=")[1])[2]) / float(re.findall(r'width="([\d.]+)pt"', text)[0])
    for data in re.findall(r' d="([^"]*)"', text):
        x = y = 0
        points: list[tuple[float, float]] = []
        for _, said in _STEP.findall(data):
            numbers = [int(number) for number in _NUMBER.findall(said)]
            # SVG 1.1, 8.3: all numbers of a relative curve are reckoned from where it begins
            places = [(x + across, y + down) for across, down in zip(numbers[::2], numbers[1::2], strict=True)]
            points += [(across / units, down / units) for across, down in places]
            x, y = places[-1] if places else (x, y)
        if points:
            xs, ys = zip(*points, strict=True)
            yield Bounds(min(xs), min(ys), max(xs), max(ys))


def in_pdf(drawing: Drawing) -> Iterator[Bounds]:
    """What each path of a page covers, y downward from the drawing's upper edge."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(drawing.width, drawing.height))
    drawing.on_canvas(canvas, 0, 0)
    canvas.save()
    with pikepdf.open(file) as pdf:
        points: list[tuple[float, float]] = []
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(operator) in ("m", "l", "c"):
                numbers = [float(number) for number in operands]
                points += [(x, drawing.height - y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            elif str(operator) in ("f", "f*", "S", "B", "B*", "n") and points:
                xs, ys = zip(*points, strict=True)
                yield Bounds(min(xs), min(ys), max(xs), max(ys))
                points = []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_shape_stands_in_the_picture_where_it_was_laid(name: str, tmp_path: Path) -> None:
    example: Example = EXAMPLES[name]
    _, drawing = example.drawn(tmp_path)
    laid = [shape.box for shape in drawing.plot.shapes]
    svg, pdf = list(in_svg(drawing.svg())), list(in_pdf(drawing))
    assert len(pdf) == len(laid)
    assert len(svg) >= len(laid)
    for shape, first, second in zip(laid, svg, pdf):
        assert first == pytest.approx(shape, abs=NEAR)
        assert second == pytest.approx(shape, abs=NEAR)
