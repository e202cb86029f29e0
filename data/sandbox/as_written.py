"""An expression in words again, as its author would write it: Jinja2 keeps what it means and not what was typed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

from jinja2 import nodes

_SIGNS: dict[type[nodes.Node], tuple[str, int]] = {
    nodes.Or: ("or", 1), nodes.And: ("and", 2), nodes.Add: ("+", 5), nodes.Sub: ("-", 5), nodes.Mul: ("*", 6),
    nodes.Div: ("/", 6), nodes.FloorDiv: ("//", 6), nodes.Mod: ("%", 6), nodes.Pow: ("**", 8),
}  # fmt: skip
"""Operators between two expressions, with how firmly they bind."""
_NOT, _COMPARES, _CONCAT, _SIGNED, _WHOLE = 3, 4, 5, 7, 10
_COMPARISONS = {
    "eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in",
}  # fmt: skip


def as_written(expression: nodes.Node) -> str:
    """The text of an expression: `pay.top('salary').job == 'Nurse'`."""
    return _written(expression)[0]


def _written(node: nodes.Node) -> tuple[str, int]:  # noqa: C901  # one flat match
    """The text, and how firmly its outermost operator binds."""
    match node:
        case nodes.Name():
            return node.name, _WHOLE
        case nodes.Const():
            return _constant(node.value), _WHOLE
        case nodes.Getattr():
            return f"{_within(node.node, _WHOLE)}.{node.attr}", _WHOLE
        case nodes.Getitem():
            return f"{_within(node.node, _WHOLE)}[{as_written(node.arg)}]", _WHOLE
        case nodes.Slice():
            ends = [as_written(end) if end is not None else "" for end in (node.start, node.stop)]
            return ":".join((*ends, *([as_written(node.step)] if node.step is not None else ()))), _WHOLE
        case nodes.Call():
            return f"{_within(node.node, _WHOLE)}({_given(node)})", _WHOLE
        case nodes.Filter() if node.node is not None:
            given = f"({said})" if (said := _given(node)) else ""
            return f"{_within(node.node, _WHOLE - 1)} | {node.name}{given}", _WHOLE - 1
        case nodes.Test():
            given = f"({said})" if (said := _given(node)) else ""
            return f"{_within(node.node, _WHOLE - 1)} is {node.name}{given}", _WHOLE - 1
        case nodes.Compare():
            parts = [_within(node.expr, _COMPARES + 1)]
            parts += [f"{_COMPARISONS[one.op]} {_within(one.expr, _COMPARES + 1)}" for one in node.ops]
            return " ".join(parts), _COMPARES
        case nodes.BinExpr():
            sign, binds = _SIGNS[type(node)]
            return f"{_within(node.left, binds)} {sign} {_within(node.right, binds + 1)}", binds
        case nodes.Not():
            return f"not {_within(node.node, _NOT)}", _NOT
        case nodes.Neg() | nodes.Pos():
            return f"{'-' if isinstance(node, nodes.Neg) else '+'}{_within(node.node, _SIGNED)}", _SIGNED
        case nodes.Concat():
            return " ~ ".join(_within(one, _CONCAT + 1) for one in node.nodes), _CONCAT
        case nodes.CondExpr():
            otherwise = f" else {as_written(node.expr2)}" if node.expr2 is not None else ""
            return f"{_within(node.expr1, 1)} if {_within(node.test, 1)}{otherwise}", 0
        case nodes.List():
            return f"[{', '.join(map(as_written, node.items))}]", _WHOLE
        case nodes.Tuple():
            return f"({', '.join(map(as_written, node.items))}{',' if len(node.items) == 1 else ''})", _WHOLE
        case nodes.Dict():
            return "{" + ", ".join(
                f"{as_written(one.key)}: {as_written(one.value)}" for one in node.items
            ) + "}", _WHOLE
        case _:
            return type(node).__name__.lower(), _WHOLE


def _within(node: nodes.Node, binds: int) -> str:
    said, its = _written(node)
    return said if its >= binds else f"({said})"


def _given(node: Any) -> str:
    """What stands between the brackets of a call."""
    named = [f"{one.key}={as_written(one.value)}" for one in node.kwargs or ()]
    return ", ".join([*map(cast("Callable[[object], str]", as_written), node.args or ()), *named])


def _constant(value: object) -> str:
    match value:
        case str():
            mark = '"' if "'" in value and '"' not in value else "'"
            return mark + value.replace("\\", "\\\\").replace(mark, "\\" + mark) + mark
        case bool() | None:
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
