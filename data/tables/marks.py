"""Marks of a table: why a cell holds no value, or only a limit of one."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

Meaning = Literal["not available", "not applicable", "suppressed", "hidden", "at least", "at most"]
"""What a mark in a table says. hidden: by this project, because too few answers stand behind the value."""


class Mark(Struct, frozen=True):
    """Why there is no value, or only a limit of one."""

    meaning: Meaning
    note: str = ""
    """The publisher's words for it, printed below the table."""

    @property
    def limit(self) -> bool:
        return self.meaning in ("at least", "at most")


class Marked(Struct, frozen=True):
    """A cell's raw content with a mark: nothing, or the limit that the mark speaks of."""

    content: Decimal | None
    mark: Mark


Content = Decimal | int | str | Marked | None
"""What a column holds for a row."""
