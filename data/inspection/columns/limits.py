"""Limits that a legend names, "$115.00 per hour or $239,200 per year", and the columns that each of them is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from data.inspection.columns.column import Column, Finding, Limit
from data.inspection.columns.numbers import read_number
from data.inspection.words.vocabulary import PERIODS, words_of

_AMOUNT = re.compile(r"(?:US)?[$€£]\s?\d[\d,.]*\d|\d[\d,]*\.?\d*\s?(?:%|percent\b|per cent\b)")
_EACH = re.compile(r"\s*(?:/|\b(?:per|an?|each|pro|par|por|je)\b)\s*(?P<word>[^\W\d_]+)", re.IGNORECASE)
_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)[^\w$€£]*$")
_BEHIND = re.compile(r"\s*(?P<word>[^\W\d_]+)")


def limits_in(words: str) -> tuple[Limit, ...]:
    """The amounts that words name, each with what it is counted by.

    >>> [(str(limit.value), limit.kind, limit.per) for limit in limits_in("$115.00 per hour or $239,200 per year")]
    [('115.00', 'money', 'hour'), ('239200', 'money', 'year')]
    """
    found: list[Limit] = []
    for amount in _AMOUNT.finditer(words):
        text = amount[0]
        number = read_number(re.sub(r"^US|\s?(?:%|percent|per cent)$", "", text))
        if number is None:
            continue
        share = not any(sign in text for sign in "$€£")
        each = _EACH.match(words, amount.end())
        near = [each, _BEHIND.match(words, amount.end()), _BEFORE.search(words, 0, amount.start())]
        per = next((period for one in near if one and (period := _period((one["word"],)))), "")
        end = each.end() if each and per else amount.end()
        found.append(Limit(words[amount.start() : end], number.value, "percent" if share else "money", per))
    return tuple(found)


def limit_for(
    column: Column, found: Finding, meaning: str, limits: Sequence[Limit], numbers: Iterable[Decimal]
) -> Limit | None:
    """The one limit that fits a column: of its kind and for its span of time, and no number lies beyond it.

    `numbers` are the column's own, in its unit. A column that does not say by what it counts gets a limit only where
    there is no choice.
    """
    kind = found.type if found.type in ("money", "percent") else ""
    per = _period(words_of(column.header)) or _period(words_of(column.description))
    values = list(numbers)
    fit = [limit for limit in limits if _is_of(limit, kind, per) and _bounds(limit, meaning, values)]
    clear = len({limit.value for limit in fit}) == 1
    return fit[0] if clear and (per or len(limits) == 1 or kind) else None


def _is_of(limit: Limit, kind: str, per: str) -> bool:
    """Whether a limit is one of a kind, for a span of time; "" where a column does not say it."""
    return (not kind or limit.kind == kind) and (not (limit.per and per) or limit.per == per)


def _bounds(limit: Limit, meaning: str, values: Iterable[Decimal]) -> bool:
    """Whether no value lies beyond a limit that means "at least" or "at most" this."""
    return all(value <= limit.value if meaning == "at least" else value >= limit.value for value in values)


def _period(words: Iterable[str]) -> str:
    """The span of time that words name; "" where they name none, or two."""
    found = {PERIODS[word.lower()] for word in words if word.lower() in PERIODS}
    return found.pop() if len(found) == 1 else ""
