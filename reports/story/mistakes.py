"""What the parser of Markdown finds wrong, kept with its line until the reader tells it."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, cast

from msgspec import Struct

_KEY = "mistakes"


class Mistake(Struct, frozen=True):
    """Something that would be lost or printed raw."""

    line: int
    """Of the rendered Markdown, from 0."""
    message: str
    remedy: str


def mistake_at(env: MutableMapping[str, Any], line: int, message: str, remedy: str) -> None:
    """Note a mistake, once."""
    found = cast("dict[Mistake, None]", env.setdefault(_KEY, {}))
    found.setdefault(Mistake(line, message, remedy))


def mistakes_in(env: MutableMapping[str, Any]) -> list[Mistake]:
    """Every mistake that was noted, in the order of lines."""
    return sorted(cast("dict[Mistake, None]", env.get(_KEY, {})), key=lambda one: one.line)
