"""Which folder is the project that is meant, and where those are that come with Fairsheet."""

from __future__ import annotations

from pathlib import Path

from data.errors import Place, ProjectError
from data.files.project_file import refusal

BUILT_IN = Path(__file__).resolve().parent
"""Where the built-in projects are."""
DEFAULT_PROJECT = BUILT_IN / "machine-learning-engineer"


def built_in_projects() -> list[str]:
    """Names of the projects that come with Fairsheet."""
    return sorted(p.parent.name for p in BUILT_IN.glob("*/project.toml"))


def find_project(folder: Path | None) -> Path:
    """The folder to build: the one given, else the working directory if it is a project, else the built-in one."""
    if folder is None:
        return Path.cwd() if _holds_project(Path()) else DEFAULT_PROJECT
    try:
        folder.stat()
    except (OSError, ValueError) as error:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            raise refusal(error, Place(str(folder)[:80]), str(folder)) from None
    if folder.name == "project.toml" and _is_there(folder) and folder.is_file():
        folder = folder.parent
    if _holds_project(folder):
        return folder
    place, make = Place(str(folder)), "or make one: new DIR."
    if not _is_there(folder):
        raise ProjectError.at(place, "is no folder.", f"Name a folder that holds a project.toml, {make}")
    if not folder.is_dir():
        remedy = f"Name the folder that holds the project.toml, such as: {folder.parent}"
        raise ProjectError.at(place, "is a file, and no folder.", remedy)
    if (folder / "project.toml").is_dir():
        raise ProjectError.at(place, "has a folder in the place of its project.toml.", "Put a file of this name there.")
    raise ProjectError.at(place, "holds no project.toml.", f"Name a project's folder, {make}")


def _holds_project(folder: Path) -> bool:
    return _is_there(folder / "project.toml") and (folder / "project.toml").is_file()


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return False
    return True
