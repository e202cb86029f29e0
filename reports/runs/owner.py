"""Whose documents a folder holds: two projects do not write into one without a word."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from data.errors import OutputError, Place, Problem, ProjectError
from data.files.folder import Folder, open_folder
from data.files.user_folders import cache_folder
from data.project_folder import BUILT_IN
from reports.runs.read import Reading


def taken_over(folder: Folder, manifest: Mapping[str, Any], reading: Reading, overwrite: bool) -> Problem | None:
    """What there is to tell where the folder's documents, which `manifest` names, are another project's; else None.

    Those of a built-in project are replaced: whoever wants them has them again at once. Raises ProjectError for those
    of any other, unless `overwrite` is set.
    """
    found = stranger(folder, manifest, reading)
    if found is None:
        return None
    if overwrite or (found.root is not None and found.root.parent == BUILT_IN):
        return Problem(
            Place(str(folder.path)),
            f"held the documents of another project, {found}.",
            "Give each project a folder of its own with --out.",
            severity="warning",
        )
    raise ProjectError.at(
        Place(str(folder.path)),
        f"holds the documents of another project, {found}.",
        "Choose another folder with --out, or take this one over with --overwrite: backups are kept.",
    )


class Stranger(Struct, frozen=True):
    """A project whose documents stand where those of another one are to go."""

    title: object
    root: Path | None
    """Its folder, where this machine knows it."""

    def __str__(self) -> str:
        return f"'{self.title}'" + (f" in {self.root}" if self.root is not None else "")


def stranger(folder: Folder, manifest: Mapping[str, Any], reading: Reading) -> Stranger | None:
    """The other project whose documents the folder holds, by their `manifest`; None where they are this one's."""
    if not manifest:
        return None
    project = reading.project
    recorded = owner_of(folder.path)
    if recorded is None:  # made on another machine, or long ago
        inputs = manifest.get("inputs")
        said = cast("dict[str, Any]", inputs).values() if isinstance(inputs, dict) else ()
        sums = {one for one in said if isinstance(one, str)}
        if manifest.get("title") == project.settings.title or sums & set(reading.inputs.values()):
            return None
    elif recorded == project.root or not (recorded / "project.toml").is_file():  # a project may be renamed
        return None
    return Stranger(manifest.get("title"), recorded)


def refuse_strangers(folder: Folder, root: Path) -> None:
    """ProjectError where this machine knows that the folder holds documents of another project."""
    recorded = owner_of(folder.path)
    if recorded is not None and recorded != root and (recorded / "project.toml").is_file():
        message = f"holds documents of another project, that in {recorded}."
        raise ProjectError.at(Place(str(folder.path)), message, "Choose another folder with --out.")


def record(folder: Folder, root: Path) -> None:
    """Remember on this machine which project's documents the folder holds. Without it, only manifests tell.

    A built-in project is remembered by its name: it is the same one in every checkout and installation.
    """
    with suppress(OSError, OutputError, ProjectError), _records(make=True) as records:
        said = {"built in": root.name} if root.parent == BUILT_IN else {"project": str(root)}
        records.write(_name(folder.path), json.dumps(said).encode())


def owner_of(folder: Path) -> Path | None:
    """The project whose documents a folder holds, as far as this machine remembers."""
    with suppress(OSError, OutputError, ProjectError, ValueError, KeyError, TypeError), _records() as records:
        said = json.loads(records.read(_name(folder)) or b"")
        return BUILT_IN / said["built in"] if "built in" in said else Path(said["project"])
    return None


def _records(make: bool = False) -> AbstractContextManager[Folder]:
    base = cache_folder()
    return open_folder(base.parent, base.name, "folders", make=make)


def _name(folder: Path) -> str:
    return hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32] + ".json"
