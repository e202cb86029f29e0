"""What MariaDB's and MySQL's errors mean for the project.

Numbers: https://mariadb.com/kb/en/mariadb-error-codes/, https://dev.mysql.com/doc/mysql-errors/8.4/en/.
"""

from __future__ import annotations

import ssl

from data.errors import Problem, SourceError
from data.sources.databases.connection import Connection
from data.sources.databases.mysql_tls import PARAMETERS

READ_ONLY = 1792
UNKNOWN_SETTING = 1193
_REFUSED = frozenset((1045, 1251, 1698))
_NOT_LET_IN = frozenset((1130, 1820, 1862, 3118, 4151))
"""A host that may not come, a password that has expired, an account that is locked."""
_NO_DATABASE = frozenset((1044, 1049))
_NO_TLS, _NEEDS_TLS, _NO_PLUGIN = 2026, 3159, 2059
_LATE = frozenset((1205, 1969, 3024))
"""Waited too long for a lock, or ran too long."""
_DOWN = frozenset((1040, 1053, 1129, 1152, 1158, 1159, 1160, 1161, 1184, 1203, 1226, 1317, 1927))
"""Too many users or queries, a server that stops, a line that broke, a query that its keeper ended."""
_NO_TABLE = frozenset((1049, 1051, 1109, 1146))
_NO_COLUMN = frozenset((1054, 1247))
_NO_RIGHT = frozenset((1044, 1142, 1143, 1227, 1370))
_NO_DATABASE_NAMED = 1046


class ProtocolError(Exception):
    """What came is no MySQL protocol."""


def number(error: Exception) -> int:
    """The number of a server's or the driver's error; 0 where it has none."""
    return error.args[0] if error.args and isinstance(error.args[0], int) else 0


def words(error: Exception) -> Exception:
    """A server's or the driver's error without its number."""
    return Exception(error.args[1] if number(error) and len(error.args) > 1 else str(error))


def is_down(error: Exception) -> bool:
    """Whether an error means that the server, or the line to it, is out of order: also one that the driver tells."""
    code = number(error)
    return code < 1000 or 2000 <= code < 3000 or code in _DOWN


def not_connected(connection: Connection, error: Exception) -> Exception:
    """Why no session began: the project's mistake, or the server's."""
    code, cause = number(error), error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return SourceError(
            Problem(
                connection.connection_place,
                f"{connection.shown} has a certificate that cannot be trusted: "
                f"{connection.said(Exception(cause.verify_message))}.",
                "Check the host. An authority of your institution's own is named by ssl-ca=FILE behind the address, or "
                "by the environment variable SSL_CERT_FILE.",
            )
        )
    if isinstance(cause, OSError):
        return connection.down(OSError(cause.strerror or cause))
    if code in _REFUSED:
        plain = connection.parameters(PARAMETERS).get("ssl-mode", "").upper() == "DISABLED"
        return connection.refused("Or the server wants to encrypt: leave ssl-mode=DISABLED out." if plain else "")
    said = connection.said(words(error))
    if code in _NOT_LET_IN:
        return connection.wrong_address(
            f"{connection.shown} does not let the user in: {said}.", "Ask whoever keeps the database."
        )
    if code in _NO_DATABASE:
        return connection.wrong_address(
            f"{connection.shown}: there is no such database, or the user has no right to it.",
            "Check its name, and the user's rights.",
        )
    if code == _NO_TLS:
        return connection.wrong_address(
            f"{connection.shown} does not encrypt: whoever is on the way could read along.",
            "Have TLS switched on at the server.",
        )
    if code == _NEEDS_TLS:
        return connection.wrong_address(f"{connection.shown} wants to encrypt.", "Say ssl-mode=REQUIRED.")
    if code == _NO_PLUGIN or "pynacl" in said:
        return connection.wrong_address(
            f"{connection.shown} wants a way of signing in that is not known here: {said}.",
            "Ask whoever keeps the database for a user with a plain password; for ed25519, install PyNaCl.",
        )
    return explained(connection, error)


def password_asked(connection: Connection, mode: str) -> Exception:
    """The error for a server that wants to be told the password itself, and not only proof of it."""
    return connection.wrong_address(
        f"{connection.shown} wants to be told the password itself, and others could hear it.",
        f"Say ssl-mode={mode} behind the address, and have TLS switched on at the server.",
    )


def explained(connection: Connection, error: Exception) -> Exception:
    """What a server says about a query."""
    code, said = number(error), words(error)
    if not code:
        return connection.down(
            Exception("what answers does not keep to MySQL's protocol"), "Check the host and its port."
        )
    if code == READ_ONLY:
        return connection.writes()
    if code in _LATE:
        return connection.late()
    if is_down(error):
        return connection.down(said)
    if code in _NO_TABLE:
        return connection.wrong_query(said, "Check the table's name and database, and whether it is still there.")
    if code in _NO_COLUMN:
        return connection.wrong_query(said, "Check the column's name.")
    if code in _NO_RIGHT:
        return connection.wrong_query(said, "Ask whoever keeps the database for the right to read it.")
    if code == _NO_DATABASE_NAMED:
        return connection.wrong_query(said, "Name the database in the connection, behind the host.")
    return connection.wrong_query(said)
