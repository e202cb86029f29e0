"""What a database is asked, and how it may fail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, SourceError, nearest
from data.network.destination import is_plain
from data.network.download import local
from data.network.leave import Permission
from data.network.line import LocalError
from data.network.secrets import Filled
from data.sources.columnar import first_line
from data.sources.request import Request


class Connection(Struct, frozen=True):
    """A database, and the query for it."""

    request: Request
    address: Filled
    shown: str
    """The database as messages name it."""
    query: str
    setting: str = "query"
    """What the project calls it."""

    @property
    def timeout(self) -> float:
        """Seconds from the first word to the last row."""
        return self.request.options.timeout

    def within(self, seconds: float) -> Connection:
        """The same, waited for that many seconds at most."""
        settings = self.request.settings
        read = settings.read.model_copy(update={"timeout": min(settings.read.timeout, seconds)})
        return replace(self, request=replace(self.request, settings=settings.model_copy(update={"read": read})))

    @property
    def query_place(self) -> Place:
        return self.request.at(self.setting)

    @property
    def connection_place(self) -> Place:
        return self.request.at("connection")

    @property
    def permission(self) -> Permission:
        """What the project may do on the network."""
        return self.request.permission

    @property
    def parts(self) -> SplitResult:
        """The address taken apart; user, password and path are as it has them, percent-encoded."""
        return urlsplit(self.address.text)

    @property
    def login(self) -> tuple[str, str, str]:
        """User, password and database of the address; "" for what it does not name."""
        parts = self.parts
        return unquote(parts.username or ""), unquote(parts.password or ""), unquote(parts.path.removeprefix("/"))

    def host_and_port(self, usual: int) -> tuple[str, int]:
        """The host to connect to and its port, `usual` where the address names none.

        Raises ProjectError where it names no host, several, or a socket in the file system.
        """
        parts = self.parts
        if not parts.hostname or not is_plain(f"//{parts.netloc.rpartition('@')[2]}"):
            raise self.wrong_address(
                f"{self.shown} names no {'single ' if parts.hostname else ''}host.",
                f'Write "{parts.scheme}://user:${{PASSWORD}}@host/database", on this machine with localhost.',
            )
        return parts.hostname, parts.port or usual

    def parameters(self, known: Collection[str]) -> dict[str, str]:
        """The parameters of the address; ProjectError for one that is not known."""
        said = dict(parse_qsl(self.parts.query, keep_blank_values=True))
        written = dict(parse_qsl(urlsplit(self.request.settings.connection or "").query, keep_blank_values=True))
        for name in sorted(set(said) - set(known)):
            if name not in written:  # it comes from a variable, and may be a secret
                message = "a parameter that an environment variable gives is not known."
                raise self.wrong_address(message, f"{self.address.remedy} {nearest('', sorted(known))}")
            raise self.wrong_address(f"the parameter '{name}' is not known.", nearest(name, sorted(known)))
        return said

    def said(self, error: BaseException) -> str:
        """The first line of what a server or driver says, without secrets: none may be cut in two by its end."""
        return first_line(Exception(self.address.masked(str(error)) or type(error).__name__))

    def wrong_address(self, message: str, remedy: str) -> ProjectError:
        """The error for an address that the project has to mend."""
        return ProjectError.at(self.connection_place, message, remedy)

    def local(self, error: LocalError) -> ProjectError:
        """The error for a host of this machine or the local network that was not allowed."""
        return local(error, self.address, self.connection_place, self.permission)

    def refused(self, also: str = "") -> ProjectError:
        """The error for a user or a password that the server does not know; `also` is what else it could be."""
        remedy = f"{self.address.remedy} {also}".rstrip()
        return self.wrong_address(f"{self.shown} refuses the user or the password.", remedy)

    def wrong_query(self, error: BaseException, remedy: str = "Correct the query.") -> ProjectError:
        """The error for a query that the database does not understand."""
        return ProjectError.at(self.query_place, f"{self.shown} says: {self.said(error)}.", remedy)

    def writes(self) -> ProjectError:
        """The error for a query that would change the database."""
        return ProjectError.at(
            self.query_place,
            "the query does more than read, and was refused.",
            "Ask with one SELECT; data are never changed from here.",
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

    def down(
        self, error: BaseException, remedy: str = "Check the host and the network, and run again later."
    ) -> SourceError:
        """The error for a server that cannot be reached or breaks off."""
        return SourceError(
            Problem(self.connection_place, f"{self.shown} cannot be reached: {self.said(error)}.", remedy)
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
