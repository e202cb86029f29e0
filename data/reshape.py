"""A source's cells become a sheet: one header, and rows under it."""

from __future__ import annotations

from data.errors import Place, Problem, ProjectError
from data.sources.grid import Grid
from data.sources.sheet import Sheet


def tidy(grid: Grid) -> Sheet:
    """The first row of the grid that is not empty as header, the others as rows; empty rows are left out.

    Raises ProjectError for every row with too few or too many cells, and for a grid without header or rows.
    """
    filled = [index for index, row in enumerate(grid.cells) if any(cell.strip() for cell in row)]
    if not filled:
        raise ProjectError(
            Problem(Place(grid.file), "is empty.", "Put a header line and at least one row into it."),
        )
    first, *rest = filled
    width = grid.width(first)
    header = tuple(cell.strip() for cell in grid.cells[first][:width])
    problems = [
        Problem(
            grid.place(index, 0),
            f"this row has {grid.width(index)} cells, the header has {width}.",
            "Add the missing cells, or put quotes around a cell that holds the delimiter.",
        )
        for index in rest
        if grid.width(index) != width
    ]
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        place = grid.place(first, header.index(repeated[0]))
        problems.append(Problem(place, f"the header says '{repeated[0]}' twice.", "Give every column its own name."))
    if not rest and not problems:
        problems.append(Problem(grid.place(first, 0), "has a header and no rows.", "Add at least one row."))
    if problems:
        raise ProjectError(problems)
    columns = range(width)
    return Sheet(
        grid.file,
        header,
        tuple(tuple(cell.strip() for cell in grid.cells[index][:width]) for index in rest),
        tuple(grid.rows[index] for index in rest),
        places=tuple(tuple(grid.place(index, column) for column in columns) for index in rest)
        if grid.letters or grid.counted
        else (),
        warnings=grid.warnings,
    )
