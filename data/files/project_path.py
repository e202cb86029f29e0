"""Paths that a project names: inside its folder, and nowhere else."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from data.errors import Place, ProjectError, nearest
from data.files.project_file import refusal, refuse_other

_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
"""What a path of Windows between double quotes holds without a word: "tables\new.csv" has a line break."""


_COPY = "Copy the file into the project and name it there."


def refuse_foreign(name: str, place: Place, outside: str = _COPY) -> None:
    """ProjectError for a path as Windows writes it, which is none on other computers, or none at all in TOML.

    `outside` is what to do about one that leads out of the project.
    """
    if found := next((escape for sign, escape in _ESCAPES.items() if sign in name), None):
        message = f"the path holds the control character that {found} stands for between double quotes."
        raise ProjectError.at(place, message, "Write forward slashes, such as tables/openings.csv.")
    if drive := re.match(r"[A-Za-z]:[\\/]|\\\\", name):
        message = f"'{name}' begins with '{drive[0]}', a place on one computer."
        raise ProjectError.at(place, message, outside)
    if "\\" in name:
        better = name.replace("\\", "/")
        raise ProjectError.at(place, f"'{name}' has backslashes.", f"Write it with forward slashes: '{better}'.")


def inside(root: Path, name: str, place: Place, outside: str = _COPY) -> Path:
    """The file `name` of the project in `root`; links that lead out are followed and refused, with `outside` as what to
    do about that.

    Raises ProjectError when it lies outside the project's folder or does not exist, and
    for what is no file: a folder, a pipe, a socket, a device.
    """
    if "\0" in name:
        raise ProjectError.at(place, "the path holds a zero byte.", "Delete it.")
    refuse_foreign(name, place, outside)
    try:
        found = (root / name).resolve()
        there = found.exists()
    except (OSError, ValueError, RuntimeError) as error:
        raise refusal(error, place, name) from None
    if not found.is_relative_to(root.resolve()):
        raise ProjectError.at(place, f"'{name}' leaves the project folder.", outside)
    if there:
        refuse_other(found, place, name)
    elif (root / name).is_symlink():
        raise ProjectError.at(place, f"'{name}' is a link that leads nowhere.", "Put the file itself there.")
    else:
        siblings = list(islice((p.name for p in found.parent.iterdir()), 2_000)) if found.parent.is_dir() else []
        remedy = nearest(found.name, siblings) if siblings else "Check the folder's name."
        raise ProjectError.at(place, f"there is no file '{name}'.", remedy)
    return found
