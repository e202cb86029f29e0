"""What was found about contents before, in a process that stays: a deck that is made again has nearly the same ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Known(Generic[T]):
    """Values by digests of all that they are made from; those that were asked for last are kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[bytes, T] = {}

    def get(self, key: bytes, make: Callable[[], T]) -> T:
        """The value of a digest, which is made where it is not known."""
        found = self._kept.pop(key) if key in self._kept else make()
        self._kept[key] = found  # the last one now
        while len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
        return found
