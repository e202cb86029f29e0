"""The series of a chart: one for each measure of a wide table, or for each name in the series field of a long one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from charts.chart import Chart
from charts.distinct import Fault, place
from charts.lettering import one_line
from charts.reading import category_name
from data.language.show import show
from data.language.words import words
from data.tables.table import Row
from data.tables.value import Interval, Value


class Mark(Struct, frozen=True):
    """One value to draw, and the row that it stands in."""

    row: Row
    measure: str
    """Name of the field."""

    @property
    def value(self) -> Value | Interval:
        return self.row[self.measure]


class Strand(Struct, frozen=True):
    """The values of one series, by what their categories are called on the chart, in the order of the rows."""

    name: str
    """As it stands on the chart; empty where the chart has one series, which needs no name."""
    key: str
    """As a project names it: what stands in the series field, or the name of the measure."""
    marks: Mapping[str, Mark]
    """Without those categories for which the table has no row."""
    strong: bool = False
    """Whether it is to stand out."""


def strands(chart: Chart, language: str, rows: Sequence[Row] | None = None) -> tuple[Strand, ...]:
    """The series of a chart, or of some of its rows, in the order in which the table has them."""
    rows = chart.table.rows if rows is None else rows
    field = chart.role("series")
    if field is None:
        single = len(chart.measures) == 1
        return tuple(
            Strand(
                "" if single else one_line(measured.title),
                measured.name,
                {category_name(chart, row, language): Mark(row, measured.name) for row in rows},
                not single and measured.name in chart.highlight,
            )
            for measured in chart.measure_fields
        )
    found: dict[str, dict[str, Mark]] = {}
    names: dict[str, str] = {}
    for row in rows:
        value = row[field]
        key = str(value.content) if isinstance(value, Value) else str(value)
        names.setdefault(key, one_line(show(value, "label", language)) or words(language)["not stated"])
        found.setdefault(key, {})[category_name(chart, row, language)] = Mark(row, chart.measures[0])
    return tuple(Strand(names[key], key, marks, key in chart.highlight) for key, marks in found.items())


def categories(chart: Chart, language: str, rows: Sequence[Row] | None = None) -> tuple[str, ...]:
    """What the categories of a chart are called, each once, in the order in which the table has them."""
    rows = chart.table.rows if rows is None else rows
    return tuple(dict.fromkeys(category_name(chart, row, language) for row in rows))


def of_one_place(chart: Chart, language: str) -> Fault | None:
    """Two rows of one series under one name, which would be drawn at one place."""
    field = chart.role("series")
    seen: dict[tuple[str, str], Row] = {}
    for row in chart.table.rows:
        name = category_name(chart, row, language)
        series = show(row[field], "label", language) if field is not None else ""
        first = seen.setdefault((" ".join(name.casefold().split()), series), row)
        if first is not row:
            called = f"'{name}' of '{series}'" if series else f"'{name}'"
            return (
                f"two rows are called {called}: {place(first)} and {place(row)}.",
                "Say by where which one is meant, or name them by a field that tells them apart.",
            )
    return None


def of_alike_series(chart: Chart) -> Fault | None:
    """Two series whose names differ in nothing that a reader sees as a difference: capitals, or spaces."""
    field = chart.role("series")
    seen: dict[str, tuple[str, Row]] = {}
    for row in chart.table.rows if field is not None else ():
        said = str(chart.table.columns[field or ""][row.index])
        first, other = seen.setdefault(" ".join(said.casefold().split()), (said, row))
        if first != said:
            return (
                f"'{first}' and '{said}' would be two series: {place(other)} and {place(row)}.",
                "Write them alike in the data.",
            )
    return None
