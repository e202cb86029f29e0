"""The rows that a phrase speaks of: what they are called, and which of their values are the same to a reader."""

from __future__ import annotations

from collections.abc import Sequence

from data.language.show import NumberStyle, show
from data.tables.aggregate import alike_values
from data.tables.refusals import MissingError, UnitError
from data.tables.table import Table
from data.tables.value import Interval, Value


def numbers_of(table: Table, name: str) -> list[Value]:
    """A field's number in every row; MissingError where a row has none, UnitError where the field holds no numbers or
    several units."""
    field = table.field(name)
    if not field.numeric and field.measure.type != "range":
        raise UnitError(
            f"'{name}' is {field.measure.type}, and ready words compare numbers", "Name a field of numbers."
        )
    return alike_values(table, name)


def names_of(table: Table, rows: Sequence[int]) -> list[Value]:
    """What rows are called, by the key field or else the first one; MissingError where two are called the same."""
    named = table.key_field or table.fields[0]
    found: list[Value] = []
    for row in rows:
        value = table.value(row, named.name)
        if not isinstance(value, Value) or value.missing:
            raise MissingError(
                f"a row of '{table.name}' has no name in its field '{named.name}' ({table.file}:{table.lines[row]})",
                remedy="Give it one, or leave it out by .where(...).",
            )
        if any(value == other for other in found):
            raise MissingError(
                f"two rows of '{table.name}' are called {value.content}, and a reader could not tell them apart",
                remedy="Choose some rows by .where(...), or write key = true in the field that tells rows apart.",
            )
        found.append(value)
    return found


def apart(values: Sequence[Value | Interval], language: str) -> NumberStyle:
    """How values that differ are shown so that a reader sees it: rounded, or exactly where rounding makes them one."""
    exact = {show(value, "exact", language) for value in values}
    return "rounded" if len({show(value, "rounded", language) for value in values}) == len(exact) else "exact"
