"""What is kept of each run of a schedule: when it began, how it ended, what it said last, and a log of bounded size."""

from __future__ import annotations

import datetime
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from data.errors import OutputError, ProjectError
from data.files.folder import open_folder
from data.files.user_folders import state_folder
from reports.schedules.schedule import FOLDER, readable, unwritable, written

LOG = "log.txt"
_KEPT = 60
"""Runs of which something is known: of a day that has one every half an hour, all."""
_LOG_SIZE, _OLD_LOGS = 500_000, 4
"""Bytes from which on a new log is begun, and how many earlier ones are kept."""
_STAMP = "%Y%m%dT%H%M%S%fZ"


class Run(Struct, frozen=True):
    """One run of a schedule."""

    began: datetime.datetime
    process: int
    ended: datetime.datetime | None = None
    code: int | None = None
    """The exit code; None while it is at work, and where nobody was left to write it down."""
    last: tuple[str, ...] = ()
    """What it said last."""

    @property
    def stem(self) -> str:
        """What its files are called, but for their endings."""
        return f"{self.began.astimezone(datetime.UTC):{_STAMP}}-{self.process}"


def folder_of(name: str) -> Path:
    """Where logs and records of a schedule are."""
    return state_folder() / FOLDER / name


def write_record(name: str, run: Run) -> None:
    """Write down how a run stands. Raises OutputError where that is not possible."""
    written(state_folder(), f"{run.stem}.json", msgspec.json.encode(run), name)


@contextmanager
def at_work(name: str, run: Run) -> Generator[None, None, None]:
    """Show that the run of this record is at work; that ends with the process, however that ends."""
    path, file = folder_of(name), f"{run.stem}.lock"
    lock = FileLock(path / file, mode=0o600)
    try:
        with open_folder(state_folder(), FOLDER, name, make=True) as folder:
            folder.refuse_link(file)
            lock.acquire(timeout=0)
    except OSError as error:
        raise unwritable(path, error) from None
    except ProjectError as error:
        raise OutputError(str(error)) from None
    try:
        yield
    finally:
        lock.release()
        with suppress(OSError, ProjectError), open_folder(state_folder(), FOLDER, name) as folder:
            folder.remove(file)


def is_at_work(name: str, run: Run) -> bool:
    """Whether a run that has not ended is at work still; else its process was killed, or the machine went down."""
    lock = folder_of(name) / f"{run.stem}.lock"
    with readable(lock):
        if run.ended is not None or not lock.exists():
            return False
        try:
            with FileLock(lock, timeout=0):
                return False
        except Timeout:
            return True
    return False


def runs_of(name: str) -> tuple[Run, ...]:
    """The runs of a schedule, the last one first. Raises OutputError where they cannot be read."""
    found: list[Run] = []
    with readable(folder_of(name)), open_folder(state_folder(), FOLDER, name) as folder:
        for file in folder.names():
            if file.endswith(".json"):
                with suppress(msgspec.DecodeError, UnicodeDecodeError):
                    found.append(msgspec.json.decode(folder.read(file) or b"", type=Run))
    return tuple(sorted(found, key=lambda run: run.began, reverse=True))


def tidy(name: str) -> None:
    """Begin a new log where the last one is long, and let go of what is known of long ago."""
    with suppress(OSError, ProjectError, OutputError), open_folder(state_folder(), FOLDER, name) as folder:
        found = folder.state(LOG)
        if found is not None and found.st_size > _LOG_SIZE:
            names = [LOG, *(_old(number) for number in range(1, _OLD_LOGS + 1))]
            for earlier, later in reversed(list(pairwise(names))):
                with suppress(FileNotFoundError):
                    folder.rename(earlier, later)
        stems = sorted(file.removesuffix(".json") for file in folder.names() if file.endswith(".json"))
        for stem in stems[:-_KEPT]:
            folder.remove(f"{stem}.json")
            folder.remove(f"{stem}.lock")


def _old(number: int) -> str:
    return f"log.{number}.txt"


def add_to_log(name: str, line: str, now: datetime.datetime) -> None:
    """Add a line to the log; what cannot be written is lost, as the run goes on."""
    said = f"{now.isoformat(timespec='seconds')} [{os.getpid()}] {line}\n"
    with suppress(OSError, ProjectError), open_folder(state_folder(), FOLDER, name, make=True) as folder:
        folder.add(LOG, said.encode("utf-8", "replace"))
