"""Colours for the parts of a bar: steps where they have an order, a few that differ where they have none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from charts.chart import Chart
from charts.distinct import Fault
from charts.palette import MOST_DISTINCT, MOST_ORDERED, distinct, ordered, steps_of
from charts.stacking.parts import Middle
from charts.strands import Strand
from charts.style import ChartStyle
from data.look.colour import TOLD_APART, apart, contrast

_SIDE = {1: (1,), 2: (0, 2), 3: (0, 2, 3), 4: (0, 1, 2, 3), 5: (0, 1, 2, 3, 4)}
"""Which of them stand on one side of a middle, from it to the end."""
_LOOKED_AT = 2_000
"""Ways to colour parts, of which the one is taken whose rest is palest, and of these whose neighbours differ most."""
_HARSH = 13.0
"""Contrast to the paper from which a colour looks black, and is only taken where there is no other way."""
_APART = (0, 2, 1, 3)
"""The distinct colours in an order in which neighbours differ most."""


def shades_of(chart: Chart, style: ChartStyle, found: Sequence[Strand], middle: Middle | None) -> tuple[str, ...]:
    """A colour for each series.

    Answers that part at a middle have two hues around a grey; what is highlighted has steps of the accent, and the rest
    greys; levels have steps; up to four others differ.
    """
    count = len(found)
    if middle is not None:
        low, high = ordered(style, MOST_ORDERED, turned=True), ordered(style, MOST_ORDERED)
        below, above = _sides(middle.below, count - middle.below - middle.neutral)
        grey = (style.hairline,) if middle.neutral else ()
        return (*(low[i] for i in reversed(below)), *grey, *(high[i] for i in above))
    strong = tuple(one.strong for one in found)
    if 0 < sum(strong) < count:
        return _set_apart(style.accent, style.mark, style.paper, style.ink, strong)
    if _has_order(chart):
        return ordered(style, count)
    return tuple(distinct(style, MOST_DISTINCT)[i] for i in _APART[:count])


def _sides(below: int, above: int) -> tuple[Sequence[int], Sequence[int]]:
    """Which steps stand below and above a middle, from it to the end: where there are enough, no step is on both sides,
    so that these are told apart without colour, too."""
    if below + above > MOST_ORDERED:
        return _SIDE.get(below, ()), _SIDE.get(above, ())
    first, second = range(0, MOST_ORDERED, 2), range(1, MOST_ORDERED, 2)
    return (first[:below], second[:above]) if below > above else (second[:below], first[:above])


@lru_cache(64)
def _set_apart(accent: str, mark: str, paper: str, ink: str, strong: tuple[bool, ...]) -> tuple[str, ...]:
    """Steps of the accent for what is `strong`, greys for the rest: neighbours differ in every view, and all of them
    where that can be; a single strong one has the accent itself."""
    neighbours = {(i + 1, i) for i in range(len(strong) - 1)}
    alike = {(i, j) for i in range(len(strong)) for j in range(i) if strong[i] == strong[j]}
    every = {(i, j) for i in range(len(strong)) for j in range(i)}
    harsh: list[tuple[str, ...]] = []
    for differ in (every, neighbours | alike, alike):
        # better those on which figures stand in the brand's own ink or paper than in plain black
        for read_in in (ink, None):
            accents = (accent,) if sum(strong) == 1 else steps_of(accent, paper, read_in, MOST_ORDERED)
            greys = steps_of(mark, paper, read_in, MOST_ORDERED)
            far = _distances((*accents, *greys))
            wanted = [accents if one else greys for one in strong]
            choices = list(islice(_choices(wanted, differ, far, ()), _LOOKED_AT))
            gentle = [one for one in choices if min(_quiet(one, strong, paper)) >= -_HARSH]
            if gentle:
                return max(gentle, key=lambda one: (*_quiet(one, strong, paper), _nearest(one, far)))
            harsh += [max(choices, key=lambda one: _strength(one, strong, paper, far))] if choices else []
        if harsh:
            # what stands out keeps its hue before all
            return max(harsh, key=lambda one: _strength(one, strong, paper, _distances(one)))
    raise ValueError(f"{len(strong)} parts cannot be told apart by colour")


def _strength(
    colours: Sequence[str], strong: Sequence[bool], paper: str, far: Mapping[tuple[str, str], float]
) -> tuple[bool, float]:
    """Whether nothing that stands out looks black, and how far the nearest neighbours are apart."""
    gentle = all(contrast(one, paper) <= _HARSH for one, own in zip(colours, strong, strict=True) if own)
    return gentle, _nearest(colours, far)


def _distances(colours: Sequence[str]) -> Mapping[tuple[str, str], float]:
    """How far any two colours are apart, in the view in which they are nearest."""
    return {(one, other): min(apart(one, other).values()) for one in colours for other in colours}


def _quiet(colours: Sequence[str], strong: Sequence[bool], paper: str) -> tuple[float, float]:
    """How pale the darkest colour is of what does not stand out, which is not to draw the eye; then of all."""
    found = [-contrast(colour, paper) for colour in colours]
    return min(shade for shade, one in zip(found, strong, strict=True) if not one), min(found)


def _nearest(colours: Sequence[str], far: Mapping[tuple[str, str], float]) -> float:
    """How far the two neighbours are apart that are nearest."""
    return min((far[pair] for pair in pairwise(colours)), default=0.0)


def _choices(
    wanted: Sequence[Sequence[str]],
    differ: Collection[tuple[int, int]],
    far: Mapping[tuple[str, str], float],
    before: tuple[str, ...],
) -> Iterator[tuple[str, ...]]:
    """Colours for all parts, those that are farthest from the part before first; `differ` holds the places, the later
    first, whose colours are told apart."""
    at = len(before)
    if at == len(wanted):
        yield before
        return
    steps = wanted[at]
    # the ends of a brand's steps are nearly black or pale
    middle_first = sorted(steps, key=lambda one: abs(steps.index(one) - len(steps) // 2))
    for one in sorted(steps, key=lambda one: -far[one, before[-1]]) if before else middle_first:
        if all(far[one, other] >= TOLD_APART for place, other in enumerate(before) if (at, place) in differ):
            yield from _choices(wanted, differ, far, (*before, one))


def too_many(chart: Chart, found: Sequence[Strand], middle: Middle | None) -> Fault | None:
    """More series than a reader tells apart by colour."""
    count = len(found)
    if middle is not None:
        most = max(middle.below, count - middle.below - middle.neutral)
        if most > MOST_ORDERED:
            return (
                f"{most} answers stand on one side of the middle, and {MOST_ORDERED} steps are told apart by colour.",
                "Put some of them together.",
            )
        return None
    strong = sum(one.strong for one in found)
    if 0 < strong < count:
        most = max(strong, count - strong)
        if most <= MOST_ORDERED:
            return None
        return (
            f"{most} of the parts would have steps of one colour, and {MOST_ORDERED} are told apart.",
            "Put some of them together, or use the kind 'bars'.",
        )
    most = MOST_ORDERED if _has_order(chart) else MOST_DISTINCT
    if count <= most:
        return None
    return (
        f"a bar has {count} parts, and {most} are told apart by colour.",
        "Name those that matter by highlight: they get steps of the accent colour and the others greys. Or put some"
        " together.",
    )


def _has_order(chart: Chart) -> bool:
    field = chart.role("series")
    return field is not None and chart.table.field(field).measure.type == "level"
