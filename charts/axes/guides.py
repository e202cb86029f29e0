"""Light guide lines across a chart, each with its number: for charts that do not label every value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charts.axes.numbers import NumberAxis
from charts.lettering import text_width
from charts.plot import MIDDLE, Bounds, Plot
from charts.style import ChartStyle


def guide_room(texts: Sequence[str], style: ChartStyle) -> float:
    """Width of the column of numbers beside the area of a chart, with the gap to it, in points."""
    return max(text_width(text, style.regular, style.size) for text in texts) + style.gap


def level_guides(
    plot: Plot,
    axis: NumberAxis,
    texts: Sequence[str],
    left: float,
    right: float,
    floor: float,
    ceiling: float,
    clear: Sequence[Bounds] = (),
) -> None:
    """Level lines from `left` to `right`, the axis rising from `floor` to `ceiling`, their numbers left of them.

    Zero is drawn as an axis, darker than the others. What is drawn afterwards lies over the lines; they leave out what
    the labels in `clear` cover.
    """
    style = plot.style
    for tick, text in zip(axis.ticks, texts, strict=True):
        y = floor - axis.place(tick) * (floor - ceiling)
        if tick:
            for start, end in uncovered(left, right, y, clear, 0.2 * style.size):
                plot.stroke([(start, y), (end, y)], style.hairline, style.hair)
        else:
            plot.axis(left, y, right, y)
        if text:
            plot.text(left - style.gap, y + MIDDLE * style.size, text, "right", colour=style.muted)


def uncovered(
    left: float, right: float, y: float, clear: Sequence[Bounds], margin: float
) -> Iterator[tuple[float, float]]:
    """The pieces of a level line that no label lies on; beside a label it ends so far off that it is no sign of it."""
    beside = 2.5 * margin
    for box in sorted(box for box in clear if box.top - margin < y < box.bottom + margin and box.left < right):
        if box.left - beside > left:
            yield left, min(box.left - beside, right)
        left = max(left, box.right + beside)
    if left < right:
        yield left, right


def upright_guides(
    plot: Plot, axis: NumberAxis, texts: Sequence[str], left: float, right: float, top: float, bottom: float
) -> float:
    """Upright lines from `top` to `bottom`, the axis running from `left` to `right`, their numbers below them.

    Every other number, and so on, is left out where they would touch; gives the lower edge of the numbers.
    """
    style = plot.style
    places = [left + axis.place(tick) * (right - left) for tick in axis.ticks]
    lefts, shown = _clear(places, texts, style, plot.width)
    base = bottom + style.line / 2 + 0.2 * style.size
    for number, (tick, x) in enumerate(zip(axis.ticks, places, strict=True)):
        if tick:
            plot.stroke([(x, top), (x, bottom)], style.hairline, style.hair)
        else:
            plot.axis(x, top, x, bottom)
        if number in shown:
            plot.text(lefts[number], base + MIDDLE * style.size, texts[number], colour=style.muted)
    return base + style.line / 2


def head_numbers(axis: NumberAxis, texts: Sequence[str], ends: tuple[float, float], style: ChartStyle) -> int:
    """How many of the numbers over an axis between two ends have room there."""
    places = [ends[0] + axis.place(tick) * (ends[1] - ends[0]) for tick in axis.ticks]
    return len(_clear(places, texts, style, ends[1] + 0.6 * style.size)[1]) if texts else 0


def head_guides(
    plot: Plot,
    axis: NumberAxis,
    texts: Sequence[str],
    ends: tuple[float, float],
    base: float,
    bottom: float,
    below: int,
) -> None:
    """Upright lines down to `bottom`, the axis running between two ends, their numbers over them on the line that ends
    at the height `base`: what goes on over pages has them on each.

    They leave out what the drawing's labels cover, and lie below its shapes from number `below` on.
    """
    style = plot.style
    places = [ends[0] + axis.place(tick) * (ends[1] - ends[0]) for tick in axis.ticks]
    lefts, shown = _clear(places, texts, style, ends[1] + 0.6 * style.size)
    lines = len(plot.shapes)
    across = _turned(plot)
    for number, (tick, x) in enumerate(zip(axis.ticks, places, strict=True)):
        colour = style.hairline if tick else style.ink
        for start, end in uncovered(base + 0.1 * style.size, bottom, x, across, 0.15 * style.size):
            plot.stroke([(x, start), (x, end)], colour, style.hair)
        if number in shown:
            y = base - style.line / 2 + MIDDLE * style.size
            plot.text(lefts[number], y, texts[number], colour=style.muted)
    _lay(plot, lines, below)


def zero_line(plot: Plot, x: float, top: float, bottom: float, below: int) -> None:
    """An upright line at zero, where marks stand on both sides of it; it leaves out what labels cover, and lies below
    the shapes from number `below` on."""
    style, lines = plot.style, len(plot.shapes)
    edge = 0.2 * style.size
    for start, end in uncovered(top - edge, bottom + edge, x, _turned(plot), 0.15 * style.size):
        plot.axis(x, start, x, end)
    _lay(plot, lines, below)


def _turned(plot: Plot) -> list[Bounds]:
    """What the labels of a drawing cover, with its axes exchanged."""
    return [Bounds(box.top, box.left, box.bottom, box.right) for box in (label.box for label in plot.labels)]


def _lay(plot: Plot, since: int, below: int) -> None:
    """Put the shapes from number `since` on below those from number `below` on."""
    lines = plot.shapes[since:]
    del plot.shapes[since:]
    plot.shapes[below:below] = lines


def _clear(places: Sequence[float], texts: Sequence[str], style: ChartStyle, most: float) -> tuple[list[float], range]:
    """Where the numbers at some places begin, up to `most`, and which of them are set: every other one, and so on,
    where they would touch."""
    wide = [text_width(text, style.regular, style.size) for text in texts]
    lefts = [min(max(x - w / 2, 0.0), most - w) for x, w in zip(places, wide, strict=True)]
    step = next(
        (
            step
            for step in range(1, len(texts))
            if all(
                lefts[j] - lefts[i] - wide[i] >= style.size
                for i, j in zip(range(0, len(texts), step), range(step, len(texts), step))
            )
        ),
        len(texts),
    )
    return lefts, range(0, len(texts), step)
