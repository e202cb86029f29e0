"""Secrets stay here: a project may name only the environment variables that the user allowed it, for their hosts."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from data.files.user_folders import config_folder
from generate import app
from tests.misbehaving_server import CSV, Seen, misbehaving
from tests.reading import outage, read, refused

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "s3cret/+ token"
HIDDEN = "hidden-value-7"
URL = "https://data.careers.test/pay.csv"
QUERY = {"query": "SELECT 1 AS one"}


@pytest.fixture
def server() -> Generator[tuple[str, Seen], None, None]:
    with misbehaving() as running:
        yield running


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def with_origin(project: Path, origin: str, more: str = "") -> Path:
    """The project with another origin of its table."""
    toml = project / "project.toml"
    text = toml.read_text("utf-8").replace('file = "tables/pay.csv"', origin)
    toml.write_text(text.replace("[tables.pay.fields]", f"{more}\n[tables.pay.fields]"), "utf-8")
    return project


def wanting(address: str, project: Path) -> Path:
    """The project with a table behind an address that needs a token."""
    headers = '[tables.pay.read]\nheaders = { Authorization = "Bearer ${CAREERS_TOKEN}" }'
    return with_origin(project, f'url = "{address}/secret.csv"', headers)


NAMED: dict[str, dict[str, Any]] = {
    "the query of an address": {"url": f"{URL}?key=${{HIDDEN}}"},
    "its path": {"url": "https://data.careers.test/${HIDDEN}/pay.csv"},
    "its host": {"url": "https://${HIDDEN}.careers.test/pay.csv"},
    "its whole host": {"url": "https://${HIDDEN}/pay.csv"},
    "its port": {"url": "https://data.careers.test:${HIDDEN}/pay.csv"},
    "its user": {"url": "https://${HIDDEN}@data.careers.test/pay.csv"},
    "its password": {"url": "https://me:${HIDDEN}@data.careers.test/pay.csv"},
    "its fragment": {"url": f"{URL}#${{HIDDEN}}"},
    "its scheme": {"url": "${HIDDEN}://data.careers.test/pay.csv"},
    "a whole address": {"url": "${HIDDEN}"},
    "a header": {"url": URL, "read": {"headers": {"Authorization": "Bearer ${HIDDEN}"}}},
    "the address of a source": {"query": "SELECT job FROM s", "sources": {"s": {"url": f"{URL}?k=${{HIDDEN}}"}}},
    "a header of a source": {
        "query": "SELECT job FROM s",
        "sources": {"s": {"url": URL, "read": {"headers": {"X-Key": "${HIDDEN}"}}}},
    },
    "a password of PostgreSQL": {"connection": "postgresql://me:${HIDDEN}@db.careers.test/x", **QUERY},
    "a user of PostgreSQL": {"connection": "postgresql://${HIDDEN}@db.careers.test/x", **QUERY},
    "a host of PostgreSQL": {"connection": "postgresql://me@${HIDDEN}/x", **QUERY},
    "a database of PostgreSQL": {"connection": "postgresql://me@db.careers.test/${HIDDEN}", **QUERY},
    "a parameter of PostgreSQL": {"connection": "postgresql://me@db.careers.test/x?sslmode=${HIDDEN}", **QUERY},
    "a password of MySQL": {"connection": "mysql://me:${HIDDEN}@db.careers.test/x", **QUERY},
    "a host of MariaDB": {"connection": "mariadb://me@${HIDDEN}/x", **QUERY},
    "a parameter of MySQL": {"connection": "mysql://me@db.careers.test/x?ssl-ca=${HIDDEN}", **QUERY},
    "a file of SQLite": {"connection": "sqlite:///${HIDDEN}.db", **QUERY},
    "an unknown database": {"connection": "oracle://me:${HIDDEN}@db.careers.test/x", **QUERY},
    "a whole connection": {"connection": "${HIDDEN}", **QUERY},
}


@pytest.mark.parametrize("way", NAMED)
def test_however_a_project_names_a_variable_it_gets_none_that_was_not_allowed(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIDDEN", HIDDEN)
    said = refused(tmp_path, **NAMED[way])
    assert "the project asks for your environment variable HIDDEN, to" in said
    assert f"python generate.py allow secret:HIDDEN {tmp_path}" in said
    assert HIDDEN not in said
    monkeypatch.delenv("HIDDEN")
    assert refused(tmp_path, **NAMED[way]) == said  # whether it is set is nothing that a project learns


def test_a_variable_in_a_setting_that_takes_none_stays_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIDDEN", "t.csv")
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    with pytest.raises(FileNotFoundError):
        (tmp_path / "${HIDDEN}").stat()
    assert "${HIDDEN}" in refused(tmp_path, file="${HIDDEN}", read={"format": "csv"})


@pytest.mark.parametrize("allowed", ["HIDDEN@127.0.0.1", "OTHER, HIDDEN@127.0.0.1", "HIDDEN@127.0.0.1:{port}"])
def test_a_name_can_be_allowed_for_one_host(
    allowed: str, server: tuple[str, Seen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = server
    port = address.rpartition(":")[2]
    monkeypatch.setenv("HIDDEN", TOKEN)
    monkeypatch.setenv("FAIRSHEET_SECRETS", allowed.replace("{port}", port))
    read_settings = {"headers": {"Authorization": "Bearer ${HIDDEN}"}}
    assert len(read(tmp_path, url=f"{address}/secret.csv", read=read_settings).cells) == 3
    other = address.replace("127.0.0.1", "localhost")
    assert f"to send it to localhost:{port}" in refused(tmp_path, url=f"{other}/secret.csv", read=read_settings)
    assert len(seen.requests) == 1
    monkeypatch.setenv("FAIRSHEET_SECRETS", "HIDDEN@127.0.0.1:1")
    assert "you have not allowed" in refused(tmp_path, url=f"{address}/secret.csv", read=read_settings)


def test_a_connection_that_is_a_secret_is_held_to_its_host_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERS_DB", "mysql://careers:hunter2@127.0.0.1:1/students")
    for allowed in ("CAREERS_DB", "CAREERS_DB@127.0.0.1", "CAREERS_DB@127.0.0.1:1"):
        monkeypatch.setenv("FAIRSHEET_SECRETS", allowed)
        assert "cannot be reached" in outage(tmp_path, connection="${CAREERS_DB}", query="SELECT 1 AS one")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "CAREERS_DB@db.careers.test")
    said = refused(tmp_path, connection="${CAREERS_DB}", query="SELECT 1 AS one")
    assert "to send it to ${CAREERS_DB}; you have not allowed that" in said
    assert "127.0.0.1" not in said
    monkeypatch.delenv("CAREERS_DB")
    assert refused(tmp_path, connection="${CAREERS_DB}", query="SELECT 1 AS one") == said


def test_leave_for_a_whole_connection_is_none_for_more_behind_it(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERS_DB", f"mysql://careers:{HIDDEN}@127.0.0.1:1")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "")
    project = with_origin(small_project, 'connection = "${CAREERS_DB}"\nquery = "SELECT job, salary FROM pay"')
    assert run("allow", "secret:CAREERS_DB", project)[0] == 0
    assert run("check", project)[0] == 5
    toml = project / "project.toml"
    plain = toml.read_text("utf-8")
    for more in (":@localhost:1/x", "://localhost/", ".localhost/", "@localhost", "/?", "${CAREERS_DB}"):
        toml.write_text(plain.replace("${CAREERS_DB}", f"${{CAREERS_DB}}{more}"), "utf-8")
        code, output = run("check", project)
        assert (code, "you have not allowed that" in output, HIDDEN in output) == (2, True, False), output


def test_a_secret_is_no_name_of_a_host_that_somebody_else_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIDDEN", HIDDEN)
    monkeypatch.setenv("FAIRSHEET_SECRETS", "HIDDEN@data.careers.test")
    for url in (
        "https://${HIDDEN}/x.csv",
        "https://${HIDDEN}.elsewhere.test/x.csv",
        "https://data.careers.test@${HIDDEN}/",
    ):
        said = refused(tmp_path, url=url)
        assert "you have not allowed that" in said
        assert HIDDEN not in said


def test_the_command_of_the_refusal_allows_what_it_says_and_nothing_else(
    server: tuple[str, Seen], small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = server
    monkeypatch.setenv("CAREERS_TOKEN", TOKEN)
    monkeypatch.setenv("FAIRSHEET_SECRETS", "")
    project = wanting(address, small_project)
    code, output = run("check", project)
    assert (code, seen.requests) == (2, [])
    command = output[output.index("python generate.py allow") :].partition(" (or")[0]
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    code, said = run(*shlex.split(command)[2:])
    assert code == 0
    assert f"may use CAREERS_TOKEN for {address.removeprefix('http://')}" in said
    assert run("check", project)[0] == 0
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    assert all(TOKEN not in path.read_text() for path in config_folder().rglob("*.json"))
    toml = project / "project.toml"
    toml.write_text(toml.read_text("utf-8").replace("127.0.0.1", "localhost"), "utf-8")
    code, output = run("check", project)
    assert (code, "to send it to localhost:" in output) == (2, True), output
    toml.write_text(toml.read_text("utf-8").replace("localhost", "127.0.0.1"), "utf-8")
    moved = project.rename(tmp_path / "moved")
    assert run("check", moved)[0] == 2


def test_what_cannot_be_allowed_is_told(small_project: Path) -> None:
    for what in ("CAREERS_TOKEN", "secret:", "everything:x"):
        code, output = run("allow", what, small_project)
        assert (code, "Write one of: secret:..., host:..." in output) == (2, True), output
    code, output = run("allow", "secret:CAREERS_TOKEN", small_project)
    assert (code, "names no ${CAREERS_TOKEN}" in output) == (2, True), output
    for host in ("a b", "a/b", "me@host", "host:99999", "[::1]x"):
        assert run("allow", f"host:{host}", small_project)[0] == 2, host


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
@pytest.mark.parametrize("answer", ["y", "n"])
def test_in_a_terminal_the_user_is_asked_and_her_answer_is_remembered(
    answer: str, server: tuple[str, Seen], small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pty

    address, seen = server
    project = wanting(address, small_project)
    monkeypatch.setenv("CAREERS_TOKEN", TOKEN)
    monkeypatch.setenv("FAIRSHEET_SECRETS", "")
    main, terminal = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, ROOT / "generate.py", "check", project], stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    output = b""
    while b"[y/N]" not in output:
        output += os.read(main, 4096)
    assert not seen.requests
    os.write(main, f"{answer}\n".encode())
    while started.poll() is None:
        try:
            output += os.read(main, 4096)
        except OSError:  # what Linux says when nobody is at the other end any more
            time.sleep(0.05)
    os.close(main)
    words = " ".join(output.decode().split())
    assert f"send your environment variable CAREERS_TOKEN to {address.removeprefix('http://')}?" in words
    assert started.returncode == (0 if answer == "y" else 2), words
    assert bool(seen.requests) == (answer == "y")
    assert run("check", project)[0] == started.returncode


def test_what_the_user_types_is_allowed_for_that_run(
    server: tuple[str, Seen], small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = server
    monkeypatch.setenv("YEAR", "2024")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "")
    monkeypatch.setenv("FAIRSHEET_HOSTS", "")
    typed = f"{address}/pay.csv?year=${{YEAR}}"
    assert run("inspect", typed)[0] == 0
    with_origin(small_project, f'url = "{typed}"')
    code, output = run("check", small_project)
    assert (code, "allow secret:YEAR" in output) == (2, True), output


def test_what_the_user_types_and_adds_is_remembered(
    server: tuple[str, Seen], small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = server
    monkeypatch.setenv("YEAR", "2024")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "")
    monkeypatch.setenv("FAIRSHEET_HOSTS", "")
    code, output = run("inspect", f"{address}/pay.csv?year=${{YEAR}}", "--add", small_project)
    assert code == 0, output
    assert run("check", small_project)[0] == 0


@pytest.mark.parametrize(
    "name", ["Host", "host ", "Transfer-Encoding", "If-None-Match", "Proxy-Authorization", "Range"]
)
def test_a_project_does_not_say_to_whom_a_request_goes(name: str, server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    said = refused(tmp_path, url=f"{address}/pay.csv", read={"headers": {name: "other.test"}})
    assert "is not the project's to set" in said
    assert not seen.requests


def test_a_header_is_one_line(server: tuple[str, Seen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address, seen = server
    monkeypatch.setenv("CAREERS_TOKEN", "one\nX-Other: two")
    for headers in ({"X-Key": "${CAREERS_TOKEN}"}, {"X Key": "x"}, {"X-Key": "学"}):
        said = refused(tmp_path, url=f"{address}/pay.csv", read={"headers": headers})
        assert "two" not in said
    assert not seen.requests


def test_a_secret_is_not_sent_over_plain_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERS_TOKEN", HIDDEN)
    with misbehaving() as (_, seen):
        plain = "http://127.0.0.2:1/pay.csv"
        for url, headers in ((f"{plain}?k=${{CAREERS_TOKEN}}", {}), (plain, {"X-Key": "${CAREERS_TOKEN}"})):
            said = refused(tmp_path, url=url, read={"allow_http": True, "headers": headers})
            assert "is not encrypted, and would get your environment variable CAREERS_TOKEN" in said
        assert not seen.requests


def test_a_secret_is_not_sent_on_to_another_host(
    server: tuple[str, Seen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = server
    monkeypatch.setenv("CAREERS_TOKEN", TOKEN)
    monkeypatch.setenv("FAIRSHEET_SECRETS", "CAREERS_TOKEN@127.0.0.1")
    headers = {
        "authorization": "Bearer ${CAREERS_TOKEN}",
        "X-API-key": "${CAREERS_TOKEN}",
        "Cookie": "${CAREERS_TOKEN}",
    }
    read(tmp_path, url=f"{address}/elsewhere.csv", read={"headers": headers})
    assert [TOKEN in str(said) for _, said in seen.requests] == [True, False]
    assert CSV
