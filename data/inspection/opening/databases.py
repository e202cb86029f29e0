"""Opens databases: what tables they have, and what is in one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from data.errors import Place, ProjectError
from data.inspection.opening.file import File
from data.inspection.opening.opened import Opened, Read, SourcePart, request
from data.inspection.words.setting import ProposedSetting
from data.network.leave import Leave
from data.network.secrets import shown as masked
from data.sources import read_source
from data.sources.grid import ROWS, Grid

_SAMPLE = 20_000
_SQLITE_TABLES = (
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name"
)
_SERVER_TABLES = (
    "SELECT CASE WHEN table_schema = current_schema() THEN table_name ELSE table_schema || '.' || table_name END "
    "FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') "
    "ORDER BY table_schema, table_name"
)

_MYSQL_TABLES = (
    "SELECT CASE WHEN table_schema = database() THEN table_name ELSE concat(table_schema, '.', table_name) END "
    "FROM information_schema.tables WHERE table_schema = database() OR (database() IS NULL AND table_schema NOT IN "
    "('information_schema', 'mysql', 'performance_schema', 'sys')) ORDER BY table_schema, table_name"
)
_MYSQL = ("mysql", "mariadb")

Ask = Callable[[str], Grid]


def is_connection(target: str) -> bool:
    """Whether a target names a database server, or a database by its address."""
    return _scheme(target) in ("sqlite", "postgresql", "postgres", *_MYSQL, "mssql", "oracle")


def _scheme(target: str) -> str:
    return target.partition(":")[0].partition("+")[0].lower() if ":" in target else ""


def opened(file: File) -> Opened:
    """The tables of an SQLite file. Raises ProjectError for one that was downloaded: no table is read of those."""
    if file.local is None:
        raise ProjectError.at(Place(file.shown), f"is {file.kind.called}.", "Download it, and look at the file.")

    def ask(query: str) -> Grid:
        return read_source(request(file.path.parent, file.shown, {"file": file.path.name, "query": query}, file.path))

    return _database(ask, file.shown, file.stem, dict(file.origin), _SQLITE_TABLES, file.path)


def open_connection(target: str, root: Path, leave: Leave) -> Opened:
    """The tables of a database that is named by its address; SQLite files lie in `root`.

    Raises ProjectError where address, user or password are wrong, SourceError for a server that is out of order.
    """
    shown = masked(target)
    scheme = _scheme(target)

    def ask(query: str) -> Grid:
        return read_source(request(root, "the connection", {"connection": target, "query": query}, leave=leave))

    tables = _SQLITE_TABLES if scheme == "sqlite" else _MYSQL_TABLES if scheme in _MYSQL else _SERVER_TABLES
    name = Path(urlsplit(target).path).stem or "database"
    return _database(ask, shown, name, {"connection": ProposedSetting(target, "")}, tables, None)


def _database(
    ask: Ask, shown: str, name: str, origin: dict[str, ProposedSetting], tables: str, path: Path | None
) -> Opened:
    names = [row[0] for row in ask(tables).cells[1:]]
    if not names:
        raise ProjectError.at(Place(shown), "has no tables that can be read.", "Check the database and its rights.")
    mark = quotation_mark(origin)

    def read(part: str) -> Read:
        source = ".".join(_quoted(word, mark) for word in part.split(".")) if "." in part else _quoted(part, mark)
        rows = int(ask(f"SELECT count(*) FROM {source} ORDER BY 1").cells[1][0])
        query = f"SELECT * FROM {source} ORDER BY 1"
        setting = {"query": ProposedSetting(query, f"{rows:,} rows.")}
        if rows <= ROWS:
            return Read(ask(query), {}, setting)
        said = (
            f"Only the first {_SAMPLE:,} of {rows:,} rows were looked at. A table has {ROWS:,} rows at most: "
            "let the query sum them up, with GROUP BY."
        )
        return Read(ask(f"{query} LIMIT {_SAMPLE}"), {}, setting, said)

    return Opened(name, origin, tuple(SourcePart(name) for name in names), read, path=path)


def quotation_mark(origin: Mapping[str, ProposedSetting]) -> str:
    """What stands around names in SQL; MariaDB and MySQL take what is between double quotes for text."""
    connection = origin.get("connection")
    return "`" if connection is not None and _scheme(str(connection.value)) in _MYSQL else '"'


def quoted(name: str, mark: str) -> str:
    """A name between quotation marks, as SQL writes it."""
    return mark + name.replace(mark, mark * 2) + mark


def _quoted(name: str, mark: str) -> str:
    """A table's name as SQL writes it, in quotes where it needs them."""
    return name if name.isidentifier() and name == name.lower() and mark == '"' else quoted(name, mark)
