"""Which of a brand's colours a chart's marks have, and which of them a reader must tell apart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Literal

from charts.chart import Chart
from charts.reading import is_highlighted

Shade = Literal["accent", "mark", "ink"]


def series(chart: Chart) -> tuple[Shade, ...]:
    """Colours that stand for something: the measures of grouped bars, or what is highlighted and what is not."""
    return _SERIES.get(chart.kind, _emphasis)(chart)


def neighbours(chart: Chart) -> tuple[tuple[Shade, Shade], ...]:
    """Pairs of series that stand beside each other.

    All pairs do: of three bars in a row the last has the first one of the next row beside it.
    """
    return tuple(combinations(series(chart), 2))


def marks(chart: Chart) -> tuple[Shade, ...]:
    """Every colour of marks that must be seen against the background, outlines of levels not reached among them."""
    return ("accent", "mark") if chart.kind == "levels" else series(chart)


def _emphasis(chart: Chart) -> tuple[Shade, ...]:
    strong = {is_highlighted(chart, row) for row in chart.table.rows}
    return ("accent", "mark") if len(strong) > 1 else ("accent",)


def _measures(chart: Chart) -> tuple[Shade, ...]:
    shades: tuple[Shade, ...] = ("accent", "mark", "ink")
    # more than three bars have their names beside them
    return shades[: len(chart.measures)] if len(chart.measures) <= len(shades) else _emphasis(chart)


_SERIES: dict[str, Callable[[Chart], tuple[Shade, ...]]] = {"bars": _measures, "line": lambda _: ("accent",)}
"""Kinds that do more than set off what is highlighted, or less."""
