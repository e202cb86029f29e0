"""Colours as people see them: contrast, how different two look and to whom, and the nearest one that passes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Literal

Triple = tuple[float, float, float]
View = Literal["in full colour", "in greyscale", "with protanopia", "with deuteranopia", "with tritanopia"]
"""A way of seeing a page: on a good screen, as a photocopy, or without one of the three kinds of cones."""

TEXT, LARGE_TEXT, MARKS = 4.5, 3.0, 3.0
"""Least contrast with the background (WCAG 2.1): text (1.4.3), text from 18 pt or bold from 14 pt (1.4.3), and what
one must see to understand a graphic (1.4.11)."""

TOLD_APART = 10.0
"""Least CIEDE2000 difference of two series, in every view. Half of all viewers notice 7.3 of lightness on marks of a
third of a degree (M. Stone, D. A. Szafir, V. Setlur, "An Engineering Model for Color Difference as a Function of
Size", 2014), which are 3 mm high half a metre away; 10 leaves room for poor prints. Much more cannot be asked: on
white, text has a lightness of at most 50 and marks of 62, all that is between them in greyscale."""

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

# Linear sRGB → CIE XYZ (IEC 61966-2-1); the sums of the rows are white.
_TO_XYZ = ((0.4124, 0.3576, 0.1805), _LUMINANCE, (0.0193, 0.1192, 0.9505))

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


_REMEMBERED = 1_000
"""Colours whose luminance is kept: each label and mark asks for that of what it stands on."""


def linear(colour: str) -> Triple:
    """Red, green and blue light of "#RRGGBB", each 0 to 1 (IEC 61966-2-1); ValueError for anything else."""
    if not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
        raise ValueError(f"'{colour}' is not a colour as '#RRGGBB'")
    red, green, blue = (_decoded(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def hexadecimal(light: Triple) -> str:
    """The "#RRGGBB" nearest to some red, green and blue light, what lies outside of 0 to 1 clipped."""
    return "#" + "".join(f"{round(255 * _encoded(min(max(part, 0.0), 1.0))):02X}" for part in light)


@lru_cache(_REMEMBERED)
def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB", 0 for black to 1 for white (WCAG 2.1, "relative luminance")."""
    return _sum(_LUMINANCE, linear(colour))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def cielab(colour: str) -> Triple:
    """L*, a* and b* in CIELAB for white as sRGB has it (ISO/CIE 11664-4)."""

    def scaled(part: float) -> float:
        return math.cbrt(part) if part > (6 / 29) ** 3 else part * (29 / 6) ** 2 / 3 + 4 / 29

    light = linear(colour)
    x, y, z = (scaled(_sum(row, light) / sum(row)) for row in _TO_XYZ)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str) -> float:
    """How different two colours look: CIEDE2000, about 1 where they can just be told apart, 100 for black and white."""
    return ciede2000(cielab(one), cielab(other))


def ciede2000(one: Triple, other: Triple) -> float:
    """Colour difference of two colours in CIELAB (CIE 142-2001, ISO/CIE 11664-6) for its reference conditions.

    Names and steps follow G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 Color-Difference Formula", 2005.
    """
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - _saturation(mean))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    grey = c1 * c2 == 0
    turn = 0.0 if grey else (h2 - h1 + 180) % 360 - 180
    if turn == -180:
        turn = 180.0 if h2 > h1 else -180.0
    hue = h1 + h2 if grey else (h1 + turn / 2) % 360
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1 - 0.17 * _cos(hue - 30) + 0.24 * _cos(2 * hue) + 0.32 * _cos(3 * hue + 6) - 0.20 * _cos(4 * hue - 63)
    s_l = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    s_c, s_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    r_t = -2 * _saturation(chroma) * math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    d_l, d_c = (l2 - l1) / s_l, (c2 - c1) / s_c
    d_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / s_h
    return math.sqrt(d_l**2 + d_c**2 + d_h**2 + r_t * d_c * d_h)


def oklab(colour: str) -> Triple:
    """Lightness, 0 to 1, and the axes green to red and blue to yellow in Oklab (Ottosson 2020).

    Here colours are changed, because they keep their hue while they get lighter or darker; in CIELAB blue turns purple.
    Differences are not measured here: close to black it makes too much of them.
    """
    red, green, blue = _times(_TO_CONES, linear(colour))
    return _times(_TO_LAB, (math.cbrt(red), math.cbrt(green), math.cbrt(blue)))


def as_seen(colour: str, view: View) -> str:
    """The colour that a reader sees in its place."""
    return hexadecimal(_times(_VIEWS[view], linear(colour)))


def apart(one: str, other: str) -> dict[View, float]:
    """How different two colours look in each view."""
    return {view: difference(as_seen(one, view), as_seen(other, view)) for view in VIEWS}


def told_apart(one: str, other: str) -> bool:
    """Whether everybody can tell two series by these colours, on a photocopy too."""
    return all(found >= TOLD_APART for found in apart(one, other).values())


def nearest_passing(colour: str, background: str, ratio: float) -> str | None:
    """The colour most like `colour` that has a contrast of `ratio` with `background`; None where none has."""
    return nearest(colour, lambda candidate: contrast(candidate, background) >= ratio)


@cache
def text_colour(colour: str, *grounds: str) -> str:
    """The colour most like `colour` that text can have on all of some grounds that are much alike."""
    found = nearest(colour, lambda candidate: all(contrast(candidate, ground) >= TEXT for ground in grounds))
    return found or max(("#000000", "#FFFFFF"), key=lambda end: min(contrast(end, ground) for ground in grounds))


def nearest(colour: str, passes: Callable[[str], bool]) -> str | None:
    """The colour most like `colour` that passes: lighter or darker, of the same hue, and as vivid as can be.

    Looked for in steps of 0.002 of Oklab's lightness, a tenth of what can be noticed; where none passes, among colours
    with three, two and one quarter of the chroma, and greys. None where not even these pass.
    """
    if passes(colour):
        return colour
    lightness, green_red, blue_yellow = oklab(colour)
    for vivid in (1.0, 0.75, 0.5, 0.25, 0.0):
        ways = (_ladder(lightness, end, vivid * green_red, vivid * blue_yellow) for end in (0.0, 1.0))
        found = [first for way in ways if (first := next(filter(passes, way), None))]
        if found:
            return min(found, key=lambda candidate: difference(candidate, colour))
    return None


def at_lightness(colour: str, lightness: float, turned: bool = False) -> str:
    """A colour of the same hue, or with `turned` of the one opposite, at a lightness of Oklab, 0 to 1, as vivid as sRGB
    can show and no more than the colour is."""
    _, green_red, blue_yellow = oklab(colour)
    way = -1.0 if turned else 1.0
    return _in_srgb(lightness, way * green_red, way * blue_yellow)


def _ladder(start: float, end: float, green_red: float, blue_yellow: float) -> Iterator[str]:
    """Colours of one hue from a lightness in Oklab to another, with as much of the chroma as sRGB can show."""
    steps = math.ceil(abs(end - start) * 500)
    for step in range(steps + 1):
        yield _in_srgb(start + (end - start) * step / max(steps, 1), green_red, blue_yellow)


def _in_srgb(lightness: float, green_red: float, blue_yellow: float) -> str:
    """The colour in Oklab, its chroma brought down to what sRGB can show."""

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


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def _saturation(chroma: float) -> float:
    return math.sqrt(chroma**7 / (chroma**7 + 25**7))


def _sum(weights: Triple, parts: Triple) -> float:
    return weights[0] * parts[0] + weights[1] * parts[1] + weights[2] * parts[2]


def _times(matrix: tuple[Triple, Triple, Triple], parts: Triple) -> Triple:
    return _sum(matrix[0], parts), _sum(matrix[1], parts), _sum(matrix[2], parts)
