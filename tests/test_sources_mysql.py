"""MariaDB and MySQL: asked by one query that can only read, over a line on which no password is told."""

from __future__ import annotations

import json
import random
import shutil
import signal
import socket
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from typer.testing import CliRunner

from data.project import load_project
from data.sources.sql import MYSQL, ending, mysql_lexis, tokens
from generate import app
from tests.mysql_fake import JSON, NATIVE, NUMBER, SHA2, TEXT, Talk, talking
from tests.mysql_server import DATABASE, PASSWORD, USER, Server, running
from tests.reading import outage, read, refused
from tests.test_sources_fuzz import TIMES, attempt

# What fails in a destructor of the driver's, and a line that nobody closes, are only warnings to Python.
pytestmark = pytest.mark.filterwarnings("error::ResourceWarning", "error::pytest.PytestUnraisableExceptionWarning")
ONE = "SELECT 1 AS one"


@pytest.fixture(scope="module")
def server(tool: Callable[[str], str]) -> Generator[Server, None, None]:
    with running(tool) as started:
        yield started


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERS_DB_PASSWORD", PASSWORD)


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def hides(said: str) -> bool:
    """Whether no form of the password is in the text."""
    forms = (PASSWORD, quote(PASSWORD), quote(PASSWORD, safe=""), quote_plus(PASSWORD), "pa:ss", "w@rd", "pa%3A")
    return not any(form in said for form in forms)


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something comes true, however busy the machine is: within a minute."""
    return any(holds() or time.sleep(0.1) for _ in range(600))


# -- values --------------------------------------------------------------------------


def test_values_come_as_plain_text(server: Server, tmp_path: Path) -> None:
    query = "SELECT job, salary, share, since, active FROM pay ORDER BY job DESC"
    grid = read(tmp_path, connection=server.address(), query=query)
    assert grid.cells == (
        ("job", "salary", "share", "since", "active"),
        ("Engineer", "120000", "0.35", "2020-01-02", "1"),
        ("Analyst", "110000.5", "", "", "0"),
    )
    assert grid.file == server.address()
    assert str(grid.place(1, 0)).endswith("/students:row 1")
    assert len(grid.checksum) == 64
    assert hides(repr(grid))


@pytest.mark.parametrize("scheme", ["mariadb", "mysql+pymysql", "MySQL"])
def test_the_scheme_has_several_names(scheme: str, server: Server, tmp_path: Path) -> None:
    address = server.address().replace("mysql", scheme)
    assert read(tmp_path, connection=address, query=ONE).cells == (("one",), ("1",))


KINDS = {
    "dec_small decimal(12, 4)": ("-12.5000", "-12.5"),
    "dec_large decimal(40, 2)": ("12345678901234567890123456789012345678.25",) * 2,
    "a_float float": ("0.35", "0.35"),
    "a_double double": ("0.1", "0.1"),
    "large_double double": ("1e300", "1" + "0" * 300),
    "a_bool boolean": ("1", "1"),
    "tiny tinyint": ("-128", "-128"),
    "big bigint unsigned": ("18446744073709551615",) * 2,
    "bits bit(10)": ("5", "5"),
    "a_date date": ("'2024-02-29'", "2024-02-29"),
    "zero_date date": ("'0000-00-00'", "0000-00-00"),
    "part_date date": ("'2024-00-00'", "2024-00-00"),
    "moment datetime": ("'2024-02-29 13:05:09'", "2024-02-29T13:05:09"),
    "fine datetime(3)": ("'2024-02-29 13:05:09.125'", "2024-02-29T13:05:09.125000"),
    "midnight datetime": ("'2024-02-29 00:00:00'", "2024-02-29"),
    "zero_moment datetime(2)": ("'0000-00-00'", "0000-00-00"),
    "stamp timestamp NULL": ("'2024-02-29 13:05:09'", "2024-02-29T13:05:09"),
    "clock time": ("'09:30:00'", "09:30:00"),
    "fine_clock time(1)": ("'-838:59:58.5'", "-838:59:58.5"),
    "a_year year": ("2024", "2024"),
    "no_year year": ("0", "0000"),
    "kind enum('low', 'hoch ü')": ("'hoch ü'", "hoch ü"),
    "several set('a', 'b', 'c')": ("'c,a'", "a,c"),
    "words text": ("'Grüße 🎓 学生\\r\\nzwei'", "Grüße 🎓 学生\nzwei"),
    "western varchar(20) CHARACTER SET latin1": ("'Grüße €'", "Grüße €"),
    "wide varchar(20) CHARACTER SET ucs2": ("'学生'", "学生"),
    "parts json": ("'{\"a\": [1, 2]}'", '{"a": [1, 2]}'),
    "code char(36)": ("'007'", "007"),
    "who uuid": ("'123e4567-e89b-12d3-a456-426655440000'", "123e4567-e89b-12d3-a456-426655440000"),
    "net inet6": ("'::1'", "::1"),
    "nothing int": ("NULL", ""),
    "empty_word varchar(5)": ("''", ""),
    "`größe #1` int": ("7", "7"),
}


def test_every_type_comes_as_it_is(server: Server, tmp_path: Path) -> None:
    server.ask(
        "SET NAMES utf8mb4",
        "SET sql_mode = ''",
        f"CREATE OR REPLACE TABLE kinds ({', '.join(KINDS)}, photo blob) CHARACTER SET utf8mb4",
        f"INSERT INTO kinds VALUES ({', '.join(value for value, _ in KINDS.values())}, x'00ff')",
    )
    try:
        names = [name.partition("` ")[0] + "`" if name[0] == "`" else name.split()[0] for name in KINDS]
        grid = read(tmp_path, connection=server.address(), query=f"SELECT {', '.join(names)} FROM kinds")
        said = refused(tmp_path, connection=server.address(), query="SELECT photo FROM kinds")
        asked = read(tmp_path, connection=server.address(), query="SELECT hex(photo) AS photo FROM kinds")
    finally:
        server.ask("DROP TABLE kinds")
    assert dict(zip(grid.cells[0], grid.cells[1], strict=True)) == {
        name.strip("`"): text for name, (_, text) in zip(names, KINDS.values(), strict=True)
    }
    assert grid.warnings == ()
    assert "column 'photo' holds lists, records or bytes" in said
    assert asked.cells[1] == ("00FF",)


def test_what_the_server_only_warns_of_is_told(server: Server, tmp_path: Path) -> None:
    query = "SELECT sum(job) AS a, 1 / 0 AS b, group_concat(repeat('x', 9000000)) AS c FROM pay"
    grid = read(tmp_path, connection=server.address(), query=query)
    assert grid.cells[1][:2] == ("0", "")
    assert len(grid.cells[1][2]) == 16_777_216
    said = [str(problem) for problem in grid.warnings]
    assert {problem.severity for problem in grid.warnings} == {"warning"}
    assert len(said) == 4
    for words in ("DOUBLE value: 'Analyst'", "DOUBLE value: 'Engineer'", "Division by 0", "cut by GROUP_CONCAT()"):
        assert any(words in line for line in said), words


def test_rows_in_no_order_are_sorted_so_that_a_build_can_be_repeated(server: Server, tmp_path: Path) -> None:
    def first(query: str) -> list[str]:
        return [row[0] for row in read(tmp_path, connection=server.address(), query=query).cells[1:]]

    values = "SELECT n FROM (SELECT 10 AS n UNION SELECT 9 UNION SELECT 100) AS v"
    assert first(values) == ["9", "10", "100"]
    assert first(f"{values} # ORDER BY n DESC") == ["9", "10", "100"]
    assert first(f"{values} ORDER BY n DESC") == ["100", "10", "9"]
    assert first(f"{values} WHERE 'it\\'s (' > '' ORDER BY n DESC; -- done") == ["100", "10", "9"]
    said = refused(tmp_path, connection=server.address(), query=f"{values} LIMIT 1")
    assert "LIMIT without ORDER BY" in said


# -- nothing is written ----------------------------------------------------------------

OUT = "/tmp/never-{}"
"""Filled with the server's folder, where it may write."""
WRITES = [
    "",
    ";",
    "DELETE FROM pay",
    "UPDATE pay SET salary = 1",
    "INSERT INTO log VALUES ('x')",
    "REPLACE INTO pay (job) VALUES ('x')",
    "TRUNCATE pay",
    "DROP TABLE pay",
    "ALTER TABLE pay ADD x int",
    "CREATE TABLE x (y int)",
    "CREATE TEMPORARY TABLE x (y int)",
    "CREATE TABLE x SELECT * FROM pay",
    "ANALYZE TABLE pay",
    "ANALYZE SELECT noted('x')",
    "SELECT job INTO OUTFILE '{out}' FROM pay",
    "SELECT job FROM pay INTO DUMPFILE '{out}'",
    "SELECT job FROM pay ORDER BY job LIMIT 1 INTO @kept",
    "(SELECT 1 INTO OUTFILE '{out}')",
    "SELECT 1.INTO OUTFILE '{out}'",
    "SELECT 1e1INTO OUTFILE '{out}'",
    "SELECT .5INTO OUTFILE '{out}'",
    "SELECT 'a\\'' AS a, 'b' INTO OUTFILE '{out}'",
    'SELECT "a\\"" AS a, "b" INTO OUTFILE \'{out}\'',
    "SELECT 1 -- \0 INTO OUTFILE '{out}'",
    "SELECT 1 --1 INTO OUTFILE '{out}'",
    "SELECT 1 /* ' */ INTO OUTFILE '{out}' -- '",
    "SELECT 1 # '\n INTO OUTFILE '{out}' -- '",
    "VALUES (1) INTO OUTFILE '{out}'",
    "WITH a AS (SELECT 1) SELECT * FROM a INTO OUTFILE '{out}'",
    "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE log",
    "LOAD DATA INFILE '/etc/hostname' INTO TABLE log",
    "SELECT 1; DELETE FROM pay",
    "SELECT 1; COMMIT; DELETE FROM pay",
    "SELECT 1 AS one; -- \nDELETE FROM pay",
    "CALL note()",
    "SELECT noted('x')",
    "SELECT job FROM pay WHERE noted(job) = 1",
    "SELECT NEXT VALUE FOR counter",
    "SELECT nextval(counter)",
    "SELECT setval(counter, 50)",
    "SELECT * FROM pay FOR UPDATE",
    "SELECT * FROM pay LOCK IN SHARE MODE",
    "SELECT * FROM pay FOR SHARE",
    "/*!50000 DELETE FROM pay */",
    "/*M!100000 DELETE FROM pay */",
    "SELECT 1 /*! INTO OUTFILE '{out}' */",
    "SELECT /*+ QB_NAME(`a*/b`) */ 1 INTO OUTFILE '{out}' -- `",
    "SET GLOBAL max_connections = 99",
    "SET STATEMENT max_statement_time = 0 FOR SELECT noted('x')",
    "SET SESSION TRANSACTION READ WRITE",
    "COMMIT",
    "LOCK TABLES pay WRITE",
    "FLUSH TABLES WITH READ LOCK",
    "SELECT GET_LOCK('fairsheet', 0)",
    "SELECT `get_lock` ('fairsheet', 0)",
    "DO GET_LOCK('fairsheet', 0)",
    "HANDLER pay OPEN",
    "PREPARE s FROM 'DELETE FROM pay'",
    "EXECUTE IMMEDIATE 'DELETE FROM pay'",
    "BEGIN NOT ATOMIC DELETE FROM pay; END",
    "GRANT ALL ON *.* TO careers",
    "SHOW TABLES",
]


def state(server: Server) -> list[Any]:
    """Everything that a query could have changed."""
    return [
        server.ask("SELECT * FROM pay ORDER BY job"),
        server.ask("SELECT * FROM log"),
        server.ask("SHOW TABLES"),
        server.ask("SHOW COLUMNS FROM pay"),
        server.ask("SELECT next_not_cached_value FROM counter"),
        server.ask("SELECT @@GLOBAL.max_connections, @@GLOBAL.sql_mode, IS_FREE_LOCK('fairsheet')"),
        server.ask("SELECT count(*) FROM mysql.table_stats"),
        server.ask("SELECT user, host, Super_priv, Grant_priv FROM mysql.user ORDER BY 1, 2"),
        sorted(path.name for path in server.folder.iterdir()),
    ]


@pytest.mark.parametrize("query", WRITES)
def test_nothing_is_ever_written(query: str, server: Server, tmp_path: Path) -> None:
    before = state(server)
    query = query.replace("{out}", f"{server.folder}/out.txt")
    said = refused(tmp_path, connection=server.address(), query=query)
    assert "was refused" in said
    assert "Ask with one SELECT" in said or "Leave out comments" in said
    assert "project.toml:7" in said
    assert hides(said)
    assert state(server) == before


def test_what_would_be_written_is_written_where_nothing_holds_it_back(server: Server) -> None:
    """Else the test above would prove nothing: the user has every right, and the server takes these statements."""
    import pymysql

    out = f"{server.folder}/out.txt"
    session = pymysql.connect(
        host="127.0.0.1", port=server.port, user=USER, password=PASSWORD.encode(), database=DATABASE
    )  # fmt: skip
    with session, session.cursor() as cursor:
        for query in ("SELECT 1.INTO OUTFILE '{out}'", "SELECT 'a\\'' AS a, 'b' INTO OUTFILE '{out}'"):
            cursor.execute(query.replace("{out}", out))
            Path(out).unlink()
        cursor.execute("SELECT noted('x')")
        session.rollback()
        cursor.execute("SELECT nextval(counter), GET_LOCK('fairsheet', 0)")
        cursor.execute("SET GLOBAL max_connections = 151")
    assert server.ask("SELECT * FROM log") == [("x",)]  # a kind of table that no rollback reaches
    server.ask("DELETE FROM log")


@contextmanager
def sql_mode(server: Server, mode: str) -> Generator[None, None, None]:
    server.ask(f"SET GLOBAL sql_mode = '{mode}'")
    try:
        yield
    finally:
        server.ask("SET GLOBAL sql_mode = DEFAULT")


def test_quotes_end_where_the_server_says_that_they_end(server: Server, tmp_path: Path) -> None:
    out = server.folder / "out.txt"
    single = f"SELECT '\\' INTO OUTFILE \"{out}\" -- ' AS word"
    double = f'SELECT "\\" INTO OUTFILE \'{out}\' -- " AS word FROM (SELECT 1 AS `\\`) AS t'

    def answer(query: str) -> str:
        return read(tmp_path, connection=server.address(), query=query.replace(" -- ", " ")).cells[1][0]

    assert answer(single) == f'\' INTO OUTFILE "{out}" '
    assert answer(double) == f"\" INTO OUTFILE '{out}' "
    for mode, query in (("NO_BACKSLASH_ESCAPES", single), ("ANSI_QUOTES", double), ("ORACLE", double)):
        with sql_mode(server, mode):
            assert "does more than read" in refused(tmp_path, connection=server.address(), query=query), mode
        assert not out.exists()


def test_words_that_only_look_like_writing_are_read(server: Server, tmp_path: Path) -> None:
    query = (
        "SELECT replace(job, 'r', 'R') AS `into`, insert(job, 1, 0, 'update ') AS \"delete\", job AS share, 'x;y' AS x "
        "/* into outfile */ FROM pay -- for update\n WHERE job <> 'get_lock(' # delete\n ORDER BY job; "
    )
    grid = read(tmp_path, connection=server.address(), query=query)
    assert grid.cells[1] == ("Analyst", "update Analyst", "Analyst", "x;y")
    for query in ("(SELECT 1 AS n)", "VALUES (1)", "WITH a AS (SELECT 1 AS n) SELECT * FROM a", "SELECT 5--4 AS n"):
        assert read(tmp_path, connection=server.address(), query=query).cells[1] in [("1",), ("9",)]


def test_a_query_is_taken_apart_as_mysql_does() -> None:
    def words(query: str, **modes: bool) -> list[str]:
        return [token.text for token in tokens(query, mysql_lexis(**modes))]

    assert words("1.into 1e5into .5into 0.into") == ["1.", "into", "1e5", "into", ".", "5", "into", "0.", "into"]
    assert words("a --b\n c # d\n e -- f\n --") == ["a", "-", "-", "b", "c", "e"]
    assert words("a --\u00a0b") == ["a", "-", "-", "\u00a0", "b"]
    assert words(r"'a\'b' 'c''d' 'e\\' f") == [r"'a\'b'", "'c''d'", r"'e\\'", "f"]
    assert words(r"'a\' b 'c'", backslashes=False) == [r"'a\'", "b", "'c'"]
    assert words(r'"a\" b "c"', ansi_quotes=True) == [r'"a\"', "b", '"c"']
    assert words(r"`a\` b `c``d` 'e\'") == [r"`a\`", "b", "`c``d`", r"'e\'"]
    assert words("/* a */ /*! b */ /*M! c */ /*+ d */")[0::4] == ["/*!", "/*M!", "/*+"]
    assert not ending("SELECT 1 # ORDER BY 1", MYSQL).ordered
    assert ending(r"SELECT 'it\'s' ORDER BY 1 -- '", MYSQL).ordered


# -- mistakes and outages ---------------------------------------------------------------


def test_a_query_that_is_wrong_says_what_is(server: Server, tmp_path: Path) -> None:
    def said(query: str, address: str = "") -> str:
        words = refused(tmp_path, connection=address or server.address(), query=query)
        assert "project.toml:7" in words
        assert hides(words)
        return words

    assert "Table 'students.pya' doesn't exist" in said("SELECT * FROM pya")
    assert "whether it is still there" in said("SELECT * FROM pya")
    assert "Unknown column 'wage'" in said("SELECT wage FROM pay")
    assert "Check the column's name" in said("SELECT wage FROM pay")
    assert "Ask whoever keeps the database for the right" in said("SELECT * FROM mysql.global_priv")
    assert "You have an error in your SQL syntax" in said("SELECT FROM FROM pay")
    assert "FUNCTION students.median_of does not exist" in said("SELECT median_of(salary) FROM pay")
    assert "Name the database in the connection" in said("SELECT * FROM pay", server.address(database=""))


def test_user_password_and_database_are_checked(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = refused(tmp_path, connection=server.address(database="nope"), query=ONE)
    assert "there is no such database, or the user has no right to it" in said
    assert hides(said)
    said = refused(tmp_path, connection=server.address().replace("careers:", "nobody:"), query=ONE)
    assert "refuses the user or the password" in said
    said = refused(tmp_path, connection=f"mysql://127.0.0.1:{server.port}/students", query=ONE)
    assert "names no user" in said
    assert "names no host" in refused(tmp_path, connection="mysql://careers@/students", query=ONE)
    said = refused(tmp_path, connection=f"mysql://careers:secret@127.0.0.1:{server.port}/students", query=ONE)
    assert "stands in the file" in said
    monkeypatch.setenv("CAREERS_DB_PASSWORD", "wr0ng-sécret 🎓")
    said = refused(tmp_path, connection=server.address(), query=ONE)
    assert "refuses the user or the password" in said
    assert "Check the environment variable CAREERS_DB_PASSWORD" in said
    assert "wr0ng" not in said
    monkeypatch.delenv("CAREERS_DB_PASSWORD")
    assert "CAREERS_DB_PASSWORD is not set" in refused(tmp_path, connection=server.address(), query=ONE)


def test_an_account_that_may_not_come_in_says_why(server: Server, tmp_path: Path) -> None:
    server.ask(f"ALTER USER {USER}@'%' ACCOUNT LOCK")
    try:
        said = refused(tmp_path, connection=server.address(), query=ONE)
    finally:
        server.ask(f"ALTER USER {USER}@'%' ACCOUNT UNLOCK")
    assert "does not let the user in: Access denied, this account is locked. Ask whoever keeps the database" in said


def test_the_whole_connection_can_be_a_secret(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = server.address().replace("${CAREERS_DB_PASSWORD}", quote(PASSWORD, safe=""))
    monkeypatch.setenv("CAREERS_DB", whole)
    grid = read(tmp_path, connection="${CAREERS_DB}", query=ONE)
    assert grid.file == "${CAREERS_DB}"
    said = refused(tmp_path, connection="${CAREERS_DB}", query="SELECT * FROM pya") + repr(grid)
    query = f"SELECT * FROM pay WHERE job = '{PASSWORD}' oops"
    said += refused(tmp_path, connection="${CAREERS_DB}", query=query)
    assert "near 'oops'" in said
    said += refused(tmp_path, connection="${CAREERS_DB}", query=f"SELECT `{PASSWORD}` FROM pay")
    assert "Unknown column '***'" in said
    assert hides(said)
    assert "127.0.0.1" not in said


def test_a_slow_query_ends_in_time_here_and_at_the_server(server: Server, tmp_path: Path) -> None:
    busy = "SELECT count(*) FROM seq_1_to_1000000 AS a, seq_1_to_1000000 AS b WHERE a.seq % 7 < b.seq % 5"
    for query in ("SELECT SLEEP(600)", busy):
        started = time.perf_counter()
        said = outage(tmp_path, connection=server.address(), query=query, read={"timeout": 0.6})
        assert "did not answer within 0.6 seconds" in said
        assert time.perf_counter() - started < 300  # half of what the server would take
    counted = "SELECT count(*) FROM information_schema.processlist WHERE user = 'careers'"
    assert soon(lambda: server.ask(counted) == [(0,)])


def test_time_is_counted_from_the_first_word_to_the_last_row(server: Server, tmp_path: Path) -> None:
    started = time.perf_counter()
    query = "SELECT seq, SLEEP(0.01) AS s FROM seq_1_to_9000 ORDER BY seq"
    assert "did not answer" in outage(tmp_path, connection=server.address(), query=query, read={"timeout": 1})
    assert time.perf_counter() - started < 45  # half of what the rows would take


def test_a_table_that_is_locked_by_others_is_an_outage(server: Server, tmp_path: Path) -> None:
    import pymysql

    locking = pymysql.connect(unix_socket=f"{server.folder}/socket", user="root", database=DATABASE)
    with locking, locking.cursor() as cursor:
        cursor.execute("LOCK TABLES pay WRITE")
        said = outage(tmp_path, connection=server.address(), query="SELECT * FROM pay", read={"timeout": 1})
    assert "did not answer within 1 seconds" in said


def test_a_huge_result_is_left_where_it_is(server: Server, tmp_path: Path) -> None:
    # the second has 10 to the 12th rows, the third 1 TB: who reads them all is never done
    query = "SELECT seq FROM seq_1_to_500001 ORDER BY seq"
    assert "more than 500,000 rows" in refused(tmp_path, connection=server.address(), query=query)
    query = "SELECT a.seq FROM seq_1_to_1000000 AS a, seq_1_to_1000000 AS b"
    assert "more than 500,000 rows" in refused(tmp_path, connection=server.address(), query=query)
    query = "SELECT repeat('x', 1000000) AS x FROM seq_1_to_1000000"
    assert "more than 200 million characters" in refused(tmp_path, connection=server.address(), query=query)
    counted = "SELECT count(*) FROM information_schema.processlist WHERE user = 'careers'"
    assert soon(lambda: server.ask(counted) == [(0,)])


@pytest.mark.parametrize("parameters", ["", "?ssl-mode=DISABLED"])
def test_a_session_that_is_killed_in_the_middle_is_an_outage(parameters: str, server: Server, tmp_path: Path) -> None:
    rows = f"seq_1_to_{20_000 + len(parameters)}"  # no other test's session, which may still be on its way out

    def kill() -> None:
        query = f"SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT seq, SLEEP%{rows}%'"
        assert soon(lambda: bool(server.ask(query)))
        server.ask(f"KILL {server.ask(query)[0][0]}")

    thread = threading.Thread(target=kill)
    thread.start()
    query = f"SELECT seq, SLEEP(0.001) AS s, repeat('x', 1000) AS x FROM {rows}"
    said = outage(tmp_path, connection=server.address(parameters), query=query)
    thread.join()
    assert "cannot be reached" in said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_server_that_stops_in_the_middle_is_an_outage(
    how: signal.Signals, tool: Callable[[str], str], tmp_path: Path
) -> None:
    with running(tool) as server:

        def stop() -> None:
            query = "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT seq, SLEEP%'"
            assert soon(lambda: bool(server.ask(query)))
            server.stop(how)

        thread = threading.Thread(target=stop)
        thread.start()
        query = "SELECT seq, SLEEP(0.001) AS s, repeat('x', 1000) AS x FROM seq_1_to_20000"
        said = outage(tmp_path, connection=server.address(), query=query)
        thread.join()
        said += outage(tmp_path, connection=server.address(), query=ONE)
    assert said.count("cannot be reached") == 2
    assert "refused" in said
    assert hides(said)


def test_a_host_that_is_down_silent_or_unknown_is_an_outage(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        address = f"mysql://careers:${{CAREERS_DB_PASSWORD}}@127.0.0.1:{silent.getsockname()[1]}/students"
        said = outage(tmp_path, connection=address, query=ONE)
        assert "Connection refused" in said
        silent.listen()
        started = time.perf_counter()
        assert "within 1 seconds" in outage(tmp_path, connection=address, query=ONE, read={"timeout": 1})
        assert time.perf_counter() - started < 30  # half of the usual timeout
    said += outage(tmp_path, connection="mysql://careers@nobody.invalid/x", query=ONE)
    assert said.count("cannot be reached") == 2
    assert hides(said)


# -- encryption, and who hears the password ------------------------------------------------

CIPHER = "SELECT variable_value AS v FROM information_schema.session_status WHERE variable_name = 'Ssl_cipher'"


def test_a_line_is_encrypted_as_far_as_ssl_mode_says(server: Server, tmp_path: Path) -> None:
    def encrypted(parameters: str, host: str = "127.0.0.1") -> bool:
        return read(tmp_path, connection=server.address(parameters, host=host), query=CIPHER).cells[1] != ("",)

    shutil.copy(server.certificate, tmp_path / "ca.pem")
    assert encrypted("")
    assert encrypted("?ssl-mode=PREFERRED")
    assert encrypted("?ssl-mode=required")
    assert not encrypted("?ssl-mode=DISABLED")
    assert encrypted("?ssl-ca=ca.pem")
    assert encrypted("?ssl-mode=VERIFY_CA&ssl-ca=ca.pem")
    assert encrypted("?ssl-mode=VERIFY_IDENTITY&ssl-ca=ca.pem", "localhost")


def test_a_server_whose_certificate_is_not_trusted_gets_no_password(server: Server, tmp_path: Path) -> None:
    shutil.copy(server.certificate, tmp_path / "ca.pem")
    for parameters, words in {
        "?ssl-mode=VERIFY_CA": "self-signed certificate",
        "?ssl-mode=VERIFY_IDENTITY": "self-signed certificate",
        "?ssl-mode=VERIFY_IDENTITY&ssl-ca=ca.pem": "not valid for '127.0.0.1'",
    }.items():
        said = outage(tmp_path, connection=server.address(parameters), query=ONE)
        assert "has a certificate that cannot be trusted" in said
        assert words in said
        assert "ssl-ca=FILE" in said


def test_parameters_that_are_wrong_are_refused(server: Server, tmp_path: Path) -> None:
    (tmp_path / "words.pem").write_text("no certificate")
    for parameters, words in {
        "?sslmode=REQUIRED": "the parameter 'sslmode' is not known. Did you mean 'ssl-mode'?",
        "?local_infile=1": "the parameter 'local_infile' is not known",
        "?init_command=": "the parameter 'init_command' is not known",
        "?ssl-mode=REQIRED": "ssl-mode=REQIRED is not known. Did you mean 'REQUIRED'?",
        "?ssl-mode=": "ssl-mode= is not known",
        "?ssl-ca=nope.pem": "there is no file 'nope.pem'",
        f"?ssl-ca={server.certificate}": "leaves the project folder",
        "?ssl-ca=words.pem": "ssl-ca=words.pem holds no certificate",
        "?ssl-mode=REQUIRED&ssl-ca=words.pem": "ssl-ca has no effect with ssl-mode=REQUIRED",
    }.items():
        assert words in refused(tmp_path, connection=server.address(parameters), query=ONE)


def test_a_server_that_wants_encryption_says_so(server: Server, tmp_path: Path) -> None:
    server.ask("SET GLOBAL require_secure_transport = ON")
    try:
        said = refused(tmp_path, connection=server.address("?ssl-mode=disabled"), query=ONE)
    finally:
        server.ask("SET GLOBAL require_secure_transport = OFF")
    assert "Or the server wants to encrypt: leave ssl-mode=DISABLED out" in said
    with talking(lambda talk: talk.error(3159, "Connections using insecure transport are prohibited")) as (address, _):
        assert "wants to encrypt. Say ssl-mode=REQUIRED" in refused(tmp_path, connection=address, query=ONE)


def test_a_way_of_signing_in_that_needs_a_package_is_named(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nacl", None)
    server.ask("INSTALL SONAME 'auth_ed25519'", "CREATE USER signed IDENTIFIED VIA ed25519 USING PASSWORD('x')")
    try:
        said = refused(tmp_path, connection=server.address().replace("careers:", "signed:"), query=ONE)
    finally:
        server.ask("DROP USER signed", "UNINSTALL SONAME 'auth_ed25519'")
    assert "wants a way of signing in that is not known here" in said
    assert "install PyNaCl" in said


def fine(talk: Talk, _: str) -> None:
    """Every statement is welcome."""


def test_another_machine_has_to_encrypt_whatever_is_said(tmp_path: Path) -> None:
    def one(talk: Talk, query: str) -> None:
        if query == ONE:
            talk.rows([("one", NUMBER)], ["1"])

    with talking(lambda talk: talk.serve(one), "127.0.0.2") as (address, talks):  # no name of this machine
        for parameters in ("", "?ssl-mode=REQUIRED", "?ssl-mode=VERIFY_CA"):
            said = refused(tmp_path, connection=address + parameters, query=ONE)
            assert "does not encrypt: whoever is on the way could read along" in said
            assert "Have TLS switched on at the server" in said
        for parameters in ("?ssl-mode=PREFERRED", "?ssl-mode=DISABLED", "?ssl-mode=disabled"):
            said = refused(tmp_path, connection=address + parameters, query=ONE)
            assert "would let others read along on the way to another machine" in said
        assert [talk.heard for talk in talks] == [b""] * 3
    with talking(lambda talk: talk.serve(one)) as (address, _):
        assert read(tmp_path, connection=address, query=ONE).cells[1] == ("1",)


def full_sign_in(talk: Talk) -> None:
    """MySQL 8, which does not know this user yet: without TLS it sends a key for the password."""
    talk.greet(SHA2)
    talk.read()
    talk.send(b"\x01\x04")
    talk.read()
    talk.send(b"\x01-----BEGIN PUBLIC KEY-----\n")
    talk.read()


def switched_to(plugin: str) -> Callable[[Talk], None]:
    def talk_so(talk: Talk) -> None:
        talk.greet()
        talk.read()
        talk.switch(plugin)
        talk.read()
        talk.ok()
        talk.ask(fine)

    return talk_so


def key_at_once(talk: Talk) -> None:
    talk.greet("sha256_password")
    talk.read()
    talk.send(b"\x01-----BEGIN PUBLIC KEY-----\n")
    talk.read()


@pytest.mark.parametrize(
    ("ill", "mode"),
    [
        (full_sign_in, "REQUIRED"),
        (switched_to("sha256_password"), "VERIFY_IDENTITY"),
        (switched_to("mysql_clear_password"), "VERIFY_IDENTITY"),
        (switched_to("dialog"), "VERIFY_IDENTITY"),
        (key_at_once, "VERIFY_IDENTITY"),
    ],
)
def test_nobody_is_told_the_password_who_may_not_hear_it(
    ill: Callable[[Talk], None], mode: str, tmp_path: Path
) -> None:
    for parameters in ("", "?ssl-mode=DISABLED"):
        with talking(ill) as (address, talks):
            said = refused(tmp_path, connection=address + parameters, query=ONE)
        assert "wants to be told the password itself" in said
        assert f"ssl-mode={mode}" in said
        assert PASSWORD.encode() not in talks[0].heard
        assert hides(said)


def test_ways_of_signing_in_that_nobody_knows_are_named(tmp_path: Path) -> None:
    with talking(switched_to("auth_gssapi_client")) as (address, _):
        said = refused(tmp_path, connection=address, query=ONE)
    assert "wants a way of signing in that is not known here" in said
    with talking(switched_to("mysql_old_password")) as (address, _):
        assert "wants to be told the password itself" in refused(tmp_path, connection=address, query=ONE)


# -- MySQL, and servers of ill will ---------------------------------------------------------


def test_mysql_is_asked_in_its_own_words(tmp_path: Path) -> None:
    def answer(talk: Talk, query: str) -> None:
        if query == "SELECT parts, n FROM t":
            talk.rows([("parts", JSON), ("n", NUMBER)], ['{"a": "ü"}', "18446744073709551615"], ["[]", "-1"])

    with talking(lambda talk: talk.serve(answer, SHA2)) as (address, talks):
        grid = read(tmp_path, connection=address, query="SELECT parts, n FROM t", read={"timeout": 9})
    assert grid.cells == (("parts", "n"), ("[]", "-1"), ('{"a": "ü"}', "18446744073709551615"))
    assert "SET SESSION max_execution_time = 10000" in talks[0].queries
    order = [talks[0].queries.index(q) for q in ("SET SESSION TRANSACTION READ ONLY", "START TRANSACTION READ ONLY")]
    assert order == sorted(order)
    assert talks[0].queries[-2:] == ["SELECT parts, n FROM t", "ROLLBACK"]


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        (3024, "Query execution was interrupted, maximum statement execution time exceeded", "did not answer within"),
        (1317, "Query execution was interrupted", "cannot be reached: Query execution was interrupted"),
        (1053, "Server shutdown in progress", "cannot be reached"),
        (126, "Index is corrupted", "cannot be reached: Index is corrupted"),
    ],
)
def test_errors_of_the_server_itself_are_outages(code: int, words: str, said: str, tmp_path: Path) -> None:
    def answer(talk: Talk, query: str) -> None:
        if query == ONE:
            talk.columns(("one", NUMBER))
            talk.error(code, words)

    with talking(lambda talk: talk.serve(answer)) as (address, _):
        assert said in outage(tmp_path, connection=address, query=ONE)


@pytest.mark.parametrize("refuses", ["SET SESSION TRANSACTION READ ONLY", "START TRANSACTION READ ONLY"])
def test_a_server_that_cannot_be_kept_from_writing_is_not_asked(refuses: str, tmp_path: Path) -> None:
    def answer(talk: Talk, query: str) -> None:
        if query == refuses:
            talk.error(1235, "This version doesn't yet support 'READ ONLY'")

    with talking(lambda talk: talk.serve(answer)) as (address, talks):
        said = refused(tmp_path, connection=address, query=ONE)
    assert "cannot be kept from writing: This version doesn't yet support 'READ ONLY'" in said
    assert ONE not in talks[0].queries


def test_a_secret_is_not_cut_in_two_where_a_long_message_ends(tmp_path: Path) -> None:
    for before in range(190, 200):
        with talking(lambda talk, before=before: talk.error(1040, f"{'x' * before}{PASSWORD}")) as (address, _):
            said = outage(tmp_path, connection=address, query=ONE)
        assert "pa" not in said.partition("xxx")[2].partition(" Check")[0]


def test_a_server_with_no_room_is_an_outage(tmp_path: Path) -> None:
    with talking(lambda talk: talk.error(1040, "Too many connections")) as (address, _):
        assert "cannot be reached: Too many connections" in outage(tmp_path, connection=address, query=ONE)


def test_no_file_of_this_machine_is_sent_to_a_server_that_asks_for_one(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("for nobody")

    def answer(talk: Talk, query: str) -> None:
        if query == ONE:
            talk.send(b"\xfb" + str(secret).encode())
            talk.read()

    with talking(lambda talk: talk.serve(answer)) as (address, talks):
        assert "does not keep to MySQL's protocol" in outage(tmp_path, connection=address, query=ONE)
    assert b"nobody" not in talks[0].heard


def test_something_else_at_the_port_is_told(tmp_path: Path) -> None:
    for banner in (
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x05\0\0\0hello",
        b"\x01\0\0\0\x0a",
    ):
        with talking(lambda talk, banner=banner: talk.line.sendall(banner)) as (address, _):
            said = outage(tmp_path, connection=address, query=ONE)
        assert "cannot be reached" in said


def test_a_server_that_says_a_byte_a_second_is_an_outage(tmp_path: Path) -> None:
    def drip(talk: Talk) -> None:
        talk.line.sendall(b"\xff\xff\x0f\0")
        for _ in range(100):
            time.sleep(0.1)
            talk.line.sendall(b"x")
            said.append(1)

    said: list[int] = []
    with talking(drip) as (address, _):
        assert "did not answer" in outage(tmp_path, connection=address, query=ONE, read={"timeout": 1})
    assert len(said) < 100


def test_whatever_a_server_sends_there_is_an_answer(tmp_path: Path) -> None:
    """A fair answer with bytes changed, cut, or put in, at every stage of a talk."""
    chance = random.Random(7)
    rows = [("word", TEXT), ("n", NUMBER), ("day", 10), ("moment", 12), ("sum", 246), ("bits", 16)]

    class Garbling(Talk):
        def send(self, packet: bytes) -> None:
            if chance.random() < 0.06:
                place = chance.randrange(len(packet) + 1)
                kind = chance.randrange(3)
                packet = packet[:place] + chance.randbytes(kind) + packet[place + chance.randrange(3) :]
            super().send(packet)

    def answer(talk: Talk, query: str) -> None:
        if query == ONE:
            talk.rows(rows, *[["ü", "5", "2024-01-02", "2024-01-02 03:04:05", "1.50", "\x01"]] * 3)

    def serve(talk: Talk) -> None:
        Garbling(talk.line).serve(answer, chance.choice((NATIVE, SHA2)))

    with talking(serve) as (address, _):
        for _ in range(60 * TIMES):
            found = attempt(tmp_path, connection=address, query=ONE, read={"timeout": 0.2})
            assert found is not None
            assert hides(str(found))


# -- the whole way ------------------------------------------------------------------------


def test_the_tables_of_a_server_are_listed_and_one_is_proposed(server: Server, small_project: Path) -> None:
    server.ask(
        "CREATE TABLE `Staff ``List` (`rank` varchar(20), `Paid Amount` decimal(8, 2))",
        "INSERT INTO `Staff ``List` VALUES ('Dean', 9.5), ('Clerk', NULL)",
        "CREATE TABLE many (id int, `rank` varchar(20), `Paid Amount` decimal(8, 2))",
        "INSERT INTO many SELECT seq, if(seq % 2, 'Dean', 'Clerk'), seq % 4 + 0.5 FROM seq_1_to_500001",
    )
    try:
        code, output = run("inspect", server.address(), "--sheet", "Staff `List", "--add", small_project)
        assert code == 0, output
        many = run("inspect", server.address(), "--sheet", "many", "--add", small_project, "--name", "many")
        assert many[0] == 0, many[1]
        project = load_project(small_project)
        elsewhere = run("inspect", server.address(database=""), "--sheet", "students.pay")
    finally:
        server.ask("DROP TABLE `Staff ``List`", "DROP TABLE many")
    table = next(table for name, table in project.tables.items() if name not in ("pay", "many"))
    assert table.query == "SELECT * FROM `Staff ``List` ORDER BY 1"
    amounts = {
        rank: [n % 4 + 0.5 for n in range(1, 500_002) if n % 2 == odd] for rank, odd in (("Clerk", 0), ("Dean", 1))
    }
    assert {row["rank"].content: float(row["paid_amount"].content) for row in project.tables["many"]} == {
        rank: pytest.approx(sum(values) / len(values), abs=1e-6) for rank, values in amounts.items()
    }
    assert hides(output + many[1])
    listed = run("inspect", server.address(), "--sheet", "pay")
    assert "private" in listed[1]
    assert "mysql." not in listed[1]
    section = next(iter(tomllib.loads(listed[1])["tables"].values()))
    assert (section["connection"], section["query"]) == (server.address(), "SELECT * FROM `pay` ORDER BY 1")
    assert elsewhere[0] == 0, elsewhere[1]
    assert "SELECT * FROM `students`.`pay` ORDER BY 1" in elsewhere[1]


def test_a_project_with_a_table_from_mariadb_is_built_and_traced(server: Server, small_project: Path) -> None:
    toml = small_project / "project.toml"
    query = "SELECT job, salary FROM pay"
    origin = f'connection = "{server.address()}"\nquery = "{query}"'
    toml.write_text(toml.read_text("utf-8").replace('file = "tables/pay.csv"', origin), "utf-8")
    out = small_project / "out"
    code, output = run("build", small_project, "--out", out)
    assert code == 0, output
    manifest = (out / "manifest.json").read_text("utf-8")
    told = json.loads(manifest)["tables"]["pay"]
    assert server.address() in json.dumps(told)
    assert query in json.dumps(told)
    assert hides(manifest + output)
    code, traced = run("trace", "$120,000", small_project)
    assert code == 0, traced
    assert f"from {server.address()}:row 2 salary" in traced
    assert [(job, f"{salary:.2f}") for job, salary in server.ask("SELECT job, salary FROM pay ORDER BY job")] == [
        ("Analyst", "110000.50"),
        ("Engineer", "120000.00"),
    ]
    for path in out.iterdir():
        assert PASSWORD.encode() not in path.read_bytes()


def test_days_that_do_not_exist_are_missing_where_it_is_declared(server: Server, small_project: Path) -> None:
    toml = small_project / "project.toml"
    query = "SELECT job, salary, IF(job = 'Analyst', DATE('0000-00-00'), since) AS since FROM pay"
    origin = f'connection = "{server.address()}"\nquery = "{query}"'
    plain = toml.read_text("utf-8").replace('file = "tables/pay.csv"', origin)
    plain = plain.replace("[charts.pay]", 'since = { title = "Since", type = "date" }\n\n[charts.pay]')
    toml.write_text(plain, "utf-8")
    code, output = run("check", small_project)
    assert code == 2
    assert "0000-00-00" in output
    declared = 'type = "date", missing = ["0000-00-00"] }'
    toml.write_text(plain.replace('type = "date" }', declared), "utf-8")
    code, output = run("check", small_project)
    assert code == 0, output


def test_exit_codes_tell_mistakes_from_outages(server: Server, small_project: Path) -> None:
    toml = small_project / "project.toml"
    plain = toml.read_text("utf-8")
    for code, address, query in (
        (2, server.address(), "SELECT job, salary FROM pya"),
        (2, server.address(), "DELETE FROM pay"),
        (5, server.address("?ssl-mode=VERIFY_CA"), "SELECT job, salary FROM pay"),
        (5, "mysql://careers@127.0.0.1:1/students", "SELECT job, salary FROM pay"),
    ):
        origin = f'connection = "{address}"\nquery = "{query}"'
        toml.write_text(plain.replace('file = "tables/pay.csv"', origin), "utf-8")
        found, output = run("check", small_project)
        assert found == code, output
        assert hides(output)
