"""Databases: asked by one query that can only read, with secrets that are never said."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from data.project import load_project
from data.sources.databases import sqlite
from data.sources.databases.connection import Connection
from tests.postgres_server import PASSWORD, Server, programs, running
from tests.reading import outage, read, refused

FOREVER = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT {} FROM r"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "jobs.db")) as database:
        database.executescript(
            "CREATE TABLE pay (job TEXT, salary REAL, year INTEGER, photo BLOB);"
            "INSERT INTO pay VALUES ('Engineer', 120000.0, 2024, x'00ff'), ('Analyst', 9000.5, NULL, NULL);"
        )
    return tmp_path


@pytest.mark.parametrize("settings", [{"file": "jobs.db"}, {"connection": "sqlite:///jobs.db"}])
def test_sqlite_is_asked_by_file_or_by_connection(settings: dict[str, str], folder: Path) -> None:
    grid = read(folder, **settings, query="SELECT job, salary, year FROM pay ORDER BY job DESC")
    assert grid.cells == (("job", "salary", "year"), ("Engineer", "120000", "2024"), ("Analyst", "9000.5", ""))
    assert str(grid.place(1, 0)).endswith("jobs.db:row 1")


def test_rows_in_no_order_are_sorted_so_that_a_build_can_be_repeated(folder: Path) -> None:
    grid = read(folder, file="jobs.db", query="SELECT salary, job FROM pay")
    assert [row[0] for row in grid.cells] == ["salary", "9000.5", "120000"]
    assert "LIMIT without ORDER BY" in refused(folder, file="jobs.db", query="SELECT * FROM pay LIMIT 1")


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM pay",
        "UPDATE pay SET salary = 1",
        "INSERT INTO pay (job) VALUES ('x') RETURNING job",
        "DROP TABLE pay",
        "CREATE TABLE x (y)",
        "SELECT 1; DELETE FROM pay",
        "ATTACH DATABASE 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
        "PRAGMA query_only = OFF",
        "PRAGMA user_version = 5",
        "BEGIN IMMEDIATE",
        "SELECT load_extension('evil')",
        "",
    ],
)
def test_sqlite_is_never_written_to(query: str, folder: Path) -> None:
    before = (folder / "jobs.db").read_bytes()
    said = refused(folder, file="jobs.db", query=query)
    assert "Ask with one SELECT" in said
    assert (folder / "jobs.db").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["jobs.db"]


def test_a_query_of_sqlite_that_is_wrong_says_what_is(folder: Path) -> None:
    assert "no such table: pya" in refused(folder, file="jobs.db", query="SELECT * FROM pya")
    assert "no such column: wage" in refused(folder, file="jobs.db", query="SELECT wage FROM pay")
    assert "column 'photo' holds" in refused(folder, file="jobs.db", query="SELECT photo FROM pay ORDER BY job DESC")
    assert "SELECT ..." in refused(folder, file="jobs.db")


def test_time_and_rows_of_a_query_are_bounded(folder: Path) -> None:
    said = refused(folder, file="jobs.db", query=FOREVER.format("MAX(x)"), read={"timeout": 0.5})
    assert "the query takes more than 0.5 seconds" in said
    assert "more than 500,000 rows" in refused(folder, file="jobs.db", query=FOREVER.format("x"))
    assert "too big" in refused(folder, file="jobs.db", query="SELECT hex(zeroblob(100000000))")


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "jobs.db").write_text("job,salary\n" * 100)
    assert "jobs.db: cannot be read as an SQLite database" in refused(tmp_path, file="jobs.db", query="SELECT 1")


def test_a_database_with_a_journal_is_read_in_a_folder_of_its_own(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "jobs.db")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("UPDATE pay SET salary = 5")
        database.commit()
        assert read(folder, file="jobs.db", query="SELECT salary FROM pay").cells[1] == ("5",)


def test_sqlite_files_stay_inside_the_project(folder: Path) -> None:
    inner = folder / "project"
    inner.mkdir()
    said = refused(inner, connection="sqlite:///../jobs.db", query="SELECT 1")
    assert "leaves the project folder" in said


def test_a_project_can_have_a_table_from_sqlite(folder: Path, small_project: Path) -> None:
    (folder / "jobs.db").rename(small_project / "tables/jobs.db")
    toml = small_project / "project.toml"
    query = 'file = "tables/jobs.db"\nquery = "SELECT job, salary FROM pay ORDER BY job"'
    toml.write_text(toml.read_text("utf-8").replace('file = "tables/pay.csv"', query), "utf-8")
    table = load_project(small_project).tables["pay"]
    assert table.query == "SELECT job, salary FROM pay ORDER BY job"
    assert [str(row["salary"].content) for row in table] == ["9000.5", "120000"]


# -- PostgreSQL ----------------------------------------------------------------------


@pytest.fixture(scope="session")
def server(tool: Callable[[str], str]) -> Generator[Server, None, None]:
    with running(programs(tool), tool("openssl")) as started:
        yield started


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERS_DB_PASSWORD", PASSWORD)


def hides(said: str) -> bool:
    """Whether no form of the password is in the text."""
    return not any(form in said for form in (PASSWORD, quote(PASSWORD), quote(PASSWORD, safe=""), "pa:ss", "w@rd"))


@pytest.mark.usefixtures("password")
def test_postgresql_gives_typed_values_as_plain_text(server: Server, tmp_path: Path) -> None:
    grid = read(
        tmp_path, connection=server.address, query="SELECT job, salary, share, since, active FROM pay ORDER BY job"
    )
    assert grid.cells == (
        ("job", "salary", "share", "since", "active"),
        ("Analyst", "110000.5", "", "", "FALSE"),
        ("Engineer", "120000", "0.35", "2020-01-02", "TRUE"),
    )
    assert grid.file == server.address
    assert read(tmp_path, connection=server.address, query="SELECT 5 % 3 AS rest").cells[1] == ("2",)
    assert "gives no columns" in refused(tmp_path, connection=server.address, query="SELECT FROM pay")
    assert hides(repr(grid))
    assert len(grid.checksum) == 64


@pytest.mark.usefixtures("password")
@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM pay",
        "INSERT INTO log VALUES ('x')",
        "WITH gone AS (DELETE FROM pay RETURNING job) SELECT * FROM gone",
        "SELECT nextval('counter')",
        "SELECT 1; DELETE FROM pay",
        "SELECT 1; COMMIT; DELETE FROM pay",
        "SELECT 1) ; ROLLBACK; SET default_transaction_read_only = off; DELETE FROM pay; --",
        "DROP TABLE pay",
        "CREATE TABLE x (y int)",
        "SELECT job INTO copy FROM pay",
        "SELECT * FROM pay FOR UPDATE",
        "COPY pay TO PROGRAM 'cat'",
        "SET transaction_read_only = off",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "CALL nothing()",
        "VACUUM pay",
    ],
)
def test_postgresql_is_never_written_to(query: str, server: Server, tmp_path: Path) -> None:
    state = (
        "SELECT count(*) FROM pay; SELECT count(*) FROM log; SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'S');"
    )
    state += "SELECT last_value FROM counter; SELECT count(*) FROM pg_largeobject_metadata;"
    before = server.psql(state)
    said = refused(tmp_path, connection=server.address, query=query)
    assert "project.toml:7" in said
    assert hides(said)
    assert server.psql(state) == before


@pytest.mark.usefixtures("password")
def test_what_a_function_writes_in_spite_of_that_is_rolled_back(server: Server, tmp_path: Path) -> None:
    state = "SELECT count(*) FROM pg_largeobject_metadata"
    before = server.psql(state)
    read(tmp_path, connection=server.address, query="SELECT lo_create(0) > 0 AS made")
    assert server.psql(state) == before


@pytest.mark.usefixtures("password")
def test_months_of_an_interval_of_postgresql_have_no_one_length(server: Server, tmp_path: Path) -> None:
    def one(wanted: str) -> dict[str, str]:
        return {"connection": server.address, "query": f"SELECT {wanted} AS x"}

    for wanted in ("age(date '2026-03-01', date '2025-01-15')", "interval '2 months'", "interval '-1 year'"):
        assert "months and years have no one length" in refused(tmp_path, **one(wanted))
    durations = {"interval '2 days 3:04:05'": "51:04:05", "interval '-90 minutes'": "-1:30:00",
                 "timestamp '2026-03-01 12:00' - timestamp '2026-01-27 00:00'": "804:00:00"}  # fmt: skip
    for wanted, text in durations.items():
        assert read(tmp_path, **one(wanted)).cells[1] == (text,)
    assert read(tmp_path, **one("date '2026-03-01' - date '2026-02-27'")).cells[1] == ("2",)


@pytest.mark.usefixtures("password")
def test_a_query_of_postgresql_that_is_wrong_says_what_is(server: Server, tmp_path: Path) -> None:
    def said(query: str) -> str:
        return refused(tmp_path, connection=server.address, query=query)

    assert 'relation "pya" does not exist' in said("SELECT * FROM pya")
    assert "whether it is still there" in said("SELECT * FROM pya")
    assert 'column "wage" does not exist' in said("SELECT wage FROM pay")
    assert "permission denied for table private" in said("SELECT * FROM private")
    assert "syntax error" in said("SELECT FROM FROM pay")
    assert "division by zero" in said("SELECT 1 / 0")
    assert "column 'tags' holds lists" in said("SELECT tags FROM pay")
    assert "more than 500,000 rows" in said("SELECT generate_series(1, 500001) AS n ORDER BY n")


def test_a_wrong_password_is_not_repeated(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERS_DB_PASSWORD", "wr0ng-secret")
    said = refused(tmp_path, connection=server.address, query="SELECT 1 AS one")
    assert "refuses the user or the password" in said
    assert "Check the environment variable CAREERS_DB_PASSWORD" in said
    assert "wr0ng" not in said
    monkeypatch.delenv("CAREERS_DB_PASSWORD")
    assert "CAREERS_DB_PASSWORD is not set" in refused(tmp_path, connection=server.address, query="SELECT 1 AS one")


def test_the_whole_connection_can_be_a_secret(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = server.address.replace("${CAREERS_DB_PASSWORD}", quote(PASSWORD, safe=""))
    monkeypatch.setenv("CAREERS_DB", whole)
    grid = read(tmp_path, connection="${CAREERS_DB}", query="SELECT job FROM pay")
    assert grid.file == "${CAREERS_DB}"
    said = refused(tmp_path, connection="${CAREERS_DB}", query="SELECT * FROM pya") + repr(grid)
    monkeypatch.setenv("CAREERS_DB", whole.replace("students", "stduents"))
    said += refused(tmp_path, connection="${CAREERS_DB}", query="SELECT 1 AS one")
    assert "there is no such database" in said
    assert hides(said)
    assert "127.0.0.1" not in said


@pytest.mark.usefixtures("password")
def test_a_slow_query_ends_in_time(server: Server, tmp_path: Path) -> None:
    started = time.perf_counter()
    said = outage(tmp_path, connection=server.address, query="SELECT pg_sleep(600)", read={"timeout": 0.6})
    assert "did not answer within 0.6 seconds" in said
    assert time.perf_counter() - started < 300  # half of what the server would take


@pytest.mark.usefixtures("password")
def test_a_server_whose_certificate_is_not_trusted_gets_no_password(server: Server, tmp_path: Path) -> None:
    said = outage(
        tmp_path, connection=f"{server.address}?sslmode=verify-full&sslrootcert=system", query="SELECT 1 AS one"
    )
    assert "certificate" in said
    assert read(tmp_path, connection=f"{server.address}?sslmode=require", query="SELECT 1 AS one").cells[1] == ("1",)
    assert "the parameter 'options' is not known" in refused(
        tmp_path, connection=f"{server.address}?options=-c%20x", query="SELECT 1 AS one"
    )


@pytest.mark.usefixtures("password")
def test_a_host_that_is_down_or_silent_is_an_outage(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        address = f"postgresql://careers:${{CAREERS_DB_PASSWORD}}@127.0.0.1:{port}/students"
        said = outage(tmp_path, connection=address, query="SELECT 1 AS one")
        silent.listen()
        started = time.perf_counter()
        said += outage(tmp_path, connection=address, query="SELECT 1 AS one", read={"timeout": 1})
        assert time.perf_counter() - started < 30  # half of the usual timeout
    said += outage(tmp_path, connection="postgresql://careers@nobody.invalid/x", query="SELECT 1 AS one")
    assert said.count("cannot be reached") == 3
    assert hides(said)


@pytest.mark.usefixtures("password")
def test_a_server_that_dies_in_the_middle_is_an_outage(server: Server, tmp_path: Path) -> None:
    def end() -> None:
        for _ in range(50):
            time.sleep(0.05)
            if server.psql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'fairsheet' AND query LIKE 'FETCH%' AND state = 'active'"
            ):
                return

    thread = threading.Thread(target=end)
    thread.start()
    said = outage(tmp_path, connection=server.address, query="SELECT pg_sleep(9)")
    thread.join()
    assert "cannot be reached" in said


@pytest.mark.usefixtures("password")
def test_a_project_can_have_a_table_from_postgresql(server: Server, small_project: Path) -> None:
    toml = small_project / "project.toml"
    origin = f'connection = "{server.address}"\nquery = "SELECT job, salary FROM pay"'
    toml.write_text(toml.read_text("utf-8").replace('file = "tables/pay.csv"', origin), "utf-8")
    project = load_project(small_project)
    table = project.tables["pay"]
    assert [str(row["salary"].content) for row in table] == ["110000.5", "120000"]
    assert table.file == server.address
    assert hides(repr(project))


def test_a_database_of_an_unknown_kind_is_named(tmp_path: Path) -> None:
    said = refused(tmp_path, connection="oracle://x/y", query="SELECT 1")
    assert "'oracle' is no database that can be asked" in said
    assert all(kind in said for kind in ("sqlite", "postgresql", "mysql", "mariadb"))


def test_a_database_in_the_middle_of_a_change_is_not_read(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "jobs.db", isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        settings = {"file": "jobs.db", "query": "SELECT salary FROM pay", "read": {"timeout": 0.2}}
        assert "cannot be reached: database is locked. Run again when" in outage(folder, **settings)


def test_a_database_whose_last_change_broke_off_is_not_read(folder: Path) -> None:
    breaks_off = (
        "import os, sqlite3\n"
        f"database = sqlite3.connect({str(folder / 'jobs.db')!r}, isolation_level=None)\n"
        "database.execute('PRAGMA cache_size = 1')\n"
        "database.execute('BEGIN')\n"
        "database.execute('UPDATE pay SET salary = 1')\n"
        "database.execute('CREATE TABLE big AS WITH RECURSIVE n(x) AS '\n"
        "                 '(SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 50000) SELECT x, hex(x) AS h FROM n')\n"
        "os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", breaks_off], check=False)
    assert (folder / "jobs.db-journal").stat().st_size > 0
    said = refused(folder, file="jobs.db", query="SELECT salary FROM pay", read={"timeout": 0.2})
    assert "jobs.db: has changes in a file beside it that cannot be read with it." in said


def test_numbers_that_are_alike_have_an_order_too(folder: Path) -> None:
    results: set[tuple[tuple[str, ...], ...]] = set()
    for values in (("1.0", "1", "01"), ("01", "1.0", "1"), ("1", "01", "1.0")):
        with closing(sqlite3.connect(folder / "alike.db")) as database:
            database.executescript("DROP TABLE IF EXISTS t; CREATE TABLE t (a TEXT)")
            database.executemany("INSERT INTO t VALUES (?)", [(value,) for value in values])
            database.commit()
        results.add(read(folder, file="alike.db", query="SELECT a FROM t").cells)
    assert results == {(("a",), ("01",), ("1",), ("1.0",))}


def test_changes_in_a_journal_that_cannot_be_read_are_not_passed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = sqlite._limited

    def in_a_folder_that_is_read_only(address: str, connection: Connection) -> sqlite3.Connection:
        if "immutable" not in address:
            raise sqlite3.OperationalError("unable to open database file")
        return opened(address, connection)

    monkeypatch.setattr(sqlite, "_limited", in_a_folder_that_is_read_only)
    settings = {"file": "jobs.db", "query": "SELECT salary FROM pay"}
    (folder / "jobs.db-wal").write_bytes(b"")
    assert len(read(folder, **settings).cells) == 3
    (folder / "jobs.db-wal").write_bytes(b"changes")
    assert "has changes in a file beside it" in refused(folder, **settings)


@pytest.mark.parametrize(
    ("scheme", "driver", "extra"),
    [
        ("postgresql", "psycopg", "postgres"),
        ("postgres", "psycopg", "postgres"),
        ("mysql", "pymysql", "mysql"),
        ("mariadb", "pymysql", "mysql"),
    ],
)
def test_a_driver_that_is_not_installed_is_named_with_what_brings_it(
    scheme: str, driver: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, driver, None)  # as Python has it for a module that is not to be found
    said = refused(tmp_path, connection=f"{scheme}://reader@127.0.0.1/careers", query="SELECT 1 AS one")
    assert said == (
        f"project.toml:7: a connection to {scheme} needs {driver}, which is not installed. "
        f'Install it: pip install "fairsheet[{extra}]"'
    )


def test_a_driver_that_does_not_run_here_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError('no libpq library found')\n")
    monkeypatch.delitem(sys.modules, "psycopg", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    said = refused(tmp_path, connection="postgresql://reader@127.0.0.1/careers", query="SELECT 1 AS one")
    assert "needs psycopg, which does not run here (no libpq library found)." in said
