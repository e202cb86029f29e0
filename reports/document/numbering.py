"""Numbers of figures, tables and sections, and the words by which references call them."""

from __future__ import annotations

from itertools import count

from msgspec.structs import replace

from data.language.words import words
from reports.document.blocks import Block, Document, Figure, Heading, Image, TableBlock
from reports.document.inlines import plain
from reports.document.tree import rebuilt, walk


def numbered(document: Document) -> Document:
    """The document with its figures and titled tables numbered from 1 in reading order."""
    figures, tables = count(1), count(1)

    def each(block: Block) -> Block:
        match block:
            case Figure():
                return replace(block, number=next(figures))
            case TableBlock() if block.title:
                return replace(block, number=next(tables))
            case _:
                return rebuilt(block, every)

    def every(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(each, blocks))

    return replace(document, blocks=every(document.blocks))


def labels(document: Document) -> dict[str, str]:
    """What a reference to each block is called: "Figure 3", "Table 2", or the words of a heading."""
    ours = words(document.language)
    found: dict[str, str] = {}
    for block in walk(document.blocks):
        match block:
            case Figure() if block.number:
                found[block.id] = f"{ours['figure']}\u00a0{block.number}"
            case TableBlock() if block.number:
                found[block.id] = f"{ours['table']}\u00a0{block.number}"
            case Figure() | TableBlock():
                found[block.id] = plain(block.title, document.language)
            case Image():
                found[block.id] = plain(block.caption or block.alt, document.language)
            case Heading():
                found[block.id] = plain(block.kicker or block.content, document.language)
            case _:
                found[block.id] = block.id
    return found
