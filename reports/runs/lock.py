"""Runs into one folder wait for each other; a lock ends with the process that holds it, however that ends."""

from __future__ import annotations

import errno
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.errors import OutputError, ProjectError
from data.files.folder import Folder
from data.files.world import now

PATIENCE = 900.0
"""Seconds that a run waits for another one: longer than any build, shorter than a night."""
_STEP = 0.1
_NO_LOCKS = (errno.EBADF, errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS)
"""What file systems say whose folders cannot be locked, such as NFS."""
_NOTE, _FILE = "holder.json", ".fairsheet.lock"


@contextmanager
def alone_in(
    folder: Folder,
    progress: Callable[[str], None] = lambda _: None,
    patience: float = PATIENCE,
    notes: Folder | None = None,
) -> Generator[None, None, None]:
    """Hold the folder for this run alone, after those that are at work in it have ended.

    `patience` is in seconds; OutputError when it is over. The folder itself is locked where the system can do that,
    so nothing is left behind in it; elsewhere a file `.fairsheet.lock`, in it or in `notes`. A run says in `notes` who
    it is, where there is such a folder, and those that wait tell it.
    """
    ends = time.monotonic() + patience
    told = False
    while (ours := _taken(folder)) is False:
        if time.monotonic() >= ends:
            raise _busy(folder.path, notes)
        if not told:
            progress(f"waiting for another run that writes into {folder.path}{_holder(notes)}")
            told = True
        time.sleep(_STEP)
    if ours:
        try:
            with _noted(notes):
                yield
        finally:
            _release(folder)
        return
    from filelock import FileLock, Timeout

    place = notes or folder
    place.refuse_link(_FILE)
    lock = FileLock(place.path / _FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress(f"waiting for another run that writes into {folder.path}{_holder(notes)}")
        try:
            lock.acquire(timeout=max(0, ends - time.monotonic()))
        except Timeout:
            raise _busy(folder.path, notes) from None
    try:
        with _noted(notes):
            yield
    finally:
        lock.release()


@contextmanager
def _noted(notes: Folder | None) -> Generator[None, None, None]:
    """While the folder is held, who holds it. That nobody can write it stops nothing: the lock is another thing."""
    if notes is None:
        yield
        return
    said = {"process": os.getpid(), "host": platform.node(), "since": now().strftime("%Y-%m-%d %H:%M:%S UTC")}
    with suppress(OSError):
        notes.write(_NOTE, json.dumps(said).encode())
    try:
        yield
    finally:
        with suppress(OSError):
            notes.remove(_NOTE)


def _holder(notes: Folder | None) -> str:
    """Who holds the folder, as far as that is known."""
    with suppress(OSError, ProjectError, ValueError, KeyError, TypeError):
        said = json.loads((notes.read(_NOTE) if notes is not None else None) or b"")
        return f" (process {said['process']} on {said['host']}, since {said['since']})"
    return ""


def _busy(path: Path, notes: Folder | None) -> OutputError:
    other = "choose another folder with --out" if notes is None else "wait for it longer with --wait"
    return OutputError(f"{path}: another run is still writing there{_holder(notes)}. End it, or {other}.")


def _taken(folder: Folder) -> bool | None:
    """Whether the folder could be locked; None where the system locks no folders."""
    if sys.platform == "win32" or folder.handle is None:
        return None
    import fcntl

    try:
        fcntl.flock(folder.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return None
        raise
    return True


def _release(folder: Folder) -> None:
    """Unlock the folder for all who hold its handle: a process that was forked meanwhile has a copy."""
    if sys.platform != "win32" and folder.handle is not None:
        import fcntl

        fcntl.flock(folder.handle, fcntl.LOCK_UN)
