"""What every kind of source gives: cells of text under a header, and where each row stood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rectangle of text: every row has as many cells as the header."""

    file: str
    """Path in the project, with forward slashes."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    """Line of the file in which each row begins, from 1."""
