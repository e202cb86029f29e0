"""Sets a table for slides: widths of columns, heights of rows, and how many rows a slide can hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from data.errors import Place, Problem, ProjectError
from reports.deck.words.frames import TEXT_MINIMUM, TextStyle
from reports.deck.words.metrics import pieces
from reports.deck.words.text import Passage, TextRun, character_widths, leading, lines_of
from reports.hyphens import is_word
from reports.powerpoint.box import Box

Cell = tuple[TextRun, ...]

GUTTER = 18.0
"""Between columns, in points on a slide 540 pt high."""
_PADDING, _TIGHT = 5.0, 3.0
"""Above and below the text of a cell, likewise; and where that saves a slide."""
_WIDEST_WORD = 0.2
"""Of a table's width: what is no word, such as the name of a file, and needs more is broken where columns are many."""
_WAYS = (
    (22.0, _PADDING), (20.0, _PADDING), (18.0, _PADDING), (18.0, _TIGHT), (16.0, _PADDING), (16.0, _TIGHT),
    (TEXT_MINIMUM, _PADDING),
)  # fmt: skip
"""Sizes of text and padding to try, likewise: the larger the better, and rather tight than small."""
_REMEMBERED = 4_000
"""Cells whose widths are kept: each is measured in several sizes, and a deck that is made again has nearly the same."""
_AIR = 2.0
"""Room that rows may have to spare, as a multiple of the text's size: a short table does not cling to the top."""


class TableSetting(Struct, frozen=True):
    """A table, or the part of it that one slide holds. Lengths in points."""

    rows: tuple[tuple[Cell, ...], ...]
    """Header first."""
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float


def set_table(grid: Sequence[Sequence[Cell]], box: Box, face: str, scale: float, place: Place) -> list[TableSetting]:
    """A table, header first, in as few parts as the height of `box` needs, each with the header.

    Text is 14 pt at least, and larger or airier where that takes no more slides. Raises ProjectError with each row too
    high.
    """
    cells = [tuple(row) for row in grid]
    _refuse_narrow(cells, TEXT_MINIMUM * scale, face, box.width, scale, place)
    least = _measured(cells, TEXT_MINIMUM * scale, _TIGHT, face, box.width, scale)
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
    for size, padding in _WAYS:
        if not _words_fit(cells, TextStyle(size * scale, face), box.width, scale):
            continue
        larger = _measured(cells, size * scale, padding, face, box.width, scale)
        fitting = _parts(larger.heights, box.height)
        if len(fitting) == len(parts) and larger.heights[0] + max(larger.heights[1:]) <= box.height:
            whole, parts = larger, fitting
            break
    spare = min((0.98 * box.height - _sum(whole.heights, part)) / (1 + len(part)) for part in parts)
    air = max(0.0, min(spare, _AIR * whole.size))
    return [
        TableSetting(
            (whole.rows[0], *(whole.rows[i] for i in part)),
            whole.widths,
            tuple(air + whole.heights[i] for i in (0, *part)),
            whole.size,
        )
        for part in parts
    ]


def _sum(heights: Sequence[float], part: Sequence[int]) -> float:
    return heights[0] + sum(heights[i] for i in part)


def _measured(
    rows: Sequence[tuple[Cell, ...]], size: float, padding: float, face: str, width: float, scale: float
) -> TableSetting:
    """The whole table at a size, however high that is."""
    style = TextStyle(size, face)
    widths = _column_widths(rows, style, width, scale)
    heights = tuple(_row_height(row, widths, style, padding, scale, bold=i == 0) for i, row in enumerate(rows))
    return TableSetting(tuple(rows), widths, heights, size)


@lru_cache(_REMEMBERED)
def _natural(cell: Cell, style: TextStyle, bold: bool) -> float:
    """Width of a cell on one line."""
    shown = tuple(TextRun(span.text, bold=bold or span.bold, code=span.code) for span in cell)
    return sum(character_widths(shown, style))


def _least(column: Sequence[Cell], style: TextStyle, available: float) -> tuple[float, str]:
    """The width of the widest word of a column, its head first, and the word. What is no word may be cut."""
    return max((_widest(cell, style, r == 0, available) for r, cell in enumerate(column)), default=(0.0, ""))


@lru_cache(_REMEMBERED)
def _widest(cell: Cell, style: TextStyle, bold: bool, available: float) -> tuple[float, str]:
    """The same for one cell."""
    found = 0.0, ""
    shown = tuple(TextRun(span.text, bold=bold or span.bold, code=span.code) for span in cell)
    text = "".join(span.text for span in cell)
    for piece, width in pieces(text, character_widths(shown, style)):
        found = max(found, (width if is_word(piece) else min(_WIDEST_WORD * available, width), piece))
    return found


def _words_fit(grid: Sequence[Sequence[Cell]], style: TextStyle, available: float, scale: float) -> bool:
    least = sum(_least(column, style, available)[0] + GUTTER * scale + 1 for column in zip(*grid))
    return least <= available


def _refuse_narrow(
    grid: Sequence[Sequence[Cell]], size: float, face: str, available: float, scale: float, place: Place
) -> None:
    """Raise ProjectError where words do not fit beside each other in the smallest type."""
    style = TextStyle(size, face)
    if _words_fit(grid, style, available, scale):
        return
    found = [_least(column, style, available) for column in zip(*grid)]
    at = max(range(len(found)), key=lambda i: found[i][0])
    needed = sum(width + GUTTER * scale + 1 for width, _ in found)
    column = "".join(span.text for span in grid[0][at])
    raise ProjectError.at(
        place,
        f"the words of the table's {len(found)} columns need {needed:.0f} pt beside each other in text of"
        f" {size:.0f} pt, and the slide has {available:.0f} pt; the widest is '{found[at][1]}' in the column"
        f" '{column}'.",
        "Show fewer columns, or shorten that word; a report has room for wider tables.",
    )


def _column_widths(
    grid: Sequence[Sequence[Cell]], style: TextStyle, available: float, scale: float
) -> tuple[float, ...]:
    count = len(grid[0])
    gutter = GUTTER * scale
    measured = [[_natural(row[c], style, bold=r == 0) for r, row in enumerate(grid)] for c in range(count)]
    natural = [max(column) + gutter + 1 for column in measured]
    least = [_least(column, style, available)[0] + gutter + 1 for column in zip(*grid)]
    if sum(natural) <= available:
        return tuple(width * available / sum(natural) for width in natural)
    if sum(least) > available:
        return tuple(available * width / sum(least) for width in least)
    spare = available - sum(least)
    wishes = [wide - low for wide, low in zip(natural, least)]
    return tuple(low + spare * wish / sum(wishes) for low, wish in zip(least, wishes))


def _row_height(
    row: Sequence[Cell], widths: Sequence[float], style: TextStyle, padding: float, scale: float, bold: bool
) -> float:
    lines = 1
    for cell, width in zip(row, widths):
        shown = Passage(tuple(TextRun(span.text, bold=bold or span.bold, code=span.code) for span in cell))
        lines = max(lines, len(lines_of(shown, style, width - GUTTER * scale)))
    return lines * leading(style) + 2 * padding * scale


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
    ends = [1 + round(i * (len(heights) - 1) / needed) for i in range(needed + 1)]
    even = [list(range(start, end)) for start, end in pairwise(ends)]
    return even if max(_sum(heights, part) for part in even) <= high + 0.01 else filled(high)
