"""What a place that editions are delivered to has to be able to do."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

from data.errors import OutputError, Place, ProjectError, SourceError


class DeliveryError(Exception):
    """A place did not take what was brought: down, full, closed to us. In words for the user, without secrets."""


class Target(Protocol):
    """A place. Paths are names from its top on; all methods raise DeliveryError."""

    def read(self, *path: str) -> bytes | None:
        """The content of a file; None where there is none."""
        ...

    def write(self, content: bytes, *path: str) -> None:
        """Put a file there, under its name whole or not at all; folders on the way are made."""
        ...

    def names(self, *path: str) -> list[str]:
        """What lies in a folder; nothing where there is none."""
        ...

    def remove(self, *path: str) -> None:
        """Take a file away, if it is there."""
        ...

    def remove_folder(self, *path: str) -> None:
        """Take a folder away with the files in it, if it is there."""
        ...

    def lead(self, name: str, target: str | None) -> None:
        """Let a name lead to a folder in one step; with None, to none. Where a place has no such links, nothing."""
        ...


@contextmanager
def told_plainly(place: Place) -> Generator[None, None, None]:
    """DeliveryError in place of what our own parts say, without the place, which whoever tells it names."""
    try:
        yield
    except (ProjectError, SourceError, OutputError) as error:
        raise DeliveryError(str(error).replace(f"{place}: ", "")) from None
