"""Bars of several series in panels beside each other: the names once, and one scale for all."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from charts.chart import Chart
from charts.lettering import balanced, text_width
from charts.plot import Plot
from charts.reading import number_of, value_text
from charts.rows import names
from charts.rows.frame import Panel
from charts.rows.frame import place as place_rows
from charts.rows.scale import from_zero, parts
from charts.strands import Strand, categories, strands
from charts.style import ChartStyle
from data.language.words import words

_NARROWEST = 9.0
"""Width of a panel, in sizes of its text."""
_NAMES = 0.3
"""Of the drawing: the column of names where one word is not longer."""


def draw_bars(plot: Plot, chart: Chart, height: float | None) -> None:
    """Panels in as many rows as they need, each row with the names of its bars; sets the plot's height."""
    style, width = plot.style, plot.width
    called, found = categories(chart, style.language), strands(chart, style.language)
    column = names.beside(called, [False] * len(called), style, 1.4 * width * _NAMES / 0.42)
    least = _least(chart, found, style)
    if column.stacked or width - column.left < least:
        column = names.over(called, [False] * len(called), style, width)
    gap = 1.4 * style.size
    room = width - column.left
    most = max(1, min(int((room + gap) / (least + gap)), 6, len(found)))
    rows = ceil(len(found) / most)
    each = ceil(len(found) / rows)
    wide = (room - (each - 1) * gap) / each
    # below the last bars their axes end, and a name may be taller than its bar
    foot = 0.4 * style.size
    own = None if height is None else (height - foot - (rows - 1) * 1.2 * style.size) / rows
    top = 0.0
    for start in range(0, len(found), each):
        _draw_row(plot, chart, called, column, found[start : start + each], wide, gap, top, own)
        top = plot.height + 1.2 * style.size
    lowest = max(box.bottom for box in (*(one.box for one in plot.labels), *(one.box for one in plot.shapes)))
    plot.height = max(plot.height, lowest + foot / 2)
    if rows > 1:
        plot.rows = ()


def _least(chart: Chart, found: Sequence[Strand], style: ChartStyle) -> float:
    """Width of a panel, in points, in which bars on both sides of zero have room for what they say."""
    sides = {True: 0.0, False: text_width(words(style.language)["not stated"], style.regular, style.size) + style.gap}
    for one in found:
        for mark in one.marks.values():
            text = value_text(chart, mark.value, style.language)
            below = (number_of(mark.value) or 0) < 0
            sides[below] = max(sides[below], text_width(text, style.regular, style.size) + style.gap)
    return max(_NARROWEST * style.size, sum(sides.values()) + 3 * style.size)


def _draw_row(
    plot: Plot,
    chart: Chart,
    called: Sequence[str],
    column: names.Names,
    found: Sequence[Strand],
    wide: float,
    gap: float,
    top: float,
    height: float | None,
) -> None:
    style = plot.style
    every = strands(chart, style.language)
    emphasis = any(one.strong for one in every)
    gone = words(style.language)["not stated"]
    values = [mark.value for one in every for mark in one.marks.values()]
    texts = [value_text(chart, value, style.language) for value in values]
    ends = [text_width(text, style.regular, style.size) + style.gap for text in texts]
    ends.append(text_width(gone, style.regular, style.size) + style.gap)
    lengths = parts([number_of(value) for value in values])
    zero, unit = from_zero([*(part or 0.0 for part in lengths), 0.0], ends, wide)
    unit = max(unit, 0.0)
    part_of = dict(zip([mark.row.index for one in every for mark in one.marks.values()], lengths, strict=True))
    titles = [balanced(one.name, style.bold, style.size, wide) for one in found]
    head = max(map(len, titles)) * style.line + (0.6 if zero > 0 else 0.3) * style.size
    (frame,) = place_rows(plot, [Panel(column)], top=top + head, height=None if height is None else top + height)
    for i, (one, title) in enumerate(zip(found, titles, strict=True)):
        left = column.left + i * (wide + gap)
        axis = left + zero
        colour = style.mark if emphasis and not one.strong else style.accent
        plot.lines(left, top + len(title) * style.line / 2, title, bold=True)
        if zero > 0:
            # bars on both sides of zero: a title stands at the edge of its panel, and not over its bars
            y = top + head - 0.25 * style.size
            plot.stroke([(left, y), (left + wide, y)], style.hairline, style.hair)
        for name, middle in zip(called, frame.middles, strict=True):
            mark = one.marks.get(name)
            part = None if mark is None else part_of[mark.row.index]
            text = gone if mark is None else value_text(chart, mark.value, style.language)
            length = (part or 0.0) * unit
            if length:
                plot.bar(axis + min(length, 0.0), middle - frame.thick / 2, abs(length), frame.thick, colour)
            ink = style.muted if part is None else style.ink
            if length < 0:
                plot.lines(axis + length - style.gap, middle, (text,), "right", colour=ink)
            else:
                plot.lines(axis + length + style.gap, middle, (text,), colour=ink)
        edge = 0.2 * style.size
        for start, end in (
            [(m - frame.reach / 2, m + frame.reach / 2) for m in frame.middles]
            if column.stacked
            else [(frame.top - edge, frame.bottom + edge)]
        ):
            plot.axis(axis, start, axis, end)
