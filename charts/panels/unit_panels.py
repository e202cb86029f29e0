"""Panels below each other, one for each unit: different units never share a scale."""

from __future__ import annotations

from collections.abc import Iterator

from charts.chart import Chart
from charts.plot import Plot
from charts.reading import by_unit, unit_heading
from data.tables.table import Row


def unit_panels(
    plot: Plot, chart: Chart, height: float | None, natural: float, least: float
) -> Iterator[tuple[list[Row], float, float]]:
    """The rows of each unit, the upper edge of their panel and its height, `natural` or what there is of `height` but
    not below `least`; headed where there are several. Each panel begins below what the one before has drawn.
    """
    style, measure = plot.style, chart.measures[0]
    groups = by_unit(chart.table.rows, measure)
    for done, rows in enumerate(groups):
        top = plot.height + (style.size if done else 0.0)
        if len(groups) > 1:
            heading = unit_heading(rows[0], measure, style.language)
            plot.lines(0, top + style.line / 2, (heading,), colour=style.muted)
            top += 1.3 * style.line
        yield rows, top, natural if height is None else max((height - top) / (len(groups) - done), least)
    plot.height = max(plot.height, height or 0.0)
