"""A batch as a part of an edition: its documents in a folder of their own, with an index for readers."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from data.digest import Digest
from data.errors import Place, Problem
from data.project import Project
from reports.batches.index import index_csv, index_html
from reports.batches.kept import KeptDocument, KeptItem
from reports.batches.making import Task
from reports.batches.planned import Batch, batch_of, whole_digest
from reports.batches.processes import Origin, make_items
from reports.batches.together import bind_together
from reports.runs.bind import Options
from reports.runs.edition import edition_of


class BatchEdition(Struct, frozen=True):
    """What an edition has of a batch."""

    batch: Batch
    items: tuple[KeptItem, ...]
    """Every item, with why it failed."""
    files: dict[str, bytes]
    """Path in the edition → content of the documents that were made anew."""
    standing: tuple[str, ...]
    """Paths of the documents that are as in the edition before."""
    fresh: tuple[str, ...]
    """Paths of those that were made anew."""

    @property
    def name(self) -> str:
        """Of the batch, and of its folder in the edition."""
        return self.batch.name

    @property
    def made_from(self) -> str:
        """Digest of all that its documents are made from."""
        return Digest(
            [
                (i.key, i.state, i.recipient, sorted((o, d.made_from) for o, d in i.documents.items()))
                for i in self.items
            ]
        ).hexadecimal

    @property
    def id(self) -> str:
        """Of its documents together."""
        return edition_of(self.made_from)

    def causes(self, before: tuple[KeptItem, ...]) -> tuple[Problem, ...]:
        """Why a person must look: items that failed, but for those that failed alike in the edition before."""
        known = {item.key: item.reasons for item in before if item.state == "failed"}
        failed = [item for item in self.items if item.state == "failed" and known.get(item.key) != item.reasons]
        alike: dict[tuple[str, ...], list[str]] = {}
        for item in failed:
            alike.setdefault(item.reasons, []).append(item.key)
        place = Place(f"batches.{self.name}")
        return tuple(
            Problem(
                place,
                f"'{keys[0]}'{f' and {len(keys) - 1} more' if keys[1:] else ''} could not be made: {' '.join(reasons)}",
                "Correct the data or the story; or accept this edition without.",
            )
            for reasons, keys in alike.items()
        )


def batch_edition(
    project: Project,
    name: str,
    options: Options,
    before: tuple[KeptItem, ...],
    stands: Callable[[str], bool],
    jobs: int,
    progress: Callable[[str], None] = lambda _: None,
) -> BatchEdition:
    """Make what a new edition has of the batch `name` and the one before has not.

    `before` are the items of that, and `stands` tells of a path whether its file is as it was made. Raises ProjectError
    for what is wrong with all items.
    """
    batch = batch_of(project, name, options)
    whole, known = whole_digest(batch), {item.key: item for item in before if item.state == "made"}
    kept: dict[int, KeptItem] = {}
    tasks: list[Task] = []
    for number, item in enumerate(batch.items):
        earlier = known.get(item.key)
        names = {output: batch.file(item, output) for output in batch.given}
        there = (
            earlier is not None
            and {output: one.file for output, one in earlier.documents.items()} == names
            and all(stands(f"{name}/{file}") for file in names.values())
        )
        if earlier is None or not there:
            tasks.append(Task(number))
        elif earlier.whole == whole and earlier.recipient == item.recipient:
            kept[number] = earlier
        else:
            tasks.append(Task(number, {output: one.made_from for output, one in earlier.documents.items()}))
    files: dict[str, bytes] = {}
    for done, made in enumerate(make_items(batch, Origin(project.root, name, options, None), tasks, jobs), 1):
        item = batch.items[made.index]
        if made.problems:
            kept[made.index] = KeptItem(item.key, "failed", {}, tuple(map(str, made.problems)), "", item.recipient)
        else:
            documents: dict[str, KeptDocument] = {}
            for one in made.documents:
                file = batch.file(item, one.output)
                if one.content is None:
                    documents[one.output] = known[item.key].documents[one.output]
                else:
                    documents[one.output] = KeptDocument(file, one.sha256, one.made_from, one.edition)
                    files[f"{name}/{file}"] = one.content
            kept[made.index] = KeptItem(item.key, "made", documents, (), whole, item.recipient)
        progress(f"{name}, {done} of {len(tasks)}: {item.name}")
    items = tuple(kept[number] for number in range(len(batch.items)))
    paths = [f"{name}/{one.file}" for item in items for one in item.documents.values()]
    fresh = tuple(path for path in paths if path in files)
    return BatchEdition(batch, items, files, tuple(path for path in paths if path not in files), fresh)


def whole_files(edition: BatchEdition, read: Callable[[str], bytes | None]) -> dict[str, bytes]:
    """Path → content of what is of all items: the index for readers, and the handouts as one PDF to be printed.

    `read` gives a document of the edition before. What could not be made, why, and to whom documents go is none of the
    readers' business.
    """
    batch, name = edition.batch, edition.name

    def content(file: str) -> bytes | None:
        return edition.files.get(f"{name}/{file}") or read(f"{name}/{file}")

    shown = tuple(KeptItem(item.key, item.state, item.documents) for item in edition.items if item.state == "made")
    files = {"index.html": index_html(batch.title, batch.project.language, shown), "index.csv": index_csv(shown)}
    files |= bind_together(batch, shown, content, 1, {}).files
    return {f"{name}/{file}": one for file, one in files.items()}
