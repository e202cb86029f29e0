"""A table on its way from a source's grid to a tidy sheet: cells, and where each of them stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, nearest
from data.reshape.words import find_column
from data.sources.grid import Grid

At = Callable[..., Place]
"""Where a setting of the table stands in project.toml: at("shape", "header")."""


class Marked(Struct, frozen=True):
    """A footnote mark that stood behind a label, a number or a header."""

    mark: str
    label: str
    row: int
    """Row of the grid that the mark concerns; -1 for a header."""
    place: Place
    column: str = ""
    """Header of the column that the mark concerns; "" for the whole row."""


class Frame(Struct, frozen=True):
    """A header and rows of cells, not yet trimmed: spaces before a label may mean something."""

    grid: Grid
    header: tuple[str, ...]
    columns: tuple[int, ...]
    """Column of the grid behind each column."""
    rows: tuple[tuple[str, ...], ...]
    at: tuple[int, ...]
    """Row of the grid behind each row."""
    top: int
    """Row of the grid that holds the header, its last one where there are several; -1 where there is none."""
    width: int
    """How many cells a row must have."""
    moved: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict[int, tuple[tuple[int, int], ...]])
    """For a column whose cells stood elsewhere: row and column of the grid behind each cell."""
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    """Header → the unit that stood in it."""
    notes: tuple[str, ...] = ()
    marked: tuple[Marked, ...] = ()
    repeated: int = 0
    """Rows that were left out because they repeated another one exactly."""
    warnings: tuple[Problem, ...] = ()

    def source(self, row: int, column: int) -> tuple[int, int]:
        """Row and column of the grid behind a cell."""
        moved = self.moved.get(column)
        return moved[row] if moved is not None else (self.at[row], self.columns[column])

    def place(self, row: int, column: int) -> Place:
        """Where a cell stood in its source."""
        return self.grid.place(*self.source(row, column))

    def take(self, keep: Sequence[int]) -> Frame:
        """The rows at the places `keep`."""
        if len(keep) == len(self.rows):
            return self
        return replace(
            self,
            rows=tuple(self.rows[i] for i in keep),
            at=tuple(self.at[i] for i in keep),
            moved={column: tuple(cells[i] for i in keep) for column, cells in self.moved.items()},
        )

    def with_column(self, name: str, cells: Sequence[str], sources: Sequence[tuple[int, int]], place: Place) -> Frame:
        """The frame with one more column at its end; ProjectError where its name is taken."""
        if find_column(self.header, name) is not None:
            raise ProjectError.at(place, f"{self.grid.file} has a column '{name}' already.", "Choose another name.")
        return replace(
            self,
            header=(*self.header, name),
            columns=(*self.columns, -1),
            rows=tuple((*row, cell) for row, cell in zip(self.rows, cells, strict=True)),
            moved={**self.moved, len(self.header): tuple(sources)},
        )

    def column(self, name: str, place: Place) -> int:
        """Place of the column that a setting names; ProjectError with the nearest name where there is none."""
        found = find_column(self.header, name)
        if found is None:
            raise ProjectError.at(
                place, f"{self.grid.file} has no column '{name}'.", nearest(name, filter(None, self.header))
            )
        return found

    def warn(self, place: Place, message: str, remedy: str) -> Frame:
        """The frame with one more thing to tell, which does not stop the build."""
        return replace(self, warnings=(*self.warnings, Problem(place, message, remedy, "warning")))


def filled(row: Sequence[str]) -> list[str]:
    """The cells of a row that hold something."""
    return list(filter(str.strip, row))


def label(row: Sequence[str]) -> str:
    """What a row is about: its first cell that holds something."""
    return next((cell for cell in row if cell and not cell.isspace()), "")
