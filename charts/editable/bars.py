"""Bars and columns as programs draw them: one measure or several, each value at the end of its bar."""

from __future__ import annotations

from decimal import Decimal

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
    said_missing,
    sheet_format,
)
from charts.editable.times import time_slots
from charts.kinds.bars import shades
from charts.kinds.share import rest_of
from charts.lettering import one_line
from charts.phrases import said
from charts.reading import by_unit, category_name, is_highlighted, is_limited, number_of, sentence
from charts.style import ChartStyle
from data.language.words import words
from data.tables.value import Measure, Value


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
    return Figure(
        "bars", categories, (one,), chart.category_field.title, _from_zero(one),
        formats=(sheet_format(values, language),),
    )  # fmt: skip


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
        found.named, found.values, overlaid=True, formats=found.formats * 2,
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
    numbers: list[Decimal | None] = [None] * len(slots.names)
    names = list(slots.names)
    strong = [is_highlighted(chart, row) for row in rows]
    colours: dict[int, str] = {}
    for value, at, own in zip(values, slots.places, strong):
        numbers[at] = exact(value)
        known[at] = label_of(chart, value, style, "end", own)
        if own:
            colours[at] = style.accent
        if why := said_missing(value, language):
            names[at] = said(names[at], why, language)
    for at in slots.without:
        names[at] = said(names[at], words(language)["not stated"], language)
    title = one_line(chart.measure_fields[0].title)
    one = DrawnSeries(title, tuple(numbers), style.mark if any(strong) else style.accent, colours, labelled(known))
    lines = tuple(reference_line(reference, len(names), style) for reference in chart.references)
    own = sheet_format(values, language)
    return Figure(
        "columns", tuple(names), (one, *lines), chart.category_field.title, _from_zero(one, *lines),
        steps=slots.steps, in_time=True, formats=(own,) * (1 + len(lines)),
    )  # fmt: skip


def reference_line(reference: Reference, count: int, style: ChartStyle) -> DrawnSeries:
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
