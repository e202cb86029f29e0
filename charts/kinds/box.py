"""How values spread in each group: the middle half as a box, its median as a line, and how far the others reach."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from charts import phrases
from charts.axes.guides import upright_guides
from charts.axes.numbers import number_axis, tick_texts
from charts.chart import Chart
from charts.distinct import Fault, at_one_place, of_alike_categories, of_one_name_anywhere, place
from charts.honest.rules import named
from charts.kinds.kind import Kind
from charts.lettering import Lines, text_width, wrap
from charts.plot import MIDDLE, Plot
from charts.reading import category_name, is_highlighted, number_of, value_text
from charts.roles import of_categories
from charts.rows import names
from charts.rows.frame import Panel
from charts.rows.frame import place as frames
from charts.spread import box
from charts.style import ChartStyle
from data.language.show import show
from data.language.words import words
from data.tables.provenance import Behind, column_cells
from data.tables.table import Field, Row, Table
from data.tables.value import NUMERIC, Content, Mark, Marked, Measure, Value

_NARROW = 32.0
"""Width of a drawing, in sizes of its text, below which it has no column for what lies farther out."""
LOW, LOWER, MIDDLE_OF, UPPER, HIGH, COUNT = "_low", "_lower", "_median", "_upper", "_high", "_count"
BELOW, ABOVE = "_below", "_above"
"""Names of the fields of a table that was summed up; no project's field begins like these."""
_FAR_OUT = ((BELOW, "farther below"), (ABOVE, "farther above"))
"""Of those that count what lies beyond the whiskers: what they are called, as keys of our words."""


def _is_people(chart: Chart) -> bool:
    return len(chart.measures) == 1


def fault(chart: Chart, language: str) -> Fault | None:
    """Fields that are no quartiles, several units, limits, rows that were left out."""
    for name in chart.measures:
        if len({row[name].measure.unit for row in chart.table.rows if not row[name].missing}) > 1:
            return named("one-unit", (f"'{name}' has values of several units.", "Choose those of one by where."))
    if _is_people(chart):
        return _fault_of_people(chart, language)
    if len(chart.measures) not in (3, 5):
        return (
            f"a box is drawn from one field of single values, or from three or five, not from {len(chart.measures)}.",
            'Give lower quartile, median and upper quartile: x = ["q1", "median", "q3"]; with the ends of the whiskers'
            " first and last.",
        )
    for row in chart.table.rows:
        numbers = [number for name in chart.measures if (number := number_of(row[name])) is not None]
        if numbers != sorted(numbers):
            return f"the fields {', '.join(chart.measures)} do not rise at {place(row)}.", "Name them from low to high."
    boxes = [
        (category_name(chart, row, language), [number_of(row[name]) for name in chart.measures]) for row in chart.table
    ]
    return _no_boxes(chart, boxes, language) or of_one_name_anywhere(chart, language)


def _no_boxes(chart: Chart, boxes: Sequence[tuple[str, Sequence[Decimal | None]]], language: str) -> Fault | None:
    """Numbers that all are one, or a box that would be a line at zero as others lie so far out; `boxes` are what each
    group is called and its numbers from the lowest to the highest."""
    known = {number for _, numbers in boxes for number in numbers if number is not None}
    if len(known) == 1 and len(chart.table) > 1:
        value = next(row[name] for row in chart.table for name in chart.measures if not row[name].missing)
        return (
            f"all values of '{chart.measures[0]}' are {value_text(chart, value, language)}: they do not spread, and"
            " have no boxes.",
            "Say so in a sentence; or choose other rows by where, or another field.",
        )
    ends = [(f"'{name}'", numbers[0], numbers[-1]) for name, numbers in boxes if numbers]
    return at_one_place(ends)


def _fault_of_people(chart: Chart, language: str) -> Fault | None:
    name = chart.measures[0]
    if chart.cut:
        return "a box sums up all rows, and 'rows' leaves some out.", "Leave 'rows' out; choose rows by where."
    for row in chart.table.rows:
        value = row[name]
        if isinstance(value, Value) and value.limited:
            return (
                f"only a limit is known at {place(row)}, which no quartile can take.",
                "Leave such rows out by where.",
            )
    groups: dict[str, list[Decimal]] = {}
    for row in chart.table.rows:
        if (number := number_of(row[name])) is not None:
            groups.setdefault(category_name(chart, row, language), []).append(number)
    boxes = {called: box(numbers) for called, numbers in groups.items() if len(numbers) >= (chart.minimum_n or 1)}
    ends = [(called, (one.low, one.lower, one.upper, one.high)) for called, one in boxes.items()]
    return _no_boxes(chart, ends, language) or of_alike_categories(chart)


def summed_up(chart: Chart, every: Table, table: Table) -> Chart:
    """The chart with a table of quartiles in place of its rows, groups by their medians, the highest first.

    A group of fewer rows than `minimum_n` is hidden; and with one, no whisker tells what a single row has. A group of
    which nothing is known stays, and says so.
    """
    ours, least = words(table.language), chart.minimum_n
    if not _is_people(chart):
        lower, middle, upper = chart.measures[-4:-1] if len(chart.measures) == 5 else chart.measures
        roles = {"low": (chart.measures[0],), "high": (chart.measures[-1],)} if len(chart.measures) == 5 else {}
        line = f"{chart.measure_line}; {ours['box of quartiles']}" if chart.measure_line else ours["box of quartiles"]
        return replace(chart, measures=(lower, middle, upper), roles=roles, measure_line=line)
    name = chart.measures[0]
    field = every.field(name)
    groups: dict[Content, list[int]] = {}
    members: dict[Content, list[int]] = {}
    for row in every.rows:
        called = every.columns[chart.category][row.index]
        members.setdefault(called, []).append(row.index)
        known = groups.setdefault(called, [])
        if not row[name].missing:
            known.append(row.index)
    found: list[tuple[Content, list[int], dict[str, Content]]] = []
    hidden = Marked(None, Mark("hidden"))
    for called, held in groups.items():
        every_field = (LOW, LOWER, MIDDLE_OF, UPPER, HIGH, COUNT, BELOW, ABOVE)
        if not held:
            shown: dict[str, Content] = {
                **dict.fromkeys(every_field),
                **dict.fromkeys((COUNT, BELOW, ABOVE), Decimal(0)),
            }
        elif least is not None and len(held) < least:
            shown = dict.fromkeys(every_field, hidden)
        else:
            one = box([value.number for i in held if isinstance(value := every.value(i, name), Value)])
            counts = map(Decimal, (one.count, one.below, one.above))
            numbers = (one.low, one.lower, one.middle, one.upper, one.high, *counts)
            shown = dict(zip(every_field, numbers, strict=True))
        found.append((called, members[called], shown))
    sort = table.field(chart.category).measure.type not in ("year", "date", "level")
    if sort:
        found.sort(key=lambda one: -_content(one[2][MIDDLE_OF]))
    unit = next(row[name].measure.unit for row in every.rows if not row[name].missing)
    measure = replace(field.measure, unit=unit)
    if measure.type == "integer" or measure.decimals is None:
        halves = any(isinstance(n, Decimal) and n % 1 and abs(n) < 100 for _, _, shown in found for n in shown.values())
        measure = replace(measure, type="number" if measure.type == "integer" else measure.type, decimals=int(halves))
    titles = {
        LOW: "lowest", LOWER: "lower quartile", MIDDLE_OF: "median", UPPER: "upper quartile", HIGH: "highest",
    }  # fmt: skip
    whiskers = least is None
    names_of = [LOW, LOWER, MIDDLE_OF, UPPER, HIGH] if whiskers else [LOWER, MIDDLE_OF, UPPER]
    fields = (
        table.field(chart.category),
        *(Field(one, ours[titles[one]], measure) for one in names_of),
        Field(COUNT, ours["number"], Measure("integer")),
        *(Field(name, ours[title], Measure("integer")) for name, title in _FAR_OUT if whiskers),
    )
    columns = {one.name: tuple(shown[one.name] for _, _, shown in found) for one in fields[1:]}

    def behind(held: Sequence[int]) -> dict[str, Behind]:
        origins = [every.origins[i] for i in held] if every.origins else ()
        cells = column_cells(every.name, name, every.file, tuple(every.lines[i] for i in held), origins)
        return {chart.category: every.behind(held[0], chart.category), **dict.fromkeys(columns, cells)}

    counted = replace(
        every,
        fields=fields,
        columns={chart.category: tuple(called for called, _, _ in found), **columns},
        lines=tuple(every.lines[held[0]] for _, held, _ in found),
        origins=tuple(behind(held) for _, held, _ in found),
        minimum_n=least or every.minimum_n,
        ordered_by=None,
    )
    said = "; ".join((ours["box of quartiles"], *((ours["whiskers"],) if whiskers else ())))
    return replace(
        chart,
        table=counted,
        measures=(LOWER, MIDDLE_OF, UPPER),
        roles={"size": (COUNT,), **({"low": (LOW,), "high": (HIGH,), "label": (BELOW, ABOVE)} if whiskers else {})},
        measure_line=f"{chart.measure_line}; {said}" if chart.measure_line else said,
    )


def _content(content: Content) -> Decimal:
    return content if isinstance(content, Decimal) else Decimal("-Infinity")


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A box for each group on one axis; beside it its median and, where rows were counted, how many there are."""
    plot = Plot(style, width)
    rows = list(chart.table.rows)
    lower, middle, upper = chart.measures
    low, high, size = (chart.role(role) for role in ("low", "high", "size"))
    bold = [is_highlighted(chart, row) for row in rows]
    emphasis = any(bold)
    far = any(_far_out(chart, row, style.language) for row in rows)
    # boxes need the width of a narrow drawing for themselves
    below = _far_below(chart, style, width) if far and width < _NARROW * style.size else ()
    shown = [middle, *((size,) if size else ())]
    heads = [words(style.language)["median"], *(chart.table.field(name).title for name in shown[1:])]
    cells = [[_cell(chart, row, name, style.language) for name in shown] for row in rows]
    if far and not below:
        heads.append(words(style.language)["farther out"])
        nobody = show(Value(Decimal(0), Measure("integer")), "label", style.language)
        cells = [[*line, _far_out(chart, row, style.language) or nobody] for row, line in zip(rows, cells, strict=True)]
    wide = [
        max(
            text_width(heads[i], style.regular, style.size),
            *(
                text_width(line[i], style.bold if strong else style.regular, style.size)
                for line, strong in zip(cells, bold)
            ),
        )
        for i in range(len(heads))
    ]
    rights = [width - sum(wide[i + 1 :]) - style.gutter * (len(wide) - 1 - i) for i in range(len(wide))]
    end = rights[0] - wide[0] - style.gutter
    column = names.beside([category_name(chart, row, style.language) for row in rows], bold, style, end)
    if end - column.left < 0.35 * width:
        column = names.over([category_name(chart, row, style.language) for row in rows], bold, style, width)
    numbers = [
        n for row in rows for name in (low, *chart.measures, high) if name and (n := number_of(row[name])) is not None
    ]
    axis = number_axis(numbers, 6 if end - column.left > 24 * style.size else 4, zero=_near_zero(numbers))
    foot = (1.3 + len(below)) * style.line + 0.2 * style.size
    top = style.line + 0.3 * style.size
    (frame,) = frames(plot, [Panel(column)], top=top, height=None if height is None else max(height - foot, 0.0))
    measure = next((row[middle].measure for row in rows if not row[middle].missing), chart.measure_fields[0].measure)
    texts = tick_texts(axis, measure, style.language)
    last = text_width(texts[-1], style.regular, style.size) / 2
    first = text_width(texts[0], style.regular, style.size) / 2
    left, right = max(column.left, first), end - max(last - style.gutter, 0.0)
    if not column.stacked:
        bottom = upright_guides(plot, axis, texts, left, right, frame.top, frame.bottom + 0.2 * style.size)
    else:
        bottom = _ticks_below(
            plot, axis.ticks, texts, [left + axis.place(t) * (right - left) for t in axis.ticks], frame.bottom
        )
    for head, x in zip(heads, rights, strict=True):
        plot.text(x, style.line / 2 + MIDDLE * style.size, head, "right", colour=style.muted)

    def at(row: Row, name: str | None) -> float | None:
        number = number_of(row[name]) if name else None
        return None if number is None else left + axis.place(number) * (right - left)

    tall = min(frame.thick, 1.6 * style.size)
    for row, strong, y, line in zip(rows, bold, frame.middles, cells, strict=True):
        colour = style.accent if strong or not emphasis else style.mark
        ends = at(row, lower), at(row, middle), at(row, upper)
        if ends[0] is not None and ends[1] is not None and ends[2] is not None:
            for x, edge in ((at(row, low), ends[0]), (at(row, high), ends[2])):
                if x is not None and x != edge:
                    plot.stroke([(edge, y), (x, y)], colour, 0.14 * style.size)
                    plot.stroke([(x, y - 0.25 * tall), (x, y + 0.25 * tall)], colour, 0.14 * style.size)
            plot.bar(ends[0], y - tall / 2, max(ends[2] - ends[0], 0.01), tall, colour)
            # a median is a gap in its box; where the box is hardly wider than that, a line of its own
            wide_enough = ends[2] - ends[0] > 0.7 * style.size
            drawn = style.paper if wide_enough else colour
            plot.stroke([(ends[1], y - tall / 2), (ends[1], y + tall / 2)], drawn, 0.22 * style.size)
        for x, text, i in zip(rights, line, range(len(line)), strict=True):
            quiet = i > 0 or ends[1] is None
            ink = style.muted if quiet else style.accent_text if strong else style.ink
            plot.lines(x, y, (text,), "right", strong and not quiet, ink)
    for i, text in enumerate(below):
        plot.text(0, bottom + (i + 0.5) * style.line + MIDDLE * style.size, text, colour=style.muted)
    plot.height = max(bottom + len(below) * style.line, height or 0.0)
    return plot


def _far_out(chart: Chart, row: Row, language: str) -> str:
    """How many values of a group lie farther out than its whiskers, and on which side: "1 below, 2 above"; empty where
    none does."""
    ours, found = words(language), dict(zip(("below by", "above by"), chart.roles.get("label", ()), strict=False))
    counts = {word: row[name] for word, name in found.items() if _count(row, name)}
    return ", ".join(ours[word].format(count=show(value, "label", language)) for word, value in counts.items())


def _far_below(chart: Chart, style: ChartStyle, width: float) -> Lines:
    """How many values of which groups lie farther out, as lines below the boxes."""
    said = [
        f"{category_name(chart, row, style.language)} {found}"
        for row in chart.table.rows
        if (found := _far_out(chart, row, style.language))
    ]
    text = phrases.said(words(style.language)["farther out"], "; ".join(said), style.language)
    return wrap(text, style.regular, style.size, width)


def _near_zero(numbers: Sequence[Decimal]) -> bool:
    """Whether zero is near enough to stand on the axis, which boxes do not need."""
    alike = len(set(numbers)) == 1
    return not numbers or alike or 0 <= min(numbers) <= (max(numbers) - min(numbers)) / 2


def _cell(chart: Chart, row: Row, name: str, language: str) -> str:
    return value_text(chart, row[name], language) if name in chart.measures else show(row[name], "label", language)


def _ticks_below(
    plot: Plot, ticks: Sequence[Decimal], texts: Sequence[str], places: Sequence[float], bottom: float
) -> float:
    """An axis below boxes whose names stand over them, where guide lines would cut through the names."""
    style = plot.style
    y = bottom + 0.3 * style.size
    plot.stroke([(places[0], y), (places[-1], y)], style.hairline, style.hair)
    free = -1.0
    for _, text, x in zip(ticks, texts, places, strict=True):
        half = text_width(text, style.regular, style.size) / 2
        start = min(max(x - half, 0.0), plot.width - 2 * half)
        if start > free:
            plot.stroke([(x, y), (x, y + 0.25 * style.size)], style.hairline, style.hair)
            plot.text(start, y + 0.35 * style.size + style.line / 2 + MIDDLE * style.size, text, colour=style.muted)
            free = start + 2 * half + 0.8 * style.size
    return y + 0.35 * style.size + style.line


def describe(chart: Chart, language: str) -> str:
    """The chart in words: median and middle half of each group where they are few, else the extreme medians."""
    middle = chart.measures[1]
    ours, rows = words(language), list(chart.table.rows)
    title = chart.category_field.title
    heading = phrases.said(
        ours["box plot"], ours["chart measure by category"].format(measure=_measured(chart), category=title), language
    )
    present = [row for row in rows if not row[middle].missing]
    if len(present) <= phrases.FEW:
        told = "; ".join(_said(chart, row, language) for row in present)
    else:
        told = phrases.said(ours["median"], phrases.extremes(chart, present, middle, language), language)
    return phrases.sentences([heading, told, *phrases.remarks(chart, language)])


def _said(chart: Chart, row: Row, language: str) -> str:
    """A group: its median, its middle half, and how many values lie beyond the whiskers."""
    lower, middle, upper = (value_text(chart, row[name], language) for name in chart.measures)
    text = words(language)["middle half"].format(median=middle, low=lower, high=upper)
    if found := _far_out(chart, row, language):
        title = words(language)["farther out"]
        text += ", " + phrases.said(title[:1].lower() + title[1:], found, language)
    return phrases.said(phrases.name_of(chart, row, language), text, language)


def _count(row: Row, name: str) -> int:
    """A number of rows; 0 where it is hidden."""
    value = row[name]
    return int(value.number) if isinstance(value, Value) and not value.missing else 0


def _measured(chart: Chart) -> str:
    return chart.measure_line.split(";")[0] or chart.measure_fields[1].title


KIND = Kind(
    of_categories(NUMERIC, several=True),
    draw,
    describe,
    fault=fault,
    finish=summed_up,
    by_middle=True,
)
