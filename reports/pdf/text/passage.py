"""Passages of text: fitted to a width, drawn in lines and tagged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import nullcontext
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from charts.drawn.written import Pen
from charts.shaping import joined
from reports.document.inlines import Inlines, plain
from reports.pdf.styles import ParagraphStyle, paint
from reports.pdf.tagged.box import Piece
from reports.pdf.tagged.tagging import Attributes, TaggedCanvas
from reports.pdf.text.atoms import HAIR, Atom, Words, atoms_of, letters
from reports.pdf.text.atoms import forget as forget_words
from reports.pdf.text.lines import Line, broken, line_of, line_width
from reports.pdf.text.spans import RAISED, Span, Typesetting, font_runs, spans_of

_RISE = 0.33
"""How far what is raised is, as a part of the size of the text around it."""
_KEPT = 5_000
"""Passages to keep as they were fitted: a project that is made again has nearly all of them unchanged."""
_WIDOWS = 2  # lines of a paragraph that stay together at the top and at the bottom of a page


class _Fitted(Struct, frozen=True, dict=True, eq=False):
    """Words in lines; passages of the same words share it."""

    atoms: Sequence[Atom]
    ends: Sequence[tuple[int, int]]
    """The first and the last-but-one atom of each line."""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """What stands where in each: of several sizes that are tried, only one is drawn."""
        count = len(self.ends)
        return tuple(
            line_of(self.atoms, first, last, number == count) for number, (first, last) in enumerate(self.ends, 1)
        )


@lru_cache(_KEPT)
def _fitted(spans: tuple[Span, ...], style: ParagraphStyle, language: str, width: float) -> _Fitted:
    """A passage in lines no wider than `width`."""
    atoms: Sequence[Atom] = atoms_of(spans, style)
    words = Words(spans, style, language)
    if any(atom.width + atom.hyphen > width + HAIR for atom in atoms):
        atoms = [a for atom in atoms for a in words.divided(atom, width)]
    if style.divides and len(atoms) > 1:
        atoms = words.smoothed(atoms, width)
    return _Fitted(atoms, broken(atoms, width, style.balanced))


class Passage:
    """A paragraph, heading or cell: spans in a style, under one structure element however many pages it takes."""

    def __init__(
        self,
        spans: Sequence[Span],
        style: ParagraphStyle,
        *,
        tag: str = "P",
        words: str = "",
        language: str = "",
    ) -> None:
        """`words` replace what is drawn when the passage is read out or searched; `language` divides its words."""
        self.spans, self.style, self.tag, self.words = tuple(spans), style, tag, words
        self.language = language
        self.key = object()
        self._atoms = atoms_of(self.spans, style)

    def fit(self, width: float) -> Lines:
        """The passage in lines no wider than `width`."""
        return Lines(self, _fitted(self.spans, self.style, self.language, width), width)

    @property
    def widest(self) -> float:
        """Width of the widest word: any narrower and it is broken."""
        return max((atom.width for atom in self._atoms), default=0.0)

    def narrowest(self, most: float) -> float:
        """The least width at which hyphens divide no word into more than two parts, and no long one into more than
        three: any narrower and words are cut, or are no longer read at a glance.

        What is no word, such as the name of a file, takes no more than `most` points: it may be cut.
        """
        words = Words(self.spans, self.style, self.language)
        return max((words.narrowest(atom, most) for atom in self._atoms), default=0.0)

    @property
    def widest_word(self) -> str:
        """The widest word."""
        return letters(max(self._atoms, key=lambda atom: atom.width)) if self._atoms else ""

    @property
    def room_for_one_line(self) -> float:
        """A width at which the passage surely is one line; infinite where its author breaks it."""
        odd = any(atom.forced or atom.hyphen for atom in self._atoms)
        return math.inf if odd or not self._atoms else self.natural_width + 0.01

    @property
    def natural_width(self) -> float:
        """Width of all words in one line."""
        return line_width(self._atoms, 0, len(self._atoms)) if self._atoms else 0.0


class Lines(Struct, frozen=True, dict=True, eq=False):
    """A passage in lines: a `Box`, and no other one is the same."""

    passage: Passage
    fitted: _Fitted
    width: float

    @property
    def count(self) -> int:
        """Of the lines."""
        return len(self.fitted.ends)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What stands where in each."""
        return self.fitted.lines

    @property
    def height(self) -> float:
        return self.count * self.passage.style.leading

    @property
    def pieces(self) -> tuple[Piece, ...]:
        leading, count = self.passage.style.leading, self.count
        return tuple(Piece(leading, kept=0 < i < count and (i < _WIDOWS or count - i < _WIDOWS)) for i in range(count))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int = 0, last: int | None = None) -> None:
        """Draw the lines under the passage's element, downwards from `top`."""
        passage = self.passage
        with canvas.tag(passage.tag, passage.key, spoken=passage.words):
            self.draw_text(canvas, x, top, first, last)

    def draw_text(self, canvas: TaggedCanvas, x: float, top: float, first: int = 0, last: int | None = None) -> None:
        """Draw the lines under whatever element is open."""
        style, spans = self.passage.style, self.passage.spans
        placed: list[_Placed] = []
        y = top - style.baseline
        for line in self.lines[first:last]:
            left = x + (
                0.0 if style.align == "left" else (self.width - line.width) / (1 if style.align == "right" else 2)
            )
            placed.extend(_Placed(spans[part.span], part.texts, left + part.x, y) for part in line.parts)
            y -= style.leading
        for language, passage in groupby(placed, key=lambda part: part.span.language):
            with canvas.tag("Span", language=language) if language else nullcontext():
                for struck, parts in groupby(passage, key=lambda part: part.span.struck):
                    if struck:
                        _draw_struck(canvas, list(parts), style, struck)
                    else:
                        _draw_linked(canvas, list(parts), style)


_STRUCK: Attributes = {"O": "Layout", "TextDecorationType": "LineThrough"}


def _draw_struck(canvas: TaggedCanvas, placed: Sequence[_Placed], style: ParagraphStyle, said: str) -> None:
    """Draw words with a line through them; who listens is told so."""
    with canvas.tag("Span", spoken=said, attributes=_STRUCK):
        _draw_linked(canvas, placed, style)
        for y, on_line in groupby(placed, key=lambda part: part.y):
            first, *_, last = (parts := list(on_line))[0], parts[-1]
            canvas.setStrokeColor(paint(style.colour))
            canvas.setLineWidth(max(0.5, 0.055 * style.size))
            level = y + 0.27 * style.size
            canvas.line(first.x, level, last.x + _shown_width(last, style), level)


def _draw_linked(canvas: TaggedCanvas, placed: Sequence[_Placed], style: ParagraphStyle) -> None:
    """Draw text of one language, with its links as elements of their own."""
    for link, run in groupby(placed, key=lambda part: part.span.link):
        parts = list(run)
        if link is None:
            _draw_parts(canvas, parts, style, style.colour)
            continue
        if link.call:
            canvas.anchor(link.call, parts[0].x, parts[0].y + style.leading)
        with (
            canvas.tag("Reference", link) if link.call else nullcontext(),
            canvas.link(link.words, address=link.address, target=link.anchor, key=link) as opened,
        ):
            _draw_parts(canvas, parts, style, link.colour)
            for y_line, on_line in groupby(parts, key=lambda part: part.y):
                *_, end = parts_of_line = list(on_line)
                x0 = parts_of_line[0].x
                x1 = end.x + _shown_width(end, style)
                opened.area(x0, y_line - 0.25 * style.size, x1, y_line + 0.85 * style.size)
                if link.call:
                    continue  # its height tells it
                canvas.setStrokeColor(paint(link.colour))  # underlined: never told by colour alone
                canvas.setLineWidth(0.4)
                canvas.line(x0, y_line - 0.14 * style.size, x1, y_line - 0.14 * style.size)


class _Placed(NamedTuple):
    span: Span
    texts: tuple[str, ...]
    x: float
    y: float


def _size(span: Span, style: ParagraphStyle) -> float:
    return style.size * (RAISED if span.raised else 1.0)


def _shown_width(part: _Placed, style: ParagraphStyle) -> float:
    found = joined((*part.texts[:-1], part.texts[-1].rstrip(" ")), part.span.font, style.ligatures)
    return found.width * _size(part.span, style) + style.tracking * len(found.codes)


def _draw_parts(canvas: TaggedCanvas, parts: Sequence[_Placed], style: ParagraphStyle, colour: str) -> None:
    pen = Pen(canvas, paint(colour), style.tracking)
    for part in parts:
        y = part.y + (_RISE * style.size if part.span.raised else 0.0)
        line = joined(part.texts, part.span.font, style.ligatures)
        pen.write(part.x, y, part.span.font, _size(part.span, style), line)
    pen.put_down()


def passage(inlines: Inlines, style: ParagraphStyle, setting: Typesetting, tag: str = "P") -> Passage:
    """Inlines in a style, ready to be fitted to a width."""
    said = plain(inlines, setting.language, dict(setting.labels)) if style.capitals else ""
    return Passage(spans_of(inlines, style, setting), style, tag=tag, words=said, language=setting.language)


def words_in(text: str, style: ParagraphStyle, setting: Typesetting, tag: str = "P") -> Passage:
    """Plain text of our own in a style."""
    said = text if style.capitals else ""
    return Passage(list(font_runs(text, style, setting)), style, tag=tag, words=said, language=setting.language)


def forget() -> None:
    """Let go of all passages that were fitted."""
    _fitted.cache_clear()
    forget_words()
