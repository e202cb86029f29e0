"""Inlines set in lines: fonts chosen for each character, lines broken without a markup parser, drawn and tagged."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, NamedTuple, assert_never

from reportlab.pdfbase import pdfmetrics

from charts.lettering import register_font
from data.language.show import show
from data.language.words import words
from data.look.brand import Brand
from data.look.fonts import FaceName, FontFamily, FontFile, split_by_font
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
    plain,
)
from reports.pdf.atoms import HAIR, HYPHEN, RAISED, Atom, Words, atoms_of, letters, text_width
from reports.pdf.box import Piece
from reports.pdf.styles import Style, paint
from reports.pdf.tagging import Attributes, TaggedCanvas


@dataclass(frozen=True, slots=True)
class Setting:
    """What the setting of text needs besides inlines and style."""

    language: str
    """BCP 47."""
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """What references are shown as: "Figure 3" for the id of a figure. An id without label is no link."""
    fallback: tuple[FontFile, ...] = ()
    """Fonts for characters that a style's family lacks."""
    code: FontFamily | None = None
    """For names in code; None sets them in the family around them."""
    link_colour: str = "#0B5C8A"


def setting_of(brand: Brand, language: str, labels: Mapping[str, str]) -> Setting:
    """The setting of a brand's documents."""
    return Setting(language, labels, brand.fonts.fallback, brand.fonts.heading, brand.colours.accent_text)


# -- inlines to spans --------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """Where a link goes: a URI or an anchor of the document. Compared by identity: two links stay two."""

    words: str
    colour: str
    address: str = ""
    anchor: str = ""
    call: str = ""
    """Of the call of a footnote: the anchor that its number leads back to."""


class Span(NamedTuple):
    """A run of characters in one font."""

    text: str
    font: str
    """Name under which reportlab knows it."""
    link: Target | None = None
    language: str = ""
    """Where it is not the document's: BCP 47."""
    raised: bool = False
    """Small and high: the call of a footnote."""
    struck: str = ""
    """Words that hold no longer: what is read out of them."""
    code: bool = False
    """Names that no hyphen may be added to."""


_RISE = 0.33
"""How far what is raised is, as a part of the size of the text around it."""


def note_anchor(number: int) -> str:
    """Where calls of a footnote lead."""
    return f"footnote-{number}"


def call_anchor(number: int) -> str:
    """Where a footnote's own number leads."""
    return f"footnote-call-{number}"


def _face(face: FaceName, strong: bool, emphasis: bool) -> FaceName:
    heavy = strong or face in ("bold", "bold_italic")
    slanted = emphasis != (face in ("italic", "bold_italic"))
    if slanted:
        return "bold_italic" if heavy or face == "semibold" else "italic"
    return "bold" if heavy else "regular" if face in ("italic", "bold_italic") else face


def spans_of(inlines: Inlines, style: Style, setting: Setting) -> list[Span]:
    """Inlines as runs of one font each; a line break is a span that says "\\n"."""
    return list(_spans(inlines, style, setting, strong=False, emphasis=False, link=None))


def _spans(
    inlines: Inlines, style: Style, setting: Setting, *, strong: bool, emphasis: bool, link: Target | None
) -> Iterator[Span]:
    for inline in inlines:
        match inline:
            case Text():
                text = inline.text
            case Run():
                text = show(inline.value, inline.style, setting.language)
            case Code():
                coded = replace(style, family=setting.code or style.family)
                for span in font_runs(inline.text, coded, setting, _face(style.face, strong, emphasis), link):
                    yield span._replace(code=True)
                continue
            case LineBreak():
                yield Span("\n", register_font(style.family.regular))
                continue
            case Strong():
                yield from _spans(inline.children, style, setting, strong=True, emphasis=emphasis, link=link)
                continue
            case Emphasis():
                yield from _spans(inline.children, style, setting, strong=strong, emphasis=True, link=link)
                continue
            case Strike():
                said = words(setting.language)["struck out"]
                said = said.format(words=plain(inline.children, setting.language, dict(setting.labels)))
                for span in _spans(inline.children, style, setting, strong=strong, emphasis=emphasis, link=link):
                    yield span._replace(struck=said)
                continue
            case Footnote():
                said, number = words(setting.language)["footnote"].format(number=inline.number), inline.number
                call = Target(said, setting.link_colour, anchor=note_anchor(number), call=call_anchor(number))
                for span in font_runs(str(number), style, setting, link=link or call):
                    yield span._replace(raised=True)
                continue
            case Foreign():
                for span in _spans(inline.children, style, setting, strong=strong, emphasis=emphasis, link=link):
                    yield span._replace(language=inline.language)
                continue
            case Link():
                inner = link or Target("", setting.link_colour, address=inline.target)
                spans = list(_spans(inline.children, style, setting, strong=strong, emphasis=emphasis, link=inner))
                yield from _worded(spans, inner) if link is None else spans
                continue
            case Ref():
                label = setting.labels.get(inline.target)
                inner = link or (Target("", setting.link_colour, anchor=inline.target) if label is not None else None)
                children = inline.children or (Text(label or inline.target),)
                spans = list(_spans(children, style, setting, strong=strong, emphasis=emphasis, link=inner))
                yield from _worded(spans, inner) if inner is not None and link is None else spans
                continue
            case _:
                assert_never(inline)
        yield from font_runs(text, style, setting, _face(style.face, strong, emphasis), link)


def _worded(spans: Sequence[Span], link: Target) -> list[Span]:
    """The spans of a link, which knows its own words once they are set."""
    worded = replace(link, words="".join(span.text for span in spans).replace("\u00ad", ""))
    return [span._replace(link=worded) for span in spans]


def font_runs(
    text: str, style: Style, setting: Setting, face: FaceName | None = None, link: Target | None = None
) -> Iterator[Span]:
    """Plain text in runs of one font each; white space becomes single spaces, no-break spaces stay."""
    main = style.family.file(face or style.face)
    if style.capitals:
        text = text.upper()
    text = _SPACE.sub(" ", text)
    font = register_font(main)
    if not setting.fallback or _characters(font).keys() >= set(map(ord, text)):
        yield Span(text, font, link)
        return
    for file, part in split_by_font(text, (main, *setting.fallback)):
        yield Span(part, register_font(file), link)


_SPACE = re.compile(r"[ \t\r\n\f\v]+")


# -- atoms to lines ----------------------------------------------------------


class Line(NamedTuple):
    """One line: what stands where, from its left end."""

    parts: tuple[tuple[int, str, float], ...]
    """Index of the span, text, and distance from the left end in points."""
    width: float


def _fill(atoms: Sequence[Atom], width: float) -> list[tuple[int, int]]:
    """As much in each line as fits: the first and the last-but-one atom of each."""
    lines: list[tuple[int, int]] = []
    start, used, space = 0, 0.0, 0.0
    limit = width + 0.001
    for index, atom in enumerate(atoms):
        if index > start and used + space + atom.width + atom.hyphen > limit:
            lines.append((start, index))
            start, used, space = index, 0.0, 0.0
        used += space + atom.width
        space = atom.space
        if atom.forced:
            lines.append((start, index + 1))
            start, used, space = index + 1, 0.0, 0.0
    if start < len(atoms):
        lines.append((start, len(atoms)))
    return lines


def _line_width(atoms: Sequence[Atom], first: int, last: int) -> float:
    return sum(a.width + a.space for a in atoms[first:last]) - atoms[last - 1].space


_SHORTEST_END = 0.11  # of the line: a last line shorter than this looks like a leftover


def _break(atoms: Sequence[Atom], width: float, balanced: bool) -> list[tuple[int, int]]:
    """Lines for ragged-right text: as few as can be, none ending a paragraph as a leftover, headings balanced."""
    lines = _fill(atoms, width)
    if len(lines) < 2:
        return lines
    if balanced:
        return _balanced(atoms, width, lines)
    if _line_width(atoms, *lines[-1]) < _SHORTEST_END * width:
        for share in (0.97, 0.94, 0.91, 0.88):
            narrower = _fill(atoms, width * share)
            if len(narrower) > len(lines) or _too_wide(atoms, narrower, width):
                break
            if _line_width(atoms, *narrower[-1]) >= _SHORTEST_END * width:
                return narrower
    return lines


def _balanced(atoms: Sequence[Atom], width: float, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many lines as given, of about one length; two lines part at a comma and not behind a short word."""
    if len(lines) == 2 and not any(atom.forced for atom in atoms):

        def cost(at: int) -> float:
            first, second = _line_width(atoms, 0, at), _line_width(atoms, at, len(atoms))
            if max(first, second) + atoms[at - 1].hyphen > width:
                return 9.0
            end = atoms[at - 1].parts[-1].text
            return (
                abs(first - second) / width
                - 0.2 * (end[-1:] in ",.:;?!–—")
                + 0.2 * (len(end) < 4)
                + (first < second) / 50
            )

        at = min(range(1, len(atoms)), key=cost)
        return [(0, at), (at, len(atoms))] if cost(at) < 9.0 else lines
    low, high = width / 2, width
    for _ in range(7):
        middle = (low + high) / 2
        if len(tried := _fill(atoms, middle)) > len(lines) or _too_wide(atoms, tried, middle):
            low = middle
        else:
            high, lines = middle, tried
    return lines


def _too_wide(atoms: Sequence[Atom], lines: Iterable[tuple[int, int]], width: float) -> bool:
    return any(_line_width(atoms, first, last) > width + 0.001 for first, last in lines)


def _line(atoms: Sequence[Atom], first: int, last: int, ends: bool, spans: Sequence[Span], size: float) -> Line:
    """One line's runs, joined where they share a span. All but the last line end in a space or hyphen, so that
    words stay apart, or together, when the text is read out or copied."""
    runs: list[_Run] = []
    x = 0.0
    for number, atom in enumerate(atoms[first:last], first):
        for part in atom.parts:
            if runs and runs[-1].span == part.span:
                runs[-1].text += part.text
            else:
                runs.append(_Run(part.span, part.text, x))
            x += part.width
        at_end = number == last - 1
        if (atom.space or atom.forced) and not (ends and at_end):
            runs[-1].text += " "
        if not at_end:
            x += atom.space
        elif atom.hyphen and not ends:
            runs[-1].text += HYPHEN
            x += text_width(HYPHEN, spans[runs[-1].span].font) * size
    return Line(tuple((run.span, run.text, run.x) for run in runs), x)


@dataclass(slots=True)
class _Run:
    span: int
    text: str
    x: float


def _characters(font: str) -> dict[int, int]:
    known: Any = pdfmetrics.getFont(font)  # the stubs do not know TrueType faces
    return known.face.charToGlyph


# -- passages ----------------------------------------------------------------

_WIDOWS = 2  # lines of a paragraph that stay together at the top and at the bottom of a page


class Passage:
    """A paragraph, heading or cell: spans in a style, under one structure element however many pages it takes."""

    def __init__(
        self, spans: Sequence[Span], style: Style, *, tag: str = "P", words: str = "", language: str = ""
    ) -> None:
        """`words` replace what is drawn when the passage is read out or searched; `language` divides its words."""
        self.spans, self.style, self.tag, self.words = spans, style, tag, words
        self.language = language
        self.key = object()
        self._atoms = atoms_of(spans, style)

    def fit(self, width: float) -> Lines:
        """The passage in lines no wider than `width`."""
        atoms = self._atoms
        words = Words(self.spans, self.style, self.language)
        if any(atom.width + atom.hyphen > width + HAIR for atom in atoms):
            atoms = [a for atom in atoms for a in words.divided(atom, width)]
        if self.style.divides and len(atoms) > 1:
            atoms = words.smoothed(atoms, width)
        broken = _break(atoms, width, self.style.balanced)
        count = len(broken)
        lines = tuple(
            _line(atoms, first, last, number == count, self.spans, self.style.size)
            for number, (first, last) in enumerate(broken, 1)
        )
        return Lines(self, lines, width)

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
        return _line_width(self._atoms, 0, len(self._atoms)) if self._atoms else 0.0


@dataclass(frozen=True, slots=True)
class Lines:
    """A passage in lines: a `Box`."""

    passage: Passage
    lines: tuple[Line, ...]
    width: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.passage.style.leading

    @property
    def pieces(self) -> tuple[Piece, ...]:
        leading, count = self.passage.style.leading, len(self.lines)
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
            placed.extend(_Placed(spans[span], text, left + offset, y) for span, text, offset in line.parts)
            y -= style.leading
        for language, passage in groupby(placed, key=lambda part: part.span.language):
            with canvas.tag("Span", language=language) if language else nullcontext():
                for struck, parts in groupby(passage, key=lambda part: part.span.struck):
                    if struck:
                        _draw_struck(canvas, list(parts), style, struck)
                    else:
                        _draw_linked(canvas, list(parts), style)


_STRUCK: Attributes = {"O": "Layout", "TextDecorationType": "LineThrough"}


def _draw_struck(canvas: TaggedCanvas, placed: Sequence[_Placed], style: Style, said: str) -> None:
    """Draw words with a line through them; who listens is told so."""
    with canvas.tag("Span", spoken=said, attributes=_STRUCK):
        _draw_linked(canvas, placed, style)
        for y, on_line in groupby(placed, key=lambda part: part.y):
            first, *_, last = (parts := list(on_line))[0], parts[-1]
            canvas.setStrokeColor(paint(style.colour))
            canvas.setLineWidth(max(0.5, 0.055 * style.size))
            level = y + 0.27 * style.size
            canvas.line(first.x, level, last.x + _shown_width(last, style), level)


def _draw_linked(canvas: TaggedCanvas, placed: Sequence[_Placed], style: Style) -> None:
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
    text: str
    x: float
    y: float


def _shown_width(part: _Placed, style: Style) -> float:
    text = part.text.rstrip(" ")
    size = style.size * (RAISED if part.span.raised else 1.0)
    return text_width(text, part.span.font) * size + style.tracking * len(text)


def _draw_parts(canvas: TaggedCanvas, parts: Sequence[_Placed], style: Style, colour: str) -> None:
    text = canvas.beginText()
    text.setFillColor(paint(colour))
    if style.tracking:
        text.setCharSpace(style.tracking)
    font, raised = "", False
    for part in parts:
        if part.span.font != font or part.span.raised != raised:
            font, raised = part.span.font, part.span.raised
            text.setFont(font, style.size * (RAISED if raised else 1.0), style.leading)
        text.setTextOrigin(part.x, part.y + (_RISE * style.size if raised else 0.0))
        text.textOut(part.text)
    if style.tracking:
        text.setCharSpace(0)
    canvas.drawText(text)


def passage(inlines: Inlines, style: Style, setting: Setting, tag: str = "P") -> Passage:
    """Inlines in a style, ready to be fitted to a width."""
    said = plain(inlines, setting.language, dict(setting.labels)) if style.capitals else ""
    return Passage(spans_of(inlines, style, setting), style, tag=tag, words=said, language=setting.language)


def words_in(text: str, style: Style, setting: Setting, tag: str = "P") -> Passage:
    """Plain text of our own in a style."""
    said = text if style.capitals else ""
    return Passage(list(font_runs(text, style, setting)), style, tag=tag, words=said, language=setting.language)
