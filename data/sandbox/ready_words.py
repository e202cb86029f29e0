"""Ready words behind a bar, `{{ t | ranking('salary') }}`: what they are given, and in which language they answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context

from data.language.show import NumberStyle
from data.phrases.about import about
from data.phrases.between import between, ends
from data.phrases.compared import compared
from data.phrases.listed import listed
from data.phrases.phrase import Phrase, capital, plain_value
from data.phrases.plural import FORMS, plural
from data.phrases.ranking import ranking
from data.phrases.trend import trend
from data.sandbox.filters import Styled, computed
from data.tables.refusals import UnitError
from data.tables.table import Row, Table
from data.tables.value import Interval, Value


def _language(context: Context) -> str:
    """The language in which a template answers: that of the tables that it sees, else that of its document."""
    for value in context.parent.values():
        if isinstance(value, Table | Row):
            return value.language if isinstance(value, Table) else value.table.language
    return str(getattr(context.environment, "language"))  # noqa: B009  # Jinja2 knows nothing of ours


def _known(given: object) -> None:
    if isinstance(given, StrictUndefined):
        str(given)  # says which name is not known


def _table(given: object, word: str) -> Table:
    _known(given)
    if not isinstance(given, Table):
        raise UnitError(
            f"'{word}' asks a whole table",
            f"Write it behind a table or some of its rows: t.where('n > 5') | {word}('n').",
        )
    return given


def _name(table: Table, name: object, word: str) -> str:
    said = name.content if isinstance(name, Value) else name
    if not isinstance(said, str):
        raise UnitError(
            f"'{word}' takes the name of a field, in quotation marks",
            f"Write {table.name} | {word}('{table.fields[-1].name}').",
        )
    return table.field(said).name


def _whole(number: object, what: str) -> int:
    if isinstance(number, Value):
        number = number.number
    if isinstance(number, bool) or not isinstance(number, int | Decimal) or number != int(number):
        raise UnitError(f"'{what}' takes a whole number", f"Write {what}=3.")
    return int(number)


def _switch(given: object, what: str) -> bool:
    if not isinstance(given, bool):
        raise UnitError(f"'{what}' is true or false", f"Write {what}=true.")
    return given


def _ranking(
    given: object, name: object = None, lowest: object = False, top: object = 1, following: object = True
) -> Phrase:
    table = _table(given, "ranking")
    field, following = _name(table, name, "ranking"), _switch(following, "following")
    return ranking(table, field, _switch(lowest, "lowest"), _whole(top, "top"), following)


def _listed(given: object, name: object = None, joining: object = "and", **forms: object) -> Phrase:
    table = _table(given, "listed")
    if joining not in ("and", "or"):
        raise UnitError("a list ends in 'and' or in 'or'", f"Write {table.name} | listed('{name}', 'or').")
    said = _forms(forms, "listed", f"{table.name} | listed('{name}', one='has', other='have')") if forms else None
    return listed(table, _name(table, name, "listed"), "or" if joining == "or" else "and", said)


@pass_context
def _plural(
    context: Context, given: object, one: object = None, other: object = None, number: object = True, **forms: object
) -> Phrase:
    value, style = _styled(given, "plural")
    said = _forms({"one": one, "other": other, **forms}, "plural", "{{ n | plural('job', 'jobs') }}")
    return plural(value, style, _language(context), said, _switch(number, "number"))


def _forms(given: Mapping[str, object], word: str, example: str) -> dict[str, str]:
    """The forms of a word, by their categories: one and other at least."""
    wrong = [name for name in given if name not in FORMS]
    if wrong:
        raise UnitError(f"'{wrong[0]}' is no form of a plural", f"Write one of {', '.join(FORMS)}.")
    said = {"one": None, "other": None, **given}
    words = {name: form.content if isinstance(form, Value) else form for name, form in said.items()}
    texts = {name: form for name, form in words.items() if isinstance(form, str)}
    if len(texts) < len(words):
        raise UnitError(f"'{word}' takes words in quotation marks", f"Write {example}.")
    return texts


def _styled(given: object, word: str) -> tuple[Value, NumberStyle]:
    """One value and how it is shown."""
    style: NumberStyle = "rounded"
    _known(given)
    if isinstance(given, Styled):
        given, style = given.value, given.style
    if isinstance(given, int | float | Decimal) and not isinstance(given, bool):
        given = computed(given)
    if not isinstance(given, Value):
        raise UnitError(f"'{word}' takes one value", f"Write it behind one: t.first.n | {word}.")
    return given, style


def _trend(given: object, name: object = None, plural: object = False) -> Phrase:
    table = _table(given, "trend")
    return trend(table, _name(table, name, "trend"), _switch(plural, "plural"))


@pass_context
def _between(context: Context, given: object, name: object = None) -> Phrase:
    if isinstance(given, Interval) and name is None:
        return ends(given, _language(context))
    table = _table(given, "between")
    return between(table, _name(table, name, "between"))


@pass_context
def _compared(context: Context, given: object, other: object = None) -> Phrase:
    _known(given)
    _known(other)
    if not isinstance(given, Value) or not isinstance(other, Value):
        raise UnitError("'compared' takes two values of tables", "Write {{ a.n | compared(b.n) }}.")
    return compared(given, other, _language(context))


@pass_context
def _about(context: Context, given: object) -> Phrase:
    return about(_styled(given, "about")[0], _language(context))


@pass_context
def _capital(context: Context, given: object) -> Phrase:
    if isinstance(given, Styled) and given.style == "words":
        given = plain_value(given.value, "words")
    if not isinstance(given, Phrase):
        raise UnitError(
            "'capital' begins a sentence with a ready word, or with a number in words",
            "Write t | ranking('n') | capital, or t.count | words | capital.",
        )
    return capital(given, _language(context))


READY_WORDS: dict[str, Callable[..., Any]] = {
    "about": _about,
    "between": _between,
    "capital": _capital,
    "compared": _compared,
    "listed": _listed,
    "plural": _plural,
    "ranking": _ranking,
    "trend": _trend,
}
