"""The slides that open the sections of a talk."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec.structs import replace

from data.errors import Place
from reports.deck.planned.compose_text import text_slides
from reports.deck.planned.plan import Slide, SlideElement, TextPart
from reports.deck.planned.scene import Deck, Scene, fitted, part, slide, steps
from reports.deck.words.frames import TextFrame
from reports.deck.words.text import Passage, TextRun, largest, text_height
from reports.document.blocks import Block, Heading, Question

_SLIDE = 2
"""Level of the headings that are slides."""
_FEWEST_SECTIONS = 3
"""Of which a list tells more than their numbers."""
_LEAST_AGENDA, _AGENDA_GAP = 14.0, 20.0
"""Least size of the list of sections, and room above it, on a slide 540 pt high."""
_TRACKED = 20.0
"""Largest size of the line of sections below a section's title, likewise."""
_AGENDA = "agenda"
"""Id of the slide that lists the sections, and what it is called in most languages."""


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
    if frame and not over and "Agenda" not in layout.slots:
        passages, size = _tracked(deck, heading, frame, passages, size)
    if frame and not over:
        parts.append(part("Introduction", frame, passages, size))
    if frame and "Agenda" in layout.slots:
        used = text_height(passages, frame, size) + _AGENDA_GAP if passages and size else 0.0
        top = frame.box.top + (used if not over else frame.box.height)
        listed = _asked(deck, heading) if heading.backup else _sections(deck, heading)
        under = text_height([Passage(scene.title)], layout.title, layout.title.style(0).size) + _AGENDA_GAP
        tops = top, *([] if passages else [layout.title.box.top + under])
        ways = [_agenda(deck, listed, layout.slots["Agenda"], one) for one in tops]
        parts.extend(max(ways, key=len))
    opened = slide(deck, scene, "Section", parts)
    return [opened, *(text_slides(deck, scene, passages) if over else ())]


def agenda_slides(deck: Deck) -> list[Slide]:
    """The sections of the talk on a slide of their own, each leading to its slide, in a template whose own slides for
    sections have no place for a list of all; none where the story has such a slide."""
    sections = _all_sections(deck)
    title = deck.ours["contents"]
    headings = (one for one in deck.document.blocks if isinstance(one, Heading) and one.level == _SLIDE)
    has_one = any(deck.reader.line(one.content).casefold() in (title.casefold(), _AGENDA) for one in headings)
    if len(sections) < _FEWEST_SECTIONS or has_one or "Agenda" in deck.layouts["Section"].slots:
        return []
    digits = len(str(len(sections)))
    listed = [
        Passage((TextRun(_named(deck, one), to=one.id),), number=number, digits=digits)
        for number, one in enumerate(sections, 1)
    ]
    scene = Scene(id=_AGENDA, place=Place("project.toml"), title=(TextRun(title),))
    made = text_slides(deck, scene, listed)
    return [replace(one, parts=tuple(_plainly(shown) for shown in one.parts)) for one in made]


def _plainly(shown: SlideElement) -> SlideElement:
    """A list whose links have the colour of its text."""
    return replace(shown, frame=replace(shown.frame, plain_links=True)) if isinstance(shown, TextPart) else shown


def _tracked(
    deck: Deck, heading: Heading, frame: TextFrame, passages: Sequence[Passage], size: float | None
) -> tuple[Sequence[Passage], float | None]:
    """What is said below a section's title, and in a line all sections with the present one marked, where it has room.

    None is a link here: the slide with the list has them, and underlined words would outshine the marked ones.
    """
    sections = [] if heading.backup else _sections(deck, heading)
    if len(sections) < _FEWEST_SECTIONS:
        return passages, size
    dot = TextRun(" · ")
    spans = (span for i, one in enumerate(sections) for span in ((dot,) if i else ()) + one.spans)
    line = Passage(tuple(replace(span, to="", text=span.text.replace("  ", "\u00a0", 1)) for span in spans))
    tried = [one for one in steps(deck, frame, _LEAST_AGENDA) if one <= _TRACKED * deck.scale]
    found = largest([*passages, line], frame, tried)
    return (passages, size) if found is None else ([*passages, line], found)


def _all_sections(deck: Deck) -> list[Heading]:
    return [one for one in deck.document.blocks if isinstance(one, Heading) and one.level == 1 and not one.backup]


def _named(deck: Deck, section: Heading) -> str:
    return deck.reader.line(section.kicker or section.content)


def _sections(deck: Deck, current: Heading) -> list[Passage]:
    """All sections of the talk in order, the current one marked, the others leading to their slides."""
    found: list[Passage] = []
    for number, one in enumerate(_all_sections(deck), 1):
        here = one.id == current.id
        named = f"{number}  {_named(deck, one)}"
        found.append(Passage((TextRun(named, bold=here, to="" if here else one.id),), muted=not here))
    return found


def _asked(deck: Deck, current: Heading) -> list[Passage]:
    """What a section holds for questions: each leads to its slide."""
    blocks = deck.document.blocks
    start = next(i for i, block in enumerate(blocks) if block.id == current.id) + 1
    own = takewhile(lambda block: not (isinstance(block, Heading) and block.level == 1), blocks[start:])
    titles = [
        (block.id, block.question if isinstance(block, Question) else block.content)
        for block in own
        if isinstance(block, Question) or (isinstance(block, Heading) and block.level == _SLIDE)
    ]
    return [Passage((TextRun(deck.reader.line(title), to=block),), muted=True) for block, title in titles]


def _agenda(deck: Deck, passages: Sequence[Passage], frame: TextFrame, top: float) -> list[SlideElement]:
    """A list of what comes, below `top`, where all of it has room."""
    if len(passages) < _FEWEST_SECTIONS:
        return []
    room = replace(frame.box, top=top, height=frame.box.bottom - top)
    place = replace(frame, plain_links=True, box=room, moved=room != frame.box)
    size = largest(passages, place, steps(deck, place, _LEAST_AGENDA))
    return [part("Agenda", place, passages, size)] if size is not None else []
