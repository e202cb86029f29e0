"""Last step of a run: files appear whole or not at all, and what a person edited is left alone."""

from __future__ import annotations

import errno
import hashlib
import json
import stat
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path, PurePath
from typing import Any, Literal, cast

from msgspec import Struct

from data.errors import OutputError, Place, ProjectError
from data.files.folder import Folder, is_full, open_folder, split_at_links
from data.files.open_elsewhere import is_open_elsewhere
from reports.runs.lock import alone_in
from reports.runs.switch import recover, switch

MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 50_000_000

Why = Literal["edited", "unknown", "read-only"]
"""Why a file is left alone: a person edited it, Fairsheet did not make it, or it must not be written."""


class Saved(Struct, frozen=True):
    """Where an output went."""

    name: str
    path: Path
    kept: Path | None = None
    """The file that stands in its place and was left alone."""
    why: Why | None = None
    backup: Path | None = None
    """Where the file went that was replaced and is not Fairsheet's."""


@contextmanager
def output_folder(
    path: Path, root: Path, progress: Callable[[str], None] = lambda _: None
) -> Generator[Folder, None, None]:
    """The folder for documents of the project in `root`, made where it is missing and held for this run alone.

    A folder that was made and into which nothing came is taken away again. What a killed run had begun is undone.
    Raises ProjectError where it cannot be written to or a link leads out of the project, OutputError where the disk is
    full or another run does not end.
    """
    made = missing(path)
    with ExitStack() as stack:
        folder = stack.enter_context(opened(path, [root]))
        stack.enter_context(alone_in(folder, progress))
        while not folder.is_there():  # a run that waited for one that wrote nothing
            stack.close()
            folder = stack.enter_context(opened(path, [root]))
            stack.enter_context(alone_in(folder, progress))
        try:
            with outages_told(folder.path):
                recover(folder)
            yield folder
        finally:
            take_away(made)


@contextmanager
def opened(path: Path, untrusted: Sequence[Path], option: str = "--out") -> Generator[Folder, None, None]:
    """The folder that an option names, made where it is missing; in `untrusted` folders no link on the way is followed.

    Raises ProjectError where it cannot be written to, OutputError where the disk is full.
    """
    with ExitStack() as stack:
        try:
            base, names = split_at_links(path, untrusted)
            folder = stack.enter_context(open_folder(base, *names, make=True))
            folder.remove(folder.part("probe", b""))
        except OSError as error:
            if is_full(error):
                raise _outage(error, path) from None
            message = f"cannot be written to: {error.strerror or error}."
            raise ProjectError.at(Place(str(path)), message, f"Choose another folder with {option}.") from None
        yield folder


def missing(path: Path) -> list[Path]:
    """The folders that have to be made for `path`, innermost first."""
    found: list[Path] = []
    for folder in (path, *path.parents):
        with suppress(OSError):
            if folder.exists() or folder.is_symlink():
                break
        found.append(folder)
    return found


def take_away(folders: list[Path]) -> None:
    """Remove folders that were made for a run that wrote nothing; one that holds something stays."""
    with suppress(OSError, ProjectError):
        for folder in folders:
            with open_folder(folder.parent) as parent:
                parent.remove_empty(folder.name)


@contextmanager
def outages_told(path: Path) -> Generator[None, None, None]:
    """OutputError in place of what the system says of a file in the folder `path`."""
    try:
        yield
    except OSError as error:
        named = error.filename2 or error.filename
        raise _outage(error, path / PurePath(str(named)).name if named else path) from None


def manifest_in(folder: Folder) -> dict[str, Any]:
    """The manifest in the folder; {} where there is none that can be read."""
    with suppress(ValueError, RecursionError), outages_told(folder.path):
        found = folder.state(MANIFEST)
        if found is None or not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST_MANIFEST:
            return {}
        said = json.loads(folder.read(MANIFEST) or b"")
        return cast("dict[str, Any]", said) if isinstance(said, dict) else {}
    return {}


def outputs_of(manifest: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Name → entry of the outputs that a manifest names."""
    outputs = manifest.get("outputs")
    if not isinstance(outputs, dict):
        return {}
    found = cast("dict[str, Any]", outputs)
    return {name: cast("dict[str, Any]", entry) for name, entry in found.items() if isinstance(entry, dict)}


def refuse_open(folder: Folder, name: str) -> None:
    """OutputError where an office program has left its mark that the file is open: saving there would undo ours."""
    for mark in (f"~${name}", f".~lock.{name}#"):
        if folder.state(name) is not None and folder.state(mark) is not None:
            raise OutputError(
                f"{folder.path / name}: is open in another program. Close it there and run again; "
                f"if nobody has it open, delete {mark} beside it."
            )


def _outage(error: OSError, path: Path) -> OutputError:
    if is_full(error):
        return OutputError(f"{path}: the disk is full. Free some space and run again; the earlier files are unchanged.")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS or is_open_elsewhere(error):
        return OutputError(f"{path}: is open in another program or protected. Close it and run again.")
    return OutputError(f"{path}: cannot be written: {error.strerror or error}.")


def beside(name: str, word: str) -> Iterator[str]:
    """`deck.new.pptx`, `deck.new-2.pptx` ...: names for what stands beside a file."""
    path = PurePath(name)
    for number in count(1):
        tail = word if number == 1 else f"{word}-{number}"
        yield f"{path.stem}.{tail}{path.suffix}"


class _Places:
    """Where the outputs of one run go, beside what stands in the folder."""

    def __init__(self, folder: Folder, manifest: Mapping[str, Any], overwrite: bool) -> None:
        self.folder, self.overwrite = folder, overwrite
        entries = outputs_of(manifest).values()
        self.known = {said for entry in entries if isinstance(said := entry.get("sha256"), str)}
        """What Fairsheet wrote into the folder."""
        self.named = {said for entry in entries if isinstance(said := entry.get("file"), str)}
        self.files: list[tuple[str, bytes]] = []

    def _ours(self, name: str) -> bool:
        """Whether a file may be replaced without a word."""
        found = self.folder.state(name)
        plain = found is not None and stat.S_ISREG(found.st_mode) and self._writable(name)
        return plain and self.folder.checksum(name) in self.known

    def _writable(self, name: str) -> bool:
        found = self.folder.state(name)
        return found is None or bool(found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))

    def _kept(self, name: str, content: bytes) -> Why | None:
        """Why the file of that name is to be left alone, if it is."""
        found = self.folder.checksum(name)
        if found is None or found == hashlib.sha256(content).hexdigest():
            return None
        if found in self.known:
            return None if self._writable(name) else "read-only"
        return "edited" if name in self.named else "unknown"

    def free(self, name: str, word: str, reusable: bool) -> str:
        """`deck.new.pptx`, or `deck.new-2.pptx` where a file that must stay has that name."""
        candidates = beside(name, word)
        return next(one for one in candidates if self.folder.state(one) is None or (reusable and self._ours(one)))

    def place(self, name: str, file: str, content: bytes) -> Saved:
        """Where one output goes."""
        refuse_open(self.folder, file)
        path, target = self.folder.path, file
        why = self._kept(file, content)
        saved = Saved(name, path / file)
        if why is not None and not self.overwrite:
            target = self.free(file, "new", reusable=True)
            saved = Saved(name, path / target, kept=path / file, why=why)
        elif why is not None:
            backup = self.free(file, "backup", reusable=False)
            self.files.append((backup, self.folder.read(file) or b""))
            saved = Saved(name, path / file, why=why, backup=path / backup)
        if self._writable(target) or why is not None:
            self.files.append((target, content))
        return saved

    def outdated(self, saved: list[Saved]) -> list[str]:
        """Files of ours that an earlier run wrote beside an edited one, and that stand beside nothing now."""
        done = [item.path for item in saved if item.kept is None]
        names = self.folder.names()
        beside = (n for p in done for n in names if n.startswith(f"{p.stem}.new") and n.endswith(p.suffix))
        return [name for name in beside if self._ours(name)]


def save(
    folder: Folder,
    files: Mapping[str, tuple[str, bytes]],
    manifest: Callable[[dict[str, str]], dict[str, Any]],
    overwrite: bool,
    earlier: Mapping[str, Any] | None = None,
) -> list[Saved]:
    """Put files into the folder, which this run must hold alone, and last of all the manifest.

    `files` maps an output's name to file name and content. `manifest` makes the manifest from the file names that
    were really used. A file that Fairsheet did not write, by the manifest `earlier`, is left alone and the new one
    written beside it; with `overwrite` it is replaced and a backup kept. Raises OutputError when the disk or another
    program is in the way, ProjectError for a link or a folder; the earlier files are then as they were.
    """
    places = _Places(folder, manifest_in(folder) if earlier is None else earlier, overwrite)
    with outages_told(folder.path):
        saved = [places.place(name, file, content) for name, (file, content) in files.items()]
        used = {item.name: item.path.name for item in saved}
        text = json.dumps(manifest(used), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        outdated = places.outdated(saved)
        if places.files or folder.read(MANIFEST) != text.encode():
            switch(folder, [*places.files, (MANIFEST, text.encode())])
    with suppress(OSError):  # the documents are there; what is left over does no harm
        for name in outdated:
            folder.remove(name)
    return saved
