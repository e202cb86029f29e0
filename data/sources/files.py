"""The files of one shape that one declaration names, a request for each."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from data.errors import Place, ProjectError, relative
from data.files.project_path import inside, refuse_foreign
from data.settings.project import TableSettings
from data.sources.request import Request

_MOST = 1_000
"""Files that one declaration finds."""
_MARKS = "*?["
"""Signs that stand for others in a pattern."""
_OPEN = ("~$", ".~lock.")
"""How the notes begin that office programs keep beside a file while it is open."""


def requests(request: Request) -> tuple[Request, ...]:
    """The request itself; or, where its table names several files, a request for each of them, in their order.

    The files that a pattern finds come in the order of their names. Raises ProjectError where it finds none, and for
    files outside the project.
    """
    settings = request.settings
    if not isinstance(settings, TableSettings) or not settings.files:
        return (request,)
    place = request.at("files")
    found: dict[Path, Request] = {}
    elsewhere: dict[str, Request] = {}
    for one in settings.several:
        said = {name: getattr(one.read, name) for name in one.read.model_fields_set}
        read = settings.read.model_copy(update=said)
        if settings.share is not None:
            _refuse_pattern(one.file, place)
            its = settings.model_copy(update={"read": read, "file": one.file})
            elsewhere.setdefault(one.file, replace(request, settings=its))
            continue
        for path in _matching(request.root, one.file, place):
            of_file = replace(request, path=path, settings=settings.model_copy(update={"read": read}))
            found.setdefault(path, of_file)
    return (*found.values(), *elsewhere.values())


def _refuse_pattern(file: str, place: Place) -> None:
    """ProjectError for a pattern of files elsewhere: which ones it finds could change while a share comes and goes."""
    if any(mark in file for mark in _MARKS):
        raise ProjectError.at(
            place, f"'{file}' is a pattern, and the files of a share are named.", "Name each of them."
        )


def _matching(root: Path, pattern: str, place: Place) -> list[Path]:
    """The files of the project that `pattern` names; * and ? stand for anything in a name, ** for any folders."""
    if not any(mark in pattern for mark in _MARKS):
        return [inside(root, pattern, place)]
    refuse_foreign(pattern, place)
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        raise ProjectError.at(place, f"'{pattern}' leaves the project folder.", "Copy the files into the project.")
    if pattern.count("**") > 1:
        raise ProjectError.at(place, f"'{pattern}' has ** more than once.", "Write it once.")
    try:
        found = list(
            islice(
                (path for path in root.glob(pattern) if path.is_file() and not path.name.startswith(_OPEN)), _MOST + 1
            )
        )
    except (OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ProjectError.at(
            place, f"'{pattern}' finds no files: {error}.", "Correct the pattern, or name the files."
        ) from None
    if len(found) > _MOST:
        raise ProjectError.at(
            place, f"'{pattern}' finds more than {_MOST:,} files.", "Put the files that are meant into a folder."
        )
    names = sorted(relative(path, root) for path in found)
    odd = next((name for name in names if not name.isprintable()), None)
    if odd is not None:
        raise ProjectError.at(
            place, f"the file name {odd!a} holds what cannot be printed.", "Give the file another name."
        )
    if not names:
        raise ProjectError.at(place, f"there is no file '{pattern}'.", "Check the folder and the pattern.")
    return [inside(root, name, place) for name in names]
