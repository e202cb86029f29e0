"""What a person calls a row and a value, where changes are told."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from decimal import Decimal

from data.language.show import NumberStyle, show
from data.tables.table import Table
from data.tables.value import Interval, Value
from reports.changes.rows import identity_of

_NAMES = 4
"""Fields that name a row in a sentence."""


def row_name(
    table: Table, index: int, identity: Sequence[str] = (), shown: Mapping[str, Container[int]] | None = None
) -> str:
    """A row as a person finds it: by the fields that say which it is, `identity` where the project names some.

    Where `shown` says of which fields which rows are in documents, others are not named.
    """
    names = [name for name in identity_of(table, identity) if shown is None or index in shown.get(name, ())]
    found = (table.columns[name][index] for name in names)
    return (
        ", ".join([_word(one) for one in found if isinstance(one, str | int | Decimal)][:_NAMES]) or f"row {index + 1}"
    )


def _word(content: str | int | Decimal) -> str:
    return f"{content:f}" if isinstance(content, Decimal) else str(content)


def said(value: Value | Interval, language: str, style: NumberStyle = "exact") -> str:
    """A value, exactly or as documents round it, or why there is none."""
    if value.missing:
        mark = None if isinstance(value, Interval) else value.mark
        return mark.meaning if mark is not None else "no value"
    return show(value, style, language)


def is_withheld(value: Value | Interval) -> bool:
    """Whether a value is kept from readers, by the publisher or by the project."""
    ends = (value.low, value.high) if isinstance(value, Interval) else (value,)
    return any(end.mark is not None and end.mark.meaning in ("hidden", "suppressed") for end in ends)
