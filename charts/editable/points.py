"""Points on two axes of numbers, as programs draw them."""

from __future__ import annotations

from decimal import Decimal

from charts.axes.guides import guide_room
from charts.axes.numbers import NumberAxis, tick_texts
from charts.chart import Chart
from charts.dots.names import Dot, labelled
from charts.dots.names import Label as PlacedName
from charts.dots.places import TICKS, axis_of, present, spots
from charts.editable.figure import Axis, DrawnSeries, Figure, Label, Place, exact, sheet_format
from charts.kinds.scatter import at_one_place, axis_title, names_counted, radius_of
from charts.lettering import text_width
from charts.phrases import listed
from charts.plot import Bounds
from charts.reading import category_name, is_highlighted, sentence
from charts.style import ChartStyle
from data.language.show import number_format
from data.tables.table import Row

_TITLE = 0.5
"""Of the chart's width, the title over the upright axis at most."""
_NEAR = 0.25
"""Of the text's size: so far from its usual place a name is not moved."""
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
    strong, radius = [is_highlighted(chart, row) for row in rows], radius_of(len(rows), style)
    side = guide_room(tick_texts(tall, rows[0][up].measure, language), style)
    area = Bounds(0.0, 0.0, width - side - 2 * style.size, max(height - _FOOT * style.line, 5 * style.line))
    held = spots(chart)
    dots = [
        Dot(
            row, wide.place(x) * area.right, (1 - tall.place(y)) * area.bottom, radius,
            category_name(chart, row, language), own, held.get(row.index, row.index),
        )
        for row, x, y, own in zip(rows, xs, ys, strong, strict=True)
    ]  # fmt: skip
    places = {id(dot): place for place, dot in enumerate(dots)}
    labels: dict[int, Label] = {}
    # programs draw no line from a dot to its name: what stands out is known by its colour, the others have none
    names = [name for name in labelled(dots, style, area) if name.leader is None or name.strong]
    for name in names:
        said = listed([dot.name for dot in name.dots], language)
        ink = style.accent_text if name.strong else style.ink
        side, right, above = _side(name, style)
        labels[places[id(name.dots[0])]] = Label(
            side, ink, name.strong, said, fixed=True, raised=above / area.bottom, aside=right / area.right
        )
    title, several = chart.table.field(up).title, len(set(strong)) > 1
    series: list[DrawnSeries] = []
    # what stands out is a series of its own: programs differ in how they colour single points
    for own in sorted(set(strong)):
        values = tuple(y if one is own else None for y, one in zip(ys, strong, strict=True))
        colour = style.accent if own or not several else style.mark
        called = listed([dot.name for dot in dots if dot.strong], language) if own and several else title
        own_labels = {place: label for place, label in labels.items() if strong[place] is own}
        series.append(DrawnSeries(called, values, colour, labels=own_labels, across=tuple(xs), dot=2 * radius))
    note = sentence("; ".join(filter(None, (names_counted(len(dots), names, language), at_one_place(chart, language)))))
    title_across = axis_title(chart, rows, across, language)
    if text_width(f"{note} | {title_across}", style.regular, style.size) > width:
        return None  # what has to be said has no room beside the axis
    if text_width(axis_title(chart, rows, up, language), style.regular, style.size) > _TITLE * width:
        return None  # programs would break the title, over the dots
    code = sheet_format([row[up] for row in rows], language)
    return Figure(
        "points", tuple(dot.name for dot in dots), tuple(series), chart.category_field.title,
        _axis(chart, rows, up, tall, language), _axis(chart, rows, across, wide, language),
        formats=(code,) * len(series), note=note,
    )  # fmt: skip


def _side(name: PlacedName, style: ChartStyle) -> tuple[Place, float, float]:
    """On which side of its dot a name stands, and how far to the right of, and above, where programs set it there; in
    points."""
    dot, box, gap = name.dots[0], name.box, 0.35 * style.size
    across, down = (box.left + box.right) / 2 - dot.x, (box.top + box.bottom) / 2 - dot.y
    wide, tall = (box.right - box.left) / 2 + dot.radius + gap, (box.bottom - box.top) / 2 + dot.radius
    if box.left >= dot.x or box.right <= dot.x:
        side: Place = "right" if box.left >= dot.x else "left"
        away = across - wide if side == "right" else across + wide
        found = side, away, -down
    else:
        side = "above" if box.bottom <= dot.y else "below"
        away = down + tall if side == "above" else down - tall
        found = side, across, -away
    right, above = (0.0 if abs(one) < _NEAR * style.size else one for one in found[1:])
    return found[0], right, above


def _axis(chart: Chart, rows: list[Row], name: str, axis: NumberAxis, language: str) -> Axis:
    measure = rows[0][name].measure
    fine = max(0, *(-int(tick.normalize().as_tuple().exponent) for tick in axis.ticks))
    return Axis(
        axis.low, axis.high, axis.ticks[1] - axis.ticks[0], number_format(measure, fine, language), True,
        tick_texts(axis, measure, language), axis_title(chart, rows, name, language),
    )  # fmt: skip
