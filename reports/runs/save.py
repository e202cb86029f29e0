"""Last step of a run: files appear whole or not at all, and what a person edited is left alone."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import OutputError, Place, Problem, ProjectError

MANIFEST = "manifest.json"
_PENDING = ".fairsheet-pending.json"


@dataclass(frozen=True, slots=True)
class Saved:
    """Where an output went."""

    name: str
    path: Path
    kept: Path | None = None
    """The file with human edits that stands in its place."""
    backup: Path | None = None
    """Where the replaced file with human edits went."""


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _known_checksums(folder: Path) -> set[str]:
    """What Fairsheet wrote into the folder: by its manifest, and by a run that was killed before it wrote one."""
    known: set[str] = set()
    for name in (MANIFEST, _PENDING):
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            said = json.loads((folder / name).read_text("utf-8"))
            known.update(entry["sha256"] for entry in said["outputs"].values())
    return known


def previous_outputs(folder: Path) -> dict[str, Any]:
    """The outputs of the manifest in the folder; none where there is no readable one."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return dict(json.loads((folder / MANIFEST).read_text("utf-8"))["outputs"])
    return {}


def _refuse_open(path: Path) -> None:
    """OutputError where an office program has left its mark that the file is open: saving there would undo ours."""
    for mark in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.exists() and path.with_name(mark).exists():
            raise OutputError(
                f"{path}: is open in another program. Close it there and run again; "
                f"if nobody has it open, delete {mark} beside it."
            )


def _free(path: Path, word: str, ours: Callable[[Path], bool]) -> Path:
    """`deck.new.pptx`, or `deck.new-2.pptx` where a file that is not ours has that name."""
    number = 1
    while True:
        tail = word if number == 1 else f"{word}-{number}"
        candidate = path.with_name(f"{path.stem}.{tail}{path.suffix}")
        if not candidate.exists() or ours(candidate):
            return candidate
        number += 1


def prepare(folder: Path) -> None:
    """Make the output folder; ProjectError when that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".fairsheet-probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _outage(error, folder) from None
        raise ProjectError(
            Problem(
                Place(str(folder)),
                f"cannot be written to: {error.strerror or error}.",
                "Choose another folder with --out.",
            )
        ) from None


def _write_beside(path: Path, content: bytes) -> Path:
    """The content in a temporary file next to its place, flushed to the disk."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return part


def _outage(error: OSError, path: Path) -> OutputError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(f"{path}: the disk is full. Free some space and run again; the earlier files are unchanged.")
    if isinstance(error, PermissionError):
        return OutputError(f"{path}: is open in another program or protected. Close it and run again.")
    return OutputError(f"{path}: cannot be written: {error.strerror or error}.")


def _outdated(folder: Path, saved: list[Saved], ours: Callable[[Path], bool]) -> list[Path]:
    """Files of ours that an earlier run wrote beside an edited one, and that stand beside nothing now."""
    done = [item.path for item in saved if item.kept is None]
    beside = [found for path in done for found in folder.glob(f"{path.stem}.new*{path.suffix}")]
    return [path for path in beside if ours(path)]


def save(
    folder: Path,
    files: dict[str, tuple[str, bytes]],
    manifest: Callable[[dict[str, str]], dict[str, Any]],
    overwrite: bool,
) -> list[Saved]:
    """Put files into the folder, and last of all the manifest.

    `files` maps an output's name to file name and content. `manifest` makes the manifest from the file names that
    were really used. A file that Fairsheet did not write is left alone and the new one written beside it; with
    `overwrite` it is replaced and a backup kept. Raises OutputError when the disk or another program is in the way;
    the earlier files are then as they were.
    """
    known = _known_checksums(folder)

    def ours(path: Path) -> bool:
        return _checksum(path) in known

    saved: list[Saved] = []
    parts: list[tuple[Path, Path]] = []
    current = folder
    try:
        for name, (file, content) in files.items():
            current = path = folder / file
            _refuse_open(path)
            edited = path.exists() and not ours(path) and path.read_bytes() != content
            if edited and not overwrite:
                target = _free(path, "new", ours)
                saved.append(Saved(name, target, kept=path))
            elif edited:
                backup = _free(path, "backup", lambda _: False)
                backup_part = _write_beside(backup, path.read_bytes())
                parts.append((backup_part, backup))
                target = path
                saved.append(Saved(name, path, backup=backup))
            else:
                target = path
                saved.append(Saved(name, path))
            parts.append((_write_beside(target, content), target))
        used = {item.name: item.path.name for item in saved}
        text = json.dumps(manifest(used), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        current = folder / MANIFEST
        parts.append((_write_beside(current, text.encode()), current))
        pending = _write_beside(folder / _PENDING, text.encode())
        pending.replace(folder / _PENDING)
        _switch(parts)
        (folder / _PENDING).unlink()
        for current in _outdated(folder, saved, ours):
            current.unlink()
    except BaseException as error:  # an interruption too leaves nothing half done
        for part, _ in parts:
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _outage(error, Path(error.filename2 or error.filename or current)) from None
        raise
    return saved


def _switch(parts: list[tuple[Path, Path]]) -> None:
    """Rename every file into its place; when one cannot be, those before it get their earlier content back."""
    done: list[tuple[Path, Path | None]] = []
    try:
        for part, target in parts:
            earlier = _second_name(target) if target.exists() else None
            done.append((target, earlier))
            part.replace(target)
    except BaseException:
        for target, earlier in reversed(done):
            if earlier is None:
                target.unlink(missing_ok=True)
            else:
                earlier.replace(target)
                earlier.unlink(missing_ok=True)  # renaming one name of a file to its other does nothing
        raise
    for _, earlier in done:
        if earlier is not None:
            earlier.unlink()


def _second_name(path: Path) -> Path:
    """A second name for a file, so that its content outlives the replacing of the first."""
    second = path.with_name(f".{path.name}.earlier")
    second.unlink(missing_ok=True)
    try:
        second.hardlink_to(path)
    except OSError:  # file systems without hard links
        shutil.copy2(path, second)
    return second
