"""Where tables are read from: one kind of source a file, in the room of its like."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from msgspec.structs import replace

from data.errors import Problem, ProjectError
from data.files.file_kinds import FILES
from data.network.unsaid import unsaid
from data.sources.checksum import hold_checksum
from data.sources.grid import Grid
from data.sources.request import Request

SOURCES: dict[str, str] = {**FILES, "sql": "databases.database", "query": "queries.query"}
"""Kind of source (a file's ending, or what the settings name) → the module here whose `read` reads it.

Modules by name, because most runs need one of them: reading CSV takes no database driver.
"""


ELSEWHERE: dict[str, str] = {"https": "web", "share": "share", "sql": "databases.changed"}
"""Kind of source that is not the project's → the module here whose `fetched` gives a request with a copy of its file,
of which `origin_of` says where it is, or of the result where `changed` is asked."""


def fetch(request: Request) -> Request:
    """The request with everything downloaded that it needs: its own file, or the sources that its query names.

    Raises ProjectError where an address is wrong or was not allowed, SourceError where a server is out of order.
    """
    with unsaid((request.settings, *request.sources.values()), request.permission).kept():
        if request.kind in ELSEWHERE and (request.kind != "sql" or request.settings.changed is not None):
            elsewhere: Callable[[Request, frozenset[str]], Request] = _elsewhere(request).fetched
            return elsewhere(request, frozenset(FILES))
        if request.kind == "query" and any(source.is_elsewhere for source in request.sources.values()):
            from data.sources.queries.scan import fetched_sources

            return replace(request, fetched=fetched_sources(request))
        return request


def with_last_good(request: Request, why: Problem) -> Request | None:
    """A request that was fetched and cannot be read, with last good copies in place of what was downloaded.

    None where there are none that may stand in.
    """
    from data.sources.queries.scan import SCANS

    if request.download is not None:
        return _earlier(request, frozenset(FILES), why)
    known = frozenset(SCANS)
    earlier = {name: _earlier(one, known, why) for name, one in request.fetched.items() if one.download is not None}
    found = {name: one for name, one in earlier.items() if one is not None}
    return replace(request, fetched={**request.fetched, **found}) if found else None


def _earlier(request: Request, known: frozenset[str], why: Problem) -> Request | None:
    from data.sources.last_good import last_good

    plain = replace(request, path=None, download=None)
    return last_good(request, plain, _elsewhere(plain).origin_of(plain), known, why)


def _elsewhere(request: Request) -> ModuleType:
    """The module that fetches a file which is not the project's."""
    return import_module(f"data.sources.{ELSEWHERE[request.kind]}")


def read_source(request: Request) -> Grid:
    """The cells of a source of any kind; an address is downloaded first, and then read as the file it is.

    Raises ProjectError for a mistake in the project or in the data, SourceError where a server is out of order.
    """
    if not request.downloads:
        request = fetch(request)
    secret = unsaid((request.settings, *request.sources.values()), request.permission)
    with secret.kept():
        if request.download is None and request.path is not None:
            hold_checksum(request)
        grid = request.answered.grid if request.answered is not None else _read(request)
    if request.download is not None:
        told = (*request.warnings, *grid.warnings)
        return replace(grid, warnings=secret.problems(told), checksum=request.download.said["sha256"])
    return replace(grid, warnings=secret.problems(grid.warnings))


def _read(request: Request) -> Grid:
    if request.kind not in SOURCES:
        raise ProjectError.at(
            request.at("file"),
            f"'{request.needed_path.name}' is no kind of table that can be read.",
            f'Use one of: {", ".join(f".{kind}" for kind in FILES)}; or say what it is under read: format = "csv".',
        )
    read: Callable[[Request], Grid] = import_module(f"data.sources.{SOURCES[request.kind]}").read
    return read(request)
