"""The numbers behind the charts, as tables: for those who cannot see a chart, and those who want to check it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from charts.series import shown
from data.errors import Place
from data.language.words import words
from reports.document.blocks import Block, Columns, Document, Figure, Heading, TableBlock
from reports.document.inlines import Inlines, Text
from reports.document.table_rows import TableRows
from reports.document.tree import walk

_ID = "chart-numbers"
_WORDS = ("level", "text")
"""Types of values that are words, and stand at the left of their column."""
_SHORT, _FEW = 18, 3
"""Rows and columns of a table that still stands beside another one."""


def chart_numbers(document: Document) -> tuple[Block, ...]:
    """A section with a table for each chart whose numbers no table of the document holds.

    A chart's numbers are held by a table block of the same table that has at least its fields and rows. No section
    is made where every chart has its numbers beside it.
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
    return heading, *_in_pairs([_table(figure, ours["figure"]) for figure in figures])


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


def _holds(table: TableBlock, figure: Figure) -> bool:
    shown = table.table
    if shown is None or shown.name != figure.chart.table.name:
        return False
    titles = {field.title for field in (figure.chart.category_field, *figure.chart.measure_fields)}
    heads = {part.text for column in table.columns for part in column if isinstance(part, Text)}
    return titles <= heads and set(figure.chart.table.lines) <= set(shown.lines)


def _table(figure: Figure, word: str) -> TableBlock:
    """A chart's rows and fields, called by what its caption says; source and date stand there."""
    chart, held = figure.chart, shown(figure.chart)
    fields = (held.named, *(series.field for series in held.series))
    aligns: list[Literal["left", "right"]] = ["left"]
    aligns.extend("left" if series.field.measure.type in _WORDS else "right" for series in held.series)
    name: Inlines = (Text(f"{word}\u00a0{figure.number}. "),) if figure.number else ()
    cut: Inlines = (Text(f" ({chart.cut})"),) if chart.cut else ()
    return TableBlock(
        id=f"{_ID}/{figure.id}",
        place=figure.place,
        title=(*name, *(figure.caption or (Text(chart.table.title),)), *cut),
        columns=tuple((Text(field.title),) for field in fields),
        rows=TableRows(chart.table, tuple(field.name for field in fields)),
        aligns=tuple(aligns),
    )
