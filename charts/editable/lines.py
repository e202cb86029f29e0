"""Lines and slopes as programs draw them, each series named at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from charts.axes.numbers import tick_texts
from charts.axes.values import value_axis
from charts.chart import Chart
from charts.editable.bars import reference_lines
from charts.editable.figure import (
    Axis,
    DrawnSeries,
    Figure,
    Label,
    Place,
    exact,
    format_of,
    label_of,
    labelled,
    numbers,
    said_missing,
    sheet_format,
)
from charts.editable.times import Slots, time_slots
from charts.kinds.slope import MOST_NAMED
from charts.lettering import one_line, text_width
from charts.lines.courses import courses, gaps_said, times_of
from charts.lines.look import Look, looks
from charts.lines.pairs import axis_of, heads_of, pairs_of
from charts.lines.spread import spread
from charts.phrases import said
from charts.reading import by_unit, is_highlighted, is_limited, sentence, value_text
from charts.strands import Strand, strands
from charts.style import ChartStyle
from data.language.show import date_format, number_format
from data.language.words import words
from data.tables.table import Row
from data.tables.value import Value

_FEW = 8
"""Points of one line that may all have labels."""
_WIDEST, _LONGEST = 0.3, 0.42
"""Of a chart's width, the names at one end of its slopes, and at the ends of its lines."""
_PLOT = 0.85
"""About so large a part of a chart's height is between the ends of its axis."""


def line(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """Lines through every step of time; None where times are irregular, units differ, or a value is a limit."""
    rows, language = chart.table.rows, style.language
    slots = time_slots(chart, language)
    if slots is None or chart.notes or any(len(by_unit(rows, name)) > 1 for name in chart.measures):
        return None
    values = [row[name] for row in rows for name in chart.measures]
    if any(map(is_limited, values)):
        return None
    found = courses(chart, rows, times_of(chart, rows, language), language)
    own = looks(found, style)
    places = {row.index: at for row, at in zip(rows, slots.places)}
    series: list[DrawnSeries] = []
    several = len(found) > 1
    lone = not several and len([value for value in values if exact(value) is not None]) <= _FEW
    shown = not (lone and not chart.start)
    for strand, look in zip(strands(chart, language), own, strict=True):
        series.append(_line(chart, strand, look, slots, places, style, several, lone))
    measure = chart.measure_fields[0].measure
    known = list(numbers(series)) or [Decimal(0)]
    ends = value_axis(
        [*known, *(one.value.number for one in chart.references)], measure, _PLOT * height, style, chart.start
    )
    axis = Axis(
        low=ends.low, high=ends.high, step=ends.ticks[-1] - ends.ticks[-2],
        number_format=number_format(measure, _fine(ends.ticks), language), shown=shown,
        ticks=tick_texts(ends, measure, language),
    )  # fmt: skip
    if several:
        if (
            max((_wide(o, one.name, style) for one in series for o in one.labels.values()), default=0.0)
            > _LONGEST * width
        ):
            return None  # ours breaks long names into lines
        series = _apart(series, axis, style, _PLOT * height)
    lines = reference_lines(chart, len(slots.names), style, width)
    if lines is None:
        return None
    names = list(slots.names)
    whole = not slots.without and all(exact(value) is not None for value in values)
    days = slots.days if whole and len(slots.days) > _FEW else ()
    if not several:
        gone = {places[row.index]: said_missing(row[chart.measures[0]], language) for row in rows}
        gone |= dict.fromkeys(slots.lacking, words(language)["not stated"])
        names = [said(name, gone[at], language) if gone.get(at) else name for at, name in enumerate(names)]
    formats = tuple(
        sheet_format([mark.value for mark in strand.marks.values()], language) for strand in strands(chart, language)
    )
    note = sentence("; ".join(gaps_said(found, language))) if several else ""
    if text_width(note, style.regular, style.size) > width:
        return None  # what is missing has no room on a line
    return Figure(
        "lines", tuple(names), (*series, *lines), chart.category_field.title, axis,
        steps=slots.steps, in_time=True, days=days,
        day_format=date_format(slots.in_months, language) if days else "",
        formats=(*formats, *(formats[0] for _ in lines)), note=note,
    )  # fmt: skip


def slope(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """Lines from one time to another, named at both ends; None where a value is missing or a limit, or where not all
    lines have names."""
    pairs, heads = pairs_of(chart, style.language), heads_of(chart, style.language)
    if len(pairs) > MOST_NAMED:
        return None  # below ours stands what the grey lines are
    emphasis = any(pair.strong for pair in pairs)
    series: list[DrawnSeries] = []
    for pair in pairs:
        first, last = pair.values
        if first is None or last is None or exact(first) is None or exact(last) is None:
            return None
        if is_limited(first) or is_limited(last) or not isinstance(first, Value) or not isinstance(last, Value):
            return None
        colour = style.accent if pair.strong else style.mark if emphasis or len(pairs) > 1 else style.accent
        ink = style.accent_text if pair.strong else style.ink
        labels = {
            0: _end(chart, first, style, "left", pair.strong, ink),
            1: _end(chart, last, style, "right", pair.strong, ink),
        }
        thick = 0.25 * style.size if pair.strong else 0.15 * style.size
        series.append(
            DrawnSeries(
                pair.name, (exact(first), exact(last)), colour, labels=labels, thick=thick, dot=0.5 * style.size
            )
        )
    if max(_wide(label, one.name, style) for one in series for label in one.labels.values()) > _WIDEST * width:
        return None  # programs would press the lines together between long names
    heights = axis_of(pairs)
    span = heights.high - heights.low
    axis = Axis(low=heights.low - span / 20, high=heights.high + span / 20)
    note = sentence(words(style.language)["not from zero"]) if heights.low > 0 else ""
    formats = tuple(sheet_format([v for v in pair.values if v is not None], style.language) for pair in pairs)
    return Figure(
        "lines",
        heads,
        tuple(_apart(series, axis, style, _PLOT * height)),
        chart.category_field.title,
        axis,
        formats=formats,
        note=note,
    )


def _line(
    chart: Chart,
    strand: Strand,
    look: Look,
    slots: Slots,
    places: Mapping[int, int],
    style: ChartStyle,
    several: bool,
    lone: bool,
) -> DrawnSeries:
    """One line; `places` are those of the rows, `lone` says that all points of the only line have labels."""
    marks = {places[mark.row.index]: mark for mark in strand.marks.values()}
    values: list[Decimal | None] = [None] * len(slots.names)
    for at, mark in marks.items():
        values[at] = exact(mark.value)
    known = [at for at, value in enumerate(values) if value is not None]
    labels: dict[int, Label | None] = {}
    if several and known:
        value = marks[known[-1]].value
        label = label_of(chart, value, style, "right", look.strong, look.text)
        labels[known[-1]] = None if label is None else replace(label, named=True)
    elif known:
        rows = {at: marks[at].row for at in known}
        for at in known if lone else _telling(values, known, rows, chart):
            strong = is_highlighted(chart, rows[at])
            labels[at] = label_of(chart, marks[at].value, style, _side(values, known, at), strong)
    alone = {at for at in known if at - 1 not in known and at + 1 not in known}
    dots = 0.5 * style.size if lone and not several else 0.0
    name = strand.name or one_line(chart.measure_fields[0].title)
    colours = {at: style.accent for at in known if is_highlighted(chart, marks[at].row)}
    dot = dots or (0.5 * style.size if alone else 0.0)
    return DrawnSeries(
        name, tuple(values), look.colour, colours if dot else {}, labelled(labels), thick=look.thick, dot=dot
    )


def _wide(label: Label, name: str, style: ChartStyle) -> float:
    """Of the name and the value at an end of a slope, in points."""
    return text_width(f"{name} {label.text}", style.bold if label.bold else style.regular, style.size)


def _end(chart: Chart, value: Value, style: ChartStyle, place: Place, strong: bool, colour: str) -> Label:
    """The label at an end of a slope: its name and its value."""
    text, code = value_text(chart, value, style.language), format_of(chart, value, style.language)
    return Label(place, colour, strong, text, number_format=code, named=True)


def _telling(values: Sequence[Decimal | None], known: Sequence[int], rows: dict[int, Row], chart: Chart) -> list[int]:
    """Places of the last, the highest and the lowest value, and of what is highlighted: an axis has the others."""
    ordered = sorted(known, key=lambda at: values[at] or Decimal(0))
    strong = [at for at in known if is_highlighted(chart, rows[at])]
    return list(dict.fromkeys((*strong, known[-1], ordered[-1], ordered[0])))


def _side(values: Sequence[Decimal | None], known: Sequence[int], at: int) -> Place:
    """Above its point, or below one that lies lower than both of its neighbours."""
    place = known.index(at)
    around = [values[known[other]] for other in (place - 1, place + 1) if 0 <= other < len(known)]
    own = values[at]
    low = bool(around) and own is not None and all(other is not None and other > own for other in around)
    return "below" if low else "above"


def _apart(series: Sequence[DrawnSeries], axis: Axis, style: ChartStyle, height: float) -> list[DrawnSeries]:
    """The series with the labels on either side moved up and down so far that none touches another."""
    low, high = axis.low or Decimal(0), axis.high or Decimal(1)
    moved: dict[tuple[int, int], float] = {}
    for place in ("left", "right"):
        own = [(i, at) for i, one in enumerate(series) for at, label in one.labels.items() if label.place == place]
        wanted = [height * (1 - float(((series[i].values[at] or low) - low) / (high - low))) for i, at in own]
        found = spread(wanted, [style.line] * len(own), 0.0, height)
        moved |= {key: (was - now) / height for key, was, now in zip(own, wanted, found)}
    return [
        replace(one, labels={at: replace(label, raised=moved.get((i, at), 0.0)) for at, label in one.labels.items()})
        for i, one in enumerate(series)
    ]


def _fine(ticks: Sequence[Decimal]) -> int:
    """Decimals that the numbers of an axis need."""
    return max(0, *(-int(tick.normalize().as_tuple().exponent) for tick in ticks))
