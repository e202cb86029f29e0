"""A secret that the user allowed is in nothing that is told or kept, whoever repeats it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from data.errors import ProjectError
from data.files.user_folders import cache_folder
from data.project import load_project
from tests.reading import read, refused

TOKEN = "Kestrel-Umber-77"
QUERY = "SELECT 1 AS one"


@pytest.fixture(autouse=True)
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("T", TOKEN)
    monkeypatch.setenv("FAIRSHEET_SECRETS", "T,DB")


def hides(said: str) -> bool:
    return TOKEN.lower() not in said.lower()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me@127.0.0.1:1/x?sslmode=${T}",
        "postgresql://me@127.0.0.1:1/x?${T}=1",
        "postgresql://me@127.0.0.1:1/x?sslmode=verify-full&sslrootcert=${T}",
        "mysql://me@127.0.0.1:1/x?ssl-mode=${T}",
        "mysql://me@127.0.0.1:1/x?${T}=1",
        "mysql://me@127.0.0.1:1/x?ssl-ca=${T}",
        "sqlite:///${T}",
        "sqlite:///folder/${T}.db",
        "${T}://me@127.0.0.1/x",
    ],
)
def test_no_part_of_a_connection_is_told_that_a_variable_gives(address: str, tmp_path: Path) -> None:
    assert hides(refused(tmp_path, connection=address, query=QUERY))


@pytest.mark.parametrize(
    "value",
    [
        f"postgresql://me@127.0.0.1:1/x?{TOKEN}=1",
        f"postgresql://me@127.0.0.1:1/x?sslmode={TOKEN}",
        f"mysql://me@127.0.0.1:1/x?ssl-mode={TOKEN}",
        f"mysql://me@127.0.0.1:1/x?{TOKEN}=1",
        f"sqlite:///{TOKEN}",
        f"sqlite:///folder/{TOKEN}",
        f"{TOKEN}://me@127.0.0.1/x",
    ],
)
def test_no_part_of_a_variable_that_is_a_whole_connection_is_told(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB", value)
    assert hides(refused(tmp_path, connection="${DB}", query=QUERY))


@pytest.fixture
def echo() -> Iterator[str]:
    class Echo(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is the library's
            token = self.headers["X-Key"]
            header = f"job,{token.lower()}" if "header" in self.path else "job,salary"
            body = f"{header}\n{token.upper()},{token}\n".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/csv")
            self.send_header("ETag", f'"{token}"')
            self.send_header("Content-Disposition", f'attachment; filename="{token}.csv"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["cells.csv", "header.csv"])
def test_a_secret_that_a_server_puts_into_a_table_is_in_no_problem(
    path: str, echo: str, small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRSHEET_HOSTS", echo.removeprefix("http://"))
    toml = small_project / "project.toml"
    text = toml.read_text("utf-8").replace('file = "tables/pay.csv"', f'url = "{echo}/{path}"')
    headers = '[tables.pay.read]\nheaders = { X-Key = "${T}" }\n'
    toml.write_text(text.replace("[tables.pay.fields]", f"{headers}\n[tables.pay.fields]"), "utf-8")
    with pytest.raises(ProjectError) as caught:
        load_project(small_project)
    assert hides(str(caught.value))
    assert "***" in str(caught.value)


def test_a_copy_keeps_no_header_with_a_secret_in_it(echo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRSHEET_HOSTS", echo.removeprefix("http://"))
    read(tmp_path, url=f"{echo}/cells", read={"headers": {"X-Key": "${T}"}})
    [copy] = [one for one in cache_folder().rglob("*") if one.is_file() and one.read_bytes().startswith(b"fairsheet")]
    head = copy.read_bytes().splitlines()[1].decode()
    assert hides(head)
    assert "etag" not in head


def test_a_secret_in_a_database_is_in_no_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("T", "folder.db")
    with sqlite3.connect(tmp_path / "folder.db") as database:
        database.execute("CREATE TABLE x (a)")
    database.close()
    said = refused(tmp_path, connection="sqlite:///${T}", query="SELECT x'00' AS 'folder.db'")
    assert "folder.db" not in said
