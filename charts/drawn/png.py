"""A sheet as a PNG picture, for programs that do not draw SVG."""

from __future__ import annotations

import io

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray
from PIL import Image

from charts.drawn.outlines import outline
from charts.sheet import Label, Sheet
from charts.style import Style

Pixels = NDArray[np.uint32]
"""One number a pixel: red, green, blue and alpha as its four bytes, in this order."""


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
    pixels: Pixels = np.asarray(renderer.buffer_rgba()).view(np.uint32)[:, :, 0]
    pixels[:] = _pixel(sheet.style.paper)
    sheet.draw(renderer, renderer, scale)
    indexes, palette = _few_colours(pixels, sheet.style)
    drawn = Image.fromarray(indexes)
    drawn.putpalette(palette)
    file = io.BytesIO()
    drawn.save(file, "PNG", compress_level=6, dpi=(72 * scale, 72 * scale))
    return file.getvalue()


def _pixel(colour: str) -> np.uint32:
    return np.frombuffer(bytes.fromhex(colour[1:] + "ff"), np.uint32)[0]


def _few_colours(pixels: Pixels, style: Style) -> tuple[NDArray[np.uint8], bytes]:
    """Pixels as places in a palette, and the palette: red, green and blue of each place.

    The style's colours stay exact. Those between them, on the edges of marks and letters, lose as many low bits as it
    takes to make them few enough.
    """
    told = (style.paper, style.accent, style.mark, style.ink, style.muted, style.accent_text)
    exact = [_pixel(c) for c in dict.fromkeys(told)]
    indexes = np.full(pixels.shape, 255, np.uint8)
    for place, colour in enumerate(exact):
        indexes[pixels == colour] = place
    between = indexes == 255
    blends = pixels[between].view(np.uint8).reshape(-1, 4)
    most, step = 256 - len(exact), 1
    while True:
        rounded = np.ascontiguousarray((blends & (256 - step)) | (step >> 1))
        colours, places = np.unique(rounded.view(np.uint32), return_inverse=True)
        if len(colours) <= most:
            break
        step *= 2
    indexes[between] = places.reshape(-1) + len(exact)
    palette = np.concatenate([np.array(exact, np.uint32), colours]).view(np.uint8).reshape(-1, 4)
    return indexes, palette[:, :3].tobytes()
