"""What a batch's folder is known to hold: each item's state, in its manifest and in a journal of the run at work."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Literal

import msgspec
from msgspec import Struct

from data.files.folder import Folder, is_name
from reports.runs.save import MANIFEST, outages_told
from reports.version import VERSION

JOURNAL = ".fairsheet-batch.jsonl"
"""A line for each item that is done, while a run is at work: where it is killed, the next one goes on from there."""
_LARGEST = 2_000_000_000
State = Literal["made", "failed"]


class KeptDocument(Struct, frozen=True, omit_defaults=True):
    """A document in the folder."""

    file: str
    sha256: str
    made_from: str
    edition: str
    size: int = 0
    """Bytes, where it lies in a store, which is not read again to see whether it is there."""


class KeptItem(Struct, frozen=True):
    """What is known of an item."""

    key: str
    state: State
    documents: dict[str, KeptDocument] = {}
    """Output → document: where the item failed, the last good one, if there was any."""
    reasons: tuple[str, ...] = ()
    """Why it failed."""
    whole: str = ""
    """Digest of all that the item may depend on, when it was made: while that is the same, so is the item."""
    recipient: str = ""


class KeptBatch(Struct, frozen=True):
    """The manifest of a batch."""

    batch: str
    title: str
    language: str
    items: tuple[KeptItem, ...]
    """In the order of the table."""
    fairsheet: str = VERSION
    files: dict[str, str] = {}
    """Name → SHA-256 of the files for the whole."""
    bound_from: dict[str, str] = {}
    """Name → digest of the documents that are bound in each file to be printed."""
    removed: tuple[str, ...] = ()
    """Files in `removed`: documents of rows that are gone."""


def kept_items(folder: Folder, batch: str) -> tuple[KeptBatch | None, dict[str, KeptItem], set[str]]:
    """The manifest, the state of each item by its key, and the checksums of all that was ever written as ours.

    The journal of a run that was killed counts more than the manifest.
    """
    manifest = _manifest(folder, batch)
    found = {item.key: item for item in manifest.items} if manifest is not None else {}
    ours = {one.sha256 for item in found.values() for one in item.documents.values()}
    for item in _journal(folder):
        found[item.key] = item
        ours |= {one.sha256 for one in item.documents.values()}
    return manifest, found, ours


def noted(folder: Folder, item: KeptItem) -> None:
    """Note an item in the journal: before its files take their places, so that they are known as ours."""
    folder.add(JOURNAL, msgspec.json.encode(item) + b"\n", 0o644)


def manifest_bytes(batch: KeptBatch) -> bytes:
    """The manifest's file."""
    text = json.dumps(msgspec.to_builtins(batch), indent=1, ensure_ascii=False, sort_keys=True)
    return f"{text}\n".encode()


def stands(folder: Folder, item: KeptItem) -> bool:
    """Whether all documents of an item stand in the folder as they were written."""
    with outages_told(folder.path):
        return all(is_name(one.file) and folder.checksum(one.file) == one.sha256 for one in item.documents.values())


def _manifest(folder: Folder, batch: str) -> KeptBatch | None:
    content = _read(folder, MANIFEST)
    if content is None:
        return None
    with suppress(msgspec.MsgspecError, UnicodeDecodeError):
        found = msgspec.json.decode(content, type=KeptBatch)
        return found if found.batch == batch else None
    return None


def _journal(folder: Folder) -> Iterator[KeptItem]:
    """The items of the journal; a line that was torn by the end of its run says nothing."""
    for line in (_read(folder, JOURNAL) or b"").splitlines():
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            yield msgspec.json.decode(line, type=KeptItem)


def _read(folder: Folder, name: str) -> bytes | None:
    with outages_told(folder.path):
        found = folder.state(name)
        if found is None or not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            return None
        return folder.read(name)


def documents_of(items: Mapping[str, KeptItem]) -> set[str]:
    """Names of the files that belong to items."""
    return {one.file for item in items.values() for one in item.documents.values()}
