"""A chart drawn at a size: once laid out, it goes onto PDF pages and into SVG and PNG pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from charts.alt import describe
from charts.chart import Chart
from charts.kinds.registry import KINDS
from charts.plot import Plot
from charts.style import style_of
from data.look.brand import Brand

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


class Drawing(Struct, frozen=True):
    """Marks and labels of one chart; claim, measure line and source are set around it."""

    plot: Plot
    chart: Chart
    language: str

    @property
    def alt(self) -> str:
        """The words that stand for the drawing; they are made when they are asked for, by whoever places it."""
        return describe(self.chart, self.language)

    @property
    def width(self) -> float:
        """In points."""
        return self.plot.width

    @property
    def height(self) -> float:
        """In points; more than was asked for where the labels need it."""
        return self.plot.height

    def on_canvas(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw as vectors, with selectable text; (x, y) is the lower left corner in points."""
        from charts.drawn.canvas import CanvasRenderer

        canvas.saveState()
        canvas.translate(x, y)
        self.plot.draw(CanvasRenderer(canvas))
        canvas.restoreState()

    def svg(self) -> bytes:
        """An SVG 1.1 picture whose text is outlines."""
        from charts.drawn.svg import picture

        return picture(self.plot)

    def png(self, scale: float = 2.0) -> bytes:
        """A picture with `scale` pixels to the point."""
        from charts.drawn.png import picture

        return picture(self.plot, scale)


def draw(
    chart: Chart,
    brand: Brand,
    *,
    language: str,
    width: float,
    text_size: float = 9.0,
    height: float | None = None,
) -> Drawing:
    """Lay out a chart `width` points wide, its labels `text_size` points large.

    `height` in points; None takes the kind's natural one. A drawing is as high as asked, or higher where its labels
    would not fit otherwise: nothing is shrunk or left out, so compare `Drawing.height` with the room there is.
    """
    plot = KINDS[chart.kind].draw(chart, style_of(brand, language, text_size), width, height)
    return Drawing(plot, chart, language)
