"""Columns of dates and of academic years."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.inspection.vocabulary import DATE_WORDS, YEAR_WORDS

_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_ACADEMIC = re.compile(r"(?:AY\s*)?((?:19|20)\d\d)\s?[-/–]\s?((?:19|20)?\d\d)")
_RUN_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)")
_SHAPES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4}"), ("%d/%m/%Y", "%m/%d/%Y")),
    (re.compile(r"\d{1,2}-\d{1,2}-\d{4}"), ("%d-%m-%Y", "%m-%d-%Y")),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}"), ("%d.%m.%Y",)),
    (re.compile(r"\d{4}/\d{1,2}/\d{1,2}"), ("%Y/%m/%d",)),
    (re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}"), ("%Y.%m.%d",)),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{2}"), ("%d/%m/%y", "%m/%d/%y")),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}"), ("%d.%m.%y",)),
    (re.compile(r"\d{1,2} [A-Za-z]{3} \d{4}"), ("%d %b %Y",)),
    (re.compile(r"\d{1,2} [A-Za-z]{3,9} \d{4}"), ("%d %B %Y",)),
    (re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{4}"), ("%d-%b-%Y",)),
    (re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{2}"), ("%d-%b-%y",)),
    (re.compile(r"[A-Za-z]{3} \d{1,2}, \d{4}"), ("%b %d, %Y",)),
    (re.compile(r"[A-Za-z]{3,9} \d{1,2}, \d{4}"), ("%B %d, %Y",)),
)
_LOOK = 2_000


@dataclass(frozen=True)
class Dates:
    """How a column writes its dates."""

    format: str
    """"" for ISO 8601."""
    reasons: tuple[str, ...]


def academic_years(texts: Sequence[str], words: frozenset[str]) -> bool:
    """Whether every text is a period that ends in the year after it begins: 2022/23, or 202223 under such a header."""
    for pattern in (_ACADEMIC, _RUN_TOGETHER):
        found = [pattern.fullmatch(text) for text in texts]
        if all(f and (int(f[1]) + 1) % 100 == int(f[2]) % 100 for f in found):
            return pattern is _ACADEMIC or bool(words & (YEAR_WORDS | DATE_WORDS | {"period", "time"}))
    return False


def _reads(texts: Sequence[str], form: str) -> bool:
    try:
        for text in texts:
            datetime.datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def date_format(texts: Sequence[str], words: frozenset[str]) -> Dates | None:
    """How the texts write dates, or None where they are none."""
    looked = texts[:_LOOK]
    iso = [_ISO.fullmatch(text) for text in looked]
    if all(iso):
        days = [f"{found[1]}-{found[2]}-{found[3] or '01'}" for found in iso if found]
        months = any(found[3] is None for found in iso if found)
        if _reads(days, "%Y-%m-%d") and (not months or words & (DATE_WORDS | YEAR_WORDS | {"month", "period", "time"})):
            return Dates("", ("ISO dates.",))
        return None
    for shape, forms in _SHAPES:
        if not all(shape.fullmatch(text) for text in looked):
            continue
        fitting = [form for form in forms if _reads(looked, form)]
        if not fitting:
            continue
        if len(fitting) == 1:
            return Dates(fitting[0], (f"'{looked[0]}' and the others are dates written {fitting[0]}.",))
        first, second = fitting[0], fitting[1]
        return Dates(
            first, (f"Dates. No day is over 12, so {first} and {second} both read them: check which is meant.",)
        )
    return None
