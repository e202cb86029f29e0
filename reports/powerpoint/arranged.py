"""The order of a presentation's slides: its list, its sections, and the names of parts that follow from it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence

from msgspec import Struct

from reports.powerpoint.parts import Part, reachable
from reports.powerpoint.xml import P14, Element, R, add, local, qualified, root

SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""Of the extension that lists sections ([MS-PPTX] 2.3.1)."""
_NUMBER = re.compile(r"rId(\d+)")
_NAMED = re.compile(r"(.*?)(\d*)(\.[^.]*)?")


class SectionList(Struct, frozen=True):
    """A named run of slides."""

    name: str
    slides: tuple[int, ...]
    """Ids."""
    id: str = ""
    """A GUID in braces; "" makes one of the name."""


def section_id(key: str) -> str:
    """The id of a generated section, by its key alone."""
    return f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, f'fairsheet:section:{key}')).upper()}}}"


def set_sections(presentation: Element, sections: Sequence[SectionList]) -> None:
    """List sections in a presentation, in place of those that it lists."""
    listed = next(iter(presentation.iter(qualified("p14:sectionLst"))), None)
    if listed is None:
        found = presentation.find(qualified("p:extLst"))
        found = add(presentation, "p:extLst") if found is None else found
        listed = add(add(found, "p:ext", {"uri": SECTIONS}), "p14:sectionLst", namespaces={"p14": P14})
    for one in list(listed):
        listed.remove(one)
    for section in sections:
        entry = add(listed, "p14:section", {"name": section.name, "id": section.id or section_id(section.name)})
        members = add(entry, "p14:sldIdLst")
        for number in section.slides:
            add(members, "p14:sldId", {"id": str(number)})


def set_slides(presentation: Part, slides: Sequence[tuple[Part, int]]) -> None:
    """List slides, each with its id, in place of those that a presentation lists."""
    whole = presentation.tree
    listed = whole.find(qualified("p:sldIdLst"))
    if listed is None:
        listed = root("p:sldIdLst")
        [child for child in whole if local(child).endswith("MasterIdLst")][-1].addnext(listed)
    entries = {str(one.get(qualified("r:id")) or ""): one for one in listed}
    kept = {id(link.target): entries[key] for key, link in presentation.links.items() if key in entries}
    for one in list(listed):
        listed.remove(one)
    wanted = {id(part) for part, _ in slides}
    for key, link in list(presentation.links.items()):
        if link.kind == "slide" and id(link.target) not in wanted:
            del presentation.links[key]
    for part, number in slides:
        entry = kept.get(id(part))
        if entry is None:
            add(listed, "p:sldId", {"id": str(number), qualified("r:id"): presentation.add_link("slide", part)})
        else:
            entry.set("id", str(number))
            listed.append(entry)
    presentation.changed = True


def put_in_order(whole: Part, presentation: Part) -> None:
    """Number slides by their places: their parts' names, and the presentation's references, behind the others'."""
    tree = presentation.tree
    listed = tree.find(qualified("p:sldIdLst"))
    order = [str(one.get(qualified("r:id"))) for one in (() if listed is None else listed)]
    slides = [presentation.links[key] for key in order]
    others = sorted((key for key in presentation.links if key not in set(order)), key=_number)
    renamed = {key: f"rId{place}" for place, key in enumerate([*others, *order], 1)}
    for one in tree.iter():
        for name, said in one.attrib.items():
            if str(name).startswith(f"{{{R}}}") and said in renamed:
                one.set(name, renamed[said])
    presentation.links = {renamed[key]: presentation.links[key] for key in renamed}
    presentation.changed = True
    named: dict[int, str] = {}
    for place, link in enumerate(slides, 1):
        if isinstance(link.target, Part):
            named[id(link.target)] = f"ppt/slides/slide{place}.xml"
            for notes in link.target.related("notesSlide"):
                named[id(notes)] = f"ppt/notesSlides/notesSlide{place}.xml"
    name_parts(whole, named)


def _number(key: str) -> tuple[int, str]:
    found = _NUMBER.fullmatch(key)
    return (int(found[1]) if found else 0, key)


def name_parts(whole: Part, named: Mapping[int, str]) -> None:
    """Give parts the names that `named` has for them by identity, and other names to what is in their way."""
    taken = {name.lower() for name in named.values()}
    for part in reachable(whole):
        if id(part) in named:
            part.name = named[id(part)]
            continue
        found = _NAMED.fullmatch(part.name)
        stem, digits, ending = found.groups("") if found else ("", "", "")
        number = int(digits or 1)
        while part.name.lower() in taken:
            number += 1
            part.name = f"{stem}{number}{ending}"
        taken.add(part.name.lower())
