"""Merges one shape: its place, its description, its words, cells, numbers or picture, each for itself."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from msgspec import Struct

from reports.powerpoint.opened import NAMESPACES, Element, child, q, whole
from reports.powerpoint.parts import Part
from reports.powerpoint.record.canonical import ShapeValues, chart_part, picture_links
from reports.powerpoint.slides import Shape
from reports.powerpoint.xml import add
from reports.refresh.charts import merge_chart
from reports.refresh.home import Home
from reports.refresh.shapes import TOLERANCE, Placed, same_place, same_value
from reports.refresh.tables import merge_table
from reports.refresh.told import Speaker
from reports.refresh.words import merged, set_paragraphs, set_size

_EMBED = f"{{{NAMESPACES['r']}}}embed"
_GENERATED = "the generated one"
Box = tuple[int, int, int, int]


class Three(Struct, frozen=True, eq=False):
    """One shape as it was generated, as it is in the file, and as it is generated now."""

    base: ShapeValues
    theirs: Placed
    ours: ShapeValues
    fresh: Shape
    fresh_part: Part


def merge_shape(three: Three, home: Home, loses_alt: bool, say: Speaker) -> None:
    """Bring the new values of a shape into the file, but for what a person changed.

    `loses_alt` says that the program that saved the file drops the descriptions of what is no picture.
    """
    theirs = three.theirs
    part = theirs.part
    part.changed = True
    moved = _merge_place(three, say)
    _merge_alt(three, loses_alt, say)
    base, mine, ours = three.base, theirs.values, three.ours
    if mine.kind != base.kind:
        say("conflict", "kind", base.kind, mine.kind, ours.kind)
        return
    element = theirs.shape.element
    match base.kind:
        case "text":
            merge_lines(theirs.shape.body, base.text, mine.text, ours.text, say)
        case "table" if mine.cells == base.cells and _columns(base) != _columns(ours):
            _set_table(element, three.fresh.element)
            say("updated", "table", "\n".join(map(" | ".join, base.cells)), ours="\n".join(map(" | ".join, ours.cells)))
        case "table":
            merge_table(element, base.cells, mine.cells, ours.cells, say)
        case "chart":
            mine_part, our_part = chart_part(element, part), chart_part(three.fresh.element, three.fresh_part)
            if mine_part and our_part and base.chart and ours.chart:
                merge_chart(mine_part, our_part, base.chart, ours.chart, home, say)
        case "picture":
            _merge_picture(three, home, moved, say)
        case _:
            pass
    if base.size and ours.size and base.size != ours.size:
        set_size(element, base.size, ours.size)


def _columns(values: ShapeValues) -> int:
    return len(values.cells[0]) if values.cells else 0


def _set_table(element: Element, fresh: Element) -> None:
    """A table with other columns than it had is the new one as a whole; nobody wrote into the earlier one."""
    mine, ours = (child(one, "a:graphic", "a:graphicData", "a:tbl") for one in (element, fresh))
    if mine is not None and ours is not None:
        mine.getparent().replace(mine, copy.deepcopy(ours))


def merge_lines(
    body: Element | None, base: Sequence[str], theirs: Sequence[str], ours: Sequence[str], say: Speaker
) -> None:
    """Merge paragraphs, and write them into the body of a shape or of a notes page."""
    was, mine, new = "\n".join(base), "\n".join(theirs), "\n".join(ours)
    if mine == new or body is None:
        return
    if new == was:
        say("kept", "text", was, mine, new)
    elif mine == was:
        set_paragraphs(body, ours)
        say("updated", "text", was, mine, new)
    else:
        both = merged(was, mine, new)
        if both is None:
            say("conflict", "text", was, mine, new)
        elif both != mine:
            set_paragraphs(body, both.split("\n"))
            say("merged", "text", was, mine, both)
        else:
            say("kept", "text", was, mine, new)


def _merge_place(three: Three, say: Speaker) -> bool:
    """Move the shape where the generator moved it and no person did; whether a person did."""
    base, mine, ours = three.base, three.theirs.values, three.ours
    if base.place is None or mine.place is None or ours.place is None:
        return False
    if not same_place(mine, base):
        if not same_place(mine, ours):
            say("kept", "place", _told(base.place), _told(mine.place), _told(ours.place))
        return True
    if not same_place(base, ours):
        set_box(three.theirs.shape.element, ours.place, keeps_height=ours.kind == "table")
    return False


def _told(place: Box) -> str:
    """A place and size in points."""
    left, top, width, height = (round(length / TOLERANCE) for length in place)
    return f"{left}, {top} pt; {width} × {height} pt" if height else f"{left}, {top} pt; {width} pt wide"


def set_box(element: Element, place: Box, keeps_height: bool = False) -> None:
    """Say where a shape is and how large."""
    look = child(element, "p:spPr")
    transform = child(element, "p:xfrm") if look is None else child(look, "a:xfrm")
    if transform is None and look is not None:
        transform = look.makeelement(q("a:xfrm"), {})
        look.insert(0, transform)
    if transform is None:
        return
    off, extent = child(transform, "a:off"), child(transform, "a:ext")
    off = add(transform, "a:off") if off is None else off
    extent = add(transform, "a:ext") if extent is None else extent
    left, top, width, height = place
    off.set("x", str(left))
    off.set("y", str(top))
    extent.set("cx", str(width))
    if not keeps_height:
        extent.set("cy", str(height))


def _merge_alt(three: Three, loses_alt: bool, say: Speaker) -> None:
    base, mine, ours = three.base.alt, three.theirs.values.alt, three.ours.alt
    named = three.theirs.shape.properties
    if named is None or mine == ours:
        return
    dropped = loses_alt and not mine and three.base.kind != "picture"
    if mine == base or dropped:
        named.set("descr", ours)
        if not dropped:
            say("updated", "description", base, mine, ours)
    elif ours == base:
        say("kept", "description", base, mine, ours)
    else:
        say("conflict", "description", base, mine, ours)


# -- pictures ------------------------------------------------------------------------


def _merge_picture(three: Three, home: Home, moved: bool, say: Speaker) -> None:
    base, mine, ours = three.base, three.theirs.values, three.ours
    if set(base.files) == set(ours.files):
        if not same_value(mine, base):
            say("kept", "picture", _GENERATED, _called(three), _GENERATED)
        return
    if same_value(mine, ours):
        return
    if not same_value(mine, base):
        say("conflict", "picture", _GENERATED, _called(three), _GENERATED)
        return
    part, element = three.theirs.part, three.theirs.shape.element
    image, new = child(element, "p:blipFill", "a:blip"), child(three.fresh.element, "p:blipFill", "a:blip")
    if image is None or new is None:
        return
    for one in list(image):
        image.remove(one)
    links = {key: three.fresh_part.links[key].target for key in picture_links(three.fresh.element)}
    image.set(_EMBED, _linked(part, home, links[str(new.get(_EMBED))]))
    for one in new:
        copied = copy.deepcopy(one)
        image.append(copied)
        for inner in copied.iter():
            if inner.get(_EMBED):
                inner.set(_EMBED, _linked(part, home, links[str(inner.get(_EMBED))]))
    if moved and mine.place and base.place and ours.place and not _cropped(element):
        set_box(element, _in_proportion(base.place, mine.place, ours.place))
    say("updated", "picture", ours="new numbers")


def _called(three: Three) -> str:
    """What a picture is called that a person put there."""
    part = three.theirs.part
    links = (part.links.get(key) for key in picture_links(three.theirs.shape.element))
    sizes = [len(link.target.content) for link in links if link is not None and isinstance(link.target, Part)]
    return f"another picture ({sizes[0] / 1000:,.1f} KB)" if sizes else "no picture"


def _linked(part: Part, home: Home, target: Part | str) -> str:
    return part.add_link("image", home.of(target) if isinstance(target, Part) else target)


def _cropped(element: Element) -> bool:
    crop = child(element, "p:blipFill", "a:srcRect")
    return crop is not None and any(whole(crop, side) for side in "ltrb")


def _in_proportion(base: Box, mine: Box, ours: Box) -> Box:
    """The place that a person gave a picture, for one of other proportions; as it is where she changed those."""
    if not (base[3] and mine[3] and ours[3]) or abs(mine[2] / mine[3] - base[2] / base[3]) > 0.02:
        return mine
    factor = min(mine[2] / ours[2], mine[3] / ours[3])
    return (mine[0], mine[1], round(ours[2] * factor), round(ours[3] * factor))
