"""What is known of a whole table when its columns are looked at: from the lines around it, and from all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from data.inspection.columns.column import Column, Context
from data.inspection.columns.marks import legend_in, meanings_in
from data.inspection.columns.numbers import read_number
from data.inspection.surroundings.about import About
from data.inspection.surroundings.measures import currency_of, scaled_money
from data.inspection.words.setting import shortened
from data.inspection.words.vocabulary import (
    COUNT_WORDS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    MILLIONS,
    PERCENT_WORDS,
    THOUSANDS,
    words_of,
)

_OF_MONEY = re.compile(
    r"(?:dollars?|euros?|pounds?|[$€£]|usd|eur|gbp)\s+(?:amounts\s+)?in\s+(?:thousands|millions)|"
    r"(?:thousands?|millions?) of (?:\w+ )?(?:dollars?|euros?|pounds?|francs?)|"
    r"in (?:thousands?|millions?|tausend|mio\.?|millionen|milliers|millones) (?:of )?(?:us )?"
    r"(?:dollars?|euros?|[$€£]|usd|eur|gbp|d'euros|de euros)",
    re.IGNORECASE,
)
_LONGEST = 40
"""Characters of a text that says what is counted."""


class _Scale(Struct, frozen=True):
    """In what the numbers are counted that the lines speak of: thousands or millions."""

    multiply: int = 1
    line: str = ""
    """The line that says so."""

    @property
    def reason(self) -> str:
        return f"The file says '{_around(self.line)}'." if self.line else ""


def context(columns: Sequence[Column], said: About, others: Sequence[str], decimal: str) -> Context:
    """What is known about the whole table; `others` are lines of the workbook's other sheets."""
    lines = (*said.lines, *others)
    unit, reason = _currency(lines)
    measure = said.measure.words if said.measure else ""
    scale = _scale(said.lines)
    measured = currency_of(measure) or scaled_money(scale.line)
    legend, words = legend_in(lines), meanings_in(lines)
    return Context(
        decimal=decimal,
        title=said.title.words if said.title else "",
        measure=measure,
        measured_in=measured,
        currency=unit,
        currency_reason=reason,
        currency_column=next((column.header for column in columns if _codes_of_currencies(column)), ""),
        multiply=scale.multiply,
        multiply_kind="money" if _OF_MONEY.search(scale.line) or measured else "count",
        multiply_reason=scale.reason,
        mixed=next((column.header for column in columns if _says_what_is_counted(column)), ""),
        legend=legend,
        words={code: meaning for code, meaning in words.items() if code not in legend},
        currency_line=reason,
        percentages=any(_over_one(column, decimal) for column in columns),
    )


def _scale(lines: Sequence[str]) -> _Scale:
    """The scale of which the first line speaks that speaks of one: of thousands before millions."""
    for multiply, words in ((1000, THOUSANDS), (1_000_000, MILLIONS)):
        for line in lines:
            if words.search(line):
                return _Scale(multiply, line)
    return _Scale()


def _currency(lines: Iterable[str]) -> tuple[str, str]:
    """The only currency that the lines name, and where."""
    found: dict[str, str] = {}
    signs = sorted(CURRENCY_SIGNS, key=len, reverse=True)
    for line in lines:
        sign = next((sign for sign in signs if sign in line and not sign.isalpha()), "")
        if sign:
            found.setdefault(CURRENCY_SIGNS[sign], line)
        for word in words_of(line):
            if word in CURRENCY_WORDS and word not in ("pound", "pounds"):
                found.setdefault(CURRENCY_WORDS[word], line)
    if len(found) != 1:
        return "", ""
    unit, line = next(iter(found.items()))
    return unit, f"the file speaks of {unit}: '{shortened(line)}'"


def _around(line: str) -> str:
    """The words of a line that speak of thousands or millions, and what stands with them in brackets."""
    found = THOUSANDS.search(line) or MILLIONS.search(line)
    if found is None:
        return shortened(line)
    bracket = next((b for b in re.finditer(r"\([^()]*\)", line) if b.start() <= found.start() < b.end()), None)
    return bracket[0].strip("()") if bracket else found[0].strip("()")


def _over_one(column: Column, decimal: str) -> bool:
    """Whether a column under a percent sign has numbers over 1: fractions of its neighbours would not."""
    if not ("%" in column.header or column.words & PERCENT_WORDS):
        return False
    return any(abs(number.value) > 1 for number in column.numbers(decimal).values())


def _codes_of_currencies(column: Column) -> bool:
    values = column.values
    if not values or any(len(text) != 3 or not text.isupper() for text in values):
        return False
    known = sum(text in CURRENCY_CODES for text in values)
    named = bool(column.words & {"currency", "currencies", "währung", "devise", "moneda", "ccy"})
    return known == len(values) or (named and known * 2 >= len(values))


def _says_what_is_counted(column: Column) -> bool:
    """Whether a column says in each row if it holds counts or percentages."""
    if not 2 <= len(column.values) <= 8 or column.filled < column.rows or max(map(len, column.values)) > _LONGEST:
        return False
    if any(read_number(text, mark) for text in column.values for mark in (".", ",")):
        return False
    said = [set(words_of(text)) for text in column.values]
    return any(words & PERCENT_WORDS for words in said) and any(
        words & (COUNT_WORDS | {"numbers"}) and not words & PERCENT_WORDS for words in said
    )
