"""Rows that sum up others: by what they are called, or because their numbers are the sums of the others'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from data.inspection.numbers import Number, read_number
from data.totals import EVERYTHING, TOTAL

_AFTER = re.compile(r"\W*$|\s*[,:;(/–—]|\s+(?:of|for|all|number)\b", re.IGNORECASE)
_BEHIND = re.compile(r"[,:–—]\s*(?:grand )?totals?\W*$|\binsgesamt$", re.IGNORECASE)
_OTHERS = 3
"""Rows that a sum has to have before it is more than chance."""
_LOOK = 5_000


def sums_up(label: str, at_end: bool) -> bool:
    """Whether a label says that its row sums up others. "Total Look School" does so only as first or last row."""
    if _BEHIND.search(label):
        return True
    found = TOTAL.match(label)
    return found is not None and (at_end or _AFTER.match(label[found.end() :]) is not None)


def named_totals(labels: Sequence[Sequence[str]]) -> list[int]:
    """The places of the rows that call themselves sums, by the texts of each row that may do so.

    A row that is indented under a sum, by spaces, is none: it says what the sum is made of. Neither is a label that
    could be a name ("Total Look School"), not even in the first or last row, where others between begin alike.
    """
    depths = [len(row[0]) - len(row[0].lstrip()) if row and row[0].strip() else 0 for row in labels]
    sure = {place for place, row in enumerate(labels) if any(sums_up(text, False) for text in row)}
    alike = {place for place, row in enumerate(labels) if any(sums_up(text, True) for text in row)} - sure
    ends = {0, len(labels) - 1}
    found = sure | alike if alike <= ends else sure
    return sorted(place for place in found if _parent(depths, place) not in found)


def _parent(depths: Sequence[int], place: int) -> int:
    """The row that a row is indented under; -1 where there is none."""
    return next((above for above in range(place - 1, -1, -1) if depths[above] < depths[place]), -1)


def is_sum(cells: Sequence[Sequence[str]], row: int, others: Sequence[int], columns: Sequence[int], label: str) -> bool:
    """Whether the numbers of a row are the sums of those in `others`.

    In one column that can be chance, unless the row calls itself "All regions"; in two it is none.
    """
    if not _OTHERS <= len(others) <= _LOOK:
        return False
    sums = sum(_adds_up(cells[row][column], [cells[other][column] for other in others]) for column in columns)
    return sums > 1 or (sums == 1 and EVERYTHING.match(label) is not None)


def _adds_up(total: str, parts: Sequence[str]) -> bool:
    """Whether a number is the sum of the others, but for the rounding of decimals; empty cells add nothing."""
    return any(_is_sum_of(whole, parts, mark) for mark in (".", ",") if (whole := read_number(total, mark)))


def _is_sum_of(whole: Number, parts: Sequence[str], mark: str) -> bool:
    if whole.percent or whole.value <= 0:
        return False
    numbers: list[Number] = []
    for text in parts:
        number = read_number(text, mark)
        if number is not None and 0 <= number.value <= whole.value:
            numbers.append(number)
        elif text.strip():
            return False
    decimals = max((number.decimals for number in (whole, *numbers)), default=0)
    slack = Decimal(len(numbers) + 1).scaleb(-decimals) / 2 if decimals else Decimal(0)
    filled = sum(number.value != 0 for number in numbers)
    return filled >= _OTHERS and abs(sum(number.value for number in numbers) - whole.value) <= slack
