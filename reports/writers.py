"""The writers: one output format a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.brand import Brand
from reports.document.blocks import Document


def _report(document: Document, brand: Brand, pages: int) -> bytes:
    from reports.pdf.report import write_report

    return write_report(document, brand)


def _handout(document: Document, brand: Brand, pages: int) -> bytes:
    from reports.pdf.handout import write_handout

    return write_handout(document, brand, pages)


def _deck(document: Document, brand: Brand, pages: int) -> bytes:
    from reports.deck.writer import write_deck

    return write_deck(document, brand)


@dataclass(frozen=True, slots=True)
class Writer:
    """How one kind of output is made. Its libraries are imported when it runs, not before."""

    suffix: str
    write: Callable[[Document, Brand, int], bytes]
    """Document, brand and number of pages → the file's bytes."""
    embeds_fonts: bool
    """Whether every character must be in the brand's fonts."""
    most_cells: int
    """Of a table that it prints: more are too many for a reader, for its pages, or for the memory of a machine."""


WRITERS: dict[str, Writer] = {
    "report": Writer(".pdf", _report, embeds_fonts=True, most_cells=250_000),
    "handout": Writer(".pdf", _handout, embeds_fonts=True, most_cells=2_000),
    "deck": Writer(".pptx", _deck, embeds_fonts=False, most_cells=4_000),
}
