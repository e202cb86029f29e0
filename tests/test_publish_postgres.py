"""Publishing from a PostgreSQL server that is stopped in the middle: the run fails, and what is public stays."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from data.sources.databases import changed
from tests.postgres_server import PASSWORD, Server, programs, running
from tests.test_network_secrets import run

pytestmark = pytest.mark.usefixtures("without_verapdf")

CHANGED = "SELECT max(day), count(*) FROM wages"
QUERY = "SELECT job, salary FROM wages ORDER BY job"
SLOW = "SELECT job, salary FROM wages, pg_sleep(600) AS wait ORDER BY job"
LONG = "SELECT 'Engineer ' || n AS job, CASE WHEN n < 1500 THEN n ELSE length(pg_sleep(600)::text) END AS salary "
LONG += "FROM generate_series(1, 2500) AS n"
IN_A_QUERY = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'fairsheet' AND wait_event = 'PgSleep'"


@pytest.fixture(scope="module")
def server(tool: Callable[[str], str]) -> Generator[Server, None, None]:
    with running(programs(tool), tool("openssl")) as started:
        started.psql("CREATE TABLE wages (job text, salary int, day date); GRANT SELECT ON wages TO careers;")
        yield started


@pytest.fixture
def filled(server: Server, monkeypatch: pytest.MonkeyPatch) -> Generator[Server, None, None]:
    monkeypatch.setenv("CAREERS_DB_PASSWORD", PASSWORD)
    server.psql(
        "TRUNCATE wages; INSERT INTO wages VALUES ('Engineer', 120000, '2026-01-01'), ('Analyst', 110000, '2026-01-02')"
    )
    try:
        yield server
    finally:
        if not server.is_running():
            server.start()


def raised(server: Server) -> None:
    server.psql("UPDATE wages SET salary = salary + 1000, day = day + 1")


def asking(root: Path, server: Server, query: str = QUERY, more: str = "") -> None:
    """Let the project's table be a query, in place of what it was."""
    toml = root / "project.toml"
    lines = [
        line for line in toml.read_text("utf-8").splitlines() if not line.startswith(("connection", "query", "changed"))
    ]
    at = lines.index("[tables.pay]") + 1
    said = {"connection": server.address, "query": query, "changed": CHANGED}
    lines[at:at] = [f"{name} = {json.dumps(value)}" for name, value in said.items()]
    text = "\n".join(line for line in lines if line != 'file = "tables/pay.csv"')
    toml.write_text(text.replace("[tables.pay.fields]", f"{more}\n[tables.pay.fields]") + "\n", "utf-8")


def public(to: Path) -> dict[str, bytes]:
    """All that readers find, and where `current` leads."""
    found = {str(path.relative_to(to)): path.read_bytes() for path in (to / "editions").rglob("*") if path.is_file()}
    return found | {"current": str((to / "current").readlink()).encode()}


@contextmanager
def stopped_in_a_query(server: Server, how: str) -> Generator[None, None, None]:
    """Stop the server as soon as it is at work on a query of ours."""
    ended, done = threading.Event(), threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            if server.psql(IN_A_QUERY) != "0":
                server.stop(how)
                done.set()
                return

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    assert done.is_set()


def published(root: Path, to: Path) -> dict[str, bytes]:
    code, said = run("publish", root, "--to", to)
    assert code == 0, said
    return public(to)


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_server_that_stops_between_the_question_and_the_query_fails_the_run(
    how: str, filled: Server, small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "public"
    asking(small_project, filled)
    before = published(small_project, to)
    raised(filled)
    real = changed.read

    def stopping(request: Any, setting: str = "query") -> Any:
        answer = real(request, setting)
        if setting == "changed":
            filled.stop(how)
        return answer

    monkeypatch.setattr(changed, "read", stopping)
    code, said = run("publish", small_project, "--to", to)
    monkeypatch.setattr(changed, "read", real)
    assert code == 5, said
    assert "cannot be reached" in said
    assert "keep_last_good = true under read would use it" in said
    assert "nothing was written" in said
    assert public(to) == before
    filled.start()
    assert published(small_project, to) != before  # the answer of the run that failed was not kept for its result
    code, said = run("trace", "$121,000", small_project)
    assert code == 0, said


@pytest.mark.parametrize("how", ["fast", "immediate"])
@pytest.mark.parametrize("query", [SLOW, LONG], ids=["before the first row", "after the first thousand rows"])
def test_a_server_that_stops_in_a_query_fails_the_run(
    query: str, how: str, filled: Server, small_project: Path, tmp_path: Path
) -> None:
    to = tmp_path / "public"
    asking(small_project, filled)
    before = published(small_project, to)
    asking(small_project, filled, query)
    with stopped_in_a_query(filled, how):
        code, said = run("publish", small_project, "--to", to)
    assert code == 5, said
    assert "cannot be reached" in said
    assert "nothing was written" in said
    assert public(to) == before
    filled.start()
    raised(filled)
    asking(small_project, filled)
    assert published(small_project, to) != before


def test_the_last_result_stands_in_for_a_server_that_stops_where_the_project_says_so(
    filled: Server, small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "public"
    asking(small_project, filled, more="[tables.pay.read]\nkeep_last_good = true")
    before = published(small_project, to)
    raised(filled)
    real = changed.read

    def stopping(request: Any, setting: str = "query") -> Any:
        answer = real(request, setting)
        if setting == "changed":
            filled.stop()
        return answer

    monkeypatch.setattr(changed, "read", stopping)
    code, said = run("publish", small_project, "--to", to)
    monkeypatch.setattr(changed, "read", real)
    assert code == 0, said
    assert "stands in for it" in said
    assert public(to) == before


def test_a_server_that_hangs_in_a_query_fails_the_run(filled: Server, small_project: Path, tmp_path: Path) -> None:
    to = tmp_path / "public"
    asking(small_project, filled)
    before = published(small_project, to)
    asking(small_project, filled, SLOW, "[tables.pay.read]\ntimeout = 1")
    began = time.monotonic()
    code, said = run("publish", small_project, "--to", to)
    assert code == 5, said
    assert "did not answer within 1 seconds" in said
    assert time.monotonic() - began < 300  # half of what the server would take
    assert public(to) == before
