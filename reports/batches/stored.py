"""A batch in a store: whoever makes a document writes it there, this process notes it, and the manifest comes last."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

import msgspec
from msgspec.structs import replace

from data.errors import OutputError, Place, Problem, ProjectError
from reports.batches.batch import REMOVED, BatchMade, Chosen, in_order, numbered, of_the_whole, tasks_of
from reports.batches.engines import Cluster, Engine
from reports.batches.items import Item
from reports.batches.kept import KeptBatch, KeptDocument, KeptItem
from reports.batches.making import MadeItem
from reports.batches.planned import Batch, read_batch, whole_digest
from reports.batches.processes import Origin
from reports.batches.store import Store, refuse_unfit
from reports.pdf.bound.imposition import Up
from reports.runs.bind import Options
from reports.runs.read import Progress
from reports.runs.save import MANIFEST

_NOTES, _RUN = ".fairsheet-batch", "run"
"""Folder with what is done while a run is at work, and the name in it of whose run that is."""
_NOTED, _SECONDS = 500, 5.0
"""Items, or seconds, after which it is noted what is done: a store takes no line more for a file that is there."""


def make_stored(
    root: Path,
    name: str,
    address: str,
    options: Options,
    chosen: Chosen,
    jobs: int,
    progress: Progress = lambda _: None,
    force: bool = False,
    up: Up = 1,
    cluster: Cluster | None = None,
) -> BatchMade:
    """Make a batch's documents in the store at `address/name`, as `make_batch` does in a folder.

    What is in the store under the names of the batch belongs to it: it is put right, and nothing is kept beside it.
    Raises OutputError for a store that does not answer, or that another run writes to at the same time.
    """
    refuse_unfit(address, several=jobs > 1 or cluster is not None)
    batch = read_batch(root, name, options, chosen.where, progress)
    items = batch.items if chosen.limit is None else batch.items[: chosen.limit]
    store = Store(f"{address.rstrip('/')}/{name}")
    run = _StoredRun(batch, store, progress)
    made = run.make(items, Engine(Origin(root, name, options, chosen.where, store.address), jobs, cluster), force)
    removed = run.archive() if chosen.all else ()
    unbound = run.finish(removed, up)
    return replace(made, removed=removed, unbound=unbound)


class _StoredRun:
    def __init__(self, batch: Batch, store: Store, progress: Progress) -> None:
        self.batch, self.store, self.progress = batch, store, progress
        self.there = store.sizes()
        notes = store.sizes(_NOTES)
        self.manifest = self._manifest()
        if self.manifest is None and not notes and self.there:
            raise ProjectError.at(
                Place(store.address),
                f"holds other files than those of the batch '{batch.name}'.",
                "Choose another place with --out.",
            )
        self.known = {item.key: item for item in self.manifest.items} if self.manifest is not None else {}
        self.notes = sorted(one for one in notes if one.endswith(".jsonl"))
        for one in self.notes:
            self.known.update({item.key: item for item in _lines(store.read(f"{_NOTES}/{one}") or b"")})
        self.token = secrets.token_hex(8).encode()
        self.store.write(f"{_NOTES}/{_RUN}", self.token)
        self.waiting: list[KeptItem] = []
        self.noted = time.monotonic()

    def _manifest(self) -> KeptBatch | None:
        content = self.store.read(MANIFEST)
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            found = msgspec.json.decode(content or b"", type=KeptBatch)
            return found if found.batch == self.batch.name else None
        return None

    def make(self, items: Iterable[Item], engine: Engine, force: bool) -> BatchMade:
        """Make what is not there, and note what is done."""
        whole = whole_digest(self.batch)
        tasks, standing = tasks_of(self.batch, items, whole, self.known, self._stands, force)
        failed: list[tuple[str, tuple[str, ...]]] = []
        made = 0
        try:
            for done, result in enumerate(engine.made(self.batch, tasks, self.progress), 1):
                item = self.batch.items[result.index]
                if result.outage:
                    raise OutputError(result.outage)
                earlier = self.known.get(item.key)
                if result.problems:
                    reasons = tuple(map(str, result.problems))
                    failed.append((item.key, reasons))
                    documents = earlier.documents if earlier is not None else {}
                    self._note(KeptItem(item.key, "failed", documents, reasons, "", item.recipient))
                else:
                    fresh = any(one.size for one in result.documents)
                    made, standing = made + fresh, standing + (not fresh)
                    documents = self._documents(item, result, earlier)
                    self._note(KeptItem(item.key, "made", documents, (), whole, item.recipient))
                    self._take_away(earlier, documents)
                self.progress(f"{done} of {len(tasks)}: {item.key if result.problems else item.name}")
        finally:
            self._note_all()
        return BatchMade(self.store.address, made, standing, in_order(self.batch, failed), (), ())

    def _stands(self, item: KeptItem) -> bool:
        return all(self.there.get(one.file, -1) == one.size for one in item.documents.values())

    def _documents(self, item: Item, result: MadeItem, earlier: KeptItem | None) -> dict[str, KeptDocument]:
        found: dict[str, KeptDocument] = {}
        for one in result.documents:
            if one.size:
                file = self.batch.file(item, one.output)
                found[one.output] = KeptDocument(file, one.sha256, one.made_from, one.edition, one.size)
                self.there[file] = one.size
            elif earlier is not None:
                found[one.output] = earlier.documents[one.output]
        return found

    def _take_away(self, earlier: KeptItem | None, documents: dict[str, KeptDocument]) -> None:
        """The files of an item whose name is another one now, unless another item has that name now."""
        now = {one.file for one in documents.values()}
        old = {one.file for one in earlier.documents.values()} - now if earlier is not None else set[str]()
        if old:
            old -= {one.file for item in self.known.values() for one in item.documents.values()}
        for file in old:
            self.store.remove(file)

    def _note(self, item: KeptItem) -> None:
        self.known[item.key] = item
        self.waiting.append(item)
        if len(self.waiting) >= _NOTED or time.monotonic() - self.noted > _SECONDS:
            self._note_all()

    def _note_all(self) -> None:
        self.noted = time.monotonic()
        if not self.waiting:
            return
        self._refuse_another()
        name = f"{int(self.notes[-1].partition('.')[0]) + 1 if self.notes else 1:08}.jsonl"
        self.store.write(f"{_NOTES}/{name}", b"".join(msgspec.json.encode(one) + b"\n" for one in self.waiting))
        self.notes.append(name)
        self.waiting.clear()

    def _refuse_another(self) -> None:
        """OutputError where another run began meanwhile: a store has no locks, and each would undo the other's."""
        if self.store.read(f"{_NOTES}/{_RUN}") != self.token:
            raise OutputError(
                f"{self.store.address}: another run writes there. Let it end, then run again: it goes on from there."
            )

    def archive(self) -> tuple[str, ...]:
        """Move the documents of rows that are gone to `removed`; gives the names of the files there."""
        keys = {item.key for item in self.batch.items}
        gone = [item for key, item in self.known.items() if key not in keys]
        taken = {one.file for key, item in self.known.items() if key in keys for one in item.documents.values()}
        there = set(self.store.sizes(REMOVED)) if gone else set[str]()
        moved: list[str] = []
        for item in gone:
            for one in item.documents.values():
                if one.file not in taken and one.file in self.there:
                    free = next(name for name in numbered(one.file) if name not in there)
                    self.store.move(one.file, f"{REMOVED}/{free}")
                    there.add(free)
                    moved.append(free)
            del self.known[item.key]
        return tuple(moved)

    def finish(self, removed: tuple[str, ...], up: Up) -> tuple[Problem, ...]:
        """Write the index, then the manifest; then what was noted on the way is not needed any more."""
        read = self.store.read
        whole = of_the_whole(self.batch, self.known, self.manifest, removed, read, self._checksum, up)
        self._refuse_another()
        for name, one in chain(whole.files.items(), [(MANIFEST, whole.manifest)]):
            if read(name) != one:
                self.store.write(name, one)
        for name in self.notes:  # the oldest first: what is left of a run that ends here is what counts
            self.store.remove(f"{_NOTES}/{name}")
        self.store.remove(f"{_NOTES}/{_RUN}")
        return whole.problems

    def _checksum(self, name: str) -> str | None:
        content = self.store.read(name)
        return None if content is None else hashlib.sha256(content).hexdigest()


def _lines(content: bytes) -> Iterator[KeptItem]:
    for line in content.splitlines():
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            yield msgspec.json.decode(line, type=KeptItem)
