"""Several tables in one sheet or text file: below one another, or beside one another with empty columns between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from data.inspection.grids.cells import Cells, is_number
from data.inspection.grids.layout import Layout, layouts, size
from data.sources.grid import Grid, letters

_DISTINCT = 0.9
"""Share of different texts from which a column names the rows of a table of its own."""


def tables_in(grid: Grid) -> list[Layout]:
    """The tables in a grid, the largest first. Records and results of queries are one table."""
    found = layouts(grid.cells)
    if grid.counted or (grid.rows and grid.rows[0] == 0):
        return found[:1]
    parts = [part for layout in found for part in _sides(grid.cells, layout)]
    return sorted(parts, key=lambda table: (-size(grid.cells, table), table.first, table.columns))


def in_order(tables: Sequence[Layout]) -> list[Layout]:
    """The tables as one meets them in the file: from top to bottom, from left to right."""
    return sorted(tables, key=lambda table: (top(table), table.columns))


def top(table: Layout) -> int:
    """Index of the first row of a table's header, or of the table where it has none."""
    return min(table.header, default=table.first)


def where(grid: Grid, table: Layout) -> str:
    """Where a table stands: cells of a sheet, lines of a text file."""
    first, last = grid.rows[top(table)], grid.rows[table.last]
    left, right = (grid.first_column + column for column in (table.columns[0], table.columns[-1]))
    if grid.letters:
        return f"{letters(left)}{first}:{letters(right)}{last}"
    return f"lines {first}-{last}" + (f", columns {left}-{right}" if table.side else "")


def alone(cells: Cells, table: Layout) -> Cells:
    """The cells without those of tables that stand beside this one.

    A line above or below that says one thing only is said of all of them: it stands over the first column then.
    """
    if table.side is None:
        return cells
    left, right = table.side
    inside = range(top(table), table.last + 1)
    masked: list[tuple[str, ...]] = []
    for index, row in enumerate(cells):
        kept = [cell if left <= column <= right else "" for column, cell in enumerate(row)]
        said = {cell.strip() for cell in row if cell.strip()}
        if index not in inside and len(said) == 1 and not any(kept):
            kept[left] = said.pop()
        masked.append(tuple(kept))
    return masked


def _sides(cells: Cells, layout: Layout) -> list[Layout]:
    """The tables that empty columns divide a table into, where each of them names its own rows; else the table."""
    blocks = _blocks(layout.columns)
    if len(blocks) < 2 or min(map(len, blocks)) < 2:
        return [layout]
    rows = {*layout.above, *layout.below, *range(top(layout), layout.last + 1)}
    near = [row if index in rows else ("",) * len(row) for index, row in enumerate(cells)]
    parts: list[Layout] = []
    for block in blocks:
        side = (block[0], block[-1])
        found = layouts(alone(near, replace(layout, side=side)))
        if len(found) != 1 or not found[0].header or not _names_rows(cells, found[0], block[0]):
            return [layout]
        parts.append(replace(found[0], side=side))
    return parts


def _blocks(columns: Sequence[int]) -> list[list[int]]:
    """Runs of columns without an empty one between them."""
    blocks = [[columns[0]]] if columns else []
    for before, column in pairwise(columns):
        if column == before + 1:
            blocks[-1].append(column)
        else:
            blocks.append([column])
    return blocks


def _names_rows(cells: Cells, table: Layout, column: int) -> bool:
    """Whether a column has a header and says in each row, in other words, what the row is about."""
    texts = [text for row in range(table.first, table.last + 1) if (text := cells[row][column].strip())]
    worded = sum(not is_number(text) for text in texts)
    named = any(cells[row][column].strip() for row in table.header)
    return named and len(texts) > 1 and len(set(texts)) >= _DISTINCT * len(texts) and worded >= _DISTINCT * len(texts)
