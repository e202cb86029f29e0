"""How far a sum may be off because its parts were rounded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def rounding_of_parts(parts: Sequence[Decimal]) -> Decimal:
    """By how much a sum of rounded parts may differ from the whole that was rounded itself, at most.

    Each of n figures rounded to d decimals is off by at most half a unit of its last place, so their sum is off by at
    most n * 0.5 * 10^-d.

    >>> rounding_of_parts([Decimal("71"), Decimal("24"), Decimal("6")])
    Decimal('1.5')
    """
    decimals = max((max(0, -int(part.as_tuple().exponent)) for part in parts), default=0)
    return len(parts) * Decimal("0.5").scaleb(-decimals)
