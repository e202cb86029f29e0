"""Time as categories: a place for every step of the calendar, so that a gap is as long as it was."""

from __future__ import annotations

import datetime
from itertools import pairwise
from math import gcd

from msgspec import Struct

from charts.axes.calendar import calendar_of
from charts.chart import Chart

_MOST = 400
"""Places: more are no categories for anybody who edits them."""


class Slots(Struct, frozen=True):
    """Places in time, at equal steps."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    """Of the chart's rows, in their order."""
    without: tuple[int, ...]
    """Places that no row is of."""
    lacking: tuple[int, ...]
    """Those of them that a regular row of times lacks, so that a chart says so."""
    steps: tuple[int, ...]
    """Every how many of them may be named: whole quarters and years of months."""
    days: tuple[datetime.date, ...] = ()
    """The first day of each, of months and days."""
    in_months: bool = False


_STEPS = {"month": (1, 3, 6, 12, 24, 60, 120), "quarter": (1, 2, 4, 8, 20, 40), "day": (1, 7, 14, 28, 91, 182, 364)}
_YEARS = (1, 2, 5, 10, 20, 50, 100)


def time_slots(chart: Chart, language: str) -> Slots | None:
    """The places of a chart's rows; None where its times are not whole steps of one calendar."""
    calendar = calendar_of(tuple(chart.table.values(chart.category)))
    if calendar is None or not calendar.counts:
        return None
    ordered = sorted(set(calendar.counts))
    step = gcd(*(b - a for a, b in pairwise(ordered))) or 1
    every = range(ordered[0], ordered[-1] + 1, step)
    if len(every) > _MOST:
        return None
    there, missing = set(ordered), set(calendar.missing())
    return Slots(
        tuple(calendar.name(count, language) for count in every),
        tuple((count - ordered[0]) // step for count in calendar.counts),
        tuple(place for place, count in enumerate(every) if count not in there),
        tuple(place for place, count in enumerate(every) if count in missing),
        _STEPS.get(calendar.unit, _YEARS) if step == 1 else (1, 2, 4, 5, 10, 20, 50),
        tuple(_day(calendar.unit, count) for count in every) if calendar.unit in ("month", "day") else (),
        calendar.unit == "month",
    )


def _day(unit: str, count: int) -> datetime.date:
    return datetime.date.fromordinal(count) if unit == "day" else datetime.date(count // 12, count % 12 + 1, 1)
