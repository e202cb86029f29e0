"""A plot on a reportlab canvas: vectors, and text in the document's own fonts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor

from charts.drawn.written import Pen
from charts.lettering import register_font, runs
from charts.plot import Label, Path, Shape
from charts.shaping import shaped

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


@lru_cache(500)
def _colour(said: str) -> Any:
    """One of reportlab's colours; a chart has few."""
    return HexColor(said)


_CAP = {"butt": 0, "round": 1}
_JOIN = {"miter": 0, "round": 1}


class CanvasRenderer:
    """Draws in points from the canvas's current origin, y upward."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas: Any = canvas  # reportlab's type stubs leave most parameters open

    def draw_shape(self, shape: Shape, height: float) -> None:
        """Fill and stroke a path."""
        canvas = self.canvas
        canvas.saveState()
        if shape.fill:
            canvas.setFillColor(_colour(shape.fill))
        if shape.line:
            canvas.setStrokeColor(_colour(shape.line))
            canvas.setLineWidth(shape.thick)
            canvas.setLineCap(_CAP[shape.ends])
            canvas.setLineJoin(_JOIN[shape.joins])
            if shape.dashes:
                canvas.setDash(list(shape.dashes))
        canvas.drawPath(self._outline(shape.path, height), stroke=int(bool(shape.line)), fill=int(bool(shape.fill)))
        canvas.restoreState()

    def _outline(self, path: Path, height: float) -> Any:
        drawn = self.canvas.beginPath()
        draw = {"m": drawn.moveTo, "l": drawn.lineTo, "c": drawn.curveTo}
        for kind, points in path:
            if kind == "z":
                drawn.close()
            else:
                draw[kind](*(round(n, 3) for x, y in points for n in (x, height - y)))
        return drawn

    def draw_label(self, label: Label, x: float, y: float) -> None:
        """Text that can be selected, each run in the font that has its characters."""
        pen = Pen(self.canvas, _colour(label.colour))
        for file, piece in runs(label.text, label.fonts):
            line = shaped(piece, register_font(file))
            pen.write(x, y, register_font(file), label.size, line)
            x += line.width * label.size
        pen.put_down()
