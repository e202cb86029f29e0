"""The cells that a value came from: one, or the thousands of a whole column, made only when somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, overload


class Cell(NamedTuple):
    """One cell of a source file: where a value comes from."""

    table: str
    field: str
    file: str
    line: int
    """Line of the file, from 1, header included."""
    cell: str = ""
    """The cell as people look it up in a workbook: "National!C18"."""


class _Column(NamedTuple):
    """The cells of a column whose rows are lines of one file."""

    table: str
    field: str
    file: str
    lines: tuple[int, ...]


class Cells(Sequence[Cell]):
    """Many cells in the order in which they were taken, as columns and single ones; equal to a tuple of the same."""

    __slots__ = ("_length", "_parts")

    def __init__(self, parts: tuple[_Column | tuple[Cell, ...], ...]) -> None:
        self._parts = parts
        self._length = sum(len(part.lines) if isinstance(part, _Column) else len(part) for part in parts)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Cell]:
        for part in self._parts:
            if isinstance(part, _Column):
                table, field, file, lines = part
                yield from (Cell(table, field, file, line) for line in lines)
            else:
                yield from part

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, index: int | slice) -> Cell | tuple[Cell, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        place = index + self._length if index < 0 else index
        for part in self._parts if place >= 0 else ():
            size = len(part.lines) if isinstance(part, _Column) else len(part)
            if place < size:
                return Cell(*part[:3], part.lines[place]) if isinstance(part, _Column) else part[place]
            place -= size
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
    def tables(self) -> dict[str, None]:
        """Names of the tables that the cells stand in, each once, in their order."""
        named: dict[str, None] = {}
        for part in self._parts:
            if isinstance(part, _Column):
                named[part.table] = None
            else:
                named.update((cell.table, None) for cell in part)
        return named


Behind = tuple[Cell, ...] | Cells
"""What stands behind a value: a few cells as they are, many of them as columns."""


def _parts(cells: Sequence[Cell]) -> tuple[_Column | tuple[Cell, ...], ...]:
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
    if origins:
        return tuple(cell for origin in origins for cell in origin.get(field, ()))
    return Cells((_Column(table, field, file, lines),)) if lines else ()


def tables_behind(cells: Behind) -> dict[str, None]:
    """Names of the tables that cells stand in, each once, in their order."""
    return cells.tables if isinstance(cells, Cells) else dict.fromkeys(cell.table for cell in cells)
