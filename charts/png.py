"""A sheet as a PNG picture, for programs that do not draw SVG."""

from __future__ import annotations

import io

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.transforms import Affine2D
from PIL import Image

from charts.outlines import outline
from charts.sheet import Label, Sheet
from charts.style import Style


class PngRenderer(RendererAgg):
    """Matplotlib's own rasterizer, with labels drawn as outlines."""

    def draw_label(self, label: Label, x: float, y: float, scale: float) -> None:
        """Fill a label's outlines."""
        context = self.new_gc()
        context.set_linewidth(0)
        context.set_snap(False)
        self.draw_path(context, outline(label), Affine2D().scale(scale).translate(x, y), to_rgb(label.colour))


def picture(sheet: Sheet, scale: float) -> bytes:
    """The sheet on its paper as a PNG file of at most 256 colours, `scale` pixels to the point."""
    width, height = round(sheet.width * scale), round(sheet.height * scale)
    renderer = PngRenderer(width, height, 72 * scale)
    sheet.draw(renderer, renderer, scale)
    drawn = Image.fromarray(np.asarray(renderer.buffer_rgba()))
    paper = Image.new("RGB", drawn.size, sheet.style.paper)
    paper.paste(drawn, mask=drawn.getchannel("A"))
    few = paper.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.putpalette(_mended(few.getpalette() or [], sheet.style))
    file = io.BytesIO()
    few.save(file, "PNG", compress_level=6, dpi=(72 * scale, 72 * scale))
    return file.getvalue()


def _mended(palette: list[int], style: Style) -> list[int]:
    """A palette in which the style's own colours are exact: quantizing makes white paper a shade grey."""
    mended = list(palette)
    for colour in (style.ink, style.accent, style.mark, style.muted, style.paper):
        exact = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        at = min(range(0, len(palette), 3), key=lambda i: sum(abs(palette[i + j] - exact[j]) for j in range(3)))
        if all(abs(palette[at + j] - exact[j]) <= 4 for j in range(3)):
            mended[at : at + 3] = exact
    return mended
