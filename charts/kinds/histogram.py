"""How the values of many rows spread: columns over equal steps, as high as rows fall into each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from charts import phrases
from charts.axes.guides import guide_room, level_guides
from charts.axes.numbers import number_axis, tick_texts
from charts.chart import Chart
from charts.distinct import Fault, place
from charts.honest.rules import named
from charts.kinds.kind import Kind
from charts.lettering import one_line, text_width
from charts.plot import MIDDLE, Plot
from charts.reading import is_highlighted, number_of, value_text
from charts.roles import Role
from charts.spread import bins
from charts.style import ChartStyle
from data.language.show import common_scale, show
from data.language.words import words
from data.tables.provenance import Behind, column_cells
from data.tables.table import Field, Row, Table
from data.tables.value import NUMERIC, Measure, Value

FROM, TO, COUNT = "_from", "_to", "_count"
"""Names of the fields of the counted table; no project's field begins like these."""
FEWEST = 10
"""Values below which columns show chance."""


def fault(chart: Chart, language: str) -> Fault | None:
    """Too few values, several units, limits, rows that were left out."""
    name = chart.measures[0]
    rows = [row for row in chart.table.rows if not row[name].missing]
    if chart.cut:
        return "a histogram counts all rows, and 'rows' leaves some out.", "Leave 'rows' out; choose rows by where."
    least = max(FEWEST, chart.minimum_n or 0)
    if len(rows) < least:
        return (
            f"'{name}' has {len(rows)} value{'' if len(rows) == 1 else 's'}, and a histogram takes {least} at least.",
            "Choose more rows by where; or use the kind 'bar' or 'table', which show each row by its name; or leave the"
            " chart out until there are more.",
        )
    if len({row[name].measure.unit for row in rows}) > 1:
        return named("one-unit", (f"'{name}' has values of several units.", "Choose those of one by where."))
    for row in rows:
        value = row[name]
        if isinstance(value, Value) and value.limited:
            return f"only a limit is known at {place(row)}, which falls into no step.", (
                "Leave such rows out by where; or use the kind 'bar', which marks limits."
            )
    if len({number_of(row[name]) for row in rows}) == 1:
        said = value_text(chart, rows[0][name], language)
        return f"all {len(rows)} values of '{name}' are {said}: they do not spread.", (
            "Say so in a sentence, and leave the chart out; or choose another field."
        )
    return None


def counted(chart: Chart, every: Table, table: Table) -> Chart:
    """The chart with a table of steps in place of its rows: from, to, and how many rows fall between."""
    name, ours = chart.measures[0], words(table.language)
    field = every.field(name)
    known = [
        (row.index, value.number) for row in every.rows if isinstance(value := row[name], Value) and not value.missing
    ]
    unit = every.value(known[0][0], name).measure.unit
    step, found = bins([number for _, number in known], field.measure.type == "integer", chart.minimum_n)
    fine = max(0, *(-int(one.normalize().as_tuple().exponent) for one in (step, found[0].low)))
    measure = replace(field.measure, unit=unit, decimals=fine)
    rows = [[known[at][0] for at in one.places] for one in found]
    lines = tuple(every.lines[held[0]] if held else 0 for held in rows)
    origins = every.origins

    def behind(held: Sequence[int]) -> dict[str, Behind]:
        taken = tuple(every.lines[index] for index in held)
        return {COUNT: column_cells(every.name, name, every.file, taken, [origins[i] for i in held] if origins else ())}

    counts = replace(
        every,
        fields=(
            Field(FROM, ours["bin from"].format(field=field.title), measure, key=True),
            Field(TO, ours["bin to"], measure),
            Field(COUNT, ours["number"], Measure("integer")),
        ),
        columns={
            FROM: tuple(one.low for one in found),
            TO: tuple(one.high for one in found),
            COUNT: tuple(Decimal(len(one.places)) for one in found),
        },
        lines=lines,
        origins=tuple(map(behind, rows)),
        ordered_by=None,
    )
    said = ours["in steps of"].format(
        count=_number(len(known), table.language), step=show(Value(step, measure), "label", table.language)
    )
    lost = len(every) - len(known)
    told = [chart.measure_line, said]
    if lost:
        told.append(ours["without a value"].format(count=_number(lost, table.language)))
    if chart.minimum_n:
        told.append(ours["joined steps"].format(count=_number(chart.minimum_n, table.language)))
    return replace(
        chart, table=counts, category=FROM, measures=(COUNT,), roles={"high": (TO,)}, measure_line="; ".join(told)
    )


def _number(count: int, language: str) -> str:
    return show(Value(Decimal(count), Measure("integer")), "label", language)


class Column(Struct, frozen=True):
    """A column to draw: its ends as they stand along the axis, and how high it is."""

    low: Decimal
    high: Decimal
    count: Decimal
    tall: Decimal
    """Rows to a step: where steps were joined, areas stand for rows and not heights."""
    strong: bool
    text: str


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A column for each step, its count above it where all of them have room; else light guide lines with numbers."""
    plot = Plot(style, width)
    rows = list(chart.table.rows)
    columns = _columns(chart, rows, style.language)
    tall = height or min(max(0.42 * width, 14 * style.size), 24 * style.size)
    emphasis = any(column.strong for column in columns)
    first, last = columns[0].low, columns[-1].high
    axis = number_axis([column.tall for column in columns], 5, whole=True)
    fonts = {True: style.bold, False: style.regular}
    widest = max(text_width(column.text, fonts[column.strong], style.size) for column in columns)
    narrow = min(float((column.high - column.low) / (last - first)) for column in columns)
    labelled = widest + 0.4 * style.size <= narrow * width
    texts = () if labelled else tick_texts(axis, Measure("integer"), style.language)
    left = 0.0 if labelled else guide_room(texts, style)
    edge = [text_width(text, style.regular, style.size) for text in _edges(rows, style.language)]
    left, right = max(left, edge[0] / 2), width - edge[-1] / 2
    top = style.line if labelled else 0.6 * style.size
    floor = tall - style.line - 0.5 * style.size
    highest = float(max(column.tall for column in columns))
    if not labelled:
        level_guides(plot, axis, texts, left, right, floor, top)
        highest = float(axis.high)

    def at(number: Decimal) -> float:
        return left + float((number - first) / (last - first)) * (right - left)

    gap = min(0.1 * style.size, 0.15 * narrow * (right - left))
    for column in columns:
        x0, x1 = at(column.low), at(column.high)
        up = float(column.tall) / highest * (floor - top) if highest else 0.0
        colour = style.accent if column.strong or not emphasis else style.mark
        if column.count:
            plot.bar(x0 + gap / 2, floor - up, x1 - x0 - gap, up, colour)
        if labelled:
            wide = text_width(column.text, fonts[column.strong], style.size)
            ink = style.accent_text if column.strong else style.ink
            plot.text((x0 + x1 - wide) / 2, floor - up - 0.4 * style.size, column.text, bold=column.strong, colour=ink)
    plot.axis(left, floor, right, floor)
    _name_edges(plot, rows, [at(column.low) for column in columns] + [right], floor)
    plot.height = max(tall, height or 0.0)
    return plot


def _columns(chart: Chart, rows: Sequence[Row], language: str) -> list[Column]:
    found: list[Column] = []
    ends = [(_end(row, FROM), _end(row, TO)) for row in rows]
    step = min(high - low for low, high in ends)
    for row, (low, high) in zip(rows, ends, strict=True):
        count = _end(row, COUNT)
        text = value_text(chart, row[COUNT], language)
        found.append(Column(low, high, count, count * step / (high - low), is_highlighted(chart, row), text))
    return found


def _end(row: Row, name: str) -> Decimal:
    value = row[name]
    assert isinstance(value, Value)
    return value.number


def _edges(rows: Sequence[Row], language: str) -> list[str]:
    """What stands at the edges of the columns, all shortened alike."""
    values = [value for value in (*(row[FROM] for row in rows), rows[-1][TO]) if isinstance(value, Value)]
    scale = common_scale(values)
    return [one_line(show(value, "label", language, scale if value.content else None)) for value in values]


def _name_edges(plot: Plot, rows: Sequence[Row], places: Sequence[float], floor: float) -> None:
    """Numbers below the edges of the columns: all of them, or where they would touch the first, the last, and the
    multiples of 2, 5, 10, ... steps that are clear of these."""
    style = plot.style
    texts = _edges(rows, style.language)
    wide = [text_width(text, style.regular, style.size) for text in texts]
    boxes = [(x - w / 2, x + w / 2) for x, w in zip(places, wide, strict=True)]
    ends = [*(_end(row, FROM) for row in rows), _end(rows[-1], TO)]
    step = min(b - a for a, b in pairwise(ends))

    def multiples(of: int) -> list[int]:
        return [i for i, end in enumerate(ends) if of == 1 or not end % (step * of)]

    def clear(left: int, right: int) -> bool:
        return boxes[right][0] - boxes[left][1] >= 0.8 * style.size

    last, shown = len(ends) - 1, [0, len(ends) - 1]
    for of in (1, 2, 5, 10, 20, 50):
        found = multiples(of)
        if of > 1:
            found = [0, *(i for i in found if 0 < i < last and clear(0, i) and clear(i, last)), last]
        if all(clear(i, j) for i, j in pairwise(found)):
            shown = found
            break
    for i in shown:
        x = places[i]
        plot.stroke([(x, floor), (x, floor + 0.25 * style.size)], style.ink, style.hair)
        base = floor + 0.45 * style.size + style.line / 2 + MIDDLE * style.size
        plot.text(boxes[i][0], base, texts[i], colour=style.muted)


def describe(chart: Chart, language: str) -> str:
    """The chart in words: how many rows, from where to where, and in which step most of them are."""
    rows, ours = list(chart.table.rows), words(language)
    # the column's own name, without what says that it is the lower end of a step
    title = chart.table.field(FROM).title
    for piece in ours["bin from"].split("{field}"):
        title = title.removeprefix(piece).removesuffix(piece)
    edges = _edges(rows, language)
    between = [ours["from to"].format(low=low, high=high) for low, high in pairwise(edges)]
    heading = f"{ours['histogram']}{phrases.said('', title, language)}"
    total = _number(int(sum(_end(row, COUNT) for row in rows)), language)
    told = [heading, ours["values"].format(count=total)]
    if len(rows) <= phrases.FEW:
        texts = [value_text(chart, row[COUNT], language) for row in rows]
        told.append("; ".join(phrases.said(step, text, language) for step, text in zip(between, texts, strict=True)))
    else:
        most = max(range(len(rows)), key=lambda i: _end(rows[i], COUNT))
        count = value_text(chart, rows[most][COUNT], language)
        told.append(ours["most of them"].format(step=between[most], count=count))
    return phrases.sentences(told)


KIND = Kind(
    (Role("x", NUMERIC),),
    draw,
    describe,
    fault=fault,
    finish=counted,
    counts=True,
    fewer=False,
)
