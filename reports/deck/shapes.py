"""The shapes of a slide as DrawingML elements: text goes in as text, never as markup."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reports.deck.frames import Frame, Placeholder, TextStyle
from reports.deck.plan import TablePart
from reports.deck.tables import GUTTER
from reports.deck.text import Passage, Span, hanging, indent_of, style_of
from reports.powerpoint.box import Box
from reports.powerpoint.xml import P14, A, Element, P, R, add, parse, part_bytes, qualified, root

NAMESPACES = {"a": A, "p": P, "r": R}

_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_DECORATIVE_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_CREATION = "{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}"
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own table style without lines and fills: ours are on the cells."""
_NUMBER_FIELD = "{7E4C9A0B-1D52-4F3C-9B57-0A6C1B7E2D11}"
_CODE_FACE = "Courier New"
_HEAD_GAP = 4.0
"""Between the words of a table's header and the line below them, on a slide 540 pt high."""

Linker = Callable[[Span], dict[str, str]]
"""Attributes of `a:hlinkClick` for a span that leads somewhere."""


def emu(points: float) -> int:
    """PowerPoint's unit: 12,700 to the point."""
    return round(points * 12700)


@dataclass(frozen=True, slots=True)
class Pen:
    """What all text of a deck has in common."""

    language: str
    link: Linker
    own: bool
    """Whether the template is Fairsheet's own, whose theme says which colour is muted."""


class Sheet:
    """A slide in the making: its tree of shapes, which get their numbers in reading order."""

    def __init__(self, slide_id: str, title: str) -> None:
        self._slide = slide_id
        self.root = root("p:sld", NAMESPACES)
        common = add(self.root, "p:cSld")
        self.tree = add(common, "p:spTree")
        group = add(self.tree, "p:nvGrpSpPr")
        add(group, "p:cNvPr", {"id": "1", "name": ""})
        add(group, "p:cNvGrpSpPr")
        add(group, "p:nvPr")
        add(self.tree, "p:grpSpPr")
        self._count = 1
        extension = add(add(common, "p:extLst"), "p:ext", {"uri": _CREATION})
        seed = hashlib.sha256(f"{title}\n{slide_id}".encode()).digest()
        add(extension, "p14:creationId", {"val": str(int.from_bytes(seed[:4], "big") or 1)}, {"p14": P14})
        add(add(self.root, "p:clrMapOvr"), "a:masterClrMapping")

    def bytes(self) -> bytes:
        """The slide's part."""
        return part_bytes(self.root)

    def _named(self, parent: Element, element: str, alt: str | None = None) -> Element:
        """Number, name and description of a shape; the name is how a later build finds it again."""
        self._count += 1
        attributes = {"id": str(self._count), "name": f"pd:{self._slide}/{element}"}
        if alt is not None:
            attributes["descr"] = alt
        return add(parent, "p:cNvPr", attributes)

    # -- shapes ------------------------------------------------------------------

    def text(self, element: str, frame: Frame, passages: Sequence[Passage], size: float | None, pen: Pen) -> None:
        """A placeholder with text, or a text box where the layout has no placeholder."""
        shape = add(self.tree, "p:sp")
        head = add(shape, "p:nvSpPr")
        self._named(head, element)
        free = frame.placeholder is None
        kind = add(head, "p:cNvSpPr", {"txBox": "1"} if free else {})
        if frame.placeholder:
            add(kind, "a:spLocks", {"noGrp": "1"})
        _placeholder(add(head, "p:nvPr"), frame.placeholder)
        look = add(shape, "p:spPr")
        if free or frame.moved:
            _place(add(look, "a:xfrm"), frame.box)
        if free:
            _rectangle(look)
            add(look, "a:noFill")
        body = add(shape, "p:txBody")
        inside = {"wrap": "square", **_insets(frame)} if free else {}
        add(add(body, "a:bodyPr", inside), "a:noAutofit")
        add(body, "a:lstStyle")
        _paragraphs(body, frame, passages, size, pen)

    def number(self, frame: Frame, number: int, pen: Pen) -> None:
        """The slide number, which PowerPoint keeps right when slides move."""
        shape = add(self.tree, "p:sp")
        head = add(shape, "p:nvSpPr")
        self._named(head, "slide-number")
        add(add(head, "p:cNvSpPr"), "a:spLocks", {"noGrp": "1"})
        _placeholder(add(head, "p:nvPr"), frame.placeholder)
        look = add(shape, "p:spPr")
        if frame.moved:
            _place(add(look, "a:xfrm"), frame.box)
        body = add(shape, "p:txBody")
        add(body, "a:bodyPr")
        add(body, "a:lstStyle")
        field = add(add(body, "a:p"), "a:fld", {"id": _NUMBER_FIELD, "type": "slidenum"})
        add(field, "a:rPr", {"lang": pen.language})
        add(field, "a:t").text = str(number)

    def panel(self, element: str, box: Box, colour: str) -> None:
        """A plain rectangle behind a chart, for the eye alone."""
        shape = add(self.tree, "p:sp")
        head = add(shape, "p:nvSpPr")
        named = self._named(head, element, "")
        extension = add(add(named, "a:extLst"), "a:ext", {"uri": _DECORATIVE})
        mark = f"{{{_DECORATIVE_NAMESPACE}}}decorative"
        add(extension, mark, {"val": "1"}, {"adec": _DECORATIVE_NAMESPACE})
        add(head, "p:cNvSpPr")
        add(head, "p:nvPr")
        look = add(shape, "p:spPr")
        _place(add(look, "a:xfrm"), box)
        _rectangle(look)
        add(add(look, "a:solidFill"), "a:srgbClr", {"val": colour.lstrip("#")})
        add(add(look, "a:ln"), "a:noFill")

    def picture(self, element: str, box: Box, alt: str, png: str, svg: str | None, frame: Frame | None) -> None:
        """A picture by the relationship ids of its PNG or JPEG, and of the SVG that newer programs draw instead."""
        shape = add(self.tree, "p:pic")
        head = add(shape, "p:nvPicPr")
        self._named(head, element, alt)
        locks = {"noGrp": "1", "noChangeAspect": "1"} if frame else {"noChangeAspect": "1"}
        add(add(head, "p:cNvPicPr"), "a:picLocks", locks)
        _placeholder(add(head, "p:nvPr"), frame.placeholder if frame else None)
        fill = add(shape, "p:blipFill")
        image = add(fill, "a:blip", {qualified("r:embed"): png})
        if svg:
            extension = add(add(image, "a:extLst"), "a:ext", {"uri": _SVG})
            drawn = f"{{{_SVG_NAMESPACE}}}svgBlip"
            add(extension, drawn, {qualified("r:embed"): svg}, {"asvg": _SVG_NAMESPACE})
        add(add(fill, "a:stretch"), "a:fillRect")
        look = add(shape, "p:spPr")
        _place(add(look, "a:xfrm"), box)
        _rectangle(look)

    def table(self, table: TablePart, look: Frame | None, scale: float, pen: Pen) -> None:
        """A native table with a header row and hairlines; `look` gives colour and face where the theme's are wrong."""
        shape = add(self.tree, "p:graphicFrame")
        head = add(shape, "p:nvGraphicFramePr")
        self._named(head, "table", table.name)
        add(add(head, "p:cNvGraphicFramePr"), "a:graphicFrameLocks", {"noGrp": "1"})
        _placeholder(add(head, "p:nvPr"), table.frame.placeholder if table.frame else None)
        box = Box(table.box.left, table.box.top, sum(table.widths), sum(table.heights))
        _place(add(shape, "p:xfrm"), box)
        grid = add(add(add(shape, "a:graphic"), "a:graphicData", {"uri": _TABLE}), "a:tbl")
        add(add(grid, "a:tblPr", {"firstRow": "1"}), "a:tableStyleId").text = _NO_STYLE
        columns = add(grid, "a:tblGrid")
        for width in table.widths:
            add(columns, "a:gridCol", {"w": str(emu(width))})
        for i, (row, height) in enumerate(zip(table.rows, table.heights)):
            line = add(grid, "a:tr", {"h": str(emu(height))})
            for column, cell in enumerate(row):
                last = column == len(row) - 1
                _cell(line, cell, table, table.aligns[column], i == 0, last, look, scale, pen)


def add_stamp(layout: Element, word: str, box: Box, size: float, language: str) -> None:
    """Write a word in a frame onto a layout, readable on any background."""
    tree = layout.find(f"{qualified('p:cSld')}/{qualified('p:spTree')}")
    number = 1 + max(int(named.get("id")) for named in tree.iter(qualified("p:cNvPr")))
    shape = add(tree, "p:sp")
    head = add(shape, "p:nvSpPr")
    add(head, "p:cNvPr", {"id": str(number), "name": word})
    add(head, "p:cNvSpPr", {"txBox": "1"})
    add(head, "p:nvPr", {"userDrawn": "1"})
    look = add(shape, "p:spPr")
    _place(add(look, "a:xfrm"), box)
    _rectangle(look)
    add(add(look, "a:solidFill"), "a:schemeClr", {"val": "bg1"})
    add(add(add(look, "a:ln", {"w": str(emu(1.25))}), "a:solidFill"), "a:schemeClr", {"val": "tx1"})
    body = add(shape, "p:txBody")
    none = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0")
    add(add(body, "a:bodyPr", {"wrap": "square", **none, "anchor": "ctr"}), "a:noAutofit")
    add(body, "a:lstStyle")
    paragraph = add(body, "a:p")
    add(paragraph, "a:pPr", {"algn": "ctr"})
    run = add(paragraph, "a:r")
    letters = add(run, "a:rPr", {"lang": language, "sz": _size(size), "b": "1", "cap": "all"})
    add(add(letters, "a:solidFill"), "a:schemeClr", {"val": "tx1"})
    add(run, "a:t").text = word


def notes_bytes(lines: Sequence[Sequence[Span]], body: int, picture: int | None, language: str) -> bytes:
    """A notes page: `body` and `picture` are the indexes of the notes master's placeholders."""
    page = root("p:notes", NAMESPACES)
    tree = add(add(page, "p:cSld"), "p:spTree")
    group = add(tree, "p:nvGrpSpPr")
    add(group, "p:cNvPr", {"id": "1", "name": ""})
    add(group, "p:cNvGrpSpPr")
    add(group, "p:nvPr")
    add(tree, "p:grpSpPr")
    if picture is not None:
        shape = add(tree, "p:sp")
        head = add(shape, "p:nvSpPr")
        add(head, "p:cNvPr", {"id": "2", "name": "Slide"})
        add(add(head, "p:cNvSpPr"), "a:spLocks", {"noGrp": "1", "noRot": "1", "noChangeAspect": "1"})
        add(add(head, "p:nvPr"), "p:ph", {"type": "sldImg", "idx": str(picture)})
        add(shape, "p:spPr")
    shape = add(tree, "p:sp")
    head = add(shape, "p:nvSpPr")
    add(head, "p:cNvPr", {"id": "3", "name": "Notes"})
    add(add(head, "p:cNvSpPr"), "a:spLocks", {"noGrp": "1"})
    add(add(head, "p:nvPr"), "p:ph", {"type": "body", "idx": str(body)})
    add(shape, "p:spPr")
    text = add(shape, "p:txBody")
    add(text, "a:bodyPr")
    add(text, "a:lstStyle")
    for line in lines:
        paragraph = add(text, "a:p")
        for other, spans in groupby(line, key=lambda span: span.language):
            run = add(paragraph, "a:r")
            add(run, "a:rPr", {"lang": other or language})
            add(run, "a:t").text = "".join(span.text for span in spans)
        if not line:
            add(paragraph, "a:endParaRPr", {"lang": language})
    add(add(page, "p:clrMapOvr"), "a:masterClrMapping")
    return part_bytes(page)




def _place(transform: Element, box: Box) -> None:
    add(transform, "a:off", {"x": str(emu(box.left)), "y": str(emu(box.top))})
    add(transform, "a:ext", {"cx": str(emu(box.width)), "cy": str(emu(box.height))})


def _rectangle(look: Element) -> None:
    add(add(look, "a:prstGeom", {"prst": "rect"}), "a:avLst")


def _placeholder(parent: Element, placeholder: Placeholder | None) -> None:
    if placeholder:
        attributes = {} if placeholder.type == "obj" else {"type": placeholder.type}
        if placeholder.index:
            attributes["idx"] = str(placeholder.index)
        add(parent, "p:ph", attributes)


def _insets(frame: Frame) -> dict[str, str]:
    return {name: str(emu(inset)) for name, inset in zip(("lIns", "tIns", "rIns", "bIns"), frame.insets)}


def _size(points: float) -> str:
    return str(round(points * 100))


def _paragraphs(body: Element, frame: Frame, passages: Sequence[Passage], size: float | None, pen: Pen) -> None:
    free = frame.placeholder is None
    starts: dict[int, tuple[int, int]] = {}
    """For each level: the number that its list started with, and the last one."""
    for passage in passages:
        style = style_of(passage, frame, size)
        paragraph = add(body, "a:p")
        start = passage.number
        if passage.number is not None:
            first, last = starts.get(passage.level, (passage.number, passage.number - 1))
            start = first if passage.number == last + 1 else passage.number
            starts[passage.level] = (start, passage.number)
        _settings(paragraph, passage, style, start, free, frame)
        stated = free or size is not None
        for span in passage.spans:
            _runs(paragraph, span, style.size if stated else None, frame, passage.muted, pen)


def _settings(
    paragraph: Element, passage: Passage, style: TextStyle, start: int | None, free: bool, frame: Frame
) -> None:
    """Level, indent and list mark of a paragraph, as far as the template does not give them."""
    settings = root("a:pPr")
    if passage.level:
        settings.set("lvl", str(passage.level))
    listed = passage.bullet or passage.number is not None
    indent = indent_of(passage, style)
    if listed and (free or not style.bulleted or indent != style.indent):
        settings.set("marL", str(emu(indent)))
        settings.set("indent", str(-emu(min(indent, hanging(passage, style)))))
    elif not listed and (free or style.bulleted or style.indent):
        settings.set("marL", str(emu(indent)))
        settings.set("indent", "0")
    if frame.moved and frame.placeholder and frame.placeholder.type == "ftr":
        settings.set("algn", "l")
    if free:
        distance = add(settings, "a:lnSpc")
        if style.exactly is None:
            add(distance, "a:spcPct", {"val": str(round(style.spacing * 100_000))})
        else:
            add(distance, "a:spcPts", {"val": _size(style.exactly)})
        add(add(settings, "a:spcBef"), "a:spcPts", {"val": _size(style.before * style.size)})
    if passage.number is not None:
        add(settings, "a:buSzPct", {"val": "100000"})
        add(settings, "a:buFont", {"typeface": "+mj-lt"})
        numbering = {"type": "arabicPeriod"}
        if start and start != 1:
            numbering["startAt"] = str(start)
        add(settings, "a:buAutoNum", numbering)
    elif passage.bullet and not style.bulleted:
        add(settings, "a:buFont", {"typeface": "Arial"})
        add(settings, "a:buChar", {"char": "•"})
    elif not listed and style.bulleted:
        add(settings, "a:buNone")
    if len(settings) or settings.attrib:
        paragraph.append(settings)


def _runs(paragraph: Element, span: Span, size: float | None, frame: Frame | None, muted: bool, pen: Pen) -> None:
    for i, text in enumerate(span.text.split("\n")):
        if i:
            _look(add(paragraph, "a:br"), span, size, frame, muted, pen, linked=False)
        if text:
            run = add(paragraph, "a:r")
            _look(run, span, size, frame, muted, pen)
            add(run, "a:t").text = text


def _look(
    parent: Element, span: Span, size: float | None, frame: Frame | None, muted: bool, pen: Pen, linked: bool = True
) -> None:
    """Language, size, weight, colour and link of a run; what is not said is inherited."""
    attributes = {"lang": span.language or pen.language}
    if size is not None:
        attributes["sz"] = _size(size)
    if span.bold:
        attributes["b"] = "1"
    if span.italic:
        attributes["i"] = "1"
    if span.struck:
        attributes["strike"] = "sngStrike"
    if span.note:
        attributes["baseline"] = "30000"
    look = add(parent, "a:rPr", attributes)
    if muted and pen.own:
        add(add(look, "a:solidFill"), "a:schemeClr", {"val": "tx2"})
    elif frame and frame.colour:
        look.append(parse(frame.colour))
    if span.code or (frame and frame.typeface):
        add(look, "a:latin", {"typeface": _CODE_FACE if span.code or not frame else frame.typeface})
    if linked and (span.link or span.to):
        target = pen.link(span)
        if target:
            add(look, "a:hlinkClick", target)




def _cell(
    row: Element,
    spans: Sequence[Span],
    table: TablePart,
    align: str,
    header: bool,
    last: bool,
    frame: Frame | None,
    scale: float,
    pen: Pen,
) -> None:
    cell = add(row, "a:tc")
    body = add(cell, "a:txBody")
    add(body, "a:bodyPr")
    add(body, "a:lstStyle")
    paragraph = add(body, "a:p")
    add(paragraph, "a:pPr", {"algn": align})
    for span in spans:
        shown = replace(span, bold=header or span.bold)
        _runs(paragraph, shown, table.size, frame, muted=False, pen=pen)
    if not spans:
        add(paragraph, "a:endParaRPr", {"lang": pen.language, "sz": _size(table.size)})
    gutter = str(emu(GUTTER * scale))
    right = last and align == "r"
    margins = {"marL": gutter if right else "0", "marR": "0" if right else gutter, "marT": "0"}
    margins["marB"] = str(emu(_HEAD_GAP * scale)) if header else "0"
    look = add(cell, "a:tcPr", {**margins, "anchor": "b" if header else "ctr"})
    for side in ("a:lnL", "a:lnR", "a:lnT"):
        add(add(look, side, {"w": "0"}), "a:noFill")
    line = add(look, "a:lnB", {"w": str(emu(1.25 if header else 0.75))})
    if pen.own:
        add(add(line, "a:solidFill"), "a:schemeClr", {"val": "tx1" if header else "accent6"})
    else:
        stroke = parse(frame.colour) if frame and frame.colour else None
        if stroke is None:
            stroke = add(line, "a:solidFill")
            add(stroke, "a:schemeClr", {"val": "tx1"})
        else:
            line.append(stroke)
        if not header:
            add(stroke[0], "a:alpha", {"val": "35000"})
    add(look, "a:noFill")
