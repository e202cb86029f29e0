"""What a deck shows: its slides, read piece by piece."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

from msgspec import Struct

from reports.audit.opened import opened_deck
from reports.differences.charts import ChartValues, chart_values
from reports.differences.shown import Piece, PieceKind, Sheet, ShownDeck
from reports.powerpoint.opened import BrokenPackageError, Element, Package, child, children, q
from reports.powerpoint.record.identity import creation_of
from reports.powerpoint.slides import FOOT, Shape, Slide, placeholder_of

_CHANGES_BY_ITSELF = ("slidenum", "datetime")
"""Fields that PowerPoint fills in: the number of a slide, and the day on which it is shown."""
_LARGEST_PICTURE = 60_000_000
"""Pixels of a picture that are compared; larger ones by their files."""
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


def read_shown_deck(content: bytes, file: str) -> ShownDeck:
    """What a deck shows. Raises ProjectError for a damaged file, and for one that is no presentation."""
    package, deck = opened_deck(content, file)
    reading = _Reading(package)
    sheets = tuple(reading.sheet(slide) for slide in deck.slides)
    return ShownDeck(file, sheets, deck.all_slides, deck.height)


class _Reading(Struct, frozen=True):
    package: Package

    def sheet(self, slide: Slide) -> Sheet:
        pieces = tuple(piece for shape in slide.all_shapes if (piece := self._piece(slide, shape)) is not None)
        notes = _notes(slide.notes)
        if notes:
            pieces = (*pieces, Piece("notes", lines=notes))
        title = next((piece.words for piece in pieces if piece.kind == "title"), "")
        hidden = slide.root.get("show") in ("0", "false")
        return Sheet(slide.number, title, pieces, hidden, creation_of(slide.root))

    def _piece(self, slide: Slide, shape: Shape) -> Piece | None:
        """What a shape shows; None for what nobody sees, such as an empty placeholder."""
        match shape.kind:
            case "text" | "shape":
                if lines := _lines(shape.body):
                    kind: PieceKind = "title" if shape.is_title else "foot" if shape.is_foot else "text"
                    return Piece(kind, shape.name, shape.box, lines)
                if shape.kind == "text" or _is_invisible(shape):
                    return None
                form = child(shape.look, "a:prstGeom")
                return Piece("drawing", shape.name, shape.box, form="shape" if form is None else str(form.get("prst")))
            case "table":
                rows = (row.findall(q("a:tc")) for row in shape.element.iter(q("a:tr")))
                grid = tuple(tuple(" ".join(_lines(child(cell, "a:txBody"))) for cell in row) for row in rows)
                return Piece("table", shape.name, shape.box, grid=grid)
            case "chart":
                return Piece("chart", shape.name, shape.box, _alt(shape), chart=self._chart(slide, shape.element))
            case "picture":
                digests = self._digests(slide, shape.element)
                return Piece("picture", shape.name, shape.box, _alt(shape), digests=digests)
            case "diagram":
                return Piece("text", shape.name, shape.box, self._diagram(slide, shape.element))
            case "group":
                return None  # what is in it stands for itself
            case "line" | "ink":
                return Piece("drawing", shape.name, shape.box, form=shape.kind)
            case "object" | "video":
                return Piece("object", shape.name, shape.box, _alt(shape), form=shape.kind)

    def _target(self, slide: Slide, relation: str) -> str:
        found = self.package.relations(slide.part).get(relation)
        return "" if found is None or found.outside else found.target

    def _chart(self, slide: Slide, frame: Element) -> ChartValues | None:
        reference = next(frame.iter(q("c:chart")), None)
        part = "" if reference is None else self._target(slide, str(reference.get(q("r:id")) or ""))
        root = self.package.optional(part) if part else None
        return None if root is None else chart_values(root)

    def _diagram(self, slide: Slide, frame: Element) -> tuple[str, ...]:
        reference = next(frame.iter(_DIAGRAM), None)
        part = "" if reference is None else self._target(slide, str(reference.get(q("r:dm")) or ""))
        return _lines(self.package.optional(part) if part else None)

    def _digests(self, slide: Slide, element: Element) -> frozenset[str]:
        blips = [*element.iter(q("a:blip")), *element.iter(_SVG)]
        parts = {self._target(slide, str(blip.get(q("r:embed")) or "")) for blip in blips}
        return frozenset(digest for part in parts if part for digest in self._digests_of(part))

    def _digests_of(self, part: str) -> Iterator[str]:
        try:
            content = self.package.read(part)
        except BrokenPackageError:
            return
        yield hashlib.sha256(content).hexdigest()
        if (pixels := _pixels(content)) is not None:
            yield pixels


def _pixels(content: bytes) -> str | None:
    """A digest of what a picture shows, however it is packed; None for what is not made of pixels."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > _LARGEST_PICTURE:
                return None
            pixels = picture.convert("RGBA").tobytes()
            return hashlib.sha256(f"{picture.width} {picture.height}".encode() + pixels).hexdigest()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _is_invisible(shape: Shape) -> bool:
    """Whether a shape without words has neither a fill nor a line, and says so itself."""
    line = child(shape.look, "a:ln")
    bare = line is not None and child(line, "a:noFill") is not None
    return child(shape.look, "a:noFill") is not None and (bare or child(shape.element, "p:style") is None)


def _alt(shape: Shape) -> tuple[str, ...]:
    return (" ".join(shape.alt.split()),) if shape.alt else ()


def _notes(root: Element | None) -> tuple[str, ...]:
    """What a notes page says, without its number, date and head."""
    if root is None:
        return ()
    shapes = children(child(root, "p:cSld", "p:spTree"))
    said = (s for s in shapes if (mark := placeholder_of(s)) is None or mark.type not in (*FOOT, "sldImg"))
    return tuple(line for shape in said for line in _lines(child(shape, "p:txBody")))


def _lines(body: Element | None) -> tuple[str, ...]:
    """The lines of a text that hold words, without what PowerPoint fills in."""
    paragraphs = () if body is None else body.iter(q("a:p"))
    lines = (" ".join(line.split()) for one in paragraphs for line in "".join(_letters(one)).split("\n"))
    return tuple(line for line in lines if line)


def _letters(paragraph: Element) -> Iterator[str]:
    for part in paragraph.iter(q("a:t"), q("a:br"), q("m:t")):
        around = part.getparent()
        filled = around.tag == q("a:fld") and str(around.get("type") or "").startswith(_CHANGES_BY_ITSELF)
        if not filled:
            yield "\n" if part.tag == q("a:br") else str(part.text or "")
