"""The structure tree of a PDF: what assistive technology is told that the pages hold, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from msgspec import Struct, field

from reports.audit.pdf.objects import Key, array, entry, is_dictionary, items, key, name, names_of, number, text, whole

MOST_ELEMENTS = 500_000
"""Elements of a file that are read: a tree may be larger than any document."""

_DEEPEST = 500
"""Elements inside elements that are followed."""

_GROUPS = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
_BLOCKS = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
_ILLUSTRATIONS = "Figure Formula Form Artifact"
_INLINE = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP"
STANDARD = frozenset(f"{_GROUPS} {_BLOCKS} {_INLINE} {_ILLUSTRATIONS}".split())
"""Standard structure types (ISO 32000-1, 14.8.4)."""

_LATER = frozenset(["DocumentFragment", "Aside", "Title", "FENote", "Sub", "Em", "Strong"])
"""Standard types that PDF 2.0 adds (ISO 32000-2, 14.8.4)."""
INLINE = frozenset((*_INLINE.split(), "Sub", "Em", "Strong"))
"""Types whose words go on in the line."""

_TRANSPARENT = ("NonStruct", "Div")


class Content(Struct, frozen=True):
    """Marked content that an element holds."""

    owner: Key
    """The page or form XObject whose content stream it stands in; (0, 0) where the element names none."""
    mark: int


class Area(Struct, frozen=True):
    """An annotation or other object that an element holds."""

    target: Key


class Element(Struct, frozen=True, eq=False):
    """One structure element."""

    number: int
    """Place in reading order, from 0."""
    parent: int
    """Number of the element around it; -1 at the top."""
    tag: str
    """Its type as written."""
    kind: str
    """Its standard type, by the role map; the type as written where there is none."""
    page: Key
    """Page object that its content is on; (0, 0) where it names none."""
    node: Any
    """The dictionary in the file."""
    kids: tuple[int | Content | Area, ...]
    """Numbers of elements, content, and annotations, in reading order."""

    @property
    def alt(self) -> str:
        return text(entry(self.node, "Alt")).strip()

    @property
    def spoken(self) -> str:
        """What is read out in place of its content."""
        return text(entry(self.node, "ActualText")).strip()

    @property
    def level(self) -> int:
        """1 for H1 and so on; 0 for all that is no numbered heading."""
        return int(self.kind[1:]) if self.kind[:1] == "H" and self.kind[1:].isdecimal() and len(self.kind) < 5 else 0


class Tree(Struct, frozen=True):
    """All elements of a document, in reading order."""

    elements: tuple[Element, ...] = ()
    numbers: Mapping[Key, int] = field(default_factory=dict[Key, int])
    """Which element an object of the file is."""
    roles: Mapping[str, str] = field(default_factory=dict[str, str])
    classes: Any = None
    repeated: tuple[int, ...] = ()
    """Numbers of elements that the tree holds at two places, or inside themselves."""
    whole: bool = True
    """False where only the first elements were read."""

    def below(self, element: Element) -> Iterator[Element]:
        """All elements inside an element, in reading order; numbers are given depth first."""
        waiting = [kid for kid in reversed(element.kids) if isinstance(kid, int)]
        while waiting:
            found = self.elements[waiting.pop()]
            yield found
            waiting.extend(kid for kid in reversed(found.kids) if isinstance(kid, int))

    def around(self, element: Element) -> Iterator[Element]:
        """The elements that an element stands in, nearest first."""
        while element.parent >= 0:
            element = self.elements[element.parent]
            yield element

    def parent_kind(self, element: Element) -> str:
        """The type of the element around it, looking through grouping that means nothing; empty at the top."""
        return next((e.kind for e in self.around(element) if e.kind not in _TRANSPARENT), "")

    def inside(self, element: Element) -> Iterator[Element]:
        """The elements directly inside an element, looking through grouping that means nothing."""
        waiting = [kid for kid in reversed(element.kids) if isinstance(kid, int)]
        while waiting:
            found = self.elements[waiting.pop()]
            if found.kind in _TRANSPARENT:
                waiting.extend(kid for kid in reversed(found.kids) if isinstance(kid, int))
            else:
                yield found

    def attribute(self, element: Element, owner: str, attribute: str) -> Any:
        """An attribute, from the element itself or from its classes (ISO 32000-1, 14.7.5); None without it."""
        own = items(entry(element.node, "A"))
        shared = [entry(self.classes, name(c)) for c in items(entry(element.node, "C")) if name(c)]
        for found in (*own, *(part for one in shared for part in items(one))):
            if name(entry(found, "O")) == owner and entry(found, attribute) is not None:
                return entry(found, attribute)
        return None


def read_tree(root: object) -> Tree:
    """The tree under a StructTreeRoot; empty where there is none."""
    if not is_dictionary(root):
        return Tree()
    mapped = entry(root, "RoleMap")
    roles = {tag: name(entry(mapped, tag)) for tag in names_of(mapped)}
    nodes: list[Any] = []
    parents: list[int] = []
    kids: list[list[int | Content | Area]] = []
    depths: list[int] = []
    numbered: dict[Key, int] = {}
    repeated: list[int] = []
    complete = True
    # what is still to be read, the next one last: an object, the number of the element around it, and its page
    waiting: list[tuple[Any, int]] = [(kid, -1) for kid in reversed(items(entry(root, "K")))]
    while waiting:
        found, parent = waiting.pop()
        if isinstance(found, int) and not isinstance(found, bool):
            if parent >= 0:
                kids[parent].append(Content(key(entry(nodes[parent], "Pg")), found))
        elif not is_dictionary(found):
            continue
        elif name(entry(found, "Type")) == "MCR":
            mark = whole(entry(found, "MCID"))
            if mark is not None and parent >= 0:
                owner = entry(found, "Stm") or entry(found, "Pg") or entry(nodes[parent], "Pg")
                kids[parent].append(Content(key(owner), mark))
        elif name(entry(found, "Type")) == "OBJR":
            if parent >= 0:
                kids[parent].append(Area(key(entry(found, "Obj"))))
        elif name(entry(found, "S")):
            this = key(found)
            if this in numbered and this != (0, 0):
                repeated.append(numbered[this])
                continue
            depth = depths[parent] + 1 if parent >= 0 else 0
            if len(nodes) >= MOST_ELEMENTS or depth > _DEEPEST:
                complete = False
                continue
            number = len(nodes)
            depths.append(depth)
            nodes.append(found)
            parents.append(parent)
            kids.append([])
            if this != (0, 0):
                numbered[this] = number
            if parent >= 0:
                kids[parent].append(number)
            waiting.extend((kid, number) for kid in reversed(items(entry(found, "K"))))
    elements = tuple(
        Element(
            i, parents[i], name(entry(n, "S")), standard(name(entry(n, "S")), roles), key(entry(n, "Pg")), n,
            tuple(kids[i]),
        )
        for i, n in enumerate(nodes)
    )  # fmt: skip
    return Tree(elements, numbered, roles, entry(root, "ClassMap"), tuple(repeated), complete)


def standard(tag: str, roles: Mapping[str, str]) -> str:
    """The standard type that a tag stands for by the role map; the tag itself where it leads to none."""
    found, seen = tag, {tag}
    while not is_standard(found) and found in roles:
        found = roles[found]
        if found in seen:
            return tag
        seen.add(found)
    return found if is_standard(found) else tag


def is_standard(tag: str) -> bool:
    """Whether a type needs no role map."""
    return tag in STANDARD or tag in _LATER or (tag[:1] == "H" and tag[1:].isdecimal())


def read_number_tree(root: object, most: int = MOST_ELEMENTS) -> dict[int, Any]:
    """The entries of a number tree (ISO 32000-1, 7.9.7); the first `most` of a larger one."""
    found: dict[int, Any] = {}
    seen: set[Key] = set()
    waiting: list[Any] = [root]
    while waiting and len(found) < most:
        node = waiting.pop()
        if not is_dictionary(node) or (key(node) in seen and key(node) != (0, 0)):
            continue
        seen.add(key(node))
        pairs: Sequence[Any] = array(entry(node, "Nums"))
        for place in range(0, len(pairs) - 1, 2):
            number = whole(pairs[place])
            if number is not None:
                found[number] = pairs[place + 1]
        waiting.extend(reversed(array(entry(node, "Kids"))))
    return found


def box(value: object) -> tuple[float, float, float, float] | None:
    """A rectangle as left, bottom, right, top in points; None where it is none."""
    edges = [number(edge) for edge in array(value)]
    if len(edges) != 4 or any(edge is None for edge in edges):
        return None
    x0, y0, x1, y1 = (edge for edge in edges if edge is not None)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def language_of(node: object) -> str | None:
    """The language that a dictionary states; None where it states none."""
    found = entry(node, "Lang")
    return text(found) if isinstance(found, pikepdf.String) else None
