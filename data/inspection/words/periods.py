"""Spans of time in words, "Academic year 2018/19" or "Stand: März 2024", as ISO 8601 writes them."""

from __future__ import annotations

import datetime
import re

_NAMES = (
    "january januar jänner janvier enero jan",
    "february februar février febrero feb fév",
    "march märz mars marzo mar mär",
    "april avril abril apr avr abr",
    "may mai mayo",
    "june juni juin junio jun",
    "july juli juillet julio jul juil",
    "august août agosto aug ago",
    "september septembre septiembre sep sept",
    "october oktober octobre octubre oct okt",
    "november novembre noviembre nov",
    "december dezember décembre diciembre dec dez déc dic",
)
MONTHS = {word: number for number, words in enumerate(_NAMES, 1) for word in words.split()}
"""Names of months in small letters → 1 to 12."""
_YEAR = r"(?:19|20)\d\d"
_ACADEMIC = re.compile(rf"({_YEAR})\s?[/–-]\s?((?:19|20)?\d\d)")
_SPAN = re.compile(rf"({_YEAR})\s?(?:[–—-]|/|\bto\b|\bbis\b|\bà\b|\ba\b)\s?({_YEAR})")
_DAY = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.({_YEAR})")
_ISO = re.compile(rf"{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_WORDED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.?(?:st|nd|rd|th)?\s+(?:de\s+)?)?(?P<month>[^\W\d_]+)\.?\s+"
    rf"(?:(?P<later>\d{{1,2}})(?:st|nd|rd|th)?,\s+|(?:de|of)\s+)?(?P<year>{_YEAR})",
)
_BETWEEN = re.compile(r"(?P<first>.+?)\s*(?:–|—|\s-\s|\bto\b|\bbis\b|\bà\b|\ba\b)\s*(?P<last>.+)")
_OPENING = re.compile(
    r"^(?:(?:the|all|these)\s+)?(?:(?:data|figures|daten|angaben|données|datos)\s+)?"
    r"(?:(?:are|is|sind|of|for|from|vom|von)\s+)*"
    r"(?:academic years?|survey years?|school years?|reference (?:period|year|date)|time period|period|years?|"
    r"as (?:of|at)|status|stand|stichtag|berichts(?:jahr|zeitraum)|schuljahr|studienjahr|année universitaire|"
    r"année de référence|période|año académico|curso académico|período|jahr|année|año|AY)?"
    r"(?:\s+(?:of|for|vom|am|im))?\s*:?\s*",
    re.IGNORECASE,
)
"""What stands before a span of time in a line that says nothing else."""


def period(text: str) -> str:
    """A year, month, day, academic year or span of them as ISO 8601 writes it; "" for anything else.

    >>> period("2014/15 "), period("31.12.2023"), period("März 2024"), period("Academic years 2017/18 to 2019/20")
    ('2014/2015', '2023-12-31', '2024-03', '2017/2020')
    """
    text = _OPENING.sub("", " ".join(text.split()).rstrip("."))
    alone = _point(text)
    if alone:
        return alone
    span = _SPAN.fullmatch(text)
    if span:
        return f"{span[1]}/{span[2]}" if int(span[1]) < int(span[2]) else ""
    between = _BETWEEN.fullmatch(text)
    if between is None:
        return ""
    first, last = _point(between["first"]), _point(between["last"])
    if not first or not last or first >= last:
        return ""
    return f"{first.partition('/')[0]}/{last.rpartition('/')[2]}"


def _point(text: str) -> str:
    """A day, month, year or academic year."""
    academic, day, worded = _ACADEMIC.fullmatch(text), _DAY.fullmatch(text), _WORDED.fullmatch(text)
    if academic and (int(academic[1]) + 1) % 100 == int(academic[2]) % 100 and len(academic[2]) in (2, 4):
        return f"{academic[1]}/{int(academic[1]) + 1}"
    if day:
        return _date(int(day[3]), int(day[2]), int(day[1]))
    if worded and (month := MONTHS.get(worded["month"].lower())):
        number = worded["day"] or worded["later"]
        year = int(worded["year"])
        return _date(year, month, int(number)) if number else f"{year}-{month:02}"
    if _ISO.fullmatch(text) is None:
        return ""
    return text if len(text) < 10 else _date(*map(int, text.split("-")))


def _date(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
