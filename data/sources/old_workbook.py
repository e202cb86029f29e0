"""Workbooks of the old Excel format (.xls), read by xlrd.

calamine reads them too, but gives error cells as empty ones.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import Place, Problem, ProjectError
from data.sources.cell_text import cell_text
from data.sources.delimited import read_bytes
from data.sources.package import locked
from data.sources.workbook_cells import SheetCells, SheetName

if TYPE_CHECKING:
    from xlrd.book import Book  # pyright: ignore[reportMissingTypeStubs]  # xlrd has no types

_LARGEST = 100_000_000


def sheet_names(path: Path, file: str) -> tuple[SheetName, ...]:
    """The workbook's sheets, in their order."""
    book = _opened(path, file)
    try:
        return tuple(SheetName(sheet.name, bool(sheet.visibility)) for sheet in book.sheets())
    except Exception as error:  # xlrd's parser raises whatever the broken bytes lead it to
        raise _damaged(file, error) from None


def sheet_cells(path: Path, file: str, name: str) -> SheetCells:
    """The cells of a sheet; ProjectError where the file is locked or damaged."""
    book = _opened(path, file)
    try:
        sheet: Any = book.sheet_by_name(name)
        rows = [[_text(cell, book.datemode) for cell in sheet.row(number)] for number in range(sheet.nrows)]
        merged = tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
        formats: list[Any] = book.xf_list
        indent: dict[int, int] = {i: x.alignment.indent_level for i, x in enumerate(formats)}
        indents = {
            (row, column): level
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
            if (level := indent.get(sheet.cell_xf_index(row, column), 0))
        }
    except Exception as error:  # xlrd's parser raises whatever the broken bytes lead it to
        raise _damaged(file, error) from None
    return SheetCells(rows, merged, (), indents)


def _opened(path: Path, file: str) -> Book:
    import xlrd  # pyright: ignore[reportMissingTypeStubs]  # xlrd has no types

    raw = read_bytes(path, file, _LARGEST)
    try:
        return xlrd.open_workbook(file_contents=raw, formatting_info=True, on_demand=True, logfile=io.StringIO())
    except Exception as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise locked(file) from None
        raise _damaged(file, error) from None


def _text(cell: Any, datemode: Any) -> str:
    import xlrd  # pyright: ignore[reportMissingTypeStubs]  # xlrd has no types

    match cell.ctype:
        case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return ""
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
        case xlrd.XL_CELL_DATE:
            moment: datetime.datetime = xlrd.xldate_as_datetime(cell.value, datemode)
            return cell_text(moment.time() if 0 <= cell.value < 1 else moment)
        case _:
            return cell_text(cell.value)


def _damaged(file: str, error: Exception) -> ProjectError:
    said = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
    return ProjectError(
        Problem(
            Place(file),
            f"cannot be read as an .xls workbook: {said}.",
            "Open it in a spreadsheet program and save it as .xlsx, or download it again.",
        )
    )
