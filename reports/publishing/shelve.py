"""An edition that is written finds its place: it is public now, or waits for a person."""

from __future__ import annotations

from msgspec.structs import replace

from reports.publishing.records import Event, Record, State
from reports.publishing.retention import outdated
from reports.publishing.store import Store


def let_out(store: Store, record: Record, keep: int, keep_days: int) -> None:
    """Let an edition be public, whose folder was written; those that are too many or too old go then."""
    state = replace(_behind(store.state, record), current=record.name, correction=None)
    store.commit(state.told(Event(record.made, "published", record.name)))
    store.commit(outdated(store.state, keep, keep_days, record.made))
    store.settle()


def hold(store: Store, record: Record, keep: int, keep_days: int) -> Record:
    """Let an edition wait for a person; gives what waits then: where the very same does already, that one."""
    held = next(iter(reversed(store.state.of("held", "refused"))), None)
    if held is not None and _is_the_same(held, record) and store.is_whole(held):
        store.settle()
        return held
    state = _behind(store.state, record).told(Event(record.made, "held", record.name, causes=record.causes))
    store.commit(outdated(state, keep, keep_days, record.made))
    store.settle()
    return record


def _behind(state: State, record: Record) -> State:
    """With an edition that is newer than those that wait for a person."""
    return superseded(state, record.name, record.made).with_record(record)


def superseded(state: State, newer: str | None, at: str) -> State:
    """With the editions that wait for a person behind another one, at that moment."""
    for waiting in state.of("held", "refused"):
        standing = "removed" if waiting.standing == "refused" else "superseded"
        state = state.with_record(replace(waiting, standing=standing, newer=newer))
        state = state.told(Event(at, "superseded", waiting.name))
    return state


def _is_the_same(held: Record, record: Record) -> bool:
    """Whether the edition that waits for a person is this one, held for the same."""
    ours = record.made_from, record.causes, record.follows, record.standing
    return (held.made_from, held.causes, held.follows, held.standing) == ours
