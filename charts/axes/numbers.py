"""An axis of numbers: round ones at equal steps, and where each value stands between its ends."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec import Struct
from msgspec.structs import replace

from charts.lettering import one_line
from data.language.show import common_scale, show
from data.tables.value import Measure, Value

_ROUND = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
"""Steps that readers count in, but for a power of ten (P. Heckbert, Nice numbers for graph labels, in: Graphics Gems,
1990)."""


class NumberAxis(Struct, frozen=True):
    """From one round number to another."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    """Round numbers at equal steps, the ends among them."""

    def place(self, number: Decimal) -> float:
        """Where a number stands, as a part of the axis: 0 at its low end, 1 at its high end."""
        return float((number - self.low) / (self.high - self.low))


def number_axis(
    numbers: Iterable[Decimal], most: int, *, zero: bool = True, whole: bool = False, within: Decimal | None = None
) -> NumberAxis:
    """The shortest axis with at most `most` ticks, 3 or more, that holds all numbers, and zero unless that is false.

    `whole` allows no step below one; `within` is an end that an axis of lower numbers does not go beyond,
    such as 100 for shares. An axis
    without numbers, or of nothing but zero, goes to one.
    """
    found = [*numbers, *((Decimal(0),) if zero else ())] or [Decimal(0)]
    low, high = min(found), max(found)
    if low == high:
        low, high = (low, low + 1) if low >= 0 else (low, Decimal(0))
    step = _step((high - low) / (most - 1), whole)
    while _count(low, high, step) > most:
        step = _step(step * Decimal("1.01"), whole)
    start, end = _floor(low, step), _ceiling(high, step)
    if within is not None and start == 0 and high <= within <= end:
        pieces = next(pieces for pieces in (5, 4, 2) if pieces < most)
        return NumberAxis(start, within, tuple(within * number / pieces for number in range(pieces + 1)))
    ticks = [start + step * number for number in range(int((end - start) / step) + 1)]
    return NumberAxis(start, end, tuple(ticks))


def tick_texts(axis: NumberAxis, measure: Measure, language: str) -> tuple[str, ...]:
    """What stands at the ticks: as values of the measure are shown, all with as many decimals as they need."""
    fine = max(0, *(-int(tick.normalize().as_tuple().exponent) for tick in axis.ticks))
    values = [Value(tick, replace(measure, decimals=fine)) for tick in axis.ticks]
    scale = common_scale(values)
    return tuple(one_line(show(value, "label", language, scale if value.content else None)) for value in values)


def _step(least: Decimal, whole: bool) -> Decimal:
    """The next round step that is not below `least`."""
    if whole and least < 1:
        return Decimal(1)
    power = Decimal(10) ** least.adjusted()
    return next(part * power for part in _ROUND if part * power >= least)


def _count(low: Decimal, high: Decimal, step: Decimal) -> int:
    return int((_ceiling(high, step) - _floor(low, step)) / step) + 1


def _floor(number: Decimal, step: Decimal) -> Decimal:
    return (number / step).to_integral_value(ROUND_FLOOR) * step


def _ceiling(number: Decimal, step: Decimal) -> Decimal:
    return (number / step).to_integral_value(ROUND_CEILING) * step
