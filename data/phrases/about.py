"""A number as one says it: "about 41,000", or as it is where it is that round already."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from msgspec.structs import replace

from data.phrases.phrase import Phrase, plain_value, said
from data.tables.refusals import UnitError
from data.tables.value import NUMERIC, Value

_WHOLE = Decimal(100)


def about(value: Value, language: str) -> Phrase:
    """A number with two significant digits, rounded half up, and "about" before it; exactly, where it has no more.

    A percentage is not rounded up to 100, which would say that it is all. Raises UnitError for what is no number,
    MissingError where there is none or only a limit is known.
    """
    if value.measure.type not in NUMERIC:
        raise UnitError(f"'about' rounds numbers, and this is {value.measure.type}", "Print the value itself.")
    number = value.exact
    rounded = two_digits(number)
    if rounded == number:
        return plain_value(value, "exact")
    if value.measure.type == "percent" and abs(rounded) == _WHOLE:
        return plain_value(value, "exact")
    decimals = max(0, -int(rounded.normalize().as_tuple().exponent))
    if value.measure.type == "money" and decimals:
        decimals = max(2, decimals)
    short = replace(value, content=rounded, measure=replace(value.measure, decimals=decimals))
    return said("about", language, value=plain_value(short))


def two_digits(number: Decimal) -> Decimal:
    """A number rounded half up, away from zero, to two significant digits."""
    return number.quantize(Decimal(1).scaleb(number.adjusted() - 1), ROUND_HALF_UP) if number else number
