"""Lengths for numbers, so that marks and the labels at their ends fill the room there is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_LEAST = 0.1
"""Of the largest magnitude, what places of marks reach over at least: two that differ by a fiftieth would stand at the
two ends of a drawing, as if one was far from the other."""


def parts(numbers: Sequence[Decimal | None]) -> list[float | None]:
    """Numbers as parts of the largest magnitude among them, -1 to 1; dividing as decimals keeps huge ones apart."""
    largest = max((abs(n) for n in numbers if n is not None), default=Decimal(0))
    return [None if n is None else float(n / largest) if largest else 0.0 for n in numbers]


def from_zero(values: Sequence[float], ends: Sequence[float], room: float) -> tuple[float, float]:
    """Where zero stands and how long 1 is, so that each bar and the label at its end stay within `room` points.

    `values` are parts as `parts` makes them, `ends` the width of each label with its gap, in points. The longest
    bar and its label fill the room exactly. A length below zero says that the labels alone are too wide.
    """
    right = [(v, e) for v, e in zip(values, ends) if v >= 0] or [(0.0, 0.0)]
    left = [(-v, e) for v, e in zip(values, ends) if v < 0]
    if not left:
        factor = min(((room - e) / v for v, e in right if v > 0), default=0.0)
        if max(e for _, e in right) > room:
            factor = -1.0
        return 0.0, factor
    factor = min((room - er - el) / (r + lf) for r, er in right for lf, el in left)
    return max(lf * factor + el for lf, el in left), factor


def between(
    lows: Sequence[float], highs: Sequence[float], before: Sequence[float], behind: Sequence[float], room: float
) -> tuple[float, float]:
    """Where 0 stands and how long 1 is, so that every span and the labels around it fill `room` points; what lies near
    each other stands near the right end of it.

    `before` and `behind` are the widths of the labels left of the low and right of the high end. A length below
    zero says that the labels alone are too wide.
    """
    if lows and max(highs) > min(lows):
        lows, before = [*lows, max(highs) - _LEAST], [*before, 0.0]
    factor = min(
        ((room - b - e) / (high - low) for low, b in zip(lows, before) for high, e in zip(highs, behind) if high > low),
        default=0.0,
    )
    zero = max(b - low * factor for low, b in zip(lows, before))
    # a high end left of another row's low one has its label to the right of that one's, which no factor says
    if any(zero + high * factor + e > room + 1e-6 for high, e in zip(highs, behind)):
        return max(before), -1.0
    return zero, factor


def reach(lows: Sequence[float], highs: Sequence[float]) -> float:
    """How far the scale of some spans reaches, in parts of the largest magnitude."""
    apart = max(highs) - min(lows)
    return max(apart, _LEAST) if apart else 0.0
