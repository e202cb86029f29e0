"""Dots and spans on a line for each row, as programs draw them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec.structs import replace

from charts.axes.numbers import NumberAxis, number_axis, tick_texts
from charts.chart import Chart
from charts.editable.figure import (
    Axis,
    DrawnSeries,
    Figure,
    Label,
    Span,
    exact,
    label_of,
    labelled,
    numbers,
    said_missing,
    sheet_format,
)
from charts.lettering import Fonts, one_line, text_width
from charts.phrases import joined, said
from charts.reading import by_unit, category_name, is_highlighted, is_limited
from charts.rows import names
from charts.rows.scale import between, parts
from charts.rows.scale import reach as reach_of
from charts.rows.spans import ends_of, middle_of
from charts.style import ChartStyle
from data.language.show import number_format
from data.tables.value import Value

Wide = Callable[[str, bool], float]
"""A text, and whether it is bold → its width in points."""
_FEW = 6
"""Spans whose ends are said beside them, as on our own drawing."""
_TICKS = 8
_OFF, _SIGN = 1.0, 1.2
"""Of the text's size, between what is drawn and a figure, and what the dot of a column's head takes."""
_NARROWEST = 0.15
"""Of the width, what dots or spans take at least beside names and labels; with less, our own drawing finds room."""


def dot(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """A dot for each value, the two of a row joined; None where units differ, or with references or differences."""
    rows, language = chart.table.rows, style.language
    every = [row[name] for row in rows for name in chart.measures]
    if chart.references or chart.differences or len(by_unit(rows, chart.measures[0])) > 1:
        return None
    if any(map(is_limited, every)) or all(exact(value) is None for value in every):
        return None
    strong = tuple(i for i, row in enumerate(rows) if is_highlighted(chart, row))
    several = len(chart.measures) > 1
    labels: list[dict[int, Label]] = [{} for _ in chart.measures]
    titles: list[str] = []
    for i, row in enumerate(rows):
        values = [row[name] for name in chart.measures]
        known = sorted((number, at) for at, value in enumerate(values) if (number := exact(value)) is not None)
        gone = {
            field.title: why
            for field, value in zip(chart.measure_fields, values)
            if (why := said_missing(value, language))
        }
        absent = joined(dict.fromkeys(gone.values()))
        which = joined(said(one_line(title), why, language) for title, why in gone.items())
        name = category_name(chart, row, language)
        titles.append(said(name, absent, language) if absent and not known else name)
        for place, (_, at) in enumerate(known):
            last = place == len(known) - 1
            label = label_of(chart, values[at], style, "right" if last else "left", i in strong)
            if label is not None:
                labels[at][i] = replace(label, more=f" ({which})" if which else "")
    pair = (style.accent, style.mark)
    series: list[DrawnSeries] = []
    for at, field in enumerate(chart.measure_fields):
        colour = pair[at] if several or not strong else style.mark
        other = {} if several else dict.fromkeys(strong, style.accent)
        found = tuple(exact(row[field.name]) for row in rows)
        series.append(DrawnSeries(one_line(field.title), found, colour, other, labels=labels[at], dot=0.9 * style.size))
    return _held(
        Figure(
            "rows", tuple(titles), tuple(series), chart.category_field.title, key=several,
            formats=tuple(sheet_format([row[name] for row in rows], language) for name in chart.measures),
            spans=tuple(Span(style.mark, 0.14 * style.size) for _ in rows) if several else (),
            strong=strong, guided=True,
        ),
        style, width, height,
    )  # fmt: skip


def span(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """A span for each row, perhaps with a dot at its middle; None where units differ, an end is a limit, or only a
    part of a row is known."""
    rows, language, centre = chart.table.rows, style.language, middle_of(chart)
    if len(by_unit(rows, chart.measures[0])) > 1:
        return None
    # the middle first: no line leads to the first of a row's points, so that its looks are its own in every program
    found = [
        (row[centre], low, high) if centre else (low, high) for row in rows for low, high in (ends_of(chart, row),)
    ]
    known = [all(exact(value) is not None for value in own) for own in found]
    if not any(known) or any(
        any(exact(value) is not None for value in own) for own, all_ in zip(found, known) if not all_
    ):
        return None
    if any(is_limited(value) for own in found for value in own):
        return None
    strong = tuple(i for i, row in enumerate(rows) if is_highlighted(chart, row))
    titles = [category_name(chart, row, language) for row in rows]
    titles = [
        name if there else said(name, said_missing(own[-1], language), language)
        for name, own, there in zip(titles, found, known, strict=True)
    ]
    colours = [style.accent if i in strong or not strong else style.mark for i in range(len(rows))]
    many = len(rows) > _FEW and centre is not None
    series = _ends(chart, found, style, colours, strong, centre, ends_said=not many)
    figure = Figure(
        "rows", tuple(titles), series, chart.category_field.title,
        formats=tuple(sheet_format([own[at] for own in found], language) for at in range(len(series))),
        spans=tuple(
            Span(style.mark, 0.4 * style.size) if centre else Span(colour, 0.36 * style.size) for colour in colours
        ),
        strong=strong, column=0 if centre else None,
    )  # fmt: skip
    if not many:
        held = _held(figure, style, width, height)
        if held is not None or centre is None:
            return held
        series = _ends(chart, found, style, colours, strong, centre, ends_said=False)
    if len(set(numbers(series))) < 2:
        return None
    figure = replace(figure, series=series)
    room = _room(figure, style, width, height)
    if room is None or room < _NARROWEST * 2 * width:
        return None
    return replace(figure, values=_axis(series, found, style, room))


def _ends(
    chart: Chart,
    found: Sequence[Sequence[object]],
    style: ChartStyle,
    colours: Sequence[str],
    strong: Sequence[int],
    centre: str | None,
    ends_said: bool,
) -> tuple[DrawnSeries, ...]:
    """Middles if there are any, low ends, high ends; of a middle, the field it is; of ends, theirs."""
    low, high = chart.role("low"), chart.role("high")
    field = chart.measure_fields[0]
    ends = [low or str(field.low), high or str(field.high)]
    fields = [*((centre,) if centre else ()), *ends]
    series: list[DrawnSeries] = []
    for at, name in enumerate(fields):
        middle = centre is not None and at == 0
        values = [own[at] for own in found]
        labels: dict[int, Label | None] = {}
        for i, value in enumerate(values):
            if not isinstance(value, Value) or not (ends_said or middle):
                continue
            if at == len(fields) - 2 and value == found[i][-1]:  # one label says both ends
                continue
            ink = "" if centre is None or middle else style.muted
            bold = i in strong and not ink
            labels[i] = label_of(chart, value, style, "left" if at == len(fields) - 2 else "right", bold, ink)
        own_colours = middle or not centre
        other = {i: colour for i, colour in enumerate(colours) if own_colours and colour != style.mark}
        series.append(
            DrawnSeries(
                one_line(chart.table.field(name).title),
                tuple(exact(value) if isinstance(value, Value) else None for value in values),
                style.mark,
                other,
                labels=labelled(labels),
                dot=(0.84 if middle else 0.0) * style.size if centre else 0.76 * style.size,
            )
        )
    return tuple(series)


def _axis(series: Sequence[DrawnSeries], found: Sequence[Sequence[object]], style: ChartStyle, room: float) -> Axis:
    """An axis that tells the ends, with as many round numbers as `room` points have place for."""
    measure = next(value.measure for own in found for value in own if isinstance(value, Value))
    known, whole = list(numbers(series)), measure.type == "integer"
    found_ends = [number_axis(known, most, zero=False, whole=whole) for most in range(_TICKS, 2, -1)]

    def taken(axis: NumberAxis) -> float:
        texts = tick_texts(axis, measure, style.language)
        wide = max(text_width(text, style.regular, style.size) for text in texts)
        return (len(texts) - 1) * (wide + 0.7 * style.size)

    ends = next((one for one in found_ends if taken(one) <= room), found_ends[-1])
    fine = max(0, *(-int(tick.normalize().as_tuple().exponent) for tick in ends.ticks))
    return Axis(
        ends.ticks[0], ends.ticks[-1], ends.ticks[1] - ends.ticks[0], number_format(measure, fine, style.language),
        True, tick_texts(ends, measure, style.language),
    )  # fmt: skip


def _held(figure: Figure, style: ChartStyle, width: float, height: float) -> Figure | None:
    """The figure; None where its names stand over their marks on our own drawing, or its rows are too many."""
    room = _room(figure, style, width, height)
    if room is None:
        return None
    return figure if reach(figure, _wide(style), style.size, room) >= _NARROWEST * width else None


def _room(figure: Figure, style: ChartStyle, width: float, height: float) -> float | None:
    """What dots and their labels have between names and column, in points; None where the names have none."""
    bold = [i in figure.strong for i in range(len(figure.categories))]
    column = names.beside(figure.categories, bold, style, width)
    if column.stacked or sum(map(len, column.lines)) * style.line > height:
        return None
    return width - column.left - column_room(figure, _wide(style), style.size)


def _wide(style: ChartStyle) -> Wide:
    def wide(text: str, is_bold: bool) -> float:
        fonts: Fonts = style.bold if is_bold else style.regular
        return text_width(text, fonts, style.size)

    return wide


def column_room(figure: Figure, wide: Wide, size: float) -> float:
    """How much the column of figures at the right takes, its head on two lines, in points."""
    if figure.column is None:
        return 0.0
    one = figure.series[figure.column]
    texts = [wide(label.text, label.bold) for label in one.labels.values()]
    words = one.name.split()
    heads = (
        max(wide(" ".join(words[:at]), False), wide(" ".join(words[at:]), False)) for at in range(1, len(words) + 1)
    )
    return max([*texts, min(heads, default=0.0) + _SIGN * size]) + _OFF * size


def row_ends(figure: Figure, wide: Wide, size: float, room: float) -> tuple[Decimal, Decimal]:
    """The numbers at both ends of `room` points, so that dots, spans and the labels around them fill it."""
    if figure.values.low is not None and figure.values.high is not None:
        return figure.values.low, figure.values.high
    known = list(numbers(figure.series))
    largest = max(map(abs, known)) or Decimal(1)
    zero, unit = _scale(figure, wide, size, room)
    if unit <= 0:  # all numbers are one, or nothing has room: its dot stands where its labels end
        number, part = known[0], Decimal(zero / room) if room > 0 else Decimal(0)
        return number - largest * part, number + largest * (1 - part)
    low, high = (largest * Decimal((end - zero) / unit) for end in (0.0, room))
    digits = (high - low).adjusted() - 3
    step = Decimal(1).scaleb(digits)
    return (low / step).to_integral_value(ROUND_FLOOR) * step, (high / step).to_integral_value(ROUND_CEILING) * step


def reach(figure: Figure, wide: Wide, size: float, room: float) -> float:
    """How far the dots reach, in points; negative where labels have no room."""
    known = list(numbers(figure.series))
    _, unit = _scale(figure, wide, size, room)
    largest = max(map(abs, known)) or Decimal(1)
    shown = [float(number / largest) for number in known]
    away = reach_of(shown, shown)
    return unit * away if away or unit < 0 else room


def _scale(figure: Figure, wide: Wide, size: float, room: float) -> tuple[float, float]:
    """Where 0 stands and how long the largest number is, in points."""
    rows = range(len(figure.categories))
    flat = parts([one.values[i] for i in rows for one in figure.series])
    count = len(figure.series)
    own = [[part for part in flat[i * count : (i + 1) * count] if part is not None] for i in rows]
    there = [i for i in rows if own[i]]
    before, behind = ([_beside(figure, i, wide, size, side) for i in there] for side in ("left", "right"))
    return between([min(own[i]) for i in there], [max(own[i]) for i in there], before, behind, room)


def _beside(figure: Figure, row: int, wide: Wide, size: float, side: str) -> float:
    """How much a row's dot and its label take on one side, in points."""
    found = [
        one.dot / 2 + wide(label.text + label.more, label.bold) + 0.8 * size
        for at, one in enumerate(figure.series)
        if at != figure.column and (label := one.labels.get(row)) is not None and label.place == side
    ]
    if figure.column is not None and side == "right":
        found = [one + _OFF * size for one in found]
    return max(found, default=max((one.dot for one in figure.series), default=0.0) / 2 + 0.2 * size)
