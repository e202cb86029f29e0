"""Which rows of two states of a table are the same row: what came, what went, and which cells were restated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import repeat

from msgspec import Struct

from data.language.show import show
from data.tables.table import Content, Field, Table
from data.tables.value import NUMERIC, Interval, Value

_PAIRED = 250_000
"""Pairs of rows of one identity with one equal number that are looked at."""


class Restated(Struct, frozen=True):
    """A cell whose row was there before, and whose content was another."""

    before: int
    now: int
    """Places of the row in both tables, from 0."""
    field: Field
    """As the newer table has it."""


class RowChanges(Struct, frozen=True):
    """What became of a table's rows, by their places in the older and in the newer table."""

    added: tuple[int, ...]
    removed: tuple[int, ...]
    restated: tuple[Restated, ...]
    same: tuple[tuple[int, int], ...]
    """The rows that are in both, restated ones among them."""
    fields_added: tuple[Field, ...]
    fields_removed: tuple[Field, ...]


def identity_of(table: Table, named: Sequence[str]) -> tuple[str, ...]:
    """Columns that say which row it is: fields that the project names, else the key, else all that are no numbers."""
    there = [name for name in named if name in table.fields_by_name]
    if there:
        fields = [table.field(name) for name in there]
    elif table.key_field is not None:
        fields = [table.key_field]
    else:
        fields = [field for field in table.fields if not field.numeric and field.measure.type != "range"]
    return tuple(column for field in fields for column in _columns(field))


def row_changes(before: Table, now: Table, named: Sequence[str] = ()) -> RowChanges:
    """What became of the rows of `before`; `named` are the fields by which the project knows a row.

    Rows with one identity that both tables have once are the same row. Where several have one identity, those that
    are alike in all cells are the same; of the rest, two are the same row when more of their numbers are equal than
    differ, the most alike first. All others went and came.
    """
    shared = [field for field in now.fields if field.name in before.fields_by_name]
    identity = [name for name in identity_of(now, named) if name in before.columns and name in now.columns]
    columns = list(dict.fromkeys(column for field in shared for column in _columns(field)))
    columns = [column for column in columns if column in before.columns and column in now.columns]
    numbers = [column for field in shared if field.measure.type in NUMERIC for column in _columns(field)]
    old, new = _grouped(before, identity), _grouped(now, identity)
    pairs: list[tuple[int, int]] = []
    for key, rows in new.items():
        pairs += _paired(before, now, old.get(key, []), rows, columns, [name for name in numbers if name in columns])
    pairs.sort(key=lambda pair: pair[1])
    known_before, known_now = {one for one, _ in pairs}, {other for _, other in pairs}
    return RowChanges(
        tuple(n for n in range(len(now)) if n not in known_now),
        tuple(n for n in range(len(before)) if n not in known_before),
        tuple(_restated(before, now, pairs, shared)),
        tuple(pairs),
        tuple(field for field in now.fields if field.name not in before.fields_by_name),
        tuple(field for field in before.fields if field.name not in now.fields_by_name),
    )


def _columns(field: Field) -> tuple[str, ...]:
    """The columns that hold a field's contents: both ends of a range."""
    return (str(field.low), str(field.high)) if field.measure.type == "range" else (field.name,)


def _grouped(table: Table, identity: Sequence[str]) -> dict[tuple[Content, ...], list[int]]:
    found: dict[tuple[Content, ...], list[int]] = defaultdict(list)
    for index, key in enumerate(zip(*(table.columns[name] for name in identity), strict=True)):
        found[key].append(index)
    if not identity:
        found[()] = list(range(len(table)))
    return found


def _paired(
    before: Table, now: Table, old: list[int], new: list[int], columns: Sequence[str], numbers: Sequence[str]
) -> list[tuple[int, int]]:
    """The rows of one identity that are the same in both tables."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0])]
    waiting: dict[tuple[Content, ...], list[int]] = defaultdict(list)
    for index in reversed(old):
        waiting[tuple(before.columns[name][index] for name in columns)].append(index)
    pairs: list[tuple[int, int]] = []
    left: list[int] = []
    for index in new:
        alike = waiting.get(tuple(now.columns[name][index] for name in columns))
        if alike:
            pairs.append((alike.pop(), index))
        else:
            left.append(index)
    rest = sorted(index for rows in waiting.values() for index in rows)
    return pairs + _most_alike(before, now, rest, left, numbers)


def _most_alike(
    before: Table, now: Table, old: list[int], new: list[int], numbers: Sequence[str]
) -> list[tuple[int, int]]:
    """Rows of which more numbers are equal than differ, each at most once, the most alike and earliest first."""
    equal: Counter[tuple[int, int]] = Counter()
    common: list[str] = []
    for name in numbers if old and new else ():
        was, is_ = before.columns[name], now.columns[name]
        places: dict[Content, list[int]] = defaultdict(list)
        for one in old:
            places[was[one]].append(one)
        if sum(len(places.get(is_[other], ())) for other in new) > _PAIRED:
            common.append(name)  # so many rows share its numbers that they do not say which row it is
        else:
            equal.update((one, other) for other in new for one in places.get(is_[other], ()))
    for name in common:
        was, is_ = before.columns[name], now.columns[name]
        equal.update([(one, other) for one, other in equal if was[one] == is_[other]])
    taken: tuple[set[int], set[int]] = set(), set()
    pairs: list[tuple[int, int]] = []
    for _, one, other in sorted((-times, *pair) for pair, times in equal.items() if 2 * times > len(numbers)):
        if one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            pairs.append((one, other))
    return pairs


def _restated(before: Table, now: Table, pairs: Sequence[tuple[int, int]], shared: Sequence[Field]) -> list[Restated]:
    found: list[Restated] = []
    ends = {field.name for field in shared}
    for field in shared:
        if field.measure.type == "range" and ends.issuperset(_columns(field)):
            continue  # both ends are fields of their own, and told as such
        was = before.field(field.name)
        if was.measure.type != field.measure.type:  # then what is read of them counts: 5 is 5, and not 5%
            found += [
                Restated(one, other, field)
                for one, other in pairs
                if _read(before.value(one, field.name)) != _read(now.value(other, field.name))
            ]
            continue
        olds, news = _contents(before, was), _contents(now, field)
        for one, other in pairs:
            if olds[one] != news[other]:
                found.append(Restated(one, other, field))
    return sorted(found, key=lambda restated: restated.now)


def _read(value: Value | Interval) -> str:
    """What a reader of a cell sees."""
    return "" if value.missing else show(value, "exact", "en-US")


def _contents(table: Table, field: Field) -> Sequence[object]:
    """What a field's cells hold, each with its unit, which is that of its row where rows have units of their own."""
    names = (*_columns(field), *((field.unit_field,) if field.unit_field else ()))
    if not all(name in table.columns for name in names):
        return [None] * len(table)
    return list(zip(*(table.columns[name] for name in names), repeat(field.measure.unit, len(table)), strict=True))
