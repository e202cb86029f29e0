"""Results of SQL queries: SQLite files in the project, and database servers by their address; never written to."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from importlib import import_module
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, SourceError
from data.network.secrets import Filled, filled, refuse_written_secrets, shown
from data.program import INSTALLED
from data.sources.databases.connection import Connection
from data.sources.grid import Grid
from data.sources.request import Request
from data.sources.sql import MYSQL, STANDARD, ending, refuse_any_rows


class Database(NamedTuple):
    """A kind of database."""

    module: str
    """The one here whose `read` asks it, by name: nobody needs all drivers."""
    lexis: re.Pattern[str] = STANDARD
    """How it takes a query apart."""
    driver: str = ""
    """The module that asks it, where that is not installed with every Fairsheet."""
    extra: str = ""
    """What is installed to have the driver: fairsheet[extra]."""


_POSTGRES = Database("postgres", driver="psycopg", extra="postgres")
_MYSQL = Database("mysql", MYSQL, driver="pymysql", extra="mysql")
DATABASES: dict[str, Database] = {
    "sqlite": Database("sqlite"),
    "postgresql": _POSTGRES,
    "postgres": _POSTGRES,
    "mysql": _MYSQL,
    "mariadb": _MYSQL,
}
"""Scheme of a connection → how such a database is asked."""


def read(request: Request, setting: str = "query") -> Grid:
    """The result of the query under a header of its columns' names; `setting` says which one: query or changed.

    Without ORDER BY a database gives rows in any order: they are then sorted, so that a build can be repeated.
    Raises ProjectError for a query or connection that is wrong, SourceError for a server that is out of order.
    """
    settings = request.settings
    if settings.connection is None:
        if settings.query is None:
            raise ProjectError.at(
                request.place, f"{request.file} is a database.", 'Say what to take from it: query = "SELECT ...".'
            )
        connection = Connection(request, Filled("", request.file), request.file, settings.query)
        return _answer(DATABASES["sqlite"], connection)
    place, address = request.at("connection"), address_of(request)
    scheme, database = _database(settings.connection, address, place)
    if database.module != "sqlite" and request.leave.offline:
        message = f"{address.shown} was not asked (--offline), and of a database no copy is kept."
        raise SourceError(Problem(place, message, "Run again without --offline."))
    _refuse_without_driver(scheme, database, place)
    query = str(getattr(settings, setting) or "")
    return _answer(database, Connection(request, address, address.shown, query, setting))


def address_of(request: Request) -> Filled:
    """Where a connection leads. ProjectError where it holds a secret, or one that the user did not allow."""
    connection, place = str(request.settings.connection), request.at("connection")
    refuse_written_secrets(connection, place)
    return filled(connection, place, request.permission)


def _database(connection: str, address: Filled, place: Place) -> tuple[str, Database]:
    """The scheme of an address, and how such a database is asked."""
    scheme = urlsplit(address.text).scheme.partition("+")[0].lower()
    database = DATABASES.get(scheme)
    if database is None:
        written = scheme if connection.lower().startswith(scheme) else ""
        raise ProjectError.at(
            place,
            f"'{written or shown(connection)}' is no database that can be asked.",
            'Write "sqlite:///file.db", "postgresql://user:${PASSWORD}@host/database", or the like with mysql or '
            "mariadb.",
        )
    return scheme, database


def _refuse_without_driver(scheme: str, database: Database, place: Place) -> None:
    """ProjectError where the driver is not installed, or does not run here."""
    try:
        if database.driver:
            import_module(database.driver)
    except ImportError as error:
        absent = isinstance(error, ModuleNotFoundError) and error.name == database.driver
        why = "which is not installed" if absent else f"which does not run here ({error})"
        message = f"a connection to {scheme} needs {database.driver}, {why}."
        raise ProjectError.at(place, message, f'Install it: pip install "{INSTALLED}[{database.extra}]"') from None


def _answer(database: Database, connection: Connection) -> Grid:
    refuse_any_rows(connection.query, connection.query_place, database.lexis)
    grid: Grid = import_module(f"data.sources.databases.{database.module}").read(connection)
    if ending(connection.query, database.lexis).ordered:
        return grid
    header, *rows = grid.cells
    return replace(grid, cells=(header, *sorted(rows, key=lambda row: [_rank(cell) for cell in row])))


def _rank(cell: str) -> tuple[int, Decimal, str]:
    """Numbers by their size, alike ones ("1", "1.0") as they are written, then words, then empty cells."""
    try:
        number = Decimal(cell)
    except InvalidOperation:
        return (1 if cell else 2, Decimal(0), cell)
    return (0, number, cell) if number.is_finite() else (1, Decimal(0), cell)
