"""Structure elements of a tagged PDF: a tree while pages are drawn, in which finished rows are packed into numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

Attributes = Mapping[str, str | int | tuple[float, ...]]
"""Attributes of a structure element: `O` names their owner (Table, List, Layout); strings are written as names."""


class Element(Struct, eq=False):
    """One structure element, and what it holds, in reading order."""

    tag: str
    alt: str = ""
    spoken: str = ""
    """What is read out in place of the text that is drawn."""
    attributes: Attributes | None = None
    language: str = ""
    """Where it is not the document's: BCP 47."""
    identity: str = ""
    """A name of its own, for what must have one."""
    kids: list[Element | Content | Area | Packed] = field(default_factory=list["Element | Content | Area | Packed"])


class Content(Struct, frozen=True):
    """One marked-content sequence; page counted from 0."""

    page: int
    mark: int


class Area(Struct, frozen=True):
    """The clickable rectangle of a link on a page."""

    page: int
    rectangle: tuple[float, float, float, float]
    contents: str
    address: str
    target: str


_CONTENT = -1


class Packed(Struct, eq=False):
    """Elements that nothing is added to any more, one behind the other, 20 bytes for a cell in place of 500.

    An element is the number of its kind, how many kids it has, and the kids; a content is -1, page, mark.
    """

    numbers: array[int] = field(default_factory=lambda: array("i"))
    elements: int = 0
    """How many there are, those within others included."""

    def contents(self, at: int = 0) -> Iterator[Content]:
        """The marked-content sequences in it, in reading order, from the element that begins at a place."""
        numbers = self.numbers
        while at < len(numbers):
            if numbers[at] == _CONTENT:
                yield Content(numbers[at + 1], numbers[at + 2])
                at += 3
            else:
                at += 2


class Packing:
    """Packs elements and knows their kinds: what they are but for their kids."""

    def __init__(self) -> None:
        self.kinds: list[Element] = []
        self._known: dict[tuple[object, ...], int] = {}

    def pack(self, element: Element, into: Packed) -> bool:
        """Add an element to those that are packed; whether that can be: it has content, and no link."""
        numbers: list[int] = []
        count = self._flatten(element, numbers)
        if not count or _CONTENT not in numbers:
            return False
        into.numbers.extend(numbers)
        into.elements += count
        return True

    def _flatten(self, element: Element, numbers: list[int]) -> int:
        """How many elements were added to `numbers`; 0 where something in them cannot be packed."""
        count = 1
        numbers.extend((self._kind(element), len(element.kids)))
        for kid in element.kids:
            if isinstance(kid, Content):
                numbers.extend((_CONTENT, kid.page, kid.mark))
            elif isinstance(kid, Element) and (inner := self._flatten(kid, numbers)):
                count += inner
            else:
                return 0
        return count

    def _kind(self, element: Element) -> int:
        attributes = tuple(element.attributes.items()) if element.attributes else ()
        key = (element.tag, element.alt, element.spoken, element.language, element.identity, attributes)
        number = self._known.setdefault(key, len(self.kinds))
        if number == len(self.kinds):
            self.kinds.append(replace(element, kids=[]))
        return number

    def unpacked(self, packed: Packed) -> Iterator[tuple[int, Element]]:
        """The elements, each made when it is asked for, with how many there are before it."""
        numbers, at, before = packed.numbers, 0, 0
        while at < len(numbers):
            element, at, count = self._element(numbers, at)
            yield before, element
            before += count

    def _element(self, numbers: array[int], at: int) -> tuple[Element, int, int]:
        """The element at a place, the place behind it, and how many elements it is, with those in it."""
        kind, kids = self.kinds[numbers[at]], numbers[at + 1]
        made = replace(kind, kids=[])
        at, count = at + 2, 1
        for _ in range(kids):
            if numbers[at] == _CONTENT:
                made.kids.append(Content(numbers[at + 1], numbers[at + 2]))
                at += 3
            else:
                kid, at, inner = self._element(numbers, at)
                made.kids.append(kid)
                count += inner
        return made, at, count


def packed_in(element: Element) -> int:
    """How many elements are packed in an element and those in it."""
    inside = (packed_in(kid) for kid in element.kids if isinstance(kid, Element))
    return sum(inside) + sum(kid.elements for kid in element.kids if isinstance(kid, Packed))
