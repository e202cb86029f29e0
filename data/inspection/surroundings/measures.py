"""Lines that say in what the numbers of a table are counted: money, percentages, thousands."""

from __future__ import annotations

import re

from data.inspection.words.vocabulary import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    MILLIONS,
    PERCENT_WORDS,
    THOUSANDS,
    says_code,
    words_in,
    words_of,
)

_BEHIND = re.compile(r"[\s.]*(?:(?:of|de|di|US)\s+|d['’])*([^\W\d]+|[$€£¥₹])", re.IGNORECASE)
"""The word behind "in thousands": of what."""
_UNIT_WORDS = 5
_PERCENT_WORDS = 10
_AROUND_UNITS = words_in(
    """
    in of en em w v u в у i per pro par por month year monat jahr mois mes thousand thousands million millions tausend
    mio millionen milliers miles millones tys mln тыс тис млн current prices
    """
)
"""What may stand around a currency in a line that says nothing else."""


def currency_of(unit: str) -> str:
    """The currency that a unit names: "Thousand euro", "Mio. EUR"; "" where it names none."""
    words = words_of(unit)
    named = [CURRENCY_WORDS[word] for word in words if word in CURRENCY_WORDS]
    coded = [word.upper() for word in words if word.upper() in CURRENCY_CODES and says_code(unit, word)]
    signs = [code for sign, code in CURRENCY_SIGNS.items() if sign in unit and not sign.isalpha()]
    return next(iter((*coded, *named, *signs[-1:])), "")


def scaled_money(line: str) -> str:
    """The currency of which a line says that amounts are in thousands or millions of it: "in Tsd. Euro"; "" of none."""
    found = THOUSANDS.search(line) or MILLIONS.search(line)
    behind = _BEHIND.match(line, found.end()) if found else None
    return currency_of(behind[1]) if behind else ""


def begins_with_percent(line: str) -> bool:
    """Whether a line says that all numbers are percentages: "Percentage of graduates", "(у % до робочої сили)"."""
    words = words_of(line)
    start = 1 if words and words[0] in _AROUND_UNITS | {"as"} else 0
    return len(words) <= _PERCENT_WORDS and any(word in PERCENT_WORDS for word in words[start : start + 1])


def is_unit(line: str) -> bool:
    """Whether a line only says in what money the numbers are counted: "w zł", "(рублей)", "in thousands of euros"."""
    words = words_of(line)
    return (
        0 < len(words) <= _UNIT_WORDS
        and any(word in CURRENCY_WORDS for word in words)
        and all(word in CURRENCY_WORDS or word in _AROUND_UNITS for word in words)
    )
