"""What the number formats of a workbook's sheet say about its columns: percentages, money, codes with zeros ahead."""

from __future__ import annotations

import re
from collections import Counter

from data.inspection.words.vocabulary import CURRENCY_CODES, CURRENCY_SIGNS
from data.sources.grid import Grid
from data.sources.shown import Look, filled_in

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[Ee][-+]?\d+)?")
_ROWS = 5_000
"""Rows that are looked at."""
_SHARE = 0.8
_FIRST = 3
"""Numbers at the top of a column, of which one may show the currency of all."""
_SHORT = 3
"""Digits up to which one zero ahead is no more than how a number is written: 007, 03."""


def column_formats(grid: Grid) -> dict[int, str]:
    """Columns of a sheet, from 1, and what their numbers are formatted as: "percent", "percent sign" where it does not
    multiply, "percent in some", "code" with zeros ahead, or a currency ("USD").

    A currency may also be shown at the top of a column only, above plain numbers, as accountants write.
    """
    if grid.shown is None:
        return {}
    found: dict[int, str] = {}
    for column in range(max(map(len, grid.cells), default=0)):
        kinds: list[str] = []
        for row, cells in enumerate(grid.cells[:_ROWS]):
            if column < len(cells) and _NUMBER.fullmatch(cells[column]):
                kinds.append(_kind(grid.shown.looks.at(*grid.address(row, column)), cells[column]))
        kind = _of_column(kinds)
        if kind:
            found[grid.first_column + column] = kind
    return found


def _kind(look: Look | None, text: str) -> str:
    """What a cell's format shows of its number beside digits."""
    if look is None:
        return ""
    if look.percent or look.percent_sign:
        return "percent" if look.percent else "percent sign"
    if look.currency:
        return _currency(look)
    shown = look.text or (filled_in(look.pattern, text) if look.pattern else None) or text
    return "code" if _has_zeros_ahead(shown, text) else ""


def _currency(look: Look) -> str:
    """The code of the currency whose sign a format writes; "" where it could be several."""
    code = look.currency if look.currency in CURRENCY_CODES else CURRENCY_SIGNS.get(look.currency, "")
    return code or (next(iter(look.currencies)) if len(look.currencies) == 1 else "")


def _has_zeros_ahead(shown: str, text: str) -> bool:
    """Whether a number is shown with zeros ahead that its text lacks: more than the one of 007."""
    return shown.startswith("00") or (shown.startswith("0") and len(shown) > _SHORT and shown != text)


def _of_column(kinds: list[str]) -> str:
    count = Counter(kinds)
    if count["code"] and set(count) <= {"code", ""}:
        return "code"
    kind, often = count.most_common(1)[0] if count else ("", 0)
    if kind and often >= _SHARE * len(kinds):
        return kind
    shown = set(filter(None, count))
    if shown & {"percent", "percent sign"}:
        return "percent in some"
    return shown.pop() if len(shown) == 1 and shown <= set(kinds[:_FIRST]) else ""
