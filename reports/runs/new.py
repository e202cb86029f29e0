"""A project of the user's own, copied from a built-in one."""

from __future__ import annotations

import errno
from pathlib import Path

from data.errors import OutputError, Place, ProjectError, nearest
from data.files.folder import Folder, open_folder, split_at_links
from data.files.world import content_of
from data.project_folder import BUILT_IN, built_in_projects

_EMPTY = BUILT_IN / "beginnings" / "empty"
"""The least that builds, without an example's words; it is no built-in project."""


def new(folder: Path, name: str | None) -> None:
    """Copy the built-in project `name`, the empty one for None, to `folder`, which must not exist or be empty.

    Raises ProjectError when it can't be the place for a new project.
    """
    if name is not None and name not in built_in_projects():
        raise ProjectError.at(
            Place("--from"), f"there is no built-in project '{name}'.", nearest(name, built_in_projects())
        )
    if _is_taken(folder):
        raise ProjectError.at(
            Place(str(folder)), "exists already and is not empty.", "Choose a new name: nothing is overwritten."
        )
    try:
        base, names = split_at_links(folder, [])
        with open_folder(base, *names, make=True) as made:
            _copy(_EMPTY if name is None else BUILT_IN / name, made)
    except OSError as error:
        raise _refusal(folder, error) from None


def _copy(source: Path, target: Folder) -> None:
    """Copy the files of a built-in project; what systems and editors leave in folders is none of them."""
    for path in sorted(source.iterdir()):
        if path.name.startswith(".") or path.name == "__pycache__":
            continue
        if path.is_dir():
            with target.inner(path.name, make=True) as inner:
                _copy(path, inner)
        else:
            target.write(path.name, content_of(path))


def _is_taken(folder: Path) -> bool:
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except (OSError, ValueError) as error:
        raise _refusal(folder, error) from None


def _refusal(folder: Path, error: OSError | ValueError) -> ProjectError | OutputError:
    """What to say of a folder that cannot be made: an outage for a full disk, else a mistake in its name or place."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        return OutputError(f"{folder}: cannot be written: {said}.")
    return ProjectError.at(Place(str(folder)), f"cannot be made: {said}.", "Choose another name or place.")
