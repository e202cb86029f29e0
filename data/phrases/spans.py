"""The steps of a table in time: its rows from the earliest to the latest, and what lies between two of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from data.tables.ends import in_time, time_of
from data.tables.moments import moment
from data.tables.refusals import MissingError
from data.tables.table import Table
from data.tables.value import Value

Unit = Literal["year", "quarter", "month", "day", "time"]
"""How far one row is from the next; `time` where the language has no word for it."""
_MONTHS: dict[int, Unit] = {1: "month", 3: "quarter", 12: "year"}


class Steps(Struct, frozen=True):
    """Rows in the order of time, equally far apart."""

    rows: tuple[int, ...]
    times: tuple[Value, ...]
    unit: Unit
    precision: str
    """Of the times: "year", "month", "day", "period", "academic year"."""


def steps_of(table: Table) -> Steps:
    """The steps of a table; MissingError where it has no time or fewer than two rows, where a time comes twice, and
    where one is left out."""
    time = time_of(table)
    if time is None:
        raise MissingError(
            f"'{table.name}' has no time: its key is none, and it has no single field that is one",
            remedy='Declare the field of the time as type = "year" or "date", and as key = true.',
        )
    if len(table) < 2:
        raise MissingError(f"'{table.name}' has fewer than two rows, which show no change", remedy="Choose more rows.")
    values: list[Value] = []
    order = in_time(table) or ()
    for row in order:
        value = table.value(row, time.name)
        if isinstance(value, Value):
            values.append(value)
    first = moment(values[0])
    precision = first.precision if first else ""
    return Steps(tuple(order), tuple(values), _unit(table, precision, values), precision)


def _unit(table: Table, precision: str, values: Sequence[Value]) -> Unit:
    if precision == "period":
        return "time"
    places = [_place(precision, str(value.content)) for value in values]
    gaps = [later - earlier for earlier, later in pairwise(places)]
    for index, gap in enumerate(gaps):
        if gap > min(gaps):
            raise MissingError(
                f"'{table.name}' goes from {values[index].content} to {values[index + 1].content} and elsewhere in"
                " smaller steps, so a time is left out",
                remedy="Add it, or choose by .where(...) rows that are equally far apart.",
            )
    if precision == "month":
        return _MONTHS.get(gaps[0], "time")
    if gaps[0] != 1:
        return "time"
    return "day" if precision == "day" else "year"


def _place(precision: str, said: str) -> int:
    """A time as a whole number: of years, of months or of days."""
    match precision:
        case "month":
            year, month = said.split("-")
            return int(year) * 12 + int(month)
        case "day":
            return datetime.date.fromisoformat(said).toordinal()
        case _:
            return int(said[:4])
