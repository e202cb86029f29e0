"""Which of a brand's colours the marks of a chart have."""

from __future__ import annotations

from typing import Literal

from charts.chart import Chart
from charts.reading import is_highlighted

Shade = Literal["accent", "mark", "ink"]
Shades = tuple[Shade, ...]


def emphasis(chart: Chart) -> Shades:
    """The accent for what is highlighted, another for the rest; the accent alone where nothing is set apart."""
    strong = {is_highlighted(chart, row) for row in chart.table.rows}
    return ("accent", "mark") if len(strong) > 1 else ("accent",)
