"""What stands in a field and what does not: rows without a value, and the whole list of its values."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from data.effort import spend
from data.tables.lookup import refuse_misspelt
from data.tables.refusals import MissingError, UnitError
from data.tables.value import Interval, Value, one_spaced, plain

if TYPE_CHECKING:
    from data.tables.table import Table


def missing(table: Table, name: str) -> Table:
    """The rows in which a field has no value; a limit is one. MissingError for a table without rows."""
    refuse_empty(table)
    return table.take([row for row, value in enumerate(table.values(name)) if value.missing])


def complete(table: Table, name: str) -> bool:
    """Whether a field has a value in every row. MissingError for a table without rows."""
    refuse_empty(table)
    return not any(value.missing for value in table.values(name))


def lists(table: Table, name: str, wanted: object) -> bool:
    """Whether a field holds each of these values, and no other; how often and in which order does not matter.

    A cell that is a list gives its items. Raises MissingError for a row without a value and a table without rows,
    UnitError for ranges and what is no list of values, LookUpError for a word that is nearly one of the field's.
    """
    refuse_empty(table)
    if not isinstance(wanted, list | tuple) or not wanted:
        raise UnitError("a list is compared with a list", f"Write one: {table.name}.lists('{name}', ['a', 'b']).")
    kind = table.field(name).measure.type
    said = {_content(one, kind) for one in cast("list[object]", wanted)}
    spend(len(said))
    found: set[object] = set()
    for value in table.values(name):
        if isinstance(value, Interval):
            raise UnitError(f"'{name}' is a range, which is no single value", "Ask for its low or its high field.")
        if value.missing:
            raise MissingError(
                f"'{name}' has no value in a row, {value.gap}: nobody knows what belongs on the list",
                value.mark,
                f"Leave such rows out: .where('{name} != None').",
            )
        if value.mark is not None:
            _ = value.exact
        found.update(value.items if kind == "list" else (value.content,))
    if kind in ("text", "level"):
        for word in said - found:
            refuse_misspelt(table, name, str(word))
    return found == said


def _content(one: object, kind: str) -> object:
    """A value of the list as columns hold it."""
    content = one.content if isinstance(one, Value) else one
    if isinstance(content, bool) or content is None:
        raise UnitError(f"{content} is no value that a field lists", "Write words or numbers.")
    words = kind in ("text", "level", "list", "date")
    if isinstance(content, str) and words:
        return one_spaced(content)
    if isinstance(content, int | float | Decimal) and not words:
        return int(content) if kind == "year" else plain(content)
    raise UnitError(
        f"the field is {kind}, and the list has {content}", "Write words in quotation marks, numbers without."
    )


def refuse_empty(table: Table) -> None:
    """MissingError for a table without rows, of which anything is true."""
    if not len(table):
        raise MissingError(f"no row of '{table.name}' is left, so that all and nothing is true of it")
