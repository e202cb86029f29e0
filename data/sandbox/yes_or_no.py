"""What an `if` asks: whether something is true, or whether there is a value, and no number or table in their place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from data.sandbox.as_written import as_written
from data.sandbox.filters import Styled
from data.tables.table import Rows, Table
from data.tables.value import LookUpError, Value

_DECIDED = (nodes.Compare, nodes.Not, nodes.Test, nodes.Const)
"""What is true or false already."""


def decided(template: nodes.Template) -> nodes.Template:
    """The template in which `if`, `and`, `or` and `not` refuse what is neither true nor false."""
    return _Deciding().visit(template)


class _Deciding(NodeTransformer):
    def visit_If(self, node: nodes.If) -> nodes.Node:  # noqa: N802  # Jinja2 calls it by the node's name
        self.generic_visit(node)
        node.test = _asked(cast("nodes.Expr", node.test))
        return node

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802  # likewise
        self.generic_visit(node)
        node.test = _asked(node.test)
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  # likewise
        self.generic_visit(node)
        node.test = None if node.test is None else _asked(cast("nodes.Expr", node.test))
        return node

    def visit_Not(self, node: nodes.Not) -> nodes.Node:  # noqa: N802  # likewise
        self.generic_visit(node)
        node.node = _asked(node.node)
        return node

    def visit_And(self, node: nodes.And) -> nodes.Node:  # noqa: N802  # likewise
        return self._joined(node)

    def visit_Or(self, node: nodes.Or) -> nodes.Node:  # noqa: N802  # likewise
        return self._joined(node)

    def _joined(self, node: nodes.And | nodes.Or) -> nodes.Node:
        """`a or b`: the first decides; what the second is, matters where the whole is asked."""
        self.generic_visit(node)
        node.left = _asked(node.left)
        return node


def _asked(test: nodes.Expr) -> nodes.Expr:
    if isinstance(test, nodes.And | nodes.Or):  # its first part is asked already
        test.right = _asked(test.right)
        return test
    if isinstance(test, _DECIDED) or (isinstance(test, nodes.Filter) and test.name.startswith(" ")):
        return test
    counts = isinstance(test, nodes.Getattr) and test.attr == "count"
    said: list[nodes.Expr] = [nodes.Const(one, lineno=test.lineno) for one in (as_written(test), counts)]
    return nodes.Filter(test, " asked", said, [], None, None, lineno=test.lineno)


def _whether(asked: object, written: str, counts: bool) -> object:
    """What is asked, where it is true or false, or has a value or none."""
    value = asked.value if isinstance(asked, Styled) else asked
    match value:
        case Table() | Rows():
            counted = f"{written.removesuffix('.rows')}.count"
            raise LookUpError(f"'{written}' is several rows, not true or false.", remedy=f"Write {counted} > 0.")
        case Value(content=Decimal() | int()) if value.content == 0 or (counts and not value.cells):
            raise LookUpError(
                f"'{written}' is a number, not true or false: of 0, nobody knows which is meant.",
                remedy=f"Write {written} > 0; or, where a missing value is meant, {written} != None.",
            )
        case bool():
            pass
        case int() | float() | Decimal():
            raise LookUpError(f"'{written}' is a number, not true or false.", remedy=f"Write {written} > 0.")
        case _:
            pass
    return asked if value is asked or value else value


FILTERS: dict[str, Any] = {" asked": _whether}
"""Called by templates only, as `decided` has written it: no author can write a name that begins with a space."""
