"""Columns of figures beside the marks, each under its head, to be read down."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from charts.lettering import Lines, longest_word, one_line, text_width, wrap
from charts.plot import MIDDLE, Plot
from charts.style import ChartStyle

_FEWEST_LINES = 2
"""Lines of a head up to which its column grows for it."""

_SHORT = 5.0
"""Width of a head that is not divided, in parts of the text's size."""


_STRETCHED = 1.6
"""Of its room, what a head takes whose longest word has no place in it."""


class Figures(Struct, frozen=True):
    """A column: its head, and a text for each row."""

    head: Lines
    texts: tuple[str, ...]
    width: float
    """In points."""
    sign: float = 0.0
    """Room before the head for what its figures belong to: a dot, a tick."""


def figures(
    title: str, texts: Sequence[str], bold: Sequence[bool], style: ChartStyle, room: float, sign: float = 0.0
) -> Figures:
    """A column as narrow as its figures and a head of two lines allow, its head at most `room` points wide."""
    own = max(
        (text_width(t, style.bold if b else style.regular, style.size) for t, b in zip(texts, bold, strict=True)),
        default=0.0,
    )
    title = one_line(title)
    # a little more room is better than a word in two pieces
    room = max(room, min(longest_word(title, style.regular, style.size) + sign, _STRETCHED * room))
    least = max(own - sign, longest_word(title, style.regular, style.size))
    alone = text_width(title, style.regular, style.size)
    least = max(least, alone) if alone <= _SHORT * style.size else least
    wide = [part for part in (least + step * style.size for step in range(30)) if part + sign <= room]
    fitting = (part for part in wide if len(wrap(title, style.regular, style.size, part)) <= _FEWEST_LINES)
    head = wrap(title, style.regular, style.size, next(fitting, max(own - sign, room - sign, style.size)))
    used = max((text_width(line, style.regular, style.size) for line in head), default=0.0) + sign
    return Figures(head, tuple(texts), max(own, used), sign)


def draw_figures(
    plot: Plot,
    column: Figures,
    right: float,
    base: float,
    middles: Sequence[float],
    bold: Sequence[bool],
    colours: Sequence[str],
) -> tuple[float, float]:
    """Set a column whose right edge is at `right`, its head ending at the height `base`.

    Gives the middle of the place for the sign before its head.
    """
    style = plot.style
    wide = max((text_width(line, style.regular, style.size) for line in column.head), default=0.0)
    for i, text in enumerate(column.head):
        y = base - (len(column.head) - i - 0.5) * style.line + MIDDLE * style.size
        plot.text(right, y, text, "right", colour=style.muted)
    for text, middle, strong, colour in zip(column.texts, middles, bold, colours, strict=True):
        plot.lines(right, middle, (text,), "right", strong, colour)
    return right - wide - column.sign / 2, base - (len(column.head) - 0.5) * style.line
