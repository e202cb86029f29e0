"""Workbooks of the old Excel format (.xls), read by xlrd.

calamine reads them too, but gives error cells as empty ones.
"""

from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import Place, ProjectError
from data.sources.cell_text import cell_text
from data.sources.shown import Look, Looks, without_zeros
from data.sources.text.delimited import read_bytes
from data.sources.workbooks.number_format import Format, number_format
from data.sources.workbooks.package import locked
from data.sources.workbooks.raised_text import Place as TextPlace
from data.sources.workbooks.raised_text import with_places
from data.sources.workbooks.workbook_cells import SheetCells, SheetName

if TYPE_CHECKING:
    from xlrd.book import Book  # pyright: ignore[reportMissingTypeStubs]  # xlrd has no types

_LARGEST = 100_000_000
_BIFF8 = 80
_BEGIN, _END, _FORMULA = 0x809, 0x0A, 0x06
_EMPTY_TEXT = 3
"""First byte of the result of a formula that gave an empty text; its last two are then 0xFFFF."""
_PLACES: dict[int, TextPlace] = {1: "raised", 2: "lowered"}
"""How fonts say that they are raised or lowered."""


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
        styles: list[Any] = book.xf_list
        formats = [number_format(str(book.format_map[style.format_key].format_str)) for style in styles]
        looks = Looks()
        rows = [_row(sheet, number, book, formats, looks) for number in range(sheet.nrows)]
        if not sheet.show_zero_values:
            without_zeros(rows, looks, "no zeros in this sheet")
        merged = tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
        indent: dict[int, int] = {i: x.alignment.indent_level for i, x in enumerate(styles)}
        indents = {
            (row, column): level
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
            if (level := indent.get(sheet.cell_xf_index(row, column), 0))
        }
        hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0}
        hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden or info.width == 0}
        unsaved = _without_results(book, name)
    except Exception as error:  # xlrd's parser raises whatever the broken bytes lead it to
        raise _damaged(file, error) from None
    return SheetCells(rows, merged, unsaved, indents, looks, frozenset(hidden_rows), frozenset(hidden_columns))


def _opened(path: Path, file: str) -> Book:
    import xlrd  # pyright: ignore[reportMissingTypeStubs]  # xlrd has no types

    raw = read_bytes(path, file, _LARGEST)
    try:
        return xlrd.open_workbook(file_contents=raw, formatting_info=True, on_demand=True, logfile=io.StringIO())
    except Exception as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise locked(file) from None
        raise _damaged(file, error) from None


def _row(sheet: Any, row: int, book: Any, formats: Sequence[Format | None], looks: Looks) -> list[str]:
    """The texts of a row, and in `looks` what its cells show beside them."""
    texts: list[str] = []
    for column, cell in enumerate(sheet.row(row)):
        style: int | None = cell.xf_index
        form = formats[style] if style is not None and style < len(formats) else None
        text = _text(cell, book.datemode, form)
        runs = sheet.rich_text_runlist_map.get((row, column))
        if runs:
            text = with_places(_runs(text, runs, book))
        texts.append(text)
        look = _look(cell, form) if form is not None and text else None
        if look is not None:
            looks.put(row, column, look)
    return texts


def _look(cell: Any, form: Format) -> Look | None:
    import xlrd  # pyright: ignore[reportMissingTypeStubs]  # xlrd has no types

    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            return form.look(None)
        case xlrd.XL_CELL_NUMBER:
            return form.look(None if form.is_date else Decimal(repr(cell.value)))
        case xlrd.XL_CELL_TEXT if form.hides_text:
            return Look(instead="", example=";;;")
        case _:
            return None


def _runs(text: str, runs: Sequence[tuple[int, int]], book: Any) -> Iterator[tuple[str, TextPlace]]:
    """The text in pieces of one font each, and where those stand."""
    starts = [(0, 0), *runs] if runs[0][0] > 0 else list(runs)
    ends = [start for start, _ in starts[1:]] + [len(text)]
    for number, ((start, font), end) in enumerate(zip(starts, ends, strict=True)):
        plain = number == 0 and starts is not runs and runs[0][0] > 0
        escapement = 0 if plain else book.font_list[font].escapement
        yield text[start:end], _PLACES.get(escapement, "")


def _without_results(book: Any, name: str) -> tuple[tuple[int, int], ...]:
    """The formulas of a sheet where all of them have an empty text as result: nobody has calculated them.

    Programs that only write workbooks leave that behind. The layout of records is that of BIFF8 (MS-XLS, 2.4.127).
    """
    if book.biff_version < _BIFF8:
        return ()
    place: int = book._sh_abs_posn[book.sheet_names().index(name)]
    empty: list[tuple[int, int]] = []
    depth = 0
    while place + 4 <= len(book.mem):
        kind, length = struct.unpack_from("<HH", book.mem, place)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 0:
            break
        if kind == _FORMULA and length >= 14 and depth == 1:
            row, column = struct.unpack_from("<HH", book.mem, place + 4)
            result = book.mem[place + 10 : place + 18]
            if not (result[0] == _EMPTY_TEXT and result[6:] == b"\xff\xff"):
                return ()
            empty.append((row, column))
        place += 4 + length
    return tuple(empty)


def _text(cell: Any, datemode: Any, form: Format | None) -> str:
    import xlrd  # pyright: ignore[reportMissingTypeStubs]  # xlrd has no types

    match cell.ctype:
        case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return ""
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE if form is not None and form.is_span:
            return cell_text(datetime.timedelta(days=cell.value))
        case xlrd.XL_CELL_DATE:
            moment: datetime.datetime = xlrd.xldate_as_datetime(cell.value, datemode)
            return cell_text(moment.time() if 0 <= cell.value < 1 else moment)
        case _:
            return cell_text(cell.value)


def _damaged(file: str, error: Exception) -> ProjectError:
    said = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
    return ProjectError.at(
        Place(file),
        f"cannot be read as an .xls workbook: {said}.",
        "Open it in a spreadsheet program and save it as .xlsx, or download it again.",
    )
