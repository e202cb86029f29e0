"""A phrase: words of ours with values between them, each of which keeps its unit and its cells."""

from __future__ import annotations

from string import Formatter

from msgspec import Struct

from data.language.show import NumberStyle, show
from data.language.words import words
from data.tables.provenance import Behind
from data.tables.refusals import UnitError
from data.tables.value import Interval, Value


class Words(Struct, frozen=True):
    """Words of ours that say something about cells."""

    text: str
    cells: Behind


Piece = str | Words | tuple[Value | Interval, NumberStyle]
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


def said(key: str, language: str, cells: Behind = (), **parts: Phrase) -> Phrase:
    """Our words of that key, which `cells` bear out, with the phrases that stand in them."""
    pieces: list[Piece] = []
    for text, name, _, _ in Formatter().parse(words(language)[key]):
        if text:
            pieces.append(Words(text, cells) if cells and text.strip() else text)
        if name is not None:
            pieces.extend(parts[name].pieces)
    return Phrase(tuple(pieces))


def capital(phrase: Phrase, language: str) -> Phrase:
    """The phrase as a sentence begins with it: words of ours and numbers in words with a capital letter, names as the
    data have them."""
    match phrase.pieces[:1]:
        case (str() as text,):
            first: Piece = text[:1].upper() + text[1:]
        case (Words(text, cells),):
            first = Words(text[:1].upper() + text[1:], cells)
        case ((Value() as value, "words"),):
            text = show(value, "words", language)
            first = Words(text[:1].upper() + text[1:], value.cells)
        case _:
            return phrase
    return Phrase((first, *phrase.pieces[1:]))
