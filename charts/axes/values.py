"""The axis of a chart's values: bare where every value is said beside its mark, else with round numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from charts.axes.numbers import NumberAxis, number_axis
from charts.style import ChartStyle
from data.tables.value import Measure, Value

_MOST = 5
"""Round numbers on an axis."""


_NEAREST = 1.5
"""Between two round numbers, in sizes of the text."""


def _reach(axis: NumberAxis) -> Decimal:
    return axis.high - axis.low


def _spread(numbers: Sequence[Decimal]) -> Decimal:
    """How far an axis reaches at least that begins at zero."""
    return max((Decimal(0), *numbers)) - min((Decimal(0), *numbers))


def bare_axis(numbers: Sequence[Decimal], start: Value | None = None) -> NumberAxis:
    """From zero, or the lowest of negative numbers, to the highest number; an end that is not zero is a tick, and zero
    is one where it is no end."""
    low = Decimal(0) if start is None else start.number
    low, high = min((low, *numbers)), max((low, *numbers))
    ticks = (low,) if start is not None else (Decimal(0),) if low < 0 else ()
    return NumberAxis(low, high if high > low else low + 1, ticks)


def value_axis(
    numbers: Sequence[Decimal], measure: Measure, tall: float, style: ChartStyle, start: Value | None = None
) -> NumberAxis:
    """An axis of round numbers, as many as `tall` points have room for, that begins at zero or at `start`."""
    most = max(3, min(_MOST, int(tall / (2.2 * style.size)) + 1))
    whole, within = measure.type == "integer", Decimal(100) if measure.type == "percent" else None
    if start is None:
        found = [number_axis(numbers, count, whole=whole, within=within) for count in (most, most + 1, most + 2)]
        near = [one for one in found[1:] if tall >= _NEAREST * style.size * (len(one.ticks) - 1)]
        # a few more numbers are better than an axis of which most is empty
        return min(near, key=_reach) if _reach(found[0]) > 2 * _spread(numbers) and near else found[0]
    low = start.number
    axis = number_axis([low, *numbers], most, zero=False, whole=whole)
    high = within if within is not None and max(numbers, default=low) <= within < axis.high else axis.high
    step = axis.ticks[1] - axis.ticks[0]
    # it begins just where the project says, and the next tick stands clear of that one
    return NumberAxis(low, high, (low, *(tick for tick in axis.ticks if low + step / 2 <= tick <= high)))
