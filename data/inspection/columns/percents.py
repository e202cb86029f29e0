"""Columns of percentages: whether 0.4 is 0.4 % or 40 %, where the file says it; else the choice is left open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from data.inspection.columns.column import Column, Context, Finding
from data.inspection.columns.numbers import Number
from data.inspection.words.setting import OPEN
from data.inspection.words.vocabulary import (
    CODE_WORDS,
    COUNTING_WORDS,
    MONEY_WORDS,
    NOT_PERCENT_WORDS,
    PERCENT_WORDS,
    RATE_WORDS,
    words_of,
)

_MOST_PERCENT = 1000
"""A number above this is no percentage only because the table says so of its numbers."""
_MOST_FORMATTED = 5
"""A number above this, 500 %, in cells formatted as percentages was typed without minding the format."""
_GAP = 20
"""How far apart fractions and percentages in one column are at least."""
_FEW = 4
_PART_OF = re.compile(r"\bparts? (?:de|des|du|d['’])", re.IGNORECASE)
_PRICE_RATE = re.compile(r"\b(?:hourly|daily|day|pay|wage|exchange|billing|room|tuition) rates?\b", re.IGNORECASE)
"""Rates that are amounts of money."""


def percent_in(
    column: Column, context: Context, numbers: Mapping[str, Number], marks: tuple[str, ...]
) -> Finding | None:
    """The column as percentages, where its cells, their format, its header or the table say that it is."""
    signed = _signed(numbers, marks)
    if signed is not None:
        return signed
    if column.format.startswith("percent"):
        return _formatted(column, numbers, marks)
    header = _called(column, context)
    told = set(words_of(header))
    values = [number.value for number in numbers.values()]
    low, high = min(values), max(values)
    explicit = "%" in header or bool(told & PERCENT_WORDS)
    if context.mixed and not told & PERCENT_WORDS:
        return None
    if not (explicit or _is_rate(header, low, high)) or any(number.currency for number in numbers.values()):
        return None
    clue = _clue(header, explicit)
    own = _is_own(column, clue)
    if not own and explicit and high > _MOST_PERCENT:
        return None
    said = f"'{clue}' in the {_where_said(own, context)}"
    return _scaled(numbers, marks, f"{said}, and numbers from {low} to {high}", explicit, context.percentages)


def _where_said(own: bool, context: Context) -> str:
    """What says that a column is in percent: its own header, or what is said of the whole table."""
    return "header" if own else "unit" if context.measure else "title"


def _is_own(column: Column, clue: str) -> bool:
    """Whether a column's own header or description says that it is in percent."""
    return not column.unnamed and (clue in words_of(f"{column.said} {column.description}") or "%" in column.said)


def _is_rate(header: str, low: Decimal, high: Decimal) -> bool:
    """Whether a header speaks of a rate that is a percentage, and numbers from `low` to `high` can be some.

    A ratio is one only as a fraction, or where it reaches 100.
    """
    told = set(words_of(header))
    if not (told & RATE_WORDS or _PART_OF.search(header)) or low < 0 or high > 100:
        return False
    if told & NOT_PERCENT_WORDS or _PRICE_RATE.search(header.replace("_", " ")):
        return False
    return told & RATE_WORDS != {"ratio"} or high <= 1 or high == 100


def _scaled(
    numbers: Mapping[str, Number], marks: tuple[str, ...], said: str, explicit: bool, percentages: bool
) -> Finding | None:
    """Percentages with the scale that their numbers show, or with the choice of it."""
    values = [number.value for number in numbers.values()]
    if max(map(abs, values)) <= 1:
        fractions = [number for number in numbers.values() if not number.whole]
        if explicit and percentages:
            reason = f"{said}: percentages, as in the other columns under a percent sign."
            return Finding("percent", {"scale": "percent"}, marks, (reason,), True)
        if not explicit and not fractions:
            return None
        precise = sum(number.decimals > 1 for number in fractions)
        if not explicit and not percentages and precise * 2 > len(fractions) > 0:
            reason = f"{said}: parts of 1."
            return Finding("percent", {"scale": "fraction"}, marks, (reason,), True)
        return _open(numbers, marks, f"{said} can be percentages or parts of 1.")
    small = _mixed(values)
    if small:
        reason = f"{said}: {small} seems to be a part of 1 among percentages. Correct such cells."
        choices = (f'scale = "percent"   (the cell {small} is refused, as below the minimum)',)
        return Finding("percent", {"scale": OPEN, "minimum": 1}, marks, (reason,), choices=choices)
    return Finding("percent", {}, marks, (f"{said}.",), not explicit)


def _mixed(values: Sequence[Decimal]) -> str:
    """The number that stands among percentages as a part of 1; "" where there is none: small percentages are usual."""
    small = [value for value in values if 0 < value <= 1]
    large = [value for value in values if value > 1]
    if not small or not large or len(values) < _FEW:
        return ""
    apart = min(large) >= _GAP * max(small)
    meant = all(min(large) / 2 <= 100 * value <= max(100, max(large)) for value in small)
    return str(small[0]) if apart and meant and any(value % 1 for value in small) else ""


def _open(numbers: Mapping[str, Number], marks: tuple[str, ...], reason: str) -> Finding:
    shown = max((number.value for number in numbers.values()), key=abs)
    choices = (
        f'scale = "percent"   ({shown} is {shown} %)',
        f'scale = "fraction"   ({shown} is {(shown * 100).normalize():f} %)',
    )
    return Finding("percent", {"scale": OPEN}, marks, (reason,), choices=choices)


def _formatted(column: Column, numbers: Mapping[str, Number], marks: tuple[str, ...]) -> Finding:
    """Cells that their format shows as percentages: 0.35 as 35%; or with a percent sign that only stands there."""
    values = [number.value for number in numbers.values()]
    if column.format == "percent sign":
        said = {"scale": "percent"} if max(map(abs, values)) <= 1 else {}  # which numbers so small do not show
        return Finding("percent", said, marks, ("The format of its cells writes a percent sign behind the number.",))
    if max(map(abs, values)) > _MOST_FORMATTED:
        large = max(values, key=abs)
        reason = f"Its cells are formatted as percentages, and {large} was typed as one. Correct such cells."
        choices = (f'scale = "fraction"   (the cell {large} is refused, as over the maximum)',)
        settings = {"scale": OPEN, "maximum": 100 * _MOST_FORMATTED}
        return Finding("percent", settings, marks, (reason,), choices=choices)
    some = column.format == "percent in some"
    reason = "Some of its cells are formatted as percentages." if some else "Its cells are formatted as percentages."
    return Finding("percent", {"scale": "fraction"}, marks, (reason,), some)


def _called(column: Column, context: Context) -> str:
    """What says what a column is about: its header; the unit of the table, or its title, where that is just a year."""
    said = f"{column.said} {column.description}"
    if column.unnamed or column.about_a_group:
        return context.measure or context.title
    other = set(words_of(said)) & (MONEY_WORDS | COUNTING_WORDS | NOT_PERCENT_WORDS | CODE_WORDS)
    return said if other else f"{said} {context.measure}"


def _signed(numbers: Mapping[str, Number], marks: tuple[str, ...]) -> Finding | None:
    """A column with percent signs; those that stand without may be fractions, or just lack the sign."""
    bare = {text: number.value for text, number in numbers.items() if not number.percent}
    if len(bare) == len(numbers):
        return None
    if not bare:
        return Finding("percent", {}, marks, ("Its cells have percent signs.",))
    said = "Some cells have percent signs"
    if all(abs(value) <= 1 for value in bare.values()) and any(value % 1 for value in bare.values()):
        reason = f"{said}, and the others are fractions: '{next(iter(bare))}'."
        return Finding("percent", {"scale": "fraction"}, marks, (reason,), True)
    if all(abs(value) <= 100 for value in bare.values()) or len(bare) * 2 <= len(numbers):
        reason = f"{said}; '{next(iter(bare))}' is taken for a percentage, too."
        return Finding("percent", {}, marks, (reason,), True)
    return None


def _clue(header: str, explicit: bool) -> str:
    wanted = PERCENT_WORDS if explicit else RATE_WORDS
    return next((word for word in words_of(header) if word in wanted), "%" if explicit else "part")
