"""Values against targets: a bar from zero for each row, and a tick where it should reach to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from charts.chart import Chart
from charts.distinct import Fault, of_one_name, place
from charts.kinds import bars
from charts.kinds.bar import draw_axis
from charts.kinds.kind import Kind
from charts.plot import Plot
from charts.reading import category_name, is_highlighted, is_lower_limit, may_be_shorter, number_of, value_text
from charts.roles import Role, of_categories
from charts.rows import names
from charts.rows.figures import draw_figures, figures
from charts.rows.frame import Panel
from charts.rows.frame import place as place_rows
from charts.rows.scale import parts
from charts.shades import Shades, emphasis
from charts.style import ChartStyle
from data.language.show import unit_title
from data.language.words import words
from data.tables.table import Row
from data.tables.value import NUMERIC

_SEEN = Decimal("0.01")
"""Of the longest row: below it a bar is hidden by the tick of its target, which is as thick."""


class Bullet(Struct, frozen=True):
    """A row to draw: its value and its target as parts of the largest number, and what is said of them."""

    name: str
    strong: bool
    value: float | None
    """None where the data lack it."""
    target: float | None
    text: str
    aim: str
    """The target as text."""

    beyond: bool = False
    """The data give only a lower limit: the bar ends in a point, because its true end lies beyond."""
    shorter: bool = False
    """The data give only an upper limit: the bar is only outlined, because its true end lies within."""

    @property
    def reach(self) -> float:
        return max(self.value or 0.0, self.target or 0.0)


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A bar and a tick for each row, and both as figures in columns, the head of the targets behind such a tick."""
    plot = Plot(style, width)
    bullets = _bullets(chart, style)
    emphasised = any(one.strong for one in bullets)
    titles, bold = [one.name for one in bullets], [one.strong for one in bullets]
    values = figures(chart.measure_fields[0].title, [one.text for one in bullets], bold, style, 0.22 * width)
    aim = chart.table.field(_target(chart)).title
    plain = [False] * len(bullets)
    aims = figures(aim, [one.aim for one in bullets], plain, style, 0.22 * width, style.size)
    between, edge = 1.4 * style.size, 0.2 * style.size
    right = width - aims.width - between - values.width - between
    pointed = max((style.point for one in bullets if one.beyond), default=0.0)
    column = names.beside(titles, bold, style, width)
    if right - column.left - pointed < 0.15 * width:
        column = names.over(titles, bold, style, width)
    furthest = max((one.reach for one in bullets), default=0.0)
    unit = max(right - column.left - pointed, 0.0) / furthest if furthest else 0.0
    base = max(len(values.head), len(aims.head)) * style.line
    room = None if height is None else height - edge
    (frame,) = place_rows(plot, [Panel(column)], top=base + 0.4 * style.size + edge, height=room, least=1.1)
    plot.height += edge
    for one, middle in zip(bullets, frame.middles, strict=True):
        tall = 0.62 * frame.thick
        if one.value and one.shorter:
            plot.dashed(column.left, middle - tall / 2, one.value * unit, tall)
        elif one.value:
            colour = style.accent if one.strong or not emphasised else style.mark
            (plot.pointed if one.beyond else plot.bar)(column.left, middle - tall / 2, one.value * unit, tall, colour)
        if one.target is not None:
            on_bar = one.value is not None and one.value > one.target and not one.shorter
            _tick(plot, column.left + one.target * unit, middle, frame.thick, on_bar)
    inks = [style.muted if one.value is None else style.accent_text if one.strong else style.ink for one in bullets]
    draw_figures(plot, values, right + between + values.width, base, frame.middles, bold, inks)
    sign = draw_figures(plot, aims, width, base, frame.middles, plain, [style.muted] * len(bullets))
    _tick(plot, *sign, 0.9 * style.size)
    draw_axis(plot, column, frame, column.left, edge)
    return plot


def _tick(plot: Plot, x: float, middle: float, tall: float, rim: bool = False) -> None:
    """The mark of a target; with a rim of paper where it stands on a bar, in whose colour it would be lost."""
    size, ends = plot.style.size, [(x, middle - tall / 2), (x, middle + tall / 2)]
    if rim:
        plot.stroke(ends, plot.style.paper, 0.34 * size)
    plot.stroke(ends, plot.style.ink, 0.2 * size)


def _bullets(chart: Chart, style: ChartStyle) -> list[Bullet]:
    rows, target = chart.table.rows, _target(chart)
    pairs = [(row[chart.measures[0]], row[target]) for row in rows]
    flat = parts([number_of(value) for pair in pairs for value in pair])
    return [
        Bullet(
            category_name(chart, row, style.language),
            is_highlighted(chart, row),
            flat[2 * i],
            flat[2 * i + 1],
            value_text(chart, value, style.language),
            value_text(chart, aim, style.language),
            is_lower_limit(value),
            may_be_shorter(value),
        )
        for i, (row, (value, aim)) in enumerate(zip(rows, pairs, strict=True))
    ]


def _target(chart: Chart) -> str:
    return chart.role("middle") or chart.measures[-1]


def describe(chart: Chart, language: str) -> str:
    """The chart in words: each value with its target."""
    return bars.describe(chart, language, "bullet chart")


def line(chart: Chart, language: str) -> str:
    """What is measured, and what the ticks mean: "Placed; line: Target, %"."""
    field, target = chart.measure_fields[0], chart.table.field(_target(chart))
    unit = unit_title(field.measure, language)
    title = f"{field.title}; {words(language)['line of'].format(range=target.title)}"
    return f"{title}, {unit}" if unit and unit.lower() not in title.lower() else title


def rank(chart: Chart, groups: Sequence[Sequence[Row]]) -> list[Decimal | None]:
    """A row is sorted by its value, whatever its target is."""
    return [number_of(rows[0][chart.measures[0]]) for rows in groups]


def shades(chart: Chart) -> Shades:
    """The accent for what stands out, ink for the targets."""
    return (*emphasis(chart), "ink")


def fault(chart: Chart, language: str) -> Fault | None:
    """Targets without values, values and targets of different units, or below zero."""
    if all(row[chart.measures[0]].missing for row in chart.table):
        return (
            f"no row has a value of '{chart.measures[0]}', and targets alone say nothing.",
            "Choose other rows by where, or another field; or leave the chart out until there are values.",
        )
    for row in chart.table:
        pair = row[chart.measures[0]], row[_target(chart)]
        if len({(value.measure.type == "percent", value.measure.unit) for value in pair}) > 1:
            return f"a value and its target are of different units in {place(row)}.", "Name fields of one unit."
        for value in pair:
            number = number_of(value)
            if number is not None and number < 0:
                fields = ", ".join(f'"{name}"' for name in (chart.measures[0], _target(chart)))
                return (
                    f"a value or a target is negative in {place(row)}, and a bar would lead away from its target.",
                    f"Use the kind 'bars' with x = [{fields}], or leave the row out by where.",
                )
    units = {row[chart.measures[0]].measure.unit for row in chart.table}
    if len(units) > 1:
        return "the rows have different units, and one scale.", "Choose the rows of one unit by where."
    return _at_the_axis(chart, language) or of_one_name(chart, language)


def _at_the_axis(chart: Chart, language: str) -> Fault | None:
    """A row whose bar and tick would both lie at zero beside those of the others, as if its target were reached."""
    pairs = [(row, [number_of(row[name]) for name in (chart.measures[0], _target(chart))]) for row in chart.table]
    reaches = [(row, max((n for n in pair if n is not None), default=Decimal(0))) for row, pair in pairs]
    furthest = max((reach for _, reach in reaches), default=Decimal(0))
    for row, reach in reaches:
        if 0 < reach < furthest * _SEEN:
            named = category_name(chart, row, language)
            return (
                f"the bar of '{named}' and its target would both lie at zero, as other rows reach {furthest:f}"
                f" ({place(row)}): nobody would see whether it is reached.",
                "Make a chart of rows of like size by where; or measure the part of its target that each row reaches;"
                " or use the kind 'table'.",
            )
    return None


KIND = Kind(
    (*of_categories(NUMERIC), Role("middle", NUMERIC)),
    draw,
    describe,
    shades=shades,
    fault=fault,
    line=line,
    rank=rank,
)
