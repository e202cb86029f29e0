"""From where to where numbers lie, their unit said once: "between 41 and 52%"."""

from __future__ import annotations

from data.effort import spend
from data.phrases.listed import unit_once
from data.phrases.phrase import Phrase, plain_value, said
from data.phrases.rows import numbers_of
from data.tables.aggregate import compared
from data.tables.refusals import MissingError
from data.tables.table import Table
from data.tables.value import Interval


def between(table: Table, name: str) -> Phrase:
    """The lowest and the highest value of a field; MissingError where a row has none, and where all are one number."""
    spend(2 * len(table))
    values = numbers_of(table, name)
    low, high = (values[compared(values, sign)[0]] for sign in (-1, 1))
    if low == high:
        raise MissingError(
            f"every row of '{table.name}' has the same '{name}', and nothing lies between",
            remedy=f"Print it: {{{{ {table.name}.mean('{name}') }}}}.",
        )
    return ends(Interval(low, high), table.language)


def ends(interval: Interval, language: str) -> Phrase:
    """The two ends of a range; MissingError where one has no value, or both are one number."""
    low, high = interval.low, interval.high
    if low == high or high < low or not (low or high):
        raise MissingError(
            "the ends of this range leave nothing between them", remedy="Print one of them: .low or .high."
        )
    first, last = (plain_value(*one) for one in unit_once([low, high], language))
    return said("between", language, low=first, high=last)
