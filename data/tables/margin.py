"""How far a value may be from the truth because not everybody was asked, and what becomes of that in computing."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

_Z = Decimal("1.959964")
"""Standard errors on either side within which 95 of 100 samples lie: the 97.5 % quantile of the normal distribution."""


class Margin(Struct, frozen=True):
    """Half the width of a value's 95 % interval, in the value's own unit."""

    half: Decimal | None
    """None where there is a margin and nobody knows how large it is."""
    whole: str = ""
    """Name of the whole that the value is a share of: shares of one whole are found by asking the same people."""


UNKNOWN = Margin(None)


def of_share(percent: Decimal, asked: Decimal, whole: str = "") -> Margin:
    """The margin of a share in percent among so many people, in percentage points; unknown where nobody was asked.

    Half the width of Wilson's score interval, which also has a width where the share is 0 or 100 (E. B. Wilson, 1927;
    recommended by Brown, Cai and DasGupta, "Interval Estimation for a Binomial Proportion", Statistical Science 16,
    2001). It takes people to be drawn at random; a survey with another design states its margins itself.
    """
    if asked <= 0 or not 0 <= percent <= 100:
        return Margin(None, whole)
    share, square = percent / 100, _Z * _Z
    spread = (share * (1 - share) / asked + square / (4 * asked * asked)).sqrt()
    return Margin(100 * _Z * spread / (1 + square / asked), whole)


def together(one: Margin | None, other: Margin | None) -> Margin | None:
    """The margin of a sum or difference: the root of the sum of squares, as for samples that are independent.

    (U.S. Census Bureau, "Understanding and Using American Community Survey Data", 2020, chapter 8.) Shares of one whole
    are not: where one has too many people, another has too few. There the margins add up, which is never too little.
    """
    if one is None or other is None:
        return one or other
    shared = one.whole if one.whole == other.whole else ""
    if one.half is None or other.half is None:
        return Margin(None, shared)
    half = one.half + other.half if shared else (one.half * one.half + other.half * other.half).sqrt()
    return Margin(half, shared)


def scaled(margin: Margin | None, factor: Decimal) -> Margin | None:
    """The margin of a multiple or a part."""
    if margin is None or margin.half is None:
        return margin
    return Margin(margin.half * abs(factor), margin.whole)


def of_ratio(ratio: Decimal, one: Margin | None, divisor: Decimal, other: Margin | None) -> Margin | None:
    """The margin of `ratio`, which is something divided by `divisor` (Census Bureau, as `together`)."""
    below = together(one, scaled(other, ratio))
    return scaled(below, 1 / divisor)


def unknown(*margins: Margin | None) -> Margin | None:
    """Of what was computed from values with margins in a way that leaves open how large its own is."""
    return UNKNOWN if any(margins) else None
