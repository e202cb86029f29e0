"""PostgreSQL and servers that speak its protocol."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from data.errors import Problem, ProjectError, nearest
from data.sources.columnar import first_line
from data.sources.connection import Connection, deadline
from data.sources.grid import Grid
from data.sources.result import result_grid
from data.sources.secrets import Filled

if TYPE_CHECKING:
    from psycopg import Connection as Session
    from psycopg import Error

_PARAMETERS = frozenset(
    ("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "application_name", "target_session_attrs", "gssencmode")
)
_PORT = 5432


def read(connection: Connection) -> Grid:
    """The result of the query, read through a cursor in a transaction that cannot write.

    Raises ProjectError where the query or the credentials are wrong, SourceError where the server is out of order.
    """
    import psycopg
    from psycopg import errors

    session, address = _connected(connection)
    with session, deadline(connection.timeout, lambda: _hang_up(session)) as late:
        try:
            session.read_only = True
            session.execute(b"SET LOCAL statement_timeout = %d" % (connection.timeout * 1000))
            with session.cursor(name="fairsheet") as cursor:
                # A cursor is declared as one prepared statement: a second statement behind a semicolon is refused.
                cursor.execute(connection.query.encode())
                header = [column.name for column in cursor.description or ()]
                grid = result_grid(connection.shown, header, _rows(cursor), "row")
            session.rollback()
            return grid
        except (errors.QueryCanceled, errors.LockNotAvailable):
            raise connection.late() from None
        except (errors.ReadOnlySqlTransaction, errors.InvalidCursorDefinition):
            raise connection.writes() from None
        except psycopg.Error as error:
            if late.is_set():
                raise connection.late() from None
            raise _explained(connection, address, error) from None


def _rows(cursor: Any) -> Iterator[tuple[object, ...]]:
    while rows := cursor.fetchmany(1000):
        yield from rows


def _hang_up(session: Session[Any]) -> None:
    """Close the line under a session whose server does not answer any more."""
    with socket.socket(fileno=os.dup(session.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def _connected(connection: Connection) -> tuple[Session[Any], Filled]:
    import psycopg

    address = connection.address
    parts = urlsplit(address.text)
    parameters = dict(parse_qsl(parts.query))
    unknown = sorted(set(parameters) - _PARAMETERS)
    if unknown:
        raise ProjectError(
            Problem(
                connection.connection_place,
                f"the parameter '{unknown[0]}' is not known.",
                nearest(unknown[0], sorted(_PARAMETERS)),
            )
        )
    password = unquote(parts.password or "")
    if password:
        address = Filled(address.text, address.shown, (*address.secrets, password), address.names)
    try:
        session = psycopg.connect(
            host=parts.hostname or None,
            port=parts.port or _PORT,
            user=unquote(parts.username or "") or None,
            password=password or None,
            dbname=unquote(parts.path.removeprefix("/")) or None,
            connect_timeout=max(2, round(connection.timeout)),
            **{"application_name": "fairsheet", **parameters},  # pyright: ignore[reportArgumentType]  # libpq's words
        )
    except psycopg.Error as error:
        raise _refused(connection, address, error) from None
    return session, address


def _refused(connection: Connection, address: Filled, error: Error) -> Exception:
    """Why no session began: the project's mistake, or the server's."""
    said = address.masked(first_line(error))
    lower = said.lower()
    if "password" in lower or "authentication" in lower or "pg_hba" in lower or "role" in lower:
        return ProjectError(
            Problem(
                connection.connection_place, f"{connection.shown} refuses the user or the password.", address.remedy
            )
        )
    if "does not exist" in lower:
        return ProjectError(
            Problem(connection.connection_place, f"{connection.shown}: there is no such database.", "Check its name.")
        )
    return connection.down(type(error)(said))


def _explained(connection: Connection, address: Filled, error: Error) -> Exception:
    """What PostgreSQL says about a query."""
    from psycopg import errors

    said = type(error)(address.masked(first_line(error)))
    match error:
        case errors.UndefinedTable():
            return connection.wrong_query(said, "Check the table's name and schema, and whether it is still there.")
        case errors.UndefinedColumn():
            return connection.wrong_query(said, "Check the column's name.")
        case errors.InsufficientPrivilege():
            return connection.wrong_query(said, "Ask whoever keeps the database for the right to read it.")
        case errors.SyntaxError() if "cannot insert multiple commands" in str(error):
            return connection.writes()
        case errors.SyntaxError() if "at or near" in str(error) and not _reads(connection.query):
            return connection.writes()
        case errors.OperationalError():
            return connection.down(said)
        case _:
            return connection.wrong_query(said)


def _reads(query: str) -> bool:
    return query.lstrip(" \t\r\n(").lower().startswith(("select", "with", "values", "table"))
