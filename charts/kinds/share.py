"""Parts of a whole: one bar of a hundred percent, with what nobody stated as a dashed part of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from charts import phrases
from charts.chart import Chart
from charts.distinct import Fault, first_negative, of_one_name, place
from charts.kinds.bar import Bar, Group, draw_groups
from charts.kinds.kind import Kind
from charts.lettering import Lines, longest_word, text_width, wrap
from charts.plot import MIDDLE, Plot
from charts.reading import (
    category_name,
    is_highlighted,
    is_limited,
    is_lower_limit,
    may_be_shorter,
    number_of,
    sentence,
    value_text,
)
from charts.roles import of_categories
from charts.stacking.rest import WHOLE, most, rest_word, unstated
from charts.style import ChartStyle
from data.language.show import show
from data.language.words import words
from data.tables.table import Table
from data.tables.value import Measure, Value

_FIRST = 3
"""Parts that are said where they are too many to say all."""


def with_rest(chart: Chart, every: Table, table: Table) -> Chart:
    """The chart with our word for what is missing to its whole."""
    measure = chart.measures[0]
    numbers = [value.number for value in table.values(measure) if isinstance(value, Value) and not value.missing]
    # the parts of one whole are all of the table, unless its rows are parts of several wholes
    whole = table if len(every) < len(table) and sum(numbers) <= most(numbers) else every
    word = rest_word(chart.table, whole, measure)
    # of a part that stands alone the rest is all else, which need not be what nobody stated
    alone = word == "not stated" and len(chart.table) == 1
    return replace(chart, rest="the rest" if alone else word)


def rest_of(chart: Chart, numbers: Sequence[Decimal | None]) -> Decimal:
    """What is drawn beside the parts of numbers; 0 where nothing is, or must be."""
    told = chart.rest and rest_word(chart.table, chart.table, chart.measures[0])
    return unstated(numbers) if told else Decimal(0)


def negative_part(chart: Chart) -> Fault | None:
    """That a value is below zero: no part of a whole is, whoever allows it."""
    measure = chart.measures[0]
    row = first_negative(chart, measure)
    if row is None:
        return None
    return (
        f"'{measure}' is negative in {place(row)}, and nothing has a negative part.",
        "Use the kind 'bar', or correct the data.",
    )


def fault(chart: Chart, language: str) -> Fault | None:
    """A part below zero, or two parts under one name."""
    return negative_part(chart) or of_one_name(chart, language)


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """One stacked bar where every part has room for its figure and its name; else a list of bars."""
    plot = Plot(style, width)
    rows = chart.table.rows
    values = [row[chart.measures[0]] for row in rows]
    numbers = [number_of(value) for value in values]
    rest = rest_of(chart, numbers)
    largest = max((abs(n) for n in (*numbers, rest) if n is not None), default=Decimal(0)) or Decimal(1)
    bars = [
        Bar(
            category_name(chart, row, style.language),
            None if number is None else float(number / largest),
            value_text(chart, value, style.language),
            is_highlighted(chart, row),
            beyond=is_lower_limit(value),
            shorter=may_be_shorter(value),
        )
        for row, value, number in zip(rows, values, numbers)
    ]
    if rest:
        text = show(
            Value(rest, Measure("percent", None, chart.measure_fields[0].measure.decimals)), "label", style.language
        )
        bars.append(Bar(sentence(words(style.language)[chart.rest]), float(rest / largest), text, rest=True))
    # where a part begins that follows a limit, nobody knows
    exact = all(n is not None and n > 0 for n in numbers) and not any(map(is_limited, values))
    stacks = exact and sum(n or 0 for n in numbers) < WHOLE + 2
    if not (stacks and _draw_stack(plot, bars, height)):
        draw_groups(plot, [Group(tuple(bars))], height)
    return plot


def describe(chart: Chart, language: str, kind: str = "share chart") -> str:
    """The chart in words: its parts, the first ones where they are many, and what is missing to the whole.

    `kind` is a key of our words.
    """
    measure = chart.measures[0]
    present = [row for row in chart.table.rows if not row[measure].missing]
    few = len(present) <= phrases.FEW
    parts = [
        phrases.said(phrases.name_of(chart, row, language), value_text(chart, row[measure], language), language)
        for row in (present if few else present[:_FIRST])
    ]
    if not few:
        parts.append(words(language)["more"].format(count=len(present) - _FIRST))
    rest = rest_of(chart, [number_of(row[measure]) for row in present])
    if rest > 0:
        text = show(Value(rest, Measure("percent", None, chart.measure_fields[0].measure.decimals)), "label", language)
        parts.append(phrases.said(words(language)[chart.rest], text, language))
    heading = phrases.heading(kind, chart, language)
    return phrases.sentences([heading, "; ".join(parts), *phrases.remarks(chart, language)])


class Slice(Struct, frozen=True):
    """A part of the stacked bar, and where its name stands."""

    bar: Bar
    left: float
    width: float
    lines: Lines
    name_left: float


def _parts(bars: Sequence[Bar], style: ChartStyle, width: float) -> list[Slice] | None:
    """Places of parts and names on a bar `width` points long; None where they have no room.

    A name starts where its part does. One that is wider than its part may reach below the next, whose name then
    starts later, though in the first half of its own part.
    """
    whole = sum(bar.part or 0.0 for bar in bars)
    apart = 0.7 * style.size
    found: list[Slice] = []
    x, free = 0.0, 0.0
    for bar in bars:
        wide = (bar.part or 0.0) / whole * width
        fonts = style.bold if bar.strong else style.regular
        start = max(x, free)
        room = x + wide - start - (apart if bar is not bars[-1] else 0.0)
        lines = wrap(bar.name, fonts, style.size, max(room, longest_word(bar.name, fonts, style.size)))
        used = max(text_width(line, fonts, style.size) for line in lines)
        figure = text_width(bar.text, style.bold, style.size) + style.size
        if len(lines) > 3 or start > x + 0.5 * wide or start + used > width + 1e-6 or figure > wide:
            return None
        found.append(Slice(bar, x, wide, lines, start))
        x, free = x + wide, start + used + apart
    return found


def _figure_size(parts: Sequence[Slice], style: ChartStyle, tall: float) -> float:
    """Size of the figures in a bar `tall` points thick: they grow with it as far as the narrowest part has room."""
    own = max(text_width(part.bar.text, style.bold, style.size) / style.size for part in parts)
    room = min(part.width for part in parts) / (own + 1.0)
    return max(style.size, min(0.24 * tall, room, 2.4 * style.size))


def _draw_stack(plot: Plot, bars: Sequence[Bar], height: float | None) -> bool:
    """Draw one bar of all parts, figures in it, names below; False, and nothing drawn, where they have no room."""
    style = plot.style
    placed = _parts(bars, style, plot.width)
    if placed is None:
        return False
    emphasis = any(bar.strong for bar in bars)
    shades = {strong: style.accent if strong or not emphasis else style.mark for strong in (True, False)}
    inside = all(style.on(shades[bar.strong]) for bar in bars)
    below = 0.3 * style.size + (max(len(part.lines) for part in placed) + (0 if inside else 1)) * style.line
    tall = 2.4 * style.size if height is None else max(2.4 * style.size, height - below)
    figure = _figure_size(placed, style, tall)
    for part in placed:
        bar, shade = part.bar, shades[part.bar.strong]
        if bar.rest:
            plot.dashed(part.left, 0, part.width, tall)
        else:
            # a thin gap parts neighbours of one shade
            gap = 0.12 * style.size if bar is not bars[-1] else 0.0
            plot.bar(part.left, 0, part.width - gap, tall, shade)
        y = tall + 0.3 * style.size + 0.5 * style.line
        if inside:
            colour = style.muted if bar.rest else style.on(shade)
            middle = tall / 2 + MIDDLE * figure
            plot.text(part.left + 0.5 * figure, middle, bar.text, bold=True, colour=colour, size=figure)
        else:
            plot.lines(part.name_left, y, (bar.text,), bold=True)
            y += style.line
        for i, text in enumerate(part.lines):
            colour = style.muted if bar.rest else style.ink
            y_text = y + i * style.line + MIDDLE * style.size
            plot.text(part.name_left, y_text, text, bold=bar.strong, colour=colour)
    plot.height = max(tall + below, height or 0.0)
    return True


KIND = Kind(of_categories(frozenset(("percent",))), draw, describe, fault=fault, finish=with_rest)
