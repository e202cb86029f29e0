"""Where a series went, as far as every step bears it out: "rose every year", "fell in two of three years"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from data.effort import spend
from data.language.show import NumberStyle
from data.language.words import number_words
from data.phrases.listed import in_a_row
from data.phrases.phrase import Phrase, plain_value, said
from data.phrases.rows import numbers_of
from data.phrases.spans import Unit, steps_of
from data.tables.differing import differ
from data.tables.refusals import MissingError
from data.tables.table import Table
from data.tables.value import Measure, Value

_EVERY: dict[Unit, str] = {
    "year": "every year", "quarter": "every quarter", "month": "every month", "day": "every day", "time": "every time",
}  # fmt: skip
_SOME: dict[Unit, str] = {
    "year": "of years", "quarter": "of quarters", "month": "of months", "day": "of days", "time": "of times",
}  # fmt: skip
_BUT: dict[Unit, str] = {"year": "every year but", "month": "every month but"}
_VERBS = {(1, False): "it rose", (-1, False): "it fell", (1, True): "they rose", (-1, True): "they fell"}
_ALSO = {
    (1, False): "and it rose", (-1, False): "and it fell", (1, True): "and they rose", (-1, True): "and they fell",
}  # fmt: skip
_STAYED = {
    (True, False): "it stayed", (True, True): "they stayed", (False, False): "it stayed dates",
    (False, True): "they stayed dates",
}  # fmt: skip
"""Keys of our words by number of the subject, and by direction or how the time is said."""
_YEARS = ("year", "academic year")
_SPOKEN = (*_YEARS, "month")
"""Times that take "from" and "to" in every language."""


def trend(table: Table, name: str, plural: bool = False) -> Phrase:
    """What a field did from each row to the next in time, to stand behind what is spoken of (`plural`: several things).

    A step within the margin of error is no rise and no fall. Up to a quarter of the steps are named as exceptions;
    where there are more, rises and falls are counted. Raises MissingError where a row has no value, a time is left out
    or comes twice, or nothing can be compared; UnitError for what is no number.
    """
    spend(4 * len(table))
    values = numbers_of(table, name)
    steps = steps_of(table)
    went = [_step(values[a], values[b]) for a, b in pairwise(steps.rows)]
    up, down = went.count(1), went.count(-1)
    cells = tuple(cell for value in values for cell in value.cells)
    language, spoken = table.language, steps.precision in _SPOKEN
    first, last = plain_value(steps.times[0]), plain_value(steps.times[-1])
    if not up and not down and any(value != values[0] for value in values):
        return _open(table, name, [values[row] for row in steps.rows], plural, first, last)
    if not up and not down:
        return said(_STAYED[spoken, plural], language, cells, first=first, last=last)
    sign, count = (1, up) if up >= down else (-1, down)
    verb = said(_VERBS[sign, plural], language, cells)
    if count == len(went) == 1:
        return said("trend" if spoken else "trend dates", language, verb=verb, first=first, last=last)
    if count == len(went):
        key = "trend throughout" if spoken else "trend throughout dates"
        return said(key, language, verb=verb, often=said(_EVERY[steps.unit], language), first=first, last=last)
    but = _BUT.get(steps.unit)
    if but and spoken and (len(went) - count) * 4 <= len(went):
        names = [plain_value(steps.times[i + 1]) for i, one in enumerate(went) if one != sign]
        often = said(but, language, names=in_a_row(names, language))
    else:
        also = _ALSO[-sign, plural] if up and down else ""
        often = _counted((count, len(went), min(up, down)), steps.unit, language, also)
    key = "trend with exceptions" if steps.precision in _YEARS else "trend with exceptions dates"
    return said(key, language, verb=verb, often=often, first=first, last=last)


def _step(earlier: Value, later: Value) -> int:
    """1 for a rise, -1 for a fall, 0 for neither."""
    if not differ(earlier, later):
        return 0
    return 1 if later > earlier else -1


def _open(table: Table, name: str, values: Sequence[Value], plural: bool, first: Phrase, last: Phrase) -> Phrase:
    """What is left to say where every step lies within the margin of error."""
    if any(differ(values[0], value) for value in values):
        raise MissingError(
            f"every step of '{name}' in '{table.name}' lies within the margin of error, and all together do not",
            remedy=f"Print how far it went: {{{{ {table.name}.change('{name}') }}}}.",
        )
    cells = tuple(cell for value in values for cell in value.cells)
    return said("they stayed within" if plural else "it stayed within", table.language, cells, first=first, last=last)


def _counted(numbers: tuple[int, int, int], unit: Unit, language: str, also: str) -> Phrase:
    """In how many of all steps it went one way, and in how many the other."""
    count, of_all, against = (_number(one, max(numbers), language) for one in numbers)
    often = said(_SOME[unit], language, count=count, all=of_all)
    return Phrase((*often.pieces, " ", *said(also, language, count=against).pieces)) if also else often


def _number(number: int, largest: int, language: str) -> Phrase:
    """A number of steps, in words where all of them are small."""
    style: NumberStyle = "words" if largest < len(number_words(language)) else "number"
    if number == 1 and style == "words":
        return said("one of them", language)  # in the case and gender of what is counted
    return plain_value(Value(Decimal(number), Measure("integer")), style)
