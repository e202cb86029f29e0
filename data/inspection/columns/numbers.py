"""What a cell's text says as a number, with everything that people write around it."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from data.inspection.words.vocabulary import CURRENCY_CODES, CURRENCY_SIGNS

Mark = str
"""The decimal mark: "." or ","."""

_SPACES = "\u00a0\u202f\u2009 "
_SIGNS = "|".join(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True))
_CODES = "|".join(sorted(CURRENCY_CODES))
_CURRENCY = rf"(?P<{{name}}>{_SIGNS}|{_CODES})"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+\u2212])?\s*(?:{_CURRENCY.format(name='before')}\s*)?(?P<sign2>[-+\u2212])?"
    rf"(?P<digits>\d[\d.,'’{_SPACES}]*|[.,]\d+)(?P<exponent>[eE][-+]?\d{{1,3}})?"
    rf"\s*(?P<percent>%)?\s*(?:{_CURRENCY.format(name='after')})?(?P<close>\))?"
)
_SOME_DIGIT = re.compile(r"\d")
_BARE = {mark: re.compile(rf"-?\d{{1,30}}(?:{re.escape(mark)}\d{{1,20}})?", re.ASCII) for mark in (".", ",")}
"""Digits with nothing around them that takes a rule: most numbers."""
_USUAL = {
    mark: re.compile(
        rf"(?P<sign>[$€£])?(?P<whole>\d{{1,3}}(?:{re.escape(group)}\d{{3}}){{1,6}}|\d{{1,30}})"
        rf"(?:{re.escape(mark)}(?P<part>\d{{1,20}}))?",
        re.ASCII,
    )
    for mark, group in ((".", ","), (",", "."))
}
"""Money as most people write it: a sign before digits in threes, which takes no rule either."""
_LIMIT = re.compile(r"(>=|≥|=>|>|<=|≤|=<|<)\s*(.+)")
_GROUPED = {
    ".": re.compile(rf"\d{{1,3}}(?P<group>[,'’{_SPACES}])\d{{3}}(?:(?P=group)\d{{3}})*(?:\.\d*)?"),
    ",": re.compile(rf"\d{{1,3}}(?P<group>[.'’{_SPACES}])\d{{3}}(?:(?P=group)\d{{3}})*(?:,\d*)?"),
}
_PLAIN = {".": re.compile(r"\d+(?:\.\d*)?|\.\d+"), ",": re.compile(r"\d+(?:,\d*)?|,\d+")}


_MINUS = ("-", "\u2212")
_BETWEEN = {
    ".": str.maketrans("", "", f",'’{_SPACES}"),
    ",": str.maketrans(",", ".", f".'’{_SPACES}"),
}
"""Decimal mark → what goes between thousands, so that the rest is a number as Python writes it."""


class Number(NamedTuple):
    """A number as a cell writes it; made faster than a dataclass is, and long columns have many."""

    value: Decimal
    decimals: int = 0
    """Digits after the decimal mark."""
    currency: str = ""
    """ISO 4217 code of a sign or code that stands with the number."""
    percent: bool = False
    """Whether a percent sign stands with it."""
    group: str = ""
    """The mark between thousands."""
    accounting: bool = False
    """Whether brackets say that it is negative."""
    exponent: bool = False
    padded: bool = False
    """Whether it begins with a zero that a number would not have: 01, 00123."""
    limit: str = ""
    """">=" and the like, where the number is only a limit."""

    @property
    def whole(self) -> bool:
        return self.value == self.value.to_integral_value()

    @property
    def decorated(self) -> bool:
        """Whether something stands around the digits that has to be taken off."""
        return bool(self.currency or self.percent or self.group or self.accounting or self.limit)


def read_number(text: str, mark: Mark = ".") -> Number | None:
    """The number that `text` writes with this decimal mark, or None.

    >>> read_number("$1,234.50").value, read_number("(12)").value, read_number("1.234,5", ",").value
    (Decimal('1234.50'), Decimal('-12'), Decimal('1234.5'))
    """
    text = text.strip()
    if _BARE[mark].fullmatch(text):
        return _bare(text if mark == "." else text.replace(mark, "."))
    if usual := _USUAL[mark].fullmatch(text):
        return _written(usual["sign"] or "", usual["whole"], usual["part"] or "")
    if len(text) > 60 or not _SOME_DIGIT.search(text):
        return None
    limit = _LIMIT.fullmatch(text)
    if limit:
        inner = read_number(limit[2], mark)
        return inner._replace(padded=False, limit=limit[1]) if inner and not inner.limit else None
    return _decorated(text, mark)


def _decorated(text: str, mark: Mark) -> Number | None:
    """A number with what people write around it: signs, brackets, a currency, marks between thousands."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    opened, sign, before, inner_sign, digits, exponent, percent, after, closed = found.groups(default="")
    if bool(opened) != bool(closed) or (before and after) or (sign and inner_sign):
        return None
    digits = digits.strip()
    grouped = _GROUPED[mark].fullmatch(digits)
    if grouped is None and _PLAIN[mark].fullmatch(digits) is None:
        return None
    plain = digits.translate(_BETWEEN[mark])
    try:
        value = Decimal(plain + exponent)
    except InvalidOperation:
        return None
    whole, _, fraction = plain.partition(".")
    unit = before or after
    return Number(
        -value if opened or f"{sign}{inner_sign}" in _MINUS else value,
        len(fraction),
        CURRENCY_SIGNS.get(unit, unit),
        bool(percent),
        grouped["group"] if grouped else "",
        bool(opened),
        bool(exponent),
        _padded(whole, fraction),
    )


def _written(sign: str, digits: str, fraction: str) -> Number:
    """The number of a currency's sign, digits that may stand in threes, and decimals."""
    whole = digits if digits.isdecimal() else digits.replace(",", "").replace(".", "")
    return Number(
        Decimal(f"{whole}.{fraction}" if fraction else whole),
        len(fraction),
        CURRENCY_SIGNS[sign] if sign else "",
        group="" if digits is whole else digits[-4],
        padded=_padded(whole, fraction),
    )


def _bare(text: str) -> Number:
    """The number that digits with a point, and at most a minus before them, write."""
    digits = text.removeprefix("-")
    whole, _, fraction = digits.partition(".")
    value = Decimal(digits)
    return Number(
        -value if text.startswith("-") else value,
        len(fraction),
        padded=_padded(whole, fraction),
    )


def _padded(whole: str, fraction: str) -> bool:
    """Whether digits begin with a zero that a number would not have."""
    return len(whole) > 1 and whole.startswith("0") and not fraction


def decimal_votes(text: str) -> tuple[int, int]:
    """How surely a cell shows that numbers have a decimal point, and a decimal comma: (1, 0), (0, 1) or (0, 0).

    "1.234" and "1,234" show neither.
    """
    point, comma = read_number(text, "."), read_number(text, ",")
    if point is None and comma is None:
        return 0, 0
    if comma is None:
        return 1, 0
    if point is None:
        return 0, 1
    return 0, 0
