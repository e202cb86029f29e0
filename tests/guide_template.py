"""The PowerPoint template of an invented university, for the guide to decks: art of its own, and a spare layout to choose."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.shapetree import SlideShapes
from pptx.util import Pt

Place = tuple[float, float, float, float]
"""Left, top, width and height in points; a slide has 960 × 540."""

_EDGE = 54.0
_TITLE: Place = (_EDGE, 30, 720, 66)
_COLOURS = {
    "dk1": "1E2A2F", "lt1": "FFFFFF", "dk2": "12423A", "lt2": "EEF4EF", "accent1": "1C6E5A", "accent2": "C78A1B",
    "accent3": "5B7F95", "accent4": "8A4B3C", "accent5": "6B7A3A", "accent6": "7A6A9B", "hlink": "1C6E5A", "folHlink": "5B7F95",
}  # fmt: skip
_PLACES: dict[str, dict[int, Place]] = {
    "Title Slide": {0: (_EDGE, 150, 700, 110), 1: (_EDGE, 272, 700, 80)},
    "Section Header": {0: (300, 150, 606, 90), 1: (300, 252, 606, 120)},
    "Title and Content": {0: _TITLE, 1: (_EDGE, 122, 852, 340)},
    "Two Content": {0: _TITLE, 1: (_EDGE, 122, 412, 340), 2: (494, 122, 412, 340)},
    "Comparison": {
        0: _TITLE, 1: (_EDGE, 122, 412, 34), 2: (_EDGE, 162, 412, 300), 3: (494, 122, 412, 34), 4: (494, 162, 412, 300),
    },
    "Title Only": {0: _TITLE},
    "Title on Green": {0: (_EDGE, 12, 720, 66)},
}  # fmt: skip
_FEET: dict[str, Place] = {"dt": (_EDGE, 500, 160, 24), "ftr": (230, 500, 500, 24), "sldNum": (846, 500, 60, 24)}


def write_template(path: Path) -> None:
    """Write the template to `path`, a .pptx."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = Pt(960), Pt(540)
    master, layouts = deck.slide_master, {layout.name: layout for layout in deck.slide_layouts}
    layouts["Title on Green"] = _copied(layouts["Title Only"], layouts.pop("Title and Vertical Text"), "Title on Green")
    for name in list(layouts):
        if name not in _PLACES:
            deck.slide_layouts.remove(layouts.pop(name))
    _theme(master)
    _letters(master)
    for on in (master, *layouts.values()):
        _placed(on, _PLACES.get(on.name, _PLACES["Title and Content"]))
    _art(master, layouts)
    deck.save(str(path))


def _copied(model: Any, layout: Any, name: str) -> Any:
    """A layout made the same as a model, under a name of its own."""
    tree = layout.shapes._spTree
    for shape in list(tree.iterchildren(qn("p:sp"))):
        tree.remove(shape)
    for shape in model.shapes._spTree.iterchildren(qn("p:sp")):
        tree.append(deepcopy(shape))
    layout._element.set("type", "titleOnly")
    layout._element.cSld.set("name", name)
    return layout


def _theme(master: Any) -> None:
    part = master.part.part_related_by(RT.THEME)
    text = part.blob.decode("utf-8")
    for name, colour in _COLOURS.items():
        new = f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", new, text, flags=re.DOTALL)
    text = re.sub(r'(<a:(?:theme|clrScheme|fontScheme) [^>]*?name=")[^"]*"', r'\g<1>Example University"', text)
    part._blob = text.encode("utf-8")


def _letters(master: Any) -> None:
    """Titles at the left in the university's green; smaller text than python-pptx's own template has."""
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    letters = title.find(qn("a:defRPr"))
    letters.set("sz", "3000")
    letters.set("b", "1")
    letters.find(qn("a:solidFill")).find(qn("a:schemeClr")).set("val", "tx2")
    for level, size in zip(styles.find(qn("p:bodyStyle")), (2200, 2000, 1800, 1800, 1800), strict=False):
        level.find(qn("a:defRPr")).set("sz", str(size))


def _placed(on: Any, places: dict[int, Place]) -> None:
    """Put the places of a master or layout where they belong, titles in the middle of their height."""
    for shape in on.placeholders:
        mark = shape._element.nvSpPr.nvPr.find(qn("p:ph"))
        index = 1 if mark.get("type") == "body" and on.name not in _PLACES else int(mark.get("idx", "0"))
        place = _FEET.get(mark.get("type")) or places[index]
        shape.left, shape.top, shape.width, shape.height = map(Pt, place)
        if mark.get("type") in ("title", "ctrTitle"):
            shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _art(master: Any, layouts: dict[str, Any]) -> None:
    dark, green, gold = MSO_THEME_COLOR.TEXT_2, MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2
    _drawn(master, (0, 0, 14, 540), dark)
    _drawn(master, (_EDGE, 104, 60, 4), gold)
    _crest(master, 866, 30)
    for name in ("Title Slide", "Section Header", "Title on Green"):
        layouts[name]._element.set("showMasterSp", "0")
    cover, section, spare = layouts["Title Slide"], layouts["Section Header"], layouts["Title on Green"]
    cover.background.fill.solid()
    cover.background.fill.fore_color.theme_color = dark
    _drawn(cover, (0, 430, 960, 110), green)
    _drawn(cover, (0, 424, 960, 6), gold)
    _crest(cover, 866, 30)
    _drawn(section, (0, 0, 240, 540), dark)
    _drawn(section, (240, 0, 6, 540), gold)
    _crest(section, 100, 60)
    _drawn(spare, (0, 0, 960, 90), dark)
    _drawn(spare, (0, 90, 960, 4), gold)
    _crest(spare, 866, 20)
    for on, indexes in ((cover, (0, 1)), (spare, (0,))):
        for shape in on.placeholders:
            if shape.placeholder_format.idx in indexes:
                _white(shape)
    for shape in section.placeholders:
        if shape.placeholder_format.idx == 0:
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def _white(shape: Any) -> None:
    styles = shape._element.txBody.find(qn("a:lstStyle"))
    for old in list(styles):
        styles.remove(old)
    styles.append(
        parse_xml(
            f'<a:lvl1pPr {nsdecls("a")} marL="0" indent="0" algn="l"><a:buNone/>'
            '<a:defRPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        )
    )


def _drawn(on: Any, place: Place, colour: MSO_THEME_COLOR, kind: MSO_SHAPE = MSO_SHAPE.RECTANGLE) -> None:
    """A shape of one colour, below the places of a master or layout."""
    tree = on.shapes._spTree
    shape = SlideShapes(tree, on).add_shape(kind, *map(Pt, place))
    shape.fill.solid()
    shape.fill.fore_color.theme_color = colour
    shape.line.fill.background()
    shape.shadow.inherit = False
    drawn = len([one for one in tree.iterchildren(qn("p:sp")) if one.nvSpPr.nvPr.find(qn("p:ph")) is None])
    tree.remove(shape._element)
    tree.insert(1 + drawn, shape._element)


def _crest(on: Any, left: float, top: float) -> None:
    """A gold disc with two hills: the mark of a university that there is not."""
    _drawn(on, (left, top, 40, 40), MSO_THEME_COLOR.ACCENT_2, MSO_SHAPE.OVAL)
    _drawn(on, (left + 6, top + 16, 18, 15), MSO_THEME_COLOR.TEXT_2, MSO_SHAPE.ISOSCELES_TRIANGLE)
    _drawn(on, (left + 15, top + 10, 19, 21), MSO_THEME_COLOR.BACKGROUND_1, MSO_SHAPE.ISOSCELES_TRIANGLE)
