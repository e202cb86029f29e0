"""A phrase: words of ours with values between them, each of which keeps its unit and its cells."""

from __future__ import annotations

from string import Formatter

from msgspec import Struct

from data.language.show import NumberStyle
from data.language.words import words
from data.tables.refusals import UnitError
from data.tables.value import Interval, Value

Piece = str | tuple[Value | Interval, NumberStyle]
"""Words of ours, which hold no sign of Markdown, or a value and how it is shown: names of the data are values, too."""


class Phrase(Struct, frozen=True):
    """What a ready word gives: it can be printed, and nothing else can be done with it."""

    pieces: tuple[Piece, ...]

    def __bool__(self) -> bool:
        raise _no_test()

    def __eq__(self, other: object) -> bool:
        raise _no_test()

    def __ne__(self, other: object) -> bool:
        raise _no_test()

    def __hash__(self) -> int:
        return hash(self.pieces)

    def __str__(self) -> str:
        raise TypeError("words cannot be glued to text: write {{ a }} {{ b }} instead of {{ a ~ b }}")


def _no_test() -> UnitError:
    return UnitError(
        "a ready word gives words, which are no test",
        "Test the values themselves: pay.top('salary').job == 'Engineer'.",
    )


def plain_value(value: Value | Interval, style: NumberStyle = "rounded") -> Phrase:
    """A value as a phrase of its own."""
    return Phrase(((value, style),))


def said(key: str, language: str, **parts: Phrase) -> Phrase:
    """Our words of that key, with the phrases that stand in them."""
    pieces: list[Piece] = []
    for text, name, _, _ in Formatter().parse(words(language)[key]):
        if text:
            pieces.append(text)
        if name is not None:
            pieces.extend(parts[name].pieces)
    return Phrase(tuple(pieces))


def capital(phrase: Phrase) -> Phrase:
    """The phrase as a sentence begins with it: words of ours with a capital letter, names as the data have them."""
    first = phrase.pieces[0] if phrase.pieces else ""
    if not isinstance(first, str):
        return phrase
    return Phrase((first[:1].upper() + first[1:], *phrase.pieces[1:]))
