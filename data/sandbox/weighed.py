"""Whether a comparison in a test is decided by what is known: equality answers no where nobody can say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from jinja2 import nodes, pass_context

from data.tables.lookup import refuse_misspelt
from data.tables.spelling import SAME
from data.tables.table import Table
from data.tables.value import MissingError, Value


def weighed(test: nodes.Compare, written: str) -> nodes.Expr:
    """The comparison, whose answer counts only where its sides are known; one with None asks just that."""
    sides = [test.expr, *(one.expr for one in test.ops)]
    if len(sides) != 2 or test.ops[0].op not in SAME or any(map(_is_none, sides)):
        return test
    kept = [side for side in sides if _is_kept(side)]
    words = [word for side in sides for word in _words(side)]
    same = test.ops[0].op in ("eq", "in")
    said: list[nodes.Expr] = [nodes.Const(one, lineno=test.lineno) for one in (written, same, len(kept), tuple(words))]
    return nodes.Filter(test, " weighed", said, [], None, None, lineno=test.lineno)


def _is_none(side: nodes.Expr) -> bool:
    return isinstance(side, nodes.Const) and side.value is None


def _is_kept(side: nodes.Expr) -> bool:
    return isinstance(side, nodes.Filter) and side.name == " operand"


def _words(side: nodes.Expr) -> list[str]:
    """The words that are written out on a side."""
    items = side.items if isinstance(side, nodes.List | nodes.Tuple) else [side]
    return [item.value for item in items if isinstance(item, nodes.Const) and isinstance(item.value, str)]


@pass_context
def _weighed(context: Any, result: object, written: str, same: bool, kept: int, words: tuple[str, ...]) -> object:
    """The answer.

    Raises MissingError where a side has no value and where two limits are called the same, LookUpError for a word that
    no row has and that is nearly one that some have: of a misspelt word the answer is the same whatever the data say.
    """
    operands = cast("list[tuple[str, object]]", context.environment.operands)
    sides = operands[-kept:] if kept else []
    values = [value for _, value in sides if isinstance(value, Value)]
    for said, value in sides:
        if isinstance(value, Value) and value.missing:
            raise MissingError(
                f"nobody knows whether '{written}' is true: {value.gap}",
                remedy=f"Ask first whether there is a value: {said} != None and {written}.",
            )
    if len(values) == 2 and result is same and all(value.limited for value in values):
        raise MissingError(
            f"nobody knows whether '{written}' is true: only limits are known",
            remedy="Compare with a number that the limits decide.",
        )
    known = {name: one for name, one in context.parent.items() if isinstance(one, Table)}
    for _, side in sides:
        for word in words:
            _refuse_misspelt(side, word, known)
    return result


def _refuse_misspelt(side: object, word: str, tables: Mapping[str, Table]) -> None:
    if isinstance(side, Table) and side.key_field is not None:
        refuse_misspelt(tables.get(side.name, side), side.key_field.name, word)
    if isinstance(side, Value) and side.measure.type in ("text", "level") and side.cells:
        cell = side.cells[0]
        table = tables.get(cell.table)
        if table is not None and cell.field in table.fields_by_name:
            refuse_misspelt(table, cell.field, word)


FILTERS: dict[str, Any] = {" weighed": _weighed}
"""Called by tests only: no author can write a name that begins with a space."""
