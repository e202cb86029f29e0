"""Horizontal bars from zero, one for each row, with the value at the end of each."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from charts import phrases
from charts.axes.reference import draw_uprights, name_uprights
from charts.chart import Chart
from charts.kinds.kind import Kind
from charts.lettering import text_width
from charts.plot import Plot
from charts.reading import (
    by_unit,
    category_name,
    is_highlighted,
    is_lower_limit,
    may_be_shorter,
    number_of,
    unit_heading,
    value_text,
)
from charts.roles import of_categories
from charts.rows import names
from charts.rows.frame import Panel, PanelPlaces, place
from charts.rows.names import Names
from charts.rows.scale import from_zero, parts
from charts.style import ChartStyle
from data.tables.value import NUMERIC

ALONE = 0.5
"""Of a drawing's width, the most that a bar takes that no other is seen beside: as long as the page it would look as if
it was all there can be."""


class Bar(Struct, frozen=True):
    """A bar to draw: its name, its length as a part of the longest one, and what stands at its end."""

    name: str
    part: float | None
    """None where the data have no value."""
    text: str
    strong: bool = False
    rest: bool = False
    """What is missing to a whole: only outlined."""
    beyond: bool = False
    """The data give only a lower limit: the bar ends in a point, because its true end lies beyond."""
    shorter: bool = False
    """The data give only an upper limit: the bar is only outlined, because its true end lies within."""

    @property
    def pointed(self) -> bool:
        """Below zero nothing tells whether the true end lies further out."""
        return self.beyond and self.part is not None and self.part > 0


class Group(Struct, frozen=True):
    """Bars on one scale."""

    bars: tuple[Bar, ...]
    heading: str = ""
    strong: bool = False
    scale: int | None = None
    """Its number, where other groups share it; their bars are then parts of the longest of all."""


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A bar for each row; where units differ, a panel for each."""
    plot = Plot(style, width)
    measure = chart.measures[0]
    groups: list[Group] = []
    panels = by_unit(chart.table.rows, measure)
    upright: list[tuple[float, str]] = []
    for rows in panels:
        values = [row[measure] for row in rows]
        # lines at values stand among the bars of one unit alone
        against = [reference.value.number for reference in chart.references]
        lengths = parts([*(number_of(value) for value in values), *against])
        upright = [(part or 0.0, one.said(style.language)) for part, one in zip(lengths[len(rows) :], chart.references)]
        bars = tuple(
            Bar(
                category_name(chart, row, style.language),
                part,
                value_text(chart, value, style.language),
                strong,
                beyond=is_lower_limit(value),
                shorter=may_be_shorter(value),
            )
            for row, value, part in zip(rows, values, lengths)
            for strong in (is_highlighted(chart, row),)
        )
        groups.append(Group(bars, unit_heading(rows[0], measure, style.language) if len(panels) > 1 else ""))
    draw_groups(plot, groups, height, upright=upright)
    return plot


def describe(chart: Chart, language: str) -> str:
    """The chart in words."""
    shown = phrases.values(chart, chart.table.rows, chart.measures[0], language)
    return phrases.sentences([phrases.heading("bar chart", chart, language), shown, *phrases.remarks(chart, language)])


def draw_groups(
    plot: Plot,
    groups: Sequence[Group],
    height: float | None,
    *,
    upright: Sequence[tuple[float, str]] = (),
) -> None:
    """Draw groups of bars below each other, each on its own scale, or on one with those of the same number.

    `upright` are lines at values: where they stand, as a part of the longest bar or line, and what they are called.
    """
    style, width = plot.style, plot.width
    bars = [bar for group in groups for bar in group.bars]
    emphasis = any(bar.strong for bar in bars)
    fonts = {True: style.bold, False: style.regular}
    titles, bold = [bar.name for bar in bars], [bar.strong for bar in bars]
    scaled = [
        group.bars if group.scale is None else [bar for one in groups if one.scale == group.scale for bar in one.bars]
        for group in groups
    ]

    def scales(room: float) -> list[tuple[float, float]]:
        """Where zero stands and how long the longest bar is, for each group."""
        found: list[tuple[float, float]] = []
        for members in scaled:
            ends = [
                text_width(bar.text, fonts[bar.strong], style.size) + style.gap + (style.point if bar.pointed else 0.0)
                for bar in members
            ]
            lengths = [*(bar.part or 0.0 for bar in members), *(part for part, _ in upright)]
            zero, unit = from_zero(lengths, [*ends, *(0.0 for _ in upright)], room)
            if len(bars) + len(upright) == 1 and unit > ALONE * width:
                zero, unit = from_zero(lengths, ends, room - (unit - ALONE * width))
            found.append((zero, unit))
        return found

    column = names.beside(titles, bold, style, width)
    if any(unit < 0.15 * width for _, unit in scales(width - column.left)) and any(bar.part for bar in bars):
        column = names.over(titles, bold, style, width)
    panels: list[Panel] = []
    done = 0
    for group in groups:
        panels.append(Panel(column.take(done, done + len(group.bars)), group.heading, group.strong))
        done += len(group.bars)
    edge = 0.2 * style.size
    (zero, unit), *_ = scales(width - column.left) or [(0.0, 0.0)]
    named = name_uprights(plot, [(column.left + zero + part * max(unit, 0.0), text) for part, text in upright])
    head = max((one.row + 1 for one in named), default=0) * style.line + (0.3 * style.size if named else 0.0)
    frames = place(plot, panels, top=head + edge, height=None if height is None else height - edge)
    plot.height += edge
    for group, frame, (zero, unit) in zip(groups, frames, scales(width - column.left)):
        axis, unit = column.left + zero, max(unit, 0.0)
        for bar, middle in zip(group.bars, frame.middles):
            length = (bar.part or 0.0) * unit
            upper = middle - frame.thick / 2
            if bar.rest or (bar.shorter and bar.part):
                plot.dashed(axis + min(length, 0.0), upper, abs(length), frame.thick)
            elif bar.part:
                colour = style.accent if bar.strong or not emphasis else style.mark
                draw = plot.pointed if bar.pointed else plot.bar
                draw(axis + min(length, 0.0), upper, abs(length), frame.thick, colour)
            quiet = bar.part is None or bar.rest
            colour = style.muted if quiet else style.accent_text if bar.strong else style.ink
            if length < 0:
                plot.lines(axis + length - style.gap, middle, (bar.text,), "right", bar.strong, colour)
            else:
                end = axis + length + (style.point if bar.pointed else 0.0)
                plot.lines(end + style.gap, middle, (bar.text,), "left", bar.strong, colour)
        draw_axis(plot, column, frame, axis, edge)
    if named:
        draw_uprights(plot, named, head, frames[-1].bottom + edge)


def draw_axis(plot: Plot, column: Names, frame: PanelPlaces, x: float, edge: float) -> None:
    """The line that bars start from; in pieces where names stand between them."""
    if not column.stacked:
        plot.axis(x, frame.top - edge, x, frame.bottom + edge)
    elif x > 0:
        half = frame.reach / 2
        for middle in frame.middles:
            plot.axis(x, middle - half, x, middle + half)


KIND = Kind(of_categories(NUMERIC), draw, describe, references=True)
