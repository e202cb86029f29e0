"""A project of the user's own, copied from a built-in one."""

from __future__ import annotations

import shutil
from pathlib import Path

from data.errors import OutputError, Place, Problem, ProjectError, nearest
from data.project import BUILT_IN, built_in_projects


def new(folder: Path, name: str) -> None:
    """Copy the built-in project `name` to `folder`, which must not exist or be empty.

    Raises ProjectError when it can't be the place for a new project.
    """
    if name not in built_in_projects():
        raise ProjectError(
            Problem(Place("--from"), f"there is no built-in project '{name}'.", nearest(name, built_in_projects()))
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectError(
            Problem(
                Place(str(folder)), "exists already and is not empty.", "Choose a new name: nothing is overwritten."
            )
        )
    try:
        shutil.copytree(BUILT_IN / name, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}.") from None
