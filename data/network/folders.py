"""Folders outside of a project, which it reads with the user's leave."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from data.errors import Place, ProjectError
from data.files.elsewhere import ElsewhereError, folder_named, where
from data.network.apart import apart
from data.network.leave import FOLDERS, Permission
from data.network.remembered import remember
from data.network.secrets import allow_command
from data.settings.project import ProjectSettings

_PATIENCE = 20.0
"""Seconds in which a folder has to say where it leads."""


def folders_of(settings: ProjectSettings) -> dict[str, str]:
    """The folders outside of it that a project names, and the sources that name them."""
    return {source.folder: name for name, source in settings.sources.items() if source.folder is not None}


def is_path(text: str) -> bool:
    """Whether a text can only be meant as a path.

    >>> is_path("//server/exports"), is_path("C:/exports"), is_path("host:db.example.edu")
    (True, True, False)
    """
    return text.startswith((".", "~")) or bool(set(text) & {"/", "\\"})


def folder_to_allow(declared: str) -> str:
    """A folder as `allow` takes it, behind its name on a command line."""
    return shlex.quote(declared if is_path(declared) and not declared.startswith("-") else f"folder:{declared}")


def not_allowed(declared: str, place: Place, permission: Permission, real: Path | None = None) -> ProjectError:
    """The error for a folder that the user did not allow, or that leads elsewhere than when she did (`real`)."""
    command = allow_command(folder_to_allow(declared), permission.root)
    if real is not None:
        message = f"the folder {declared} leads to {real} now, and elsewhere when you allowed it."
        return ProjectError.at(place, message, f"If it is right: {command}.")
    also = "" if os.pathsep in declared else f" (or set {FOLDERS}={declared})"
    message = f"the project asks for the folder {declared}, outside of it; you have not allowed that."
    return ProjectError.at(place, message, f"If it is right: {command}{also}.")


def leads_to(declared: str, root: Path, place: Place) -> Path:
    """Where a folder leads that the project in `root` names. ProjectError where nobody can tell now."""
    folder = folder_named(declared, root, place)
    try:
        return apart(_PATIENCE, lambda: where(folder))
    except ElsewhereError as error:
        raise ProjectError.at(place, f"the folder {declared} {error.what}.", error.remedy) from None
    except (TimeoutError, ChildProcessError):
        remedy = "Look whether the share is connected (mounted)."
        raise ProjectError.at(place, f"the folder {declared} does not answer.", remedy) from None


def allow_folder(declared: str, root: Path, place: Place) -> Path:
    """Remember that the project in `root` may read a folder that it names; gives where that leads.

    Raises ProjectError where the folder is not there now, OutputError where it cannot be written down.
    """
    real = leads_to(declared, root, place)
    if real.parent == real:
        raise ProjectError.at(place, f"{declared} is all of this machine.", "Name the folder that holds the files.")
    remember(root, {}, (), {declared: str(real)})
    return real
