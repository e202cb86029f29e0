"""Blocks become boxes: how each kind of block is set in a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, ProjectError
from data.look.brand import Brand
from reports.document.blocks import (
    AboutData,
    Block,
    Callout,
    Columns,
    Figure,
    FootnoteList,
    Glossary,
    Heading,
    Image,
    ItemList,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    Paragraph,
    PullQuote,
    Question,
    Quote,
    TableBlock,
    without_notes,
)
from reports.document.inlines import Inlines, Ref, Text, plain, quoted
from reports.document.prepared import ABOUT
from reports.document.tree import typed_inlines, walk
from reports.pdf.boxes.flowables import (
    Anchored,
    Item,
    Kept,
    ListBox,
    Panel,
    RuleBox,
    SideBySide,
    Stack,
    Tagged,
)
from reports.pdf.boxes.footnote_box import footnote_boxes
from reports.pdf.boxes.table_cells import TooNarrowError
from reports.pdf.report.exhibits import Exhibits, Look
from reports.pdf.report.pages import Flowing
from reports.pdf.styles import GRID, ParagraphStyle, Styles
from reports.pdf.tagged.box import Flowable, Piece, height_of
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.pdf.text.passage import Lines, words_in
from reports.pdf.text.spans import Typesetting

_COLUMN_GAP = 24.0
_TERMS, _TERM_GAP = 0.34, 15.0
"""Of a glossary's width, the most that its terms take; and what divides them from what they mean."""
_APART = Figure | Image | TableBlock | Quote | PullQuote | Callout | KeyFigures | Columns | NextSteps | Myth | AboutData
"""Blocks with more room below them."""


class Composer(Exhibits):
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
        super().__init__(brand, styles, setting, height)
        self.width, self.turned_width = width, turned_width
        self.ranks = heading_ranks(blocks)
        self.wanted = _referred_to(blocks)

    # -- the flow of a document ----------------------------------------------

    def flow(self, blocks: Sequence[Block]) -> tuple[list[Flowing], list[Place]]:
        """Blocks one below the other, and for each box the place in the story that it comes from."""
        flow: list[Flowing] = []
        places: list[Place] = []
        look = Look(self.styles.body, self.width)
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
        if isinstance(block, Heading | Figure | Image | TableBlock) or block.id in self.wanted:
            return Anchored(box, block.id)
        return box

    def _flowing(self, block: Block, look: Look, number: int) -> Flowing:
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
            case Image():
                return Flowing(self._box(block, look), gap=2 * GRID, stretch=GRID, floats=True)
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
                    folded = self._folded(block, look, box) if block.folds else None
                    return Flowing(folded or box, gap=3 * GRID, stretch=GRID)
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
            case AboutData() | Glossary() | KeyFigures() | Quote() | PullQuote() | NextSteps() | Columns():
                return Flowing(self._box(block, look), gap=3 * GRID, stretch=GRID)
            case Notes():
                return Flowing(Stack(()))
            case _:
                assert_never(block)

    # -- one block, anywhere -------------------------------------------------

    def _box(self, block: Block, look: Look) -> Flowable:  # noqa: C901  # one flat match
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
            case Image():
                return self._image(block, look)
            case TableBlock():
                return self._table(block, look)
            case KeyFigures():
                return self._key_figures(block, look)
            case Quote():
                return self._quote(block, look)
            case PullQuote():
                return self._pull_quote(block, look)
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
            case Glossary():
                return self._glossary(block, look)
            case FootnoteList():
                return self._footnotes(block, look)
            case Notes():
                return Stack(())
            case _:
                assert_never(block)

    def _stack(self, blocks: Iterable[Block], look: Look) -> Stack:
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

    def _heading(self, block: Heading, style: ParagraphStyle, width: float) -> Lines:
        lines = self._set(block.content, style, width, f"H{self.ranks[id(block)]}")
        if lines.height > self.height / 2:
            raise ProjectError.at(
                block.place,
                f"the heading takes {lines.count} lines, half a page or more.",
                "Say in one sentence what holds, and the rest in a paragraph below it.",
            )
        return lines

    def _section(self, block: Heading, number: int) -> Flowable:
        kicker = plain(block.kicker, self.language)
        number = 0 if block.id == ABOUT else number  # as in the contents
        said = f"{number}\u00a0\u00a0{kicker}" if number and kicker else kicker or str(number or "")
        parts: list[tuple[float, Flowable]] = [(0.0, RuleBox(30.0, 3.0, 7.0, self.brand.colours.accent))]
        if said:
            parts.append((0.0, self._say(said, self.styles.kicker, self.width)))
        parts.append((2.0, self._heading(block, self.styles.section, self.width)))
        return Kept(Stack(tuple(parts)), self.height)

    def _list(self, block: ItemList, look: Look) -> ListBox:
        style = look.text
        texts = [f"{block.start + i}." if block.ordered else "•" for i in range(len(block.items))]
        labels = [words_in(text, style, self.setting) for text in texts]
        indent = max(15.0, *(label.natural_width + 5.0 for label in labels)) if labels else 15.0
        inner = replace(look, width=look.width - indent)
        items = tuple(
            Item(label.fit(indent), self._stack(content, inner)) for label, content in zip(labels, block.items)
        )
        return ListBox(items, indent, GRID / 2, "Decimal" if block.ordered else "Disc")

    def _quote(self, block: Quote, look: Look) -> Flowable:
        left = 15.0
        width = look.width - left
        parts: tuple[tuple[float, Flowable], ...] = (
            (0.0, self._set(quoted(block.content, self.language), self.styles.quote, width)),
            (2.0, self._set((Text("— "), *block.attribution), self.styles.attribution, width)),
        )
        return Kept(Tagged(Panel(Stack(parts), look.width, left, 2.0, 3.0, bar=self.brand.colours.mark), "BlockQuote"))

    def _pull_quote(self, block: PullQuote, look: Look) -> Flowable:
        left = 18.0
        said = self._set(block.content, self.styles.pull_quote, look.width - left)
        return Kept(
            Tagged(Panel(said, look.width, left, 2.0, 3.0, bar=self.brand.colours.accent, bar_width=5.0), "Div")
        )

    def _myth(self, block: Myth, look: Look) -> Flowable:
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
                (3.0, self._stack(block.facts, Look(self.styles.note, right))),
            )
        )
        pair = SideBySide(((0.0, myth), (left + _COLUMN_GAP, facts)), look.width, GRID, 0.0, colours.ink)
        if height_of(pair.pieces) <= self.height * 0.6:
            return Tagged(pair, "Div")
        return Tagged(Stack(((0.0, Kept(myth)), (GRID, facts))), "Div")

    def _question(self, block: Question, look: Look) -> Flowable:
        heading = self._set(block.question, self.styles.claim, look.width, f"H{self.ranks[id(block)]}")
        answer = self._stack(block.answer, look)
        return Kept(Stack(((0.0, heading), (0.0, _Joined(answer)))), 8 * look.text.leading)

    def _next_steps(self, block: NextSteps, look: Look) -> Flowable:
        inset = 15.0
        inner = Look(self.styles.note, look.width - 2 * inset)
        title = block.title or (Text(self.words["next steps"]),)
        heading = self._set(title, self.styles.topic, inner.width, f"H{self.ranks[id(block)]}")
        content = self._stack(block.content, inner)
        stack = Stack(((0.0, heading), (GRID / 2, _Joined(content))))
        colours = self.brand.colours
        return Kept(Tagged(Panel(stack, look.width, inset, 12.0, 13.0, colours.tint, colours.accent), "Div"))

    def _callout(self, block: Callout, look: Look) -> Flowable:
        inset = 12.0
        content = self._stack(block.content, Look(self.styles.note, look.width - 2 * inset))
        panel = Panel(content, look.width, inset, 9.0, 9.5, self.brand.colours.tint)
        return Kept(Tagged(panel, "Div"))

    def _columns(self, block: Columns, look: Look) -> Flowable:
        count = len(block.columns)
        width = (look.width - (count - 1) * _COLUMN_GAP) / count
        inner = replace(look, width=width)
        stacks = [self._stack(column, inner) for column in block.columns]
        beside = SideBySide(tuple((i * (width + _COLUMN_GAP), s) for i, s in enumerate(stacks)), look.width)
        if height_of(beside.pieces) <= self.height * 0.8:
            return beside
        # too high for a page: one below the other, over as many pages as it takes
        return Stack(tuple((look.text.leading, self._stack(column, look)) for column in block.columns))

    def _glossary(self, block: Glossary, look: Look) -> Flowable:
        """Terms in a column of their own, beside what they mean."""
        style = replace(look.text, family=self.styles.claim.family, face="bold", size=0.95 * look.text.size)
        terms = [words_in(entry.term, style, self.setting) for entry in block.entries]
        widest = max((term.natural_width for term in terms), default=0.0)
        indent = min(widest + _TERM_GAP, _TERMS * look.width)
        inner = replace(look, width=look.width - indent)
        items: list[Item] = []
        for term, entry in zip(terms, block.entries, strict=True):
            label, meaning = term.fit(indent - _TERM_GAP), self._stack(entry.meaning, inner)
            more = max(0.0, label.height - height_of(meaning.pieces))
            items.append(Item(label, Kept(Panel(meaning, inner.width, 0.0, 0.0, more), self.height)))
        return ListBox(tuple(items), indent, GRID, "None")

    def _footnotes(self, block: FootnoteList, look: Look) -> Flowable:
        notes = footnote_boxes(block.notes, self.styles.caption, self.setting, look.width)
        line = RuleBox(60.0, 0.6, 5.0, self.brand.colours.mark)
        first, *others = ((3.0, note) for note in notes)
        return Stack(((0.0, Kept(Stack(((0.0, line), first)))), *others))


class _Joined(Struct, frozen=True):
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
