"""Two measures against each other: a dot for each row, named where its name can stand without touching anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import sqrt

from msgspec.structs import replace

from charts import phrases
from charts.axes.guides import guide_room
from charts.axes.numbers import tick_texts
from charts.chart import Chart
from charts.distinct import Fault, of_one_name_anywhere, place, unlike
from charts.dots.names import FEW, RING, Dot, Label, labelled
from charts.dots.places import TICKS, axis_of, groups_said, present, spots, together
from charts.honest.rules import named
from charts.kinds.kind import Kind
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
    return _few_or_alike(chart)


def _few_or_alike(chart: Chart) -> Fault | None:
    """Fewer than two rows with a place; all of them, or nearly all, at one."""
    across, up = (str(chart.role(role)) for role in ("x", "y"))
    rows = present(chart)
    if len(rows) < 2:
        count = "no row has" if not rows else "only 1 row has"
        return (
            f"{count} both '{across}' and '{up}', and a scatter plot takes two.",
            f"Choose more rows by where; or show '{up}' alone with the kind 'bar'; or leave the chart out until there"
            " are values.",
        )
    groups = together(chart)
    most = max(groups, key=len, default=())
    if len(most) == len(rows):
        return (
            f"all {len(rows)} rows stand at one place: their dots would be one.",
            "Say so in a sentence, and leave the chart out; or show a table.",
        )
    if 2 * len(most) > len(rows) and any(unlike([row[name] for row in most]) for name in (across, up)):
        return (
            f"{len(most)} of {len(rows)} dots would be one, though their values differ tenfold: beside the largest"
            " value all others look like zero.",
            "Choose rows of like size by where; or show a table.",
        )
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


def _measure(rows: Sequence[Row], name: str) -> Measure:
    return rows[0][name].measure


def axis_title(chart: Chart, rows: Sequence[Row], name: str, language: str) -> str:
    """What an axis measures, with its unit."""
    title, unit = chart.table.field(name).title, unit_title(_measure(rows, name), language)
    return f"{title}, {unit}" if unit and unit.casefold() not in title.casefold() else title


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """Dots over light guide lines, which leave out the names; larger dots for more where a field gives their size."""
    plot, note = _drawn(chart, style, width, height, 0)
    if note and height is not None:
        # what is said below takes its room from the dots
        plot, note = _drawn(chart, style, width, height, len(note))
    for i, (line, colour) in enumerate(note):
        plot.text(0, plot.height + (i + 0.5) * style.line + MIDDLE * style.size, line, colour=colour)
    plot.height = max(plot.height + len(note) * style.line, height or 0.0)
    return plot


def _drawn(
    chart: Chart, style: ChartStyle, width: float, height: float | None, below_it: int
) -> tuple[Plot, list[tuple[str, str]]]:
    """The dots between their axes with so many lines left free below, and what is to be said there, in its colours."""
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
    held = spots(chart)
    largest = max(size * (RING if row.index in held else 1.0) for row, size in zip(rows, sizes, strict=True))
    left = guide_room(side, style) + largest
    last = text_width(below[-1], style.regular, style.size)
    right = width - max(largest, last / 2)
    top = len(heads) * style.line + 0.5 * style.size + largest
    foot = largest + 1.2 * style.line + 0.4 * style.size + (len(feet) + len(key)) * style.line
    asked = None if height is None else height - below_it * style.line
    tall = max((asked or min(max(0.62 * width, 20 * style.size), 34 * style.size)) - top - foot, 9 * style.size)
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
            held.get(row.index, row.index),
            row.index in held,
        )
        for row, radius, x, y in zip(rows, sizes, numbers[across], numbers[up], strict=True)
    ]
    labels = labelled(dots, style, Bounds(left - largest, top - largest, width, ground))
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
    _draw_dots(plot, dots)
    _draw_names(plot, labels)
    plot.lines(0, len(heads) * style.line / 2, heads, colour=style.muted)
    start = ground + 0.4 * style.size + 1.2 * style.line
    plot.lines(width, start + len(feet) * style.line / 2, feet, "right", colour=style.muted)
    for i, line in enumerate(key):
        plot.text(0, start + (len(feet) + i + 0.5) * style.line + MIDDLE * style.size, line, colour=style.muted)
    plot.height = start + (len(feet) + len(key)) * style.line
    return plot, _said_below(chart, style, width, dots, labels)


def _draw_dots(plot: Plot, dots: Sequence[Dot]) -> None:
    """The dots, small ones over large ones, and a ring around what stands for several."""
    style = plot.style
    emphasis = any(dot.strong for dot in dots)
    ringed: dict[int, Dot] = {}
    for dot in sorted(dots, key=lambda dot: (dot.strong, -dot.radius)):
        colour = style.accent if dot.strong or not emphasis else style.mark
        _draw_dot(plot, dot, colour)
        if dot.ringed and dot.radius >= ringed.get(dot.spot, dot).radius:
            ringed[dot.spot] = dot
    for dot in ringed.values():
        strong = any(other.strong for other in dots if other.spot == dot.spot)
        colour = style.accent if strong or not emphasis else style.mark
        ring = circle(dot.x, dot.y, dot.reach - 0.05 * style.size)
        plot.shapes.append(Shape(ring, None, colour, 0.1 * style.size))


def _draw_names(plot: Plot, labels: Sequence[Label]) -> None:
    """The names beside their dots, and lines to those that stand farther off."""
    style = plot.style
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


def _said_below(
    chart: Chart, style: ChartStyle, width: float, dots: Sequence[Dot], labels: Sequence[Label]
) -> list[tuple[str, str]]:
    """Lines below the dots, each with its colour: what stands out and has no name beside it; where dots are few, what
    else has none, and how many have one where they are many; what a ring stands for."""
    ours = words(style.language)
    held = {id(dot) for label in labels for dot in label.dots}
    strong = [dot.name for dot in dots if dot.strong and id(dot) not in held]
    others = [dot.name for dot in dots if not dot.strong and id(dot) not in held]
    quiet: list[str] = []
    if others and len(dots) <= FEW:
        quiet.append(ours["no room for names"].format(names="; ".join(others)))
    elif told := names_counted(len(dots), labels, style.language):
        quiet.append(told)
    if rings := rings_said(chart, style.language):
        quiet.append(rings)
    found: list[tuple[str, str]] = []
    if strong:
        said = ours["highlighted"].format(names="; ".join(strong))
        found += [(line, style.accent_text) for line in wrap(said, style.regular, style.size, width)]
    for said in quiet:
        found += [(line, style.muted) for line in wrap(said, style.regular, style.size, width)]
    return found


def names_counted(count: int, labels: Sequence[Label], language: str) -> str:
    """How many of `count` dots have a name beside them; empty where all have."""
    named = sum(label.named for label in labels)
    if named == count:
        return ""
    return words(language)["named of"].format(
        named=phrases.number(named, language), count=phrases.number(count, language)
    )


def rings_said(chart: Chart, language: str) -> str:
    """What stands at one place, where several do."""
    said = groups_said(chart, language)
    return words(language)["ringed"].format(names=said) if said else ""


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
        return phrases.sentences([heading, told, at_one_place(chart, language), *phrases.remarks(chart, language)])
    ends = [phrases.said(titles[n], phrases.extremes(chart, rows, n, language), language) for n in (up, across)]
    count = ours["values"].format(count=len(rows))
    return phrases.sentences(
        [heading, f"{count}; {'; '.join(ends)}", at_one_place(chart, language), *phrases.remarks(chart, language)]
    )


def at_one_place(chart: Chart, language: str) -> str:
    """What no reader tells apart, in words; empty where all is told apart."""
    said = groups_said(chart, language)
    return words(language)["at one place"].format(names=said) if said else ""


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
