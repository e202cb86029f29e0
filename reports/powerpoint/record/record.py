"""The record of a deck: what was generated, slide by slide and shape by shape."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from reports.powerpoint.opened import Package, child, children
from reports.powerpoint.parts import Assembled, Part, open_parts, reachable
from reports.powerpoint.read import read_deck, read_slide
from reports.powerpoint.record.canonical import (
    ShapeValues,
    body_text,
    canonical,
    digest,
    frame_digest,
    notes_body,
    target_digest,
)
from reports.powerpoint.record.identity import creation_of, marker_of
from reports.powerpoint.record.known import Known
from reports.powerpoint.slides import Deck, Shape, Slide, SlidePart
from reports.powerpoint.steps import Step, steps_of
from reports.powerpoint.xml import Element, canonical_bytes, qualified

VERSION = 1
_TEMPLATE = ("slideMaster", "slideLayout", "theme", "notesMaster")
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
    steps: tuple[Step, ...] = ()
    """What appears on it one by one."""


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
    variables: dict[str, str] = {}
    """What the run that made it set of the project's variables."""

    def by_key(self) -> dict[str, SlideRecord]:
        """Its slides by their keys."""
        return {slide.key: slide for slide in self.slides}


class DeckParts(Struct, frozen=True, eq=False):
    """The parts of a deck."""

    whole: Part
    presentation: Part


_Said = tuple[str, str, tuple[str, ...]]
"""What a slide itself does not tell: its key, the name of its section, the charts that it shows."""
_RECORDS, _DIGESTS = Known[SlideRecord](1_000), Known[str](200)
"""Of slides, and of parts of templates."""


class OpenedDeck(DeckParts, frozen=True, eq=False):
    """A deck to compare or to change: its parts, and what stands on its slides."""

    deck: Deck
    parts: Mapping[str, Part]
    """By name."""

    def part(self, slide: Slide) -> Part:
        """The part of a slide."""
        return self.parts[slide.part]


def open_deck(package: Package) -> OpenedDeck:
    """Open a package. Raises BrokenPackageError and WrongKindError as `read_deck` does."""
    deck = read_deck(package)
    whole = open_parts(package)
    presentation = next(whole.related("officeDocument"))
    return OpenedDeck(whole, presentation, deck, {part.name: part for part in reachable(whole)})


def record_of(
    opened: DeckParts,
    title: str,
    edition: str,
    language: str,
    stamp: str,
    shows: Mapping[str, tuple[str, ...]],
    variables: Mapping[str, str],
) -> DeckRecord:
    """The record of a deck as it was generated; `shows` are the charts of each slide, by its key."""
    presentation = opened.presentation
    sections = sections_of(presentation.tree)
    named = {number: name for name, numbers in sections for number in numbers}
    assembled, sheets = Assembled(opened.whole), dict[str, SlidePart]()
    found: list[SlideRecord] = []
    for place, (identity, part) in enumerate(_slides(presentation), 1):
        marker = next((marker_of(page.tree) for page in part.related("notesSlide")), None)
        if marker is None:
            continue
        said = (marker.key, named.get(identity, ""), shows.get(marker.key, ()))

        def made(place: int = place, identity: str = identity, part: Part = part, said: _Said = said) -> SlideRecord:
            return _slide_record(read_slide(assembled, part.name, place, identity, sheets), part, *said)

        found.append(_RECORDS.get(_made_from(part, identity, said), made))
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
        variables=dict(variables),
    )


def _slides(presentation: Part) -> Iterator[tuple[str, Part]]:
    """The slides that a presentation lists, each with its number in the file."""
    for entry in children(child(presentation.tree, "p:sldIdLst")):
        target = presentation.links[str(entry.get(qualified("r:id")))].target
        assert isinstance(target, Part)
        yield str(entry.get("id") or ""), target


def _made_from(part: Part, identity: str, said: _Said) -> bytes:
    """A digest of all that a slide's record is made from: the slide, and whatever it and its layout refer to."""
    found = hashlib.sha256(repr((identity, said)).encode())
    waiting = [part]
    for one in waiting:
        for key, link in sorted(one.links.items()):
            found.update(f"{key} {link.type} {target_digest(link)} ".encode())
            if isinstance(link.target, Part) and link.kind == "slideLayout":
                waiting.append(link.target)
    found.update(part.content)
    return found.digest()


def _slide_record(slide: Slide, part: Part, key: str, section: str, shows: tuple[str, ...]) -> SlideRecord:
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
        shows=shows,
        steps=steps_of(slide.root, named_shapes(slide)),
    )


def named_shapes(slide: Slide) -> dict[str, str]:
    """The names of a slide's shapes by the ids that animations know them by."""
    return {
        str(shape.properties.get("id")): shape.name
        for shape, _ in shapes_inside(slide.shapes)
        if shape.properties is not None
    }


def layout_name(slide: Slide) -> str:
    """What a slide's layout is called."""
    common = None if slide.layout is None else slide.layout.common
    return "" if common is None else str(common.get("name") or "")


def template_digest(opened: DeckParts) -> str:
    """A digest of the masters, layouts and themes of a deck, whatever their order."""
    return digest("".join(sorted(map(_part_digest, template_parts(opened)))).encode())


def _part_digest(part: Part) -> str:
    return _DIGESTS.get(hashlib.sha256(part.content).digest(), lambda: digest(canonical_bytes(part.tree)))


def template_parts(opened: DeckParts) -> list[Part]:
    """The masters, layouts and themes of a deck, each once."""
    order = [opened.presentation]
    for one in order:
        order.extend(part for kind in _TEMPLATE for part in one.related(kind) if part not in order)
    return order[1:]


def loose_digests(opened: DeckParts) -> dict[str, str]:
    """Digests of the parts that stand for themselves, by the kind of reference."""
    return {kind: digest(part.content) for kind, part in loose_parts(opened).items()}


def loose_parts(opened: DeckParts) -> dict[str, Part]:
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
