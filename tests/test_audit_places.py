"""What is seen at once in a deck: texts over an edge, on one another, half on a picture; and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from tests.audited import rules

PLACES = {"off-slide", "text-fits", "overlap", "text-on-art"}
TIMING = (
    '<p:timing xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:tnLst><p:par><p:cTn id="1" '
    'dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst><p:set><p:cBhvr><p:cTn id="2" dur="1"/><p:tgtEl>'
    '<p:spTgt spid="{number}"/></p:tgtEl></p:cBhvr></p:set></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>'
)


def found(*edits: Callable[[Any], object]) -> set[str]:
    """The rules for places that find something on a blank slide of 960 by 540 points, after these edits."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = Pt(960), Pt(540)
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for edit in edits:
        edit(slide)
    out = BytesIO()
    deck.save(out)
    return rules(out.getvalue()) & PLACES


def text(
    words: str, left: float, top: float, width: float = 300, height: float = 40, **how: Any
) -> Callable[[Any], Any]:
    def edit(slide: Any) -> Any:
        box = slide.shapes.add_textbox(Pt(left), Pt(top), Pt(width), Pt(height))
        box.text_frame.word_wrap = True
        box.text_frame.text = words
        for paragraph in box.text_frame.paragraphs:
            paragraph.font.size = Pt(20)
        box.rotation = how.get("turned", 0)
        if how.get("moves"):
            slide._element.append(etree.fromstring(TIMING.format(number=box.shape_id)))
        return box

    return edit


def rectangle(left: float, top: float, width: float, height: float, **how: Any) -> Callable[[Any], Any]:
    def edit(slide: Any) -> Any:
        box = slide.shapes.add_shape(how.get("kind", MSO_SHAPE.RECTANGLE), Pt(left), Pt(top), Pt(width), Pt(height))
        box.fill.solid()
        box.fill.fore_color.rgb = RGBColor(0xF4, 0xB9, 0x42)
        box.text_frame.text = how.get("words", "")
        return box

    return edit


def table(slide: Any) -> None:
    slide.shapes.add_table(3, 2, Pt(100), Pt(100), Pt(300), Pt(120))


@pytest.mark.parametrize(
    ("edits", "rule"),
    [
        ((text("These words go over the edge", 800, 100),), "off-slide"),
        ((text("Below the slide", 100, 600),), "off-slide"),
        ((text("One text", 100, 100), text("Another text", 110, 106)), "overlap"),
        ((text("On a table", 120, 120), table), "overlap"),
        ((rectangle(100, 100, 120, 20, words="Far more words than this small box has room for, " * 3),), "text-fits"),
        ((rectangle(100, 100, 80, 60), text("Half on it, half beside it", 110, 110)), "text-on-art"),
        ((text("Nobody reads this", 100, 100), rectangle(100, 100, 120, 60)), "text-on-art"),
    ],
)
def test_what_is_seen_at_once_is_found(edits: tuple[Callable[[Any], object], ...], rule: str) -> None:
    assert found(*edits) == {rule}


@pytest.mark.parametrize(
    "edits",
    [
        (text("One text", 100, 100), text("Another text", 100, 130)),
        (text("One text", 100, 100, 400), text("Another text", 300, 100)),
        (text("Above\n\n\n\nbelow", 100, 100, height=140), text("In the gap", 100, 145)),
        (text("One text", 100, 100, moves=True), text("Another text", 110, 106)),
        (text("Turned", 100, 100, turned=90), text("Not turned", 110, 106)),
        (rectangle(100, 100, 400, 80), text("Wholly on it", 110, 110)),
        (rectangle(100, 100, 80, 60), rectangle(90, 90, 400, 80), text("On the second, wholly", 110, 110)),
        (rectangle(100, 100, 80, 60, kind=MSO_SHAPE.PARALLELOGRAM), text("By a slanted shape, or on it", 110, 110)),
        (rectangle(900, 100, 200, 60),),
        (text("A text in a box that ends beyond the slide", 500, 100, 600),),
    ],
)
def test_what_only_looks_like_it_is_left_alone(edits: tuple[Callable[[Any], object], ...]) -> None:
    assert found(*edits) == set()
