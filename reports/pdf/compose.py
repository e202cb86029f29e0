"""Blocks become boxes: how each kind of block is set in a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from charts.drawn.drawing import Drawing, draw
from data.errors import Place, Problem, ProjectError
from data.language.words import words
from data.look.brand import Brand
from reports.document.blocks import (
    AboutData,
    Block,
    Callout,
    Columns,
    Figure,
    FootnoteList,
    Heading,
    ItemList,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    Paragraph,
    Question,
    Quote,
    TableBlock,
    without_notes,
)
from reports.document.captions import caption
from reports.document.inlines import Inlines, Ref, Text, plain, quoted
from reports.document.sources import COLUMNS, about, files_line, source_line
from reports.document.tree import typed_inlines, values_of, walk
from reports.pdf.box import Flowable, Piece, height_of
from reports.pdf.flowables import (
    Anchored,
    FigureBox,
    Item,
    Kept,
    KeyFigureCell,
    KeyFigureRows,
    ListBox,
    Panel,
    RuleBox,
    SideBySide,
    Stack,
    Tagged,
)
from reports.pdf.footnote_box import footnote_boxes
from reports.pdf.pages import Flowing
from reports.pdf.spans import Typesetting
from reports.pdf.styles import GRID, ParagraphStyle, Styles
from reports.pdf.table_box import TableBox, TableRow
from reports.pdf.table_cells import Cells, TooNarrowError, set_whole, too_narrow
from reports.pdf.tagging import TaggedCanvas
from reports.pdf.text import Lines, passage, words_in

_COLUMN_GAP = 24.0
_CELL_GAP, _CLOSE_GAP = 14.0, 10.0
"""Between columns; the latter where there are many."""
_MANY_COLUMNS = 6
_NARROWEST_COLUMN = 22.0
_GROWS, _SHRINKS = 0.45, 0.12
"""By how much of its height a chart may be made higher or lower to fill its page, or to stay on it."""
_MANY_ROWS = 5
"""Charts of fewer rows are low as they are."""
_APART = Figure | TableBlock | Quote | Callout | KeyFigures | Columns | NextSteps | Myth | AboutData
"""Blocks with more room below them."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How the text inside a block is set."""

    text: ParagraphStyle
    width: float


class Composer:
    """Sets the blocks of one document, `width` points wide on pages whose text is `height` points high."""

    def __init__(
        self,
        blocks: Sequence[Block],
        brand: Brand,
        styles: Styles,
        setting: Typesetting,
        width: float,
        height: float,
        turned_width: float = 0.0,
    ) -> None:
        """`turned_width` is that of text on pages wider than high, for tables whose words need it; 0 without such."""
        self.brand, self.styles, self.setting = brand, styles, setting
        self.width, self.height, self.turned_width = width, height, turned_width
        self.language = setting.language
        self.words = words(setting.language)
        self.ranks = heading_ranks(blocks)
        self.wanted = _referred_to(blocks)

    # -- the flow of a document ----------------------------------------------

    def flow(self, blocks: Sequence[Block]) -> tuple[list[Flowing], list[Place]]:
        """Blocks one below the other, and for each box the place in the story that it comes from."""
        flow: list[Flowing] = []
        places: list[Place] = []
        look = _Look(self.styles.body, self.width)
        number = 0
        printed = without_notes(blocks)
        before: Block | None = None
        for block in printed:
            number += isinstance(block, Heading) and block.level == 1
            kept = isinstance(before, Heading) or (isinstance(before, Paragraph) and _announces(before, self.language))
            item = self._flowing(block, look, number)
            gap = item.gap
            if isinstance(before, Heading):
                gap = GRID if before.level > 1 and not isinstance(block, Figure | TableBlock) else 2 * GRID
            elif isinstance(before, Columns) and isinstance(block, Columns):
                gap = 2 * GRID
            elif isinstance(before, _APART) and not (isinstance(before, Myth) and isinstance(block, Myth)):
                gap = max(gap, 2 * GRID if isinstance(before, Figure | TableBlock | Callout | AboutData) else 3 * GRID)
            stretch = 0.0 if isinstance(before, Heading) else item.stretch
            floats = item.floats and not kept
            item = replace(item, gap=gap, kept=kept, stretch=stretch, floats=floats)
            flow.append(self._anchoring(block, item))
            places.append(block.place)
            before = block
        return flow, places

    def _anchoring(self, block: Block, item: Flowing) -> Flowing:
        resized = item.resized

        def anchored(extra: float) -> Flowable:
            return self._anchored(block, resized(extra) if resized else item.box)

        return replace(item, box=self._anchored(block, item.box), resized=anchored)

    def _anchored(self, block: Block, box: Flowable) -> Flowable:
        if isinstance(block, Heading | Figure | TableBlock) or block.id in self.wanted:
            return Anchored(box, block.id)
        return box

    def _flowing(self, block: Block, look: _Look, number: int) -> Flowing:
        match block:
            case Heading() if block.level == 1:
                box = self._section(block, number)
                return Flowing(box, gap=7 * GRID, room=0.24 * self.height, stretch=3 * GRID, opens=block.id)
            case Heading():
                return Flowing(self._box(block, look), gap=3 * GRID, room=10 * GRID, stretch=2 * GRID)
            case Paragraph() | ItemList():
                return Flowing(self._box(block, look), gap=GRID, yields=True)
            case Figure():
                return self._flowing_figure(block, look)
            case Myth() | Question() | Callout():
                return Flowing(self._box(block, look), gap=2 * GRID, stretch=GRID)
            case TableBlock():
                try:
                    box = self._table(block, look)
                except TooNarrowError:
                    if look.width >= self.turned_width:
                        raise
                    return Flowing(self._table(block, replace(look, width=self.turned_width)), turned=True)
                whole = height_of(box.pieces) <= 0.65 * self.height
                if not whole:
                    return Flowing(box, gap=3 * GRID, stretch=GRID)
                return Flowing(
                    Kept(box, self.height),
                    gap=3 * GRID,
                    stretch=GRID,
                    floats=True,
                    grows=box.growth,
                    resized=lambda extra: Kept(box.grown(extra), self.height),
                )
            case FootnoteList():
                return Flowing(self._box(block, look), gap=3 * GRID)
            case AboutData() | KeyFigures() | Quote() | NextSteps() | Columns():
                return Flowing(self._box(block, look), gap=3 * GRID, stretch=GRID)
            case Notes():
                return Flowing(Stack(()))
            case _:
                assert_never(block)

    # -- one block, anywhere -------------------------------------------------

    def _box(self, block: Block, look: _Look) -> Flowable:  # noqa: C901  # one flat match
        match block:
            case Heading():
                style = self.styles.topic if block.level <= 2 else self.styles.claim
                heading = self._heading(block, style, look.width)
                if not block.kicker:
                    return heading
                return Kept(Stack(((0.0, self._set(block.kicker, self.styles.kicker, look.width)), (0.0, heading))))
            case Paragraph():
                return self._set(block.content, look.text, look.width)
            case ItemList():
                return self._list(block, look)
            case Figure():
                return self._figure(block, look, self._drawing(block, look))
            case TableBlock():
                return self._table(block, look)
            case KeyFigures():
                return self._key_figures(block, look)
            case Quote():
                return self._quote(block, look)
            case Myth():
                return self._myth(block, look)
            case Question():
                return self._question(block, look)
            case NextSteps():
                return self._next_steps(block, look)
            case Callout():
                return self._callout(block, look)
            case Columns():
                return self._columns(block, look)
            case AboutData():
                return self._about(block, look)
            case FootnoteList():
                return self._footnotes(block, look)
            case Notes():
                return Stack(())
            case _:
                assert_never(block)

    def _stack(self, blocks: Iterable[Block], look: _Look) -> Stack:
        """Blocks inside another one."""
        parts: list[tuple[float, Flowable]] = []
        before: Block | None = None
        for block in without_notes(tuple(blocks)):
            tight = isinstance(block, Paragraph | ItemList) and isinstance(
                before, Paragraph | Heading | ItemList | None
            )
            gap = (0.5 if tight else 1.5) * look.text.leading
            parts.append((gap if parts else 0.0, self._anchored(block, self._box(block, look))))
            before = block
        return Stack(tuple(parts))

    def _set(self, inlines: Inlines, style: ParagraphStyle, width: float, tag: str = "P") -> Lines:
        return passage(inlines, style, self.setting, tag).fit(width)

    def _say(self, text: str, style: ParagraphStyle, width: float, tag: str = "P") -> Lines:
        return words_in(text, style, self.setting, tag).fit(width)

    def _heading(self, block: Heading, style: ParagraphStyle, width: float) -> Lines:
        lines = self._set(block.content, style, width, f"H{self.ranks[id(block)]}")
        if lines.height > self.height / 2:
            raise ProjectError.at(
                block.place,
                f"the heading takes {len(lines.lines)} lines, half a page or more.",
                "Say in one sentence what holds, and the rest in a paragraph below it.",
            )
        return lines

    def _section(self, block: Heading, number: int) -> Flowable:
        kicker = plain(block.kicker, self.language)
        said = f"{number}\u00a0\u00a0{kicker}" if number and kicker else kicker or str(number or "")
        parts: list[tuple[float, Flowable]] = [(0.0, RuleBox(30.0, 3.0, 7.0, self.brand.colours.accent))]
        if said:
            parts.append((0.0, self._say(said, self.styles.kicker, self.width)))
        parts.append((2.0, self._heading(block, self.styles.section, self.width)))
        return Kept(Stack(tuple(parts)), self.height)

    def _list(self, block: ItemList, look: _Look) -> ListBox:
        style = look.text
        texts = [f"{block.start + i}." if block.ordered else "•" for i in range(len(block.items))]
        labels = [words_in(text, style, self.setting) for text in texts]
        indent = max(15.0, *(label.natural_width + 5.0 for label in labels)) if labels else 15.0
        inner = replace(look, width=look.width - indent)
        items = tuple(
            Item(label.fit(indent), self._stack(content, inner)) for label, content in zip(labels, block.items)
        )
        return ListBox(items, indent, GRID / 2, "Decimal" if block.ordered else "Disc")

    def _drawing(self, block: Figure, look: _Look, height: float | None = None) -> Drawing:
        size = self.styles.label.size
        return draw(block.chart, self.brand, language=self.language, width=look.width, text_size=size, height=height)

    def _flowing_figure(self, block: Figure, look: _Look) -> Flowing:
        """A chart that may be made higher or lower, so that pages are full."""
        drawing = self._drawing(block, look)
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

    def _figure(self, block: Figure, look: _Look, drawing: Drawing) -> Flowable:
        chart, styles = block.chart, self.styles
        above: list[tuple[float, Flowable]] = []
        if plain(block.title, self.language):
            above.append((0.0, self._set(block.title, styles.claim, look.width)))
        if chart.measure_line:
            above.append((0.0, self._say(chart.measure_line, styles.measure, look.width)))
        below = caption(block, block.number, block.caption, self.language)
        box = FigureBox(Stack(tuple(above)), drawing, Stack(((0.0, self._set(below, styles.caption, look.width)),)))
        if (height := height_of(box.pieces)) > self.height:
            raise ProjectError.at(
                block.place,
                f"the chart '{chart.id}' is {height:.0f} pt high with its caption, and a page has"
                f" {self.height:.0f} pt.",
                f"Show fewer rows: set 'rows' for [charts.{chart.id}] to less than {len(chart.table)},"
                " or filter them with 'where'.",
            )
        return Tagged(box, "Div")

    def _key_figures(self, block: KeyFigures, look: _Look) -> Flowable:
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

    def _quote(self, block: Quote, look: _Look) -> Flowable:
        left = 15.0
        width = look.width - left
        parts: list[tuple[float, Flowable]] = [
            (0.0, self._set(quoted(block.content, self.language), self.styles.quote, width))
        ]
        if plain(block.attribution, self.language):
            parts.append((2.0, self._set(block.attribution, self.styles.attribution, width)))
        bar = Panel(Stack(tuple(parts)), look.width, left, 2.0, 3.0, bar=self.brand.colours.accent)
        return Kept(Tagged(bar, "BlockQuote"))

    def _myth(self, block: Myth, look: _Look) -> Flowable:
        colours, label = self.brand.colours, replace(self.styles.label, face="semibold", tracking=0.6, capitals=True)
        left = round((look.width - _COLUMN_GAP) * 0.4)
        right = look.width - _COLUMN_GAP - left
        myth = Stack(
            (
                (0.0, self._say(self.words["myth"], replace(label, colour=colours.muted), left)),
                (3.0, self._set(block.myth, self.styles.myth, left)),
            )
        )
        facts = Stack(
            (
                (0.0, self._say(self.words["fact"], replace(label, colour=colours.accent_text), right)),
                (3.0, self._stack(block.facts, _Look(self.styles.note, right))),
            )
        )
        pair = SideBySide(((0.0, myth), (left + _COLUMN_GAP, facts)), look.width, GRID, 0.0, colours.ink)
        if height_of(pair.pieces) <= self.height * 0.6:
            return Tagged(pair, "Div")
        return Tagged(Stack(((0.0, Kept(myth)), (GRID, facts))), "Div")

    def _question(self, block: Question, look: _Look) -> Flowable:
        heading = self._set(block.question, self.styles.claim, look.width, f"H{self.ranks[id(block)]}")
        answer = self._stack(block.answer, look)
        return Kept(Stack(((0.0, heading), (0.0, _Joined(answer)))), 8 * look.text.leading)

    def _next_steps(self, block: NextSteps, look: _Look) -> Flowable:
        inset = 15.0
        inner = _Look(self.styles.note, look.width - 2 * inset)
        title = block.title or (Text(self.words["next steps"]),)
        heading = self._set(title, self.styles.topic, inner.width, f"H{self.ranks[id(block)]}")
        content = self._stack(block.content, inner)
        stack = Stack(((0.0, heading), (GRID / 2, _Joined(content))))
        colours = self.brand.colours
        return Kept(Tagged(Panel(stack, look.width, inset, 12.0, 13.0, colours.tint, colours.accent), "Div"))

    def _callout(self, block: Callout, look: _Look) -> Flowable:
        inset = 12.0
        content = self._stack(block.content, _Look(self.styles.note, look.width - 2 * inset))
        panel = Panel(content, look.width, inset, 9.0, 9.5, self.brand.colours.tint)
        return Kept(Tagged(panel, "Div"))

    def _columns(self, block: Columns, look: _Look) -> Flowable:
        count = len(block.columns)
        width = (look.width - (count - 1) * _COLUMN_GAP) / count
        inner = replace(look, width=width)
        stacks = [self._stack(column, inner) for column in block.columns]
        beside = SideBySide(tuple((i * (width + _COLUMN_GAP), s) for i, s in enumerate(stacks)), look.width)
        if height_of(beside.pieces) <= self.height * 0.8:
            return beside
        # too high for a page: one below the other, over as many pages as it takes
        return Stack(tuple((look.text.leading, self._stack(column, look)) for column in block.columns))

    def _footnotes(self, block: FootnoteList, look: _Look) -> Flowable:
        notes = footnote_boxes(block.notes, self.styles.caption, self.setting, look.width)
        line = RuleBox(60.0, 0.6, 5.0, self.brand.colours.mark)
        first, *others = ((3.0, note) for note in notes)
        return Stack(((0.0, Kept(Stack(((0.0, line), first)))), *others))

    # -- tables --------------------------------------------------------------

    def _table(self, block: TableBlock, look: _Look) -> TableBox:
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

    def _about(self, block: AboutData, look: _Look) -> Flowable:
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


@dataclass(frozen=True, slots=True)
class _Joined:
    """A box whose first piece stays with what is above it: an answer under its question."""

    box: Flowable

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(p._replace(kept=True) if i == 0 else p for i, p in enumerate(self.box.pieces))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        self.box.draw(canvas, x, top, first, last)


def _announces(block: Paragraph, language: str) -> bool:
    """Whether a paragraph leads over to what follows it."""
    return plain(block.content, language).rstrip().endswith(":")


def _referred_to(blocks: Sequence[Block]) -> frozenset[str]:
    return frozenset(
        leaf.target for block in walk(blocks) for inlines in typed_inlines(block) for leaf in _refs(inlines)
    )


def _refs(inlines: Inlines) -> Iterable[Ref]:
    for inline in inlines:
        match inline:
            case Ref():
                yield inline
            case _ if children := getattr(inline, "children", ()):
                yield from _refs(children)
            case _:
                pass


def heading_ranks(blocks: Sequence[Block]) -> dict[int, int]:
    """The level of each heading's structure element, by identity of its block: sections are H2 below the document's
    title, and no level is skipped on the way down (ISO 14289-1, 7.4.2). Titles of questions and of next steps stand
    one level below the heading that they follow."""
    ranks: dict[int, int] = {}
    last = 1
    for block in walk(blocks):
        if isinstance(block, Heading):
            last = ranks[id(block)] = min(block.level + 1, last + 1, 6)
        elif isinstance(block, Question | NextSteps):
            ranks[id(block)] = min(last + 1, 6)
    return ranks
