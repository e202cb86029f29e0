"""Columns of one series in a small panel, from zero, at their places in the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from charts.axes.calendar import end_ticks
from charts.axes.guides import level_guides
from charts.axes.numbers import NumberAxis
from charts.axes.ticks import draw_ticks, ticks_height
from charts.lettering import text_width
from charts.lines.area import Frame, panel_room
from charts.lines.courses import Course, Point, Times, slots_of
from charts.lines.look import Look
from charts.plot import ASCENT, DESCENT, Bounds, Plot
from charts.style import ChartStyle


def draw_columns(
    plot: Plot,
    course: Course,
    look: Look,
    times: Times,
    axis: NumberAxis,
    guides: Sequence[str],
    frame: Frame,
    panels: tuple[float, float],
) -> None:
    """A column for each value, the first and the last with what they say, over guide lines named by `guides`.

    `panels` are the places of the lowest and the highest value of all panels on their axis.
    """
    style = plot.style
    slots = slots_of(times)
    pitch = (frame.right - frame.left) / max(len(slots), 1)
    ends = frame.left + pitch / 2, frame.right - pitch / 2
    ticks = end_ticks(times.values, times.names, style, frame.left, frame.right, ends)
    floor = frame.bottom - ticks_height(ticks, style)
    head, foot = panel_room(panels, axis, floor - frame.top, style)
    low, high = floor - foot, frame.top + head
    thick = min(2 * style.size, 0.72 * pitch)
    at = {round(times.along(start), 9): frame.left + (i + 0.5) * pitch for i, start in enumerate(slots)}

    def y(number: float) -> float:
        return low - number * (low - high)

    zero = y(axis.place(min(max(axis.low, Decimal(0)), axis.high)))
    columns = [
        (point, Bounds(x - thick / 2, min(top, zero), x + thick / 2, max(top, zero)))
        for point in course.known
        if point.number is not None
        for x, top in ((at[round(point.along, 9)], y(axis.place(point.number))),)
    ]
    labels = list(_labels(columns, zero, style, frame))
    level_guides(plot, axis, guides, frame.left, frame.right, low, high, [box for _, box in labels])
    for point, box in columns:
        if point.number:
            plot.bar(box.left, box.top, thick, box.bottom - box.top, look.colour)
    for point, box in labels:
        plot.text(box.left, box.top + ASCENT * style.size, point.text, colour=look.text)
    # a name that is wider than its column, and so not in the middle below it, says by a line whose it is
    aside = any(abs((tick.left + tick.right) / 2 - tick.x) > 0.1 * style.size for tick in ticks)
    draw_ticks(plot, ticks, floor, marks=aside)


def _labels(
    columns: Sequence[tuple[Point, Bounds]], zero: float, style: ChartStyle, frame: Frame
) -> Iterator[tuple[Point, Bounds]]:
    """The last and the first value at the ends of their columns, where they touch no other column."""
    tall, gap = (ASCENT + DESCENT) * style.size, 0.3 * style.size
    taken: list[Bounds] = []
    ends = columns[-1:] if len(columns) < 2 else [columns[-1], columns[0]]
    for point, own in ends:
        wide = text_width(point.text, style.regular, style.size)
        left = min(max((own.left + own.right - wide) / 2, frame.left), frame.right - wide)
        top = own.bottom + gap if own.bottom > zero else own.top - gap - tall
        box = Bounds(left, top, left + wide, top + tall)
        others = [bar for other, bar in columns if other is not point and other.number]
        if not any(box.touches(one, 0.15 * style.size) for one in (*others, *taken)):
            taken.append(box)
            yield point, box
