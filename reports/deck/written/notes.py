"""What an advisor says to a slide, below it; and the stamp of a draft."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from reports.deck.words.text import TextRun
from reports.deck.written.paragraphs import emu, hundredths
from reports.deck.written.shapes import NAMESPACES, set_place, set_rectangle
from reports.powerpoint.box import Box
from reports.powerpoint.record.identity import add_marker
from reports.powerpoint.xml import Element, add, qualified, root

_REMEMBERED = 8
"""Notes pages without words: each template has one."""


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
    set_place(add(look, "a:xfrm"), box)
    set_rectangle(look)
    add(add(look, "a:solidFill"), "a:schemeClr", {"val": "bg1"})
    add(add(add(look, "a:ln", {"w": str(emu(1.25))}), "a:solidFill"), "a:schemeClr", {"val": "tx1"})
    body = add(shape, "p:txBody")
    none = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0")
    add(add(body, "a:bodyPr", {"wrap": "square", **none, "anchor": "ctr"}), "a:noAutofit")
    add(body, "a:lstStyle")
    paragraph = add(body, "a:p")
    add(paragraph, "a:pPr", {"algn": "ctr"})
    run = add(paragraph, "a:r")
    letters = add(run, "a:rPr", {"lang": language, "sz": hundredths(size), "b": "1", "cap": "all"})
    add(add(letters, "a:solidFill"), "a:schemeClr", {"val": "tx1"})
    add(run, "a:t").text = word


def notes_page(
    slide: str, lines: Sequence[Sequence[TextRun]], body: int, picture: int | None, language: str
) -> Element:
    """The notes page of a slide, which is marked by its id, as every slide's is: no other mark outlives LibreOffice.

    `body` and `picture` are the indexes of the notes master's placeholders.
    """
    page = copy.deepcopy(_empty_page(body, picture))
    text = next(page.iter(qualified("p:txBody")))
    for line in lines or ((),):
        paragraph = add(text, "a:p")
        for other, spans in groupby(line, key=lambda span: span.language):
            run = add(paragraph, "a:r")
            add(run, "a:rPr", {"lang": other or language})
            add(run, "a:t").text = "".join(span.text for span in spans)
        if not line:
            add(paragraph, "a:endParaRPr", {"lang": language})
    add_marker(page, slide)
    return page


@lru_cache(_REMEMBERED)
def _empty_page(body: int, picture: int | None) -> Element:
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
    add(add(page, "p:clrMapOvr"), "a:masterClrMapping")
    return page
