"""A chart's series as a grid: a long table has a row for each time and series, a grid a row for each time."""

from __future__ import annotations

from msgspec import Struct

from charts.chart import Chart
from data.language.words import words
from data.tables.marks import Content
from data.tables.value import Interval, Value
from reports.document.inlines import Inlines, Run, Text

_MOST_COLUMNS = 6
"""Beside the names, that have room on a page."""


class Grid(Struct, frozen=True):
    """Names of the columns, and rows of cells; the first column names the rows."""

    columns: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]


def grid_of(chart: Chart, language: str) -> Grid | None:
    """The one measure of a chart by its categories and its series, the fewer of which are the columns.

    A series that the data lack a row of is not stated there. None where a chart has no series in rows, shows more of
    each row than one measure, names a row twice, or has more of both than a page has room for.
    """
    series = chart.role("series")
    others = {name for names in chart.roles.values() for name in names} - {chart.category, series, *chart.measures}
    if series is None or others or len(chart.measures) != 1:
        return None
    table, measure = chart.table, chart.measures[0]
    names = _first(table.columns[chart.category])
    parts = _first(table.columns[series])
    cells = {
        (one, other): table.value(index, measure)
        for index, (one, other) in enumerate(zip(table.columns[chart.category], table.columns[series], strict=True))
    }
    if len(cells) < len(table) or min(len(names), len(parts)) > _MOST_COLUMNS:
        return None
    absent: Inlines = (Text(words(language)["not stated"]),)

    def cell(value: Value | Interval | None) -> Inlines:
        return absent if value is None else (Run(value),)

    def heads(field: str, indices: dict[Content, int]) -> list[Inlines]:
        return [cell(table.value(index, field)) for index in indices.values()]

    if len(parts) <= _MOST_COLUMNS:
        down, across, named = heads(chart.category, names), heads(series, parts), chart.category
        found = [[cells.get((name, part)) for part in parts] for name in names]
    else:
        down, across, named = heads(series, parts), heads(chart.category, names), series
        found = [[cells.get((name, part)) for name in names] for part in parts]
    return Grid(
        columns=((Text(table.field(named).title),), *across),
        rows=tuple((name, *map(cell, row)) for name, row in zip(down, found, strict=True)),
    )


def _first(contents: tuple[Content, ...]) -> dict[Content, int]:
    """Each content with the index of the first row that has it, in that order."""
    found: dict[Content, int] = {}
    for index, content in enumerate(contents):
        found.setdefault(content, index)
    return found
