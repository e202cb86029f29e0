"""Documents that were made before, in the user's cache: each under what it was made from, and believed only whole.

What is missing, damaged, or sealed for something else is made anew; nothing but time depends on what lies there.
"""

from __future__ import annotations

import platform
import sys
import zlib
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from data.digest import Digest
from data.errors import OutputError, ProjectError
from data.files.folder import Folder, open_folder
from data.files.user_folders import cache_folder
from data.files.world import now, variable
from reports.runs.seal import is_sealed, own_secret, seal

SWITCH = "FAIRSHEET_CACHE"
"""Environment variable that turns the cache off: off."""
FOLDER = "documents"
LARGEST = 500_000_000
"""Bytes of all documents together. When there are more, those go that were not used for the longest time."""
MOST = 2_000
"""Documents, for the same reason."""
_MARK = b"fairsheet document 1\n"
_SEAL = 64
_ABANDONED = 24 * 3600
"""Seconds after which a part of a document belongs to a run that was killed."""


class Cache(Struct, frozen=True):
    """Where documents are kept; None for the folder where none are."""

    base: Path | None
    secret: bytes = b""

    def get(self, digest: str) -> bytes | None:
        """The document that is made from this; None where there is none that can be believed."""
        if self.base is None:
            return None
        name = _name(digest)
        with suppress(OSError, ProjectError), open_folder(self.base, FOLDER) as folder:
            raw = folder.read(name)
            if raw is None:
                return None
            head = len(_MARK) + _SEAL
            content = raw[head:]
            said = raw[len(_MARK) : head].decode("ascii", "replace")
            if raw.startswith(_MARK) and is_sealed(_sealed(name, content), said, self.secret):
                folder.touch(name)
                return content
            folder.remove(name)
        return None

    def put(self, documents: dict[str, bytes]) -> None:
        """Keep documents, each under what it is made from. Failing to stops nothing."""
        if self.base is None or not documents:
            return
        with suppress(OSError, ProjectError):
            with open_folder(self.base.parent, self.base.name, make=True) as base:
                base.make(FOLDER, 0o700)
            with open_folder(self.base, FOLDER) as folder:
                for digest, content in documents.items():
                    name = _name(digest)
                    mark = seal(_sealed(name, content), self.secret).encode()
                    folder.write(name, b"".join((_MARK, mark, content)), 0o600, flush=False)
                _make_room(folder)


def cache() -> Cache:
    """The user's; one that holds nothing where she turned it off, or has no folder for it."""
    if variable(SWITCH).strip().lower() in ("off", "0", "no", "false"):
        return Cache(None)
    try:
        return Cache(cache_folder(), own_secret())
    except OutputError:
        return Cache(None)


def _name(digest: str) -> str:
    """Under what name a document lies: by what it is made from and by the machine, for another packs otherwise."""
    made_with = platform.system(), platform.machine(), sys.version, zlib.ZLIB_RUNTIME_VERSION
    return Digest(digest, made_with).hexadecimal


def _sealed(name: str, content: bytes) -> bytes:
    return name.encode() + content


def _make_room(folder: Folder) -> None:
    """Take away the documents that were used longest ago, and what runs that were killed left."""
    found: list[tuple[float, int, str]] = []
    for name in folder.names():
        state = folder.state(name)
        if state is None:
            continue
        if not name.endswith(".part"):
            found.append((state.st_mtime, state.st_size, name))
        elif state.st_mtime < now().timestamp() - _ABANDONED:
            folder.remove(name)
    size, count = sum(one[1] for one in found), len(found)
    for _, bytes_, name in sorted(found):
        if size <= LARGEST and count <= MOST:
            break
        folder.remove(name)
        size, count = size - bytes_, count - 1
