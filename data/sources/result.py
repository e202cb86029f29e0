"""Rows of typed values, as databases, columnar files and queries give them, become a grid."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from data.errors import Place, ProjectError
from data.sources.cell_text import NestedError, cell_text
from data.sources.grid import LESS, ROWS, Grid, checked, too_long

LARGEST = 200_000_000
"""Characters of all cells of a result together."""


def result_grid(
    file: str, header: Sequence[str], rows: Iterable[Sequence[object]], counted: str, remedy: str = LESS
) -> Grid:
    """A grid whose first row is the header; `counted` is what a row of it is called.

    `rows` is read no further than a table may be long. Raises ProjectError for more rows or text than that, and for
    lists and records in a cell.
    """
    if not header:
        raise ProjectError.at(Place(file), "gives no columns.", "Name those that are wanted after SELECT.")
    cells: list[tuple[str, ...]] = [tuple(header)]
    size = 0
    for number, row in enumerate(rows, 1):
        if number > ROWS:
            raise too_long(Place(file), remedy)
        try:
            texts = tuple(map(cell_text, row))
        except NestedError:
            raise nested(file, header[_nested_column(row)]) from None
        size += sum(map(len, texts))
        if size > LARGEST:
            raise too_wide(Place(file))
        cells.append(texts)
    digest = hashlib.sha256()
    for texts in cells:
        digest.update(("\x1f".join(texts) + "\x1e").encode("utf-8", "surrogatepass"))
    return checked(Grid(file, "", tuple(cells), tuple(range(len(cells))), counted=counted, checksum=digest.hexdigest()))


def too_wide(place: Place) -> ProjectError:
    """The error for a result with more text than there is room for."""
    return ProjectError.at(
        place,
        f"holds more than {LARGEST // 1_000_000} million characters in the columns that are asked for.",
        "Ask for fewer columns, or for a summary of them.",
    )


def nested(file: str, column: str) -> ProjectError:
    """The error for a column whose values have parts of their own."""
    return ProjectError.at(
        Place(file),
        f"column '{column}' holds lists, records or bytes, which have no place in a cell.",
        "Leave the field out, or take what you need of it apart before.",
    )


def _nested_column(row: Sequence[object]) -> int:
    for index, value in enumerate(row):
        try:
            cell_text(value)
        except NestedError:
            return index
    return 0
