"""Tests that are the same whatever the data say, and so test nothing."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, nodes
from jinja2.parser import Parser
from jinja2.tests import TESTS as DEFAULT_TESTS

from data.sandbox.table_words import TESTS

TESTS_NOTHING = "the test '{test}', or a part of it, is the same whatever the data say: it tests nothing."
COMPARE = "Compare something of the data: average_salary.first.salary > 100000."

_COMPARING = (
    "eq", "equalto", "ne", "gt", "greaterthan", "ge", "lt", "lessthan", "le", "in", "==", "!=", ">", ">=", "<", "<=",
    *TESTS,
)  # fmt: skip
"""Tests behind `is` that ask for what the data say; of tables and values, others are always the same."""


def is_empty(expression: nodes.Node) -> bool:
    """Whether a test, or a part of it that `and`, `or`, `not` or `if` joins, is the same whatever the data say."""
    match expression:
        case nodes.And() | nodes.Or():
            return is_empty(expression.left) or is_empty(expression.right)
        case nodes.Not():
            return is_empty(expression.node)
        case nodes.CondExpr():
            parts = (expression.test, expression.expr1, expression.expr2)
            return any(part is not None and is_empty(part) for part in parts)
        case nodes.Compare() if any(expression.expr == operand.expr for operand in expression.ops):
            return True
        case nodes.Call(node=nodes.Getattr(attr="all" | "none"), args=[nodes.Const(value=str(condition))]):
            return is_empty(_condition(condition))
        case nodes.Test() if expression.args and expression.node == expression.args[0]:
            return True
        case nodes.Test(name="highest" | "lowest") if _is_end(expression.node, expression.args):
            return True
        case nodes.Test() if expression.name not in _COMPARING:
            return expression.name in DEFAULT_TESTS  # one that there is not is told when it is asked
        case _:
            return not isinstance(expression, nodes.Name) and expression.find(nodes.Name) is None


def _is_end(value: nodes.Node, asked: list[nodes.Expr]) -> bool:
    """Whether a value is the top or bottom of the field that it is compared with."""
    match value, asked:
        case (
            nodes.Getattr(attr=str(name), node=nodes.Call(node=nodes.Getattr(attr="top" | "bottom") as of, args=[by])),
            [table, nodes.Const(value=str(field))],
        ):
            return of.node == table and name == field and by == asked[1]
        case _:
            return False


@cache
def _condition(said: str) -> nodes.Expr:
    """A condition over a row's fields, as `t.all` has it; one that cannot be read has failed before."""
    return Parser(Environment(), said, state="variable").parse_expression()  # nothing is rendered
