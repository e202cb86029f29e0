"""What part of a table some of its rows are: of the sum of a field, or of the rows themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from data.tables.aggregate import every_value
from data.tables.refusals import MissingError, NoRatioError
from data.tables.value import Measure, Value

if TYPE_CHECKING:
    from data.tables.table import Table


def share_of_rows(table: Table, some: Table) -> Value:
    """The rows of `some` as a percentage of those of `table`. MissingError where there are none."""
    if not len(table):
        raise MissingError(f"no row of '{table.name}' is left, which leaves no share")
    return Value(100 * Decimal(len(some)) / len(table), Measure("percent"))


def share_of_sum(table: Table, some: Table, name: str) -> Value:
    """The sum of a field over the rows of `some` as a percentage of its sum over those of `table`.

    Raises MissingError where a row of the table has no value or only a limit, NoRatioError where a value is negative
    or the sum is zero, UnitError for fields that do not add up.
    """
    whole = table.sum(name)
    if whole.number <= 0 or any(value.number < 0 for value in every_value(table, name)):
        raise NoRatioError(f"'{name}' has values below zero, or only zeros, and no part of that is a share")
    if not len(some):
        return Value(Decimal(0), Measure("percent"), whole.cells)
    part = some.sum(name)
    return Value(100 * part.exact / whole.exact, Measure("percent"), part.cells + whole.cells)
