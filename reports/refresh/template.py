"""What a deck's slides stand on: its masters and layouts are new where nobody changed them, and say whether it is a
draft."""

from __future__ import annotations

import copy

from reports.powerpoint.opened import Element, child, q
from reports.powerpoint.parts import Link, Part
from reports.powerpoint.record.canonical import body_text
from reports.powerpoint.record.identity import free_number
from reports.powerpoint.record.record import DeckRecord, OpenedDeck, template_digest, template_parts


def take_template(theirs: OpenedDeck, fresh: OpenedDeck, record: DeckRecord, new: DeckRecord) -> bool:
    """Take the new masters, layouts and themes where a person left them alone; whether the file has the new ones."""
    if record.template == new.template:
        return True
    mine = {part.name: part for part in template_parts(theirs)}
    ours = {part.name: part for part in template_parts(fresh)}
    if template_digest(theirs) != record.template or mine.keys() != ours.keys() or not _same_size(theirs, fresh):
        _set_stamp(theirs, fresh, record.stamp, new.stamp)
        return False
    brought: dict[int, Part] = {id(ours[name]): part for name, part in mine.items()}

    def bring(part: Part) -> Part:
        if id(part) not in brought:
            found = brought[id(part)] = Part(part.name, part.type, part.content)
            found.links = links(part)
        return brought[id(part)]

    def links(part: Part) -> dict[str, Link]:
        return {
            key: Link(link.type, bring(link.target) if isinstance(link.target, Part) else link.target, link.outside)
            for key, link in part.links.items()
        }

    for name, part in mine.items():
        part.content, part.links = ours[name].content, links(ours[name])
    return True


def _same_size(theirs: OpenedDeck, fresh: OpenedDeck) -> bool:
    mine, ours = (child(one.presentation.tree, "p:sldSz") for one in (theirs, fresh))
    return mine is not None and ours is not None and mine.attrib.items() == ours.attrib.items()


def _set_stamp(theirs: OpenedDeck, fresh: OpenedDeck, earlier: str, now: str) -> None:
    """Say on the layouts of the file that the deck is a draft, or no more, where an editor changed the layouts."""
    if earlier == now:
        return
    models = [one for part in _layouts(fresh) for one in _stamps(part, now)] if now else []
    for part in _layouts(theirs):
        for one in _stamps(part, earlier) if earlier else []:
            one.getparent().remove(one)
        tree = child(part.tree, "p:cSld", "p:spTree")
        if models and tree is not None:
            new = copy.deepcopy(models[0])
            next(iter(new.iter(q("p:cNvPr")))).set("id", str(free_number(tree)))
            tree.append(new)
        part.changed = True


def _layouts(deck: OpenedDeck) -> list[Part]:
    return [part for part in template_parts(deck) if part.type.endswith("slideLayout+xml")]


def _stamps(layout: Part, word: str) -> list[Element]:
    """The shapes of a layout that say one word and fill no place."""
    return [
        one
        for one in layout.tree.iter(q("p:sp"))
        if body_text(child(one, "p:txBody")) == (word,) and next(one.iter(q("p:ph")), None) is None
    ]
