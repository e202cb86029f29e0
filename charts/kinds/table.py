"""A table whose cells hold bars: several measures of each row, every column on a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from charts.chart import Chart
from charts.distinct import Fault, of_one_name_anywhere
from charts.kinds import bars, names
from charts.kinds.bar import Bar, Group, draw_groups
from charts.kinds.frame import Panel
from charts.kinds.frame import place as place_rows
from charts.kinds.kind import Kind
from charts.kinds.scale import from_zero, parts
from charts.lettering import Lines, longest_word, one_line, text_width, wrap
from charts.plot import MIDDLE, Plot
from charts.reading import category_name, is_highlighted, number_of, value_text
from charts.roles import ANY_CATEGORY, Role
from charts.shades import Shades, emphasis
from charts.style import ChartStyle
from data.tables.value import NUMERIC

_LEAST_BAR = 2.5
"""Room for the bars of a column, in parts of the text's size."""
_MOST_LINES = 3
"""Lines of a column's head."""


class Column(Struct, frozen=True):
    """One measure: its head, what its cells say, and the parts of its largest number that they are."""

    head: Lines
    texts: tuple[str, ...]
    parts: tuple[float | None, ...]
    left: float
    numbers: float
    """Width of the figures, in points."""
    width: float


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A column for each measure, its figures before their bars; where columns are too narrow, a list for each."""
    plot = Plot(style, width)
    rows = chart.table.rows
    titles = [category_name(chart, row, style.language) for row in rows]
    bold = [is_highlighted(chart, row) for row in rows]
    column = names.beside(titles, bold, style, width)
    columns = [] if column.stacked else _columns(chart, style, column.left, width, bold)
    if not columns:
        draw_groups(plot, _lists(chart, style, titles, bold), height)
        return plot
    deepest = max(len(one.head) for one in columns)
    for one in columns:
        for i, text in enumerate(one.head):
            y = (deepest - len(one.head) + i + 0.5) * style.line + MIDDLE * style.size
            plot.text(one.left, y, text, colour=style.muted)
    top = deepest * style.line + 0.45 * style.size
    plot.stroke([(0, top - 0.2 * style.size), (width, top - 0.2 * style.size)], style.hairline, style.hair)
    (frame,) = place_rows(plot, [Panel(column)], top=top, height=height)
    emphasised, tall = any(bold), 0.7 * frame.thick
    for one in columns:
        start = one.left + one.numbers + style.gap
        zero, unit = from_zero(
            [part or 0.0 for part in one.parts], [0.0] * len(one.parts), one.width - (start - one.left)
        )
        for text, part, strong, middle in zip(one.texts, one.parts, bold, frame.middles, strict=True):
            colour = style.muted if part is None else style.accent_text if strong else style.ink
            plot.lines(one.left + one.numbers, middle, (text,), "right", strong, colour)
            if part:
                shade = style.accent if strong or not emphasised else style.mark
                length = part * unit
                plot.bar(start + zero + min(length, 0.0), middle - tall / 2, abs(length), tall, shade)
    return plot


def _columns(chart: Chart, style: ChartStyle, left: float, width: float, bold: Sequence[bool]) -> list[Column]:
    """The columns of a table, of one width; none where their figures, heads and bars have no room."""
    count, apart = len(chart.measures), 1.6 * style.size
    each = (width - left - (count - 1) * apart) / count
    found: list[Column] = []
    for number, field in enumerate(chart.measure_fields):
        values = [row[field.name] for row in chart.table]
        texts = tuple(value_text(chart, value, style.language) for value in values)
        wide = max(
            (text_width(t, style.bold if b else style.regular, style.size) for t, b in zip(texts, bold)), default=0.0
        )
        title = one_line(field.title)
        head = wrap(title, style.regular, style.size, max(each, style.size))
        fits = longest_word(title, style.regular, style.size) <= each and len(head) <= _MOST_LINES
        if not fits or each - wide - style.gap < _LEAST_BAR * style.size:
            return []
        lengths = tuple(parts([number_of(value) for value in values]))
        found.append(Column(head, texts, lengths, left + number * (each + apart), wide, each))
    return found


def _lists(chart: Chart, style: ChartStyle, titles: Sequence[str], bold: Sequence[bool]) -> list[Group]:
    groups: list[Group] = []
    for field in chart.measure_fields:
        values = [row[field.name] for row in chart.table]
        lengths = parts([number_of(value) for value in values])
        own = tuple(
            Bar(name, part, value_text(chart, value, style.language), strong)
            for name, part, value, strong in zip(titles, lengths, values, bold, strict=True)
        )
        groups.append(Group(own, one_line(field.title), strong=True))
    return groups


def describe(chart: Chart, language: str) -> str:
    """The table in words, as grouped bars are."""
    return bars.describe(chart, language, "table chart")


def line(chart: Chart, language: str) -> str:
    """Nothing: the columns have heads, and their figures units."""
    return ""


def shades(chart: Chart) -> Shades:
    """The accent for what stands out."""
    return emphasis(chart)


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
)
