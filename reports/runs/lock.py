"""Runs into one folder wait for each other; a lock ends with the process that holds it, however that ends."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from data.errors import OutputError
from data.files.folder import Folder

_PATIENCE = 900.0
"""Seconds that a run waits for another one: longer than any build, shorter than a night."""
_STEP = 0.1
_NO_LOCKS = (errno.EBADF, errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS)
"""What file systems say whose folders cannot be locked, such as NFS."""


@contextmanager
def alone_in(
    folder: Folder, progress: Callable[[str], None] = lambda _: None, patience: float = _PATIENCE
) -> Generator[None, None, None]:
    """Hold the folder for this run alone, after those that are at work in it have ended.

    `patience` is in seconds; OutputError when it is over. The folder itself is locked where the system can do that,
    so nothing is left behind in it; elsewhere a file `.fairsheet.lock`.
    """
    ends = time.monotonic() + patience
    told = False
    while (ours := _taken(folder)) is False:
        if time.monotonic() >= ends:
            raise _busy(folder.path)
        if not told:
            progress(f"waiting for another run that writes into {folder.path}")
            told = True
        time.sleep(_STEP)
    if ours:
        try:
            yield
        finally:
            _release(folder)
        return
    from filelock import FileLock, Timeout

    folder.refuse_link(".fairsheet.lock")
    try:
        with FileLock(folder.path / ".fairsheet.lock", timeout=max(0, ends - time.monotonic())):
            yield
    except Timeout:
        raise _busy(folder.path) from None


def _busy(path: Path) -> OutputError:
    return OutputError(f"{path}: another run is still writing there. End it, or choose another folder with --out.")


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
