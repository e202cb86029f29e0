"""Where data disagree: the same thing with two values, parts that exceed their whole, an average outside its range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from data.tables.aggregate import total
from data.tables.provenance import Behind
from data.tables.rounding import rounding
from data.tables.table import Field, Table
from data.tables.value import Interval, Value


class Contradiction(Struct, frozen=True):
    """Two statements of the data that cannot both be right, or are about different things under one name."""

    about: str
    """What both speak of: the row's key, or the field."""
    one: Value
    other: Value
    one_table: Table
    other_table: Table

    @property
    def table_names(self) -> tuple[str, str]:
        return self.one_table.name, self.other_table.name

    @property
    def cells(self) -> Behind:
        return self.one.cells + self.other.cells


def contradictions(tables: Mapping[str, Table]) -> list[Contradiction]:
    """What disagrees between the tables of a project and inside each of them.

    Two tables speak of the same thing when their key fields share a title or name, the compared fields share a title
    or name, type and unit, and at least half of the keys that both hold have the same value: where nearly all differ,
    they measure different things. The same holds for an average and a range of one table. Tables computed from others
    are left out: they can only repeat what those say.
    """
    given = [t for t in tables.values() if t.computed_from is None]
    found = [c for one, other in combinations(given, 2) for c in _between(one, other)]
    for table in given:
        found.extend(_inside(table))
    return found


def _same(one: Field, other: Field) -> bool:
    alike = one.name == other.name or one.title.casefold() == other.title.casefold()
    return alike and one.measure.type == other.measure.type and one.measure.unit == other.measure.unit


def _between(one: Table, other: Table) -> Iterator[Contradiction]:
    first, second = one.key_field, other.key_field
    if first is None or second is None or not _same(first, second):
        return
    pairs = [(a, b) for a in one.fields for b in other.fields if a.numeric and b.numeric and not a.key and _same(a, b)]
    if not pairs:
        return
    rows = {str(content): i for i, content in enumerate(other.columns[second.name]) if content is not None}
    shared = [
        (i, rows[str(content)])
        for i, content in enumerate(one.columns[first.name])
        if content is not None and str(content) in rows
    ]
    for a, b in pairs:
        here, there = one.columns[a.name], other.columns[b.name]
        comparable = [
            (i, j)
            for i, j in shared
            if isinstance(here[i], Decimal) and isinstance(there[j], Decimal) and _unit(one, a, i) == _unit(other, b, j)
        ]
        differing = [(i, j) for i, j in comparable if here[i] != there[j]]
        for i, j in differing if 2 * len(differing) <= len(comparable) else ():
            x, y = one.value(i, a.name), other.value(j, b.name)
            if isinstance(x, Value) and isinstance(y, Value):
                yield Contradiction(one.row_name(i), x, y, one, other)


def _unit(table: Table, field: Field, index: int) -> str | None:
    """The unit of a value, which may be that of its row."""
    if field.unit_field is None:
        return field.measure.unit
    unit = table.columns[field.unit_field][index]
    return None if unit is None else str(unit)


def _inside(table: Table) -> Iterator[Contradiction]:
    """Parts of a whole that exceed 100 by more than rounding explains, and an average outside its range."""
    if table.whole is not None:
        given = [v for v in table.values(table.whole) if isinstance(v, Value) and not v.missing]
        # a lower limit counts with its number, which can only be too small; an upper one proves nothing
        parts = [replace(v, mark=None) for v in given if v.mark is None or v.mark.meaning != "at most"]
        if parts:
            summed = total(parts)
            whole = Value(Decimal(100), summed.measure)
            if summed.number > 100 + rounding([part.number for part in parts]):
                yield Contradiction(table.field(table.whole).title, summed, whole, table, table)
    averages = [f for f in table.fields if f.measure.type in ("money", "number", "percent") and _averages(f)]
    for span in (f for f in table.fields if f.measure.type == "range"):
        for field in averages:
            beyond = [(i, end) for i in range(len(table)) if (end := _exceeded(table, span, field, i)) is not None]
            if 2 * len(beyond) <= len(table):
                yield from (Contradiction(table.row_name(i), *end, table, table) for i, end in beyond)


def _exceeded(table: Table, span: Field, field: Field, index: int) -> tuple[Value, Value] | None:
    """A row's value and the end of its range that it lies beyond; None where it lies inside or cannot be compared."""
    low, high = table.columns[str(span.low)][index], table.columns[str(span.high)][index]
    number = table.columns[field.name][index]
    if not (isinstance(low, Decimal) and isinstance(high, Decimal) and isinstance(number, Decimal)):
        return None
    if low <= number <= high:
        return None
    interval, value = table.value(index, span.name), table.value(index, field.name)
    if not isinstance(interval, Interval) or not isinstance(value, Value):
        return None
    if value.measure.unit != interval.measure.unit:
        return None
    return value, interval.low if number < low else interval.high


def _averages(field: Field) -> bool:
    """Whether the field says that it lies between the lowest and the highest value."""
    words = f"{field.name} {field.title}".casefold()
    return any(word in words for word in ("average", "mean", "median", "durchschnitt", "mittel", "moyen", "media"))
