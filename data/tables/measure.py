"""What a value measures: its kind, unit and digits, and which measures can be computed with each other."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from data.tables.prices import comparable

FieldType = Literal[
    "text", "list", "integer", "number", "money", "percent", "year", "date", "level", "range", "points", "ratio"
]
"""What a field holds; a list is several texts in one cell. `points`, percentage points, mostly come from computing
(35% - 25%), and `ratio` always does (20,000 / 10,000)."""

NUMERIC: frozenset[FieldType] = frozenset(("integer", "number", "money", "percent", "points", "ratio"))
MULTIPLES: frozenset[FieldType] = frozenset(("integer", "number", "ratio"))


class Measure(Struct, frozen=True):
    """What a value measures: decides what may be computed with it and how it is shown."""

    type: FieldType
    unit: str | None = None
    """ISO 4217 code for money; a word such as "jobs" for other numbers; None where there is none."""
    decimals: int | None = None
    """Digits after the decimal mark when rounded; None lets the type decide."""
    levels: tuple[str, ...] = ()
    """For `level`: every level, lowest first."""
    delimiter: str = ""
    """For `list`: what stands between its items."""
    prices: str | None = None
    """For money: the year or period in whose prices it is, "nominal" where that is meant to differ; None if unknown."""


def alike_measures(a: Measure, b: Measure) -> bool:
    """Whether values of two measures can be added and compared: of one kind, in one unit, at the prices of one time."""
    kinds = {a.type, b.type}
    alike = (len(kinds) == 1 or kinds <= MULTIPLES or kinds == {"percent", "points"}) and a.unit == b.unit
    return alike and (a.prices == b.prices or comparable(a.prices, b.prices))


def unit_name(measure: Measure) -> str:
    """A measure as people say it: "money in USD"."""
    return f"{measure.type} in {measure.unit}" if measure.unit else measure.type


def prices_clash(a: Measure, b: Measure) -> bool:
    """Whether it is the time of their prices alone that keeps two measures apart."""
    return a.type == b.type and a.unit == b.unit and not comparable(a.prices, b.prices)
