"""Spans with a middle: a bar and a dot on the line of each name, the middles in a column of figures.

Where rows are few the ends are said beside them; where they are many, an axis of round numbers tells them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from charts.axes.guides import head_guides, head_numbers, zero_line
from charts.axes.numbers import NumberAxis, number_axis, tick_texts
from charts.chart import Chart
from charts.lettering import text_width
from charts.plot import Plot
from charts.reading import by_unit, number_of, unit_heading
from charts.rows import names
from charts.rows.figures import Figures, draw_figures, figures
from charts.rows.frame import Panel, PanelPlaces, place
from charts.rows.spans import RangeMark, ends_of, middle_of, span_scale, spans_of
from charts.style import ChartStyle
from data.tables.table import Row
from data.tables.value import Measure, Value

_FEW = 6
"""Rows whose ends are said beside them: more figures are read by nobody."""
_TICKS = 8
"""Round numbers on an axis."""
_NARROWEST = 0.22
"""Of a drawing's width, what its marks take at least beside the names."""


class _Scale(Struct, frozen=True):
    """Where marks stand: `zero` is the place of 0 and `unit` the length of 1, in points."""

    zero: float
    unit: float
    axis: NumberAxis | None = None
    """Round numbers, where these tell the ends."""
    texts: tuple[str, ...] = ()
    """What stands at them."""

    def at(self, part: float) -> float:
        return self.zero + self.unit * part


def draw_middles(plot: Plot, chart: Chart, height: float | None) -> None:
    """Draw every row of a chart whose spans have a middle; one panel for each unit."""
    style, width = plot.style, plot.width
    groups = by_unit(chart.table.rows, chart.measures[0])
    spans = [spans_of(chart, rows, style.language) for rows in groups]
    every = [span for group in spans for span in group]
    titles, bold = [span.name for span in every], [span.strong for span in every]
    field = chart.table.field(middle_of(chart) or chart.measures[0])
    column = figures(
        field.title, [span.over for span in every], bold, style, 0.3 * width, 2 * _radius(style) + style.gap
    )
    right = width - column.width - 1.6 * style.size
    rows = list(chart.table.rows) if len(groups) == 1 else []
    columns = names.beside(titles, bold, style, width), names.over(titles, bold, style, width)
    placed = _placed(chart, rows, spans, columns, right, style)
    if placed is None:
        # the names of ends that are missing have no room beside their rows
        spans = [spans_of(chart, rows, style.language, named=False) for rows in groups]
        every = [span for group in spans for span in group]
        placed = _placed(chart, rows, spans, columns, right, style)
    left, scales = placed or (columns[-1], _in_any_case(chart, rows, spans, style, columns[-1].left, right))
    panels: list[Panel] = []
    done = 0
    for rows in groups:
        heading = unit_heading(rows[0], chart.measures[0], style.language) if len(groups) > 1 else ""
        panels.append(Panel(left.take(done, done + len(rows)), heading))
        done += len(rows)
    base = len(column.head) * style.line
    frames = place(plot, panels, top=base + 0.5 * style.size, height=height, least=2 * _rim(style) / style.size)
    _draw_column(plot, column, every, frames, base)
    for group, frame, scale in zip(spans, frames, scales, strict=True):
        below = len(plot.shapes)
        _draw_rows(plot, group, frame, scale)
        if scale.axis is not None:
            head_guides(plot, scale.axis, scale.texts, (left.left or _rim(style), right), base, frame.bottom, below)
        elif any(part < 0 for span in group for part in span.ends or ()):
            zero_line(plot, scale.zero, frame.top, frame.bottom, below)


def _placed(
    chart: Chart,
    rows: Sequence[Row],
    spans: Sequence[Sequence[RangeMark]],
    columns: Sequence[names.Names],
    right: float,
    style: ChartStyle,
) -> tuple[names.Names, list[_Scale]] | None:
    """Where names and marks stand: the first of some ways in which the marks have room; None where none is.

    `rows` are those that an axis can be set over; none where there are several panels.
    """
    few = sum(map(len, spans)) <= _FEW
    for column in columns:
        for with_axis in (False, True) if few else (True, False):
            found = [
                _on_axis(chart, rows, group, style, column.left, right)
                if with_axis
                else _beside_ends(group, style, column.left, right)
                for group in spans
            ]
            if all(one is not None and one[1] >= _NARROWEST * right for one in found):
                return column, [one for one, _ in filter(None, found)]
    return None


def _in_any_case(
    chart: Chart,
    rows: Sequence[Row],
    spans: Sequence[Sequence[RangeMark]],
    style: ChartStyle,
    left: float,
    right: float,
) -> list[_Scale]:
    """Where marks stand that have less room than they should: on an axis where there is one, as it says the most."""
    found = [_on_axis(chart, rows, group, style, left, right, told=False) for group in spans]
    return [
        one[0] if one is not None and all(found) else _beside_ends(group, style, left, right)[0]
        for one, group in zip(found, spans, strict=True)
    ]


def _beside_ends(spans: Sequence[RangeMark], style: ChartStyle, left: float, right: float) -> tuple[_Scale, float]:
    """Where marks stand with their ends as figures beside them, and how far they reach, in points."""
    zero, unit, reach = span_scale(spans, style, right - left, _rim(style))
    return _Scale(left + zero, unit), reach


def _on_axis(
    chart: Chart,
    rows: Sequence[Row],
    spans: Sequence[RangeMark],
    style: ChartStyle,
    left: float,
    right: float,
    told: bool = True,
) -> tuple[_Scale, float] | None:
    """Where marks stand on an axis of round numbers, and how far they reach; None where there is none, or what it
    cannot tell has no room beside its span, or where `told` asks for two numbers, with less of which it says nothing,
    and they have none."""
    centre = middle_of(chart)
    values = [value for row in rows for value in (*ends_of(chart, row), *((row[centre],) if centre else ()))]
    numbers = [number for number in map(number_of, values) if number is not None]
    if not numbers or min(numbers) == max(numbers):
        return None
    measure = next(value.measure for value in values if isinstance(value, Value))
    left = left or _rim(style)
    axis, texts = _axis(numbers, measure, right - left, style)
    if told and head_numbers(axis, texts, (left, right), style) < 2:
        return None
    largest = max(map(abs, numbers))
    wide = right - left
    unit = float(largest / (axis.high - axis.low)) * wide
    scale = _Scale(left + axis.place(Decimal(0)) * wide, unit, axis, texts)
    return (scale, wide) if all(_fits(span, scale, style, left, right) for span in spans) else None


def _axis(
    numbers: Sequence[Decimal], measure: Measure, wide: float, style: ChartStyle
) -> tuple[NumberAxis, tuple[str, ...]]:
    """An axis from the lowest to the highest number, with as many round ones as can be named."""
    low, high = min(numbers), max(numbers)
    found: list[tuple[NumberAxis, tuple[str, ...]]] = []
    for most in range(_TICKS, 2, -1):
        round_ones = number_axis(numbers, most, zero=False, whole=measure.type == "integer")
        texts = tick_texts(round_ones, measure, style.language)
        inside = [(tick, text) for tick, text in zip(round_ones.ticks, texts, strict=True) if low <= tick <= high]
        ticks, said = tuple(tick for tick, _ in inside), tuple(text for _, text in inside)
        axis = NumberAxis(low, high, ticks)
        taken = max((text_width(text, style.regular, style.size) for text in said), default=0.0) + 1.4 * style.size
        found.append((axis, said))
        # every other one may go without its name
        if len(ticks) < 2 or taken <= 2 * wide * (axis.place(ticks[1]) - axis.place(ticks[0])):
            break
    return found[-1] if len(found[-1][0].ticks) > 1 or len(found) < 2 else found[-2]


def _fits(span: RangeMark, scale: _Scale, style: ChartStyle, left: float, right: float) -> bool:
    """Whether what an axis cannot tell has room beside the span."""
    if not span.inexact or span.ends is None:
        return True
    away = _radius(style) + style.gap
    low, high = (scale.at(end) for end in span.ends)
    before = text_width(span.before, style.regular, style.size) if span.before else 0.0
    behind = text_width(span.behind, style.regular, style.size) if span.behind else 0.0
    return low - away - before >= left and high + away + behind <= right


def _radius(style: ChartStyle) -> float:
    return 0.42 * style.size


def _rim(style: ChartStyle) -> float:
    """Radius of a dot with the rim of paper that sets it off from its bar."""
    return _radius(style) + 0.12 * style.size


def _draw_column(
    plot: Plot, column: Figures, spans: Sequence[RangeMark], frames: Sequence[PanelPlaces], base: float
) -> None:
    """The middles as figures, and before their head the dot that stands for them."""
    style = plot.style
    middles = [y for frame in frames for y in frame.middles]
    bold = [span.strong for span in spans]
    colours = [
        style.muted if span.middle is None else style.accent_text if span.strong else style.ink for span in spans
    ]
    x, y = draw_figures(plot, column, plot.width, base, middles, bold, colours)
    plot.dot(x, y, _radius(style), style.accent)


def _draw_rows(plot: Plot, spans: Sequence[RangeMark], frame: PanelPlaces, scale: _Scale) -> None:
    """Bars from low to high with a dot at the middle."""
    style, radius = plot.style, _radius(plot.style)
    emphasis, tall = any(span.strong for span in spans), 0.4 * style.size
    for span, y in zip(spans, frame.middles, strict=True):
        if span.ends is None:
            continue
        low, high = (scale.at(end) for end in span.ends)
        if high > low:
            plot.bar(low, y - tall / 2, high - low, tall, style.mark)
        if span.middle is not None:
            x = scale.at(span.middle)
            plot.dot(x, y, _rim(style), style.paper)
            plot.dot(x, y, radius, style.accent if span.strong or not emphasis else style.mark)
            low, high = min(low, x - radius), max(high, x + radius)
        if scale.axis is not None and not span.inexact:
            continue
        if span.before:
            plot.lines(low - style.gap, y, (span.before,), "right", colour=style.muted)
        if span.behind:
            plot.lines(high + style.gap, y, (span.behind,), colour=style.muted)
