"""The record of a deck: what was generated, slide by slide and shape by shape."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from reports.powerpoint.opened import Package, parse_part
from reports.powerpoint.parts import Assembled, Part, open_parts, reachable
from reports.powerpoint.read import read_deck
from reports.powerpoint.record.canonical import (
    ShapeValues,
    body_text,
    canonical,
    digest,
    frame_digest,
    notes_body,
)
from reports.powerpoint.record.identity import creation_of, marker_of
from reports.powerpoint.slides import Deck, Shape, Slide
from reports.powerpoint.xml import Element, canonical_bytes, qualified

VERSION = 1
_TEMPLATE = ("slideMaster", "slideLayout", "theme", "notesMaster")
_REMEMBERED, _REMEMBERED_SIZE = 64, 200_000
"""Parts of templates whose digests are kept, and the bytes of the largest of them: many decks have the same."""
_LOOSE = ("core-properties", "extended-properties", "presProps", "viewProps", "tableStyles")


class SlideRecord(Struct, frozen=True, omit_defaults=True):
    """One generated slide."""

    key: str
    """Its identity: that of the block that it shows."""
    number: int
    """Its id in the presentation's list."""
    creation: str
    title: str
    layout: str
    """The name of its layout."""
    section: str
    """The name of the section that it stands in."""
    frame: str
    """Digest of what it is besides its shapes."""
    shapes: dict[str, ShapeValues]
    """By name, in reading order."""
    notes: tuple[str, ...] = ()
    """What the speaker says, by paragraphs."""
    page: str = ""
    """Digest of the notes page."""
    shows: tuple[str, ...] = ()
    """Ids of the charts that it shows: by them it is known where the story changed."""


class Open(Struct, frozen=True):
    """A conflict that was told and that nobody has settled yet."""

    slide: str
    shape: str
    facet: str
    theirs: str
    """Digest of what a person wrote there when it was told: once that changes, it is settled."""


class DeckRecord(Struct, frozen=True, omit_defaults=True):
    """A generated deck."""

    version: int
    title: str
    edition: str
    language: str
    template: str
    """Digest of masters, layouts and themes."""
    stamp: str
    """What layouts say of a draft; "" for none."""
    sections: str
    """Digest of the list of sections' names."""
    loose: dict[str, str]
    """Digests of parts such as the properties, by the kind of reference to them."""
    slides: tuple[SlideRecord, ...]
    open: tuple[Open, ...] = ()

    def by_key(self) -> dict[str, SlideRecord]:
        """Its slides by their keys."""
        return {slide.key: slide for slide in self.slides}


class OpenedDeck(Struct, frozen=True, eq=False):
    """A deck to compare or to change: its parts, and what stands on its slides."""

    whole: Part
    presentation: Part
    deck: Deck
    parts: Mapping[str, Part]
    """By name."""

    def part(self, slide: Slide) -> Part:
        """The part of a slide."""
        return self.parts[slide.part]


def open_deck(package: Package) -> OpenedDeck:
    """Open a package. Raises BrokenPackageError and WrongKindError as `read_deck` does."""
    deck = read_deck(package)
    return _opened(open_parts(package), deck)


def made_deck(whole: Part) -> OpenedDeck:
    """Look at a deck that is being made, from the parts that its package leads to."""
    return _opened(whole, read_deck(Assembled(whole)))


def _opened(whole: Part, deck: Deck) -> OpenedDeck:
    presentation = next(whole.related("officeDocument"))
    return OpenedDeck(whole, presentation, deck, {part.name: part for part in reachable(whole)})


def record_of(
    opened: OpenedDeck, title: str, edition: str, language: str, stamp: str, shows: Mapping[str, tuple[str, ...]]
) -> DeckRecord:
    """The record of a deck as it was generated; `shows` are the charts of each slide, by its key."""
    sections = sections_of(opened.presentation.tree)
    named = {number: name for name, numbers in sections for number in numbers}
    found: list[SlideRecord] = []
    for slide in opened.deck.slides:
        marker = marker_of(slide.notes)
        if marker is not None:
            found.append(_slide_record(opened, slide, marker.key, named.get(slide.identity, ""), shows))
    return DeckRecord(
        version=VERSION,
        title=title,
        edition=edition,
        language=language,
        template=template_digest(opened),
        stamp=stamp,
        sections=digest(repr([name for name, _ in sections]).encode()),
        loose=loose_digests(opened),
        slides=tuple(found),
    )


def _slide_record(
    opened: OpenedDeck, slide: Slide, key: str, section: str, shows: Mapping[str, tuple[str, ...]]
) -> SlideRecord:
    part = opened.part(slide)
    page = next(part.related("notesSlide"), None)
    return SlideRecord(
        key=key,
        number=int(slide.identity),
        creation=creation_of(slide.root),
        title=slide.title.words if slide.title else "",
        layout=layout_name(slide),
        section=section,
        frame=frame_digest(slide.root, layout_name(slide)),
        shapes={shape.name: canonical(shape, part, slide.master) for shape in slide.shapes},
        notes=body_text(notes_body(slide.notes)),
        page="" if page is None else digest(canonical_bytes(page.tree)),
        shows=shows.get(key, ()),
    )


def layout_name(slide: Slide) -> str:
    """What a slide's layout is called."""
    common = None if slide.layout is None else slide.layout.common
    return "" if common is None else str(common.get("name") or "")


def template_digest(opened: OpenedDeck) -> str:
    """A digest of the masters, layouts and themes of a deck, whatever their order."""
    contents = [part.content for part in template_parts(opened)]
    digests = [_part_digest(one) if len(one) < _REMEMBERED_SIZE else _anew(one) for one in contents]
    return digest("".join(sorted(digests)).encode())


def _anew(content: bytes) -> str:
    return digest(canonical_bytes(parse_part("a part of the template", content)))


_part_digest = lru_cache(_REMEMBERED)(_anew)


def template_parts(opened: OpenedDeck) -> list[Part]:
    """The masters, layouts and themes of a deck, each once."""
    order = [opened.presentation]
    for one in order:
        order.extend(part for kind in _TEMPLATE for part in one.related(kind) if part not in order)
    return order[1:]


def loose_digests(opened: OpenedDeck) -> dict[str, str]:
    """Digests of the parts that stand for themselves, by the kind of reference."""
    return {kind: digest(part.content) for kind, part in loose_parts(opened).items()}


def loose_parts(opened: OpenedDeck) -> dict[str, Part]:
    """Properties and settings of a deck, by the kind of reference to them."""
    found: dict[str, Part] = {}
    for holder in (opened.whole, opened.presentation):
        for kind in _LOOSE:
            for part in holder.related(kind):
                found[kind] = part
    return found


def sections_of(presentation: Element) -> list[tuple[str, list[str]]]:
    """The sections that a presentation lists: name, and the ids of slides."""
    return [
        (str(one.get("name") or ""), [str(entry.get("id") or "") for entry in one.iter(qualified("p14:sldId"))])
        for one in presentation.iter(qualified("p14:section"))
    ]


def shapes_inside(shapes: tuple[Shape, ...], grouped: bool = False) -> list[tuple[Shape, bool]]:
    """Shapes and the shapes in groups, each with whether a group holds it."""
    found: list[tuple[Shape, bool]] = []
    for shape in shapes:
        found.append((shape, grouped))
        found.extend(shapes_inside(shape.inside, grouped=True))
    return found
