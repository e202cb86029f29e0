"""A digest of values: the same wherever and whenever they are the same, another one as soon as anything differs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from msgspec import Struct

from data.errors import Place
from data.files.world import content_of

StandIns = Mapping[type, Callable[[Any], object]]
"""Kinds of values, and what of one of them counts."""


_PLAIN: frozenset[type] = frozenset((type(None), bool, int, float, Decimal))
_NONE = (b"NoneType", b" 4\n", b"None")
_PIECES = 30_000
"""That are joined before they are hashed: a call for each would take longer than the hashing."""


class Digest:
    """SHA-256 over values of any depth, each with its kind and its length, so that no two sequences are one.

    Values are None, truths, numbers, texts, bytes, paths (by what their files hold), sequences, sets, mappings,
    records (by their fields), and those for which something stands in. A `Place` does not count: where a person
    wrote something is no part of it. Raises TypeError for anything else, OSError for a file that cannot be read.
    """

    def __init__(self, *values: object, stand_ins: StandIns = MappingProxyType({})) -> None:
        self._state = hashlib.sha256()
        self._stand_ins = stand_ins
        self._waiting: list[bytes] = []
        for value in values:
            self.add(value)

    def add(self, value: object) -> None:
        kind = type(value)
        if kind is str:
            self._said(b"str", cast("str", value).encode("utf-8", "surrogatepass"))
        elif kind in _PLAIN:
            self._said(kind.__name__.encode(), repr(value).encode())
        elif kind is tuple:
            self._all("sequence", cast("tuple[object, ...]", value))
        elif kind in self._stand_ins:
            self._all(kind.__name__, (self._stand_ins[kind](value),))
        elif (names := _names(kind)) is not None:
            if kind is not Place:
                self._all(kind.__name__, [getattr(value, name) for name in names])
        else:
            self._add_other(value)

    def _add_other(self, value: object) -> None:
        match value:
            case bytes():
                self._said(b"bytes", value)
            case Path():
                self._said(b"file", hashlib.sha256(content_of(value)).digest())
            case Mapping():
                pairs = cast("Mapping[object, object]", value).items()
                self._all("mapping", sorted(self._apart(*pair) for pair in pairs))
            case Set():
                self._all("set", sorted(map(self._apart, cast("Set[object]", value))))
            case Sequence():
                self._all("sequence", cast("Sequence[object]", value))
            case _:
                raise TypeError(f"a {type(value).__name__} has no digest")

    def _apart(self, *values: object) -> str:
        return Digest(*values, stand_ins=self._stand_ins).hexadecimal

    def _said(self, kind: bytes, content: bytes) -> None:
        self._waiting += (kind, b" %d\n" % len(content), content)
        if len(self._waiting) > _PIECES:
            self._state.update(b"".join(self._waiting))
            self._waiting.clear()

    def _all(self, kind: str, values: Sequence[object]) -> None:
        self._said(b"all", b"%s %d" % (kind.encode(), len(values)))
        waiting = self._waiting
        for value in values:
            if type(value) is str:  # most are, and a call for each would take as long as all the rest
                content = value.encode("utf-8", "surrogatepass")
                waiting += (b"str", b" %d\n" % len(content), content)
            elif value is None:
                waiting += _NONE
            else:
                self.add(value)

    @property
    def hexadecimal(self) -> str:
        """64 hexadecimal digits."""
        self._state.update(b"".join(self._waiting))
        self._waiting.clear()
        return self._state.hexdigest()


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The fields of a type that has such."""
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    return kind.__struct_fields__ if issubclass(kind, Struct) else None
