"""A schedule as the user set it up, and where it is kept: in her own folders, never in a project's."""

from __future__ import annotations

import datetime
import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from data.errors import OutputError, Place, ProjectError
from data.files.folder import is_full, open_folder
from data.files.user_folders import config_folder
from data.network.remembered import project_key
from data.program import program

FOLDER = "schedules"
"""What the folder of schedules is called, among what the user decided as well as among what happened."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


class Schedule(Struct, frozen=True):
    """That a project is published again, and when."""

    name: str
    project: str
    to: str
    """The folder that it is published to; both are absolute paths."""
    cron: str
    """When, as cron's five fields."""
    zone: str
    scheduler: str
    """Who begins the runs: a key of `SCHEDULERS`."""
    program: tuple[str, ...]
    """What begins a command line of this program."""
    installed: datetime.datetime
    places: dict[str, str]
    """Variables of the environment that say where the user's folders are, where not in their usual places."""
    files: tuple[str, ...] = ()
    """What was written for the scheduler."""

    @property
    def runner(self) -> tuple[str, ...]:
        """The command line that a scheduler calls."""
        return (*self.program, "schedule", "run", self.name)


def name_of(project: Path) -> str:
    """What the schedule of a project is called: by its folder's name, and by where that is."""
    words = re.sub(r"[^a-z0-9]+", "-", project.resolve().name.lower()).strip("-")[:40]
    return f"{words or 'project'}-{project_key(project)[:8]}"


def variables_file(name: str) -> Path:
    """Where the user writes the secrets of a schedule."""
    return config_folder() / FOLDER / f"{name}.env"


def keep(schedule: Schedule) -> None:
    """Write a schedule down, in place of the project's earlier one. Raises OutputError where that is not possible."""
    written(config_folder(), f"{schedule.name}.json", msgspec.json.format(msgspec.json.encode(schedule), indent=2))


def written(base: Path, name: str, content: bytes, *inner: str) -> None:
    """Put a file into the schedules' folder below `base`; nobody but the user may read it. OutputError as above."""
    try:
        with open_folder(base, FOLDER, *inner, make=True) as folder:
            folder.write(name, content, 0o600)
    except OSError as error:
        raise unwritable(base / FOLDER, error) from None
    except ProjectError as error:
        raise OutputError(str(error)) from None


def unwritable(path: Path, error: OSError) -> OutputError:
    """What is told where a file or folder cannot be written."""
    why = "the disk is full" if is_full(error) else error.strerror or str(error)
    return OutputError(f"{path}: cannot be written: {why}.")


@contextmanager
def readable(path: Path) -> Generator[None, None, None]:
    """While a file or folder is read, which may be absent. Raises OutputError where it cannot be read: it is another
    user's, as after a run with sudo, or a file has the place of a folder."""
    try:
        yield
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(f"{path}: cannot be read: {error.strerror or error}. Look at its permissions.") from None


def forget(schedule: Schedule) -> None:
    """Take a schedule away, where it is kept; its secrets stay. Raises OutputError where that is not possible."""
    try:
        with open_folder(config_folder(), FOLDER) as folder:
            folder.remove(f"{schedule.name}.json")
    except FileNotFoundError:
        return
    except OSError as error:
        raise unwritable(config_folder() / FOLDER, error) from None


def kept() -> tuple[Schedule, ...]:
    """All schedules of this user, by name. Raises ProjectError where one cannot be read, OutputError where their folder
    cannot be."""
    with readable(config_folder() / FOLDER), open_folder(config_folder(), FOLDER) as folder:
        return tuple(map(_read, (name.removesuffix(".json") for name in folder.names() if name.endswith(".json"))))
    return ()


def schedule_named(name: str) -> Schedule:
    """The schedule of a name. Raises ProjectError where there is none, or it cannot be read."""
    return _read(name)


def schedule_of(project: Path) -> Schedule:
    """The schedule of the project in a folder, which may be gone by now. Raises ProjectError where there is none."""
    path = str(project.resolve())
    for schedule in kept():
        if path == schedule.project or str(project) == schedule.name:
            return schedule
    remedy = f'Set one up: {program()} schedule install {project} --every "weekdays 06:00"'
    raise ProjectError.at(Place(path), "no schedule publishes this project.", remedy)


def _read(name: str) -> Schedule:
    place = Place(str(config_folder() / FOLDER / f"{name}.json"))
    if not _NAME.fullmatch(name):
        raise ProjectError.at(
            Place("schedule"), f"'{name}' is no name of a schedule.", f"See: {program()} schedule show"
        )
    try:
        with open_folder(config_folder(), FOLDER) as folder:
            content = folder.read(f"{name}.json")
    except FileNotFoundError:
        content = None
    except OSError as error:
        raise ProjectError.at(place, f"cannot be read: {error.strerror}.", "Look at its permissions.") from None
    if content is None:
        raise ProjectError.at(Place(name), "there is no schedule of this name.", f"See: {program()} schedule show")
    try:
        return msgspec.json.decode(content, type=Schedule)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        remedy = f"Delete it and set the schedule up again: {program()} schedule install"
        raise ProjectError.at(place, f"is no schedule of this version ({error}).", remedy) from None
