"""Columns whose cells hold two numbers: ordered bands ("£18,000 - £20,999", "£51,000+"), and ranges."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from data.inspection.columns.column import Column, Context, Finding
from data.inspection.columns.marks import known
from data.inspection.columns.numbers import Number, read_number
from data.inspection.words.vocabulary import CODE_WORDS

_SPAN = re.compile(r"(?P<low>.*?\d.*?)\s*(?:–|—|-|\bto\b|\bbis\b|\bà\b|\ba\b|\band\b)\s*(?P<high>\S.*)", re.IGNORECASE)
_OF_YEARS = r"(?P<number>.*?\d\S*)\s*(?:(?:years?|jahre|ans|años)\s*)?(?:and|or|und|et|y|o|oder|ou)\s+"
_OPEN_ABOVE = (
    re.compile(r"(?P<number>.*\d[^\s+]*)\s*\+"),
    re.compile(_OF_YEARS + r"(?:over|more|above|older|mehr|älter|plus|más|higher)\b.*", re.IGNORECASE),
    re.compile(
        r"(?:over|more than|above|at least|from|über|mehr als|ab|plus de|más de|>=?|≥)\s*(?P<number>.*\d\S*)",
        re.IGNORECASE,
    ),
)
_OPEN_BELOW = (
    re.compile(
        r"(?:less than|under|below|up to|fewer than|at most|unter|bis(?: zu)?|bis unter|moins de|menos de|hasta|<=?|≤)"
        r"\s*(?P<number>.*\d\S*)",
        re.IGNORECASE,
    ),
    re.compile(_OF_YEARS + r"(?:under|less|below|fewer|younger|weniger|jünger|moins|menos|lower)\b.*", re.IGNORECASE),
)
_UNITS = re.compile(
    r"\s*(?:years?(?: old)?|yrs?|jahre|ans|años|employees|people|hours?|per year|p\.?a\.?|k)$", re.IGNORECASE
)
_NO_WORD_OR_SIGN = re.compile(r"[\d.,$€£% ]*")
"""What stands in single numbers, and says neither where a band begins nor where it ends."""
_LISTED = 60
"""Bands that are listed at most."""
_OTHERS = 2
"""Texts in ten that may be no bands in a column of them."""
NO_BAND = re.compile(
    r"\b(?:unknown|not (?:known|stated|available|applicable|reported)|refused|prefer not|no answer|keine angabe|"
    r"inconnu)\b",
    re.IGNORECASE,
)


class Band(Struct, frozen=True):
    """A span of numbers, one end of which may be open."""

    low: Number | None
    high: Number | None


def _number(text: str, decimal: str) -> Number | None:
    found = read_number(_UNITS.sub("", text.strip()), decimal)
    return None if found is None or found.limit or found.padded else found


def read_band(text: str, decimal: str = ".") -> Band | None:
    """The span that a text names, or None.

    >>> read_band("£51,000+").low.value
    Decimal('51000')
    """
    text = text.strip()
    if _NO_WORD_OR_SIGN.fullmatch(text):
        return None
    for pattern in _OPEN_ABOVE:
        if (found := pattern.fullmatch(text)) and (number := _number(found["number"], decimal)):
            return Band(number, None)
    for pattern in _OPEN_BELOW:
        if (found := pattern.fullmatch(text)) and (number := _number(found["number"], decimal)):
            return Band(None, number)
    span = _SPAN.fullmatch(text)
    if span:
        low, high = _number(span["low"], decimal), _number(span["high"], decimal)
        if low and high and low.value <= high.value and high.value >= 0 and not _code(text, low, high):
            return Band(low, high)
    return None


def _code(text: str, low: Number, high: Number) -> bool:
    """Whether a hyphen stands inside a code, 15-1211: no spaces, and ends of very different length."""
    bare = re.fullmatch(r"\d+-\d+", text) is not None
    return bare and len(str(high.value)) - len(str(low.value)) > 1


def ends_of(text: str, decimal: str = ".") -> tuple[str, ...]:
    """The texts of the two numbers of a range, "$125,000 – $170,000"."""
    span = _SPAN.fullmatch(text.strip())
    if span and read_band(text, decimal):
        return span["low"].strip(), span["high"].strip()
    return ()


def bands_in(column: Column, texts: Sequence[str], marks: tuple[str, ...], context: Context) -> Finding | None:
    """The column as bands or ranges, where nearly all its texts are such.

    Bands have open ends, come again from row to row, or follow on each other; ranges belong to their row alone.
    """
    if column.words & CODE_WORDS:
        return None
    found = _bands(texts, context.decimal)
    if len(found) < 2:
        return None
    bands = [band for _, band in found]
    complete = len(found) == len(texts)
    if not _has_middle(bands) and not (complete and _are_two_ends(bands)):
        return None
    again = sum(column.values[text] for text, _ in found) > len(found)
    if not (again or _are_bands(bands)):
        return _range(found, marks) if complete else None
    rest = _others(texts, dict(found))
    return None if rest is None or len(texts) > _LISTED else _in_order(found, (*marks, *rest))


def _are_two_ends(bands: Sequence[Band]) -> bool:
    """Whether bands without a middle are open on both sides: "under 25", "25 and over"."""
    return {band.low is None for band in bands} == {True, False}


def _others(texts: Sequence[str], bands: Container[str]) -> tuple[str, ...] | None:
    """The texts beside bands, where each of them says that none is known; None where one says anything else."""
    rest = tuple(text for text in texts if text not in bands)
    return rest if all(NO_BAND.search(text) or known(text) for text in rest) else None


def _in_order(found: Sequence[tuple[str, Band]], marks: tuple[str, ...]) -> Finding:
    """Bands, which are kept in their order, with the currency of which all speak that name one."""
    units = {end.currency for _, band in found if (end := band.low or band.high) and end.currency}
    said = f" in {next(iter(units))}" if len(units) == 1 else ""
    return Finding("band", {}, marks, (f"'{found[0][0]}' and the others are bands{said}: kept in their order.",))


def _bands(texts: Sequence[str], decimal: str) -> list[tuple[str, Band]]:
    """The texts that name bands, with them; none where too many do not."""
    found: list[tuple[str, Band]] = []
    for place, text in enumerate(texts, 1):
        band = read_band(text, decimal)
        if band is not None:
            found.append((text, band))
        elif (place - len(found)) * 10 > len(texts) * _OTHERS:
            return []
    return found


def _has_middle(bands: Sequence[Band]) -> bool:
    """Whether one of them is open at neither end."""
    return any(band.low and band.high for band in bands)


def _are_bands(bands: Sequence[Band]) -> bool:
    """Whether one is open at an end, or each begins about where the one before it ends."""
    ends = [(band.low.value, band.high.value) for band in bands if band.low and band.high]
    if len(ends) < len(bands):
        return True
    return len(ends) > 2 and all(
        abs(after[0] - before[1]) <= max(Decimal(1), (before[1] - before[0]) / 20) for before, after in pairwise(ends)
    )


def _range(found: Sequence[tuple[str, Band]], marks: tuple[str, ...]) -> Finding | None:
    """A low and a high number in one cell, of one currency or of none."""
    units = {end.currency for _, band in found for end in (band.low, band.high) if end and end.currency}
    if len(units) > 1:
        return None
    percent = any(end.percent for _, band in found for end in (band.low, band.high) if end)
    settings: dict[str, object] = {"of": "percent" if percent else "money" if units else "number"}
    if units:
        settings["unit"] = next(iter(units))
    return Finding("range", settings, marks, (f"'{found[0][0]}': a low and a high number in one cell.",))
