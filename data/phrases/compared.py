"""How one number compares with another: "more than double", "about a third less than", "12 percentage points more"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from data.language.show import NumberStyle, rounds_to_zero
from data.language.words import number_words
from data.phrases.phrase import Phrase, plain_value, said
from data.tables.differing import clear_sign, differ
from data.tables.provenance import Behind
from data.tables.refusals import MissingError, NoRatioError, UnitError
from data.tables.value import NUMERIC, Measure, Value

NEARLY = Fraction(2, 100)
"""Of the other number: as far as "about the same" reaches to both sides, "almost double" below and "just over half"
above."""
PART = Fraction(1, 100)
"""Of the other number: as far as "about a third" reaches to both sides."""
_PARTS = {Fraction(1, 3): "a third", Fraction(1, 4): "a quarter"}
_FRACTIONS = {3: "a third", 4: "a quarter", 5: "a fifth", 10: "a tenth"}
_MOST_NEARLY = 10
"""The largest multiple of which "almost" is said."""


def compared(value: Value, other: Value, language: str) -> Phrase:
    """What a number is of another one, to stand before that: "more than double", "exactly half", "42% less than".

    A multiple is said where it is two or more, or a half or less; else the difference, as a part or in percent of the
    other number, or, between percentages, in percentage points. Raises NoRatioError where one of them is zero or
    negative, UnitError for two units, MissingError where a number is not known exactly.
    """
    if value.measure.type not in NUMERIC:
        raise UnitError(f"'compared' takes numbers, and this is {value.measure.type}", "Compare two numbers.")
    value.same_unit(other, "compare")
    number, base = value.exact, other.exact
    if number <= 0 or base <= 0:
        raise NoRatioError("one of the two numbers is zero or negative, which leaves no ratio to speak of")
    ratio = Fraction(number) / Fraction(base)
    if value.margin or other.margin:
        return _beyond(ratio, value, other, language)
    if ratio == 1:
        return said("compared same", language, value.cells + other.cells)
    if abs(ratio - 1) <= NEARLY:
        return said("compared nearly same", language, value.cells + other.cells)
    if ratio > 1 and ratio >= 2 * (1 - NEARLY):
        return _multiple(ratio, value, other, language)
    if ratio <= Fraction(1, 2) * (1 + NEARLY):
        return _fraction(ratio, value, other, language)
    return _difference(ratio, value, other, language)


def _beyond(ratio: Fraction, value: Value, other: Value, language: str) -> Phrase:
    """What holds whatever the truth is within the margins of the two."""
    cells = value.cells + other.cells
    if not differ(value, other):
        raise MissingError(
            "the two numbers lie within the margin of error, and nobody knows which one is larger",
            remedy="Print them both, or write {% claim a is distinct(b) %} around the sentence.",
        )
    if ratio > 1:
        times = next((n for n in range(floor(ratio), 1, -1) if clear_sign(value - other * n) > 0), 1)
        return _over(times, cells, language) if times > 1 else said("compared more", language, cells)
    parts = next((n for n in (*sorted(_FRACTIONS, reverse=True), 2) if clear_sign(other - value * n) > 0), 1)
    return _under(parts, cells, language) if parts > 1 else said("compared less", language, cells)


def _multiple(ratio: Fraction, value: Value, other: Value, language: str) -> Phrase:
    """A ratio of two or more, or nearly so."""
    cells = value.cells + other.cells
    whole, above = floor(ratio), ceil(ratio)
    if ratio == whole:
        keys, times = ("compared double", "compared times", "compared times in digits"), whole
    elif above <= _MOST_NEARLY and ratio >= above * (1 - NEARLY):
        keys, times = ("compared nearly double", "compared nearly times", "compared nearly times in digits"), above
    else:
        return _over(whole, cells, language)
    return _times(keys, times, cells, language)


def _over(whole: int, cells: Behind, language: str) -> Phrase:
    keys = ("compared over double", "compared over times", "compared over times in digits")
    return _times(keys, _down(whole), cells, language)


def _times(keys: tuple[str, str, str], times: int, cells: Behind, language: str) -> Phrase:
    """A multiple in our words: those for two, for a number that is spelled, and for one in digits."""
    if times == 2:
        return said(keys[0], language, cells)
    counted = Value(Decimal(times), Measure("integer"), cells)
    spelled = times < len(number_words(language))
    style: NumberStyle = "words" if spelled else "number"
    return said(keys[1] if spelled else keys[2], language, times=plain_value(counted, style))


def _down(number: int) -> int:
    """A large number with zeros behind its first two digits: what is said to be exceeded is."""
    unit = 10 ** max(0, len(str(number)) - 2)
    return number // unit * unit


def _fraction(ratio: Fraction, value: Value, other: Value, language: str) -> Phrase:
    """A ratio of a half or less, or just above a half."""
    cells = value.cells + other.cells
    half = Fraction(1, 2)
    if ratio == half:
        return said("compared half", language, cells)
    if ratio > half:
        return said("compared just over half", language, cells)
    exact = next((n for n in _FRACTIONS if ratio == Fraction(1, n)), None)
    if exact:
        return _part("compared fraction", exact, cells, language)
    return _under(max((n for n in _FRACTIONS if ratio < Fraction(1, n)), default=2), cells, language)


def _under(parts: int, cells: Behind, language: str) -> Phrase:
    if parts == 2:
        return said("compared under half", language, cells)
    return _part("compared under fraction", parts, cells, language)


def _part(key: str, parts: int, cells: Behind, language: str) -> Phrase:
    """A part in our words, by its name or by how often it goes into the whole."""
    times = plain_value(Value(Decimal(parts), Measure("integer"), cells), "words")
    return said(key, language, part=said(_FRACTIONS[parts], language, cells), times=times)


def _difference(ratio: Fraction, value: Value, other: Value, language: str) -> Phrase:
    """A difference that is no multiple: as a part, in percent, or in percentage points."""
    cells, apart = value.cells + other.cells, abs(ratio - 1)
    more = ratio > 1
    if value.measure.type in ("percent", "points"):
        points = value - other if more else other - value
        style: NumberStyle = "exact" if rounds_to_zero(points) else "rounded"
        key = "compared points more" if more else "compared points less"
        return said(key, language, value=plain_value(points, style))
    for part, name in _PARTS.items():
        if abs(apart - part) <= PART:
            exact, about = ("part more", "about part more") if more else ("part less", "about part less")
            return said(exact if apart == part else about, language, part=said(name, language, cells))
    share = Decimal(apart.numerator) * 100 / Decimal(apart.denominator)
    key = "compared percent more" if more else "compared percent less"
    return said(key, language, value=plain_value(Value(share, Measure("percent", None, 0), cells)))
