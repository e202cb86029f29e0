"""A matplotlib renderer that draws onto a reportlab canvas: vectors, and text in the document's own fonts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.path import Path
from matplotlib.transforms import Transform
from reportlab.lib.colors import Color

from charts.lettering import register_font, runs, text_width
from charts.sheet import Label

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

__all__ = ["CanvasRenderer", "register_font"]

_CAP = {"butt": 0, "round": 1, "projecting": 2}
_JOIN = {"miter": 0, "round": 1, "bevel": 2}


class CanvasRenderer(RendererBase):
    """Draws in points from the canvas's current origin, y upward."""

    def __init__(self, canvas: Canvas, width: float, height: float) -> None:
        super().__init__()
        self.canvas: Any = canvas  # reportlab's type stubs leave most parameters open
        self.width, self.height = width, height

    def flipy(self) -> bool:
        return False

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.width, self.height

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803  # matplotlib's name
    ) -> None:
        """Fill and stroke a path; the parameter's name is matplotlib's."""
        alpha = gc.get_alpha() if gc.get_forced_alpha() else None
        fill = rgbFace is not None and (len(rgbFace) < 4 or rgbFace[3] > 0)
        stroke = gc.get_linewidth() > 0 and cast(Sequence[float], gc.get_rgb())[3] > 0
        if not (fill or stroke):
            return
        canvas = self.canvas
        canvas.saveState()
        box = gc.get_clip_rectangle()
        if box is not None:
            clip = canvas.beginPath()
            clip.rect(*box.bounds)
            canvas.clipPath(clip, stroke=0, fill=0)
        if fill and rgbFace is not None:
            red, green, blue, own = (*rgbFace, 1.0)[:4]
            canvas.setFillColor(Color(red, green, blue, own if alpha is None else alpha))
        if stroke:
            canvas.setStrokeColor(Color(*cast(Sequence[float], gc.get_rgb())))
            canvas.setLineWidth(gc.get_linewidth())
            canvas.setLineCap(_CAP[str(gc.get_capstyle())])
            canvas.setLineJoin(_JOIN[str(gc.get_joinstyle())])
            offset, dashes = gc.get_dashes()
            if dashes is not None:
                canvas.setDash([float(d) for d in cast(Sequence[float], dashes)], float(offset))
        canvas.drawPath(self._outline(path, transform), stroke=int(stroke), fill=int(fill))
        canvas.restoreState()

    def _outline(self, path: Path, transform: Transform) -> Any:
        drawn = self.canvas.beginPath()
        x = y = 0.0
        for points, code in path.iter_segments(transform, curves=True, simplify=False):
            p = [round(float(n), 3) for n in points]
            if code == Path.MOVETO:
                drawn.moveTo(*p)
            elif code == Path.LINETO:
                drawn.lineTo(*p)
            elif code == Path.CURVE3:
                # a quadratic curve as a cubic one
                cx, cy, ex, ey = p
                drawn.curveTo(
                    x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y), ex + 2 / 3 * (cx - ex), ey + 2 / 3 * (cy - ey), ex, ey
                )
            elif code == Path.CURVE4:
                drawn.curveTo(*p)
            else:
                drawn.close()
                continue
            x, y = p[-2:]
        return drawn

    def draw_label(self, label: Label, x: float, y: float, scale: float) -> None:
        """Text that can be selected, each run in the font that has its characters."""
        canvas = self.canvas
        canvas.setFillColor(label.colour)
        for file, piece in runs(label.text, label.fonts):
            canvas.setFont(register_font(file), label.size * scale)
            canvas.drawString(x, y, piece)
            x += text_width(piece, (file,), label.size) * scale
