"""Places as tiles of one size that stand about where they lie, coloured by steps of what is measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec import Struct
from msgspec.structs import replace

from charts import phrases
from charts.axes.numbers import NumberAxis, number_axis, tick_texts
from charts.chart import Chart
from charts.distinct import Fault, of_one_name_anywhere, place
from charts.honest.rules import named
from charts.kinds.kind import Kind
from charts.kinds.us_states import STATES
from charts.lettering import Lines, longest_word, one_line, text_width, wrap
from charts.palette import MOST_ORDERED, diverging, ordered, ramp
from charts.plot import MIDDLE, Plot, Shape, rectangle
from charts.reading import is_highlighted, is_limited, number_of, value_text
from charts.roles import of_categories
from charts.shades import Shades
from charts.style import ChartStyle
from data.language.show import as_shown, common_scale, show, unit_title
from data.language.words import words
from data.tables.table import Row, Table
from data.tables.value import NUMERIC, Measure, Value

MOST_TILES = 60
"""Rows and columns of a grid."""
_STEPS = tuple(map(Decimal, ("1", "1.5", "2", "2.5", "3", "4", "5", "7.5")))
"""Steps around zero that readers count in, but for a power of ten."""
_SEEN, _HALF = Decimal("0.01"), 2
"""Of the highest number: what is lower has the palest colour as zero has; and of how many places one may be so low."""
_MOST_BELOW = 8
"""Places without room for their names that are named below; more of them say nothing there."""
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
    found = of_one_name_anywhere(chart, language)
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
    return _no_pattern(chart, language)


def _no_pattern(chart: Chart, language: str) -> Fault | None:
    """Numbers that a map of colours does not tell apart: all of them one, or most of them next to nothing."""
    values = [row[chart.measures[0]] for row in chart.table.rows]
    known = [n for value in values if (n := number_of(value)) is not None and not is_limited(value)]
    if known and len(set(known)) == 1:
        said = next(value_text(chart, value, language) for value in values if not value.missing)
        many = f"all {len(known)} places have" if len(known) > 1 else "one place has a value,"
        return (
            f"{many} {said}: a map of one colour shows nothing.",
            "Say so in a sentence, or use the kind 'bar'.",
        )
    sizes = [abs(number) for number in known if number]
    lost = [size for size in sizes if size < max(sizes) * _SEEN]
    if _HALF * len(lost) > len(sizes):
        return (
            f"{len(lost)} of {len(sizes)} places have less than a hundredth of the highest value, {max(sizes):f}, and"
            " would have one colour with zero.",
            "Leave out by where what is so much higher, measure a share of something, or use the kind 'bar'.",
        )
    return None


def with_left_out(chart: Chart, every: Table, table: Table) -> Chart:
    """The chart with our word for tiles without a row: the others, where the table has rows that are left out."""
    shown, known = ({there for row in rows.rows if (there := spot(chart, row))} for rows in (chart.table, table))
    return replace(chart, rest="others" if shown < known else "not stated")


class Classes(Struct, frozen=True):
    """Steps of a measure, each with a colour."""

    axis: NumberAxis
    colours: tuple[str, ...]
    alone: Decimal | None = None
    """The number of all tiles, where they have but one."""

    def colour(self, number: Decimal) -> str:
        """A number at the edge of two steps belongs to the one farther from zero; the ends to the outer ones."""
        below = sum(number >= tick if tick >= 0 else number > tick for tick in self.axis.ticks[1:-1])
        return self.colours[below]


def _classes(numbers: Sequence[Decimal], style: ChartStyle, whole: bool) -> Classes:
    if len(set(numbers)) == 1:
        axis = number_axis(numbers, 3, zero=False, whole=whole)
        return Classes(NumberAxis(axis.low, axis.high, (axis.low, axis.high)), ordered(style, 1), numbers[0])
    if numbers and min(numbers) < 0 < max(numbers):
        axis = _around_zero(numbers, whole)
        below, above = sum(tick < 0 for tick in axis.ticks), sum(tick > 0 for tick in axis.ticks)
        colours = diverging(style, below - 1, above - 1)
        # the steps on both sides of zero are one, in grey
        return Classes(axis, (*colours[:below], *colours[below - 1 :]))
    axis = number_axis(numbers, len(ramp(style, MOST_ORDERED)) + 1, zero=False, whole=whole)
    return Classes(axis, ramp(style, len(axis.ticks) - 1))


def _around_zero(numbers: Sequence[Decimal], whole: bool) -> NumberAxis:
    """An axis with zero inside and up to `MOST_ORDERED` round steps on the longer side of it, of which readers see the
    outer ones: three or four where numbers are not few and whole."""
    furthest = max(map(abs, numbers))
    power = Decimal(10) ** (furthest.adjusted() - 1)
    steps = [step * ten for ten in (power, 10 * power) for step in _STEPS]
    fitting = (step for step in steps if furthest <= MOST_ORDERED * step and not (whole and step % 1))
    step = next(fitting)
    low = (min(numbers) / step).to_integral_value(ROUND_FLOOR)
    high = (max(numbers) / step).to_integral_value(ROUND_CEILING)
    return NumberAxis(low * step, high * step, tuple(step * number for number in range(int(low), int(high) + 1)))


class _Tile(Struct, frozen=True):
    """What stands on a tile."""

    name: Lines
    """Empty where it has no room."""
    value: str
    """Empty where it has no room, or there is none."""
    number: Decimal | None
    """As it is shown; None where there is none, or only a limit, which no colour can tell."""


def _tile(chart: Chart, name: str, row: Row | None, style: ChartStyle, side: float) -> _Tile:
    """The name of a place on as many lines as it needs, and its value, shortened by itself where it has no room."""
    value = row[chart.measures[0]] if row is not None else None
    known = isinstance(value, Value) and number_of(value) is not None
    room = side - 0.2 * style.size
    lines = wrap(name, style.bold, style.size, room) if longest_word(name, style.bold, style.size) <= room else ()
    if len(lines) * style.line > side:
        lines = ()
    if not known or not isinstance(value, Value):
        return _Tile(lines, "", None)
    limited = is_limited(value)
    common = chart.scales.get(value.measure.unit)
    for scale in (common, common_scale([value])):
        text = one_line(show(value, "label", style.language, scale))
        wide = text_width(text, style.regular, style.size)
        if wide <= room and (len(lines) + 1.2) * style.line <= side:
            return _Tile(lines, text, None if limited else as_shown(value, scale))
    return _Tile(lines, "", None if limited else as_shown(value, common))


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A tile for each place of the grid, with its short name and its value where these have room; below, the key.

    Places without a value are outlined; those that stand out are framed. Colours are those of the numbers as they are
    shown.
    """
    spots = list(dict.fromkeys(grid_of(chart).values()))
    across, down = max(column for _, _, column in spots) + 1, max(row for _, row, _ in spots) + 1
    tile = min(width / across, 5.2 * style.size)
    word = max(longest_word(name, style.bold, style.size) for name, _, _ in spots)
    plot = _drawn(chart, style, width, tile)
    if height is not None and plot.height > height:
        least = min(word + 0.6 * style.size, tile)
        plot = _drawn(chart, style, width, max(tile - (plot.height - height) / down, least))
    return plot


def _drawn(chart: Chart, style: ChartStyle, width: float, tile: float) -> Plot:
    """The map with tiles so large, in points."""
    plot = Plot(style, width)
    rows = list(chart.table.rows)
    spots = list(dict.fromkeys(grid_of(chart).values()))
    across, down = max(column for _, _, column in spots) + 1, max(row for _, row, _ in spots) + 1
    side = 0.94 * tile
    left = (width - across * tile) / 2
    held = {there[0]: row for row in rows if (there := spot(chart, row)) is not None}
    tiles = {name: _tile(chart, name, held.get(name), style, side) for name, _, _ in spots}
    numbers = [one.number for one in tiles.values() if one.number is not None]
    classes = _classes(numbers, style, chart.measure_fields[0].measure.type == "integer")
    for name, down_at, across_at in spots:
        strong = name in held and is_highlighted(chart, held[name])
        _draw_tile(plot, tiles[name], classes, left + across_at * tile, down_at * tile, side, strong)
    missing = next((row for row in rows if number_of(row[chart.measures[0]]) is None), None)
    why = words(style.language)[chart.rest or "not stated"] if len(held) < len(tiles) else ""
    why = value_text(chart, missing[chart.measures[0]], style.language) if missing is not None else why
    # tiles are as large as the width allows: height beyond that would be empty
    plot.height = _key(plot, chart, classes, left, down * tile + 0.5 * style.line, why) if numbers else down * tile
    _name_below(plot, chart, [(name, held.get(name)) for name, one in tiles.items() if not one.name])
    return plot


def _draw_tile(plot: Plot, tile: _Tile, classes: Classes, x: float, y: float, side: float, strong: bool) -> None:
    style = plot.style
    colour = None if tile.number is None else classes.colour(tile.number)
    words_wide = [text_width(line, style.bold, style.size) for line in tile.name]
    words_wide += [text_width(tile.value, style.regular, style.size)]
    room = (side - max(words_wide)) / 2 - 0.06 * style.size
    inset = min(max(room, 0.0), 0.3 * style.size) if strong else 0.0
    if colour is not None:
        plot.bar(x + inset, y + inset, side - 2 * inset, side - 2 * inset, colour)
    else:
        plot.outline(x, y, side, side)
    if strong:
        thick = 0.16 * style.size
        frame = rectangle(x + thick / 2, y + thick / 2, side - thick, side - thick)
        plot.shapes.append(Shape(frame, None, style.ink, thick))
    ink = style.muted if colour is None else style.text_on(colour)
    said = [(line, strong or bool(tile.value)) for line in tile.name] + ([(tile.value, False)] if tile.value else [])
    for i, (text, bold) in enumerate(said):
        wide = text_width(text, style.bold if bold else style.regular, style.size)
        middle = y + side / 2 + (i - (len(said) - 1) / 2) * style.line + MIDDLE * style.size
        plot.text(x + (side - wide) / 2, middle, text, bold=bold, colour=ink)


def _name_below(plot: Plot, chart: Chart, nameless: Sequence[tuple[str, Row | None]]) -> None:
    """The places whose names have no room on their tiles, with their values."""
    style = plot.style
    if not nameless or len(nameless) > _MOST_BELOW:
        return
    gone = words(style.language)[chart.rest or "not stated"]
    said = [
        phrases.said(
            name, gone if row is None else value_text(chart, row[chart.measures[0]], style.language), style.language
        )
        for name, row in nameless
    ]
    lines = wrap("; ".join(said), style.regular, style.size, plot.width)
    for i, line in enumerate(lines):
        plot.text(0, plot.height + (i + 0.8) * style.line + MIDDLE * style.size, line, colour=style.muted)
    plot.height += (len(lines) + 0.3) * style.line


def _key(plot: Plot, chart: Chart, classes: Classes, start: float, top: float, why: str) -> float:
    """Steps of colour in a row with the numbers between them, as long as these need, below what is measured where the
    numbers do not say it; gives the lower edge."""
    style = plot.style
    measure = _measure(chart)
    for line in _heading(chart, measure, style, plot.width - start):
        plot.text(start, top + style.line / 2 + MIDDLE * style.size, line, colour=style.muted)
        top += style.line
    top += 0.2 * style.line
    alone = None if classes.alone is None else replace(classes.axis, ticks=(classes.alone,))
    texts = tick_texts(alone or classes.axis, measure, style.language)
    wide = [text_width(text, style.regular, style.size) for text in texts]
    step = max(max(wide) + 0.8 * style.size, 4.0 * style.size)
    step = min(step, (plot.width - (wide[0] + wide[-1]) / 2) / len(classes.colours))
    start = min(start, plot.width - len(classes.colours) * step - (wide[0] + wide[-1]) / 2)
    missing = 0.0 if not why else 1.8 * style.size + text_width(why, style.regular, style.size) + 1.5 * style.size
    left = max(start, wide[0] / 2) if alone is None else start
    thick = 0.8 * style.size
    for i, colour in enumerate(classes.colours):
        seam = 0.0 if colour in classes.colours[i + 1 : i + 2] else 0.08 * style.size
        plot.bar(left + i * step, top, step - seam, thick, colour)
    base = top + thick + 0.2 * style.size + style.line / 2 + MIDDLE * style.size
    every = next(n for n in range(1, len(texts) + 1) if n * step >= max(wide) + 0.4 * style.size or n == len(texts))
    for i in range(0, len(texts), every):
        shift = 0.5 * step if alone is not None else 0.0
        plot.text(left + i * step + shift - wide[i] / 2, base, texts[i], colour=style.muted)
    bottom = top + thick + 0.2 * style.size + style.line
    if missing:
        right = left + len(classes.colours) * step + wide[-1] / 2 + 1.5 * style.size
        fits = right + missing <= plot.width
        x, y = (right, top) if fits else (0.0, bottom + 0.3 * style.line)
        plot.outline(x, y, 1.2 * style.size, thick)
        plot.text(x + 1.7 * style.size, y + thick / 2 + MIDDLE * style.size, why, colour=style.muted)
        bottom = bottom if fits else y + style.line
    return bottom


def _heading(chart: Chart, measure: Measure, style: ChartStyle, width: float) -> Lines:
    """What is measured, and its unit, over a key of bare numbers."""
    if measure.type not in ("integer", "number"):
        return ()
    title, unit = chart.measure_fields[0].title, unit_title(measure, style.language)
    said = f"{title}, {unit}" if unit and unit.casefold() not in title.casefold() else title
    return wrap(said, style.regular, style.size, width)


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
    finish=with_left_out,
    fewer=False,
)
