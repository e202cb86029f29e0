"""What a store knows of its deliveries and messages: what lies where, and what is still to be told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from data.errors import ProjectError
from data.files.folder import Folder, open_folder
from reports.publishing.records import Name
from reports.publishing.store import PRIVATE, Store

FILE = "deliveries.json"


class There(Struct, frozen=True):
    """One place."""

    to: str
    """As the project names it; another address is another place."""
    current: Name | None = None
    """The edition that readers find there, as far as is known."""
    editions: tuple[Name, ...] = ()
    """Those that were brought there, or begun to be, and were not taken away."""
    files: dict[str, str] = {}
    """Path → SHA-256 of each document of a batch that was brought to its recipient."""
    begun: bool = False
    """Whether bringing those was broken off: what lies there is not known then."""


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
    return _read(store.private)


def _read(private: Folder) -> Deliveries:
    try:
        return msgspec.json.decode(private.read(FILE) or b"{}", type=Deliveries)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Deliveries()


def has_places(path: Path) -> bool:
    """Whether editions of the store in that folder were ever brought to another place."""
    with suppress(OSError, ProjectError), open_folder(path, PRIVATE) as private:
        return any(there.editions for there in _read(private).there.values())
    return False


def kept_receivers(path: Path) -> dict[str, Any]:
    """[tell] of the project whose store is in that folder, as it was last; {} where that is not known."""
    with suppress(OSError, ProjectError), open_folder(path, PRIVATE) as private:
        return _read(private).tell
    return {}


def write_deliveries(store: Store, deliveries: Deliveries) -> None:
    """Write it down, whole."""
    store.private.write(FILE, msgspec.json.format(msgspec.json.encode(deliveries), indent=1), 0o600)
