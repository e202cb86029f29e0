"""Lines through time: one with its points labelled where they stand, or several, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from charts import phrases
from charts.axes.guides import guide_room
from charts.axes.numbers import tick_texts
from charts.axes.values import bare_axis, value_axis
from charts.chart import Chart
from charts.distinct import Fault
from charts.kinds.courses import Course, Times, courses, of_one_time, times_of
from charts.kinds.line_area import Area, Frame
from charts.kinds.line_ends import Ends, draw_ends, ends_of, place_ends
from charts.kinds.line_labels import Labels, every_label, main_labels
from charts.kinds.line_look import Look, looks
from charts.lettering import wrap
from charts.palette import MOST_DISTINCT
from charts.plot import MIDDLE, Plot
from charts.reading import by_unit, number_of, unit_heading, value_text
from charts.shades import Shades
from charts.style import ChartStyle
from charts.trend import trend
from data.language.words import words
from data.tables.table import Row
from data.tables.value import FieldType, Measure, Value

ALONG: frozenset[FieldType] = frozenset(("integer", "number", "year", "date"))
"""Types of fields along which a line can run."""
_MOST_STRONG = 2
"""Lines that can stand out from others in grey."""


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """Lines for each unit; where a value is missing there is a gap that says so.

    All points of one line are labelled where their labels have room; else those that are highlighted, the first, the
    last, the highest and the lowest one, and the others are read from an axis. A label without room near its point
    stands below the axis, with its year. Several lines are named at their ends.
    """
    plot = Plot(style, width)
    measure = chart.measures[0]
    groups = by_unit(chart.table.rows, measure)
    for done, rows in enumerate(groups):
        top = plot.height + (style.size if done else 0.0)
        if len(groups) > 1:
            heading = unit_heading(rows[0], measure, style.language)
            plot.lines(0, top + style.line / 2, (heading,), colour=style.muted)
            top += 1.3 * style.line
        tall = min(max(0.36 * width, 11 * style.size), 20 * style.size)
        if height is not None:
            tall = max((height - top) / (len(groups) - done), 7 * style.size)
        _Lines(plot, chart, rows).draw(top, tall)
    plot.height = max(plot.height, height or 0.0)
    return plot


def shades(chart: Chart) -> Shades:
    """One line has one colour; those of several are made so that they are told apart."""
    several = chart.role("series") is not None or len(chart.measures) > 1
    quiet = several and any(key in chart.highlight for key in _keys(chart))
    return ("accent", "mark") if quiet else ("accent",)


def _keys(chart: Chart) -> list[str]:
    field = chart.role("series")
    return list(chart.measures) if field is None else list(dict.fromkeys(map(str, chart.table.columns[field])))


def fault(chart: Chart, language: str) -> Fault | None:
    """Two values at one time, units that share no axis, more lines than can be told apart, values below the axis."""
    found = of_one_time(chart, language)
    if found is not None:
        return found
    keys = _keys(chart) if chart.role("series") is not None or len(chart.measures) > 1 else []
    strong = [key for key in keys if key in chart.highlight]
    if len(keys) > MOST_DISTINCT and not strong:
        return (
            f"{len(keys)} lines are more than a reader tells apart, which are {MOST_DISTINCT}.",
            "Highlight one, highlight = \"...\": the others are grey; or use the kind 'multiples', a panel for each.",
        )
    if len(strong) > _MOST_STRONG and len(strong) < len(keys):
        return (
            f"{len(strong)} lines stand out, and more than {_MOST_STRONG} do not stand out from the others.",
            "Highlight one or two of them, or leave the others out by where.",
        )
    return _below(chart)


def _below(chart: Chart) -> Fault | None:
    """A value that lies below the beginning of the axis."""
    start = chart.start
    if start is None:
        return None
    for row in chart.table.rows:
        for name in chart.measures:
            number = number_of(row[name])
            if number is not None and number < start.number:
                line = f"{row.table.file}:{row.table.lines[row.index]}"
                return (
                    f"the axis starts at {start.number.normalize():f}, and '{name}' in {line} lies below.",
                    "Start it lower, axis = { from = ... }, or leave that out: it starts at zero.",
                )
    return None


class _Lines(Struct, frozen=True):
    """The lines of one unit."""

    plot: Plot
    chart: Chart
    rows: Sequence[Row]

    def draw(self, top: float, tall: float) -> None:
        """Draw into `tall` points below `top`, or more where the names need it; sets the plot's height."""
        chart, style = self.chart, self.plot.style
        times = times_of(chart, self.rows, style.language)
        found = courses(chart, self.rows, times, style.language)
        if len(found) > 1:
            self._several(found, times, top, tall)
            return
        frame = Frame(0.0, self.plot.width, top, top + tall, self.plot.width)
        self._one(found, times, frame)

    def _one(self, found: Sequence[Course], times: Times, frame: Frame) -> None:
        """One line: with all its values, else with an axis and those that matter."""
        style, bottom = self.plot.style, frame.bottom
        area, labels = self._labelled(found, times, frame)
        note = labels.note(area, self.plot.width)
        if note:
            # what has no room takes it from the area, whose labels then stand elsewhere
            room = bottom - frame.top - len(note) * style.line - 0.3 * style.size
            frame = replace(frame, bottom=frame.top + max(room, 6 * style.size))
            area, labels = self._labelled(found, times, frame)
            note = labels.note(area, self.plot.width)
        area.draw(self.plot, labels.points, labels.boxes)
        labels.draw(self.plot, area)
        self._note(note, area)

    def _labelled(self, found: Sequence[Course], times: Times, frame: Frame) -> tuple[Area, Labels]:
        look = looks(found, self.plot.style)
        area = self._area(found, look, times, frame, guided=False)
        labels = every_label(area)
        if labels is None:
            area = self._area(found, look, times, frame, guided=bool(found[0].known))
            labels = main_labels(area)
        return area, labels

    def _several(self, found: Sequence[Course], times: Times, top: float, tall: float) -> None:
        """Several lines with an axis, each named at its end."""
        plot, style = self.plot, self.plot.style
        look = looks(found, style)
        frame = Frame(0.0, plot.width, top, top + tall, plot.width)
        area = self._area(found, look, times, frame, guided=True)
        ends = ends_of(area, 1.3 * (area.floor - top))
        over = ends.tall(style.line) - (area.floor - top)
        bottom = frame.bottom + max(over, 0.0)
        # a leader needs a little room to change its height
        moved = 1.6 if len(ends.all) > 1 else 0.8
        frame = replace(frame, right=plot.width - ends.wide - moved * style.size, bottom=bottom)
        area = self._area(found, look, times, frame, guided=True)
        over = ends.tall(style.line) - (area.floor - top)
        if over > 0:
            # the names of times may have needed a second line
            area = self._area(found, look, times, replace(frame, bottom=bottom + over), guided=True)
        placed = place_ends(area, ends)
        area.segments += [(*a, *b) for one in placed for a, b in pairwise(one.leader)]
        labels = main_labels(area)
        area.draw(plot, labels.points, labels.boxes)
        labels.draw(plot, area)
        draw_ends(plot, area, ends, placed)
        self._note((*self._unnamed(found, ends), *labels.note(area, plot.width)), area)

    def _unnamed(self, found: Sequence[Course], ends: Ends) -> tuple[str, ...]:
        """The names of grey lines that have no room at their ends."""
        if not ends.unnamed:
            return ()
        style = self.plot.style
        names = ", ".join(found[number].name for number in ends.unnamed)
        said = phrases.said(words(style.language)["in grey"], names, style.language)
        return wrap(said, style.regular, style.size, self.plot.width)

    def _area(self, found: Sequence[Course], look: Sequence[Look], times: Times, frame: Frame, guided: bool) -> Area:
        style, start = self.plot.style, self.chart.start
        numbers = [point.number for course in found for point in course.points if point.number is not None]
        axis = bare_axis(numbers, start)
        if guided:
            # names of times in two lines, and three guides with room for their numbers
            frame = replace(frame, bottom=max(frame.bottom, frame.top + 9 * style.size))
            axis = value_axis(numbers, self._measure(), frame.bottom - frame.top - 5 * style.size, style, start)
        texts = tick_texts(axis, self._measure(), style.language) if axis.ticks else ()
        return Area(
            found, look, times, axis, texts, style, replace(frame, left=guide_room(texts, style) if texts else 0.0)
        )

    def _measure(self) -> Measure:
        return self.rows[0][self.chart.measures[0]].measure

    def _note(self, note: Sequence[str], area: Area) -> None:
        """Lines below the axis."""
        plot, style = self.plot, self.plot.style
        y = area.frame.bottom + (0.3 * style.size if note else 0.0)
        for i, line in enumerate(note):
            plot.text(0, y + (i + 0.5) * style.line + MIDDLE * style.size, line, colour=style.muted)
        plot.height = y + len(note) * style.line


def describe(chart: Chart, language: str) -> str:
    """The chart in words: from where to where each line goes, where all of it leads, its extremes where it turns, and
    every value where they are few."""
    said: list[str] = []
    single = chart.role("series") is None and len(chart.measures) == 1
    for group in by_unit(chart.table.rows, chart.measures[0]):
        found = courses(chart, group, times_of(chart, group, language), language)
        few = sum(len(course.known) for course in found) <= phrases.FEW
        for course in found:
            rows = [point.row for point in course.known if point.row is not None]
            measure = chart.measures[0] if chart.role("series") is not None or single else course.key
            parts = _course(chart, rows, measure, language) if len(rows) > 1 else []
            if len(rows) < 2 or (len(rows) > 2 and few):
                parts.append(phrases.values(chart, rows, measure, language) if rows else "")
            if single:
                said += parts
            else:
                gone = parts or [words(language)["not stated"]]
                said.append(phrases.said(course.name, "; ".join(part for part in gone if part), language))
    heading = phrases.heading("line chart", chart, language)
    return phrases.sentences([heading, *said, *phrases.remarks(chart, language)])


def _course(chart: Chart, rows: Sequence[Row], measure: str, language: str) -> list[str]:
    """From where to where a line goes, and how; of limits nobody knows how."""
    ours, values = words(language), [row[measure] for row in rows]
    first, last = (
        phrases.with_names(chart, [row], value_text(chart, value, language), language)
        for row, value in ((rows[0], values[0]), (rows[-1], values[-1]))
    )
    text = ours["from to"].format(low=first, high=last)
    if any(isinstance(value, Value) and value.limited for value in values):
        return [text]
    leads = trend([number for value in values if (number := number_of(value)) is not None])
    turns = leads not in ("rising", "falling", "unchanged")
    extremes = f"; {phrases.extremes(chart, rows, measure, language)}" if turns else ""
    return [f"{text}, {ours[leads]}{extremes}"]
