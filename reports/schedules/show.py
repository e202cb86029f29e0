"""What a schedule does next and did last, and what should alarm: a run that is overdue, was held, or failed."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from data.program import program
from reports.schedules.moments import latest, moments
from reports.schedules.records import LOG, Run, folder_of, is_at_work, runs_of
from reports.schedules.schedule import Schedule
from reports.schedules.schedulers import SCHEDULERS, published_where
from reports.schedules.when import When, from_cron, told
from reports.schedules.zones import zone_named

_NEXT = 5
GRACE = datetime.timedelta(hours=1)
"""How late a run may be: schedulers differ by an hour where clocks change, and none here is later by itself."""
_ENDS = {
    0: "published, or nothing was new",
    1: "a bug of Fairsheet's",
    2: "a mistake in the project",
    3: "held: a person must look",
    4: "a file that a person edited is in the way",
    5: "an outage, or what was published did not arrive everywhere",
    130: "interrupted",
}
_SAID = 5
"""Lines of a run that did not end well that are shown."""


class State(Struct, frozen=True):
    """How a schedule stands."""

    lines: tuple[str, ...]
    alarms: tuple[str, ...]
    """What somebody must look at; nothing where all is well."""


def next_runs(when: When, zone: ZoneInfo, scheduler: str, now: datetime.datetime) -> tuple[str, ...]:
    """The next five runs, as they are told."""
    return tuple(shown(one, zone) for one in islice(moments(when, zone, now, SCHEDULERS[scheduler].habit), _NEXT))


def shown(moment: datetime.datetime, zone: ZoneInfo) -> str:
    """A moment in the time of a zone: Mon 2026-11-30 06:00 CET."""
    return f"{moment.astimezone(zone):%a %Y-%m-%d %H:%M %Z}"


def state(schedule: Schedule, now: datetime.datetime) -> State:
    """How a schedule stands at a moment."""
    scheduler, zone, when = SCHEDULERS[schedule.scheduler], zone_named(schedule.zone), from_cron(schedule.cron)
    lines = [
        f"{schedule.name}: {schedule.project} {published_where(schedule)}, {told(when)}, {schedule.zone}, "
        f"by {scheduler.called}.",
        f"  next: {', '.join(next_runs(when, zone, schedule.scheduler, now))}",
    ]
    gone = scheduler.missing(schedule)
    alarms = [f"{schedule.name}: {gone} Set it up again: {program()} schedule install"] if gone else []
    if not scheduler.records_here:
        lines.append(
            f"  Its runs are listed elsewhere, and whether one stays away is seen there: {scheduler.look(schedule)}"
        )
        return State(tuple(lines), tuple(alarms))
    alarms += _gone(schedule)
    runs, busy = _runs(schedule)
    lines.append(f"  last: {_told(runs[0], zone, busy) if runs else 'none yet'}")
    lines.append(f"  log:  {log_of(schedule)}")
    due = overdue(schedule, runs, now)
    if due is not None:
        since = f"the last one began {shown(runs[0].began, zone)}" if runs else "none ever began"
        if runs and runs[0].stem in busy:
            since += " and is at work still"
        alarms.append(
            f"{schedule.name}: overdue. A run was due {shown(due, zone)}, and {since}. Was the machine on? "
            f"Look: {scheduler.look(schedule)}"
        )
    return State(tuple(lines), (*alarms, *_alarms_of_last(schedule, runs, busy)))


def _gone(schedule: Schedule) -> list[str]:
    """What was moved or deleted since the schedule was set up, so that no run can end well."""
    project, program_file = Path(schedule.project), Path(schedule.program[0])
    again = "Set it up again where it is now, and take this one away: "
    again += f"{program()} schedule remove {schedule.name}"
    gone = [] if (project / "project.toml").is_file() else [f"{project} holds no project any more"]
    if program_file.is_absolute() and not program_file.exists():
        gone.append(f"{program_file}, which runs it, is not there any more")
    return [f"{schedule.name}: {one}. {again}" for one in gone]


def overdue(schedule: Schedule, runs: tuple[Run, ...], now: datetime.datetime) -> datetime.datetime | None:
    """The run that should have begun, an hour ago or earlier, and did not; None where all is well."""
    zone, habit = zone_named(schedule.zone), SCHEDULERS[schedule.scheduler].habit
    due = latest(from_cron(schedule.cron), zone, now - GRACE, habit)
    if due <= schedule.installed or any(run.began >= due for run in runs):
        return None
    return due


def _runs(schedule: Schedule) -> tuple[tuple[Run, ...], frozenset[str]]:
    """The runs, the last one first, and which of them are at work."""
    runs = runs_of(schedule.name)
    busy = frozenset(run.stem for run in runs if run.ended is None and is_at_work(schedule.name, run))
    if any(run.ended is None and run.stem not in busy for run in runs):
        runs = runs_of(schedule.name)  # one may have ended since they were read, and is written down by now
    return runs, busy


def _told(run: Run, zone: ZoneInfo, busy: Collection[str]) -> str:
    began = shown(run.began, zone)
    if run.ended is None or run.code is None:
        return f"{began}, {'at work' if run.stem in busy else 'did not end'}"
    seconds = (run.ended - run.began).total_seconds()
    return f"{began}, {end_of(run)}, {seconds:.0f} s"


def end_of(run: Run) -> str:
    """How a run ended, in words: `held: a person must look (exit code 3)`."""
    if run.code is None:
        return "nothing: it did not end"
    return f"{_ENDS.get(run.code, 'failed')} (exit code {run.code})"


def log_of(schedule: Schedule) -> Path:
    """The file in which the runs of a schedule are logged."""
    return folder_of(schedule.name) / LOG


def _alarms_of_last(schedule: Schedule, runs: tuple[Run, ...], busy: Collection[str]) -> tuple[str, ...]:
    """What is wrong with the last run that is not at work."""
    for run in runs:
        if run.ended is None and run.stem in busy:
            continue
        if run.code == 0:
            return ()
        if run.code is None:
            return (f"{schedule.name}: the last run did not end: it was killed, or the machine went down.",)
        said = "".join(f"\n  {line}" for line in run.last[-_SAID:])
        return (f"{schedule.name}: the last run did not end well: {end_of(run)}. It said:{said}",)
    return ()
