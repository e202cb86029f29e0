"""Something on loopback that speaks MySQL's protocol as far as it is told to: MySQL 8's ways, and a server's ill will.

The protocol: https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from msgspec import field

from tests.fake_server import Line, serving

NATIVE, SHA2 = "mysql_native_password", "caching_sha2_password"
TEXT, NUMBER, JSON = 253, 8, 245
_CAPABILITIES = 0x00000001 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000 | 0x200000
_UTF8, _BINARY = 45, 63
_ENDS = b"\xfe\0\0\2\0"


class Talk(Line):
    """One client, and what it has said."""

    queries: list[str] = field(default_factory=list[str])
    number: int = 0

    def send(self, packet: bytes) -> None:
        self.line.sendall(struct.pack("<I", len(packet))[:3] + bytes([self.number % 256]) + packet)
        self.number += 1

    def read(self) -> bytes:
        head = self.take(4)
        self.number = head[3] + 1
        return self.take(int.from_bytes(head[:3], "little"))

    def greet(self, plugin: str = NATIVE) -> None:
        low, high = _CAPABILITIES & 0xFFFF, _CAPABILITIES >> 16
        self.send(
            b"\x0a8.4.0\0" + struct.pack("<I", 7) + b"saltsalt\0" + struct.pack("<HBHHB", low, 45, 2, high, 21)
            + bytes(10) + b"saltsaltsalt\0" + plugin.encode() + b"\0"
        )  # fmt: skip

    def ok(self) -> None:
        self.send(b"\0\0\0\2\0\0\0")

    def error(self, code: int, words: str) -> None:
        self.send(b"\xff" + struct.pack("<H", code) + b"#HY000" + words.encode())

    def switch(self, plugin: str) -> None:
        self.send(b"\xfe" + plugin.encode() + b"\0" + b"saltsaltsaltsaltsalt\0")

    def columns(self, *columns: tuple[str, int]) -> None:
        self.send(bytes([len(columns)]))
        for name, kind in columns:
            charset = _UTF8 if kind == TEXT else _BINARY
            texts = b"".join(_text(word) for word in ("def", "", "", "", name, name))
            self.send(texts + b"\x0c" + struct.pack("<HIBHB", charset, 1024, kind, 0, 0) + b"\0\0")
        self.send(_ENDS)

    def rows(self, columns: Sequence[tuple[str, int]], *rows: Sequence[str]) -> None:
        self.columns(*columns)
        for row in rows:
            self.send(b"".join(map(_text, row)))
        self.send(_ENDS)

    def ask(self, answers: Callable[[Talk, str], None]) -> None:
        """Answer queries; what `answers` has no word for is fine."""
        while True:
            packet = self.read()
            if packet[:1] != b"\x03":
                return
            self.queries.append(packet[1:].decode())
            before = self.number
            answers(self, self.queries[-1])
            if self.number == before:
                self.ok()

    def serve(self, answers: Callable[[Talk, str], None], plugin: str = NATIVE) -> None:
        """Let anybody in, and answer queries as MySQL does, which has no max_statement_time."""

        def mysql(talk: Talk, query: str) -> None:
            if "max_statement_time" in query:
                talk.error(1193, "Unknown system variable 'max_statement_time'")
            elif "sql_mode" in query:
                talk.rows([("@@SESSION.sql_mode", TEXT)], ["STRICT_TRANS_TABLES"])
            else:
                answers(talk, query)

        self.greet(plugin)
        self.read()
        if plugin == SHA2:
            self.send(b"\x01\x03")
        self.ok()
        self.ask(mysql)


def _text(word: str) -> bytes:
    raw = word.encode()
    assert len(raw) < 251
    return bytes([len(raw)]) + raw


@contextmanager
def talking(talk: Callable[[Talk], None], host: str = "127.0.0.1") -> Generator[tuple[str, list[Talk]], None, None]:
    """A server at the address that comes out, and its talks with each client."""
    with serving(Talk, talk, host) as (address, talks):
        yield f"mysql://careers:${{CAREERS_DB_PASSWORD}}@{address}/students", talks
