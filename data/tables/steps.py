"""Whether a field rises or falls with every row, in time where the table has one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from data.tables.aggregate import every_value, whole_column
from data.tables.differing import clear_sign
from data.tables.ends import in_time, tied
from data.tables.refusals import MissingError

if TYPE_CHECKING:
    from data.tables.table import Table


def rising(table: Table, name: str) -> bool:
    """Whether every value is above the one before it, in time where the table has one, else in its order.

    Raises MissingError for fewer than two rows, a missing value, a time that stands twice, and where the margins of
    the values leave open which way a step goes; UnitError for different units.
    """
    return _all_go(table, name, 1)


def falling(table: Table, name: str) -> bool:
    """Whether every value is below the one before it, as `rising`."""
    return _all_go(table, name, -1)


def _all_go(table: Table, name: str, sign: int) -> bool:
    if len(table) < 2:
        rows = "one row" if len(table) else "no row"
        raise MissingError(f"'{table.name}' has {rows} here, and nothing rises or falls in fewer than two")
    order = in_time(table)
    if order is None:
        _refuse_own_order(table, name)
        order = range(len(table))
    column = whole_column(table, name)
    if column is not None and not column.marks:
        numbers = [column.numbers[row] for row in order]
        return all((b > a) if sign > 0 else (b < a) for a, b in pairwise(numbers))
    values = every_value(table, name)
    open_step = None
    for before, after in pairwise(order):
        step = values[after] - values[before]
        went = clear_sign(step)
        if went == -sign or (step.margin is None and went != sign):
            return False
        if went != sign and open_step is None:
            open_step = (before, after)
    if open_step is not None:
        before, after = (table.row_name(row) for row in open_step)
        raise MissingError(
            f"from {before} to {after} '{name}' of '{table.name}' moves by less than its margin, which leaves its"
            " direction open",
            remedy="Compare times that lie further apart, or say nothing of the direction.",
        )
    return True


def _refuse_own_order(table: Table, name: str) -> None:
    """MissingError where the rows were sorted by the field itself, or have no order."""
    if table.ordered_by == name:
        raise MissingError(
            f"'{table.name}' was sorted by '{name}', so that it rises or falls whatever the data say",
            remedy="Sort by what it is to rise with: .sorted('year').",
        )
    row = next((row for row in range(len(table)) if len(tied(table, row)) > 1), None) if table.ordered_by else None
    if row is not None:
        raise MissingError(
            f"two rows of '{table.name}' share a place by '{table.ordered_by}', which leaves their order open",
            remedy="Choose rows by .where(...) that it tells apart.",
        )
