"""Paths that a project names: inside its folder, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from data.errors import Place, Problem, ProjectError, nearest


def inside(root: Path, name: str, place: Place) -> Path:
    """The file `name` of the project in `root`; links that lead out are followed and refused.

    Raises ProjectError when it lies outside the project's folder or does not exist.
    """
    if "\0" in name:
        raise ProjectError(Problem(place, "the path holds a zero byte.", "Delete it."))
    found = (root / name).resolve()
    if not found.is_relative_to(root.resolve()):
        raise ProjectError(
            Problem(place, f"'{name}' leaves the project folder.", "Copy the file into the project and name it there.")
        )
    if not found.is_file():
        siblings = [p.name for p in found.parent.iterdir()] if found.parent.is_dir() else []
        remedy = nearest(found.name, siblings) if siblings else "Check the folder's name."
        raise ProjectError(Problem(place, f"there is no file '{name}'.", remedy))
    return found
