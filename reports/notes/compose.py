"""Slides become boxes: what the room sees in a frame, what the speaker says below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from charts.drawn.drawing import draw
from data.language.words import words
from data.look.brand import Brand
from reports.deck.planned.plan import (
    ChartPart,
    CodePart,
    LogoPart,
    PanelPart,
    PicturePart,
    Slide,
    SlideElement,
    TablePart,
    TextPart,
)
from reports.deck.words.text import TextRun
from reports.notes.paragraphs import Setter
from reports.pdf.boxes.flowables import (
    Anchored,
    FigureBox,
    ImageBox,
    Kept,
    KeyFigureCell,
    KeyFigureRows,
    Panel,
    RuleBox,
    SideBySide,
    Stack,
    Tagged,
)
from reports.pdf.boxes.table_box import TableBox, TableRow
from reports.pdf.report.pages import Flowing
from reports.pdf.styles import GRID, WIDTH, ParagraphStyle, Styles
from reports.pdf.tagged.box import Flowable, height_of
from reports.pdf.text.passage import Lines

_INSET = 18.0
"""Between the frame of a slide and what stands in it; the notes below begin there, too."""
_INNER = WIDTH - 2 * _INSET
_GAP = 24.0
"""Between columns."""
_CELL_GAP = 12.0
_MOST_BESIDE = 0.6
"""Part of a page's height up to which columns stand beside each other."""
_BESIDE = ("Two columns", "Three columns", "Myth and fact")
"""Slides whose places stand beside each other; each begins with the name of its column."""
_MYTH_AND_FACT = (2.0, 3.0)
"""Shares of the width."""
_ELSEWHERE = ("Number", "Kicker")
"""Places whose words stand elsewhere: the number of a section in that of its slide, a kicker over the title."""

Part = tuple[float, Flowable]


class Composer(Struct, frozen=True):
    """Sets the slides of one deck on pages whose text is `height` points high."""

    brand: Brand
    styles: Styles
    setter: Setter
    language: str
    height: float
    count: int
    """Slides of the deck."""

    @property
    def ours(self) -> Mapping[str, str]:
        return words(self.language)

    @property
    def text(self) -> ParagraphStyle:
        """What a slide says."""
        return replace(self.styles.note, size=10.0, leading=14.0)

    def flow(self, slide: Slide, number: int, level: int) -> Iterator[Flowing]:
        """One slide, the `number`th, with its title as a heading of this level, and its notes."""
        notes = self._notes(slide)
        shown = self._shown(slide, number, level)
        if notes is None:
            yield Flowing(Kept(shown, self.height), gap=4 * GRID, stretch=2 * GRID, opens=slide.id)
            return
        both = Stack(((0.0, shown), (1.5 * GRID, notes)))
        if height_of(both.pieces) <= self.height:
            yield Flowing(Kept(both, self.height), gap=4 * GRID, stretch=2 * GRID, opens=slide.id)
            return
        yield Flowing(Kept(shown, self.height), gap=4 * GRID, stretch=2 * GRID, opens=slide.id)
        yield Flowing(notes, gap=1.5 * GRID, kept=True)

    def _shown(self, slide: Slide, number: int, level: int) -> Flowable:
        title = self.styles.section if slide.role in ("Title", "Section") else self.styles.topic
        which = self.ours["slide x of y"].format(slide=number, slides=self.count)
        parts: list[Part] = []
        if slide.role in ("Title", "Section"):
            parts.append((0.0, RuleBox(30.0, 3.0, 7.0, self.brand.colours.accent)))
        parts.append((0.0, self.setter.say(which, self.styles.kicker, _INNER)))
        above = next((part for part in slide.parts if isinstance(part, TextPart) and part.slot == "Kicker"), None)
        if above is not None:
            parts.append((0.0, self._text(above, replace(self.styles.kicker, colour=self.brand.colours.muted), _INNER)))
        parts.append((1.0, self.setter.line(slide.title, title, _INNER, f"H{level}")))
        parts.extend(self._content(slide))
        if slide.sources and slide.foot is not None and slide.foot.passages:
            parts.append((GRID, self._text(slide.foot, self.styles.caption, _INNER)))
        frame = Panel(Stack(tuple(parts)), WIDTH, _INSET, 1.5 * GRID, 2 * GRID, frame=self.brand.colours.mark)
        return Tagged(Anchored(frame, slide.id), "Div")

    def _notes(self, slide: Slide) -> Flowable | None:
        """What is said with a slide; None where nothing is."""
        if not any(slide.notes):
            return None
        label = self.setter.say(self.ours["speaker notes"], self.styles.kicker, _INNER)
        parts: list[Part] = []
        for spoken, lines in groupby(slide.notes, key=bool):
            if not spoken:
                continue
            said = [self.setter.line(line, self.styles.body, _INNER) for line in lines]
            # what a list is called, and what all of it is, do not stay behind alone
            first = [said[0], *said[1:2]] if parts else [label, *said[:1]]
            opening = Kept(Stack(tuple((0.0, box) for box in first)), self.height)
            rest = said[2:] if parts else said[1:]
            parts.extend([(GRID if parts else 0.0, opening), *((0.0, box) for box in rest)])
        return Panel(Stack(tuple(parts)), WIDTH, _INSET, 0.0, 0.0)

    # -- what stands on a slide ------------------------------------------------

    def _content(self, slide: Slide) -> Iterator[Part]:
        shown = [
            part for part in slide.parts if part.slot not in _ELSEWHERE and not isinstance(part, LogoPart | PanelPart)
        ]
        if slide.role in _BESIDE:
            columns = [list(run) for _, run in groupby(shown, key=lambda part: _column(part.slot))]
            shares = _MYTH_AND_FACT if slide.role == "Myth and fact" and len(columns) == 2 else [1.0] * len(columns)
            room = _INNER - _GAP * (len(columns) - 1)
            widths = [room * share / sum(shares) for share in shares]
            stacks = [Stack(tuple(self._parts(column, width))) for column, width in zip(columns, widths, strict=True)]
            lefts = [sum(widths[:n]) + _GAP * n for n in range(len(widths))]
            beside = SideBySide(tuple(zip(lefts, stacks, strict=True)), _INNER)
            if height_of(beside.pieces) <= _MOST_BESIDE * self.height:
                yield GRID, beside
                return
        if slide.role.startswith("Key figures"):
            figures = [part for part in shown if isinstance(part, TextPart)]
            yield GRID, self._figures(figures)
            return
        yield from self._parts(shown, _INNER)

    def _parts(self, parts: Sequence[SlideElement], width: float) -> Iterator[Part]:
        before = "" if width == _INNER else "nothing"
        for part in parts:
            gap = 0.0 if before == "nothing" else 2.0 if before.endswith(" label") else GRID
            before = part.slot
            match part:
                case TextPart():
                    if part.slot == "Callout":
                        inner = self._text(part, self.text, width - 2 * _INSET)
                        yield gap, Panel(inner, width, _INSET, GRID, GRID, self.brand.colours.tint)
                    else:
                        style = self._style(part.slot)
                        yield (2.0 if style is self.styles.measure else gap), self._text(part, style, width)
                case ChartPart():
                    size = self.styles.label.size
                    drawing = draw(part.chart, self.brand, language=self.language, width=width, text_size=size)
                    yield GRID, FigureBox(Stack(()), drawing, Stack(()), gap=0.0)
                case TablePart():
                    yield gap, self._table(part, width)
                case PicturePart():
                    wide = min(width, part.box.width)
                    high = wide * part.box.height / part.box.width
                    yield gap, ImageBox(part.file, wide, high, part.alt, Stack(()))
                case LogoPart() | PanelPart() | CodePart():
                    continue
                case _:
                    assert_never(part)

    def _style(self, slot: str) -> ParagraphStyle:
        if slot == "Measure":
            return self.styles.measure
        if slot.endswith(" label"):
            return self.styles.kicker
        if slot == "Statement":
            return replace(self.styles.pull_quote, size=13.5, leading=18.0)
        if slot in ("Quote", "Subtitle", "Introduction"):
            return replace(self.styles.quote, size=12.5, leading=17.0)
        return self.styles.claim if slot == "Caption" else self.text

    def _text(self, part: TextPart, style: ParagraphStyle, width: float) -> Flowable:
        quiet = replace(style, colour=self.brand.colours.muted)
        if all(passage.muted for passage in part.passages):
            style = quiet
        strong = replace(style, face="bold")
        if part.slot == "Quote" and len(part.passages) > 1:  # the last line says whose it is
            said, whose = part.passages[:-1], part.passages[-1]
            above = self.setter.passages(said, style, width)
            return Stack(((0.0, above), (GRID / 2, self.setter.line(whose.spans, self.styles.attribution, width))))
        runs = [(heading, tuple(run)) for heading, run in groupby(part.passages, key=lambda one: one.heading)]
        boxes = [self.setter.passages(run, strong if heading else style, width) for heading, run in runs]
        return (
            boxes[0] if len(boxes) == 1 else Stack(tuple((GRID / 2 if n else 0.0, box) for n, box in enumerate(boxes)))
        )

    def _figures(self, parts: Sequence[TextPart]) -> Flowable:
        """Large numbers with their labels, in rows."""
        pairs = [(parts[n], parts[n + 1]) for n in range(0, len(parts) - 1, 2)]
        per_row = 4 if len(pairs) == 4 else min(3, len(pairs))
        inset = 12.0
        pitch = (_INNER + inset) / max(1, per_row)
        room = pitch - 2 * inset
        style = self.styles.key_figure
        natural = [self.setter.line(_joined(figure), style, 1e6).passage.natural_width for figure, _ in pairs]
        if (widest := max(natural, default=0.0)) > room:
            style = replace(style, size=max(self.styles.claim.size, style.size * room / widest))
        cells = [
            KeyFigureCell(
                self.setter.line(_joined(figure), style, room),
                self.setter.line(_joined(label), self.styles.label, room),
            )
            for figure, label in pairs
        ]
        rows = tuple(tuple(cells[n : n + per_row]) for n in range(0, len(cells), per_row))
        colours = self.brand.colours
        return KeyFigureRows(rows, _INNER, pitch, colours.ink, colours.hairline, inset=inset)

    def _table(self, part: TablePart, width: float) -> Flowable:
        """A table in the proportions of its slide's, but for columns whose words would be parted in these."""
        room = width - _CELL_GAP * (len(part.widths) - 1)
        least = [
            max(self._longest_word(row[n], head=place == 0) for place, row in enumerate(part.rows))
            for n in range(len(part.widths))
        ]
        widths = shares_of(room, part.widths, least)
        lefts = tuple(sum(widths[:n]) + _CELL_GAP * n for n in range(len(widths)))
        rows = [
            TableRow(tuple(self._cell(cell, part.aligns[n], widths[n], head=place == 0) for n, cell in enumerate(row)))
            for place, row in enumerate(part.rows)
        ]
        named = bool(part.aligns) and part.aligns[0] == "l" and len(widths) > 1
        colours = self.brand.colours
        return TableBox(None, rows[0], rows[1:], lefts, width, named, colours.ink, colours.hairline)

    def _longest_word(self, cell: Sequence[TextRun], head: bool) -> float:
        each = "".join(span.text for span in cell).split()
        lines = (self._cell((TextRun(word, bold=any(span.bold for span in cell)),), "l", 1e6, head) for word in each)
        return max((line.passage.natural_width for line in lines), default=0.0)

    def _cell(self, cell: Sequence[TextRun], align: str, width: float, head: bool) -> Lines:
        style = self.styles.cell_head if head else self.styles.cell
        return self.setter.line(cell, replace(style, align="right" if align == "r" else "left"), width)


def shares_of(room: float, wished: Sequence[float], least: Sequence[float]) -> list[float]:
    """`room` in parts in the proportions of `wished`, none below its `least`, where all of these have room together."""
    if sum(least) > room - 0.01:
        return [room * one / sum(wished) for one in wished]
    narrow: set[int] = set()
    while True:
        left = room - sum(least[n] for n in narrow)
        scale = left / sum(one for n, one in enumerate(wished) if n not in narrow)
        short = {n for n, one in enumerate(wished) if n not in narrow and scale * one < least[n]}
        if not short:
            return [least[n] if n in narrow else scale * one for n, one in enumerate(wished)]
        narrow |= short


def _joined(part: TextPart) -> tuple[TextRun, ...]:
    return tuple(span for passage in part.passages for span in passage.spans)


def _column(slot: str) -> str:
    """The column of a slide that a place belongs to: "Fact label" and "Facts" are one."""
    return slot.split(" ", 1)[0].rstrip("s")
