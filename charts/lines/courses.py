"""The series of a chart through time: points at their places, and a gap where a regular time has no row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from charts.axes.calendar import calendar_of
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


def courses(chart: Chart, rows: Sequence[Row], times: Times, language: str) -> tuple[Course, ...]:
    """The series of some rows, in the order in which the table has them."""
    return tuple(
        Course(strand.name, strand.key, _points(chart, tuple(strand.marks.values()), times, language), strand.strong)
        for strand in strands(chart, language, rows)
    )


def _points(chart: Chart, marks: Sequence[Mark], times: Times, language: str) -> tuple[Point, ...]:
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
    if calendar is not None:
        names = {count: calendar.name(count, language) for count in calendar.missing()}
        gone = words(language)["not stated"]
        found += [Point(times.along(calendar.start(n)), None, name, gone, short=name) for n, name in names.items()]
    return tuple(sorted(found, key=lambda point: point.along))


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
