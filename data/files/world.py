"""What is outside, as it is now: the state of files, what they hold, environment variables and the clock."""

from __future__ import annotations

import datetime
import hashlib
import os
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

_REMEMBERED = 1_000
"""Files whose digests are kept."""


class State(NamedTuple):
    """What tells that a file is another one than it was: a changed file changes one of these at least, unless somebody
    takes pains that it does not."""

    size: int
    changed: int
    """Nanoseconds since 1970."""
    inode: int
    device: int


def state(path: Path) -> State:
    """The state of a file, links followed. Raises OSError where there is none."""
    found = path.stat()
    return State(found.st_size, found.st_mtime_ns, found.st_ino, found.st_dev)


def opened(path: Path) -> BufferedReader:
    """A file to read from. Raises OSError where that is not possible."""
    return path.open("rb")


def content_of(path: Path) -> bytes:
    """All that a file holds. Raises OSError where it cannot be read."""
    return path.read_bytes()


def text_of(path: Path) -> str:
    """A file's text in UTF-8, with or without a mark for that, lines ending in a line feed; OSError as above."""
    return path.read_text("utf-8-sig")


def variable(name: str) -> str:
    """An environment variable; "" where it is not set."""
    return os.environ.get(name, "")


def now() -> datetime.datetime:
    """This moment, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def sha256(path: Path) -> str:
    """SHA-256 of what a file holds now, in hexadecimal digits; it is read again when its state is another one."""
    return _sha256(path, state(path))


@lru_cache(_REMEMBERED)
def _sha256(path: Path, _: State) -> str:
    with opened(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def today() -> datetime.date:
    """The day by the clock and the time zone of this machine."""
    return datetime.date.today()
