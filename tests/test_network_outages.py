"""Outages: whatever form one takes the run ends with 5, and with 2 what the project has to mend."""

from __future__ import annotations

import errno
import re
import socket
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests import mysql_fake, postgres_fake
from tests.misbehaving_server import Seen, misbehaving
from tests.reading import outage, refused
from tests.test_network_secrets import run, with_origin

ONE = "SELECT job, salary FROM pay"


@pytest.fixture
def server() -> Generator[tuple[str, Seen], None, None]:
    with misbehaving() as running:
        yield running


def code_of(project: Path, origin: str, more: str = "") -> tuple[int, str]:
    return run("check", with_origin(project, origin, more))


WEB = (
    "code408.csv", "code429.csv", "code500.csv", "code502.csv", "code503.csv", "code504.csv", "code418.csv",
    "partial.csv", "code204.csv", "truncated.csv", "chunked.csv", "packed.csv", "loop.csv", "login.csv", "notice.csv",
    "disguised.csv", "picture.csv", "over_quota.csv", "empty.csv", "reset.csv", "nonsense.csv", "unasked.csv",
    "local.csv", "ftp.csv", "downgrade.csv", "huge.csv", "wrong_redirect.csv", "port_redirect.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", WEB)
def test_an_outage_of_a_web_server(name: str, server: tuple[str, Seen], small_project: Path) -> None:
    code, output = code_of(small_project, f'url = "{server[0]}/{name}"')
    assert code == 5, output
    assert "A source is out of order" in output


@pytest.mark.parametrize("name", ["silent.csv", "slow.csv", "endless.csv"])
def test_a_web_server_that_takes_too_long(name: str, server: tuple[str, Seen], small_project: Path) -> None:
    more = "[tables.pay.read]\ntimeout = 0.7\nmegabytes = 5"
    assert code_of(small_project, f'url = "{server[0]}/{name}"', more)[0] == 5


@pytest.mark.parametrize("name", ["code400.csv", "code401.csv", "code403.csv", "code404.csv", "code410.csv"])
def test_what_a_web_server_tells_the_project_to_mend(name: str, server: tuple[str, Seen], small_project: Path) -> None:
    assert code_of(small_project, f'url = "{server[0]}/{name}"')[0] == 2


def test_a_server_without_tls(server: tuple[str, Seen], small_project: Path) -> None:
    code, output = code_of(small_project, f'url = "{server[0].replace("http:", "https:")}/pay.csv"')
    assert (code, "does not speak TLS as it should" in output) == (5, True), output


@pytest.mark.parametrize(
    "number",
    [errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EPIPE, errno.ECONNRESET, errno.ECONNREFUSED, errno.ETIMEDOUT],
)
def test_a_network_that_is_down(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise OSError(number, "no way there")

    monkeypatch.setattr(socket.socket, "connect", connect)
    assert outage(tmp_path, url="https://127.0.0.1/pay.csv")
    assert outage(tmp_path, connection="mysql://me@127.0.0.1/x", query=ONE)


def test_a_name_that_nobody_knows_for_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert "has a host that is not found" in outage(tmp_path, url="https://data.careers.test/pay.csv")
    for scheme in ("postgresql", "mysql"):
        assert "Temporary failure" in outage(tmp_path, connection=f"{scheme}://me@db.careers.test/x", query=ONE)


def test_a_lookup_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(600))
    for origin in (
        {"url": "https://data.careers.test/pay.csv"},
        {"connection": "postgresql://me@db.careers.test/x", "query": ONE},
        {"connection": "mysql://me@db.careers.test/x", "query": ONE},
    ):
        assert "did not answer within 0.3 seconds" in outage(tmp_path, **origin, read={"timeout": 0.3})
    over.set()


POSTGRESQL = {
    "57P03": "the database system is starting up",
    "57P01": "terminating connection due to administrator command",
    "57P04": "the database system is shutting down",
    "53300": 'too many connections for role "careers"',
    "53301": "remaining connection slots are reserved for roles with the SUPERUSER attribute",
    "08006": "server closed the connection unexpectedly",
}


def after(talk: postgres_fake.Talk, code: str, words: str) -> None:
    """Let a client in, and answer its first query so."""
    talk.begin()
    talk.welcome()
    talk.message()
    talk.error(code, words)


@pytest.mark.parametrize("code", POSTGRESQL)
def test_postgresql_that_lets_nobody_in_or_breaks_off(code: str, tmp_path: Path) -> None:
    def refuse(talk: postgres_fake.Talk) -> None:
        talk.begin()
        talk.error(code, POSTGRESQL[code])

    for ill in (refuse, lambda talk: after(talk, code, POSTGRESQL[code])):
        with postgres_fake.talking(ill) as (address, _):
            said = outage(tmp_path, connection=address, query=ONE, read={"timeout": 5})
        assert "cannot be reached" in said


def test_postgresql_that_says_something_else(tmp_path: Path) -> None:
    for ill in (lambda talk: talk.line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"), lambda talk: talk.take(8)):
        with postgres_fake.talking(ill) as (address, _):
            assert "cannot be reached" in outage(tmp_path, connection=address, query=ONE, read={"timeout": 2})
    with postgres_fake.talking(lambda talk: after(talk, "57014", "canceling statement due to timeout")) as (address, _):
        assert "did not answer within" in outage(tmp_path, connection=address, query=ONE)


@pytest.mark.parametrize("code", ["28P01", "28000", "3D000"])
def test_what_postgresql_tells_the_project_to_mend(code: str, tmp_path: Path) -> None:
    words = {"28P01": "password authentication failed", "28000": 'role "x" is not permitted to log in'}

    def refuse(talk: postgres_fake.Talk) -> None:
        talk.begin()
        talk.error(code, words.get(code, 'database "x" does not exist'))

    with postgres_fake.talking(refuse) as (address, _):
        assert refused(tmp_path, connection=address, query=ONE)


# -- what a server says ---------------------------------------------------------------------------


def mysql_says(words: str) -> Callable[[mysql_fake.Talk], None]:
    return lambda talk: talk.error(1040, words)


def test_what_servers_say_is_one_short_line(server: tuple[str, Seen], tmp_path: Path) -> None:
    words = "full\x1b[2J\x1b]0;title\x07\u202e of \r\nlines\n" + "and more " * 3000

    def postgres(talk: postgres_fake.Talk) -> None:
        talk.begin()
        talk.error("57P03", f"the database system is starting up {words}")

    said: list[str] = []
    with mysql_fake.talking(mysql_says(words)) as (address, _):
        said.append(outage(tmp_path, connection=address.replace(":${CAREERS_DB_PASSWORD}", ""), query=ONE))
    with postgres_fake.talking(postgres) as (address, _):
        said.append(outage(tmp_path, connection=address, query=ONE))
    with postgres_fake.talking(lambda talk: after(talk, "57P01", words)) as (address, _):
        said.append(outage(tmp_path, connection=address, query=ONE))
    for text in said:
        assert len(text) < 600
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", text)


@pytest.mark.usefixtures("without_verapdf")
@pytest.mark.parametrize("name", [*WEB, "silent.csv", "slow.csv", "endless.csv"])
def test_an_outage_of_a_web_server_leaves_what_is_public(
    name: str, server: tuple[str, Seen], small_project: Path, tmp_path: Path
) -> None:
    to = tmp_path / "public"
    assert run("publish", small_project, "--to", to, "--only", "report")[0] == 0

    def state() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in to.rglob("*") if path.is_file()}

    before, leads = state(), (to / "current").readlink()
    with_origin(small_project, f'url = "{server[0]}/{name}"', "[tables.pay.read]\ntimeout = 0.7\nmegabytes = 200")
    code, said = run("publish", small_project, "--to", to, "--only", "report")
    assert code == 5, said
    assert "project.toml:" in said
    assert "nothing was written" in said
    assert (state(), (to / "current").readlink()) == (before, leads)
