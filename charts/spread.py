"""How numbers spread: their quartiles, and steps in which they are counted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from msgspec import Struct

_ROUND = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_FEWEST, _MOST = 5, 40
"""Steps of a histogram: fewer show no shape, more are no picture."""


def quantile(ordered: Sequence[Decimal], part: Decimal) -> Decimal:
    """The number below which a part (0 to 1) of sorted numbers lies, between two of them by straight lines.

    Definition 7 of R. J. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages, The American Statistician 50,
    1996: that of spreadsheets.
    """
    place = part * (len(ordered) - 1)
    below = int(place)
    if below + 1 >= len(ordered):
        return ordered[-1]
    return ordered[below] + (place - below) * (ordered[below + 1] - ordered[below])


def quartiles(ordered: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """The lower quartile, the median and the upper quartile of sorted numbers."""
    return quantile(ordered, Decimal("0.25")), quantile(ordered, Decimal("0.5")), quantile(ordered, Decimal("0.75"))


def step_of(ordered: Sequence[Decimal], whole: bool) -> Decimal:
    """The round step (1, 2 or 5 times a power of ten) in which sorted numbers are counted; `whole` allows none below 1.

    The one nearest to 2 (Q3 - Q1) / n^(1/3): D. Freedman and P. Diaconis, On the histogram as a density estimator,
    Zeitschrift für Wahrscheinlichkeitstheorie 57, 1981. It makes 5 to 40 steps where numbers are not all the same.
    """
    lower, _, upper = quartiles(ordered)
    reach = ordered[-1] - ordered[0]
    if not reach:
        return Decimal(1) if whole else _round(abs(ordered[0]) / 10 or Decimal(1))
    wanted = 2 * (upper - lower) / Decimal(len(ordered)) ** (Decimal(1) / 3)
    wanted = min(max(wanted, reach / _MOST), reach / _FEWEST)
    step = _round(wanted)
    while reach / step > _MOST:
        step = next(one for one in (step * part for part in (Decimal(2), Decimal("2.5"))) if _round(one) == one)
    return max(step, Decimal(1)) if whole else step


def _round(number: Decimal) -> Decimal:
    """The round number that is nearest by its ratio."""
    power = Decimal(10) ** number.adjusted()
    return min((part * power for part in _ROUND), key=lambda one: max(one / number, number / one))


class Bin(Struct, frozen=True):
    """Numbers from `low` on, below `high`, which the last bin holds too."""

    low: Decimal
    high: Decimal
    places: tuple[int, ...]
    """Of the numbers among all, in their order."""


def bins(numbers: Sequence[Decimal], whole: bool, least: int | None) -> tuple[Decimal, tuple[Bin, ...]]:
    """The step, and the bins that hold all numbers.

    With `least`, bins of fewer numbers are one with the neighbour that holds fewer, until none is left but empty ones.
    """
    ordered = sorted(numbers)
    step = step_of(ordered, whole)
    start = (ordered[0] / step).to_integral_value(ROUND_FLOOR) * step
    count = max(int(((ordered[-1] - start) / step).to_integral_value(ROUND_FLOOR)), 0) + 1
    if count > 1 and start + step * (count - 1) == ordered[-1]:
        count -= 1  # the highest number alone makes no bin of its own
    held: list[list[int]] = [[] for _ in range(count)]
    for place, number in enumerate(numbers):
        held[min(int(((number - start) / step).to_integral_value(ROUND_FLOOR)), count - 1)].append(place)
    found = [Bin(start + step * i, start + step * (i + 1), tuple(one)) for i, one in enumerate(held)]
    return step, tuple(_merged(found, least or 0))


def _merged(found: list[Bin], least: int) -> list[Bin]:
    while len(found) > 1:
        small = [i for i, one in enumerate(found) if 0 < len(one.places) < least]
        if not small:
            break
        one = min(small, key=lambda i: len(found[i].places))
        beside = [i for i in (one - 1, one + 1) if 0 <= i < len(found)]
        # toward those that hold somebody, or an empty bin would be joined for nothing
        other = min(beside, key=lambda i: (not found[i].places and len(beside) > 1, len(found[i].places)))
        left, right = min(one, other), max(one, other)
        joined = Bin(found[left].low, found[right].high, (*found[left].places, *found[right].places))
        found = [*found[:left], joined, *found[right + 1 :]]
    return found


class Box(Struct, frozen=True):
    """What a box shows of its numbers: J. W. Tukey, Exploratory Data Analysis, 1977, chapter 2."""

    low: Decimal
    """The lowest number within one and a half times the height of the box from it."""
    lower: Decimal
    middle: Decimal
    upper: Decimal
    high: Decimal
    count: int
    below: int
    """Numbers that lie farther out than the lowest one of the whisker."""
    above: int


def box(numbers: Sequence[Decimal]) -> Box:
    """The box of numbers, with quartiles as `quantile` has them."""
    ordered = sorted(numbers)
    lower, middle, upper = quartiles(ordered)
    reach = (upper - lower) * Decimal("1.5")
    near = [number for number in ordered if lower - reach <= number <= upper + reach]
    below, above = (sum(n < lower - reach for n in ordered), sum(n > upper + reach for n in ordered))
    return Box(min(near[0], lower), lower, middle, upper, max(near[-1], upper), len(ordered), below, above)
