"""Knows numbers that are dates, years and times of day, which are no data."""

from __future__ import annotations

import re

from data.language.typed_numbers.passage import Passage
from data.language.typed_numbers.tokens import DASHES

_JOINTS = DASHES | {"/"}
_DATE = re.compile(
    r"\d{4}-\d\d(?:-\d\d)?(?![\d,.]*\d)|\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)(?!\d)|\d{4}/\d\d?/\d\d?(?!\d)"
)
_GERMAN_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?!\d)")
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d(?:\s?[-–]\s?\d{1,2}[:.]\d\d)?(?=\s?(?:Uhr|h\b|am\b|pm\b|[ap]\.m))"
    r"|\d{1,2}:\d\d(?!\d)|(?:1?\d|2[0-4])\s?h\s?(?:\d\d)?\b"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?(?!\d)")
_FIRST, _LAST, _DAYS, _HOURS = 1900, 2100, 31, 24
_OF_MONTH = frozenset(("in", "last", "this", "each", "every", "next"))
"""What is before an English month whose day is not said: in May 35 employers came."""
_CHAIN = 6
"""Tokens between a day and its month: "3rd, 4th and 5th of May"."""


def is_time(passage: Passage, index: int) -> int | None:
    """The token behind a date, a year or a time of day that begins there."""
    token = passage.at(index)
    if token.kind != "number":
        return _spelled_hour(passage, index)
    for pattern in (_DATE, _CLOCK, _GERMAN_DATE) if passage.language[:2] == "de" else (_DATE, _CLOCK):
        if found := pattern.match(passage.text, token.start):
            return _behind(passage, index, found.end())
    return _beside_month(passage, index) or _year(passage, index) or _of_day(passage, index)


def _behind(passage: Passage, index: int, end: int) -> int:
    while passage.at(index).kind and passage.at(index).start < end:
        index += 1
    return index


def _beside_month(passage: Passage, index: int) -> int | None:
    """ "March 3–5, 2024", "3. und 4. März", "1er mars"."""
    words = passage.words
    if not passage.low(index).isdigit():
        return None
    before = index - 1
    for _ in range(_CHAIN):
        low = passage.low(before)
        day = passage.at(before).kind == "number" and low.isdigit() and int(low) <= _DAYS
        if not (low in (".", ",") or low in _JOINTS or day):
            break
        before -= 1
    if passage.low(before) in words.months and _is_name(passage, before):
        number, after = int(passage.low(index)), passage.low(before - 1)
        day = number <= _DAYS and passage.language[:2] == "en" and after not in _OF_MONTH
        return index + 1 if day or _FIRST <= number <= _LAST else None
    if int(passage.low(index)) > _DAYS:
        return None
    behind = index + 1
    for _ in range(_CHAIN):
        low = passage.low(behind)
        if low in words.months:
            return behind + 1 if _is_name(passage, behind) else None
        listed = low in words.ranges and passage.at(behind + 1).kind == "number"
        if not (low in words.month_links or low in _JOINTS or listed or passage.at(behind).kind == "number"):
            return None
        behind += 1
    return None


def _is_name(passage: Passage, index: int) -> bool:
    """Whether a word is the name of a month: English and German ones have a capital letter."""
    return passage.at(index).capital or passage.language[:2] in ("fr", "es")


def _year(passage: Passage, index: int) -> int | None:
    token, words = passage.at(index), passage.words
    found = _YEARS.match(passage.text, token.start)
    before = passage.low(index - 1)
    if before in ("’", "'") and len(token.low) == 2 and not token.spaced:
        return index + 1
    if found is None or (not token.low.isdigit()) or not _FIRST <= int(token.low) <= _LAST:
        return None
    behind = _behind(passage, index, found.end())
    after = passage.low(behind)
    if passage.behind(behind, words.percent) or after in words.currencies or after in ("€", "$", "£"):
        return None
    if after.endswith(words.counted) and before not in words.before_year:
        return None
    if before in ("$", "€", "£", "¥") or after in words.scales:
        return None
    return behind + 2 if after == "/" and not passage.at(behind).spaced else behind  # 2016/679


def _of_day(passage: Passage, index: int) -> int | None:
    """ "9 a.m.", "10–15 Uhr", "de 9 à 17 heures"."""
    words = passage.words
    if not passage.low(index).isdigit() or int(passage.low(index)) > _HOURS:
        return None
    begun, behind = passage.before(index, words.before_clock) is not None, index + 1
    for _ in range(2):
        after = passage.behind(behind, words.clock) or (passage.behind(behind, words.hours) if begun else None)
        if after is not None:
            return after
        joined = passage.low(behind) in words.ranges or passage.low(behind) in _JOINTS
        if not joined or passage.at(behind + 1).kind != "number":
            return None
        behind += 2
    return None


def _spelled_hour(passage: Passage, index: int) -> int | None:
    """ "nine o'clock", "um neun Uhr", "à neuf heures"."""
    words = passage.words
    if words.cardinals.get(passage.low(index), _HOURS + 1) > _HOURS:
        return None
    begun = passage.before(index, words.before_clock) is not None
    if passage.before(index, words.before_hour) is not None:
        return index + 1
    return passage.behind(index + 1, words.spelled_clock) or (passage.behind(index + 1, words.hours) if begun else None)
