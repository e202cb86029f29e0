"""The slides that open a talk and its sections."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from data.errors import Place
from data.language.show import show_date
from reports.deck.planned.closing import bare, linked
from reports.deck.planned.compose_text import text_slides
from reports.deck.planned.plan import LogoPart, Slide, SlideElement
from reports.deck.planned.scene import Deck, Scene, fitted, part, slide, steps
from reports.deck.words.frames import TextFrame
from reports.deck.words.text import Passage, TextRun, largest, text_height
from reports.document.blocks import Block, Heading
from reports.document.imprint import correction_line

_FEWEST_SECTIONS = 3
"""Of which a list tells more than their numbers."""
_LEAST_AGENDA, _AGENDA_GAP = 14.0, 20.0
"""Least size of the list of sections, and room above it, on a slide 540 pt high."""


def cover_slides(deck: Deck) -> list[Slide]:
    """The title slide: what, by whom, when, and what readers must know; behind it what has no room on it."""
    document, brand, layout = deck.document, deck.brand, deck.layouts["Title"]
    place = Place("project.toml")
    scene = Scene(id="title", place=place, title=(TextRun(document.title),))
    kicker = [Passage((TextRun(document.kicker),))] if document.kicker else []
    subtitle = [Passage(deck.reader.spans(document.subtitle))] if document.subtitle else []
    date = [Passage((TextRun(show_date(document.published, document.language)),))] if document.published else []
    address = [Passage((TextRun(bare(document.website), link=document.website),))] if document.website else []
    contact = [Passage(linked(brand.contact))] if brand.contact else []
    caveat = [Passage((TextRun(document.caveat),))] if document.caveat else []
    names = [Passage((TextRun(brand.institution, bold=True),)), Passage((TextRun(brand.unit),))]
    names = [name for name in names if name.text]
    own = " ".join(name.text for name in names)
    publisher = [Passage((TextRun(document.publisher),))] if document.publisher else []
    parts: list[SlideElement] = []
    if "Imprint" not in layout.slots:
        who = [name for name in names if name.text not in document.publisher]
        lines = [kicker, subtitle, [*publisher, *who, *date], [*address, *contact], caveat]
        ways = lines, [subtitle, [*kicker, *publisher, *who, *date], [*address, *contact, *caveat]]
        frame = layout.slots.get("Subtitle") or replace(layout.text or layout.foot, box=layout.area, placeholder=None)
        places = frame, replace(frame, box=layout.area, moved=True)
        tried = [([_in_one(line) for line in way if line], place) for way in ways for place in places]
        fit = _largest_fit(deck, tried[:2]) or _largest_fit(deck, tried[2:])
        every = tried[-1][0]
        kept = len(every)
        while not fit and kept:  # what has no room goes on to a next slide, from the end
            kept -= 1
            fit = _largest_fit(deck, [(every[:kept], place) for place in places])
        said, frame = fit or ([], frame)
        parts.append(fitted(deck, scene, "Subtitle", frame, said))
        rest = text_slides(deck, scene, every[kept:]) if kept < len(every) else []
        return [slide(deck, scene, "Title", parts), *rest, *_correction(deck)]
    if brand.logo:
        parts.append(LogoPart("Logo", layout.slots["Institution"].box, brand.logo))
    imprint = [*(publisher if brand.logo or document.publisher not in own else []), *date, *address, *contact, *caveat]
    corrected = [*imprint, *([Passage((TextRun(said, bold=True),))] if (said := correction_line(document)) else [])]
    frame = layout.slots["Imprint"]
    has_room = largest(corrected, frame, steps(deck, frame)) is not None
    imprint, rest = (corrected, []) if has_room else (imprint, _correction(deck))
    texts = {"Kicker": kicker, "Subtitle": subtitle, "Institution": [] if brand.logo else names, "Imprint": imprint}
    parts.extend(
        fitted(deck, scene, slot, layout.slots[slot], passages)
        for slot, passages in texts.items()
        if slot in layout.slots
    )
    return [slide(deck, scene, "Title", parts), *rest]


def _largest_fit(
    deck: Deck, tried: Sequence[tuple[list[Passage], TextFrame]]
) -> tuple[list[Passage], TextFrame] | None:
    """That of several places in which text stands largest; None where it fits none."""
    sizes = [(largest(*one, steps(deck, one[1])) or 0.0) if one[0] else 0.0 for one in tried]
    return tried[sizes.index(max(sizes))] if any(sizes) else None


def _correction(deck: Deck) -> list[Slide]:
    """A slide of its own for what the edition puts right, where the title slide has no room for it; else none."""
    document = deck.document
    if not document.correction:
        return []
    scene = Scene(id="correction", place=Place("--note"), title=(TextRun(deck.ours["corrected"]),))
    return text_slides(deck, scene, [Passage((TextRun(document.correction),))])


def _in_one(passages: Sequence[Passage]) -> Passage:
    """Short passages in one line, with a dot between them."""
    dot = TextRun(" · ")
    return Passage(tuple(span for i, one in enumerate(passages) for span in ((dot,) if i else ()) + one.spans))


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
