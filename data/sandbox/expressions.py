"""Claims, conditions, titles and computed fields: single expressions over tables and rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from data.effort import blamed, spend, within_reason
from data.errors import Place, ProjectError
from data.sandbox.explained import EXPRESSION_ERRORS, explain
from data.sandbox.placeholders import Sentence, split_tokens
from data.sandbox.sandbox import CALL, Sandbox, filtered
from data.sandbox.table_words import TESTS
from data.tables.by_column import named
from data.tables.table import Row, Table
from data.tables.value import MissingError


@cache
def _compiled(expression: str) -> Callable[..., object]:
    return Sandbox().compile_expression(expression, undefined_to_none=False)


@within_reason
def evaluate(expression: str, names: Mapping[str, object], place: Place, what: str = "expression") -> object:
    """The value of an expression over tables and, for filters, a row's fields.

    Raises ProjectError at `place`, with the nearest right name for one that is not known, and MissingError where
    the data lack a value that the expression needs.
    """
    try:
        spend(CALL)
        result = _compiled(expression)(**names)
        if isinstance(result, StrictUndefined):
            str(result)
    except MissingError:
        raise
    except EXPRESSION_ERRORS as error:
        message, remedy = explain(error, names)
        raise blamed(ProjectError.at(place, f"in the {what} '{expression}': {message}", remedy)) from None
    return result


def row_names(row: Row, expression: str | None = None) -> dict[str, object]:
    """A row's fields by name, for a computed field; only those that an expression names, where it names no others."""
    asked = names_in(expression) if expression is not None else frozenset[str]()
    known = row.table.fields_by_name
    return {name: row[name] for name in (asked if asked and asked <= known.keys() else known)}


@cache
def names_in(expression: str) -> frozenset[str]:
    """The names that an expression asks for; none of one that cannot be read."""
    try:
        return named(Parser(Sandbox(), expression, state="variable").parse_expression())
    except TemplateSyntaxError:
        return frozenset()  # what is wrong with it is said where it is worked out


@within_reason
def rows_where(table: Table, condition: str, place: Place, batch: Row | None = None) -> Table:
    """`filtered`, for a setting that stands at `place`; ProjectError for what fails, and where no row is left."""
    try:
        found = filtered(table, condition, batch)
    except EXPRESSION_ERRORS as error:
        message, remedy = explain(error, {f.name: f for f in table.fields})
        raise blamed(ProjectError.at(place, f"in the condition '{condition}': {message}", remedy)) from None
    if not len(found):
        raise ProjectError.at(
            place, f"no row of '{table.name}' fulfils '{condition}'.", "Loosen the condition, or check its names."
        )
    return found


def _tests_nothing(expression: nodes.Node) -> bool:
    """Whether a test, or a part of it that `and`, `or`, `not` or `if` joins, is the same whatever the data say."""
    match expression:
        case nodes.And() | nodes.Or():
            return _tests_nothing(expression.left) or _tests_nothing(expression.right)
        case nodes.Not():
            return _tests_nothing(expression.node)
        case nodes.CondExpr():
            parts = (expression.test, expression.expr1, expression.expr2)
            return any(part is not None and _tests_nothing(part) for part in parts)
        case nodes.Compare() if any(expression.expr == operand.expr for operand in expression.ops):
            return True
        case nodes.Call(node=nodes.Getattr(attr="all" | "none"), args=[nodes.Const(value=str(condition))]):
            return _is_empty_test(condition)
        case nodes.Test() if expression.args and expression.node == expression.args[0]:
            return True
        case nodes.Test() if expression.name not in _COMPARING:
            return True  # "is defined", "is number": of tables and values always the same
        case _:
            return not isinstance(expression, nodes.Name) and expression.find(nodes.Name) is None


_COMPARING = (
    "eq", "equalto", "ne", "gt", "greaterthan", "ge", "lt", "lessthan", "le", "in", "==", "!=", ">", ">=", "<", "<=",
    *TESTS,
)  # fmt: skip


@cache
def _is_empty_test(claim: str) -> bool:
    return _tests_nothing(Parser(Sandbox(), claim, state="variable").parse_expression())


def holds(claim: str, names: Mapping[str, object], place: Place) -> bool:
    """Whether a claim's test is true of the data. A test that is neither true nor false is a mistake, and so is one
    that is true or false whatever the data say."""
    if not claim.strip():
        raise ProjectError.at(place, "the test of the claim is empty.", "Write one, or delete holds.")
    try:
        result = evaluate(claim, names, place, "test")
    except MissingError as error:
        message, remedy = explain(error, names)
        raise blamed(ProjectError.at(place, f"in the test '{claim}': {message}", remedy)) from None
    remedy = "Compare something of the data: average_salary.first.salary > 100000."
    if not isinstance(result, bool):
        raise ProjectError.at(place, f"the test '{claim}' is not true or false.", remedy)
    if _is_empty_test(claim):
        said = f"the test '{claim}', or a part of it, is the same whatever the data say: it tests nothing."
        raise ProjectError.at(place, said, remedy)
    return result


@within_reason
def sentence(text: str, names: Mapping[str, object], place: Place) -> Sentence:
    """A title or label with its placeholders bound to the data."""
    sandbox = Sandbox()
    try:
        spend(CALL + len(text))
        rendered = sandbox.from_string(text).render(names)
    except EXPRESSION_ERRORS as error:
        message, remedy = explain(error, names)
        raise blamed(ProjectError.at(place, f"in '{text}': {message}", remedy)) from None
    return split_tokens(rendered, sandbox.placeholders)
