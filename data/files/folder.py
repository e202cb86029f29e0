"""The one door through which files are written: a folder held open, in which no link is ever followed."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from data.errors import Place, ProjectError

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_HANDLES = (
    bool(_NO_FOLLOW) and {os.open, os.mkdir, os.link, os.rename, os.stat, os.unlink, os.utime} <= os.supports_dir_fd
)
"""Whether this system reaches files from a folder's handle. Where it does not, as on Windows, links are looked for by
name before a file is opened."""
_CLOSED = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_CHUNK = 1 << 20


class Folder:
    """A folder that is written into. What it is asked for are names of files in it, never paths.

    Methods raise OSError as the system does, and ProjectError where a link or a device stands in the way.
    """

    def __init__(self, path: Path, handle: int | None) -> None:
        self.path = path
        self.handle = handle
        """The open folder; None on systems that have no such handles."""

    def _named(self, name: str) -> str:
        """How the system is asked for a file: by its name from the handle, else by its path."""
        if not is_name(name):
            raise ValueError(f"{name!r} is no name of a file")
        return name if self.handle is not None else str(self.path / name)

    def state(self, name: str) -> os.stat_result | None:
        """What stands under a name, a link itself and not what it leads to; None where nothing does."""
        with suppress(FileNotFoundError):
            return os.stat(self._named(name), dir_fd=self.handle, follow_symlinks=False)
        return None

    def refuse_link(self, name: str) -> None:
        """ProjectError where something other than a plain file has the name: a link, a device, a folder."""
        found = self.state(name)
        if found is not None and not stat.S_ISREG(found.st_mode):
            raise _refusal(self.path / name, found)

    def is_there(self) -> bool:
        """Whether the folder still has its place: another run may have taken an empty one away."""
        with suppress(FileNotFoundError):
            return self.handle is None or os.path.samestat(self.path.stat(), os.fstat(self.handle))
        return False

    def names(self) -> list[str]:
        """Names of everything in the folder."""
        with os.scandir(self.path if self.handle is None else self.handle) as found:
            return sorted(entry.name for entry in found)

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""
        stream = self.opened(name)
        if stream is None:
            return None
        with stream:
            return stream.read()

    def checksum(self, name: str) -> str | None:
        """SHA-256 of a file in hexadecimal digits; None where there is none."""
        stream = self.opened(name)
        if stream is None:
            return None
        with stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def opened(self, name: str) -> BufferedReader | None:
        """A file to read from; None where there is none."""
        self.refuse_link(name)
        flags = os.O_RDONLY | _NO_FOLLOW | _CLOSED | getattr(os, "O_NONBLOCK", 0)
        try:
            return os.fdopen(os.open(self._named(name), flags, dir_fd=self.handle), "rb")
        except FileNotFoundError:
            return None

    def part(self, name: str, content: bytes, mode: int | None = None, flush: bool = True) -> str:
        """Write the content under a fresh name beside its place, flushed to the disk; gives that name.

        `mode` are its permissions, where not the usual ones. Without `flush` a loss of power may take the content.
        """
        part = f".{name}.{secrets.token_hex(8)}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _CLOSED
        handle = os.open(self._named(part), flags, 0o666, dir_fd=self.handle)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                if mode is not None and hasattr(os, "fchmod"):
                    os.fchmod(stream.fileno(), mode)
                if flush:
                    os.fsync(stream.fileno())
        except BaseException:
            self.remove(part)
            raise
        return part

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, in place of the file that has it."""
        self.refuse_link(new)
        os.replace(self._named(old), self._named(new), src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def write(self, name: str, content: bytes, mode: int | None = None, flush: bool = True) -> None:
        """Put a file into its place, whole or not at all. A file that it replaces leaves it its permissions; else they
        are `mode`, where not the usual ones. Without `flush` a loss of power may take its content."""
        self.refuse_link(name)
        earlier = self.state(name)
        part = self.part(name, content, stat.S_IMODE(earlier.st_mode) if earlier else mode, flush)
        try:
            self.rename(part, name)
        except BaseException:
            self.remove(part)
            raise
        if flush:
            self.flush()

    def add(self, name: str, content: bytes, mode: int = 0o600) -> None:
        """Add to the end of a file, which is made, with these permissions, where there is none."""
        self.refuse_link(name)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _NO_FOLLOW | _CLOSED
        with os.fdopen(os.open(self._named(name), flags, mode, dir_fd=self.handle), "ab") as stream:
            stream.write(content)

    def second_name(self, name: str, second: str) -> None:
        """Give a file a second name, so that its content outlives the replacing of the first; a copy where there are no
        hard links."""
        try:
            if self.handle is None:
                os.link(self.path / name, self.path / second)
            else:
                os.link(name, second, src_dir_fd=self.handle, dst_dir_fd=self.handle, follow_symlinks=False)
        except (OSError, NotImplementedError):
            part = self.part(second, self.read(name) or b"")
            self.rename(part, second)

    def remove(self, name: str) -> None:
        """Take a name away, if it is there; of a link, the link itself."""
        with suppress(FileNotFoundError):
            os.unlink(self._named(name), dir_fd=self.handle)

    def remove_empty(self, name: str) -> None:
        """Take away a folder in this one; OSError where it holds something."""
        os.rmdir(self._named(name), dir_fd=self.handle)

    def flush(self) -> None:
        """Make names outlive a loss of power, where the system can."""
        if self.handle is not None:
            with suppress(OSError):  # some network folders cannot, and the files themselves are flushed
                os.fsync(self.handle)

    def make(self, name: str, mode: int = 0o777) -> None:
        """Make a folder in this one, if it is not there; `mode` are its permissions, less what the user never gives."""
        with suppress(FileExistsError):
            os.mkdir(self._named(name), mode, dir_fd=self.handle)

    def move(self, name: str, into: Folder, new: str) -> None:
        """Move a file or folder to another folder, where it must find its new name free."""
        if into.state(new) is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(into.path / new))
        os.rename(self._named(name), into._named(new), src_dir_fd=self.handle, dst_dir_fd=into.handle)

    def remove_whole(self, name: str) -> None:
        """Take away a folder in this one with all that is in it, if it is there; links in it lead nobody anywhere."""
        with suppress(FileNotFoundError):
            with self.inner(name) as folder:
                for one in folder.names():
                    found = folder.state(one)
                    if found is not None and stat.S_ISDIR(found.st_mode):
                        folder.remove_whole(one)
                    else:
                        folder.remove(one)
            self.remove_empty(name)

    def link(self, name: str, target: str) -> None:
        """Let a name lead to `target`, in one step where it led elsewhere before.

        Raises OSError where the system has no such links, ProjectError where something else has the name.
        """
        found = self.state(name)
        if found is not None and not stat.S_ISLNK(found.st_mode):
            raise ProjectError.at(Place(str(self.path / name)), "is no link.", "Move it away, and run again.")
        part = f".{name}.{secrets.token_hex(8)}.part"
        os.symlink(target, self._named(part), target_is_directory=True, dir_fd=self.handle)
        try:
            os.replace(self._named(part), self._named(name), src_dir_fd=self.handle, dst_dir_fd=self.handle)
        except BaseException:
            self.remove(part)
            raise
        self.flush()

    def target(self, name: str) -> str | None:
        """Where a link leads, as it is written; None where no link has the name."""
        found = self.state(name)
        if found is None or not stat.S_ISLNK(found.st_mode):
            return None
        return os.readlink(self._named(name), dir_fd=self.handle)

    def touch(self, name: str) -> None:
        """Note that a file was used now, by the time of its last change."""
        os.utime(self._named(name), dir_fd=self.handle)

    def _enter(self, name: str) -> int | None:
        found = self.state(name)
        if found is not None and not stat.S_ISDIR(found.st_mode):
            raise _refusal(self.path / name, found, folder=True)
        if self.handle is None:
            return None
        return os.open(name, os.O_RDONLY | os.O_DIRECTORY | _NO_FOLLOW | _CLOSED, dir_fd=self.handle)

    @contextmanager
    def inner(self, *names: str, make: bool = False) -> Generator[Folder, None, None]:
        """A folder below this one, reached without following a link.

        Raises FileNotFoundError where it is not there and `make` is not set, ProjectError where something else has the
        name.
        """
        folder = self
        opened: list[int] = []
        try:
            for name in names:
                if make:
                    folder.make(name)
                handle = folder._enter(name)
                if handle is not None:
                    opened.append(handle)
                folder = Folder(folder.path / name, handle)
            yield folder
        finally:
            for handle in reversed(opened):
                os.close(handle)


def _refusal(path: Path, found: os.stat_result, folder: bool = False) -> ProjectError:
    place = Place(str(path))
    if stat.S_ISLNK(found.st_mode):
        leads = ""
        with suppress(OSError):
            leads = f" to {path.readlink()}"
        remedy = "Delete the link" + ("; or name the folder itself that is meant." if folder else " and run again.")
        return ProjectError.at(place, f"is a link{leads}; nothing is ever written through a link.", remedy)
    what = "is no folder" if folder else "is no file: a folder or device has the name"
    return ProjectError.at(place, f"{what}.", "Choose another folder, or move it away.")


def is_name(text: object) -> bool:
    """Whether a text is the name of one file, and no path."""
    return isinstance(text, str) and text not in ("", ".", "..") and not set(text) & {os.sep, os.altsep, "\0"}


@contextmanager
def open_folder(base: Path, *names: str, make: bool = False) -> Generator[Folder, None, None]:
    """The folder `base/name/name`. Links on the way to `base` are followed: the user named it. Below it none is.

    With `make`, folders that are missing are made. Raises OSError where one cannot be made or opened, ProjectError
    where a link or a file stands in its place.
    """
    if make:
        base.mkdir(parents=True, exist_ok=True)
    base = base.resolve(strict=True)
    handle = os.open(base, os.O_RDONLY | os.O_DIRECTORY | _CLOSED) if _HANDLES else None
    try:
        with Folder(base, handle).inner(*names, make=make) as folder:
            yield folder
    finally:
        if handle is not None:
            os.close(handle)


def split_at_links(path: Path, untrusted: Iterable[Path]) -> tuple[Path, tuple[str, ...]]:
    """A path that the user gave, divided for `open_folder`: the part in which links are hers, and the names in which
    none may be.

    A link is hers up to the last name but one, and as long as it is not in a folder that somebody else may have
    made (`untrusted`): a project from elsewhere may bring links of its own.
    """
    strangers = [folder.resolve() for folder in untrusted]
    parts = path.absolute().parts
    base = Path(parts[0])
    for number, name in enumerate(parts[1:], 1):
        rest = parts[number:]
        if ".." not in rest and (len(rest) == 1 or any(base.is_relative_to(folder) for folder in strangers)):
            return base, rest
        base = (base / name).resolve()
    return base, ()


def is_full(error: OSError) -> bool:
    """Whether an error says that the disk, or the user's share of it, is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
