"""Marks of limits, computed with as their numbers are: what becomes of "at least" when it is added or subtracted."""

from __future__ import annotations

from msgspec.structs import replace

from data.tables.marks import Mark
from data.tables.refusals import MissingError


def opposite(mark: Mark | None) -> Mark | None:
    """What a limit becomes when it is subtracted."""
    if mark is None or not mark.limit:
        return mark
    return replace(mark, meaning="at most" if mark.meaning == "at least" else "at least")


def limit_of(a: Mark | None, b: Mark | None) -> Mark | None:
    """The limit of a sum; two limits in opposite directions leave nothing known."""
    if a is None or b is None:
        return a or b
    if a.meaning != b.meaning:
        raise MissingError("only limits are known here, one from below and one from above")
    return a
