"""The workbook behind a chart whose numbers come from both sides, or that an editor dropped."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

SHEET = "Sheet1"
_CREATED = datetime.datetime(2000, 1, 1)
"""No clock: the same numbers are the same bytes."""


def workbook(categories: Sequence[str], series: Sequence[tuple[str, Sequence[str], str]]) -> bytes:
    """A workbook with a row for each category and a column for each series: name, values, number format."""
    buffer = io.BytesIO()
    book: Any = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    for row, name in enumerate(categories, 1):
        sheet.write_string(row, 0, name)
    for column, (name, values, code) in enumerate(series, 1):
        look = book.add_format({"num_format": code})
        sheet.write_string(0, column, name)
        for row, value in enumerate(values, 1):
            if value:
                sheet.write_number(row, column, float(value), look)
    book.close()
    return buffer.getvalue()


def column(number: int) -> str:
    """The letters of a column, from 0."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
