"""The moments at which a schedule runs, in UTC, also where clocks change: a time may come twice, or not at all.

They are not in the zone's own time: there, Python compares times that come twice as if they came once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from msgspec import Struct

from reports.schedules.when import When

_LONGEST = 366 * 9
"""Days in which there is a run: 29 February may be eight years away."""
_DAY = datetime.timedelta(1)


class Habit(Struct, frozen=True):
    """What a scheduler does when clocks change; measured, see docs/schedule.md."""

    makes_up: bool
    """Whether a time of the day that is left out is made up for as soon as clocks have changed."""
    repeats: bool
    """Whether what goes on all the time goes on through the second of two equal hours."""


def moments(when: When, zone: ZoneInfo, after: datetime.datetime, habit: Habit) -> Iterator[datetime.datetime]:
    """The runs after a moment, the next one first."""
    after = after.astimezone(datetime.UTC)
    day = after.astimezone(zone).date() - _DAY
    for _ in range(_LONGEST):
        yield from (moment for moment in _on(day, when, zone, habit) if moment > after)
        day += _DAY


def latest(when: When, zone: ZoneInfo, until: datetime.datetime, habit: Habit) -> datetime.datetime:
    """The last run up to a moment. There is one: no times are further apart than eight years."""
    until = until.astimezone(datetime.UTC)
    day = until.astimezone(zone).date() + _DAY
    for _ in range(_LONGEST):
        found = [moment for moment in _on(day, when, zone, habit) if moment <= until]
        if found:
            return found[-1]
        day -= _DAY
    raise ValueError(f"{when.cron} never runs")


def left_out(when: When, zone: ZoneInfo, after: datetime.datetime, days: int = 366) -> datetime.datetime | None:
    """The first local time of the schedule that does not come, as clocks are put forward, in the next days."""
    first = after.astimezone(zone).date()
    for number in range(days):
        day = first + number * _DAY
        if not when.fits(day):
            continue
        for time in when.times:
            local = datetime.datetime.combine(day, time)
            if not _comes(local, zone):
                return local
    return None


def _on(day: datetime.date, when: When, zone: ZoneInfo, habit: Habit) -> list[datetime.datetime]:
    """The runs of one local day, in the order of time."""
    if not when.fits(day):
        return []
    found: set[datetime.datetime] = set()
    for time in when.times:
        local = datetime.datetime.combine(day, time)
        if not _comes(local, zone):
            if habit.makes_up and when.is_by_the_clock:
                found.add(_change(local, zone))
            continue
        found.add(_utc(local, zone, 0))
        if habit.repeats and not when.is_by_the_clock:
            found.add(_utc(local, zone, 1))
    return sorted(found)


def _utc(local: datetime.datetime, zone: ZoneInfo, fold: int) -> datetime.datetime:
    return local.replace(tzinfo=zone, fold=fold).astimezone(datetime.UTC)


def _comes(local: datetime.datetime, zone: ZoneInfo) -> bool:
    return _utc(local, zone, 0).astimezone(zone).replace(tzinfo=None) == local


def _change(local: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """When clocks were put forward over a local time: the first minute of the new time."""
    earlier, later = _utc(local, zone, 1), _utc(local, zone, 0)
    while later - earlier > datetime.timedelta(minutes=1):
        middle = earlier + (later - earlier) // 2
        middle = middle.replace(second=0, microsecond=0)
        if middle.astimezone(zone).replace(tzinfo=None) > local:
            later = middle
        else:
            earlier = middle
    return later
