"""Numbers that are typed on purpose: marked in the story, listed in project.toml, or tested where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from data.errors import Place, Problem
from data.language.typed_numbers.typed_number import TypedNumber
from reports.typed.passage import Passage

_LITERAL = re.compile(r"(?<![\w.\"'])\d+(?:\.\d+)?(?!\w)")
_QUOTED = re.compile(r"\"[^\"<>=]*\"|'[^'<>=]*'")
"""Names in a test; a condition in quotation marks is a part of it."""
_CLOSE = Decimal("0.01")


def is_marked(passage: Passage, number: TypedNumber) -> bool:
    """Whether a number stands in `[words]{.typed}`."""
    return any(one.start <= number.start and number.end <= one.end for one in passage.typed)


def in_phrase(passage: Passage, number: TypedNumber, phrases: Iterable[str]) -> bool:
    """Whether a number stands within one of the phrases that project.toml lists."""
    return any(
        start <= number.start and number.end <= start + len(phrase)
        for phrase in phrases
        for start in _places(passage.text, phrase)
    )


def is_tested(passage: Passage, number: TypedNumber) -> bool:
    """Whether the words' own test has the number: "fewer than one in three" beside `share * 3 < 100`.

    The number itself does, and so do what it is in percent and what one is divided by to give it.
    """
    test = _QUOTED.sub("", passage.tests_of(number.start, number.end))
    amount = number.number
    if not test or not amount:
        return False
    wanted = [amount, amount * 100, amount / 100, 1 / amount, 100 / amount]
    return any(abs(found - one) <= _CLOSE * abs(one) / 10 for found in _literals(test) for one in wanted)


def unmet(phrases: Sequence[str], passages: Iterable[Passage], place: Place) -> Iterator[Problem]:
    """A warning for each listed phrase that stands in none of the author's words."""
    texts = [one.text for one in passages]
    for phrase in phrases:
        if not any(phrase in text for text in texts):
            yield Problem(
                place,
                f"typed names '{phrase}', which stands in no story and no setting.",
                "Write it as it stands there, or delete it.",
                "warning",
            )


def _places(text: str, phrase: str) -> Iterator[int]:
    start = text.find(phrase) if phrase else -1
    while start >= 0:
        yield start
        start = text.find(phrase, start + 1)


def _literals(test: str) -> Iterator[Decimal]:
    yield from map(Decimal, _LITERAL.findall(test))
