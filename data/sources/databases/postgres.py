"""PostgreSQL and servers that speak its protocol."""

from __future__ import annotations

import os
import socket
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from data.errors import Problem, ProjectError, SourceError
from data.network.line import LocalError, spots
from data.network.patience import within
from data.sources.databases.connection import Connection, deadline
from data.sources.databases.postgres_tls import encryption
from data.sources.grid import Grid
from data.sources.result import result_grid

if TYPE_CHECKING:
    from psycopg import Connection as Session
    from psycopg import Error
    from psycopg.abc import Buffer
    from psycopg.adapt import Loader

_PORT = 5432
_DOWN = (
    "starting up",
    "shutting down",
    "in recovery",
    "not yet accepting",
    "too many",
    "connection slots",
    "terminating",
)
"""What a server says that lets nobody in for the moment; a role can be in the same sentence."""


def read(connection: Connection) -> Grid:
    """The result of the query, read through a cursor in a transaction that cannot write.

    Raises ProjectError where the query or the credentials are wrong, SourceError where the server is out of order.
    """
    import psycopg
    from psycopg import errors

    session = _connected(connection)
    with closing(session), deadline(connection.timeout, lambda: _hang_up(session)) as late:
        try:
            session.read_only = True
            session.execute(b"SET LOCAL statement_timeout = %d" % (connection.timeout * 1000))
            session.execute("SET LOCAL intervalstyle = postgres")
            session.adapters.register_loader("interval", _interval_loader(connection))
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
            raise _explained(connection, error) from None


def _interval_loader(connection: Connection) -> type[Loader]:
    """What reads intervals: days and hours are durations, and years and months have no one length.

    psycopg makes 30 days of a month and 365 of a year: age() of two dates would be another number of days than there
    are between them.
    """
    from psycopg.adapt import Loader
    from psycopg.types.datetime import IntervalLoader

    class DurationLoader(Loader):
        """Refuses an interval with years or months."""

        def load(self, data: Buffer) -> object:
            text = bytes(data).decode()
            if "mon" in text or "year" in text:
                raise ProjectError.at(
                    connection.query_place,
                    f"the result has '{text}' in it, and months and years have no one length.",
                    "Ask for a number: date_1 - date_2 is days; EXTRACT(year FROM age(date_1, date_2)) is years.",
                )
            return IntervalLoader(0, self.connection).load(data)

    return DurationLoader


def _rows(cursor: Any) -> Iterator[tuple[object, ...]]:
    while rows := cursor.fetchmany(1000):
        yield from rows


def _hang_up(session: Session[Any]) -> None:
    """Close the line under a session whose server does not answer any more."""
    with socket.socket(fileno=os.dup(session.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def _connected(connection: Connection) -> Session[Any]:
    import psycopg

    host, port = connection.host_and_port(_PORT)
    user, password, database = connection.login
    if not user:
        raise connection.wrong_address(
            f"{connection.shown} names no user.", 'Write "postgresql://user:${PASSWORD}@host/database".'
        )
    encrypted = encryption(connection)
    try:
        found = within(connection.timeout, lambda: spots(host, port, connection.permission))
    except LocalError as error:
        raise connection.local(error) from None
    except TimeoutError:
        raise connection.late() from None
    except OSError as error:
        raise connection.down(OSError(error.strerror or error)) from None
    settings: dict[str, Any] = {
        # the address that was looked at; the host's name is what its certificate has to have
        "host": ",".join(host for _ in found),
        "hostaddr": ",".join(spot.address for spot in found),
        "port": port,
        "user": user,
        "password": password or None,
        "dbname": database or user,
        "connect_timeout": max(2, round(connection.timeout)),
        "application_name": "fairsheet",
        **encrypted,
    }
    try:
        with _nothing_of_its_own():
            return psycopg.connect(**settings)
    except psycopg.Error as error:
        raise _refused(connection, error) from None


@contextmanager
def _nothing_of_its_own() -> Generator[None, None, None]:
    """Keep the driver from what the environment would add to a connection: PGPASSWORD, PGSERVICE and their like are the
    user's, and not for every server that a project names."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PG")}
    try:
        yield
    finally:
        os.environ.update(kept)


def _refused(connection: Connection, error: Error) -> Exception:
    """Why no session began: the project's mistake, or the server's."""
    said = " ".join(str(error).lower().split())
    if "certificate" in said and "fatal:" not in said:  # what the driver says; a server's own words begin so
        return SourceError(
            Problem(
                connection.connection_place,
                f"{connection.shown} has a certificate that cannot be trusted: {connection.said(error)}.",
                "Check the host. An authority of your institution's own is named by sslrootcert=FILE behind the "
                "address, or by the environment variable SSL_CERT_FILE.",
            )
        )
    if "does not support ssl" in said:
        return connection.wrong_address(
            f"{connection.shown} does not encrypt: whoever is on the way could read along.",
            "Have TLS switched on at the server.",
        )
    if "authentication method requirement" in said:
        return connection.wrong_address(
            f"{connection.shown} wants to be told the password itself, and nobody has verified that it is yours.",
            "Say sslmode=verify-full behind the address.",
        )
    if any(words in said for words in _DOWN):
        return connection.down(error, "Run again later.")
    if "password" in said or "authentication" in said or "pg_hba" in said or "role" in said:
        return connection.refused()
    if "does not exist" in said:
        return connection.wrong_address(f"{connection.shown}: there is no such database.", "Check its name.")
    return connection.down(error)


def _explained(connection: Connection, error: Error) -> Exception:
    """What PostgreSQL says about a query."""
    from psycopg import errors

    match error:
        case errors.UndefinedTable():
            return connection.wrong_query(error, "Check the table's name and schema, and whether it is still there.")
        case errors.UndefinedColumn():
            return connection.wrong_query(error, "Check the column's name.")
        case errors.InsufficientPrivilege():
            return connection.wrong_query(error, "Ask whoever keeps the database for the right to read it.")
        case errors.SyntaxError() if "cannot insert multiple commands" in str(error):
            return connection.writes()
        case errors.SyntaxError() if "at or near" in str(error) and not _reads(connection.query):
            return connection.writes()
        case errors.OperationalError():
            return connection.down(error)
        case _:
            return connection.wrong_query(error)


def _reads(query: str) -> bool:
    return query.lstrip(" \t\r\n(").lower().startswith(("select", "with", "values", "table"))
