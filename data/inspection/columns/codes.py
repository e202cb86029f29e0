"""Numbers that are names of things, by their digits as much as by their header: "No" may count those who said so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from data.inspection.columns.column import Column
from data.inspection.columns.numbers import Number
from data.inspection.words.vocabulary import (
    CODE_WORDS,
    COUNT_WORDS,
    MONEY_WORDS,
    PERCENT_WORDS,
    RATE_WORDS,
    TELEPHONE_WORDS,
    YEAR_WORDS,
    words_in,
    words_of,
)

_LEAST = {
    **dict.fromkeys(TELEPHONE_WORDS, 6),
    **dict.fromkeys(("zip", "zipcode", "plz", "postleitzahl", "postcode"), 3),
    **dict.fromkeys(words_in("nif dni cif nip bsn avs ahv ein siren siret duns isbn issn unitid ukprn opeid"), 6),
    **dict.fromkeys(("rome", "nace", "ror", "lei", "cod", "kod", "doi", "uai"), 3),
}
"""Words that are common ones, too → how many digits such a code has at least."""
_ORDINALS = words_in("no nr")
_MEASURES = YEAR_WORDS | words_in(
    "hours days weeks months stunden tage monate wochen heures jours mois horas días meses"
)
_ENDING = re.compile(r"[a-z]code$|^ukprn$")
_WIDE = 3
"""Digits from which codes of one length are no chance."""
_LONG = 8
"""Digits from which numbers of one length may well be codes, however few they are."""
_MANY = 20
"""Rows in which numbers that are all different are no chance."""


class Code(Struct, frozen=True):
    """Whether a column under such a header holds codes, and why."""

    is_one: bool
    reason: str
    guess: bool


def code_in(column: Column, numbers: Mapping[str, Number], marks: Sequence[str]) -> Code | None:
    """What the digits of a column show, where they or its header could be those of a code; None where neither could."""
    if not all(map(_is_bare, numbers.values())):
        return None
    padded = next((text for text, number in numbers.items() if number.padded), "")
    if padded:
        return Code(True, f"'{padded}' begins with a zero: a code, not a number.", False)
    if any(n.group or n.value < 0 for n in numbers.values()):
        return None
    words = words_of(column.header)
    named = [word for word in words if word in CODE_WORDS or _ENDING.search(word)]
    if named and not set(words) & (MONEY_WORDS | RATE_WORDS | PERCENT_WORDS):
        return _named(column, numbers, words, named)
    return _unnamed(column, numbers, marks, words)


def _is_bare(number: Number) -> bool:
    """Whether a number is whole, and nothing with it says what it counts."""
    return number.whole and not (number.currency or number.percent or number.exponent)


def _named(column: Column, numbers: Mapping[str, Number], words: tuple[str, ...], named: Sequence[str]) -> Code:
    """What a column holds whose header has a word for codes: digits of one length, names of rows, or counts."""
    widths = {len(text) for text in numbers}
    known = [word for word in named if min(widths) >= _LEAST.get(word, 1)]
    quoted = f"'{column.header}'"
    counts = Code(False, f"{quoted} could name a code, and its numbers count: they are of any length.", True)
    if not known or _counting(words, known[0]) or set(words) & _MEASURES:
        return counts
    if set(known) <= _ORDINALS:
        said = f"{quoted} numbers the rows: each has another one, never added up."
        return Code(True, said, not _runs(numbers)) if _numbers_rows(column, numbers) else counts
    ends = _last_word(words) in known
    regular = _is_regular(column, numbers, ends and len(words) > 1)
    if not regular and (not ends or words == ("id",)):
        return counts
    said = f"{quoted} is a code: never added up, no thousands separators."
    return Code(True, said, not (regular or len(widths) == 1))


def _last_word(words: Sequence[str]) -> str:
    """The last word of a header that is no number: it says what the whole is."""
    return next((word for word in reversed(words) if not word.isdigit()), "")


def _numbers_rows(column: Column, numbers: Mapping[str, Number]) -> bool:
    """Whether each row has another number, in the first column or of one length."""
    widths = {len(text) for text in numbers}
    return _all_different(column, numbers) and (column.index == 0 or (len(widths) == 1 and min(widths) > _WIDE))


def _is_regular(column: Column, numbers: Mapping[str, Number], called: bool) -> bool:
    """Whether digits look like codes: of one length that is no chance, or another one in each row of the first column
    or of one that is `called` a code."""
    widths = {len(text) for text in numbers}
    fixed = len(widths) == 1 and min(widths) >= _WIDE
    return fixed or (_all_different(column, numbers) and (column.index == 0 or called))


def _unnamed(
    column: Column, numbers: Mapping[str, Number], marks: Sequence[str], words: tuple[str, ...]
) -> Code | None:
    """Numbers that are codes for all that their header says, or may well be."""
    widths, counted = {len(text) for text in numbers}, set(words) & (COUNT_WORDS | MONEY_WORDS)
    width = min(widths) if len(widths) == 1 else 0
    if len(numbers) >= _MANY and _all_different(column, numbers):
        unknown = [text for text in marks if text.strip().lower() not in ("", "na", "n/a", "-")]
        if width >= _WIDE and unknown:
            return Code(True, f"Codes of {width} digits, each different, and '{unknown[0]}' among them.", True)
        if column.index == 0 and not (counted or set(words) & YEAR_WORDS or _runs(numbers)):
            said = "The first column, each number different: it numbers things that the other columns describe."
            return Code(True, said, True)
    if width >= _LONG and not counted:
        return Code(False, f"All have {width} digits: text, if they name something, as telephone numbers do.", True)
    return None


def _counting(words: tuple[str, ...], named: str) -> bool:
    """Whether a header counts ("number of ids", "nr of jobs") and names nothing."""
    return ("number" in words and named not in ("id", "code")) or "of" in words[words.index(named) + 1 :]


def _all_different(column: Column, numbers: Mapping[str, Number]) -> bool:
    return all(column.values[text] == 1 for text in numbers) and column.filled == column.rows > 1


def _runs(numbers: Mapping[str, Number]) -> bool:
    """Whether the numbers are 1, 2, 3, ... in order, as ranks are."""
    values = [number.value for number in numbers.values()]
    return values == [Decimal(n) for n in range(1, len(values) + 1)]
