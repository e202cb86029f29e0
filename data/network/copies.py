"""The last good copies of downloads, in the user's cache: each is one file, whole or not there.

A copy is kept for one address of one project. No project can put one there, and what is damaged is not believed.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from data.errors import OutputError, ProjectError
from data.files.folder import Folder, is_full, open_folder
from data.files.user_folders import cache_folder
from data.files.world import content_of, now
from data.network.remembered import project_key

COPIES = "downloads"
_MARK = b"fairsheet copy 1\n"
LARGEST = 2_000_000_000
"""Bytes of all copies of all projects together. When there are more, the oldest go, but never the newest."""
_ABANDONED = 24 * 3600
"""Seconds after which a part of a copy belongs to a run that was killed."""


class Copy(Struct, frozen=True):
    """The last good download of an address."""

    content: bytes
    said: dict[str, str]
    """What is known of it: etag, last_modified, type, name, taken, and the sha256 of the content."""

    @property
    def day(self) -> str:
        """When it was taken, as messages say it: 2026-11-20 14:05 UTC."""
        return self.said.get("taken", "an earlier day")

    def belongs_to(self, asked: str) -> bool:
        """Whether it is of this very address: that of another one, for which the same setting stood, is not taken."""
        return self.said.get("asked", "") == asked


class Shelf(Struct, frozen=True):
    """Where the copy of one address of one project is."""

    root: Path
    template: str
    """The address and the headers as the project writes them, so that no secret is in a file's name."""

    @property
    def name(self) -> str:
        return hashlib.sha256(self.template.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    def copy(self) -> Copy | None:
        """The copy; None where there is none, or where it is damaged."""
        with suppress(OSError, ProjectError, OutputError, ValueError):
            with open_folder(cache_folder(), COPIES, project_key(self.root)) as folder:
                raw = folder.read(self.name) or b""
            head, _, content = raw.removeprefix(_MARK).partition(b"\n")
            said: Any = json.loads(head)
            if raw.startswith(_MARK) and said["sha256"] == hashlib.sha256(content).hexdigest():
                return Copy(content, {str(name): str(value) for name, value in said.items()})
        return None

    def keep(self, content: bytes, said: dict[str, str]) -> None:
        """Put a download in the place of the copy, and let the oldest copies go where there are too many.

        Raises OutputError where it cannot be kept.
        """
        head = json.dumps({**said, "sha256": hashlib.sha256(content).hexdigest()}, sort_keys=True).encode()
        base = cache_folder()
        try:
            with open_folder(base, COPIES, project_key(self.root), make=True) as folder:
                folder.write(self.name, b"".join((_MARK, head, b"\n", content)), 0o600)
            with open_folder(base, COPIES) as folder:
                _make_room(folder, LARGEST)
        except OSError as error:
            why = "the disk is full" if is_full(error) else error.strerror or str(error)
            raise OutputError(f"{base / COPIES}: {why}") from None
        except ProjectError as error:
            raise OutputError(str(error)) from None


class Download(Struct, frozen=True):
    """A file that was downloaded for one run, and is kept as the last good copy once it has been read as declared."""

    shelf: Shelf
    path: Path
    """Where it lies during the run."""
    said: dict[str, str]
    asked: str
    fresh: bool
    """Whether it is newer than the last good copy."""

    @property
    def earlier(self) -> Copy | None:
        """The last good copy of this very address, where what was downloaded is another one."""
        copy = self.shelf.copy() if self.fresh else None
        return copy if copy is not None and copy.belongs_to(self.asked) else None

    def keep(self) -> None:
        """Make it the last good copy. Raises OutputError where it cannot be kept."""
        if self.fresh:
            self.shelf.keep(content_of(self.path), self.said)


def moment() -> str:
    """This moment as copies note it."""
    return f"{now():%Y-%m-%d %H:%M} UTC"


def _make_room(copies: Folder, largest: int) -> None:
    """Take away the oldest copies beyond `largest` bytes, and what runs that were killed left."""
    found: list[tuple[float, int, str, str]] = []
    for project in copies.names():
        with suppress(OSError, ProjectError), copies.inner(project) as folder:
            for name in folder.names():
                state = folder.state(name)
                if state is None:
                    continue
                if name.endswith(".part"):
                    if state.st_mtime < now().timestamp() - _ABANDONED:
                        folder.remove(name)
                else:
                    found.append((state.st_mtime, state.st_size, project, name))
    size = sum(one[1] for one in found)
    for _, bytes_, project, name in sorted(found)[:-1]:
        if size <= largest:
            break
        with suppress(OSError, ProjectError), copies.inner(project) as folder:
            folder.remove(name)
            size -= bytes_
