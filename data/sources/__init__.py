"""Where tables are read from, one kind of source a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from data.errors import Problem, ProjectError
from data.file_kinds import FILES
from data.sources.checksum import hold_checksum
from data.sources.grid import Grid
from data.sources.request import Request

SOURCES: dict[str, str] = {**FILES, "sql": "database", "query": "query"}
"""Kind of source (a file's ending, or what the settings name) → the module here whose `read` reads it.

Modules by name, because most runs need one of them: reading CSV takes no database driver.
"""


def read_source(request: Request) -> Grid:
    """The cells of a source of any kind; an address is downloaded first, and then read as the file it is.

    Raises ProjectError for a mistake in the project or in the data, SourceError where a server is out of order.
    """
    if request.kind == "https":
        from data.sources.web import fetched

        request, warnings, checksum = fetched(request, frozenset(FILES))
        grid = _read(request)
        return replace(grid, warnings=(*warnings, *grid.warnings), checksum=checksum)
    if request.path is not None:
        hold_checksum(request)
    return _read(request)


def _read(request: Request) -> Grid:
    if request.kind not in SOURCES:
        raise ProjectError(
            Problem(
                request.at("file"),
                f"'{request.needed_path.name}' is no kind of table that can be read.",
                f'Use one of: {", ".join(f".{kind}" for kind in FILES)}; or say what it is under read: format = "csv".',
            )
        )
    read: Callable[[Request], Grid] = import_module(f"data.sources.{SOURCES[request.kind]}").read
    return read(request)
