"""Which kinds of chart programs can draw for themselves, and how each is told to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from charts.chart import Chart
from charts.editable.bars import bar, column, grouped, share
from charts.editable.dots import dot, span
from charts.editable.figure import Figure
from charts.editable.lines import line, slope
from charts.editable.points import scatter
from charts.editable.stacked import stacked
from charts.style import ChartStyle

_EDITABLE: Mapping[str, Callable[[Chart, ChartStyle, float, float], Figure | None]] = {
    "bar": bar,
    "bars": grouped,
    "column": column,
    "dot": dot,
    "line": line,
    "range": span,
    "scatter": scatter,
    "share": share,
    "slope": slope,
    "stacked": stacked,
}


def editable(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """The chart for a program that draws it about so large, in points; None where that shows less than we do."""
    make = _EDITABLE.get(chart.kind)
    return None if make is None or not len(chart.table) else make(chart, style, width, height)
