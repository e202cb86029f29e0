"""The gate of publishing that asks whether anything moved further than a project allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from data.errors import Problem
from data.files.toml_file import TomlFile
from data.settings.project import TableSettings
from data.tables.table import Table
from data.tables.value import Interval, Value
from reports.changes.compare import TableChanges
from reports.changes.names import row_name, said
from reports.changes.rows import Restated, identity_of

_TOLD = 5
"""Cells, rows or names that are told of one limit; of the others their number."""
_MANY = 20
"""Rows from which on a table is one of which half cannot come or go by itself, whatever its settings."""
_USUAL = "50 %"

Limit = float | str


def moved(
    tables: tuple[TableChanges, ...], settings: Mapping[str, TableSettings], file: TomlFile, language: str
) -> tuple[Problem, ...]:
    """What moved further than `settings` allow, each with old, new and limit; () where a person need not look."""
    found: list[Problem] = []
    for change in tables:
        declared = settings.get(change.now.name)
        if declared is None:
            continue
        found += _rows(change, declared, file)
        found += _categories(change.before, change.now, declared, file)
        found += _history(change, declared.changes.history, file, language)
        for name, field in declared.fields.items():
            if field.max_change is not None:
                found += _field(change, name, field.max_change, file, language)
    return tuple(found)


def _rows(change: TableChanges, declared: TableSettings, file: TomlFile) -> Iterator[Problem]:
    """Whether more rows came or went than may; where nothing is said, whether the table grew or shrank by half.

    A list that is another one each week is no fault, unless the project says that its rows stay.
    """
    before, now, limit = change.before, change.now, declared.changes.rows
    came, went = len(change.rows.added), len(change.rows.removed)
    if limit is None and len(before) < _MANY:
        return
    allowed = _USUAL if limit is None else limit
    moved_by = abs(len(now) - len(before)) if limit is None else max(came, went)
    if _beyond(Decimal(len(before)), Decimal(len(before) + moved_by), allowed):
        place = file.place("tables", now.name, *(() if limit is None else ("changes", "rows")))
        yield Problem(
            place,
            f"'{now.name}' had {_counted(before)} and has {len(now):,}: {came:,} came and {went:,} went, and "
            f"{_told(allowed)} may.",
            "See whether the data are whole. If they are, accept the edition, or say how many may be: "
            f'[tables.{now.name}.changes] rows = "100 %".',
        )


def _counted(table: Table) -> str:
    return f"{len(table):,} {'row' if len(table) == 1 else 'rows'}"


def _categories(before: Table, now: Table, declared: TableSettings, file: TomlFile) -> Iterator[Problem]:
    for name in declared.changes.categories:
        if name not in before.columns or name not in now.columns:
            continue
        old, new = (dict.fromkeys(_names(table, name)) for table in (before, now))
        for gone, come, what in ((old, new, "is gone"), (new, old, "is new")):
            if names := [one for one in gone if one not in come]:
                yield Problem(
                    file.place("tables", now.name, "changes", "categories"),
                    f"in '{name}' of the table '{now.name}' {_listed(names, what)}.",
                    "See whether it was renamed. If it is as it should be, accept the edition.",
                )


def _names(table: Table, name: str) -> Iterator[str]:
    """What stands in a field, of a list each of its items."""
    for index, content in enumerate(table.columns[name]):
        value = table.value(index, name) if table.field(name).measure.type == "list" else None
        if isinstance(value, Value) and not value.missing:
            yield from value.items
        elif isinstance(content, str | int | Decimal):
            yield f"{content:f}" if isinstance(content, Decimal) else str(content)


def _history(change: TableChanges, name: str | None, file: TomlFile, language: str) -> Iterator[Problem]:
    before, now, rows = change.before, change.now, change.rows
    if name is None or name not in before.columns or name not in now.columns:
        return
    latest = max((str(c) for c in before.columns[name] if isinstance(c, str | int)), default="")
    old = [
        one
        for one in rows.restated
        if min(str(before.columns[name][one.before]), str(now.columns[name][one.now])) < latest
    ]
    told = [_moved(change, one, language) for one in old]
    told += [f"{_called(change, before, n)} is gone" for n in rows.removed if str(before.columns[name][n]) < latest]
    told += [f"{_called(change, now, n)} is new" for n in rows.added if str(now.columns[name][n]) < latest]
    if told:
        yield Problem(
            file.place("tables", now.name, "changes", "history"),
            f"rows of the table '{now.name}' from before {latest} changed: {_joined(told)}.",
            "Ask the publisher whether the past was restated. If it was, accept the edition with a note that says so.",
        )


def _field(change: TableChanges, name: str, limit: Limit, file: TomlFile, language: str) -> Iterator[Problem]:
    before, now = change.before, change.now
    if name not in before.fields_by_name or name not in now.fields_by_name:
        return
    told: list[str] = []
    for one, other in change.rows.same:  # of a range, whose ends are told as restated, too
        if _too_far(before.value(one, name), now.value(other, name), limit):
            told.append(_moved(change, Restated(one, other, now.field(name)), language))
    for row, earlier in _periods(change):
        old, new = now.value(earlier, name), now.value(row, name)
        if _too_far(old, new, limit):
            told.append(f"{_called(change, now, row)} has {said(new, language)} after {said(old, language)}")
    if told:
        yield Problem(
            file.place("tables", now.name, "fields", name, "max_change"),
            f"'{name}' of the table '{now.name}' moved by more than {_told(limit)}: {_joined(told)}.",
            "See whether the new values are right. If they are, accept the edition.",
        )


def _periods(change: TableChanges) -> Iterator[tuple[int, int]]:
    """Rows of a new time, each with the row of the time before: what is new is compared with what was last."""
    now = change.now
    times = [field.name for field in now.fields if field.measure.type in ("year", "date")]
    time = next((name for name in times if name in identity_of(now, change.identity) or now.field(name).key), None)
    if time is None:
        return
    others = [name for name in identity_of(now, change.identity) if name != time]
    named = now.key_field is not None or bool(change.identity)
    groups: dict[tuple[object, ...], list[int]] = {}
    for index in range(len(now)):
        groups.setdefault(tuple(now.columns[name][index] for name in others), []).append(index)
    added = set(change.rows.added)
    for rows in groups.values():
        dated = [(str(now.columns[time][index]), index) for index in rows if now.columns[time][index] is not None]
        if len({one for one, _ in dated}) < len(dated):
            if not named:
                return  # rows are people or cases, and one does not follow another
            continue  # several rows of one time: which of them follows which is not said
        dated.sort()
        yield from ((row, earlier) for (_, earlier), (_, row) in pairwise(dated) if row in added)


def _too_far(old: Value | Interval, new: Value | Interval, limit: Limit) -> bool:
    if isinstance(old, Interval) or isinstance(new, Interval):
        if not (isinstance(old, Interval) and isinstance(new, Interval)):
            return True
        return _too_far(old.low, new.low, limit) or _too_far(old.high, new.high, limit)
    if old.missing:
        return False  # a value that came is no move
    if new.missing or old.measure.unit != new.measure.unit:
        return True
    if not isinstance(old.content, Decimal) or not isinstance(new.content, Decimal):
        return old.content != new.content
    return _beyond(old.content, new.content, limit)


def _beyond(old: Decimal, new: Decimal, limit: Limit) -> bool:
    """Whether a number moved further than a limit; from zero, no share of it says how far."""
    allowed = abs(old) * Decimal(limit.rstrip(" %")) / 100 if isinstance(limit, str) else Decimal(str(limit))
    return abs(new - old) > allowed


def _moved(change: TableChanges, one: Restated, language: str) -> str:
    old, new = change.before.value(one.before, one.field.name), change.now.value(one.now, one.field.name)
    return f"{_called(change, change.now, one.now)} had {said(old, language)} and has {said(new, language)}"


def _called(change: TableChanges, table: Table, index: int) -> str:
    return f"'{row_name(table, index, change.identity)}'"


def _told(limit: Limit) -> str:
    return limit if isinstance(limit, str) else f"{limit:g}"


def _joined(told: list[str]) -> str:
    more = len(told) - _TOLD
    return "; ".join(told[:_TOLD]) + (f"; and {more:,} more" if more > 0 else "")


def _listed(names: list[str], what: str) -> str:
    more = len(names) - _TOLD
    said = ", ".join(f"'{name}'" for name in names[:_TOLD]) + (f" and {more:,} more" if more > 0 else "")
    return f"{said} {what if len(names) == 1 else what.replace('is', 'are')}"
