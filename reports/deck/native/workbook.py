"""The workbook behind a chart: its names and numbers on one sheet, where PowerPoint's "Edit data" finds them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from charts.editable.figure import Figure

SHEET = "Sheet1"
"""As PowerPoint itself calls it."""
_CREATED = datetime.datetime(2000, 1, 1)
"""No clock: the same chart has the same bytes."""


def workbook(figure: Figure) -> bytes:
    """An .xlsx file: a row for each category, a column for each series (of points two), numbers in the chart's formats.

    What the data lack, or hide, is an empty cell.
    """
    buffer = io.BytesIO()
    book: Any = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, 0, figure.named)
    day = book.add_format({"num_format": figure.day_format}) if figure.days else None
    for row, name in enumerate(figure.days or figure.categories, 1):
        if isinstance(name, datetime.date):
            sheet.write_datetime(row, 0, datetime.datetime.combine(name, datetime.time()), day)
        else:
            sheet.write_string(row, 0, name)
    column = 0
    for place, series in enumerate(figure.series):
        if series.across:
            column += 1
            look = book.add_format({"num_format": figure.across.number_format})
            _write_column(sheet, column, figure.across.title, series.across, look)
        column += 1
        code = figure.formats[place] if figure.formats else "General"
        _write_column(sheet, column, series.name, series.values, book.add_format({"num_format": code}))
    book.close()
    return buffer.getvalue()


def _write_column(sheet: Any, column: int, head: str, numbers: Sequence[Decimal | None], look: Any) -> None:
    sheet.write_string(0, column, head)
    for row, number in enumerate(numbers, 1):
        if number is not None:
            sheet.write_number(row, column, float(number), look)


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
