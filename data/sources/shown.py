"""What a workbook shows of a sheet beside its values: number formats, hidden rows, merged cells, rows of totals."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

DateLook = Literal["", "day", "month", "year", "no year", "time", "span"]
"""How much of a date a format shows: all of it, no day, no day and no month, no year; a time of day; a duration."""


class Look(Struct, frozen=True):
    """What a cell shows where that is not just its number."""

    percent: bool = False
    """It shows a hundred times its number, as a percentage."""
    percent_sign: bool = False
    """It shows its number with a percent sign behind it."""
    currency: str = ""
    """The sign or code that it shows: "€", "CHF"."""
    currencies: frozenset[str] = frozenset()
    """The currencies that are written so, by their codes."""
    thousands: int = 0
    """How many times it divides its number by a thousand."""
    times: Decimal = Decimal(1)
    """By how much its words multiply the number: 1000 for "45 k" in a cell that holds 45."""
    mark: str = ""
    """What it shows beside the number that makes it another one, or points to a note: "<", "*"."""
    instead: str | None = None
    """What it shows in place of the number: "*", or nothing at all."""
    zero: str | None = None
    """What it shows in place of zero, where that is a dash or nothing."""
    pattern: tuple[str, ...] = ()
    """What it is made of, where digits are filled into it: 0, # and ? stand for digits, all else for itself."""
    text: str = ""
    """What it shows, where that is known and is more than the number, such as 02139."""
    date: DateLook = ""
    example: str = ""
    """The format's code, or what the cell shows."""


class Looks:
    """The looks of a sheet's cells, by row and column from 0: a sheet may have millions of cells and a few looks."""

    def __init__(self) -> None:
        self._kinds: list[Look] = []
        self._numbers: dict[Look, int] = {}
        self._columns: dict[int, array[int]] = {}

    def put(self, row: int, column: int, look: Look) -> None:
        """Say what the cell shows."""
        number = self._numbers.get(look)
        if number is None:
            self._kinds.append(look)
            number = self._numbers[look] = len(self._kinds)
        rows = self._columns.setdefault(column, array("I"))
        if row >= len(rows):
            rows.extend([0] * (row + 1 - len(rows)))
        rows[row] = number

    def at(self, row: int, column: int) -> Look | None:
        """What the cell shows; None where it is its value."""
        rows = self._columns.get(column)
        number = rows[row] if rows is not None and row < len(rows) else 0
        return self._kinds[number - 1] if number else None


class Shown(Struct, frozen=True):
    """What has to be told of a sheet, or settled by the project, before its values are published.

    Rows and columns are counted from 0, from the sheet's first cell on.
    """

    looks: Looks = field(default_factory=Looks)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    repeated: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict[tuple[int, int], tuple[int, int]])
    """Cells that merging fills with a number → the cell that holds it; that cell itself, too."""
    totals: frozenset[int] = frozenset()
    """Rows that the workbook itself calls the totals of a table."""
    whole: bool = True
    """Whether the sheet is read as a whole, and no range of it."""


def without_zeros(rows: list[list[str]], looks: Looks, said: str) -> None:
    """Say of each zero that its sheet, which hides them all, shows nothing in its place."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text == "0":
                looks.put(number, column, replace(looks.at(number, column) or Look(example=said), zero=""))


def filled_in(pattern: Sequence[str], text: str) -> str | None:
    """A whole number as a pattern shows it: 02139 for 2139 in 00000; None where it is no whole number.

    >>> filled_in(("0", "0", "0", "0", "0"), "2139"), filled_in(("0", "0", "-", "0", "0", "0"), "1234")
    ('02139', '01-234')
    """
    digits = text.removeprefix("-")
    if not digits.isdigit():
        return None
    left = list(digits)
    found: list[str] = []
    first = next(at for at, part in enumerate(pattern) if part in ("0", "#", "?"))
    for at in range(len(pattern) - 1, -1, -1):
        part = pattern[at]
        if part not in ("0", "#", "?"):
            found.append(part)
            continue
        found.append(left.pop() if left else {"0": "0", "#": "", "?": ""}[part])
        if at == first:
            found.append("".join(left))
    return ("-" if text.startswith("-") else "") + "".join(reversed(found))
