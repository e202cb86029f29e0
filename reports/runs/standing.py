"""What a run can know without reading a project: that nothing was touched since the same run last found nothing to do.

Nothing is taken on trust but the states of files, as they were well before they were read: whatever changes a file, or
puts another one in its place, leaves a later time. Where that cannot be told, the project is read. It is asked before
anything large is imported, so this module imports little.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from data.files.world import content_of, variable
from data.program import HOME

if TYPE_CHECKING:
    from reports.runs.read import Reading

_COARSE = 2_000_000_000
"""Nanoseconds: the time between two changes of a file that the coarsest of file systems, FAT, tells apart."""
_LARGEST = 5_000_000
"""Bytes of a record that is read."""
_KEPT = 100
"""Records: of so many different runs, the latest ones."""
_ROOMS = ("charts", "data", "reports")
_VARIABLES = ("FAIRSHEET_FOLDERS", "FAIRSHEET_HOSTS", "FAIRSHEET_SECRETS", "SOURCE_DATE_EPOCH")
_MOST = 1_000
"""Folders and links of a project that are looked at."""
_BESIDE = ("-wal", "-journal")
"""How the files end in which SQLite keeps changes of the database beside them."""


class Said(NamedTuple):
    """What a run told."""

    lines: tuple[str, ...]
    warnings: tuple[str, ...]


def told_again(arguments: Sequence[str]) -> bool:
    """Tell what the run with these arguments would, where that is known."""
    said = standing(arguments)
    if said is None:
        return False
    from data.terminal import end_where_full, make_ready, say, warn

    make_ready()
    try:
        for line in said.warnings:
            warn(line)
        for line in said.lines:
            say(line)
    except OSError as error:
        end_where_full(error)
        raise
    return True


def standing(arguments: Sequence[str]) -> Said | None:
    """What the run with these arguments, in this folder, would say: that of the last one, where nothing that it rests
    on was touched since; else None."""
    from data.errors import OutputError

    known = OSError, OutputError, ValueError, KeyError, TypeError, AttributeError, RecursionError, RuntimeError
    with suppress(*known):
        path = _records() / _name(arguments)
        if path.stat().st_size > _LARGEST:
            return None
        said: dict[str, Any] = json.loads(content_of(path))
        if said["circumstances"] != _circumstances():
            return None
        if any(str(Path(given).resolve()) != found for given, found in said["places"].items()):
            return None
        if all(_state(Path(path)) == state for path, state in said["states"].items()):
            return Said(tuple(said["lines"]), tuple(said["warnings"]))
    return None


def remember(
    reading: Reading,
    arguments: Sequence[str],
    given: tuple[Path, Path],
    began: int,
    made: Mapping[str, str],
    said: Said,
    more: Collection[Path] = (),
) -> None:
    """Keep what a run said that began to read at a moment, in nanoseconds since 1970.

    `given` are the project and the folder for documents as the command line has them, `made` the SHA-256 of the files
    in the folder, `more` other files that the run rests on. Kept is nothing of projects with sources elsewhere, whose
    state nobody knows, and nothing where a file was touched shortly before it was read or since. Failing to keep it
    stops nothing.
    """
    from data.errors import OutputError, ProjectError
    from data.files.folder import open_folder

    project = reading.project
    if _is_elsewhere(project.file.content):
        return
    out = given[1].resolve()
    with suppress(OSError, OutputError, ProjectError, RuntimeError):
        latest = began - _COARSE
        touched = (_state(project.root / name) for name in reading.inputs)
        if any(state is None or max(state[1:3]) > latest for state in touched):  # known soon, and often so
            return
        circumstances = _circumstances()
        if circumstances[0] != reading.today.isoformat() or _newest() > latest:  # another day, or program, than it was
            return
        states = {str(path): _state(path) for path in _touching(reading, out)}
        if any(state is None or max(state[1:3]) > latest for state in states.values()):
            return
        states[str(Path.cwd() / "project.toml")] = _state(Path.cwd() / "project.toml")  # else the built-in one is meant
        states.update({str(path): _state(path) for path in (*(out / name for name in (*made, "manifest.json")), *more)})
        if any(hashlib.sha256(content_of(out / name)).hexdigest() != sum_ for name, sum_ in made.items()):
            return
        record = {
            "circumstances": circumstances,
            "places": {str(path): str(path.resolve()) for path in given},
            "states": states,
            "lines": said.lines,
            "warnings": said.warnings,
        }
        folder = _records()
        with open_folder(folder.parent.parent, folder.parent.name, folder.name, make=True) as records:
            records.write(_name(arguments), json.dumps(record).encode(), 0o600)  # warnings may quote cells
            ages = {name: found.st_mtime_ns for name in records.names() if (found := records.state(name)) is not None}
            for name in sorted(ages, key=ages.__getitem__)[:-_KEPT]:
                records.remove(name)


def _records() -> Path:
    from data.files.user_folders import cache_folder

    return cache_folder() / "standing"


def _name(arguments: Sequence[str]) -> str:
    said = json.dumps([str(Path.cwd()), *arguments])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32] + ".json"


def _state(path: Path) -> list[int] | None:
    """Size, times of the last change of its content and of anything, inode and device; None where there is nothing.

    The size of a folder is left out: it says nothing that the times do not.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return [0 if path.is_dir() else found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev]


def _is_elsewhere(declared: Mapping[str, Any]) -> bool:
    """Whether any table or source of a project.toml lies elsewhere, also one that a run with --only does not read."""
    sections: list[Mapping[str, Mapping[str, object]]] = [declared.get(kind, {}) for kind in ("tables", "sources")]
    return any({"url", "connection", "share"} & one.keys() for section in sections for one in section.values())


def _touching(reading: Reading, out: Path) -> set[Path]:
    """What a reading rests on: files, also those of stories that it only looked into, the folders that they lie in, and
    all folders and links of the project: where a file comes or goes, its folder changes."""
    from reports.runs.asked import story_files

    project = reading.project
    root, settings = project.root, project.settings
    found = {*(root / name for name in reading.inputs), *project.states, *project.own_files}
    found.update(path for planned in reading.outputs for path in planned.story.files)
    found.update(path for paths in project.files.values() for path in paths)
    found.update(file.path for file in project.brand.fonts.files)
    if len(reading.outputs) < len(settings.outputs):
        found.update(path for its in story_files(settings, project.file, root).values() for path in its.texts)
    found.update([beside for path in found for end in _BESIDE if (beside := _with_end(path, end)).exists()])
    found.update([folder for path in found for folder in path.parents if folder.is_relative_to(root)])
    return {root, *found, *_folders_and_links(root, out)}


def _with_end(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _folders_and_links(root: Path, out: Path) -> Set[Path]:
    """Of a project, without its history and without folders of documents; RuntimeError where they are too many."""
    found: set[Path] = set()
    waiting = [root]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                path = Path(entry.path)
                is_link = entry.is_symlink()
                if not (is_link or entry.is_dir()) or entry.name == ".git" or not path.exists():
                    continue
                if path.is_dir() and _is_for_documents(path.resolve(), out):
                    continue
                found.add(path)
                if not is_link:
                    waiting.append(path)
        if len(found) > _MOST:
            raise RuntimeError("too many folders to look at")
    return found


def _is_for_documents(folder: Path, out: Path) -> bool:
    """Whether a run writes into a folder: `out`, and others with a manifest of documents or with editions, which change
    at each run."""
    if (folder / ".fairsheet" / "store.json").is_file():
        return True
    manifest = folder / "manifest.json"
    if folder == out or not manifest.is_file():
        return folder == out
    with suppress(ValueError):
        said: object = json.loads(content_of(manifest))
        return isinstance(said, dict) and "fairsheet" in said
    return False


def _circumstances() -> list[object]:
    """What a run rests on besides its files: the day, variables, Fairsheet itself, Python and what is installed."""
    said = {name: variable(name) for name in _VARIABLES}  # no others: what they hold may be secret
    own = hashlib.sha256(repr(sorted(_own(HOME))).encode("utf-8", "surrogatepass"))
    installed = [[path, _state(Path(path))] for path in sys.path if path and Path(path) != HOME]
    return [time.strftime("%Y-%m-%d"), said, own.hexdigest(), sys.version, installed]


def _newest() -> int:
    """When a module of ours, or what is installed, was last touched."""
    times = [at for _, _, *changed in _own(HOME) for at in changed]
    installed = (_state(Path(path)) for path in sys.path if path and Path(path) != HOME)
    return max(*times, *(at for state in installed if state is not None for at in state[1:3]))


def _own(home: Path) -> Iterator[tuple[str, int, int, int]]:
    """Path, size and the times of the last changes of each module of ours; walked by handles of folders, in a third of
    the time."""
    waiting = [str(home / room) for room in _ROOMS]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                elif entry.name.endswith(".py"):
                    found = entry.stat()
                    yield entry.path, found.st_size, found.st_mtime_ns, found.st_ctime_ns
