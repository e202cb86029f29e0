"""The workbook behind a chart: its names and numbers on one sheet, where PowerPoint's "Edit data" finds them."""

from __future__ import annotations

import datetime
import io
from typing import Any

import xlsxwriter

from charts.editable.figure import Figure

SHEET = "Sheet1"
"""As PowerPoint itself calls it."""
_CREATED = datetime.datetime(2000, 1, 1)
"""No clock: the same chart has the same bytes."""


def workbook(figure: Figure) -> bytes:
    """An .xlsx file: a row for each category, a column for each series, numbers in the formats of the chart.

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
    for column, series in enumerate(figure.series, 1):
        code = figure.formats[column - 1] if figure.formats else "General"
        look = book.add_format({"num_format": code})
        sheet.write_string(0, column, series.name)
        for row, number in enumerate(series.values, 1):
            if number is not None:
                sheet.write_number(row, column, float(number), look)
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
