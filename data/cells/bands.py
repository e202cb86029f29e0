"""Bands such as "£18,000 - £20,999" or "51,000+", which have an order, and ranges, which are two numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from data.cells.error import CellError
from data.settings.fields import NumberSettings

_BELOW = re.compile(
    r"^\W*(?:less than|fewer than|lower than|under|below|up to|at most|no more than|<|≤|"
    r"unter|weniger als|bis|höchstens|moins de|jusqu'à|jusqu’à|au plus|inférieur à|menos de|hasta|"
    r"inferior a|como máximo)\b|^\s*[<≤]|\b(?:and|or) (?:under|below|less|fewer)$|"
    r"\b(?:und|oder) weniger$|\b(?:et|ou) moins$|\by menos$",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"[+>≥]|\b(?:over|above|more|older|higher|least|plus|mehr|älter|über|ab|mindestens|davantage|moins|más|menos)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(.*?\S)\s*(?:[\u2010-\u2015-]|\bto\b|\bbis\b|\bà\b|\bau\b|\band\b|\bund\b|\bet\b|\ba\b|\by\b)\s*(\S.*)"
)
_INFINITE = Decimal("Infinity")


def limits(text: str, style: NumberSettings | None) -> tuple[Decimal, Decimal]:
    """The lower and upper limit of a band, infinite where it is open.

    Raises CellError for a text without a number, or with more than two.
    """
    found = [_amount(digits, style) for digits in re.findall(_digits(style), text)]
    if not found or len(found) > 2:
        raise CellError(
            f"has {'no limit' if not found else 'more than two limits'}",
            "List it under missing = [...], or declare the field as type = 'level' with its levels in order.",
        )
    if len(found) == 2:
        if found[0] > found[1]:
            raise CellError("is a band upside down", "Correct the cell.")
        return found[0], found[1]
    if _BELOW.search(text):
        return -_INFINITE, found[0]
    return found[0], _INFINITE if _ABOVE.search(text) else found[0]


def _digits(style: NumberSettings | None) -> str:
    if style is None:
        return r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?[kK]?\b|\d+(?:\.\d+)?(?:[kK]\b)?"
    mark = re.escape(style.decimal)
    group = {"": "", " ": "[ \u00a0\u202f\u2009]", "'": "['\u2019]"}.get(style.thousands, re.escape(style.thousands))
    grouped = rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{mark}\d+)?(?:[kK]\b)?|" if group else ""
    return rf"{grouped}\d+(?:{mark}\d+)?(?:[kK]\b)?"


def _amount(digits: str, style: NumberSettings | None) -> Decimal:
    decimal = style.decimal if style else "."
    number = Decimal(re.sub(rf"[^\d{re.escape(decimal)}]", "", digits).replace(decimal, "."))
    return number * 1000 if digits[-1:] in ("k", "K") else number


def in_order(bands: Iterable[str], style: NumberSettings | None) -> tuple[str, ...]:
    """Each band once, by its lower limit, then its upper one; bands with the same limits in order of appearance."""
    return tuple(sorted(dict.fromkeys(bands), key=lambda band: limits(band, style)))


def range_reader(
    read: Callable[[str], Decimal], end: Callable[[Decimal], Decimal]
) -> Callable[[str], tuple[Decimal, Decimal]]:
    """What reads ranges in one cell, "$125,000 – $170,000", as low and high; one number alone is both.

    `read` reads each of them, and `end` is what is done to it then, such as multiplying. Raises CellError where an
    end is no number, and where the low one is above the high one.
    """

    def both(text: str) -> tuple[Decimal, Decimal]:
        found = _BETWEEN.fullmatch(text.strip())
        if found is None:
            alone = end(read(text.strip()))
            return alone, alone
        low, high = end(read(found[1].strip())), end(read(found[2].strip()))
        if low > high:
            raise CellError("is a range upside down", "Exchange its two numbers.")
        return low, high

    return both
