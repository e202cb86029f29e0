"""Which of a brand's colours a chart's marks have, and which of them a reader must tell apart."""

from __future__ import annotations

from itertools import combinations

from charts.chart import Chart
from charts.kinds.registry import KINDS
from charts.shades import Shade, Shades


def series(chart: Chart) -> Shades:
    """Colours that stand for something: the measures of grouped bars, or what is highlighted and what is not."""
    return KINDS[chart.kind].shades(chart)


def neighbours(chart: Chart) -> tuple[tuple[Shade, Shade], ...]:
    """Pairs of series that stand beside each other.

    All pairs do: of three bars in a row the last has the first one of the next row beside it.
    """
    return tuple(combinations(series(chart), 2))


def marks(chart: Chart) -> Shades:
    """Every colour of marks that must be seen against the background, outlines of levels not reached among them."""
    kind = KINDS[chart.kind]
    return (kind.marks or kind.shades)(chart)
