"""Blocks of a story fitted to the width of a column, as parts of a handout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from charts.drawn.drawing import Drawing, draw
from data.errors import ProjectError
from data.language.words import words
from data.look.brand import Brand
from data.look.colour import text_colour
from reports.document.blocks import (
    AboutData,
    Block,
    Callout,
    Columns,
    Figure,
    FootnoteList,
    Heading,
    ItemList,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    Paragraph,
    Question,
    Quote,
    TableBlock,
)
from reports.document.captions import caption
from reports.document.inlines import Inlines, Link, Strong, Text, plain, quoted
from reports.document.sources import about, colon, origin_line, source_line
from reports.document.tree import inside, values_of
from reports.pdf.box import draw_whole, height_of
from reports.pdf.flowables import TableBox, TableRow, column_widths
from reports.pdf.footnote_box import FootnoteBox, footnote_boxes
from reports.pdf.handout_look import GUTTER, Look
from reports.pdf.handout_parts import EMPTY, Draw, Part, beside, inset, stack, tagged, text
from reports.pdf.qr import QRCode
from reports.pdf.styles import Style
from reports.pdf.table_cells import set_whole, too_narrow
from reports.pdf.tagging import TaggedCanvas
from reports.pdf.text import Setting, passage, words_in

_LEAST_KEY_FIGURE = 17.0
_MOST_KEY_FIGURES = 5
_NARROW_GUTTER = 18.0
_MOST = 1.6
"""A drawing may grow to this many times its natural height, to fill a page or to end with its neighbour."""
_RULE = 0.6


@dataclass(frozen=True, slots=True)
class Kit:
    """What every block is made with."""

    brand: Brand
    language: str
    setting: Setting
    look: Look
    levels: Mapping[str, str]
    """Tag of each heading and claim: "H2", by the block's id."""
    code: QRCode | None = None
    scan: str = ""
    """Id of the block that the QR code stands in."""
    drawings: dict[tuple[str, float, float, float | None], Drawing] = field(
        default_factory=dict[tuple[str, float, float, float | None], Drawing]
    )
    """What was drawn already: the same chart is asked for at several steps."""

    def drawing(self, figure: Figure, width: float, height: float | None = None) -> Drawing:
        """The figure's chart `width` points wide."""
        key = (figure.id, width, self.look.chart_text, height)
        if key not in self.drawings:
            self.drawings[key] = draw(
                figure.chart,
                self.brand,
                language=self.language,
                width=width,
                text_size=self.look.chart_text,
                height=height,
            )
        return self.drawings[key]

    def text(self, content: Inlines | str, style: Style, width: float, tag: str = "P") -> Part:
        """Inlines, or words of our own, as a part."""
        setting = self.setting
        made = (
            words_in(content, style, setting, tag)
            if isinstance(content, str)
            else passage(content, style, setting, tag)
        )
        return text(made, width)


def heading_levels(blocks: Iterable[Block]) -> dict[str, str]:
    """Tags of headings, and of claims, which are headings too: from H2 down, no level left out."""
    found: dict[str, str] = {}

    def visit(blocks: Iterable[Block], above: int) -> None:
        current, previous = above, None
        for block in blocks:
            match block:
                case Heading():
                    current = 2 if block.level <= 2 else min(block.level, current + 1)
                    found[block.id] = f"H{current}"
                case Figure() | TableBlock():
                    found[block.id] = f"H{min(current + 1, 6)}"
                case Question():
                    found[block.id] = f"H{min(current + 1, 6)}"
                    visit(block.answer, current + 1)
                case Columns():
                    for column in block.columns:
                        visit(column, current if isinstance(previous, Heading) else above)
                case NextSteps():
                    found[block.id] = "H2"
                    visit(block.content, 2)
                case _:
                    visit(inside(block), current)
            previous = block

    visit(blocks, 1)
    return found


def column_lefts(count: int, width: float, gutter: float = GUTTER) -> tuple[list[float], float]:
    """Left edges of `count` equal columns, from 0, and the width of each."""
    each = (width - (count - 1) * gutter) / count
    return [index * (each + gutter) for index in range(count)], each


_RUNNING = (Paragraph, ItemList, Myth, Question)


def flow(blocks: Sequence[Block], width: float, kit: Kit) -> list[Part]:
    """Blocks one below the other: a heading close to what it heads, text in its rhythm, everything else apart."""
    look = kit.look
    parts: list[Part] = []
    previous: Block | None = None
    myths = object()
    for block in blocks:
        if not (isinstance(block, Myth) and isinstance(previous, Myth)):
            myths = object()
        own = parts_of(block, width, kit, myths)
        if not own:
            continue
        running = isinstance(previous, _RUNNING) and isinstance(block, _RUNNING)
        apart = previous is not None and not isinstance(previous, Heading) and not running
        announced = isinstance(previous, Paragraph) and isinstance(block, ItemList)
        gap = (
            look.heading_gap
            if isinstance(previous, Heading)
            else 1.5 * look.step.size
            if apart
            else look.item_gap
            if announced
            else look.paragraph_gap
        )
        parts.append(_anchored(replace(own[0], gap=gap, open=apart), block.id))
        parts.extend(own[1:])
        previous = block
    return parts


def _anchored(part: Part, name: str) -> Part:
    """A part that references to `name` lead to."""

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        canvas.anchor(name, x, top)
        part.draw(canvas, x, top, height)

    return replace(part, draw=draw)


def parts_of(block: Block, width: float, kit: Kit, myths: object = None) -> list[Part]:  # noqa: C901  # one flat match
    """One block as parts; myths that follow each other share a list, named by the key `myths`."""
    match block:
        case Heading():
            look = kit.look
            style = look.heading if block.level <= 2 else look.claim
            made = kit.text(block.content, style, width, kit.levels[block.id])
            if block.kicker:
                made = stack([kit.text(block.kicker, look.kicker, width), made])
            return [replace(made.of(block), kind="heading")]
        case Paragraph():
            return [kit.text(block.content, kit.look.body, width).of(block)]
        case ItemList():
            return [_list(block, width, kit).of(block)]
        case Figure():
            return [part.of(block) for part in _figure(block, width, kit)]
        case TableBlock():
            return [part.of(block) for part in _table(block, width, kit)]
        case KeyFigures():
            return [_key_figures(block, width, kit).of(block)] if block.items else []
        case Quote():
            return [_quote(block, width, kit).of(block)]
        case Myth():
            return [_myth(block, width, kit, myths).of(block)]
        case Question():
            strong = replace(kit.look.body, face="bold")
            question = kit.text(block.question, strong, width, kit.levels[block.id]).of(block)
            return [question, *_closer(flow(block.answer, width, kit), kit.look.item_gap)]
        case NextSteps():
            return [_next_steps(block, width, kit).of(block)]
        case Callout():
            return [_callout(block, width, kit).of(block)]
        case Columns():
            lefts, each = column_lefts(len(block.columns), width)
            return [beside([flow(column, each, kit) for column in block.columns], lefts)]
        case AboutData():
            return [part.of(block) for part in _about(block, width, kit)]
        case FootnoteList():
            return [_footnotes(block, width, kit).of(block)]
        case Notes():
            return []
        case _:
            assert_never(block)


def _closer(parts: Sequence[Part], gap: float) -> list[Part]:
    return [replace(parts[0], gap=gap, open=False), *parts[1:]] if parts else []


# -- text --------------------------------------------------------------------


def _list(block: ItemList, width: float, kit: Kit) -> Part:
    """Items with square marks in the accent colour, or with numbers."""
    look = kit.look
    size = look.step.size
    labels = [words_in(f"{block.start + i}.", look.number, kit.setting, "Lbl") for i in range(len(block.items))]
    widest = max((label.natural_width for label in labels), default=0.0)
    indent = widest + 0.45 * size if block.ordered else 1.05 * size
    rows: list[Part] = []
    for index, item in enumerate(block.items):
        body = tagged(stack(flow(item, width - indent, kit) or [EMPTY]), "LBody")
        if block.ordered:
            row = beside([[text(labels[index], indent)], [body]], [0.0, indent])
        else:
            row = inset(body, indent, 0.0, 0.0, _mark(kit))
        rows.append(replace(tagged(row, "LI"), gap=look.item_gap))
    numbering = "Decimal" if block.ordered else "Square"
    return tagged(stack(rows or [EMPTY]), "L", attributes={"O": "List", "ListNumbering": numbering})


def _mark(kit: Kit) -> Draw:
    body, colour = kit.look.body, kit.brand.colours.accent
    edge = round(0.36 * body.size, 2)

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        middle = top - body.baseline + 0.24 * body.size
        canvas.setFillColor(colour)
        canvas.rect(x, middle - edge / 2, edge, edge, stroke=0, fill=1)

    return draw


def _quote(block: Quote, width: float, kit: Kit) -> Part:
    look = kit.look
    indent = 1.3 * look.step.size
    parts = [kit.text(quoted(block.content, kit.language), look.quote, width - indent)]
    if block.attribution:
        dash = (Text("— "), *block.attribution)
        parts.append(replace(kit.text(dash, look.attribution, width - indent), gap=look.item_gap))
    colour = kit.brand.colours.accent

    def bar(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        canvas.setFillColor(colour)
        canvas.rect(x, top - height, 2.5, height, stroke=0, fill=1)

    return tagged(inset(stack(parts), indent, 0.0, 0.0, bar), "BlockQuote")


def _myth(block: Myth, width: float, kit: Kit, key: object) -> Part:
    """Myth and facts, their labels in a column of their own; facts that are one item are set as running text."""
    look, ours = kit.look, words(kit.language)
    facts = block.facts
    if len(facts) == 1 and isinstance(facts[0], ItemList) and len(facts[0].items) == 1:
        facts = facts[0].items[0]
    many = len(facts) > 1 or any(isinstance(fact, ItemList) for fact in facts)
    labels = [
        words_in(ours["myth"], look.myth, kit.setting, "Lbl"),
        words_in(ours["facts"] if many else ours["fact"], look.fact, kit.setting, "Lbl"),
    ]
    widest = max(
        words_in(ours[name], style, kit.setting).natural_width
        for name, style in (("myth", look.myth), ("fact", look.fact), ("facts", look.fact))
    )
    indent = widest + 1.2 * look.step.size
    bodies = [kit.text(block.myth, look.body, width - indent), stack(flow(facts, width - indent, kit) or [EMPTY])]
    rows = [
        replace(
            tagged(beside([[text(label, indent)], [tagged(body, "LBody")]], [0.0, indent]), "LI"),
            gap=look.item_gap * 0.6,
        )
        for label, body in zip(labels, bodies)
    ]
    return tagged(stack(rows), "L", key, {"O": "List", "ListNumbering": "None"})


def _footnotes(block: FootnoteList, width: float, kit: Kit) -> Part:
    """Footnotes in small type below a short line."""
    look, colour = kit.look, kit.brand.colours.mark
    boxes = footnote_boxes(block.notes, look.source, kit.setting, width)

    def part(box: FootnoteBox) -> Part:
        def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
            draw_whole(box, canvas, x, top)

        return Part(height_of(box.pieces), draw, gap=0.3 * look.source.size, baseline=look.source.baseline)

    def line(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        canvas.setFillColor(colour)
        canvas.rect(x, top - _RULE, 60.0, _RULE, stroke=0, fill=1)

    return inset(stack([part(box) for box in boxes]), 0.0, 5.0, 0.0, line)


def _callout(block: Callout, width: float, kit: Kit) -> Part:
    pad = kit.look.padding
    return inset(
        stack(flow(block.content, width - 2 * pad, kit) or [EMPTY]), pad, pad, pad, _tint(width, kit), edged=True
    )


def _tint(width: float, kit: Kit) -> Draw:
    colour = kit.brand.colours.tint

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        canvas.setFillColor(colour)
        canvas.rect(x, top - height, width, height, stroke=0, fill=1)

    return draw


# -- figures -----------------------------------------------------------------


def _figure(block: Figure, width: float, kit: Kit) -> list[Part]:
    """Claim with the measure below it, drawing, source."""
    look = kit.look
    head = _claim(block.title, kit.levels[block.id], width, kit)
    if block.chart.measure_line:
        measure = kit.text(block.chart.measure_line, look.measure, width)
        head = stack([head, measure]) if block.title else measure
    natural = kit.drawing(block, width).height
    least = kit.drawing(block, width, round(look.squeeze * natural, 2)).height
    # the table's title would only say again what claim and measure say
    source = caption(block, 0, block.caption if block.captioned else (), kit.language)

    def draw_it(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        drawing = kit.drawing(block, width, round(height, 2))
        with canvas.figure(drawing.alt, x, top - drawing.height, width, drawing.height):
            drawing.on_canvas(canvas, x, top - drawing.height)

    return [
        replace(head, kind="claim"),
        Part(least, draw_it, "drawing", gap=0.6 * look.step.size, growth=max(0.0, _MOST * natural - least)),
        replace(_source(source, width, kit), kind="source", gap=0.45 * look.step.size),
    ]


def _claim(title: Inlines, tag: str, width: float, kit: Kit) -> Part:
    return kit.text(title, kit.look.claim, width, tag) if title else EMPTY


def _key_figures(block: KeyFigures, width: float, kit: Kit) -> Part:
    """Figures over their labels in equal columns, between hairlines.

    Raises ProjectError when there are too many, or one is too wide even at the least size.
    """
    look, colours, count = kit.look, kit.brand.colours, len(block.items)
    if count > _MOST_KEY_FIGURES:
        raise ProjectError.at(
            block.place,
            f"there are {count} key figures, and a handout has room for {_MOST_KEY_FIGURES} side by side.",
            f"Keep the {_MOST_KEY_FIGURES} that matter most.",
        )
    gutter = GUTTER if count <= 4 else _NARROW_GUTTER
    lefts, each = column_lefts(count, width, gutter)
    style = look.key_figure
    figures = [passage(item.figure, style, kit.setting) for item in block.items]
    widest = max(figure.natural_width for figure in figures)
    if widest > each:
        size = int(style.size * each / widest * 4) / 4
        if size < _LEAST_KEY_FIGURE:
            at = next(item.figure for item, made in zip(block.items, figures) if made.natural_width == widest)
            over = widest * _LEAST_KEY_FIGURE / style.size - each
            raise ProjectError.at(
                block.place,
                f"the key figure '{plain(at, kit.language)}' is {over:.0f} points wider than its column,"
                f" set as small as {_LEAST_KEY_FIGURE:.0f} points.",
                "Show it shorter, as in {{ value | label }}, or take out another key figure.",
            )
        style = replace(style, size=size, leading=round(size * style.leading / style.size * 4) / 4)
        figures = [passage(item.figure, style, kit.setting) for item in block.items]
    cells = [
        tagged(
            tagged(stack([text(figure, each), replace(kit.text(item.label, look.key_label, each), gap=1.0)]), "LBody"),
            "LI",
        )
        for figure, item in zip(figures, block.items)
    ]
    pad = 0.75 * look.padding

    def rules(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        canvas.setLineWidth(_RULE)
        canvas.setStrokeColor(colours.muted)
        canvas.line(x, top, x + width, top)
        canvas.setStrokeColor(colours.hairline)
        canvas.line(x, top - height, x + width, top - height)
        for left in lefts[1:]:
            canvas.line(x + left - gutter / 2, top, x + left - gutter / 2, top - height)

    row = inset(beside([[cell] for cell in cells], lefts), 0.0, pad - 4.0, pad + 1.0, rules)
    return tagged(row, "L", attributes={"O": "List", "ListNumbering": "None"})


# -- tables and sources ------------------------------------------------------


def _table(block: TableBlock, width: float, kit: Kit) -> list[Part]:
    """Claim, rows between hairlines, source.

    Raises ProjectError for a table without rows, which would be read out as a broken one.
    """
    if not block.rows:
        raise ProjectError.at(block.place, "the table has no rows.", "Loosen its filter, or take it out.")
    look, colours = kit.look, kit.brand.colours
    padding = 0.28 * look.step.size
    between = 1.2 * look.step.size

    right = [align == "right" for align in block.aligns]
    cells, least = set_whole(block.columns, block.rows, right, (look.cell_head, look.cell), kit.setting, between, width)
    if least is None:
        raise ProjectError(too_narrow(cells, width, block.columns, kit.language, block.place))
    widths = column_widths(cells.natural, least, width - between * (len(right) - 1), right)
    lefts = [sum(widths[:index]) + between * index for index in range(len(widths))]
    rows, _ = cells.fitted(widths)
    box = TableBox(
        caption=None,
        head=TableRow(tuple(head.fit(own) for head, own in zip(cells.heads, widths))),
        rows=rows,
        lefts=tuple(lefts),
        width=width,
        row_heads=not right[0] and len(right) > 1,
        ink=colours.ink,
        hairline=colours.hairline,
        padding=padding,
    )

    def draw_it(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        draw_whole(box, canvas, x, top)

    claim = _claim(block.title, kit.levels[block.id], width, kit)
    source = (
        EMPTY
        if block.table is None
        else _source(source_line(block.table, kit.language, values_of((block,))), width, kit)
    )
    return [
        replace(claim, kind="claim"),
        Part(height_of(box.pieces), draw_it, gap=0.2 * look.step.size if block.title else 0.0),
        replace(source, gap=0.45 * look.step.size if block.table is not None else 0.0),
    ]


def _source(line: Inlines | str, width: float, kit: Kit) -> Part:
    return kit.text(line, kit.look.source, width)


def _about(block: AboutData, width: float, kit: Kit) -> list[Part]:
    """Each table with its source, date and known weaknesses, in small type."""
    ours, style = words(kit.language), kit.look.source
    parts: list[Part] = []
    for table in block.tables:
        told = about(table, block.contradictions, kit.language)
        said = f". {origin_line(table, kit.language)} {ours['known weaknesses']}{colon(kit.language)}{told.weaknesses}."
        line = kit.text((Strong((Text(table.title),)), Text(said)), style, width)
        parts.append(replace(line, gap=0.3 * style.size))
    return parts


# -- next steps --------------------------------------------------------------

_LEAST_BESIDE = 170.0
"""Steps narrower than this many points have the QR code below them."""


def scan_code(kit: Kit) -> tuple[Part, float]:
    """The QR code as a figure, and its width in points."""
    code = kit.code
    if code is None:
        return EMPTY, 0.0
    ink, edge = text_colour(kit.brand.colours.ink, "#FFFFFF"), code.whole  # cameras look for dark on light
    alt = words(kit.language)["qr code"].format(address=code.address)

    def draw_it(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        with canvas.figure(alt, x, top - edge, edge, edge):
            code.draw(canvas, x, top - edge, ink)

    return Part(edge, draw_it), edge


def scan_line(width: float, kit: Kit) -> Part:
    """What the QR code leads to, to be typed or followed: "Scan or visit example.edu"."""
    if kit.code is None:
        return EMPTY
    said = f"{words(kit.language)['scan']}{colon(kit.language)}"
    link = Strong((Link(kit.code.address, (Text(kit.code.shown),)),))
    return kit.text((Text(said), link), kit.look.body, width)


def _next_steps(block: NextSteps, width: float, kit: Kit) -> Part:
    """Title and steps on a tint, the QR code at their right, its address below them."""
    look, pad = kit.look, kit.look.padding
    code, code_width = scan_code(kit) if block.id == kit.scan else (EMPTY, 0.0)
    inner = width - 2 * pad
    beneath = code_width > 0 and inner - code_width - GUTTER < _LEAST_BESIDE
    room = inner if beneath or not code_width else inner - code_width - GUTTER
    title = kit.text(block.title or words(kit.language)["next steps"], look.heading, room, kit.levels[block.id])
    steps = [title, *_closer(flow(block.content, room, kit), look.heading_gap)]
    if code_width:
        steps.append(replace(scan_line(room, kit), gap=look.paragraph_gap))
    if beneath:
        return inset(stack([*steps, replace(code, gap=pad)]), pad, pad, pad, _tint(width, kit), edged=True)
    left = stack(steps)
    height = max(left.height, code.height)
    edge = 0.7 * pad if code.height > left.height else pad  # the code brings white of its own

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        left.draw(canvas, x, top - (height - left.height) / 2, left.height)
        code.draw(canvas, x + inner - code_width + pad - edge, top - (height - code.height) / 2, code.height)

    return inset(Part(height, draw), pad, edge, edge, _tint(width, kit), edged=True)
