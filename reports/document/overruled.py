"""Rules of honest charts that a project overrules, told beside the data of the charts that break them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from data.language.words import words
from data.tables.table import Table
from reports.document.blocks import Block, Figure
from reports.document.inlines import plain
from reports.document.tree import walk


def with_overruled(tables: Iterable[Table], blocks: Sequence[Block], language: str) -> tuple[Table, ...]:
    """`tables`, each with a note for every rule that a chart of it breaks with its project's leave."""
    notes: dict[str, dict[str, None]] = {}
    ours = words(language)
    for figure in (block for block in walk(blocks) if isinstance(block, Figure)):
        for rule in figure.chart.overruled:
            said = ours["overruled"].format(chart=plain(figure.title, language), rule=ours[f"overruled {rule}"])
            notes.setdefault(figure.chart.table.name, {})[said] = None
    return tuple(
        replace(table, notes=(*table.notes, *notes[table.name])) if table.name in notes else table for table in tables
    )
