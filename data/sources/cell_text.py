"""What typed sources hold becomes text that reads back the same."""

from __future__ import annotations

import datetime
from decimal import Decimal

_DIGITS = 400
"""More than a float has before or after its point."""


class NestedError(TypeError):
    """A value that has parts of its own, such as a list, for which a table has no cell."""


def number_text(number: float | Decimal) -> str:
    """The shortest decimal text of a number, without an exponent: "40628" for 40628.0, "0.35" for 0.35.

    Numbers of absurd size keep their exponent, and are no numbers to whoever reads the text.
    """
    if isinstance(number, int):
        return str(int(number))
    if isinstance(number, float):
        text = repr(number)
        if "e" not in text and "n" not in text:  # neither 1e+21 nor nan nor inf
            return text.removesuffix(".0")
        number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_text(value: object) -> str:
    """Text of one value: numbers plain, dates as ISO 8601, TRUE and FALSE, "" for nothing.

    Raises NestedError for lists, records and bytes.
    """
    if type(value) is float:  # most cells by far
        return number_text(value)
    match value:
        case None:
            return ""
        case str() if "\r" not in value:
            return value
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n")
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float() | Decimal():
            return number_text(value)
        case datetime.datetime():
            midnight = value.time() == datetime.time() and value.tzinfo is None
            return value.date().isoformat() if midnight else value.isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat()
        case datetime.timedelta():
            minutes, seconds = divmod(abs(int(value.total_seconds())), 60)
            return f"{'-' if value.days < 0 else ''}{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
        case dict() | list() | tuple() | set() | bytes() | bytearray() | memoryview():
            raise NestedError(type(value).__name__)  # pyright: ignore[reportUnknownArgumentType]  # of anything
        case _:
            return str(value)
