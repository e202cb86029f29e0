"""What a refresh did, and what it leaves to a person: one entry for each thing that is not as it was."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Verdict = Literal["updated", "kept", "merged", "conflict", "added", "removed", "deleted", "copied", "own", "note"]
"""Updated from the data; kept as a person made it; merged from both; to be decided by a person; a slide or shape that
is new or gone; one that a person deleted, copied or made; and what else must be known."""


class Outcome(Struct, frozen=True):
    """One thing on a slide, and what became of it."""

    verdict: Verdict
    slide: str
    """Its title."""
    shape: str = ""
    """The name of the shape, or "notes"; "" for the slide itself."""
    facet: str = ""
    """Which of its sides: "text", "place", a cell, a point."""
    was: str = ""
    """What was generated earlier."""
    theirs: str = ""
    """What stands there."""
    ours: str = ""
    """What the data say now."""
    key: str = ""
    """The slide's identity."""
    again: bool = False
    """Of a conflict, whether it was told before, nobody has settled it, and the data have not changed since."""
    number: int = 0
    """The slide's place, from 1; 0 where it has none."""


class Refreshed(Struct, frozen=True):
    """A deck that was made again."""

    content: bytes
    """The file; that which was given, where nothing changes."""
    changed: bool
    outcomes: tuple[Outcome, ...]
    earlier: str
    """The edition that it was."""
    edition: str
    """The edition that it is."""

    def of(self, *verdicts: Verdict) -> tuple[Outcome, ...]:
        """The outcomes of some verdicts."""
        return tuple(one for one in self.outcomes if one.verdict in verdicts)
