"""Slopes: each series as a line from one time to another, named with its values at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from msgspec import Struct

from charts import phrases
from charts.chart import Chart
from charts.distinct import Fault, looks_alike, of_one_name_anywhere
from charts.kinds.kind import Kind
from charts.lettering import Lines, balanced, longest_word, text_width, wrap
from charts.lines.pairs import (
    SIDES,
    Pair,
    Side,
    axis_of,
    change_of,
    from_to,
    gone_at,
    heads_of,
    number_at,
    pairs_of,
    text_at,
)
from charts.lines.spread import spread
from charts.plot import MIDDLE, Align, Plot
from charts.reading import by_unit
from charts.roles import of_categories
from charts.shades import Shades
from charts.strands import categories, of_one_place
from charts.style import ChartStyle
from data.language.words import words
from data.tables.value import NUMERIC

_WIDEST, _MOST = 0.3, 0.36
"""Of the drawing: the column of names at each end, and the column where a word is longer."""
_MOST_SLOPES, MOST_NAMED = 24, 12
"""Lines beyond which nobody follows them; and beyond which only those that stand out have names and values."""
_ONCE, _ONCE_MOST = 0.42, 0.55
"""Of the drawing: the column of names where they stand at one end, because they need several lines."""
_ALIGNS: tuple[Align, Align] = ("right", "left")


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A line for each series; what has a value at one time only is a dot, and says so below."""
    plot = Plot(style, width)
    found, heads = pairs_of(chart, style.language), heads_of(chart, style.language)
    _Slopes(plot, chart, found, heads).draw(height)
    plot.height = max(plot.height, height or 0.0)
    return plot


def shades(chart: Chart) -> Shades:
    """The accent for what is highlighted, another for the rest."""
    strong = {pair.strong for pair in pairs_of(chart, "en-US")}
    return ("accent", "mark") if len(strong) > 1 else ("accent",)


def describe(chart: Chart, language: str) -> str:
    """The chart in words: each series from its first to its last value, the largest changes where they are many."""
    found = pairs_of(chart, language)
    known = [pair for pair in found if change_of(pair) is not None]
    many = len(known) > phrases.FEW // 2
    ordered = sorted(known, key=lambda pair: change_of(pair) or Decimal(0))
    shown = (ordered[-1], ordered[0]) if many else known
    said = [phrases.said(pair.name, from_to(chart, pair, language), language) for pair in shown]
    heads = words(language)["from to"].format(low=heads_of(chart, language)[0], high=heads_of(chart, language)[1])
    strong = [pair.name for pair in found if pair.strong]
    marked = words(language)["highlighted"].format(names=phrases.listed(strong, language)) if strong else ""
    gone = [gone_at(pair, side, heads_of(chart, language), language) for pair in found for side in SIDES]
    missing = "; ".join(text for text in gone if text)
    heading = phrases.heading("slope chart", chart, language)
    return phrases.sentences([f"{heading}, {heads}", "; ".join(said), chart.cut, marked, missing])


def fault(chart: Chart, language: str) -> Fault | None:
    """Other than two times, two rows of one place, or several units."""
    long = chart.role("series") is not None
    times = len(categories(chart, language)) if long else len(chart.measures)
    if long and len(chart.measures) > 1:
        return (
            "a slope takes several fields, or one field and series, not both.",
            "Leave out series, or name one field.",
        )
    if times != 2:
        what = f"'{chart.category}' has {times}" if long else f"there {'is' if times == 1 else 'are'} {times}"
        return (
            f"a slope goes from one time to another, and {what}.",
            "Choose two times by where, or two fields; or use the kind 'line'.",
        )
    for name in chart.measures:
        if len(by_unit(chart.table.rows, name)) > 1:
            return "slopes of different units cannot share a scale.", "Choose the rows of one unit by where."
    found = of_one_place(chart, language) if long else of_one_name_anywhere(chart, language)
    return found or _of_too_many(chart, language) or _of_flat_lines(chart, language)


def _of_too_many(chart: Chart, language: str) -> Fault | None:
    """More lines than a reader follows, or more than have names where none stands out."""
    pairs = pairs_of(chart, language)
    if len(pairs) > _MOST_SLOPES:
        return (
            f"the chart has {len(pairs)} slopes, and a reader follows {_MOST_SLOPES} at most.",
            "Choose some of them by where; or use the kind 'dot' with differences = true, a row for each.",
        )
    if len(pairs) > MOST_NAMED and not any(pair.strong for pair in pairs):
        return (
            f"the chart has {len(pairs)} slopes, and {MOST_NAMED} at most can be named.",
            'Highlight some, highlight = "...": the others are grey and have no numbers; or choose some by where; or'
            " use the kind 'dot' with differences = true, a row for each.",
        )
    return None


def _of_flat_lines(chart: Chart, language: str) -> Fault | None:
    """A line that would look level though its values differ tenfold, or two of quite another size at one height."""
    pairs = pairs_of(chart, language)
    numbers = [number for pair in pairs for side in SIDES if (number := number_at(pair, side)) is not None]
    span = max(numbers, default=Decimal(0)) - min(numbers, default=Decimal(0))
    remedy = "Choose rows of like size by where; or use the kind 'table', which says every number."
    for pair in pairs:
        if looks_alike(*pair.values, span):
            return f"'{pair.name}' goes {from_to(chart, pair, language)}, and its line would look level.", remedy
    for side in SIDES:
        known = [pair for pair in pairs if number_at(pair, side) is not None]
        for one, other in combinations(known, 2):
            if looks_alike(one.values[side], other.values[side], span):
                two = " and ".join(f"'{pair.name}' ({text_at(chart, pair, side, language)})" for pair in (one, other))
                return f"{two} would stand at one height.", remedy
    return None


class _End(Struct, frozen=True):
    """The label at one end of a line."""

    pair: Pair
    value: str
    """What stands beside the name, in a column of its own; empty where it is part of the lines."""
    lines: Lines


class _Slopes(Struct, frozen=True):
    """Slopes between two columns of labels."""

    plot: Plot
    chart: Chart
    pairs: Sequence[Pair]
    heads: tuple[str, str]

    def draw(self, height: float | None) -> None:
        """Draw all of it; sets the plot's height."""
        plot, style = self.plot, self.plot.style
        ends = self._ends()
        heads = [wrap(head, style.regular, style.size, _MOST * plot.width) for head in self.heads]
        wide = [self._wide(labels, head) for labels, head in zip(ends, heads)]
        note = self._note()
        foot = len(note) * style.line + (0.4 * style.size if note else 0.0)
        needed = max(sum(self._heights(labels)) for labels in ends)
        head = max(map(len, heads)) * style.line + 0.6 * style.size
        # names need their lines, and some room to stand beside their points; one or two lines need little of it
        least = min(4.5 * len(self.pairs), 13.0) * style.size
        tall = max(needed, min(1.5 * needed, 30 * style.size), least, 6 * style.size)
        if len(self.pairs) > MOST_NAMED:
            tall = max(tall, 24 * style.size)
        if height is not None:
            tall = max(needed, height - head - foot, 6 * style.size)
        left, right = wide[0] + 1.5 * style.size, plot.width - wide[1] - 1.5 * style.size
        top, bottom = head, head + tall
        axis = axis_of(self.pairs)
        edge = 0.5 * style.line

        def y(number: Decimal) -> float:
            return bottom - edge - axis.place(number) * (tall - 2 * edge)

        for x in (left, right):
            plot.stroke([(x, top), (x, bottom)], style.hairline, style.hair)
        for side, x in zip(SIDES, (left, right)):
            middle, align = top - 0.6 * style.size - len(heads[side]) * style.line / 2, _ALIGNS[side]
            plot.lines(x, middle, heads[side], align, colour=style.muted)
        if axis.low < 0 < axis.high:
            plot.axis(left, y(Decimal(0)), right, y(Decimal(0)))
        emphasis = any(pair.strong for pair in self.pairs)
        radius = 0.32 * style.size
        for pair in sorted(self.pairs, key=lambda pair: pair.strong):
            colour = style.accent if pair.strong or not emphasis else style.mark
            ends_of_line = [
                (x, y(n)) for side, x in zip(SIDES, (left, right)) if (n := number_at(pair, side)) is not None
            ]
            if len(ends_of_line) == 2:
                thick = (0.22 if pair.strong else 0.15) * style.size
                plot.stroke(ends_of_line, colour, thick, round_ends=True)
            for point in ends_of_line:
                plot.dot(*point, radius, colour)
        for side, x in zip(SIDES, (left, right)):
            self._draw_labels(
                side, ends[side], x, [y(number_at(end.pair, side) or Decimal(0)) for end in ends[side]], top, bottom
            )
        for i, line in enumerate(note):
            place = bottom + 0.4 * style.size + (i + 0.5) * style.line + MIDDLE * style.size
            plot.text(0, place, line, colour=style.muted)
        plot.height = bottom + foot

    def _heights(self, ends: Sequence[_End]) -> list[float]:
        """Of labels; those of several lines stand apart, or two read as one."""
        style = self.plot.style
        apart = 0.35 * style.size if any(len(end.lines) > 1 for end in ends) else 0.0
        return [len(end.lines) * style.line + apart for end in ends]

    def _draw_labels(
        self, side: Side, ends: Sequence[_End], x: float, ys: Sequence[float], top: float, bottom: float
    ) -> None:
        plot, style = self.plot, self.plot.style
        emphasis = any(pair.strong for pair in self.pairs)
        # a value that stands before a name of several lines is on the first of them
        lower = [(len(end.lines) - 1) * style.line / 2 if end.value else 0.0 for end in ends]
        wanted = [y + below for y, below in zip(ys, lower, strict=True)]
        middles = spread(wanted, self._heights(ends), top, bottom)
        way = -1 if side == 0 else 1
        column = self._value_column(ends)
        for end, y, middle, below in zip(ends, ys, middles, lower, strict=True):
            colour = style.accent_text if end.pair.strong else style.muted if emphasis else style.ink
            edge = x + way * 1.5 * style.size
            strong = end.pair.strong
            plot.lines(edge + column, middle, end.lines, _ALIGNS[side], strong, colour)
            if end.value:
                plot.lines(edge + column - style.gap, middle - below, (end.value,), "right", strong, colour)
            if abs(middle - below - y) > 0.4 * style.line:
                line = style.accent if end.pair.strong or not emphasis else style.mark
                plot.stroke(
                    [(x + way * 0.4 * style.size, y), (edge - way * 0.25 * style.size, middle - below)],
                    line,
                    style.hair,
                )

    def _ends(self) -> list[list[_End]]:
        """The labels at both ends, the value next to the line: names at both where each has room on one line, else at
        the right ones alone, where their column is wider."""
        style, language = self.plot.style, self.plot.style.language
        known = [self._named(side) for side in SIDES]
        texts = [{id(pair): text_at(self.chart, pair, side, language) for pair in known[side]} for side in SIDES]
        both = [
            [
                _End(pair, "", self._wrapped(pair, f"{pair.name} {text}" if side == 0 else f"{text} {pair.name}", side))
                for pair in known[side]
                for text in (texts[side][id(pair)],)
            ]
            for side in SIDES
        ]
        if all(len(end.lines) == 1 for labels in both for end in labels):
            return both
        right = {id(pair) for pair in known[1]}
        left = [
            _End(pair, "", (texts[0][id(pair)],)) if id(pair) in right else own for pair, own in zip(known[0], both[0])
        ]
        fonts = {True: style.bold, False: style.regular}
        values = max((text_width(texts[1][id(pair)], fonts[pair.strong], style.size) for pair in known[1]), default=0.0)
        word = max((longest_word(pair.name, fonts[pair.strong], style.size) for pair in known[1]), default=0.0)
        beside = values + style.gap
        # what has a value at the left end alone has its name there, and the lines need some room, too
        most = min(_ONCE_MOST * self.plot.width, self.plot.width - self._wide(left, ()) - 7 * style.size)
        room = min(max(_ONCE * self.plot.width - beside, word), most - beside)
        return [
            left,
            [
                _End(pair, texts[1][id(pair)], balanced(pair.name, fonts[pair.strong], style.size, room))
                for pair in known[1]
            ],
        ]

    def _named(self, side: Side) -> list[Pair]:
        """What has a label at an end: all, or where they are many what stands out, and the highest and the lowest one,
        without which nobody could read a height."""
        known = [pair for pair in self.pairs if number_at(pair, side) is not None]
        if len(self.pairs) <= MOST_NAMED:
            return known
        heights = [number_at(pair, side) or Decimal(0) for pair in known]
        ends = {id(known[heights.index(end)]) for end in (max(heights), min(heights))} if known else set[int]()
        return [pair for pair in known if pair.strong or id(pair) in ends]

    def _wrapped(self, pair: Pair, text: str, side: Side) -> Lines:
        """A name with its value in a column as wide as the longest word of its end."""
        style = self.plot.style
        fonts = {True: style.bold, False: style.regular}
        said = [(one, f"{one.name} {text_at(self.chart, one, side, style.language)}") for one in self.pairs]
        word = max(longest_word(text, fonts[one.strong], style.size) for one, text in said)
        room = min(max(_WIDEST * self.plot.width, word), _MOST * self.plot.width)
        return balanced(text, fonts[pair.strong], style.size, room)

    def _value_column(self, ends: Sequence[_End]) -> float:
        """Width of the values that stand in a column of their own, with the gap to the names; 0 without any."""
        style = self.plot.style
        own = [text_width(e.value, style.bold if e.pair.strong else style.regular, style.size) for e in ends if e.value]
        return max(own) + style.gap if own else 0.0

    def _wide(self, ends: Sequence[_End], head: Lines) -> float:
        """Width of the labels at one end, and of what its head needs besides the leaders."""
        style = self.plot.style
        fonts = {True: style.bold, False: style.regular}
        labels = [text_width(line, fonts[end.pair.strong], style.size) for end in ends for line in end.lines]
        column = self._value_column(ends)
        heads = [text_width(line, style.regular, style.size) - 1.5 * style.size for line in head]
        return max([*(column + label for label in labels), *heads, 0.0])

    def _note(self) -> Lines:
        """What has no value at one of the times, and that heights do not begin at zero."""
        style, language = self.plot.style, self.plot.style.language
        said: list[str] = []
        if len(self.pairs) > MOST_NAMED:
            grey = phrases.joined(pair.name for pair in self.pairs if not pair.strong)
            said.append(phrases.said(words(language)["in grey"], grey, language))
        said += [text for pair in self.pairs for side in SIDES if (text := gone_at(pair, side, self.heads, language))]
        if axis_of(self.pairs).low > 0:
            said.append(words(language)["not from zero"])
        text = "; ".join(said)
        return wrap(text[:1].upper() + text[1:], style.regular, style.size, self.plot.width) if said else ()


KIND = Kind(
    of_categories(NUMERIC, several=True, series=True),
    draw,
    describe,
    shades=shades,
    fault=fault,
    strands=True,
    in_file_order=True,
    fewer=False,
)
