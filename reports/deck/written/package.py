"""A deck's package: python-pptx's parts while it is written, with their elements, then the parts that are packed."""

from __future__ import annotations

from typing import Any

from pptx.opc.package import Part as PackagePart
from pptx.opc.packuri import PackURI

from reports.powerpoint.parts import Link, Part, number_of
from reports.powerpoint.xml import Element, part_bytes


class MadePart(PackagePart):
    """A part that is made of elements, which nobody has to read again."""

    def __init__(self, name: str, kind: str, package: Any, root: Element | None = None) -> None:
        super().__init__(PackURI(name), kind, package)
        self.root = root
        """Its elements, set when all is in them; None for a part that has its bytes."""


def parts_of(package: Any) -> Part:
    """The parts of a python-pptx package as a graph, whose first one is the package itself."""
    whole = Part("", "", b"")
    made: dict[int, Part] = {}
    waiting: list[tuple[Part, Any]] = [(whole, package._rels)]

    def part(one: Any) -> Part:
        if id(one) not in made:
            root = one.root if isinstance(one, MadePart) else None
            content, tree = (one.blob, None) if root is None else (part_bytes(root), lambda: root)
            made[id(one)] = Part(str(one.partname)[1:], one.content_type, content, tree)
            waiting.append((made[id(one)], one.rels))
        return made[id(one)]

    for holder, relations in waiting:
        for key in sorted(relations, key=number_of):
            relation = relations[key]
            outside = relation.is_external
            target = relation.target_ref if outside else part(relation.target_part)
            holder.links[key] = Link(relation.reltype, target, outside)
    return whole
