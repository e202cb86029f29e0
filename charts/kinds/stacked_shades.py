"""Colours for the parts of a bar: steps where they have an order, a few that differ where they have none."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from charts.chart import Chart
from charts.distinct import Fault
from charts.kinds.stacked_parts import Middle
from charts.palette import MOST_DISTINCT, MOST_ORDERED, distinct, ordered
from charts.strands import Strand
from charts.style import ChartStyle

_PICKED = {1: (2,), 2: (2, 0), 3: (4, 2, 0), 4: (4, 3, 1, 0), 5: (4, 3, 2, 1, 0)}
"""Which of the steps of a colour stand for so many series, the strongest first: the ends of a brand's steps are nearly
black."""
_SIDE = {1: (1,), 2: (0, 2), 3: (0, 2, 3), 4: (0, 1, 2, 3), 5: (0, 1, 2, 3, 4)}
"""Which of them stand on one side of a middle, from it to the end."""
_APART = (0, 2, 1, 3)
"""The distinct colours in an order in which neighbours differ most."""


def shades_of(chart: Chart, style: ChartStyle, found: Sequence[Strand], middle: Middle | None) -> tuple[str, ...]:
    """A colour for each series.

    Answers that part at a middle have two hues around a grey; what is highlighted has steps of the accent, and the rest
    greys; levels have steps; up to four others differ.
    """
    count = len(found)
    if middle is not None:
        above = count - middle.below - middle.neutral
        low, high = ordered(style, MOST_ORDERED, turned=True), ordered(style, MOST_ORDERED)
        sides = [_SIDE.get(steps, ()) for steps in (middle.below, above)]
        grey = (style.hairline,) if middle.neutral else ()
        return (*(low[i] for i in reversed(sides[0])), *grey, *(high[i] for i in sides[1]))
    strong = sum(one.strong for one in found)
    if 0 < strong < count:
        accents = [ordered(style, MOST_ORDERED)[i] for i in _PICKED[strong]] if strong > 1 else [style.accent]
        grey, rest = replace(style, accent=style.mark), count - strong
        greys = list(reversed(ordered(grey, MOST_ORDERED if rest >= MOST_ORDERED - 1 else MOST_ORDERED - 1)[:rest]))
        return tuple(accents.pop(0) if one.strong else greys.pop(0) for one in found)
    if _has_order(chart):
        return ordered(style, count)
    return tuple(distinct(style, MOST_DISTINCT)[i] for i in _APART[:count])


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
