"""Rates of groups of different size: what their mean is, and what they can be weighted by."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.tables.table import Field, Table

EVERY_ROW = "rows"
"""Said in the place of a weight: each row counts once, however many it speaks of."""
_AVERAGE = re.compile(
    r"\b(average|avg|mean|rate|ratio|taux|moyenne?|tasa|media|promedio|quote)\b|durchschnitt|mittelwert|quote\b"
)
"""Words of a field that holds an average or a rate, in the languages that Fairsheet speaks."""


def is_rate(field: Field) -> bool:
    """Whether each value already speaks of several: a percentage, a ratio, an average by its name or title."""
    if field.measure.type in ("percent", "points", "ratio"):
        return True
    said = f"{field.name.replace('_', ' ')} {field.title}".casefold()
    return field.measure.type in ("money", "number") and _AVERAGE.search(said) is not None


def weights(table: Table) -> list[str]:
    """Names of the fields that count what each row speaks of, where rows differ in it."""
    return [
        field.name
        for field in table.fields
        if field.measure.type == "integer" and field.additive and not field.key and _counts(table, field.name)
    ]


def _counts(table: Table, name: str) -> bool:
    numbers = {content for content in table.columns[name] if isinstance(content, Decimal)}
    return len(numbers) > 1 and min(numbers) >= 0
