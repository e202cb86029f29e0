"""Colours as people see them: contrast, how far apart two look, to whom they look alike, and the nearest that passes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Literal

Triple = tuple[float, float, float]
View = Literal["in full colour", "in greyscale", "with protanopia", "with deuteranopia", "with tritanopia"]
"""A way of seeing a page: on a good screen, as a photocopy, or without one of the three kinds of cones."""

TEXT, LARGE_TEXT, MARKS = 4.5, 3.0, 3.0
"""Least contrast with the background (WCAG 2.1): text (1.4.3), text from 18 pt or bold from 14 pt (1.4.3), and what
one must see to understand a graphic (1.4.11)."""

TOLD_APART = 0.08
"""Least distance of two series, in every view: four times the just noticeable difference, which CSS Color 4 puts at
0.02 for ΔE-OK. A just noticeable difference is found where fields touch; marks stand apart, and are looked up in a key.
More cannot be asked: on white, text is at most 0.57 light and marks 0.67, so in greyscale these two differ by 0.10."""

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009: severity 1.0, for linear RGB.
# Greyscale is relative luminance (WCAG 2.1).
_LUMINANCE = (0.2126, 0.7152, 0.0722)
_VIEWS: dict[View, tuple[Triple, Triple, Triple]] = {
    "in full colour": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "in greyscale": (_LUMINANCE, _LUMINANCE, _LUMINANCE),
    "with protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "with deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "with tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
VIEWS: tuple[View, ...] = tuple(_VIEWS)

# Björn Ottosson, "A perceptual color space for image processing", 2020: linear sRGB → cone responses, their cube
# roots → Oklab, and both ways back.
_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_CONES = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def linear(colour: str) -> Triple:
    """Red, green and blue light of "#RRGGBB", each 0 to 1 (IEC 61966-2-1); ValueError for anything else."""
    if not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
        raise ValueError(f"'{colour}' is not a colour as '#RRGGBB'")
    red, green, blue = (_decoded(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def hexadecimal(light: Triple) -> str:
    """The "#RRGGBB" nearest to some red, green and blue light, what lies outside of 0 to 1 clipped."""
    return "#" + "".join(f"{round(255 * _encoded(min(max(part, 0.0), 1.0))):02X}" for part in light)


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB", 0 for black to 1 for white (WCAG 2.1, "relative luminance")."""
    return _sum(_LUMINANCE, linear(colour))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def oklab(colour: str) -> Triple:
    """Lightness, 0 to 1, and the axes green to red and blue to yellow in Oklab (Ottosson 2020).

    Chosen among perceptual spaces because a colour keeps its hue there when it gets lighter or darker, blue too, which
    CIELAB turns purple: a brand's colour that must change stays the brand's.
    """
    red, green, blue = _times(_TO_CONES, linear(colour))
    return _times(_TO_LAB, (math.cbrt(red), math.cbrt(green), math.cbrt(blue)))


def distance(one: str, other: str) -> float:
    """How different two colours look: ΔE-OK, the straight line in Oklab (CSS Color 4); black and white are 1 apart."""
    return math.dist(oklab(one), oklab(other))


def as_seen(colour: str, view: View) -> str:
    """The colour that a reader sees in its place."""
    return hexadecimal(_times(_VIEWS[view], linear(colour)))


def apart(one: str, other: str) -> dict[View, float]:
    """How different two colours look in each view."""
    return {view: distance(as_seen(one, view), as_seen(other, view)) for view in VIEWS}


def told_apart(one: str, other: str) -> bool:
    """Whether everybody can tell two series by these colours, on a photocopy too."""
    return all(found >= TOLD_APART for found in apart(one, other).values())


def nearest_passing(colour: str, background: str, ratio: float) -> str | None:
    """The colour most like `colour` that has a contrast of `ratio` with `background`; None where none has."""
    return nearest(colour, lambda candidate: contrast(candidate, background) >= ratio)


def nearest(colour: str, passes: Callable[[str], bool]) -> str | None:
    """The colour most like `colour` that passes: lighter or darker, of the same hue, and as vivid as sRGB allows there.

    Looked for in steps of 0.002 of lightness, a tenth of what can be noticed. None where not even black or white pass.
    """
    if passes(colour):
        return colour
    lightness, green_red, blue_yellow = oklab(colour)
    found: list[str] = []
    for end in (0.0, 1.0):
        steps = math.ceil(abs(end - lightness) * 500)
        for step in range(1, steps + 1):
            light = end if step == steps else lightness + math.copysign(step / 500, end - lightness)
            candidate = _most_vivid(light, green_red, blue_yellow)
            if passes(candidate):
                found.append(candidate)
                break
    return min(found, key=lambda candidate: distance(candidate, colour), default=None)


def _most_vivid(lightness: float, green_red: float, blue_yellow: float) -> str:
    """The colour of this lightness and hue, with as much of its chroma as sRGB can show."""

    def light(part: float) -> Triple:
        roots = _times(_FROM_LAB, (lightness, part * green_red, part * blue_yellow))
        return _times(_FROM_CONES, (roots[0] ** 3, roots[1] ** 3, roots[2] ** 3))

    def exists(part: float) -> bool:
        return all(-1e-4 <= channel <= 1 + 1e-4 for channel in light(part))

    if exists(1.0):
        return hexadecimal(light(1.0))
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if exists(middle) else (low, middle)
    return hexadecimal(light(low))


def _decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _sum(weights: Triple, parts: Triple) -> float:
    return weights[0] * parts[0] + weights[1] * parts[1] + weights[2] * parts[2]


def _times(matrix: tuple[Triple, Triple, Triple], parts: Triple) -> Triple:
    return _sum(matrix[0], parts), _sum(matrix[1], parts), _sum(matrix[2], parts)
