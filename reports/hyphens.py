"""Where words may be divided at the end of a line, by language."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

LEAST = 3
"""Letters that stay on either side of a hyphen: two would do for English, but look like leftovers."""
_LONGEST = 80
"""Letters of a word: the longest German law ever named had 67."""
_WORD = re.compile(r"([^\w]*)([^\W\d_]+)([^\w]*)")


def is_word(text: str) -> bool:
    """Whether `text` is letters and what punctuation stands around them; no number, code or address.

    Nor is it one that no language has, being too long.
    """
    return len(text) <= _LONGEST and _WORD.fullmatch(text) is not None


@cache
def _dictionary(language: str) -> Pyphen | None:
    """The patterns of a language, or of its nearest relative: "de-LI" is divided as "de"."""
    from pyphen import Pyphen, language_fallback  # read only where a word needs it

    name = language_fallback(language)
    return Pyphen(lang=name, left=LEAST, right=LEAST) if name else None


@lru_cache(20_000)
def hyphenation(text: str, language: str) -> tuple[int, ...]:
    """Where `text` may be divided with a hyphen, as positions; none for what is no single word of letters.

    Codes, addresses and numbers have none, nor have abbreviations and names with capitals inside: a hyphen would
    change them.
    """
    found = _WORD.fullmatch(text)
    if not found or not language or len(found[2]) < 2 * LEAST:
        return ()
    if not (found[2][1:].islower() or (found[2].isupper() and len(found[2]) > 3 * LEAST)):
        return ()
    dictionary, start = _dictionary(language), len(found[1])
    if dictionary is None:
        return ()
    # where a language would spell the parts otherwise, the word stays whole
    places = dictionary.positions(found[2].lower())
    # one letter between two places belongs to the part before it, or behind it: Arbeit-s-agentur, Grund-s-tück
    near = {place for place in places if {place - 1, place + 1} & set(places)}
    kept = (place for place in places if place not in near and getattr(place, "data", None) is None)
    return tuple(start + place for place in kept)


def anywhere(text: str) -> tuple[int, ...]:
    """Where a word may be divided that has no place for it and yet is wider than its line."""
    found = _WORD.fullmatch(text)
    if not found or len(found[2]) < 2 * LEAST:
        return ()
    start = len(found[1])
    return tuple(range(start + LEAST, start + len(found[2]) - LEAST + 1))


def forget() -> None:
    """Let go of the words that were divided."""
    hyphenation.cache_clear()
