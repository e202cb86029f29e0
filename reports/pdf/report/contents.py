"""The table of contents of a report, and what runs along its pages."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reports.document.blocks import Block, Document, Heading, without_notes
from reports.document.inlines import plain
from reports.document.prepared import ABOUT
from reports.pdf.report.pages import Flowing, Placed
from reports.pdf.styles import WIDTH, paint
from reports.pdf.tagged.box import Piece
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.pdf.text.passage import Lines

_DOTS = 4.0
"""Distance of the dots of a leader."""


class Entry(Struct, frozen=True):
    """A heading as the contents list it."""

    anchor: str
    number: str
    title: str
    level: int
    """0 for sections, 1 for topics."""


class ContentsLine(Struct, frozen=True):
    """One line of the contents: number, title, leader, page; all of it leads to the heading."""

    key: object
    number: Lines | None
    title: Lines
    page: Lines
    anchor: str
    spoken: str
    indent: float
    dots: str
    """Colour of the leader."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (Piece(self.title.height),)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        style = self.title.passage.style
        below = top - self.title.height
        with (
            canvas.tag("TOC", self.key),
            canvas.tag("TOCI"),
            canvas.tag("Reference"),
            canvas.link(self.spoken, target=self.anchor) as link,
        ):
            if self.number is not None:
                self.number.draw_text(canvas, x, top)
            self.title.draw_text(canvas, x + self.indent, top)
            last_line = self.title.lines[-1]
            self._leader(canvas, x + self.indent + last_line.width + 5, x, below + style.leading - style.baseline)
            self.page.draw_text(canvas, x + WIDTH - 40, below + style.leading)
            link.area(x, below, x + WIDTH, top)

    def _leader(self, canvas: TaggedCanvas, start: float, x: float, y: float) -> None:
        end = x + WIDTH - self.page.lines[-1].width - 5
        if end <= start:
            return
        canvas.saveState()
        canvas.setStrokeColor(paint(self.dots))
        canvas.setLineWidth(0.9)
        canvas.setLineCap(1)  # pyright: ignore[reportUnknownMemberType]  # the stubs have gaps here
        canvas.setDash([0, _DOTS])  # pyright: ignore[reportUnknownMemberType]  # the stubs have gaps here
        right = x + WIDTH  # dots of all lines stand below each other
        canvas.line(right - _DOTS * int((right - start) / _DOTS), y + 0.6, end, y + 0.6)
        canvas.restoreState()


def entries_of(document: Document) -> list[Entry]:
    """The headings that contents and outline list; sections are numbered."""
    entries: list[Entry] = []
    number = 0
    for block in without_notes(document.blocks):
        if isinstance(block, Heading) and block.level <= 2:
            number += block.level == 1
            title = plain(block.content, document.language)
            said = str(number) if block.level == 1 and block.id != ABOUT else ""
            entries.append(Entry(block.id, said, title, 0 if block.level == 1 or not entries else 1))
    return entries


def running_heads(document: Document) -> dict[str, str]:
    """What each section is called at the top of its pages."""
    return {
        block.id: plain(block.kicker or block.content, document.language)
        for block in document.blocks
        if isinstance(block, Heading) and block.level == 1
    }


def page_numbers(
    document: Document, flow: Sequence[Flowing], pages: Sequence[Sequence[Placed]], first: int
) -> dict[str, int]:
    """The page on which each block of the flow begins, by the block's id."""
    blocks: tuple[Block, ...] = without_notes(document.blocks)
    return {
        blocks[placed.place].id: number
        for number, page in enumerate(pages, first)
        for placed in page
        if placed.first == 0
    }
