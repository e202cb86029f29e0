"""The boxes that pages are made of: stacks, panels, lists, rows of columns, figures, key figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import force_setattr

from charts.drawn.drawing import Drawing
from reports.document.qr import QRCode, drawable
from reports.pdf.styles import GRID, paint
from reports.pdf.tagged.box import Flowable, Piece, draw_whole, height_of
from reports.pdf.tagged.picture import Picture
from reports.pdf.tagged.tagging import Attributes, TaggedCanvas
from reports.pdf.text.passage import Lines

NEVER_PARTED = 200.0
"""A table row or a panel up to this height, in points, stays on one page."""


class Stack(Struct, frozen=True):
    """Boxes one below the other, each with the gap above it."""

    parts: tuple[tuple[float, Flowable], ...]
    pieces: tuple[Piece, ...] = ()

    def __post_init__(self) -> None:
        pieces: list[Piece] = []
        for gap, box in self.parts:
            own = list(box.pieces)
            if own:
                own[0] = own[0]._replace(gap=gap + own[0].gap)
            pieces.extend(own)
        force_setattr(self, "pieces", tuple(pieces))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        start, y = 0, top
        for _, box in self.parts:
            count = len(box.pieces)
            a, b = max(first - start, 0), min(last - start, count)
            if a < b:
                if start + a > first:
                    y -= self.pieces[start + a].gap
                box.draw(canvas, x, y, a, b)
                y -= height_of(box.pieces, a, b)
            start += count


class Kept(Struct, frozen=True):
    """A box that stays on one page where it is not too high for that, and begins with what comes before it."""

    box: Flowable
    up_to: float = NEVER_PARTED
    pieces: tuple[Piece, ...] = ()

    def __post_init__(self) -> None:
        whole = height_of(self.box.pieces) <= self.up_to
        kept = (p._replace(kept=p.kept or (whole and i > 0)) for i, p in enumerate(self.box.pieces))
        force_setattr(self, "pieces", tuple(kept))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        self.box.draw(canvas, x, top, first, last)


class Tagged(Struct, frozen=True):
    """A box inside a structure element of its own: a block quote, a division."""

    box: Flowable
    tag: str
    key: object = field(default_factory=object)

    @property
    def pieces(self) -> Sequence[Piece]:
        return self.box.pieces

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        with canvas.tag(self.tag, self.key):
            self.box.draw(canvas, x, top, first, last)


class Anchored(Struct, frozen=True):
    """A box that links lead to."""

    box: Flowable
    name: str

    @property
    def pieces(self) -> Sequence[Piece]:
        return self.box.pieces

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        if first == 0:
            canvas.anchor(self.name, x, top + 2 * GRID)
        self.box.draw(canvas, x, top, first, last)


class Panel(Struct, frozen=True):
    """A box with room around it, on a tint, behind a bar or in a frame; all go on over pages."""

    box: Flowable
    width: float
    left: float
    above: float
    below: float
    tint: str = ""
    bar: str = ""
    bar_width: float = 3.0
    frame: str = ""
    """Colour of a line around it."""
    pieces: tuple[Piece, ...] = ()

    def __post_init__(self) -> None:
        pieces = list(self.box.pieces)
        for i, piece in enumerate(pieces):
            first, last = i == 0, i == len(pieces) - 1
            pieces[i] = piece._replace(
                height=piece.height + self.above * first + self.below * last,
                head=piece.head + self.above * (not first),
                foot=piece.foot + self.below * (not last),
            )
        force_setattr(self, "pieces", tuple(pieces))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        height = height_of(self.pieces, first, last)
        with canvas.artifact():
            if self.tint:
                canvas.setFillColor(paint(self.tint))
                canvas.rect(x, top - height, self.width, height, stroke=0, fill=1)
            if self.bar:
                canvas.setFillColor(paint(self.bar))
                canvas.rect(x, top - height, self.bar_width, height, stroke=0, fill=1)
            if self.frame:
                canvas.setStrokeColor(paint(self.frame))
                canvas.setLineWidth(0.75)
                canvas.rect(x, top - height, self.width, height, stroke=1, fill=0)
        self.box.draw(canvas, x + self.left, top - self.above, first, last)


class Item(Struct, frozen=True):
    """One item of a list: its bullet or number, and what it says."""

    label: Lines
    body: Flowable
    key: object = field(default_factory=object)


class ListBox(Struct, frozen=True):
    """A list; items may hold paragraphs and lists in turn."""

    items: tuple[Item, ...]
    indent: float
    gap: float
    numbering: Literal["Disc", "Circle", "Decimal", "None"] = "Disc"
    key: object = field(default_factory=object)
    pieces: tuple[Piece, ...] = ()

    def __post_init__(self) -> None:
        pieces: list[Piece] = []
        for i, item in enumerate(self.items):
            own = list(item.body.pieces)
            if own:
                own[0] = own[0]._replace(gap=self.gap if i else 0.0)
            pieces.extend(own)
        force_setattr(self, "pieces", tuple(pieces))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        numbering: Attributes = {"O": "List", "ListNumbering": self.numbering}
        start, y = 0, top
        with canvas.tag("L", self.key, attributes=numbering):
            for item in self.items:
                count = len(item.body.pieces)
                a, b = max(first - start, 0), min(last - start, count)
                if a < b:
                    if start + a > first:
                        y -= self.pieces[start + a].gap
                    with canvas.tag("LI", item.key):
                        if a == 0:
                            with canvas.tag("Lbl"):
                                item.label.draw_text(canvas, x, y)
                        with canvas.tag("LBody", item.key):
                            item.body.draw(canvas, x + self.indent, y, a, b)
                    y -= height_of(item.body.pieces, a, b)
                start += count


class SideBySide(Struct, frozen=True):
    """Boxes beside each other on a common top edge, on one page; each with its distance from the left."""

    columns: tuple[tuple[float, Flowable], ...]
    width: float
    above: float = 0.0
    below: float = 0.0
    rule: str = ""
    """Colour of a line on top; empty for none."""
    rule_width: float = 0.75

    @property
    def pieces(self) -> tuple[Piece, ...]:
        highest = max((height_of(box.pieces) for _, box in self.columns), default=0.0)
        return (Piece(self.above + highest + self.below),)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        if self.rule:
            rule(canvas, x, top, self.width, self.rule, self.rule_width)
        for left, box in self.columns:
            draw_whole(box, canvas, x + left, top - self.above)


def rule(canvas: TaggedCanvas, x: float, y: float, width: float, colour: str, line_width: float = 0.5) -> None:
    """A horizontal line, as an artifact."""
    with canvas.artifact():
        canvas.setStrokeColor(paint(colour))
        canvas.setLineWidth(line_width)
        canvas.line(x, y, x + width, y)


class RuleBox(Struct, frozen=True):
    """A short bar that opens a section."""

    width: float
    height: float
    below: float
    colour: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (Piece(self.height + self.below),)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        with canvas.artifact():
            canvas.setFillColor(paint(self.colour))
            canvas.rect(x, top - self.height, self.width, self.height, stroke=0, fill=1)


class FigureBox(Struct, frozen=True):
    """A chart between its claim and its caption; never broken."""

    above: Stack
    """Claim and measure line."""
    drawing: Drawing
    below: Stack
    """Number, caption, source and date."""
    gap: float = 6.0

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (
            Piece(height_of(self.above.pieces) + height_of(self.below.pieces) + self.drawing.height + 2 * self.gap),
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        drawing = self.drawing
        y = top - draw_whole(self.above, canvas, x, top) - self.gap - drawing.height
        with canvas.figure(drawing.alt, x, y, drawing.width, drawing.height):
            drawing.on_canvas(canvas, x, y)
        draw_whole(self.below, canvas, x, y - self.gap)


class ImageBox(Struct, frozen=True):
    """A picture from a file with its caption below it; never broken."""

    file: Path | QRCode
    width: float
    """Of the picture, in points, as is the height."""
    height: float
    alt: str
    below: Stack
    gap: float = 5.0

    @property
    def pieces(self) -> tuple[Piece, ...]:
        caption = height_of(self.below.pieces)
        return (Piece(self.height + (self.gap + caption if caption else 0.0)),)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        y = top - self.height
        Picture(drawable(self.file)).draw(canvas, self.alt, x, y, self.width, self.height)
        draw_whole(self.below, canvas, x, y - self.gap)


class ContinuedFigure(Struct, frozen=True):
    """A chart of more rows than a page has room for, in parts that stand on pages that follow each other."""

    parts: tuple[FigureBox, ...]
    gap: float = 12.0

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(
            Piece(height_of(part.pieces), gap=self.gap if number else 0.0) for number, part in enumerate(self.parts)
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        for number in range(first, last):
            if number > first:
                top -= self.gap
            top -= draw_whole(self.parts[number], canvas, x, top)


class KeyFigureCell(Struct, frozen=True):
    """One large number over its label, read as one sentence."""

    figure: Lines
    label: Lines


class KeyFigureRows(Struct, frozen=True):
    """Large numbers with their labels, some in a row, between hairlines."""

    rows: tuple[tuple[KeyFigureCell, ...], ...]
    width: float
    pitch: float
    """Distance of the left edges of neighbours."""
    ink: str
    hairline: str
    padding: float = 9.0
    gap: float = 3.0
    inset: float = 12.0
    """Room between a hairline and the number to its right."""

    def _heights(self) -> tuple[float, ...]:
        return tuple(
            max(c.figure.height for c in row) + self.gap + max(c.label.height for c in row) + 2 * self.padding
            for row in self.rows
        )

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(Piece(height) for height in self._heights())

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        y = top
        rule(canvas, x, y, self.width, self.ink, 0.75)
        for row, height in list(zip(self.rows, self._heights()))[first:last]:
            number_height = max(c.figure.height for c in row)
            for i, cell in enumerate(row):
                left = x + i * self.pitch
                if i:
                    with canvas.artifact():
                        canvas.setStrokeColor(paint(self.hairline))
                        canvas.setLineWidth(0.5)
                        canvas.line(left - self.inset, y, left - self.inset, y - height)
                with canvas.tag("P"):
                    cell.figure.draw_text(canvas, left, y - self.padding)
                    cell.label.draw_text(canvas, left, y - self.padding - number_height - self.gap)
            y -= height
            rule(canvas, x, y, self.width, self.hairline)
