"""Differences as lines for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import takewhile

from msgspec.structs import asdict

from data.terminal import escaped
from reports.audit.wording import counted, numbers, short
from reports.differences.found import Change, Differences

_LONGEST = 300
"""Letters of a text that are told."""
_AROUND = 6
"""Words before and after a difference in a longer text that are told."""


def lines(found: Differences) -> Iterator[str]:
    """What differs: slides or pages first, then what stands on them, in their order; what is told of several in the
    same words once."""
    unit = found.unit
    yield f"{found.old} → {found.new}: {_summary(found)}"
    yield from found.remarks
    sheets = [change for change in found.changes if change.kind == unit]
    for change in sheets:
        yield f"  {_sheet(change, unit)}"
    told: dict[str, list[Change]] = {}
    for change in found.changes:
        if change.kind != unit:
            told.setdefault(_said(change), []).append(change)
    for said, changes in told.items():
        yield f"  {_places(changes, unit)}: {said}"


def _summary(found: Differences) -> str:
    old, new = found.counts
    size = counted(new, found.unit) if old == new else f"{counted(old, found.unit)} became {new}"
    if not found.changes:
        return f"nothing differs that a reader sees ({size})."
    return f"{counted(len(found.changes), 'difference')} ({size})."


def _sheet(change: Change, unit: str) -> str:
    name = f" {change.element}" if change.element else ""
    match change.what:
        case "added":
            return f"{unit} {change.new}{name} is new{f': {change.now}' if change.now else ''}"
        case "removed":
            return f"{unit} {change.old}{name} is gone"
        case "moved":
            return f"{unit} {change.new}{name} was {unit} {change.old}"
        case "changed":
            return f"{unit} {change.new}{name} was {change.before}, and is {change.now}"


def _places(changes: list[Change], unit: str) -> str:
    """Where something is told of: "slide 3", "slides 1–4"; where it was, for what went."""
    now = {change.new for change in changes if change.new is not None}
    before = {change.old for change in changes if change.old is not None}
    places = now or before
    if len(places) == 1 and now and before and now != before and len(before) == 1:
        return f"{unit} {next(iter(now))} (was {next(iter(before))})"
    which = f"{unit} {numbers(places)}" if len(places) == 1 else f"{unit}s {numbers(places)}"
    return which if now else f"old {which}"


def _said(change: Change) -> str:
    """A change in words, without its place."""
    name = change.element or change.kind
    before, now = _cut(change.before, change.now)
    if change.kind in ("value", "cell"):
        return f"{name}: {before or 'empty'} → {now or 'empty'}"
    what = f"{name} ({change.kind})" if change.element and change.kind not in change.element else name
    match change.what:
        case "added":
            return f"{what} is new{f': “{now}”' if now else ''}"
        case "removed":
            return f"{what} is gone{f': “{before}”' if before else ''}"
        case "moved":
            return f"{what}: {now}" if now else f"{what} has moved"
        case "changed":
            if not change.before and change.now:
                return f"{what}: “{now}” is new" if change.kind not in ("picture", "chart") else f"{what}: {now}"
            if not change.now:
                return f"{what}: “{before}” is gone"
            return f"{what}: “{before}” became “{now}”"


def _cut(before: str, now: str) -> tuple[str, str]:
    """Two texts without what long ones have in common at their beginning and end."""
    one, other = before.split(), now.split()
    if one and other and max(len(before), len(now)) > _LONGEST:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other)))
        back = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[same:][::-1], other[same:][::-1])))
        first, last = max(0, same - _AROUND), max(0, back - _AROUND)
        head, tail = "… " if first else "", " …" if last else ""
        before, now = (f"{head}{' '.join(words[first : len(words) - last])}{tail}" for words in (one, other))
    return short(before, _LONGEST), short(now, _LONGEST)


def as_json(found: Differences) -> str:
    """All differences as a JSON document."""
    old, new = found.counts
    document = {
        "unit": found.unit,
        "old": {"file": found.old, "count": old},
        "new": {"file": found.new, "count": new},
        "same": not found.changes,
        "changes": [{**asdict(change), "says": _told(change, found.unit)} for change in found.changes],
        "remarks": list(found.remarks),
    }
    return escaped(json.dumps(document, indent=2, ensure_ascii=False))


def _told(change: Change, unit: str) -> str:
    return _sheet(change, unit) if change.kind == unit else f"{_places([change], unit)}: {_said(change)}"
