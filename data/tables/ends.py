"""Where a table begins and ends: in time where its rows have one, in its order where it was sorted, else by place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from data.tables.moments import Moment, clash, moment
from data.tables.value import Content, MissingError

if TYPE_CHECKING:
    from data.tables.table import Field, Table

_TIMES = ("year", "date")


def time_of(table: Table) -> Field | None:
    """The field that says when each row was: the key, or, where rows have no key, the only year or date field."""
    if table.key_field is not None:
        return table.key_field if table.key_field.measure.type in _TIMES else None
    times = [field for field in table.fields if field.measure.type in _TIMES]
    return times[0] if len(times) == 1 else None


def tied(table: Table, index: int) -> tuple[int, ...]:
    """The rows of a sorted table that could as well stand at `index`: it and those that its order does not part."""
    if table.ordered_by is None:
        return (index,)
    field = table.field(table.ordered_by)
    ends = [str(field.low), str(field.high)] if field.measure.type == "range" else [field.name]
    columns = [table.columns[name] for name in (*ends, *([field.unit_field] if field.unit_field else []))]
    rows = range(len(table))
    for column in columns:
        rows = [i for i in rows if column[i] == column[index]]
    return tuple(rows)


def _times(table: Table, field: Field) -> list[Moment | None]:
    """When each row was; rows of one time are asked once."""
    column = table.columns[field.name]
    known: dict[Content, Moment | None] = {}
    for index, content in enumerate(column):
        if content not in known:
            known[content] = moment(table.value(index, field.name))
    return [known[content] for content in column]


def end(table: Table, last: bool) -> tuple[int, ...]:
    """The row that a table begins with, or ends with, and those that share its place in a sorted table.

    Raises MissingError where time does not say which row that is.
    """
    place = len(table) - 1 if last else 0
    time = time_of(table)
    if table.ordered_by is not None or time is None or len(table) < 2:
        return tied(table, place)
    times = _times(table, time)
    found = clash(times)
    if found is not None and found[0] != "repeated":
        raise _no_order(table, time, found, times)
    chosen = (max if last else min)(time.start for time in times if time is not None)
    rows = [i for i, time in enumerate(times) if time is not None and time.start == chosen]
    if len(rows) > 1:
        raise _no_order(table, time, ("repeated", tuple(rows)), times)
    return (rows[0],)


def ends_in_time(table: Table) -> tuple[int, int] | None:
    """The earliest and the latest row; None where the table has no time. Raises as `in_time`."""
    order = in_time(table)
    return None if order is None else (order[0], order[-1])


def in_time(table: Table) -> Sequence[int] | None:
    """The rows from the earliest to the latest; None where the table has no time.

    Raises MissingError where a time comes twice or has no order: two series in one table have no first value.
    """
    time = time_of(table)
    if time is None:
        _refuse_backwards(table)
        return None
    times = _times(table, time)
    found = clash(times)
    if found is not None:
        raise _no_order(table, time, found, times)
    return sorted(range(len(times)), key=lambda i: times[i] or Moment(0, ""))


def _refuse_backwards(table: Table) -> None:
    """MissingError where rows are named by words and also have each a time, in an order that is not that of time."""
    fields = [field for field in table.fields if field.measure.type in _TIMES]
    if table.ordered_by is not None or len(fields) != 1:
        return
    times = _times(table, fields[0])
    if clash(times) is not None:
        return
    starts = [time.start for time in times if time is not None]
    if starts != sorted(starts):
        name = fields[0].name
        raise MissingError(
            f"the rows of '{table.name}' do not stand in the order of their '{name}'",
            remedy=f"Sort them: {table.name}.sorted('{name}'); or write key = true in the field '{name}'.",
        )


def _no_order(
    table: Table, time: Field, found: tuple[str, tuple[int, ...]], times: Sequence[Moment | None]
) -> MissingError:
    """Why the rows have no order in time."""
    why, rows = found
    lines = " and ".join(f"{table.file}:{table.lines[row]}" for row in rows[:2])
    if why == "missing":
        return MissingError(f"a row of '{table.name}' has no '{time.name}' ({lines})", remedy="Leave it out by .where.")
    if why == "mixed":
        said = " and ".join(f"a {moment.precision}" for row in rows if (moment := times[row]))
        return MissingError(
            f"the '{time.name}' of '{table.name}' is {said} ({lines}), which have no common order",
            remedy="Choose the rows of one kind by .where(...).",
        )
    content = table.columns[time.name][rows[0]]
    return MissingError(
        f"{content} stands in {len(rows)} rows of '{table.name}' ({lines}), which time does not tell apart",
        remedy="Choose one series by .where(...), or ask for rows by place: .rows[0].",
    )
