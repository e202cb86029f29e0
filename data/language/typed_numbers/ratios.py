"""Reads words that say how many times: twice, doubled, threefold; and ranks: the third largest."""

from __future__ import annotations

import re
from decimal import Decimal

from data.language.typed_numbers.amounts import RATIO_STEP
from data.language.typed_numbers.cardinals import compound
from data.language.typed_numbers.passage import Passage, Read
from data.language.typed_numbers.tokens import HYPHENS


def ratio(passage: Passage, index: int) -> Read | None:
    """The ratio that begins there."""
    words, low = passage.words, passage.low(index)
    for phrase, number in words.ratio_phrases.items():
        if low == phrase[0] and passage.behind(index, (phrase,)):
            return passage.number(index, index + len(phrase), number, "ratio", RATIO_STEP)
    number = words.ratios.get(low) or _fold(passage, low)
    after = index + 1
    if passage.low(after) in HYPHENS and not passage.at(after).spaced:
        after += 1
    if number is None or passage.low(after) in words.not_ratio:
        return None
    if (low in words.adverbs or low.endswith("mal")) and not (
        passage.low(after) in words.after_adverb or passage.before(index, words.about) is not None
    ):
        return None
    return passage.number(index, index + 1, number, "ratio", RATIO_STEP)


def _fold(passage: Passage, low: str) -> Decimal | None:
    """What a word such as "sevenfold" or "siebenmal" says."""
    end = next((end for end in passage.words.fold if low.endswith(end)), None)
    stem = low.removesuffix(end) if end else ""
    number = passage.words.cardinals.get(stem) or (compound(stem) if stem and passage.language[:2] == "de" else None)
    return Decimal(number) if number and number > 1 else None


_COMPOUND = re.compile(
    "(zweit|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt)(?:größt|höchst|best|meist|[a-zäöüß]{3,}st)(?:e[nrsm]?)?"
)
_PLACES = {"zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "sechst": 6, "siebt": 7, "acht": 8, "neunt": 9, "zehnt": 10}


def rank(passage: Passage, index: int) -> Read | None:
    """The place in an order that begins there: "third largest", "second-highest"."""
    words = passage.words
    if passage.low(index).startswith(words.rank_stems) and (found := _COMPOUND.fullmatch(passage.low(index))):
        return passage.number(index, index + 1, Decimal(_PLACES[found[1]]), "", Decimal(1))
    number = words.ordinals.get(passage.low(index))
    behind = index + 1
    if number is None and passage.at(index).kind == "number" and passage.low(index).isdigit():
        behind = index + 2
        number = int(passage.low(index)) if passage.low(index + 1) in words.ordinal_ends else None
        if passage.at(index + 1).spaced:
            return None
    if number is None:
        return None
    if any(passage.behind(behind + words_between, words.far_superlatives) for words_between in (1, 2)):
        return passage.number(index, behind, Decimal(number), "", Decimal(1))
    here = behind + (passage.low(behind) in HYPHENS)
    ends = passage.low(here).endswith(words.superlatives) and passage.low(here) not in words.not_superlative
    if not ends and passage.low(behind) not in words.ranks and passage.low(index - 1) not in words.ranks:
        return None
    return passage.number(index, behind, Decimal(number), "", Decimal(1))
