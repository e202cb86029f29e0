"""The numbers behind the charts, as tables: for those who cannot see a chart, and those who want to check it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from charts.chart import Chart
from charts.series import shown
from data.errors import Place
from data.language.show import show
from data.language.words import words
from data.tables.marks import Content
from data.tables.table import Field, Table
from data.tables.value import Interval, Measure, Value, raw
from reports.document.blocks import Block, Columns, Document, Figure, Heading, TableBlock
from reports.document.inlines import Inlines, Text
from reports.document.series_grid import grid_of
from reports.document.sources import colon
from reports.document.table_rows import TableRows
from reports.document.tree import walk

_ID = "chart-numbers"
_WORDS = ("level", "text")
"""Types of values that are words, and stand at the left of their column."""
_SHORT, _FEW = 18, 3
"""Rows and columns of a table that still stands beside another one."""
_MOST_COLUMNS = 7
"""Of a table that several charts share."""


def chart_numbers(document: Document) -> tuple[Block, ...]:
    """A section with a table for each chart whose numbers no table of the document holds.

    A chart's numbers are held by a table block that has at least its fields and rows, of the same table or of the one
    that its table is chosen from. No section is made where every chart has its numbers beside it.
    """
    blocks = tuple(walk(document.blocks))
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    figures = [b for b in blocks if isinstance(b, Figure) and not any(_holds(table, b) for table in tables)]
    if not figures:
        return ()
    ours = words(document.language)
    place = Place("project.toml")
    heading = Heading(
        id=_ID,
        place=place,
        level=1,
        kicker=(Text(ours["appendix"]),),
        content=(Text(ours["numbers behind the charts"]),),
    )
    return heading, *_in_pairs([_table(group, document.language) for group in _of_same_rows(figures)])


def _of_same_rows(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures by the table that holds their numbers: those of the same rows share one while it has room for columns."""
    groups: list[list[Figure]] = []
    for figure in figures:
        for group in groups:
            columns = {field.name for one in (*group, figure) for field in _fields(one.chart)}
            if _is_alike(group[0].chart, figure.chart) and len(columns) <= _MOST_COLUMNS:
                group.append(figure)
                break
        else:
            groups.append([figure])
    return groups


def _is_alike(one: Chart, other: Chart) -> bool:
    """Whether two charts show the same rows under the same names."""
    return (
        (one.table.name, one.table.fields, one.category) == (other.table.name, other.table.fields, other.category)
        and sorted(one.table.lines) == sorted(other.table.lines)
        and not any(chart.role("series") for chart in (one, other))
    )


def _fields(chart: Chart) -> tuple[Field, ...]:
    held = shown(chart)
    return held.named, *(series.field for series in held.series)


def _in_pairs(tables: list[TableBlock]) -> Iterator[Block]:
    """Short tables of few columns stand side by side, neighbours in one row; the others have the page's width."""
    waiting: TableBlock | None = None
    for table in tables:
        short = len(table.columns) <= _FEW and len(table.rows) <= _SHORT
        if short and waiting is None:
            waiting = table
        elif short and waiting is not None:
            yield Columns(id=f"{waiting.id}/pair", place=table.place, columns=((waiting,), (table,)))
            waiting = None
        else:
            if waiting is not None:
                yield waiting
                waiting = None
            yield table
    if waiting is not None:
        yield waiting


def _holds(block: TableBlock, figure: Figure) -> bool:
    table, chart = block.table, figure.chart
    if table is None or (table.name != chart.table.name and table.file != chart.table.file):
        return False
    fields = {field.title: field.name for field in _fields(chart)}
    heads = {part.text for column in block.columns for part in column if isinstance(part, Text)}
    if not (set(fields) <= heads and set(chart.table.lines) <= set(table.lines)):
        return False
    return table.name == chart.table.name or _same(table, chart.table, fields)


def _same(table: Table, chosen: Table, fields: Mapping[str, str]) -> bool:
    """Whether the rows of a table that is made from another stand in that one, with the same values; `fields` holds
    titles, and names of the chosen one's."""
    names = {field.title: field.name for field in table.fields}
    index = {line: i for i, line in enumerate(table.lines)}
    if len(index) < len(table) or not set(fields) <= set(names):
        return False
    return all(
        _content(table.value(index[line], names[title])) == _content(chosen.value(i, name))
        for i, line in enumerate(chosen.lines)
        for title, name in fields.items()
    )


def _content(value: Value | Interval) -> tuple[Content, ...]:
    return tuple(map(raw, (value.low, value.high) if isinstance(value, Interval) else (value,)))


def _table(figures: Sequence[Figure], language: str) -> TableBlock:
    """The rows and fields of charts, called by what their captions say; source and date stand there. Series in rows
    become columns."""
    figure, chart = figures[0], figures[0].chart
    title, grid = _title(figures, language), grid_of(chart, language)
    if grid is not None:
        measured = chart.measure_fields[0]
        return TableBlock(
            id=f"{_ID}/{figure.id}",
            place=figure.place,
            title=(*title, Text(f"{colon(language)}{measured.title}")),
            columns=grid.columns,
            rows=grid.rows,
            folds=True,
            aligns=("left", *(_align(measured) for _ in grid.columns[1:])),
        )
    fields = {field.name: field for one in figures for field in _fields(one.chart)}
    return TableBlock(
        id=f"{_ID}/{figure.id}",
        place=figure.place,
        title=title,
        columns=tuple((Text(field.title),) for field in fields.values()),
        rows=TableRows(chart.table, tuple(fields)),
        folds=True,
        aligns=("left", *map(_align, list(fields.values())[1:])),
    )


def _align(field: Field) -> Literal["left", "right"]:
    return "left" if field.measure.type in _WORDS else "right"


def _title(figures: Sequence[Figure], language: str) -> Inlines:
    """What a table of numbers is called: as its chart, or as the table that several charts are of."""
    figure, ours = figures[0], words(language)
    table, cut = figure.chart.table.title, figure.chart.cut
    if len(figures) == 1:
        name: Inlines = (Text(f"{ours['figure']}\u00a0{figure.number}. "),) if figure.number else ()
        return (*name, *(figure.caption or (Text(table),)), *((Text(f" ({cut})"),) if cut else ()))
    numbers = Value(";".join(str(one.number) for one in figures), Measure("list", delimiter=";"))
    said = ours["figures"].format(numbers=show(numbers, "rounded", language))
    return (Text(f"{said}. {table}"),)
