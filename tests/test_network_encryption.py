"""PostgreSQL: another machine hears nothing without TLS, and nothing that the user did not allow, whatever is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.postgres_fake import CLEARTEXT, GSS, MD5, SSL_REQUEST, Talk, talking
from tests.postgres_server import PASSWORD, Server, programs, running
from tests.reading import outage, read, refused

ONE = "SELECT 1 AS one"
ELSEWHERE = "127.0.0.2"
"""An address that is none of the usual names of this machine, and so counts as another one."""
TLS = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERS_DB_PASSWORD", PASSWORD)


@pytest.fixture(scope="module")
def server(tool: Callable[[str], str]) -> Generator[Server, None, None]:
    with running(programs(tool), tool("openssl")) as started:
        yield started


@pytest.fixture(scope="module")
def open_server(tool: Callable[[str], str]) -> Generator[Server, None, None]:
    with running(programs(tool), tool("openssl"), host=ELSEWHERE, tls=False) as started:
        yield started


@pytest.mark.parametrize("parameters", ["", "?sslmode=require", "?sslmode=verify-full"])
def test_another_machine_that_does_not_encrypt_is_not_asked(
    parameters: str, open_server: Server, tmp_path: Path
) -> None:
    said = refused(tmp_path, connection=open_server.address + parameters, query=ONE)
    assert "does not encrypt: whoever is on the way could read along" in said
    assert "Have TLS switched on at the server" in said


@pytest.mark.parametrize("parameters", ["", "?sslmode=require", "?sslmode=verify-full"])
def test_it_hears_nothing_but_the_question_for_tls(parameters: str, tmp_path: Path) -> None:
    with talking(lambda talk: talk.begin(), ELSEWHERE) as (address, talks):
        connection = address.replace("careers@", "careers:${CAREERS_DB_PASSWORD}@") + parameters
        assert "does not encrypt" in refused(tmp_path, connection=connection, query=ONE)
    assert [talk.heard for talk in talks] == [SSL_REQUEST]


@pytest.mark.parametrize("mode", ["disable", "prefer", "allow", "", "DISABLE", "require,disable"])
def test_a_project_cannot_do_without_encryption(mode: str, tmp_path: Path) -> None:
    with talking(lambda talk: talk.begin(), ELSEWHERE) as (address, talks):
        said = refused(tmp_path, connection=f"{address}?sslmode={mode}", query=ONE)
        assert "would let others read along" in said or "is not known" in said
        assert not talks


@pytest.mark.parametrize(
    "parameter",
    [
        "host",
        "hostaddr",
        "port",
        "user",
        "password",
        "dbname",
        "passfile",
        "service",
        "servicefile",
        "options",
        "sslcert",
        "sslkey",
        "sslpassword",
        "sslcrl",
        "sslcrldir",
        "sslcertmode",
        "sslsni",
        "sslcompression",
        "sslnegotiation",
        "ssl_min_protocol_version",
        "requiressl",
        "require_auth",
        "gssencmode",
        "gsslib",
        "gssdelegation",
        "krbsrvname",
        "target_session_attrs",
        "load_balance_hosts",
        "channel_binding",
        "requirepeer",
        "application_name",
        "fallback_application_name",
        "client_encoding",
        "connect_timeout",
        "keepalives",
        "replication",
        "sslkeylogfile",
        "oauth_issuer",
        "oauth_client_id",
        "scram_client_key",
        "min_protocol_version",
    ],
)
def test_nothing_else_is_said_to_the_driver(parameter: str, tmp_path: Path) -> None:
    with talking(lambda talk: talk.begin()) as (address, talks):
        said = refused(tmp_path, connection=f"{address}?{parameter}=x", query=ONE)
        assert f"the parameter '{parameter}' is not known" in said or "stands in the file" in said
        assert not talks


@pytest.mark.parametrize("name", ["x%20host=127.0.0.9", "postgresql://127.0.0.9/x", "x'%20sslmode='disable", "x\\"])
def test_the_name_of_a_database_is_a_name(name: str, tmp_path: Path) -> None:
    def let_in(talk: Talk) -> None:
        talk.begin()
        talk.error("3D000", f'database "{name}" does not exist')

    with talking(let_in) as (address, talks):
        connection = address.replace("students", name if "%20" in name else quote(name, safe=""))
        assert "there is no such database" in refused(tmp_path, connection=connection, query=ONE)
    assert all(b"127.0.0.9" not in talk.heard or b"database\0" in talk.heard for talk in talks)
    assert talks


def test_authorities_are_a_file_of_the_project_or_the_systems(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    certificate = server.folder / "server.crt"
    for parameters in (f"?sslmode=verify-full&sslrootcert={certificate}", "?sslmode=verify-ca&sslrootcert=../x.pem"):
        assert "leaves the project folder" in refused(tmp_path, connection=server.address + parameters, query=ONE)
    assert "has no effect" in refused(tmp_path, connection=f"{server.address}?sslrootcert=system", query=ONE)
    assert "whose signature counts" in refused(tmp_path, connection=f"{server.address}?sslmode=verify-ca", query=ONE)
    shutil.copy(certificate, tmp_path / "ca.pem")
    named = server.address.replace("127.0.0.1", "localhost")
    for address, parameters in (
        (server.address, "?sslmode=verify-ca&sslrootcert=ca.pem"),
        (named, "?sslmode=verify-full&sslrootcert=ca.pem"),
    ):
        assert read(tmp_path, connection=address + parameters, query=TLS).cells[1] == ("TRUE",)
    said = outage(tmp_path, connection=f"{server.address}?sslmode=verify-full&sslrootcert=ca.pem", query=ONE)
    assert "has a certificate that cannot be trusted" in said
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    for address, mode in ((named, "verify-full"), (server.address, "verify-ca")):
        assert read(tmp_path, connection=f"{address}?sslmode={mode}", query=TLS).cells[1] == ("TRUE",)


def test_this_machine_may_do_without(server: Server, tmp_path: Path) -> None:
    assert read(tmp_path, connection=server.address, query=TLS).cells[1] == ("TRUE",)
    assert read(tmp_path, connection=f"{server.address}?sslmode=disable", query=TLS).cells[1] == ("FALSE",)


# -- what the driver would take by itself ------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with everything that PostgreSQL's driver looks for."""
    folder = tmp_path / "home"
    (folder / ".postgresql").mkdir(parents=True)
    (folder / ".pgpass").write_text(f"*:*:*:*:{PASSWORD.replace(':', chr(92) + ':')}\n")
    (folder / ".pgpass").chmod(0o600)
    (folder / ".pg_service.conf").write_text(f"[mine]\npassword={PASSWORD}\nhost=127.0.0.9\n")
    monkeypatch.setenv("HOME", str(folder))
    for name, value in {
        "PGPASSWORD": PASSWORD, "PGPASSFILE": str(folder / ".pgpass"), "PGSERVICE": "mine", "PGHOST": "127.0.0.9",
        "PGHOSTADDR": "127.0.0.9", "PGUSER": "somebody", "PGSSLMODE": "disable", "PGOPTIONS": "-c search_path=x",
        "PGAPPNAME": "mine", "PGREQUIREAUTH": "password", "PGGSSENCMODE": "prefer", "PGCLIENTENCODING": "LATIN1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return folder


@pytest.mark.usefixtures("home")
def test_a_server_gets_no_password_that_was_not_named(server: Server, tmp_path: Path) -> None:
    without = server.address.replace(":${CAREERS_DB_PASSWORD}", "")
    assert "refuses the user or the password" in refused(tmp_path, connection=without, query=ONE)
    assert read(tmp_path, connection=server.address, query=ONE).cells[1] == ("1",)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("how", [CLEARTEXT, MD5, GSS])
def test_whatever_a_server_asks_for_it_is_told_nothing_of_the_users(how: bytes, tmp_path: Path) -> None:
    def ask(talk: Talk) -> None:
        talk.begin()
        talk.send(b"R", how)
        talk.message()

    with talking(ask) as (address, talks):
        said = refused(tmp_path, connection=address, query=ONE)
    assert "password" in said
    heard = b"".join(talk.heard for talk in talks)
    assert b"careers" in heard
    for word in (PASSWORD.encode(), b"somebody", b"search_path", b"mine", b"LATIN1"):
        assert word not in heard


def test_the_password_itself_is_told_only_to_a_server_that_was_verified(
    tool: Callable[[str], str], tmp_path: Path
) -> None:
    def ask(talk: Talk) -> None:
        talk.begin()
        talk.send(b"R", CLEARTEXT)
        talk.message()

    with talking(ask) as (address, talks):
        said = refused(tmp_path, connection=address.replace("@", ":${CAREERS_DB_PASSWORD}@"), query=ONE)
    assert "wants to be told the password itself" in said
    assert "sslmode=verify-full" in said
    assert PASSWORD.encode() not in b"".join(talk.heard for talk in talks)
    with running(programs(tool), tool("openssl"), auth="password") as server:
        shutil.copy(server.folder / "server.crt", tmp_path / "ca.pem")
        named = server.address.replace("127.0.0.1", "localhost")
        assert "wants to be told" in refused(tmp_path, connection=f"{named}?sslmode=require", query=ONE)
        verified = f"{named}?sslmode=verify-full&sslrootcert=ca.pem"
        assert read(tmp_path, connection=verified, query=ONE).cells[1] == ("1",)
