"""The parts of a PowerPoint file as a graph that can be changed, and the file that is made of it again."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from urllib.parse import unquote

from msgspec import Struct

from reports.powerpoint.opened import BrokenPackageError, Package, PartsByName, Relation, parse_part
from reports.powerpoint.packed import content_types, zipped
from reports.powerpoint.xml import Element, part_bytes, root

TYPES = "[Content_Types].xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NUMBERED = re.compile(r"rId(\d+)")


class Link(Struct):
    """What a part refers to."""

    type: str
    """Its full type, an address."""
    target: Part | str
    """A part; an address outside the file; or, as it stands, the name of a part that is missing."""
    outside: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type: "slide", "image" ..."""
        return self.type.rsplit("/", 1)[-1]


class Part:
    """A part, its bytes or its elements, and what it refers to."""

    def __init__(self, name: str, type_: str, content: bytes, tree: Callable[[], Element] | None = None) -> None:
        """`name` has no leading slash, `type_` is the content type, `tree` parses the part where its elements are
        asked for."""
        self.name, self.type = name, type_
        self.links: dict[str, Link] = {}
        self._content, self._tree = content, tree
        self.changed = False
        """Whether its elements were changed, so that the bytes have to be made of them."""

    def __repr__(self) -> str:
        return f"Part({self.name!r})"

    @property
    def content(self) -> bytes:
        """Its bytes as they are to be written."""
        return part_bytes(self.tree) if self.changed else self._content

    @content.setter
    def content(self, said: bytes) -> None:
        self._content, self._tree, self.changed = said, None, False

    @property
    def tree(self) -> Element:
        """Its root element; whoever changes it says so by `changed`."""
        if self._tree is None:
            root = parse_part(self.name, self._content)
            self._tree = lambda: root
        return self._tree()

    def related(self, kind: str) -> Iterator[Part]:
        """The parts of a kind that it refers to."""
        for link in self.links.values():
            if link.kind == kind and isinstance(link.target, Part):
                yield link.target

    def add_link(self, kind: str, target: Part | str, outside: bool = False) -> str:
        """Refer to something, or find the reference that is there; its id. `kind` is a last word or a full type."""
        type_ = kind if "/" in kind else f"{RELATIONSHIPS}/{kind}"
        for key, link in self.links.items():
            if link.type == type_ and link.target is target and link.outside == outside:
                return key
            if outside and link.outside and link.type == type_ and link.target == target:
                return key
        numbers = [int(found[1]) for key in self.links if (found := _NUMBERED.fullmatch(key))]
        key = f"rId{max(numbers, default=0) + 1}"
        self.links[key] = Link(type_, target, outside)
        return key


def open_parts(package: Package) -> Part:
    """The package itself, as a part without a name that refers to all others.

    Raises BrokenPackageError where a part that is referred to can't be unpacked.
    """
    types = _Types(package)
    made: dict[str, Part] = {}

    def part(name: str) -> Part:
        if name not in made:
            found = made[name] = Part(name, types.of(name), package.read(name), lambda: package.xml(name))
            waiting.append(found)
        return made[name]

    whole = Part("", "", b"")
    waiting = [whole]
    while waiting:
        one = waiting.pop(0)
        for key, type_, said, outside in _relations(package, one.name):
            folder = posixpath.dirname(one.name)
            name = said if outside else posixpath.normpath(posixpath.join("/" + folder, unquote(said))).lstrip("/")
            known = not outside and name in package.names
            one.links[key] = Link(type_, part(name) if known else said, outside)
    return whole


def _relations(package: Package, name: str) -> Iterator[tuple[str, str, str, bool]]:
    folder, file = posixpath.split(name)
    listed = package.optional(posixpath.join(folder, "_rels", f"{file}.rels"))
    for found in () if listed is None else listed:
        outside = found.get("TargetMode") == "External"
        yield str(found.get("Id") or ""), str(found.get("Type") or ""), str(found.get("Target") or ""), outside


class Assembled(PartsByName):
    """The parts that a package leads to, with what of them is in memory: nothing is unpacked or parsed again."""

    def __init__(self, whole: Part) -> None:
        self.parts: Mapping[str, Part] = {part.name: part for part in (whole, *reachable(whole))}

    @property
    def names(self) -> Collection[str]:
        """All parts."""
        return self.parts.keys()

    def xml(self, name: str) -> Element:
        """The root of a part. Raises BrokenPackageError where it is missing or no XML."""
        if name not in self.parts:
            raise BrokenPackageError(f"{name} is missing")
        return self.parts[name].tree

    def relations(self, name: str) -> Mapping[str, Relation]:
        """What a part refers to, by id; the package itself is called ""."""
        links = self.parts[name].links if name in self.parts else {}
        return {
            key: Relation(link.kind, link.target if isinstance(link.target, str) else link.target.name, link.outside)
            for key, link in links.items()
        }


class _Types:
    """The content types of a package's parts."""

    def __init__(self, package: Package) -> None:
        self.parts: dict[str, str] = {}
        self.endings: dict[str, str] = {}
        for entry in package.xml(TYPES):
            said = str(entry.get("ContentType") or "")
            if entry.get("PartName"):
                self.parts[unquote(str(entry.get("PartName"))).lstrip("/").lower()] = said
            elif entry.get("Extension"):
                self.endings[str(entry.get("Extension")).lower()] = said

    def of(self, name: str) -> str:
        ending = name.rsplit(".", 1)[-1].lower()
        return self.parts.get(name.lower()) or self.endings.get(ending) or "application/octet-stream"


def reachable(whole: Part) -> list[Part]:
    """The parts that a package leads to, each once, nearest first."""
    found: dict[int, Part] = {id(whole): whole}
    order = [whole]
    for one in order:
        for link in one.links.values():
            if isinstance(link.target, Part) and id(link.target) not in found:
                found[id(link.target)] = link.target
                order.append(link.target)
    return order[1:]


def members_of(whole: Part) -> dict[str, bytes]:
    """Every part that a package leads to, with the lists of what each refers to and of content types, by name."""
    parts = reachable(whole)
    members: dict[str, bytes] = {"_rels/.rels": _listed(whole)}
    types: dict[str, str] = {}
    for part in parts:
        members[part.name] = part.content
        types[f"/{part.name}"] = part.type
        if part.links:
            folder, file = posixpath.split(part.name)
            members[posixpath.join(folder, "_rels", f"{file}.rels")] = _listed(part)
    members[TYPES] = content_types(types)
    return members


def write_parts(whole: Part) -> bytes:
    """A file of every part that a package leads to."""
    return zipped(members_of(whole))


def number_of(key: str) -> tuple[int, str]:
    """By what the ids of references are sorted: those with a number by it, behind all others."""
    found = _NUMBERED.fullmatch(key)
    return (int(found[1]) if found else 0, key)


def _listed(part: Part) -> bytes:
    """What a part refers to, in the order of numbers."""
    listed = root(f"{{{_PACKAGE}}}Relationships", {None: _PACKAGE})

    for key in sorted(part.links, key=number_of):
        link = part.links[key]
        entry = listed.makeelement(f"{{{_PACKAGE}}}Relationship", {"Id": key, "Type": link.type})
        entry.set("Target", _reference(part, link))
        if link.outside:
            entry.set("TargetMode", "External")
        listed.append(entry)
    return part_bytes(listed)


def _reference(part: Part, link: Link) -> str:
    if isinstance(link.target, str):
        return link.target
    here, there = part.name.split("/")[:-1], link.target.name.split("/")
    same = 0
    while same < len(here) and same < len(there) - 1 and here[same] == there[same]:
        same += 1
    return "/".join((*[".."] * (len(here) - same), *there[same:]))
