"""The writers: one output format a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from msgspec import Struct

from data.look.brand import Brand
from data.settings.kinds import Settings
from reports.deck.options import DeckOptions
from reports.document.blocks import Document
from reports.document.prepared import prepared, prepared_sheet
from reports.pdf.handout.options import HandoutOptions


class NoOptions(Settings):
    """What may be said of an output whose writer has no options: nothing."""


def _report(document: Document, brand: Brand, _: Settings) -> bytes:
    from reports.pdf.report.writer import write_report

    return write_report(document, brand)


def _handout(document: Document, brand: Brand, options: Settings) -> bytes:
    from reports.pdf.handout.writer import write_handout

    return write_handout(document, brand, cast(HandoutOptions, options).pages)


def _deck(document: Document, brand: Brand, options: Settings) -> bytes:
    from reports.deck.writer import write_deck

    said = cast(DeckOptions, options)
    return write_deck(document, brand, said.charts, said.incremental)


def _notes(document: Document, brand: Brand, _: Settings) -> bytes:
    from reports.notes.writer import write_notes

    return write_notes(document, brand)


class Writer(Struct, frozen=True):
    """How one kind of output is made. Its libraries are imported when it runs, not before."""

    suffix: str
    prepare: Callable[[Document], Document]
    """The story's document → the one that is written."""
    write: Callable[[Document, Brand, Settings], bytes]
    """Document, brand and options → the file's bytes."""
    room: str
    """The module that writes, which a second process imports ahead where that takes long."""
    embeds_fonts: bool
    """Whether every character must be in the brand's fonts."""
    most_cells: int
    """Of a table that it prints: more are too many for a reader, for its pages, or for the memory of a machine."""
    takes_template: bool = False
    """Whether the brand's PowerPoint template makes a difference."""
    options: type[Settings] = NoOptions
    """What an output may say besides writer and story."""
    slow: bool = False
    """Whether its libraries take long to import."""
    weight: int = 3
    """How long it takes to write, against others."""
    opens_itself: bool = False
    """Whether a story that begins with a title and a paragraph takes the place of the project's subtitle."""
    tints_charts: bool = True
    """Whether a chart within a callout stands on its tint."""
    prints: str = ""
    """The writer of whose document it makes another form: what `only=` keeps for that one is kept for it, too."""
    says_notes: bool = False
    """Whether what a speaker says is in it."""


WRITERS: dict[str, Writer] = {
    "report": Writer(".pdf", prepared, _report, "reports.pdf.report.writer", embeds_fonts=True, most_cells=250_000),
    "handout": Writer(
        ".pdf",
        prepared_sheet,
        _handout,
        "reports.pdf.handout.writer",
        embeds_fonts=True,
        most_cells=2_000,
        options=HandoutOptions,
        opens_itself=True,
        weight=1,
    ),
    "notes": Writer(
        ".pdf",
        lambda document: document,
        _notes,
        "reports.notes.writer",
        embeds_fonts=True,
        most_cells=4_000,
        takes_template=True,
        slow=True,
        tints_charts=False,
        prints="deck",
        says_notes=True,
    ),
    "deck": Writer(
        ".pptx",
        lambda document: document,
        _deck,
        "reports.deck.writer",
        embeds_fonts=False,
        most_cells=4_000,
        takes_template=True,
        options=DeckOptions,
        slow=True,
        tints_charts=False,
        says_notes=True,
    ),
}


def keeping(name: str, writer: str) -> set[str]:
    """What `only=` may say to keep a part of a story for an output: its name, its writer's, and that of the writer of
    whose document it makes another form."""
    prints = WRITERS[writer].prints if writer in WRITERS else ""
    return {name, writer, *([prints] if prints else [])}
