"""Knows numbers of advice and of time, which are nobody's data: bring two copies, practise for ten minutes."""

from __future__ import annotations

from data.language.typed_numbers.passage import Passage
from data.language.typed_numbers.typed_number import TypedNumber

_MOST = 20
_WORDS = 40
_STOPS = frozenset((*".:!?;\n", ""))
_SKIPPED = frozenset((",", "*", "-", "•", "(", "“", "„", "«", '"', "¡", "¿", "\u202f"))


def is_free(passage: Passage, first: int, behind: int, found: TypedNumber) -> bool:
    """Whether a plain number is part of advice, or of a length of time that only says when."""
    if found.unit or found.number is None:
        return False
    words, after = passage.words, passage.at(behind)
    hyphens = after.low in "-‐‑" and bool(after.low) and not after.spaced
    noun = passage.at(behind + 1 if hyphens else behind)
    if _is_pair(passage, first, behind, found) or _is_rhetoric(passage, first, behind):
        return True
    aged = passage.before(first, words.about) is not None or _is_age(passage, behind)
    if hyphens and noun.kind == "word" and not noun.spaced and found.number < 100 and not aged:
        return True  # a ten-minute walk
    timed = noun.low.startswith(words.time_nouns)
    if timed and _says_when(passage, first, behind):
        return True
    told = _advises(passage, first)
    if found.number > (90 if timed and told == "tells" else _MOST) or passage.low(first - 1) in words.determined:
        return False
    if told == "tells":
        return True
    return told == "advises" and any(passage.low(behind + n).startswith(words.things) for n in range(2))


def _is_pair(passage: Passage, first: int, behind: int, found: TypedNumber) -> bool:
    """The two, where they are both: no noun is behind."""
    words, after = passage.words, passage.at(behind)
    alone = after.kind in ("sign", "") or after.low in words.behind_pair
    return alone and found.number == 2 and found.kind == "words" and passage.low(first - 1) in words.pairs


def _is_rhetoric(passage: Passage, first: int, behind: int) -> bool:
    """Two reasons in running text; where they open a line, or a colon follows, they count parts of the document."""
    words, token = passage.words, passage.at(first)
    noun = any(passage.low(behind + n).startswith(words.rhetoric) for n in range(2))
    if not noun or token.opens or token.kind == "number" or passage.low(first - 1) in words.determined:
        return False
    stop = next((low for n in range(_WORDS) if (low := passage.low(behind + n)) in _STOPS), "")
    return stop != ":"


def _is_age(passage: Passage, behind: int) -> bool:
    return passage.low(behind + 3).startswith("old")


def _says_when(passage: Passage, first: int, behind: int) -> bool:
    words = passage.words
    begin = passage.before(first, words.about)
    return (
        passage.low((first if begin is None else begin) - 1) in words.around_time
        or passage.low(behind + 1) in words.behind_time
    )


def _advises(passage: Passage, index: int) -> str:
    """ "tells" in a sentence that tells to do something, "advises" where a word of it advises, else ""."""
    words, advised = passage.words, ""
    for here in range(index - 1, max(-1, index - _WORDS), -1):
        token = passage.at(here)
        if token.low in words.advising:
            advised = "advises"
        if token.opens and token.kind == "word":
            return "tells" if _commands(passage, here) else advised
    return advised


def _commands(passage: Passage, here: int) -> bool:
    words, low = passage.words, passage.low(here)
    if low in words.leading:
        here += 1 + (passage.low(here + 1) == ",")
        low = passage.low(here)
    if low in words.imperatives:
        return True
    return (
        bool(words.imperative_ends)
        and low.endswith(words.imperative_ends)
        and (not words.polite or passage.low(here + 1) in words.polite)
    )
