"""How far the second measure of a row is from its first: as figures with their sign, as words, and as an arrow."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from charts import phrases
from charts.chart import Chart
from charts.distinct import Fault
from charts.plot import Plot, polygon
from charts.plot import Shape as Drawn
from charts.style import ChartStyle
from data.language.show import decimals_of, rounds_to_zero, show
from data.language.words import words
from data.tables.table import Row
from data.tables.value import Value

_HEAD, _LINE = 0.5, 0.13
"""Length of an arrow's head and thickness of its line, in parts of the text's size."""


def difference(chart: Chart, row: Row) -> Value | None:
    """The second measure less the first, of percents in percentage points; None where one is missing."""
    first, second = (row[name] for name in chart.measures)
    if not isinstance(first, Value) or not isinstance(second, Value) or first.missing or second.missing:
        return None
    return second - first


def difference_title(chart: Chart, language: str) -> str:
    """The head of a column of differences: "Difference, percentage points"."""
    title = words(language)["difference"]
    points = chart.measure_fields[0].measure.type == "percent"
    return f"{title}, {words(language)['points']}" if points else title


def difference_texts(chart: Chart, rows: Sequence[Row], language: str) -> list[str]:
    """Each difference with its sign, all with as many decimals; percentage points without their unit, which the head of
    their column says. Nothing where a measure is missing: its row says that."""
    found = [difference(chart, row) for row in rows]
    known = [one for one in found if one is not None]
    decimals = max((decimals_of(one) for one in known), default=0)
    return ["" if one is None else _signed(chart, one, decimals, language, alone=False) for one in found]


def difference_said(chart: Chart, row: Row, language: str) -> tuple[str, str] | None:
    """What a row's difference is called, and what it is: ("Difference", "+4 percentage points")."""
    found = difference(chart, row)
    if found is None:
        return None
    return words(language)["difference"], _signed(chart, found, decimals_of(found), language, alone=True)


def difference_extremes(chart: Chart, rows: Sequence[Row], language: str) -> str:
    """The highest and the lowest difference of rows of one unit, each with the rows that have it; empty without any."""
    pairs = [(row, found.number) for row in rows if (found := difference(chart, row)) is not None]
    if not pairs:
        return ""
    ends: list[str] = []
    for end in (max(number for _, number in pairs), min(number for _, number in pairs)):
        at = [row for row, number in pairs if number == end]
        said = difference_said(chart, at[0], language)
        ends.append(phrases.with_names(chart, at, said[1] if said else "", language))
    spoken = words(language)
    return phrases.said(spoken["difference"], spoken["highest and lowest"].format(high=ends[0], low=ends[1]), language)


def difference_fault(chart: Chart) -> Fault | None:
    """That rows have no two measures to be apart."""
    if len(chart.measures) == 2:
        return None
    count = len(chart.measures)
    return f"a difference is between two measures, and the chart has {count}.", 'Write x = ["before", "after"].'


def arrow_fits(apart: float, radius: float, style: ChartStyle) -> bool:
    """Whether an arrow has room between dots whose middles are so far `apart`, in points."""
    return apart >= 2 * radius + _HEAD * style.size


def draw_arrow(plot: Plot, start: float, end: float, y: float, radius: float) -> None:
    """An arrow from the dot at `start` to the edge of the one at `end`, which are so far apart that it fits."""
    style = plot.style
    way = 1 if end > start else -1
    tip = end - way * radius
    length, half = _HEAD * style.size, 0.27 * style.size
    plot.stroke([(start, y), (tip - way * length, y)], style.muted, _LINE * style.size)
    corners = [(tip, y), (tip - way * length, y - half), (tip - way * length, y + half)]
    plot.shapes.append(Drawn(polygon(corners), style.muted))


def _signed(chart: Chart, value: Value, decimals: int, language: str, alone: bool) -> str:
    exact = replace(value, measure=replace(value.measure, decimals=decimals))
    style = "number" if exact.measure.type == "points" and not alone else "label"
    text = show(exact, style, language, chart.scales.get(value.measure.unit))
    return text if exact.number < 0 or rounds_to_zero(exact) else f"+{text}"
