"""How one number compares with another: "more than double", "about a third less than", "12 percentage points more"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from data.language.show import NumberStyle, rounds_to_zero
from data.language.words import number_words
from data.phrases.differ import differ
from data.phrases.phrase import Phrase, plain_value, said
from data.tables.refusals import NoRatioError, UnitError
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
    if ratio == 1:
        return said("compared same", language, value.cells + other.cells)
    if abs(ratio - 1) <= NEARLY or not differ(value, other):
        return said("compared nearly same", language, value.cells + other.cells)
    if ratio > 1 and ratio >= 2 * (1 - NEARLY):
        return _multiple(ratio, value, other, language)
    if ratio <= Fraction(1, 2) * (1 + NEARLY):
        return _fraction(ratio, value, other, language)
    return _difference(ratio, value, other, language)


def _multiple(ratio: Fraction, value: Value, other: Value, language: str) -> Phrase:
    """A ratio of two or more, or nearly so."""
    cells = value.cells + other.cells
    whole, above = floor(ratio), ceil(ratio)
    if ratio == whole:
        keys, times = ("compared double", "compared times", "compared times in digits"), whole
    elif above <= _MOST_NEARLY and ratio >= above * (1 - NEARLY):
        keys, times = ("compared nearly double", "compared nearly times", "compared nearly times in digits"), above
    else:
        keys, times = ("compared over double", "compared over times", "compared over times in digits"), _down(whole)
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
    parts = exact or max((n for n in _FRACTIONS if ratio < Fraction(1, n)), default=2)
    if parts == 2:
        return said("compared under half", language, cells)
    key = "compared fraction" if exact else "compared under fraction"
    counted = Value(Decimal(parts), Measure("integer"), cells)
    part = said(_FRACTIONS[parts], language, cells)
    return said(key, language, part=part, times=plain_value(counted, "words"))


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
