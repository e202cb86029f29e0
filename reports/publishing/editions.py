"""What a person does with editions: look at them, let a held one out, go back to an older one, take one back."""

from __future__ import annotations

import unicodedata
from collections.abc import Set
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, ProjectError, nearest
from data.files.folder import open_folder
from reports.changes.brief import Brief, brief_of
from reports.changes.compare import compare
from reports.changes.kept import Kept, decoded
from reports.publishing.records import Correction, Event, Record, Standing, State, read_journal
from reports.publishing.store import PRIVATE, VALUES, VALUES_SUFFIX, Store, moment
from reports.runs.save import outages_told

LONGEST_NOTE = 200
"""Characters of a note, which may stand on every page."""


class Done(Struct, frozen=True):
    """What came of it."""

    edition: Record
    before: Record | None
    """What was public."""
    current: Record | None
    """What is public now."""
    remarks: tuple[str, ...] = ()


def state_of(path: Path) -> State:
    """What a store knows, read without holding it. Raises ProjectError where there is none."""
    try:
        with open_folder(path, PRIVATE) as private, outages_told(path):
            state = read_journal(private).state
    except (FileNotFoundError, NotADirectoryError):
        state = State()
    if not state.editions:
        raise ProjectError.at(
            Place(str(path)), "holds no editions.", "Name the folder that publish wrote into with --to."
        )
    return state


def found(state: State, said: str, *likely: Standing) -> Record:
    """The edition that a person names by its id, its whole name, or the beginning of either, if that is clear.

    Of several with one id, the one is meant that is in a `likely` place. Raises ProjectError where it is none, or may
    be several.
    """
    place = Place("editions")
    exact = [record for record in state.editions if said in (record.name, record.id)]
    near = exact or [r for r in state.editions if said and (r.id.startswith(said) or r.name.startswith(said))]
    if not near:
        ids = [record.id for record in state.editions]
        raise ProjectError.at(place, f"there is no edition '{said}'.", nearest(said, ids))
    near = [record for record in near if record.standing in likely] or near
    if len(near) > 1:
        names = ", ".join(record.name for record in near)
        raise ProjectError.at(place, f"'{said}' may be several editions: {names}.", "Name one of them wholly.")
    return near[0]


def difference(path: Path, before: str, now: str) -> Brief:
    """What changed from one edition to another, cell by cell: for who may see the data behind the documents.

    Raises ProjectError for editions that are not there, or of which nobody knows any more what they showed.
    """
    state = state_of(path)
    one, other = (_shown(path, found(state, said)) for said in (before, now))
    return brief_of(compare(one, other), {}, whole=True)


def _shown(path: Path, record: Record) -> Kept:
    with outages_told(path), open_folder(path, PRIVATE, VALUES) as folder:
        content = folder.read(record.name + VALUES_SUFFIX)
    shown = None if content is None else decoded(content)
    if shown is None:
        raise ProjectError.at(
            Place("changes"),
            f"what edition {record.id} showed was not kept, or cannot be read.",
            "Name two editions that publish made, see: editions list",
        )
    return shown


def written(note: str, option: str = "--note") -> str:
    """What a person wrote with an option, in one line; ProjectError where it says nothing or too much."""
    said = " ".join(note.split())
    if not said:
        raise ProjectError.at(Place(option), "is empty.", "Say in a sentence what those have to know who come later.")
    if len(said) > LONGEST_NOTE:
        raise ProjectError.at(
            Place(option), f"has {len(said)} characters.", f"Say it in {LONGEST_NOTE}: it may stand on every page."
        )
    if any(unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co") for character in said):
        raise ProjectError.at(Place(option), "holds characters that cannot be printed.", "Leave them out.")
    return said


def accept(store: Store, said: str, by: str, note: str) -> Done:
    """Publish a held edition as it is. Raises ProjectError where that is not to be, and says why."""
    by, note = written(by, "--by"), written(note)
    state = store.state
    record = found(state, said, "held")
    before = state.record(state.current)
    _refuse_unheld(record)
    waiting = state.correction
    if waiting is not None and waiting != record.correction:
        raise ProjectError.at(
            Place(record.name),
            f"does not say what it corrects: {', '.join(waiting.of)} was withdrawn after it was made.",
            "Publish again, and accept what is held then.",
        )
    if not store.is_whole(record):
        raise ProjectError.at(
            Place(str(store.path_of(record))), "was changed since it was held.", "Publish again, and look at that one."
        )
    remarks: list[str] = []
    if record.follows != state.current:
        public = state.current or "nothing"
        remarks.append(
            f"It was compared with {record.follows or 'nothing'}, and {public} is public now: what changed is told "
            "from the former."
        )
    at = moment()
    now = replace(record, standing="published", follows=state.current)
    event = Event(at, "accepted", record.name, by, note, record.causes)
    following = replace(state.with_record(now), current=now.name, correction=None).told(event)
    with outages_told(store.path):
        store.commit(following)
        store.settle()
    return Done(now, before, now, (*store.remarks, *remarks))


def _refuse_unheld(record: Record) -> None:
    place = Place(record.name)
    match record.standing:
        case "held":
            return
        case "superseded":
            message, remedy = f"is superseded by {record.newer}, which is of newer data.", "Look at that one."
        case "refused":
            message = "has no documents: a claim in it is false."
            remedy = "Rewrite the sentence, or correct the data, and publish again."
        case "withdrawn":
            message, remedy = "was withdrawn.", "If it was right after all, use: editions restore"
        case _:
            message, remedy = "is published already.", "To make it the current one again, use: editions restore"
    raise ProjectError.at(place, message, remedy)


def restore(store: Store, said: str) -> Done:
    """Let an older edition be the public one again; of one that was withdrawn, that is taken back, too."""
    state = store.state
    record = found(state, said, "published")
    place = Place(record.name)
    if record.standing in ("held", "superseded", "refused"):
        raise ProjectError.at(place, "was never public.", "To publish what is held, use: editions accept")
    if record.name == state.current:
        raise ProjectError.at(place, "is the current edition.", "Name another one: editions list shows them.")
    if not store.is_whole(record):
        raise ProjectError.at(
            Place(str(store.path_of(record))), "was changed since it was published.", "Restore another one."
        )
    now = replace(record, standing="published", withdrawn="", restored=True)
    following = replace(state.with_record(now), current=now.name).told(Event(moment(), "restored", now.name))
    following = replace(following, correction=_waiting(following, set(_of(state.correction)) - {now.name}))
    with outages_told(store.path):
        store.commit(following)
        store.settle()
    return Done(now, state.record(state.current), now, tuple(store.remarks))


def withdraw(store: Store, said: str, note: str) -> Done:
    """Take an edition back: it leaves the public place, and the next one says why it corrects it.

    Where it was the public one, the one before it is public again, if there is one. Of one that is withdrawn already
    the note is another one from now on.
    """
    note = written(note)
    state = store.state
    record = found(state, said, "published")
    if record.standing not in ("published", "withdrawn"):
        raise ProjectError.at(Place(record.name), "was never public.", "There is nothing to take back.")
    before = state.record(state.current)
    gone = replace(record, standing="withdrawn", withdrawn=note)
    current = _before(state, record) if record.name == state.current else state.current
    following = replace(state.with_record(gone), current=current).told(
        Event(moment(), "withdrawn", gone.name, note=note)
    )
    following = replace(following, correction=_waiting(following, {*_of(state.correction), gone.name}))
    with outages_told(store.path):
        store.commit(following)
        store.settle()
    return Done(gone, before, following.record(current), tuple(store.remarks))


def _before(state: State, record: Record) -> str | None:
    """What was public before an edition and still may be."""
    follows = record.follows
    while follows is not None:
        earlier = state.record(follows)
        if earlier is None:  # long gone, and with it what it followed
            older = state.editions[: state.editions.index(record)]
            return next((one.name for one in reversed(older) if one.standing == "published"), None)
        if earlier.standing == "published":
            return earlier.name
        follows = earlier.follows
    return None


def _of(correction: Correction | None) -> tuple[str, ...]:
    return correction.of if correction is not None else ()


def _waiting(state: State, names: Set[str]) -> Correction | None:
    """What the next edition has to put right, where these were withdrawn and none was published since."""
    gone = [record for record in state.of("withdrawn") if record.name in names]
    notes = dict.fromkeys(record.withdrawn for record in gone)
    return Correction(" ".join(notes), tuple(record.name for record in gone)) if gone else None
