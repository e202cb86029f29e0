"""Rows of a table that sum up others of it: called totals, and adding up; they must not be summed up again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile

from msgspec import Struct

from data.tables.rounding import digits_of, slack
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
    groups = _Groups(table, named, words)
    found: list[TotalRow] = []
    for index, (name, label) in sorted(named.items()):
        for parts, own in _candidates(groups, index, name):
            field = next((number for number in numbers if _adds_up(table, number, index, parts, own)), None)
            if field is not None:
                found.append(TotalRow(index, label, field))
                break
    return found or _rates(groups, numbers) or _unnamed(table, numbers)


class _Numbers(Struct, frozen=True):
    """What the numbers of a field in some rows come to."""

    count: int
    sum: Decimal
    nonzero: int
    digits: int
    """Decimals, at the most."""
    least: tuple[Decimal, ...]
    """The two least ones."""
    most: tuple[Decimal, ...]
    """The two greatest ones, the greatest first."""


class _Parts(Struct):
    """Rows that a total may sum up; the total itself may be among them, and is then none."""

    rows: Sequence[int]
    known: dict[str, _Numbers] = {}

    def numbers(self, table: Table, field: str) -> _Numbers:
        """Those of a field, looked at once however many totals are tried."""
        if field not in self.known:
            column = table.columns[field]
            found = sorted(number for row in self.rows if isinstance(number := column[row], Decimal))
            self.known[field] = _Numbers(
                len(found),
                sum(found, Decimal(0)),
                sum(number != 0 for number in found),
                max(map(digits_of, found), default=0),
                tuple(found[:2]),
                tuple(found[:-3:-1]),
            )
        return self.known[field]


class _Groups:
    """The rows of a table by the words in them."""

    def __init__(self, table: Table, named: Mapping[int, tuple[str, str]], words: Sequence[str]) -> None:
        self.table, self.named, self.words = table, named, words
        self.ordinary = _Parts([row for row in range(len(table)) if row not in named])
        self.totals = _Parts(sorted(named))
        self._alike: dict[tuple[str, ...], dict[tuple[object, ...], tuple[_Parts, _Parts]]] = {}

    def alike(self, index: int, group: tuple[str, ...]) -> tuple[_Parts, _Parts]:
        """The rows with the same words as one in some fields: without those called totals, and all."""
        columns = [self.table.columns[name] for name in group]
        if group not in self._alike:
            rows: dict[tuple[object, ...], list[int]] = {}
            for row, key in enumerate(zip(*columns, strict=True)):
                rows.setdefault(key, []).append(row)
            self._alike[group] = {
                key: (_Parts([row for row in found if row not in self.named]), _Parts(found))
                for key, found in rows.items()
            }
        return self._alike[group][tuple(column[index] for column in columns)]


def _rates(groups: _Groups, numbers: Sequence[str]) -> list[TotalRow]:
    """The rows that are called totals, and whose numbers lie among those of the rows that they may be the mean of."""
    found: list[TotalRow] = []
    table = groups.table
    for index, (name, label) in sorted(groups.named.items()):
        if not (TOTAL.search(label) or _ALL.fullmatch(label)):
            continue
        fields = [f for f in numbers if isinstance(table.columns[f][index], Decimal)]
        for parts, own in _candidates(groups, index, name) if fields else ():
            if all(_among(table, f, index, parts, own) for f in fields):
                found.append(TotalRow(index, label, fields[0], rate=True))
                break
    return found


def _among(table: Table, field: str, index: int, parts: _Parts, own: bool) -> bool:
    """Whether a value can be the mean of others, however they are weighted."""
    whole = table.columns[field][index]
    if table.field(field).measure.type == "integer" or not isinstance(whole, Decimal):
        return False  # counts add up
    found = parts.numbers(table, field)
    if found.count - own < _PARTS:
        return False
    least = found.least[1 if own and found.least[0] == whole else 0]
    most = found.most[1 if own and found.most[0] == whole else 0]
    return least <= whole <= most


def _is_called_total(label: str) -> bool:
    return any(pattern.search(label) for pattern in (TOTAL, EVERYTHING, _MORE))


def _candidates(groups: _Groups, index: int, label: str) -> Iterator[tuple[_Parts, bool]]:
    """The rows that a total may sum up, and whether it is among them."""
    yield groups.ordinary, False
    others = tuple(name for name in groups.words if name != label)
    if others:
        for group in (others, *((name,) for name in others)):
            ordinary, every = groups.alike(index, group)
            yield ordinary, False
            yield every, True
    count = len(groups.table)
    for run in (range(index - 1, -1, -1), range(index + 1, count)):
        yield _Parts(list(takewhile(lambda row: row not in groups.named, run))), False
    yield groups.totals, True


def _adds_up(table: Table, field: str, index: int, parts: _Parts, own: bool, least: int = _PARTS) -> bool:
    """Whether a value is the sum of others, but for rounding; what is missing among them adds nothing."""
    whole, measure = table.columns[field][index], table.field(field).measure
    if not isinstance(whole, Decimal) or len(parts.rows) - own < least or table.field(field).unit_field is not None:
        return False
    found = parts.numbers(table, field)
    if found.nonzero - (own and whole != 0) < least:
        return False
    digits = max(found.digits, digits_of(whole))
    exact = measure.type == "integer" or (not digits and measure.type != "percent")
    room = Decimal(0) if exact else slack(found.count + (not own), digits)
    return abs(found.sum - whole * (1 + own)) <= room


def _unnamed(table: Table, numbers: Sequence[str]) -> list[TotalRow]:
    """The first or last row where it sums up all the others in two fields: that is no chance."""
    every = _Parts(range(len(table)))
    for index in (len(table) - 1, 0):
        fields = [name for name in numbers if _adds_up(table, name, index, every, True, _UNNAMED)]
        if len(fields) > 1:
            return [TotalRow(index, table.row_name(index), fields[0])]
    return []
