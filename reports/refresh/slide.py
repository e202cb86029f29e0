"""Merges one slide: as a whole where nobody touched it, else shape by shape, and what the speaker says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reports.powerpoint.opened import Element, child, q
from reports.powerpoint.parts import Part
from reports.powerpoint.record.canonical import (
    ShapeValues,
    body_text,
    digest,
    frame_digest,
    notes_body,
)
from reports.powerpoint.record.identity import free_number
from reports.powerpoint.record.record import SlideRecord, layout_name
from reports.powerpoint.slides import Shape, Slide
from reports.powerpoint.steps import levels_of, points, set_steps, steps_of
from reports.powerpoint.xml import canonical_bytes
from reports.refresh.facets import Three, merge_lines, merge_shape, set_box
from reports.refresh.home import Home
from reports.refresh.shapes import Placed, Shapes, named_by_program, same_place, same_value
from reports.refresh.told import Speaker

_ADOPTED = frozenset(("slideLayout", "notesSlide", "image", "hyperlink", "chart", "slide"))
"""What generated slides refer to; whatever else a slide refers to, comments or sounds, is a person's."""
_NUMBER = "sldNum"


class Pair(Struct, frozen=True, eq=False):
    """A slide of the file, and the same slide as it is generated now."""

    slide: Slide
    part: Part
    record: SlideRecord
    """As it was generated."""
    new: SlideRecord
    fresh: Slide
    fresh_part: Part
    shapes: Shapes

    @property
    def fresh_shapes(self) -> Mapping[str, Shape]:
        """The new shapes by name."""
        return {shape.name: shape for shape in self.fresh.shapes}


def is_untouched(slide: Slide, part: Part, record: SlideRecord, here: Sequence[Placed]) -> bool:
    """Whether a slide is to the letter what was generated."""
    shapes = [(one.shape.name, one.values.digest) for one in here]
    return (
        shapes == [(name, values.digest) for name, values in record.shapes.items()]
        and frame_digest(slide.root, layout_name(slide)) == record.frame
        and {link.kind for link in part.links.values()} <= _ADOPTED
    )


def notes_untouched(part: Part, record: SlideRecord) -> bool:
    """Whether a slide's notes page is to the letter what was generated."""
    page = next(part.related("notesSlide"), None)
    return page is not None and digest(canonical_bytes(page.tree)) == record.page


def adopt(pair: Pair, home: Home, say: Speaker) -> None:
    """Take a slide that nobody touched as it is generated now; notes that a person wrote stay."""
    mine, fresh = pair.part, pair.fresh_part
    notes = next(mine.related("notesSlide"), None)
    if notes is not None and not notes_untouched(mine, pair.record):
        for page in fresh.related("notesSlide"):
            home.add_slide(page, notes)
        merge_notes(pair, say.of("notes"))
    elif pair.record.notes != pair.new.notes:
        say.of("notes")("updated", "text")
    _tell_updates(pair, say)
    gone = [key for key, link in fresh.links.items() if home.is_gone(link)]
    mine.content = fresh.content
    mine.links = {key: home.link(link) for key, link in fresh.links.items() if key not in gone}
    if gone:
        _unlink(mine, gone)


def _unlink(part: Part, keys: Sequence[str]) -> None:
    """Let words that led to a slide that is not there any more lead nowhere."""
    for one in list(part.tree.iter(q("a:hlinkClick"))):
        if str(one.get(q("r:id"))) in keys:
            one.getparent().remove(one)
    part.changed = True


def _tell_updates(pair: Pair, say: Speaker) -> None:
    for name, ours in pair.new.shapes.items():
        base = pair.record.shapes.get(name)
        if base is None or not same_value(base, ours):
            say.of(name)("updated", ours.kind, _brief(base), _brief(base), _brief(ours))
    for name, base in pair.record.shapes.items():
        if name not in pair.new.shapes:
            say.of(name)("removed", base.kind, _brief(base))


def _brief(values: ShapeValues | None) -> str:
    """A shape in words."""
    if values is None:
        return ""
    return "\n".join(values.text) or "\n".join(" | ".join(row) for row in values.cells) or values.alt


def merge_slide(pair: Pair, home: Home, loses_alt: bool, say: Speaker) -> dict[str, ShapeValues]:
    """Merge the shapes of a slide that somebody touched, and its notes; what to keep in the record of shapes that are
    not generated any more but stay, because a person changed them."""
    kept: dict[str, ShapeValues] = {}
    before: Element | None = None
    ours_still = _steps_kept(pair)
    _switch_layout(pair, home)
    for name, ours in pair.new.shapes.items():
        base, theirs = pair.record.shapes.get(name), pair.shapes.found.get(name)
        fresh = pair.fresh_shapes[name]
        if base is None:
            element = home.element(fresh.element, pair.fresh_part, pair.part)
            before = _insert(pair, element, before)
            if ours.place is not None and child(element, "p:spPr") is not None:
                set_box(element, ours.place)
            say.of(name)("added", ours.kind, ours=_brief(ours))
        elif theirs is None:
            if ours.mark != _NUMBER:
                what = "" if same_value(base, ours) else _brief(ours)
                say.of(name)("deleted", base.kind, _brief(base), ours=what)
        else:
            before = _merge_one(
                Three(base, theirs, ours, fresh, pair.fresh_part), name, pair.part, home, loses_alt, say.of(name)
            )
    for name, base in pair.record.shapes.items():
        theirs = pair.shapes.found.get(name)
        if name in pair.new.shapes or theirs is None:
            continue
        if same_value(theirs.values, base) and same_place(theirs.values, base):
            theirs.shape.element.getparent().remove(theirs.shape.element)
            say.of(name)("removed", base.kind, _brief(base))
        else:
            kept[name] = base
            say.of(name)("conflict", "gone", _brief(base), _brief(theirs.values))
    if ours_still:
        _set_steps(pair)
    pair.part.changed = True
    merge_notes(pair, say.of("notes"))
    return kept


def _steps_kept(pair: Pair) -> bool:
    """Whether what appears one by one, before or now, is still as it was generated: a person's animation is left
    alone."""
    names = {
        str(one.shape.properties.get("id")): name
        for name, one in pair.shapes.found.items()
        if one.shape.properties is not None
    }
    either = pair.record.steps or pair.new.steps
    return bool(either) and steps_of(pair.slide.root, names) == pair.record.steps


def _set_steps(pair: Pair) -> None:
    """Let the points of merged lists appear as they are generated now, those that a person wrote among them."""
    marks = tuple(pair.slide.root.iter(q("p:cNvPr")))
    here = {str(one.get("id")): one.getparent().getparent() for one in marks}
    added = {str(one.get("name")): str(one.get("id")) for one in marks}
    found: list[tuple[str, list[range]]] = []
    for name in dict.fromkeys(name for name, _, _ in pair.new.steps):
        theirs = pair.shapes.found.get(name)
        if theirs is not None and theirs.part is not pair.part:
            continue
        known = theirs.shape.properties if theirs is not None else None
        number = added.get(name, "") if known is None else str(known.get("id"))
        first = min(at for shape, at, _ in pair.new.steps if shape == name)
        levels = levels_of(child(here.get(number), "p:txBody"))
        if first < len(levels):
            found.append((number, points(levels, first)))
    set_steps(pair.slide.root, found)


def _merge_one(three: Three, name: str, pair_part: Part, home: Home, loses_alt: bool, say: Speaker) -> Element:
    """Merge one shape; the element that stands there then, wherever a person set it."""
    shape, part = three.theirs.shape, three.theirs.part
    untouched = three.theirs.values.digest == three.base.digest and not three.theirs.grouped
    if untouched and three.base.digest == three.ours.digest:
        return shape.element
    if untouched:
        new = home.element(three.fresh.element, three.fresh_part, part)
        named = next(iter(new.iter(q("p:cNvPr"))))
        if shape.properties is not None:
            named.set("id", str(shape.properties.get("id")))
            named.set("name", shape.name)
        shape.element.getparent().replace(shape.element, new)
        part.changed = True
        if not same_value(three.base, three.ours):
            say("updated", three.ours.kind, _brief(three.base), _brief(three.base), _brief(three.ours))
        return new
    if three.base.kind != three.ours.kind:
        return _another_kind(three, home, say)
    if part is not pair_part:
        say("kept", "place", theirs="on another slide")
    merge_shape(three, home, loses_alt, say)
    if named_by_program(shape) and shape.properties is not None:
        shape.properties.set("name", name)
    return shape.element


def _another_kind(three: Three, home: Home, say: Speaker) -> Element:
    """A shape that is generated as another kind than it was, a picture as a chart: the new one where the old one is."""
    mine, base, ours = three.theirs.values, three.base, three.ours
    element = three.theirs.shape.element
    if not same_value(mine, base):
        say("conflict", "kind", _brief(base), _brief(mine), _brief(ours))
        return element
    new = home.element(three.fresh.element, three.fresh_part, three.theirs.part)
    if mine.place is not None and not same_place(mine, base):
        set_box(new, mine.place)
    named = next(iter(new.iter(q("p:cNvPr"))))
    if three.theirs.shape.properties is not None:
        named.set("id", str(three.theirs.shape.properties.get("id")))
    element.getparent().replace(element, new)
    three.theirs.part.changed = True
    say("updated", ours.kind, _brief(base), _brief(mine), _brief(ours))
    return new


def _insert(pair: Pair, element: Element, before: Element | None) -> Element:
    """A new shape behind the one that is generated before it, with a number that no other has."""
    tree: Element = child(pair.slide.root, "p:cSld", "p:spTree")
    next(iter(element.iter(q("p:cNvPr")))).set("id", str(free_number(tree)))
    while before is not None and before.getparent() is not tree:
        before = before.getparent()
    if before is not None:
        before.addnext(element)
    else:
        tree.append(element)
    return element


# -- layout --------------------------------------------------------------------------


def _switch_layout(pair: Pair, home: Home) -> None:
    """Give a slide the layout that it is generated with now, where that is another one and no person chose one.

    So it is too where a new shape needs a place that an editor took out of the layout.
    """
    fresh = next(pair.fresh_part.related("slideLayout"), None)
    mine = next(((key, link) for key, link in pair.part.links.items() if link.kind == "slideLayout"), None)
    if fresh is None or mine is None:
        return
    key, link = mine
    added = any(values.mark for name, values in pair.new.shapes.items() if name not in pair.record.shapes)
    chosen = layout_name(pair.slide) != pair.record.layout and home.has_layout(pair.record.layout)
    if chosen or (pair.record.layout == pair.new.layout and not (added and home.of(fresh) is not link.target)):
        return
    pair.part.links[key] = replace(link, target=home.of(fresh))
    for name, theirs in pair.shapes.found.items():
        ours = pair.fresh_shapes.get(name)
        if theirs.shape.placeholder is None or theirs.grouped:
            continue
        mark = next(iter(theirs.shape.element.iter(q("p:ph"))))
        wanted = None if ours is None else next(iter(ours.element.iter(q("p:ph"))), None)
        if wanted is not None:
            mark.attrib.clear()
            mark.attrib.update(wanted.attrib)
        elif theirs.values.place is not None:
            set_box(theirs.shape.element, theirs.values.place)
    for other in pair.shapes.others:
        if other.shape.placeholder is not None and other.values.place is not None and not other.grouped:
            set_box(other.shape.element, other.values.place)


# -- notes ---------------------------------------------------------------------------


def merge_notes(pair: Pair, say: Speaker) -> None:
    """Merge what the speaker says."""
    page = next(pair.part.related("notesSlide"), None)
    body = None if page is None else notes_body(page.tree)
    if page is None or body is None:
        return
    merge_lines(body, pair.record.notes, body_text(body), pair.new.notes, say)
    page.changed = True
