"""The first rows that a proposal gives, as text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from data.language.show import show
from data.tables.table import Field, Table

_ROWS = 8
_CELL = 28
_NUMERIC = ("integer", "number", "money", "percent", "points", "ratio", "year")


class Preview(Struct, frozen=True):
    """Titles and cells of the first rows."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    """Whether a column's cells stand at its right, as numbers do."""
    below: str
    """What is not shown."""


def preview(table: Table, width: int) -> Preview:
    """The first rows and as many fields as `width` characters have room for."""
    fields = _fields(table)
    shown = range(min(len(table), _ROWS))
    columns = [[_cut(field.title), *(_cut(show(table.value(i, field.name))) for i in shown)] for field in fields]
    count = _fitting(columns, width)
    more = [
        f"{len(fields) - count} more field{'' if len(fields) - count == 1 else 's'}" if count < len(fields) else "",
        f"{len(table) - len(shown):,} more rows" if len(table) > len(shown) else "",
    ]
    return Preview(
        tuple(column[0] for column in columns[:count]),
        tuple(zip(*(column[1:] for column in columns[:count]), strict=True)),
        tuple(field.measure.type in _NUMERIC for field in fields[:count]),
        " and ".join(text for text in more if text),
    )


def _fields(table: Table) -> list[Field]:
    """The fields that are shown: a range stands for its two ends."""
    ends = {name for field in table.fields if field.measure.type == "range" for name in (field.low, field.high)}
    return [field for field in table.fields if field.name not in ends]


def _fitting(columns: Sequence[Sequence[str]], width: int) -> int:
    """How many columns `width` characters have room for, one at the least."""
    ends = list(accumulate(max(map(len, column)) + 2 for column in columns))
    return max(1, sum(end <= width for end in ends)) if columns else 0


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"


def plain(shown: Preview) -> list[str]:
    """The preview as lines of characters in columns."""
    widths = [max(map(len, column)) for column in zip(shown.titles, *shown.rows, strict=True)]
    lines = [_line(shown.titles, widths, shown.right), "  ".join("-" * width for width in widths)]
    lines += [_line(row, widths, shown.right) for row in shown.rows]
    return [*lines, f"... and {shown.below}."] if shown.below else lines


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    placed = (
        cell.rjust(width) if number else cell.ljust(width)
        for cell, width, number in zip(cells, widths, right, strict=True)
    )
    return "  ".join(placed).rstrip()
