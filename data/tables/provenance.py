"""The cells that a value came from: one, or the thousands of a whole column, made only when somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, Protocol, overload

from msgspec import Struct


class Cell(NamedTuple):
    """One cell of a source file: where a value comes from."""

    table: str
    field: str
    file: str
    line: int
    """Line of the file, from 1, header included."""
    cell: str = ""
    """The cell as people look it up in a workbook: "National!C18"."""


class RowCells(Mapping[str, tuple[Cell]]):
    """Column → the one cell behind its value in a row, made when somebody asks for it."""

    __slots__ = ()


class _Lines(Struct, frozen=True):
    """The cells of a column whose rows are lines of one file."""

    table: str
    field: str
    file: str
    lines: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, index: int) -> Cell:
        return Cell(self.table, self.field, self.file, self.lines[index])

    def __iter__(self) -> Iterator[Cell]:
        return (Cell(self.table, self.field, self.file, line) for line in self.lines)


class _Rows(Struct, frozen=True):
    """The cells of a column of which each row knows its own."""

    table: str
    field: str
    rows: tuple[RowCells, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Cell:
        return self.rows[index][self.field][0]

    def __iter__(self) -> Iterator[Cell]:
        return (row[self.field][0] for row in self.rows)


_Part = _Lines | _Rows | tuple[Cell, ...]


class Cells(Sequence[Cell]):
    """Many cells in the order in which they were taken, as columns and single ones; equal to a tuple of the same."""

    __slots__ = ("_length", "_parts")

    def __init__(self, parts: tuple[_Part, ...]) -> None:
        self._parts = parts
        self._length = sum(map(len, parts))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Cell]:
        return chain.from_iterable(self._parts)

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, index: int | slice) -> Cell | tuple[Cell, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        place = index + self._length if index < 0 else index
        for part in self._parts if place >= 0 else ():
            if place < len(part):
                return part[place]
            place -= len(part)
        raise IndexError(index)

    def __add__(self, others: Sequence[Cell]) -> Cells:
        return Cells(self._parts + _parts(others))

    def __radd__(self, others: tuple[Cell, ...]) -> Cells:
        return Cells((*_parts(others), *self._parts))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cells | tuple) and tuple(self) == tuple(other)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  # cells or not, a tuple can be compared

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Cells({self._length})"

    @property
    def spans(self) -> tuple[tuple[str, str, str, str] | tuple[Cell, ...], ...]:
        """The same in few words: a column's table, field, file and lines at once, others cell by cell."""
        return tuple(
            (part.table, part.field, part.file, repr(part.lines)) if isinstance(part, _Lines) else tuple(part)
            for part in self._parts
        )

    @property
    def tables(self) -> dict[str, None]:
        """Names of the tables that the cells stand in, each once, in their order."""
        named: dict[str, None] = {}
        for part in self._parts:
            if isinstance(part, tuple):
                named.update((cell.table, None) for cell in part)
            else:
                named[part.table] = None
        return named


Behind = tuple[Cell, ...] | Cells
"""What stands behind a value: a few cells as they are, many of them as columns."""


def _parts(cells: Sequence[Cell]) -> tuple[_Part, ...]:
    if isinstance(cells, Cells):
        return cells._parts  # pyright: ignore[reportPrivateUsage]  # of its own kind
    return (tuple(cells),) if cells else ()


def column_cells(
    table: str,
    field: str,
    file: str,
    lines: tuple[int, ...],
    origins: Sequence[Mapping[str, Behind]] = (),
) -> Behind:
    """The cells of a whole column, row by row; `origins` holds them where the lines do not say which they are."""
    if not origins:
        return Cells((_Lines(table, field, file, lines),)) if lines else ()
    rows = tuple(origin for origin in origins if isinstance(origin, RowCells))
    if len(rows) == len(origins):
        return Cells((_Rows(table, field, rows),))
    return tuple(cell for origin in origins for cell in origin.get(field, ()))


class WithAdded(Mapping[str, Behind]):
    """The cells of a row: those of fields that were computed, and what was known of the others `before`."""

    __slots__ = ("_added", "_before", "_row")

    def __init__(self, before: KnowsCells, row: int, added: Mapping[str, Behind]) -> None:
        self._before, self._row, self._added = before, row, added

    def __getitem__(self, column: str) -> Behind:
        if column in self._added:
            return self._added[column]
        if column not in self._before.columns:
            raise KeyError(column)
        return self._before.behind(self._row, column)

    def __iter__(self) -> Iterator[str]:
        return iter((*self._before.columns, *self._added))

    def __len__(self) -> int:
        return len(self._before.columns) + len(self._added)


class KnowsCells(Protocol):
    """What knows the cells of its columns, row by row: a table."""

    @property
    def columns(self) -> Mapping[str, object]: ...
    def behind(self, index: int, column: str) -> Behind: ...


def tables_behind(cells: Behind) -> dict[str, None]:
    """Names of the tables that cells stand in, each once, in their order."""
    return cells.tables if isinstance(cells, Cells) else dict.fromkeys(cell.table for cell in cells)
