"""Whether a value is the highest of a field or the lowest: no row has another one beyond it."""

from __future__ import annotations

from data.tables.aggregate import every_value
from data.tables.differing import clear_sign
from data.tables.refusals import MissingError, UnitError
from data.tables.table import Table
from data.tables.value import NUMERIC, Value


def highest(value: object, table: object = None, name: object = None) -> bool:
    """`a is highest(t, 'pay')`: whether no row of the table has a higher value of the field.

    Rows that have the same leave it true. Raises MissingError where a row has no value, a limit leaves it open, or a
    row lies within the margin of the two; UnitError for what has no order and for different units.
    """
    return _unsurpassed(value, table, name, 1)


def lowest(value: object, table: object = None, name: object = None) -> bool:
    """`a is lowest(t, 'pay')`: whether no row has a lower value, as `highest`."""
    return _unsurpassed(value, table, name, -1)


def _unsurpassed(value: object, table: object, name: object, sign: int) -> bool:
    word = "highest" if sign > 0 else "lowest"
    said = name.content if isinstance(name, Value) else name
    if not isinstance(value, Value) or not isinstance(table, Table) or not isinstance(said, str):
        raise UnitError(
            f"'{word}' asks of a value whether a table has one beyond it",
            f"Name the table and its field: t.last.pay is {word}(t, 'pay').",
        )
    if value.measure.type not in (*NUMERIC, "level"):
        raise UnitError(f"'{word}' needs what has an order of size, and this is {value.measure.type}")
    if value.missing:
        raise MissingError(f"there is no value here: {value.gap}", value.mark)
    others = every_value(table, said)
    for other in others:
        value.same_unit(other, "compare")
    near = False
    for other in others:
        if value.cells and (other.cells, other.content) == (value.cells, value.content):
            continue  # the row itself
        if other.margin is None and value.margin is None:
            if (other > value) if sign > 0 else (other < value):
                return False
            continue
        beyond = clear_sign(other - value)
        if beyond == sign:
            return False
        near = near or not beyond
    if near:
        raise MissingError(
            f"a row of '{table.name}' lies within the margin of this value by '{said}', which leaves open which one is"
            f" {word}",
            remedy="Say that no difference can be seen between them.",
        )
    return True
