"""Rows of a table that sum up others of it: called totals, and adding up; they must not be summed up again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from data.tables.rounding import rounding
from data.tables.table import Table

TOTAL = re.compile(
    r"^\W*(?:(?:grand |sub-?|overall )?totals?|insgesamt|gesamt(?:summe)?|summe|ensemble|total g[eé]n[eé]ral|sum|"
    r"totale|totaal|totalt|i alt|summa|yhteensä|ogółem|razem|celkem|spolu|összesen|toplam|σύνολο|усього|всього|разом|"
    r"всего|итого|общо|総数|合計|総計|总计|合计|總計|합계|전체)\b"
    r"(?![-\w])",
    re.IGNORECASE,
)
"""How a row begins that sums up others, where nothing else can be meant: "All Saints College" is none."""
EVERYTHING = re.compile(
    r"^\W*(?:all|overall|whole|entire|alle|gesamt\w*|tous|toutes|tout|todos|todas|both|everyone|everybody)\b",
    re.IGNORECASE,
)
"""How a row may begin that sums up others, if its numbers do."""
_MORE = re.compile(
    r"^\W*(?:zusammen|zwischensumme|teilsumme|endsumme|sous-total|somme|suma|subtotal|conjunto|alles|jeder)\b|"
    r"[,:–—(-]\s*(?:grand )?totals?\W*$|\b(?:insgesamt|zusammen|gesamt|total|totals|ensemble|combined)\W*$",
    re.IGNORECASE,
)
_ALL = re.compile(r"\W*(?:all|overall|alle|tous|toutes|todos|todas|everyone|everybody)\W*", re.IGNORECASE)
"""How a row is called that is the rate of all, where nothing else can be meant."""
_PARTS = 2
"""Rows that a total sums up, at the least."""
_UNNAMED = 3
"""Rows whose sums in two columns make a row a total that is not called so."""
_LARGEST = 5_000
"""Rows of a table in which totals are looked for; results of a million rows are no tables for people."""


class TotalRow(Struct, frozen=True):
    """A row that sums up others."""

    index: int
    label: str
    field: str
    """The field in which it does."""
    rate: bool = False
    """Whether it is no sum: a total by its name, with the mean or the rate of all in it."""


def total_rows(table: Table) -> list[TotalRow]:
    """The rows that are called totals and are the sums of others, within rounding, or could be their means; and those
    that sum up all others in two fields, whatever they are called.

    A total may sum up all rows, the rows of its group (those with the same words in the other fields), or those right
    above or below it, up to the next one that is called a total.
    """
    if not _PARTS < len(table) <= _LARGEST:
        return []
    words = [
        f.name for f in table.fields if f.measure.type in ("text", "level", "date", "year") and f.name in table.columns
    ]
    numbers = [f.name for f in table.fields if f.numeric and not f.key and f.name in table.columns]
    columns = [table.columns[name] for name in words if table.field(name).measure.type in ("text", "level")]
    named = {
        index: (name, str(column[index]))
        for name, column in reversed(
            list(zip((w for w in words if table.field(w).measure.type in ("text", "level")), columns, strict=True))
        )
        for index in range(len(table))
        if isinstance(column[index], str) and _is_called_total(str(column[index]))
    }
    found: list[TotalRow] = []
    for index, (name, label) in sorted(named.items()):
        for parts in _candidates(table, index, set(named), words, name):
            field = next((number for number in numbers if _adds_up(table, number, index, parts)), None)
            if field is not None:
                found.append(TotalRow(index, label, field))
                break
    return found or _rates(table, named, numbers, words) or _unnamed(table, numbers)


def _rates(
    table: Table, named: Mapping[int, tuple[str, str]], numbers: Sequence[str], words: Sequence[str]
) -> list[TotalRow]:
    """The rows that are called totals, and whose numbers lie among those of the rows that they may be the mean of."""
    found: list[TotalRow] = []
    for index, (name, label) in sorted(named.items()):
        if not (TOTAL.search(label) or _ALL.fullmatch(label)):
            continue
        for parts in _candidates(table, index, set(named), words, name):
            fields = [f for f in numbers if isinstance(table.columns[f][index], Decimal)]
            if fields and len(parts) >= _PARTS and all(_among(table, f, index, parts) for f in fields):
                found.append(TotalRow(index, label, fields[0], rate=True))
                break
    return found


def _among(table: Table, field: str, index: int, parts: Sequence[int]) -> bool:
    """Whether a value can be the mean of others, however they are weighted."""
    column = table.columns[field]
    numbers = [number for row in parts if isinstance(number := column[row], Decimal)]
    whole = column[index]
    if table.field(field).measure.type == "integer":
        return False  # counts add up
    return isinstance(whole, Decimal) and len(numbers) >= _PARTS and min(numbers) <= whole <= max(numbers)


def _is_called_total(label: str) -> bool:
    return any(pattern.search(label) for pattern in (TOTAL, EVERYTHING, _MORE))


def _candidates(table: Table, index: int, named: set[int], words: Sequence[str], label: str) -> Iterator[list[int]]:
    """The rows that a total may sum up."""
    others = [row for row in range(len(table)) if row != index]
    yield [row for row in others if row not in named]
    for group in [[w for w in words if w != label], *([w] for w in words if w != label)]:
        alike = [row for row in others if all(table.columns[w][row] == table.columns[w][index] for w in group)]
        yield [row for row in alike if row not in named]
        if group:
            yield alike
    above, below = list[int](), list[int]()
    for row in range(index - 1, -1, -1):
        if row in named:
            break
        above.append(row)
    for row in range(index + 1, len(table)):
        if row in named:
            break
        below.append(row)
    yield above
    yield below
    yield [row for row in others if row in named]


def _adds_up(table: Table, field: str, index: int, parts: Sequence[int], least: int = _PARTS) -> bool:
    """Whether a value is the sum of others, but for rounding; what is missing among them adds nothing."""
    column = table.columns[field]
    whole = column[index]
    if not isinstance(whole, Decimal) or len(parts) < least:
        return False
    numbers = [number for row in parts if isinstance(number := column[row], Decimal)]
    if sum(number != 0 for number in numbers) < least or table.field(field).unit_field is not None:
        return False
    exact = table.field(field).measure.type == "integer" or all(
        int(number.as_tuple().exponent) >= 0 for number in (whole, *numbers)
    )
    slack = Decimal(0) if exact and table.field(field).measure.type != "percent" else rounding([*numbers, whole])
    return abs(sum(numbers, Decimal(0)) - whole) <= slack


def _unnamed(table: Table, numbers: Sequence[str]) -> list[TotalRow]:
    """The first or last row where it sums up all the others in two fields: that is no chance."""
    for index in (len(table) - 1, 0):
        others = [row for row in range(len(table)) if row != index]
        fields = [name for name in numbers if _adds_up(table, name, index, others, _UNNAMED)]
        if len(fields) > 1:
            return [TotalRow(index, table.row_name(index), fields[0])]
    return []
