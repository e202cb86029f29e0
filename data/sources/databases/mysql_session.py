"""The driver's session with a server of MySQL's kind, held to a size: what a server sends without end is cut off."""

from __future__ import annotations

from typing import Any

from pymysql import connections

_DRIVER: Any = connections  # its stubs leave out what is overridden here

LARGEST_PACKET = 64_000_000
"""Bytes of one packet, which holds one row; MySQL's own client takes 16 MB where nobody says otherwise."""
MOST_PACKETS = 20_000
"""Packets beside the rows of the query: settings, columns (MySQL has 4,096 of them at most), warnings."""


class TooMuchError(Exception):
    """A server sends more than an answer may have."""


class Session(_DRIVER.Connection):
    """A session that takes no packet that is too large, and no end of packets."""

    _taken = 0
    _packets = 0

    def _read_packet(self, packet_type: Any = _DRIVER.MysqlPacket) -> Any:
        self._taken = 0
        # Rows of the query are handed on one by one, and counted by whoever takes them.
        if self._result is None or not self._result.unbuffered_active:
            self._packets += 1
            if self._packets > MOST_PACKETS:
                self._refuse(f"sends more than {MOST_PACKETS:,} packets beside the rows")
        return _DRIVER.Connection._read_packet(self, packet_type)

    def _read_bytes(self, num_bytes: int) -> bytes:
        self._taken += num_bytes
        if self._taken > LARGEST_PACKET:
            self._refuse(f"sends a row or packet of more than {LARGEST_PACKET // 1_000_000} MB")
        return _DRIVER.Connection._read_bytes(self, num_bytes)

    def _refuse(self, why: str) -> None:
        self._force_close()
        raise TooMuchError(why)
