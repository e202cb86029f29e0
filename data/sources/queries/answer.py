"""What DuckDB answers becomes the values that were meant, or is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Context
from math import isfinite

from msgspec import Struct

from data.errors import Place, Problem, ProjectError

_DIGITS = Context(prec=10, rounding=ROUND_HALF_EVEN)
"""Digits kept of sums and averages of binary fractions; the last of their sixteen are what adding left behind."""
_NOISY = 17
"""Characters from which a binary fraction may end in what computing left behind: sixteen digits and the point."""
_ZEROS = 4
"""How many of its fifteen sure digits are zeros at the end then."""
_WHOLE = 1 << 53
"""From here on a binary fraction does not keep every whole number."""
_DURATION = re.compile(r"(?:(-?\d+) days?)? ?(?:(-?)(\d+):(\d\d):(\d\d(?:\.\d+)?))?")


class Result(Struct, frozen=True):
    """What DuckDB answers."""

    header: list[str]
    kinds: list[str]
    rows: list[tuple[object, ...]]
    added: bool
    """Whether binary fractions may have been added up."""
    warnings: tuple[Problem, ...] = ()


def settled(result: Result, place: Place) -> list[tuple[object, ...]]:
    """The rows with the fractions that were meant, and with durations that Python has a type for.

    Raises ProjectError for what is no number, is a fraction too large to have every digit, or has months in it.
    """
    return [
        tuple(
            _fraction(value, name, place, added=result.added)
            if isinstance(value, float)
            else _duration(value, name, place)
            if kind == "INTERVAL" and isinstance(value, str)
            else value
            for name, kind, value in zip(result.header, result.kinds, row, strict=True)
        )
        for row in result.rows
    ]


def _fraction(value: float, name: str, place: Place, *, added: bool) -> float:
    """The number that was meant: 0.3 for 0.1 + 0.2, which binary fractions make 0.30000000000000004.

    Those that fill all their digits, as one third does, keep them; ten where such fractions were added up.
    """
    if not isfinite(value):
        raise ProjectError.at(
            place,
            f"'{name}' of the result is no number ({value}).",
            "Leave out the rows that it is computed from, or write NULLIF(x, 0) for what is divided by.",
        )
    if abs(value) >= _WHOLE:
        raise ProjectError.at(
            place,
            f"'{name}' of the result has {value:.3g}, of which a fraction does not keep every digit.",
            "Compute it from whole numbers, SUM(x) // COUNT(x); or say that fifteen digits do: "
            "CAST(x AS DECIMAL(38, 0)).",
        )
    if value.is_integer():
        return value + 0.0  # no -0
    if added:
        return float(_DIGITS.create_decimal(repr(value)))
    if len(repr(value)) < _NOISY:
        return value
    short = f"{value:.15g}"
    return float(short) if len(short) <= _NOISY - _ZEROS else value


def _duration(text: str, name: str, place: Place) -> timedelta:
    """Days, hours, minutes and seconds. ProjectError for months and years, which have no one length."""
    found = _DURATION.fullmatch(text)
    if not found or not text:
        raise ProjectError.at(
            place,
            f"'{name}' of the result is '{text}', and months and years have no one length.",
            "Ask for a number: DATE_DIFF('day', a, b), or DATE_DIFF('month', a, b).",
        )
    days, sign, hours, minutes, seconds = found.groups()
    clock_time = timedelta(hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds or 0))
    return timedelta(days=int(days or 0)) + (-clock_time if sign == "-" else clock_time)
