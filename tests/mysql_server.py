"""A MariaDB server for tests: Debian's package, started on loopback in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

USER, PASSWORD, DATABASE = "careers", "pa:ss/w@rd %ü", "students"
SCRIPT = """
CREATE TABLE pay (job varchar(40) PRIMARY KEY, salary decimal(10, 2), share float, since date, active boolean);
INSERT INTO pay VALUES ('Engineer', 120000.00, 0.35, '2020-01-02', true), ('Analyst', 110000.50, NULL, NULL, false);
CREATE TABLE log (line varchar(40)) ENGINE = Aria;
CREATE TABLE private (x int);
CREATE SEQUENCE counter;
CREATE FUNCTION noted(word varchar(40)) RETURNS int MODIFIES SQL DATA BEGIN INSERT INTO log VALUES (word); RETURN 1; END;
CREATE PROCEDURE note() MODIFIES SQL DATA BEGIN INSERT INTO log VALUES ('called'); SELECT 1 AS one; END;
"""
"""One statement a line. `careers` may do everything to these tables: what keeps them as they are is not a lack of rights."""


class Server(Struct, frozen=True):
    """A running server."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def ask(self, *statements: str, database: str | None = DATABASE) -> list[tuple[Any, ...]]:
        """The rows that the database's owner gets for the last of some statements."""
        import pymysql

        session = pymysql.connect(
            unix_socket=f"{self.folder}/socket", user="root", database=database, autocommit=True, ssl_disabled=True
        )
        with closing(session), session.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall())

    def address(self, parameters: str = "", *, host: str = "127.0.0.1", database: str = DATABASE) -> str:
        """The connection that a project would name."""
        return f"mysql://{USER}:${{CAREERS_DB_PASSWORD}}@{host}:{self.port}/{database}{parameters}"

    @property
    def certificate(self) -> Path:
        """What the server shows, signed by itself."""
        return self.folder / "server.crt"

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server."""
        self.process.send_signal(how)
        self.process.wait(20)


@contextmanager
def running(tool: Callable[[str], str], *options: str) -> Generator[Server, None, None]:
    """A server with one database and one user, with TLS under a certificate that nobody else signed."""
    daemon, install = _program(tool, "mariadbd"), _program(tool, "mariadb-install-db")
    folder = Path(tempfile.mkdtemp(prefix="fairsheet-my-"))
    data = folder / "data"
    certificate = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost"]
    keys = ["-keyout", folder / "server.key", "-out", folder / "server.crt"]
    subprocess.run([tool("openssl"), *certificate, *names, *keys], check=True, capture_output=True)
    user = ["--user=mysql"] if os.getuid() == 0 else []  # the server never runs as root
    if user:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "mysql")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        subprocess.run(
            [
                install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal",
                "--skip-test-db", *user,
            ],
            check=True, capture_output=True, cwd="/",
        )  # fmt: skip
        process = subprocess.Popen(
            [
                daemon, "--no-defaults", f"--datadir={data}", f"--socket={folder}/socket", f"--port={port}",
                f"--pid-file={folder}/pid", "--bind-address=127.0.0.1", "--character-set-server=utf8mb4",
                "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=16M", "--secure-file-priv=",
                "--local-infile=1", f"--ssl-cert={folder}/server.crt", f"--ssl-key={folder}/server.key",
                f"--log-error={folder}/log", *user, *options,
            ],
            cwd="/", stderr=subprocess.DEVNULL,
        )  # fmt: skip
        server = Server(folder, port, process)
        try:
            _wait(server)
            _fill(server)
            yield server
        finally:
            if process.poll() is None:
                process.kill()
                process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(tool: Callable[[str], str], name: str) -> str:
    """Where a program of the server's is: Debian keeps the server where only root's shell looks."""
    path = Path("/usr/sbin") / name
    return str(path) if path.is_file() else tool(name)


def _wait(server: Server) -> None:
    import pymysql

    for _ in range(300):
        if server.process.poll() is not None:
            break
        if (server.folder / "socket").exists():
            with suppress(pymysql.Error):
                server.ask("SELECT 1", database=None)
                return
        time.sleep(0.1)
    raise AssertionError((server.folder / "log").read_text())


def _fill(server: Server) -> None:
    server.ask(
        f"CREATE DATABASE {DATABASE}",
        f"CREATE USER {USER}@'%' IDENTIFIED BY '{PASSWORD}'",
        f"GRANT ALL ON {DATABASE}.* TO {USER}@'%'",
        f"GRANT FILE, SUPER, RELOAD, LOCK TABLES ON *.* TO {USER}@'%'",
        f"USE {DATABASE}",
        *filter(None, SCRIPT.splitlines()),
        database=None,
    )
