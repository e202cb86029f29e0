"""What rounding explains: by how much the sum of rounded numbers may miss the sum of the true ones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def rounding(numbers: Sequence[Decimal]) -> Decimal:
    """The most that the sum of numbers is off because each of them was rounded to the digits that they have.

    Each of n figures rounded to d decimals is off by at most half a unit of its last place, so their sum is off by at
    most n * 0.5 * 10^-d.
    """
    digits = max((max(0, -int(number.as_tuple().exponent)) for number in numbers), default=0)
    return len(numbers) * Decimal("0.5").scaleb(-digits)
