"""Days, months, years and periods as ISO 8601 writes them, and the end of the time that data are of."""

from __future__ import annotations

import calendar
import datetime
import re

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_HOW = "Write 2026, 2026-11 or 2026-11-20."
_HOW_PERIOD = "Write 2026, 2026-11, 2026-11-20, or a period such as 2025-09/2026-06."


def date_fault(text: str) -> str:
    """What is wrong with a year, month or day, and what to do; "" for one that is in the calendar."""
    found = _DATE.fullmatch(text)
    if not found:
        return f"is not an ISO date. {_HOW}"
    try:
        _first(text)
    except ValueError:
        return f"is a date that no calendar has. {_HOW}"
    return ""


def period_fault(text: str) -> str:
    """The same for a date or for a period, 2025-09/2026-06, whose end is not before its beginning."""
    parts = text.split("/")
    if len(parts) > 2:
        return f"is not an ISO date. {_HOW_PERIOD}"
    for part in parts:
        if fault := date_fault(part):
            return fault.replace(_HOW, _HOW_PERIOD)
    if last_day(parts[-1]) < _first(parts[0]):
        return f"ends before it begins. Write {parts[1]}/{parts[0]}."
    return ""


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split("-")]


def _first(date: str) -> datetime.date:
    return datetime.date(*[*_numbers(date), 1, 1][:3])


def last_day(as_of: str) -> datetime.date:
    """The last day of a year, month, day or period."""
    year, month, day = [*_numbers(as_of.split("/")[-1]), 0, 0][:3]
    month = month or 12
    return datetime.date(year, month, day or calendar.monthrange(year, month)[1])


LONGEST_AGE = 1000
"""Years after which no data are fresh: further on the calendar ends."""


def age_fault(text: str) -> str:
    """What is wrong with an age such as "18 months", and what to do; "" for one that can be added to a date."""
    found = re.fullmatch(r"([1-9][0-9]{0,9}) (days|months|years)", text)
    if not found:
        return 'is no time. Write a whole number and its unit: "18 months", "2 years" or "90 days".'
    years = int(found[1]) / {"days": 365, "months": 12, "years": 1}[found[2]]
    if years > LONGEST_AGE:
        return f"is longer than {LONGEST_AGE} years. Write a shorter time, or leave the setting out."
    return ""


def after(day: datetime.date, age: str) -> datetime.date:
    """The day by which data of `day` have reached the age; the last one of the calendar where it would be later."""
    number, unit = int(age.split()[0]), age.split()[1]
    try:
        if unit == "days":
            return day + datetime.timedelta(days=number)
        months = day.month - 1 + number * (12 if unit == "years" else 1)
        year, month = day.year + months // 12, months % 12 + 1
        return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return datetime.date.max
