"""The shapes of a slide as DrawingML elements: text goes in as text, never as markup."""

from __future__ import annotations

from collections.abc import Sequence

from reports.deck.planned.plan import TablePart
from reports.deck.words.frames import Placeholder, TextFrame
from reports.deck.words.text import Passage
from reports.deck.written.paragraphs import NUMBER_FIELD, Pen, add_cell, add_paragraphs, emu, hundredths
from reports.powerpoint.box import Box
from reports.powerpoint.record.identity import creation_id, set_creation
from reports.powerpoint.steps import set_steps
from reports.powerpoint.xml import A, C, Element, P, R, add, parse, qualified, root

NAMESPACES = {"a": A, "p": P, "r": R}
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_DECORATIVE_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_HOLDS_CHARTS = ("obj", "chart")
"""Kinds of places on a layout."""
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own table style without lines and fills: ours are on the cells."""


class SlideTree:
    """A slide in the making: its tree of shapes, which get their numbers in reading order."""

    def __init__(self, slide_id: str) -> None:
        self.root = root("p:sld", NAMESPACES)
        common = add(self.root, "p:cSld")
        self.tree = add(common, "p:spTree")
        group = add(self.tree, "p:nvGrpSpPr")
        add(group, "p:cNvPr", {"id": "1", "name": ""})
        add(group, "p:cNvGrpSpPr")
        add(group, "p:nvPr")
        add(self.tree, "p:grpSpPr")
        self._count = 1
        self._steps: list[tuple[str, Sequence[range]]] = []
        set_creation(self.root, creation_id(slide_id))
        add(add(self.root, "p:clrMapOvr"), "a:masterClrMapping")

    def finished(self) -> Element:
        """The slide, when all is in it."""
        set_steps(self.root, self._steps)
        return self.root

    def _named(self, parent: Element, element: str, alt: str | None = None) -> Element:
        """Number, name and description of a shape; by the name, which people see in the selection pane, a later run
        finds it again on its slide."""
        self._count += 1
        attributes = {"id": str(self._count), "name": element}
        if alt is not None:
            attributes["descr"] = alt
        return add(parent, "p:cNvPr", attributes)

    def one_by_one(self, clicks: Sequence[range]) -> None:
        """Let paragraphs of the shape that was added last appear, a click for each range of them."""
        self._steps.append((str(self._count), clicks))

    # -- shapes ------------------------------------------------------------------

    def text(self, element: str, frame: TextFrame, passages: Sequence[Passage], size: float | None, pen: Pen) -> None:
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
            set_place(add(look, "a:xfrm"), frame.box)
        if free:
            set_rectangle(look)
            add(look, "a:noFill")
        body = add(shape, "p:txBody")
        inside = {"wrap": "square", **_insets(frame)} if free else {}
        if frame.anchored:
            inside["anchor"] = frame.anchored
        add(add(body, "a:bodyPr", inside), "a:noAutofit")
        add(body, "a:lstStyle")
        add_paragraphs(body, frame, passages, size, pen)

    def number(self, frame: TextFrame, number: int, pen: Pen) -> None:
        """The slide number, which PowerPoint keeps right when slides move."""
        shape = add(self.tree, "p:sp")
        head = add(shape, "p:nvSpPr")
        self._named(head, "Slide number")
        add(add(head, "p:cNvSpPr"), "a:spLocks", {"noGrp": "1"})
        _placeholder(add(head, "p:nvPr"), frame.placeholder)
        look = add(shape, "p:spPr")
        if frame.moved:
            set_place(add(look, "a:xfrm"), frame.box)
        body = add(shape, "p:txBody")
        add(body, "a:bodyPr")
        add(body, "a:lstStyle")
        field = add(add(body, "a:p"), "a:fld", {"id": NUMBER_FIELD, "type": "slidenum"})
        look = add(field, "a:rPr", {"lang": pen.language})
        if frame.unsaid:
            look.set("sz", hundredths(frame.style(0).size))
        if frame.colour:
            look.append(parse(frame.colour))
        add(field, "a:t").text = str(number)

    def panel(self, element: str, box: Box, colour: str) -> None:
        """A plain rectangle for the eye alone; `colour` is "#RRGGBB" or one of the theme's."""
        shape = add(self.tree, "p:sp")
        head = add(shape, "p:nvSpPr")
        _decorative(self._named(head, element, ""))
        add(head, "p:cNvSpPr")
        add(head, "p:nvPr")
        look = add(shape, "p:spPr")
        set_place(add(look, "a:xfrm"), box)
        set_rectangle(look)
        kind = "a:srgbClr" if colour.startswith("#") else "a:schemeClr"
        add(add(look, "a:solidFill"), kind, {"val": colour.lstrip("#")})
        add(add(look, "a:ln"), "a:noFill")

    def picture(
        self, element: str, box: Box, alt: str | None, png: str, svg: str | None, frame: TextFrame | None
    ) -> None:
        """A picture by the relationship ids of its PNG or JPEG, and of the SVG that newer programs draw instead.

        Without `alt` it is for the eye alone.
        """
        shape = add(self.tree, "p:pic")
        head = add(shape, "p:nvPicPr")
        named = self._named(head, element, alt or "")
        if alt is None:
            _decorative(named)
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
        set_place(add(look, "a:xfrm"), box)
        set_rectangle(look)

    def chart(self, element: str, box: Box, alt: str, relation: str, frame: TextFrame | None) -> None:
        """A chart that PowerPoint draws, by the relationship id of its part; a place for pictures cannot hold it."""
        shape = add(self.tree, "p:graphicFrame")
        head = add(shape, "p:nvGraphicFramePr")
        self._named(head, element, alt)
        add(add(head, "p:cNvGraphicFramePr"), "a:graphicFrameLocks", {"noGrp": "1"})
        placeholder = frame.placeholder if frame else None
        _placeholder(add(head, "p:nvPr"), placeholder if placeholder and placeholder.type in _HOLDS_CHARTS else None)
        set_place(add(shape, "p:xfrm"), box)
        data = add(add(shape, "a:graphic"), "a:graphicData", {"uri": C})
        add(data, "c:chart", {qualified("r:id"): relation}, {"c": C})

    def table(self, table: TablePart, look: TextFrame | None, scale: float, pen: Pen) -> None:
        """A native table with a header row and hairlines; `look` gives colour and face where the theme's are wrong."""
        shape = add(self.tree, "p:graphicFrame")
        head = add(shape, "p:nvGraphicFramePr")
        self._named(head, table.slot, table.name)
        add(add(head, "p:cNvGraphicFramePr"), "a:graphicFrameLocks", {"noGrp": "1"})
        _placeholder(add(head, "p:nvPr"), table.frame.placeholder if table.frame else None)
        box = Box(table.box.left, table.box.top, sum(table.widths), sum(table.heights))
        set_place(add(shape, "p:xfrm"), box)
        grid = add(add(add(shape, "a:graphic"), "a:graphicData", {"uri": _TABLE}), "a:tbl")
        add(add(grid, "a:tblPr", {"firstRow": "1"}), "a:tableStyleId").text = _NO_STYLE
        columns = add(grid, "a:tblGrid")
        for width in table.widths:
            add(columns, "a:gridCol", {"w": str(emu(width))})
        for i, (row, height) in enumerate(zip(table.rows, table.heights)):
            line = add(grid, "a:tr", {"h": str(emu(height))})
            for column, cell in enumerate(row):
                last = column == len(row) - 1
                add_cell(line, cell, table, table.aligns[column], i == 0, last, look, scale, pen)


def set_place(transform: Element, box: Box) -> None:
    """Where a shape is and how large."""
    add(transform, "a:off", {"x": str(emu(box.left)), "y": str(emu(box.top))})
    add(transform, "a:ext", {"cx": str(emu(box.width)), "cy": str(emu(box.height))})


def set_rectangle(look: Element) -> None:
    """That a shape is a rectangle."""
    add(add(look, "a:prstGeom", {"prst": "rect"}), "a:avLst")


def _decorative(named: Element) -> None:
    """That a shape is for the eye alone."""
    extension = add(add(named, "a:extLst"), "a:ext", {"uri": _DECORATIVE})
    mark = f"{{{_DECORATIVE_NAMESPACE}}}decorative"
    add(extension, mark, {"val": "1"}, {"adec": _DECORATIVE_NAMESPACE})


def _placeholder(parent: Element, placeholder: Placeholder | None) -> None:
    if placeholder:
        attributes = {} if placeholder.type == "obj" else {"type": placeholder.type}
        if placeholder.index:
            attributes["idx"] = str(placeholder.index)
        add(parent, "p:ph", attributes)


def _insets(frame: TextFrame) -> dict[str, str]:
    return {name: str(emu(inset)) for name, inset in zip(("lIns", "tIns", "rIns", "bIns"), frame.insets)}
