"""Text as filled paths, for pictures that must look the same on machines without the fonts."""

from __future__ import annotations

from functools import cache

import numpy as np
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from charts.lettering import runs, text_width
from charts.sheet import Label
from data.fonts import FontFile
from data.stand_ins import HYPHENS, STAND_INS

_EM = 100
"""Size at which glyphs are taken from the font."""


@cache
def _font(file: FontFile) -> FT2Font:
    font = FT2Font(str(file.path))
    font.set_size(_EM, 72)
    return font


@cache
def glyph(file: FontFile, character: str) -> Path:
    """A character's outline at size 1, from its left end on the baseline, y upward."""
    font = _font(file)
    if ord(character) in STAND_INS and not font.get_char_index(ord(character)):
        if ord(character) not in HYPHENS:
            return Path(np.empty((0, 2)))
        character = "-"
    font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    points, codes = font.get_path()
    return Path(points / _EM, codes)


def outline(label: Label) -> Path:
    """A label as one path, in points from its left end on the baseline, y upward.

    Every character takes the advance that reportlab gives it, so the picture's text is as wide as it was measured.
    """
    shapes: list[Path] = []
    x = 0.0
    for file, piece in runs(label.text, label.fonts):
        for character in piece:
            shapes.append(Affine2D().scale(label.size).translate(x, 0).transform_path(glyph(file, character)))
            x += text_width(character, (file,), label.size)
    return Path.make_compound_path(*shapes)
