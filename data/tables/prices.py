"""In which year's money amounts are, and which of them can be compared."""

from __future__ import annotations

NOMINAL = "nominal"
"""Said of amounts that are each in the money of their own time, and meant to be compared so."""


def years_of(prices: str) -> tuple[int, int]:
    """The first and the last year of a year, month, day or period."""
    first, last = prices.split("/")[0], prices.split("/")[-1]
    return int(first[:4]), int(last[:4])


def comparable(one: str | None, other: str | None) -> bool:
    """Whether amounts may be compared: of one year, of periods that share one, or of a year that nobody said."""
    if one is None or other is None or one == other or NOMINAL in (one, other):
        return True
    (first, last), (begin, end) = years_of(one), years_of(other)
    return first <= end and begin <= last


def of_both(one: str | None, other: str | None) -> str | None:
    """Whose money a sum or difference is in: the one that is known, and the shorter time of two."""
    if one == other:
        return one
    said = [prices for prices in (one, other) if prices is not None and prices != NOMINAL]
    if not said:
        return one or other
    return min(said, key=lambda prices: years_of(prices)[1] - years_of(prices)[0])
