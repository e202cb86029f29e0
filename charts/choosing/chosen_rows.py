"""Which rows of its table a chart shows: filtered, in the order that its kind and its project ask for, and cut."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from charts.chart import Chart
from charts.choosing.others import no_sum, with_others
from charts.cut import Tie, cut_words, tie_at
from charts.kinds.registry import KINDS
from charts.ranked import by_category, in_rank
from data.errors import Place, ProjectError
from data.project import Project
from data.sandbox.expressions import rows_where
from data.tables.moments import moment
from data.tables.table import Row, Table

_ORDERED = ("year", "date", "level")
_MOST_IN_ORDER = 7
"""Parts of a whole whose order may mean something, from having work to seeking it: of more only the largest are looked
for (G. A. Miller, The Magical Number Seven, Plus or Minus Two, 1956)."""


class Rows(Struct, frozen=True):
    """The rows of a chart."""

    every: Table
    """Those that it is about, in their order."""
    shown: Table
    """Those that are drawn, the first of them."""
    cut: str
    """That only some are drawn, and which; empty where all are."""


def rows_of(project: Project, chart: Chart) -> Rows:
    """The rows of a chart, whose table is still whole. Raises ProjectError for `others` that nothing can be."""
    settings = project.settings.charts[chart.id]
    table, order = _about(project, chart), _order(project, chart)
    if settings.others and (KINDS[chart.kind].rank is not None or settings.rows is None):
        no_row = f"the kind '{chart.kind}' has no row for all others."
        message = no_row if settings.rows else "no row is left out by rows."
        raise ProjectError.at(project.file.place("charts", chart.id, "others"), message, "Leave out others.")
    fault = _cut_wrongly(project, chart, table, order)
    if fault is not None:
        raise ProjectError.at(*fault)
    if KINDS[chart.kind].rank is None:
        every = table if order == "none" else table.in_order(_sorted_by(chart), descending=order == "descending")
        shown = every if settings.rows is None else every.take(range(min(settings.rows, len(every))))
        counts = len(shown), len(every)
        if settings.others and len(shown) < len(every):
            shown, counts = _with_others(project, chart, every, len(shown)), (len(every), len(every))
    else:
        ranked = _ranked(replace(chart, table=table), order)
        every, shown = _together(table, ranked), _together(table, ranked[: settings.rows])
        counts = min(settings.rows or len(ranked), len(ranked)), len(ranked)
    # rows are cut in the order of the table, and drawn in that of time
    every, shown = _in_time(project, chart, every), _in_time(project, chart, shown)
    return Rows(every, shown, cut_words(order, *counts, project.language))


def cut_tie(project: Project, chart: Chart) -> Tie | None:
    """The tie that a chart cuts through which shows only its first rows, or categories."""
    settings = project.settings.charts[chart.id]
    whole = replace(chart, table=project.tables[settings.table])
    if settings.rows is None or not {chart.category, *chart.measures} <= whole.table.fields_by_name.keys():
        return None  # all rows are drawn, or summed up
    order = _order(project, chart)
    if order == "none":
        return None
    if KINDS[chart.kind].rank is not None:
        return _ranked_tie(replace(chart, table=_about(project, whole)), settings.rows, order)
    return tie_at(rows_of(project, whole).every, settings.rows, _sorted_by(chart), chart.category)


def _cut_wrongly(project: Project, chart: Chart, table: Table, order: str) -> tuple[Place, str, str] | None:
    """Where a project asks for an order or a cut that would say something false, why, and what to do."""
    settings, place = project.settings.charts[chart.id], project.file.place
    if KINDS[chart.kind].in_file_order and order != "none":
        message = f"the rows of the kind '{chart.kind}' are in the order of time, and sorted they would not be."
        return place("charts", chart.id, "sort"), message, "Leave out sort."
    if settings.rows is None or KINDS[chart.kind].rank is not None or settings.rows >= len(table):
        return None
    at = place("charts", chart.id, "rows")
    if chart.role("series") is not None or (KINDS[chart.kind].strands and len(chart.measures) > 1):
        return at, "rows counts rows, and would leave out a part of a series.", "Choose by where what is meant."
    units = {value.measure.unit for value in table.values(_sorted_by(chart))}
    if order != "none" and len(units) > 1:
        return (
            at,
            "the first rows are the highest or lowest ones, and values of several units have no order.",
            ("Choose the rows of one unit by where."),
        )
    return None


def _about(project: Project, chart: Chart) -> Table:
    """The rows that a chart is about."""
    said = project.settings.charts[chart.id].where
    return (
        rows_where(chart.table, said, project.file.place("charts", chart.id, "where"), project.row)
        if said
        else chart.table
    )


def _in_time(project: Project, chart: Chart, table: Table) -> Table:
    """Rows of times in the order of time, unless their project says how they are sorted; a row without a time last.

    A kind that draws series through time puts each into its order, and names them in that of the table.
    """
    if project.settings.charts[chart.id].sort is not None or chart.category not in table.fields_by_name:
        return table
    if table.field(chart.category).measure.type not in ("year", "date"):
        return table
    if chart.role("series") is not None and KINDS[chart.kind].rank is None:
        return table
    starts = [None if (time := moment(row[chart.category])) is None else time.start for row in table]
    order = sorted(range(len(table)), key=lambda index: (starts[index] is None, starts[index] or 0.0))
    return table if order == list(range(len(table))) else table.take(order)


def _order(project: Project, chart: Chart) -> str:
    """How the chart's rows are sorted: years, levels and a few parts of a whole stay as they are."""
    table = project.tables[project.settings.charts[chart.id].table]
    as_they_are = (
        KINDS[chart.kind].in_file_order
        or table.field(chart.category).measure.type in _ORDERED
        or (table.whole == chart.measures[0] and len(_about(project, chart)) <= _MOST_IN_ORDER)
    )
    return project.settings.charts[chart.id].sort or ("none" if as_they_are else "descending")


def _sorted_by(chart: Chart) -> str:
    """Name of the field by which rows are sorted."""
    if KINDS[chart.kind].by_middle:
        return chart.measures[len(chart.measures) // 2]
    return chart.role("middle") or chart.measures[0]


def _with_others(project: Project, chart: Chart, every: Table, count: int) -> Table:
    """The first rows of a chart, and one for all others."""
    category, measures = every.field(chart.category), [every.field(name) for name in chart.measures]
    refused = no_sum(every, count, category, measures)
    if refused is not None:
        raise ProjectError.at(project.file.place("charts", chart.id, "others"), *refused)
    return with_others(every, count, category, measures, project.language)


def _ranked(chart: Chart, order: str) -> list[list[Row]]:
    """The rows of each category of a chart, in the order that its kind gives categories."""
    rank = KINDS[chart.kind].rank
    groups = list(by_category(chart.table, chart.category).values())
    ranks = rank(chart, groups) if rank else [None] * len(groups)
    return in_rank(list(zip(ranks, groups, strict=True)), order)


def _ranked_tie(every: Chart, count: int, order: str) -> Tie | None:
    """The tie that showing the first categories cuts through, in a chart of all that might be shown."""
    rank, groups = KINDS[every.kind].rank, _ranked(every, order)
    if rank is None or count >= len(groups):
        return None
    last, next_one = groups[count - 1], groups[count]
    first, second = rank(every, [last, next_one])
    if first is None or first != second:
        return None
    names = [str(every.table.columns[every.category][rows[0].index]) for rows in (last, next_one)]
    return Tie(names[0], names[1], every.measures[0])


def _together(table: Table, groups: Sequence[Sequence[Row]]) -> Table:
    return table.take([row.index for rows in groups for row in rows])
