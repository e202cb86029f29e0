"""A table whose cells hold bars or shades: several measures of each row, columns of one unit on one scale where their
values overlap, every other one on its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from charts.chart import Chart
from charts.distinct import Fault, of_one_name_anywhere
from charts.kinds import bars
from charts.kinds.bar import Bar, Group, draw_groups
from charts.kinds.kind import Kind
from charts.lettering import Lines, balanced, longest_word, one_line, text_width
from charts.plot import MIDDLE, Plot
from charts.reading import (
    category_name,
    is_highlighted,
    is_limited,
    is_lower_limit,
    may_be_shorter,
    number_of,
    value_text,
)
from charts.roles import ANY_CATEGORY, Role
from charts.rows import names
from charts.rows.frame import Panel, PanelPlaces
from charts.rows.frame import place as place_rows
from charts.rows.heat import draw_heat_key, shades_of
from charts.rows.scale import from_zero, parts
from charts.shades import Shades, emphasis
from charts.style import ChartStyle
from data.language.show import unit_title
from data.tables.value import NUMERIC, Interval, Value

_LEAST_BAR = 2.5
"""Room for the bars of a column, in parts of the text's size."""
_APART, _SEAM, _PAD = 1.6, 0.12, 0.6
"""Between columns of bars, between those of shades, and from the edge of a shade to its figure, in parts of the text's
size."""
_MOST_LINES = 3
"""Lines of a column's head."""


class Column(Struct, frozen=True):
    """One measure: its head, what its cells say, and the parts of the largest number on its scale that they are."""

    head: Lines
    values: tuple[Value | Interval, ...]
    texts: tuple[str, ...]
    parts: tuple[float | None, ...]
    left: float
    numbers: float
    """Width of the figures, in points."""
    width: float
    scale: int
    """Number of the scale that it shares."""

    @property
    def room(self) -> float:
        """Width of what is beside the figures, in points."""
        return self.width - self.numbers


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A column for each measure, its figures before their bars, or on their shades; where columns are too narrow, a
    list for each."""
    plot = Plot(style, width)
    rows = chart.table.rows
    titles = [category_name(chart, row, style.language) for row in rows]
    bold = [is_highlighted(chart, row) for row in rows]
    column, heat = names.beside(titles, bold, style, width), chart.cells == "heat"
    columns = [] if column.stacked else _columns(chart, style, column.left, width, bold)
    if not columns:
        draw_groups(plot, _lists(chart, style, titles, bold), height)
        return plot
    start = draw_heat_key(plot, _shared_units(chart, style.language)) if heat else 0.0
    deepest = max(len(one.head) for one in columns)
    for one in columns:
        for i, text in enumerate(one.head):
            y = start + (deepest - len(one.head) + i + 0.5) * style.line + MIDDLE * style.size
            if heat:
                plot.text(one.left + one.width - _PAD * style.size, y, text, "right", colour=style.muted)
            else:
                plot.text(one.left, y, text, colour=style.muted)
    top = start + deepest * style.line + 0.45 * style.size
    if not heat:
        plot.stroke([(0, top - 0.2 * style.size), (width, top - 0.2 * style.size)], style.hairline, style.hair)
    # shades reach to the middle between two rows: above the first and below the last, too
    edge = (0.9 * style.size if height else 0.45 * style.size) if heat else 0.0
    room = None if height is None else height - edge
    start = top + max(edge - 0.45 * style.size, 0.0)
    (frame,) = place_rows(plot, [Panel(column)], top=start, height=room, airy=not heat)
    plot.height += edge
    for one in columns:
        alike = [other for other in columns if other.scale == one.scale]
        if heat:
            _draw_shades(plot, one, alike, frame, bold)
        else:
            _draw_bars(plot, one, alike, frame, bold)
    return plot


def _scales(chart: Chart) -> list[int]:
    """The number of each measure's scale: those of one unit share one where the values of each overlap with another's;
    numbers without a unit are counts of different things."""
    found = list(range(len(chart.measures)))
    by_unit: dict[tuple[str, str | None], list[int]] = {}
    for at, field in enumerate(chart.measure_fields):
        if field.measure.type not in ("integer", "number"):
            unit = next((row[field.name].measure.unit for row in chart.table), None)
            by_unit.setdefault((field.measure.type, unit), []).append(at)
    for members in by_unit.values():
        numbers = [
            [n for value in chart.table.values(chart.measures[at]) if (n := number_of(value)) is not None]
            for at in members
        ]
        spans = sorted((min(own), max(own)) for own in numbers if own)
        reach = [max(high for _, high in spans[: i + 1]) for i in range(len(spans))]
        if all(low <= highest for highest, (low, _) in zip(reach, spans[1:], strict=False)):
            for at in members:
                found[at] = members[0]
    return found


def _parts_on_scales(chart: Chart, scales: Sequence[int]) -> dict[int, list[float | None]]:
    """The values of all columns of each scale, one column after the other, as parts of the largest of them."""
    return {
        at: parts(
            [number_of(v) for i, name in enumerate(chart.measures) if scales[i] == at for v in chart.table.values(name)]
        )
        for at in set(scales)
    }


def _shared_units(chart: Chart, language: str) -> list[str]:
    """The units, in words, of which several columns share a scale."""
    scales = _scales(chart)
    shared = [at for at in dict.fromkeys(scales) if scales.count(at) > 1]
    measures = [next(row[chart.measures[at]].measure for row in chart.table) for at in shared]
    return [unit_title(measure, language) for measure in measures]


def _draw_shades(plot: Plot, column: Column, alike: Sequence[Column], frame: PanelPlaces, bold: Sequence[bool]) -> None:
    """The figures of a column on the shades of their values, none on what is only a limit; `alike` are the columns on
    its scale."""
    style, seam = plot.style, 0.12 * plot.style.size
    every = [value for one in alike for value in one.values]
    start = next(i for i, one in enumerate(alike) if one is column) * len(column.values)
    numbers = [None if is_limited(value) else number_of(value) for value in every]
    shades = shades_of(numbers, style)[start : start + len(column.values)]
    ends = pairwise(plot.rows)
    right = column.left + column.width - _PAD * style.size
    for text, shade, strong, middle, (top, bottom) in zip(column.texts, shades, bold, frame.middles, ends, strict=True):
        if shade is not None:
            plot.bar(column.left, top + seam / 2, column.width, bottom - top - seam, shade)
        ink = style.muted if shade is None else style.text_on(shade)
        plot.lines(right, middle, (text,), "right", strong, ink)


def _draw_bars(plot: Plot, column: Column, alike: Sequence[Column], frame: PanelPlaces, bold: Sequence[bool]) -> None:
    """The figures of a column and their bars, from a line where some are below zero; `alike` are the columns on its
    scale."""
    style, emphasised, tall = plot.style, any(bold), 0.7 * frame.thick
    start = column.left + column.numbers + style.gap
    flat = [(part, value) for one in alike for part, value in zip(one.parts, one.values, strict=True)]
    below = any(part is not None and part < 0 for part, _ in flat)
    # bars on both sides of zero end before the next column, or would look as if it cut them
    edge = 0.5 * style.size if below else 0.0
    zero, unit = from_zero(
        [part or 0.0 for part, _ in flat],
        [style.point if part and part > 0 and is_lower_limit(value) else 0.0 for part, value in flat],
        min(one.room for one in alike) - style.gap - edge,
    )
    cells = zip(column.texts, column.parts, column.values, bold, frame.middles, strict=True)
    for text, part, value, strong, middle in cells:
        colour = style.muted if part is None else style.accent_text if strong else style.ink
        plot.lines(column.left + column.numbers, middle, (text,), "right", strong, colour)
        if part:
            shade = style.accent if strong or not emphasised else style.mark
            length, upper = part * unit, middle - tall / 2
            if may_be_shorter(value):
                plot.dashed(start + zero + min(length, 0.0), upper, abs(length), tall)
            else:
                draw = plot.pointed if part > 0 and is_lower_limit(value) else plot.bar
                draw(start + zero + min(length, 0.0), upper, abs(length), tall, shade)
    if below:
        plot.axis(start + zero, frame.top, start + zero, frame.bottom)


def _columns(chart: Chart, style: ChartStyle, left: float, width: float, bold: Sequence[bool]) -> list[Column]:
    """The columns of a table, of one width; none where their figures, heads and bars have no room."""
    heat = chart.cells == "heat"
    count, apart = len(chart.measures), (_SEAM if heat else _APART) * style.size
    each = (width - left - (count - 1) * apart) / count
    beside = 2 * _PAD * style.size if heat else _LEAST_BAR * style.size + style.gap
    room = each - 2 * _PAD * style.size if heat else each
    found: list[Column] = []
    scales = _scales(chart)
    on_scale = _parts_on_scales(chart, scales)
    for number, field in enumerate(chart.measure_fields):
        values = tuple(row[field.name] for row in chart.table)
        texts = tuple(value_text(chart, value, style.language) for value in values)
        wide = max(
            (text_width(t, style.bold if b else style.regular, style.size) for t, b in zip(texts, bold)), default=0.0
        )
        title = one_line(field.title)
        head = balanced(title, style.regular, style.size, max(room, style.size))
        fits = longest_word(title, style.regular, style.size) <= room and len(head) <= _MOST_LINES
        if not fits or each - wide < beside:
            return []
        before = scales[:number].count(scales[number]) * len(values)
        lengths = tuple(on_scale[scales[number]][before : before + len(values)])
        place = left + number * (each + apart)
        found.append(Column(head, values, texts, lengths, place, wide, each, scales[number]))
    return found


def _lists(chart: Chart, style: ChartStyle, titles: Sequence[str], bold: Sequence[bool]) -> list[Group]:
    groups: list[Group] = []
    scales = _scales(chart)
    on_scale = _parts_on_scales(chart, scales)
    for number, field in enumerate(chart.measure_fields):
        values = [row[field.name] for row in chart.table]
        before = scales[:number].count(scales[number]) * len(values)
        lengths = on_scale[scales[number]][before : before + len(values)]
        own = tuple(
            Bar(
                name,
                part,
                value_text(chart, value, style.language),
                strong,
                beyond=is_lower_limit(value),
                shorter=may_be_shorter(value),
            )
            for name, part, value, strong in zip(titles, lengths, values, bold, strict=True)
        )
        groups.append(Group(own, one_line(field.title), strong=True, scale=scales[number]))
    return groups


def describe(chart: Chart, language: str) -> str:
    """The table in words, as grouped bars are; of shades nothing is said, as a narrow drawing has none."""
    return bars.describe(chart, language, "heat table" if chart.cells == "heat" else "table chart")


def line(chart: Chart, language: str) -> str:
    """Nothing: the columns have heads, and their figures units."""
    return ""


def shades(chart: Chart) -> Shades:
    """The accent for what stands out; none of a brand's own where values shade cells."""
    return () if chart.cells == "heat" else emphasis(chart)


def fault(chart: Chart, language: str) -> Fault | None:
    """A column of several units, or two rows under one name."""
    for name in chart.measures:
        units = {value.measure.unit for value in chart.table.values(name) if not value.missing}
        if len(units) > 1:
            listed = " and ".join(sorted(map(str, units))[:2])
            return f"'{name}' is in {listed}, and a column has one scale.", "Choose the rows of one unit by where."
    return of_one_name_anywhere(chart, language)


KIND = Kind(
    (Role("category", ANY_CATEGORY), Role("measure", NUMERIC, several=True, mixed=True)),
    draw,
    describe,
    shades=shades,
    fault=fault,
    line=line,
    cells=True,
)
