"""A fake server on loopback: what it has heard of each client, and the loop that answers them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import TypeVar

from msgspec import Struct


class Line(Struct):
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


Talk = TypeVar("Talk", bound=Line)


@contextmanager
def serving(
    made: Callable[[socket.socket], Talk], talk: Callable[[Talk], None], host: str
) -> Generator[tuple[str, list[Talk]], None, None]:
    """A server at the host and port that come out, and its talks with each client."""
    talks: list[Talk] = []
    over = threading.Event()

    def serve(line: socket.socket) -> None:
        with line, suppress(OSError):
            talks.append(made(line))
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
            yield f"{host}:{server.getsockname()[1]}", talks
        finally:
            over.set()
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)
