"""SQLite databases, which are files of the project."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError
from data.files.project_path import inside
from data.files.world import opened
from data.sources.columnar import first_line
from data.sources.databases.connection import Connection, deadline
from data.sources.grid import Grid
from data.sources.queries.ties import chosen_by_chance
from data.sources.result import result_grid
from data.sources.sql import fully_ordered

_ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
_CHANGES = ("-wal", "-journal")
"""How the files end that hold changes of a database which are not in it yet."""
_CELL = 10_000_000
"""Bytes of the longest text."""
_LONGEST = 60.0
"""Seconds that a query over a file may take, whatever its timeout says: the work is done on this machine."""
_MEMORY = 700_000_000
"""Bytes that SQLite may take in this process."""


def read(connection: Connection) -> Grid:
    """The result of the query; ProjectError where it is wrong, writes or takes too much, SourceError where it waits."""
    path = _path(connection)
    connection = connection.within(_LONGEST)
    with _opened(path, connection) as database, deadline(connection.timeout, database.interrupt) as late:
        try:
            cursor = database.execute(connection.query)
            if cursor.description is None:
                raise connection.writes()
            header = [str(column[0]) for column in cursor.description]
            grid = result_grid(connection.shown, header, _rows(cursor), "row")
            return replace(grid, warnings=(*grid.warnings, *_chosen_by_chance(database, connection, len(header))))
        except sqlite3.Warning:
            raise connection.writes() from None
        except UnicodeDecodeError as error:
            raise _damaged(connection, error) from None
        except MemoryError:
            raise _too_much(connection, f"takes more than {_MEMORY // 1_000_000} MB of memory") from None
        except sqlite3.DatabaseError as error:
            said = str(error).lower()
            if late.is_set():
                raise _too_much(connection, f"takes more than {connection.timeout:g} seconds") from None
            if "authoriz" in said or "readonly" in said or "prohibited" in said or "one statement" in said:
                raise connection.writes() from None
            if "not a database" in said or "malformed" in said or "disk image" in said or "disk i/o" in said:
                raise _damaged(connection, error) from None
            if "locked" in said:
                raise connection.down(error) from None
            raise connection.wrong_query(error) from None


def _chosen_by_chance(database: sqlite3.Connection, connection: Connection, columns: int) -> tuple[Problem, ...]:
    """A warning where LIMIT parts rows that ORDER BY leaves in one place: another order of those gives others."""
    rising, falling = (fully_ordered(connection.query, columns, falling=falling) for falling in (False, True))
    if not rising:
        return ()
    first, last = (database.execute(query).fetchall() for query in (rising, falling))
    return chosen_by_chance(first, last, connection.query_place)


def _too_much(connection: Connection, said: str) -> ProjectError:
    return ProjectError.at(
        connection.query_place, f"the query {said}.", "Ask for less: join on fields that tell rows apart."
    )


def _rows(cursor: sqlite3.Cursor) -> Iterator[tuple[object, ...]]:
    while rows := cursor.fetchmany(1000):
        yield from rows


def _path(connection: Connection) -> Path:
    if connection.request.path is not None:
        return connection.request.path
    name = unquote(urlsplit(connection.address.text).path.removeprefix("/"))
    if not name:
        raise ProjectError.at(connection.connection_place, "names no file.", 'Write "sqlite:///folder/file.db".')
    return inside(connection.request.root, name, connection.connection_place)


@contextmanager
def _opened(path: Path, connection: Connection) -> Generator[sqlite3.Connection, None, None]:
    """A database that can only be read: by how it is opened, by its own setting, and by what it lets a query do.

    SQLite would put files beside one that keeps its changes apart (WAL); so it is told that nobody writes, where no
    changes lie there. Where some do, it works on a copy.
    """
    path = path.resolve()
    beside = [end for end in _CHANGES if _has_content(path.with_name(path.name + end))]
    with ExitStack() as open_ones:
        address = f"{path.as_uri()}?mode=ro"
        if beside == ["-wal"]:
            folder = open_ones.enter_context(TemporaryDirectory(prefix="fairsheet-", ignore_cleanup_errors=True))
            address = _copied(path, Path(folder), connection).as_uri()
        try:
            try:
                database = _limited(
                    f"{address}&immutable=1" if not beside and _keeps_apart(path) else address, connection
                )
            except sqlite3.OperationalError as error:
                if "locked" in str(error).lower():
                    raise connection.down(error, "Run again when whatever writes it has finished.") from None
                if beside:
                    raise _unfinished(connection) from None
                database = _limited(f"{address}&immutable=1", connection)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise _damaged(connection, error) from None
        yield open_ones.enter_context(closing(database))


def _keeps_apart(path: Path) -> bool:
    """Whether the file says that its changes are in a file of their own; https://www.sqlite.org/fileformat2.html."""
    try:
        with opened(path) as stream:
            return stream.read(20)[18:20] == b"\2\2"
    except OSError:
        return False  # SQLite says what is wrong with it


def _copied(path: Path, folder: Path, connection: Connection) -> Path:
    """A copy of a database with its changes, both of one moment."""
    files = [path, path.with_name(f"{path.name}-wal")]
    try:
        before = [(one.stat().st_mtime_ns, one.stat().st_size) for one in files]
        for one in files:
            copyfile(one, folder / one.name)
        same = before == [(one.stat().st_mtime_ns, one.stat().st_size) for one in files]
    except OSError:
        raise _unfinished(connection) from None
    if not same:
        error = Exception("it was written to meanwhile")
        raise connection.down(error, "Run again when whatever writes it has finished.")
    return folder / path.name


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _unfinished(connection: Connection) -> ProjectError:
    return ProjectError.at(
        Place(connection.shown),
        "has changes in a file beside it that cannot be read with it.",
        "Open the database once in its program, or copy it with its files to where they can be written.",
    )


def _limited(address: str, connection: Connection) -> sqlite3.Connection:
    database = sqlite3.connect(address, uri=True, timeout=min(connection.timeout, 5), check_same_thread=False)
    database.execute("PRAGMA query_only = ON")
    database.execute("PRAGMA temp_store = MEMORY")  # a sort fills no disk, and its memory is counted
    database.execute(f"PRAGMA hard_heap_limit = {_MEMORY}")
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("SELECT 1 FROM sqlite_master").fetchone()
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _CELL)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    database.set_authorizer(_allow)
    return database


def _allow(action: int, _: str | None, name: str | None, __: str | None, ___: str | None) -> int:
    """SQLite asks this for everything that a query would do."""
    loads = action == sqlite3.SQLITE_FUNCTION and name == "load_extension"
    return sqlite3.SQLITE_OK if action in _ALLOWED and not loads else sqlite3.SQLITE_DENY


def _damaged(connection: Connection, error: Exception) -> ProjectError:
    return ProjectError.at(
        Place(connection.shown),
        f"cannot be read as an SQLite database: {first_line(error)}.",
        "Check that the file is complete and is a database.",
    )
