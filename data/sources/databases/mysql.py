"""MariaDB, MySQL, and servers that speak their protocol."""

from __future__ import annotations

import re
import socket
import struct
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

from msgspec.structs import replace

from data.errors import Problem, SourceError, few
from data.network.line import LocalError, connected
from data.network.patience import within
from data.sources.databases.connection import Connection, deadline
from data.sources.databases.mysql_errors import (
    UNKNOWN_SETTING,
    ProtocolError,
    explained,
    is_down,
    not_connected,
    number,
    password_asked,
    words,
)
from data.sources.databases.mysql_query import refuse_writing
from data.sources.databases.mysql_tls import PasswordAskedError, encryption
from data.sources.grid import Grid
from data.sources.result import result_grid
from data.sources.sql import mysql_lexis

_PORT = 3306
_STUMBLES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
)
"""What the driver raises where the other side does not keep to the protocol, or asks for a file of this machine."""
_GROUP = 16_777_216
"""Bytes that GROUP_CONCAT may give; MySQL cuts at 1024 where nobody says otherwise."""
_OF_NO_WEIGHT = frozenset((1287, 1681))
"""Warnings that some word of a query will go out of use."""
_MIDNIGHT = re.compile(r" 00:00:00(?:\.0+)?$")


def read(connection: Connection) -> Grid:
    """The result of the query, read row by row in a transaction that cannot write.

    What the server warns of, such as a word that it took for 0, becomes a warning. Raises ProjectError where the query
    or the credentials are wrong, SourceError where the server is out of order.
    """
    import pymysql

    from data.sources.databases.mysql_session import Session, TooMuchError

    settings = _settings(connection)
    ends = time.monotonic() + connection.timeout
    line = _reached(connection)
    # A second handle on the line: the driver's own is another one as soon as TLS begins.
    with closing(line.dup()) as handle, deadline(max(0, ends - time.monotonic()), lambda: _hang_up(handle)) as late:
        explain = not_connected
        session = Session(defer_connect=True, **settings)
        try:
            with _protocol():
                session.connect(line)
            explain = explained
            return _answer(connection, session)
        except PasswordAskedError as error:
            raise password_asked(connection, str(error)) from None
        except TooMuchError as error:
            message = f"{connection.shown} {error}, and was cut off."
            raise SourceError(Problem(connection.query_place, message, "Check the host, or ask for less.")) from None
        except (pymysql.Error, ProtocolError) as error:
            if late.is_set():
                raise connection.late() from None
            raise explain(connection, error) from None
        finally:
            _let_go(session)


def _reached(connection: Connection) -> socket.socket:
    """A line to the server; finding the host counts as time, too."""
    host, port = connection.host_and_port(_PORT)
    try:
        return within(connection.timeout, lambda: connected(host, port, connection.permission, connection.timeout))
    except LocalError as error:
        raise connection.local(error) from None
    except TimeoutError:
        raise connection.late() from None
    except OSError as error:
        raise connection.down(OSError(error.strerror or error)) from None


def _hang_up(line: socket.socket) -> None:
    """Close a line whose server does not answer any more."""
    with suppress(OSError):  # the server was faster
        line.shutdown(socket.SHUT_RDWR)


def _settings(connection: Connection) -> dict[str, Any]:
    """What the driver is told."""
    from pymysql.constants import FIELD_TYPE
    from pymysql.converters import decoders

    user, password, database = connection.login
    host, _ = connection.host_and_port(_PORT)
    if not user:
        raise connection.wrong_address(
            f"{connection.shown} names no user.", 'Write "mysql://user:${PASSWORD}@host/database".'
        )
    readers: dict[int, Callable[[Any], object]] = {
        **decoders,
        FIELD_TYPE.BIT: _bits,
        FIELD_TYPE.DATETIME: _moment,
        FIELD_TYPE.TIMESTAMP: _moment,
    }
    for kind in (FIELD_TYPE.DATE, FIELD_TYPE.TIME, FIELD_TYPE.YEAR):
        del readers[kind]  # the server's own words say more: 0000-00-00, 09:30:00, -838:59:59
    return {
        "host": host,
        "user": user,
        "password": password.encode(),
        "database": database or None,
        "conv": readers,
        "autocommit": None,
        "local_infile": False,
        "program_name": "fairsheet",
        **encryption(connection),
    }


def _bits(value: bytes) -> int:
    return int.from_bytes(value, "big")


def _moment(text: str) -> object:
    """A date with its time; at midnight, also where there is no such day (0000-00-00), only the date."""
    from pymysql.converters import convert_datetime

    value = convert_datetime(text)
    return _MIDNIGHT.sub("", value) if isinstance(value, str) else value


def _answer(connection: Connection, session: Any) -> Grid:
    from pymysql.cursors import SSCursor

    with _protocol():
        lexis = _restrained(connection, session)
    refuse_writing(connection, lexis)
    with _protocol():
        cursor: Any = session.cursor(SSCursor)
        cursor.execute(connection.query)
        header = [str(column[0]) for column in cursor.description or ()]
    grid = result_grid(connection.shown, header, _rows(cursor), "row")
    with _protocol():
        warnings = _warnings(connection, session) if cursor.warning_count else ()
        session.rollback()
    return replace(grid, warnings=(*grid.warnings, *warnings))


def _restrained(connection: Connection, session: Any) -> re.Pattern[str]:
    """Keep a session from writing, and from working on when nobody waits; gives how it takes a query apart."""
    import pymysql

    seconds = connection.timeout + 1
    try:
        with session.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION READ ONLY")
            cursor.execute(f"SET SESSION group_concat_max_len = {_GROUP}")
            _limit(cursor, f"max_statement_time = {seconds:.3f}", f"max_execution_time = {seconds * 1000:.0f}")
            cursor.execute("SELECT @@SESSION.sql_mode")
            modes = str(cursor.fetchone()[0]).split(",")
            cursor.execute("START TRANSACTION READ ONLY")
    except pymysql.Error as error:
        if is_down(error):
            raise
        raise connection.wrong_address(
            f"{connection.shown} cannot be kept from writing: {connection.said(words(error))}.",
            "Only servers with transactions that cannot write are asked: MariaDB, and MySQL since 5.7.",
        ) from None
    return mysql_lexis(backslashes="NO_BACKSLASH_ESCAPES" not in modes, ansi_quotes="ANSI_QUOTES" in modes)


def _limit(cursor: Any, *settings: str) -> None:
    """Make the first of some settings that the server knows: MariaDB's and MySQL's are called differently."""
    import pymysql

    for setting in settings:
        try:
            cursor.execute(f"SET SESSION {setting}")
        except pymysql.Error as error:
            if number(error) != UNKNOWN_SETTING:
                raise
        else:
            return


def _rows(cursor: Any) -> Iterator[tuple[object, ...]]:
    with _protocol():
        while (row := cursor.fetchone()) is not None:
            yield row


def _warnings(connection: Connection, session: Any) -> list[Problem]:
    """What the server says about values that it had to make up or to leave out."""
    told = session.show_warnings()
    said = dict.fromkeys(str(text) for level, code, text in told if level != "Note" and code not in _OF_NO_WEIGHT)
    return few(
        [
            Problem(
                connection.query_place,
                f"{connection.shown} warns: {connection.said(Exception(text))}.",
                "It went on all the same, with 0, nothing or a part in its place: correct the query.",
                "warning",
            )
            for text in said
        ]
    )


def _let_go(session: Any) -> None:
    """End a session at once: the driver's own way would first read every row that is still to come."""
    if session._result is not None:
        session._result.unbuffered_active = False
    session.close()


@contextmanager
def _protocol() -> Generator[None, None, None]:
    """Tell answers over which the driver stumbles, each time in another way, from mistakes of ours."""
    try:
        yield
    except _STUMBLES as error:
        raise ProtocolError(str(error)) from None
