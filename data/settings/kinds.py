"""What settings may be: names, dates, numbers, and what is wrong with others."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from data.language.iso_date import date_fault, period_fault
from data.language.languages import language_fault

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
"""Names of tables, fields and charts: letters, digits and underscores, so that expressions can say them."""

Printed = Annotated[str, StringConstraints(max_length=5_000)]
"""Words that documents show or say: titles, captions, descriptions."""

Term = Annotated[str, StringConstraints(pattern=r"^\S(.{0,98}\S)?$")]
"""What a glossary explains: words of up to a hundred characters."""

OutputName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class SettingError(ValueError):
    """What is wrong with a setting, and as second argument what to do about it."""


def judged(fault: Callable[[str], str]) -> AfterValidator:
    """A setting that a function judges: it gives "what is wrong. What to do.", or "" where all is well."""

    def judge(said: str) -> str:
        wrong, _, remedy = fault(said).partition(". ")
        if wrong:
            raise SettingError(f"'{said}' {wrong}.", remedy)
        return said

    return AfterValidator(judge)


def _as_iso(said: object) -> object:
    """TOML's own dates and a bare year, which say the same without quotation marks."""
    if isinstance(said, datetime.date) and not isinstance(said, datetime.datetime):
        return said.isoformat()
    return f"{said:04}" if isinstance(said, int) and not isinstance(said, bool) and 0 < said < 10_000 else said


IsoDate = Annotated[str, BeforeValidator(_as_iso, str | int), judged(date_fault)]
"""Year, month or day as ISO 8601 writes them."""

IsoPeriod = Annotated[str, BeforeValidator(_as_iso, str | int), judged(period_fault)]


def _price_fault(said: str) -> str:
    """What is wrong with the year of prices, and what to do; "" for a year and for "nominal"."""
    if said == "nominal" or re.fullmatch("[0-9]{4}", said):
        return ""
    return 'is no year of prices. Write "2024", or "nominal" for amounts that are each in the money of their time.'


PriceYear = Annotated[str, BeforeValidator(_as_iso, str | int), judged(_price_fault)]

Whole = Annotated[int, Strict()]

Number = Annotated[float, Strict()]
"""A finite number; like `Whole`, no text that looks like one, and no true."""


def limit_fault(said: str) -> str:
    """What is wrong with a limit in per cent, and what to do; "" for one that can be compared with."""
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})? ?%", said):
        return ""
    return 'is no limit. Write "10 %" of what it was, or a number without quotation marks, in the unit of the values.'


Limit = Annotated[float, Strict(), Field(ge=0)] | Annotated[str, judged(limit_fault)]
"""How far something may move: a number, or a share of what it was, "10 %"."""

YesNo = Annotated[bool, Strict()]

Encoding = Literal[
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "iso-8859-1", "iso-8859-2", "iso-8859-5",
    "iso-8859-15", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp437", "cp850", "koi8-r", "mac-roman",
    "gb18030", "shift_jis", "cp932", "euc-jp", "big5", "euc-kr",
]  # fmt: skip
"""Encodings of text files, by their names in Python."""

Language = Annotated[str, judged(language_fault)]

LONGEST_WORD = 500
"""Characters of a variable that is a word."""
VariableValue = Annotated[str, Strict(), StringConstraints(min_length=1, max_length=LONGEST_WORD)] | Whole | Number
"""What a variable may be: a word or a number."""

Words = str | tuple[str, ...]
"""What rows, columns or cells say: the words themselves, or a regular expression between slashes: "/^Total/"."""


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
