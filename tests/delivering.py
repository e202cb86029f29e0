"""A project that delivers, and servers on loopback to which it does."""

from __future__ import annotations

import email
import email.policy
import hashlib
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

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
