"""Grouped bars: several measures of one unit for each row, told apart by shade and by words."""

from __future__ import annotations

from charts import phrases
from charts.chart import Chart
from charts.kinds.bar import Bar, Group, draw_axis, draw_groups
from charts.kinds.kind import Kind
from charts.lettering import one_line, text_width
from charts.plot import Plot
from charts.reading import (
    by_unit,
    category_name,
    is_highlighted,
    is_lower_limit,
    may_be_shorter,
    number_of,
    unit_heading,
    value_text,
)
from charts.roles import of_categories
from charts.rows import names
from charts.rows.differences import difference_extremes, difference_said
from charts.rows.frame import Panel, place
from charts.rows.key import draw_key
from charts.rows.scale import from_zero, parts
from charts.shades import Shades, emphasis
from charts.style import ChartStyle
from data.tables.table import Row
from data.tables.value import NUMERIC

_SHADES: Shades = ("accent", "mark", "ink")
_LEAST = 1.06
"""Thickness of a bar in parts of the text's size, so that what stands at its end is clear of the next one."""


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A group of bars for each row, one bar a measure.

    Up to three measures differ in shade, so far that they do in greyscale, and are named in a line on top; more than
    that no reader tells apart by shade, so every bar has its name.
    """
    plot = Plot(style, width)
    if len(chart.measures) > 3:
        _draw_named(plot, chart, height)
    else:
        _draw_shaded(plot, chart, height)
    return plot


def describe(chart: Chart, language: str, kind: str = "grouped bar chart") -> str:
    """The chart in words: all values where they are few, row by row; else the highest and lowest of each measure.

    `kind` is a key of our words.
    """
    parts: list[str] = []
    heading = phrases.heading(kind, chart, language)
    if len(chart.table) * len(chart.measures) <= phrases.FEW:
        for row in chart.table:
            own = [(f.title, row[f.name]) for f in chart.measure_fields if not row[f.name].missing]
            pairs = [(title, value_text(chart, v, language)) for title, v in own]
            apart = difference_said(chart, row, language) if chart.differences else None
            pairs += [apart] if apart else []
            listed = phrases.joined([phrases.said(*pair, language) for pair in pairs], [title for title, _ in pairs])
            parts += [f"{phrases.name_of(chart, row, language)} ({listed})"] if own else []
        return phrases.sentences([heading, "; ".join(parts), *phrases.remarks(chart, language)])
    for field in chart.measure_fields:
        present = [row for row in chart.table.rows if not row[field.name].missing]
        for rows in by_unit(present, field.name):
            parts.append(phrases.said(field.title, phrases.extremes(chart, rows, field.name, language), language))
    if chart.differences:
        panels = by_unit(chart.table.rows, chart.measures[0])
        parts += filter(None, (difference_extremes(chart, rows, language) for rows in panels))
    return phrases.sentences([heading, "; ".join(parts), *phrases.remarks(chart, language)])


def shades(chart: Chart) -> Shades:
    """A colour for each measure; more than three bars have their names beside them instead."""
    return _SHADES[: len(chart.measures)] if len(chart.measures) <= len(_SHADES) else emphasis(chart)


def _draw_named(plot: Plot, chart: Chart, height: float | None) -> None:
    language = plot.style.language
    titles = [one_line(field.title) for field in chart.measure_fields]
    rows = chart.table.rows
    values = [[row[name] for name in chart.measures] for row in rows]
    lengths: dict[int, list[float | None]] = {}
    for members in by_unit(rows, chart.measures[0]):
        flat = parts([number_of(value) for row in members for value in values[row.index]])
        for i, row in enumerate(members):
            lengths[row.index] = flat[i * len(titles) : (i + 1) * len(titles)]
    groups: list[Group] = []
    for row in rows:
        strong = is_highlighted(chart, row)
        bars = tuple(
            Bar(
                title,
                part,
                value_text(chart, value, language),
                strong,
                beyond=is_lower_limit(value),
                shorter=may_be_shorter(value),
            )
            for title, part, value in zip(titles, lengths[row.index], values[row.index])
        )
        groups.append(Group(bars, category_name(chart, row, language), strong=True, scale=0))
    draw_groups(plot, groups, height)


def _draw_shaded(plot: Plot, chart: Chart, height: float | None) -> None:
    style, count = plot.style, len(chart.measures)
    shades = (style.accent, style.mark, style.ink)[:count]
    top = draw_key(plot, [one_line(field.title) for field in chart.measure_fields], shades)
    groups = by_unit(chart.table.rows, chart.measures[0])
    every = [row for rows in groups for row in rows]
    titles = [category_name(chart, row, style.language) for row in every]
    bold = [is_highlighted(chart, row) for row in every]
    column = names.beside(titles, bold, style, plot.width)
    if any(_scale(chart, rows, style, plot.width - column.left)[1] < 0.15 * plot.width for rows in groups):
        column = names.over(titles, bold, style, plot.width)
    panels: list[Panel] = []
    done = 0
    for rows in groups:
        heading = unit_heading(rows[0], chart.measures[0], style.language) if len(groups) > 1 else ""
        panels.append(Panel(column.take(done, done + len(rows)), heading))
        done += len(rows)
    edge = 0.2 * style.size
    room = None if height is None else height - edge
    frames = place(plot, panels, bars=count, top=top + edge, height=room, least=_LEAST)
    plot.height += edge
    for rows, frame in zip(groups, frames):
        zero, unit, flat = _scale(chart, rows, style, plot.width - column.left)
        axis = column.left + zero
        for i, (row, middle) in enumerate(zip(rows, frame.middles)):
            strong = is_highlighted(chart, row)
            for j, name in enumerate(chart.measures):
                part = flat[i * count + j]
                length = (part or 0.0) * max(unit, 0.0)
                upper = middle + (j - count / 2) * frame.thick
                tall, start, beyond = 0.93 * frame.thick, axis + min(length, 0.0), is_lower_limit(row[name])
                if part and may_be_shorter(row[name]):
                    plot.dashed(start, upper, abs(length), tall)
                elif part:
                    (plot.pointed if beyond and part > 0 else plot.bar)(start, upper, abs(length), tall, shades[j])
                colour = style.muted if part is None else style.ink
                text, y = (value_text(chart, row[name], style.language),), upper + tall / 2
                if part and part > 0 and beyond:
                    length += style.point
                if length < 0:
                    plot.lines(axis + length - style.gap, y, text, "right", strong, colour)
                else:
                    plot.lines(axis + length + style.gap, y, text, "left", strong, colour)
        draw_axis(plot, column, frame, axis, edge)


def _scale(chart: Chart, rows: list[Row], style: ChartStyle, room: float) -> tuple[float, float, list[float | None]]:
    """Where zero stands, how long 1 is, in points, and the parts of all bars, row by row."""
    values = [row[name] for row in rows for name in chart.measures]
    flat = parts([number_of(value) for value in values])
    fonts = [style.bold if is_highlighted(chart, row) else style.regular for row in rows for _ in chart.measures]
    ends = [
        text_width(value_text(chart, v, style.language), f, style.size)
        + style.gap
        + (style.point if is_lower_limit(v) else 0.0)
        for v, f in zip(values, fonts)
    ]
    zero, unit = from_zero([part or 0.0 for part in flat], ends, room)
    return zero, unit if any(flat) else room, flat


KIND = Kind(of_categories(NUMERIC, several=True), draw, describe, shades=shades)
