"""A PostgreSQL server for tests: Debian's package, started on loopback in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

_DEBIAN = "/usr/lib/postgresql"
USER, PASSWORD, DATABASE = "careers", "pa:ss/w@rd %", "students"
SCRIPT = """
CREATE TABLE pay (job text PRIMARY KEY, salary numeric(10, 2), share real, since date, active boolean, tags text[]);
INSERT INTO pay VALUES ('Engineer', 120000.00, 0.35, '2020-01-02', true, '{a,b}'), ('Analyst', 110000.50, NULL, NULL, false, '{}');
CREATE TABLE log (line text);
CREATE SEQUENCE counter;
CREATE TABLE private (x int);
REVOKE ALL ON private FROM careers;
"""


class Server(Struct, frozen=True):
    """A running server."""

    folder: Path
    port: int
    programs: Path
    host: str = "127.0.0.1"
    options: str = ""

    def start(self) -> None:
        """Begin, and wait until it answers."""
        control = self.programs / "pg_ctl"
        _as_postgres(control, "-D", self.folder / "data", "-o", self.options, "-l", self.folder / "log", "-w", "start")

    def stop(self, how: str = "immediate") -> None:
        """End it, and every session with it: "fast" rolls back what is going on, "immediate" as a loss of power does."""
        _as_postgres(self.programs / "pg_ctl", "-D", self.folder / "data", "-m", how, "-w", "stop")

    def is_running(self) -> bool:
        return (self.folder / "data/postmaster.pid").exists()

    def psql(self, script: str, database: str = DATABASE) -> str:
        """What the database's owner gets for a script.

        No pipe is used: a process that the run under test forks at that moment would hold its end open, and psql's
        answer would be waited for until that process ends. Hence `close_fds=False`, too: Python then needs no pipe of
        its own to begin psql.
        """
        command = [self.programs / "psql", "-h", self.folder, "-p", str(self.port), "-U", "postgres", "-d", database]
        with tempfile.TemporaryFile("w+") as asked, tempfile.TemporaryFile("w+") as told:
            asked.write(script)
            asked.seek(0)
            subprocess.run(
                [*command, "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-q"], stdin=asked, stdout=told, check=True,
                env={**os.environ, "PGPASSWORD": PASSWORD}, close_fds=False,
            )  # fmt: skip
            told.seek(0)
            return told.read().strip()

    @property
    def address(self) -> str:
        """The connection that a project would name."""
        return f"postgresql://{USER}:${{CAREERS_DB_PASSWORD}}@{self.host}:{self.port}/{DATABASE}"


def programs(tool: Callable[[str], str]) -> Path:
    """Where the server's programs are: Debian keeps them apart from all others."""
    found = sorted(Path(_DEBIAN).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else Path(tool("initdb")).parent


def _as_postgres(*command: str | Path) -> None:
    """Run a program of the server's, which never runs as root."""
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*user, *map(str, command)], check=True, capture_output=True, cwd="/")


@contextmanager
def running(
    programs: Path, openssl: str, *, host: str = "127.0.0.1", tls: bool = True, auth: str = "scram-sha-256"
) -> Generator[Server, None, None]:
    """A server with one database and one user, with TLS under a certificate that nobody signed, or without any."""
    folder = Path(tempfile.mkdtemp(prefix="fairsheet-pg-"))
    data = folder / "data"
    (folder / "password").write_text(PASSWORD)
    certificate = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    certificate += ["-addext", "subjectAltName=DNS:localhost"]
    keys = ["-keyout", folder / "server.key", "-out", folder / "server.crt"]
    subprocess.run([openssl, *certificate, *keys], check=True, capture_output=True)
    if os.getuid() == 0:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "postgres")
    (folder / "server.key").chmod(0o600)
    with socket.socket() as free:
        free.bind((host, 0))
        port = free.getsockname()[1]
    options = f"-p {port} -k {folder} -c listen_addresses={host} -c fsync=off -c ssl={'on' if tls else 'off'}"
    options += f" -c ssl_cert_file={folder}/server.crt -c ssl_key_file={folder}/server.key"
    server = Server(folder, port, programs, host, options)
    try:
        _as_postgres(
            programs / "initdb", "-D", data, "-U", "postgres", f"--auth={auth}", "-N", "-E", "UTF8",
            "--no-locale", f"--pwfile={folder}/password",
        )  # fmt: skip
        server.start()
        try:
            server.psql(
                f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'; CREATE DATABASE {DATABASE} OWNER {USER};", "postgres"
            )
            server.psql(f"SET ROLE {USER};{SCRIPT.replace('CREATE TABLE private', 'RESET ROLE; CREATE TABLE private')}")
            yield server
        finally:
            if server.is_running():
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
