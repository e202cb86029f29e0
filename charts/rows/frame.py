"""The frame of charts made of rows: panels below each other, rows in them, and how far they spread."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from charts.lettering import wrap
from charts.plot import Plot
from charts.rows.names import Names
from charts.style import ChartStyle

_MANY = 24
"""Rows up to which all charts of a document have one thickness of bars and one pitch."""
_USUAL, _DENSE = (1.25, 0.75), (1.1, 0.5)
"""Thickness of a bar and distance to the next row, in parts of the text's size: 11 and 7 points in print."""
_WIDEST, _WIDEST_GROUPED = (2.0, 1.6), (1.6, 2.0)
"""As far as rows spread in a drawing that is higher: bars are no thicker than 18 points in print, 40 on slides."""
_FEW, _AIRY = 4, 4.0
"""So many rows, or fewer, stand farther apart where there is room, as they would leave half of a slide empty."""


_BLEED = 0.12
"""Below the last row, in parts of the text's size: descenders reach a little out of the row, and pictures end there."""


class Panel(Struct, frozen=True):
    """Rows that share a scale, with a heading where there are several panels."""

    names: Names
    heading: str = ""
    strong: bool = False
    """Whether the heading stands out."""


class PanelPlaces(Struct, frozen=True):
    """Places for the marks of one panel, in points from the top."""

    middles: tuple[float, ...]
    """Of the marks of each row."""
    thick: float
    """Thickness of a bar."""
    reach: float
    """Height of the marks of one row."""
    top: float
    bottom: float


def place(
    plot: Plot,
    panels: Sequence[Panel],
    *,
    bars: int = 1,
    top: float = 0.0,
    height: float | None = None,
    least: float = 1.0,
    airy: bool = True,
) -> list[PanelPlaces]:
    """Set headings and names of all panels below `top`, and give the places for their marks.

    `bars` is the number of bars in each row, `least` how thick each is at least, in parts of the text's size. With
    `height` the rows spread to fill the plot down to it, as far as they still look as one chart, and are pressed no
    closer than their text allows; `airy` where few may stand far apart. Sets the plot's height.
    """
    style = plot.style
    few = airy and sum(len(panel.names.lines) for panel in panels) <= _FEW
    thick, between = _spread(panels, style, plot.width, bars, top, height, least, few)
    frames: list[PanelPlaces] = []
    y = top
    for panel, tall in zip(panels, _heights(panels, style, bars, thick)):
        if frames:
            y += _apart(panel, style, between)
        heading = wrap(panel.heading, style.bold if panel.strong else style.regular, style.size, plot.width)
        if panel.heading:
            y += len(heading) * style.line
            colour = style.ink if panel.strong else style.muted
            plot.lines(0, y - len(heading) * style.line / 2, heading, bold=panel.strong, colour=colour)
            y += 0.35 * style.size
        start = y
        tops: list[float] = []
        middles: list[float] = []
        for lines, bold, own in zip(panel.names.lines, panel.names.bold, tall):
            middle = y + own / 2
            tops.append(y - between / 2)
            if panel.names.stacked:
                plot.lines(0, y + len(lines) * style.line / 2, lines, bold=bold)
                middle = y + own - bars * thick / 2
            else:
                plot.lines(0, middle, lines, bold=bold)
            middles.append(middle)
            y += own + between
        y -= between
        frames.append(PanelPlaces(tuple(middles), thick, bars * thick, start, y))
        # rows of one scale may go on elsewhere; those of several would lose their headings
        plot.rows = (*tops, y + between / 2) if len(panels) == 1 else ()
    plot.height = max(y + _BLEED * style.size, height or 0.0)
    return frames


def _apart(panel: Panel, style: ChartStyle, between: float) -> float:
    """From one panel to the next, never less than from row to row."""
    return max(between, (0.9 if panel.heading else 1.6) * style.size)


def _heights(panels: Sequence[Panel], style: ChartStyle, bars: int, thick: float) -> list[list[float]]:
    """Height of each row of each panel; alike where that costs little, so that bars stand at even distances."""
    if any(panel.names.stacked for panel in panels):
        return [[len(n) * style.line + 0.15 * style.size + bars * thick for n in p.names.lines] for p in panels]
    own = [[max((len(n) - 0.15) * style.line, bars * thick) for n in panel.names.lines] for panel in panels]
    flat = [height for heights in own for height in heights]
    tallest = max(flat, default=0.0)
    cheap = 1.4 if len(flat) <= 8 else 1.2
    return [[tallest] * len(heights) for heights in own] if tallest * len(flat) <= cheap * sum(flat) else own


def _spread(
    panels: Sequence[Panel],
    style: ChartStyle,
    width: float,
    bars: int,
    top: float,
    height: float | None,
    least: float,
    few: bool,
) -> tuple[float, float]:
    """Thickness of bars and the distance between rows, in points."""
    rows = sum(len(panel.names.lines) for panel in panels)
    gaps = rows - len(panels)
    # a name of two lines stands clear of the next one, or both read as one
    several = any(len(lines) > 1 for panel in panels for lines in panel.names.lines)
    tight = (least * style.size, (0.6 if several else 0.35) * style.size)
    thick, between = _DENSE if rows > _MANY else _USUAL
    natural = (max(thick, least) * style.size, between * style.size)
    thick, between = _WIDEST if bars == 1 else _WIDEST_GROUPED
    wide = (max(thick, least) * style.size, (_AIRY if few else between) * style.size)
    if height is None:
        return natural
    fixed = top + _BLEED * style.size
    for panel in panels:
        if panel.heading:
            fonts = style.bold if panel.strong else style.regular
            fixed += len(wrap(panel.heading, fonts, style.size, width)) * style.line + 0.35 * style.size

    def total(thick: float, between: float) -> float:
        apart = sum(_apart(panel, style, between) for panel in panels[1:])
        return fixed + apart + sum(map(sum, _heights(panels, style, bars, thick))) + between * gaps

    start, end = (natural, wide) if total(*natural) <= height else (tight, natural)
    if total(*end) <= height:
        return end
    low, high = 0.0, 1.0
    for _ in range(16):
        part = (low + high) / 2
        middle = (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
        low, high = (part, high) if total(*middle) <= height else (low, part)
    return start[0] + low * (end[0] - start[0]), start[1] + low * (end[1] - start[1])
