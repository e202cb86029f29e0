"""Months, quarters and days written short, as they stand on the axis of a chart."""

from __future__ import annotations

import datetime
from functools import lru_cache

from babel import Locale, dates

_REMEMBERED = 2_000


@lru_cache(_REMEMBERED)
def short_month(month: int, language: str, year: int | None = None) -> str:
    """A month of 1 to 12 as the CLDR shortens it: "Apr", "avr."; with its year "Apr 2021"."""
    day, locale = datetime.date(year or 2000, month, 1), Locale.parse(language, sep="-")
    found = str(dates.format_date(day, "LLL", locale=locale))
    return found if year is None else str(dates.format_skeleton("yMMM", day, locale=locale)).replace(" ", "\u00a0")


@lru_cache(_REMEMBERED)
def short_quarter(quarter: int, language: str, year: int | None = None) -> str:
    """A quarter of 1 to 4: "Q1", "T1"; with its year "Q1 2021"."""
    day, locale = datetime.date(year or 2000, 3 * quarter - 2, 1), Locale.parse(language, sep="-")
    if year is None:
        return str(dates.format_date(day, "QQQ", locale=locale))
    return str(dates.format_skeleton("yQQQ", day, locale=locale)).replace(" ", "\u00a0")


@lru_cache(_REMEMBERED)
def short_day(day: datetime.date, language: str, year: bool = True) -> str:
    """A day: "Mar 5, 2021", "5 mars 2021"; without its year "Mar 5"."""
    skeleton = "yMMMd" if year else "MMMd"
    return str(dates.format_skeleton(skeleton, day, locale=Locale.parse(language, sep="-"))).replace(" ", "\u00a0")
