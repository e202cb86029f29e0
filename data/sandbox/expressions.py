"""Claims, conditions, titles and computed fields: single expressions over tables and rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.parser import Parser

from data.effort import blamed, spend, within_reason
from data.errors import Place, ProjectError
from data.sandbox.claimed import Claimed, note
from data.sandbox.denied import denied_claims
from data.sandbox.empty_tests import COMPARE, TESTS_NOTHING, is_empty
from data.sandbox.explained import EXPRESSION_ERRORS, explain
from data.sandbox.placeholders import Sentence, split_tokens
from data.sandbox.sandbox import CALL, DEFAULT_LANGUAGE, Sandbox, filtered, worked_out
from data.tables.by_column import named
from data.tables.table import Row, Table
from data.tables.value import MissingError
from data.variables import SET


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
    asked = names_in(expression) - {SET} if expression is not None else frozenset[str]()
    known = row.table.fields_by_name
    names: dict[str, object] = {name: row[name] for name in (asked if asked and asked <= known.keys() else known)}
    return names if row.table.variables is None else {**names, SET: row.table.variables}


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


@cache
def _is_empty_test(claim: str) -> bool:
    return is_empty(Parser(Sandbox(), claim, state="variable").parse_expression())


def tried(test: str, names: Mapping[str, object], place: Place, language: str) -> Claimed:
    """A claim's test, made of the data and kept account of; raises as `holds` does."""
    made = _made(test, names, place, language)
    note([made])
    return made


def holds(test: str, names: Mapping[str, object], place: Place) -> bool:
    """Whether a claim's test is true of the data. A test that is neither true nor false is a mistake, and so is one
    that is true or false whatever the data say."""
    return _made(test, names, place, DEFAULT_LANGUAGE).true


@within_reason
def _made(test: str, names: Mapping[str, object], place: Place, language: str) -> Claimed:
    if not test.strip():
        raise ProjectError.at(place, "the test of the claim is empty.", "Write one, or delete holds.")
    try:
        spend(CALL)
        result, values = worked_out(test, names, language)
    except EXPRESSION_ERRORS as error:
        message, remedy = explain(error, names)
        raise blamed(ProjectError.at(place, f"in the test '{test}': {message}", remedy)) from None
    if not isinstance(result, bool):
        raise ProjectError.at(place, f"the test '{test}' is not true or false.", COMPARE)
    if _is_empty_test(test):
        raise ProjectError.at(place, TESTS_NOTHING.format(test=test), COMPARE)
    return Claimed(test, result, values)


@within_reason
def sentence(text: str, names: Mapping[str, object], place: Place, language: str = DEFAULT_LANGUAGE) -> Sentence:
    """A title or label with its placeholders bound to the data, and its claims tested.

    Raises ProjectError with a `FalseClaim` for each that the data deny and that has no other words.
    """
    sandbox = Sandbox(language=language)
    try:
        spend(CALL + len(text))
        rendered = sandbox.from_string(text).render(names)
    except EXPRESSION_ERRORS as error:
        message, remedy = explain(error, names)
        raise blamed(ProjectError.at(place, f"in '{text}': {message}", remedy)) from None
    note(sandbox.claims.tested)
    if denied := denied_claims(sandbox, rendered, lambda _: place):
        raise ProjectError(denied)
    return split_tokens(rendered, sandbox.placeholders)
