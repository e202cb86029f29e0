"""Files in folders outside of the project: read where they lie, with the user's leave, and copied as downloads are."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

from data.errors import Place, Problem, ProjectError, SourceError, nearest
from data.files.elsewhere import AbsentError, ElsewhereError, folder_named, taken, where
from data.network.apart import apart
from data.network.copies import Copy, Shelf, moment
from data.network.disguise import other_kind
from data.network.folders import not_allowed
from data.sources.last_good import Origin, in_its_place, kind_of, stands_in, with_content
from data.sources.request import Request


def fetched(request: Request, known: frozenset[str]) -> Request:
    """The request with a copy of its file, and with what there is to tell of it as `warnings`.

    `known` are the kinds of files that can be read. Raises ProjectError where the user did not allow the folder or the
    name leaves it; SourceError where the folder is not there or does not answer, or the file is being written, and
    `keep_last_good` is not set.
    """
    declared, origin = _folder(request), origin_of(request)
    place, options = request.at("file"), request.options
    folder = folder_named(declared, request.root, _place(request))
    if not request.permission.may_open(declared):
        raise not_allowed(declared, _place(request), request.permission)
    copy = origin.copy
    if request.leave.offline:
        message = f"{origin.shown} was not looked at (--offline)."
        return stands_in(
            request, origin, copy, known, [Problem(place, message, "Run once without --offline, to have one.")]
        )
    try:
        # Who asks for a file on a share that is gone may wait for hours: only another clock ends that.
        content = apart(options.timeout, partial(_content, request, declared, folder))
        found = Copy(content, {"sha256": hashlib.sha256(content).hexdigest(), "taken": moment()})
        odd = other_kind(content, kind_of(request, origin, found, known)) if content else None
        if not content or odd is not None:
            what, remedy = (odd.what, "Run again when whatever writes it has finished.") if odd else ("", "")
            raise ElsewhereError(f"is {what or 'empty'}", remedy or "Run again later.")
        return with_content(request, origin, found, known, fresh=copy is None or copy.content != content)
    except AbsentError as error:
        if copy is None:  # then the name is wrong, as far as anybody knows
            raise ProjectError.at(place, f"{origin.shown} {error.what}.", error.remedy) from None
        outage = SourceError(Problem(place, f"{origin.shown} {error.what}.", "Run again later."))
    except ElsewhereError as error:
        outage = SourceError(Problem(place, f"{origin.shown} {error.what}.", error.remedy))
    except TimeoutError:
        message = f"{origin.shown} was not had within {options.timeout:g} seconds."
        remedy = "Look whether the share is connected, or allow more under read: timeout = 300."
        outage = SourceError(Problem(place, message, remedy))
    except ChildProcessError as error:
        outage = SourceError(Problem(place, f"{origin.shown} was not had: {error}.", "Run again (was memory short?)."))
    return in_its_place(request, origin, copy, known, outage)


def origin_of(request: Request) -> Origin:
    """Where the file comes from."""
    name = str(request.settings.file)
    shelf = Shelf(request.root, f"{_folder(request)}\n{name}")
    return Origin("file", f"{request.settings.share}:{name}", shelf, name)


def _folder(request: Request) -> str:
    """The folder as the project names it; ProjectError where no source says which."""
    share = str(request.settings.share)
    source = request.sources.get(share)
    if source is None:
        folders = [name for name, one in request.sources.items() if one.folder is not None]
        remedy = (
            nearest(share, folders) if folders else f'Say where it is: [sources.{share}] folder = "//server/exports".'
        )
        raise ProjectError.at(request.at("share"), f"there is no source '{share}'.", remedy)
    if source.folder is None:
        raise ProjectError.at(request.at("share"), f"the source '{share}' is no folder.", "Name one that is.")
    return source.folder


def _place(request: Request) -> Place:
    share = str(request.settings.share)
    return request.toml.place("sources", share, "folder") if request.toml else request.place


def _content(request: Request, declared: str, folder: Path) -> bytes:
    real = where(folder)
    if not request.permission.may_read(declared, real):
        raise not_allowed(declared, _place(request), request.permission, real)
    if real.is_relative_to(request.root.resolve()):
        raise ProjectError.at(_place(request), f"'{declared}' is in the project.", "Name its files without share.")
    return taken(real, str(request.settings.file), request.options.megabytes * 1_000_000, request.at("file"))
