"""What keeps values from being the parts of a stacked bar, or readers from telling them apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from charts.chart import Chart
from charts.distinct import Fault, first_negative, place
from charts.stacking.parts import Middle, in_order, is_whole, middle_of, stacks
from charts.stacking.rest import most
from charts.stacking.shades import too_many
from charts.strands import Strand, of_one_place
from data.language.words import says_total

_SEEN = Decimal("0.002")
"""Of the longest bar: half a point where that is 250 long."""
_LEAST_TOTAL = 3
"""Series from which one may be the total of the others."""


def fault(chart: Chart, language: str) -> Fault | None:
    """What keeps values from being parts of one whole, or readers from telling them apart."""
    found = in_order(chart, language)
    return (
        of_one_place(chart, language)
        or _no_parts(chart, found)
        or too_many(chart, found, middle_of(chart, found))
        or _no_sum(chart)
        or _total_among(chart, found, language)
        or _over(chart, found, language)
        or _vanishing(chart, found, language)
    )


def _no_parts(chart: Chart, found: Sequence[Strand]) -> Fault | None:
    if len(chart.table) and len(found) < 2:
        return (
            "a stacked bar has parts, and these rows have one series.",
            "Use the kind 'bar', or name the field of the series.",
        )
    if isinstance(chart.diverging, str) and chart.diverging and middle_of(chart, found) is None:
        names = ", ".join(f"'{one.key}'" for one in found)
        return f"there is no '{chart.diverging}' to be the middle.", f"Name one of {names}."
    series = chart.role("series")
    if chart.diverging is True and series is not None and chart.table.field(series).measure.type != "level":
        return (
            f"'{series}' has no order, and so no middle.",
            'Name the middle, diverging = "..."; or give the field levels, from one end to the other.',
        )
    if chart.diverging and len(found) < 3 and middle_of(chart, found) != Middle(1, False):
        return "answers that part at a middle need at least one on either side.", "Leave out diverging."
    return None


def _no_sum(chart: Chart) -> Fault | None:
    """Values that must not be added: of different units, negative ones, averages."""
    for name in chart.measures:
        field = chart.table.field(name)
        units = {value.measure.unit for value in chart.table.values(name)}
        if len(units) > 1:
            listed = " and ".join(sorted(str(unit) for unit in units)[:2])
            return f"'{name}' is in {listed}, which have no common sum.", "Choose the rows of one unit by where."
        if field.measure.type != "percent" and not field.additive:
            return (
                f"the parts of a bar are added, and '{name}' does not add up.",
                f"Write additive = true for the field '{name}' if it does, or use the kind 'bars'.",
            )
        if (row := first_negative(chart, name)) is not None:
            return (
                f"'{name}' is negative in {place(row)}, and nothing has a negative part.",
                "Use the kind 'bars', or leave the row out by where.",
            )
    return None


def _total_among(chart: Chart, found: Sequence[Strand], language: str) -> Fault | None:
    """A series that holds all of the others: it would be counted twice."""
    if len(found) < _LEAST_TOTAL:
        return None
    bars = stacks(chart, found, language)
    for at, one in enumerate(found):
        pairs = [
            (bar.parts[at].number, sum((p.number for p in bar.parts if p.series != at), Decimal(0))) for bar in bars
        ]
        sums = len(pairs) > 1 and all(own and own == others for own, others in pairs)
        if sums or (says_total(one.name) and not is_whole(chart)):
            way = "Leave it out by where" if chart.role("series") else "Leave it out"
            return f"'{one.name}' is the sum of the other parts, and would be counted twice.", f"{way}."
    return None


def _vanishing(chart: Chart, found: Sequence[Strand], language: str) -> Fault | None:
    """A bar so short beside the others that nothing is seen of its parts."""
    bars = stacks(chart, found, language)
    sums = [sum((part.number for part in bar.parts), Decimal(0)) for bar in bars]
    longest = max(sums, default=Decimal(0))
    for bar, total in zip(bars, sums, strict=True):
        if 0 < total < longest * _SEEN:
            return (
                f"the parts of '{bar.name}' add up to {total.normalize():f}, and would not be seen beside"
                f" {longest.normalize():f}.",
                "Make a chart of bars of like size by where, give the parts as percentages of each bar, or use the"
                " kind 'table'.",
            )
    return None


def _over(chart: Chart, found: Sequence[Strand], language: str) -> Fault | None:
    if not is_whole(chart):
        return None
    for bar in stacks(chart, found, language):
        numbers = [part.number for part in bar.parts]
        if sum(numbers) > most(numbers):
            said = f"{sum(numbers, Decimal(0)).normalize():f}"
            long = chart.role("series") is not None
            way = "Leave out by where what is no part of it" if long else "Name only fields that are parts of one whole"
            return (
                f"the shares of '{bar.name}' add up to {said}, and the parts of one whole to 100 at most.",
                f"{way}, or use the kind 'bars'.",
            )
    return None
