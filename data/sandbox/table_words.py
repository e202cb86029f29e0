"""What tables are asked beyond what they know themselves: words that test, shares and quantiles."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from data.effort import spend
from data.tables.closeness import balanced, close, close_to, distinct, narrower, wider
from data.tables.latest import earliest, latest
from data.tables.membership import complete, lists, missing, refuse_empty
from data.tables.quantiles import quantile
from data.tables.refusals import UnitError
from data.tables.shares import share_of_rows, share_of_sum
from data.tables.steps import falling, rising
from data.tables.table import Table
from data.tables.unsurpassed import highest, lowest
from data.tables.value import Value

Rows = Callable[..., Table]
"""The rows of a table for which a condition is true; `whole` refuses what leaves open what is true of all rows."""


def _where(table: Table, rows: Rows, condition: str | None = None, **equal: object) -> Table:
    """`t.where(...)`: rows whose fields equal what is given, or for which a condition over the fields is true."""
    spend(len(table) * (1 + len(equal)))
    found = table.where(**equal) if equal else table
    return found if condition is None else rows(found, condition)


def _all(table: Table, rows: Rows, condition: object = None) -> bool:
    """`t.all('share < 50')`: whether a condition over the fields is true of every row."""
    return len(rows(table, _condition(table, condition, "all"))) == len(table)


def _none(table: Table, rows: Rows, condition: object = None) -> bool:
    """`t.none('share >= 50')`: whether it is true of no row."""
    return not len(rows(table, _condition(table, condition, "none")))


def _share(table: Table, rows: Rows, first: object = None, second: object = None) -> Value:
    """`t.share('n', "field == 'Law'")`, or `t.share('pay > 50000')` of the rows: a percentage."""
    if second is None:
        return share_of_rows(table, rows(table, _condition(table, first, "share")))
    return share_of_sum(table, rows(table, _condition(table, second, "share")), str(first))


def _condition(table: Table, said: object, word: str) -> str:
    if not isinstance(said, str):
        field = table.fields[-1].name
        raise UnitError(
            f"'{word}' needs a condition", f"Write one in quotation marks: {table.name}.{word}('{field} > 5')."
        )
    refuse_empty(table)
    return said


_OF_ROWS: dict[str, Callable[..., object]] = {"where": _where, "all": _all, "none": _none, "share": _share}
_OF_FIELDS: dict[str, Callable[..., object]] = {
    "close": close, "complete": complete, "earliest": earliest, "falling": falling, "latest": latest, "lists": lists,
    "missing": missing, "quantile": quantile, "rising": rising,
}  # fmt: skip
ASKED = frozenset((*_OF_ROWS, *_OF_FIELDS))
TESTS: dict[str, Callable[..., bool]] = {
    "balanced": balanced, "close": close_to, "distinct": distinct, "highest": highest, "lowest": lowest,
    "narrower": narrower, "wider": wider,
}  # fmt: skip
"""What stands behind `is`, between two values."""
_WORK = {"quantile": 20}
"""Steps for each row, where that is not as much as to look at all values of a field."""


def _listed(table: Table, name: str) -> list[str]:
    """What a field lists, each once."""
    values = (value for value in table.values(name) if isinstance(value, Value))
    items = (value.items if value.measure.type == "list" else (str(value.content),) for value in values)
    return list(dict.fromkeys(item for several in items for item in several))


_AGAINST: dict[str, Callable[[Table, Rows, str], object]] = {
    "all": lambda table, rows, said: rows(table, f"not ({said})"),
    "none": lambda table, rows, said: rows(table, said),
    "complete": lambda table, _, said: missing(table, said),
    "lists": lambda table, _, said: _listed(table, said),
}
"""What speaks against a word that tests all rows."""


class Asked:
    """A word that a table is asked, ready to be called."""

    def __init__(self, table: Table, word: str, rows: Rows) -> None:
        self.table, self.word, self.rows = table, word, rows

    def __call__(self, *said: Any, **named: Any) -> object:
        if self.word in _OF_ROWS:
            # rows may be chosen by what none has; of a misspelt word and of gaps, "none" would be true
            rows = self.rows if self.word == "where" else partial(self.rows, whole=True)
            return _OF_ROWS[self.word](self.table, rows, *said, **named)
        spend(len(self.table) * (_WORK.get(self.word, 4) + len(self.table.fields) // 4))
        return _OF_FIELDS[self.word](self.table, *said, **named)

    def against(self, said: str) -> object:
        """What speaks against a test of this word that is false; None where nothing does."""
        of = _AGAINST.get(self.word)
        return None if of is None else of(self.table, self.rows, said)
