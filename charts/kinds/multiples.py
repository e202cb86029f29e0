"""Small multiples: a panel for each series, all on one scale, so that their courses can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from charts import phrases
from charts.axes.guides import guide_room
from charts.axes.numbers import NumberAxis, tick_texts
from charts.axes.values import value_axis
from charts.chart import Chart
from charts.distinct import Fault, first_limit, place
from charts.kinds.kind import Kind
from charts.kinds.line import below_start, course_words
from charts.lettering import Lines, text_width, wrap
from charts.lines.area import Area, Frame
from charts.lines.courses import Course, Times, courses, of_one_time, times_of
from charts.lines.labels import end_labels
from charts.lines.look import Look
from charts.plot import MIDDLE, Plot
from charts.roles import TIMES, of_categories
from charts.shades import Shades
from charts.style import ChartStyle
from data.tables.value import NUMERIC

MOST = 24
"""Panels beyond which nobody compares them."""
_NARROWEST = 11.5
"""Width of a panel, in sizes of its text."""


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A grid of panels in the order of the data, each with its title, a line and the values at its ends."""
    plot = Plot(style, width)
    times = times_of(chart, chart.table.rows, style.language)
    found = courses(chart, chart.table.rows, times, style.language)
    _Grid(plot, chart, times, found).draw(height)
    plot.height = max(plot.height, height or 0.0)
    return plot


def shades(chart: Chart) -> Shades:
    """The accent for what is highlighted, another for the rest."""
    keys = list(dict.fromkeys(map(str, chart.table.columns[chart.roles["series"][0]])))
    strong = {key in chart.highlight for key in keys}
    return ("accent", "mark") if len(strong) > 1 else ("accent",)


def describe(chart: Chart, language: str) -> str:
    """The chart in words: from where to where each panel goes, or those that rise and fall the most where they are
    many."""
    times = times_of(chart, chart.table.rows, language)
    found = [course for course in courses(chart, chart.table.rows, times, language) if len(course.known) > 1]
    most = phrases.FEW // 2
    if len(found) > most:
        changes = sorted(found, key=lambda course: (course.known[-1].number or 0) - (course.known[0].number or 0))
        found = [changes[-1], changes[0]]
    said = [
        phrases.said(course.name, "; ".join(course_words(chart, rows, chart.measures[0], language)), language)
        for course in found
        if (rows := [point.row for point in course.known if point.row is not None])
    ]
    heading = phrases.heading("small multiples", chart, language)
    return phrases.sentences([heading, *said, *phrases.remarks(chart, language)])


def fault(chart: Chart, language: str) -> Fault | None:
    """Two values at one time, several units, more panels than anybody compares."""
    found = of_one_time(chart, language)
    if found is not None:
        return found
    count = len(set(chart.table.columns[chart.roles["series"][0]]))
    if count > MOST:
        return (
            f"{count} panels are more than a reader compares, which are {MOST}.",
            "Choose some of them by where; or use the kind 'line' and highlight one, the others are grey.",
        )
    limit = first_limit(chart)
    if limit is not None:
        return (
            f"the value at {place(limit)} is only a limit, which a small line cannot say.",
            "Leave the row out by where, or make a line of this series.",
        )
    return below_start(chart, language)


class _Row(Struct, frozen=True):
    """Panels beside each other."""

    found: Sequence[Course]
    titles: Sequence[Lines]

    @property
    def lines(self) -> int:
        return max(map(len, self.titles))


class _Grid(Struct, frozen=True):
    """Panels in rows and columns."""

    plot: Plot
    chart: Chart
    times: Times
    found: Sequence[Course]

    def draw(self, height: float | None) -> None:
        """Draw all panels; sets the plot's height."""
        plot, style = self.plot, self.plot.style
        if not self.found:
            return
        tall = 8.5 * style.size
        axis, texts = self._axis(tall)
        left, gap = guide_room(texts, style), 1.4 * style.size
        columns = self._columns(plot.width - left, gap)
        wide = (plot.width - left - (columns - 1) * gap) / columns
        rows = [self._row(self.found[i : i + columns], wide) for i in range(0, len(self.found), columns)]
        between = 1.2 * style.size
        note = self._note()
        fixed = (
            len(note) * style.line
            + sum(row.lines * style.line + 0.3 * style.size for row in rows)
            + between * (len(rows) - 1)
        )
        natural = max(0.55 * wide, tall) + 2.4 * style.size
        if height is not None:
            natural = min(max((height - fixed) / len(rows), tall + 2.4 * style.size), 0.9 * wide + 2.4 * style.size)
        y = 0.0
        for number, row in enumerate(rows):
            top = y + row.lines * style.line
            for column, (course, title) in enumerate(zip(row.found, row.titles)):
                x = left + column * (wide + gap)
                self._panel(
                    course,
                    title,
                    axis,
                    texts,
                    Frame(x, x + wide, top + 0.3 * style.size, top + natural, plot.width),
                    column == 0,
                )
            y = top + natural + (between if number < len(rows) - 1 else 0.0)
        for i, line in enumerate(note):
            place = y + 0.4 * style.size + (i + 0.5) * style.line + MIDDLE * style.size
            plot.text(0, place, line, colour=style.muted)
        plot.height = y + (0.4 * style.size + len(note) * style.line if note else 0.0)

    def _note(self) -> Lines:
        """What is missing in the panels, and why."""
        style = self.plot.style
        said: list[str] = []
        for course in self.found:
            absent: dict[str, list[str]] = {}
            for point in course.points:
                if point.number is None:
                    absent.setdefault(point.text, []).append(point.short or point.name)
            said += [
                phrases.said(", ".join([course.name, *names]), why, style.language) for why, names in absent.items()
            ]
        return wrap("; ".join(said), style.regular, style.size, self.plot.width) if said else ()

    def _row(self, found: Sequence[Course], wide: float) -> _Row:
        style = self.plot.style
        return _Row(found, [wrap(course.name, style.bold, style.size, wide) for course in found])

    def _columns(self, width: float, gap: float) -> int:
        """As many panels in a row as have room, all rows as full as can be."""
        style = self.plot.style
        # two names of times and two values stand beside each other in a panel
        names = [text_width(name, style.regular, style.size) for name in self._end_names()]
        least = max(_NARROWEST * style.size, sum(names) + style.size)
        most = max(1, min(int((width + gap) / (least + gap)), 6, len(self.found)))
        return ceil(len(self.found) / ceil(len(self.found) / most))

    def _end_names(self) -> tuple[str, str]:
        short = {point.along: point.short or point.name for course in self.found for point in course.points}
        return short.get(min(short, default=0.0), ""), short.get(max(short, default=0.0), "")

    def _axis(self, tall: float) -> tuple[NumberAxis, tuple[str, ...]]:
        chart, style = self.chart, self.plot.style
        numbers = [point.number for course in self.found for point in course.known if point.number is not None]
        measure = chart.table.rows[0][chart.measures[0]].measure
        axis = value_axis(numbers, measure, tall - 2 * style.size, style, chart.start)
        return axis, tick_texts(axis, measure, style.language)

    def _panel(
        self, course: Course, title: Lines, axis: NumberAxis, texts: tuple[str, ...], frame: Frame, first: bool
    ) -> None:
        plot, style = self.plot, self.plot.style
        emphasis = any(other.strong for other in self.found)
        grey = emphasis and not course.strong
        colour, text = (style.mark, style.muted) if grey else (style.accent, style.accent_text)
        guides = texts if first else ("",) * len(texts)
        look = Look(colour, text if emphasis else style.ink, 0.2 * style.size)
        plot.lines(
            frame.left, frame.top - 0.3 * style.size - len(title) * style.line / 2, title, bold=True, colour=style.ink
        )
        area = Area([course], [look], self.times, axis, guides, style, frame, ends_only=True)
        labels = end_labels(area)
        area.draw(plot, labels.points, labels.boxes)
        labels.draw(plot, area)


KIND = Kind(
    of_categories(NUMERIC, along=TIMES, series=None),
    draw,
    describe,
    shades=shades,
    fault=fault,
    strands=True,
    fewer=False,
    starts=True,
)
