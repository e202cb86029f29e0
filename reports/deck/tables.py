"""Sets a table for slides: widths of columns, heights of rows, and how many rows a slide can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.errors import Place, Problem, ProjectError
from reports.deck.frames import TEXT_MINIMUM, Box, TextStyle
from reports.deck.text import Passage, Span, character_widths, leading, lines_of

Cell = tuple[Span, ...]

GUTTER = 18.0
"""Between columns, in points on a slide 540 pt high."""
_PADDING = 5.0
"""Above and below the text of a cell, likewise."""
_WIDEST_WORD = 0.2
"""Of a table's width: words that need more, such as the names of files, are broken where columns are many."""
_SIZES = (22.0, 20.0, 18.0, 16.0)
"""Of text, likewise: the larger the better."""
_AIR = 2.0
"""Room that rows may have to spare, as a multiple of the text's size: a short table does not cling to the top."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A table, or the part of it that one slide holds. Lengths in points."""

    rows: tuple[tuple[Cell, ...], ...]
    """Header first."""
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float


def set_table(grid: Sequence[Sequence[Cell]], box: Box, face: str, scale: float, place: Place) -> list[Setting]:
    """A table, header first, in as few parts as the height of `box` needs, each with the header.

    Text is 14 pt at least, and larger where that takes no more slides. Raises ProjectError with each row too high.
    """
    cells = [tuple(row) for row in grid]
    least = _measured(cells, TEXT_MINIMUM * scale, face, box.width, scale)
    if len(cells) == 1:
        return [least]
    high = [i for i in range(1, len(cells)) if least.heights[0] + least.heights[i] > box.height]
    if high:
        raise ProjectError(
            Problem(
                place,
                f"row {i} of the table is {least.heights[0] + least.heights[i] - box.height:.0f} pt higher than the"
                f" slide, with text at {least.size:.0f} pt.",
                "Shorten the longest cell, or show fewer columns.",
            )
            for i in high
        )
    whole, parts = least, _parts(least.heights, box.height)
    for size in _SIZES:
        larger = _measured(cells, size * scale, face, box.width, scale)
        fitting = _parts(larger.heights, box.height)
        if len(fitting) == len(parts) and larger.heights[0] + max(larger.heights[1:]) <= box.height:
            whole, parts = larger, fitting
            break
    spare = min((0.98 * box.height - _sum(whole.heights, part)) / (1 + len(part)) for part in parts)
    air = max(0.0, min(spare, _AIR * whole.size))
    return [
        Setting(
            (whole.rows[0], *(whole.rows[i] for i in part)),
            whole.widths,
            tuple(air + whole.heights[i] for i in (0, *part)),
            whole.size,
        )
        for part in parts
    ]


def _sum(heights: Sequence[float], part: Sequence[int]) -> float:
    return heights[0] + sum(heights[i] for i in part)


def _measured(rows: Sequence[tuple[Cell, ...]], size: float, face: str, width: float, scale: float) -> Setting:
    """The whole table at a size, however high that is."""
    style = TextStyle(size, face)
    widths = _column_widths(rows, style, width, scale)
    heights = tuple(_row_height(row, widths, style, scale, bold=i == 0) for i, row in enumerate(rows))
    return Setting(tuple(rows), widths, heights, size)


def _natural(cell: Cell, style: TextStyle, bold: bool) -> tuple[float, float]:
    """Width of a cell on one line, and of its widest word."""
    shown = tuple(Span(span.text, bold=bold or span.bold, code=span.code) for span in cell)
    widths = character_widths(shown, style)
    text = "".join(span.text for span in cell)
    word = widest = 0.0
    for character, width in zip(text, widths):
        word = 0.0 if character in " \n" else word + width
        widest = max(widest, word)
    return sum(widths), widest


def _column_widths(
    grid: Sequence[Sequence[Cell]], style: TextStyle, available: float, scale: float
) -> tuple[float, ...]:
    count = len(grid[0])
    gutter = GUTTER * scale
    measured = [[_natural(row[c], style, bold=r == 0) for r, row in enumerate(grid)] for c in range(count)]
    natural = [max(width for width, _ in column) + gutter + 1 for column in measured]
    least = [min(_WIDEST_WORD * available, max(word for _, word in column) + gutter + 1) for column in measured]
    if sum(natural) <= available:
        return tuple(width * available / sum(natural) for width in natural)
    if sum(least) > available:
        return tuple(available * width / sum(least) for width in least)
    spare = available - sum(least)
    wishes = [wide - low for wide, low in zip(natural, least)]
    return tuple(low + spare * wish / sum(wishes) for low, wish in zip(least, wishes))


def _row_height(row: Sequence[Cell], widths: Sequence[float], style: TextStyle, scale: float, bold: bool) -> float:
    lines = 1
    for cell, width in zip(row, widths):
        shown = Passage(tuple(Span(span.text, bold=bold or span.bold, code=span.code) for span in cell))
        lines = max(lines, len(lines_of(shown, style, width - GUTTER * scale)))
    return lines * leading(style) + 2 * _PADDING * scale


def _parts(heights: Sequence[float], available: float) -> list[list[int]]:
    """Row numbers for each slide, about equally many."""

    def filled(limit: float) -> list[list[int]]:
        parts: list[list[int]] = [[]]
        used = heights[0]
        for i in range(1, len(heights)):
            if parts[-1] and used + heights[i] > limit:
                parts.append([])
                used = heights[0]
            parts[-1].append(i)
            used += heights[i]
        return parts

    low, high = heights[0], available
    needed = len(filled(available))
    for _ in range(12):
        middle = (low + high) / 2
        if len(filled(middle)) > needed:
            low = middle
        else:
            high = middle
    return filled(high)
