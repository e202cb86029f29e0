"""Pictures from files, such as a logo, as tagged figures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, cast

from reportlab.lib.utils import ImageReader

from data.look.logo import read_logo
from reports.pdf.tagged.tagging import TaggedCanvas


class Picture:
    """A logo, a picture or a QR code that can be drawn."""

    def __init__(self, file: Path | bytes) -> None:
        """`file` is the picture's, or its content as PNG."""
        content = file if isinstance(file, bytes) else read_logo(file).content
        self._reader = ImageReader(BytesIO(content))
        self._pixels: tuple[int, int] = self._reader.getSize()

    def size_within(self, width: float, height: float) -> tuple[float, float]:
        """Width and height, in points, of the whole picture at its largest in a space."""
        wide, high = self._pixels
        scale = min(width / wide, height / high)
        return wide * scale, high * scale

    def draw(self, canvas: TaggedCanvas, alt: str, x: float, y: float, width: float, height: float) -> None:
        """Draw with the lower left corner at (x, y); `alt` are the words that stand for it."""
        draw_image = cast(Any, canvas.drawImage)  # pyright: ignore[reportUnknownMemberType]  # the stubs have gaps here
        with canvas.figure(alt, x, y, width, height):
            draw_image(self._reader, x, y, width, height, mask="auto")
