"""Knows numbers of advice and of rhetoric, which are nobody's data: bring two copies, for three reasons."""

from __future__ import annotations

from data.language.typed_numbers.durations import is_compound, is_measured, is_timed, says_when
from data.language.typed_numbers.passage import Passage
from data.language.typed_numbers.typed_number import TypedNumber

_MOST, _MOST_TIME = 20, 100
"""The largest number of advice, and that of minutes and in words."""
_WORDS = 40
"""How far a sentence is looked through."""
_STOPS = frozenset((*".:!?;\n", ""))


def is_free(passage: Passage, first: int, behind: int, found: TypedNumber) -> bool:
    """Whether a plain number is part of advice, of a turn of phrase, or of a length of time that only says when."""
    if found.unit or found.number is None:
        return False
    if (
        is_compound(passage, first, behind, found)
        or _is_pair(passage, first, behind, found)
        or _is_rhetoric(passage, first, behind)
    ):
        return True
    timed = is_timed(passage, behind)
    whole = found.number == found.number.to_integral_value()
    if timed and ((whole and says_when(passage, first, behind)) or not is_measured(passage, first)):
        return True
    told = _advises(passage, first)
    most = _MOST_TIME if told == "tells" and (timed or found.kind == "words") else _MOST
    if found.number > most or passage.low(first - 1) in passage.words.determined:
        return False
    things = any(passage.low(behind + n).startswith(passage.words.things) for n in range(2))
    return told == "tells" or (told == "advises" and things)


def _is_pair(passage: Passage, first: int, behind: int, found: TypedNumber) -> bool:
    """The two, where they are both: no noun is behind."""
    words, after = passage.words, passage.at(behind)
    alone = after.kind in ("sign", "") or after.low in words.behind_pair
    return alone and found.number == 2 and found.kind == "words" and passage.low(first - 1) in words.pairs


def _is_rhetoric(passage: Passage, first: int, behind: int) -> bool:
    """Two reasons in running text; where they open a line, or a colon ends it, they count parts of the document."""
    words, token = passage.words, passage.at(first)
    noun = any(passage.low(behind + n).startswith(words.rhetoric) for n in range(2))
    if not noun or token.opens or token.kind == "number" or passage.low(first - 1) in words.determined:
        return False
    stop = next((here for here in range(behind, behind + _WORDS) if passage.low(here) in _STOPS), behind)
    return passage.low(stop) != ":" or passage.low(stop + 1) not in ("\n", "")


def _advises(passage: Passage, index: int) -> str:
    """ "tells" in a sentence that tells to do something, "advises" where a word of it advises, else ""."""
    words, advised = passage.words, ""
    for here in range(index - 1, max(-1, index - _WORDS), -1):
        token = passage.at(here)
        if token.low in words.rather:
            return "tells"
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
    ended = bool(words.imperative_ends) and low.endswith(words.imperative_ends)
    return ended and (not words.polite or passage.low(here + 1) in words.polite)
