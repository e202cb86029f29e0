"""The cells of a table, measured: how wide each column must be, wants to be, and becomes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError
from reports.document.inlines import Inlines, plain
from reports.pdf.boxes.made import Made
from reports.pdf.boxes.table_box import TableRow, column_widths
from reports.pdf.styles import ParagraphStyle, smaller
from reports.pdf.text.passage import Passage, passage
from reports.pdf.text.spans import Typesetting

_KEPT_ROWS = 300
"""Rows of a table that are kept as they are set; of a longer one each is set again when its page is drawn."""
_EASY_GAP = 75.0
"""A gap between two columns that eyes cross without losing the row."""


class TooNarrowError(ProjectError):
    """A table whose words do not fit beside each other in the smallest type."""


class Cells(Struct, frozen=True):
    """A table's cells in one size of type, and what is measured of each column, in points."""

    heads: tuple[Passage, ...]
    body: Sequence[Sequence[Passage]]
    right: Sequence[bool]
    """Which columns hold numbers."""
    gap: float
    """Between columns."""
    natural: tuple[array[float], ...]
    """Width of each cell in one line, that of the head first."""
    alone: tuple[array[float], ...]
    """The room that each cell needs to stay one line, without the head."""
    widest: tuple[float, ...]
    """The widest word."""

    def narrowest(self, most: float) -> list[float]:
        """The widest part of a word that no hyphen divides; what is no word takes at most so much."""
        found = [head.narrowest(most) for head in self.heads]
        for row in self.body:
            for i, own in enumerate(row):
                if own.widest > found[i]:
                    found[i] = max(found[i], own.narrowest(most))
        return found

    def widths(self, least: Sequence[float], width: float) -> tuple[list[float], float]:
        """How wide each column is, and the whole table: at most `width`."""
        natural, right, count = list(self.natural), self.right, len(self.heads)
        if sum(map(max, natural)) + self.gap * (count - 1) > width:
            # a number never breaks, but the title of its column may, into two lines
            natural = [
                array("d", (column[0] / 1.8, *column[1:])) if number else column
                for column, number in zip(natural, right)
            ]
        natural = [
            array("d", (max(n, least[i]) for n in column)) if right[i] else column for i, column in enumerate(natural)
        ]
        # a table of few short columns is not as wide as the page: eyes would lose the row between them
        easy = sum(max(n) for n in natural) + (self.gap + _EASY_GAP) * count
        width = max(0.6 * width, easy) if easy < 0.8 * width else width
        return column_widths(natural, least, width - self.gap * (count - 1), right), width

    def fitted(self, widths: Sequence[float]) -> tuple[Sequence[TableRow], array[int] | None]:
        """The rows in columns of these widths; and how many lines each has, where there are too many to ask them."""

        def fitted(cells: Sequence[Passage]) -> TableRow:
            return TableRow(tuple(p.fit(w) for p, w in zip(cells, widths)))

        rows: Sequence[TableRow] = Made(self.body, fitted)
        if len(self.body) <= _KEPT_ROWS:
            return tuple(rows), None
        surely = (all(needed <= w for needed, w in zip(row, widths)) for row in zip(*self.alone))
        return rows, array("i", (1 if one else rows[i].count for i, one in enumerate(surely)))


def set_cells(
    columns: Sequence[Inlines],
    rows: Sequence[Sequence[Inlines]],
    right: Sequence[bool],
    styles: tuple[ParagraphStyle, ParagraphStyle],
    setting: Typesetting,
    gap: float,
) -> Cells:
    """The cells in the styles of head and body."""

    def cells(style: ParagraphStyle) -> Callable[[Sequence[Inlines]], list[Passage]]:
        aligned = [replace(style, align="right") if number else style for number in right]
        return lambda row: [passage(inlines, own, setting) for inlines, own in zip(row, aligned)]

    head, text = styles
    heads = tuple(cells(head)(columns))
    body: Sequence[Sequence[Passage]] = Made(rows, cells(text))
    if len(rows) <= _KEPT_ROWS:
        body = tuple(body)
    natural = [array("d", (head.natural_width,)) for head in heads]
    alone = [array("d") for _ in heads]
    widest = [head.widest for head in heads]
    for row in body:
        for i, own in enumerate(row):
            natural[i].append(own.natural_width)
            alone[i].append(own.room_for_one_line)
            widest[i] = max(widest[i], own.widest)
    return Cells(heads, body, right, gap, tuple(natural), tuple(alone), tuple(widest))


def set_whole(
    columns: Sequence[Inlines],
    rows: Sequence[Sequence[Inlines]],
    right: Sequence[bool],
    styles: tuple[ParagraphStyle, ParagraphStyle],
    setting: Typesetting,
    gap: float,
    width: float,
) -> tuple[Cells, Sequence[float] | None]:
    """The cells in the largest type in which no word is cut in a table of a width, and the least of each column.

    Type is that of `styles`, of head and body, and smaller down to `LEAST_CELL`; the cells in that and None where
    words do not fit even so.
    """
    sizes = list(zip(*map(smaller, styles)))
    for size in sizes:
        cells = set_cells(columns, rows, right, size, setting, gap)
        room = width - gap * (len(columns) - 1)
        if sum(cells.widest) <= room:
            return cells, cells.widest
        if sum(least := cells.narrowest(width / 2)) <= room:
            return cells, least
    return set_cells(columns, rows, right, sizes[-1], setting, gap), None


def too_narrow(cells: Cells, width: float, columns: Sequence[Inlines], language: str, place: Place) -> Problem:
    """What is wrong with a table whose words need more than `width` points, and which of them needs most."""
    least = cells.narrowest(width / 2)
    at = max(range(len(least)), key=lambda i: least[i])
    passages = [cells.heads[at], *(row[at] for row in cells.body)]
    word = max(passages, key=lambda one: one.narrowest(width / 2)).widest_word
    needed = sum(least) + cells.gap * (len(least) - 1)
    return Problem(
        place,
        f"the words of the table's {len(least)} columns need {needed:.0f} pt beside each other in type of"
        f" {cells.heads[0].style.size:g} pt, and there are {width:.0f} pt; the widest is '{_short(word)}' in the column"
        f" '{plain(columns[at], language)}'.",
        'Name fewer columns: {fields="..."} behind the table; or shorten that word.',
    )


def _short(word: str) -> str:
    """The beginning of a word, for a message."""
    return word if len(word) <= 48 else word[:47] + "…"
