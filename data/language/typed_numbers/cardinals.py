"""Reads whole numbers that are written in words."""

from __future__ import annotations

from functools import lru_cache

from data.language.typed_numbers.passage import Passage
from data.language.typed_numbers.vocabulary import numbered

_HYPHENS = frozenset("-‐‑")


def cardinal(passage: Passage, index: int, scaled: bool = True) -> tuple[int, int] | None:
    """The number whose first word stands there, and the token behind it: "two hundred and five", "quatre-vingt-dix".

    Not `scaled`: "vingt-cinq" of "vingt-cinq millions".
    """
    words, total, current, behind = passage.words, 0, None, index
    scales = words.scales if scaled else {}
    scale_before = 10**18
    here = index
    while True:
        low = passage.low(here)
        value = words.cardinals.get(low)
        if value is None and passage.language.startswith("de"):
            value = compound(low)
        if value is not None and value >= 1000:
            if current is not None or total:
                break
            total, behind = value, here + 1
        elif value is not None:
            added = _added(current, value, passage.language)
            if added is None:
                break
            current, behind = added, here + 1
        elif low in words.hundred and (current or 1) < 100 and (here == index or current is not None):
            current, behind = (current or 1) * 100, here + 1
        elif low in scales and scales[low] < scale_before and _may_scale(passage, here, index):
            scale_before = scales[low]
            total, current, behind = total + (1 if current is None else current) * scale_before, None, here + 1
        elif here == index and low in words.weak and _multiplies(passage, here + 1):
            current, behind = 1, here + 1
        else:
            break
        here = _next(passage, behind, current)
        if here is None:
            break
    return (total + (current or 0), behind) if behind > index else None


def _multiplies(passage: Passage, index: int) -> bool:
    low = passage.low(index)
    return low in passage.words.hundred or low in passage.words.scales or passage.words.cardinals.get(low) == 12


def _may_scale(passage: Passage, here: int, index: int) -> bool:
    """Only a thousand needs nothing before it, and in English not even that."""
    return here > index or (
        passage.words.scales[passage.low(here)] == 1000 and passage.language[:2] in ("fr", "es", "de")
    )


def _added(current: int | None, value: int, language: str) -> int | None:
    """A number with another behind it, where both are one; None where they are two."""
    if current is None:
        return value
    if value == 12 and current == 1:
        return 12  # a dozen
    if value >= 100:
        return None
    tens = current % 100
    if tens == 0 and current:
        return current + value
    if language.startswith("fr"):
        if tens == 4 and value == 20:
            return current + 76
        if tens in (60, 80) and 0 < value < 20:
            return current + value
    if tens >= 20 and tens % 10 == 0 and 0 < value < 10:
        return current + value
    return None


def _next(passage: Passage, behind: int, current: int | None) -> int | None:
    """Where the next part of a number may stand."""
    low = passage.low(behind)
    if low in _HYPHENS:
        return behind + 1 if not passage.at(behind).spaced and not passage.at(behind + 1).spaced else None
    if low not in passage.words.joints:
        return behind
    after = passage.words.cardinals.get(passage.low(behind + 1))
    if after is None:
        return None
    tens = (current or 0) % 100
    match passage.language[:2]:
        case "en":
            joined = (current is None or tens == 0) and after < 100
        case "fr":
            joined = 20 <= tens <= 70 and after in (1, 11)
        case _:
            joined = 30 <= tens <= 90 and after < 10
    return behind + 1 if joined else None


_ONES = numbered(
    "ein/eins/eine zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    1,
)
_TENS = {
    word: 10 * n for word, n in numbered("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 2).items()
}


@lru_cache(4096)
def compound(word: str) -> int | None:
    """A German number from 13 to 999,999 that is one word: "einundzwanzig", "zwölftausenddreihundert"."""
    word = word.replace("dreissig", "dreißig")
    if not word.endswith(COMPOUND_ENDS):
        return None
    thousands, found, rest = word.partition("tausend")
    if found:
        many = (
            (_below_thousand(thousands) if thousands else 1),
            (_below_thousand(rest.removeprefix("und")) if rest else 0),
        )
        return None if many[0] is None or many[1] is None else many[0] * 1000 + many[1]
    return _below_thousand(word)


def _below_thousand(word: str) -> int | None:
    hundreds, found, rest = word.partition("hundert")
    if found:
        many = _ONES.get(hundreds) if hundreds else 1
        ones = _below_hundred(rest.removeprefix("und")) if rest else 0
        return None if many is None or ones is None else many * 100 + ones
    return _below_hundred(word)


def _below_hundred(word: str) -> int | None:
    if word in _ONES or word in _TENS:
        return _ONES.get(word, _TENS.get(word))
    ones, found, tens = word.partition("und")
    return _ONES[ones] + _TENS[tens] if found and ones in _ONES and tens in _TENS else None


COMPOUND_ENDS = (*_ONES, *_TENS, "dreissig", "hundert", "tausend")
"""How such words end."""
