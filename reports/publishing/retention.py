"""Which editions are kept: the latest ones, those that are not old, and whatever a person has to do with."""

from __future__ import annotations

import datetime

from msgspec.structs import replace

from reports.publishing.records import Event, State


def outdated(state: State, keep: int, keep_days: int, now: str) -> State:
    """With the editions on their way out that are too many or too old.

    Of those that were public, the latest `keep` stay unless they were older than `keep_days` when the one before the
    public one was made: a clock that is years ahead takes none away. The public one, the one before it and any that a
    person restored stay always. Of those that were held, the one that waits for a person stays;
    those that a newer one superseded, and withdrawn ones, go as public ones do.
    """
    current = state.record(state.current)
    before = state.record(current.follows) if current is not None else None
    latest = min(_moment(now), _moment(before.made)) if before is not None else _moment(now)
    bound = latest - datetime.timedelta(days=keep_days)
    for editions in (state.of("published"), state.of("superseded"), state.of("withdrawn")):
        for number, record in enumerate(reversed(editions)):
            if record.restored or (current is not None and record.name in (current.name, current.follows)):
                continue
            if number >= keep or _moment(record.made) < bound:
                state = state.with_record(replace(record, standing="removed"))
                state = state.told(Event(now, "removed", record.name))
    return state


def _moment(said: str) -> datetime.datetime:
    return datetime.datetime.strptime(said, "%Y-%m-%dT%H:%M:%SZ")
