"""A deck as it was read: slides, their shapes, and the words in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct, field

from reports.powerpoint.box import Box
from reports.powerpoint.opened import Element, child, children, is_on, q
from reports.powerpoint.palette import Palette

Kind = Literal["text", "shape", "picture", "chart", "table", "diagram", "object", "video", "group", "line", "ink"]

_TITLES = ("title", "ctrTitle")

_NAMED, _MARKS, _MARK = q("p:cNvPr"), q("p:nvPr"), q("p:ph")
_FOOT_BEGINS = 7 / 8
"""Of a slide's height: what stands lower is its foot."""
FOOT = ("dt", "ftr", "sldNum", "hdr")
"""Placeholders at a slide's edge."""


class PlaceholderMark(Struct, frozen=True):
    type: str
    index: str


class Shape(Struct, frozen=True, eq=False, dict=True):
    """One thing on a slide, layout or master."""

    element: Element
    kind: Kind
    box: Box | None
    """None where nothing tells."""
    inside: tuple[Shape, ...] = ()
    """Of a group."""
    sources: tuple[Element, ...] = ()
    """What a placeholder inherits from: the one on the layout, then the one on the master."""
    placeholder: PlaceholderMark | None = None
    """Which placeholder of its layout it fills."""

    @cached_property
    def properties(self) -> Element | None:
        """Its name, number and alternative text."""
        return properties_of(self.element)

    @property
    def name(self) -> str:
        return "" if self.properties is None else str(self.properties.get("name") or "")

    @property
    def alt(self) -> str:
        return "" if self.properties is None else str(self.properties.get("descr") or "").strip()

    @property
    def hidden(self) -> bool:
        return is_on(self.properties, "hidden")

    @property
    def decorative(self) -> bool:
        """Whether it is marked as having nothing to say."""
        marks = () if self.properties is None else self.properties.iter(q("adec:decorative"))
        return any(is_on(mark, "val") for mark in marks)

    @property
    def is_title(self) -> bool:
        return self.placeholder is not None and self.placeholder.type in _TITLES

    @property
    def is_foot(self) -> bool:
        return self.placeholder is not None and self.placeholder.type in FOOT

    @property
    def body(self) -> Element | None:
        """Its text."""
        return child(self.element, "p:txBody")

    @property
    def words(self) -> str:
        return text_of(self.body)

    @property
    def look(self) -> Element | None:
        """Its fill and lines."""
        return child(self.element, "p:spPr")


def properties_of(element: Element) -> Element | None:
    """What holds a shape's name, number and alternative text."""
    head = element[0] if len(element) else None
    if head is not None and len(head) and head[0].tag == _NAMED:  # where the schema has it
        return head[0]
    inner = (found for part in children(element) for found in children(part))
    return next((found for found in inner if found.tag.endswith("}cNvPr")), None)


def placeholder_of(element: Element) -> PlaceholderMark | None:
    """Which placeholder of its layout a shape fills; None where it fills none."""
    for part in element:
        marks = next((one for one in part if one.tag == _MARKS), None)
        found = None if marks is None else marks.find(_MARK)
        if found is not None:
            return PlaceholderMark(str(found.get("type") or "obj"), str(found.get("idx") or "0"))
    return None


def lines_of(body: Element | None) -> list[str]:
    """The lines of a text body: its paragraphs, divided where they say so; formulas are their letters."""
    paragraphs = () if body is None else body.iter(q("a:p"))
    return [line for paragraph in paragraphs for line in _letters(paragraph).split("\n")]


def _letters(paragraph: Element) -> str:
    found = paragraph.iter(q("a:t"), q("a:br"), q("m:t"))
    return "".join("\n" if part.tag == q("a:br") else str(part.text or "") for part in found)


def text_of(body: Element | None) -> str:
    """The words of a text body, its lines divided by spaces."""
    return " ".join(lines_of(body)).strip()


class SlidePart(Struct, frozen=True, eq=False, dict=True):
    """A slide, layout or master."""

    root: Element
    shapes: tuple[Shape, ...]
    palette: Palette
    whole: bool
    """False where it has more shapes, or groups inside groups, than are read."""

    @property
    def common(self) -> Element | None:
        return child(self.root, "p:cSld")

    @cached_property
    def sizes(self) -> dict[Any, int]:
        """The sizes of text that shapes inherit from it, as far as they were asked for already."""
        return {}

    @cached_property
    def is_master(self) -> bool:
        return child(self.root, "p:clrMap") is not None

    @cached_property
    def placeholders(self) -> tuple[tuple[Shape, PlaceholderMark], ...]:
        """Those of its shapes that fill a placeholder, or are one, with which it is."""
        return tuple((shape, shape.placeholder) for shape in self.shapes if shape.placeholder is not None)

    @cached_property
    def painted(self) -> tuple[Shape, ...]:
        """What may hide what lies below it, in the order in which it is painted: no groups, and no lines."""
        return tuple(s for s in every(self.shapes) if s.kind not in ("group", "line", "ink"))

    @cached_property
    def order(self) -> dict[Shape, int]:
        """The place of each painted shape in that order, from 0."""
        return {shape: place for place, shape in enumerate(self.painted)}


class Slide(SlidePart, frozen=True, eq=False, dict=True):
    number: int = 0
    """From 1."""
    part: str = ""
    """Name of its part in the package."""
    identity: str = ""
    """Its number in the file, which sections list."""
    layout: SlidePart | None = None
    master: SlidePart | None = None
    notes: Element | None = None

    @cached_property
    def fills(self) -> dict[Shape, Any]:
        """What its shapes and those of its layout are filled with, as far as that was asked already."""
        return {}

    @cached_property
    def grounds(self) -> dict[Shape, Any]:
        """The colours below its shapes, as far as they were asked for already."""
        return {}

    @property
    def place(self) -> str:
        return f"slide {self.number}"

    @property
    def title(self) -> Shape | None:
        return next((shape for shape in self.shapes if shape.is_title), None)

    @cached_property
    def all_shapes(self) -> tuple[Shape, ...]:
        """Every shape that is shown, those in groups as well, in reading order."""
        return tuple(every(self.shapes))


def every(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """Shapes and the shapes in groups; hidden ones are left out."""
    for shape in shapes:
        if not shape.hidden:
            yield shape
            yield from every(shape.inside)


class Deck(Struct, frozen=True):
    """A deck that was read."""

    root: Element
    slides: tuple[Slide, ...]
    all_slides: int
    """Slides that the file has."""
    title: str
    width: float
    height: float
    """Of a slide, in points."""
    table_styles: dict[str, Element] = field(default_factory=dict[str, Element])

    def at_foot(self, shape: Shape) -> bool:
        """Whether a shape stands at a slide's foot: by its place, or since it is a footer, date or number."""
        low = shape.box is not None and _FOOT_BEGINS * self.height <= shape.box.top < self.height
        return low or shape.is_foot

    @property
    def scale(self) -> float:
        """How large the slide is: its shorter side, measured by the 7.5 inches for which sizes of text are stated."""
        return min(self.width, self.height) / 540
