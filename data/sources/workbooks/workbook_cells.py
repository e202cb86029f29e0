"""What a workbook's reader gives, whatever the workbook's format."""

from __future__ import annotations

from msgspec import Struct, field

from data.errors import Place, ProjectError
from data.sources.shown import Looks

CELLS = 5_000_000
"""Cells of the rectangle that a sheet's values may span: readers keep all of them in memory at once."""


class SheetName(Struct, frozen=True):
    """One sheet of a workbook."""

    name: str
    hidden: bool = False


class SheetCells(Struct, frozen=True):
    """What a sheet holds, from its cell A1 on. Rows and columns are counted from 0."""

    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, first column, last row, last column of cells that are merged."""
    unsaved: tuple[tuple[int, int], ...] = ()
    """Row and column of formulas whose results were never saved."""
    indents: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    """How far a cell's format indents it, for cells that it does indent."""
    looks: Looks = field(default_factory=Looks)
    """What cells show beside their values."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()
    """Rows that the workbook itself calls the totals of a table."""


def spans_too_much(file: str, name: str, spanned: int) -> ProjectError:
    """The error for a sheet whose values lie too far apart."""
    return ProjectError.at(
        Place(file, cell=name),
        f"the values of this sheet span {spanned:,} cells, more than the {CELLS:,} that are read.",
        "Delete what stands far off the table, or save the table as Parquet or CSV and ask it by a query.",
    )


def column_number(name: str) -> int:
    """A column's letters as its number from 1.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number
