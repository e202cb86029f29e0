"""A text as tokens, with the words of its language."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from data.language.typed_numbers.tokens import NOTHING, Token, tokens
from data.language.typed_numbers.typed_number import TypedNumber
from data.language.typed_numbers.vocabulary import Phrases, Vocabulary, vocabulary

_STOPS = frozenset(".!?|\n")
_LONG = 60
Read = tuple[TypedNumber, int]
"""A number, and the token behind it."""


class Passage(Struct, frozen=True):
    """A text that is looked through."""

    text: str
    language: str
    words: Vocabulary
    tokens: list[Token]
    lows: list[str]
    """What the tokens say in small letters."""
    many: int
    """How many they are."""

    def at(self, index: int) -> Token:
        """The token there; an empty one outside of the text."""
        return self.tokens[index] if 0 <= index < self.many else NOTHING

    def low(self, index: int) -> str:
        return self.lows[index] if 0 <= index < self.many else ""

    def behind(self, index: int, phrases: Phrases) -> int | None:
        """The token behind the first of the phrases that begins there."""
        low = self.low(index)
        for phrase in phrases:
            if low == phrase[0] and all(self.low(index + n) == word for n, word in enumerate(phrase)):
                return index + len(phrase)
        return None

    def before(self, index: int, phrases: Phrases) -> int | None:
        """The first token of the first of the phrases that ends just before."""
        low = self.low(index - 1)
        for phrase in phrases:
            begin = index - len(phrase)
            if low == phrase[-1] and all(self.low(begin + n) == word for n, word in enumerate(phrase)):
                return begin
        return None

    def sentence(self, index: int) -> range:
        """The tokens of the sentence around a token."""
        begin, end = index, index
        while begin > max(0, index - _LONG) and not self._stops(begin - 1):
            begin -= 1
        while end < min(len(self.tokens), index + _LONG) and not self._stops(end):
            end += 1
        return range(begin, end)

    def _stops(self, index: int) -> bool:
        """Whether a sign ends a sentence there: something blank is behind it, and a line break alone is none."""
        return self.low(index) in _STOPS and (self.at(index + 1).spaced or not self.at(index + 1).kind)

    def number(self, first: int, behind: int, number: Decimal, unit: str, step: Decimal, rounded: bool = False) -> Read:
        """What stands from one token to before another, as a number."""
        start, end = self.at(first).start, self.at(behind - 1).end
        digits = any(token.kind == "number" for token in self.tokens[first:behind])
        about = self.before(first, self.words.about) is not None
        return (
            TypedNumber(
                start=start,
                end=end,
                text=self.text[start:end],
                number=number,
                unit=unit,
                kind="digits" if digits else "words",
                rounded=rounded or about,
                step=_coarser(number, step) if about else step,
            ),
            behind,
        )


def _coarser(number: Decimal, step: Decimal) -> Decimal:
    """The step of a number that is said to be about so much: that of its last digit that is not 0."""
    if number == 0 or step != step.to_integral_value():
        return step * 5 if step != 1 else step
    while number % (step * 10) == 0:
        step *= 10
    return step


def passage(text: str, language: str) -> Passage:
    """A text in a language, such as "de-DE"."""
    found = tokens(text, language)
    return Passage(text, language, vocabulary(language), found, [token.low for token in found], len(found))
