"""The title slide of a deck, and what has no room on it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from data.errors import Place
from data.language.show import show_date
from reports.deck.planned.closing import bare, linked
from reports.deck.planned.compose_text import text_slides
from reports.deck.planned.plan import LogoPart, Slide, SlideElement
from reports.deck.planned.scene import Deck, Scene, fitted, slide, steps
from reports.deck.words.frames import TextFrame
from reports.deck.words.text import Passage, TextRun, largest
from reports.document.blocks import NextSteps
from reports.document.imprint import correction_line
from reports.document.tree import walk

_FIRM = "\u00a0"
"""A space at which no line ends: a line of contact breaks between its parts."""


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
    # what the slide that a talk ends with says again is the first to go
    ends = any(isinstance(block, NextSteps) for block in walk(document.blocks))
    parts: list[SlideElement] = []
    if "Imprint" not in layout.slots:
        who = [name for name in names if name.text not in document.publisher]
        contact = [Passage(linked(one.replace(" ", _FIRM))) for one in brand.contact.split(" · ") if one.strip()]
        lines = [kicker, subtitle, [*publisher, *who, *date], [*address, *contact], caveat]
        short = [subtitle, [*kicker, *publisher, *who, *date], [*address, *contact, *caveat]]
        ways = [lines, short, *([[*short[:2], caveat]] if ends else [])]
        frame = layout.slots.get("Subtitle") or replace(layout.text or layout.foot, box=layout.area, placeholder=None)
        places = frame, replace(frame, box=layout.area, moved=True)
        tried = [([_in_one(line) for line in way if line], place) for way in ways for place in places]
        fit = next((fit for at in range(0, len(tried), 2) if (fit := _largest_fit(deck, tried[at : at + 2]))), None)
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
    said_by = publisher if brand.logo or document.publisher not in own else []
    imprint = [*said_by, *date, *address, *contact, *caveat]
    frame = layout.slots["Imprint"]
    if ends and largest(imprint, frame, steps(deck, frame)) is None:
        imprint = [*said_by, *date, *caveat]
    corrected = [*imprint, *([Passage((TextRun(said, bold=True),))] if (said := correction_line(document)) else [])]
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
