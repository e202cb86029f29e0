"""The sentence around a number, and which names stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from reports.typed.passage import Passage

_END = re.compile(r"[.!?;](?=\s)")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_ASIDE = re.compile(r"[,(\[/].*")
_ENDINGS = ("innen", "ungen", "nen", "ies", "en", "es", "s", "n", "e", "y")
_JOINING = frozenset(("and", "und", "et", "y", "e"))
_LEAST = 4
"""Letters that are left of a word without its ending."""
_KEPT = 50_000
_CLOSE = 5
"""Words before and behind a number that say what it is: "$97,000 on average"."""


@lru_cache(_KEPT)
def stem(word: str) -> str:
    """A word without what plurals and cases add to it, roughly: "engineers" and "engineer" are one."""
    said = word.casefold().removesuffix("’s").removesuffix("'s")
    for ending in _ENDINGS:
        if said.endswith(ending) and len(said) - len(ending) >= _LEAST:
            return said[: -len(ending)]
    return said


def stems(text: str) -> list[str]:
    """The words of a text, in its order, without those that stand for "&"."""
    return [stem(word) for word in _WORD.findall(text) if word.casefold() not in _JOINING]


class Sentence(Struct, frozen=True):
    """What is said around a number."""

    words: tuple[str, ...]
    """Of its sentence."""
    known: frozenset[str]
    """The same, to be looked up."""
    around: frozenset[str]
    """Those of its whole passage."""
    above: frozenset[str]
    """Those of the heading above."""
    close: frozenset[str]
    """Those that stand a few words from the number: they say what it is."""
    noun: str
    """The word behind the number."""


def sentence_around(passage: Passage, start: int, end: int) -> Sentence:
    """The sentence in which the characters from `start` to `end` stand; they themselves are left out."""
    text = passage.text
    ends = [found.end() for found in _END.finditer(text)]
    first = max((one for one in ends if one <= start), default=0)
    behind = min((one for one in ends if one >= end), default=len(text))
    after = stems(text[end:behind])
    before = stems(text[first:start])
    words = (*before, *after, *stems(passage.beside))
    whole = stems(f"{text} {passage.beside}")
    return Sentence(
        words,
        frozenset(words),
        frozenset(whole),
        frozenset(stems(passage.above)),
        frozenset((*before[-_CLOSE:], *after[:_CLOSE])),
        after[0] if after else "",
    )


def names_of(name: str) -> tuple[str, ...]:
    """The words by which a row is called in a sentence: "San Francisco" of "San Francisco, CA"."""
    return tuple(stems(_ASIDE.sub("", name) or name))


def in_a_row(names: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether words stand behind each other in a sentence."""
    return any(words[place : place + len(names)] == names for place in range(len(words) - len(names) + 1))


def shared(text: str, words: Iterable[str]) -> int:
    """How many words of a title stand in a sentence."""
    return len({one for one in stems(text) if len(one) > 2} & set(words))
