"""Places as tiles of one size that stand about where they lie, coloured by steps of what is measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from charts import phrases
from charts.axes.numbers import NumberAxis, number_axis, tick_texts
from charts.chart import Chart
from charts.distinct import Fault, of_nothing_known, of_one_name_anywhere, place
from charts.honest.rules import named
from charts.kinds.kind import Kind
from charts.kinds.us_states import STATES
from charts.lettering import text_width
from charts.palette import MOST_ORDERED, diverging, ordered
from charts.plot import MIDDLE, Plot, Shape, rectangle
from charts.reading import is_highlighted, number_of, value_text
from charts.roles import of_categories
from charts.shades import Shades
from charts.style import ChartStyle
from data.look.colour import contrast
from data.tables.table import Row
from data.tables.value import NUMERIC, Measure, Value

MOST_TILES = 60
"""Rows and columns of a grid."""
Grid = Mapping[str, tuple[str, int, int]]


def grid_of(chart: Chart) -> Grid:
    """The places of a chart's map."""
    return chart.grid or STATES


def spot(chart: Chart, row: Row) -> tuple[str, int, int] | None:
    """What a row's tile is called, and its row and column; None for a place that the grid does not have."""
    value = row[chart.category]
    return grid_of(chart).get(str(value.content).casefold()) if isinstance(value, Value) else None


def fault(chart: Chart, language: str) -> Fault | None:
    """Places that have no tile, or one twice; several units."""
    found = of_one_name_anywhere(chart, language) or of_nothing_known(chart)
    if found is not None:
        return found
    seen: dict[str, Row] = {}
    for row in chart.table.rows:
        there = spot(chart, row)
        value = row[chart.category]
        if there is None:
            called = value.content if isinstance(value, Value) else value
            what = "the chart's grid has no such place" if chart.grid else "it is no state of the US"
            return (
                f"'{called}' has no tile: {what} ({place(row)}).",
                'Leave it out by where; or give a table of places: grid = "table", with its key, row and column.',
            )
        other = seen.setdefault(there[0], row)
        if other is not row:
            return f"two rows are '{there[0]}': {place(other)} and {place(row)}.", "Say by where which one is meant."
    units = {row[chart.measures[0]].measure.unit for row in chart.table.rows}
    if len(units) > 1:
        return named("one-unit", ("tiles of one map have one unit.", "Choose the rows of one by where."))
    return None


class Classes(Struct, frozen=True):
    """Steps of a measure, each with a colour."""

    axis: NumberAxis
    colours: tuple[str, ...]

    def colour(self, number: Decimal) -> str:
        """A number at the edge of two steps belongs to the higher one; the highest edge to the last."""
        below = sum(number >= tick for tick in self.axis.ticks[1:-1])
        return self.colours[below]


def _classes(numbers: Sequence[Decimal], style: ChartStyle, whole: bool) -> Classes:
    crossing = bool(numbers) and min(numbers) < 0 < max(numbers)
    axis = number_axis(numbers, MOST_ORDERED + 1 + crossing, zero=crossing, whole=whole)
    if crossing:
        below = sum(tick < 0 for tick in axis.ticks)
        above = sum(tick > 0 for tick in axis.ticks)
        return Classes(axis, diverging(style, below, above, middle=False))
    return Classes(axis, ordered(style, len(axis.ticks) - 1))


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A tile for each place of the grid, with its short name and, where all have room, its value; below, the key.

    Places without a value are outlined; those that stand out are framed.
    """
    plot = Plot(style, width)
    measure, rows = chart.measures[0], list(chart.table.rows)
    numbers = {row.index: number for row in rows if (number := number_of(row[measure])) is not None}
    classes = _classes(list(numbers.values()), style, chart.measure_fields[0].measure.type == "integer")
    spots = list(dict.fromkeys(grid_of(chart).values()))
    across, down = max(column for _, _, column in spots) + 1, max(row for _, row, _ in spots) + 1
    key_tall = 2.4 * style.line
    tile = min(width / across, 5.2 * style.size)
    names = max(text_width(name, style.bold, style.size) for name, _, _ in spots)
    if height is not None:
        tile = min(tile, max((height - key_tall) / down, names + 0.6 * style.size))
    tile = min(tile, width / across)
    gap = 0.06 * tile
    texts = {row.index: value_text(chart, row[measure], style.language) for row in rows if row.index in numbers}
    widest = max((text_width(text, style.regular, style.size) for text in texts.values()), default=0.0)
    valued = widest <= tile - gap - 0.3 * style.size and 2.2 * style.line <= tile - gap
    named_tiles = names <= tile - gap - 0.1 * style.size and style.line <= tile - gap
    left = (width - across * tile) / 2
    held = {there[0]: row for row in rows if (there := spot(chart, row)) is not None}
    for name, down_at, across_at in spots:
        x, y, side = left + across_at * tile, down_at * tile, tile - gap
        row = held.get(name)
        known = row is not None and row.index in numbers
        strong = row is not None and is_highlighted(chart, row)
        colour = classes.colour(numbers[row.index]) if row is not None and known else None
        room = (side - names) / 2 - 0.06 * style.size
        inset = min(max(room, 0.0), 0.3 * style.size) if strong else 0.0
        if colour is not None:
            plot.bar(x + inset, y + inset, side - 2 * inset, side - 2 * inset, colour)
        else:
            plot.outline(x, y, side, side)
        if strong:
            thick = 0.16 * style.size
            frame = rectangle(x + thick / 2, y + thick / 2, side - thick, side - thick)
            plot.shapes.append(Shape(frame, None, style.ink, thick))
        ink = style.muted if colour is None else _on(colour, style)
        lines = [name, texts[row.index]] if row is not None and known and valued else [name]
        if named_tiles:
            for i, text in enumerate(lines):
                bold = i == 0 and (strong or len(lines) > 1)
                wide = text_width(text, style.bold if bold else style.regular, style.size)
                middle = y + side / 2 + (i - (len(lines) - 1) / 2) * style.line + MIDDLE * style.size
                plot.text(x + (side - wide) / 2, middle, text, bold=bold, colour=ink)
    missing = next((row for row in rows if row.index not in numbers), None)
    why = value_text(chart, missing[measure], style.language) if missing is not None else ""
    # tiles are as large as the width allows: height beyond that would be empty
    top = down * tile + 0.5 * style.line
    plot.height = _key(plot, chart, classes, left, top, why) if numbers else down * tile
    return plot


def _on(colour: str, style: ChartStyle) -> str:
    """Readable text on a tile: black or white always is (WCAG 2.1, 1.4.3)."""
    return style.on(colour) or max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, colour))


def _key(plot: Plot, chart: Chart, classes: Classes, start: float, top: float, why: str) -> float:
    """Steps of colour in a row with the numbers between them, as long as these need; gives its lower edge."""
    style = plot.style
    measure = _measure(chart)
    texts = tick_texts(classes.axis, measure, style.language)
    wide = [text_width(text, style.regular, style.size) for text in texts]
    step = max(max(wide) + 0.8 * style.size, 4.0 * style.size)
    step = min(step, (plot.width - (wide[0] + wide[-1]) / 2) / len(classes.colours))
    start = min(start, plot.width - len(classes.colours) * step - (wide[0] + wide[-1]) / 2)
    missing = 0.0 if not why else 1.8 * style.size + text_width(why, style.regular, style.size) + 1.5 * style.size
    left = max(start, wide[0] / 2)
    thick = 0.6 * style.size
    for i, colour in enumerate(classes.colours):
        plot.bar(left + i * step, top, step - 0.08 * style.size, thick, colour)
    base = top + thick + 0.2 * style.size + style.line / 2 + MIDDLE * style.size
    every = next(n for n in range(1, len(texts) + 1) if n * step >= max(wide) + 0.4 * style.size or n == len(texts))
    for i in range(0, len(texts), every):
        plot.text(left + i * step - wide[i] / 2, base, texts[i], colour=style.muted)
    bottom = top + thick + 0.2 * style.size + style.line
    if missing:
        right = left + len(classes.colours) * step + wide[-1] / 2 + 1.5 * style.size
        fits = right + missing <= plot.width
        x, y = (right, top) if fits else (0.0, bottom + 0.3 * style.line)
        plot.outline(x, y, 1.2 * style.size, thick)
        plot.text(x + 1.7 * style.size, y + thick / 2 + MIDDLE * style.size, why, colour=style.muted)
        bottom = bottom if fits else y + style.line
    return bottom


def _measure(chart: Chart) -> Measure:
    """What is measured, in the unit of its rows."""
    rows = chart.table.rows
    return rows[0][chart.measures[0]].measure if len(rows) else chart.measure_fields[0].measure


def shades(chart: Chart) -> Shades:
    """None of a brand's own: the steps are made of its accent, and seen apart (`charts.palette`)."""
    return ()


def marks(chart: Chart) -> Shades:
    """The outline of places without a value, and the frame of those that stand out."""
    held = {there[0] for row in chart.table.rows if (there := spot(chart, row)) is not None}
    rows = list(chart.table.rows)
    empty = any(name not in held for name, _, _ in grid_of(chart).values())
    empty = empty or any(number_of(row[chart.measures[0]]) is None for row in rows)
    strong = any(is_highlighted(chart, row) for row in rows)
    return (*(("mark",) if empty else ()), *(("ink",) if strong else ()))


def describe(chart: Chart, language: str) -> str:
    """The chart in words: every value where they are few, else the highest and the lowest."""
    shown = phrases.values(chart, chart.table.rows, chart.measures[0], language)
    return phrases.sentences([phrases.heading("tile map", chart, language), shown, *phrases.remarks(chart, language)])


KIND = Kind(
    of_categories(NUMERIC),
    draw,
    describe,
    shades=shades,
    marks=marks,
    fault=fault,
    fewer=False,
)
