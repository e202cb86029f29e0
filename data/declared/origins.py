"""The cells behind the values of a table, worked out only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from data.sources.sheet import Sheet
from data.tables.provenance import Cell, RowCells


class Whereabouts(Struct, frozen=True):
    """Which column of a sheet each column of a table was read from."""

    table: str
    sheet: Sheet
    """The sheet without its cells, which are no longer needed."""
    columns: Mapping[str, int]


class RowOrigins(RowCells):
    """Column → the one cell behind its value in a row."""

    __slots__ = ("_row", "_where")

    def __init__(self, where: Whereabouts, row: int) -> None:
        self._where, self._row = where, row

    def __getitem__(self, column: str) -> tuple[Cell]:
        where = self._where
        place = where.sheet.place(self._row, where.columns[column])
        return (Cell(where.table, column, place.file, place.line, place.cell),)

    def __iter__(self) -> Iterator[str]:
        return iter(self._where.columns)

    def __len__(self) -> int:
        return len(self._where.columns)
