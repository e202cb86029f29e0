"""Spans from low to high, one for each row; every currency or unit has a panel and a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from charts import phrases
from charts.chart import Chart
from charts.kinds import names
from charts.kinds.frame import Panel, PanelPlaces, place
from charts.kinds.scale import between, parts
from charts.lettering import text_width
from charts.plot import Plot
from charts.reading import by_unit, category_name, is_highlighted, number_of, unit_heading, value_text
from charts.style import ChartStyle
from data.language.words import words
from data.tables.table import Row
from data.tables.value import Interval, Value


class RangeMark(Struct, frozen=True):
    """A row to draw: its ends as parts of the largest number in its panel, and what stands at them."""

    name: str
    strong: bool
    low: float | None
    high: float | None
    """None where the data lack the value."""
    before: str
    """Text at the left, empty where one text says it all."""
    behind: str

    @property
    def ends(self) -> tuple[float, float] | None:
        """Where the span is drawn from and to; None where nothing is known."""
        known = [end for end in (self.low, self.high) if end is not None]
        return (known[0], known[-1]) if known else None


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A line with a dot at either end for each row, one panel for each unit."""
    plot = Plot(style, width)
    measure = chart.measures[0]
    groups = by_unit(chart.table.rows, measure)
    spans = [_spans(chart, rows, style) for rows in groups]
    every = [span for group in spans for span in group]
    titles, bold = [span.name for span in every], [span.strong for span in every]
    emphasis = any(bold)
    column = names.beside(titles, bold, style, width)
    if any(_scale(group, style, width - column.left)[2] < 0.12 * width for group in spans):
        column = names.over(titles, bold, style, width)
    panels: list[Panel] = []
    done = 0
    for rows in groups:
        heading = unit_heading(rows[0], measure, style.language) if len(groups) > 1 else ""
        panels.append(Panel(column.take(done, done + len(rows)), heading))
        done += len(rows)
    for group, frame in zip(spans, place(plot, panels, height=height)):
        _draw_spans(plot, group, frame, column.left, emphasis)
    return plot


def describe(chart: Chart, language: str) -> str:
    """The chart in words: every span where they are few, else how far they reach in each unit."""
    rows = [row for row in chart.table.rows if not row[chart.measures[0]].missing]
    parts: list[str] = []
    for group in by_unit(rows, chart.measures[0]):
        pairs = [(row, value) for row in group if isinstance(value := row[chart.measures[0]], Interval)]
        if len(rows) <= phrases.FEW:
            parts += [
                phrases.said(phrases.name_of(chart, row, language), value_text(chart, value, language), language)
                for row, value in pairs
            ]
            continue
        low_row, low = min(pairs, key=lambda pair: pair[1].low.number)
        high_row, high = max(pairs, key=lambda pair: pair[1].high.number)
        parts.append(
            words(language)["from to"].format(
                low=phrases.with_names(chart, [low_row], value_text(chart, low.low, language), language),
                high=phrases.with_names(chart, [high_row], value_text(chart, high.high, language), language),
            )
        )
    heading = phrases.heading("range chart", chart, language)
    return phrases.sentences([heading, "; ".join(parts), *phrases.remarks(chart, language)])


def _spans(chart: Chart, rows: Sequence[Row], style: ChartStyle) -> list[RangeMark]:
    ends: list[tuple[Value, Value]] = []
    for row in rows:
        value = row[chart.measures[0]]
        low, high = (value.low, value.high) if isinstance(value, Interval) else (value, value)
        ends.append((high, low) if not low.missing and not high.missing and low > high else (low, high))
    numbers = parts([number_of(value) for pair in ends for value in pair])
    spans: list[RangeMark] = []
    for row, (low, high), first, last in zip(rows, ends, numbers[::2], numbers[1::2]):
        texts = value_text(chart, low, style.language), value_text(chart, high, style.language)
        alone = low.content == high.content
        spans.append(
            RangeMark(
                category_name(chart, row, style.language),
                is_highlighted(chart, row),
                first,
                last,
                "" if alone else texts[0],
                texts[1],
            )
        )
    return spans


def _radius(style: ChartStyle, thick: float = 0.0) -> float:
    """Of a dot; it grows where rows stand far apart."""
    return min(max(0.38 * style.size, 0.17 * thick), 0.6 * style.size)


def _scale(
    spans: Sequence[RangeMark], style: ChartStyle, room: float, radius: float | None = None
) -> tuple[float, float, float]:
    """Where 0 stands, how long 1 is, and how far the spans reach, in points; negative where labels do not fit."""
    dot = radius or _radius(style)

    def taken(text: str, strong: bool) -> float:
        fonts = style.bold if strong else style.regular
        return dot + (text_width(text, fonts, style.size) + style.gap if text else 0.0)

    known = [(span, *span.ends) for span in spans if span.ends]
    if not known:
        return 0.0, 0.0, room
    lows, highs = [low for _, low, _ in known], [high for _, _, high in known]
    before = [taken(span.before, span.strong) for span, _, _ in known]
    behind = [taken(span.behind, span.strong) for span, _, _ in known]
    zero, unit = between(lows, highs, before, behind, room)
    reach = max(highs) - min(lows)
    return zero, max(unit, 0.0), unit * reach if reach else room - max(before) - max(behind)


def _draw_spans(plot: Plot, spans: Sequence[RangeMark], frame: PanelPlaces, left: float, emphasis: bool) -> None:
    style = plot.style
    radius = _radius(style, frame.thick)
    zero, unit, _ = _scale(spans, style, plot.width - left, radius)
    apart = radius + style.gap
    for span, y in zip(spans, frame.middles):
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
