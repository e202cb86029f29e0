"""A project that delivers, and servers on loopback to which it does."""

from __future__ import annotations

import email
import email.policy
import getpass
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.publishing import project

ADDRESS = "FAIR_MAIL_URL"


def delivering(root: Path, lines: str) -> Path:
    """The project, with [deliver] and [tell] as these lines say."""
    project(root)
    with (root / "project.toml").open("a", encoding="utf-8") as stream:
        stream.write(f"\n{lines}\n")
    return root


def redelivering(root: Path, lines: str) -> None:
    """The same project with other [deliver] and [tell]."""
    text = (root / "project.toml").read_text("utf-8")
    begin = min(at for at in (text.find("\n[deliver."), text.find("\n[tell."), len(text)) if at >= 0)
    (root / "project.toml").write_text(f"{text[:begin]}\n{lines}\n", encoding="utf-8")


def found(place: Path) -> tuple[str, dict[str, str]]:
    """What a reader of a folder finds who follows current.json: the edition, and SHA-256 of each of its files, which
    are as the index and their manifest say."""
    said = json.loads((place / "current.json").read_text("utf-8"))
    folder = place / said["edition"]
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert files == said["files"]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for entry in manifest["outputs"].values():
        assert files[entry["file"]] == entry["sha256"]
    return manifest["edition"], files


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        return line.getsockname()[1]


class Mailbox:
    """What a mail server took, and how it is to behave."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses: str | None = None
        self.port = 0

    @property
    def address(self) -> str:
        return f"mailto://127.0.0.1:{self.port}?from=fair@careers.test&to=jo@careers.test&mode=insecure"

    @property
    def subjects(self) -> list[str]:
        return [str(one["Subject"]) for one in self.messages]

    @property
    def text(self) -> str:
        """What the newest message says."""
        part = self.messages[-1].get_body(("plain",))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")

    @property
    def attachments(self) -> dict[str, bytes]:
        """The files that came with the newest message."""
        parts = self.messages[-1].iter_attachments()
        return {str(one.get_filename()): bytes(one.get_payload(decode=True) or b"") for one in parts}


class _Postman:
    """What aiosmtpd hands messages to; it calls all that it finds on it, so that a mailbox is another thing."""

    def __init__(self, box: Mailbox) -> None:
        self._box = box

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if self._box.refuses:
            return self._box.refuses
        said = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        assert isinstance(said, EmailMessage)
        self._box.messages.append(said)
        return "250 taken"


@contextmanager
def mail_server(**options: Any) -> Iterator[Mailbox]:
    """A mail server on loopback."""
    from aiosmtpd.controller import Controller

    box = Mailbox()
    box.port = free_port()
    controller = Controller(_Postman(box), hostname="127.0.0.1", port=box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


class SftpServer:
    """OpenSSH's server on loopback, run by whoever runs the tests, with keys of its own."""

    def __init__(self, base: Path, sshd: str) -> None:
        self.base, self.sshd = base, sshd
        self.port = free_port()
        self.folder = base / "www"
        self.folder.mkdir()
        for name in ("host", "user", "stranger"):
            self._key(name)
        (base / "authorized").write_text((base / "user.pub").read_text("utf-8"), encoding="utf-8")
        (base / "config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {base / 'host'}\nPidFile none\nUsePAM no\n"
            f"AuthorizedKeysFile {base / 'authorized'}\nStrictModes no\nPasswordAuthentication no\n"
            "KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n"
            "Subsystem sftp internal-sftp\n",
            encoding="utf-8",
        )
        self.process: subprocess.Popen[bytes] | None = None

    def _key(self, name: str) -> None:
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.base / name)],
            check=True,
            capture_output=True,
        )

    def start(self) -> None:
        """Begin, and wait until it answers."""
        self.process = subprocess.Popen(
            [self.sshd, "-D", "-e", "-f", str(self.base / "config")],
            stderr=(self.base / "log").open("ab"),
            start_new_session=True,
        )
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                self._skip_without_account()
                return
            except OSError:
                if self.process.poll() is not None:
                    pytest.skip(f"sshd does not run here: {(self.base / 'log').read_text('utf-8').strip()[-200:]}")
                time.sleep(0.05)
        pytest.skip("sshd does not answer here")

    def _skip_without_account(self) -> None:
        """Skip the test where the account of who runs it may not log in at all, as those of services."""
        asked = ["sftp", "-q", "-b", "/dev/null", "-i", str(self.base / "user"), "-P", str(self.port), "-F", "none"]
        asked += ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "BatchMode=yes"]
        if subprocess.run([*asked, f"{getpass.getuser()}@127.0.0.1"], capture_output=True, check=False).returncode:
            pytest.skip(
                f"this account may not log in with SSH: {(self.base / 'log').read_text('utf-8').strip()[-200:]}"
            )

    def stop(self) -> None:
        """End it, and every line with it."""
        if self.process is not None:
            children = subprocess.run(
                ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
            ).stdout.split()
            for one in (*children, str(self.process.pid)):
                with suppress(ProcessLookupError):
                    os.kill(int(one), signal.SIGKILL)
            self.process.wait()
            self.process = None

    def known(self, home: Path, key: str = "host", port: int | None = None) -> None:
        """Let a user know the server by a key."""
        (home / ".ssh").mkdir(parents=True, exist_ok=True)
        kind, value = (self.base / f"{key}.pub").read_text("utf-8").split()[:2]
        line = f"[127.0.0.1]:{port or self.port} {kind} {value}\n"
        (home / ".ssh/known_hosts").write_text(line, encoding="utf-8")

    def address(self, port: int | None = None) -> str:
        return f"sftp://{getpass.getuser()}@127.0.0.1:{port or self.port}{self.folder.as_posix()}"


@contextmanager
def sftp_server(base: Path) -> Iterator[SftpServer]:
    """An SFTP server, or a skipped test where OpenSSH's is not installed."""
    sshd = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
    if sshd is None or shutil.which("ssh-keygen") is None:
        pytest.skip("OpenSSH's server (sshd) is not installed")
    base.mkdir(exist_ok=True)
    server = SftpServer(base, sshd)
    try:
        server.start()
        yield server
    finally:
        server.stop()


class Between:
    """A line to a server, in between of which all goes on as it does, until something happens to it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.fails_after: int | None = None
        """Bytes from the client, after which the line breaks off."""
        self.hangs_after: int | None = None
        self._server = socket.create_server(("127.0.0.1", 0))
        self.own_port: int = self._server.getsockname()[1]
        self._lines: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._server.accept()
                other = socket.create_connection(("127.0.0.1", self.port))
                self._lines += [line, other]
                threading.Thread(target=self._carry, args=(line, other, True), daemon=True).start()
                threading.Thread(target=self._carry, args=(other, line, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        carried = 0
        with suppress(OSError):
            while content := source.recv(4096):
                carried += len(content) if counted else 0
                if self.hangs_after is not None and carried > self.hangs_after:
                    continue
                if self.fails_after is not None and carried > self.fails_after:
                    break
                target.sendall(content)
        for line in (source, target):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for line in (self._server, *self._lines):
            line.close()
