"""Files that are not the project's: copied for one run, and where one is not had, its last good copy stands in."""

from __future__ import annotations

from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from data.errors import OutputError, Problem, ProjectError, SourceError
from data.files.file_kinds import KINDS
from data.files.folder import is_full, open_folder
from data.network.copies import Copy, Download, Shelf
from data.sources.request import Request

SERVED: dict[str, str] = {served: kind.name for kind in KINDS for served in kind.served}
"""Content type → kind of file, where neither the settings nor the name say it."""


class Origin(Struct, frozen=True):
    """Where a file comes from: an address, or a folder elsewhere."""

    setting: str
    """What names it: url or file."""
    shown: str
    """It, as messages and documents name it."""
    shelf: Shelf
    path: str
    """Its name, with what stands before it."""
    key: str = ""
    """What tells apart the addresses that a setting with ${NAMES} stands for; costly to guess, for a secret may be in
    one. "" where there are no names."""

    @property
    def copy(self) -> Copy | None:
        """The last good copy of this very file."""
        copy = self.shelf.copy()
        return copy if copy is not None and copy.belongs_to(self.key) else None


def stands_in(
    request: Request, origin: Origin, copy: Copy | None, known: frozenset[str], why: list[Problem]
) -> Request:
    """The request with the last good copy, and a warning for each reason why it is needed.

    Raises SourceError where there is none.
    """
    if copy is None:
        first = why[0]
        message = f"{first.message.rstrip('.')}, and there is no copy of an earlier run."
        raise SourceError(replace(first, message=message))
    found = with_content(request, origin, copy, known, fresh=False)
    told = tuple(replace(p, severity="warning", remedy=f"The copy from {copy.day} stands in for it.") for p in why)
    return replace(found, warnings=told)


def in_its_place(
    request: Request, origin: Origin, copy: Copy | None, known: frozenset[str], error: SourceError
) -> Request:
    """The request with the last good copy after an outage, where the project says `keep_last_good`; else the outage,
    which says that there is a copy."""
    if copy is None:
        raise error
    if not request.options.keep_last_good:
        first = error.problems[0]
        remedy = f"{first.remedy} A copy from {copy.day} is there: keep_last_good = true under read would use it."
        raise SourceError(replace(first, remedy=remedy)) from None
    return stands_in(request, origin, copy, known, list(error.problems))


def last_good(request: Request, plain: Request, origin: Origin, known: frozenset[str], why: Problem) -> Request | None:
    """The request with the last good copy in place of a file that cannot be read; None where none may stand in.

    `plain` is the request before the file was fetched.
    """
    copy = request.download.earlier if request.download and request.options.keep_last_good else None
    if copy is None:
        return None
    message = f"what {request.file} gives now cannot be read as declared: {why.message}"
    return stands_in(plain, origin, copy, known, [Problem(request.at(origin.setting), message, "")])


def with_content(request: Request, origin: Origin, copy: Copy, known: frozenset[str], *, fresh: bool) -> Request:
    """The request with this content as its file; `fresh` where that is not the last good copy.

    Raises ProjectError for other content than `sha256` says, OutputError where there is no room for it.
    """
    settings, checksum = request.settings, copy.said["sha256"]
    if settings.sha256 is not None and settings.sha256 != checksum:
        raise ProjectError.at(
            request.at("sha256"),
            f"{origin.shown} has other content than this checksum says.",
            "If the change is right, write the new checksum (sha256sum FILE) or leave sha256 out.",
        )
    kind = kind_of(request, origin, copy, known)
    read, name = request.options.model_copy(update={"format": kind}), f"{checksum[:24]}.{kind}"
    try:
        with open_folder(request.needed_parts) as folder:
            folder.write(name, copy.content)
    except OSError as error:
        why = "the disk is full" if is_full(error) else error.strerror or str(error)
        raise OutputError(f"{request.needed_parts}: a download cannot be written: {why}.") from None
    path = request.needed_parts / name
    return replace(
        request,
        settings=settings.model_copy(update={"read": read}),
        path=path,
        name=origin.shown,
        download=Download(origin.shelf, path, copy.said, origin.key, fresh),
    )


def kind_of(request: Request, origin: Origin, copy: Copy, known: frozenset[str]) -> str:
    """The kind of file: declared, or as its name ends, or as the server says. ProjectError where nothing says it."""
    if request.options.format is not None:
        return request.options.format
    for name in (origin.path, copy.said.get("name", "")):
        ending = PurePosixPath(name).suffix.lower().removeprefix(".")
        if ending in known:
            return ending
    kind = SERVED.get(copy.said.get("type", ""))
    if kind is None:
        raise ProjectError.at(
            request.at(origin.setting),
            f"{origin.shown} does not say what kind of file it is ('{copy.said.get('type', '')}').",
            'Say it under read: format = "csv".',
        )
    return kind
