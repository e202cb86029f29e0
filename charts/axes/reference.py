"""Lines at values that others are seen against, dashed, each with its name where it touches nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from charts import phrases
from charts.axes.guides import uncovered
from charts.lettering import text_width
from charts.plot import ASCENT, DESCENT, MIDDLE, Bounds, Plot
from charts.reading import sentence
from charts.style import ChartStyle
from data.language.words import words


class Level(Struct, frozen=True):
    """A line at a height, and what it is called."""

    y: float
    text: str


class NamedLevel(Struct, frozen=True):
    """A line with its name where that stands."""

    level: Level
    box: Bounds


def name_levels(
    levels: Sequence[Level], left: float, right: float, style: ChartStyle, free: Callable[[Bounds], bool]
) -> tuple[list[NamedLevel], list[str]]:
    """Places for the names of lines, at their right ends where that is free, and those names that have none."""
    placed: list[NamedLevel] = []
    homeless: list[str] = []
    heights = [level.y for level in levels]
    for level in levels:
        taken = [one.box for one in placed]

        def fits(box: Bounds, level: Level = level, taken: Sequence[Bounds] = tuple(taken)) -> bool:
            others = (y for y in heights if y != level.y)
            clear = not any(box.top - 0.1 * style.size < y < box.bottom + 0.1 * style.size for y in others)
            return clear and not any(box.touches(other, 0.2 * style.size) for other in taken) and free(box)

        box = next(filter(fits, _candidates(level, left, right, style)), None)
        if box is None:
            what = sentence(words(style.language)["dashed line"])
            homeless.append(phrases.said(what, level.text, style.language))
        else:
            placed.append(NamedLevel(level, box))
    return placed, homeless


def _candidates(level: Level, left: float, right: float, style: ChartStyle) -> Iterator[Bounds]:
    """Over the line and under it, from its right end to its left one."""
    wide = text_width(level.text, style.regular, style.size)
    tall, away = (ASCENT + DESCENT) * style.size, 0.3 * style.size
    steps = max(int((right - left - wide) / (2 * style.size)), 0)
    for step in range(steps + 1):
        x = right - wide - step * (right - left - wide) / max(steps, 1)
        if x < left - 0.01:
            return
        for top in (level.y - away - tall + 0.1 * style.size, level.y + away):
            yield Bounds(x, top, x + wide, top + tall)


def draw_levels(
    plot: Plot, levels: Sequence[Level], left: float, right: float, named: Sequence[NamedLevel], clear: Sequence[Bounds]
) -> None:
    """Draw the lines, which leave out what the labels in `clear` cover, and their names."""
    style = plot.style
    for level in levels:
        for start, end in uncovered(left, right, level.y, clear, 0.15 * style.size):
            stroke_reference(plot, (start, level.y), (end, level.y))
    for one in named:
        plot.text(one.box.left, one.box.top + ASCENT * style.size, one.level.text, colour=style.ink)


def stroke_reference(plot: Plot, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A dashed line, darker than guides and thinner than what is measured."""
    size = plot.style.size
    plot.stroke([start, end], plot.style.ink, 0.1 * size, dashes=(0.35 * size, 0.25 * size))


class NamedUpright(Struct, frozen=True):
    """An upright line with its name over it."""

    x: float
    text: str
    left: float
    """Of the name."""
    row: int
    """Of the names, counted upward from the marks."""


def name_uprights(plot: Plot, lines: Sequence[tuple[float, str]]) -> list[NamedUpright]:
    """Places for the names of upright lines, each over its own and over no other one where that is possible, in as many
    rows as they need beside each other."""
    style = plot.style
    placed: list[tuple[NamedUpright, float]] = []
    for x, text in sorted(lines):
        wide = text_width(text, style.regular, style.size)
        left = _left_of_name(x, wide, [other for other, _ in lines if other != x], plot)
        row = 0
        while any(one.row == row and left < right + style.size and one.left < left + wide for one, right in placed):
            row += 1
        placed.append((NamedUpright(x, text, left, row), left + wide))
    return [one for one, _ in placed]


def _left_of_name(x: float, wide: float, others: Sequence[float], plot: Plot) -> float:
    """Where the name of a line begins: in its middle; else beside the lines around it, but still over its own."""
    apart, most = 0.6 * plot.style.size, max(plot.width - wide, 0.0)
    middle = min(max(x - wide / 2, 0.0), most)
    before = max((other for other in others if other < x), default=-apart)
    behind = min((other for other in others if other > x), default=plot.width + apart)
    low, high = max(before + apart, x - wide, 0.0), min(behind - apart - wide, x, most)
    return min(max(middle, low), high) if low <= high else middle


def draw_uprights(plot: Plot, named: Sequence[NamedUpright], head: float, bottom: float) -> None:
    """Draw upright lines down to `bottom`, which leave out what the drawing's labels cover, and their names above
    `head`."""
    style = plot.style
    first = head - 0.3 * style.size - style.line / 2 + MIDDLE * style.size
    for one in named:
        plot.text(one.left, first - one.row * style.line, one.text)
    # a line that passes right beside a number looks like a part of it
    beside = 0.25 * style.size
    across = [
        Bounds(box.top, box.left - beside, box.bottom, box.right + beside)
        for box in (label.box for label in plot.labels)
    ]
    for one in named:
        top = head - 0.3 * style.size - one.row * style.line
        for start, end in uncovered(top, bottom, one.x, across, 0.15 * style.size):
            stroke_reference(plot, (one.x, start), (one.x, end))
