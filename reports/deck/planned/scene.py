"""One idea on its way to a slide, and the helpers that every kind of idea needs to fit text into its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from data.errors import Place, Problem
from data.language.words import words
from data.look.brand import Brand
from reports.deck.planned.plan import PanelPart, Slide, SlideElement, TextPart
from reports.deck.words.frames import TEXT_MINIMUM, Layouts, Role, TextFrame
from reports.deck.words.text import Passage, Reader, TextRun, largest, text_height, too_wide
from reports.document.blocks import (
    AboutData,
    Block,
    Columns,
    Document,
    Figure,
    Glossary,
    Image,
    KeyFigures,
    Myth,
    NextSteps,
    PullQuote,
    Question,
    Quote,
    TableBlock,
)
from reports.powerpoint.box import Box

Main = (
    Figure
    | Image
    | TableBlock
    | KeyFigures
    | Quote
    | PullQuote
    | Myth
    | Question
    | NextSteps
    | Columns
    | AboutData
    | Glossary
)
"""Blocks that make a slide of their own."""

_PANEL_EDGE = 4.0
"""From the place of text to the lower edge of its panel, on a slide 540 pt high."""
_GROWN = 10 / 7
"""Size of text that a template sets too small, against the least: 20 pt against 14."""
_BODY_MAXIMUM = 24.0
"""Body text of a template that sets it larger comes down to this, or little would stand on a slide."""


class Deck(Struct, frozen=True):
    """What all slides of a deck share."""

    document: Document
    layouts: Layouts
    brand: Brand
    reader: Reader
    incremental: bool = False
    """Whether the points of lists appear one by one where no heading says otherwise."""
    problems: list[Problem] = field(default_factory=list[Problem])
    """Found so far: they are reported together."""

    @property
    def ours(self) -> Mapping[str, str]:
        return words(self.document.language)

    @property
    def scale(self) -> float:
        return self.layouts.scale


class Scene(Struct, frozen=True, kw_only=True):
    """One idea: a block that makes a slide of its own, or text alone, and what is said beside it."""

    id: str
    place: Place
    title: tuple[TextRun, ...]
    main: Main | None = None
    before: tuple[Block, ...] = ()
    """What is said before the main block."""
    texts: tuple[Block, ...] = ()
    callouts: tuple[Block, ...] = ()
    group: str = ""
    """Scenes that continue one another share it."""


def joined(spans: Iterable[TextRun]) -> str:
    """The letters of spans, without the numbers of footnotes."""
    return "".join(span.text for span in spans if not span.note)


def slide(deck: Deck, scene: Scene, role: Role, parts: Sequence[SlideElement]) -> Slide:
    """A slide of the scene; parts without anything in them are left out, so that no placeholder stays empty."""
    kept = tuple(part for part in parts if not isinstance(part, TextPart) or part.passages)
    return Slide(
        id=scene.id,
        role=role,
        layout=deck.layouts[role],
        title=scene.title,
        parts=kept,
        place=scene.place,
        group=scene.group or scene.id,
    )


def emphasised(passages: Sequence[Passage]) -> list[Passage]:
    """What must not be missed, where it has no panel of its own: in bold letters."""
    return [replace(one, spans=tuple(replace(span, bold=True) for span in one.spans)) for one in passages]


def steps(deck: Deck, frame: TextFrame, least: float = TEXT_MINIMUM) -> list[float]:
    """Sizes to try for text in a frame: the template's own, then down to `least` by 2 pt at a time."""
    size, floor = grown_size(deck, frame.style(0).size, least), least * deck.scale
    found = [size]
    while size - 2 * deck.scale > floor:
        size -= 2 * deck.scale
        found.append(size)
    return [*found, floor] if floor < found[-1] else found


def grown_size(deck: Deck, size: float, least: float) -> float:
    """A template's size of text; where that is below the least, as on a page that is larger than its text, more."""
    floor = least * deck.scale
    return size if size >= floor or deck.layouts.own else _GROWN * floor


def body_size(deck: Deck, frame: TextFrame) -> float:
    """The size of text that may go on to a next slide: the template's, within reason where it is not our own."""
    size = grown_size(deck, frame.style(0).size, TEXT_MINIMUM)
    return size if deck.layouts.own else min(size, _BODY_MAXIMUM * deck.scale)


def part(slot: str, frame: TextFrame, passages: Sequence[Passage], size: float | None = None) -> TextPart:
    """Text at a size, which is only said where it is not inherited."""
    inherited = size is None or abs(size - frame.style(0).size) < 0.01
    return TextPart(slot, frame, tuple(passages), None if inherited else size)


def panel_below(texts: Sequence[TextPart], slot: str, inset: float, top: float) -> PanelPart:
    """A panel from `top` to `inset` below the last line of the texts that stand on it."""
    bottom = max(
        text.frame.box.top + text_height(text.passages, text.frame, text.size or text.frame.style(0).size)
        for text in texts
    )
    left = min(text.frame.box.left for text in texts) - inset
    right = max(text.frame.box.right for text in texts) + inset
    return PanelPart(slot, Box(left, top, right - left, bottom + inset - top))


def on_panel(text: TextPart, panel: Box) -> TextPart:
    """Text in a place that ends where its panel does, so that all of it stands on one ground."""
    box = text.frame.box
    return replace(text, frame=replace(text.frame, box=box.until(panel.bottom - _PANEL_EDGE), moved=True))


def fitted(
    deck: Deck, scene: Scene, slot: str, frame: TextFrame, passages: Sequence[Passage], least: float = TEXT_MINIMUM
) -> TextPart:
    """Text that must stay in one place, at the largest size that fits; where none does, that is a problem."""
    tried = steps(deck, frame, least)
    size = largest(passages, frame, tried)
    if size is None:
        size = tried[-1]
        if too_wide(passages, frame, size):
            if least > TEXT_MINIMUM:
                return fitted(deck, scene, slot, frame, passages)
            return part(slot, frame, passages, size)  # which `whole_words` tells of
        height = text_height(passages, frame, size)
        said = " ".join(passage.text for passage in passages)
        over = height - frame.height
        deck.problems.append(
            Problem(
                scene.place,
                f"'{short(said)}' is {over:.0f} pt too high for its place on the slide, with text at {size:.0f} pt.",
                f"Shorten it by about {max(1, round(len(said) * over / height))} of its {len(said)} characters.",
            )
        )
    return part(slot, frame, passages, size)


def whole_words(deck: Deck, one: Slide) -> Slide:
    """The slide, with a problem noted for each word that would be cut in its place."""
    if any(problem.place == one.place for problem in deck.problems):
        return one  # of which enough is wrong already
    shown = [(text.frame, text.passages, text.size) for text in one.parts if isinstance(text, TextPart)]
    for frame, passages, size in ((one.layout.title, (Passage(one.title),), one.title_size), *shown):
        if found := too_wide(passages, frame, size):
            word, over = found
            deck.problems.append(
                Problem(
                    one.place,
                    f"the word '{short(word)}' is {max(1, over):.0f} pt wider than its place on the slide, with text at"
                    f" {size or frame.style(0).size:.0f} pt, and no word is cut.",
                    "Use a shorter word or write it with a hyphen, or put it where it has more room.",
                )
            )
            break
    return one


def short(text: str, length: int = 48) -> str:
    """The beginning of a text, for messages."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def moved(frame: TextFrame, top: float, height: float) -> TextFrame:
    """A frame at another height on the slide, with room for text `height` points high."""
    box = Box(frame.box.left, top, frame.box.width, height + frame.insets[1] + frame.insets[3])
    return replace(frame, box=box, moved=True)
