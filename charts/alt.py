"""The words that stand for a chart where it cannot be seen."""

from __future__ import annotations

from charts.chart import Chart
from charts.kinds.registry import KINDS


def describe(chart: Chart, language: str) -> str:
    """What a chart shows, its range and trend, and what stands out, from its data; the author's own words win."""
    return chart.alt or KINDS[chart.kind].describe(chart, language)
