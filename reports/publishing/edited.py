"""Decks that people edited where they are public: the next edition has the new data and keeps the edits."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from data.errors import Place, Problem, ProjectError
from data.shortened import shortened
from reports.runs.refresh import merged, settled_since

DECK = ".pptx"
"""How the files are called that people edit."""
_QUOTED = 80
"""Characters of an edit that are quoted."""
_WAY_OUT = "Correct the public deck and publish again; or accept this edition, if the deck is right."


class Kept(Struct, frozen=True):
    """A deck that was made again with what people wrote into it."""

    content: bytes
    causes: tuple[Problem, ...]
    """What holds the edition."""
    remarks: tuple[str, ...]


def with_edits(file: str, public: bytes, made: bytes, held: Iterable[bytes]) -> Kept:
    """A deck as it was made, with the edits of the public one of the same name.

    A deck that nobody edited is the one that was made, to the byte. What is in conflict with the data holds the
    edition, once: whoever accepts it has seen it. So does a public deck that cannot be refreshed. `held` are the decks
    that were held for the same data: what a person wrote into the public one since settles their conflicts.
    """
    place = Place(file)
    try:
        result = merged(place, public, made)
    except ProjectError as error:
        found = (f"the public deck {problem.message}" for problem in error.problems)
        causes = (Problem(place, said, "Accept this edition to replace it, edits and all.") for said in found)
        return Kept(made, tuple(causes), ())
    conflicts = [one for one in result.of("conflict") if not one.again]
    settled = settled_since(held, conflicts)
    causes = tuple(
        Problem(
            place,
            f"slide {one.number} '{one.slide}', {one.shape or 'the slide'}: somebody wrote '{_brief(one.theirs)}',"
            f" and the data say '{_brief(one.ours)}'.",
            _WAY_OUT,
        )
        for one in conflicts
        if one not in settled
    )
    edits = len(result.of("kept", "merged", "deleted", "copied", "own"))
    remarks = (f"{file}: {'one edit was' if edits == 1 else f'{edits} edits were'} kept.",) if edits else ()
    mixed = (
        f"{file}: slide {one.number} '{one.slide}', {one.shape}: words of yours and new data stand in one text. "
        "Read whether it is still true."
        for one in result.of("merged")
    )
    return Kept(result.content, causes, (*remarks, *mixed))


def _brief(text: str) -> str:
    return shortened(" / ".join(text.splitlines()), _QUOTED)
