"""Parts of a whole by group: a bar for each category, its parts one behind the other, or parting at a middle."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from charts import phrases
from charts.chart import Chart
from charts.kinds.bar import draw_axis
from charts.kinds.kind import Kind
from charts.lettering import Lines, longest_word, text_width, wrap
from charts.plot import MIDDLE, Plot
from charts.reading import may_be_shorter, sentence, value_text
from charts.roles import ANY_CATEGORY, Role, of_categories
from charts.rows import names
from charts.rows.frame import Panel, PanelPlaces
from charts.rows.frame import place as place_rows
from charts.rows.key import draw_key
from charts.shades import Shades
from charts.stacking.faults import fault
from charts.stacking.parts import (
    Middle,
    Part,
    Stack,
    in_order,
    is_whole,
    middle_of,
    rank,
    side_sums,
    stacks,
    with_rest,
)
from charts.stacking.shades import shades_of
from charts.strands import Strand
from charts.style import ChartStyle
from data.language.show import show, unit_title
from data.language.words import words
from data.look.colour import text_colour
from data.tables.value import FieldType, Measure, Value

PARTS: frozenset[FieldType] = frozenset(("integer", "number", "money", "percent"))
"""What can be a part of a sum."""
_THICK = 1.3
"""Least thickness of a bar, in parts of the text's size: its figures stand in it."""


def _total(chart: Chart, stack: Stack, language: str) -> str:
    """The sum of a bar's amounts; empty for shares, and where a part of it is not known exactly."""
    values = [part.value for part in stack.parts]
    known = [value for value in values if isinstance(value, Value) and not value.missing and value.mark is None]
    if is_whole(chart) or len(known) < len(values) or chart.diverging:
        return ""
    total = known[0]
    for value in known[1:]:
        total += value
    return value_text(chart, total, language)


def _sum_texts(chart: Chart, stack: Stack, middle: Middle | None, language: str) -> tuple[str, str]:
    """The sums of both sides of a middle; empty where there is none."""
    below, above = side_sums(chart, stack, middle)
    said = ["" if one is None else value_text(chart, one, language) for one in (below, above)]
    return said[0], said[1]


def _gaps(
    parts: Sequence[Part], found: Sequence[Strand], chart: Chart, language: str, inside: Sequence[bool]
) -> list[str]:
    """What is said of the values that no part of the bar shows, or only up to a limit: by name, and without names; once
    where none of them is known."""
    said: list[tuple[str, str]] = []
    for part, seen in zip(parts, inside, strict=True):
        if part.value is None:
            if not is_whole(chart):
                said.append((found[part.series].name, words(language)["not stated"]))
        elif part.value.missing or (isinstance(part.value, Value) and part.value.limited and not seen):
            said.append((found[part.series].name, value_text(chart, part.value, language)))
    if not said:
        return []
    short = ", ".join(dict.fromkeys(text for _, text in said))
    if len(said) == len(parts) > 1 and len({text for _, text in said}) == 1:
        return [short]
    return ["; ".join(phrases.said(name, text, language) for name, text in said), short]


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A bar for each category, its series named over the first one, or in a key where they have no room there."""
    plot = Plot(style, width)
    found = in_order(chart, style.language)
    bars = stacks(chart, found, style.language)
    colours = shades_of(chart, style, found, middle_of(chart, found))
    titles, bold = [bar.name for bar in bars], [bar.strong for bar in bars]
    column = names.beside(titles, bold, style, width)
    if width - column.left < 0.5 * width:
        column = names.over(titles, bold, style, width)
    field = _Field(chart, style, found, bars, column.left, width)
    if field.unit < 0.25 * width and not column.stacked:
        column = names.over(titles, bold, style, width)
        field = _Field(chart, style, found, bars, 0.0, width)
    top = _name_series(plot, field, found, colours, column.stacked)
    edge = 0.2 * style.size
    room = None if height is None else height - edge
    (frame,) = place_rows(plot, [Panel(column)], top=top + edge, height=room, least=_THICK)
    plot.height += edge
    if any(bar.start for bar in bars):
        _draw_middle(plot, field.x(Decimal(0)), frame, edge, column.stacked)
    elif not is_whole(chart):
        draw_axis(plot, column, frame, field.x(Decimal(0)), edge)
    for bar, note, sums, middle in zip(bars, field.notes, field.sums, frame.middles, strict=True):
        _draw_bar(plot, field, bar, note, sums, colours, middle, frame.thick)
    return plot


def _draw_middle(plot: Plot, x: float, frame: PanelPlaces, edge: float, stacked: bool) -> None:
    """The line at which answers part, between the bars: figures stand in them, and names perhaps over them."""
    tops = [middle - frame.thick / 2 for middle in frame.middles]
    starts = [frame.middles[0] - frame.thick / 2 - edge, *(top + frame.thick for top in tops)]
    ends = [*tops, frame.middles[-1] + frame.thick / 2 + edge]
    if stacked:
        starts, ends = starts[1:], [start + edge for start in starts[1:]]
    for start, end in zip(starts, ends, strict=True):
        plot.axis(x, start, x, end)


class _Field:
    """Where numbers stand in the area of the bars, and which figures and words stand in and behind them."""

    def __init__(
        self, chart: Chart, style: ChartStyle, found: Sequence[Strand], bars: Sequence[Stack], left: float, width: float
    ) -> None:
        self.chart, self.style, self.left, self.right = chart, style, left, width
        self.low = min((bar.start for bar in bars), default=Decimal(0))
        self.high = max((bar.end for bar in bars), default=Decimal(0))
        if is_whole(chart) and not self.low:
            self.high = max(self.high, Decimal(100))
        language = style.language
        middle = middle_of(chart, found)
        self.sums = [_sum_texts(chart, bar, middle, language) for bar in bars]
        """What stands at both ends of each bar; empty where nothing does."""
        below = max((self._wide(text, True) for text, _ in self.sums), default=0.0)
        self.left += below
        # whether a figure has room in its part depends on the room that notes take, so notes are made twice
        self.notes = [""] * len(bars)
        self._measure(bars)
        named = [self._behind(bar, found, middle, language) for bar in bars]
        wide = max((self._wide(options[0], bar.strong) for options, bar in zip(named, bars) if options), default=0.0)
        which = 0 if wide <= 0.4 * (width - left) else -1
        self.notes = [
            "; ".join(filter(None, (above, options[which] if options else "")))
            for options, (_, above) in zip(named, self.sums, strict=True)
        ]
        self._measure(bars)

    def _behind(self, bar: Stack, found: Sequence[Strand], middle: Middle | None, language: str) -> list[str]:
        total = _total(self.chart, bar, language)
        inside = [bool(self.figure(part)) for part in bar.parts]
        return [total] if total else _gaps(bar.parts, found, self.chart, language, inside)

    def _wide(self, text: str, strong: bool) -> float:
        fonts = self.style.bold if strong else self.style.regular
        return text_width(text, fonts, self.style.size) + self.style.gap if text else 0.0

    def _measure(self, bars: Sequence[Stack]) -> None:
        room, span = self.right - self.left, self.high - self.low
        self.unit = room
        for bar, note, (_, above) in zip(bars, self.notes, self.sums, strict=True):
            part = float((bar.end - self.low) / span) if span else 0.0
            if part > 0:
                self.unit = min(self.unit, (room - self._wide(note, bar.strong or bool(above))) / part)
        self.unit = max(self.unit, 0.0)

    def x(self, number: Decimal) -> float:
        span = self.high - self.low
        return self.left + (float((number - self.low) / span) * self.unit if span else 0.0)

    def figure(self, part: Part) -> str:
        """The text in a part; empty where it has no room."""
        if part.value is None or not part.number:
            return ""
        text = value_text(self.chart, part.value, self.style.language)
        wide = self.x(part.start + part.number) - self.x(part.start)
        return text if text_width(text, self.style.regular, self.style.size) + 0.7 * self.style.size <= wide else ""


def _draw_bar(
    plot: Plot,
    field: _Field,
    bar: Stack,
    note: str,
    sums: tuple[str, str],
    colours: Sequence[str],
    middle: float,
    thick: float,
) -> None:
    style, upper = plot.style, middle - thick / 2
    hair = 0.055 * style.size
    last = max((part.series for part in bar.parts if part.number), default=-1)
    for part in bar.parts:
        left, right = field.x(part.start), field.x(part.start + part.number)
        if right - left <= 0:
            continue
        # a thin gap parts neighbours
        drawn = right - left - (min(hair, 0.5 * (right - left)) if part.series != last or bar.rest else 0.0)
        open_ended = part.value is not None and may_be_shorter(part.value)
        if open_ended:
            plot.dashed(left, upper, drawn, thick)
        else:
            plot.bar(left, upper, drawn, thick, colours[part.series])
        text = field.figure(part)
        if text:
            wide = text_width(text, style.regular, style.size)
            colour = style.muted if open_ended else style.text_on(colours[part.series])
            plot.text((left + right - wide) / 2, middle + MIDDLE * style.size, text, colour=colour)
    end = field.x(bar.end)
    if bar.rest:
        start = field.x(bar.end - bar.rest)
        plot.dashed(start, upper, end - start, thick)
        text = _rest_text(field.chart, bar.rest, style.language)
        wide = text_width(text, style.regular, style.size)
        if wide + 0.7 * style.size <= end - start:
            plot.text((start + end - wide) / 2, middle + MIDDLE * style.size, text, colour=style.muted)
    if note:
        x = field.left if end == field.left and is_whole(field.chart) and not field.low else end + style.gap
        if sums[1]:
            plot.lines(x, middle, (sums[1],), bold=True)
            x += text_width(f"{sums[1]}; ", style.bold, style.size)
            note = note.removeprefix(sums[1]).removeprefix("; ")
        quiet = bool(sums[1]) or not _total(field.chart, bar, style.language)
        plot.lines(x, middle, (note,) if note else (), bold=bar.strong, colour=style.muted if quiet else style.ink)
    if sums[0]:
        plot.lines(field.x(bar.start) - style.gap, middle, (sums[0],), "right", bold=True)


def _rest_text(chart: Chart, rest: Decimal, language: str) -> str:
    return show(Value(rest, Measure("percent", None, chart.measure_fields[0].measure.decimals)), "label", language)


def _name_series(plot: Plot, field: _Field, found: Sequence[Strand], colours: Sequence[str], stacked: bool) -> float:
    """Name the series over the parts of the first bar, each in its colour, or in a key; gives the height below."""
    style = plot.style
    bars = stacks(field.chart, found, style.language)
    rests = [bar.rest for bar in bars]
    rest = sentence(words(style.language)[field.chart.rest]) if any(rests) else ""
    heads = None if stacked or not bars or (rest and not rests[0]) else _heads(field, bars[0], found, rest)
    if heads is None:
        titles = [one.name for one in found]
        return draw_key(plot, titles, colours, rest)
    deepest = max(len(lines) for _, lines, _ in heads)
    for left, lines, series in heads:
        colour = style.muted if series is None else text_colour(colours[series], style.paper)
        for i, text in enumerate(lines):
            y = (deepest - len(lines) + i + 0.5) * style.line + MIDDLE * style.size
            plot.text(left, y, text, colour=colour)
    return deepest * style.line + 0.15 * style.size


def _heads(
    field: _Field, bar: Stack, found: Sequence[Strand], rest: str
) -> list[tuple[float, Lines, int | None]] | None:
    """Names over the parts of a bar: where each starts, its lines, its series; None where they have no room.

    A name starts where its part does. One that is wider than its part may reach over the next one, whose name then
    starts later, though in the first half of its own part.
    """
    style, apart = field.style, 0.8 * field.style.size
    spans: list[tuple[str, Decimal, Decimal, int | None]] = [
        (found[part.series].name, part.start, part.start + part.number, part.series) for part in bar.parts
    ]
    if rest:
        spans.append((rest, bar.end - bar.rest, bar.end, None))
    heads: list[tuple[float, Lines, int | None]] = []
    free = field.left
    for number, (name, low, high, series) in enumerate(spans):
        left, right = field.x(low), field.x(high)
        start = max(left, free)
        limit = field.right if number == len(spans) - 1 else right - apart
        lines = wrap(name, style.regular, style.size, max(limit - start, longest_word(name, style.regular, style.size)))
        used = max(text_width(line, style.regular, style.size) for line in lines)
        if len(lines) > 2 or start > left + 0.5 * (right - left) or start + used > field.right or right <= left:
            return None
        heads.append((start, lines, series))
        free = start + used + apart
    return heads


def describe(chart: Chart, language: str) -> str:
    """The chart in words: all parts where they are few, bar by bar; else the highest and lowest of each series."""
    found = in_order(chart, language)
    bars = stacks(chart, found, language)
    told: list[str] = []
    if len(bars) * len(found) <= 2 * phrases.FEW:
        for bar in bars:
            own = [
                phrases.said(found[part.series].name, value_text(chart, part.value, language), language)
                for part in bar.parts
                if part.value is not None and not part.value.missing
            ]
            if bar.rest:
                own.append(phrases.said(words(language)[chart.rest], _rest_text(chart, bar.rest, language), language))
            own += _sides_said(chart, bar, found, language)
            told += [f"{bar.name} ({', '.join(own)})"] if own else []
    else:
        for one in found:
            rows = [mark.row for mark in one.marks.values() if not mark.value.missing]
            measure = next((mark.measure for mark in one.marks.values()), "")
            if rows:
                told.append(phrases.said(one.name, phrases.extremes(chart, rows, measure, language), language))
    heading = phrases.heading("stacked chart", chart, language)
    strong = [one.name for one in found if one.strong] + [bar.name for bar in bars if bar.strong]
    highlighted = words(language)["highlighted"].format(names=phrases.joined(strong)) if strong else ""
    return phrases.sentences([heading, "; ".join(told), chart.cut, highlighted, *_absent(found, language)])


def _sides_said(chart: Chart, bar: Stack, found: Sequence[Strand], language: str) -> list[str]:
    """The sums of both sides of a middle, by the names of what is summed, such as "Agree + Strongly agree: 73%"."""
    middle = middle_of(chart, found)
    if middle is None:
        return []
    names = [one.name for one in found]
    sides = names[: middle.below], names[middle.below + middle.neutral :]
    return [
        phrases.said(" + ".join(side), text, language)
        for side, text in zip(sides, _sum_texts(chart, bar, middle, language), strict=True)
        if text and len(side) > 1
    ]


def _absent(found: Sequence[Strand], language: str) -> list[str]:
    absent: dict[str, list[str]] = {}
    for one in found:
        for category, mark in one.marks.items():
            if mark.value.missing:
                why = show(mark.value, "label", language)
                absent.setdefault(why, []).append(phrases.joined((category, one.name)))
    return [
        phrases.said(why, phrases.listed([f"({name})" for name in named], language), language)
        for why, named in absent.items()
    ]


def line(chart: Chart, language: str) -> str:
    """What is measured: of a long table its title and unit, of a wide one the unit, as its fields are named anyway."""
    field = chart.measure_fields[0]
    unit = unit_title(field.measure, language)
    title = words(language)["share chart"] if len(chart.measures) > 1 and is_whole(chart) else field.title
    if len(chart.measures) > 1 and not is_whole(chart):
        return unit[:1].upper() + unit[1:]
    return f"{title}, {unit}" if unit and unit.lower() not in title.lower() else title


def shades(chart: Chart) -> Shades:
    """None of a brand's own: the colours of series are made so that they are told apart."""
    return ()


KIND = Kind(
    (*of_categories(PARTS, several=True), Role("series", ANY_CATEGORY, required=False)),
    draw,
    describe,
    shades=shades,
    fault=fault,
    finish=with_rest,
    rank=rank,
    line=line,
    strands=True,
)
