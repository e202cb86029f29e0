"""What is public: a link to one edition, or a file that names it where a system has no links."""

from __future__ import annotations

import errno
import json
import re
import sys
from contextlib import suppress

from data.files.folder import Folder

CURRENT, INDEX, EDITIONS = "current", "current.json", "editions"
_TARGET = re.compile(rf"{EDITIONS}/([^/\\]+)/?")
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
"""What file systems say that have no symbolic links, such as FAT and some network drives."""


class InTheWayError(Exception):
    """Something that a person put where the store has to write."""


def pointed(folder: Folder) -> str | None:
    """The name of the edition that readers find; None where they find none.

    Raises InTheWayError where what stands there is not the store's.
    """
    found = folder.state(CURRENT)
    if found is not None:
        target = folder.target(CURRENT)
        name = _TARGET.fullmatch(target) if target is not None else None
        if name is None:
            leads = "is not the link that publish makes" if target is None else f"leads to {target}"
            raise InTheWayError(f"{folder.path / CURRENT} {leads}. Somebody put it there: move it away, and run again.")
        return name[1]
    content = folder.read(INDEX)
    if content is None:
        return None
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        name = _TARGET.fullmatch(json.loads(content)["edition"])
        if name is not None:
            return name[1]
    raise InTheWayError(f"{folder.path / INDEX} is not as publish writes it. Move it away, and run again.")


def point(folder: Folder, name: str | None) -> None:
    """Let readers find that edition from now on, in one step; with None, none."""
    if name is None:
        folder.remove(CURRENT)
        folder.remove(INDEX)
        folder.flush()
        return
    if sys.platform != "win32" and folder.state(INDEX) is None:  # where links cannot be replaced by others
        try:
            folder.link(CURRENT, f"{EDITIONS}/{name}")
            return
        except OSError as error:
            if error.errno not in NO_LINKS or folder.state(CURRENT) is not None:
                raise
    said = {"edition": f"{EDITIONS}/{name}"}
    folder.write(INDEX, (json.dumps(said) + "\n").encode())
