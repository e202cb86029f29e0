"""Rules about what stands on a slide and in which order: titles, placeholders, reading order, pictures, tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reports.audit.deck.named import named
from reports.audit.findings import Fault
from reports.audit.wording import counted, is_stand_in
from reports.powerpoint.opened import Element, child, is_on, q, whole
from reports.powerpoint.slides import Deck, Shape, Slide


def titles(deck: Deck) -> Iterator[Fault]:
    """Every slide must have a title in a title placeholder."""
    for slide in deck.slides:
        if slide.title is None:
            message = "It has no title: nobody can find it in the list of slides. Put one in a title placeholder."
            yield Fault(slide.place, "", message)
        elif not slide.title.words:
            yield Fault(slide.place, "title", "It is empty.")


def unique_titles(deck: Deck) -> Iterator[Fault]:
    """No two slides must have the same title."""
    seen: dict[str, int] = {}
    for slide in deck.slides:
        words = " ".join(slide.title.words.casefold().split()) if slide.title is not None else ""
        if words and words in seen:
            message = f"Slide {seen[words]} has the same title: nobody can tell them apart in a list."
            yield Fault(slide.place, named(slide.title) if slide.title is not None else "", message, "warning")
        seen.setdefault(words, slide.number)


def title_first(deck: Deck) -> Iterator[Fault]:
    """The title must be read before all else."""
    for slide in deck.slides:
        if slide.title is None:
            continue
        first = next((s for s in slide.shapes if _is_read(s)), None)
        if first is not None and not first.is_title and slide.title.words:
            message = "It is read before the slide's title: move the title to the front of the reading order."
            yield Fault(slide.place, named(first), message, "warning")


def _is_read(shape: Shape) -> bool:
    """Whether a screen reader stops at a shape."""
    if shape.hidden or shape.decorative:
        return False
    return bool(shape.kind not in ("text", "shape") or shape.words or shape.alt or shape.placeholder)


def reading_order(deck: Deck) -> Iterator[Fault]:
    """What stands above, or to the left in the same row, must be read before what stands below or to the right."""
    for slide in deck.slides:
        read = [s for s in slide.shapes if _is_read(s) and not s.is_title and s.box and not deck.at_foot(s)]
        for one, other in pairwise(read):
            if _runs_back(one, other):
                message = f"It is read after {named(one)} and stands before it: mend the reading order."
                yield Fault(slide.place, named(other), message, "warning")


def _runs_back(one: Shape, other: Shape) -> bool:
    """Whether the second shape stands above the first in the same column, or left of it in the same row.

    A column to the right that begins higher up is read after its left neighbour, and that is in order.
    """
    a, b = one.box, other.box
    if a is None or b is None or min(a.width, a.height, b.width, b.height) <= 0:
        return False
    same_column = min(a.right, b.right) - max(a.left, b.left) > 0.5 * min(a.width, b.width)
    same_row = min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5 * min(a.height, b.height)
    slack = 1.0  # point
    return (same_column and b.bottom <= a.top + slack) or (same_row and b.right <= a.left + slack)


def empty_placeholders(deck: Deck) -> Iterator[Fault]:
    """No placeholder must be left empty: readers stop at it and hear nothing."""
    for slide in deck.slides:
        for shape in slide.all_shapes:
            if shape.placeholder is None or shape.is_foot or shape.is_title or shape.element.tag != q("p:sp"):
                continue
            if not shape.words and child(shape.look, "a:blipFill") is None:
                message = "It is an empty placeholder: readers stop at it and hear nothing. Fill or delete it."
                yield Fault(slide.place, named(shape), message, "warning")


# -- pictures ------------------------------------------------------------------

_SEEN = ("picture", "chart", "diagram", "object", "video", "line", "ink")


def _must_tell(slide: Slide) -> Iterator[Shape]:
    """Shapes that show something words must stand for; a group with words speaks for what is in it."""
    waiting = list(reversed(slide.shapes))
    while waiting:
        shape = waiting.pop()
        if shape.hidden:
            continue
        if shape.kind == "group" and not shape.alt and not shape.decorative:
            waiting.extend(reversed(shape.inside))
        elif shape.kind in _SEEN or (shape.kind == "shape" and not shape.words and _is_painted(shape)):
            yield shape


def _is_painted(shape: Shape) -> bool:
    """Whether an empty shape is seen at all."""
    filled = child(shape.look, "a:noFill") is None
    line = child(shape.look, "a:ln")
    outlined = line is None or child(line, "a:noFill") is None
    return filled or outlined


def alt_texts(deck: Deck) -> Iterator[Fault]:
    """Everything that shows something must have words for those who cannot see it, or be marked as decorative."""
    for slide in deck.slides:
        for shape in _must_tell(slide):
            if not shape.alt and not shape.decorative:
                message = "It has no alternative text: say in a sentence what it shows, or mark it as decorative."
                yield Fault(slide.place, named(shape), message)


def alt_words(deck: Deck) -> Iterator[Fault]:
    """An alternative text must describe."""
    for slide in deck.slides:
        for shape in slide.all_shapes:
            if shape.kind != "text" and shape.alt and is_stand_in(shape.alt):
                message = f"Its alternative text '{shape.alt[:60]}' describes nothing: say what it shows."
                yield Fault(slide.place, named(shape), message, "warning")


def decorations(deck: Deck) -> Iterator[Fault]:
    """What is marked as decorative must have nothing to say."""
    for slide in deck.slides:
        for shape in slide.all_shapes:
            if shape.decorative and (shape.alt or shape.words):
                message = "It is marked as decorative and has words all the same: readers do not hear them."
                yield Fault(slide.place, named(shape), message)


def captions(deck: Deck) -> Iterator[Fault]:
    """Videos must have captions."""
    for slide in deck.slides:
        for shape in slide.all_shapes:
            if shape.kind == "video" and not any(_local(e) in ("tracksInfo", "track") for e in shape.element.iter()):
                yield Fault(slide.place, named(shape), "It has no captions for those who cannot hear it.", "warning")


def _local(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


# -- tables --------------------------------------------------------------------


def _tables(deck: Deck) -> Iterator[tuple[Slide, Shape, Element]]:
    for slide in deck.slides:
        for shape in slide.all_shapes:
            table = child(shape.element, "a:graphic", "a:graphicData", "a:tbl") if shape.kind == "table" else None
            if table is not None:
                yield slide, shape, table


def table_headers(deck: Deck) -> Iterator[Fault]:
    """A table must have a header row, with words in it."""
    for slide, shape, table in _tables(deck):
        if not is_on(child(table, "a:tblPr"), "firstRow"):
            message = "It has no header row (Table Design, Header Row): readers cannot tell what a value stands for."
            yield Fault(slide.place, named(shape), message)
            continue
        first = table.find(q("a:tr"))
        if first is not None and not any(str(t.text or "").strip() for t in first.iter(q("a:t"))):
            yield Fault(slide.place, named(shape), "Its header row is empty.")


def merged_cells(deck: Deck) -> Iterator[Fault]:
    """Cells must not be merged or split."""
    for slide, shape, table in _tables(deck):
        merged = [c for c in table.iter(q("a:tc")) if (whole(c, "gridSpan") or 1) > 1 or (whole(c, "rowSpan") or 1) > 1]
        if merged:
            message = f"{counted(len(merged), 'merged cell')}: readers lose count of columns and rows."
            yield Fault(slide.place, named(shape), message, "warning")
