"""Tables made for people become tidy: one header, one row for each thing, one meaning for each column."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from operator import ne

from msgspec.structs import replace

from data.errors import Problem, ProjectError
from data.reshape.around import check_says, cut_end, without_leaders
from data.reshape.footnotes import cut_notes, explained, strip_marks
from data.reshape.frame import At, Frame
from data.reshape.header import (
    columns_of_one_cell,
    drop_column_numbers,
    name_of,
    number_repeated,
    set_units_apart,
    with_header,
)
from data.reshape.hierarchy import name_parents
from data.reshape.pivot import melt, pivot
from data.reshape.rows import (
    check_widths,
    drop_repeated,
    drop_rows,
    fill_down,
    keep_rows,
    name_sections,
    skip_alone,
    skip_rows,
)
from data.settings.project import TableSettings
from data.settings.shape import ShapeSettings
from data.sources.grid import Grid
from data.sources.sheet import Origin, Sheet
from data.tables.footnote import Footnote
from data.tables.lookup import picker

Step = Callable[[Frame, ShapeSettings, At], Frame]

STEPS: tuple[tuple[str, Step], ...] = (
    ("column_numbers", drop_column_numbers),
    ("leaders", without_leaders),
    ("end", cut_end),
    ("notes", cut_notes),
    ("skip", skip_rows),
    ("alone", skip_alone),
    ("says", check_says),
    ("marks", strip_marks),
    ("units", set_units_apart),
    ("repeated_headers", number_repeated),
    ("sections", name_sections),
    ("cells", columns_of_one_cell),
    ("fill_down", fill_down),
    ("hierarchy", name_parents),
    ("drop", drop_rows),
    ("keep", keep_rows),
    ("header", check_widths),
    ("repeated_rows", drop_repeated),
    ("long", melt),
    ("wide", pivot),
)
"""Setting → what it does to the rows below the header, in the order in which it is done."""


def reshape(grid: Grid, settings: TableSettings, at: At) -> Sheet:
    """The sheet that a table's settings make of a source's cells.

    `at` gives the place of a setting in project.toml. Without settings the first row is the header and the others are
    rows. Raises ProjectError for cells and settings that do not fit together, with the place of each.
    """
    frame = with_header(grid, settings.shape, at)
    for setting, step in STEPS:
        frame = step(frame, settings.shape, at)
        if not frame.rows:
            left = f"{setting} leaves no row of {name_of(grid)}."
            raise ProjectError([Problem(at("shape", setting), left, "Correct this setting."), *frame.warnings])
    return _sheet(frame, explained(frame, settings, at))


def _trimmed(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Rows without spaces around their cells; those of a frame that has none stay as they are."""
    texts = set(chain.from_iterable(rows))
    return tuple(tuple(map(str.strip, row)) for row in rows) if any(map(ne, texts, map(str.strip, texts))) else rows


def _sheet(frame: Frame, notes: tuple[Footnote, ...]) -> Sheet:
    """The frame's cells, trimmed, with what is needed to say where they stood."""
    grid = frame.grid
    source = replace(grid, cells=(), widths=(), indents=(), warnings=())
    return Sheet(
        grid.file,
        frame.header,
        _trimmed(frame.rows),
        picker(frame.at)(grid.rows),
        notes,
        (Origin(source, frame.at, frame.columns, frame.moved),),
        frame.units,
        frame.warnings,
        frame.repeated,
    )
