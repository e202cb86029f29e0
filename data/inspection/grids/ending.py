"""Where a table ends and its notes begin."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from msgspec import Struct

from data.inspection.grids.cells import Cells, kind_of, names_key
from data.inspection.words.vocabulary import NOTE

_LONG = 60
"""Characters of a text that is no label of a row any more."""


def ending(
    cells: Cells, filled: Sequence[int], lone: Set[int], profile: Sequence[str], body: int, end: int
) -> tuple[int, str]:
    """The last row of the table that begins with the row `body` and goes on to `end` at least, and why it ends there.
    `lone` are the rows that say one thing only.

    A line that says one thing only, at the end, heads no section: no row follows. So it is a note, unless the table has
    rows without values elsewhere, and the line is a label like theirs. Other rows right below go on with the table as
    long as they do not call themselves notes.
    """
    numeric = [column for column, kind in enumerate(profile) if kind == "n"]
    rows = _Rows(cells, filled, lone, numeric)
    valueless = _has_rows_without_values(filled, lone, body, end, bool(numeric))
    last = end
    while last > body and not rows.counts(last):
        last -= 1
    while last + 1 < len(cells) and filled[last + 1] and not rows.notes(last + 1, valueless):
        last += 1
    return last, _reason(cells, filled, last)


class _Rows(Struct, frozen=True):
    """The rows of a grid, by what a table in it holds."""

    cells: Cells
    filled: Sequence[int]
    lone: Set[int]
    numeric: Sequence[int]
    """Columns of numbers."""

    def counts(self, row: int) -> bool:
        """Whether a row has values."""
        if self.numeric:
            return any(kind_of(self.cells[row][column]) in ("n", "m") for column in self.numeric)
        told = row in self.lone or names_key(self.cells[row]) or _explains(self.cells[row])
        return self.filled[row] >= 2 and not told

    def notes(self, row: int, valueless: bool) -> bool:
        """Whether a row is a note; one with several cells is one of the table unless it calls itself so.

        `valueless` says that the table has rows without values, so that a label alone may be one of them.
        """
        if self.counts(row):
            return False
        text = first_of(self.cells[row])
        return bool(NOTE.match(text)) if self.filled[row] > 1 else says_something(text) or not valueless


def _reason(cells: Cells, filled: Sequence[int], last: int) -> str:
    """Why the table ends with the row `last`."""
    below = next((row for row in range(last + 1, len(cells)) if filled[row]), None)
    if below is None:
        return "The last row that holds something."
    first = first_of(cells[below])
    shown = first if len(first) <= 40 else f"{first[:39]}…"
    return f"Below it follow notes, beginning with '{shown}'."


def _explains(row: Sequence[str]) -> bool:
    """Whether a row is a mark and what it means."""
    return kind_of(first_of(row)) == "m" and sum(bool(cell.strip()) for cell in row) == 2


def _has_rows_without_values(filled: Sequence[int], lone: Set[int], body: int, end: int, numeric: bool) -> bool:
    """Whether rows of a table have only a label: two of them in a row among numbers, where one could head a section."""
    alone = [row in lone for row in range(body, end + 1) if filled[row]]
    while alone and alone[-1]:
        alone.pop()
    return any(one and other for one, other in pairwise(alone)) if numeric else any(alone)


def says_something(text: str) -> bool:
    """Whether a text says something about the table, or is a mere line, and is no label of a row."""
    sentence = text.endswith((".", ":", "。")) and (" " in text or not text.isascii())
    line = not any(map(str.isalnum, text)) and len(text) > 2
    return bool(NOTE.match(text)) or " = " in text or sentence or line or len(text) > _LONG or text.count(" ") >= 8


def first_of(row: Sequence[str]) -> str:
    """What the first filled cell of a row says."""
    return next((cell.strip() for cell in row if cell.strip()), "")
