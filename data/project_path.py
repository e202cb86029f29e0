"""Paths that a project names: inside its folder, and nowhere else."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from data.errors import Place, Problem, ProjectError, nearest
from data.project_file import refusal, refuse_other


def inside(root: Path, name: str, place: Place) -> Path:
    """The file `name` of the project in `root`; links that lead out are followed and refused.

    Raises ProjectError when it lies outside the project's folder or does not exist, and
    for what is no file: a folder, a pipe, a socket, a device.
    """
    if "\0" in name:
        raise ProjectError(Problem(place, "the path holds a zero byte.", "Delete it."))
    try:
        found = (root / name).resolve()
        there = found.exists()
    except (OSError, ValueError, RuntimeError) as error:
        raise refusal(error, place, name) from None
    if not found.is_relative_to(root.resolve()):
        raise ProjectError(
            Problem(place, f"'{name}' leaves the project folder.", "Copy the file into the project and name it there.")
        )
    if there:
        refuse_other(found, place, name)
    elif (root / name).is_symlink():
        raise ProjectError(Problem(place, f"'{name}' is a link that leads nowhere.", "Put the file itself there."))
    else:
        siblings = list(islice((p.name for p in found.parent.iterdir()), 2_000)) if found.parent.is_dir() else []
        remedy = nearest(found.name, siblings) if siblings else "Check the folder's name."
        raise ProjectError(Problem(place, f"there is no file '{name}'.", remedy))
    return found
