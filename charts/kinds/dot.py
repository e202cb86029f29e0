"""Dots on a line of their own for each row, one or two measures, each with its value: for amounts far from zero."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from charts import phrases
from charts.axes.guides import zero_line
from charts.axes.reference import draw_uprights, name_uprights
from charts.chart import Chart
from charts.distinct import Fault, at_one_place, first_limit, of_one_name
from charts.distinct import place as where
from charts.kinds import bars
from charts.kinds.kind import Kind
from charts.lettering import one_line, text_width
from charts.plot import Align, Plot
from charts.reading import by_unit, category_name, is_highlighted, number_of, unit_heading, value_text
from charts.roles import of_categories
from charts.rows import names
from charts.rows.differences import arrow_fits, difference_fault, difference_texts, difference_title, draw_arrow
from charts.rows.figures import Figures, draw_figures, figures
from charts.rows.frame import Panel, PanelPlaces, place
from charts.rows.key import draw_key
from charts.rows.precision import at_one_precision
from charts.rows.scale import between, parts, reach
from charts.shades import Shades, emphasis
from charts.style import ChartStyle
from data.look.colour import text_colour
from data.tables.table import Row
from data.tables.value import NUMERIC

_MOST = 2
"""Dots on one line that have room for their values on either side."""


_ALONE, _WITH_ARROW = 0.45, 0.34
"""Radius of a dot, in parts of the text's size; of one that leaves room for an arrow."""
_HIDDEN = 0.7
"""Of a dot's radius: nearer than that to each other one of two dots hides the other, and they are drawn as halves."""


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
        why = phrases.joined(dict.fromkeys(absent))
        return f"{known[-1].text} ({why})" if known and why else known[-1].text if known else why


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A dot for each value, the two of a row joined by a line or an arrow, one panel for each unit."""
    plot, measure = Plot(style, width), chart.measures[0]
    groups = by_unit(chart.table.rows, measure)
    against = [reference.value.number for reference in chart.references]
    made = [_rows(chart, rows, style.language, against) for rows in groups]
    if any(_scale(rows, lines, style, width, _ALONE * style.size)[2] < 0.12 * width for rows, lines in made):
        # the name of what is missing has no room beside its row
        made = [_rows(chart, rows, style.language, against, named=False) for rows in groups]
    panels_rows = [rows for rows, _ in made]
    every = [row for rows in panels_rows for row in rows]
    titles, bold = [row.name for row in every], [row.strong for row in every]
    apart = _differences(chart, [row for rows in groups for row in rows], bold, style, width)
    radius = (_WITH_ARROW if chart.differences else _ALONE) * style.size
    right = width - (apart.width + 1.6 * style.size if apart else 0.0)
    column = names.beside(titles, bold, style, width)
    if any(_scale(rows, lines, style, right - column.left, radius)[2] < 0.12 * width for rows, lines in made):
        column = names.over(titles, bold, style, width)
        if apart and any(_scale(rows, lines, style, right, radius)[2] < 0 for rows, lines in made):
            column = names.over(_with_differences(chart, titles, apart, style.language), bold, style, width)
            apart, right = None, width
    scales = [_scale(rows, lines, style, right - column.left, radius) for rows, lines in made]
    arrows = chart.differences and all(
        _have_arrows(rows, unit, style, radius) for rows, (_, unit, _) in zip(panels_rows, scales, strict=True)
    )
    if chart.differences and not arrows:
        radius = _ALONE * style.size
        scales = [_scale(rows, lines, style, right - column.left, radius) for rows, lines in made]
    zero, unit, _ = scales[0]
    over: list[_Over] = []
    top = 0.0
    if len(chart.measures) > 1:
        own = [one_line(field.title) for field in chart.measure_fields]
        alone = panels_rows[0] if len(panels_rows) == 1 and not column.stacked else []
        over = _over_first(own, alone, column.left + zero, unit, right, style, radius)
        top = 0.0 if over else draw_key(plot, own, _colours(style), dots=True)
    said = [reference.said(style.language) for reference in chart.references]
    named = name_uprights(
        plot, [(column.left + zero + unit * x, text) for x, text in zip(made[0][1], said, strict=True)]
    )
    head = top + max((one.row + 1 for one in named), default=0) * style.line + (0.3 * style.size if named else 0.0)
    # a key stands on the lines of the column's head where it ends before it
    start = 0.0 if not named and all(label.box.right <= right for label in plot.labels) else head
    base = max(head, start + max(len(apart.head) if apart else 0, 1 if over else 0) * style.line)
    for one in over:
        plot.lines(one.x, base - style.line / 2, (one.text,), one.align, colour=one.colour)
    panels: list[Panel] = []
    done = 0
    for rows in groups:
        heading = unit_heading(rows[0], measure, style.language) if len(groups) > 1 else ""
        panels.append(Panel(column.take(done, done + len(rows)), heading))
        done += len(rows)
    frames = place(plot, panels, top=base + (0.2 * style.size if apart or over else 0.0), height=height)
    if apart:
        inks = [style.ink if len(row.known) == _MOST else style.muted for row in every]
        draw_figures(plot, apart, width, base, [y for frame in frames for y in frame.middles], bold, inks)
    for rows, frame, scale in zip(panels_rows, frames, scales, strict=True):
        _draw_rows(plot, rows, frame, (column.left, right), scale, radius, arrows)
    if named:
        draw_uprights(plot, named, head, frames[-1].bottom)
    return plot


def _differences(
    chart: Chart, rows: Sequence[Row], bold: Sequence[bool], style: ChartStyle, width: float
) -> Figures | None:
    """The column that says how far each row's second dot is from its first; None where none is asked for."""
    if not chart.differences:
        return None
    title = difference_title(chart, style.language)
    return figures(title, difference_texts(chart, rows, style.language), bold, style, 0.3 * width)


def _with_differences(chart: Chart, titles: Sequence[str], apart: Figures, language: str) -> list[str]:
    """Names with their differences behind them, where a column has no room."""
    head = difference_title(chart, language)
    said = [phrases.said(head, text, language) if text else "" for text in apart.texts]
    return [f"{title} ({text})" if text else title for title, text in zip(titles, said, strict=True)]


def describe(chart: Chart, language: str) -> str:
    """The chart in words, as those of bars are; differences among them."""
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
    limit = first_limit(chart)
    if limit is not None:
        return (
            f"only a limit is known at {where(limit)}, and a dot stands for one value.",
            "Use the kind 'bar', whose end then points beyond; or leave the row out by where.",
        )
    if chart.differences and (found := difference_fault(chart)) is not None:
        return found
    for rows in by_unit(chart.table.rows, chart.measures[0]) if len(chart.measures) == _MOST else ():
        first, second = chart.measures
        found = at_one_place(
            [(f"the row at {where(row)}", number_of(row[first]), number_of(row[second])) for row in rows]
        )
        if found is not None:
            return found
    return of_one_name(chart, language)


def _colours(style: ChartStyle) -> tuple[str, ...]:
    return style.accent, style.mark


def _rows(
    chart: Chart, rows: Sequence[Row], language: str, against: Sequence[Decimal], named: bool = True
) -> tuple[list[DotRow], list[float]]:
    """The rows of one unit, and where lines at the numbers `against` stand among them; `named` says which of two
    values is missing."""
    values = [[row[name] for name in chart.measures] for row in rows]
    numbers = [number_of(value) for own in values for value in own]
    flat = parts([*numbers, *against])
    count = len(chart.measures)
    made: list[DotRow] = []
    for i, (row, own) in enumerate(zip(rows, values, strict=True)):
        some = named and any(not value.missing for value in own)
        titles = [one_line(field.title) for field in chart.measure_fields]
        # beside a value it must be said which one is missing
        said = [
            phrases.said(title, text, language) if some and value.missing else text
            for title, value in zip(titles, own, strict=True)
            for text in (value_text(chart, value, language),)
        ]
        dots = [
            Dot(part, text, series)
            for series, (part, text) in enumerate(zip(flat[i * count : (i + 1) * count], said, strict=True))
        ]
        dots.sort(key=lambda dot: (dot.part is None, dot.part or 0.0))
        made.append(DotRow(category_name(chart, row, language), is_highlighted(chart, row), tuple(dots)))
    return made, [part or 0.0 for part in flat[len(numbers) :]]


def _scale(
    rows: Sequence[DotRow], lines: Sequence[float], style: ChartStyle, room: float, radius: float
) -> tuple[float, float, float]:
    """Where 0 stands, how long 1 is, and how far the dots reach, in points; negative where labels do not fit."""

    def taken(text: str, strong: bool) -> float:
        fonts = style.bold if strong else style.regular
        return radius + (text_width(text, fonts, style.size) + style.gap if text else 0.0)

    shown = [row for row in rows if row.known]
    if not shown:
        return 0.0, 0.0, room
    lows = [*(row.known[0].part or 0.0 for row in shown), *lines]
    highs = [*(row.known[-1].part or 0.0 for row in shown), *lines]
    none = [0.0] * len(lines)
    before = [*(taken(row.before, row.strong) for row in shown), *none]
    behind = [*(taken(row.behind, row.strong) for row in shown), *none]
    zero, unit = between(lows, highs, before, behind, room)
    apart = reach(lows, highs)
    return zero, max(unit, 0.0), unit * apart if apart else room - max(before) - max(behind)


class _Over(Struct, frozen=True):
    """The name of a measure over a dot of the first row."""

    x: float
    text: str
    align: Align
    colour: str


def _over_first(
    titles: Sequence[str],
    rows: Sequence[DotRow],
    zero: float,
    unit: float,
    right: float,
    style: ChartStyle,
    radius: float,
) -> list[_Over]:
    """The names of two measures over the dots of the first row, one to either side; none where they have no room.

    `zero` is the place of 0 and `unit` the length of 1, in points.
    """
    if not rows or len(rows[0].known) < _MOST:
        return []
    first, second = rows[0].known
    ends = zero + unit * (first.part or 0.0) + radius, zero + unit * (second.part or 0.0) - radius
    wide = [text_width(titles[dot.series], style.regular, style.size) for dot in (first, second)]
    # two names over dots that touch stand clear of each other
    shift = max(0.0, (style.size - (ends[1] - ends[0])) / 2)
    if ends[0] - shift < wide[0] or ends[1] + shift + wide[1] > right:
        return []
    colours = [text_colour(_colours(style)[dot.series], style.paper) for dot in (first, second)]
    return [
        _Over(ends[0] - shift, titles[first.series], "right", colours[0]),
        _Over(ends[1] + shift, titles[second.series], "left", colours[1]),
    ]


def _have_arrows(rows: Sequence[DotRow], unit: float, style: ChartStyle, radius: float) -> bool:
    """Whether every row whose dots differ has room for an arrow: arrows on some rows only would set those apart."""
    apart = [unit * ((row.known[-1].part or 0.0) - (row.known[0].part or 0.0)) for row in rows if row.known]
    return all(arrow_fits(distance, radius, style) for distance in apart if distance)


def _draw_rows(
    plot: Plot,
    rows: Sequence[DotRow],
    frame: PanelPlaces,
    ends: tuple[float, float],
    scale: tuple[float, float, float],
    radius: float,
    arrows: bool,
) -> None:
    """Draw the rows of one unit between two ends, in points."""
    style, single = plot.style, all(len(row.dots) == 1 for row in rows)
    (left, right), (zero, unit, _) = ends, scale
    emphasis, below = any(row.strong for row in rows), len(plot.shapes)
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
        for x0, x1 in ((left, start - taken), (end + used, right)):
            if x1 - x0 > style.size:
                plot.stroke([(x0, y), (x1, y)], style.hairline, style.hair)
        if at[-1] > at[0] and arrows:
            first, second = (x for _, x in sorted(zip((dot.series for dot in row.known), at, strict=True)))
            draw_arrow(plot, first, second, y, radius)
        elif at[-1] > at[0]:
            plot.stroke([(at[0], y), (at[-1], y)], style.hairline, 0.3 * style.size)
        colours = [_colours(style)[dot.series] for dot in row.known]
        if len(at) == _MOST and at[1] - at[0] < _HIDDEN * radius:
            plot.halves((at[0] + at[1]) / 2, y, radius, (colours[0], colours[1]))
        else:
            for colour, x in reversed(list(zip(colours, at, strict=True))):
                quiet = single and emphasis and not row.strong
                plot.dot(x, y, radius, style.mark if quiet else colour)
        if row.before:
            plot.lines(at[0] - radius - style.gap, y, (row.before,), "right", row.strong, words)
        plot.lines(at[-1] + radius + style.gap, y, (row.behind,), "left", row.strong, words)
    if any((dot.part or 0.0) < 0 for row in rows for dot in row.known):
        zero_line(plot, left + zero, frame.top, frame.bottom, below)


KIND = Kind(
    of_categories(NUMERIC, several=True),
    draw,
    describe,
    shades=shades,
    fault=fault,
    finish=at_one_precision,
    rank=rank,
    references=True,
    differences=True,
)
