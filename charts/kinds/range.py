"""Spans from low to high, one for each row, perhaps with a middle; every currency or unit has a panel of its own."""

from __future__ import annotations

from collections.abc import Sequence

from charts import phrases
from charts.axes.guides import zero_line
from charts.chart import Chart
from charts.distinct import Fault, at_one_place, of_one_name
from charts.distinct import place as where
from charts.kinds.kind import Kind
from charts.plot import Plot
from charts.reading import by_unit, number_of, unit_heading, value_text
from charts.roles import Role, of_categories
from charts.rows import names
from charts.rows.frame import Panel, PanelPlaces, place
from charts.rows.middles import draw_middles
from charts.rows.precision import at_one_precision
from charts.rows.spans import RangeMark, ends_of, middle_of, span_scale, spans_of
from charts.shades import Shades, emphasis
from charts.style import ChartStyle
from data.language.show import unit_title
from data.language.words import words
from data.tables.table import Row
from data.tables.value import NUMERIC, FieldType, Interval, Value

_SPANS: frozenset[FieldType] = frozenset(("range",))
MEASURED = NUMERIC | _SPANS
"""A span in one field, or the middle of one whose ends are fields of their own."""


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A line with a dot at either end for each row, or a bar with one at its middle; one panel for each unit."""
    plot = Plot(style, width)
    if middle_of(chart):
        draw_middles(plot, chart, height)
        return plot
    measure = chart.measures[0]
    groups = by_unit(chart.table.rows, measure)
    spans = [spans_of(chart, rows, style.language) for rows in groups]
    if any(span_scale(group, style, width, _radius(style))[2] < 0.12 * width for group in spans):
        spans = [spans_of(chart, rows, style.language, named=False) for rows in groups]
    every = [span for group in spans for span in group]
    titles, bold = [span.name for span in every], [span.strong for span in every]
    emphasis = any(bold)
    column = names.beside(titles, bold, style, width)
    if any(span_scale(group, style, width - column.left, _radius(style))[2] < 0.12 * width for group in spans):
        column = names.over(titles, bold, style, width)
    panels: list[Panel] = []
    done = 0
    for rows in groups:
        heading = unit_heading(rows[0], measure, style.language) if len(groups) > 1 else ""
        panels.append(Panel(column.take(done, done + len(rows)), heading))
        done += len(rows)
    for group, frame in zip(spans, place(plot, panels, height=height), strict=True):
        _draw_spans(plot, group, frame, column.left, emphasis)
    return plot


def describe(chart: Chart, language: str) -> str:
    """The chart in words: every span where they are few, else how far they reach in each unit."""
    rows = [row for row in chart.table.rows if not any(value.missing for value in ends_of(chart, row))]
    said: list[str] = []
    for group in by_unit(rows, chart.measures[0]):
        pairs = [(row, *ends_of(chart, row)) for row in group]
        if len(rows) <= phrases.FEW:
            said += [
                phrases.said(phrases.name_of(chart, row, language), _span_text(chart, row, language), language)
                for row in group
            ]
            continue
        low_row, low, _ = min(pairs, key=lambda pair: pair[1].number)
        high_row, _, high = max(pairs, key=lambda pair: pair[2].number)
        said.append(
            words(language)["from to"].format(
                low=phrases.with_names(chart, [low_row], value_text(chart, low, language), language),
                high=phrases.with_names(chart, [high_row], value_text(chart, high, language), language),
            )
        )
        middle = middle_of(chart)
        if middle:
            title = chart.table.field(middle).title
            said.append(phrases.said(title, phrases.extremes(chart, group, middle, language), language))
    heading = phrases.heading("range chart", chart, language)
    return phrases.sentences([heading, "; ".join(said), *phrases.remarks(chart, language)])


def _span_text(chart: Chart, row: Row, language: str) -> str:
    """A span as words: "$50,000–$70,000", or "$60,000 ($50,000–$70,000)" where it has a middle."""
    low, high = ends_of(chart, row)
    span = value_text(chart, Interval(low, high), language)
    middle = middle_of(chart)
    return f"{value_text(chart, row[middle], language)} ({span})" if middle else span


def line(chart: Chart, language: str) -> str:
    """What is measured, and what stands at the ends of the spans: "Median pay; line from P25 to P75, US dollars"."""
    field = chart.measure_fields[0]
    middle, low, high = middle_of(chart), chart.role("low"), chart.role("high")
    measure = chart.table.field(str(field.low)).measure if field.measure.type == "range" else field.measure
    unit = unit_title(measure, language) if field.unit_field is None else ""
    title = field.title
    if middle and low and high:
        ends = words(language)["line from to"].format(
            low=chart.table.field(low).title, high=chart.table.field(high).title
        )
        title = f"{title}; {ends}"
    elif middle:
        title = f"{chart.table.field(middle).title}; {words(language)['line of'].format(range=field.title)}"
    return f"{title}, {unit}" if unit and unit.lower() not in title.lower() else title


def fault(chart: Chart, language: str) -> Fault | None:
    """Ends that are missing or named twice, that are of another unit, or that do not hold the middle between them."""
    first, low, middle, high = chart.measure_fields[0], chart.role("low"), chart.role("middle"), chart.role("high")
    spans = first.measure.type == "range"
    if spans and (low or high):
        return f"'{first.name}' has its own ends.", "Leave out low and high, or measure another field."
    if not spans and not (low and high):
        return f"'{first.name}' is one number, and a span has two ends.", 'Write low = "..." and high = "...".'
    if not spans and middle:
        return f"'{first.name}' is the middle of the span, and '{middle}' is said to be it.", "Leave out middle."
    centre = middle_of(chart)
    for row in chart.table if centre else ():
        ends, value = ends_of(chart, row), row[centre] if centre else None
        named = (row[low], row[high]) if low and high else ends
        if not isinstance(value, Value) or not all(isinstance(end, Value) for end in named):
            continue
        if len({(one.measure.type == "percent", one.measure.unit) for one in (*ends, value)}) > 1:
            return "the ends of a span and its middle are of different units.", "Name fields of one unit."
        known = [one.number for one in (named[0], value, named[1]) if isinstance(one, Value) and not one.missing]
        if known != sorted(known):
            return (
                f"low, middle and high are out of order in {where(row)}.",
                "Correct the data, or name the fields in their order.",
            )
    for rows in by_unit(chart.table.rows, first.name):
        pairs = [(f"the row at {where(row)}", *map(number_of, ends_of(chart, row))) for row in rows]
        if (found := at_one_place([(row, low, high) for row, low, high in pairs])) is not None:
            return found
    return of_one_name(chart, language)


def shades(chart: Chart) -> Shades:
    """The accent for what stands out or for middles, another for the rest."""
    return ("accent", "mark") if middle_of(chart) else emphasis(chart)


def _radius(style: ChartStyle, thick: float = 0.0) -> float:
    """Of a dot; it grows where rows stand far apart."""
    return min(max(0.38 * style.size, 0.17 * thick), 0.6 * style.size)


def _draw_spans(plot: Plot, spans: Sequence[RangeMark], frame: PanelPlaces, left: float, emphasis: bool) -> None:
    style = plot.style
    radius = _radius(style, frame.thick)
    zero, unit, _ = span_scale(spans, style, plot.width - left, radius)
    apart, below = radius + style.gap, len(plot.shapes)
    for span, y in zip(spans, frame.middles, strict=True):
        if span.ends is None:
            plot.lines(left, y, (span.behind,), colour=style.muted)
            continue
        low, high = (left + zero + unit * end for end in span.ends)
        colour = style.accent if span.strong or not emphasis else style.mark
        words = style.accent_text if span.strong else style.ink
        if high > low:
            plot.stroke([(low, y), (high, y)], colour, 0.95 * radius)
        plot.dot(low, y, radius, colour)
        if high > low:
            plot.dot(high, y, radius, colour)
        if span.before:
            grey = style.muted if span.low is None else words
            plot.lines(low - apart, y, (span.before,), "right", span.strong, grey)
        grey = style.muted if span.high is None else words
        plot.lines(high + apart, y, (span.behind,), "left", span.strong, grey)
    if min((end for span in spans for end in span.ends or ()), default=0.0) < 0:
        zero_line(plot, left + zero, frame.top, frame.bottom, below)


KIND = Kind(
    (*of_categories(MEASURED), *(Role(name, NUMERIC, required=False) for name in ("low", "middle", "high"))),
    draw,
    describe,
    shades=shades,
    fault=fault,
    finish=at_one_precision,
    line=line,
)
