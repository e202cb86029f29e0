"""Text on its way to a slide: inlines and blocks become paragraphs of spans, which are measured and divided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from data.language.show import show
from reports.deck.words.frames import TextFrame, TextStyle
from reports.deck.words.metrics import advances, line_height, pieces, wrap
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
)
from reports.document.inlines import (
    Code,
    Emphasis,
    Footnote,
    Foreign,
    Inlines,
    LineBreak,
    Link,
    Ref,
    Run,
    Strike,
    Strong,
    Text,
    quoted,
)
from reports.document.sources import colon
from reports.hyphens import is_word

_FITTED = 10_000
"""Texts in frames whose lines are remembered."""
_RAISED = 2 / 3
"""Size at which programs set what is raised."""
_LEAST_INDENT, _INDENT = 0.6, 0.9
"""Of the text's size: an indent at which a mark touches its text, and what is taken in its place."""
_CODE_WIDTH = 0.61
"""Width in em of every letter of Courier New, Consolas and their like."""


class TextRun(Struct, frozen=True):
    """Letters that look alike. A line break is the character "\\n"."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    """Address outside the deck."""
    to: str = ""
    """Id of the block to jump to."""
    language: str = ""
    """Where it is not the deck's: BCP 47."""
    struck: bool = False
    note: int = 0
    """Number of the footnote that it calls, which is raised."""


_PLAIN = TextRun("")


class Passage(Struct, frozen=True):
    """One paragraph of a slide."""

    spans: tuple[TextRun, ...]
    level: int = 0
    bullet: bool = False
    number: int | None = None
    """Place in a numbered list."""
    digits: int = 1
    """Of the last number of its list, which all items make room for."""
    heading: bool = False
    """Stays with the paragraph that follows."""
    muted: bool = False

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


class Reader(Struct, frozen=True):
    """For whom the text is: language, and what references to blocks are called."""

    language: str
    labels: Mapping[str, str] = field(default_factory=dict[str, str])

    def spans(self, inlines: Inlines, base: TextRun = _PLAIN) -> tuple[TextRun, ...]:
        """Inlines as spans that carry the look of what they stand in; neighbours that look alike are joined."""
        found: list[TextRun] = []
        for span in self._each(inlines, base):
            if found and replace(found[-1], text="") == replace(span, text=""):
                found[-1] = replace(span, text=found[-1].text + span.text)
            elif span.text:
                found.append(span)
        return tuple(found)

    def _each(self, inlines: Inlines, base: TextRun) -> Iterable[TextRun]:
        for inline in inlines:
            match inline:
                case Text():
                    yield replace(base, text=inline.text.replace("\n", " "))
                case Run():
                    yield replace(base, text=show(inline.value, inline.style, self.language))
                case Strong():
                    yield from self._each(inline.children, replace(base, bold=True))
                case Emphasis():
                    yield from self._each(inline.children, replace(base, italic=True))
                case Strike():
                    yield from self._each(inline.children, replace(base, struck=True))
                case Footnote():
                    yield replace(base, text=str(inline.number), note=inline.number)
                case Foreign():
                    yield from self._each(inline.children, replace(base, language=inline.language))
                case Code():
                    yield replace(base, text=inline.text.replace("\n", " "), code=True)
                case Link():
                    yield from self._each(inline.children, replace(base, link=inline.target))
                case Ref() if inline.children:
                    yield from self._each(inline.children, replace(base, to=inline.target))
                case Ref():
                    yield replace(base, text=self.labels.get(inline.target, inline.target), to=inline.target)
                case LineBreak():
                    yield replace(base, text="\n")
                case _:
                    assert_never(inline)

    def line(self, inlines: Inlines) -> str:
        """Inlines as one line of plain text, without the numbers of footnotes."""
        return "".join(span.text for span in self.spans(inlines) if not span.note).replace("\n", " ").strip()

    def passages(self, blocks: Iterable[Block], level: int = 0) -> tuple[Passage, ...]:  # noqa: C901  # one flat match
        """The paragraphs and lists among `blocks` as paragraphs of a slide.

        Charts and tables are not text, and notes are not shown: `slides` deals with them.
        """
        found: list[Passage] = []
        for block in blocks:
            match block:
                case Paragraph():
                    found.append(Passage(self.spans(block.content), level))
                case Heading():
                    found.append(Passage(self.spans(block.content, TextRun("", bold=True)), level, heading=True))
                case ItemList():
                    last = block.start + len(block.items) - 1
                    for place, item in enumerate(block.items):
                        number = block.start + place if block.ordered else None
                        found.extend(self._item(item, level, number, len(str(last))))
                case Callout():
                    found.extend(self.passages(block.content, level))
                case NextSteps():
                    found.append(Passage(self.spans(block.title, TextRun("", bold=True)), level, heading=True))
                    found.extend(self.passages(block.content, level))
                case Quote():
                    said = quoted(block.content, self.language)
                    found.append(Passage(self.spans(said, TextRun("", italic=True)), level, heading=True))
                    found.append(Passage(self.spans(block.attribution), level, muted=True))
                case PullQuote():
                    found.append(Passage(self.spans(block.content, TextRun("", bold=True)), level))
                case Question():
                    found.append(Passage(self.spans(block.question, TextRun("", bold=True)), level, heading=True))
                    found.extend(self.passages(block.answer, level))
                case Myth():
                    found.append(Passage(self.spans(block.myth, TextRun("", italic=True)), level, heading=True))
                    found.extend(self.passages(block.facts, level))
                case KeyFigures():
                    for figure in block.items:
                        gap = (TextRun("  "),)
                        spans = (*self.spans(figure.figure, TextRun("", bold=True)), *gap, *self.spans(figure.label))
                        found.append(Passage(spans, level))
                case Columns():
                    for column in block.columns:
                        found.extend(self.passages(column, level))
                case Glossary():
                    for entry in block.entries:
                        first, *more = self.passages(entry.meaning, level)
                        term = TextRun(f"{entry.term}{colon(self.language)}", bold=True)
                        found.extend([replace(first, spans=(term, *first.spans)), *more])
                case Figure() | Image() | TableBlock() | AboutData() | Notes() | FootnoteList():
                    pass
                case _:
                    assert_never(block)
        return tuple(passage for passage in found if passage.text.strip())

    def _item(self, item: tuple[Block, ...], level: int, number: int | None, digits: int) -> Iterable[Passage]:
        inner = self.passages(item[:1], level)
        for place, passage in enumerate(inner):
            if place == 0 and isinstance(item[0], Paragraph):
                yield replace(passage, bullet=number is None, number=number, digits=digits)
            else:
                yield replace(passage, level=max(passage.level, level + 1))
        yield from self.passages(item[1:], level + 1)


# -- measuring ---------------------------------------------------------------


def style_of(passage: Passage, frame: TextFrame, size: float | None = None) -> TextStyle:
    """The style a paragraph is set in; `size` replaces the size of the first level, deeper ones keep below it."""
    style = frame.style(passage.level)
    if size is None:
        return style
    wanted = min(style.size, size) if passage.level else size
    larger = style.size / wanted if style.fixed else 1.0
    return replace(style, size=wanted, before=style.before * larger, after=style.after * larger)


def character_widths(spans: Sequence[TextRun], style: TextStyle) -> list[float]:
    """The width of each character of the spans, in points."""
    found: list[float] = []
    for span in spans:
        text = span.text.upper() if style.capitals else span.text
        if len(text) != len(span.text):
            text = span.text
        if span.code:
            found.extend(_CODE_WIDTH * style.size for _ in text)
        else:
            size = style.size * (_RAISED if span.note else 1.0)
            found.extend(advances(text, style.face, style.bold or span.bold, size))
    return found


def indent_of(passage: Passage, style: TextStyle) -> float:
    """Left edge of a paragraph: items of a list stand in by what the template says, else by their size."""
    if not passage.bullet and passage.number is None and not passage.level:
        return 0.0
    indent = style.indent or (passage.level + 1) * style.size
    if passage.bullet and indent < _LEAST_INDENT * style.size:  # of a template whose text is set larger than it says
        indent = (passage.level + 1) * _INDENT * style.size
    return indent if passage.number is None else max(indent, hanging(passage, style) + passage.level * style.size)


def hanging(passage: Passage, style: TextStyle) -> float:
    """Room for the mark of a list's item, left of its text."""
    return style.size * (1.0 if passage.number is None else 0.65 + 0.55 * passage.digits)


def lines_of(passage: Passage, style: TextStyle, available: float) -> list[tuple[int, int]]:
    """The lines a paragraph breaks into, as positions in its text."""
    return _wrapped(passage.text, passage.spans, style, available - indent_of(passage, style))


@lru_cache(_FITTED)
def _wrapped(text: str, spans: tuple[TextRun, ...], style: TextStyle, room: float) -> list[tuple[int, int]]:
    """Remembered: one text is tried in many frames, and a deck that is made again has nearly the same texts."""
    return wrap(text, character_widths(spans, style), room)


def leading(style: TextStyle) -> float:
    """Distance of lines in points."""
    return style.exactly if style.exactly is not None else style.size * line_height(style.face) * style.spacing


def passage_height(passage: Passage, style: TextStyle, available: float, first: bool) -> float:
    """Height of a paragraph with the room above it, which the first in a box does not have."""
    text = len(lines_of(passage, style, available)) * leading(style)
    return text + style.after * style.size + (0.0 if first else style.before * style.size)


def text_height(passages: Sequence[Passage], frame: TextFrame, size: float | None = None) -> float:
    """Height of paragraphs set in a frame, in points."""
    return sum(
        passage_height(passage, style_of(passage, frame, size), frame.width, first=place == 0)
        for place, passage in enumerate(passages)
    )


def fits(passages: Sequence[Passage], frame: TextFrame, size: float | None = None) -> bool:
    """Whether paragraphs stay inside a frame, and no word of theirs is cut in it."""
    return text_height(passages, frame, size) <= frame.height + 0.01 and not too_wide(passages, frame, size)


def too_wide(passages: Sequence[Passage], frame: TextFrame, size: float | None = None) -> tuple[str, float] | None:
    """The word that is wider than its line in a frame, and by how many points; None where all fit.

    What is no word, such as an address, may be cut: a program breaks it where the line ends.
    """
    worst: tuple[str, float] | None = None
    for passage in passages:
        style = style_of(passage, frame, size)
        room = frame.width - indent_of(passage, style) + 0.01
        word, width = _widest_word(passage.text, passage.spans, style)
        if word and width - room > (worst[1] if worst else 0.0):
            worst = word, width - room
    return worst


@lru_cache(_FITTED)
def _widest_word(text: str, spans: tuple[TextRun, ...], style: TextStyle) -> tuple[str, float]:
    """The first of the widest words of a text, and its width; "" and 0 without words. Remembered as lines are."""
    found = "", 0.0
    for piece, width in pieces(text, character_widths(spans, style)):
        if width > found[1] and is_word(piece):
            found = piece, width
    return found


def largest(passages: Sequence[Passage], frame: TextFrame, sizes: Sequence[float]) -> float | None:
    """The first of `sizes` at which paragraphs fit a frame; None where none does."""
    return next((size for size in sizes if fits(passages, frame, size)), None)


# -- dividing ----------------------------------------------------------------


def divide(passages: Sequence[Passage], frame: TextFrame, size: float | None = None) -> tuple[tuple[Passage, ...], ...]:
    """Paragraphs in as few parts as the frame's height needs, the parts about equally full.

    A heading stays with what follows; a paragraph is only divided when it alone is higher than the frame, and then
    after a sentence where there is one.
    """
    pieces: list[Passage] = []
    for passage in passages:
        pieces.extend(_pieces(passage, frame, size))
    heights = [
        tuple(passage_height(piece, style_of(piece, frame, size), frame.width, first) for first in (False, True))
        for piece in pieces
    ]
    parts = _filled(pieces, heights, frame.height)
    if len(parts) < 2:
        return parts
    low, high = 0.0, frame.height
    for _ in range(12):
        middle = (low + high) / 2
        if len(_filled(pieces, heights, middle)) > len(parts):
            low = middle
        else:
            high = middle
    return _filled(pieces, heights, high)


def _filled(
    pieces: Sequence[Passage], heights: Sequence[Sequence[float]], limit: float
) -> tuple[tuple[Passage, ...], ...]:
    """Pieces in parts no higher than `limit`; `heights` has the height of each below others, and at the top."""
    parts: list[tuple[Passage, ...]] = []
    begin = 0
    for end in range(len(pieces)):
        if end > begin and sum(heights[i][i == begin] for i in range(begin, end + 1)) > limit + 0.01:
            kept = end
            while kept > begin + 1 and pieces[kept - 1].heading:
                kept -= 1
            parts.append(tuple(pieces[begin:kept]))
            begin = kept
    parts.append(tuple(pieces[begin:]))
    return tuple(parts)


def _pieces(passage: Passage, frame: TextFrame, size: float | None) -> list[Passage]:
    """A paragraph that is higher than the frame, in pieces that are not."""
    style = style_of(passage, frame, size)
    room = int(frame.height // leading(style))
    lines = lines_of(passage, style, frame.width)
    if len(lines) <= max(1, room):
        return [passage]
    end = max(1, lines[max(1, room) - 1][1])
    text = passage.text
    sentence = max(text.rfind(mark, 0, end) for mark in (". ", "! ", "? ", "… "))
    if sentence > end // 3:
        end = sentence + 2
    first, rest = _cut(passage.spans, end)
    head = replace(passage, spans=first)
    tail = replace(passage, spans=rest, bullet=False, number=None)
    return [head, *_pieces(tail, frame, size)]


def _cut(spans: Sequence[TextRun], position: int) -> tuple[tuple[TextRun, ...], tuple[TextRun, ...]]:
    first: list[TextRun] = []
    rest: list[TextRun] = []
    for span in spans:
        before, behind = span.text[: max(0, position)], span.text[max(0, position) :]
        position -= len(span.text)
        if before:
            first.append(replace(span, text=before))
        if behind:
            rest.append(replace(span, text=behind.lstrip() if not rest else behind))
    return tuple(first), tuple(span for span in rest if span.text)
