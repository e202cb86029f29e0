"""Folders outside of the project: what lies in them is taken whole, or not while somebody writes it."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path, PurePosixPath

from data.errors import Place, ProjectError, nearest
from data.files.folder import Folder, open_folder
from data.files.project_file import other_than_file
from data.files.project_path import refuse_foreign
from data.files.world import now

_RECENT = 300.0
"""Seconds: a file that was written since may be written still. Kerberos lets clocks of a network differ by no more
(RFC 4120, 3.1.3)."""
_PAUSE = 1.0
"""Seconds between two looks at such a file."""
_OPEN = ("~$", ".~lock.")
"""How the notes begin that office programs keep beside a file while it is open."""
_CHANGES = ("-wal", "-journal")
"""How the files end in which SQLite keeps changes of the database beside them."""
_LISTED = 2_000
"""Names among which the one is sought that was meant."""


class ElsewhereError(Exception):
    """Why a file outside of the project is not to be had now: what it is, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.what, self.remedy = what, remedy


class AbsentError(ElsewhereError):
    """There is no such file, though its folder is there."""


def folder_named(declared: str, root: Path, place: Place) -> Path:
    """The folder that a project names so, which nobody has looked at yet.

    Raises ProjectError for what is no folder's path on this system, or stands for another one for each user.
    """
    if declared.startswith("~"):
        message = f"'{declared}' is in the home of whoever runs it."
        raise ProjectError.at(place, message, "Write the whole path, such as /mnt/exports or //server/exports.")
    if not declared.isprintable():
        raise ProjectError.at(place, "the path holds what cannot be printed.", "Write it with forward slashes.")
    if os.name != "nt":
        if re.match(r"[A-Za-z]:[\\/]", declared):
            message = f"'{declared}' is a place on a computer with Windows, and this is none."
            raise ProjectError.at(place, message, "Name the folder in which the share is mounted here.")
        refuse_foreign(declared, place)
    return Path(os.path.normpath(root / declared))


def where(folder: Path) -> Path:
    """Where a folder leads, links followed. Raises ElsewhereError where it is not there, or no folder."""
    try:
        found = folder.resolve(strict=True)
        if not found.is_dir():
            raise ElsewhereError("is no folder", "Name the folder in which the file lies.")
        return found
    except (OSError, RuntimeError) as error:
        raise _gone(error, folder) from None


def _gone(error: OSError | RuntimeError, folder: Path) -> ElsewhereError:
    if not isinstance(error, FileNotFoundError):
        said = getattr(error, "strerror", None) or "a link leads back to itself"
        return ElsewhereError(f"cannot be opened: {said}", "Give yourself the right to read it, or run again later.")
    shared = os.name != "nt" and str(folder).startswith("//")
    mount = " Here a share is reached through the folder in which it is mounted: name that." if shared else ""
    return ElsewhereError("is not there", f"Look whether the share is connected (mounted).{mount}")


def taken(base: Path, name: str, largest: int, place: Place) -> bytes:
    """The content of the file `name` in the folder `base`, which has no links in it.

    Links in the folder are followed as long as they stay in it. Raises ProjectError for a name that leaves it and for
    what is no file, AbsentError where there is none, ElsewhereError for one that is being written, is larger than
    `largest` bytes, or cannot be opened.
    """
    inner = _inner(base, name, place)
    try:
        with open_folder(base, *inner.parts[:-1]) as folder:
            if folder.path != base / inner.parent:
                raise ElsewhereError("was moved while it was read", "Run again.")
            return _whole(folder, inner.name, largest, place)
    except FileNotFoundError:
        raise _written() from None
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise ElsewhereError(f"cannot be read: {said}", "Give yourself the right to read it, or run again.") from None


def _inner(base: Path, name: str, place: Place) -> Path:
    """The path of the file from the folder on, links followed."""
    if "\0" in name:
        raise ProjectError.at(place, "the path holds a zero byte.", "Delete it.")
    refuse_foreign(name, place)
    said = PurePosixPath(name)
    if said.is_absolute() or ".." in said.parts:
        raise ProjectError.at(place, f"'{name}' leaves the folder.", "Name the file as it is called from there on.")
    try:
        found = (base / said).resolve(strict=True)
    except FileNotFoundError:
        raise _absent(base, said) from None
    except (OSError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "its name is none, or a link leads back to itself"
        raise ElsewhereError(f"cannot be opened: {why}", "Check the name, and your right to read it.") from None
    if found == base or not found.is_relative_to(base):
        raise ProjectError.at(place, f"'{name}' leaves the folder.", "Put the file itself there.")
    return found.relative_to(base)


def _absent(base: Path, said: PurePosixPath) -> ElsewhereError:
    folder = (base / said).parent
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry, _ in zip(entries, range(_LISTED), strict=False)]
    except OSError:
        return AbsentError("is not there", "Check the folder's name.")
    if not names and folder == base:
        return ElsewhereError("is not there: its folder is empty", "Look whether the share is connected (mounted).")
    return AbsentError("is not there", nearest(said.name, names) if names else "Its folder is empty.")


def _whole(folder: Folder, name: str, largest: int, place: Place) -> bytes:
    before = folder.state(name)
    if before is None:
        raise _written()
    if kind := other_than_file(before.st_mode):
        raise ProjectError.at(place, f"'{name}' {kind}, and no file.", "Put a file with the content itself there.")
    _refuse_in_use(folder, name)
    if before.st_size > largest:
        raise _larger(before.st_size, largest)
    if now().timestamp() - before.st_mtime < _RECENT:
        time.sleep(_PAUSE)
    stream = folder.opened(name)
    if stream is None:
        raise _written()
    with stream:
        content = stream.read(largest + 1)
    if len(content) > largest:
        raise _larger(len(content), largest)
    after = folder.state(name)
    same = after is not None and (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    if not same or len(content) != before.st_size:
        raise _written()
    _refuse_in_use(folder, name)
    return content


def _refuse_in_use(folder: Folder, name: str) -> None:
    """ElsewhereError for a file that somebody has open, as far as its program says so beside it."""
    for note in (f"{_OPEN[0]}{name}", f"{_OPEN[1]}{name}#"):
        if folder.state(note) is not None:
            remedy = f"Run again when it is closed; if nobody has it open, delete {note} beside it."
            raise ElsewhereError("is open in an office program", remedy)
    for end in _CHANGES:
        beside = folder.state(f"{name}{end}")
        if beside is not None and beside.st_size:
            raise ElsewhereError("is a database that is being written", "Run again when that has finished.")


def _written() -> ElsewhereError:
    return ElsewhereError("is being written", "Run again when whatever writes it has finished.")


def _larger(size: int, largest: int) -> ElsewhereError:
    what = f"has {size / 1e6:,.1f} MB or more, and {largest / 1e6:,.0f} MB are allowed"
    return ElsewhereError(what, "If that is right, allow more under read: megabytes = 500.")
