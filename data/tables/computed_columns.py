"""What an expression over fields gives in every row at once, where it computes with numbers as values do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING

from jinja2 import nodes
from msgspec import Struct
from msgspec.structs import replace

from data.effort import spend
from data.tables.value import MULTIPLES, NUMERIC, Measure, alike_measures, plain

if TYPE_CHECKING:
    from data.tables.table import Table

_Number = Decimal | None
"""None for a row that has to be looked at by itself: a value is missing there, or only a limit is known, or what is
asked cannot be computed."""
_Compute = Callable[[Decimal, Decimal], Decimal]
_OPERATORS: Mapping[type[nodes.BinExpr], _Compute] = {
    nodes.Add: Decimal.__add__, nodes.Sub: Decimal.__sub__, nodes.Mul: Decimal.__mul__, nodes.Div: Decimal.__truediv__,
}  # fmt: skip


class Computed(Struct, frozen=True):
    """A number for each row, and what all of them measure; their digits are those of no row."""

    measure: Measure
    numbers: Sequence[_Number]


def constant(node: nodes.Expr) -> Decimal | None:
    """The number that an expression writes down; None where it is anything else."""
    if isinstance(node, nodes.Neg):
        inside = constant(node.node)
        return None if inside is None else -inside
    value: object = node.value if isinstance(node, nodes.Const) else None
    return plain(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def computed(node: nodes.Expr, table: Table) -> Computed | None:
    """What an expression gives in each row; None where rows have to be looked at one by one, as they do to say why
    something cannot be computed. The rules are those of `Value`."""
    spend(len(table))
    try:
        return _computed(node, table)
    except ArithmeticError:  # a number that is too large: which row it is in is said there
        return None


def _computed(node: nodes.Expr, table: Table) -> Computed | None:
    match node:
        case nodes.Name():
            return _field(node.name, table)
        case nodes.Neg():
            inside = computed(node.node, table)
            return inside and Computed(inside.measure, [None if n is None else -n for n in inside.numbers])
        case nodes.BinExpr() if type(node) in _OPERATORS:
            left, right = constant(node.left), constant(node.right)
            if left is not None and right is not None:
                return None
            if right is not None:
                one = computed(node.left, table)
                return one and _with_number(node, one, right)
            two = computed(node.right, table)
            if left is not None:
                return two and _number_with(node, left, two)
            one = computed(node.left, table) if two is not None else None
            return one and two and _of_two(node, one, two)
        case _:
            return None


def _field(name: str, table: Table) -> Computed | None:
    field = table.fields_by_name.get(name)
    if field is None or field.measure.type not in NUMERIC or field.unit_field is not None:
        return None
    column = table.columns[name]
    return Computed(field.measure, [content if isinstance(content, Decimal) else None for content in column])


def _each(compute: _Compute, ones: Sequence[_Number], others: Sequence[_Number] | repeat[Decimal]) -> list[_Number]:
    return [None if a is None or b is None else compute(a, b) for a, b in zip(ones, others)]


def _with_number(node: nodes.BinExpr, one: Computed, number: Decimal) -> Computed | None:
    """A value and a number, in this order."""
    measure = one.measure
    match node:
        case nodes.Add() | nodes.Sub() if measure.type in _PLAIN:
            measure = _difference(measure) if isinstance(node, nodes.Sub) else measure
        case nodes.Mul():
            pass
        case nodes.Div() if number:
            pass
        case _:
            return None
    return Computed(measure, _each(_OPERATORS[type(node)], one.numbers, repeat(number)))


def _number_with(node: nodes.BinExpr, number: Decimal, two: Computed) -> Computed | None:
    """A number and a value, in this order."""
    if isinstance(node, nodes.Mul):
        return Computed(two.measure, _each(Decimal.__mul__, two.numbers, repeat(number)))
    if two.measure.type not in _PLAIN or isinstance(node, nodes.Div):
        return None
    compute: _Compute = Decimal.__add__ if isinstance(node, nodes.Add) else lambda a, b: b - a
    return Computed(two.measure, _each(compute, two.numbers, repeat(number)))


_PLAIN = MULTIPLES | {"percent"}
"""To which a plain number can be added."""


def _of_two(node: nodes.BinExpr, one: Computed, two: Computed) -> Computed | None:
    """Two values."""
    a, b = one.measure, two.measure
    compute: _Compute = _OPERATORS[type(node)]
    match node:
        case nodes.Mul():
            if b.type in MULTIPLES and b.unit is None:
                measure = a
            elif a.type in MULTIPLES and a.unit is None:
                measure = b
            else:
                return None
        case nodes.Div():
            divisors: list[_Number] = [n or None for n in two.numbers]
            if a.unit != b.unit and b.unit is None and b.type in MULTIPLES:
                measure = a
            elif alike_measures(a, b):
                measure = Measure("ratio")
                divisors = [None if n is None or n < 0 else n for n in divisors]
            else:
                return None
            return Computed(measure, _each(compute, one.numbers, divisors))
        case _:
            if not alike_measures(a, b):
                return None
            kinds = {a.type, b.type}
            measure = replace(a, type=a.type if len(kinds) == 1 else "percent" if "percent" in kinds else "number")
            measure = _difference(measure) if isinstance(node, nodes.Sub) else measure
    return Computed(measure, _each(compute, one.numbers, two.numbers))


def _difference(measure: Measure) -> Measure:
    return replace(measure, type="points") if measure.type == "percent" else measure
