"""Words with an order: sizes, numbered answers ("1 - strongly disagree"), and terms ("Fall 2024")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from data.inspection.columns.answers import NO_ANSWERS, SCALES, Ranks, said

_NUMBERED = re.compile(r"(?P<number>\d{1,2})(?:\s*[-–—=:.)]\s*(?P<words>[^\W\d].*))?", re.DOTALL)
_HIGHEST = 10
_RANKS = 11
_TERMS = 60
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SEASONS = {
    "winter": 0, "spring": 1, "spr": 1, "printemps": 1, "primavera": 1, "summer": 2, "sum": 2, "été": 2, "verano": 2,
    "sose": 2, "ss": 2, "sommersemester": 2, "fall": 3, "autumn": 3, "automne": 3, "otoño": 3, "wise": 3, "ws": 3,
    "wintersemester": 3,
}  # fmt: skip
"""Terms in the order in which they begin within a calendar year."""
_SEASON = "|".join(sorted(_SEASONS, key=len, reverse=True))
_FORMS = (
    re.compile(
        rf"(?P<season>{_SEASON})\.?(?: (?:term|semester|quarter))?,? {_YEAR}(?:[/–-]\d\d(?:\d\d)?)?", re.IGNORECASE
    ),
    re.compile(rf"{_YEAR} (?P<season>{_SEASON})(?: (?:term|semester|quarter))?", re.IGNORECASE),
    re.compile(rf"(?P<part>[QT][1-4]|[HS][12])[ /-]?{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_YEAR}[ /-]?(?P<part>[QT][1-4]|[HS][12])", re.IGNORECASE),
    re.compile(rf"(?P<part>[1-4])\. Quartal {_YEAR}", re.IGNORECASE),
)


class Scale(Struct, frozen=True):
    """Texts in their order, lowest or earliest first."""

    levels: tuple[str, ...]
    reason: str
    outside: tuple[str, ...] = ()
    """Answers that have no place in the order: "Not applicable"."""


def scale(values: Mapping[str, int]) -> Scale | None:
    """The order of the texts, where they have one that everybody knows or that they say themselves."""
    texts = list(values)
    return _known(texts) or _terms(texts) or (_numbered(texts) if sum(values.values()) > len(texts) else None)


def is_term(text: str) -> bool:
    """Whether a text is a term, quarter or half of a year: "Fall 2024", "2024 Q1"."""
    return any(form.fullmatch(" ".join(text.split())) for form in _FORMS)


def _known(texts: Sequence[str]) -> Scale | None:
    """An order that has a different rank for each text; answers that say nothing of it stand outside."""
    if len(texts) > _RANKS + len(NO_ANSWERS):
        return None
    by_word = {said(text): text for text in texts}
    if len(by_word) != len(texts):
        return None
    outside = [word for word in by_word if word in NO_ANSWERS]
    words = [word for word in by_word if word not in NO_ANSWERS]
    if not 2 <= len(words) <= _RANKS:
        return None
    for ranks in SCALES:
        places = {word: _rank(word, ranks) for word in words}
        if min(places.values()) >= 0 and len(set(places.values())) == len(words):
            levels = tuple(by_word[word] for word in sorted(words, key=places.__getitem__))
            return Scale(levels, "Words whose order everybody knows.", tuple(by_word[word] for word in outside))
    return None


def _rank(word: str, ranks: Ranks) -> int:
    """The place of a word in an order, from 0; -1 where it has none."""
    return next((place for place, ways in enumerate(ranks) if word in ways), -1)


def _numbered(texts: Sequence[str]) -> Scale | None:
    """Answers that begin with their number; some of them may be the number alone."""
    if not 3 <= len(texts) <= _HIGHEST + 1:
        return None
    found = [_NUMBERED.fullmatch(text.strip()) for text in texts]
    numbers = [int(match["number"]) for match in found if match]
    if len(numbers) != len(texts) or len(set(numbers)) != len(texts):
        return None
    if max(numbers) > _HIGHEST or not any(match and match["words"] for match in found):
        return None
    levels = tuple(text for _, text in sorted(zip(numbers, texts, strict=True)))
    between = sorted(set(range(min(numbers), max(numbers) + 1)) - set(numbers))
    left = f" Nobody chose {', '.join(map(str, between))}: add what it says." if between else ""
    return Scale(levels, f"Answers in the order of their numbers.{left}")


def _terms(texts: Sequence[str]) -> Scale | None:
    """Terms, quarters and halves of years, in order of time."""
    if not 2 <= len(texts) <= _TERMS:
        return None
    starts: dict[str, tuple[int, int]] = {}
    for text in texts:
        found = next((match for form in _FORMS if (match := form.fullmatch(" ".join(text.split())))), None)
        if found is None:
            return None
        parts = found.groupdict()
        season = parts.get("season")
        place = _SEASONS[season.lower()] if season else int(str(parts["part"])[-1])
        starts[text] = (int(str(parts["year"])), place)
    if len(set(starts.values())) != len(texts):
        return None
    winter = any(text.lower().startswith("winter ") or text.lower().endswith(" winter") for text in texts)
    doubt = " A winter is taken for the beginning of its year: check." if winter else ""
    return Scale(
        tuple(sorted(texts, key=starts.__getitem__)), f"Terms in order of time; a new one has to be added.{doubt}"
    )
