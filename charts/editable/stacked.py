"""Stacked bars as programs draw them, the series named in a key."""

from __future__ import annotations

from decimal import Decimal

from charts.chart import Chart
from charts.editable.figure import Axis, DrawnSeries, Figure, exact, label_of, labelled, sheet_format
from charts.lettering import text_width
from charts.reading import is_limited, sentence, value_text
from charts.stacking.parts import Stack, in_order, is_whole, stacks
from charts.stacking.shades import shades_of
from charts.style import ChartStyle
from data.language.words import words
from data.tables.value import Measure, Value

_BARS = 0.62
"""About so large a part of the width do bars have: names stand beside them."""


def stacked(chart: Chart, style: ChartStyle, width: float, height: float) -> Figure | None:
    """The parts of each bar; None where they part at a middle, and where a value is missing or a limit."""
    if chart.diverging:
        return None
    language = style.language
    found = in_order(chart, language)
    bars = stacks(chart, found, language)
    values = [part.value for bar in bars for part in bar.parts]
    known = [exact(value) for value in values if value is not None and not is_limited(value)]
    if len(known) < len(values) or any(number is None or number < 0 for number in known):
        return None
    if len({value.measure.unit for value in values if isinstance(value, Value)}) > 1:
        return None
    whole = max((bar.end for bar in bars), default=Decimal(0)) or Decimal(1)
    series: list[DrawnSeries] = []
    for place, (strand, colour) in enumerate(zip(found, shades_of(chart, style, found, None), strict=True)):
        own = [bar.parts[place].value for bar in bars]
        ink = style.text_on(colour)
        labels = {
            i: label_of(chart, value, style, "middle", colour=ink)
            for i, value in enumerate(own)
            if value is not None and _has_room(chart, value, whole, style, width)
        }
        numbers = tuple(None if value is None else exact(value) for value in own)
        series.append(
            DrawnSeries(strand.name or chart.measure_fields[0].title, numbers, colour, labels=labelled(labels))
        )
    formats = [
        sheet_format([v for v in (bar.parts[p].value for bar in bars) if v is not None], language)
        for p in range(len(found))
    ]
    if any(bar.rest for bar in bars):
        series.append(_rest(chart, bars, style))
        formats.append(formats[0])
    axis = Axis(low=Decimal(0), high=max(Decimal(100), whole)) if is_whole(chart) else Axis(low=Decimal(0))
    names = tuple(bar.name for bar in bars)
    return Figure(
        "bars", names, tuple(series), chart.category_field.title, axis, stacked=True, key=len(series) > 1,
        formats=tuple(formats),
    )  # fmt: skip


def _has_room(chart: Chart, value: object, whole: Decimal, style: ChartStyle, width: float) -> bool:
    if not isinstance(value, Value) or value.missing or not value.number:
        return False
    wide = text_width(value_text(chart, value, style.language), style.regular, style.size) + 0.9 * style.size
    return wide <= float(value.number / whole) * _BARS * width


def _rest(chart: Chart, bars: tuple[Stack, ...], style: ChartStyle) -> DrawnSeries:
    """What nobody stated: outlined parts."""
    measure = Measure("percent", None, chart.measure_fields[0].measure.decimals)
    word = sentence(words(style.language)[chart.rest])
    rests = [Value(bar.rest, measure) if bar.rest else None for bar in bars]
    labels = {
        i: label_of(chart, value, style, "middle", colour=style.muted)
        for i, value in enumerate(rests)
        if value is not None and value.number >= 4
    }
    return DrawnSeries(
        word, tuple(bar.rest or None for bar in bars), style.muted, labels=labelled(labels), outlined=True
    )
