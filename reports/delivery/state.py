"""What a store knows of its deliveries and messages: what lies where, and what is still to be told."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from reports.publishing.records import Name
from reports.publishing.store import Store

FILE = "deliveries.json"


class There(Struct, frozen=True):
    """One place."""

    to: str
    """As the project names it; another address is another place."""
    current: Name | None = None
    """The edition that readers find there, as far as is known."""
    editions: tuple[Name, ...] = ()
    """Those that were brought there, or begun to be, and were not taken away."""


class Told(Struct, frozen=True):
    """What one receiver knows."""

    last: str = ""
    """Of what was held or failed last: a digest of it."""
    at: str = ""
    """When that was told."""
    edition: str | None = None
    """The edition that was announced last; "" where the first one could not be, None where there was none yet."""


class Deliveries(Struct, frozen=True):
    """All of it."""

    there: dict[str, There] = {}
    """Name of a place → what lies there."""
    told: dict[str, Told] = {}
    tell: dict[str, Any] = {}
    """[tell] as it was when the project could be read last: who hears of it when it cannot."""


def read_deliveries(store: Store) -> Deliveries:
    """What is known; nothing where the file is missing or damaged: all is delivered anew then."""
    content = store.private.read(FILE)
    try:
        return msgspec.json.decode(content or b"{}", type=Deliveries)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Deliveries()


def write_deliveries(store: Store, deliveries: Deliveries) -> None:
    """Write it down, whole."""
    store.private.write(FILE, msgspec.json.format(msgspec.json.encode(deliveries), indent=1), 0o600)
