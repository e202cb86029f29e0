"""What every kind of source gives: a rectangle of text cells, before anybody says which row is the header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, few
from data.files.text_file import composed, unprintable
from data.sources.shown import Shown

ROWS = 500_000
"""A table holds at most so many rows. Larger sources are asked by a query, which gives a table of this size."""
_SOME = 2_000
"""Rows that show how often cells say the same."""
MARGIN = 1_000
"""Rows that a file made for people may have above and below its table: titles, headers, notes."""

QUERY = 'Declare it under [sources.NAME] and take what you need with query = "SELECT ... FROM NAME".'
"""What to do about a file that is too large for a table."""
LESS = "Ask for less: WHERE, GROUP BY, or ORDER BY with LIMIT."
"""What to do about a result that is too large for a table."""


class Grid(Struct, frozen=True):
    """Cells of text as a source has them. Leading spaces are kept: in some tables they mean something."""

    file: str
    """Path in the project with forward slashes, or the address or connection, without its secrets."""
    part: str
    """The sheet; "" where the source has only one part."""
    cells: tuple[tuple[str, ...], ...]
    """Rectangular; "" for an empty cell."""
    rows: tuple[int, ...]
    """Line (text files) or row (workbooks, results) of each row, from 1; a result's header has 0."""
    letters: bool = False
    """Whether columns are called by letters, as in workbooks."""
    first_column: int = 1
    """Number of the first column, where a range of cells was taken."""
    counted: str = ""
    """What a row is called where it is neither a line nor a workbook's: "record", "row"."""
    widths: tuple[int, ...] = ()
    """How many cells each row really had, where a source can have ragged rows."""
    indents: tuple[tuple[int, ...], ...] = ()
    """How far each cell is indented by its format, where a source knows; () where it does not."""
    checksum: str = ""
    """SHA-256 of what was read where it is no file of the project: a download, a query's result."""
    warnings: tuple[Problem, ...] = ()
    shown: Shown | None = None
    """What a workbook's sheet shows beside its values."""

    def address(self, row: int, column: int) -> tuple[int, int]:
        """Row and column of the sheet, from 0, behind a cell of the grid."""
        return self.rows[row] - 1, self.first_column - 1 + column

    def place(self, row: int, column: int) -> Place:
        """Where the cell in `row` and `column` (from 0) stands: `x.csv:18`, `x.xlsx:National!C18`."""
        number = self.rows[row]
        if self.letters:
            name = f"{letters(self.first_column + column)}{number}"
            return Place(self.file, number, f"{self.part}!{name}" if self.part else name)
        if self.counted:
            return Place(self.file, number, f"{self.counted} {number}" if number else "")
        return Place(self.file, number)

    def width(self, row: int) -> int:
        """How many cells the row has in the file."""
        return self.widths[row] if self.widths else len(self.cells[row])


def letters(column: int) -> str:
    """A column's number from 1 as spreadsheets call it.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def rectangular(
    records: Iterable[Sequence[str]], are_shared: bool = False
) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """Rows filled up with empty cells to one width, and the widths they had (() when all had the same).

    Rows and columns at the end that hold nothing are dropped. `are_shared` says that texts are `shared` already.
    """
    rows = list(map(tuple, records)) if are_shared else shared(list(map(tuple, records)))
    while rows and not any(rows[-1]):
        rows.pop()
    widths = tuple(map(len, rows))
    if len(set(widths)) > 1:
        width = max((_used(row) for row in rows), default=0)
        cells = tuple((*row[:width], *("",) * (width - len(row))) for row in rows)
        return cells, widths
    return tuple(rows), ()


def shared(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows with one text in memory for all cells that say the same, where the first rows say much of it again.

    That takes less memory, and whoever goes through the cells afterwards takes less time.
    """
    some = list(chain.from_iterable(rows[:_SOME]))
    if len(rows) < _SOME or len(set(some)) * 3 > len(some):
        return rows
    known: dict[str, str] = {}
    return [tuple(map(known.setdefault, row, row)) for row in rows]


def _used(row: Sequence[str]) -> int:
    """Cells up to the last one that holds something."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return end


def checked(grid: Grid, whole: str = "") -> Grid:
    """The grid without byte order marks before its cells, letters and their accents composed.

    `whole` is a text that all its cells were cut out of, where there is one: what is fine in it is fine in each.
    Raises ProjectError for a grid without cells, and for characters that cannot be shown.
    """
    if not grid.cells:
        raise ProjectError.at(Place(grid.file), "is empty.", "Put a header line and at least one row into it.")
    text = whole or "\n".join("\n".join(row) for row in grid.cells)
    if "\ufeff" in text:
        grid = replace(grid, cells=tuple(tuple(cell.lstrip("\ufeff") for cell in row) for row in grid.cells))
    if composed(text) != text:
        grid = replace(grid, cells=tuple(tuple(map(composed, row)) for row in grid.cells))
    if not any(unprintable(text)):
        return grid
    problems = [
        Problem(grid.place(i, j), message, remedy)
        for i, row in enumerate(grid.cells)
        for j, cell in enumerate(row)
        for message, remedy in unprintable(cell)
    ]
    if problems:
        raise ProjectError(few(problems))
    return grid


def too_long(place: Place, remedy: str = QUERY) -> ProjectError:
    """The error for a source with more rows than a table may have."""
    return ProjectError.at(place, f"has more than {ROWS:,} rows, the most that a table holds.", remedy)
