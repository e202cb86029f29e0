"""Where lines stand between their axes, and what is drawn there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from msgspec import Struct

from charts.axes.calendar import Tick, end_room, end_ticks, time_ticks
from charts.axes.guides import level_guides
from charts.axes.numbers import NumberAxis
from charts.axes.reference import Level
from charts.axes.ticks import draw_ticks, ticks_height
from charts.chart import Chart
from charts.lines.courses import Course, Point, Times
from charts.lines.look import Look
from charts.plot import Bounds, Plot
from charts.style import ChartStyle
from data.tables.moments import moment

BROKEN = 1.2
"""How far the sign of a broken axis rises, in parts of the text's size."""
_MOST_DOTS = 32
"""Points beyond which only those that are labelled have a dot."""


class Spot(Struct, frozen=True):
    """A point at its place on the drawing."""

    point: Point
    course: int
    x: float
    y: float | None
    """None where the data have no value."""


class Frame(Struct, frozen=True):
    """The room of an area, in points from the upper left corner of the drawing."""

    left: float
    right: float
    top: float
    bottom: float
    """Lower edge of the names of times."""
    width: float
    """Of the whole drawing."""


class Area:
    """Lines between their axes."""

    def __init__(
        self,
        courses: Sequence[Course],
        looks: Sequence[Look],
        times: Times,
        axis: NumberAxis,
        guides: tuple[str, ...],
        style: ChartStyle,
        frame: Frame,
        panels: tuple[float, float] | None = None,
    ) -> None:
        self.panels = panels
        """Of a small panel, in which the first and the last time and value alone are said: where the lowest and the
        highest value of all panels stand on their axis."""
        self.courses, self.looks, self.times, self.style, self.frame = courses, looks, times, style, frame
        self.axis, self.guides = axis, guides
        self.single = len(courses) == 1
        self.radius = (0.4 if self.single and panels is None else 0.3) * style.size
        first, last = end_room(times.values, times.names, style) if times.values and panels is None else (0.0, 0.0)
        self.left = max(frame.left + self.radius, first)
        self.right = min(frame.right - self.radius, frame.width - last)
        if self.right - self.left < 0.5 * (frame.right - frame.left):
            self.left, self.right = frame.left + self.radius, frame.right - self.radius
        self.ticks = self._ticks()
        self.floor = frame.bottom - ticks_height(self.ticks, style)
        """Lower edge of the area, above the names of times."""
        self._scale()
        self.spots = [
            [
                Spot(
                    point,
                    number,
                    self.x(point.along),
                    None if point.number is None else self.y(axis.place(point.number)),
                )
                for point in course.points
            ]
            for number, course in enumerate(courses)
        ]
        self.segments = [
            (a.x, a.y, b.x, b.y)
            for spots in self.spots
            for a, b in pairwise(spots)
            if a.y is not None and b.y is not None
        ]

        r = self.radius
        self.dots = [
            Bounds(spot.x - r, spot.y - r, spot.x + r, spot.y + r)
            for spots in self.spots
            for spot in spots
            if spot.y is not None
        ]
        """What dots may cover; labels keep clear of it."""
        self.filled: list[Bounds] = []
        """Areas under the lines; words in a gap keep clear of them."""
        self.levels: tuple[Level, ...] = ()
        self.noted: tuple[tuple[Spot, str], ...] = ()
        """Points with words about them."""

    def x(self, along: float) -> float:
        return self.left + along * (self.right - self.left)

    def y(self, place: float) -> float:
        """Height of a part of the axis."""
        return self.low - place * self.span

    @property
    def zero(self) -> float:
        """Where the lines' axis lies: at zero, else at the lower end."""
        return self.y(self.axis.place(min(max(self.axis.low, Decimal(0)), self.axis.high)))

    def _scale(self) -> None:
        """Leave room over the highest point, and under what is below zero, for a label."""
        style, frame = self.style, self.frame
        places = [self.axis.place(p.number) for course in self.courses for p in course.known if p.number is not None]
        low, high, label = min(places, default=0.0), max(places, default=0.0), style.line + 0.5 * style.size
        tall = self.floor - frame.top
        if len(self.guides) > 1 and self.single and tall > 12 * style.size:
            label += style.line  # of its date
        if self.panels is not None:
            # one scale in all panels, whatever their values are
            head, foot = panel_room(self.panels, self.axis, tall, style)
        elif self.guides:
            # the axis goes on beyond the highest and the lowest value: that is room already
            head = max(0.6 * style.line, (label - (1 - high) * tall) / high) if high > 0 else 0.6 * style.line
            foot = max(0.0, (label - low * tall) / (1 - low)) if self.axis.low < 0 and low < 1 else 0.0
        else:
            head = label if self.axis.high > 0 or not places else 0.0
            foot = label if self.axis.low < 0 else 0.0
        self.low = self.floor - foot
        self.span = self.floor - foot - frame.top - head

    def _ticks(self) -> tuple[Tick, ...]:
        times = self.times
        if self.panels is not None:
            ends = (
                (self.x(times.along(times.starts[0])), self.x(times.along(times.starts[-1])))
                if times.starts
                else (0, 0)
            )
            return end_ticks(times.values, times.names, self.style, self.frame.left, self.frame.right, ends)
        xs = [self.x(times.along(start)) for start in times.starts]
        return time_ticks(
            times.values,
            times.names,
            xs,
            lambda start: self.x(times.along(start)),
            self.style,
            self.frame.width,
            times.strong,
        )

    # -- drawing -------------------------------------------------------------
    def set_beside(self, chart: Chart) -> None:
        """Take up the lines at values and the notes of a chart."""
        language = self.style.language
        self.levels = tuple(
            Level(self.y(self.axis.place(one.value.number)), one.said(language)) for one in chart.references
        )
        found: list[tuple[Spot, str]] = []
        for note in chart.notes:
            time = moment(note.at)
            for course, spots in zip(self.courses, self.spots):
                if time is not None and note.series in ("", course.key):
                    along = self.times.along(time.start)
                    found += [(spot, note.said(language)) for spot in spots if abs(spot.point.along - along) < 1e-9]
        self.noted = tuple(found)

    def draw(self, plot: Plot, labelled: Collection[int], clear: Sequence[Bounds]) -> None:
        """Draw axes, lines and dots; `labelled` are the ids of points with a label, `clear` all labels."""
        self.draw_axes(plot, clear)
        self.draw_lines(plot, labelled)

    def draw_axes(self, plot: Plot, clear: Sequence[Bounds]) -> None:
        """Draw the axes of values and of time; guides leave out what `clear` covers."""
        frame = self.frame
        if self.guides:
            level_guides(plot, self.axis, self.guides, frame.left, frame.right, self.low, self.y(1.0), clear)
            if self.axis.low > 0:
                _broken(plot, frame.left, frame.right, self.low)
        else:
            plot.axis(frame.left, self.zero, frame.right, self.zero)
        draw_ticks(plot, self.ticks, self.floor, marks=len(self.ticks) < len(self.times.values) and self.panels is None)

    def draw_lines(self, plot: Plot, labelled: Collection[int]) -> None:
        """Draw lines and dots."""
        for spots, look in sorted(zip(self.spots, self.looks), key=lambda pair: not pair[1].quiet):
            alone = _alone(spots)
            for known, run in groupby(spots, lambda spot: spot.y is not None):
                line = [(spot.x, spot.y) for spot in run if spot.y is not None]
                if known and len(line) > 1 and look.thick:
                    plot.stroke(line, look.colour, look.thick, round_ends=True)
            last = next((i for i in range(len(spots) - 1, -1, -1) if spots[i].y is not None), None)
            for i, spot in enumerate(spots):
                every = self.single and len(spots) <= _MOST_DOTS and self.panels is None
                if (
                    look.thick
                    and spot.y is not None
                    and (
                        every
                        or id(spot.point) in labelled
                        or i in alone
                        or (i == last and not self.single and not look.quiet)
                    )
                ):
                    plot.dot(spot.x, spot.y, self.radius, look.colour)


def panel_room(panels: tuple[float, float], axis: NumberAxis, tall: float, style: ChartStyle) -> tuple[float, float]:
    """Room over and under the axis of small panels `tall` points high, so that their labels do not leave them; the
    lowest and the highest value of all `panels` stand at these parts of the axis."""
    low, high = panels
    label = style.line + 0.5 * style.size
    head = max(0.6 * style.line, (label - (1 - high) * tall) / high) if high > 0 else 0.6 * style.line
    return head, max(0.0, (label - low * tall) / (1 - low)) if axis.low < 0 and low < 1 else 0.0


def _broken(plot: Plot, left: float, right: float, y: float) -> None:
    """A base that is not zero: what rises from it begins with a zigzag, for it is the axis of values that is broken."""
    size = plot.style.size
    plot.axis(left, y, right, y)
    teeth = ((0.0, 0.0), (0.0, 0.3), (-0.25, 0.45), (0.25, 0.75), (0.0, 0.9), (0.0, BROKEN))
    plot.stroke([(left + x * size, y - up * size) for x, up in teeth], plot.style.ink, plot.style.hair)


def _alone(spots: Sequence[Spot]) -> set[int]:
    """Points between two gaps, which no line shows."""
    known = [False, *(spot.y is not None for spot in spots), False]
    return {i for i in range(len(spots)) if known[i + 1] and not known[i] and not known[i + 2]}
