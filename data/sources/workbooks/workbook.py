"""Sheets of workbooks: Excel's .xlsx and .xls, and OpenDocument's .ods."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, few, nearest
from data.files.world import opened
from data.sources.grid import MARGIN, ROWS, Grid, checked, letters, rectangular, too_long
from data.sources.request import Request
from data.sources.shown import Looks, Shown
from data.sources.workbooks import office_open, old_workbook, open_document
from data.sources.workbooks.office_open_parts import workbook_part
from data.sources.workbooks.package import Package, locked
from data.sources.workbooks.workbook_cells import SheetCells, SheetName, column_number

_SHOWN = 10
_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d*)")


_READERS = {"xlsx": office_open, "ods": open_document, "xls": old_workbook}


def read(request: Request) -> Grid:
    """The cells of one sheet: the one that is named, or the only one that is not hidden.

    Merged cells are filled with what they show. Raises ProjectError for files that are no workbooks, locked, damaged
    or out of all proportion; for formulas without results; and where it is not said which of several sheets is meant.
    """
    path, file = request.needed_path, request.file
    book = _READERS[workbook_kind(path, file)]
    sheets = book.sheet_names(path, file)
    name = _chosen(request, sheets)
    found = book.sheet_cells(path, file, name)
    return _grid(request, name, found)


def sheet_names(path: Path, file: str) -> tuple[SheetName, ...]:
    """The sheets of a workbook, in their order."""
    return _READERS[workbook_kind(path, file)].sheet_names(path, file)


def workbook_kind(path: Path, file: str) -> str:
    """ "xlsx", "xls" or "ods", by the file's content: endings are often wrong.

    Raises ProjectError for anything else, such as a web page that was saved under a workbook's name.
    """
    try:
        with opened(path) as stream:
            start = stream.read(4096)
    except OSError as error:
        raise ProjectError.at(
            Place(file), f"cannot be read: {error.strerror}.", "Check that the file is there and readable."
        ) from None
    if path.name.startswith("~$"):
        raise ProjectError.at(
            Place(file),
            "is no workbook, but a note that Excel keeps while a workbook is open.",
            f"Name the workbook: '{path.name.removeprefix('~$')}', or one whose name begins differently.",
        )
    if start.startswith(b"PK"):
        with Package(path, file) as package:
            if "content.xml" in package:
                return "ods"
            part = workbook_part(package)
            if part.endswith(".bin"):
                raise _no_workbook(file, "an .xlsb workbook", "Save it as .xlsx.")
            if part:
                return "xlsx"
            raise _no_workbook(file, "a zip file that holds no workbook", "Name the workbook itself.")
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if path.suffix.lower() in (".xlsx", ".xlsm") or _holds_encrypted_package(path):
            raise locked(file)
        return "xls"
    if start[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00"):
        return "xls"
    if not start:
        raise _no_workbook(file, "empty", "Download or copy it again.")
    if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise _no_workbook(
            file, "a web page or XML under a workbook's name", "Open it in a spreadsheet program and save it as .xlsx."
        )
    if b"\0" not in start:
        raise _no_workbook(file, "text under a workbook's name", 'Read it as text: format = "csv" under read.')
    raise _no_workbook(file, "no workbook, or a damaged one", "Download or copy it again.")


def _no_workbook(file: str, what: str, remedy: str) -> ProjectError:
    return ProjectError.at(Place(file), f"is {what}.", remedy)


def _holds_encrypted_package(path: Path) -> bool:
    """Whether a compound file is an encrypted .xlsx: its directory then names a stream "EncryptedPackage"."""
    with opened(path) as stream:
        return "EncryptedPackage".encode("utf-16-le") in stream.read(1 << 20)


def _chosen(request: Request, sheets: tuple[SheetName, ...]) -> str:
    """Name of the sheet that the settings mean."""
    wanted = request.options.sheet
    place = request.at("read", "sheet")
    shown = [sheet.name for sheet in sheets if not sheet.hidden]
    listed = ", ".join(f"'{name}'" for name in shown[:_SHOWN]) + (", ..." if len(shown) > _SHOWN else "")
    if isinstance(wanted, str):
        if wanted not in [sheet.name for sheet in sheets]:
            raise ProjectError.at(
                place, f"{request.file} has no sheet '{wanted}'.", nearest(wanted, [s.name for s in sheets])
            )
        return wanted
    if wanted is not None:
        if wanted > len(shown):
            raise ProjectError.at(
                place,
                f"{request.file} has no sheet {wanted}: {len(shown)} can be seen.",
                f"Hidden ones do not count and must be named. Known: {listed}.",
            )
        return shown[wanted - 1]
    if len(shown) == 1:
        return shown[0]
    if not shown:
        raise ProjectError.at(
            place, f"{request.file} has hidden sheets only.", 'Name the one that is meant: sheet = "...".'
        )
    raise ProjectError.at(
        request.place,
        f"{request.file} has {len(shown)} sheets: {listed}.",
        f'Say which one under [{".".join(request.section) or "tables.NAME"}.read]: sheet = "{shown[0]}".',
    )


def _grid(request: Request, name: str, found: SheetCells) -> Grid:
    top, left, bottom, right = _bounds(request, found.rows)
    rows = [row[left : right + 1] for row in found.rows[top : bottom + 1]]
    for first_row, first_column, last_row, last_column in found.merged:
        _fill(rows, found.rows, (first_row, first_column, last_row, last_column), top, left)
    kept = range(len(rows))
    if request.options.hidden == "drop":
        kept = [index for index in kept if top + index not in found.hidden_rows]
        gone = [column - left for column in found.hidden_columns if left <= column <= right]
        rows = [[("" if column in gone else cell) for column, cell in enumerate(rows[index])] for index in kept]
    cells, _ = rectangular(rows)
    width = max((len(row) for row in cells), default=0)
    used = max((end for row in cells if (end := _end(row))), default=0)
    cells = tuple(row[:used] for row in cells) if used < width else cells
    if not cells:
        where = f"{request.file}:{name}"
        raise ProjectError.at(Place(where), "is empty.", "Put a header and at least one row into it.")
    grid = Grid(
        file=request.file,
        part=name,
        cells=cells,
        rows=tuple(top + 1 + index for index in kept[: len(cells)]),
        letters=True,
        first_column=left + 1,
        indents=tuple(tuple(found.indents.get((top + i, left + j), 0) for j in range(used)) for i in kept[: len(cells)])
        if found.indents
        else (),
        shown=_shown(request, found),
    )
    if len(cells) > ROWS + MARGIN:
        raise too_long(Place(request.file, cell=name))
    # also below and beside the last value: a row of nothing but such formulas would be lost without a word
    everywhere = request.options.range is None
    unsaved = [(r, c) for r, c in found.unsaved if everywhere or (top <= r <= bottom and left <= c <= right)]
    if unsaved:
        grid = replace(grid, rows=tuple(range(top + 1, max(unsaved)[0] + 2)))
        message = "holds a formula whose result was never saved."
        remedy = "Open the workbook in its program and save it there."
        raise ProjectError(few([Problem(grid.place(r - top, c - left), message, remedy) for r, c in unsaved]))
    return checked(grid)


def _shown(request: Request, found: SheetCells) -> Shown:
    """What the sheet shows beside its values, as far as the settings do not say what is meant by it."""
    options = request.options
    told = options.hidden is None
    return Shown(
        Looks() if options.cell_formats == "ignore" else found.looks,
        found.hidden_rows if told else frozenset(),
        found.hidden_columns if told else frozenset(),
        {} if options.merged == "repeat" else _repeated(found),
        found.totals,
        options.range is None,
    )


def _repeated(found: SheetCells) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells that merging fills with a number, and the one that holds it."""
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in found.merged:
        text = found.rows[top][left] if top < len(found.rows) and left < len(found.rows[top]) else ""
        if not any(map(str.isdigit, text)):
            continue
        for row in range(top, min(bottom + 1, len(found.rows))):
            cells.update({(row, column): (top, left) for column in range(left, min(right, left + 1_000) + 1)})
    return cells


def _end(row: tuple[str, ...]) -> int:
    return next((index + 1 for index in range(len(row) - 1, -1, -1) if row[index]), 0)


def _bounds(request: Request, rows: list[list[str]]) -> tuple[int, int, int, int]:
    """First row, first column, last row and last column to take, from 0."""
    width = max(map(len, rows), default=0)
    wanted = _RANGE.fullmatch(request.options.range or "")
    if wanted is None:
        return 0, 0, len(rows) - 1, width - 1
    left, right = column_number(wanted[1]) - 1, column_number(wanted[3]) - 1
    top, bottom = int(wanted[2]) - 1, int(wanted[4]) - 1 if wanted[4] else len(rows) - 1
    if right < left or bottom < top or left >= width or top >= len(rows):
        raise ProjectError.at(
            request.at("read", "range"),
            f"the range {wanted[0]} holds nothing.",
            f"The sheet's cells are A1:{letters(max(width, 1))}{max(len(rows), 1)}.",
        )
    return top, left, bottom, right


def _fill(
    rows: list[list[str]], whole: list[list[str]], merged: tuple[int, int, int, int], top: int, left: int
) -> None:
    """Put what merged cells show into each of them, as far as they lie in `rows`."""
    first_row, first_column, last_row, last_column = merged
    if first_row >= len(whole) or first_column >= len(whole[first_row]):
        return
    shown = whole[first_row][first_column]
    if not shown:
        return
    for row in rows[max(0, first_row - top) : max(0, last_row - top + 1)]:
        start, end = max(0, first_column - left), min(len(row), last_column - left + 1)
        if end > start:
            row[start:end] = [shown] * (end - start)
