"""Blocks of a story fitted to the width of a column, as parts of a handout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from data.language.words import words
from reports.document.blocks import (
    AboutData,
    Block,
    Callout,
    Columns,
    Figure,
    FootnoteList,
    Glossary,
    Heading,
    Image,
    ItemList,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    Paragraph,
    PullQuote,
    Question,
    Quote,
    TableBlock,
)
from reports.document.inlines import Text, quoted
from reports.pdf.boxes.footnote_box import FootnoteBox, footnote_boxes
from reports.pdf.handout.figures import about_data, figure, image, key_figures, table
from reports.pdf.handout.kit import RULE, Kit, closer, column_lefts, tint
from reports.pdf.handout.parts import EMPTY, Draw, Part, beside, inset, stack, tagged, text
from reports.pdf.handout.steps import next_steps
from reports.pdf.tagged.box import draw_whole, height_of
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.pdf.text.passage import words_in

_TERMS = 0.34
"""Of a glossary's width, the most that its terms take."""
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

    return replace(part.whole(), draw=draw)


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
            return [part.of(block) for part in figure(block, width, kit)]
        case Image():
            return [part.of(block) for part in image(block, width, kit)]
        case TableBlock():
            return [part.of(block) for part in table(block, width, kit)]
        case KeyFigures():
            return [key_figures(block, width, kit).of(block)] if block.items else []
        case Quote():
            return [_quote(block, width, kit).of(block)]
        case PullQuote():
            return [_pull_quote(block, width, kit).of(block)]
        case Myth():
            return [_myth(block, width, kit, myths).of(block)]
        case Question():
            strong = replace(kit.look.body, face="bold")
            question = kit.text(block.question, strong, width, kit.levels[block.id]).of(block)
            return [question, *closer(flow(block.answer, width, kit), kit.look.item_gap)]
        case NextSteps():
            return [next_steps(block, width, kit, flow).of(block)]
        case Callout():
            return [_callout(block, width, kit).of(block)]
        case Columns():
            lefts, each = column_lefts(len(block.columns), width)
            return [beside([flow(column, each, kit) for column in block.columns], lefts)]
        case AboutData():
            return [part.of(block) for part in about_data(block, width, kit)]
        case Glossary():
            return [_glossary(block, width, kit).of(block)]
        case FootnoteList():
            return [_footnotes(block, width, kit).of(block)]
        case Notes():
            return []
        case _:
            assert_never(block)


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
    said = kit.text(quoted(block.content, kit.language), look.quote, width - indent)
    whose = kit.text((Text("— "), *block.attribution), look.attribution, width - indent)
    both = stack([said, replace(whose, gap=look.item_gap)])
    return tagged(inset(both, indent, 0.0, 0.0, _bar(kit.brand.colours.mark, 2.5)), "BlockQuote")


def _pull_quote(block: PullQuote, width: float, kit: Kit) -> Part:
    indent = 1.3 * kit.look.step.size
    said = kit.text(block.content, kit.look.pull_quote, width - indent)
    return tagged(inset(said, indent, 0.0, 0.0, _bar(kit.brand.colours.accent, 4.0)), "Div")


def _bar(colour: str, thickness: float) -> Draw:
    """A line down the left side."""

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        canvas.setFillColor(colour)
        canvas.rect(x, top - height, thickness, height, stroke=0, fill=1)

    return draw


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


def _glossary(block: Glossary, width: float, kit: Kit) -> Part:
    """Terms in a column of their own, beside what they mean."""
    style, gap = replace(kit.look.body, face="bold", divides=False), 1.2 * kit.look.step.size
    labels = [words_in(entry.term, style, kit.setting, "Lbl") for entry in block.entries]
    indent = min(max((label.natural_width for label in labels), default=0.0) + gap, _TERMS * width)
    rows: list[Part] = []
    for label, entry in zip(labels, block.entries, strict=True):
        body = tagged(stack(flow(entry.meaning, width - indent, kit) or [EMPTY]), "LBody")
        row = beside([[text(label, indent - gap)], [body]], [0.0, indent])
        rows.append(replace(tagged(row, "LI"), gap=kit.look.item_gap))
    return tagged(stack(rows or [EMPTY]), "L", attributes={"O": "List", "ListNumbering": "None"})


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
        canvas.rect(x, top - RULE, 60.0, RULE, stroke=0, fill=1)

    return inset(stack([part(box) for box in boxes]), 0.0, 5.0, 0.0, line)


def _callout(block: Callout, width: float, kit: Kit) -> Part:
    pad = kit.look.padding
    return inset(
        stack(flow(block.content, width - 2 * pad, kit) or [EMPTY]), pad, pad, pad, tint(width, kit), edged=True
    )
