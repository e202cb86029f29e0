"""A document as a tree of blocks: the closed union `Block`, which every writer matches on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from charts.chart import Chart
from charts.cut import Tie
from data.errors import Place
from data.tables.contradictions import Contradiction
from data.tables.table import Table
from reports.document.inlines import Footnote, Inlines
from reports.document.qr import QRCode

_SETTINGS = Place("project.toml")


class _Placed(Struct, frozen=True, kw_only=True):
    id: str
    """Stable over rebuilds: the author's {#id}, else made from the heading above and the place below it."""
    place: Place


class Heading(_Placed, frozen=True, kw_only=True):
    """Level 1 opens a section, level 2 a topic (in a deck: a slide)."""

    level: int
    content: Inlines
    kicker: Inlines = ()
    """Short words over the heading: the topic, where the heading itself is a claim."""
    backup: bool = False
    """In a deck: a section of slides that are kept for questions."""
    incremental: bool | None = None
    """In a deck: whether the points of its slides appear one by one; None leaves it to what it stands in."""


class Paragraph(_Placed, frozen=True, kw_only=True):
    content: Inlines


class ItemList(_Placed, frozen=True, kw_only=True):
    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


class Figure(_Placed, frozen=True, kw_only=True):
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


class Image(_Placed, frozen=True, kw_only=True):
    """A picture from a file of the project: a photograph, a plan, a logo; or a QR code."""

    file: Path | QRCode
    """PNG, JPEG or SVG, which was found sound; or the code."""
    name: str
    """As the story names it."""
    alt: Inlines
    """What it shows, for those who do not see it."""
    width: int
    """In pixels, as is the height; of a drawing in SVG as it is drawn for programs that know no SVG."""
    height: int
    caption: Inlines = ()
    """Words below it: who took it, what to look at."""


class TableBlock(_Placed, frozen=True, kw_only=True):
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
    folds: bool = False
    """Whether a page may have two columns of its rows, where they are narrow and many."""


class KeyFigure(Struct, frozen=True):
    figure: Inlines
    """The number, short enough to be set large."""
    label: Inlines


class KeyFigures(_Placed, frozen=True, kw_only=True):
    items: tuple[KeyFigure, ...]


class Quote(_Placed, frozen=True, kw_only=True):
    """What somebody said."""

    content: Inlines
    attribution: Inlines
    """Who said it."""


class PullQuote(_Placed, frozen=True, kw_only=True):
    """A sentence of the author's own, set large."""

    content: Inlines


class Myth(_Placed, frozen=True, kw_only=True):
    """What people believe, and the facts against it."""

    myth: Inlines
    facts: tuple[Block, ...]


class Question(_Placed, frozen=True, kw_only=True):
    question: Inlines
    answer: tuple[Block, ...]


class NextSteps(_Placed, frozen=True, kw_only=True):
    """What the reader should do now."""

    title: Inlines
    content: tuple[Block, ...]


class Callout(_Placed, frozen=True, kw_only=True):
    """A remark that must not be missed, on a tint."""

    content: tuple[Block, ...]


class Notes(_Placed, frozen=True, kw_only=True):
    """What the advisor says while this slide is up; not printed in report and handout."""

    content: tuple[Block, ...]


class Columns(_Placed, frozen=True, kw_only=True):
    """Blocks side by side."""

    columns: tuple[tuple[Block, ...], ...]


class AboutData(_Placed, frozen=True, kw_only=True):
    """Source, date, rows and known weaknesses of the tables that the document uses, and where they disagree."""

    tables: tuple[Table, ...]
    contradictions: tuple[Contradiction, ...] = ()


class GlossaryEntry(Struct, frozen=True):
    term: str
    meaning: tuple[Block, ...]
    """One paragraph, whose id references to the term lead to."""


class Glossary(_Placed, frozen=True, kw_only=True):
    """The terms that the document marks, and what they mean, in the order of its language."""

    entries: tuple[GlossaryEntry, ...]
    appended: bool = False
    """Whether it stands at the end by itself, where no story says where it belongs."""


class FootnoteList(_Placed, frozen=True, kw_only=True):
    """Footnotes below the part that calls them, made by the writers of pages."""

    notes: tuple[Footnote, ...]


Block = (
    Heading
    | Paragraph
    | ItemList
    | Figure
    | Image
    | TableBlock
    | KeyFigures
    | Quote
    | PullQuote
    | Myth
    | Question
    | NextSteps
    | Callout
    | Notes
    | Columns
    | AboutData
    | Glossary
    | FootnoteList
)


class Document(Struct, frozen=True, kw_only=True):
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
    correction: str = ""
    """What this edition puts right of one that was withdrawn; empty where it corrects none."""
    tables: tuple[Table, ...] = ()
    """The tables whose values are shown or quoted: a sheet that has no "About these data" names their sources."""
    draft: bool = False
    created: int = 946_684_800
    """Seconds since 1970 for the file's metadata: SOURCE_DATE_EPOCH, else 2000-01-01."""
    contradictions: tuple[Contradiction, ...] = ()
    """Where those tables disagree."""
    variables: Mapping[str, str] = {}
    """What the run sets of the project's variables: a deck is refreshed with the same."""


def without_notes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that are printed."""
    return tuple(block for block in blocks if not isinstance(block, Notes))
