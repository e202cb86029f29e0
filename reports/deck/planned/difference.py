"""What a chart of few bars means: how far the one that stands out is from its next, or the last time from the first."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from charts.chart import Chart
from charts.reading import category_name, is_highlighted, value_text
from data.language.show import decimals_of, show
from data.language.words import words
from data.tables.table import Row
from data.tables.value import Measure, Value

MOST_BARS = 4
"""A chart of more has no room to spare."""
_KINDS = ("bar", "column")
_MEASURES = ("money", "percent", "integer", "number")
"""What can be subtracted, and the difference understood."""


class Difference(Struct, frozen=True):
    """A key figure in words, bound to the data of its chart."""

    name: str
    """Of what it is said: "Nurse", "2017"."""
    figure: str
    """"$5,000"."""
    than: str
    """"more than Carpenter", "percentage points less than in 2015"; empty for a single bar."""


def difference_of(chart: Chart, language: str) -> Difference | None:
    """The difference that a chart of two to four bars shows; None where there is none that needs no explanation.

    A single bar is its own figure.

    Of bars it is that of the only one that stands out, if it is the highest or lowest, to the next one; of columns
    over years that of the last to the first. Both numbers are shown in full beside their bars, so that whoever
    subtracts them finds this one; a limit, a missing value, a tie and several units give none.
    """
    rows = list(chart.table)
    if chart.kind not in _KINDS or not 1 <= len(rows) <= MOST_BARS or len(chart.measures) != 1:
        return None
    values = [row[chart.measures[0]] for row in rows]
    known = [value for value in values if isinstance(value, Value) and _is_whole(chart, value)]
    if len(known) < len(values) or len({(v.measure.type, v.measure.unit) for v in known}) > 1:
        return None
    if len(known) == 1:
        return Difference(category_name(chart, rows[0], language), value_text(chart, known[0], language), "")
    in_years = all(
        isinstance(row[chart.category], Value) and row[chart.category].measure.type == "year" for row in rows
    )
    pair = _over_time(chart, rows) if in_years else _apart(chart, rows, [value.number for value in known])
    if pair is None:
        return None
    of, other = pair
    apart = known[of] - known[other]
    if not apart.number:
        return None
    ours = words(language)
    compared = ours["more than"], ours["less than"], ours["more than in"], ours["less than in"]
    named = compared[2 * in_years + (apart.number < 0)]
    shown, unit = abs(apart), ""
    if apart.measure.type == "points":
        shown = replace(shown, measure=Measure("number", decimals=decimals_of(apart)))
        unit = f"{ours['point' if shown.number == 1 else 'points']} "
    than = unit + named.format(name=category_name(chart, rows[other], language))
    return Difference(category_name(chart, rows[of], language), show(shown, "rounded", language), than)


def _is_whole(chart: Chart, value: Value) -> bool:
    """Whether the label of a value has all its digits."""
    if value.missing or value.limited or value.measure.type not in _MEASURES:
        return False
    scale = chart.scales.get(value.measure.unit)
    step = Decimal(1).scaleb(-decimals_of(value, "label"))
    return not (scale and scale.power) and value.number == value.number.quantize(step)


def _over_time(chart: Chart, rows: Sequence[Row]) -> tuple[int, int] | None:
    """Places of the last and the first year."""
    years = [value.number for row in rows if isinstance(value := row[chart.category], Value) and not value.missing]
    if len(years) < len(rows) or len(set(years)) < len(years):
        return None
    return years.index(max(years)), years.index(min(years))


def _apart(chart: Chart, rows: Sequence[Row], numbers: Sequence[Decimal]) -> tuple[int, int] | None:
    """Places of the bar that stands out and of the one next to it in size."""
    strong = [i for i, row in enumerate(rows) if is_highlighted(chart, row)]
    if len(strong) != 1:
        return None
    own = numbers[strong[0]]
    others = [number for i, number in enumerate(numbers) if i != strong[0]]
    nearest = max(others) if own > max(others) else min(others) if own < min(others) else None
    if nearest is None or others.count(nearest) > 1:
        return None
    return strong[0], numbers.index(nearest)
