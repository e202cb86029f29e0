"""Who begins the runs of a schedule: the schedulers that are known, and what each does when clocks change."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from data.errors import Place, ProjectError, nearest
from reports.schedules import cron, github, systemd, windows
from reports.schedules.moments import Habit
from reports.schedules.schedule import Schedule


class Scheduler(Struct, frozen=True):
    """What can be done with a scheduler."""

    called: str
    install: Callable[[Schedule, Path | None], tuple[Schedule, tuple[str, ...]]]
    """Set a schedule up, perhaps in a place that the user names; gives it with what was written, and what to tell."""
    remove: Callable[[Schedule], tuple[str, ...]]
    """Take it away; gives what to tell."""
    missing: Callable[[Schedule], str | None]
    """Why it will not run, where that can be seen."""
    look: Callable[[Schedule], str]
    """Where to look when runs stay away."""
    habit: Habit
    records_here: bool = True
    """Whether its runs are on this machine, and written down on it."""


SCHEDULERS: dict[str, Scheduler] = {
    "systemd": Scheduler(
        "systemd", systemd.install, systemd.remove, systemd.missing, systemd.look, Habit(makes_up=False, repeats=False)
    ),
    "cron": Scheduler("cron", cron.install, cron.remove, cron.missing, cron.look, Habit(makes_up=True, repeats=True)),
    "windows": Scheduler(
        "the Task Scheduler of Windows", windows.install, windows.remove, windows.missing, windows.look,
        Habit(makes_up=True, repeats=False),  # Microsoft leaves it open
    ),
    "github": Scheduler(
        "GitHub Actions", github.install, github.remove, github.missing, github.look,
        Habit(makes_up=True, repeats=False), records_here=False,
    ),
}  # fmt: skip


def scheduler_named(name: str | None) -> str:
    """The scheduler of a name; without one that of this system. Raises ProjectError where there is none."""
    if name is not None:
        if name not in SCHEDULERS:
            raise ProjectError.at(Place("--with"), f"'{name}' is no scheduler.", nearest(name, SCHEDULERS))
        return name
    if sys.platform == "win32":
        return "windows"
    if systemd.is_here():
        return "systemd"
    if cron.is_here():
        return "cron"
    raise ProjectError.at(
        Place("--with"), "there is neither a systemd of yours nor cron on this system.",
        "Install cron; or take --with systemd --out DIR, which writes files only, or --with github.",
    )  # fmt: skip


def published_where(schedule: Schedule) -> str:
    """Where a schedule's editions are, in words."""
    return f"to {schedule.to}" if SCHEDULERS[schedule.scheduler].records_here else "on GitHub"
