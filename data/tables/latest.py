"""The rows of the latest time of a field, or of the earliest: all of them, where a time has several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.effort import spend
from data.tables.marks import Content
from data.tables.moments import Moment, moment
from data.tables.refusals import MissingError, UnitError

if TYPE_CHECKING:
    from data.tables.table import Table


def latest(table: Table, name: str) -> Table:
    """`t.latest('year')`: the rows whose year or date is the last one of the table.

    Raises MissingError where no row is left, a row has no time, or times are said with different exactness (2021 holds
    2021-03); UnitError for a field that is no year or date, LookUpError for none.
    """
    return _at(table, name, last=True)


def earliest(table: Table, name: str) -> Table:
    """`t.earliest('year')`: the rows whose year or date is the first one, as `latest`."""
    return _at(table, name, last=False)


def _at(table: Table, name: str, last: bool) -> Table:
    word = "latest" if last else "earliest"
    kind = table.field(name).measure.type
    if kind not in ("year", "date"):
        raise UnitError(f"'{name}' is {kind}, no time", f"Name a year or date: {word}('year').")
    if not len(table):
        raise MissingError(f"no row of '{table.name}' is left, and none is the {word}")
    spend(len(table))
    column = table.columns[name]
    times: dict[Content, Moment] = {}
    for row, content in enumerate(column):
        if content in times:
            continue
        time = moment(table.value(row, name))
        if time is None:
            raise MissingError(
                f"a row of '{table.name}' has no '{name}' ({table.file}:{table.lines[row]}), and may be the {word}",
                remedy=f"Leave such rows out first: .where('{name} != None').",
            )
        times[content] = time
    kinds = sorted({time.precision for time in times.values()})
    if len(kinds) > 1:
        raise MissingError(
            f"the '{name}' of '{table.name}' is a {kinds[0]} and a {kinds[1]}, which have no common order",
            remedy="Choose the rows of one kind first, by .where(...).",
        )
    wanted = (max if last else min)(time.start for time in times.values())
    return table.take([row for row, content in enumerate(column) if times[content].start == wanted])
