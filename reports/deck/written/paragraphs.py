"""Text in shapes: paragraphs, runs and cells as DrawingML writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reports.deck.planned.plan import TablePart
from reports.deck.words.frames import TextFrame, TextStyle
from reports.deck.words.tables import GUTTER
from reports.deck.words.text import Passage, TextRun, hanging, indent_of, style_of
from reports.powerpoint.xml import Element, add, parse, root

NUMBER_FIELD = "{7E4C9A0B-1D52-4F3C-9B57-0A6C1B7E2D11}"
_LINK_COLOUR = "{A12FA001-AC4F-418D-AE19-62706E023703}"
_LINK_NAMES = "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor"
_CODE_FACE = "Courier New"
_HEAD_GAP = 4.0
"""Between the words of a table's header and the line below them, on a slide 540 pt high."""
Linker = Callable[[TextRun], dict[str, str]]
"""Attributes of `a:hlinkClick` for a span that leads somewhere."""


def emu(points: float) -> int:
    """PowerPoint's unit: 12,700 to the point."""
    return round(points * 12700)


class Pen(Struct, frozen=True):
    """What all text of a deck has in common."""

    language: str
    link: Linker
    own: bool
    """Whether the template is Fairsheet's own, whose theme says which colour is muted."""


def hundredths(points: float) -> str:
    """A size of type as DrawingML writes it."""
    return str(round(points * 100))


def add_paragraphs(body: Element, frame: TextFrame, passages: Sequence[Passage], size: float | None, pen: Pen) -> None:
    """Set passages into the body of a shape."""
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
        stated = free or size is not None or frame.unsaid
        for span in passage.spans:
            _runs(paragraph, span, style.size if stated else None, frame, passage.muted, pen)


def _settings(
    paragraph: Element, passage: Passage, style: TextStyle, start: int | None, free: bool, frame: TextFrame
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
    if free:
        distance = add(settings, "a:lnSpc")
        if style.exactly is None:
            add(distance, "a:spcPct", {"val": str(round(style.spacing * 100_000))})
        else:
            add(distance, "a:spcPts", {"val": hundredths(style.exactly)})
        add(add(settings, "a:spcBef"), "a:spcPts", {"val": hundredths(style.before * style.size)})
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


def _runs(
    paragraph: Element, span: TextRun, size: float | None, frame: TextFrame | None, muted: bool, pen: Pen
) -> None:
    for i, text in enumerate(span.text.split("\n")):
        if i:
            _look(add(paragraph, "a:br"), span, size, frame, muted, pen, linked=False)
        if text:
            run = add(paragraph, "a:r")
            _look(run, span, size, frame, muted, pen)
            add(run, "a:t").text = text


def _look(
    parent: Element,
    span: TextRun,
    size: float | None,
    frame: TextFrame | None,
    muted: bool,
    pen: Pen,
    linked: bool = True,
) -> None:
    """Language, size, weight, colour and link of a run; what is not said is inherited."""
    attributes = {"lang": span.language or pen.language}
    if size is not None:
        attributes["sz"] = hundredths(size)
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
            click = add(look, "a:hlinkClick", target)
            if frame and frame.plain_links:
                extension = add(add(click, "a:extLst"), "a:ext", {"uri": _LINK_COLOUR})
                add(extension, f"{{{_LINK_NAMES}}}hlinkClr", {"val": "tx"}, {"ahyp": _LINK_NAMES})


def add_cell(
    row: Element,
    spans: Sequence[TextRun],
    table: TablePart,
    align: str,
    header: bool,
    last: bool,
    frame: TextFrame | None,
    scale: float,
    pen: Pen,
) -> None:
    """Add a cell to a row of a table."""
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
        add(paragraph, "a:endParaRPr", {"lang": pen.language, "sz": hundredths(table.size)})
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
