"""Reads parts of a whole that are written in words: a third, half, one in five, 2/3."""

from __future__ import annotations

from decimal import Decimal

from data.language.typed_numbers.cardinals import cardinal
from data.language.typed_numbers.passage import Passage, Read
from data.language.typed_numbers.tokens import HYPHENS, said_number

_STEP = Decimal("0.02")
"""Who says "a third" without "about" is taken to be within a point of it."""
_SHORT, _FEW, _MOST = 3, 10, 1000


def share(passage: Passage, index: int) -> Read | None:
    """The part of a whole that begins there."""
    return _bare(passage, index) or _fraction(passage, index) or _in_each(passage, index) or _every(passage, index)


def _part(passage: Passage, first: int, behind: int, number: int, whole: int) -> Read:
    return passage.number(first, behind, round(Decimal(number) / whole, 4), "share", _STEP)


def _bare(passage: Passage, index: int) -> Read | None:
    behind = passage.behind(index, passage.words.bare_fractions)
    if behind is None or (passage.low(behind) in HYPHENS and not passage.at(behind).spaced):
        return None
    return _part(passage, index, behind, 1, passage.words.fractions[passage.low(behind - 1)])


def _count(passage: Passage, index: int) -> tuple[int, int] | None:
    """A small whole number in digits or words, also a word for one, and the token behind it."""
    token = passage.at(index)
    if token.kind == "number":
        number, decimals = said_number(token.low, passage.language)
        return (int(number), index + 1) if not decimals else None
    if token.low in passage.words.weak:
        return 1, index + 1
    return cardinal(passage, index)


def _fraction(passage: Passage, index: int) -> Read | None:
    """ "two thirds", "one-third", "ein Drittel", "2/3"."""
    token, words = passage.at(index), passage.words
    if token.kind == "number":
        return _slashed(passage, index)
    count = _count(passage, index)
    if count is None:
        return None
    number, here = count
    if passage.low(here) in HYPHENS and not passage.at(here).spaced:
        here += 1
    for phrase, parts in words.fraction_phrases.items():
        if passage.low(here) == phrase[0] and passage.behind(here, (phrase,)) and number < parts:
            return _part(passage, index, here + 2, number, parts)
    whole = words.fractions.get(passage.low(here))
    if whole is None or number >= whole + (whole == 2):
        return None
    if whole == 2 and passage.low(here + 1) in HYPHENS and not passage.at(here + 1).spaced:
        return None  # a half-truth
    if number == 1 and passage.low(here) in words.strict and not _is_share(passage, index, here + 1):
        return None
    return _part(passage, index, here + 1, number, whole)


def _slashed(passage: Passage, index: int) -> Read | None:
    first, sign, second = passage.at(index), passage.at(index + 1), passage.at(index + 2)
    if sign.low not in "/⁄" or not sign.low or second.kind != "number" or sign.spaced or second.spaced:
        return None
    if not (first.low.isdigit() and second.low.isdigit() and 0 < int(first.low) < int(second.low) <= 10):
        return None
    return (
        _part(passage, index, index + 3, int(first.low), int(second.low))
        if _is_share(passage, index, index + 3)
        else None
    )


def _is_share(passage: Passage, first: int, behind: int) -> bool:
    """Whether what could be an ordinal, a quarter of a year or a date is a part of something."""
    after = passage.at(behind)
    if passage.before(first, passage.words.about) is not None:
        return True
    return after.low in passage.words.after_share or (after.kind in ("sign", "") and after.low not in HYPHENS)


def _in_each(passage: Passage, index: int) -> Read | None:
    """ "one in five", "2 of 3", "zwei von drei", "un diplômé sur cinq"."""
    words = passage.words
    count = _count(passage, index)
    if count is None or count[0] < 1:
        return None
    number, here = count
    if passage.low(index) in words.articles:
        return None
    link, far = passage.behind(here, words.in_each), False
    if link is None:
        link, far = _behind_noun(passage, here), True
    if link is None or passage.low(link) in words.determined:
        return None
    whole = cardinal(passage, link) if passage.at(link).kind == "word" else _count(passage, link)
    if whole is None or not number < whole[0] <= _MOST or whole[0] < 2:
        return None
    digits = passage.at(link).kind == "number"
    counted = digits and passage.at(whole[1]).kind == "word" and passage.language[:2] == "en"
    behind = passage.low(whole[1])
    if number > 1 or passage.language[:2] != "en":
        counted = counted or (len(behind) > _SHORT and behind.endswith("s"))  # un CV tient sur deux pages
    if far and (number >= _FEW or counted or (digits and whole[0] > 20)):
        return None  # two graduates in three majors
    if digits and whole[0] > 10 and whole[0] not in (20, 100, 1000):
        return None  # 138 of 500: two counts
    return _part(passage, index, whole[1], number, whole[0])


def _behind_noun(passage: Passage, here: int) -> int | None:
    """What is behind the "in" of "one recent graduate in five", "3 demandeurs d'emploi sur 5"."""
    for place in range(here + 1, here + (3 if passage.language[:2] == "en" else 5)):
        before = passage.at(place - 1)
        if before.kind != "word" and before.low not in ("'", "’"):
            return None
        if (link := passage.behind(place, passage.words.far_in_each)) is not None:
            return link
    return None


def _every(passage: Passage, index: int) -> Read | None:
    """ "every fifth graduate", "jeder Fünfte"."""
    words = passage.words
    whole = words.ordinals.get(passage.low(index + 1))
    if passage.low(index) not in words.every or whole is None:
        return None
    if passage.low(index + 2).startswith(words.time_nouns):
        return None
    return _part(passage, index, index + 2, 1, whole)
