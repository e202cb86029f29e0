"""The lines of a slope chart: pairs of values, each of two times, and the heights that they stand at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from charts import phrases
from charts.axes.numbers import NumberAxis
from charts.chart import Chart
from charts.lettering import one_line
from charts.reading import category_name, is_highlighted, number_of, value_text
from charts.strands import strands
from data.language.show import show
from data.language.words import words
from data.tables.moments import moment
from data.tables.table import Row
from data.tables.value import Interval, Value

_LEAST = Decimal("0.25")
"""The heights span at least so large a part of the highest value, so that a small change does not look like a large
one."""


Side = Literal[0, 1]
SIDES: tuple[Side, Side] = (0, 1)


class Pair(Struct, frozen=True):
    """One series: what it is called, and its value at each of the two times."""

    name: str
    values: tuple[Value | Interval | None, Value | Interval | None]
    strong: bool
    row: Row


def pairs_of(chart: Chart, language: str) -> tuple[Pair, ...]:
    """The series in the order of the table: those of the series field, else the rows."""
    if chart.role("series") is None:
        first, last = chart.measures[0], chart.measures[-1]
        return tuple(
            Pair(category_name(chart, row, language), (row[first], row[last]), is_highlighted(chart, row), row)
            for row in chart.table
        )
    heads = heads_of(chart, language)
    found: list[Pair] = []
    for strand in strands(chart, language):
        marks = [strand.marks.get(head) for head in heads]
        row = next(mark.row for mark in marks if mark is not None)
        first, last = (None if mark is None else mark.value for mark in marks)
        found.append(Pair(strand.name, (first, last), strand.strong, row))
    return tuple(found)


def heads_of(chart: Chart, language: str) -> tuple[str, str]:
    """What the two times are called, the earlier one first."""
    if chart.role("series") is None:
        first, last = chart.measure_fields[0], chart.measure_fields[-1]
        return one_line(first.title), one_line(last.title)
    found: dict[str, float] = {}
    for row in chart.table:
        time = moment(row[chart.category])
        found.setdefault(category_name(chart, row, language), time.start if time is not None else 0.0)
    ordered = sorted(found, key=lambda name: found[name])
    return ordered[0], ordered[-1]


def axis_of(pairs: Sequence[Pair]) -> NumberAxis:
    """From the lowest to the highest value, or farther down where they lie near each other."""
    numbers = [n for pair in pairs for side in SIDES if (n := number_at(pair, side)) is not None]
    low, high = min(numbers, default=Decimal(0)), max(numbers, default=Decimal(1))
    least = high - _LEAST * max(abs(low), abs(high))
    if low >= 0:
        least = max(least, Decimal(0))
    low = min(low, least)
    return NumberAxis(low, high if high > low else low + 1, ())


def number_at(pair: Pair, side: Side) -> Decimal | None:
    """The number at an end of a line; None where the data have none."""
    value = pair.values[side]
    return None if value is None else number_of(value)


def change_of(pair: Pair) -> Decimal | None:
    """From the first to the last number; None where one is missing."""
    first, last = number_at(pair, 0), number_at(pair, 1)
    return None if first is None or last is None else last - first


def text_at(chart: Chart, pair: Pair, side: Side, language: str) -> str:
    """The value at an end of a line as it is shown, or that nobody stated it."""
    value = pair.values[side]
    return words(language)["not stated"] if value is None else value_text(chart, value, language)


def from_to(chart: Chart, pair: Pair, language: str) -> str:
    """Both values in words: "from 88% to 92%"."""
    low, high = (text_at(chart, pair, side, language) for side in SIDES)
    return words(language)["from to"].format(low=low, high=high)


def gone_at(pair: Pair, side: Side, heads: tuple[str, str], language: str) -> str:
    """That a series has no value at a time, and why; empty where it has one."""
    value = pair.values[side]
    if value is not None and not value.missing:
        return ""
    why = words(language)["not stated"] if value is None else show(value, "label", language)
    return phrases.said(f"{pair.name}, {heads[side]}", why, language)
