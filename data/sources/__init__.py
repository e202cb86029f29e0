"""Where tables are read from, one kind of source a file."""

from __future__ import annotations

from collections.abc import Callable

from data.errors import Problem, ProjectError
from data.sources import delimited, workbook
from data.sources.grid import Grid
from data.sources.request import Request

SOURCES: dict[str, Callable[[Request], Grid]] = {
    "csv": delimited.read,
    "tsv": delimited.read,
    "txt": delimited.read,
    "xlsx": workbook.read,
    "xlsm": workbook.read,
    "xls": workbook.read,
    "ods": workbook.read,
}
"""Kind of source (a file's ending, or what the settings name) → how it is read."""


def read_source(request: Request) -> Grid:
    """The cells of a source of any kind.

    Raises ProjectError for a mistake in the project or in the data, SourceError where a server is out of order.
    """
    read = SOURCES.get(request.kind)
    if read is None:
        raise ProjectError(
            Problem(
                request.at("file"),
                f"'{request.needed_path.name}' is no kind of table that can be read.",
                f"Use one of: {', '.join(f'.{kind}' for kind in SOURCES)}; or say what it is under read: "
                'format = "csv".',
            )
        )
    return read(request)
