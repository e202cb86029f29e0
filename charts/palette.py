"""Colours for charts of several series, made from a brand's: ordered ones, ones that part at a middle, distinct ones.

All but the pale end of a ramp can be seen on the paper as marks are, and neighbours are told apart by everybody, in
greyscale too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from charts.style import ChartStyle
from data.look.colour import (
    MARKS,
    TEXT,
    TOLD_APART,
    VIEWS,
    Triple,
    as_seen,
    at_lightness,
    ciede2000,
    cielab,
    contrast,
    nearest,
    oklab,
    told_apart,
)

MOST_ORDERED = 5
"""Steps from light to dark that a reader tells apart, each seen against the paper."""
MOST_DISTINCT = 4
"""Series without an order that a reader tells apart by colour."""
_DARKEST = 0.18
"""Lightness in Oklab of the darkest step on light paper; on dark paper the lightest one is as far from white."""
_PALE, _DEEP = 1.45, (0.5, 0.46, 0.42, 0.36, 0.3)
"""Of the steps of a ramp: the palest one's contrast to the paper, and the lightness of the darkest of so many."""
_RUNG = 0.005
"""Of Oklab's lightness, between two colours that are looked at."""
_FURTHEST, _FINE = 100.0, 0.5
"""Of differences in CIEDE2000: more than there is between any two colours, and one that nobody notices."""
_REMEMBERED = 200


def ordered(style: ChartStyle, count: int, turned: bool = False) -> tuple[str, ...]:
    """Steps of the accent colour, or with `turned` of its opposite, from the faintest to the strongest.

    They look equally far apart (CIEDE2000), but for what is left out between them: shades on which neither ink nor
    paper can be read, wherever the others are enough. Raises ValueError for more than `MOST_ORDERED`.
    """
    return _ordered(style.accent, style.paper, style.ink, count, turned)


def steps_of(colour: str, paper: str, ink: str | None, count: int) -> tuple[str, ...]:
    """Steps of any colour as `ordered` gives those of a brand's; without `ink`, shades on which neither ink nor paper
    can be read are among them, and `ChartStyle.text_on` has black or white for these."""
    return _ordered(colour, paper, ink, count, turned=False)


def ramp(style: ChartStyle, count: int, turned: bool = False) -> tuple[str, ...]:
    """Steps as `ordered` gives them, from pale to strong, whose hue is seen at both ends: for areas that have words in
    them and lie beside each other. As many as there are of those on which the brand's ink or paper can be read, where
    these are fewer. Raises ValueError for more than `MOST_ORDERED`.

    The faintest is not seen against the paper as marks are: what it says must stand on it.
    """
    return _ramp(style.accent, style.paper, style.ink, count, turned)


def diverging(style: ChartStyle, below: int, above: int) -> tuple[str, ...]:
    """Steps on two sides of a middle: strong to pale in the accent's opposite, a grey as pale as the faintest step of a
    `ramp`, pale to strong in the accent.

    `below` and `above` count the steps of each side beside the grey, fewer than `MOST_ORDERED`. Two hues stand at two
    ends: in greyscale the sides are told apart by what is written on them, as the steps of each are by their lightness.
    """
    steps = max(below, above) + 1
    low, high = ramp(style, steps, turned=True), ramp(style, steps)
    grey = at_lightness("#808080", oklab(high[0])[0])
    return (*reversed(low[1 : below + 1]), grey, *high[1 : above + 1])


def distinct(style: ChartStyle, count: int) -> tuple[str, ...]:
    """Colours of series that have no order: the accent, then others as far from it as greyscale allows.

    Raises ValueError for more than `MOST_DISTINCT`.
    """
    if count > MOST_DISTINCT:
        raise ValueError(f"{count} series cannot be told apart by colour")
    return _distinct(style.accent, style.paper, style.ink, style.mark)[:count]


@lru_cache(_REMEMBERED)
def _ramp(accent: str, paper: str, ink: str, count: int, turned: bool) -> tuple[str, ...]:
    if not 1 <= count <= MOST_ORDERED:
        raise ValueError(f"{count} steps cannot be told apart by colour")
    own, deepest = oklab(accent)[0], _DEEP[count - 1]
    strongest = 1.0 - 0.3 * deepest if _is_dark(paper) else deepest
    faint = _faintest(accent, paper, strongest, turned, _PALE)
    ladder = _read_on(_ladder(accent, faint, strongest, turned), paper, ink)
    if count == 1:
        return (at_lightness(accent, own if contrast(accent, paper) >= MARKS else faint, turned),)
    return tuple(_far_apart(ladder or [paper], count)[:count])


def _read_on(colours: Sequence[str], paper: str, ink: str) -> list[str]:
    """Those on which text in ink or paper can be read."""
    return [one for one in colours if max(contrast(paper, one), contrast(ink, one)) >= TEXT]


def _is_dark(paper: str) -> bool:
    return contrast(paper, "#FFFFFF") > contrast(paper, "#000000")


@lru_cache(_REMEMBERED)
def _ordered(colour: str, paper: str, ink: str | None, count: int, turned: bool) -> tuple[str, ...]:
    if not 1 <= count <= MOST_ORDERED:
        raise ValueError(f"{count} steps cannot be told apart by colour")
    strongest = 1.0 - 0.3 * _DARKEST if _is_dark(paper) else _DARKEST
    own = oklab(colour)[0]
    faint = _faintest(colour, paper, strongest, turned, MARKS)
    if count == 1:
        return (at_lightness(colour, own if contrast(colour, paper) >= MARKS else faint, turned),)
    ladder = _ladder(colour, faint, strongest, turned)
    steps = _far_apart((_read_on(ladder, paper, ink) if ink else ladder) or ladder, count)
    steps = steps if len(steps) >= count else _far_apart(ladder, count)
    if len(steps) < count:
        raise ValueError(f"{count} steps of {colour} cannot be told apart on {paper}")
    return tuple(steps[:count])


def _far_apart(ladder: Sequence[str], count: int) -> list[str]:
    """`count` colours of a ladder, as far apart as they can be; fewer where so many cannot be told apart."""
    near, far = TOLD_APART, _FURTHEST
    steps = _steps(ladder, near)
    while far - near > _FINE:
        middle = (near + far) / 2
        found = _steps(ladder, middle)
        near, far, steps = (middle, far, found) if len(found) >= count else (near, middle, steps)
    return steps


def _ladder(colour: str, faint: float, strongest: float, turned: bool) -> list[str]:
    count = round(abs(strongest - faint) / _RUNG)
    return [at_lightness(colour, faint + (strongest - faint) * rung / count, turned) for rung in range(count + 1)]


def _steps(ladder: Sequence[str], distance: float) -> list[str]:
    """The colours of a ladder that lie at least so far apart, in every view, from its faint end on."""
    found, place = [ladder[0]], 0
    while True:
        last = ladder[place]
        # colours lie ever farther from the last one, the farther they lie along the ladder
        place = bisect_left(ladder, distance, lo=place, key=lambda colour: min(_apart(last, colour)))
        if place == len(ladder):
            return found
        found.append(ladder[place])


def _apart(one: str, other: str) -> Iterator[float]:
    return (ciede2000(a, b) for a, b in zip(_seen(one), _seen(other), strict=True))


@lru_cache(_REMEMBERED)
def _seen(colour: str) -> tuple[Triple, ...]:
    return tuple(cielab(as_seen(colour, view)) for view in VIEWS)


def _faintest(colour: str, paper: str, strongest: float, turned: bool, seen_at: float) -> float:
    """The lightness nearest to the paper's at which a colour has the contrast `seen_at` to it."""
    near, far = oklab(paper)[0], strongest
    for _ in range(20):
        middle = (near + far) / 2
        seen = contrast(at_lightness(colour, middle, turned), paper) >= seen_at
        near, far = (near, middle) if seen else (middle, far)
    return far


@lru_cache(_REMEMBERED)
def _distinct(accent: str, paper: str, ink: str, mark: str) -> tuple[str, ...]:
    """Accent, ink, mark and the accent's opposite, each as near to itself as it may be; where these cannot be had
    together, steps of the accent."""
    found: list[str] = []
    for colour in (accent, ink, mark, at_lightness(accent, 0.55, turned=True)):
        others = tuple(found)

        def passes(candidate: str, others: tuple[str, ...] = others) -> bool:
            return contrast(candidate, paper) >= MARKS and all(told_apart(candidate, other) for other in others)

        near = nearest(colour, passes)
        if near is None:
            return tuple(reversed(_ordered(accent, paper, ink, MOST_DISTINCT, turned=False)))
        found.append(near)
    return tuple(found)
