"""Where a series of numbers leads: only what all of it bears out, never its two ends alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from math import sqrt

_SURE = 1.96
"""Standard deviations beyond which chance leads a series without a trend in one time of twenty."""


def trend(numbers: Sequence[Decimal]) -> str:
    """Key of our words for where numbers in the order of time lead.

    "rising" and "falling" say so of every step, "unchanged" that there is none. "rising overall" and "falling overall"
    say that no step leads back, or that the whole series bears it out: the test of Mann (1945) and Kendall (1975), with
    ties and the correction for continuity, finds a trend (two-sided, 5%), and the last number stands on its side of the
    first. All else goes "up and down".
    """
    steps = [b - a for a, b in pairwise(numbers)]
    if not any(steps):
        return "unchanged"
    for sign, name in ((1, "rising"), (-1, "falling")):
        if all(sign * step > 0 for step in steps):
            return name
        borne_out = sign * mann_kendall(numbers) > _SURE and sign * (numbers[-1] - numbers[0]) > 0
        if all(sign * step >= 0 for step in steps) or borne_out:
            return f"{name} overall"
    return "up and down"


def mann_kendall(numbers: Sequence[Decimal]) -> float:
    """The standardized statistic Z: above zero where later numbers are mostly higher than earlier ones.

    S counts the pairs that rise minus those that fall; its variance is n(n-1)(2n+5)/18, less the same of each group of
    equal numbers; Z is S one step nearer to zero, by its standard deviation. (M. G. Kendall, Rank Correlation Methods,
    1975, chapter 4; H. B. Mann, Nonparametric tests against trend, Econometrica 13, 1945.)
    """
    score = sum((b > a) - (b < a) for a, b in combinations(numbers, 2))

    def spread(count: int) -> int:
        return count * (count - 1) * (2 * count + 5)

    variance = (spread(len(numbers)) - sum(map(spread, Counter(numbers).values()))) / 18
    if not score or variance <= 0:
        return 0.0
    return (score - (1 if score > 0 else -1)) / sqrt(variance)
