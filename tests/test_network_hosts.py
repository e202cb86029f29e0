"""Hosts: this machine and the local network are read only with the user's leave, and she is told what is contacted."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from data.network.line import is_local
from tests.misbehaving_server import CSV, Seen, misbehaving
from tests.mysql_fake import NUMBER, Talk, talking
from tests.reading import outage, read, refused
from tests.test_network_secrets import run, with_origin

CELLS = 3
"""Rows of the table that the server gives."""


@pytest.fixture
def server() -> Generator[tuple[str, Seen], None, None]:
    with misbehaving() as running:
        yield running


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%1",
        "fec0::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::",
    ],
)
def test_addresses_of_no_single_machine_in_the_world_are_local(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "::ffff:8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_addresses_of_others_are_not(address: str) -> None:
    assert not is_local(address)


SPELLED = (
    "127.0.0.1", "localhost", "LOCALHOST", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1",
    "0.0.0.0", "0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "10.0.0.1", "172.16.0.1",
    "192.168.0.1", "100.64.0.1", "169.254.169.254", "[fe80::1]", "[fd00::1]", "[::ffff:169.254.169.254]", "2852039166",
)  # fmt: skip


@pytest.mark.parametrize("host", SPELLED)
def test_however_it_is_spelled_this_machine_and_its_network_are_not_read(
    host: str, server: tuple[str, Seen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = server
    port = address.rpartition(":")[2]
    monkeypatch.setenv("FAIRSHEET_HOSTS", "elsewhere.test,127.0.0.1:1,localhost:1")
    for settings in (
        {"url": f"https://{host}:{port}/pay.csv"},
        {"url": f"http://{host}:{port}/pay.csv", "read": {"allow_http": True}},
        {"connection": f"postgresql://me@{host}:{port}/x", "query": "SELECT 1 AS one"},
        {"connection": f"mysql://me@{host}:{port}/x", "query": "SELECT 1 AS one"},
    ):
        said = refused(tmp_path, **settings)
        assert "a project reads nothing there that you have not allowed" in said
        assert "python generate.py allow host:" in said
    assert not seen.requests


@pytest.mark.parametrize("host", ["a.test,b.test", "%2Fvar%2Frun%2Fpostgresql", "", "a%00b"])
def test_a_database_has_one_host_and_no_socket_of_this_machine(host: str, tmp_path: Path) -> None:
    for scheme in ("postgresql", "mysql"):
        said = refused(tmp_path, connection=f"{scheme}://me@{host}/x", query="SELECT 1 AS one")
        assert "host" in said or "is no address" in said


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names under .careers.test are addresses on loopback: first one where nobody can be, and another each time."""
    names: list[str] = []
    true = socket.getaddrinfo

    def look_up(host: Any, port: Any, *rest: Any, **options: Any) -> Any:
        if str(host).endswith(".careers.test"):
            names.append(str(host))
            host = "127.0.0.1" if names.count(str(host)) == 1 else "127.0.0.77"
        return true(host, port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


def test_a_name_that_leads_to_this_machine_is_not_read(
    looked_up: list[str], server: tuple[str, Seen], tmp_path: Path
) -> None:
    address, seen = server
    port = address.rpartition(":")[2]
    said = refused(tmp_path, url=f"https://data.careers.test:{port}/pay.csv")
    assert "leads to this machine, 127.0.0.1; a project reads nothing there" in said
    assert f"allow host:data.careers.test:{port} " in said
    assert (looked_up, seen.requests) == (["data.careers.test"], [])


def test_what_is_connected_to_is_what_was_looked_at(
    looked_up: list[str], server: tuple[str, Seen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRSHEET_HOSTS", "data.careers.test,db.careers.test,my.careers.test")
    port = server[0].rpartition(":")[2]
    grid = read(tmp_path, url=f"http://data.careers.test:{port}/pay.csv", read={"allow_http": True})
    assert len(grid.cells) == CELLS

    def one(talk: Talk, query: str) -> None:
        if query == "SELECT 1 AS one":
            talk.rows([("one", NUMBER)], ["1"])

    with talking(lambda talk: talk.serve(one)) as (address, talks):
        my = address.replace("127.0.0.1", "my.careers.test").replace(":${CAREERS_DB_PASSWORD}", "")
        assert "does not encrypt" in refused(tmp_path, connection=my, query="SELECT 1 AS one")
        assert len(talks) == 1
        db = f"postgresql://me@db.careers.test:{address.rpartition(':')[2].partition('/')[0]}/x"
        said = outage(tmp_path, connection=db, query="SELECT 1 AS one", read={"timeout": 2})
        assert "127.0.0.77" not in said
        assert len(talks) == 2
    assert looked_up == ["data.careers.test", "my.careers.test", "db.careers.test"]


def test_a_redirect_to_this_machine_is_not_followed(
    server: tuple[str, Seen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = server
    port = address.rpartition(":")[2]
    monkeypatch.setenv("FAIRSHEET_HOSTS", f"127.0.0.1:{port}")
    said = refused(tmp_path, url=f"{address}/elsewhere.csv")
    assert "leads to this machine" in said
    assert f"allow host:localhost:{port}" in said
    assert seen.paths == ["/elsewhere.csv"]


def test_the_command_of_the_refusal_allows_that_host_and_port(
    server: tuple[str, Seen], small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = server
    monkeypatch.setenv("FAIRSHEET_HOSTS", "")
    host = address.removeprefix("http://")
    project = with_origin(small_project, f'url = "{address}/elsewhere.csv"')
    code, output = run("check", project)
    assert (code, f"allow host:{host} {project}" in output) == (2, True), output
    assert run("allow", f"host:{host}", project)[0] == 0
    code, output = run("check", project)
    assert (code, "allow host:localhost" in output, len(seen.requests)) == (2, True, 1), output
    assert run("allow", "host:localhost", project)[0] == 0
    assert run("check", project)[0] == 0


# -- a proxy is the user's choice -----------------------------------------------------------


@contextmanager
def proxy() -> Generator[tuple[str, list[str]], None, None]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/csv")
            self.end_headers()
            self.wfile.write(CSV)

        def do_CONNECT(self) -> None:
            asked.append(self.path)
            self.send_error(407)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_a_proxy_of_the_users_is_used_and_not_asked_for_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRSHEET_HOSTS", "")
    for name in ("no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with proxy() as (address, asked):
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, address)
        plain = {"allow_http": True}
        assert len(read(tmp_path, url="http://data.careers.test/pay.csv", read=plain).cells) == CELLS
        for host in ("169.254.169.254", "10.0.0.1", "2130706433", "127.1", "[::ffff:10.0.0.1]"):
            assert "you have not allowed" in refused(tmp_path, url=f"http://{host}/pay.csv", read=plain)
            assert "you have not allowed" in refused(tmp_path, url=f"https://{host}/pay.csv")
        assert "is not let through by the proxy" in outage(tmp_path, url="https://data.careers.test/pay.csv")
        assert asked == ["http://data.careers.test/pay.csv", "data.careers.test:443"]


def test_what_goes_past_the_proxy_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRSHEET_HOSTS", "")
    with proxy() as (address, asked):
        monkeypatch.setenv("http_proxy", address)
        monkeypatch.setenv("no_proxy", "127.0.0.2")
        for url in (f"{address}/pay.csv", "http://127.0.0.2/pay.csv", f"{address.replace('127', '%31%32%37')}/x.csv"):
            said = refused(tmp_path, url=url, read={"allow_http": True})
            assert "you have not allowed" in said or "is no web address" in said
        assert not asked


# -- what is told -----------------------------------------------------------------------------


def test_the_first_run_tells_which_hosts_are_contacted_and_a_change_is_told_again(
    server: tuple[str, Seen], small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = server
    host = address.removeprefix("http://")
    monkeypatch.setenv("YEAR", "2024")
    project = with_origin(small_project, f'url = "{address}/pay.csv?y=${{YEAR}}"')
    told = f"{project} contacts:\n  {host}, with your environment variable YEAR\n"
    assert told in run("check", project)[1]
    assert "contacts:" not in run("check", project)[1]
    toml = project / "project.toml"
    plain = toml.read_text("utf-8")
    toml.write_text(plain.replace("?y=${YEAR}", "?y=2024"), "utf-8")
    assert f"contacts:\n  {host}\n" in run("check", project)[1]
    toml.write_text(plain, "utf-8")
    assert told in run("check", project)[1]


def test_hosts_are_told_before_anything_is_asked_of_them(
    server: tuple[str, Seen], small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = server
    monkeypatch.setattr("builtins.print", lambda *words, **_: seen.requests.append((str(words[0]), {})))
    run("check", with_origin(small_project, f'url = "{address}/pay.csv"'))
    assert ["contacts:" in seen.requests[0][0], seen.requests[1][0]] == [True, "/pay.csv"]


def test_a_project_without_hosts_tells_of_none(small_project: Path) -> None:
    assert "contacts" not in run("check", small_project)[1]


# -- offline ------------------------------------------------------------------------------------


@pytest.mark.parametrize("keeps", ["true", "false"])
def test_offline_the_last_good_copy_is_read_with_its_date(
    keeps: str, server: tuple[str, Seen], small_project: Path, tmp_path: Path
) -> None:
    address, seen = server
    project = with_origin(small_project, f'url = "{address}/pay.csv"', f"[tables.pay.read]\nkeep_last_good = {keeps}")
    code, output = run("check", project, "--offline")
    assert (code, "was not asked (--offline), and there is no copy" in output) == (5, True), output
    assert "contacts:" not in output
    assert run("check", project)[0] == 0
    before = len(seen.requests)
    for arguments in (["check", project], ["build", project, "--out", tmp_path / "out"]):
        code, output = run(*arguments, "--offline")
        assert code == 0, output
        assert "was not asked (--offline). The copy from 20" in output
    assert run("trace", "$120,000", project, "--offline")[0] == 0
    assert run("inspect", f"{address}/pay.csv", "--offline")[0] == 5
    assert len(seen.requests) == before


def test_offline_no_database_is_asked(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERS_DB_PASSWORD", "x")
    with talking(lambda talk: talk.greet()) as (address, talks):
        project = with_origin(small_project, f'connection = "{address}"\nquery = "SELECT job, salary FROM pay"')
        code, output = run("check", project, "--offline")
        assert (code, "of a database no copy is kept" in output) == (5, True), output
        assert run("inspect", address, "--offline")[0] == 5
        assert not talks
