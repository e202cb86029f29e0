"""Charts, key figures and tables of a report, as boxes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from charts.cut import part_of
from charts.drawn.continued import continued
from charts.drawn.drawing import Drawing, draw
from data.errors import Place, Problem, ProjectError
from data.language.words import words
from data.look.brand import Brand
from reports.document.blocks import (
    AboutData,
    Figure,
    Image,
    KeyFigures,
    TableBlock,
)
from reports.document.captions import caption
from reports.document.inlines import Inlines, Text, plain
from reports.document.resolution import printed_size
from reports.document.sources import COLUMNS, about, files_line, source_line
from reports.document.tree import values_of
from reports.pdf.boxes.flowables import (
    ContinuedFigure,
    FigureBox,
    ImageBox,
    KeyFigureCell,
    KeyFigureRows,
    Stack,
    Tagged,
)
from reports.pdf.boxes.folded_table import FoldedTable
from reports.pdf.boxes.table_box import TableBox, TableRow
from reports.pdf.boxes.table_cells import Cells, TooNarrowError, set_whole, too_narrow
from reports.pdf.report.pages import Flowing
from reports.pdf.styles import GRID, ParagraphStyle, Styles
from reports.pdf.tagged.box import Flowable, height_of
from reports.pdf.text.passage import Lines, passage, words_in
from reports.pdf.text.spans import Typesetting

_CELL_GAP, _CLOSE_GAP = 14.0, 10.0
"""Between columns; the latter where there are many."""
_MANY_COLUMNS = 6
_APART, _SAVES = 24.0, 0.75
"""Between two columns of a table's rows; and how much of its height it must not exceed so set."""
_NARROWEST_COLUMN = 22.0
_GROWS, _SHRINKS = 0.15, 0.12
"""By how much of its height a chart may be made higher or lower to fill its page, or to stay on it."""
_PICTURE = 0.5
"""Of a page's height, the most for a picture."""
_MANY_ROWS = 5
"""Charts of fewer rows are low as they are."""


class Look(Struct, frozen=True):
    """How the text inside a block is set."""

    text: ParagraphStyle
    width: float


class Exhibits:
    """Sets what a report shows, on pages whose text is `height` points high."""

    def __init__(self, brand: Brand, styles: Styles, setting: Typesetting, height: float) -> None:
        self.brand, self.styles, self.setting, self.height = brand, styles, setting, height
        self.language = setting.language
        self.words = words(setting.language)

    def _set(self, inlines: Inlines, style: ParagraphStyle, width: float, tag: str = "P") -> Lines:
        return passage(inlines, style, self.setting, tag).fit(width)

    def _say(self, text: str, style: ParagraphStyle, width: float, tag: str = "P") -> Lines:
        return words_in(text, style, self.setting, tag).fit(width)

    def _drawing(self, block: Figure, look: Look, height: float | None = None) -> Drawing:
        size = self.styles.label.size
        return draw(block.chart, self.brand, language=self.language, width=look.width, text_size=size, height=height)

    def _flowing_figure(self, block: Figure, look: Look) -> Flowing:
        """A chart that may be made higher or lower, so that pages are full."""
        drawing = self._drawing(block, look)
        over = self._figure_height(block, look, drawing) - self.height
        if over > 0:
            pressed = self._drawing(block, look, drawing.height - over)
            if self._figure_height(block, look, pressed) <= self.height:
                return Flowing(self._figure(block, look, pressed), gap=2 * GRID, stretch=GRID, floats=True)
            parts = continued(drawing, drawing.height - over)
            if parts:
                which = [part_of(number, len(parts), self.language) for number in range(1, len(parts) + 1)]
                boxes = [self._framed(block, look, part, said) for part, said in zip(parts, which, strict=True)]
                return Flowing(Tagged(ContinuedFigure(tuple(boxes)), "Div"), gap=2 * GRID, stretch=GRID)
        box = self._figure(block, look, drawing)
        room = self.height - height_of(box.pieces)
        least = drawing.height
        if len(block.chart.table) >= _MANY_ROWS:
            least = self._drawing(block, look, (1 - _SHRINKS) * drawing.height).height
        return Flowing(
            box,
            gap=2 * GRID,
            stretch=GRID,
            floats=True,
            grows=min(_GROWS * drawing.height, room),
            shrinks=drawing.height - least,
            resized=lambda extra: self._figure(block, look, self._drawing(block, look, drawing.height + extra)),
        )

    def _figure(self, block: Figure, look: Look, drawing: Drawing) -> Flowable:
        box = self._framed(block, look, drawing)
        if (height := height_of(box.pieces)) > self.height:
            raise ProjectError.at(
                block.place,
                f"the chart '{block.chart.id}' is {height:.0f} pt high with its caption, and a page has"
                f" {self.height:.0f} pt.",
                f"Show fewer rows: set 'rows' for [charts.{block.chart.id}] to less than {len(block.chart.table)},"
                " or filter them with 'where'.",
            )
        return Tagged(box, "Div")

    def _figure_height(self, block: Figure, look: Look, drawing: Drawing) -> float:
        return height_of(self._framed(block, look, drawing).pieces)

    def _framed(self, block: Figure, look: Look, drawing: Drawing, part: str = "") -> FigureBox:
        """A chart between its claim and its caption; `part` says which one it is of a chart in several."""
        chart, styles = block.chart, self.styles
        above: list[tuple[float, Flowable]] = []
        if plain(block.title, self.language):
            above.append((0.0, self._set(block.title, styles.claim, look.width)))
        if line := "; ".join(filter(None, (chart.measure_line, part))):
            above.append((0.0, self._say(line, styles.measure, look.width)))
        below = caption(block, block.number, block.caption, self.language)
        return FigureBox(Stack(tuple(above)), drawing, Stack(((0.0, self._set(below, styles.caption, look.width)),)))

    def _image(self, block: Image, look: Look) -> Flowable:
        """A picture over the width of the text, of at most so much of a page, with its caption."""
        width, height = printed_size(block, look.width, _PICTURE * self.height)
        caption = self._set(block.caption, self.styles.caption, look.width) if block.caption else None
        below = Stack(((0.0, caption),) if caption else ())
        return Tagged(ImageBox(block.file, width, height, plain(block.alt, self.language), below), "Div")

    def _key_figures(self, block: KeyFigures, look: Look) -> Flowable:
        count = len(block.items)
        if not count:
            return Stack(())
        per_row = next((n for n in (4, 3, 5) if count % n == 0), 4 if count > 3 else count)
        per_row = min(count, per_row)
        inset = 12.0
        pitch = (look.width + inset) / per_row
        room = pitch - 2 * inset
        style = self.styles.key_figure
        passages = [passage(item.figure, style, self.setting) for item in block.items]
        widest = max(p.natural_width for p in passages)
        if widest > room:  # the largest size at which the longest number stands on one line, down to reading size
            size = max(self.styles.claim.size, style.size * room / widest)
            style = replace(style, size=size)
            passages = [passage(item.figure, style, self.setting) for item in block.items]
        cells = [
            KeyFigureCell(figure.fit(room), self._set(item.label, self.styles.label, room))
            for figure, item in zip(passages, block.items)
        ]
        rows = tuple(tuple(cells[i : i + per_row]) for i in range(0, count, per_row))
        colours = self.brand.colours
        return KeyFigureRows(rows, look.width, pitch, colours.ink, colours.hairline, inset=inset)

    def _table(self, block: TableBlock, look: Look) -> TableBox:
        title = None
        if plain(block.title, self.language):
            number = f"{self.words['table']}\u00a0{block.number}.\u00a0\u00a0" if block.number else ""
            title = self._set((Text(number), *block.title), self.styles.claim, look.width)
        source = None
        if block.table is not None:
            below = source_line(block.table, self.language, values_of((block,)))
            source = self._say(below, self.styles.caption, look.width)
        right = [align == "right" for align in block.aligns]
        if len(right) * (_NARROWEST_COLUMN + _CLOSE_GAP) > look.width + _CLOSE_GAP:
            raise TooNarrowError(
                Problem(
                    block.place,
                    f"the table has {len(right)} columns, too many for {look.width:.0f} pt.",
                    'Name fewer columns: fields="..." behind the table, or divide it into two.',
                )
            )
        table = self._grid(block.columns, block.rows, right, look.width, title, source, block.place)
        if title is None or not block.number:
            return table
        name = f"{self.words['table']}\u00a0{block.number}, {self.words['continued']}"
        return replace(table, continued=self._say(name, self.styles.caption, look.width))

    def _folded(self, block: TableBlock, look: Look, whole: TableBox) -> FoldedTable | None:
        """A table in two columns of rows; None where that saves little, because its cells take more lines then."""
        half = (look.width - _APART) / 2
        try:
            table = self._table(block, replace(look, width=half))
        except TooNarrowError:
            return None
        table = replace(table, caption=whole.caption)
        if table.source is not None or len(table.pieces) != 1 + len(table.rows):
            return None
        folded = FoldedTable(table, half + _APART, self.height)
        return folded if height_of(folded.pieces) <= _SAVES * height_of(whole.pieces) else None

    def _about(self, block: AboutData, look: Look) -> Flowable:
        ours = self.words
        columns = tuple((Text(ours[name]),) for name in COLUMNS)
        told = (about(table, block.contradictions, self.language) for table in block.tables)
        rows = tuple(tuple((Text(text),) for text in one.texts) for one in told)
        files = files_line(block.tables, self.language)
        below = self._say(files, self.styles.caption, look.width) if files else None
        return self._grid(columns, rows, [name == "rows" for name in COLUMNS], look.width, source=below)

    def _grid(
        self,
        columns: Sequence[Inlines],
        rows: Sequence[Sequence[Inlines]],
        right: Sequence[bool],
        width: float,
        title: Lines | None = None,
        source: Lines | None = None,
        place: Place | None = None,
    ) -> TableBox:
        """A table at most `width` points wide; `right` says which columns hold numbers.

        No word is cut: words are hyphenated where columns are narrow, then type gets smaller down to `LEAST_CELL`.
        Raises TooNarrowError where that is not enough, at the `place` of a table that its author can change.
        """
        gap = _CELL_GAP if len(columns) < _MANY_COLUMNS else _CLOSE_GAP
        look = self.styles.cell_head, self.styles.cell
        cells, least = set_whole(columns, rows, right, look, self.setting, gap, width)
        if least is None and place is not None:
            raise TooNarrowError(too_narrow(cells, width, columns, self.language, place))
        least = least or [min(word, width / 2) for word in cells.widest]
        return self._boxed(cells, least, width, title, source)

    def _boxed(
        self, cells: Cells, least: Sequence[float], width: float, title: Lines | None, source: Lines | None
    ) -> TableBox:
        widths, width = cells.widths(least, width)
        lefts = tuple(sum(widths[:i]) + cells.gap * i for i in range(len(widths)))
        rows, counts = cells.fitted(widths)
        colours, right = self.brand.colours, cells.right
        return TableBox(
            title,
            TableRow(tuple(p.fit(w) for p, w in zip(cells.heads, widths))),
            rows,
            lefts,
            width,
            bool(right) and not right[0] and len(widths) > 1,
            colours.ink,
            colours.hairline,
            source,
            counts=counts,
        )
