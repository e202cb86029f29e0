"""Whether two values differ by more than the margin of error of what they hold."""

from __future__ import annotations

from data.tables.value import Value


def differ(one: Value, other: Value) -> bool:
    """Whether two values are two numbers."""
    return bool(one != other)
