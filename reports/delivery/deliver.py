"""Bring the public edition to one place: documents first, the manifest, then the index; take away what is public no
more."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress

from msgspec.structs import replace

from data.interruption import hear
from reports.delivery.state import There
from reports.delivery.target import DeliveryError, Target
from reports.publishing.pointer import CURRENT, EDITIONS, INDEX
from reports.publishing.records import Record
from reports.publishing.store import PRIVATE, Store
from reports.runs.save import MANIFEST, outages_told


def is_behind(store: Store, there: There) -> bool:
    """Whether something is to be brought to a place, or taken away there."""
    public = {record.name for record in store.state.of("published")}
    return there.current != store.state.current or bool(set(there.editions) - public)


def deliver(store: Store, there: There, target: Target, note: Callable[[There], None]) -> None:
    """Let the place have the store's public edition, and none that is not public any more.

    `note` writes down what lies there, at each step. Raises DeliveryError; readers there find the earlier edition then,
    or this one, and each of them whole.
    """
    current = store.state.record(store.state.current)
    _refuse_other(store, there, target)
    if current is not None:
        refuse_changed(store, current)
        there = replace(there, editions=(*(name for name in there.editions if name != current.name), current.name))
        note(there)
        for name in sorted(current.files, key=lambda one: (one == MANIFEST, one)):
            hear()
            bring(target, content_of(store, current, name), EDITIONS, current.name, *name.split("/"))
        for inner in dict.fromkeys(name.rpartition("/")[0] for name in current.files):
            known = {name.rpartition("/")[2] for name in current.files if name.rpartition("/")[0] == inner}
            _clear(target, known, EDITIONS, current.name, *filter(None, (inner,)))
        bring(target, _index(current), INDEX)
        target.lead(CURRENT, f"{EDITIONS}/{current.name}")
    elif there.current is not None:
        target.lead(CURRENT, None)
        target.remove(INDEX)
    there = replace(there, current=store.state.current)
    note(there)
    public = {record.name for record in store.state.of("published")}
    for name in there.editions:
        if name not in public:
            hear()
            target.remove_folder(EDITIONS, name)
            there = replace(there, editions=tuple(one for one in there.editions if one != name))
            note(there)
    _clear_parts(target)


def _index(record: Record) -> bytes:
    said = {"edition": f"{EDITIONS}/{record.name}", "title": record.title, "files": record.files}
    return (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()


def refuse_changed(store: Store, record: Record) -> None:
    """DeliveryError where a file of the edition is not as it was published, before any is brought."""
    with outages_told(store.path):
        for name in record.files:
            if not store.stands(record, name):
                raise _changed(store, record, name)


def content_of(store: Store, record: Record, name: str) -> bytes:
    """A file of the edition. Raises DeliveryError where it is not as it was published."""
    with outages_told(store.path):
        content = store.read(record, name)
    if content is None:
        raise _changed(store, record, name)
    return content


def _changed(store: Store, record: Record, name: str) -> DeliveryError:
    return DeliveryError(
        f"{store.path_of(record) / name}: was changed since it was published, and is not delivered. Publish again."
    )


def bring(target: Target, content: bytes, *path: str) -> None:
    """Put a file there, unless it is there already, and read it again: what arrived is what was sent."""
    if target.read(*path) == content:
        return
    target.write(content, *path)
    arrived = target.read(*path)
    if arrived != content:
        what = "is not there" if arrived is None else f"is another file there ({_digest(arrived)})"
        raise DeliveryError(f"{'/'.join(path)} was sent ({_digest(content)}), and {what}.")


def _digest(content: bytes) -> str:
    return f"{len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()[:12]}…"


def _clear(target: Target, known: set[str], *path: str) -> None:
    """Take away what a broken delivery left beside an edition's files."""
    for name in target.names(*path):
        if name not in known and is_part(name):
            target.remove(*path, name)


def _clear_parts(target: Target) -> None:
    for name in target.names():
        if is_part(name) and name.startswith((f".{INDEX}.", f".{CURRENT}.")):
            target.remove(name)


def is_part(name: str) -> bool:
    """Whether a file has a name under which files are written before they have their own."""
    return name.startswith(".") and name.endswith(".part")


def _refuse_other(store: Store, there: There, target: Target) -> None:
    """DeliveryError where the place holds what another project delivered: it would lose its readers."""
    if PRIVATE in target.names():
        raise DeliveryError("it is itself a folder that publish writes into. Choose another one.")
    content = target.read(INDEX)
    if content is None:
        return
    edition, title = "", None
    with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
        said = json.loads(content)
        edition, title = str(said["edition"]).removeprefix(f"{EDITIONS}/"), said["title"]
    ours = {*there.editions, *(record.name for record in store.state.editions)}
    titles = {record.title for record in store.state.editions}
    if edition in ours or title in titles:
        return
    whose = f"of another project, '{title}'" if isinstance(title, str) else "that nobody delivered with this program"
    raise DeliveryError(f"it holds {INDEX} {whose}. Choose another folder; or delete that file there, if it is old.")
