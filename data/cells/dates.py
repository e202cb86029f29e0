"""Years, academic years and dates as cells write them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from data.cells.error import CellError

_ISO = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$")
_ACADEMIC = re.compile(
    r"(?:(?:AY|academic year)\s*)?(\d{4})(?:\s*([/\-\u2010-\u2014])\s*(\d{4}|\d{2})|(\d{2}))$", re.IGNORECASE
)
_FIRST_DAY = {"excel": datetime.date(1899, 12, 30), "excel 1904": datetime.date(1904, 1, 1)}
"""Day 0 of spreadsheets' day numbers. Excel counts a 29 February 1900: before that its numbers are one too low."""
_LAST_SERIAL = 2_958_465
_FIRST_YEAR = 1000
"""What is said to be earlier comes from a program that took the 26 of 2026 for a year."""
_NO_DAY = 60
"""29 February 1900, which never was."""


def read_year(text: str) -> int:
    """A year of four digits; 2022.0, as programs write whole numbers, too."""
    found = re.fullmatch(r"(\d{4})(\.0+)?", text)
    if not found or int(found[1]) < _FIRST_YEAR:
        raise CellError("is not a year", "Write four digits.")
    return int(found[1])


def read_academic_year(text: str) -> str:
    """An academic year as it is written, 2017/18 or 1970–71; 201718 becomes 2017/18."""
    found = _ACADEMIC.match(" ".join(text.split()))
    first, mark, second = (found[1], found[2] or "/", found[3] or found[4]) if found else ("", "", "")
    if not found or (int(first) + 1) % 100 != int(second) % 100 or (len(second) == 4 and int(second) != int(first) + 1):
        raise CellError("is not an academic year", "Write 2017/18 or 2017-18.")
    return f"{first}/{second[-2:]}" if mark == "/" else f"{first}\u2013{second}"


def date_reader(formats: tuple[str, ...]) -> Callable[[str], str]:
    """What reads dates: ISO 8601 always, and the formats of the C standard's strptime that are given.

    "excel" and "excel 1904" are the day numbers of spreadsheets. A date is as exact as its format: a month without a
    day is 2024-05.
    """

    shown = {form: precision(form) for form in formats if form not in _FIRST_DAY}

    def read(text: str) -> str:
        iso = _ISO.match(text)
        if iso:
            return _checked(iso[1], text)
        for form in formats:
            found = _serial(text, form) if form in _FIRST_DAY else _formatted(text, form, shown[form])
            if found:
                return found
        said = " or ".join(f"'{form}'" for form in formats)
        if formats:
            raise CellError(f"is not a date written like {said}", "Correct the cell or the declared format.")
        raise CellError("is not an ISO date", 'Write 2026, 2026-11 or 2026-11-20; or declare its format = "%d/%m/%Y".')

    return read


def _checked(iso: str, text: str) -> str:
    try:
        day = datetime.date.fromisoformat((iso + "-01-01")[:10])
    except ValueError:
        raise CellError("is not a date of any calendar", "Correct the cell.") from None
    if day.year < _FIRST_YEAR:
        raise CellError(f"is a date of the year {day.year}", "Write the year with the four digits that it has.")
    return iso


def precision(form: str) -> str:
    """How much of a date a format of the C standard's strptime reads: "%Y-%m-%d", "%Y-%m", "%Y"; "" for none of them.

    A day is one that the format reads back as it wrote it. A week without its weekday is none: strptime takes no
    notice of it.
    """
    codes = set(re.findall("%(.)", form.replace("%%", "")))
    week = bool(codes & set("UWV"))
    weekday = bool(codes & set("waAu"))
    day = datetime.date(2001, 2, 3)
    try:
        read = datetime.datetime.strptime(day.strftime(form), form).date()
    except ValueError:
        return ""
    if codes & set("djxcD") or (week and weekday):
        return "%Y-%m-%d" if read == day else ""
    if week or read.year != day.year:
        return ""
    if codes & set("mbBh"):
        return "%Y-%m" if read.month == day.month else ""
    return "%Y" if not weekday else ""


def _formatted(text: str, form: str, shown: str) -> str | None:
    try:
        moment = datetime.datetime.strptime(text, form)
    except ValueError:
        return None
    return moment.strftime(shown)


def _serial(text: str, form: str) -> str | None:
    found = re.fullmatch(r"(\d{1,7})(\.\d+)?", text)
    if not found or not 0 < int(found[1]) <= _LAST_SERIAL:
        return None
    days = int(found[1])
    if form == "excel" and days == _NO_DAY:
        return None
    if form == "excel" and days < _NO_DAY:
        days += 1
    return (_FIRST_DAY[form] + datetime.timedelta(days=days)).isoformat()
