"""Spans from low to high, one for each row, perhaps with a middle; every currency or unit has a panel of its own."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from charts import phrases
from charts.chart import Chart
from charts.distinct import Fault, of_one_name
from charts.distinct import place as where
from charts.kinds import names
from charts.kinds.frame import Panel, PanelPlaces, place
from charts.kinds.kind import Kind
from charts.kinds.scale import between, parts
from charts.lettering import text_width
from charts.plot import Plot
from charts.reading import by_unit, category_name, is_highlighted, number_of, unit_heading, value_text
from charts.roles import Role, of_categories
from charts.shades import Shades, emphasis
from charts.style import ChartStyle
from data.language.show import unit_title
from data.language.words import words
from data.tables.table import Row
from data.tables.value import NUMERIC, FieldType, Interval, Value

_TALL = 2.08
"""Height of a row whose middle has its value above it, in parts of the text's size."""


_SPANS: frozenset[FieldType] = frozenset(("range",))
MEASURED = NUMERIC | _SPANS
"""A span in one field, or the middle of one whose ends are fields of their own."""


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
    middle: float | None = None
    over: str = ""
    """Text over the middle; empty where none is drawn."""

    @property
    def ends(self) -> tuple[float, float] | None:
        """Where the span is drawn from and to; None where nothing is known."""
        known = [end for end in (self.low, self.middle, self.high) if end is not None]
        return (known[0], known[-1]) if known else None


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A line with a dot at either end for each row, or at its middle where it has one, one panel for each unit."""
    plot = Plot(style, width)
    measure = chart.measures[0]
    least = _TALL if middle_of(chart) else 1.0
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
    for group, frame in zip(spans, place(plot, panels, height=height, least=least)):
        if middle_of(chart):
            _draw_middles(plot, group, frame, column.left, emphasis)
        else:
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


def middle_of(chart: Chart) -> str | None:
    """The field of the middles: the one that is measured, where low and high stand around it."""
    return chart.measures[0] if chart.role("low") else chart.role("middle")


def ends_of(chart: Chart, row: Row) -> tuple[Value, Value]:
    """Where the span of a row begins and ends."""
    named = chart.role("low"), chart.role("high")
    if named[0] and named[1]:
        low, high = row[named[0]], row[named[1]]
    else:
        value = row[chart.measures[0]]
        low, high = (value.low, value.high) if isinstance(value, Interval) else (value, value)
    if isinstance(low, Interval) or isinstance(high, Interval):
        raise TypeError("an end of a span is a span")
    return (high, low) if not low.missing and not high.missing and low > high else (low, high)


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
    return of_one_name(chart, language)


def shades(chart: Chart) -> Shades:
    """The accent for what stands out or for middles, another for the rest."""
    return ("accent", "mark") if middle_of(chart) else emphasis(chart)


def _spans(chart: Chart, rows: Sequence[Row], style: ChartStyle) -> list[RangeMark]:
    ends, centre = [ends_of(chart, row) for row in rows], middle_of(chart)
    middles = [row[centre] if centre else None for row in rows]
    numbers = parts(
        [
            None if value is None else number_of(value)
            for pair, middle in zip(ends, middles, strict=True)
            for value in (pair[0], middle, pair[1])
        ]
    )
    spans: list[RangeMark] = []
    for row, (low, high), middle, first, second, last in zip(
        rows, ends, middles, numbers[::3], numbers[1::3], numbers[2::3], strict=True
    ):
        texts = value_text(chart, low, style.language), value_text(chart, high, style.language)
        alone = low.content == high.content
        over = "" if middle is None else value_text(chart, middle, style.language)
        spans.append(
            RangeMark(
                category_name(chart, row, style.language),
                is_highlighted(chart, row),
                first,
                last,
                "" if alone else texts[0],
                "" if alone and second is not None and last is not None else texts[1],
                second,
                over,
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


def _draw_middles(plot: Plot, spans: Sequence[RangeMark], frame: PanelPlaces, left: float, emphasis: bool) -> None:
    """Bars from low to high with a dot at the middle, whose value stands over it."""
    style = plot.style
    radius = 0.42 * style.size
    zero, unit, _ = _scale(spans, style, plot.width - left, radius)
    for span, row in zip(spans, frame.middles, strict=True):
        y, over = row + 0.48 * style.size, row - 0.54 * style.size
        colour = style.accent if span.strong or not emphasis else style.mark
        words = style.accent_text if span.strong else style.ink
        fonts = style.bold if span.strong else style.regular
        if span.ends is None:
            plot.lines(left, row, (span.over or span.behind,), colour=style.muted)
            continue
        low, high = (left + zero + unit * end for end in span.ends)
        if high > low:
            plot.bar(low, y - 0.17 * style.size, high - low, 0.34 * style.size, style.mark)
        if span.middle is not None:
            x = left + zero + unit * span.middle
            plot.dot(x, y, radius, colour)
            low, high = min(low, x - radius), max(high, x + radius)
            wide = text_width(span.over, fonts, style.size)
            x = min(max(x - wide / 2, left), plot.width - wide)
            plot.lines(x, over, (span.over,), bold=span.strong, colour=words)
        ends = words if span.strong else style.muted
        if span.before:
            plot.lines(low - style.gap, y, (span.before,), "right", colour=ends)
        if span.behind:
            plot.lines(high + style.gap, y, (span.behind,), colour=ends)
        if span.middle is None:
            wide = text_width(span.over, style.regular, style.size)
            x = min(max((low + high - wide) / 2, left), plot.width - wide)
            plot.lines(x, over, (span.over,), colour=style.muted)


KIND = Kind(
    (*of_categories(MEASURED), *(Role(name, NUMERIC, required=False) for name in ("low", "middle", "high"))),
    draw,
    describe,
    shades=shades,
    fault=fault,
    line=line,
)
