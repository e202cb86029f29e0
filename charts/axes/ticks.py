"""Names of times below a chart, each set in the middle of its tick."""

from __future__ import annotations

from collections.abc import Sequence

from charts.axes.calendar import Tick
from charts.lettering import text_width
from charts.plot import MIDDLE, Plot
from charts.style import ChartStyle


def ticks_height(ticks: Sequence[Tick], style: ChartStyle) -> float:
    """Of the names with the gap over them, in points."""
    return (2 if any(tick.below for tick in ticks) else 1) * style.line + 0.4 * style.size


def draw_ticks(plot: Plot, ticks: Sequence[Tick], floor: float, marks: bool) -> None:
    """Set the names below `floor`; with `marks` each has a short line over it, where not every time is named."""
    style = plot.style
    first = floor + 0.4 * style.size + style.line / 2 + MIDDLE * style.size
    for tick in ticks:
        if marks:
            plot.stroke(
                [(tick.x, floor + 0.15 * style.size), (tick.x, floor + 0.4 * style.size)], style.muted, style.hair
            )
        colour = style.ink if tick.strong else style.muted
        for row, (text, bold) in enumerate(((tick.text, tick.strong), (tick.below, False))):
            if text:
                wide = text_width(text, style.bold if bold else style.regular, style.size)
                x = (tick.left + tick.right - wide) / 2
                plot.text(x, first + row * style.line, text, bold=bold, colour=colour)
