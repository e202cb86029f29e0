"""When something was: years, dates, periods and academic years in one order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from data.tables.value import Interval, Value

ACADEMIC_YEAR = re.compile(r"\d{4}(/\d{2}|\u2013\d{2}(\d{2})?)")
"""2017/18, 1970–71, 1999–2000: no period of ISO 8601 is written like these."""


_REMEMBERED = 2_000
"""Dates: those of a chart are read again at each size that is tried."""


class Moment(NamedTuple):
    """When a time begins, and how exactly it is said."""

    start: float
    """In years: 2020.5 is the middle of 2020."""
    precision: str
    """"year", "month", "day", "period", "academic year"; "number" for what only counts on."""


def moment(value: Value | Interval) -> Moment | None:
    """The time that a year, a date or a number stands for; None for anything else and where there is no value."""
    if isinstance(value, Interval) or value.content is None:
        return None
    kind = value.measure.type
    if kind != "date":
        if kind in ("year", "integer", "number"):
            return Moment(float(value.number), "year" if kind == "year" else "number")
        return None
    return _of_date(str(value.content))


@lru_cache(_REMEMBERED)
def _of_date(text: str) -> Moment:
    if ACADEMIC_YEAR.fullmatch(text):
        return Moment(float(text[:4]), "academic year")
    first = text.split("/")[0]
    precision = "period" if "/" in text else {4: "year", 7: "month"}.get(len(first), "day")
    day = datetime.date.fromisoformat(first + "-01-01"[len(first) - 4 :] if len(first) < 10 else first)
    days = 366 if day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0) else 365
    return Moment(day.year + (day.timetuple().tm_yday - 1) / days, precision)


def clash(times: Sequence[Moment | None]) -> tuple[str, tuple[int, ...]] | None:
    """Why these times are no one row of times, and the places of those to blame; None where they are one.

    A row of times has each time once, all of one precision: "2021" beside "2021-03" would hold the other. What is said
    is "missing", "mixed" or "repeated".
    """
    seen: dict[float, int] = {}
    for place, time in enumerate(times):
        if time is None:
            return "missing", (place,)
        if times[0] is not None and time.precision != times[0].precision:
            return "mixed", (0, place)
        if time.start in seen:
            return "repeated", (seen[time.start], place)
        seen[time.start] = place
    return None
