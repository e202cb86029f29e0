"""Something on loopback that speaks PostgreSQL's protocol as far as it is told to, with the ill will of a server.

The protocol: https://www.postgresql.org/docs/current/protocol-message-formats.html
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

SSL_REQUEST = struct.pack("!ii", 8, 80877103)
CLEARTEXT, MD5, GSS = struct.pack("!i", 3), struct.pack("!i", 5) + b"salt", struct.pack("!i", 7)


@dataclass
class Talk:
    """One client, and what it has said."""

    line: socket.socket
    heard: bytes = b""

    def take(self, count: int) -> bytes:
        got = b""
        while len(got) < count:
            more = self.line.recv(count - len(got))
            if not more:
                raise ConnectionError
            got += more
        self.heard += got
        return got

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
    talks: list[Talk] = []
    over = threading.Event()

    def serve(line: socket.socket) -> None:
        with line, suppress(OSError):
            talks.append(Talk(line))
            talk(talks[-1])

    def listen() -> None:
        while not over.is_set():
            with suppress(OSError):
                threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()

    with socket.socket() as server:
        server.bind((host, 0))
        server.listen()
        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield f"postgresql://careers@{host}:{server.getsockname()[1]}/students", talks
        finally:
            over.set()
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)
