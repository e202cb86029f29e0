"""Spans from low to high as they are drawn: their ends, perhaps a middle, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from charts import phrases
from charts.chart import Chart
from charts.lettering import one_line, text_width
from charts.reading import category_name, is_highlighted, is_limited, number_of, value_text
from charts.rows.scale import between, parts, reach
from charts.style import ChartStyle
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
    middle: float | None = None
    over: str = ""
    """The middle as text; empty where none is drawn."""
    inexact: bool = False
    """Whether an end is missing or only a limit, so that its mark alone would not tell it."""

    @property
    def ends(self) -> tuple[float, float] | None:
        """Where the span is drawn from and to; None where nothing is known."""
        known = [end for end in (self.low, self.middle, self.high) if end is not None]
        return (known[0], known[-1]) if known else None


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


def _end_titles(chart: Chart) -> list[str]:
    """What the low and the high end of a span are called."""
    field = chart.measure_fields[0]
    names = (chart.role("low") or field.low, chart.role("high") or field.high)
    return [one_line(chart.table.field(name).title) if name else "" for name in names]


def spans_of(chart: Chart, rows: Sequence[Row], language: str, named: bool = True) -> list[RangeMark]:
    """The spans of rows of one unit; `named` says which of their ends is missing."""
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
        texts = [value_text(chart, end, language) for end in (low, high)]
        alone = low.content == high.content
        if named and not all(value.missing for value in (low, high, middle) if value is not None):
            # beside a mark it must be said what is missing
            titles = _end_titles(chart)
            both = alone and low.missing and texts[0] == texts[1]
            texts = [
                phrases.said(phrases.joined(titles) if both else title, text, language) if end.missing else text
                for title, text, end in zip(titles, texts, (low, high), strict=True)
            ]
        spans.append(
            RangeMark(
                category_name(chart, row, language),
                is_highlighted(chart, row),
                first,
                last,
                "" if alone else texts[0],
                "" if alone and second is not None and last is not None else texts[1],
                second,
                "" if middle is None else value_text(chart, middle, language),
                any(end.missing or is_limited(end) for end in (low, high)),
            )
        )
    return spans


def span_scale(spans: Sequence[RangeMark], style: ChartStyle, room: float, dot: float) -> tuple[float, float, float]:
    """Where 0 stands, how long 1 is, and how far the spans reach, in points; negative where labels do not fit.

    `dot` is the radius of the dots.
    """

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
    apart = reach(lows, highs)
    return zero, max(unit, 0.0), unit * apart if apart else room - max(before) - max(behind)
