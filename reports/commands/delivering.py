"""The command that delivers, and what publish does when it is done: what they say, and how they end."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.network.leave import Leave
from data.program import program
from data.project_folder import find_project
from data.terminal import OUTAGE, say, warn
from reports.commands.building import given
from reports.commands.ends import in_the_way_told, leave_of, progress_told, reported
from reports.commands.options import Project

if TYPE_CHECKING:
    from reports.delivery.afterwards import Outcome
    from reports.publishing.publish import Published


def passed_on(root: Path, folder: Path, leave: Leave, done: Published, quiet: bool, trial: bool) -> bool:
    """Deliver what is public and tell people what came of a run; whether all of that worked."""
    with reported(), in_the_way_told():
        from reports.delivery.afterwards import after_run

        with progress_told(quiet) as progress:
            outcome = after_run(root, folder, leave, done, progress, trial)
    return _told(outcome, quiet)


@contextmanager
def failures_told(root: Path, folder: Path, leave: Leave) -> Generator[None, None, None]:
    """Tell people of whatever ends a run without an edition; it goes on its way then. The program is interrupted by
    somebody who knows it."""
    try:
        yield
    except Exception as error:
        from reports.delivery.afterwards import after_failure

        for wrong in after_failure(root, folder, leave, error):
            warn(wrong)
        raise


def deliver_command(
    project: Project = None,
    to: Annotated[str, typer.Option("--to", metavar="DIR", help="Folder of the editions.")] = "published",
    only: Annotated[str | None, typer.Option(metavar="NAMES", help="Only these places, such as drive,web.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but problems.")] = False,
) -> None:
    """Bring the public edition to the project's places again."""
    folder = Path(given("--to", to) or to)
    names = tuple(part.strip() for part in (given("--only", only) or "").split(",") if part.strip())
    if only is not None and not names:
        raise typer.BadParameter("names no place. Write such as drive,web.", param_hint="'--only'")
    with reported(), in_the_way_told():
        from reports.delivery.afterwards import deliver_again

        root = find_project(project)
        with progress_told(quiet) as progress:
            outcome = deliver_again(root, folder, leave_of(root, False), names, progress)
    if not _told(outcome, quiet):
        raise typer.Exit(OUTAGE)


def tell_what_follows(folder: Path) -> None:
    """Say how a decision about editions reaches the places where they were delivered."""
    from reports.delivery.state import has_places, kept_receivers

    if has_places(folder):
        say(f"Where editions are delivered, this follows with the next publish; at once with: {program()} deliver")
    elif kept_receivers(folder):
        say("People are told with the next publish.")


def _told(outcome: Outcome, quiet: bool) -> bool:
    for remark in outcome.remarks:
        warn(remark)
    if outcome.delivered and not quiet:
        what = f"edition {outcome.edition.id}" if outcome.edition is not None else "that nothing is published"
        say(f"Delivered {what} to {', '.join(outcome.delivered)}.")
    for failure in outcome.failures:
        warn(failure)
    if outcome.failures:
        stays = f"Edition {outcome.edition.id} is published here" if outcome.edition is not None else "All is done here"
        count = len(outcome.failures)
        warn(f"{stays}; {count} {'thing' if count == 1 else 'things'} did not work, and will be tried again.")
    return not outcome.failures
