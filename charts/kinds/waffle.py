"""Shares as a hundred squares: one part of a whole, or a few."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from charts.chart import Chart
from charts.distinct import Fault, of_one_name_anywhere, place
from charts.kinds import share
from charts.kinds.kind import Kind
from charts.lettering import text_width, wrap
from charts.palette import MOST_DISTINCT, distinct
from charts.plot import Plot
from charts.reading import category_name, is_highlighted, is_limited, number_of, sentence, value_text
from charts.roles import of_categories
from charts.shades import Shades
from charts.style import ChartStyle
from data.language.show import show
from data.language.words import words
from data.tables.table import Table
from data.tables.value import Measure, Value

_SIDE = 10
"""Squares in a row, and rows of them."""
_APART = 0.16
"""Of the distance between two squares, what is between them."""
_USUAL, _LARGEST = 1.3, 2.6
"""Distance between squares, in parts of the text's size."""
_FIGURE, _OF_HEIGHT = 2.4, 0.22
"""Least size of the figure of a share that stands alone, in parts of the text's size; and of all squares' height, where
they are large."""


class Part(Struct, frozen=True):
    """A part as it is named beside the squares."""

    colour: str
    figure: str
    name: str
    strong: bool = False
    quiet: bool = False
    """What is missing to a hundred."""


def squares(numbers: Sequence[Decimal]) -> list[int]:
    """How many of a hundred squares each share has, and last what is missing to a hundred.

    Each has its whole percents; those that are left go to the largest remainders (the method of Hamilton and Hare), so
    that all of them are a hundred.
    """
    whole = max(sum(numbers, Decimal(0)), Decimal(100))
    exact = [100 * number / whole for number in numbers]
    exact.append(100 - sum(exact, Decimal(0)))
    found = [int(number) for number in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: exact[i] - found[i], reverse=True)
    for i in by_rest[: 100 - sum(found)]:
        found[i] += 1
    return found


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A hundred squares, row by row, with each part's value and name beside them."""
    plot = Plot(style, width)
    rows = chart.table.rows
    values = [row[chart.measures[0]] for row in rows]
    counts = squares([number_of(value) or Decimal(0) for value in values])
    colours = [*_colours(chart, style), style.hairline]
    pitch = min(_USUAL * style.size if height is None else height / _SIDE, _LARGEST * style.size, 0.45 * width / _SIDE)
    pitch = max(pitch, min(_USUAL * style.size, 0.45 * width / _SIDE))
    side = (1 - _APART) * pitch
    series = [index for index, count in enumerate(counts) for _ in range(count)]
    for number, index in enumerate(series):
        plot.bar(number % _SIDE * pitch, number // _SIDE * pitch, side, side, colours[index])
    left = _SIDE * pitch - pitch + side + 2 * style.gutter
    language = style.language
    if len(rows) == 1:
        figure = value_text(chart, values[0], language)
        large = max(_FIGURE * style.size, _OF_HEIGHT * _SIDE * pitch)
        large = min(large, (width - left) / text_width(figure, style.bold, 1.0))
        plot.text(left, 0.75 * large, figure, bold=True, colour=style.accent_text, size=max(large, style.size))
        name = wrap(category_name(chart, rows[0], language), style.regular, style.size, width - left)
        plot.lines(left, 1.15 * large + len(name) * style.line / 2, name)
        plot.height = max(_SIDE * pitch - pitch + side, 1.15 * large + len(name) * style.line, height or 0.0)
        return plot
    spoken = words(language)
    parts = [
        Part(
            colour,
            value_text(chart, value, language),
            category_name(chart, row, language) + ("" if count else f" ({spoken['no square']})"),
            is_highlighted(chart, row),
        )
        for row, value, colour, count in zip(rows, values, colours, counts, strict=False)
    ]
    rest = Decimal(100) - sum((number_of(value) or Decimal(0) for value in values), Decimal(0))
    if chart.rest and counts[-1]:
        percent = Value(rest, Measure("percent", None, chart.measure_fields[0].measure.decimals))
        parts.append(Part(style.hairline, show(percent, "label", language), sentence(spoken[chart.rest]), quiet=True))
    plot.height = max(_SIDE * pitch - pitch + side, _name_parts(plot, parts, left), height or 0.0)
    return plot


def _name_parts(plot: Plot, parts: Sequence[Part], left: float) -> float:
    """Name parts below each other: a patch of their colour, their figures in a column, their names; gives the height
    below, in points."""
    style, patch = plot.style, 0.8 * plot.style.size
    figures = left + patch + style.gap + max(text_width(part.figure, style.bold, style.size) for part in parts)
    names, y = figures + 0.8 * style.size, 0.0
    for part in parts:
        fonts = style.bold if part.strong else style.regular
        lines = wrap(part.name, fonts, style.size, max(plot.width - names, style.size))
        colour = style.muted if part.quiet else style.ink
        plot.bar(left, y + (style.line - patch) / 2, patch, patch, part.colour)
        plot.lines(figures, y + style.line / 2, (part.figure,), "right", not part.quiet, colour)
        plot.lines(names, y + len(lines) * style.line / 2, lines, bold=part.strong, colour=colour)
        y += len(lines) * style.line + 0.5 * style.size
    return y - 0.5 * style.size


def _colours(chart: Chart, style: ChartStyle) -> tuple[str, ...]:
    strong = [is_highlighted(chart, row) for row in chart.table.rows]
    if len(strong) == 1:
        return (style.accent,)
    picked = distinct(style, MOST_DISTINCT)
    order = sorted(range(len(strong)), key=lambda i: not strong[i])
    return tuple(picked[order.index(i)] for i in range(len(strong)))


def with_rest(chart: Chart, every: Table, table: Table) -> Chart:
    """The chart with our word for what is missing to a hundred; of one share alone the rest is no secret."""
    return chart if len(chart.table) < 2 else share.with_rest(chart, every, table)


def describe(chart: Chart, language: str) -> str:
    """The chart in words, as a share is."""
    return share.describe(chart, language, "waffle chart")


def line(chart: Chart, language: str) -> str:
    """What is measured, and what one square stands for."""
    field = chart.measure_fields[0]
    numbers = [number_of(value) for value in chart.table.values(field.name)]
    rounded = any(number is not None and number % 1 for number in numbers)
    return f"{field.title}; {words(language)['squares rounded' if rounded else 'squares']}"


def shades(chart: Chart) -> Shades:
    """None of a brand's own: the colours of parts are made so that they are told apart."""
    return ()


def fault(chart: Chart, language: str) -> Fault | None:
    """What keeps values from being shares of one whole, or readers from telling them apart."""
    if (found := share.negative_part(chart)) is not None:
        return found
    measure = chart.measures[0]
    numbers: list[Decimal] = []
    for row in chart.table:
        number = number_of(row[measure])
        if number is None:
            message = f"{place(row)} has no value, and squares show all of a whole."
            return message, "Leave it out by where, or use the kind 'bar'."
        if is_limited(row[measure]):
            message = f"only a limit is known at {place(row)}, and squares are counted."
            return message, "Leave it out by where, or use the kind 'bar', which shows limits as such."
        numbers.append(number)
    if len(numbers) > MOST_DISTINCT:
        return (
            f"{len(numbers)} parts are more than the {MOST_DISTINCT} that are told apart by colour.",
            "Show fewer by rows or where, or use the kind 'bar' or 'share'.",
        )
    total = sum(numbers, Decimal(0))
    if total > share.most(numbers):
        message = f"the shares add up to {total.normalize():f}, and the parts of one whole to 100 at most."
        return message, "Leave out by where what is no part of it, or use the kind 'bar'."
    return of_one_name_anywhere(chart, language)


KIND = Kind(
    of_categories(frozenset(("percent",))),
    draw,
    describe,
    shades=shades,
    fault=fault,
    finish=with_rest,
    line=line,
    fewer=False,
)
