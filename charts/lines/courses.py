"""The series of a chart through time: points at their places, and a gap where a time of the chart has no row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import gcd

from msgspec import Struct

from charts import phrases
from charts.axes.calendar import Calendar, calendar_of
from charts.chart import Chart
from charts.distinct import Fault, clash_of, on_one_line
from charts.reading import by_unit, category_name, is_highlighted, number_of, value_text
from charts.strands import Mark, strands
from data.language.words import words
from data.tables.moments import moment
from data.tables.table import Row
from data.tables.value import Interval, Value


class Point(Struct, frozen=True):
    """A value to draw."""

    along: float
    """Place between the first and the last time, 0 to 1."""
    number: Decimal | None
    """None where the data have none."""
    name: str
    text: str
    strong: bool = False
    short: str = ""
    """Its time, short."""
    row: Row | None = None
    """None where the data have no row for a time."""


class Course(Struct, frozen=True):
    """The points of one series, in the order of time."""

    name: str
    key: str
    points: tuple[Point, ...]
    strong: bool = False

    @property
    def known(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.number is not None)


class Times(Struct, frozen=True):
    """The times of a chart, each once, in their order."""

    values: tuple[Value | Interval, ...]
    names: tuple[str, ...]
    starts: tuple[float, ...]
    strong: tuple[int, ...]
    """Places of those that stand out."""

    def along(self, start: float) -> float:
        """Place of a moment between the first and the last time, 0 to 1."""
        first, last = self.starts[0], self.starts[-1]
        return (start - first) / (last - first) if last > first else 0.5


def times_of(chart: Chart, rows: Sequence[Row], language: str) -> Times:
    """When the rows are of; rows without a time are left out, and no project has them on a chart of time."""
    found = {time.start: row for row in reversed(rows) if (time := moment(row[chart.category])) is not None}
    ordered = [found[start] for start in sorted(found)]
    return Times(
        tuple(row[chart.category] for row in ordered),
        tuple(category_name(chart, row, language) for row in ordered),
        tuple(sorted(found)),
        tuple(place for place, row in enumerate(ordered) if is_highlighted(chart, row)),
    )


def courses(chart: Chart, rows: Sequence[Row], times: Times, language: str, whole: bool = False) -> tuple[Course, ...]:
    """The series of some rows, in the order in which the table has them.

    With `whole` each has a gap wherever it lacks a time of the chart, also before its first row and behind its last.
    """
    return tuple(
        Course(
            strand.name,
            strand.key,
            _points(chart, tuple(strand.marks.values()), times, language, whole),
            strand.strong,
        )
        for strand in strands(chart, language, rows)
    )


def _points(chart: Chart, marks: Sequence[Mark], times: Times, language: str, whole: bool = False) -> tuple[Point, ...]:
    known = [(time.start, mark) for mark in marks if (time := moment(mark.row[chart.category])) is not None]
    known.sort(key=lambda pair: pair[0])
    calendar = calendar_of([mark.row[chart.category] for _, mark in known])
    found = [
        Point(
            times.along(start),
            number_of(mark.value),
            category_name(chart, mark.row, language),
            value_text(chart, mark.value, language),
            is_highlighted(chart, mark.row),
            calendar.name(count, language) if calendar is not None else "",
            mark.row,
        )
        for (start, mark), count in zip(known, calendar.counts if calendar is not None else [0] * len(known))
    ]
    gone = words(language)["not stated"]
    lacking = _lacking(times, [start for start, _ in known], calendar, language, whole)
    found += [Point(times.along(start), None, name, gone, short=short) for start, (name, short) in lacking.items()]
    return tuple(sorted(found, key=lambda point: point.along))


def _lacking(
    times: Times, own: Sequence[float], calendar: Calendar | None, language: str, whole: bool
) -> dict[float, tuple[str, str]]:
    """The times between the first and the last of a series, or of the `whole` chart, that it has no row for, each with
    its name and that in short: those that another series of the chart has, and those that a regular row of times lacks.

    Days are only looked for in a regular row: series that are asked on days of their own lack nothing.
    """
    found: dict[float, tuple[str, str]] = {}
    every = calendar_of(times.values)
    if own and every is not None and every.unit != "day":
        first, last = (times.starts[0], times.starts[-1]) if whole else (own[0], own[-1])
        for start, count, name in zip(times.starts, every.counts, times.names, strict=True):
            if first <= start <= last and start not in own:
                found[start] = name, every.name(count, language)
    if calendar is not None:
        for count in calendar.missing():
            name = calendar.name(count, language)
            found.setdefault(calendar.start(count), (name, name))
    return found


def of_one_time(chart: Chart, language: str) -> Fault | None:
    """Two values of one series at one time, or series of several units, which would share an axis."""
    if chart.role("series") is None and len(chart.measures) == 1:
        return on_one_line(chart, language)
    for name in chart.measures:
        groups = by_unit(chart.table.rows, name)
        if len(groups) > 1:
            return (
                f"lines of different units cannot share an axis: '{name}' has {len(groups)} of them.",
                "Make a chart of each unit: choose its rows by where.",
            )
    return _of_one_series(chart) or _of_one_precision(chart)


def _of_one_series(chart: Chart) -> Fault | None:
    """Two rows of one series at one time, or one of no time."""
    field = chart.role("series")
    groups: dict[object, list[Row]] = {}
    for row in chart.table.rows:
        value = row[field] if field is not None else None
        groups.setdefault(value.content if isinstance(value, Value) else None, []).append(row)
    return next(filter(None, (clash_of(chart, rows) for rows in groups.values())), None)


def _of_one_precision(chart: Chart) -> Fault | None:
    """Years of one series beside months of another."""
    seen: dict[str, Row] = {}
    for row in chart.table.rows:
        time = moment(row[chart.category])
        if time is not None:
            seen.setdefault(time.precision, row)
    return clash_of(chart, list(seen.values())) if len(seen) > 1 else None


def slots_of(times: Times) -> list[float]:
    """When each place for a column begins: at every step of the calendar that the times lie on, so that a gap in time
    is a gap of that length."""
    calendar = calendar_of(times.values)
    if calendar is None:
        return list(times.starts)
    ordered = sorted(calendar.counts)
    step = gcd(*(b - a for a, b in pairwise(ordered))) or 1
    return [calendar.start(count) for count in range(ordered[0], ordered[-1] + 1, step)] if ordered else []


def gaps_said(found: Sequence[Course], language: str) -> list[str]:
    """What is missing in several series, and why, such as "Business, 2020: not stated"."""
    said: list[str] = []
    for course in found:
        absent: dict[str, list[str]] = {}
        for point in course.points:
            if point.number is None:
                absent.setdefault(point.text, []).append(point.short or point.name)
        said += [
            phrases.said(phrases.joined(filter(None, (course.name, *names))), why, language)
            for why, names in absent.items()
        ]
    return said
