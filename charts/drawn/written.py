"""Shaped text written into the content of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.rl_accel import fp_str  # pyright: ignore[reportUnknownVariableType]  # the stubs have gaps here

from charts.faces import face_named
from charts.shaping import Shaped


class Pen:
    """Writes text of one colour onto a reportlab canvas, as one text object.

    Reportlab's own way with shaped text is not taken: there a ligature is copied as another character than its letters.
    """

    def __init__(self, canvas: Any, colour: Any, tracking: float = 0.0) -> None:
        """`colour` is one of reportlab's; `tracking` is extra space after each glyph, in points."""
        self._canvas, self._tracking = canvas, tracking
        self._text = canvas.beginText(0, 0)  # it says so, and pypdf sees a new line by that alone
        self._code: list[str] = self._text._code
        self._text.setFillColor(colour)
        if tracking:
            self._text.setCharSpace(tracking)
        self._x: float = 0.0
        self._y: float = 0.0
        self._font: tuple[str, float, int] | None = None

    def write(self, x: float, y: float, font: str, size: float, shaped: Shaped) -> None:
        """Write text with its left end on the baseline at (x, y), in points; `font` as reportlab knows it."""
        x, y = round(x, 3), round(y, 3)
        if x != self._x or y != self._y:
            self._code.append(f"{fp_str(round(x - self._x, 3), round(y - self._y, 3))} Td")
            self._x, self._y = x, y
        face: Any = face_named(font)
        document = self._canvas._doc
        start = 0
        for subset, codes in face.splitString(shaped.codes, document):
            if self._font != (font, size, subset):
                self._font = font, size, subset
                self._code.append(f"{face.getSubsetInternalName(subset, document)} {fp_str(size)} Tf")
            end = start + len(codes)
            kerns = (
                [(at - start, kern) for at, kern in shaped.kerns if start <= max(at, 0) < end] if shaped.kerns else ()
            )
            if kerns:
                self._code.append(f"[{self._pieces(codes, kerns)}]TJ")
            else:
                self._code.append(f"({self._canvas._escape(codes)}) Tj")
            start = end

    def _pieces(self, codes: bytes, kerns: Sequence[tuple[int, int]]) -> str:
        """Strings, and between them how far to go back, in thousandths of the size."""
        escape = self._canvas._escape
        pieces: list[str] = []
        done = 0
        for at, kern in kerns:
            if at >= done:
                pieces.append(f"({escape(codes[done : at + 1])}){-kern}")
                done = at + 1
            else:
                pieces.append(str(-kern))
        if done < len(codes):
            pieces.append(f"({escape(codes[done:])})")
        return "".join(pieces)

    def put_down(self) -> None:
        """Draw what was written."""
        if self._tracking:
            self._text.setCharSpace(0)
        self._canvas.drawText(self._text)
