"""Rows that sum up others: by what they are called, or because their numbers are the sums of the others'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, chain

from data.inspection.columns.numbers import Number, read_number
from data.inspection.grids.cells import Cells
from data.inspection.words.vocabulary import PERCENT_WORDS, RATE_WORDS, words_in, words_of
from data.tables.totals import EVERYTHING, TOTAL


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows that call themselves sums of others: indexes of rows."""

    shown: tuple[int, ...] = ()
    """Their numbers are the sums of others."""
    named: tuple[int, ...] = ()
    """Their numbers cannot show it: rates, means, groups that overlap."""
    unlike: tuple[int, ...] = ()
    """Their numbers show that they are none."""


_AFTER = re.compile(r"\W*$|\s*[,:;(/–—]|\s+(?:of|for|all|number)\b", re.IGNORECASE)
_BEHIND = re.compile(r"(?:[,:–—]\s*|\()(?:grand |sub-?)?(?:totals?|summe)\W*$|\binsgesamt\W*$", re.IGNORECASE)
_OTHERS = 3
"""Rows that a sum has to have before it is more than chance."""
_BARE = re.compile(r"\W*(?:total|totals|sum|summe|gesamt|ensemble|totale)\W*", re.IGNORECASE)
"""What could be the name of an employer, too."""
_SHORT = 60
"""Rows of a list in which every sum of neighbours is tried."""
_STEPS = (1000, 100, 50, 10, 5, 3)
_ROUNDED = 8
"""Numbers whose common step is no chance."""
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
    sure = _summing(labels, at_end=False)
    alike = alike_totals(labels) - sure
    ends = {0, len(labels) - 1}
    found = sure | alike if alike <= ends else sure
    if not found:
        return []
    depths = [len(row[0]) - len(row[0].lstrip()) if row and row[0].strip() else 0 for row in labels]
    return sorted(place for place in found if _parent(depths, place) not in found)


def alike_totals(labels: Sequence[Sequence[str]]) -> set[int]:
    """The places of all rows with a text that could call a sum, if it stood first or last."""
    return _summing(labels, at_end=True)


def _summing(labels: Sequence[Sequence[str]], at_end: bool) -> set[int]:
    """The places of the rows with a text that sums up; each different text is looked at once."""
    likely = {text for text in set(chain.from_iterable(labels)) if sums_up(text, at_end)}
    return {place for place, row in enumerate(labels) if not likely.isdisjoint(row)} if likely else set()


def _parent(depths: Sequence[int], place: int) -> int:
    """The row that a row is indented under; -1 where there is none."""
    return next((above for above in range(place - 1, -1, -1) if depths[above] < depths[place]), -1)


_NO_SUM = words_in("mean average median mittelwert durchschnitt moyenne médiane media mediana index ratio score gpa")
"""Headers of numbers that do not add up, beside rates and percentages."""


def judged(
    cells: Cells,
    rows: Sequence[int],
    named: Sequence[int],
    columns: Sequence[int],
    names: Mapping[int, str],
    label: int,
) -> Totals:
    """Which of the rows that call themselves totals are some, by their numbers; `names` are the columns' headers.

    A total is the sum of all other rows, or of those between it and another total, or of other totals, or of rows that
    are less indented than others; or it counts the marks in them. One whose numbers cannot show that is one by its name
    alone. One in whose way numbers stand is none: an employer may be called "Total".
    """
    parts = [row for row in rows if row not in named]
    if not parts or len(rows) > _LOOK:
        return Totals(named=tuple(named))
    shown: list[int] = []
    doubtful: list[int] = []
    unlike: list[int] = []
    adding_up = [column for column in columns if _adds_up_by_name(names[column])]
    for row in named:
        groups = [group for group in _groups(cells, rows, named, row, label) if group]
        filled = [column for column in columns if cells[row][column].strip()]
        adding = sum(any(_adds(cells, row, group, column) for group in groups) for column in filled)
        counted = [column for column in adding_up if column in filled]
        bare = any(_BARE.fullmatch(cells[row][column]) for column in range(label + 1))
        if adding > 1 or (adding and adding * 2 >= len(counted)):
            shown.append(row)
        elif any(_denied(cells, row, parts, column, bare) for column in counted):
            unlike.append(row)
        else:
            doubtful.append(row)
    return Totals(tuple(shown), tuple(doubtful), tuple(unlike))


def _adds_up_by_name(name: str) -> bool:
    """Whether numbers under such a header can be summed: no rates, percentages or means."""
    return not set(words_of(name)) & (PERCENT_WORDS | RATE_WORDS | _NO_SUM)


def _groups(cells: Cells, rows: Sequence[int], named: Sequence[int], row: int, label: int) -> list[list[int]]:
    """The sets of rows whose sum a row may be."""
    place = rows.index(row)
    before = next((other for other in reversed(rows[:place]) if other in named), -1)
    after = next((other for other in rows[place + 1 :] if other in named), len(cells))
    parts = [other for other in rows if other not in named]
    above, below = [o for o in parts if before < o < row], [o for o in parts if row < o < after]
    rest = [other for other in named if other != row]
    depths = {o: len(cells[o][label]) - len(cells[o][label].lstrip()) for o in parts}
    least = min(depths.values())
    return [parts, above, below, rest, [o for o in rest if o < row], [o for o in parts if depths[o] == least]]


def _adds(cells: Cells, row: int, parts: Sequence[int], column: int) -> bool:
    """Whether a number of a row is the sum of those in `parts`, or counts the marks in them."""
    texts = [cells[other][column] for other in parts]
    return any(
        _is_sum_of(whole, texts, mark, 1) or _counts(whole, texts)
        for mark in (".", ",")
        if (whole := read_number(cells[row][column], mark))
    )


def _counts(whole: Number, texts: Sequence[str]) -> bool:
    """Whether a number says how many of the cells hold something, where they hold no numbers."""
    filled = [text for text in texts if text.strip()]
    return whole.value == len(filled) and not any(read_number(text) for text in filled)


def _denied(cells: Cells, row: int, parts: Sequence[int], column: int, bare: bool) -> bool:
    """Whether a column of whole numbers shows that a row is no total.

    One of the others is larger, or all are smaller together; or its name is `bare`, and no run of them adds up to it.
    """
    for mark in (".", ","):
        whole = read_number(cells[row][column], mark)
        numbers = [read_number(text, mark) for other in parts if (text := cells[other][column].strip())]
        read = [number.value for number in numbers if number and number.whole and not number.percent]
        if whole is None or not whole.whole or whole.percent or len(read) < len(numbers) or not read:
            continue
        slack = len(read) + 1  # each may be rounded
        if max(read) > whole.value + 1 or (len(read) == len(parts) and sum(read) + slack < whole.value):
            return True
        return bare and len(read) == len(parts) <= _SHORT and not _runs_to(whole.value, read)
    return False


def _runs_to(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether numbers that stand below one another add up to a total, but for the rounding of each."""
    return any(
        abs(total - reached) <= place + 2
        for start in range(len(parts) - 1)
        for place, reached in enumerate(accumulate(parts[start:]))
        if place
    )


def is_sum(cells: Sequence[Sequence[str]], row: int, others: Sequence[int], columns: Sequence[int], label: str) -> bool:
    """Whether the numbers of a row are the sums of those in `others`.

    In one column that can be chance, unless the row calls itself "All regions"; in two it is none.
    """
    least = 2 if EVERYTHING.match(label) else _OTHERS
    if not least <= len(others) <= _LOOK:
        return False
    sums = sum(_adds_up(cells[row][column], [cells[other][column] for other in others], least) for column in columns)
    return sums > 1 or (sums == 1 and EVERYTHING.match(label) is not None)


def _adds_up(total: str, parts: Sequence[str], least: int) -> bool:
    """Whether a number is the sum of the others, but for the rounding of decimals; empty cells add nothing."""
    return any(_is_sum_of(whole, parts, mark, least) for mark in (".", ",") if (whole := read_number(total, mark)))


def _rounded(numbers: Sequence[Number]) -> Decimal:
    """How far a sum of whole numbers may be off that are all rounded to fives, tens or hundreds."""
    if len(numbers) < _ROUNDED:
        return Decimal(0)
    step = next((step for step in _STEPS if all(number.value % step == 0 for number in numbers)), 0)
    return Decimal(len(numbers) + 1) * step / 2


def _is_sum_of(whole: Number, parts: Sequence[str], mark: str, least: int = _OTHERS) -> bool:
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
    slack = Decimal(len(numbers) + 1).scaleb(-decimals) / 2 if decimals else _rounded(numbers)
    filled = sum(number.value != 0 for number in numbers)
    return filled >= least and abs(sum(number.value for number in numbers) - whole.value) <= slack
