"""What differs between two files, as values."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

What = Literal["added", "removed", "moved", "changed"]


class Change(Struct, frozen=True):
    """One thing that a person would notice."""

    what: What
    kind: str
    """Of thing: "slide", "page", "title", "text", "table", "cell", "row", "chart", "value", "picture", "notes" ..."""
    old: int | None
    """The slide or page in the old file, from 1; None for what came."""
    new: int | None
    """The one in the new file; None for what went."""
    element: str = ""
    """What it is about, as a reader would name it; empty where the kind says it."""
    before: str = ""
    now: str = ""


class Differences(Struct, frozen=True):
    """All that differs between two files of one kind, in the order of the new one."""

    unit: Literal["slide", "page"]
    old: str
    new: str
    """The files."""
    counts: tuple[int, int]
    """Slides or pages of both."""
    changes: tuple[Change, ...]
    remarks: tuple[str, ...] = ()
    """What could not be compared."""
