"""What rounding explains: by how much the sum of rounded numbers may miss the sum of the true ones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def digits_of(number: Decimal) -> int:
    """The decimals that a number has."""
    return max(0, -int(number.as_tuple().exponent))


def rounding(numbers: Sequence[Decimal]) -> Decimal:
    """The most that the sum of numbers is off because each of them was rounded to the digits that they have."""
    return slack(len(numbers), max(map(digits_of, numbers), default=0))


def slack(count: int, digits: int) -> Decimal:
    """The most that the sum of `count` numbers is off that were rounded to so many decimals.

    Each of n figures rounded to d decimals is off by at most half a unit of its last place, so their sum is off by at
    most n * 0.5 * 10^-d.
    """
    return count * Decimal("0.5").scaleb(-digits)
