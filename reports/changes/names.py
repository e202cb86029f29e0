"""What a person calls a row and a value, where changes are told."""

from __future__ import annotations

from collections.abc import Sequence

from data.language.show import show
from data.tables.table import Table
from data.tables.value import Interval, Value
from reports.changes.rows import identity_of

_NAMES = 4
"""Fields that name a row in a sentence."""


def row_name(table: Table, index: int, identity: Sequence[str] = ()) -> str:
    """A row as a person finds it: by the fields that say which it is, `identity` where the project names some."""
    found = (table.columns[name][index] for name in identity_of(table, identity))
    return (
        ", ".join([str(content) for content in found if isinstance(content, str | int)][:_NAMES]) or f"row {index + 1}"
    )


def said(value: Value | Interval, language: str) -> str:
    """A value exactly, or why there is none."""
    if value.missing:
        mark = None if isinstance(value, Interval) else value.mark
        return mark.meaning if mark is not None else "no value"
    return show(value, "exact", language)
