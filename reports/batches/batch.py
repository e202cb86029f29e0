"""A batch from its project to a folder that holds the whole: what is there already stays, what is missing is made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError
from data.files.folder import Folder
from reports.batches.engines import Cluster, Engine
from reports.batches.index import index_csv, index_html
from reports.batches.items import Item
from reports.batches.kept import (
    JOURNAL,
    KeptBatch,
    KeptDocument,
    KeptItem,
    kept_items,
    manifest_bytes,
    noted,
    stands,
)
from reports.batches.making import MadeItem, Task
from reports.batches.planned import Batch, read_batch, whole_digest
from reports.batches.processes import Origin
from reports.batches.together import bind_together
from reports.pdf.bound.imposition import Up
from reports.runs.bind import Options
from reports.runs.owner import record, refuse_strangers
from reports.runs.read import Progress
from reports.runs.save import MANIFEST, beside, outages_told, output_folder, refuse_open
from reports.runs.switch import switch
from reports.version import VERSION

REMOVED = "removed"
"""Folder for the documents of rows that are gone: they are never silently taken away."""


class Chosen(Struct, frozen=True):
    """Which items of a batch a run is to make."""

    where: str | None = None
    """A condition over the fields of their rows."""
    limit: int | None = None
    """The first so many only."""

    @property
    def all(self) -> bool:
        return self.where is None and self.limit is None


class BatchMade(Struct, frozen=True):
    """What became of a batch."""

    folder: Path | str
    """Or the address of a store."""
    made: int
    """Items of which a document was made in this run."""
    standing: int
    """Items all of whose documents stood there, made from the same."""
    failed: tuple[tuple[str, tuple[str, ...]], ...]
    """Key and reasons of each item that could not be made."""
    kept: tuple[tuple[Path, Path], ...]
    """Files that a person edited and that were left alone, each with the new one beside it."""
    removed: tuple[str, ...]
    """Files of rows that are gone, which this run moved to `removed`."""
    unbound: tuple[Problem, ...] = ()
    """Why there is no PDF of all documents to be printed."""


def make_batch(
    root: Path,
    name: str,
    out: Path,
    options: Options,
    chosen: Chosen,
    jobs: int,
    progress: Progress = lambda _: None,
    force: bool = False,
    up: Up = 1,
    cluster: Cluster | None = None,
) -> BatchMade:
    """Make a batch's documents in the folder `out/name`, by so many processes or by a cluster, but for those that stand
    there made from the same; with `force` all. What a killed run had made counts. With `up` 2, two handouts stand on a
    sheet of the PDF that holds all.

    Raises ProjectError for what is wrong with the whole, OutputError for a disk or program in the way; all that was
    done until then stands. What is wrong with an item is told of it alone.
    """
    batch = read_batch(root, name, options, chosen.where, progress)
    items = batch.items if chosen.limit is None else batch.items[: chosen.limit]
    with output_folder(out / name, root, progress) as folder:
        refuse_strangers(folder, batch.project.root)
        run = _Run(batch, folder, progress)
        made = run.make(items, Engine(Origin(root, name, options, chosen.where), jobs, cluster), force)
        removed = run.archive() if chosen.all else ()
        unbound = run.finish(removed, up)
        record(folder, batch.project.root)
    return replace(made, removed=removed, unbound=unbound)


def tasks_of(
    batch: Batch,
    items: Iterable[Item],
    whole: str,
    known: Mapping[str, KeptItem],
    stands: Callable[[KeptItem], bool],
    force: bool,
) -> tuple[list[Task], int]:
    """The items that have to be made or looked at, and how many stand there made from the same."""
    at = {item.key: number for number, item in enumerate(batch.items)}
    tasks: list[Task] = []
    standing = 0
    for item in items:
        one = known.get(item.key)
        if one is None or force or one.state != "made" or not _called(batch, one, item) or not stands(one):
            tasks.append(Task(at[item.key]))
        elif one.whole == whole and one.recipient == item.recipient:
            standing += 1
        else:
            digests = {output: document.made_from for output, document in one.documents.items()}
            tasks.append(Task(at[item.key], digests))
    return tasks, standing


def _called(batch: Batch, known: KeptItem, item: Item) -> bool:
    """Whether an item's documents have the names that they would get now."""
    return {output: one.file for output, one in known.documents.items()} == {
        output: batch.file(item, output) for output in batch.given
    }


def in_order(batch: Batch, failed: list[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What failed, in the order of the table."""
    order = {item.key: number for number, item in enumerate(batch.items)}
    return tuple(sorted(failed, key=lambda one: order[one[0]]))


class Whole(Struct, frozen=True):
    """What is written of the whole when all is done."""

    files: dict[str, bytes]
    """Name → content of the index, and of what is to be printed at once where that is another one."""
    sums: dict[str, str]
    """Name → SHA-256 of those, and of what stands as it was."""
    manifest: bytes
    problems: tuple[Problem, ...]
    """Why documents could not be bound together."""


def of_the_whole(
    batch: Batch,
    known: Mapping[str, KeptItem],
    before: KeptBatch | None,
    removed: tuple[str, ...],
    read: Callable[[str], bytes | None],
    checksum: Callable[[str], str | None],
    up: Up,
) -> Whole:
    """What is written of the whole, where `before` is the manifest until now, and `read` and `checksum` know the files.

    Items that the run was not asked for stay as that manifest has them, in their order.
    """
    items = tuple(known[item.key] for item in batch.items if item.key in known)
    if before is not None:
        asked = {item.key for item in items}
        items += tuple(one for one in known.values() if one.key not in asked)
    kept, bound = ({}, {}) if before is None else (before.files, before.bound_from)
    standing = {name: digest for name, digest in bound.items() if checksum(name) == kept.get(name)}
    together = bind_together(batch, items, read, up, standing)
    language = batch.project.language
    files = {
        "index.html": index_html(batch.title, language, items),
        "index.csv": index_csv(items),
        **together.files,
    }
    sums = {name: kept[name] for name in together.bound_from if name not in files}
    sums |= {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    gone = (*(before.removed if before is not None else ()), *removed)
    said = KeptBatch(batch.name, batch.title, language, items, VERSION, sums, together.bound_from, gone)
    return Whole(files, sums, manifest_bytes(said), together.problems)


class _Run:
    """A run at work in a batch's folder, which it holds alone."""

    def __init__(self, batch: Batch, folder: Folder, progress: Callable[[str], None]) -> None:
        self.batch, self.folder, self.progress = batch, folder, progress
        self.manifest, self.known, self.ours = kept_items(folder, batch.name)
        with outages_told(folder.path):
            if self.manifest is None and folder.state(MANIFEST) is not None:
                raise ProjectError.at(
                    Place(str(folder.path)),
                    f"holds other documents than those of the batch '{batch.name}'.",
                    "Choose another folder with --out.",
                )
        self.kept: list[tuple[Path, Path]] = []

    def make(self, items: Iterable[Item], engine: Engine, force: bool) -> BatchMade:
        """Make what does not stand there, and note each item when it is done."""
        whole, every = whole_digest(self.batch), self.batch.items
        tasks, standing = tasks_of(self.batch, items, whole, self.known, lambda one: stands(self.folder, one), force)
        made = 0
        failed: list[tuple[str, tuple[str, ...]]] = []
        for done, result in enumerate(engine.made(self.batch, tasks, self.progress), 1):
            item = every[result.index]
            if result.problems:
                reasons = tuple(map(str, result.problems))
                failed.append((item.key, reasons))
                earlier = self.known.get(item.key)
                self._note(
                    KeptItem(item.key, "failed", earlier.documents if earlier else {}, reasons, "", item.recipient)
                )
                self.progress(f"{done} of {len(tasks)}: {item.key} failed")
            else:
                fresh = any(document.content is not None for document in result.documents)
                made, standing = made + fresh, standing + (not fresh)
                self._place(item, result, whole)
                self.progress(f"{done} of {len(tasks)}: {item.name}")
        return BatchMade(self.folder.path, made, standing, in_order(self.batch, failed), tuple(self.kept), ())

    def _note(self, item: KeptItem) -> None:
        with outages_told(self.folder.path):
            noted(self.folder, item)
        self.known[item.key] = item

    def _place(self, item: Item, result: MadeItem, whole: str) -> None:
        """Put an item's documents into their places. They are noted first, so that they are known as ours if the run
        is killed between the two."""
        earlier = self.known.get(item.key)
        documents: dict[str, KeptDocument] = {}
        for one in result.documents:
            known = earlier.documents.get(one.output) if earlier is not None else None
            file, sum_ = self.batch.file(item, one.output), one.sha256
            if one.content is None and known is not None:
                file, sum_ = known.file, known.sha256
            documents[one.output] = KeptDocument(file, sum_, one.made_from, one.edition)
        with outages_told(self.folder.path):
            places = {one.output: self._free(documents[one.output]) for one in result.documents}
            self.ours |= {one.sha256 for one in documents.values()}
            self._note(KeptItem(item.key, "made", documents, (), whole, item.recipient))
            for one in result.documents:
                if one.content is not None:
                    self.folder.write(places[one.output], one.content, flush=False)
            if earlier is not None:
                self._take_away(earlier, documents)

    def _free(self, document: KeptDocument) -> str:
        """Where a document goes: beside a file of its name that a person has edited or made."""
        refuse_open(self.folder, document.file)
        found = self.folder.checksum(document.file)
        if found is None or found == document.sha256 or found in self.ours:
            return document.file
        for name in beside(document.file, "new"):
            sum_ = self.folder.checksum(name)
            if sum_ is None or sum_ in self.ours:
                self.kept.append((self.folder.path / document.file, self.folder.path / name))
                return name
        raise AssertionError  # `beside` never ends

    def _take_away(self, earlier: KeptItem, documents: Mapping[str, KeptDocument]) -> None:
        """The files of an item whose name is another one now; one that a person edited stays."""
        now = {one.file for one in documents.values()}
        for one in earlier.documents.values():
            if one.file not in now and self.folder.checksum(one.file) == one.sha256:
                self.folder.remove(one.file)

    def archive(self) -> tuple[str, ...]:
        """Move the documents of rows that are gone to `removed`; gives the names of the files there."""
        keys = {item.key for item in self.batch.items}
        gone = [item for key, item in self.known.items() if key not in keys]
        taken = {one.file for key, item in self.known.items() if key in keys for one in item.documents.values()}
        moved: list[str] = []
        with outages_told(self.folder.path):
            for item in gone:
                for one in item.documents.values():
                    if one.file not in taken and self.folder.state(one.file) is not None:
                        moved.append(self._archived(one.file))
                del self.known[item.key]
        return tuple(moved)

    def _archived(self, file: str) -> str:
        with self.folder.inner(REMOVED, make=True) as removed:
            free = next(name for name in numbered(file) if removed.state(name) is None)
            self.folder.move(file, removed, free)
        return free

    def finish(self, removed: tuple[str, ...], up: Up) -> tuple[Problem, ...]:
        """Write what is of the whole, all at once, and the manifest last; then nothing is left for a journal to say.

        Gives why documents could not be bound together.
        """
        with outages_told(self.folder.path):
            whole = of_the_whole(
                self.batch, self.known, self.manifest, removed, self.folder.read, self.folder.checksum, up
            )
        files, sums, content = whole.files, whole.sums, whole.manifest
        with outages_told(self.folder.path):
            if (
                any(self.folder.checksum(name) != sum_ for name, sum_ in sums.items())
                or self.folder.read(MANIFEST) != content
            ):
                switch(self.folder, [*files.items(), (MANIFEST, content)])
            with suppress(OSError):
                self.folder.remove(JOURNAL)
        return whole.problems


def numbered(file: str) -> Iterator[str]:
    """`zoology.pdf`, `zoology-2.pdf` ..."""
    yield file
    stem, _, suffix = file.rpartition(".")
    yield from (f"{stem}-{number}.{suffix}" for number in count(2))
