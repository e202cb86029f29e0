"""Paths that a project names: inside its folder, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

from data.errors import Place, Problem, ProjectError, nearest

_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
"""What a path of Windows between double quotes holds without a word: "tables\new.csv" has a line break."""


def refuse_foreign(name: str, place: Place) -> None:
    """ProjectError for a path as Windows writes it, which is none on other computers, or none at all in TOML."""
    if found := next((escape for sign, escape in _ESCAPES.items() if sign in name), None):
        message = f"the path holds the control character that {found} stands for between double quotes."
        raise ProjectError(Problem(place, message, "Write forward slashes, such as tables/openings.csv."))
    if drive := re.match(r"[A-Za-z]:[\\/]|\\\\", name):
        message = f"'{name}' begins with '{drive[0]}', a place on one computer."
        raise ProjectError(Problem(place, message, "Copy the file into the project and name it from there."))
    if "\\" in name:
        better = name.replace("\\", "/")
        raise ProjectError(Problem(place, f"'{name}' has backslashes.", f"Write it with forward slashes: '{better}'."))


def _resolved(path: Path, name: str, place: Place) -> Path:
    try:
        found = path.resolve()
        found.is_file()
    except (OSError, ValueError, RuntimeError) as error:  # too long, a circle of links, half a character
        said = error.strerror if isinstance(error, OSError) and error.strerror else "no file can be called so"
        shown = name if len(name) <= 60 else f"{name[:59]}…"
        raise ProjectError(Problem(place, f"'{shown}' cannot be opened: {said}.", "Correct the path.")) from None
    return found


def inside(root: Path, name: str, place: Place) -> Path:
    """The file `name` of the project in `root`; links that lead out are followed and refused.

    Raises ProjectError when it lies outside the project's folder or does not exist.
    """
    if "\0" in name:
        raise ProjectError(Problem(place, "the path holds a zero byte.", "Delete it."))
    refuse_foreign(name, place)
    found = _resolved(root / name, name, place)
    if not found.is_relative_to(root.resolve()):
        raise ProjectError(
            Problem(place, f"'{name}' leaves the project folder.", "Copy the file into the project and name it there.")
        )
    if found.is_dir():
        raise ProjectError(Problem(place, f"'{name}' is a folder.", "Name a file in it."))
    if not found.is_file():
        siblings = [p.name for p in found.parent.iterdir()] if found.parent.is_dir() else []
        remedy = nearest(found.name, siblings) if siblings else "Check the folder's name."
        raise ProjectError(Problem(place, f"there is no file '{name}'.", remedy))
    return found
