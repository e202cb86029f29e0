"""One door to the files that a project names: regular files only, and never more of them than was asked for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from data.errors import Place, ProjectError

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
"""A pipe that nobody writes into is opened at once, and then refused, where it would be waited for without end."""
_SHOWN = 80
"""Characters of a name in a message."""
_KINDS = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a pipe"),
    (stat.S_ISSOCK, "is a socket"),
    (stat.S_ISCHR, "is a device"),
    (stat.S_ISBLK, "is a device"),
)


def other_than_file(mode: int) -> str:
    """What something is that is no regular file: "is a folder"; "" for a file. `mode` is what stat says of it."""
    if stat.S_ISREG(mode):
        return ""
    return next((said for test, said in _KINDS if test(mode)), "is no file with content of its own")


_A_FILE = "Put a file with the content itself there."


def refusal(error: OSError | ValueError | RuntimeError, place: Place, name: str) -> ProjectError:
    """The error for a file that the machine does not let be read, told at `place`; `name` is what it is called."""
    match error:
        case OSError(errno=errno.ENAMETOOLONG):
            said, remedy = "has a longer name than a file can have", "Give the file a shorter name."
        case OSError(errno=errno.ELOOP) | RuntimeError():  # pathlib's own word for it
            said, remedy = "is a link that leads back to itself", "Put the file itself there."
        case OSError(errno=errno.EISDIR):
            said, remedy = "is a folder, and no file", _A_FILE
        case OSError(errno=errno.ENXIO):
            said, remedy = "is a socket, and no file", _A_FILE
        case OSError(errno=errno.EACCES | errno.EPERM):
            said, remedy = f"cannot be read: {error.strerror}", "Give yourself the right to read it."
        case OSError():
            said = f"cannot be read: {error.strerror or type(error).__name__}"
            remedy = "Check that the file is there and readable."
        case _:
            said, remedy = "is no name that a file can have", "Correct the name."
    return _problem(place, name, said, remedy)


def _problem(place: Place, name: str, said: str, remedy: str) -> ProjectError:
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    called = "" if place.file == name else f"'{shown}' "
    return ProjectError.at(place, f"{called}{said}.", remedy)


def refuse_other(path: Path, place: Place, name: str) -> None:
    """ProjectError for a folder, a pipe, a socket or a device, and for what the machine does not let be looked at."""
    try:
        kind = other_than_file(path.stat().st_mode)
    except (OSError, ValueError) as error:
        raise refusal(error, place, name) from None
    if kind:
        raise _problem(place, name, f"{kind}, and no file", _A_FILE)


def file_bytes(path: Path, place: Place, name: str, largest: int, remedy: str) -> bytes:
    """The content of a regular file of at most `largest` bytes.

    It is opened first and looked at then, so that nothing can be put in its place between. Raises ProjectError for
    anything else, and with `remedy` for a larger file.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _AT_ONCE)
        with os.fdopen(handle, "rb") as stream:
            found = os.fstat(stream.fileno())
            if kind := other_than_file(found.st_mode):
                raise _problem(place, name, f"{kind}, and no file", _A_FILE)
            content = stream.read(largest + 1) if found.st_size <= largest else b""
    except (OSError, ValueError) as error:
        raise refusal(error, place, name) from None
    size = max(found.st_size, len(content))
    if size > largest:
        said = f"has {size / 1e6:,.1f} MB; {largest / 1e6:,.0f} MB are the most that is read"
        raise _problem(place, name, said, remedy)
    return content
