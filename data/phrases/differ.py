"""Whether two rows differ by more than the margin of error of what they hold."""

from __future__ import annotations

from data.tables.table import Table


def differ(table: Table, name: str, one: int, other: int) -> bool:
    """Whether the values of two rows are two numbers."""
    return bool(table.value(one, name) != table.value(other, name))
