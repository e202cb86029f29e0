"""A deck as the rules look at it: slides with their shapes in reading order, and what they inherit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from reports.powerpoint.box import Box
from reports.powerpoint.opened import BrokenPackageError, Element, PartsByName, child, children, is_on, q, whole
from reports.powerpoint.palette import Palette
from reports.powerpoint.slides import Deck, Kind, PlaceholderMark, Shape, Slide, SlidePart, every, placeholder_of

MOST_SLIDES = 2_000
"""Slides of a deck that are read."""

_MOST_SHAPES = 1_000
"""Of a slide; each is compared with those that lie below it."""

_MOST_OF_ALL = 20_000
"""Shapes of all slides of a deck."""

_DEEPEST_GROUP = 20

EMU = 12_700
"""English Metric Units in a point."""

_FRAMES: dict[str, Kind] = {
    "chart": "chart",
    "chartex": "chart",
    "table": "table",
    "diagram": "diagram",
    "ole": "object",
}

_VIDEO = ("videoFile", "quickTimeFile", "audioFile", "wavAudioFile")


class WrongKindError(Exception):
    """An Office file that is no presentation."""


def read_deck(package: PartsByName) -> Deck:
    """Read a package.

    Raises BrokenPackageError where its main part or a slide is missing or broken, WrongKindError for another document.
    """
    start = package.related("", "officeDocument")
    if not start:
        raise BrokenPackageError("it has no main part")
    root = package.xml(start)
    if root.tag != q("p:presentation"):
        raise WrongKindError
    relations = package.relations(start)
    listed = list(children(child(root, "p:sldIdLst")))
    size = child(root, "p:sldSz")
    width, height = (
        max((whole(size, name) or usual) / EMU, 1.0) for name, usual in (("cx", 12_192_000), ("cy", 6_858_000))
    )
    sheets: dict[str, SlidePart] = {}
    left = _MOST_OF_ALL
    slides: list[Slide] = []
    for number, entry in enumerate(listed[:MOST_SLIDES], 1):
        target = relations.get(str(entry.get(q("r:id")) or ""))
        if target is None or target.outside:
            raise BrokenPackageError(f"slide {number} is missing")
        slide = read_slide(package, target.target, number, str(entry.get("id") or ""), sheets, min(left, _MOST_SHAPES))
        left -= sum(1 for _ in every(slide.shapes))
        slides.append(slide)
    core = package.optional(package.related("", "core-properties"))
    title = "" if core is None else str(core.findtext(q("dc:title")) or "").strip()
    styles = package.optional(package.related(start, "tableStyles"))
    known = {str(style.get("styleId") or ""): style for style in children(styles)}
    return Deck(root, tuple(slides), len(listed), title, width, height, known)


def read_slide(
    package: PartsByName,
    part: str,
    number: int,
    identity: str,
    sheets: dict[str, SlidePart],
    most: int = _MOST_SHAPES,
) -> Slide:
    """Read one slide of at `most` so many shapes; `identity` is its number in the file, `sheets` holds the layouts
    and masters that were read so far. Raises BrokenPackageError where it is missing or broken.
    """
    root = package.xml(part)
    layout_part = package.related(part, "slideLayout")
    master_part = package.related(layout_part, "slideMaster") if layout_part else ""
    master = _sheet(package, master_part, None, sheets)
    layout = _sheet(package, layout_part, master, sheets)
    notes = package.optional(package.related(part, "notesSlide"))
    inherited = tuple(sheet for sheet in (layout, master) if sheet is not None)
    palette = _palette(root, inherited[0].palette if inherited else Palette(None, {}))
    reading = _Reading(inherited, most)
    shapes = reading.shapes(root)
    return Slide(root, shapes, palette, reading.whole, number, part, identity, layout, master, notes)


def _sheet(package: PartsByName, part: str, master: SlidePart | None, sheets: dict[str, SlidePart]) -> SlidePart | None:
    """A layout, with its master, or a master, without one."""
    root = package.optional(part) if part else None
    if root is None:
        return None
    if part not in sheets:
        if master is None:
            mapped = child(root, "p:clrMap")
            names = {} if mapped is None else {str(k): str(v) for k, v in mapped.attrib.items()}
            palette = Palette(package.optional(package.related(part, "theme")), names)
        else:
            palette = _palette(root, master.palette)
        reading = _Reading(() if master is None else (master,), _MOST_SHAPES)
        sheets[part] = SlidePart(root, reading.shapes(root), palette, reading.whole)
    return sheets[part]


def _palette(root: Element, above: Palette) -> Palette:
    mapped = child(root, "p:clrMapOvr", "a:overrideClrMapping")
    return above if mapped is None else Palette(above.theme, {str(k): str(v) for k, v in mapped.attrib.items()})


class _Frame(Struct, frozen=True):
    """How coordinates inside a group become coordinates of the slide."""

    x: float = 0.0
    y: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def box(self, place: Element | None) -> Box | None:
        if place is None:
            return None
        off, ext = place.find(q("a:off")), place.find(q("a:ext"))
        numbers = whole(off, "x"), whole(off, "y"), whole(ext, "cx"), whole(ext, "cy")
        if any(number is None for number in numbers):
            return None
        left, top, width, height = (number / EMU for number in numbers if number is not None)
        return Box(self.x + left * self.across, self.y + top * self.down, width * self.across, height * self.down)

    def inner(self, place: Element | None) -> _Frame:
        outer = self.box(place)
        off, ext = child(place, "a:chOff"), child(place, "a:chExt")
        x, y, width, height = whole(off, "x"), whole(off, "y"), whole(ext, "cx"), whole(ext, "cy")
        if outer is None or x is None or y is None or not width or not height:
            return self
        across, down = outer.width * EMU / width, outer.height * EMU / height
        return _Frame(outer.left - x / EMU * across, outer.top - y / EMU * down, across, down)


class _Reading:
    """One way through the shapes of a slide, layout or master; `inherited` are the sheets above it, nearest first."""

    def __init__(self, inherited: Sequence[SlidePart], most: int) -> None:
        self._inherited = inherited
        self._left = most
        self.whole = True
        """False once something was left out."""

    def shapes(self, root: Element) -> tuple[Shape, ...]:
        """The shapes of a sheet, in reading order."""
        return tuple(self._read(child(root, "p:cSld", "p:spTree"), _Frame(), 0))

    def _read(self, tree: Element | None, frame: _Frame, depth: int) -> Iterator[Shape]:
        for element in children(tree):
            mark = placeholder_of(element)
            kind = _kind(element, mark)
            if kind is None:
                continue
            if self._left <= 0 or depth > _DEEPEST_GROUP:
                self.whole = False
                return
            self._left -= 1
            if kind == "group":
                place = child(element, "p:grpSpPr", "a:xfrm")
                inner = tuple(self._read(element, frame.inner(place), depth + 1))
                yield Shape(element, kind, frame.box(place), inner, placeholder=mark)
            else:
                sources = tuple(_sources(mark, self._inherited)) if mark is not None else ()
                box = frame.box(_place(element))
                if box is None:
                    box = next((found for s in sources if (found := _Frame().box(_place(s))) is not None), None)
                yield Shape(element, kind, box, (), sources, mark)


def _place(element: Element) -> Element | None:
    found = child(element, "p:spPr", "a:xfrm")
    return found if found is not None else child(element, "p:xfrm")


def _kind(element: Element, mark: PlaceholderMark | None) -> Kind | None:
    tag = element.tag
    if tag == q("p:sp"):
        return "text" if mark is not None or is_on(child(element, "p:nvSpPr", "p:cNvSpPr"), "txBox") else "shape"
    if tag == q("p:pic"):
        marks = children(child(element, "p:nvPicPr", "p:nvPr"))
        return "video" if any(mark.tag.rsplit("}", 1)[-1] in _VIDEO for mark in marks) else "picture"
    if tag == q("p:graphicFrame"):
        data = child(element, "a:graphic", "a:graphicData")
        kind = "" if data is None else str(data.get("uri") or "").rsplit("/", 1)[-1]
        return _FRAMES.get(kind, "object")
    if tag == q("p:grpSp"):
        return "group"
    if tag == q("p:cxnSp"):
        return "line"
    return "ink" if tag == q("p:contentPart") else None


_ON_MASTER = {"ctrTitle": "title", "title": "title", "dt": "dt", "ftr": "ftr", "sldNum": "sldNum", "hdr": "hdr"}


def _sources(wanted: PlaceholderMark, inherited: Sequence[SlidePart]) -> Iterator[Element]:
    """The placeholders that a placeholder inherits from, nearest first (ECMA-376, part 1, 19.3.1.36)."""
    for sheet in inherited:
        known = sheet.placeholders
        if sheet.is_master:
            kind = _ON_MASTER.get(wanted.type, "body")
            found = next((s for s, mark in known if mark.type == kind), None)
        else:
            same = (s for s, mark in known if mark.index == wanted.index and _alike(mark.type, wanted.type))
            found = next(same, None)
            if found is None:
                found = next((s for s, mark in known if _alike(mark.type, wanted.type)), None)
            if found is not None and found.placeholder is not None and wanted.type == "obj":
                wanted = found.placeholder  # a slide may leave the type to its layout
        if found is not None:
            yield found.element


def _alike(one: str, other: str) -> bool:
    titles = ("title", "ctrTitle")
    return one == other or (one in titles and other in titles) or other == "obj"
