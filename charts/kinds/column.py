"""Upright bars from zero through time, one for each of few periods, with the value on top of each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from msgspec import Struct

from charts import phrases
from charts.axes.calendar import Tick, time_ticks
from charts.axes.guides import guide_room, level_guides
from charts.axes.numbers import NumberAxis, tick_texts
from charts.axes.reference import Level, NamedLevel, draw_levels, name_levels
from charts.axes.ticks import draw_ticks, ticks_height
from charts.axes.values import bare_axis, value_axis
from charts.chart import Chart
from charts.distinct import Fault, on_one_line
from charts.kinds.kind import Kind
from charts.lettering import Lines, longest_word, text_width, wrap
from charts.lines.courses import Point, Times, courses, slots_of, times_of
from charts.panels.unit_panels import unit_panels
from charts.plot import ASCENT, DESCENT, MIDDLE, Bounds, Plot, Shape, polygon
from charts.reading import by_unit, is_lower_limit, may_be_shorter
from charts.roles import TIMES, of_categories
from charts.style import ChartStyle
from data.tables.table import Row
from data.tables.value import NUMERIC

MOST, MOST_PLACES = 24, 60
"""Columns beyond which they are not told from one another; and places for them, with those of the times between."""
_FILLS = 0.25
"""Of the width, the most that one period takes."""


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A column for each period of each unit; a period without a row has its place, and no column.

    All columns have their values where these have room; else those that are highlighted, the first, the last, the
    highest and the lowest one, and the others are read from an axis.
    """
    plot = Plot(style, width)
    natural = min(max(0.3 * width, 11 * style.size), 17 * style.size)
    if len(set(chart.table.columns[chart.category])) == 1:
        natural = 9 * style.size  # one column is compared with nothing
    for rows, top, tall in unit_panels(plot, chart, height, natural, 8 * style.size):
        _draw_columns(plot, chart, rows, top, tall)
    return plot


def describe(chart: Chart, language: str) -> str:
    """The chart in words, in the order of time."""
    shown: list[str] = []
    for rows in by_unit(chart.table.rows, chart.measures[0]):
        times = times_of(chart, rows, language)
        ordered = [
            p.row for course in courses(chart, rows, times, language) for p in course.points if p.row is not None
        ]
        shown.append(phrases.values(chart, ordered, chart.measures[0], language))
    return phrases.sentences(
        [phrases.heading("column chart", chart, language), *shown, *phrases.remarks(chart, language)]
    )


def fault(chart: Chart, language: str) -> Fault | None:
    """Two rows of one time, or more periods than columns can show."""
    found = on_one_line(chart, language)
    if found is not None:
        return found
    for rows in by_unit(chart.table.rows, chart.measures[0]):
        times = times_of(chart, rows, language)
        count, places = len(times.values), len(slots_of(times))
        if count > MOST:
            return (
                f"the chart has {count} columns, and a reader tells {MOST} from one another at most.",
                "Use the kind 'line', which shows as many times as there are; or choose some of them by where.",
            )
        if places > MOST_PLACES:
            return (
                f"with the times between them the {count} columns need {places} places, and there is room for"
                f" {MOST_PLACES}.",
                "Use the kind 'line', which has no such limit; or choose times that lie nearer together by where.",
            )
    return None


class _Column(Struct, frozen=True):
    """A column at its place."""

    point: Point
    x: float
    """Of its middle."""
    beyond: bool
    shorter: bool
    """The data give only an upper limit: the column is only outlined, because its true end lies within."""


def _why_missing(column: _Column) -> str:
    return column.point.text if column.point.number is None else ""


def _draw_columns(plot: Plot, chart: Chart, rows: Sequence[Row], top: float, tall: float) -> None:
    times = times_of(chart, rows, plot.style.language)
    points = courses(chart, rows, times, plot.style.language)[0].points

    def area(tall: float) -> _Area:
        bare = _Area(plot, chart, times, points, top, tall, guided=False)
        if bare.fits_every_label() or not any(point.number is not None for point in points):
            return bare
        return _Area(plot, chart, times, points, top, tall, guided=True)

    found, style = area(tall), plot.style
    note = found.note()
    if note:
        # what has no room takes it from the area
        found = area(max(tall - len(note) * style.line - 0.3 * style.size, 8 * style.size))
    found.draw()


class _Area:
    """Columns between their axes."""

    def __init__(
        self, plot: Plot, chart: Chart, times: Times, points: Sequence[Point], top: float, tall: float, guided: bool
    ) -> None:
        self.plot, self.guided, self.top, self.points = plot, guided, top, points
        style = plot.style
        self.slots = slots_of(times)
        tall = max(tall, 10 * style.size) if guided else tall
        known = [point.number for point in points if point.number is not None]
        numbers = known + [reference.value.number for reference in chart.references]
        measure = next(iter(chart.table.values(chart.measures[0]))).measure
        measure = next((p.row[chart.measures[0]].measure for p in points if p.row is not None), measure)
        self.axis: NumberAxis = bare_axis(numbers)
        if guided:
            self.axis = value_axis(numbers, measure, tall - 4 * style.size, style)
        self.guides: tuple[str, ...] = tick_texts(self.axis, measure, style.language) if self.axis.ticks else ()
        self.left = guide_room(self.guides, style) if self.guides else 0.0
        room = plot.width - self.left
        names = [text_width(point.short or point.name, style.bold, style.size) for point in points]
        values = [text_width(p.text, style.bold if p.strong else style.regular, style.size) for p in points]
        # few columns stand near each other: four fill the width, fewer leave a part of it
        fills = _FILLS * room if len(self.slots) > 1 else 0.0
        widest = max(6 * style.size, fills, max((*names, *values), default=0.0) + 1.4 * style.size)
        self.pitch = min(room / max(len(self.slots), 1), widest)
        self.right = self.left + self.pitch * len(self.slots)
        self.thick = min(max(2 * style.size, 0.62 * self.pitch), 6 * style.size, 0.72 * self.pitch)
        self.bottom = top + tall
        starts = {start: place for place, start in enumerate(self.slots)}
        along = [(times.along(start), self._x(place)) for start, place in starts.items()]
        self.columns = [
            _Column(
                point,
                min(along, key=lambda pair: abs(pair[0] - point.along))[1],
                point.row is not None and is_lower_limit(point.row[chart.measures[0]]),
                point.row is not None and may_be_shorter(point.row[chart.measures[0]]),
            )
            for point in points
        ]
        xs = [min(along, key=lambda pair: abs(pair[0] - times.along(start)))[1] for start in times.starts]
        self.ticks: tuple[Tick, ...] = time_ticks(
            times.values, times.names, xs, lambda start: self._between(start), style, plot.width, times.strong
        )
        self.floor = self.bottom - ticks_height(self.ticks, style)
        label = style.line + 0.3 * style.size
        places = [self.axis.place(number) for number in known]
        negative = self.axis.low < 0
        head = label if not numbers or max(numbers) > 0 or not negative else 0.4 * style.size
        foot = label if negative else 0.0
        if guided:
            span = self.floor - top
            high, low = max(places, default=0.0), min(places, default=0.0)
            head = max(0.6 * style.line, (label - (1 - high) * span) / high) if high > 0 else 0.6 * style.line
            foot = max(0.0, (label - low * span) / (1 - low)) if negative and low < 1 else 0.0
        self.low, self.span = self.floor - foot, self.floor - foot - top - head
        zero = self.axis.place(Decimal(0))
        self.zero = self.low - zero * self.span

        self.levels = [
            Level(self.low - self.axis.place(one.value.number) * self.span, one.said(style.language))
            for one in chart.references
        ]

    def _x(self, place: float) -> float:
        return self.left + (place + 0.5) * self.pitch

    def _between(self, start: float) -> float:
        """Where a time stands that has no column: between those around it."""
        after = next((i for i, one in enumerate(self.slots) if one >= start), len(self.slots) - 1)
        if after == 0 or self.slots[after] == start:
            return self._x(after)
        before, behind = self.slots[after - 1], self.slots[after]
        return self._x(after - 1 + (start - before) / (behind - before))

    def _y(self, point: Point) -> float:
        assert point.number is not None
        return self.low - self.axis.place(point.number) * self.span

    def _wide(self, point: Point) -> float:
        style = self.plot.style
        return text_width(point.text, style.bold if point.strong else style.regular, style.size)

    def fits_every_label(self) -> bool:
        """Whether each value has room over its column."""
        room = self.pitch - 0.4 * self.plot.style.size
        return all(self._wide(point) <= room for point in self.points if point.number is not None)

    # -- drawing -------------------------------------------------------------
    def draw(self) -> None:
        """Draw axes, columns, values and what is missing; sets the plot's height."""
        plot, style = self.plot, self.plot.style
        emphasis = any(column.point.strong for column in self.columns)
        labels = self._labels()
        named, _ = self._named_levels()
        clear = [*(box for _, box in (*labels, *self._gaps()[0])), *(one.box for one in named)]
        if self.guides:
            level_guides(plot, self.axis, self.guides, self.left, self.right, self.low, self.low - self.span, clear)
        for column in self.columns:
            if column.point.number:
                colour = style.accent if column.point.strong or not emphasis else style.mark
                self._draw_column(column, colour)
        if not self.guides:
            plot.axis(self.left, self.zero, self.right, self.zero)
        for column, box in labels:
            colour = style.accent_text if column.point.strong else style.ink
            plot.text(
                box.left, box.top + ASCENT * style.size, column.point.text, bold=column.point.strong, colour=colour
            )
        draw_levels(plot, self.levels, self.left, self.right, named, clear)
        draw_ticks(plot, self.ticks, self.floor, marks=False)
        self._draw_gaps()

    def _draw_column(self, column: _Column, colour: str) -> None:
        y = self._y(column.point)
        left = column.x - self.thick / 2
        if column.shorter:
            self.plot.dashed(left, min(y, self.zero), self.thick, abs(y - self.zero))
            return
        self.plot.bar(left, min(y, self.zero), self.thick, abs(y - self.zero), colour)
        if column.beyond:
            tip = [(left, y), (column.x, y - self.plot.style.point), (left + self.thick, y)]
            self.plot.shapes.append(Shape(polygon(tip), colour))

    def _labels(self) -> list[tuple[_Column, Bounds]]:
        """The values with their places: all, or beside an axis those that matter and have room."""
        style = self.plot.style
        known = [column for column in self.columns if column.point.number is not None]
        if self.guided and known:
            ordered = sorted(known, key=lambda column: column.point.number or 0)
            known = [*(c for c in known if c.point.strong), ordered[-1], ordered[0], known[-1], known[0]]
        marks = [self._covered(column) for column in self.columns if column.point.number]
        found: list[tuple[_Column, Bounds]] = []
        for column in {id(c): c for c in known}.values():
            wide, tall = self._wide(column.point), (ASCENT + DESCENT) * style.size
            y, gap = self._y(column.point), 0.35 * style.size
            tip = style.point if column.beyond else 0.0
            upper = y + gap if y > self.zero else y - gap - tall - tip
            limit = self.plot.width - wide
            box = Bounds(min(max(column.x - wide / 2, self.left), limit), upper, 0, upper + tall)
            box = box._replace(right=box.left + wide)
            taken = [other for _, other in found]
            if not self.guided or not any(box.touches(b, 0.2 * style.size) for b in (*marks, *taken)):
                found.append((column, box))
        return found

    def _covered(self, column: _Column) -> Bounds:
        y = self._y(column.point)
        tip = self.plot.style.point if column.beyond else 0.0
        half = self.thick / 2
        return Bounds(column.x - half, min(y - tip, self.zero), column.x + half, max(y, self.zero))

    def note(self) -> Lines:
        """What has no room among the columns."""
        style, said = self.plot.style, [*self._gaps()[1], *self._named_levels()[1]]
        return wrap("; ".join(said), style.regular, style.size, self.plot.width) if said else ()

    def _gaps(self) -> tuple[list[tuple[Lines, Bounds]], list[str]]:
        """Why columns are missing: words on the axis, each with its place, and what has no room there."""
        style, labels = self.plot.style, [box for _, box in self._labels()]
        placed: list[tuple[Lines, Bounds]] = []
        note: list[str] = []
        ordered = sorted(self.columns, key=lambda column: column.x)
        for text, run in groupby(ordered, _why_missing):
            members = list(run)
            if not text:
                continue
            middle = (members[0].x + members[-1].x) / 2
            room = members[-1].x - members[0].x + self.pitch - 0.5 * style.size
            lines = wrap(text, style.regular, style.size, room)
            box = Bounds(middle - room / 2, self.zero - self._tall(lines), middle + room / 2, self.zero)
            fits = longest_word(text, style.regular, style.size) <= room and box.top > self.top
            if fits and not any(box.touches(label) for label in labels):
                placed.append((lines, box))
            else:
                names = phrases.joined(column.point.short or column.point.name for column in members)
                note.append(phrases.said(names, text, style.language))
        return placed, note

    def _named_levels(self) -> tuple[list[NamedLevel], list[str]]:
        """Names of lines at values: beside the columns where the page goes on, else between them."""
        style = self.plot.style
        words = [box for _, box in (*self._labels(), *self._gaps()[0])]
        taken = [*words, *(self._covered(column) for column in self.columns if column.point.number)]
        named: list[NamedLevel] = []
        for level in self.levels:
            left = self.right + style.gap
            right, half = left + text_width(level.text, style.regular, style.size), (ASCENT + DESCENT) * style.size / 2
            box = Bounds(left, level.y - half, right, level.y + half)
            if right <= self.plot.width and not any(box.touches(one.box, 0.1 * style.size) for one in named):
                named.append(NamedLevel(level, box))
        beside = {id(one.level) for one in named}

        def free(box: Bounds) -> bool:
            if any(box.top - 0.1 * style.size < level.y < box.bottom + 0.1 * style.size for level in self.levels):
                return False
            inside = self.top <= box.top and not box.top - 0.1 * style.size < self.zero < box.bottom + 0.1 * style.size
            return inside and box.bottom <= self.floor and not any(box.touches(one, 0.2 * style.size) for one in taken)

        others = [level for level in self.levels if id(level) not in beside]
        placed, nameless = name_levels(others, self.left, self.right, style, free)
        return [*named, *placed], nameless

    def _tall(self, lines: Lines) -> float:
        return len(lines) * self.plot.style.line + 0.3 * self.plot.style.size

    def _draw_gaps(self) -> None:
        plot, style, note = self.plot, self.plot.style, self.note()
        for lines, box in self._gaps()[0]:
            first, middle = box.top + style.line / 2 + MIDDLE * style.size, (box.left + box.right) / 2
            for i, line in enumerate(lines):
                wide = text_width(line, style.regular, style.size)
                plot.text(middle - wide / 2, first + i * style.line, line, colour=style.muted)
        y = self.bottom + (0.3 * style.size if note else 0.0)
        for i, line in enumerate(note):
            plot.text(0, y + (i + 0.5) * style.line + MIDDLE * style.size, line, colour=style.muted)
        plot.height = y + len(note) * style.line


KIND = Kind(
    of_categories(NUMERIC, along=TIMES),
    draw,
    describe,
    fault=fault,
    fewer=False,
    references=True,
)
