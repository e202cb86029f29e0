"""`changed`: a database is asked whether anything changed, and for all of it only when something did."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from data.errors import ProjectError
from data.files.user_folders import cache_folder
from data.network.copies import Shelf
from data.network.leave import Leave
from data.project import load_project
from data.sources.databases import changed
from tests.postgres_server import PASSWORD, Server, programs, running
from tests.reading import outage, read, refused
from tests.test_network_secrets import run, with_origin

QUERY = "SELECT job, salary FROM pay ORDER BY salary DESC"
CHANGED = "SELECT max(day), count(*) FROM pay"
SETTINGS: dict[str, Any] = {"connection": "sqlite:///jobs.db", "query": QUERY, "changed": CHANGED}
FIRST = (("job", "salary"), ("Engineer", "120000"), ("Analyst", "110000"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    do(tmp_path, "CREATE TABLE pay (job TEXT, salary INTEGER, day TEXT)")
    do(tmp_path, "INSERT INTO pay VALUES ('Engineer', 120000, '2026-01-01'), ('Analyst', 110000, '2026-01-02')")
    return tmp_path


def do(folder: Path, script: str) -> None:
    with closing(sqlite3.connect(folder / "jobs.db")) as database:
        database.executescript(script)


def in_silence(folder: Path) -> None:
    """Change what the question does not see."""
    do(folder, "UPDATE pay SET salary = 999 WHERE job = 'Engineer'")


def aloud(folder: Path) -> None:
    do(folder, "UPDATE pay SET salary = 130000, day = '2026-02-01' WHERE job = 'Engineer'")


def kept() -> list[Path]:
    return sorted(path for path in (cache_folder() / "downloads").rglob("*") if path.is_file())


def test_while_the_answer_is_the_same_the_query_is_not_asked_again(folder: Path) -> None:
    assert read(folder, **SETTINGS).cells == FIRST
    in_silence(folder)
    again = read(folder, **SETTINGS)
    assert again.cells == FIRST
    assert again == read(folder, **SETTINGS)


def test_the_kept_result_is_the_one_that_the_query_gave(folder: Path) -> None:
    first, second = read(folder, **SETTINGS), read(folder, **SETTINGS)
    assert first == second
    assert first == read(folder, connection="sqlite:///jobs.db", query=QUERY)


def test_when_the_answer_is_another_one_the_query_is_asked(folder: Path) -> None:
    read(folder, **SETTINGS)
    aloud(folder)
    assert read(folder, **SETTINGS).cells[1] == ("Engineer", "130000")
    assert read(folder, **SETTINGS).cells[1] == ("Engineer", "130000")


def test_afresh_means_that_the_query_is_asked(folder: Path) -> None:
    read(folder, **SETTINGS)
    in_silence(folder)
    assert read(folder, **SETTINGS, leave=Leave(afresh=True)).cells[2] == ("Engineer", "999")
    assert read(folder, **SETTINGS).cells[2] == ("Engineer", "999")


def test_force_asks_afresh(small_project: Path, tmp_path: Path) -> None:
    do(small_project, "CREATE TABLE pay (job TEXT, salary INTEGER, day TEXT)")
    do(small_project, "INSERT INTO pay VALUES ('Engineer', 120000, '2026-01-01'), ('Analyst', 110000, '2026-01-02')")
    with_origin(small_project, "\n".join(f'{name} = "{value}"' for name, value in SETTINGS.items()))
    assert run("build", small_project, "--out", str(tmp_path / "out"))[0] == 0
    do(small_project, "UPDATE pay SET salary = 150000 WHERE job = 'Engineer'")
    assert "up to date" in run("build", small_project, "--out", str(tmp_path / "out"))[1]
    code, said = run("build", small_project, "--out", str(tmp_path / "out"), "--force")
    assert (code, "Made report.pdf" in said) == (0, True)
    assert run("trace", "$150,000", small_project)[1]


@pytest.mark.parametrize(
    "other",
    [
        {"query": "SELECT job, salary FROM pay ORDER BY salary DESC, job"},
        {"changed": "SELECT max(day), count(job) FROM pay"},
        {"connection": "sqlite:///./jobs.db"},
    ],
)
def test_another_question_query_or_connection_has_no_kept_result(other: dict[str, str], folder: Path) -> None:
    read(folder, **SETTINGS)
    in_silence(folder)
    assert read(folder, **{**SETTINGS, **other}).cells[2] == ("Engineer", "999")


def test_where_a_variable_leads_elsewhere_there_is_no_kept_result(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {**SETTINGS, "connection": "sqlite:///${CAREERS_DB}"}
    (folder / "other.db").write_bytes((folder / "jobs.db").read_bytes())
    with closing(sqlite3.connect(folder / "other.db")) as database:
        database.executescript("UPDATE pay SET salary = 999 WHERE job = 'Engineer'")
    for name, cells in (("jobs.db", FIRST[1]), ("other.db", ("Analyst", "110000")), ("jobs.db", FIRST[1])):
        monkeypatch.setenv("CAREERS_DB", name)
        assert read(folder, **settings).cells[1] == cells


def test_another_reader_asks_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(folder, **SETTINGS)
    in_silence(folder)
    monkeypatch.setattr(changed, "_readers", lambda: "of another version")
    assert read(folder, **SETTINGS).cells[2] == ("Engineer", "999")


def test_a_damaged_result_is_read_anew(folder: Path) -> None:
    read(folder, **SETTINGS)
    in_silence(folder)
    (path,) = kept()
    path.write_bytes(path.read_bytes().replace(b"120000", b"120001"))
    assert read(folder, **SETTINGS).cells[2] == ("Engineer", "999")


def test_a_result_that_is_none_is_read_anew(folder: Path) -> None:
    read(folder, **SETTINGS)
    in_silence(folder)
    shelf = Shelf(folder, "\n".join(("sql", *(SETTINGS[name] for name in ("connection", "query", "changed")))))
    copy = shelf.copy()
    assert copy is not None
    for content in (
        b"",
        b"[]",
        b'{"cells": 1}',
        b'{"file":"","cells":[],"rows":[],"counted":"","checksum":"","warnings":[]}',
    ):
        shelf.keep(content, copy.said)
        assert read(folder, **SETTINGS).cells[2] == ("Engineer", "999")


def test_a_question_with_several_rows_or_none_is_a_mistake(folder: Path) -> None:
    assert "gives 2 rows" in refused(folder, **{**SETTINGS, "changed": "SELECT day FROM pay"})
    assert "gives 0 rows" in refused(folder, **{**SETTINGS, "changed": "SELECT day FROM pay WHERE day > '9'"})


def test_a_question_that_fails_is_a_mistake_like_any_query(folder: Path) -> None:
    assert "no such column" in refused(folder, **{**SETTINGS, "changed": "SELECT max(dey) FROM pay"})
    assert "does more than read" in refused(folder, **{**SETTINGS, "changed": "DELETE FROM pay"})


def test_a_question_that_says_null_is_warned_of_and_all_is_asked(folder: Path) -> None:
    settings = {**SETTINGS, "changed": "SELECT max(day) FROM pay WHERE day > '9'"}
    first = read(folder, **settings)
    assert "gives NULL" in str(first.warnings[0])
    assert not kept()
    in_silence(folder)
    assert read(folder, **settings).cells[2] == ("Engineer", "999")


def test_what_broke_a_rule_is_not_kept(small_project: Path) -> None:
    do(small_project, "CREATE TABLE pay (job TEXT, salary INTEGER, day TEXT)")
    do(small_project, "INSERT INTO pay VALUES ('Engineer', -1, '2026-01-01'), ('Analyst', 110000, '2026-01-02')")
    with_origin(small_project, "\n".join(f'{name} = "{value}"' for name, value in SETTINGS.items()))
    with pytest.raises(ProjectError):
        load_project(small_project)
    assert not kept()
    do(small_project, "UPDATE pay SET salary = 120000 WHERE salary < 0")
    assert len(load_project(small_project).tables["pay"]) == 2
    assert len(kept()) == 1


def test_changed_belongs_to_a_connection(small_project: Path) -> None:
    with_origin(small_project, 'url = "https://x.test/pay.csv"\nchanged = "SELECT 1"')
    with pytest.raises(ProjectError, match="changed belongs to a connection"):
        load_project(small_project)


# With a server


@pytest.fixture(scope="module")
def server(tool: Callable[[str], str]) -> Generator[Server, None, None]:
    with running(programs(tool), tool("openssl")) as started:
        started.psql(
            "CREATE TABLE shifts (job text, salary int, updated timestamptz); GRANT SELECT ON shifts TO careers;"
        )
        yield started


def of(server: Server) -> dict[str, Any]:
    return {
        "connection": server.address,
        "query": "SELECT job, salary FROM shifts ORDER BY job",
        "changed": "SELECT max(updated), count(*) FROM shifts",
    }


@pytest.fixture
def filled(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("CAREERS_DB_PASSWORD", PASSWORD)
    server.psql(
        "TRUNCATE shifts; INSERT INTO shifts VALUES ('Engineer', 1, '2026-01-01'), ('Analyst', 2, '2026-01-02')"
    )
    return server


def test_postgresql_is_asked_for_all_only_when_something_changed(filled: Server, tmp_path: Path) -> None:
    assert read(tmp_path, **of(filled)).cells[1:] == (("Analyst", "2"), ("Engineer", "1"))
    filled.psql("UPDATE shifts SET salary = 3 WHERE job = 'Engineer'")
    assert read(tmp_path, **of(filled)).cells[2] == ("Engineer", "1")
    filled.psql("DELETE FROM shifts WHERE job = 'Analyst'")  # which only the count tells
    assert read(tmp_path, **of(filled)).cells[1:] == (("Engineer", "3"),)


def test_the_password_is_in_nothing_that_is_kept(filled: Server, tmp_path: Path) -> None:
    read(tmp_path, **of(filled))
    for path in (one for one in cache_folder().rglob("*") if one.is_file()):
        assert PASSWORD.encode() not in path.read_bytes()
        assert (path.stat().st_mode & 0o077) == 0


def test_offline_the_kept_result_is_read_with_its_date(filled: Server, tmp_path: Path) -> None:
    assert "no result of an earlier run" in outage(tmp_path, **of(filled), leave=Leave(offline=True))
    first = read(tmp_path, **of(filled))
    offline = read(tmp_path, **of(filled), leave=Leave(offline=True))
    assert offline.cells == first.cells
    assert "The result from 20" in str(offline.warnings[0])


def test_when_the_server_stops_it_stands_in_where_the_project_says_so(
    tool: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERS_DB_PASSWORD", PASSWORD)
    with running(programs(tool), tool("openssl")) as server:
        settings = {
            "connection": server.address,
            "query": "SELECT job, salary FROM pay ORDER BY job",
            "changed": "SELECT count(*) FROM pay",
        }
        first = read(tmp_path, **settings)
    assert "keep_last_good = true under read would use it" in outage(tmp_path, **settings)
    again = read(tmp_path, **settings, read={"keep_last_good": True})
    assert again.cells == first.cells
    assert "stands in for it" in str(again.warnings[-1])
