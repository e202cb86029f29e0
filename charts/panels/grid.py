"""Panels through time in rows and columns, each with its title, its line or columns, and the values at its ends."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from charts.axes.guides import guide_room
from charts.axes.numbers import NumberAxis, tick_texts
from charts.axes.values import value_axis
from charts.chart import Chart
from charts.lettering import Lines, balanced, text_width, wrap
from charts.lines.area import Area, Frame
from charts.lines.courses import Course, Times, gaps_said
from charts.lines.labels import end_labels
from charts.lines.look import Look
from charts.panels.columns import draw_columns
from charts.plot import MIDDLE, Plot

_NARROWEST, _PRESSED = 11.5, 8.5
"""Width of a panel, in sizes of its text; and where so wide ones need more height than there is."""
_LEAST, _LOW, _HIGHEST = 8.5, 7.0, 14.0
"""Height of the marks of a panel, in sizes of its text: at least, at least where there is no more, and at most where no
height is asked for."""


class _Row(Struct, frozen=True):
    """Panels beside each other."""

    found: Sequence[Course]
    titles: Sequence[Lines]

    @property
    def lines(self) -> int:
        return max(map(len, self.titles))


class _Scale(Struct, frozen=True):
    """The axis of all panels, and where they stand."""

    axis: NumberAxis
    texts: tuple[str, ...]
    left: float
    wide: float
    """Width of a panel."""
    rows: Sequence[_Row]
    natural: float
    """Height of the marks with the names of times, in points."""


class Grid(Struct, frozen=True):
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
        gap, between, note = 1.4 * style.size, 1.2 * style.size, self._note()
        scale = self._scale(_LEAST * style.size, gap, between, note, height)
        # panels that are higher than the least have room for a finer axis
        scale = self._scale(scale.natural - 2.4 * style.size, gap, between, note, height)
        y = 0.0
        for number, row in enumerate(scale.rows):
            top = y + row.lines * style.line
            for column, (course, title) in enumerate(zip(row.found, row.titles)):
                x = scale.left + column * (scale.wide + gap)
                frame = Frame(x, x + scale.wide, top + 0.3 * style.size, top + scale.natural, plot.width)
                self._panel(course, title, scale.axis, scale.texts, frame, column == 0)
            y = top + scale.natural + (between if number < len(scale.rows) - 1 else 0.0)
        for i, line in enumerate(note):
            place = y + 0.4 * style.size + (i + 0.5) * style.line + MIDDLE * style.size
            plot.text(0, place, line, colour=style.muted)
        plot.height = y + (0.4 * style.size + len(note) * style.line if note else 0.0)

    def _scale(self, tall: float, gap: float, between: float, note: Lines, height: float | None) -> _Scale:
        """The axis for marks `tall` points high, and panels of the height that there is."""
        plot, style = self.plot, self.plot.style
        axis, texts = self._axis(tall)
        left = guide_room(texts, style)
        least = _LEAST * style.size
        for narrowest, lowest in ((_NARROWEST, _LEAST), (_PRESSED, _LEAST), (_PRESSED, _LOW)):
            least = lowest * style.size
            columns = self._columns(plot.width - left, gap, narrowest)
            wide = (plot.width - left - (columns - 1) * gap) / columns
            if len(self.times.values) == 1:
                # one time has no course, and needs no room for one
                wide = min(wide, _NARROWEST * style.size)
            rows = [self._row(self.found[i : i + columns], wide) for i in range(0, len(self.found), columns)]
            fixed = len(note) * style.line + between * (len(rows) - 1)
            fixed += sum(row.lines * style.line + 0.3 * style.size for row in rows)
            if height is None or fixed + len(rows) * (least + 2.4 * style.size) <= height:
                break
        natural = min(max(0.55 * wide, least), _HIGHEST * style.size) + 2.4 * style.size
        if height is not None:
            natural = min(max((height - fixed) / len(rows), least + 2.4 * style.size), 0.9 * wide + 2.4 * style.size)
        return _Scale(axis, texts, left, wide, rows, natural)

    def _note(self) -> Lines:
        """What is missing in the panels, and why."""
        style = self.plot.style
        said = gaps_said(self.found, style.language)
        return wrap("; ".join(said), style.regular, style.size, self.plot.width) if said else ()

    def _row(self, found: Sequence[Course], wide: float) -> _Row:
        style = self.plot.style
        return _Row(found, [balanced(course.name, style.bold, style.size, wide) for course in found])

    def _columns(self, width: float, gap: float, narrowest: float) -> int:
        """As many panels in a row as have room, all rows as full as can be."""
        style = self.plot.style
        # two names of times and two values stand beside each other in a panel
        names = [text_width(name, style.regular, style.size) for name in self._end_names()]
        least = max(narrowest * style.size, sum(names) + style.size)
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
        places = [axis.place(p.number) for one in self.found for p in one.known if p.number is not None]
        panels = min(places, default=0.0), max(places, default=0.0)
        if self.chart.marks == "columns":
            draw_columns(plot, course, look, self.times, axis, guides, frame, panels)
            return
        area = Area([course], [look], self.times, axis, guides, style, frame, panels)
        labels = end_labels(area)
        area.draw(plot, labels.points, labels.boxes)
        labels.draw(plot, area)
