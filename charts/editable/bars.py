"""Bars and columns as programs draw them: one measure or several, each value at the end of its bar."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from charts.axes.numbers import tick_texts
from charts.axes.values import value_axis
from charts.beside import Reference
from charts.chart import Chart
from charts.editable.figure import (
    Axis,
    DrawnSeries,
    Figure,
    Label,
    exact,
    label_of,
    labelled,
    numbers,
    said_missing,
    sheet_format,
)
from charts.editable.times import time_slots
from charts.kinds.bar import ALONE
from charts.kinds.bars import shades
from charts.kinds.share import rest_of
from charts.lettering import one_line, text_width
from charts.phrases import said
from charts.reading import by_unit, category_name, is_highlighted, is_limited, number_of, sentence
from charts.style import ChartStyle
from data.language.show import number_format
from data.language.words import words
from data.tables.value import Measure, Value

_WIDEST = 0.3
"""Of a chart's width, the name of a line at a value beside it."""


def bar(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """A bar for each row; None where units differ, a value is a limit, or a line stands at a value."""
    measure = chart.measures[0]
    rows, language = chart.table.rows, style.language
    values = [row[measure] for row in rows]
    if chart.references or len(by_unit(rows, measure)) > 1 or any(map(is_limited, values)):
        return None
    strong = [is_highlighted(chart, row) for row in rows]
    colours = {} if not any(strong) else {i: style.accent for i, one in enumerate(strong) if one}
    labels = labelled({i: label_of(chart, v, style, "end", s) for i, (v, s) in enumerate(zip(values, strong))})
    names = [category_name(chart, row, language) for row in rows]
    gone = [said_missing(value, language) for value in values]
    categories = tuple(said(name, why, language) if why else name for name, why in zip(names, gone))
    title = one_line(chart.measure_fields[0].title)
    one = DrawnSeries(title, tuple(map(exact, values)), style.mark if any(strong) else style.accent, colours, labels)
    axis = _from_zero(one)
    if len(rows) == 1 and (number := exact(values[0])) is not None and number > 0:
        # a bar that no other is seen beside does not fill the page, as on our own drawing
        axis = Axis(Decimal(0), number / Decimal(str(ALONE)))
    return Figure(
        "bars", categories, (one,), chart.category_field.title, axis, formats=(sheet_format(values, language),)
    )


def share(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """Bars of the parts of a whole; what nobody stated is an outlined bar of a series of its own."""
    found = bar(chart, style, width, height)
    rest = rest_of(chart, [number_of(value) for value in chart.table.values(chart.measures[0])])
    if found is None or not rest:
        return found
    field = chart.measure_fields[0]
    value = Value(rest, Measure("percent", None, field.measure.decimals))
    word = sentence(words(style.language)[chart.rest])
    own, count = found.series[0], len(found.categories)
    label = label_of(chart, value, style, "end", colour=style.muted)
    other = DrawnSeries(
        word, (*(None for _ in range(count)), rest), style.muted, labels=labelled({count: label}), outlined=True
    )
    return Figure(
        "bars", (*found.categories, word),
        (DrawnSeries(own.name, (*own.values, None), own.colour, own.other_colours, own.labels), other),
        found.named, _from_zero(own, other), overlaid=True, formats=found.formats * 2,
    )  # fmt: skip


def grouped(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """Bars of two or three measures side by side, named in a key; None where a value is missing or a limit."""
    rows, language = chart.table.rows, style.language
    count = len(chart.measures)
    every = [row[name] for row in rows for name in chart.measures]
    if count > 3 or len(by_unit(rows, chart.measures[0])) > 1 or chart.references:
        return None
    if any(exact(value) is None or is_limited(value) for value in every):
        return None
    colours = {"accent": style.accent, "mark": style.mark, "ink": style.ink}
    series: list[DrawnSeries] = []
    for field, shade in zip(chart.measure_fields, shades(chart)):
        values = [row[field.name] for row in rows]
        labels = labelled(
            {
                i: label_of(chart, value, style, "end", is_highlighted(chart, row), style.ink)
                for i, (value, row) in enumerate(zip(values, rows))
            }
        )
        series.append(DrawnSeries(one_line(field.title), tuple(map(exact, values)), colours[shade], labels=labels))
    formats = tuple(sheet_format([row[name] for row in rows], language) for name in chart.measures)
    names = tuple(category_name(chart, row, language) for row in rows)
    return Figure(
        "bars", names, tuple(series), chart.category_field.title, _from_zero(*series), key=count > 1, formats=formats
    )  # fmt: skip


def column(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """A column for each period, a place without one for each that is missing; a line at each reference."""
    measure = chart.measures[0]
    rows, language = chart.table.rows, style.language
    values = [row[measure] for row in rows]
    slots = time_slots(chart, language)
    if slots is None or len(by_unit(rows, measure)) > 1 or any(map(is_limited, values)):
        return None
    known: dict[int, Label | None] = {}
    held: list[Decimal | None] = [None] * len(slots.names)
    names = list(slots.names)
    strong = [is_highlighted(chart, row) for row in rows]
    colours: dict[int, str] = {}
    for value, at, own in zip(values, slots.places, strong):
        held[at] = exact(value)
        known[at] = label_of(chart, value, style, "end", own)
        if own:
            colours[at] = style.accent
        if why := said_missing(value, language):
            names[at] = said(names[at], why, language)
    for at in slots.lacking:
        names[at] = said(names[at], words(language)["not stated"], language)
    title = one_line(chart.measure_fields[0].title)
    one = DrawnSeries(title, tuple(held), style.mark if any(strong) else style.accent, colours, labelled(known))
    lines = reference_lines(chart, len(names), style, width)
    if lines is None:
        return None
    own, axis = sheet_format(values, language), _from_zero(one, *lines)
    if not _have_room(one, style, width / len(names)):
        # what labels cannot say side by side an axis does
        axis = _guided(chart, (one, *lines), style, height)
        one = replace(one, labels=_telling(one, style, width / len(names)))
    return Figure(
        "columns", tuple(names), (one, *lines), chart.category_field.title, axis,
        steps=slots.steps, in_time=True, formats=(own,) * (1 + len(lines)),
    )  # fmt: skip


def _have_room(one: DrawnSeries, style: ChartStyle, pitch: float) -> bool:
    """Whether every value has room over its column."""
    return all(_wide(label, style) + 0.3 * style.size <= pitch for label in one.labels.values())


def _wide(label: Label, style: ChartStyle) -> float:
    return text_width(label.text, style.bold if label.bold else style.regular, style.size)


def _telling(one: DrawnSeries, style: ChartStyle, pitch: float) -> dict[int, Label]:
    """The labels of what stands out, and of the highest, the lowest, the last and the first value, as far as they have
    room beside each other: an axis has the others."""
    ordered = sorted(one.labels, key=lambda at: one.values[at] or Decimal(0))
    strong = [at for at, label in one.labels.items() if label.bold]
    found: dict[int, Label] = {}
    for at in (*strong, ordered[-1], ordered[0], max(ordered), min(ordered)):
        own = _wide(one.labels[at], style)
        beside = (abs(at - other) * pitch - (own + _wide(label, style)) / 2 for other, label in found.items())
        # a label that is wider than its column must not lie on a higher neighbour
        around = [one.values[near] for near in (at - 1, at + 1) if 0 <= near < len(one.values)]
        value = one.values[at] or Decimal(0)
        higher = any(near is not None and abs(near) > abs(value) for near in around)
        if at not in found and all(room > 0.5 * style.size for room in beside) and not (higher and own > pitch):
            found[at] = one.labels[at]
    return found


def _guided(chart: Chart, series: Sequence[DrawnSeries], style: ChartStyle, height: float) -> Axis:
    """An axis of round numbers, with guide lines."""
    measure = chart.measure_fields[0].measure
    ends = value_axis(list(numbers(series)), measure, height, style)
    fine = max(0, *(-int(tick.normalize().as_tuple().exponent) for tick in ends.ticks))
    return Axis(
        ends.low, ends.high, ends.ticks[1] - ends.ticks[0], number_format(measure, fine, style.language), True,
        tick_texts(ends, measure, style.language),
    )  # fmt: skip


def reference_lines(chart: Chart, count: int, style: ChartStyle, width: float) -> tuple[DrawnSeries, ...] | None:
    """The lines at values through so many categories; None where the name of one takes too much of the width."""
    lines = tuple(_reference_line(reference, count, style) for reference in chart.references)
    long = any(_wide(label, style) > _WIDEST * width for line in lines for label in line.labels.values())
    return None if long else lines


def _reference_line(reference: Reference, count: int, style: ChartStyle) -> DrawnSeries:
    """A dashed line at a value through so many categories, named at its end."""
    said = reference.said(style.language)
    label = Label("right", style.ink, text=said, fixed=True)
    return DrawnSeries(
        said,
        (reference.value.number,) * count,
        style.ink,
        labels={count - 1: label},
        thick=0.1 * style.size,
        dashed=True,
    )


def _from_zero(*series: DrawnSeries) -> Axis:
    """An axis that begins at zero, or below it where a number does: then the program finds both ends."""
    below = any(number is not None and number < 0 for one in series for number in one.values)
    return Axis() if below else Axis(low=Decimal(0))
