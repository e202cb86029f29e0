"""Whether two values differ by more than the margin that samples have."""

from __future__ import annotations

from decimal import Decimal

from data.tables.refusals import MissingError
from data.tables.value import Value


def differ(a: Value, b: Value) -> bool:
    """Whether two values are different, and by more than the margin of the two where they have margins.

    Raises MissingError where a value or its margin is missing, or only a limit is known; UnitError for two units.
    """
    if a.margin is None and b.margin is None:
        return bool(a != b)
    return clear_sign(b - a) != 0


def clear_sign(difference: Value) -> int:
    """1 or -1 for a difference above or below nothing by more than its margin, 0 for one that is not.

    Raises MissingError where it is not known, or only a limit of it.
    """
    number, margin = difference.exact, half_of(difference)
    return 0 if abs(number) <= margin else 1 if number > 0 else -1


def half_of(value: Value) -> Decimal:
    """Half the width of the value's 95 % interval, 0 where it has none; MissingError where nobody knows it."""
    if value.margin is None:
        return Decimal(0)
    if value.margin.half is None:
        name = f"'{value.cells[0].field}'" if value.cells else "this"
        raise MissingError(
            f"nobody knows how far {name} may be off here, and its field says that not everybody was asked",
            remedy="Fill in the sample or margin of the row, or leave the row out by .where(...).",
        )
    return value.margin.half
