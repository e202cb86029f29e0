"""The paragraphs of slides as boxes of a page: text with its links and marks, lists as lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct, field

from reports.deck.words.text import Passage as SlidePassage
from reports.deck.words.text import TextRun
from reports.document.inlines import (
    Code,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Ref,
    Strike,
    Strong,
    Text,
)
from reports.pdf.boxes.flowables import Item, ListBox, Stack
from reports.pdf.styles import GRID, ParagraphStyle
from reports.pdf.tagged.box import Flowable
from reports.pdf.text.passage import Lines, Passage, words_in
from reports.pdf.text.spans import Span, Typesetting, spans_of

_INDENT = 15.0


class Setter(Struct, frozen=True):
    """Sets spans of slides on paper."""

    setting: Typesetting
    """Its labels are the ids of slides that links lead to."""
    targets: Mapping[str, str] = field(default_factory=dict[str, str])
    """Block id → id of the slide that shows it."""

    def line(self, spans: Sequence[TextRun], style: ParagraphStyle, width: float, tag: str = "P") -> Lines:
        """One paragraph."""
        found = tuple(span for run in spans for span in self._spans(run, style))
        said = "".join(run.text for run in spans if not run.note) if style.capitals else ""
        return Passage(found, style, tag=tag, words=said, language=self.setting.language).fit(width)

    def say(self, words: str, style: ParagraphStyle, width: float, tag: str = "P") -> Lines:
        """Plain words."""
        return words_in(words, style, self.setting, tag).fit(width)

    def passages(
        self, passages: Iterable[SlidePassage], style: ParagraphStyle, width: float, gap: float = GRID / 2
    ) -> Stack:
        """Paragraphs one below the other; those with a mark or a number are a list."""
        parts: list[tuple[float, Flowable]] = []
        for listed, group in groupby(passages, key=lambda one: one.bullet or one.number is not None):
            run = list(group)
            boxes = [self._list(run, style, width)] if listed else [self.line(p.spans, style, width) for p in run]
            parts.extend((gap if parts or place else 0.0, box) for place, box in enumerate(boxes))
        return Stack(tuple(parts))

    def _list(self, passages: Sequence[SlidePassage], style: ParagraphStyle, width: float) -> ListBox:
        """A list with the lists in it: what stands deeper belongs to the item before it."""
        first = passages[0]
        items: list[Item] = []
        for head, below in _items(passages):
            mark = "•" if head.number is None else f"{head.number}."
            parts: list[tuple[float, Flowable]] = [(0.0, self.line(head.spans, style, width - _INDENT))]
            if below:
                parts.append((GRID / 2, self.passages(below, style, width - _INDENT)))
            items.append(Item(self.say(mark, style, _INDENT + 10.0), Stack(tuple(parts))))
        return ListBox(tuple(items), _INDENT, GRID / 2, "Disc" if first.number is None else "Decimal")

    def _spans(self, run: TextRun, style: ParagraphStyle) -> Iterator[Span]:
        for span in spans_of(self._inlines(run), style, self.setting):
            yield span._replace(raised=True) if run.note else span

    def _inlines(self, run: TextRun) -> Inlines:
        """What a span was made of, as far as its look and its links tell."""
        parts: list[Inline] = []
        for place, words in enumerate(run.text.split("\n")):
            if place:
                parts.append(LineBreak())
            if words:
                parts.append(Code(words) if run.code else Text(words))
        found: Inlines = tuple(parts)
        for wanted, kind in ((run.bold, Strong), (run.italic, Emphasis), (run.struck, Strike)):
            found = (kind(found),) if wanted else found
        if run.language:
            found = (Foreign(run.language, found),)
        if run.link:
            return (Link(run.link, found),)
        target = self.targets.get(run.to, "")
        return (Ref(target, found),) if target else found


def _items(passages: Sequence[SlidePassage]) -> Iterator[tuple[SlidePassage, list[SlidePassage]]]:
    """The items of the outermost level, each with what stands below it."""
    level = min(passage.level for passage in passages)
    head: SlidePassage | None = None
    below: list[SlidePassage] = []
    for passage in passages:
        if head is None or passage.level == level:
            if head is not None:
                yield head, below
            head, below = passage, []
        else:
            below.append(passage)
    if head is not None:
        yield head, below
