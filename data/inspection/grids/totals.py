"""Rows that sum up others: by what they are called, or because their numbers are the sums of the others'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from itertools import accumulate

from msgspec import Struct

from data.inspection.columns.numbers import Number, read_number
from data.inspection.grids.cells import Cells
from data.inspection.words.vocabulary import PERCENT_WORDS, RATE_WORDS, words_in, words_of
from data.tables.totals import EVERYTHING, TOTAL


class Totals(Struct, frozen=True):
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


def called_totals(cells: Cells, rows: Sequence[int], label: int) -> tuple[list[int], list[int]]:
    """The rows that call themselves sums in one of the columns up to `label`, and others that begin alike.

    A row that is indented under a sum, by spaces, is none: it says what the sum is made of. Neither is a label that
    could be a name ("Total Look School"), not even in the first or last row, where others between begin alike.
    """
    texts = {cells[row][column] for column in range(label + 1) for row in rows}
    likely = {text for text in texts if sums_up(text, at_end=True)}
    if not likely:
        return [], []
    labels = [cells[row][: label + 1] for row in rows]
    every = _saying(labels, likely)
    sure = _saying(labels, {text for text in likely if sums_up(text, at_end=False)})
    found = every if every - sure <= {0, len(labels) - 1} else sure
    named = _not_under(found, labels)
    return [rows[place] for place in named], [rows[place] for place in sorted(every.difference(named))]


def _not_under(found: Set[int], labels: Sequence[Sequence[str]]) -> list[int]:
    """Those of the places that are not indented under another one of them, by the spaces before their labels."""
    depths = [len(row[0]) - len(row[0].lstrip()) if row[0].strip() else 0 for row in labels]
    return [place for place in sorted(found) if _parent(depths, place) not in found]


def _saying(labels: Sequence[Sequence[str]], texts: Set[str]) -> set[int]:
    """The places of the rows that hold one of the texts."""
    return {place for place, row in enumerate(labels) if not texts.isdisjoint(row)} if texts else set()


def _parent(depths: Sequence[int], place: int) -> int:
    """The row that a row is indented under; -1 where there is none."""
    return next((above for above in range(place - 1, -1, -1) if depths[above] < depths[place]), -1)


_NO_SUM = words_in("mean average median mittelwert durchschnitt moyenne médiane media mediana index ratio score gpa")
"""Headers of numbers that do not add up, beside rates and percentages."""


class _Rows(Struct, frozen=True):
    """The rows of a table, and those of them that call themselves totals."""

    cells: Cells
    rows: Sequence[int]
    named: Sequence[int]
    columns: Sequence[int]
    """Those that may hold numbers."""
    adding_up: frozenset[int]
    """Those under whose headers numbers can be summed."""
    label: int
    """The column with what rows are called, or the last of several."""
    parts: Sequence[int]
    """The rows that do not call themselves totals."""


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
    if not named:
        return Totals()
    parts = [row for row in rows if row not in named]
    if not parts or len(rows) > _LOOK:
        return Totals(named=tuple(named))
    table = _Rows(cells, rows, named, columns, _adding_up(names, columns), label, parts)
    shown = [row for row in named if _is_shown(table, row)]
    rest = [row for row in named if row not in shown]
    unlike = [row for row in rest if _is_unlike(table, row)]
    return Totals(tuple(shown), tuple(row for row in rest if row not in unlike), tuple(unlike))


def _is_shown(table: _Rows, row: int) -> bool:
    """Whether numbers of a row are the sums of others: two of them, or half of those that can be summed."""
    groups = [group for group in _groups(table, row) if group]
    filled = [column for column in table.columns if table.cells[row][column].strip()]
    adding = sum(any(_adds(table.cells, row, group, column) for group in groups) for column in filled)
    return adding > 1 or (adding > 0 and adding * 2 >= len(table.adding_up.intersection(filled)))


def _is_unlike(table: _Rows, row: int) -> bool:
    """Whether one of the numbers of a row that can be summed shows that it is no total."""
    said = table.cells[row]
    bare = any(_BARE.fullmatch(said[column]) for column in range(table.label + 1))
    counted = (column for column in table.columns if column in table.adding_up and said[column].strip())
    return any(_denied(table.cells, row, table.parts, column, bare) for column in counted)


def _adding_up(names: Mapping[int, str], columns: Sequence[int]) -> frozenset[int]:
    """The columns under whose headers numbers can be summed: no rates, percentages or means."""
    apart = PERCENT_WORDS | RATE_WORDS | _NO_SUM
    return frozenset(column for column in columns if apart.isdisjoint(words_of(names[column])))


def _groups(table: _Rows, row: int) -> list[Sequence[int]]:
    """The sets of rows whose sum a row may be."""
    rest = [other for other in table.named if other != row]
    return [table.parts, *_next_to(table, row), rest, [o for o in rest if o < row], _least_indented(table)]


def _next_to(table: _Rows, row: int) -> tuple[list[int], list[int]]:
    """The rows above a total up to the one before it, and those below it up to the next one."""
    place = table.rows.index(row)
    before = next((other for other in reversed(table.rows[:place]) if other in table.named), -1)
    after = next((other for other in table.rows[place + 1 :] if other in table.named), len(table.cells))
    return [o for o in table.parts if before < o < row], [o for o in table.parts if row < o < after]


def _least_indented(table: _Rows) -> list[int]:
    """The rows, totals not among them, whose labels stand furthest to the left."""
    labels = {row: table.cells[row][table.label] for row in table.parts}
    depths = {row: len(label) - len(label.lstrip()) for row, label in labels.items()}
    least = min(depths.values())
    return [row for row, depth in depths.items() if depth == least]


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
    texts = [text for other in parts if (text := cells[other][column].strip())]
    for mark in (".", ","):
        whole = _whole_number(cells[row][column], mark)
        read = [number for text in texts if (number := _whole_number(text, mark)) is not None]
        if whole is None or len(read) < len(texts) or not read:
            continue
        slack = len(read) + 1  # each may be rounded
        if max(read) > whole + 1 or (len(read) == len(parts) and sum(read) + slack < whole):
            return True
        return bare and len(read) == len(parts) <= _SHORT and not _runs_to(whole, read)
    return False


def _whole_number(text: str, mark: str) -> Decimal | None:
    """The number of a text where it is a whole one, and no percentage."""
    number = read_number(text, mark)
    return number.value if number and number.whole and not number.percent else None


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
