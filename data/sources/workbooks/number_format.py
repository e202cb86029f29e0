"""What number formats show of a number, and what they hide: codes as in ECMA-376 part 1, 18.8.31."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from babel.numbers import list_currencies
from msgspec import Struct
from msgspec.structs import replace

from data.cells.numbers import CURRENCIES
from data.cells.units import factor_of
from data.sources.shown import DateLook, Look

BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy/m/d"),
}  # fmt: skip
"""Codes of formats that every workbook has (18.8.30); those of money show the reader's currency, which nobody knows."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General|Standard)|'
    r"(?P<clock>AM/PM|A/P)|(?P<power>[Ee][+-])|(?P<digits>[0#?]+)|(?P<letters>[yYdDhHsS]+|[mM]+)|(?P<one>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_SECTIONS = re.compile(r'"[^"]*"?|\\.|\[[^\]]*\]|_.|\*.|;|[^;"\\\[_*]+|.', re.DOTALL)
_SCALING = re.compile(r"(?<=[0#?,]),(?![0#?,]*[0#?])")
_DASHES = frozenset(("", "-", "–", "—", "−"))
_SIGNS = sorted(CURRENCIES, key=len, reverse=True)
_CODES = frozenset(list_currencies()) - {"ALL", "TOP", "MAX"}
"""Currencies by their codes, without those that are words."""
_MARK = re.compile(r"[<>≤≥~≈*†‡§¶¹²³⁺]|L\+")
"""What a format shows beside a number that makes it another one, or points to a note: "<5", "150+", "12*"."""


class _Section(Struct, frozen=True):
    """One of the up to four parts of a code."""

    condition: tuple[str, Decimal] | None
    literal: str
    """What it shows beside digits."""
    skeleton: str
    """Digits and the marks among them, L for words."""
    pattern: tuple[str, ...]
    date: DateLook
    text: bool
    """Whether it shows a text."""

    @property
    def shows_numbers(self) -> bool:
        return bool(self.date or self.text or re.search("[0#?G]", self.skeleton))


class Format:
    """A number format that shows more, less or something else than a number."""

    def __init__(self, code: str, sections: Sequence[_Section]) -> None:
        self._code, self._sections = code, sections
        looks = [_look(section, code) for section in sections]
        self._looks = looks
        self._for_zero = [_for_zero(section, look, code) for section, look in zip(sections, looks, strict=True)]
        self.hides_text = len(sections) > 3 and not sections[3].text
        """Whether it shows nothing, or something else, for texts."""

    @property
    def is_plain(self) -> bool:
        """Whether numbers of every size are shown as they are."""
        shown = self._sections[:3]
        return not self.hides_text and not any(self._looks[: len(shown)]) and not any(self._for_zero[: len(shown)])

    @property
    def is_date(self) -> bool:
        return bool(self._sections[0].date)

    @property
    def is_span(self) -> bool:
        """Whether it shows a duration, of more than a day perhaps."""
        return self._sections[0].date == "span"

    def look(self, number: Decimal | None) -> Look | None:
        """What it shows of a number; of a date where the number is None. None where that is the number itself."""
        if number is None:
            return self._looks[0]
        chosen = self._chosen(number)
        if chosen is None:
            return Look(instead="", example=self._code)
        return self._looks[chosen] if number else self._for_zero[chosen]

    def _chosen(self, number: Decimal) -> int | None:
        """Which section shows the number; None where none does."""
        numeric = self._sections[:3]
        if not any(section.condition for section in numeric):
            if len(numeric) == 3 and number == 0:
                return 2
            return 1 if len(numeric) > 1 and number < 0 else 0
        for place, section in enumerate(numeric):
            condition = section.condition
            if condition is None and place == 1 and len(numeric) == 3:
                condition = ("<", Decimal(0))
            if condition is None or _meets(number, condition):
                return place
        return None


def _meets(number: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, limit = condition
    return {
        "<": number < limit, ">": number > limit, "=": number == limit, "<>": number != limit,
        "<=": number <= limit, ">=": number >= limit,
    }[sign]  # fmt: skip


@cache
def number_format(code: str) -> Format | None:
    """What a format's code does; None for one that shows numbers as they are.

    >>> number_format("#,##0.00")
    >>> number_format("0%").look(Decimal("0.35")).percent
    True
    """
    if not code or code in ("General", "@", "0", "0.00", "#,##0", "#,##0.00"):
        return None
    sections: list[_Section] = []
    start = ""
    for found in _SECTIONS.finditer(code):
        if found[0] == ";":
            sections.append(_section(start))
            start = ""
        else:
            start += found[0]
    sections.append(_section(start))
    made = Format(code, sections[:4])
    return None if made.is_plain else made


def _section(code: str) -> _Section:
    condition: tuple[str, Decimal] | None = None
    literal, skeleton, pattern, letters = "", "", list[str](), list[str]()
    span = text = False
    for found in _TOKEN.finditer(code):
        kind, said = found.lastgroup, found[found.lastgroup] if found.lastgroup else ""
        if kind == "bracket":
            limit = _CONDITION.match(said)
            if limit:
                condition = (limit[1], Decimal(limit[2]))
            elif said.startswith("$"):
                kind, said = "quoted", said[1:].rpartition("-")[0] if "-" in said[1:] else said[1:]
            elif said and set(said.lower()) <= set("hms"):
                span = True
                continue
        if kind in ("quoted", "escaped") or (kind == "one" and said not in ".,%@/"):
            literal += said
            skeleton += "L"
            pattern.append(said)
        elif kind == "digits":
            skeleton += said
            pattern.extend(said)
        elif kind == "general":
            skeleton += "G"
        elif kind == "power":
            skeleton += "E"
        elif kind == "letters":
            letters.append(said.lower())
        elif kind == "clock":
            letters.append("h")
        elif kind == "one" and said == "@":
            text = True
        elif kind == "one":
            skeleton += said
            literal += said if letters else ""
    date: DateLook = "span" if span else _date(letters) if letters and not re.search("[0#?]", skeleton[:1]) else ""
    digits = re.sub("L", "", skeleton)
    whole = pattern if set(digits) <= set("0#?") and digits and not (date or text) else []
    return _Section(condition, literal, skeleton, tuple(whole), date, text)


def _date(letters: Sequence[str]) -> DateLook:
    """How much of a date its letters show; an m beside hours or seconds stands for minutes."""
    runs = [run[0] if run[:3] != "ddd" else "weekday" for run in letters]
    month = any(
        run == "m" and "h" not in runs[max(0, at - 1) : at] and "s" not in runs[at + 1 : at + 2]
        for at, run in enumerate(runs)
    )
    year, day = "y" in runs, "d" in runs
    if not (year or day or month or "weekday" in runs):
        return "time"
    if not year:
        return "no year"
    return "day" if day else "month" if month else "year"


def _look(section: _Section, code: str) -> Look | None:
    """What a section shows of numbers other than zero; None where that is the number."""
    if section.date:
        return Look(date=section.date, example=code)
    if not section.shows_numbers:
        return Look(instead=section.literal.strip(), example=code)
    skeleton = section.skeleton
    sign, currencies = currency_in(section.literal)
    thousands = len(_SCALING.findall(skeleton))
    factor = factor_of(section.literal, thousands)
    found = Look(
        percent="%" in skeleton,
        percent_sign="%" in section.literal,
        currency=sign,
        currencies=currencies,
        thousands=thousands,
        times=Decimal(1) if factor is None else factor / Decimal(1000) ** thousands,
        mark=section.literal.strip() if _MARK.search(_literal_of(section)) else "",
        pattern=section.pattern if _fills(section.pattern) else (),
    )
    return replace(found, example=code) if found != Look() else None


def _literal_of(section: _Section) -> str:
    """What a section shows beside digits; a plus sign behind them is told from one before."""
    last = section.literal.rstrip()[-1:]
    return section.literal + ("L+" if last == "+" and section.skeleton[:1] in "0#?" else "")


def _fills(pattern: Sequence[str]) -> bool:
    """Whether a pattern shows more of a whole number than its digits: zeros before it, or words."""
    return pattern.count("0") > 1 or any(part.strip() and part not in "0#?+-()" for part in pattern)


def _for_zero(section: _Section, look: Look | None, code: str) -> Look | None:
    """What a section shows of zero."""
    if section.date or re.search("[0G]", section.skeleton) or section.text:
        return look
    said = section.literal.strip()
    said = said.replace(currency_in(said)[0], "").strip()
    if said in ("0", "0%"):
        return None
    if said in _DASHES and "?" in section.skeleton:
        return None  # how accountants write zero
    if said in _DASHES and (section.condition is None or section.condition == ("=", Decimal(0))):
        return Look(zero=said, example=code)
    return Look(instead=said, example=code)


def marks_in(words: str) -> bool:
    """Whether words beside a number make it another one, or point to a note."""
    return _MARK.search(words) is not None


@cache
def currency_in(text: str) -> tuple[str, frozenset[str]]:
    """The currency's sign or code in a text, and the currencies that are written so; "" where there is none."""
    code = next((found for found in re.findall(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])", text) if found in _CODES), "")
    if code:
        return code, frozenset((code,))
    if "SFr" in text or "sFr" in text:
        return "Fr.", frozenset(("CHF",))
    for sign in _SIGNS:
        word = rf"(?<![^\W\d_]){re.escape(sign)}(?![^\W\d_])" if sign[-1].isalpha() or sign[0].isalpha() else ""
        if re.search(word, text) if word else sign in text:
            return sign, CURRENCIES[sign]
    return "", frozenset()
