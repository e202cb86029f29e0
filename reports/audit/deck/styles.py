"""How text on a slide looks in the end: its size, weight and colour through all that it inherits, and what it is on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from reports.powerpoint.opened import Element, child, children, is_on, q, share, whole
from reports.powerpoint.palette import Paint, Rgb
from reports.powerpoint.slides import Deck, Shape, Slide, SlidePart, placeholder_of, text_of

_USUAL_SIZE = 18.0
_STYLES = {"title": "p:titleStyle", "ctrTitle": "p:titleStyle", "dt": "p:otherStyle", "ftr": "p:otherStyle"}
_PLAIN_TABLES = ("{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}")
"""PowerPoint's own table styles that have neither fills nor colours of text of their own."""
_COVERED, _TOUCHED = 0.9, 0.1
"""From how much of a text on it a shape counts as its background, and up to how much it counts as beside it."""


class Run(Struct, frozen=True):
    """Letters that look alike."""

    text: str
    size: float
    """Points."""
    bold: bool
    colour: Paint | None
    """None where it is not known: in a gradient, in a table style that the file does not hold."""
    grounds: tuple[Rgb, ...]
    """What it may stand on; empty where that is not known: on a picture, over an edge."""
    paragraph: int = 0
    """Which of its body's paragraphs it is in, from 0."""


class Unknown:
    """A fill that a program cannot tell one colour of."""


UNKNOWN = Unknown()
Fill = Paint | Unknown | None
"""None is no fill: what lies below is seen."""


def bodies(shape: Shape) -> Iterator[tuple[Element, Element | None]]:
    """The text bodies of a shape, in a table each with its cell."""
    if shape.body is not None:
        yield shape.body, None
    for cell in (cell for row in _rows(shape) for cell in row):
        body = child(cell, "a:txBody")
        if body is not None and not is_on(cell, "hMerge") and not is_on(cell, "vMerge"):
            yield body, cell


def _rows(shape: Shape) -> list[list[Element]]:
    """The cells of a table, row by row; none of what is no table."""
    return [row.findall(q("a:tc")) for row in shape.element.iter(q("a:tr"))] if shape.kind == "table" else []


def runs(deck: Deck, slide: Slide, shape: Shape) -> Iterator[Run]:
    """The runs of text in a shape that hold more than blanks."""
    worded = [(body, cell) for body, cell in bodies(shape) if text_of(body)]
    if not worded:
        return
    if shape not in slide.grounds:
        slide.grounds[shape] = _grounds(slide, shape)
    beneath: tuple[Rgb, ...] = slide.grounds[shape]
    cells = _cell_places(shape)
    for body, cell in worded:
        fit = child(body, "a:bodyPr", "a:normAutofit")
        scale = share(fit, "fontScale") or 1.0
        table = None if cell is None else _TableLook(deck, slide, shape, cell, cells[cell])
        grounds = beneath if table is None else table.grounds(beneath)
        if table is None:
            grounds = _on_own_fill(own_fill(slide, shape), beneath)
        for number, paragraph in enumerate(body.iter(q("a:p"))):
            level = min(max(whole(child(paragraph, "a:pPr"), "lvl") or 0, 0), 8)
            inherited = list(levels(slide, shape, body, level))
            usual = _level(child(deck.root, "p:defaultTextStyle"), level)
            for run in children(paragraph):
                words = "".join(str(t.text or "") for t in run.iter(q("a:t")))
                if run.tag not in (q("a:r"), q("a:fld")) or not words.strip():
                    continue
                own = child(run, "a:rPr")
                chain = [found for found in (own, *inherited, usual) if found is not None]
                size = next((s for look in chain if (s := whole(look, "sz"))), None)
                bold = next((is_on(look, "b") for look in chain if look.get("b") is not None), None)
                points = (_USUAL_SIZE if size is None else size / 100) * scale
                if bold is None:
                    bold = table is not None and table.bold
                colour = _colour(slide, shape, own, inherited, usual) if table is None else table.colour(own)
                yield Run(words, points, bold, colour, grounds, number)


# -- what text inherits ----------------------------------------------------------


def levels(slide: Slide, shape: Shape, body: Element, level: int) -> Iterator[Element]:
    """The run properties that a paragraph's level inherits, nearest first, before those of the whole deck.

    Cells do not inherit from the placeholder that their table stands in.
    """
    lists = [child(body, "a:lstStyle")]
    if shape.placeholder is not None and shape.kind != "table":
        lists.extend(child(source, "p:txBody", "a:lstStyle") for source in shape.sources)
        styles = child(None if slide.master is None else slide.master.root, "p:txStyles")
        lists.append(child(styles, _STYLES.get(_type(shape), "p:bodyStyle")))
    for found in lists:
        look = _level(found, level)
        if look is not None:
            yield look


def _level(styles: Element | None, level: int) -> Element | None:
    return child(styles, f"a:lvl{level + 1}pPr", "a:defRPr")


def _type(shape: Shape) -> str:
    """A placeholder's type; a slide may leave it to the layout."""
    for element in (shape.element, *shape.sources):
        found = placeholder_of(element)
        if found is not None and found.type != "obj":
            return "ftr" if found.type in ("sldNum", "hdr") else found.type
    return "body"


_FILLS = ("a:solidFill", "a:gradFill", "a:blipFill", "a:pattFill", "a:noFill", "a:grpFill")


def _fill_of(holder: Element | None) -> Element | None:
    return next((found for name in _FILLS if (found := child(holder, name)) is not None), None)


def _link(slide: Slide, own: Element | None) -> Paint | None:
    """The colour of a link, which its run cannot change; None for what is no link."""
    link = child(own, "a:hlinkClick")
    if link is None or any(mark.get("val") == "tx" for mark in link.iter(q("ahyp:hlinkClr"))):
        return None
    return slide.palette.named("hlink")


def _plain(slide: Slide, fill: Element) -> Paint | None:
    return slide.palette.paint(fill) if fill.tag == q("a:solidFill") else None


def _colour(
    slide: Slide, shape: Shape, own: Element | None, inherited: Sequence[Element], usual: Element | None
) -> Paint | None:
    """The colour of a run: a link's, its own, the nearest it inherits, its shape's style, else the deck's."""
    link = _link(slide, own)
    if link is not None:
        return link
    for look in (own, *inherited):
        found = _fill_of(look)
        if found is not None:
            return _plain(slide, found)
    style = child(shape.element, "p:style", "a:fontRef")
    reference = None if style is None else slide.palette.paint(style)
    found = _fill_of(usual)
    if reference is None and found is not None:
        return _plain(slide, found)
    return reference or slide.palette.named("tx1")


# -- what text stands on ---------------------------------------------------------


def own_fill(slide: Slide, shape: Shape) -> Fill:
    """What a shape is filled with, itself or by what it inherits; worked out once."""
    if shape not in slide.fills:
        slide.fills[shape] = _found_fill(slide, shape)
    return slide.fills[shape]


def _found_fill(slide: Slide, shape: Shape) -> Fill:
    for holder in (shape.look, *(child(source, "p:spPr") for source in shape.sources)):
        found = _fill_of(holder)
        if found is not None:
            return _painted(slide, found)
    reference = child(shape.element, "p:style", "a:fillRef")
    number = whole(reference, "idx") or 0
    if reference is None or number == 0:
        return None
    fills = list(children(child(slide.palette.theme, "a:themeElements", "a:fmtScheme", "a:fillStyleLst")))
    if not 1 <= number <= len(fills) or fills[number - 1].tag != q("a:solidFill"):
        return UNKNOWN
    return slide.palette.paint(fills[number - 1], slide.palette.paint(reference)) or UNKNOWN


def _painted(slide: Slide, fill: Element) -> Fill:
    if fill.tag == q("a:noFill"):
        return None
    return (slide.palette.paint(fill) if fill.tag == q("a:solidFill") else None) or UNKNOWN


def _on_own_fill(fill: Fill, beneath: tuple[Rgb, ...]) -> tuple[Rgb, ...]:
    if fill is None:
        return beneath
    if isinstance(fill, Unknown):
        return ()
    if fill.opacity >= 1:
        return (fill.colour,)
    return tuple(fill.over(ground) for ground in beneath)


def _grounds(slide: Slide, shape: Shape) -> tuple[Rgb, ...]:
    """The colours below a shape: of the nearest shape that lies under all of it, else of the slide."""
    layers: list[Paint] = []
    for below in _below(slide, shape):
        if below.box is None or shape.box is None:
            continue
        covered = shape.box.shared(below.box)
        if covered < _TOUCHED:
            continue
        fill: Fill = UNKNOWN if below.kind not in ("shape", "text") else own_fill(slide, below)
        if fill is None:
            continue
        if isinstance(fill, Unknown) or covered < _COVERED:
            return ()
        layers.append(fill)
        if fill.opacity >= 1:
            break
    found = layers.pop().colour if layers and layers[-1].opacity >= 1 else background(slide)
    if found is None:
        return ()
    for layer in reversed(layers):
        found = layer.over(found)
    return (found,)


def _below(slide: Slide, shape: Shape) -> Iterator[Shape]:
    """What is painted before a shape, the nearest first: of the slide, then of its layout and master."""
    painted = slide.painted
    for place in range(slide.order.get(shape, len(painted)) - 1, -1, -1):
        yield painted[place]
    shown = slide.root.get("showMasterSp") not in ("0", "false")
    for sheet in (slide.layout, slide.master):
        if sheet is None or not shown:
            return
        yield from (found for found in reversed(sheet.painted) if found.placeholder is None)
        shown = sheet.root.get("showMasterSp") not in ("0", "false")


def background(slide: Slide) -> Rgb | None:
    """The slide's own colour, or its layout's or master's; None where it is a picture or a gradient."""
    for sheet in (slide, slide.layout, slide.master):
        if sheet is None:
            continue
        found = child(sheet.common, "p:bg")
        if found is not None:
            return _background_colour(slide, sheet, found)
    white = slide.palette.named("bg1")
    return white.colour if white is not None else (1.0, 1.0, 1.0)


def _background_colour(slide: Slide, sheet: SlidePart, background: Element) -> Rgb | None:
    reference = child(background, "p:bgRef")
    if reference is not None:
        number = whole(reference, "idx") or 0
        paint = sheet.palette.paint(reference)
        fills = list(children(child(sheet.palette.theme, "a:themeElements", "a:fmtScheme", "a:bgFillStyleLst")))
        if 1001 <= number <= 1000 + len(fills):
            fill = fills[number - 1001]
            paint = sheet.palette.paint(fill, paint) if fill.tag == q("a:solidFill") else None
        return None if paint is None else paint.colour
    fill = _fill_of(child(background, "p:bgPr"))
    if fill is None or fill.tag != q("a:solidFill"):
        return None
    paint = slide.palette.paint(fill)
    return None if paint is None else paint.colour


# -- tables ------------------------------------------------------------------------


class _CellPlace(Struct, frozen=True):
    """Where in its table a cell stands, from 0."""

    row: int
    column: int
    is_in_last_row: bool
    is_last_in_row: bool


def _cell_places(shape: Shape) -> dict[Element, _CellPlace]:
    rows = _rows(shape)
    return {
        cell: _CellPlace(row, column, row == len(rows) - 1, column == len(cells) - 1)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    }


class _TableLook:
    """How one cell of a table looks by the table's style."""

    def __init__(self, deck: Deck, slide: Slide, shape: Shape, cell: Element, place: _CellPlace) -> None:
        self._slide, self._cell = slide, cell
        self._marks = child(shape.element, "a:graphic", "a:graphicData", "a:tbl", "a:tblPr")
        named = child(self._marks, "a:tableStyleId")
        self._id = "" if named is None else str(named.text or "").strip()
        style = deck.table_styles.get(self._id)
        self._known = style is not None or not self._id or self._id in _PLAIN_TABLES
        self._parts = (
            [] if style is None else [p for name in self._places(place) if (p := child(style, name)) is not None]
        )

    def _places(self, place: _CellPlace) -> Iterator[str]:
        """The parts of a table style that count for a place, the strongest first."""
        if place.row == 0 and is_on(self._marks, "firstRow"):
            yield "a:firstRow"
        if place.is_in_last_row and is_on(self._marks, "lastRow"):
            yield "a:lastRow"
        if place.column == 0 and is_on(self._marks, "firstCol"):
            yield "a:firstCol"
        if place.is_last_in_row and is_on(self._marks, "lastCol"):
            yield "a:lastCol"
        if is_on(self._marks, "bandRow"):
            banded = place.row - is_on(self._marks, "firstRow")
            yield "a:band1H" if banded % 2 == 0 else "a:band2H"
        if is_on(self._marks, "bandCol"):
            banded = place.column - is_on(self._marks, "firstCol")
            yield "a:band1V" if banded % 2 == 0 else "a:band2V"
        yield "a:wholeTbl"

    @property
    def bold(self) -> bool:
        styles = (child(part, "a:tcTxStyle") for part in self._parts)
        return next((is_on(style, "b") for style in styles if style is not None and style.get("b")), False)

    def colour(self, own: Element | None) -> Paint | None:
        """The colour of a run in it; None where the file does not hold the style that says it."""
        fill = _fill_of(own)
        if _link(self._slide, own) is not None or fill is not None:
            return _link(self._slide, own) or _plain(self._slide, fill)
        if not self._known:
            return None
        for part in self._parts:
            style = child(part, "a:tcTxStyle")
            if any(found.tag.endswith("Clr") for found in children(style)):
                return self._slide.palette.paint(style)
        return self._slide.palette.named("tx1")

    def grounds(self, beneath: tuple[Rgb, ...]) -> tuple[Rgb, ...]:
        """What its text stands on."""
        own = _fill_of(child(self._cell, "a:tcPr"))
        if own is not None:
            return _on_own_fill(_painted(self._slide, own), beneath)
        if not self._known:
            return ()
        for part in self._parts:
            found = _fill_of(child(part, "a:tcStyle", "a:fill"))
            if found is not None:
                return _on_own_fill(_painted(self._slide, found), beneath)
            if child(part, "a:tcStyle", "a:fillRef") is not None:
                return ()
        return beneath
