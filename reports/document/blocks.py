"""A document as a tree: the closed unions `Inline` and `Block`, which every writer matches on.

Numbers stand in a document as `Run`s that hold values, never as text; a writer turns them into text with
`data.show.show`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from charts.chart import Chart
from charts.cut import Tie
from data.contradictions import Contradiction
from data.errors import Place
from data.show import Style, show
from data.table import Table
from data.value import Interval, Value
from data.words import quotation_marks

_SETTINGS = Place("project.toml")

# -- inline ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the author."""

    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """A value from the data."""

    value: Value | Interval
    style: Style = "rounded"


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strike:
    """Words struck out: they hold no longer."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than the document's, so that they are read out in their own."""

    language: str
    """BCP 47, such as "fr"."""
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address outside the document."""

    target: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a block of this document; without words of its own it is shown as "Figure 3" or "Pay"."""

    target: str
    children: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class LineBreak:
    pass


@dataclass(frozen=True, slots=True)
class Footnote:
    """The call of a footnote, a raised number, with the words that stand apart."""

    number: int
    """Among the document's footnotes, from 1; called twice, it keeps its number."""
    content: Inlines


Inline = Text | Run | Strong | Emphasis | Strike | Foreign | Code | Link | Ref | LineBreak | Footnote
Inlines = tuple[Inline, ...]

# -- blocks ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    id: str
    """Stable over rebuilds: the author's {#id}, else made from the heading above and the place below it."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(_Placed):
    """Level 1 opens a section, level 2 a topic (in a deck: a slide)."""

    level: int
    content: Inlines
    kicker: Inlines = ()
    """Short words over the heading: the topic, where the heading itself is a claim."""
    backup: bool = False
    """In a deck: a section of slides that are kept for questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(_Placed):
    content: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList(_Placed):
    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(_Placed):
    """A chart with its claim as heading, and source and date below."""

    chart: Chart
    title: Inlines
    """The claim: set as a heading over the drawing, in the document's own text."""
    caption: Inlines = ()
    """What is shown, in a few words; stands below with number, source and date."""
    captioned: bool = True
    """Whether an author wrote the caption; else it is the table's title."""
    number: int = 0
    """Place among the document's figures, from 1; 0 where figures are not numbered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock(_Placed):
    """Rows and columns, from a table of the project or typed by the author."""

    title: Inlines
    columns: tuple[Inlines, ...]
    rows: Sequence[tuple[Inlines, ...]]
    """Those of a project's table are made when they are asked for: pass over them as seldom as can be."""
    aligns: tuple[Literal["left", "right"], ...]
    """Numbers stand right, everything else left."""
    table: Table | None = None
    """The project's table it shows, for source and date; None for a table typed in the story."""
    number: int = 0
    parted: Tie | None = None
    """Two rows of which one is shown and the other is not, though the order does not tell them apart."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    figure: Inlines
    """The number, short enough to be set large."""
    label: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures(_Placed):
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(_Placed):
    content: Inlines
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Myth(_Placed):
    """What people believe, and the facts against it."""

    myth: Inlines
    facts: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(_Placed):
    question: Inlines
    answer: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSteps(_Placed):
    """What the reader should do now."""

    title: Inlines
    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(_Placed):
    """A remark that must not be missed, on a tint."""

    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes(_Placed):
    """What the advisor says while this slide is up; not printed in report and handout."""

    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns(_Placed):
    """Blocks side by side."""

    columns: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutData(_Placed):
    """Source, date, rows and known weaknesses of the tables that the document uses, and where they disagree."""

    tables: tuple[Table, ...]
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteList(_Placed):
    """Footnotes below the part that calls them, made by the writers of pages."""

    notes: tuple[Footnote, ...]


Block = (
    Heading
    | Paragraph
    | ItemList
    | Figure
    | TableBlock
    | KeyFigures
    | Quote
    | Myth
    | Question
    | NextSteps
    | Callout
    | Notes
    | Columns
    | AboutData
    | FootnoteList
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One output of a project, read and bound to its data, before it has pages or slides."""

    title: str
    blocks: tuple[Block, ...]
    language: str
    """BCP 47, such as "en-US"."""
    subtitle: Inlines = ()
    subtitle_place: Place = _SETTINGS
    kicker: str = ""
    """What kind of document it is: "Career guide"."""
    publisher: str = ""
    website: str = ""
    published: str = ""
    """ISO 8601 date or month; empty where the project states none."""
    caveat: str = ""
    """What readers must know about all figures: "Example: figures quoted from one article, not verified"."""
    edition: str = ""
    """Short id of the state of the data, at the foot of every page and slide."""
    tables: tuple[Table, ...] = ()
    """The tables whose values are shown or quoted: a sheet that has no "About these data" names their sources."""
    draft: bool = False
    created: int = 946_684_800
    """Seconds since 1970 for the file's metadata: SOURCE_DATE_EPOCH, else 2000-01-01."""
    contradictions: tuple[Contradiction, ...] = ()
    """Where those tables disagree."""


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
        case Heading() | Paragraph() | Figure() | TableBlock() | KeyFigures() | Quote() | AboutData() | FootnoteList():
            return ()
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
        case Myth():
            yield block.myth
        case Question():
            yield block.question
        case NextSteps():
            yield block.title
        case ItemList() | Callout() | Notes() | Columns() | AboutData() | FootnoteList():
            pass
        case _:
            assert_never(block)


def _with_footnotes(passages: Iterable[Inlines]) -> Iterator[Inlines]:
    """Passages, each before the footnotes that it calls."""
    for passage in passages:
        yield passage
        yield from (leaf.content for leaf in leaves(passage) if isinstance(leaf, Footnote))


def footnotes_of(blocks: Iterable[Block]) -> tuple[Footnote, ...]:
    """The footnotes that blocks themselves call, each once, in the order of their numbers."""
    passages = (passage for block in blocks for passage in _own_inlines(block))
    called = (leaf for passage in passages for leaf in leaves(passage) if isinstance(leaf, Footnote))
    found = {footnote.number: footnote for footnote in called}
    return tuple(found[number] for number in sorted(found))


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block and the blocks inside it, in reading order."""
    for block in blocks:
        yield block
        yield from walk(inside(block))


@dataclass(frozen=True, slots=True)
class Passage:
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


def leaves(inlines: Inlines) -> Iterator[Text | Run | Code | Ref | LineBreak | Footnote]:
    """Inlines without their nesting, in reading order."""
    for inline in inlines:
        match inline:
            case Strong() | Emphasis() | Strike() | Foreign() | Link():
                yield from leaves(inline.children)
            case Ref() if inline.children:
                yield from leaves(inline.children)
            case _:
                yield inline


def plain(inlines: Inlines, language: str, labels: dict[str, str] | None = None) -> str:
    """Inlines as plain text, values shown in the reader's language, without the numbers of footnotes."""
    parts: list[str] = []
    for leaf in leaves(inlines):
        match leaf:
            case Text() | Code():
                parts.append(leaf.text)
            case Run():
                parts.append(show(leaf.value, leaf.style, language))
            case Ref():
                parts.append((labels or {}).get(leaf.target, leaf.target))
            case LineBreak():
                parts.append(" ")
            case Footnote():
                pass
            case _:
                assert_never(leaf)
    return "".join(parts)


def quoted(content: Inlines, language: str) -> Inlines:
    """A quotation in the language's quotation marks, unless the author has set some."""
    if plain(content, language).lstrip()[:1] in tuple("“„«\"'‘‚‹"):
        return content
    opening, closing, *_ = quotation_marks(language)
    return (Text(opening), *content, Text(closing))


def without_notes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that are printed."""
    return tuple(block for block in blocks if not isinstance(block, Notes))


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
