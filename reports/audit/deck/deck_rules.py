"""Rules about a deck as a whole: its title, sections, protection and slides that move on by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.audit.findings import Fault
from reports.audit.wording import is_file_name, numbers, quoted
from reports.powerpoint.opened import Element, child, children, q
from reports.powerpoint.read import MOST_SLIDES
from reports.powerpoint.slides import Deck

_WHOLE = "deck"
_LEFT_OVER = re.compile(
    r"powerpoint[ -]pr(?:e|é|ä)sentation|pr(?:é|e)sentation powerpoint|presentaci(?:ó|o)n de powerpoint"
    r"|(?:pr(?:e|é|ä)sentation|presentaci(?:ó|o)n|untitled|slide) ?\d*|no slide title"
)
_UNNAMED = re.compile(
    r"|(?:default|untitled) section|standardabschnitt|abschnitt ohne titel|section (?:par défaut|sans titre)"
    r"|sección (?:predeterminada|sin título)|section ?\d*",
    re.IGNORECASE,
)
_SLIDES_WITHOUT_SECTIONS = 10


def title(deck: Deck) -> Iterator[Fault]:
    """The file must have a title that tells it from others."""
    if not deck.title:
        yield Fault(_WHOLE, "", "It has no title (File, Info, Title): its window is called by the file's name.")
    elif is_file_name(deck.title) or _LEFT_OVER.fullmatch(deck.title.casefold()):
        yield Fault(_WHOLE, quoted("title", deck.title), "It was put in by a program: write one for people.", "warning")


def protection(deck: Deck) -> Iterator[Fault]:
    """Nothing must keep readers from changing what they need changed."""
    if child(deck.root, "p:modifyVerifier") is not None:
        message = "It asks for a password to be changed: readers cannot enlarge or recolour what they need."
        yield Fault(_WHOLE, "", message, "warning")


def sections(deck: Deck) -> Iterator[Fault]:
    """A long deck must be divided into sections that have names, each its own."""
    found = list(deck.root.iter(q("p14:section")))
    if not found:
        if deck.all_slides > _SLIDES_WITHOUT_SECTIONS:
            message = f"It has {deck.all_slides} slides and no sections to move about by."
            yield Fault(_WHOLE, "", message, "warning")
        return
    names = [" ".join(str(section.get("name") or "").split()) for section in found]
    for place, name in enumerate(names):
        if _UNNAMED.fullmatch(name):
            yield Fault(_WHOLE, quoted(f"section {place + 1}", name), "It has no name of its own.", "warning")
        elif name.casefold() in (earlier.casefold() for earlier in names[:place]):
            yield Fault(_WHOLE, quoted(f"section {place + 1}", name), "Another section has the same name.", "warning")
    listed = {str(entry.get("id") or "") for section in found for entry in section.iter(q("p14:sldId"))}
    lost = [slide.number for slide in deck.slides if slide.identity not in listed]
    if lost:
        where = f"slide{'' if len(lost) == 1 else 's'} {numbers(lost)}"
        yield Fault(where, "", "No section holds it.", "warning")


def timing(deck: Deck) -> Iterator[Fault]:
    """Readers, not clocks, must decide when the next slide comes."""
    for slide in deck.slides:
        if any(transition.get("advTm") for transition in _transitions(slide.root)):
            message = "The next slide comes by itself after a time: some readers need longer."
            yield Fault(slide.place, "", message, "warning")


def _transitions(root: Element) -> Iterator[Element]:
    return (found for found in children(root) if found.tag == q("p:transition"))


def read_wholly(deck: Deck) -> Iterator[Fault]:
    """What was too large to be read cannot be called sound."""
    if deck.all_slides > MOST_SLIDES:
        yield Fault(_WHOLE, "", f"Only the first {MOST_SLIDES:,} of its {deck.all_slides:,} slides were checked.")
    told: set[int] = set()
    for slide in deck.slides:
        for sheet, whose in ((slide, ""), (slide.layout, "Its layout: "), (slide.master, "Its master: ")):
            if sheet is not None and not sheet.whole and id(sheet) not in told:
                told.add(id(sheet))
                message = "There are too many shapes, or groups in groups: not all were checked."
                yield Fault(slide.place, "", whose + message)
    if not deck.all_slides:
        yield Fault(_WHOLE, "", "It has no slides.")
