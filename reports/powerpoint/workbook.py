"""The workbook behind a chart: its names and numbers on one sheet, where PowerPoint's "Edit data" finds them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from msgspec import Struct

SHEET = "Sheet1"
"""As PowerPoint itself calls it."""
_CREATED = datetime.datetime(2000, 1, 1)
"""No clock: the same chart has the same bytes."""


class Column(Struct, frozen=True):
    """A column of the sheet, with what stands over it."""

    head: str
    cells: Sequence[str | float | None]
    """Texts and numbers; None is an empty cell."""
    number_format: str = "General"
    """Code as in ECMA-376 part 1, 18.8.31."""


def workbook(columns: Sequence[Column]) -> bytes:
    """An .xlsx file with these columns, the first one the names of the categories."""
    buffer = io.BytesIO()
    book: Any = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    for place, column in enumerate(columns):
        look = book.add_format({"num_format": column.number_format})
        if column.head:
            sheet.write_string(0, place, column.head)
        for row, cell in enumerate(column.cells, 1):
            if isinstance(cell, str):
                sheet.write_string(row, place, cell)
            elif cell is not None:
                sheet.write_number(row, place, cell, look)
    book.close()
    return buffer.getvalue()


def column_letters(column: int) -> str:
    """What a worksheet calls its column; 0 is A."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def serial(day: datetime.date) -> int:
    """A day as worksheets count it: 1 is the first of January 1900, and a 29th of February 1900 counts."""
    return (day - datetime.date(1899, 12, 30)).days
