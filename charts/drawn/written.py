"""Shaped text written into the content of a page."""

from __future__ import annotations

from typing import Any

from reportlab.lib.rl_accel import fp_str  # pyright: ignore[reportUnknownVariableType]  # the stubs have gaps here

from charts.faces import face_named
from charts.shaping import Shaped


def write(text: Any, shaped: Shaped) -> None:
    """Write shaped text where a reportlab text object is, in its font: in one operator for each part of a font.

    Reportlab's own way with shaped text is not taken: it copies a ligature as a private use character, and gives it
    the width that it has where it stands first.
    """
    if not shaped.kerns:
        text.textOut(shaped.codes)
        return
    canvas = text._canvas
    face: Any = face_named(text._fontname)
    kerns = iter((*shaped.kerns, (len(shaped.codes), 0)))
    at, kern = next(kerns)
    start = 0
    for subset, codes in face.splitString(shaped.codes, canvas._doc):
        if subset != text._curSubset:
            text._code.append(f"{face.getSubsetInternalName(subset, canvas._doc)} {fp_str(text._fontsize)} Tf")
            text._curSubset = subset
        pieces: list[str] = []
        done = 0
        while at < start + len(codes):
            if at - start + 1 > done:
                pieces.append(f"({canvas._escape(codes[done : at - start + 1])})")
                done = at - start + 1
            pieces.append(str(-kern))
            at, kern = next(kerns)
        if done < len(codes):
            pieces.append(f"({canvas._escape(codes[done:])})")
        text._code.append(f"[{''.join(pieces)}] TJ" if len(pieces) > 1 else f"{pieces[0]} Tj")
        start += len(codes)
