"""A folder of this machine, or of a share that is mounted, as a place for editions."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from data.errors import OutputError, ProjectError
from data.files.folder import Folder, is_full, open_folder, split_at_links
from data.files.open_elsewhere import is_open_elsewhere, patiently
from data.network.apart import apart
from reports.delivery.target import DeliveryError
from reports.publishing.pointer import NO_LINKS

Result = TypeVar("Result")


class LocalTarget:
    """A folder, or a link to one. Files are written beside their places, flushed to the disk and renamed; no link in it
    is followed. What takes longer than `timeout` seconds is given up."""

    def __init__(self, path: Path, untrusted: tuple[Path, ...], timeout: float) -> None:
        self.path, self.timeout = path, timeout
        self._untrusted = untrusted

    def _done(self, action: Callable[[Folder], Result], *path: str, make: bool = False) -> Result | None:
        """What an action in a folder below this one gives; None where that folder is not there."""

        def act() -> Result | None:
            with self._folder(*path, make=make) as folder:
                return action(folder)

        try:
            return apart(self.timeout, act)
        except (FileNotFoundError, NotADirectoryError) as error:
            if make:
                raise DeliveryError(f"{self.path}: is not there. Look whether the drive is connected.") from error
            return None
        except TimeoutError:
            raise DeliveryError(f"{self.path}: did not answer within {self.timeout:g} s.") from None
        except OSError as error:
            if is_full(error):
                raise DeliveryError(f"{self.path}: the disk is full.") from None
            if is_open_elsewhere(error):
                raise DeliveryError(f"{self.path}: a file there is open in another program. Close it.") from None
            raise DeliveryError(f"{self.path}: cannot be written: {error.strerror or error}.") from None
        except (ProjectError, OutputError) as error:
            raise DeliveryError(str(error)) from None

    @contextmanager
    def _folder(self, *path: str, make: bool) -> Generator[Folder, None, None]:
        if not self.path.is_dir():  # a drive that is not connected is not to become a folder
            raise FileNotFoundError(str(self.path))
        base, names = split_at_links(self.path.resolve(), self._untrusted)
        with open_folder(base, *names) as top, top.inner(*path, make=make) as folder:
            yield folder

    def read(self, *path: str) -> bytes | None:
        return self._done(lambda folder: folder.read(path[-1]), *path[:-1])

    def write(self, content: bytes, *path: str) -> None:
        self._done(lambda folder: patiently(partial(folder.write, path[-1], content)), *path[:-1], make=True)

    def names(self, *path: str) -> list[str]:
        return self._done(lambda folder: folder.names(), *path) or []

    def remove(self, *path: str) -> None:
        self._done(lambda folder: folder.remove(path[-1]), *path[:-1])

    def remove_folder(self, *path: str) -> None:
        self._done(lambda folder: folder.remove_whole(path[-1]), *path[:-1])

    def lead(self, name: str, target: str | None) -> None:
        self._done(lambda folder: _led(folder, name, target))


def _led(folder: Folder, name: str, target: str | None) -> None:
    found = folder.state(name)
    if target is None:
        if found is not None and stat.S_ISLNK(found.st_mode):
            folder.remove(name)
        return
    if not hasattr(os, "symlink") or os.name == "nt":
        return
    try:
        patiently(partial(folder.link, name, target))
    except OSError as error:
        if error.errno not in NO_LINKS or found is not None:
            raise
