"""Points on two axes of numbers, as programs draw them."""

from __future__ import annotations

from decimal import Decimal

from charts.axes.guides import guide_room
from charts.axes.numbers import NumberAxis, tick_texts
from charts.chart import Chart
from charts.editable.figure import Axis, DrawnSeries, Figure, Label, Place, exact, sheet_format
from charts.kinds.scatter import TICKS, axis_of, axis_title, present
from charts.kinds.scatter_names import Dot, labelled
from charts.kinds.scatter_names import Label as PlacedName
from charts.phrases import listed
from charts.plot import Bounds
from charts.reading import category_name, is_highlighted
from charts.style import ChartStyle
from data.language.show import number_format
from data.tables.table import Row

_FOOT = 4.5
"""Lines of text over and under the area between the axes, about."""


def scatter(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """A point for each row, named where our own drawing names it; None where sizes differ, or rows have no place."""
    rows, language = present(chart), style.language
    across, up = (str(chart.role(role)) for role in ("x", "y"))
    if chart.role("size") is not None or len(rows) < len(chart.table):
        return None
    xs, ys = ([exact(row[name]) or Decimal(0) for row in rows] for name in (across, up))
    wide, tall = axis_of(chart, across, xs, TICKS), axis_of(chart, up, ys, TICKS)
    strong = [is_highlighted(chart, row) for row in rows]
    side = guide_room(tick_texts(tall, rows[0][up].measure, language), style)
    area = Bounds(0.0, 0.0, width - side - 2 * style.size, max(height - _FOOT * style.line, 5 * style.line))
    dots = [
        Dot(
            row, wide.place(x) * area.right, (1 - tall.place(y)) * area.bottom, 0.42 * style.size,
            category_name(chart, row, language), own,
        )
        for row, x, y, own in zip(rows, xs, ys, strong, strict=True)
    ]  # fmt: skip
    places = {id(dot): place for place, dot in enumerate(dots)}
    labels: dict[int, Label] = {}
    for name in labelled(dots, style, area):
        said = listed([dot.name for dot in name.dots], language)
        ink = style.accent_text if name.strong else style.ink
        labels[places[id(name.dots[0])]] = Label(_side(name), ink, name.strong, said, fixed=True)
    one = DrawnSeries(
        chart.table.field(up).title, tuple(ys), style.mark if any(strong) else style.accent,
        {place: style.accent for place, own in enumerate(strong) if own}, labels, tuple(xs), dot=0.84 * style.size,
    )  # fmt: skip
    return Figure(
        "points", tuple(dot.name for dot in dots), (one,), chart.category_field.title,
        _axis(chart, rows, up, tall, language), _axis(chart, rows, across, wide, language),
        formats=(sheet_format([row[up] for row in rows], language),),
    )  # fmt: skip


def _side(name: PlacedName) -> Place:
    """On which side of its dot a name stands."""
    dot, box = name.dots[0], name.box
    if box.left >= dot.x:
        return "right"
    if box.right <= dot.x:
        return "left"
    return "above" if box.bottom <= dot.y else "below"


def _axis(chart: Chart, rows: list[Row], name: str, axis: NumberAxis, language: str) -> Axis:
    measure = rows[0][name].measure
    fine = max(0, *(-int(tick.normalize().as_tuple().exponent) for tick in axis.ticks))
    return Axis(
        axis.low, axis.high, axis.ticks[1] - axis.ticks[0], number_format(measure, fine, language), True,
        tick_texts(axis, measure, language), axis_title(chart, rows, name, language),
    )  # fmt: skip
