"""The boxes that pages are made of: stacks, panels, lists, rows of columns, figures, key figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from charts.drawn.drawing import Drawing
from reports.pdf.box import Box, Piece, draw_whole, height_of
from reports.pdf.styles import GRID, paint
from reports.pdf.tagging import Attributes, TaggedCanvas
from reports.pdf.text import Lines

_NEVER_PARTED = 200.0
"""A table row or a panel up to this height, in points, stays on one page."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Boxes one below the other, each with the gap above it."""

    parts: tuple[tuple[float, Box], ...]
    pieces: tuple[Piece, ...] = field(init=False)

    def __post_init__(self) -> None:
        pieces: list[Piece] = []
        for gap, box in self.parts:
            own = list(box.pieces)
            if own:
                own[0] = own[0]._replace(gap=gap + own[0].gap)
            pieces.extend(own)
        object.__setattr__(self, "pieces", tuple(pieces))

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


@dataclass(frozen=True, slots=True)
class Kept:
    """A box that stays on one page where it is not too high for that, and begins with what comes before it."""

    box: Box
    up_to: float = _NEVER_PARTED
    pieces: tuple[Piece, ...] = field(init=False)

    def __post_init__(self) -> None:
        whole = height_of(self.box.pieces) <= self.up_to
        kept = (p._replace(kept=p.kept or (whole and i > 0)) for i, p in enumerate(self.box.pieces))
        object.__setattr__(self, "pieces", tuple(kept))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        self.box.draw(canvas, x, top, first, last)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A box inside a structure element of its own: a block quote, a division."""

    box: Box
    tag: str
    key: object = field(default_factory=object)

    @property
    def pieces(self) -> Sequence[Piece]:
        return self.box.pieces

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        with canvas.tag(self.tag, self.key):
            self.box.draw(canvas, x, top, first, last)


@dataclass(frozen=True, slots=True)
class Anchored:
    """A box that links lead to."""

    box: Box
    name: str

    @property
    def pieces(self) -> Sequence[Piece]:
        return self.box.pieces

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        if first == 0:
            canvas.anchor(self.name, x, top + 2 * GRID)
        self.box.draw(canvas, x, top, first, last)


@dataclass(frozen=True, slots=True)
class Panel:
    """A box with room around it, on a tint or behind a bar; both go on over pages."""

    box: Box
    width: float
    left: float
    above: float
    below: float
    tint: str = ""
    bar: str = ""
    bar_width: float = 3.0
    pieces: tuple[Piece, ...] = field(init=False)

    def __post_init__(self) -> None:
        pieces = list(self.box.pieces)
        for i, piece in enumerate(pieces):
            first, last = i == 0, i == len(pieces) - 1
            pieces[i] = piece._replace(
                height=piece.height + self.above * first + self.below * last,
                head=piece.head + self.above * (not first),
                foot=piece.foot + self.below * (not last),
            )
        object.__setattr__(self, "pieces", tuple(pieces))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        height = height_of(self.pieces, first, last)
        with canvas.artifact():
            if self.tint:
                canvas.setFillColor(paint(self.tint))
                canvas.rect(x, top - height, self.width, height, stroke=0, fill=1)
            if self.bar:
                canvas.setFillColor(paint(self.bar))
                canvas.rect(x, top - height, self.bar_width, height, stroke=0, fill=1)
        self.box.draw(canvas, x + self.left, top - self.above, first, last)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its bullet or number, and what it says."""

    label: Lines
    body: Box
    key: object = field(default_factory=object)


@dataclass(frozen=True, slots=True)
class ListBox:
    """A list; items may hold paragraphs and lists in turn."""

    items: tuple[Item, ...]
    indent: float
    gap: float
    numbering: Literal["Disc", "Circle", "Decimal"] = "Disc"
    key: object = field(default_factory=object)
    pieces: tuple[Piece, ...] = field(init=False)

    def __post_init__(self) -> None:
        pieces: list[Piece] = []
        for i, item in enumerate(self.items):
            own = list(item.body.pieces)
            if own:
                own[0] = own[0]._replace(gap=self.gap if i else 0.0)
            pieces.extend(own)
        object.__setattr__(self, "pieces", tuple(pieces))

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


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Boxes beside each other on a common top edge, on one page; each with its distance from the left."""

    columns: tuple[tuple[float, Box], ...]
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


@dataclass(frozen=True, slots=True)
class RuleBox:
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


@dataclass(frozen=True, slots=True)
class FigureBox:
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


@dataclass(frozen=True, slots=True)
class KeyFigureCell:
    """One large number over its label, read as one sentence."""

    figure: Lines
    label: Lines


@dataclass(frozen=True, slots=True)
class KeyFigureRows:
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




@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells fitted to their columns."""

    cells: tuple[Lines, ...]

    @property
    def count(self) -> int:
        """Lines of the highest cell."""
        return max((len(cell.lines) for cell in self.cells), default=1)


_NAMES_ROW: Attributes = {"O": "Table", "Scope": "Row"}
_MOST_PADDING = 2.0
"""What a cell may have above and below its text beyond its padding, where that fills a page."""


@dataclass(frozen=True, slots=True)
class TableBox:
    """A table with horizontal hairlines only, its head repeated on each page; then its source."""

    caption: Box | None
    head: TableRow
    rows: Sequence[TableRow]
    """Of a long table each is made when it is asked for."""
    lefts: tuple[float, ...]
    """Distance of each column from the left."""
    width: float
    row_heads: bool
    """Whether the first column names the rows."""
    ink: str
    hairline: str
    source: Box | None = None
    continued: Lines | None = None
    """Stands above the head of the first column on every further page."""
    padding: float = 3.0
    counts: Sequence[int] | None = None
    """Lines of each row, where the rows are not to be asked."""
    key: object = field(default_factory=object)
    pieces: tuple[Piece, ...] = field(init=False)
    _owners: tuple[tuple[int, int, int], ...] = field(init=False)
    """For each piece: which row (-1 the caption, -2 the source), and its first and last-but-one line there."""

    def __post_init__(self) -> None:
        pieces: list[Piece] = []
        owners: list[tuple[int, int, int]] = []
        opening = head = self._head_height
        if self.continued is not None:
            head += self._above_head(self.continued)
        if self.caption is not None:
            opening += height_of(self.caption.pieces) + self.padding
        pieces.append(Piece(opening))
        owners.append((-1, 0, 0))
        alike: dict[Piece, Piece] = {}
        counts = [row.count for row in self.rows] if self.counts is None else self.counts
        leading = _leading(self.rows[0]) if counts else 0.0
        for index, count in enumerate(counts):
            whole = self._height(leading, count, 0, count) <= _NEVER_PARTED
            # neither a head with few rows below it, nor few rows at the top of a page
            kept = index < 3 or len(counts) - index < 3
            step = count if whole else 1
            for line in range(0, count, step):
                inner = line > 0 and (line < 2 or count - line < 2)
                height = self._height(leading, count, line, line + step)
                piece = Piece(height, 0.0, inner if line else kept, head)
                pieces.append(alike.setdefault(piece, piece))
                owners.append((index, line, line + step))
        if self.source is not None:
            pieces.append(Piece(height_of(self.source.pieces) + 2 * self.padding, 0.0, True))
            owners.append((-2, 0, 0))
        object.__setattr__(self, "pieces", tuple(pieces))
        object.__setattr__(self, "_owners", tuple(owners))

    def _above_head(self, continued: Lines) -> float:
        """Room that the line above the head needs; none where the head of the first column leaves lines free."""
        free = self.head.count - len(self.head.cells[0].lines) if self.head.cells else 0
        room = self.lefts[1] if len(self.lefts) > 1 else self.width
        beside = free >= len(continued.lines) and max(line.width for line in continued.lines) <= room
        return 0.0 if beside else continued.height

    @property
    def growth(self) -> float:
        """By how much the table may grow, its rows standing further apart."""
        return _MOST_PADDING * self._paddings

    @property
    def _paddings(self) -> int:
        """How often the padding goes into the table's height."""
        return 2 * (1 + len(self.rows)) + (self.caption is not None) + 2 * (self.source is not None)

    def grown(self, by: float) -> TableBox:
        """The same table, `by` points higher."""
        return replace(self, padding=self.padding + by / self._paddings)

    def _height(self, leading: float, count: int, first: int, last: int) -> float:
        """Height of some of a row's `count` lines, with the room above its first and below its last."""
        return leading * (last - first) + self.padding * ((first == 0) + (last == count))

    @property
    def _head_height(self) -> float:
        return self._height(_leading(self.head), self.head.count, 0, self.head.count)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        y = top
        with canvas.tag("Table", self.key):
            if first and self._owners[first][0] >= 0:
                with canvas.artifact():
                    if self.continued is not None:
                        self.continued.draw_text(canvas, x, y - self.padding)
                        y -= self._above_head(self.continued)
                    y = self._draw_head(canvas, x, y)
            for row, start, end in self._owners[first:last]:
                if row == -1:
                    y = self._draw_opening(canvas, x, y)
                elif row >= 0:
                    y = self._draw_row(canvas, x, y, row, start, end)
        if self.source is not None and last == len(self.pieces):
            draw_whole(self.source, canvas, x, y - 2 * self.padding)

    def _draw_opening(self, canvas: TaggedCanvas, x: float, y: float) -> float:
        if self.caption is not None:
            with canvas.tag("Caption"):
                y -= draw_whole(self.caption, canvas, x, y) + self.padding
        with canvas.tag("THead", self.key):
            return self._draw_head(canvas, x, y)

    def _draw_head(self, canvas: TaggedCanvas, x: float, y: float) -> float:
        height = self._head_height
        column: Attributes = {"O": "Table", "Scope": "Column"}
        with canvas.tag("TR"):
            for left, cell in zip(self.lefts, self.head.cells):
                with canvas.tag("TH", attributes=column):
                    lift = (self.head.count - len(cell.lines)) * cell.passage.style.leading
                    cell.draw_text(canvas, x + left, y - self.padding - lift)
        rule(canvas, x, y - height, self.width, self.ink, 0.75)
        return y - height

    def _draw_row(self, canvas: TaggedCanvas, x: float, y: float, index: int, start: int, end: int) -> float:
        row = self.rows[index]
        height = self._height(_leading(row), row.count, start, end)
        whole = start == 0 and end == row.count
        key = None if whole else (self.key, index)
        with canvas.tag("TBody", self.key), canvas.tag("TR", key, finished=whole):
            for number, (left, cell) in enumerate(zip(self.lefts, row.cells)):
                tag, attributes = ("TH", _NAMES_ROW) if self.row_heads and number == 0 else ("TD", None)
                with canvas.tag(tag, None if whole else (self.key, index, number), attributes=attributes):
                    if cell.lines[start:end]:
                        cell.draw_text(canvas, x + left, y - (self.padding if start == 0 else 0.0), start, end)
        y -= height
        if end == row.count:
            rule(canvas, x, y, self.width, self.hairline)
        return y


def _leading(row: TableRow) -> float:
    return row.cells[0].passage.style.leading if row.cells else 0.0


def column_widths(
    natural: Sequence[Sequence[float]], least: Sequence[float], room: float, fixed: Sequence[bool]
) -> list[float]:
    """Widths of a table's columns that fill `room` points.

    `natural` holds, column by column, the width of each cell in one line; `least` each column's widest word. Numbers
    (`fixed`) get all they need and the others at least their widest word; what is left goes where it is wanted, as in
    CSS 2.1, 17.5.2.2, and is then shifted between columns as long as that makes the table shorter. Where even the
    words do not fit, columns shrink together and words are broken.
    """
    wanted = [max(column) for column in natural]
    floor = [n if f else w for n, w, f in zip(wanted, least, fixed)]
    if sum(floor) > room:
        floor = list(least)
    if sum(floor) > room:
        return [width * room / sum(floor) for width in floor]
    if sum(wanted) <= room:
        extra = (room - sum(wanted)) / len(wanted)
        return [n + extra for n in wanted]
    wants = [n - f for n, f in zip(wanted, floor)]
    widths = [f + want * (room - sum(floor)) / sum(wants) for f, want in zip(floor, wants)]
    rows = list(zip(*(column[:_SAMPLED] for column in natural)))
    free = [i for i, f in enumerate(fixed) if not f]
    best = _lines(rows, widths)
    for step in (room / 8, room / 16, room / 40):
        shorter = True
        while shorter:
            shorter = False
            for giver in free:
                for taker in free:
                    if giver == taker or widths[giver] - step < floor[giver]:
                        continue
                    tried = list(widths)
                    tried[giver] -= step
                    tried[taker] += step
                    if (lines := _lines(rows, tried)) < best:
                        best, widths, shorter = lines, tried, True
    return widths


_SAMPLED = 60  # rows that decide how wide columns are


def _lines(rows: Sequence[Sequence[float]], widths: Sequence[float]) -> int:
    """About how many lines a table takes: ragged lines leave half a word free."""
    filled = [max(0.6 * w, w - 14) for w in widths]
    return sum(max(1 if n <= w else -int(-n // f) for n, w, f in zip(row, widths, filled)) for row in rows)
