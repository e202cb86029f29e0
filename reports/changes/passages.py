"""Which passage of a text became which other one, and in which sentences they differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

ALIKE = 0.5
"""Share of two passages that is the same, for them to be one that was rewritten."""

_FEW, _SHORT = 4, 80
"""Words, and letters, of a passage in which each letter counts."""

T = TypeVar("T")


def rewritten(old: Sequence[tuple[T, str]], new: Sequence[tuple[T, str]]) -> Iterator[tuple[T | None, T | None]]:
    """Passages, each with its words, in the place of others: each that is like one is that one rewritten, in their
    order; None for those that came and those that went, the latter at the end."""
    waiting = list(old)
    for passage, words in new:
        said = words.split()
        like = next((one for one in waiting if likeness(one[1].split(), said) >= ALIKE), None)
        if like is None:
            yield None, passage
        else:
            del waiting[waiting.index(like)]
            yield like[0], passage
    for passage, _ in waiting:
        yield passage, None


def likeness(one: list[str], other: list[str]) -> float:
    """Share of the words of two passages that is in both; of a few words the share of letters in one order.

    By letters long passages would be minutes' work.
    """
    if min(len(one), len(other)) <= _FEW:
        return SequenceMatcher(None, " ".join(one)[:_SHORT], " ".join(other)[:_SHORT], False).ratio()
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))


def differing(before: str, now: str) -> tuple[str, str] | None:
    """The sentences of a passage that are gone and those that came; all of both, where only their order differs; None
    for passages that say the same."""
    one, other = sentences(before), sentences(now)
    if one == other:
        return None
    gone = list((Counter(one) - Counter(other)).elements())
    come = list((Counter(other) - Counter(one)).elements())
    if not gone and not come:
        gone, come = one, other
    return " ".join(gone), " ".join(come)


def sentences(words: str) -> list[str]:
    """The sentences of a text, blanks between words made one."""
    return [one for one in re.split(r"(?<=[.!?…])\s+", " ".join(words.split())) if one]
