"""The order of a column's values: numbers by size, levels by rank, times by time, names as a language has them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from data.tables.collation import sort_keys
from data.tables.marks import Marked
from data.tables.value import Interval, Measure, Value

if TYPE_CHECKING:
    from data.tables.table import Table

_Plain = Decimal | int | str


def order(table: Table, name: str, descending: bool = False) -> list[int]:
    """Rows of a table by a field, lowest first; missing ones come last, equal ones keep their order."""
    field = table.field(name)
    contents: Sequence[_Plain | None]
    if field.measure.type == "range":
        values = table.values(name)
        contents = [None if value.missing else _middle(value) for value in values]
    else:
        column = table.columns[name]
        contents = [content.content if isinstance(content, Marked) else content for content in column]
    found = _keys([content for content in contents if content is not None], field.measure, table.language)
    missing = [i for i, content in enumerate(contents) if content is None] if len(found) < len(contents) else []
    present = [i for i, content in enumerate(contents) if content is not None] if missing else range(len(contents))
    keys = dict(zip(present, found, strict=True)) if missing else found
    ordered = sorted(present, key=keys.__getitem__, reverse=descending)  # pyright: ignore[reportArgumentType, reportCallIssue]  # a column holds one kind
    return [*ordered, *missing]


def _middle(value: Value | Interval) -> Decimal:
    return (value.middle if isinstance(value, Interval) else value).number


def _keys(contents: Sequence[_Plain], measure: Measure, language: str) -> Sequence[_Plain | tuple[str, str]]:
    if measure.type == "text":
        return sort_keys([str(content) for content in contents], language)
    if measure.type == "level":
        return [measure.levels.index(str(content)) for content in contents]
    return contents
