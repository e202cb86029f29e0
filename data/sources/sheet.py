"""What typing needs of a source: cells of text under a header, and where each of them stood."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from msgspec import Struct, field

from data.errors import Place, Problem
from data.sources.grid import Grid
from data.tables.footnote import Footnote


class Origin(Struct, frozen=True):
    """Where the rows of a sheet stood in one source."""

    grid: Grid
    """The source without its cells, which are no longer needed."""
    rows: tuple[int, ...]
    """Row of the grid behind each row of the sheet."""
    columns: tuple[int, ...]
    """Column of the grid behind each column; -1 for one that is made, such as from the file's name."""
    moved: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict[int, tuple[tuple[int, int], ...]])
    """For columns whose cells stood elsewhere: row and column of the grid behind each cell."""

    def source(self, row: int, column: int) -> tuple[int, int] | None:
        """Row and column of the grid behind a cell; None for one that is made."""
        moved = self.moved.get(column)
        if moved is not None:
            return moved[row]
        return None if self.columns[column] < 0 else (self.rows[row], self.columns[column])

    def place(self, row: int, column: int) -> Place:
        """Where a cell stood, `row` and `column` counted from 0."""
        source = self.source(row, column)
        return Place(self.grid.file) if source is None else self.grid.place(*source)


class Sheet(Struct, frozen=True):
    """A rectangle of text: every row has as many cells as the header."""

    file: str
    """Path in the project with forward slashes, or the address, without its secrets; several are joined by commas."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    """Line of the file, or row of the workbook, in which each row stands, from 1."""
    notes: tuple[Footnote, ...] = ()
    """What the source says about its table in words, to be printed below it."""
    origins: tuple[Origin, ...] = ()
    """Where the rows stood, in their order, a source each; () where every row is a line of `file`."""
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    """Header → the unit that the source writes into it."""
    warnings: tuple[Problem, ...] = ()
    repeated: int = 0
    """Rows that were left out because they repeated another one exactly."""

    def place(self, row: int, column: int) -> Place:
        """Where the cell in `row` and `column` (from 0) came from."""
        if not self.origins:
            return Place(self.file, self.lines[row])
        origin, row = self.origin(row)
        return origin.place(row, column)

    def origin(self, row: int) -> tuple[Origin, int]:
        """The source of a row, and its place among the rows that stood there."""
        if len(self.origins) == 1:
            return self.origins[0], row
        starts = self.starts
        which = bisect_right(starts, row) - 1
        return self.origins[which], row - starts[which]

    @property
    def lines_say_enough(self) -> bool:
        """Whether every cell of a row stands in the row's line of the one file."""
        if not self.origins:
            return True
        grid = self.origins[0].grid
        return len(self.origins) == 1 and not (grid.letters or grid.counted or self.origins[0].moved)

    @property
    def typed(self) -> bool:
        """Whether a source has numbers of its own, which come as plain text: a workbook, a query's result."""
        return any(origin.grid.letters or origin.grid.counted for origin in self.origins)

    @property
    def starts(self) -> tuple[int, ...]:
        """The first row of each source."""
        found = [0]
        for origin in self.origins[:-1]:
            found.append(found[-1] + len(origin.rows))
        return tuple(found)
