"""Results of SQL queries: SQLite files in the project, and database servers by their address; never written to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from data.errors import Problem, ProjectError
from data.sources import postgres, sqlite
from data.sources.connection import Connection
from data.sources.grid import Grid
from data.sources.request import Request
from data.sources.secrets import filled, refuse_written_secrets, shown
from data.sources.sql import ending, refuse_any_rows

DATABASES: dict[str, Callable[[Connection], Grid]] = {
    "sqlite": sqlite.read,
    "postgresql": postgres.read,
    "postgres": postgres.read,
}
"""Scheme of a connection → how such a database is asked."""


def read(request: Request) -> Grid:
    """The result of the query under a header of its columns' names.

    Without ORDER BY a database gives rows in any order: they are then sorted, so that a build can be repeated.
    Raises ProjectError for a query or connection that is wrong, SourceError for a server that is out of order.
    """
    settings = request.settings
    refuse_any_rows(settings.query or "", request.at("query"))
    if settings.connection is None:
        if settings.query is None:
            raise ProjectError(
                Problem(
                    request.place, f"{request.file} is a database.", 'Say what to take from it: query = "SELECT ...".'
                )
            )
        connection = Connection(request, filled("", request.place), request.file, settings.query)
        return _sorted(sqlite.read(connection), settings.query)
    place = request.at("connection")
    refuse_written_secrets(settings.connection, place)
    address = filled(settings.connection, place)
    scheme = urlsplit(address.text).scheme.partition("+")[0].lower()
    ask = DATABASES.get(scheme)
    if ask is None:
        raise ProjectError(
            Problem(
                place,
                f"'{scheme or shown(settings.connection)}' is no database that can be asked.",
                'Write "sqlite:///file.db" or "postgresql://user:${PASSWORD}@host/database".',
            )
        )
    query = settings.query or ""
    return _sorted(ask(Connection(request, address, address.shown, query)), query)


def _sorted(grid: Grid, query: str) -> Grid:
    if ending(query).ordered:
        return grid
    header, *rows = grid.cells
    return replace(grid, cells=(header, *sorted(rows, key=lambda row: [_rank(cell) for cell in row])))


def _rank(cell: str) -> tuple[int, Decimal, str]:
    """Numbers by their size, then words, then empty cells."""
    try:
        number = Decimal(cell)
    except InvalidOperation:
        return (1 if cell else 2, Decimal(0), cell)
    return (0, number, "") if number.is_finite() else (1, Decimal(0), cell)
