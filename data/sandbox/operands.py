"""What a test compares, kept while it is worked out: for whoever has to be told why it is false."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from jinja2 import nodes, pass_context

from data.language.show import show
from data.sandbox.as_written import as_written
from data.sandbox.filters import Styled, computed
from data.sandbox.weighed import weighed
from data.shortened import shortened
from data.tables.table import Row, Rows, Table
from data.tables.value import Interval, Value

MOST_OPERANDS = 6
"""Of one test that are told."""
_LONGEST = 80
"""Characters of what is told of an operand."""
_ITEMS = 5
"""Of a list that are told."""


def with_operands(test: nodes.Expr) -> nodes.Expr:
    """The test, which keeps what it compares in `Sandbox.operands` when it is worked out."""
    match test:
        case nodes.And() | nodes.Or():
            test.left, test.right = with_operands(test.left), with_operands(test.right)
        case nodes.Not():
            test.node = with_operands(test.node)
        case nodes.CondExpr():
            test.test, test.expr1 = with_operands(test.test), with_operands(test.expr1)
            test.expr2 = with_operands(test.expr2) if test.expr2 is not None else None
        case nodes.Compare():
            written = as_written(test)
            test.expr = _kept(test.expr)
            for one in test.ops:
                one.expr = _kept(one.expr)
            return weighed(test, written)
        case nodes.Test():
            test.node = _kept(test.node)
            test.args = [_kept(one) for one in test.args]
        case nodes.Call():
            test.args = [_kept(one) for one in test.args]
            return _refutable(test)
        case _:
            pass
    return test


def _refutable(test: nodes.Call) -> nodes.Expr:
    """A test of all rows, with what speaks against it where it is false."""
    asked, given = test.node, test.args[0] if test.args else None
    if not isinstance(asked, nodes.Getattr) or not isinstance(given, nodes.Const) or not isinstance(given.value, str):
        return test
    table, said = as_written(asked.node), given.value
    written = {
        "all": f"{table}.where({as_written(nodes.Const(f'not ({said})'))})",
        "none": f"{table}.where({as_written(given)})",
        "complete": f"{table}.missing({as_written(given)})",
        "lists": f"what {table} lists in {said}",
    }.get(asked.attr)
    if written is None:
        return test
    line = test.lineno
    return nodes.Filter(test, " refuting", [nodes.Const(written, lineno=line)], [], None, None, lineno=line)


def _kept(operand: nodes.Expr) -> nodes.Expr:
    if operand.find(nodes.Name) is None and not isinstance(operand, nodes.Name):
        return operand  # written out
    said = nodes.Const(as_written(operand), lineno=operand.lineno)
    return nodes.Filter(operand, " operand", [said], [], None, None, lineno=operand.lineno)


@pass_context
def _keep(context: Any, value: object, written: str) -> object:
    context.environment.operands.append((written, value))
    return value


@pass_context
def _refuted(context: Any, value: object, written: str) -> object:
    sandbox = context.environment
    if value is False and sandbox.against is not None:
        sandbox.operands.append((written, sandbox.against()))
    return value


FILTERS: dict[str, Any] = {" operand": _keep, " refuting": _refuted}
"""Called by tests only: no author can write a name that begins with a space."""


def told(operands: Sequence[tuple[str, object]], language: str) -> tuple[tuple[str, str], ...]:
    """Operands with what they were, in words, each once."""
    found: dict[str, str] = {}
    for written, value in operands:
        said = _said(value, language)
        if said is not None and written not in found and len(found) < MOST_OPERANDS:
            found[written] = shortened(said, _LONGEST)
    return tuple(found.items())


def _said(value: object, language: str) -> str | None:
    """A value in words; None for what nobody could read."""
    match value:
        case Value() | Interval():
            return "without a value" if value.missing else show(value, "exact", language)
        case Styled():
            return _said(value.value, language)
        case bool() | None:
            return None
        case int() | float() | Decimal():
            return show(computed(value), "exact", language)
        case str():
            return value
        case Row():
            return str(value.key)
        case Table():
            return _listed([str(row.key) for row in value.head(_ITEMS)], len(value)) if len(value) else "without rows"
        case tuple() | list() | Rows():
            items = cast("Sequence[object]", value)
            said = [_said(items[index], language) or "…" for index in range(min(len(items), _ITEMS))]
            return _listed(said, len(items)) if said else "empty"
        case _:
            return None


def _listed(said: Sequence[str], many: int) -> str:
    return ", ".join(said) + (f" and {many - len(said):,} more" if many > len(said) else "")
