"""Numbers of figures, tables and sections, and the words by which references call them."""

from __future__ import annotations

from dataclasses import replace

from data.words import words
from reports.document.blocks import (
    Block,
    Callout,
    Columns,
    Document,
    Figure,
    Heading,
    ItemList,
    Myth,
    NextSteps,
    Notes,
    Question,
    TableBlock,
    plain,
    walk,
)


class _Counter:
    def __init__(self) -> None:
        self.figures = self.tables = 0

    def number(self, block: Block) -> Block:
        match block:
            case Figure():
                self.figures += 1
                return replace(block, number=self.figures)
            case TableBlock() if block.title:
                self.tables += 1
                return replace(block, number=self.tables)
            case ItemList():
                return replace(block, items=tuple(self.all(item) for item in block.items))
            case Columns():
                return replace(block, columns=tuple(self.all(column) for column in block.columns))
            case Myth():
                return replace(block, facts=self.all(block.facts))
            case Question():
                return replace(block, answer=self.all(block.answer))
            case NextSteps() | Callout() | Notes():
                return replace(block, content=self.all(block.content))
            case _:
                return block

    def all(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(self.number, blocks))


def numbered(document: Document) -> Document:
    """The document with its figures and titled tables numbered from 1 in reading order."""
    return replace(document, blocks=_Counter().all(document.blocks))


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
            case Heading():
                found[block.id] = plain(block.kicker or block.content, document.language)
            case _:
                found[block.id] = block.id
    return found
