"""Pictures on slides: as large as their room, in their own proportions, with their captions below."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reports.deck.planned.compose_text import rest_slides, text_slides
from reports.deck.planned.plan import PicturePart, Slide, SlideElement, TextPart
from reports.deck.planned.scene import Deck, Scene, body_size, emphasised, part, slide, steps
from reports.deck.words.frames import TEXT_MINIMUM, Role, TextFrame
from reports.deck.words.text import Passage, largest, text_height
from reports.document.blocks import Image
from reports.document.inlines import plain
from reports.powerpoint.box import Box

_BESIDE = 16.0
"""Least size of text beside a picture."""
_GAP = 8.0
"""From a picture to its caption, on a slide 540 pt high."""
_UPPER, _CAPTION = 0.4, 0.2
"""How much of the room that a wide picture leaves lies above it, and of a slide's area what a caption may need."""
_LARGEST = 1.5
"""Points to the pixel to which a small picture is enlarged."""


def image_slides(
    deck: Deck, scene: Scene, image: Image, opening: Sequence[Passage], text: Sequence[Passage]
) -> list[Slide]:
    """A picture beside its text, where that is short; else on a slide of its own, between what is said before it and
    after it."""
    said = [*opening, *text, *emphasised(deck.reader.passages(scene.callouts))]
    role: Role = "Chart and text" if deck.layouts.get("Chart and text") else "Two columns"
    layout = deck.layouts[role]
    frame = layout.slots["Body" if role == "Chart and text" else "Right"]
    tried = [size for size in steps(deck, frame, _BESIDE) if size <= body_size(deck, frame)]
    size = largest(said, frame, tried) if said else None
    if size is not None:
        area = _area(layout.area if role == "Chart and text" else layout.slots["Left"].box, layout.slots.get("Measure"))
        shown = picture_parts(deck, image, area, frame, layout.slots.get("Chart"))
        left = min(frame.box.left, _picture(shown).box.right + frame.box.left - area.right)
        place = Box(left, area.top, frame.box.right - left, frame.box.bottom - area.top)
        body = replace(frame, box=place, moved=True)
        return [slide(deck, scene, role, [*shown, part("Body", body, said, size)])]
    before = text_slides(deck, replace(scene, callouts=()), opening) if opening else []
    layout = deck.layouts["Chart"]
    area = _area(layout.area, layout.slots["Measure"])
    style = layout.text or deck.layouts["Text"].slots["Body"]
    shown = picture_parts(deck, image, _middle(image, area), style, layout.slots.get("Chart"))
    return [*before, slide(deck, scene, "Chart", shown), *rest_slides(deck, scene, text)]


def bottom_of(deck: Deck, image: Image, frame: TextFrame) -> float:
    """Where a picture in a column ends, its caption included."""
    return max(
        one.frame.box.bottom if isinstance(one, TextPart) else one.box.bottom
        for one in picture_parts(deck, image, frame.box, frame)
        if isinstance(one, TextPart | PicturePart)
    )


def picture_parts(
    deck: Deck, image: Image, area: Box, style: TextFrame, frame: TextFrame | None = None, slot: str = "Picture"
) -> list[SlideElement]:
    """A picture as large as `area` allows, at its upper left, its caption below; `style` is how text looks."""
    caption = _said(deck, image)
    size = TEXT_MINIMUM * deck.scale
    below = replace(style, placeholder=None, unsaid=True, moved=True, box=area)
    high = text_height(caption, below, size) + _GAP * deck.scale if caption else 0.0
    scale = min(area.width / image.width, (area.height - high) / image.height, _LARGEST)
    box = Box(area.left, area.top, image.width * scale, image.height * scale)
    shown: list[SlideElement] = [PicturePart(slot, box, image.file, plain(image.alt, deck.reader.language), frame)]
    if caption:
        place = Box(area.left, box.bottom + _GAP * deck.scale, area.width, high - _GAP * deck.scale)
        shown.append(TextPart(f"{slot} caption", replace(below, box=place), caption, size))
    return shown


def _area(area: Box, measure: TextFrame | None) -> Box:
    """The room of a chart with that of the line above it, which a picture does not have."""
    top = min(area.top, measure.box.top) if measure else area.top
    return replace(area, top=top, height=area.bottom - top)


def _middle(image: Image, area: Box) -> Box:
    """The part of a slide's area that a picture fills: in the middle of its width where it is high, a little above the
    middle of its height where it is wide."""
    width = min(area.width, area.height * image.width / image.height)
    high = min(width / image.width, _LARGEST) * image.height
    down = _UPPER * max(0.0, (1 - _CAPTION) * area.height - high)
    return Box(area.left + (area.width - width) / 2, area.top + down, width, area.height - down)


def _picture(shown: Sequence[SlideElement]) -> PicturePart:
    return next(one for one in shown if isinstance(one, PicturePart))


def _said(deck: Deck, image: Image) -> tuple[Passage, ...]:
    return (Passage(deck.reader.spans(image.caption), muted=True),) if image.caption else ()
