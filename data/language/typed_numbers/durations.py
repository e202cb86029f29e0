"""Knows lengths of time that only say when, or name a kind of thing: within six months, a two-year degree."""

from __future__ import annotations

from data.language.typed_numbers.passage import Passage
from data.language.typed_numbers.tokens import DASHES, HYPHENS
from data.language.typed_numbers.typed_number import TypedNumber

_LARGE = 1000
_CHAIN = 4


def is_compound(passage: Passage, first: int, behind: int, found: TypedNumber) -> bool:
    """Whether a number is part of a word: "a ten-minute walk", "30-Stunden-Woche"; ages are data."""
    after, noun = passage.at(behind), passage.at(behind + 1)
    if after.low not in HYPHENS or after.spaced or noun.kind != "word" or noun.spaced or (found.number or 0) >= _LARGE:
        return False
    aged = passage.low(behind + 3) == "olds" or (noun.capital and noun.low.startswith("jährig"))
    return not aged and passage.before(first, passage.words.about) is None


def is_timed(passage: Passage, behind: int) -> bool:
    """Whether a word for a length of time is behind the number, or behind the range that it begins."""
    noun = _noun(passage, behind)
    noun += passage.low(noun) in passage.words.around_time
    second_years = passage.low(noun + 1) in HYPHENS and not passage.at(noun + 1).spaced
    return passage.low(noun).startswith(passage.words.time_nouns) and not second_years


def says_when(passage: Passage, first: int, behind: int) -> bool:
    """Whether a length of time only says when something is: "in 30 to 45 minutes", "1 an et demi après"."""
    words = passage.words
    begin = _begin(passage, first)
    after = _noun(passage, behind) + 1
    if passage.low(after - 1) in words.around_time:
        return True  # the two last years
    after = passage.behind(after, words.and_a_half) or after
    after += passage.low(after) in HYPHENS
    if passage.low(begin - 1) in words.around_time or passage.low(begin) in words.around_time:
        return True
    return passage.low(after) in words.behind_time


def is_measured(passage: Passage, first: int) -> bool:
    """Whether a sentence says that a length of time in it was measured, or is about one: "44 days on average"."""
    words = passage.words
    sentence = (passage.low(here) for here in passage.sentence(first))
    return passage.before(first, words.about) is not None or any(low.startswith(words.measures) for low in sentence)


def _joins(passage: Passage, index: int) -> bool:
    return passage.low(index) in passage.words.ranges or passage.low(index) in DASHES


def _is_number(passage: Passage, index: int) -> bool:
    return passage.at(index).kind == "number" or passage.low(index) in passage.words.cardinals


def _noun(passage: Passage, behind: int) -> int:
    """Where the noun of a number is, or that of the range that it begins."""
    for _ in range(_CHAIN):
        here = behind + 1 + (passage.low(behind + 1) == ".")
        if not (_joins(passage, behind) and _is_number(passage, here)):
            break
        behind = here + 1
    return behind


def _begin(passage: Passage, first: int) -> int:
    """Where a number begins, with the range that it ends, what says "about", and an article."""
    words = passage.words
    for _ in range(_CHAIN):
        here = first - 1 - (passage.low(first - 1) == ".")
        if not (_joins(passage, here) and _is_number(passage, here - 1)):
            break
        first = here - 1
    about = passage.before(first, words.about)
    first = first if about is None else about
    return first - 1 if passage.low(first - 1) in words.determined else first
