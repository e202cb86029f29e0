"""What a chart reads from its rows: their names, their numbers, and which of them belong on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from charts.chart import Chart
from charts.lettering import one_line
from data.language.show import rounds_to_zero, show, unit_title
from data.language.words import words
from data.tables.table import Row
from data.tables.value import Interval, Value


def category_name(chart: Chart, row: Row, language: str) -> str:
    """What a row is called on the chart."""
    return one_line(show(row[chart.category], "label", language)) or words(language)["not stated"]


def is_highlighted(chart: Chart, row: Row) -> bool:
    """Whether the author wants this row to stand out."""
    value = row[chart.category]
    return isinstance(value, Value) and str(value.content) in chart.highlight


def value_text(chart: Chart, value: Value | Interval, language: str) -> str:
    """A value as it stands beside its mark, shortened as all of its unit in the chart are; percentage points without
    their unit, which the line over the chart says."""
    style = "number" if value.measure.type == "points" else "label"
    return one_line(show(value, style, language, chart.scales.get(value.measure.unit)))


def number_of(value: Value | Interval) -> Decimal | None:
    """The number that a mark stands for; None where the data have none, and zero for what is shown as zero."""
    if isinstance(value, Interval) or value.missing:
        return None
    return Decimal(0) if rounds_to_zero(value) else value.number


def is_lower_limit(value: Value | Interval) -> bool:
    """Whether the data say only "at least"."""
    return isinstance(value, Value) and value.mark is not None and value.mark.meaning == "at least"


def may_be_shorter(value: Value | Interval) -> bool:
    """Whether the data give only a limit, and the true value lies between it and zero: "at most" of a number above
    zero, "at least" of one below."""
    if not isinstance(value, Value) or value.mark is None or value.missing or not value.mark.limit:
        return False
    return value.mark.meaning == ("at most" if value.number > 0 else "at least")


def is_limited(value: Value | Interval) -> bool:
    """Whether the data say only "at least" or "at most"."""
    return isinstance(value, Value) and value.limited


def by_unit(rows: Sequence[Row], measure: str) -> list[list[Row]]:
    """Rows with one unit together, in order of first appearance: different units never share a scale."""
    groups: dict[str | None, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[measure].measure.unit, []).append(row)
    return list(groups.values())


def unit_heading(row: Row, measure: str, language: str) -> str:
    """What stands over the marks of one unit, where a chart has several."""
    return sentence(unit_title(row[measure].measure, language) or words(language)["not stated"])


def sentence(text: str) -> str:
    """`text` with a capital first letter."""
    return text[:1].upper() + text[1:]
