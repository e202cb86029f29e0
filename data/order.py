"""The order of a column's values: numbers by size, levels by rank, times by time, names as a language has them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from data.collation import sort_keys
from data.value import Interval, Value


def order(values: Sequence[Value | Interval], language: str, descending: bool = False) -> list[int]:
    """Places of the values, lowest first; missing ones come last, equal ones keep their order."""
    present = [i for i, value in enumerate(values) if not value.missing]
    keys = dict(zip(present, _keys([values[i] for i in present], language), strict=True))
    found = sorted(present, key=keys.__getitem__, reverse=descending)  # pyright: ignore[reportArgumentType, reportCallIssue]  # a column holds one kind
    return [*found, *(i for i, value in enumerate(values) if value.missing)]


def _keys(values: Sequence[Value | Interval], language: str) -> Sequence[Decimal | tuple[str, str] | str | int]:
    texts = [str(v.content) for v in values if isinstance(v, Value) and v.measure.type == "text"]
    return sort_keys(texts, language) if texts else [_key(value) for value in values]


def _key(value: Value | Interval) -> Decimal | str | int:
    if isinstance(value, Interval):
        return value.middle.number
    if value.measure.type == "level":
        return value.rank
    return value.content if isinstance(value.content, str) else value.number
