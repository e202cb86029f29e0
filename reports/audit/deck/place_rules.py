"""Rules about what a person sees at once: texts on texts, over their box, over the slide's edge, half on a picture.

Where letters stand is estimated, from the narrowest that is usual, and what moves in a talk is left out: what these
rules find can be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import TypeVar

from data.look.colour import contrast
from reports.audit.deck.named import named
from reports.audit.deck.styles import UNKNOWN, background, own_fill
from reports.audit.deck.text_areas import TextArea, text_area
from reports.audit.findings import Fault
from reports.powerpoint.box import Box
from reports.powerpoint.opened import child, q, whole
from reports.powerpoint.palette import Paint, hexadecimal
from reports.powerpoint.slides import Deck, Shape, Slide, every

T = TypeVar("T")

_OUTSIDE = 0.35
"""Part of a letter's height by which letters stand outside, or in one another, for people to see it."""
_HALF_ON, _NEARLY_ALL = 0.2, 0.8
"""Part of a line that something lies under: less is beside it, more is on it."""
_MARGIN, _MOST_MARGIN = 0.15, 18.0
"""Part of a picture at each side that may be empty, as around a logo; in points at the most."""
_EDGE = 3.0
"""Points of a coloured shape, or of a table, that nobody minds letters on."""
_SEEN = 1.3
"""Contrast of two grounds from which the edge between them is seen."""
_SHOWS = ("text", "table", "chart", "diagram")
"""What loses something where the slide cuts it; pictures often go over the edge on purpose."""


def off_the_slide(deck: Deck) -> Iterator[Fault]:
    """What is to be read must stand on the slide."""
    page = Box(0.0, 0.0, deck.width, deck.height)
    for slide in deck.slides:
        for shape in _still(slide):
            area = text_area(deck, slide, shape)
            own = () if shape.box is None or shape.kind not in _SHOWS[1:] else ((shape.box, shape.box),)
            boxes = own if area is None else area.lines
            seen = [pair for pair in boxes if pair[0].width > 0 and pair[0].height > 0]
            if seen and all(box.shared(page) <= 0 for pair in seen for box in pair):
                message = "It stands beside the slide: nobody sees it, and screen readers read it. Move or delete it."
                yield Fault(slide.place, named(shape), message, "warning")
            elif over := max((min(_over(box, page) for box in pair) for pair in seen), default=0.0):
                message = f"It goes over the edge of the slide by {over:.0f} pt: what is there is cut."
                yield Fault(slide.place, named(shape), message, "warning")


def _over(box: Box, page: Box) -> float:
    """By how many points a line, table or chart goes over an edge; 0 where nobody sees it."""
    over = max(-box.left, -box.top, box.right - page.right, box.bottom - page.bottom)
    return over if over > max(2.0, min(_OUTSIDE * box.height, 6.0)) else 0.0


def text_fits(deck: Deck) -> Iterator[Fault]:
    """Text must stand within its box, where the box can be seen."""
    for slide in deck.slides:
        for area in _areas(deck, slide):
            shape = area.shape
            if area.fits is False and _is_seen(slide, shape) and _is_rectangle(shape):
                message = (
                    f"Its text is about {area.over:.0f} pt higher than its box: shorten it, or make the box larger."
                )
                yield Fault(slide.place, named(shape), message, "warning")


def overlaps(deck: Deck) -> Iterator[Fault]:
    """No text may stand on another, nor on a table."""
    for slide in deck.slides:
        areas = _areas(deck, slide)
        for one, other in combinations(areas, 2):
            if any(_collide(*a) and _collide(*b) for a, b in _pairs(one, other)):
                message = f"It stands on {named(one.shape)}: both cannot be read."
                yield Fault(slide.place, named(other.shape), message, "warning")
        tables = [shape for shape in _still(slide) if shape.kind == "table" and shape.box is not None]
        for area in areas:
            for table in tables:
                if table.box is not None and any(_both(_collide, line, _within(table.box)) for line in area.lines):
                    message = f"It stands on {named(table)}: both cannot be read."
                    yield Fault(slide.place, named(area.shape), message, "warning")
                    break


def text_on_art(deck: Deck) -> Iterator[Fault]:
    """No text may run over the edge of a picture or of a coloured shape, nor lie under one."""
    for slide in deck.slides:
        ground = background(slide)
        art = [(shape, at) for shape, at in _art(slide) if _edge_is_seen(slide, shape, ground)]
        for area in _areas(deck, slide):
            if own_fill(slide, area.shape) is not None:
                continue
            place = slide.order.get(area.shape, len(slide.order))
            below = max((at for shape, at in art if at < place and _lies_under(shape, area)), default=None)
            for shape, at in art:
                if at == place or (below is not None and at <= below):
                    continue
                if at < place and any(_both(_runs_over, line, shape) for line in area.lines):
                    message = f"It runs over the edge of {named(shape)}: set it beside it, or wholly on it."
                elif at > place and _hides(slide, shape, area):
                    message = f"{named(shape).capitalize()} lies over it: move one of them, or send it back."
                else:
                    continue
                yield Fault(slide.place, named(area.shape), message, "warning")
                break


def _lies_under(shape: Shape, area: TextArea) -> bool:
    """Whether all of a text stands on a shape."""
    box = shape.box
    return box is not None and all(line.shared(box) > 0.98 for pair in area.lines for line in pair)


def _hides(slide: Slide, shape: Shape, area: TextArea) -> bool:
    """Whether a shape without words, painted later, lies over letters."""
    if shape.box is None or shape.words or not isinstance(own_fill(slide, shape), Paint):
        return False
    box = _within(shape.box)
    return any(min(close.shared(box), wide.shared(box)) >= _HALF_ON for close, wide in area.lines)


def _areas(deck: Deck, slide: Slide) -> list[TextArea]:
    return [area for shape in _still(slide) if (area := text_area(deck, slide, shape)) is not None]


def _still(slide: Slide) -> list[Shape]:
    """Shapes that stand where they are all the time: no animation lets them come, go or move."""
    moved = {str(target.get("spid") or "") for target in slide.root.iter(q("p:spTgt"))}
    return [shape for shape in every(slide.shapes) if shape.kind != "group" and _number(shape) not in moved]


def _number(shape: Shape) -> str:
    return "" if shape.properties is None else str(shape.properties.get("id") or "")


def _collide(one: Box, other: Box) -> bool:
    """Whether letters stand in one another by more than people overlook."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    least = min(one.height, other.height)
    return across > least / 2 and down > _OUTSIDE * least


def _within(box: Box) -> Box:
    """A box without its edge."""
    return Box(box.left + _EDGE, box.top + _EDGE, max(box.width - 2 * _EDGE, 0.0), max(box.height - 2 * _EDGE, 0.0))


def _pairs(one: TextArea, other: TextArea) -> Iterator[tuple[tuple[Box, Box], tuple[Box, Box]]]:
    """Each line of a text with each of another: where both stand if close, and if far apart."""
    for (close, wide), (its_close, its_wide) in product(one.lines, other.lines):
        yield (close, its_close), (wide, its_wide)


def _both(holds: Callable[[Box, T], bool], line: tuple[Box, Box], other: T) -> bool:
    """Whether something holds of a line wherever it may stand."""
    return all(holds(one, other) for one in line)


def _runs_over(line: Box, shape: Shape) -> bool:
    """Whether an edge goes through the letters of a line, from above or from the side."""
    box = shape.box
    if box is None or not _HALF_ON < line.shared(box) < _NEARLY_ALL:
        return False
    margins = (
        [_EDGE, _EDGE]
        if shape.kind in ("shape", "text")
        else [min(_MARGIN * side, _MOST_MARGIN) for side in (box.width, box.height)]
    )
    solid = Box(box.left + margins[0], box.top + margins[1], box.width - 2 * margins[0], box.height - 2 * margins[1])
    return line.shared(solid) > _HALF_ON / 2


def _is_seen(slide: Slide, shape: Shape) -> bool:
    """Whether a shape's own edge is seen: by its fill or its line."""
    fill = own_fill(slide, shape)
    line = child(shape.look, "a:ln")
    lined = line is not None and child(line, "a:noFill") is None and len(line) > 0
    if isinstance(fill, Paint):
        ground = background(slide)
        return lined or (ground is not None and contrast(hexadecimal(fill.colour), hexadecimal(ground)) >= _SEEN)
    return lined


def _is_rectangle(shape: Shape) -> bool:
    form = child(shape.look, "a:prstGeom")
    if form is None:
        return child(shape.look, "a:custGeom") is None
    return form.get("prst") in ("rect", "roundRect")


def _art(slide: Slide) -> Iterator[tuple[Shape, int]]:
    """Pictures and coloured shapes that text may stand on, each with its place in the order of painting; those of
    layout and master lie below all of the slide's, below 0."""
    still = {id(shape) for shape in _still(slide)}
    yield from ((shape, slide.order[shape]) for shape in slide.painted if id(shape) in still)
    shown = slide.root.get("showMasterSp") not in ("0", "false")
    place = 0
    for sheet in (slide.layout, slide.master):
        if sheet is None or not shown:
            return
        for shape in reversed(sheet.painted):
            place -= 1
            if shape.placeholder is None:
                yield shape, place
        shown = sheet.root.get("showMasterSp") not in ("0", "false")


def _edge_is_seen(slide: Slide, shape: Shape, ground: tuple[float, float, float] | None) -> bool:
    """Whether it is seen where a picture or a shape ends."""
    if whole(child(shape.look, "a:xfrm"), "rot"):  # its box is not where it stands
        return False
    if shape.kind in ("picture", "video", "object"):
        return True
    if shape.kind not in ("shape", "text") or not _is_rectangle(shape):
        return False
    fill = own_fill(slide, shape)
    if fill is UNKNOWN or not isinstance(fill, Paint) or fill.opacity < 0.5 or ground is None:
        return False
    return contrast(hexadecimal(fill.colour), hexadecimal(ground)) >= _SEEN
