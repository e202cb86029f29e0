"""What a condition says of every row at once, where it compares fields with numbers and words that stand in it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeGuard

from jinja2 import nodes

from data.effort import spend
from data.item import ROW
from data.tables.computed_columns import computed, constant
from data.tables.marks import Content, Marked
from data.tables.typed_words import out_of_order
from data.tables.value import NUMERIC, Value, alike_measures, one_spaced

if TYPE_CHECKING:
    from data.tables.table import Field, Row, Table

OPEN = 2
"""What is said of a row that has to be looked at by itself: a value is missing there, or only a limit is known, or the
comparison is none that columns are compared by. Else a row has False or True, which are 0 and 1."""
_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "lteq": operator.le, "gt": operator.gt,
    "gteq": operator.ge,
}  # fmt: skip
_TURNED = {"eq": "eq", "ne": "ne", "lt": "gt", "lteq": "gteq", "gt": "lt", "gteq": "lteq"}
"""A comparison with its sides exchanged."""
_AND = (0, 0, 0, 0, 1, OPEN, OPEN, OPEN, OPEN)
_OR = (0, 1, OPEN, 1, 1, 1, OPEN, OPEN, OPEN)
"""What two verdicts are together, by three times the first and the second: where the first decides it, the second is
not looked at, and where the first is open, so is all."""

Verdicts = Sequence[int]


def verdicts(condition: nodes.Node, table: Table, row: Row | None = None) -> Verdicts:
    """False, True or `OPEN` for each row of the table; `row` is the one that a document of a batch is about."""
    match condition:
        case nodes.And():
            return _together(_AND, verdicts(condition.left, table, row), verdicts(condition.right, table, row))
        case nodes.Or():
            return _together(_OR, verdicts(condition.left, table, row), verdicts(condition.right, table, row))
        case nodes.Not():
            return [(1, 0, OPEN)[one] for one in verdicts(condition.node, table, row)]
        case nodes.Compare():
            left, found = condition.expr, None
            for operand in condition.ops:  # a < b < c is a < b and b < c
                more = _with_row(left, operand.op, operand.expr, table, row)
                found = more if found is None else _together(_AND, found, more)
                left = operand.expr
            return found or [OPEN] * len(table)
        case _:
            return [OPEN] * len(table)


def _together(both: tuple[int, ...], one: Verdicts, other: Verdicts) -> Verdicts:
    return [both[3 * a + b] for a, b in zip(one, other, strict=True)]


def _with_row(left: nodes.Expr, said: str, right: nodes.Expr, table: Table, row: Row | None) -> Verdicts:
    """One comparison, in which a value of the batch's row counts as the word or number that it is.

    Open where the value is missing, only a limit, or in another unit than the field: then the values themselves say
    what is wrong.
    """
    if row is None or not (asks_of_row(left) or asks_of_row(right)):
        return _compared(left, said, right, table)
    if not isinstance(left, nodes.Name):
        left, said, right = right, _TURNED.get(said, ""), left
    field = table.fields_by_name.get(left.name) if isinstance(left, nodes.Name) else None
    if field is None or said not in _TESTS or not isinstance(right, nodes.Getattr):
        return [OPEN] * len(table)
    value = row[right.attr]
    if not isinstance(value, Value) or value.mark is not None:
        return [OPEN] * len(table)
    content = value.content
    if isinstance(content, str) and field.measure.type == value.measure.type:
        return _with_one(field, said, content, table)
    if isinstance(content, Decimal) and not field.unit_field and alike_measures(field.measure, value.measure):
        return _with_one(field, said, content, table)
    return [OPEN] * len(table)


def asks_of_row(node: nodes.Expr) -> TypeGuard[nodes.Getattr]:
    """Whether this is a value of the batch's row."""
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == ROW


def _compared(left: nodes.Expr, said: str, right: nodes.Expr, table: Table) -> Verdicts:
    """One comparison."""
    if isinstance(right, nodes.Name) and not isinstance(left, nodes.Name):
        left, said, right = right, _TURNED.get(said, ""), left
    field = table.fields_by_name.get(left.name) if isinstance(left, nodes.Name) else None
    if field is not None and field.measure.type not in ("list", "range"):
        if isinstance(right, nodes.Name):
            other = table.fields_by_name.get(right.name)
            return _two_fields(field, said, other, table) if other is not None else [OPEN] * len(table)
        words = _constants(right)
        if words is not None and said in ("in", "notin") and isinstance(right, nodes.List | nodes.Tuple):
            return _among(field, words, said == "in", table)
        if words is not None and said in _TESTS and not isinstance(right, nodes.List | nodes.Tuple):
            return _with_one(field, said, words[0], table)
    return _computed(left, said, right, table) if said in _TESTS else [OPEN] * len(table)


def _computed(left: nodes.Expr, said: str, right: nodes.Expr, table: Table) -> Verdicts:
    """A comparison of which at least one side is computed from fields."""
    if constant(left) is not None:
        left, said, right = right, _TURNED[said], left
    one, number, test = computed(left, table), constant(right), _TESTS[said]
    if one is not None and number is not None:
        return [OPEN if a is None else test(a, number) for a in one.numbers]
    two = computed(right, table) if one is not None else None
    if one is None or two is None or not alike_measures(one.measure, two.measure):
        return [OPEN] * len(table)
    return [OPEN if a is None or b is None else test(a, b) for a, b in zip(one.numbers, two.numbers, strict=True)]


def _constants(node: nodes.Expr) -> list[Decimal | str | None] | None:
    """The numbers and words that an expression lists; None where it holds anything else."""
    if isinstance(node, nodes.List | nodes.Tuple):
        each = [_constants(item) for item in node.items]
        lists = any(isinstance(item, nodes.List | nodes.Tuple) for item in node.items)
        return None if lists or None in each else [item for one in each if one is not None for item in one]
    value: object = node.value if isinstance(node, nodes.Const) else False
    if value is None or isinstance(value, str):
        return [value]
    number = constant(node)
    return None if number is None else [number]


def _with_one(field: Field, said: str, wanted: Decimal | str | None, table: Table) -> Verdicts:
    """A field compared with one number or word, or with None."""
    column, test = table.columns[field.name], _TESTS[said]
    if wanted is None:
        if said not in ("eq", "ne"):
            return [OPEN] * len(column)
        return [_missing(content) == (said == "eq") for content in column]
    gap = {"eq": 0, "ne": 1}.get(said, OPEN)
    if isinstance(wanted, Decimal):
        if set(map(type, column)) == {Decimal}:
            return list(map(test, column, repeat(wanted)))
        return [
            test(content, wanted) if isinstance(content, Decimal | int) else _gap(content, gap) for content in column
        ]
    levels = field.measure.levels
    if field.measure.type == "level" and wanted in levels:
        rank = levels.index(wanted)
        known = {level: test(levels.index(level), rank) for level in levels}
    else:
        spaced = one_spaced(wanted)
        known = {word: test(word, spaced) for word in set(column) if isinstance(word, str)}
        if said not in ("eq", "ne"):
            after = said in ("gt", "lteq")
            known = {w: OPEN if out_of_order(w, field.measure, wanted, after) else known[w] for w in known}
    return _by_word(column, known, gap)


def _among(field: Field, words: Sequence[Decimal | str | None], inside: bool, table: Table) -> Verdicts:
    """Whether a field's content is one of several numbers or words."""
    column, gap = table.columns[field.name], int(not inside)
    spend(len(words) * len(column))
    if words and all(isinstance(word, Decimal) for word in words):
        numbers = set(words)
        return [
            (content in numbers) == inside if isinstance(content, Decimal | int) else _gap(content, gap)
            for content in column
        ]
    if words and all(isinstance(word, str) for word in words):
        levels = field.measure.levels if field.measure.type == "level" else ()
        meant = {word if word in levels else one_spaced(str(word)) for word in words}
        known = {word: (word in meant) == inside for word in set(column) if isinstance(word, str)}
        if levels and not set(levels).issuperset(known):
            return [OPEN] * len(column)
        return _by_word(column, known, gap)
    return [OPEN] * len(column)


def _by_word(column: Sequence[Content], known: Mapping[str, bool], gap: int) -> Verdicts:
    return [known.get(content, OPEN) if isinstance(content, str) else _gap(content, gap) for content in column]


def _two_fields(field: Field, said: str, other: Field, table: Table) -> Verdicts:
    """Two fields of numbers in one unit, row by row."""
    one, two = field.measure, other.measure
    alike = one.type == two.type and one.type in NUMERIC and one.unit == two.unit
    if said not in _TESTS or not alike or field.unit_field or other.unit_field:
        return [OPEN] * len(table)
    test = _TESTS[said]
    return [
        test(a, b) if isinstance(a, Decimal) and isinstance(b, Decimal) else OPEN
        for a, b in zip(table.columns[field.name], table.columns[other.name], strict=True)
    ]


def _missing(content: Content) -> bool:
    return content is None or (isinstance(content, Marked) and content.content is None)


def _gap(content: Content, missing: int) -> int:
    """The verdict on what is neither a number nor a word that is asked for: known only where nothing stands there."""
    return missing if _missing(content) else OPEN


def named(condition: nodes.Node) -> frozenset[str]:
    """The names in a condition."""
    names = [condition] if isinstance(condition, nodes.Name) else condition.find_all(nodes.Name)
    return frozenset(one.name for one in names)
