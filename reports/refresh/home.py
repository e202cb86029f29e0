"""Brings what is generated now into the package of the file: slides, layouts, pictures and charts find their places."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from reports.powerpoint.opened import NAMESPACES, Element, child, q, whole
from reports.powerpoint.parts import Link, Part
from reports.powerpoint.record.record import OpenedDeck, template_parts
from reports.powerpoint.xml import add, canonical_bytes

_RELATIONS = f"{{{NAMESPACES['r']}}}"
_LAYOUT = "slideLayout+xml"
_FIRST_MASTER = 2_147_483_648
"""Least id of a master or layout (ECMA-376 part 1, 19.7.14)."""


class Home:
    """The parts of the file that stand for the parts of the deck that is generated now."""

    def __init__(self, theirs: OpenedDeck, fresh: OpenedDeck, slides: Mapping[int, Part]) -> None:
        """`slides` has the file's slide for each new one that is in it, by the identity of the new one's part."""
        self._theirs, self._fresh = theirs, fresh
        self._known: dict[int, Part] = dict(slides)
        self._new_slides = {id(fresh.part(slide)) for slide in fresh.deck.slides}
        self._known[id(fresh.presentation)] = theirs.presentation
        self._layouts = self._same_layouts()
        self._match_notes_master()

    def _match_notes_master(self) -> None:
        """Let the file's notes master stand for the new one; a file without one gets it."""
        for ours in self._fresh.presentation.related("notesMaster"):
            mine = next(self._theirs.presentation.related("notesMaster"), None)
            if mine is not None:
                self._known[id(ours)] = mine
                continue
            tree = self._theirs.presentation.tree
            key = self._theirs.presentation.add_link("notesMaster", self.of(ours))
            listed = tree.makeelement(q("p:notesMasterIdLst"), {})
            add(listed, "p:notesMasterId", {f"{_RELATIONS}id": key})
            masters = child(tree, "p:sldMasterIdLst")
            if masters is not None:
                masters.addnext(listed)
            self._theirs.presentation.changed = True

    def add_slide(self, fresh: Part, mine: Part) -> None:
        """Let a slide of the file stand for a new one."""
        self._known[id(fresh)] = mine

    def of(self, fresh: Part) -> Part:
        """The file's part for a new one; one that it does not have is brought in with all that it refers to."""
        if id(fresh) in self._known:
            return self._known[id(fresh)]
        if fresh.type.endswith(_LAYOUT):
            found = self._layouts.get(id(fresh))
            if found is None:
                self._bring_master(next(fresh.related("slideMaster")))
                found = self._known[id(fresh)]
            self._known[id(fresh)] = found
            return found
        brought = self._known[id(fresh)] = Part(fresh.name, fresh.type, fresh.content)
        brought.links = {key: self.link(link) for key, link in fresh.links.items()}
        return brought

    def link(self, link: Link) -> Link:
        """What a new part refers to, as one of the file refers to it."""
        if isinstance(link.target, str):
            return Link(link.type, link.target, link.outside)
        return Link(link.type, self.of(link.target))

    def is_gone(self, link: Link) -> bool:
        """Whether a link leads to a slide that the file does not have: a person deleted it."""
        return (
            isinstance(link.target, Part) and id(link.target) in self._new_slides and id(link.target) not in self._known
        )

    def element(self, element: Element, fresh: Part, mine: Part) -> Element:
        """A copy of a new shape for a slide of the file, which refers to what the copy shows."""
        copied = copy.deepcopy(element)
        copied.tail = None
        for one in list(copied.iter()):
            for name in [name for name in one.attrib if str(name).startswith(_RELATIONS)]:
                link = fresh.links.get(str(one.get(name)))
                if link is None or self.is_gone(link):
                    one.getparent().remove(one)
                    break
                target = link.target if isinstance(link.target, str) else self.of(link.target)
                one.set(name, mine.add_link(link.type, target, link.outside))
        return copied

    def has_layout(self, name: str) -> bool:
        """Whether the file has a layout of that name."""
        return any(_name(part) == name for part in template_parts(self._theirs) if part.type.endswith(_LAYOUT))

    # -- layouts -----------------------------------------------------------------

    def _same_layouts(self) -> dict[int, Part]:
        """New layout → the file's: the same one, else the one that is called the same and has the same places."""
        mine = [part for part in template_parts(self._theirs) if part.type.endswith(_LAYOUT)]
        by_content = {(part.name, canonical_bytes(part.tree)): part for part in mine}
        by_name = {_name(part): part for part in reversed(mine)}
        found: dict[int, Part] = {}
        for part in template_parts(self._fresh):
            if not part.type.endswith(_LAYOUT):
                continue
            same = by_content.get((part.name, canonical_bytes(part.tree))) or by_name.get(_name(part))
            if same is not None and _places(part) <= _places(same):
                found[id(part)] = same
        return found

    def _bring_master(self, master: Part) -> None:
        """Bring a master with its layouts and theme into the file, beside the masters that an editor made of it."""
        brought = self._known[id(master)] = Part(master.name, master.type, master.content)
        layouts = list(master.related("slideLayout"))
        for one in layouts:
            self._known[id(one)] = Part(one.name, one.type, one.content)
        for one in (master, *layouts):
            self._known[id(one)].links = {key: self.link(link) for key, link in one.links.items()}
        tree = self._theirs.presentation.tree
        masters = child(tree, "p:sldMasterIdLst")
        listed = [part.tree for part in self._theirs.presentation.related("slideMaster")]
        taken = [number for one in (tree, *listed) for number in _numbers(one)]
        number = max((*taken, _FIRST_MASTER)) + 1
        key = self._theirs.presentation.add_link("slideMaster", brought)
        add(masters, "p:sldMasterId", {"id": str(number), f"{_RELATIONS}id": key})
        for place, entry in enumerate(brought.tree.iter(q("p:sldLayoutId")), number + 1):
            entry.set("id", str(place))
        brought.changed = self._theirs.presentation.changed = True


def _numbers(tree: Element) -> list[int]:
    return [whole(one, "id") or 0 for one in tree.iter(q("p:sldMasterId"), q("p:sldLayoutId"))]


def _name(layout: Part) -> str:
    common = child(layout.tree, "p:cSld")
    return "" if common is None else str(common.get("name") or "")


def _places(layout: Part) -> set[tuple[str, str]]:
    return {(str(one.get("type") or "obj"), str(one.get("idx") or "0")) for one in layout.tree.iter(q("p:ph"))}
