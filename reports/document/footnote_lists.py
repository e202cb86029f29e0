"""Where footnotes stand on pages: below the section that calls them, or at the end of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from reports.document.blocks import Block, Document, FootnoteList, Heading
from reports.document.tree import footnotes_of, walk


def with_footnotes(document: Document, by_section: bool) -> Document:
    """The document with its footnotes as blocks: at the end of each section that calls some first, or of the whole."""
    parts = list(_sections(document.blocks)) if by_section else [document.blocks]
    found: list[Block] = []
    told: set[int] = set()
    for part in parts:
        found.extend(part)
        notes = tuple(note for note in footnotes_of(walk(part)) if note.number not in told)
        if notes:
            told.update(note.number for note in notes)
            found.append(FootnoteList(id=f"footnotes-{notes[0].number}", place=part[-1].place, notes=notes))
    return replace(document, blocks=tuple(found))


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Blocks from one heading of the first level to the next."""
    current: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1 and current:
            yield tuple(current)
            current = []
        current.append(block)
    if current:
        yield tuple(current)
