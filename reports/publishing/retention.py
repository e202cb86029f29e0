"""Which editions are kept: the latest ones, those that are not old, and whatever a person has to do with."""

from __future__ import annotations

import datetime

from msgspec.structs import replace

from reports.publishing.records import Event, State


def outdated(state: State, keep: int, keep_days: int, now: str) -> State:
    """With the editions on their way out that are too many or too old.

    Of those that were public, the latest `keep` stay unless they are older than `keep_days`; the public one, the one
    before it and any that a person restored always. Of those that were held, the one that waits for a person stays;
    those that a newer one superseded, and withdrawn ones, go as public ones do.
    """
    bound = _moment(now) - datetime.timedelta(days=keep_days)
    current = state.record(state.current)
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
