"""Two measures against each other: a dot for each row, named where its name can stand without touching anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import sqrt

from msgspec.structs import replace

from charts import phrases
from charts.axes.guides import guide_room
from charts.axes.numbers import NumberAxis, number_axis, tick_texts
from charts.chart import Chart
from charts.distinct import Fault, of_one_name_anywhere, place
from charts.honest.rules import named
from charts.kinds.kind import Kind
from charts.kinds.scatter_names import Dot, Label, labelled
from charts.lettering import text_width, wrap
from charts.plot import ASCENT, MIDDLE, Bounds, Plot, Shape, circle
from charts.reading import category_name, is_highlighted, is_limited, number_of, value_text
from charts.roles import ANY_CATEGORY, Role
from charts.shades import Shades
from charts.style import ChartStyle
from data.language.show import unit_title
from data.language.words import words
from data.tables.table import Row, Table
from data.tables.value import NUMERIC, Measure

TICKS = 8
_FEW = 12
"""Dots of which all are named, beside them or below."""


def fault(chart: Chart, language: str) -> Fault | None:
    """Names that come twice, several units on an axis, sizes that no area can have, rows that say nothing."""
    found = of_one_name_anywhere(chart, language)
    if found is not None:
        return found
    for role in ("x", "y", "size"):
        name = chart.role(role)
        if name is None:
            continue
        known = [row for row in chart.table.rows if not row[name].missing]
        if len({row[name].measure.unit for row in known}) > 1:
            return named("one-unit", (f"'{name}' has values of several units.", "Choose those of one by where."))
        below = next((row for row in known if role == "size" and (number_of(row[name]) or Decimal(0)) < 0), None)
        if below is not None:
            fault = f"'{name}' is below zero at {place(below)}, and no area is.", "Choose another field for the sizes."
            return named("areas", fault)
        limit = next((row for row in known if is_limited(row[name])), None)
        if limit is not None:
            return (
                f"'{name}' is only a limit at {place(limit)}, and a dot would stand where it says.",
                "Leave the row out by where, or show a table.",
            )
    if len(present(chart)) < 2:
        return "fewer than two rows have both measures.", "Show more rows, or use the kind 'bar'."
    return None


def titled(chart: Chart, every: Table, table: Table) -> Chart:
    """The chart with what stands upright first, and the grey line that says so where the project says nothing else."""
    order = {name: None for role in ("y", "x", "size") if (name := chart.role(role)) is not None}
    titles = {name: table.field(name).title for name in order}
    if chart.measure_line == " / ".join(titles[name] for name in chart.measures):
        against = words(table.language)["against"].format(
            up=titles[str(chart.role("y"))], across=titles[str(chart.role("x"))]
        )
        chart = replace(chart, measure_line=against)
    return replace(chart, measures=tuple(order))


def present(chart: Chart) -> list[Row]:
    """The rows that have both measures."""
    names = [name for role in ("x", "y") if (name := chart.role(role)) is not None]
    return [row for row in chart.table.rows if all(number_of(row[name]) is not None for name in names)]


def axis_of(chart: Chart, name: str, numbers: Sequence[Decimal], most: int) -> NumberAxis:
    """An axis of dots need not start at zero; it does where that costs little of its length."""
    low, high = min(numbers), max(numbers)
    near = low == high or (low >= 0 and low <= (high - low) * Decimal("0.25"))
    return number_axis(numbers, most, zero=near, whole=chart.table.field(name).measure.type == "integer")


def _measure(rows: Sequence[Row], name: str) -> Measure:
    return rows[0][name].measure


def axis_title(chart: Chart, rows: Sequence[Row], name: str, language: str) -> str:
    """What an axis measures, with its unit."""
    title, unit = chart.table.field(name).title, unit_title(_measure(rows, name), language)
    return f"{title}, {unit}" if unit and unit.casefold() not in title.casefold() else title


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """Dots over light guide lines, which leave out the names; larger dots for more where a field gives their size."""
    plot = Plot(style, width)
    rows = present(chart)
    across, up = (str(chart.role(role)) for role in ("x", "y"))
    numbers = {name: [number_of(row[name]) or Decimal(0) for row in rows] for name in (across, up)}
    wide_axis = axis_of(chart, across, numbers[across], TICKS if width > 30 * style.size else 4)
    tall_axis = axis_of(chart, up, numbers[up], TICKS)
    side = tick_texts(tall_axis, _measure(rows, up), style.language)
    below = tick_texts(wide_axis, _measure(rows, across), style.language)
    heads = wrap(axis_title(chart, rows, up, style.language), style.regular, style.size, width)
    feet = wrap(axis_title(chart, rows, across, style.language), style.regular, style.size, width)
    sizes = _sized(chart, rows, style)
    key = _key_lines(chart, rows, style, width)
    largest = max(sizes)
    left = guide_room(side, style) + largest
    last = text_width(below[-1], style.regular, style.size)
    right = width - max(largest, last / 2)
    top = len(heads) * style.line + 0.5 * style.size + largest
    foot = largest + 1.2 * style.line + 0.4 * style.size + (len(feet) + len(key)) * style.line
    tall = max((height or min(max(0.62 * width, 20 * style.size), 34 * style.size)) - top - foot, 9 * style.size)
    floor = top + tall
    ground = floor + largest
    dots = [
        Dot(
            row,
            left + wide_axis.place(x) * (right - left),
            floor - tall_axis.place(y) * tall,
            radius,
            category_name(chart, row, style.language),
            is_highlighted(chart, row),
        )
        for row, radius, x, y in zip(rows, sizes, numbers[across], numbers[up], strict=True)
    ]
    labels = labelled(dots, style, Bounds(left - largest, top - largest, width, ground))
    emphasis = any(dot.strong for dot in dots)
    boxes = [label.box for label in labels]
    for tick, text in zip(tall_axis.ticks, side, strict=True):
        y = floor - tall_axis.place(tick) * tall
        colour = style.ink if not tick else style.hairline
        for x0, x1 in _parts(
            left - largest, width, [(b.left, b.right) for b in boxes if _near(b.top, b.bottom, y, style)]
        ):
            plot.stroke([(x0, y), (x1, y)], colour, style.hair)
        plot.text(left - largest - style.gap, y + MIDDLE * style.size, text, "right", colour=style.muted)
    shown = -1.0
    for tick, text in zip(wide_axis.ticks, below, strict=True):
        x = left + wide_axis.place(tick) * (right - left)
        colour = style.ink if not tick else style.hairline
        for y0, y1 in _parts(
            top - largest, ground, [(b.top, b.bottom) for b in boxes if _near(b.left, b.right, x, style)]
        ):
            plot.stroke([(x, y0), (x, y1)], colour, style.hair)
        half = text_width(text, style.regular, style.size) / 2
        if x - half > shown:
            plot.text(
                x - half, ground + 0.4 * style.size + style.line / 2 + MIDDLE * style.size, text, colour=style.muted
            )
            shown = x + half + 0.8 * style.size
    for dot in sorted(dots, key=lambda dot: (dot.strong, -dot.radius)):
        _draw_dot(plot, dot, style.accent if dot.strong or not emphasis else style.mark)
    for label in labels:
        ink = style.accent_text if label.strong else style.ink
        if label.leader is not None:
            x0, y0, x1, y1 = label.leader
            plot.stroke([(x0, y0), (x1, y1)], style.muted, style.hair)
        fonts = style.bold if label.strong else style.regular
        for i, line in enumerate(label.lines):
            # lines stand at the side of their dot
            x = label.box.right - text_width(line, fonts, style.size) if label.leftward else label.box.left
            y = label.box.top + ASCENT * style.size + i * style.line
            plot.text(x, y, line, bold=label.strong, colour=ink)
    plot.lines(0, len(heads) * style.line / 2, heads, colour=style.muted)
    start = ground + 0.4 * style.size + 1.2 * style.line
    plot.lines(width, start + len(feet) * style.line / 2, feet, "right", colour=style.muted)
    for i, line in enumerate(key):
        plot.text(0, start + (len(feet) + i + 0.5) * style.line + MIDDLE * style.size, line, colour=style.muted)
    plot.height = max(start + (len(feet) + len(key)) * style.line, height or 0.0)
    _name_below(plot, dots, labels)
    return plot


def _name_below(plot: Plot, dots: Sequence[Dot], labels: Sequence[Label]) -> None:
    """The dots whose names have no room beside them: those that stand out, and where dots are few, all of them."""
    style, ours = plot.style, words(plot.style.language)
    held = {id(dot) for label in labels for dot in label.dots}
    strong = [dot.name for dot in dots if dot.strong and id(dot) not in held]
    others = [dot.name for dot in dots if not dot.strong and id(dot) not in held] if len(dots) <= _FEW else []
    for said, names, colour in (
        ("highlighted", strong, style.accent_text),
        ("no room for names", others, style.muted),
    ):
        lines = wrap(ours[said].format(names="; ".join(names)), style.regular, style.size, plot.width) if names else ()
        for i, line in enumerate(lines):
            plot.text(0, plot.height + (i + 0.5) * style.line + MIDDLE * style.size, line, colour=colour)
        plot.height += len(lines) * style.line


def _near(low: float, high: float, at: float, style: ChartStyle) -> bool:
    return low - 0.15 * style.size < at < high + 0.15 * style.size


def _parts(start: float, end: float, holes: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """A line from `start` to `end` without its holes."""
    for low, high in sorted(holes):
        if low - 1.0 > start:
            yield start, low - 1.0
        start = max(start, high + 1.0)
    if start < end:
        yield start, end


def _draw_dot(plot: Plot, dot: Dot, colour: str) -> None:
    """A dot with a thin edge of paper, so that dots that cover each other are told apart."""
    plot.shapes.append(Shape(circle(dot.x, dot.y, dot.radius), colour, plot.style.paper, 0.08 * plot.style.size))


def _sized(chart: Chart, rows: Sequence[Row], style: ChartStyle) -> list[float]:
    """Radius of each dot in points: areas are as large as their numbers; a row without one has the smallest dot."""
    name, plain = chart.role("size"), radius_of(len(rows), style)
    if name is None:
        return [plain] * len(rows)
    numbers = [number_of(row[name]) or Decimal(0) for row in rows]
    largest = max(numbers) or Decimal(1)
    return [max(1.6 * style.size * sqrt(number / largest), 0.16 * style.size) for number in numbers]


def radius_of(count: int, style: ChartStyle) -> float:
    """Of dots of one size, in points: many are small."""
    return (0.42 if count <= 60 else 0.3) * style.size


def _key_lines(chart: Chart, rows: Sequence[Row], style: ChartStyle, width: float) -> tuple[str, ...]:
    """What the size of a dot says, and how many rows have no place."""
    said: list[str] = []
    name = chart.role("size")
    if name is not None:
        largest = max(rows, key=lambda row: number_of(row[name]) or Decimal(0))
        text = value_text(chart, largest[name], style.language)
        title = chart.table.field(name).title
        said.append(words(style.language)["areas show"].format(field=title, value=text))
    lost = len(chart.table) - len(rows)
    if lost:
        said.append(words(style.language)["without a value"].format(count=lost))
    return wrap("; ".join(said), style.regular, style.size, width) if said else ()


def shades(chart: Chart) -> Shades:
    """The accent for what is highlighted, another for the rest; of the rows that are drawn."""
    strong = {is_highlighted(chart, row) for row in present(chart)}
    return ("accent", "mark") if len(strong) > 1 else ("accent",)


def describe(chart: Chart, language: str) -> str:
    """The chart in words: what is set against what, both values of every row where they are few, else the extremes."""
    rows, ours = present(chart), words(language)
    across, up = (str(chart.role(role)) for role in ("x", "y"))
    titles = {name: chart.table.field(name).title for name in (across, up)}
    heading = phrases.said(ours["scatter plot"], ours["against"].format(up=titles[up], across=titles[across]), language)
    if len(rows) <= phrases.FEW:
        told = "; ".join(
            phrases.said(
                phrases.name_of(chart, row, language),
                ", ".join(value_text(chart, row[name], language) for name in (up, across)),
                language,
            )
            for row in rows
        )
        return phrases.sentences([heading, told, *phrases.remarks(chart, language)])
    ends = [phrases.said(titles[n], phrases.extremes(chart, rows, n, language), language) for n in (up, across)]
    count = ours["values"].format(count=len(rows))
    return phrases.sentences([heading, f"{count}; {'; '.join(ends)}", *phrases.remarks(chart, language)])


KIND = Kind(
    (
        Role("x", NUMERIC),
        Role("y", NUMERIC),
        Role("size", NUMERIC, required=False),
        Role("label", ANY_CATEGORY, required=False),
    ),
    draw,
    describe,
    shades=shades,
    fault=fault,
    finish=titled,
    fewer=False,
)
