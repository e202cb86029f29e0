"""Rows whose indentation says what they are part of."""

from __future__ import annotations

from data.reshape.frame import At, Frame
from data.settings.shape import ShapeSettings


def name_parents(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Columns for how deep a row is and what it is part of, from the spaces before its label.

    A row is part of the nearest row above it that is less indented: no step has a fixed width.
    """
    settings = shape.hierarchy
    if settings is None:
        return frame
    place = at("shape", "hierarchy")
    column = 0 if settings.column is None else frame.column(settings.column, place)
    depths: list[int] = []
    above: list[tuple[int, ...]] = []
    line: list[tuple[int, int]] = []
    for index, row in enumerate(frame.rows):
        indent = _indent(frame, index, column, row[column])
        while line and line[-1][0] >= indent:
            line.pop()
        above.append(tuple(parent for _, parent in line[: len(settings.parents)]))
        depths.append(len(line) + 1)
        line.append((indent, index))
    own = [frame.source(index, column) for index in range(len(frame.rows))]
    if settings.level is not None:
        frame = frame.with_column(settings.level, list(map(str, depths)), own, place)
    for step, name in enumerate(settings.parents):
        parents = [parents[step] if step < len(parents) else None for parents in above]
        cells = ["" if parent is None else frame.rows[parent][column].strip() for parent in parents]
        sources = [own[index] if parent is None else own[parent] for index, parent in enumerate(parents)]
        frame = frame.with_column(name, cells, sources, place)
    return frame


def _indent(frame: Frame, index: int, column: int, cell: str) -> int:
    """Spaces of any kind before the label, and how far the cell is indented by its format."""
    row, place = frame.source(index, column)
    by_format = frame.grid.indents[row][place] if frame.grid.indents else 0
    return len(cell) - len(cell.lstrip()) + by_format
