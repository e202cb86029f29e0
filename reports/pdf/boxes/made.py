"""A sequence of things that are made of others when they are asked for, and kept by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

_Source = TypeVar("_Source")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Made(Sequence[_Made], Generic[_Source, _Made]):
    """What `make` makes of each of `sources`."""

    sources: Sequence[_Source]
    make: Callable[[_Source], _Made]

    def __len__(self) -> int:
        return len(self.sources)

    @overload
    def __getitem__(self, index: int) -> _Made: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Made]: ...
    def __getitem__(self, index: int | slice) -> _Made | Sequence[_Made]:
        if isinstance(index, slice):
            return tuple(map(self.make, self.sources[index]))
        return self.make(self.sources[index])

    def __iter__(self) -> Iterator[_Made]:
        return map(self.make, self.sources)
