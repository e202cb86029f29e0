"""Makes the documents of one item, or tells why that cannot be: what each process of a batch does."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from data.errors import OutputError, Problem, ProjectError
from reports.batches.items import Item
from reports.batches.planned import Batch, documents
from reports.batches.store import Store
from reports.runs.write import written


class Task(Struct, frozen=True):
    """An item to be made."""

    index: int
    """In its batch."""
    standing: Mapping[str, str] = {}
    """Output → digest of its documents that stand already."""


class MadeDocument(Struct, frozen=True):
    """One document of an item."""

    output: str
    made_from: str
    """Digest of all that it is made from."""
    edition: str
    sha256: str = ""
    content: bytes | None = None
    """None for one that stands already, made from the same, or was written to a store."""
    size: int = 0
    """Bytes of one that was written to a store."""


class MadeItem(Struct, frozen=True):
    """What became of an item: its documents, or the problems that keep them from being made."""

    index: int
    """Of the item in its batch."""
    documents: tuple[MadeDocument, ...] = ()
    problems: tuple[Problem, ...] = ()
    outage: str = ""
    """Why the store did not take them; then none of its documents counts as made."""


def made_for(batch: Batch, task: Task, store: Store | None) -> MadeItem:
    """What becomes of an item; its documents written to the store, if there is one."""
    made = make_item(batch, task.index, task.standing)
    if store is None:
        return made
    try:
        return replace(made, documents=tuple(_stored(batch, made.index, one, store) for one in made.documents))
    except OutputError as error:
        return MadeItem(made.index, outage=str(error))


def _stored(batch: Batch, index: int, document: MadeDocument, store: Store) -> MadeDocument:
    if document.content is None:
        return document
    store.write(batch.file(batch.items[index], document.output), document.content)
    return replace(document, content=None, size=len(document.content))


_FORGET = 100
"""Items after which a process lets go of the texts that it has measured: what all have in common is soon measured
again, and what only one has would fill the memory."""


def make_item(batch: Batch, index: int, standing: Mapping[str, str]) -> MadeItem:
    """Make the documents of an item, but for the outputs that `standing` names with a digest, where they would be made
    from the same. Whatever is wrong with an item is told of it, and of no other."""
    item: Item = batch.items[index]
    if index % _FORGET == 0:
        _forget()
    if item.fault is not None:
        return MadeItem(index, problems=(item.fault,))
    try:
        bound = documents(batch, item)
        made: list[MadeDocument] = []
        for one in bound.outputs:
            about = one.name, one.digest, one.document.edition
            if standing.get(one.name) == one.digest:
                made.append(MadeDocument(*about))
            else:
                content = written(one, bound.brand)
                made.append(MadeDocument(*about, hashlib.sha256(content).hexdigest(), content))
    except ProjectError as error:
        return MadeItem(index, problems=error.problems)
    return MadeItem(index, tuple(made))


def _forget() -> None:
    from charts import lettering, shaping
    from data.language import show
    from reports import hyphens
    from reports.pdf.text import passage

    for room in (lettering, shaping, show, hyphens, passage):
        room.forget()
