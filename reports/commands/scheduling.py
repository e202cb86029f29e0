"""The commands for schedules: what they are given, and what they say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from data.errors import Place, ProjectError
from data.program import program
from data.project_folder import find_project
from data.terminal import say, warn
from reports.commands.building import given
from reports.commands.ends import FINDINGS, leave_of, reported
from reports.commands.shell import Command

schedule_commands = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Have a project published again and again, by the system's own scheduler.",
)

_SAID = 5
"""Lines of a run that ended well that are shown to who began it by hand."""

Project = Annotated[
    Path | None,
    typer.Argument(metavar="PROJECT", help="The project's folder; by default the one with ./project.toml."),
]


@schedule_commands.command("install", cls=Command)
def install_command(
    project: Project = None,
    every: Annotated[
        str | None,
        typer.Option(
            metavar="WORDS",
            help="'daily 06:00', 'weekdays 06:00', 'mondays 06:00', 'monday,thursday 06:00', 'monthly 1 06:00', "
            "'hourly' or 'every 15 minutes'.",
        ),
    ] = None,
    cron: Annotated[
        str | None, typer.Option(metavar="FIELDS", help="Cron's five fields, such as '0 6 * * 1-5'.")
    ] = None,
    zone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="Whose time is meant, such as Europe/Zurich; else the system's.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--with", metavar="systemd|cron|windows|github", help="Who begins the runs; else what is there."),
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="DIR", help="Folder to publish to.")] = "published",
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE|DIR", help="Where to write what the scheduler reads.")
    ] = None,
) -> None:
    """Set up when a project is published, in place of its earlier schedule."""
    folder, place = given("--to", to) or to, given("--out", out)
    with reported():
        from data.files.world import now
        from reports.schedules.install import asked_for, install, try_it
        from reports.schedules.schedulers import published_where
        from reports.schedules.show import next_runs
        from reports.schedules.when import told
        from reports.schedules.zones import zone_named

        root, when = find_project(_meant(project)), asked_for(every, cron)
        leave_of(root, False)  # nobody is there to be asked in the night
        done = install(root, when, zone, scheduler, Path(folder), None if place is None else Path(place))
        schedule = done.schedule
        for line in done.said:
            say(line)
        say(
            f"{schedule.project} is published {published_where(schedule)} {told(when)}, {schedule.zone}. The next runs:"
        )
        for line in next_runs(when, zone_named(schedule.zone), schedule.scheduler, now()):
            say(f"  {line}")
        for doubt in done.doubts:
            warn(f"warning: {doubt}")
        say(f"Try it: {try_it(schedule, done.tells)}. How it stands: {program()} schedule show")


@schedule_commands.command("show", cls=Command)
def show_command(project: Project = None) -> None:
    """Say when a project is published next, and how the last run ended; exit code 3 where somebody must look.

    Without PROJECT, and outside of one, all schedules of yours.
    """
    with reported():
        from data.files.world import now
        from reports.schedules.schedule import kept, schedule_of
        from reports.schedules.show import state

        here = project or (Path.cwd() if Path("project.toml").is_file() else None)
        found = kept() if here is None else (schedule_of(here),)
        states = [state(schedule, now()) for schedule in found]
    for one in states:
        for line in one.lines:
            say(line)
    if not states:
        say(f'No schedules. Set one up: {program()} schedule install PROJECT --every "weekdays 06:00"')
    for alarm in (alarm for one in states for alarm in one.alarms):
        warn(alarm)
    if any(one.alarms for one in states):
        raise typer.Exit(FINDINGS)


@schedule_commands.command("remove", cls=Command)
def remove_command(project: Project = None) -> None:
    """Take a project's schedule away; its editions, its log and its secrets stay."""
    with reported():
        from reports.schedules.install import remove
        from reports.schedules.schedule import schedule_of

        for line in remove(schedule_of(_meant(project))):
            say(line)


def _meant(project: Path | None) -> Path:
    """The project that is named, else the one of this folder. Raises ProjectError where it is none: nobody schedules an
    example without saying so."""
    if project is None and not Path("project.toml").is_file():
        raise ProjectError.at(
            Place("PROJECT"), "there is no project.toml in this folder.", "Name the project's folder."
        )
    return project or Path.cwd()


@schedule_commands.command("run", cls=Command)
def run_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The schedule's name, as `schedule show` says it.")],
    trial_message: Annotated[
        bool, typer.Option("--trial-message", help="Send everyone of [tell.…] a message, whatever comes of the run.")
    ] = False,
) -> None:
    """Run a schedule once, as its scheduler does: in a lean environment, with a log; ends as what it runs ends."""
    with reported():
        from reports.schedules.run import run
        from reports.schedules.schedule import schedule_named
        from reports.schedules.show import end_of, log_of

        schedule = schedule_named(name)
        done = run(schedule, trial=trial_message)
    if sys.stdout.isatty():  # a scheduler's run says nothing where all is well: cron would mail it
        for line in () if done.code else done.last[-_SAID:]:
            say(line)
        say(f"The run ended: {end_of(done)}. Its log: {log_of(schedule)}")
    if done.code:
        for line in done.last:
            warn(line)
        raise typer.Exit(done.code)
