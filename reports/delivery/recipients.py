"""Bring the documents of a batch to who they are for: below a place a folder for each recipient, as the public edition
has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from data.interruption import hear
from reports.batches.items import file_name
from reports.changes.kept import decoded
from reports.delivery.deliver import bring, content_of, refuse_changed
from reports.delivery.state import There
from reports.delivery.target import DeliveryError, Target
from reports.publishing.store import PRIVATE, Store

Wanted = Mapping[str, str]
"""Path below the place → that of the document in the edition."""


def deliver_items(
    store: Store, batch: str, there: There, target: Target, note: Callable[[There], None]
) -> tuple[str, ...]:
    """Let each recipient's folder hold the documents of the public edition that are for them, and none of an earlier
    one: new ones come first, then those go that are of no row any more.

    `note` writes down what lies there, at each step. Gives what there is to tell. Raises DeliveryError.
    """
    if PRIVATE in target.names():
        raise DeliveryError("it is itself a folder that publish writes into. Choose another one.")
    current = store.state.record(store.state.current)
    wanted, remarks = _wanted(store, batch)
    if current is not None:
        refuse_changed(store, current)
        for path, name in wanted.items():
            hear()
            if there.files.get(path) == current.files[name] and not there.begun:
                continue
            bring(target, content_of(store, current, name), *path.split("/"))
            there = replace(there, files={**there.files, path: current.files[name]})
        note(replace(there, begun=True))
    for path in [path for path in there.files if path not in wanted]:
        hear()
        target.remove(*path.split("/"))
        there = replace(there, files={known: sum_ for known, sum_ in there.files.items() if known != path})
    note(replace(there, current=store.state.current, begun=False))
    return remarks


def _wanted(store: Store, batch: str) -> tuple[Wanted, tuple[str, ...]]:
    """Which documents lie where, and what there is to tell of those that have no recipient."""
    current = store.state.record(store.state.current)
    if current is None:
        return {}, ()
    values = store.values(current.name)
    shown = None if values is None else decoded(values)
    if shown is None:
        raise DeliveryError("to whom its documents go was not kept with the edition. Publish again with --force.")
    items = [item for item in shown.batches.get(batch, ()) if item.documents]
    found: dict[str, str] = {}
    nobodys: list[str] = []
    for item in items:
        if not item.recipient.strip():
            nobodys.append(item.key)
        for one in item.documents.values() if item.recipient.strip() else ():
            found[f"{file_name(item.recipient)}/{one.file}"] = f"{batch}/{one.file}"
    if not items:
        raise DeliveryError(f"edition {current.id} has no documents of the batch '{batch}'.")
    told = f"{len(nobodys)} of {len(items)} documents of '{batch}' have no recipient: {', '.join(nobodys[:5])}"
    more = f" and {len(nobodys) - 5} more" if len(nobodys) > 5 else ""
    return found, (f"{told}{more}.",) if nobodys else ()
