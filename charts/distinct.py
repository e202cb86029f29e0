"""Rows that a chart would draw on one another, or under one name, so that no reader could tell them apart."""

from __future__ import annotations

from collections.abc import Sequence

from charts.chart import Chart
from charts.reading import by_unit, category_name
from data.moments import clash, moment
from data.table import Row

_CLASHES = {
    "missing": ("has no '{field}', and so no place on the line", 'Leave it out: where = "{field} != None".'),
    "mixed": (
        "is of another precision than {other}: on one line a year would stand beside its months",
        "Choose the rows of one kind by where, or the kind 'bar'.",
    ),
    "repeated": (
        "has the same '{field}' as {other}: a line has one value at each time",
        "Say by where which series is meant, or make a chart, or a field, of each.",
    ),
}


def indistinct(chart: Chart, language: str) -> tuple[str, str] | None:
    """What is wrong with the first two rows that are one to a reader, and what to do; None where all differ.

    Rows of different units stand in panels of their own, under a heading each, and may share a name.
    """
    panels = [list(chart.table.rows)]
    if chart.kind != "levels":
        panels = by_unit(chart.table.rows, chart.measures[0])
    for rows in panels:
        found = _on_one_line(chart, rows) if chart.kind == "line" else _of_one_name(chart, rows, language)
        if found is not None:
            return found
    return None


def _on_one_line(chart: Chart, rows: Sequence[Row]) -> tuple[str, str] | None:
    found = clash([moment(row[chart.category]) for row in rows])
    if found is None:
        return None
    said, remedy = _CLASHES[found[0]]
    first, second = rows[found[1][0]], rows[found[1][-1]]
    field = chart.category
    return f"{_place(second)} {said.format(field=field, other=_place(first))}.", remedy.format(field=field)


def _of_one_name(chart: Chart, rows: Sequence[Row], language: str) -> tuple[str, str] | None:
    seen: dict[str, Row] = {}
    for row in rows:
        shown = category_name(chart, row, language)
        first = seen.setdefault(" ".join(shown.casefold().split()), row)
        if first is not row:
            return (
                f"two rows are called '{shown}': {_place(first)} and {_place(row)}.",
                "Say by where which one is meant, or name them by a field that tells them apart.",
            )
    return None


def _place(row: Row) -> str:
    return f"{row.table.file}:{row.table.lines[row.index]}"
