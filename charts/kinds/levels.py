"""Ordered categories as steps: every level has a column with its name, and a row is filled up to the one it reaches."""

from __future__ import annotations

from charts import phrases
from charts.chart import Chart
from charts.distinct import of_one_name_anywhere
from charts.kinds.kind import Kind
from charts.lettering import Lines, longest_word, one_line, wrap
from charts.plot import MIDDLE, Plot
from charts.reading import category_name, is_highlighted, value_text
from charts.roles import of_categories
from charts.rows import names
from charts.rows.frame import Panel, place
from charts.shades import Shades
from charts.style import ChartStyle
from data.language.words import words
from data.tables.value import Value


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A row of steps for each category, lowest level at the left.

    Where the columns are too narrow for the names of the levels, these stand in one line on top, and each row says
    the level it reaches.
    """
    plot = Plot(style, width)
    rows = chart.table.rows
    levels = [one_line(level) for level in chart.measure_fields[0].measure.levels]
    values = [row[chart.measures[0]] for row in rows]
    titles = [category_name(chart, row, style.language) for row in rows]
    bold = [is_highlighted(chart, row) for row in rows]
    column = names.beside(titles, bold, style, width)
    heads = _heads(levels, style, (width - column.left) / max(len(levels), 1))
    if heads is None:
        said = [
            phrases.said(title, value_text(chart, value, style.language), style.language)
            for title, value in zip(titles, values)
        ]
        column = names.over(said, bold, style, width)
        heads = [wrap(" · ".join(levels), style.regular, style.size, width)]
    step = (width - column.left) / max(len(levels), 1)
    deepest = max(map(len, heads), default=0)
    for i, lines in enumerate(heads):
        for j, text in enumerate(lines):
            # names of one and of two lines stand on one line, close to their columns
            y = (deepest - len(lines) + j + 0.5) * style.line + MIDDLE * style.size
            plot.text(column.left + i * step, y, text, colour=style.muted)
    (frame,) = place(plot, [Panel(column)], top=deepest * style.line + 0.4 * style.size, height=height)
    emphasis = any(bold)
    tall, gap = 0.7 * frame.thick, 0.2 * style.size
    for value, strong, middle in zip(values, bold, frame.middles):
        if not isinstance(value, Value) or value.missing:
            if not column.stacked:
                plot.lines(column.left, middle, (value_text(chart, value, style.language),), colour=style.muted)
            continue
        for i in range(len(levels)):
            x, wide = column.left + i * step, step - (gap if i < len(levels) - 1 else 0.0)
            if i <= value.rank:
                colour = style.accent if strong or not emphasis else style.mark
                plot.bar(x, middle - tall / 2, wide, tall, colour)
            else:
                plot.outline(x, middle - tall / 2, wide, tall)
    return plot


def marks(chart: Chart) -> Shades:
    """The accent for a level that is reached, another for the outline of one that is not."""
    return ("accent", "mark")


def describe(chart: Chart, language: str) -> str:
    """The chart in words: who reaches which level, highest first."""
    levels = chart.measure_fields[0].measure.levels
    heading = phrases.heading("level chart", chart, language)
    if levels:
        heading += f", {words(language)['from to'].format(low=levels[0], high=levels[-1])}"
    parts: list[str] = []
    most = phrases.FEW if len(chart.table) <= phrases.FEW else 3
    for level in reversed(levels):
        at = [row for row in chart.table.rows if row[chart.measures[0]] == level]
        if at:
            names = phrases.listed([phrases.name_of(chart, row, language) for row in at], language, most)
            parts.append(phrases.said(level, names, language))
    return phrases.sentences([heading, "; ".join(parts), *phrases.remarks(chart, language)])


def _heads(levels: list[str], style: ChartStyle, step: float) -> list[Lines] | None:
    """Names of the levels for columns `step` points wide, in three lines at most; None where they do not fit."""
    room = step - style.gap
    if any(longest_word(level, style.regular, style.size) > room for level in levels):
        return None
    heads = [wrap(level, style.regular, style.size, room) for level in levels]
    return heads if max(map(len, heads), default=0) <= 3 else None


KIND = Kind(
    of_categories(frozenset(("level",))),
    draw,
    describe,
    marks=marks,
    fault=of_one_name_anywhere,
)
