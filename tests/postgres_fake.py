"""Something on loopback that speaks PostgreSQL's protocol as far as it is told to, with the ill will of a server.

The protocol: https://www.postgresql.org/docs/current/protocol-message-formats.html
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Generator
from contextlib import contextmanager

from tests.fake_server import Line, serving

SSL_REQUEST = struct.pack("!ii", 8, 80877103)
CLEARTEXT, MD5, GSS = struct.pack("!i", 3), struct.pack("!i", 5) + b"salt", struct.pack("!i", 7)


class Talk(Line):
    """One client, and what it has said."""

    def begin(self) -> None:
        """Let a client begin without TLS, whether it asked for that or not."""
        while True:
            size = self.take(4)
            rest = self.take(int.from_bytes(size) - 4)
            if size + rest != SSL_REQUEST:
                return
            self.line.sendall(b"N")

    def message(self) -> bytes:
        kind = self.take(1)
        return kind + self.take(int.from_bytes(self.take(4)) - 4)

    def send(self, kind: bytes, body: bytes) -> None:
        self.line.sendall(kind + struct.pack("!i", len(body) + 4) + body)

    def error(self, code: str, words: str, severity: str = "FATAL") -> None:
        fields = b"".join(f"{name}{text}\0".encode() for name, text in zip("SVCM", (severity, severity, code, words)))
        self.send(b"E", fields + b"\0")

    def welcome(self) -> None:
        self.send(b"R", struct.pack("!i", 0))
        self.send(b"S", b"client_encoding\0UTF8\0")
        self.send(b"Z", b"I")


@contextmanager
def talking(talk: Callable[[Talk], None], host: str = "127.0.0.1") -> Generator[tuple[str, list[Talk]], None, None]:
    """A server at the address that comes out, and its talks with each client."""
    with serving(Talk, talk, host) as (address, talks):
        yield f"postgresql://careers@{address}/students", talks
