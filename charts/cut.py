"""Rows that are left out: how many, in words, and whether that parts rows of one value."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from data.language.show import show
from data.language.words import words
from data.tables.table import Table
from data.tables.value import Measure, Value, alike


class Tie(NamedTuple):
    """Two rows with one value, of which only the first is shown."""

    shown: str
    left_out: str
    field: str
    """The field in which they are the same."""

    @property
    def said(self) -> tuple[str, str]:
        """What is wrong, and what to do."""
        message = f"'{self.shown}' is shown and '{self.left_out}' is not, and their '{self.field}' is the same."
        return message, "Show more rows or fewer, or say by where which ones are meant."


def tie_at(every: Table, count: int, field: str, named: str | None = None) -> Tie | None:
    """The tie that showing the first `count` rows cuts through, where `every` is sorted by `field`.

    Rows are called by the field `named`, else as the table calls them.
    """
    if not 0 < count < len(every):
        return None
    values = every.values(field)
    if values[count - 1].missing or not alike(values[count - 1], values[count]):
        return None
    rows = (count - 1, count)
    first, second = (every.row_name(i) if named is None else str(every.columns[named][i]) for i in rows)
    return Tie(first, second, field)


def cut_words(order: str, shown: int, every: int, language: str) -> str:
    """That only some rows are drawn, and which, such as "highest 10 of 98"; empty where all are.

    `order` is how they are sorted: "descending", "ascending", or "none" for rows that stand as they are.
    """
    which = {"descending": "highest of", "ascending": "lowest of"}.get(order, "first of")
    return _said(which, shown, every, language)


def shown_of(shown: int, every: int, language: str) -> str:
    """That only some rows are shown, such as "10 of 98"; empty where all are."""
    return _said("shown of", shown, every, language)


def part_of(number: int, count: int, language: str) -> str:
    """Which one it is of the parts of a chart that goes on over pages, such as "1 of 2"."""
    page, pages = (show(Value(Decimal(n), Measure("integer")), "rounded", language) for n in (number, count))
    return words(language)["page x of y"].format(page=page, pages=pages)


def _said(word: str, shown: int, every: int, language: str) -> str:
    if shown >= every:
        return ""
    counts = [show(Value(Decimal(count), Measure("integer")), "rounded", language) for count in (shown, every)]
    return words(language)[word].format(shown=counts[0], all=counts[1])
