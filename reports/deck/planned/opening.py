"""The slides that open the sections of a talk."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reports.deck.planned.compose_text import text_slides
from reports.deck.planned.plan import Slide, SlideElement
from reports.deck.planned.scene import Deck, Scene, fitted, part, slide, steps
from reports.deck.words.frames import TextFrame
from reports.deck.words.text import Passage, TextRun, largest, text_height
from reports.document.blocks import Block, Heading

_FEWEST_SECTIONS = 3
"""Of which a list tells more than their numbers."""
_LEAST_AGENDA, _AGENDA_GAP = 14.0, 20.0
"""Least size of the list of sections, and room above it, on a slide 540 pt high."""


def section_slides(deck: Deck, heading: Heading, number: int, said: Sequence[Block]) -> list[Slide]:
    """The slide with a section's heading; what has no room on it stands on slides behind it."""
    layout = deck.layouts["Section"]
    scene = Scene(id=heading.id, place=heading.place, title=deck.reader.spans(heading.content))
    parts: list[SlideElement] = []
    kicker = [Passage(deck.reader.spans(heading.kicker), muted=True)] if heading.kicker else []
    passages = deck.reader.passages(said)
    if kicker and "Kicker" in layout.slots:
        parts.append(fitted(deck, scene, "Kicker", layout.slots["Kicker"], [replace(kicker[0], muted=False)]))
    else:
        passages = (*kicker, *passages)
    if "Number" in layout.slots:
        shown = "?" if heading.backup else str(number)
        parts.append(part("Number", layout.slots["Number"], [Passage((TextRun(shown),))]))
    frame = layout.slots.get("Introduction")
    size = largest(passages, frame, [s for s in steps(deck, frame, 16) if s <= 24 * deck.scale]) if frame else None
    over = bool(passages) and size is None
    if frame and not over:
        parts.append(part("Introduction", frame, passages, size))
    if frame and "Agenda" in layout.slots and not heading.backup:
        used = text_height(passages, frame, size) + _AGENDA_GAP if passages and size else 0.0
        top = frame.box.top + (used if not over else frame.box.height)
        parts.extend(_agenda(deck, heading, layout.slots["Agenda"], top))
    opened = slide(deck, scene, "Section", parts)
    return [opened, *(text_slides(deck, scene, passages) if over else ())]


def _agenda(deck: Deck, current: Heading, frame: TextFrame, top: float) -> list[SlideElement]:
    """All sections of the talk in order, the current one marked, each leading to its slide; below `top`, and only
    where all have room."""
    sections = [one for one in deck.document.blocks if isinstance(one, Heading) and one.level == 1 and not one.backup]
    if len(sections) < _FEWEST_SECTIONS:
        return []
    passages: list[Passage] = []
    for number, one in enumerate(sections, 1):
        words_ = deck.reader.line(one.kicker or one.content)
        here = one.id == current.id
        run = TextRun(f"{number}  {words_}", bold=here, to="" if here else one.id)
        passages.append(Passage((run,), muted=not here))
    room = max(frame.box.top, top)
    place = replace(
        frame,
        plain_links=True,
        box=replace(frame.box, top=room, height=frame.box.bottom - room),
        moved=room > frame.box.top,
    )
    size = largest(passages, place, steps(deck, place, _LEAST_AGENDA))
    return [part("Agenda", place, passages, size)] if size is not None else []
