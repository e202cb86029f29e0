"""A table as boxes that break between its rows."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from reports.pdf.boxes.flowables import NEVER_PARTED, rule
from reports.pdf.tagged.box import Flowable, Piece, draw_whole, height_of
from reports.pdf.tagged.tagging import Attributes, TaggedCanvas
from reports.pdf.text.passage import Lines


class TableRow(Struct, frozen=True):
    """Cells fitted to their columns."""

    cells: tuple[Lines, ...]

    @property
    def count(self) -> int:
        """Lines of the highest cell."""
        return max((cell.count for cell in self.cells), default=1)


_NAMES_ROW: Attributes = {"O": "Table", "Scope": "Row"}

_MOST_PADDING = 2.0
"""What a cell may have above and below its text beyond its padding, where that fills a page."""


class TableBox(Struct, frozen=True):
    """A table with horizontal hairlines only, its head repeated on each page; then its source."""

    caption: Flowable | None
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
    source: Flowable | None = None
    continued: Lines | None = None
    """Stands above the head of the first column on every further page."""
    padding: float = 3.0
    counts: Sequence[int] | None = None
    """Lines of each row, where the rows are not to be asked."""
    key: object = field(default_factory=object)
    pieces: tuple[Piece, ...] = ()
    _owners: tuple[tuple[int, int, int], ...] = ()
    """For each piece: which row (-1 the caption, -2 the source), and its first and last-but-one line there."""

    def __post_init__(self) -> None:
        pieces: list[Piece] = []
        owners: list[tuple[int, int, int]] = []
        opening = head = self.head_height
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
            whole = self._height(leading, count, 0, count) <= NEVER_PARTED
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
        force_setattr(self, "pieces", tuple(pieces))
        force_setattr(self, "_owners", tuple(owners))

    def _above_head(self, continued: Lines) -> float:
        """Room that the line above the head needs; none where the head of the first column leaves lines free."""
        free = self.head.count - self.head.cells[0].count if self.head.cells else 0
        room = self.lefts[1] if len(self.lefts) > 1 else self.width
        beside = free >= continued.count and max(line.width for line in continued.lines) <= room
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
    def head_height(self) -> float:
        """Height of the head, which stands over the rows of each page."""
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
        height = self.head_height
        column: Attributes = {"O": "Table", "Scope": "Column"}
        with canvas.tag("TR"):
            for left, cell in zip(self.lefts, self.head.cells):
                with canvas.tag("TH", attributes=column):
                    lift = (self.head.count - cell.count) * cell.passage.style.leading
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
