"""A document is walked, listed and made anew here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place
from data.tables.table import Table
from data.tables.value import Interval, Value
from reports.document.blocks import (
    AboutData,
    Block,
    Callout,
    Columns,
    Document,
    Figure,
    FootnoteList,
    Glossary,
    Heading,
    Image,
    ItemList,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    Paragraph,
    PullQuote,
    Question,
    Quote,
    TableBlock,
)
from reports.document.inlines import Footnote, Inlines, Run, Text, apart, leaves


def inside(block: Block) -> tuple[Block, ...]:
    """The blocks directly inside a block."""
    match block:
        case ItemList():
            return tuple(child for item in block.items for child in item)
        case Myth():
            return block.facts
        case Question():
            return block.answer
        case NextSteps() | Callout() | Notes():
            return block.content
        case Columns():
            return tuple(child for column in block.columns for child in column)
        case Glossary():
            return tuple(child for entry in block.entries for child in entry.meaning)
        case Heading() | Paragraph() | Figure() | Image() | TableBlock() | KeyFigures() | Quote() | PullQuote():
            return ()
        case AboutData() | FootnoteList():
            return ()
        case _:
            assert_never(block)


def rebuilt(block: Block, change: Callable[[tuple[Block, ...]], tuple[Block, ...]]) -> Block:
    """The block with the blocks inside it changed, those of each part together: an item, a column, an answer."""
    match block:
        case ItemList():
            return replace(block, items=tuple(map(change, block.items)))
        case Columns():
            return replace(block, columns=tuple(map(change, block.columns)))
        case Glossary():
            entries = (replace(entry, meaning=change(entry.meaning)) for entry in block.entries)
            return replace(block, entries=tuple(entries))
        case Myth():
            return replace(block, facts=change(block.facts))
        case Question():
            return replace(block, answer=change(block.answer))
        case NextSteps() | Callout() | Notes():
            return replace(block, content=change(block.content))
        case Heading() | Paragraph() | Figure() | Image() | TableBlock() | KeyFigures() | Quote() | PullQuote():
            return block
        case AboutData() | FootnoteList():
            return block
        case _:
            assert_never(block)


def inlines_of(block: Block) -> Iterator[Inlines]:
    """Every inline passage of a block itself, its footnotes among them, without those of the blocks inside it."""
    yield from _with_footnotes(_own_inlines(block))


def typed_inlines(block: Block) -> Iterator[Inlines]:
    """The passages of a block that a person wrote: all but the rows of a project's table, of one value each cell."""
    if isinstance(block, TableBlock) and block.table is not None:
        yield from _with_footnotes((block.title, *block.columns))
    else:
        yield from inlines_of(block)


def _own_inlines(block: Block) -> Iterator[Inlines]:
    match block:
        case Heading():
            yield block.kicker
            yield block.content
        case Paragraph():
            yield block.content
        case Figure():
            yield block.title
            yield block.caption
        case Image():
            yield block.alt
            yield block.caption
        case TableBlock():
            yield block.title
            yield from block.columns
            for row in block.rows:
                yield from row
        case KeyFigures():
            yield from (part for item in block.items for part in (item.figure, item.label))
        case Quote():
            yield block.content
            yield block.attribution
        case PullQuote():
            yield block.content
        case Myth():
            yield block.myth
        case Question():
            yield block.question
        case NextSteps():
            yield block.title
        case Glossary():
            yield from ((Text(entry.term),) for entry in block.entries)
        case ItemList() | Callout() | Notes() | Columns() | AboutData() | FootnoteList():
            pass
        case _:
            assert_never(block)


def with_inlines(block: Block, change: Callable[[Inlines], Inlines]) -> Block:
    """The block with each of its own passages changed, but for the rows of a project's table and footnotes' words."""
    match block:
        case Heading():
            return replace(block, kicker=change(block.kicker), content=change(block.content))
        case Paragraph() | PullQuote():
            return replace(block, content=change(block.content))
        case Figure():
            return replace(block, title=change(block.title), caption=change(block.caption))
        case Image():
            return replace(block, alt=change(block.alt), caption=change(block.caption))
        case TableBlock():
            columns = tuple(map(change, block.columns))
            rows = block.rows if block.table is not None else tuple(tuple(map(change, row)) for row in block.rows)
            return replace(block, title=change(block.title), columns=columns, rows=rows)
        case KeyFigures():
            items = (replace(item, figure=change(item.figure), label=change(item.label)) for item in block.items)
            return replace(block, items=tuple(items))
        case Quote():
            return replace(block, content=change(block.content), attribution=change(block.attribution))
        case Myth():
            return replace(block, myth=change(block.myth))
        case Question():
            return replace(block, question=change(block.question))
        case NextSteps():
            return replace(block, title=change(block.title))
        case FootnoteList():
            return replace(block, notes=tuple(replace(note, content=change(note.content)) for note in block.notes))
        case ItemList() | Callout() | Notes() | Columns() | AboutData() | Glossary():
            return block
        case _:
            assert_never(block)


def _with_footnotes(passages: Iterable[Inlines]) -> Iterator[Inlines]:
    """Passages, each before those that it calls: its footnotes."""
    for passage in passages:
        yield passage
        yield from (called for leaf in leaves(passage) if (called := apart(leaf)) is not None)


def footnotes_of(blocks: Iterable[Block]) -> tuple[Footnote, ...]:
    """The footnotes that blocks themselves call, each once, in the order of their numbers."""
    passages = (passage for block in blocks for passage in _own_inlines(block))
    called = (leaf for passage in passages for leaf in leaves(passage) if isinstance(leaf, Footnote))
    found = {footnote.number: footnote for footnote in called}
    return tuple(found[number] for number in sorted(found))


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block and the blocks inside it, in reading order."""
    return (block for block, _ in walk_within(blocks))


def walk_within(blocks: Iterable[Block], around: tuple[Block, ...] = ()) -> Iterator[tuple[Block, tuple[Block, ...]]]:
    """Every block with those that it stands in, the outermost first, in reading order."""
    for block in blocks:
        yield block, around
        yield from walk_within(inside(block), (*around, block))


class Passage(Struct, frozen=True):
    """Words of a document, and where they were written."""

    place: Place
    content: Inlines
    block: Block | None = None
    """What they stand in; None for those that stand on the cover alone."""


def passages(document: Document) -> Iterator[Passage]:
    """Every passage of a document with the values in it: of its cover, its blocks and its footnotes.

    What asks for all that a document says asks here: `trace`, the manifest, "About these data", checks of characters.
    """
    yield Passage(document.subtitle_place, document.subtitle)
    for block in walk(document.blocks):
        yield from (Passage(block.place, content, block) for content in inlines_of(block))


def values_of(blocks: Iterable[Block]) -> Iterator[Value | Interval]:
    """Every value that the blocks show or quote, in order of appearance."""
    for block in walk(blocks):
        if isinstance(block, Figure):
            yield from block.chart.values()
        for inlines in inlines_of(block):
            yield from (leaf.value for leaf in leaves(inlines) if isinstance(leaf, Run))


def values_in(document: Document) -> Iterator[Value | Interval]:
    """Every value that a document shows or quotes: those of its passages, and those of its charts."""
    yield from (leaf.value for leaf in leaves(document.subtitle) if isinstance(leaf, Run))
    yield from values_of(document.blocks)


def tables_of(blocks: Iterable[Block]) -> tuple[Table, ...]:
    """The tables whose charts or rows are shown, each once, in order of appearance."""
    found: dict[str, Table] = {}
    for block in walk(blocks):
        if isinstance(block, Figure):
            found.setdefault(block.chart.table.name, block.chart.table)
        elif isinstance(block, TableBlock) and block.table is not None:
            found.setdefault(block.table.name, block.table)
    return tuple(found.values())
