"""Templates whose work is counted: before each stretch of statements, item of a loop and piece of text."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from decimal import Decimal
from typing import Any, cast

from jinja2 import nodes, pass_context
from jinja2.visitor import NodeTransformer

from data.effort import EffortError, spend
from data.tables.table import Row, Table
from data.tables.value import TOO_LARGE, Interval, Value

LONGEST_TEXT = 1_000_000
"""Characters of the longest text that an expression gives."""
LONGEST_STORY = 10_000_000
"""Characters of a story when its placeholders are bound."""
MOST_PLACEHOLDERS = 500_000
"""Values that a story prints."""
_ITEMS = 100_000
"""Items of the longest list that an expression gives: as many as a table has rows."""
_CELLS = 1_000_000
"""Cells that a value may have come from."""
_CHARACTERS = 50
"""Of text, for a step."""


def bounded(value: Any) -> object:
    """The result of a computation; ValueError for one that is larger than any that documents show."""
    match value:
        case bool():
            pass
        case int() | float() | Decimal():
            if not abs(value) < TOO_LARGE:
                raise ValueError("the number is larger than any that documents show")
        case str():
            if len(value) > LONGEST_TEXT:
                raise EffortError(f"a text in it is longer than {LONGEST_TEXT:,} characters")
            spend(len(value) // _CHARACTERS)
        case list() | tuple():
            if len(cast("list[object]", value)) > _ITEMS:
                raise EffortError(f"a list in it is longer than {_ITEMS:,} items")
            spend(len(cast("list[object]", value)))
        case Value():
            if len(value.cells) > _CELLS:
                raise EffortError(f"a value in it comes from more than {_CELLS:,} cells")
            spend(len(value.cells) // 4)
        case Interval():
            bounded(value.low)
            bounded(value.high)
        case _:
            pass
    return cast("object", value)


@pass_context
def _entered(context: Any, size: int, text: int) -> None:
    """Count a stretch of statements, and the text in it."""
    spend(size)
    context.environment.written(text)


@pass_context
def _items(_: Any, items: Any, size: int) -> Iterator[object]:
    """The items of a loop, each counted before it is given; `size` is that of the loop's condition."""
    for item in items:
        spend(size)
        yield item


@pass_context
def _joined(_: Any, parts: list[object]) -> str:
    """What `a ~ b` gives."""
    whole = ""
    for part in parts:
        said = str(part)
        if len(whole) + len(said) > LONGEST_TEXT:
            raise EffortError(f"a text in it is longer than {LONGEST_TEXT:,} characters")
        whole += said
    spend(len(whole) // _CHARACTERS)
    return whole


@pass_context
def _compared(_: Any, value: object) -> object:
    """What is compared, or looked through by `in`: it may be long."""
    if isinstance(value, Row):
        spend(len(value.table) // 4)
    elif isinstance(value, Sized) and not isinstance(value, Value):  # a value has a length only where it is a list
        spend(len(value) // (_CHARACTERS if isinstance(value, str) else 1) * (4 if isinstance(value, Table) else 1))
    return value


FILTERS: dict[str, Any] = {" entered": _entered, " items": _items, " joined": _joined, " compared": _compared}
"""Called by templates only, as `counted` has written it: no author can write a name that begins with a space."""
_BODIES = ("body", "else_")


def counted(template: nodes.Template) -> nodes.Template:
    """The template with its work counted when it is rendered."""
    return _Counter().visit(template)


def _filter(value: nodes.Expr, name: str, *arguments: int) -> nodes.Filter:
    line = value.lineno
    said: list[nodes.Expr] = [nodes.Const(argument, lineno=line) for argument in arguments]
    return nodes.Filter(value, name, said, [], None, None, lineno=line)


def _sizes(found: list[nodes.Node]) -> tuple[int, int]:
    """How many nodes there are in statements, and how much text, without what stands in statements within them."""
    size, text = 0, 0
    waiting = list(found)
    while waiting:
        node = waiting.pop()
        size += 1
        if isinstance(node, nodes.TemplateData):
            text += len(node.data)
        waiting.extend(node.iter_child_nodes(exclude=_BODIES))
    return size, text


class _Counter(NodeTransformer):
    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        bodies = {name: list(getattr(node, name)) for name in _BODIES if isinstance(getattr(node, name, None), list)}
        sizes = {name: _sizes(body) for name, body in bodies.items() if body}
        super().generic_visit(node, *args, **kwargs)
        for name, (size, text) in sizes.items():
            line = bodies[name][0].lineno or node.lineno
            call = _filter(nodes.Const(size, lineno=line), " entered", text)
            getattr(node, name).insert(0, nodes.ExprStmt(call, lineno=line))
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  # Jinja2 calls it by the node's name
        size = 1 + (_sizes([node.test])[0] if node.test is not None else 0)
        self.generic_visit(node)
        node.iter = _filter(cast("nodes.Expr", node.iter), " items", size)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  # likewise
        self.generic_visit(node)
        return _filter(nodes.List(node.nodes, lineno=node.lineno), " joined")

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802  # likewise
        self.generic_visit(node)
        for part in (node, *node.ops):
            if not isinstance(part.expr, nodes.Const):
                part.expr = _filter(part.expr, " compared")
        return node
