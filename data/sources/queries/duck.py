"""DuckDB, opened so that it reads the files it is given, in bounded memory and time, and does nothing else."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = "700MB"
"""The most that a query holds in memory; what it needs besides lies in its temporary folder."""
_TEMPORARY = "4GB"
_THREADS = 8
_AGAIN = 0.05
"""Seconds after which a query that is late is told so again: it may have begun just after it was told first."""
_CLOSED = (
    "enable_external_access = false",
    "allow_community_extensions = false",
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "allow_persistent_secrets = false",
    "python_enable_replacements = false",
    "ieee_floating_point_ops = false",  # a division by zero is an error, and no infinity
    "preserve_insertion_order = true",
    "lock_configuration = true",
)


class Clock(Struct):
    """The time that a query has, over all that is asked for it."""

    passed: threading.Event = field(default_factory=threading.Event)
    _done: threading.Event = field(default_factory=threading.Event)
    _asked: DuckDBPyConnection | None = None

    def run(self, seconds: float) -> None:
        """Wait until the time is over, then interrupt whatever is asked, until everything is done."""
        if self._done.wait(seconds):
            return
        self.passed.set()
        while not self._done.wait(_AGAIN):
            if self._asked is not None:
                self._asked.interrupt()

    def stop(self) -> None:
        self._done.set()

    @contextmanager
    def watching(self, database: DuckDBPyConnection) -> Generator[None, None, None]:
        """Interrupt this one when the time is over."""
        before, self._asked = self._asked, database
        try:
            if self.passed.is_set():
                raise TimeoutError
            yield
        finally:
            self._asked = before


@contextmanager
def clock(seconds: float) -> Generator[Clock, None, None]:
    """A clock that runs while the block does."""
    found = Clock()
    thread = threading.Thread(target=found.run, args=(seconds,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.stop()
        thread.join()


@contextmanager
def opened(folder: str, time: Clock) -> Generator[DuckDBPyConnection, None, None]:
    """A database in memory, which writes into `folder` what does not fit there: for questions of ours."""
    import duckdb

    config = {
        "memory_limit": _MEMORY,
        "temp_directory": folder,
        "max_temp_directory_size": _TEMPORARY,
    }
    threads = min(_THREADS, os.cpu_count() or 1)
    database = duckdb.connect(":memory:", config={**config, "threads": str(threads)})
    try:
        database.execute("SET SESSION enable_progress_bar = false")  # it would stand among what we print
        with time.watching(database):
            yield database
    finally:
        database.close()


def lock(database: DuckDBPyConnection, files: Iterable[Path], *, one_by_one: bool, zone: str) -> None:
    """Make the database ready for a query of somebody else's, for good.

    It reads `files`; no query changes a setting, loads an extension, or reaches another file, the network or the
    environment. `one_by_one` where rows have to be taken in their order; `zone` is where moments have their days.
    """
    if one_by_one:
        database.execute("SET threads = 1")
    database.execute(f"SET TimeZone = {literal(zone)}")
    database.execute(f"SET allowed_paths = [{', '.join(literal(str(path)) for path in files)}]")
    for setting in _CLOSED:
        database.execute(f"SET {setting}")


def rows(database: DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
    """All rows of a question of ours."""
    return database.execute(sql, list(values)).fetchall()


def composed(text: str) -> str:
    """SQL of words as they are everywhere here: a letter and its accent are one character where there is one (NFC)."""
    return f"nfc_normalize({text})"


def literal(text: str) -> str:
    """Text in SQL.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    """The name of a column or table in SQL.

    >>> name("pay in USD")
    '"pay in USD"'
    """
    return '"' + text.replace('"', '""') + '"'
