"""Lines set into their axes: one with its values beside its points, or several named at their ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from charts import phrases
from charts.axes.guides import guide_room
from charts.axes.numbers import tick_texts
from charts.axes.reference import draw_levels
from charts.axes.values import bare_axis, value_axis
from charts.chart import Chart
from charts.lettering import Lines as Wrapped
from charts.lettering import wrap
from charts.lines.area import Area, Frame
from charts.lines.courses import Course, Times
from charts.lines.ends import Ends, draw_ends, ends_of, place_ends
from charts.lines.labels import MOST_LABELS, Labels, every_label, main_labels
from charts.lines.look import Look
from charts.plot import MIDDLE, Plot, Shape
from data.language.words import words
from data.tables.table import Row
from data.tables.value import Measure

_ALONE = 10.0
"""Width of the area of one time, in sizes of its text."""


class Lines(Struct, frozen=True):
    """The lines of one unit."""

    plot: Plot
    chart: Chart
    rows: Sequence[Row]
    times: Times
    found: Sequence[Course]
    look: Sequence[Look]

    def draw_labelled(self, frame: Frame) -> None:
        """Draw one line with all its values, else with an axis and those that matter; sets the plot's height."""
        style, bottom = self.plot.style, frame.bottom
        area, labels = self._labelled(frame)
        note = labels.note(area, self.plot.width)
        if note:
            # what has no room takes it from the area, whose labels then stand elsewhere
            room = bottom - frame.top - len(note) * style.line - 0.3 * style.size
            area, labels = self._labelled(replace(frame, bottom=frame.top + max(room, 6 * style.size)))
            note = labels.note(area, self.plot.width)
        area.draw_axes(self.plot, labels.boxes)
        draw_levels(self.plot, area.levels, area.frame.left, area.frame.right, labels.levels, labels.boxes)
        area.draw_lines(self.plot, labels.points)
        labels.draw(self.plot, area)
        self._note(note, area)

    def _labelled(self, frame: Frame) -> tuple[Area, Labels]:
        if len(self.found[0].known) <= MOST_LABELS:
            area = self._area(frame, guided=False)
            labels = every_label(area)
            if labels is not None:
                return area, labels
        area = self._area(frame, guided=bool(self.found[0].known))
        return area, main_labels(area)

    def draw_named(
        self, top: float, tall: float, under: Callable[[Area], Sequence[Shape]] | None = None, again: bool = False
    ) -> None:
        """Draw several lines with an axis into `tall` points below `top`, or more where their names need it, each named
        at its end; sets the plot's height. `under` gives what lies under the lines."""
        plot, style = self.plot, self.plot.style
        frame = Frame(0.0, plot.width, top, top + tall, plot.width)
        area = self._area(frame, guided=True)
        ends = ends_of(area, 1.3 * (area.floor - top))
        bottom = frame.bottom + max(ends.tall(style) - (area.floor - top), 0.0)
        # a leader needs a little room to change its height
        moved = 1.6 if len(ends.all) > 1 else 0.8
        # one time has no course, and needs no room for one
        wide = (
            plot.width
            if len(self.times.values) > 1
            else min(plot.width, area.frame.left + _ALONE * style.size + ends.wide)
        )
        frame = replace(frame, right=wide - ends.wide - moved * style.size, bottom=bottom, width=wide)
        area = self._area(frame, guided=True)
        over = ends.tall(style) - (area.floor - top)
        if over > 0:
            # the names of times may have needed a second line
            area = self._area(replace(frame, bottom=bottom + over), guided=True)
        placed = place_ends(area, ends)
        area.segments += [(*a, *b) for one in placed for a, b in pairwise(one.leader)]
        below = under(area) if under is not None else ()
        area.filled = [shape.box for shape in below if shape.fill is not None]
        labels = main_labels(area)
        note = (*self._unnamed(ends), *labels.note(area, plot.width))
        if note and not again:
            # what has no room takes it from the area, whose labels then stand elsewhere
            room = tall - len(note) * style.line - 0.3 * style.size
            self.draw_named(top, max(room, 9 * style.size), under, again=True)
            return
        # guides and zero lie over it: where a band crosses zero is what readers look for
        plot.shapes += below
        area.draw_axes(plot, labels.boxes)
        draw_levels(plot, area.levels, area.frame.left, area.frame.right, labels.levels, labels.boxes)
        area.draw_lines(plot, labels.points)
        labels.draw(plot, area)
        draw_ends(plot, area, ends, placed)
        self._note(note, area)

    def _unnamed(self, ends: Ends) -> Wrapped:
        """The names of grey lines that have no room at their ends."""
        if not ends.unnamed:
            return ()
        style = self.plot.style
        names = phrases.joined(self.found[number].name for number in ends.unnamed)
        said = phrases.said(words(style.language)["in grey"], names, style.language)
        return wrap(said, style.regular, style.size, self.plot.width)

    def _area(self, frame: Frame, guided: bool) -> Area:
        style, start = self.plot.style, self.chart.start
        numbers = [point.number for course in self.found for point in course.points if point.number is not None]
        numbers += [reference.value.number for reference in self.chart.references]
        axis = bare_axis(numbers, start)
        if guided:
            # names of times in two lines, and three guides with room for their numbers
            frame = replace(frame, bottom=max(frame.bottom, frame.top + 9 * style.size))
            axis = value_axis(numbers, self._measure, frame.bottom - frame.top - 5 * style.size, style, start)
        texts = tick_texts(axis, self._measure, style.language) if axis.ticks else ()
        frame = replace(frame, left=guide_room(texts, style) if texts else 0.0)
        area = Area(self.found, self.look, self.times, axis, texts, style, frame)
        area.set_beside(self.chart)
        return area

    @property
    def _measure(self) -> Measure:
        return self.rows[0][self.chart.measures[0]].measure

    def _note(self, note: Sequence[str], area: Area) -> None:
        """Lines below the axis."""
        plot, style = self.plot, self.plot.style
        y = area.frame.bottom + (0.3 * style.size if note else 0.0)
        for i, line in enumerate(note):
            plot.text(0, y + (i + 0.5) * style.line + MIDDLE * style.size, line, colour=style.muted)
        plot.height = y + len(note) * style.line
