"""What a store of editions knows of itself, as it stands in its journal."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from data.errors import Place, ProjectError
from data.files.folder import Folder

JOURNAL = "store.json"
FORMAT = 1
_EVENTS = 1_000
"""Things that happened which are remembered, the latest ones."""

Name = Annotated[str, Meta(pattern=r"^\d{8}T\d{6}Z-[0-9a-z]{7}(-\d{1,3})?$")]
"""Of an edition's folder: when it was made, in UTC, and its id."""
FileName = Annotated[str, Meta(pattern=r"^(?!\.{1,2}(/|$))[^/\\\x00]+(/(?!\.{1,2}$)[^/\\\x00]+)?$")]
"""Of a file in an edition's folder, or in a folder of a batch's in it: with one slash at most."""
Standing = Literal["published", "held", "refused", "superseded", "withdrawn", "removed"]
"""Where an edition is: public; waiting for a person; never made, because a claim was false; behind a newer one that
was made while it waited; taken back; on its way out."""


class Correction(Struct, frozen=True):
    """What an edition puts right."""

    note: str
    of: tuple[Name, ...]
    """The editions that were withdrawn."""


class Record(Struct, frozen=True, kw_only=True):
    """One edition."""

    name: Name
    id: str
    standing: Standing
    made: str
    """When, in UTC, as 2026-11-28T06:00:00Z."""
    title: str = ""
    follows: Name | None = None
    """The edition that was public when this one was made or became public."""
    files: dict[FileName, str] = {}
    """Name → SHA-256 of each file in its folder."""
    made_from: dict[str, str] = {}
    """Output → digest of all that it is made from."""
    plainly: dict[str, str] = {}
    """The same, were it the correction of none."""
    inputs: str = ""
    """Digest of the project's files and data, whatever made documents of them."""
    causes: tuple[str, ...] = ()
    """Why it was held."""
    correction: Correction | None = None
    """What its documents say that they put right."""
    withdrawn: str = ""
    """Why it was taken back, if it was."""
    restored: bool = False
    """Whether a person ever made it current again: it is kept then."""
    newer: Name | None = None
    """Of one that is superseded, by which."""


class Event(Struct, frozen=True):
    """Something that was done with an edition."""

    at: str
    what: Literal["published", "held", "accepted", "restored", "withdrawn", "superseded", "removed", "moved by hand"]
    edition: Name
    by: str = ""
    note: str = ""
    causes: tuple[str, ...] = ()


class State(Struct, frozen=True):
    """All that the store knows."""

    current: Name | None = None
    editions: tuple[Record, ...] = ()
    """In the order in which they were made, which is the store's own and not the clock's."""
    events: tuple[Event, ...] = ()
    correction: Correction | None = None
    """What the next edition has to put right."""

    def record(self, name: str | None) -> Record | None:
        """The edition of that name."""
        return next((one for one in self.editions if one.name == name), None)

    def of(self, *standings: Standing) -> tuple[Record, ...]:
        """The editions that are in one of these places, oldest first."""
        return tuple(one for one in self.editions if one.standing in standings)

    def with_record(self, changed: Record) -> State:
        """With an edition as it is now: in its place, or the newest."""
        known = any(one.name == changed.name for one in self.editions)
        kept = tuple(changed if one.name == changed.name else one for one in self.editions)
        return replace(self, editions=kept if known else (*kept, changed))

    def told(self, *events: Event) -> State:
        """With things that happened."""
        return replace(self, events=(*self.events, *events)[-_EVENTS:])


class Journal(Struct, frozen=True):
    """The journal: how things stand and, while the public edition changes, how they will."""

    state: State
    next: State | None = None
    format: int = FORMAT


def read_journal(private: Folder) -> Journal:
    """The journal in a store's private folder; an empty one where there is none.

    Raises ProjectError where it is damaged or a newer Fairsheet's.
    """
    content = private.read(JOURNAL)
    if content is None:
        return Journal(State())
    place, way_out = Place(str(private.path / JOURNAL)), "Put it back from a backup; or publish to another folder."
    try:
        if msgspec.json.decode(content, type=_Marked).format > FORMAT:
            raise ProjectError.at(place, "was written by a newer Fairsheet.", "Use that one.")
        return msgspec.json.decode(content, type=Journal)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ProjectError.at(place, "is damaged: it does not say what editions there are.", way_out) from None


class _Marked(Struct):
    format: int


def write_journal(private: Folder, journal: Journal) -> None:
    """Put the journal into its place, whole."""
    private.write(JOURNAL, msgspec.json.format(msgspec.json.encode(journal), indent=1), 0o600)
