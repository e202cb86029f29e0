"""What is missing to a whole of a hundred, and when it may be said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from data.tables.rounding import rounding
from data.tables.table import Table
from data.tables.value import Value

WHOLE = Decimal(100)


def unstated(numbers: Sequence[Decimal | None]) -> Decimal:
    """What is missing to 100 percent; 0 where rounding alone explains the difference, and where a part is not known.

    With a part that its publisher suppressed, or that nobody knows, the rest would give that part away, or be called
    what it is not.
    """
    stated = [n for n in numbers if n is not None]
    if len(stated) < len(numbers):
        return Decimal(0)
    rest = WHOLE - sum(stated, Decimal(0))
    return rest if rest >= max(rounding([n.normalize() for n in stated]), Decimal("0.05")) else Decimal(0)


def most(numbers: Sequence[Decimal]) -> Decimal:
    """What parts of one whole may add up to once they are rounded."""
    return WHOLE + rounding([number.normalize() for number in numbers])


def rest_word(shown: Table, whole: Table, measure: str) -> str:
    """Key of our word for what is missing to a hundred: parts that are left out, or that nobody stated.

    Empty where it must not be given: what a publisher suppressed, or this project hides, would be read off it; and
    where a part is only a limit, nobody knows it.
    """
    marks = [value.mark for value in whole.values(measure) if isinstance(value, Value) and value.mark]
    if any(mark.limit or mark.meaning in ("suppressed", "hidden") for mark in marks):
        return ""
    return "others" if len(shown) < len(whole) else "not stated"
