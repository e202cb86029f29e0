"""Setting a schedule up: what is asked for is understood, written down, and given to a scheduler."""

from __future__ import annotations

from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from data.errors import Place, ProjectError
from data.files.world import now
from data.network.needed import Need, needs_of, tells_people
from data.program import INSTALLED, command_line, program
from reports.schedules import cron
from reports.schedules.moments import left_out
from reports.schedules.schedule import Schedule, forget, keep, kept, name_of, variables_file, written
from reports.schedules.schedulers import SCHEDULERS, scheduler_named
from reports.schedules.systemd import refuse_unwritable
from reports.schedules.variables import places, read_variables
from reports.schedules.when import When, from_cron, from_words
from reports.schedules.zones import system_zone, zone_named


class Installed(Struct, frozen=True):
    """What came of setting a schedule up."""

    schedule: Schedule
    said: tuple[str, ...]
    doubts: tuple[str, ...]
    """What may keep it from running as it is meant."""
    tells: bool
    """Whether people are told of its runs."""


def asked_for(every: str | None, fields: str | None) -> When:
    """The times of --every or --cron. Raises ProjectError unless exactly one of them is said."""
    if (every is None) == (fields is None):
        raise ProjectError.at(
            Place("schedule install"), "say when: with --every or with --cron, one of the two.",
            'Such as --every "weekdays 06:00" or --cron "0 6 * * 1-5".',
        )  # fmt: skip
    return from_words(every) if every is not None else from_cron(fields or "")


def install(
    project: Path, when: When, zone: str | None, scheduler: str | None, to: Path, out: Path | None
) -> Installed:
    """Set up that a project is published at some times, in place of its earlier schedule.

    Raises ProjectError for what a scheduler cannot do, OutputError where it does not; the earlier schedule then stands.
    """
    root = project.resolve()
    chosen = scheduler_named(scheduler)
    meant = system_zone() if zone is None else zone_named(zone)
    needs = needs_of(root)
    schedule = Schedule(
        name_of(root), str(root), str(to.absolute()), when.cron, meant.key, chosen, command_line(), now(), places()
    )
    refuse_unwritable(schedule)
    earlier = next((one for one in kept() if one.name == schedule.name), None)
    schedule, said = SCHEDULERS[chosen].install(schedule, out)
    keep(schedule)
    if earlier is not None and earlier.scheduler != chosen:
        said = (*said, *SCHEDULERS[earlier.scheduler].remove(earlier))
    tells = tells_people(root)
    return Installed(schedule, said, tuple(_doubts(schedule, when, needs, tells)), tells)


def _doubts(schedule: Schedule, when: When, needs: tuple[Need, ...], tells: bool) -> Generator[str, None, None]:
    """What may keep a schedule from running as it is meant."""
    if schedule.scheduler == "cron" and cron.seems_idle():
        yield "No cron is at work on this system, so nothing begins these runs. Have it begun: service cron start"
    yield from _left_out(schedule, when)
    yield from _unmet(schedule, needs)
    if tells and SCHEDULERS[schedule.scheduler].records_here and find_spec("apprise") is None:
        yield f'Nobody can be told: messages need apprise, which is not installed: pip install "{INSTALLED}[tell]"'


def _left_out(schedule: Schedule, when: When) -> tuple[str, ...]:
    """Times that do not come on some day."""
    scheduler = SCHEDULERS[schedule.scheduler]
    lost = left_out(when, zone_named(schedule.zone), now())
    if lost is None or not when.is_by_the_clock:
        return ()
    what = "runs as soon as clocks have changed" if scheduler.habit.makes_up else "leaves that run out"
    if schedule.scheduler == "windows":
        what = "may leave that run out; Microsoft does not say"
    return (
        f"On {lost:%Y-%m-%d} there is no {lost:%H:%M} in {schedule.zone}, as clocks are put forward: "
        f"{scheduler.called} {what}. A time from 04:00 on comes every day.",
    )


def _unmet(schedule: Schedule, needs: tuple[Need, ...]) -> tuple[str, ...]:
    """What the project needs, and its runs will not have. A file for values that are secret is made."""
    names = sorted({need.variable for need in needs if need.variable})
    said, doubts = dict[str, str](), list[str]()
    if names and SCHEDULERS[schedule.scheduler].records_here:
        path = variables_file(schedule.name)
        if not path.exists():
            written(path.parent.parent, path.name, _no_values_yet(names))
        said = read_variables(path)
        doubts += [f"{name} has no value yet. Write {name}=... into {path}" for name in names if not said.get(name)]
    given = said.get("FAIRSHEET_SECRETS", "").split(",")
    missing = {need.command: need.what for need in needs if not need.allowed and need.variable not in given}
    doubts += [
        f"The project may not use {what} yet, and nobody is there to be asked: {command}"
        for command, what in missing.items()
    ]
    return tuple(doubts)


def _no_values_yet(names: list[str]) -> bytes:
    lines = ["# Secrets of this schedule's runs, one a line: NAME=value. Nobody but you may read this file."]
    return "".join(f"{line}\n" for line in (*lines, *(f"# {name}=" for name in names))).encode()


def remove(schedule: Schedule) -> tuple[str, ...]:
    """Take a schedule away; its log and its secrets stay. Gives what to tell."""
    said = SCHEDULERS[schedule.scheduler].remove(schedule)
    forget(schedule)
    path = variables_file(schedule.name)
    stays = (f"Its secrets stay in {path}.",) if path.exists() else ()
    return (*said, f"Nothing publishes {schedule.project} any more.", *stays)


def try_it(schedule: Schedule, tells: bool) -> str:
    """What runs a schedule once, now; where people are told of runs, with a message to each of them."""
    if not SCHEDULERS[schedule.scheduler].records_here:
        return f"{SCHEDULERS[schedule.scheduler].look(schedule)}, Run workflow"
    return f"{program()} schedule run {schedule.name}{' --trial-message' if tells else ''}"
