"""Dots on a line of their own for each row, one or two measures, each with its value: for amounts far from zero."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from charts import phrases
from charts.chart import Chart
from charts.distinct import Fault, of_one_name
from charts.kinds import bars, names
from charts.kinds.frame import Panel, PanelPlaces, place
from charts.kinds.key import draw_key
from charts.kinds.kind import Kind
from charts.kinds.scale import between, parts
from charts.lettering import one_line, text_width
from charts.plot import Plot
from charts.reading import by_unit, category_name, is_highlighted, number_of, unit_heading, value_text
from charts.roles import of_categories
from charts.shades import Shades, emphasis
from charts.style import ChartStyle
from data.look.colour import text_colour
from data.tables.table import Row
from data.tables.value import NUMERIC

_MOST = 2
"""Dots on one line that have room for their values on either side."""


class Dot(Struct, frozen=True):
    """One value of a row: where it stands, as a part of the largest number in its panel, and what it says."""

    part: float | None
    """None where the data lack the value."""
    text: str
    series: int


class DotRow(Struct, frozen=True):
    """A row to draw, its dots from left to right, the missing ones last."""

    name: str
    strong: bool
    dots: tuple[Dot, ...]

    @property
    def known(self) -> list[Dot]:
        return [dot for dot in self.dots if dot.part is not None]

    @property
    def before(self) -> str:
        """Text left of the first dot; empty where all stands behind the last one."""
        return self.known[0].text if len(self.known) > 1 else ""

    @property
    def behind(self) -> str:
        known = self.known
        absent = [dot.text for dot in self.dots if dot.part is None]
        return ", ".join([*[dot.text for dot in known[-1:]], *dict.fromkeys(absent)])


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A dot for each value, the two of a row joined by a line, one panel for each unit."""
    plot, measure = Plot(style, width), chart.measures[0]
    groups = by_unit(chart.table.rows, measure)
    panels_rows = [_rows(chart, rows, style.language) for rows in groups]
    every = [row for rows in panels_rows for row in rows]
    titles, bold = [row.name for row in every], [row.strong for row in every]
    column = names.beside(titles, bold, style, width)
    if any(_scale(rows, style, width - column.left)[2] < 0.12 * width for rows in panels_rows):
        column = names.over(titles, bold, style, width)
    top = 0.0
    if len(chart.measures) > 1:
        own = [one_line(field.title) for field in chart.measure_fields]
        alone = panels_rows[0] if len(panels_rows) == 1 and not column.stacked else []
        top = _name_dots(plot, own, alone, column.left) or draw_key(plot, own, _colours(style))
    panels: list[Panel] = []
    done = 0
    for rows in groups:
        heading = unit_heading(rows[0], measure, style.language) if len(groups) > 1 else ""
        panels.append(Panel(column.take(done, done + len(rows)), heading))
        done += len(rows)
    for rows, frame in zip(panels_rows, place(plot, panels, top=top, height=height), strict=True):
        _draw_rows(plot, rows, frame, column.left, len(chart.measures))
    return plot


def describe(chart: Chart, language: str) -> str:
    """The chart in words, as those of bars are."""
    shown = phrases.values(chart, chart.table.rows, chart.measures[0], language)
    if len(chart.measures) > 1:
        return bars.describe(chart, language, "dot chart")
    return phrases.sentences([phrases.heading("dot chart", chart, language), shown, *phrases.remarks(chart, language)])


def shades(chart: Chart) -> Shades:
    """A colour for each of two measures; of one, the accent for what stands out."""
    return ("accent", "mark") if len(chart.measures) > 1 else emphasis(chart)


def rank(chart: Chart, groups: Sequence[Sequence[Row]]) -> list[Decimal | None]:
    """The middle of a row's values; None where one is missing."""
    found: list[Decimal | None] = []
    for rows in groups:
        numbers = [number_of(rows[0][name]) for name in chart.measures]
        known = [number for number in numbers if number is not None]
        found.append(sum(known, Decimal(0)) / len(known) if known and len(known) == len(numbers) else None)
    return found


def fault(chart: Chart, language: str) -> Fault | None:
    """More measures than one line has room for, or two rows under one name."""
    if len(chart.measures) > _MOST:
        return f"a row has two dots at most, not {len(chart.measures)}.", "Use the kind 'bars', or name two fields."
    return of_one_name(chart, language)


def _colours(style: ChartStyle) -> tuple[str, ...]:
    return style.accent, style.mark


def _rows(chart: Chart, rows: Sequence[Row], language: str) -> list[DotRow]:
    values = [[row[name] for name in chart.measures] for row in rows]
    flat = parts([number_of(value) for own in values for value in own])
    count = len(chart.measures)
    made: list[DotRow] = []
    for i, (row, own) in enumerate(zip(rows, values, strict=True)):
        dots = [
            Dot(part, value_text(chart, value, language), series)
            for series, (part, value) in enumerate(zip(flat[i * count : (i + 1) * count], own, strict=True))
        ]
        dots.sort(key=lambda dot: (dot.part is None, dot.part or 0.0))
        made.append(DotRow(category_name(chart, row, language), is_highlighted(chart, row), tuple(dots)))
    return made


def _scale(rows: Sequence[DotRow], style: ChartStyle, room: float) -> tuple[float, float, float]:
    """Where 0 stands, how long 1 is, and how far the dots reach, in points; negative where labels do not fit."""
    radius = _radius(style)

    def taken(text: str, strong: bool) -> float:
        fonts = style.bold if strong else style.regular
        return radius + (text_width(text, fonts, style.size) + style.gap if text else 0.0)

    shown = [row for row in rows if row.known]
    if not shown:
        return 0.0, 0.0, room
    lows = [row.known[0].part or 0.0 for row in shown]
    highs = [row.known[-1].part or 0.0 for row in shown]
    before = [taken(row.before, row.strong) for row in shown]
    behind = [taken(row.behind, row.strong) for row in shown]
    zero, unit = between(lows, highs, before, behind, room)
    reach = max(highs) - min(lows)
    return zero, max(unit, 0.0), unit * reach if reach else room - max(before) - max(behind)


def _name_dots(plot: Plot, titles: Sequence[str], rows: Sequence[DotRow], left: float) -> float:
    """Name two measures over the dots of the first row, one to either side; gives the height below, 0 without room."""
    style = plot.style
    if not rows or len(rows[0].known) < _MOST:
        return 0.0
    zero, unit, _ = _scale(rows, style, plot.width - left)
    first, second = rows[0].known
    radius = _radius(style)
    ends = left + zero + unit * (first.part or 0.0) + radius, left + zero + unit * (second.part or 0.0) - radius
    wide = [text_width(titles[dot.series], style.regular, style.size) for dot in (first, second)]
    # two names over dots that touch stand clear of each other
    shift = max(0.0, (style.size - (ends[1] - ends[0])) / 2)
    if ends[0] - shift < wide[0] or ends[1] + shift + wide[1] > plot.width:
        return 0.0
    colours = [text_colour(_colours(style)[dot.series], style.paper) for dot in (first, second)]
    plot.lines(ends[0] - shift, style.line / 2, (titles[first.series],), "right", colour=colours[0])
    plot.lines(ends[1] + shift, style.line / 2, (titles[second.series],), "left", colour=colours[1])
    return style.line + 0.2 * style.size


def _radius(style: ChartStyle) -> float:
    return 0.45 * style.size


def _draw_rows(plot: Plot, rows: Sequence[DotRow], frame: PanelPlaces, left: float, count: int) -> None:
    style, radius = plot.style, _radius(plot.style)
    zero, unit, _ = _scale(rows, style, plot.width - left)
    emphasis = any(row.strong for row in rows)
    for row, y in zip(rows, frame.middles, strict=True):
        fonts = style.bold if row.strong else style.regular
        words = style.accent_text if row.strong else style.ink
        if not row.known:
            plot.lines(left, y, (row.behind,), colour=style.muted)
            continue
        at = [left + zero + unit * (dot.part or 0.0) for dot in row.known]
        start, end = at[0] - radius, at[-1] + radius
        taken = text_width(row.before, fonts, style.size) + 2 * style.gap if row.before else 0.0
        used = text_width(row.behind, fonts, style.size) + 2 * style.gap
        # a row's line leads from its name to its dots and on; words stand free of it
        for x0, x1 in ((left, start - taken), (end + used, plot.width)):
            if x1 - x0 > style.size:
                plot.stroke([(x0, y), (x1, y)], style.hairline, style.hair)
        if at[-1] > at[0]:
            plot.stroke([(at[0], y), (at[-1], y)], style.hairline, 0.3 * style.size)
        for dot, x in reversed(list(zip(row.known, at, strict=True))):
            colour = _colours(style)[dot.series]
            if count == 1 and emphasis and not row.strong:
                colour = style.mark
            plot.dot(x, y, radius, colour)
        if row.before:
            plot.lines(at[0] - radius - style.gap, y, (row.before,), "right", row.strong, words)
        plot.lines(at[-1] + radius + style.gap, y, (row.behind,), "left", row.strong, words)


KIND = Kind(
    of_categories(NUMERIC, several=True),
    draw,
    describe,
    shades=shades,
    fault=fault,
    rank=rank,
)
