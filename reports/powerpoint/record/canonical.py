"""The values of shapes as no editor changes them by opening and saving: what is compared to find who changed what."""

from __future__ import annotations

import copy
import hashlib
import re
import unicodedata
from base64 import b85encode
from collections.abc import Iterator

from msgspec import Struct

from reports.powerpoint.opened import NAMESPACES, Element, child, q, whole
from reports.powerpoint.parts import Link, Part
from reports.powerpoint.record.identity import creation_of
from reports.powerpoint.slides import Shape, SlidePart, placeholder_of, properties_of
from reports.powerpoint.xml import canonical_bytes

_EMU = 12_700
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FIELDS = ("slidenum", "datetime")
_BREAK, _FIELD, _LETTERS = q("a:br"), q("a:fld"), q("a:t")
_PIECES = frozenset((q("a:r"), _BREAK, _FIELD))
_HEADS = frozenset((q("p:nvGrpSpPr"), q("p:grpSpPr")))
_RELATIONS = f"{{{NAMESPACES['r']}}}"
_RELATIONS_NAME = NAMESPACES["r"].encode()
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
TITLES = ("title", "ctrTitle")


class Series(Struct, frozen=True, array_like=True):
    """One series of a native chart."""

    name: str
    values: tuple[str, ...]
    """For each category, as text of at most 12 significant digits; "" for none."""
    labels: tuple[tuple[int, str], ...] = ()
    """Points, from 0, with a label of their own, and its words where they do not follow from the value."""
    marked: tuple[int, ...] = ()
    """Points that look otherwise than the series."""


class ChartValues(Struct, frozen=True, array_like=True):
    """The numbers of a native chart."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    scale: tuple[str, ...] = ()
    """Least and greatest value of the value axis and the step between its lines, where the chart states them."""
    form: str = ""
    """Which kinds of chart it is put together of, as its part says it."""
    steps: str = ""
    """How far the labels of its categories are apart, where the chart states it."""

    @property
    def numbers(self) -> tuple[object, ...]:
        """What it tells, whatever its looks."""
        return (self.categories, *((one.name, one.values) for one in self.series))


class ShapeValues(Struct, frozen=True, omit_defaults=True):
    """One shape of a slide."""

    kind: str
    """"text" for all that may hold words, "picture", "table", "chart", or "shape" for lines and objects."""
    digest: str = ""
    """Of all that is said of it, but for its name and number: the same means that nobody touched it."""
    place: tuple[int, int, int, int] | None = None
    """Left, top, width, height in EMU; None where the editor moves it by itself."""
    mark: str = ""
    """The type of the placeholder that it fills."""
    alt: str = ""
    text: tuple[str, ...] = ()
    """Its paragraphs."""
    size: int = 0
    """Of its text, in hundredths of a point, where it says so."""
    cells: tuple[tuple[str, ...], ...] = ()
    files: tuple[str, ...] = ()
    """Digests of a picture's files."""
    chart: ChartValues | None = None


def digest(content: bytes) -> str:
    """Fifteen characters that stand for bytes."""
    return b85encode(hashlib.sha256(content).digest()[:12]).decode()


# -- text ----------------------------------------------------------------------------


def normal(text: str) -> str:
    """Text as all editors write it: composed characters, no escapes, one kind of line end."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return unicodedata.normalize("NFC", plain).replace("\r", "\n")


def pieces(paragraph: Element) -> list[Element]:
    """What of a paragraph has letters: runs, line breaks, fields."""
    return [one for one in paragraph if one.tag in _PIECES]


def letters(piece: Element) -> str:
    """The letters of one of them: a vertical tab for a line break, none for fields that count or tell the date."""
    tag = piece.tag
    if tag == _BREAK:
        return "\v"
    if tag == _FIELD and str(piece.get("type") or "").startswith(_FIELDS):
        return ""
    return str(piece.findtext(_LETTERS) or "")


def paragraph_text(paragraph: Element) -> str:
    """A paragraph as text."""
    return normal("".join(map(letters, pieces(paragraph))))


def body_text(body: Element | None) -> tuple[str, ...]:
    """The paragraphs of a text body; none where it has no words."""
    found = () if body is None else tuple(paragraph_text(one) for one in body.findall(q("a:p")))
    return found if any(found) else ()


def notes_body(notes: Element | None) -> Element | None:
    """The body of a notes page that the speaker's words stand in."""
    for shape in () if notes is None else notes.iter(q("p:sp")):
        mark = placeholder_of(shape)
        if mark is not None and mark.type == "body":
            return child(shape, "p:txBody")
    return None


# -- tables, pictures, charts --------------------------------------------------------


def table_rows(element: Element) -> list[Element]:
    """The rows of a table's shape."""
    table = child(element, "a:graphic", "a:graphicData", "a:tbl")
    return [] if table is None else table.findall(q("a:tr"))


def table_cells(element: Element) -> tuple[tuple[str, ...], ...]:
    """The words in the cells of a table's shape, row by row; paragraphs are divided by line ends."""
    return tuple(
        tuple("\n".join(body_text(child(cell, "a:txBody"))) for cell in row.findall(q("a:tc")))
        for row in table_rows(element)
    )


def picture_links(element: Element) -> Iterator[str]:
    """The ids of a picture's files: the one for all programs, then a drawing for newer ones."""
    image = child(element, "p:blipFill", "a:blip")
    for one in () if image is None else (image, *image.iter(f"{{{_SVG}}}svgBlip")):
        if key := one.get(f"{_RELATIONS}embed"):
            yield str(key)


def _files(element: Element, part: Part) -> tuple[str, ...]:
    links = (part.links.get(key) for key in picture_links(element))
    return tuple(digest(link.target.content) for link in links if link and isinstance(link.target, Part))


def chart_part(element: Element, part: Part) -> Part | None:
    """The part of a native chart's numbers."""
    for one in element.iter(f"{{{NAMESPACES['c']}}}chart"):
        link = part.links.get(str(one.get(f"{_RELATIONS}id") or ""))
        if link is not None and isinstance(link.target, Part):
            return link.target
    return None


# -- shapes --------------------------------------------------------------------------


def canonical(shape: Shape, part: Part, master: SlidePart | None, grouped: bool = False) -> ShapeValues:
    """The values of one shape of a slide; `part` and `master` are the slide's, `grouped` where a group moves it."""
    element, mark = shape.element, shape.placeholder
    rows = table_cells(element) if shape.kind == "table" else ()
    body = shape.body
    text = body_text(body)
    files = _files(element, part) if shape.kind == "picture" else ()
    numbers = chart_part(element, part) if shape.kind == "chart" else None
    values = None
    if numbers is not None:
        from reports.powerpoint.record.charts import chart_values

        values = chart_values(numbers.tree)
    return ShapeValues(
        kind=_kind(shape, values is not None),
        digest=element_digest(element, part),
        place=None if grouped else _place(shape, body),
        mark="" if mark is None else "title" if mark.type in TITLES else mark.type,
        alt=shape.alt,
        text=text,
        size=size_of(shape, master),
        cells=rows,
        files=files,
        chart=values,
    )


def _kind(shape: Shape, numbers: bool) -> str:
    if shape.kind == "chart":
        return "chart" if numbers else "shape"
    if shape.kind in ("picture", "table"):
        return shape.kind
    return "text" if shape.kind in ("text", "shape") else "shape"  # some programs give every shape an empty text


def _place(shape: Shape, body: Element | None) -> tuple[int, int, int, int] | None:
    if shape.box is None or (body is not None and next(body.iter(q("a:spAutoFit")), None) is not None):
        return None
    box = shape.box
    height = 0.0 if shape.kind == "table" else box.height  # rows are as high as the program sets their words
    return (round(box.left * _EMU), round(box.top * _EMU), round(box.width * _EMU), round(height * _EMU))


def size_of(shape: Shape, master: SlidePart | None) -> int:
    """The size of a shape's first words, in hundredths of a point, said or inherited; 0 where nothing tells."""
    run = next(shape.element.iter(q("a:r")), None)
    if run is None:
        return 0
    if said := whole(child(run, "a:rPr"), "sz"):
        return said
    level = whole(child(run.getparent(), "a:pPr"), "lvl") or 0
    name = f"a:lvl{min(level, 8) + 1}pPr"
    return whole(child(shape.element, "p:txBody", "a:lstStyle", name, "a:defRPr"), "sz") or _size_above(
        shape, name, master
    )


def _size_above(shape: Shape, name: str, master: SlidePart | None) -> int:
    """The size of a level of text, by its name, that a shape inherits; 0 where nothing tells."""
    kind = "p:titleStyle" if shape.is_title else "p:bodyStyle" if shape.placeholder else "p:otherStyle"
    known = {} if master is None else master.sizes
    key = (shape.sources, name, kind)
    if key not in known:
        styles = None if master is None else child(master.root, "p:txStyles", kind)
        lists = (*(child(one, "p:txBody", "a:lstStyle") for one in shape.sources), styles)
        found = (whole(child(one, name, "a:defRPr"), "sz") for one in lists)
        known[key] = next((size for size in found if size), 0)
    return known[key]


def element_digest(element: Element, part: Part) -> str:
    """A digest of a shape and of all that it refers to, but for its name and number."""
    bare = copy.deepcopy(element)
    bare.tail = None
    named = properties_of(bare)
    if named is not None:
        named.attrib.pop("id", None)
        named.attrib.pop("name", None)
    for field in bare.iter(_FIELD):
        if str(field.get("type") or "").startswith(_FIELDS):
            for said in field.findall(_LETTERS):
                said.text = ""
    return digest(_resolved(bare, part))


def frame_digest(slide: Element, layout: str) -> str:
    """A digest of a slide without its shapes: background, transition, timing, layout."""
    bare = _thinned(slide, "p:cSld", "p:spTree")  # shapes are most of it, and are not copied first
    for mark in bare.iter(q("p14:creationId")):
        mark.attrib.clear()
    return digest(canonical_bytes(bare) + layout.encode())


def _thinned(element: Element, *path: str) -> Element:
    """A copy of an element in which what lies at the end of a path has nothing but the head of a tree of shapes."""
    bare = element.makeelement(element.tag, dict(element.attrib), element.nsmap)
    bare.text, bare.tail = element.text, element.tail
    thin = element.find(q(path[0])) if path else None
    for one in element:
        if one is thin:
            bare.append(_thinned(one, *path[1:]))
        elif path or one.tag in _HEADS:
            bare.append(copy.deepcopy(one))
    return bare


def _resolved(bare: Element, part: Part) -> bytes:
    plain = canonical_bytes(bare)
    if _RELATIONS_NAME not in plain:  # as most of them, which refer to nothing
        return plain
    for one in bare.iter():
        for name in [name for name in one.attrib if str(name).startswith(_RELATIONS)]:
            link = part.links.get(str(one.get(name)))
            one.set(name, "" if link is None else target_digest(link))
    return canonical_bytes(bare)


def target_digest(link: Link) -> str:
    """What stands for a thing that a part refers to, whatever it is called in the file."""
    if isinstance(link.target, str):
        return link.target
    if link.kind == "slide":
        return creation_of(link.target.tree)
    if link.kind == "chart":
        inner = "".join(target_digest(one) for _, one in sorted(link.target.links.items()))
        return digest(link.target.content) + inner
    return digest(link.target.content)
