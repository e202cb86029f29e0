"""What a database is asked, and how it may fail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

from data.errors import Place, Problem, ProjectError, SourceError
from data.sources.columnar import first_line
from data.sources.request import Request
from data.sources.secrets import Filled


@dataclass(frozen=True)
class Connection:
    """A database, and the query for it."""

    request: Request
    address: Filled
    shown: str
    """The database as messages name it."""
    query: str

    @property
    def timeout(self) -> float:
        """Seconds from the first word to the last row."""
        return self.request.options.timeout

    @property
    def query_place(self) -> Place:
        return self.request.at("query")

    @property
    def connection_place(self) -> Place:
        return self.request.at("connection")

    def wrong_query(self, error: BaseException, remedy: str = "Correct the query.") -> ProjectError:
        """The error for a query that the database does not understand."""
        return ProjectError(
            Problem(self.query_place, f"{self.shown} says: {self.address.masked(first_line(error))}.", remedy)
        )

    def writes(self) -> ProjectError:
        """The error for a query that would change the database."""
        return ProjectError(
            Problem(
                self.query_place,
                "the query does more than read, and was refused.",
                "Ask with one SELECT; data are never changed from here.",
            )
        )

    def late(self) -> SourceError:
        """The error for an answer that takes too long."""
        return SourceError(
            Problem(
                self.query_place,
                f"{self.shown} did not answer within {self.timeout:g} seconds.",
                "Run again later, ask for less, or allow more under read: timeout = 300.",
            )
        )

    def down(self, error: BaseException) -> SourceError:
        """The error for a server that cannot be reached or breaks off."""
        return SourceError(
            Problem(
                self.connection_place,
                f"{self.shown} cannot be reached: {self.address.masked(first_line(error))}.",
                "Check the host and the network, and run again later.",
            )
        )


@contextmanager
def deadline(seconds: float, interrupt: Callable[[], None]) -> Generator[threading.Event, None, None]:
    """Call `interrupt` from another thread when the block takes longer than `seconds`; the event tells if it did."""
    passed = threading.Event()

    def late() -> None:
        passed.set()
        interrupt()

    timer = threading.Timer(seconds, late)
    timer.daemon = True
    timer.start()
    try:
        yield passed
    finally:
        timer.cancel()
