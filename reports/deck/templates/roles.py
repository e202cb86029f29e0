"""Picks the layout of a template that serves each role: by our names, else by PowerPoint's types and the geometry."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from data.errors import Place, ProjectError
from reports.deck.templates.inheritance import LayoutFound
from reports.deck.templates.own_layouts import OwnLayout, own_layouts
from reports.deck.words.frames import TITLE_MINIMUM, Layout, Role, TextFrame
from reports.deck.words.text import leading
from reports.powerpoint.box import Box

_GAP = 8.0
"""Least distance between parts of a slide, where the template leaves none."""
_FOOT = 0.045
"""Height of a line for sources where the template has none, as a part of the slide's."""
_TOP = 0.08
"""Where content may begin above a title that stands low, likewise."""
_NUMBER = 3
"""Digits that a slide number must have room for."""
_BODIES = ("body", "obj", "subTitle")


def own_roles(found: Sequence[LayoutFound]) -> dict[Role, Layout]:
    """Fairsheet's own template: every role has the layout of its name."""
    by_name = {layout.name: layout for layout in found}
    layouts: dict[Role, Layout] = {own.role: _named(by_name[own.role], own) for own in own_layouts()}
    return {role: replace(layout, text=None, panel=False) for role, layout in layouts.items()}


def any_roles(found: Sequence[LayoutFound], file: str) -> dict[Role, Layout]:
    """A template of anyone's: "Title", "Section", "Text", "Two columns", "Chart" and "Table" are always served.

    A layout that has one of our names is taken for it. Otherwise PowerPoint's types decide, which do not change with
    the language of the program, then the number and place of text boxes; what is missing is drawn as text boxes on a
    layout that has a title. Raises ProjectError where no layout has one.
    """
    ordered = sorted(found, key=lambda layout: (layout.rank, layout.index))
    titled = [layout for layout in ordered if layout.title and layout.title.box.width >= 0.3 * layout.width]
    if not titled:
        names = ", ".join(f"'{layout.name}'" for layout in found)
        raise ProjectError.at(
            Place("brand.toml"),
            f"the template '{file}' has no layout with a title; its layouts are {names or 'none'}.",
            "Add a layout with a title placeholder in PowerPoint's slide master view, or name another template.",
        )
    roles: dict[Role, Layout] = {}
    for own in own_layouts():
        match = next((layout for layout in titled if layout.name.strip().casefold() == own.role.casefold()), None)
        if match and _is_ours(match, own):
            roles[own.role] = _named(match, own)
    text = _best(titled, ("obj", "tx"), _has_one_body)
    plain = _best(titled, ("titleOnly",), _has_no_body)
    base = text or plain or titled[0]
    area = _content(base)
    roles.setdefault("Text", _text(base, area, placed=text is not None))
    columns = _best(titled, ("twoObj", "twoColTx"), _has_two_bodies)
    roles.setdefault("Two columns", _columns(columns, base, area))
    compared = _best(titled, ("twoTxTwoObj",), lambda _: False)
    if compared and len(compared.bodies) == 4 and all(_kept(compared, f).height > 14 for f in compared.bodies):
        roles.setdefault("Myth and fact", _compared(compared))
    canvas = plain if plain and text and plain.rank == text.rank else base
    canvas_area = _without_insets(_clear(canvas, area), base)
    roles.setdefault("Chart", _layout(canvas, {"Measure": _free(canvas, canvas_area)}, canvas_area))
    roles.setdefault("Table", _layout(canvas, {"Caption": _free(canvas, canvas_area)}, canvas_area))
    cover = _best(titled, ("title",), lambda layout: bool(layout.of("ctrTitle"))) or plain or base
    roles.setdefault("Title", _cover(cover, "Subtitle"))
    section = _best(titled, ("secHead",), lambda layout: layout is not cover and _opens_section(layout)) or cover
    roles.setdefault("Section", _cover(section, "Introduction"))
    return roles


# -- choosing --------------------------------------------------------------------


def _best(
    layouts: Sequence[LayoutFound], kinds: Sequence[str], looks_right: Callable[[LayoutFound], bool]
) -> LayoutFound | None:
    """The first by type, else by looks, master by master: a deck keeps to one master while that has what it needs."""
    for rank in dict.fromkeys(layout.rank for layout in layouts):
        mine = [layout for layout in layouts if layout.rank == rank]
        for kind in kinds:
            for layout in mine:
                if layout.kind == kind and _holds(layout, kind):
                    return layout
        for layout in mine:
            if looks_right(layout) and not layout.kind.startswith(("vert", "pic", "objTx", "txObj", "clip")):
                return layout
    return None


def _holds(layout: LayoutFound, kind: str) -> bool:
    """Whether a layout has what its type promises; exports of some programs do not."""
    if kind in ("obj", "tx"):
        return _has_one_body(layout)
    return _has_two_bodies(layout) if kind in ("twoObj", "twoColTx") else True


def _large(layout: LayoutFound, frame: TextFrame, width: float) -> bool:
    box = frame.box
    return box.width >= width * layout.width and box.height >= 0.35 * layout.height


def _has_one_body(layout: LayoutFound) -> bool:
    return len(layout.bodies) == 1 and _large(layout, layout.bodies[0], 0.5)


def _has_no_body(layout: LayoutFound) -> bool:
    title = layout.title
    return not layout.bodies and title is not None and title.box.top < 0.3 * layout.height


def _has_two_bodies(layout: LayoutFound) -> bool:
    if len(layout.bodies) != 2:
        return False
    left, right = sorted(layout.bodies, key=lambda frame: frame.box.left)
    return _large(layout, left, 0.25) and _large(layout, right, 0.25) and left.box.right <= right.box.left


def _opens_section(layout: LayoutFound) -> bool:
    if layout.title is None or any(_large(layout, body, 0.2) for body in layout.bodies):
        return False
    return layout.title.box.height >= 0.15 * layout.height and layout.title.box.width >= 0.45 * layout.width


# -- building --------------------------------------------------------------------


def _floor(layout: LayoutFound) -> float:
    """Where the foot begins."""
    tops = [frame.box.top for frame in layout.of("ftr", "dt", "sldNum")]
    tops.extend(box.top for box in layout.obstacles if box.width > layout.width / 2)
    floor = min((top for top in tops if top > 0.75 * layout.height), default=0.93 * layout.height)
    return floor if layout.of("ftr") else floor - _FOOT * layout.height


def _clear(layout: LayoutFound, box: Box) -> Box:
    """The part of a box that neither the title nor the foot covers: some layouts let them overlap."""
    assert layout.title is not None
    title = layout.title.box
    beside = title.right <= box.left or box.right <= title.left
    if not beside and title.top <= box.top < title.bottom + _GAP / 2:
        box = box.below(title.bottom + _GAP / 2)
    return box.above(_floor(layout) - _GAP / 2)


def _without_insets(box: Box, layout: LayoutFound) -> Box:
    """Where text would start and end in a box: charts and tables align with it."""
    frame = next(iter(layout.bodies), layout.title)
    assert frame is not None
    left, _, right, _ = frame.insets
    return Box(box.left + left, box.top, box.width - left - right, box.height)


def _kept(layout: LayoutFound, frame: TextFrame) -> TextFrame:
    box = _clear(layout, frame.box)
    return frame if box == frame.box else replace(frame, box=box, moved=True)


def _free(layout: LayoutFound, box: Box) -> TextFrame:
    return replace(layout.free, box=box)


def _content(layout: LayoutFound) -> Box:
    """Where a slide's content goes: the body's place, else what lies below the title, or above one that stands low."""
    assert layout.title is not None
    if _has_one_body(layout):
        return _clear(layout, layout.bodies[0].box)
    title = layout.title.box
    below = title.bottom + _GAP
    room = max(1.0, _floor(layout) - _GAP - below)
    top = _TOP * layout.height
    above = title.top - _GAP - top
    if below > 0.6 * layout.height and above > room:
        return Box(title.left, top, title.width, above)
    return Box(title.left, below, title.width, room)


def _layout(found: LayoutFound, slots: dict[str, TextFrame], area: Box) -> Layout:
    foot, number = _foot(found)
    return Layout(
        found.name, found.index, _title(found, area), slots, area, foot, number, None, found.free, found.panel
    )


def _title(found: LayoutFound, area: Box) -> TextFrame:
    """The title's place; where it is too low for two lines of the least size, it takes what is free below it."""
    assert found.title is not None
    frame = found.title
    style = replace(frame.style(0), size=TITLE_MINIMUM * found.height / 540)
    missing = 2 * leading(style) - frame.height
    free = area.top - frame.box.bottom
    if missing <= 0 or free <= 0:
        return frame
    return replace(frame, box=replace(frame.box, height=frame.box.height + min(missing, free)), moved=True)


def _foot(layout: LayoutFound) -> tuple[TextFrame, TextFrame | None]:
    """The foot in one line, source left and number right: where templates scatter it, no source fits."""
    assert layout.title is not None
    numbers, feet = layout.of("sldNum"), layout.of("ftr")
    number = numbers[0] if numbers else None
    left = min(frame.box.left for frame in (layout.title, *feet))
    right = layout.width - left
    if number and number.box.left > layout.width / 2:
        least = _NUMBER * 0.6 * number.style(0).size + number.insets[0] + number.insets[2]
        width = max(least, min(number.box.width, 0.07 * layout.width))
        box = replace(number.box, left=number.box.right - width, width=width)
        number = replace(number, box=box, moved=True)
        right = box.left - _GAP
    elif number:
        left = max(left, number.box.right + _GAP)
    if feet:
        place = feet[0].box
        return replace(feet[0], box=Box(left, place.top, right - left, place.height), moved=True), number
    floor = _floor(layout)
    return _free(layout, Box(left, floor, layout.width - 2 * left, _FOOT * layout.height)), number


def _text(base: LayoutFound, area: Box, placed: bool) -> Layout:
    frame = _kept(base, base.bodies[0]) if placed else _free(base, area)
    return _layout(base, {"Body": frame}, area)


def _columns(columns: LayoutFound | None, base: LayoutFound, area: Box) -> Layout:
    if columns:
        left, right = sorted(columns.bodies, key=lambda frame: frame.box.left)
        slots = {"Left": _kept(columns, left), "Right": _kept(columns, right)}
        return _layout(columns, slots, area)
    gap = 0.03 * base.width
    width = (area.width - gap) / 2
    left_box, right_box = replace(area, width=width), replace(area, left=area.left + width + gap, width=width)
    return _layout(base, {"Left": _free(base, left_box), "Right": _free(base, right_box)}, area)


def _compared(found: LayoutFound) -> Layout:
    """PowerPoint's "Comparison": a heading over each of two columns."""
    across = sorted(found.bodies, key=lambda frame: (round(frame.box.left / found.width * 4), frame.box.top))
    names = ("Myth label", "Myth", "Fact label", "Facts")
    return _layout(found, {name: _kept(found, frame) for name, frame in zip(names, across)}, _content(found))


def _cover(found: LayoutFound, slot: str) -> Layout:
    """A layout for a title or section slide, with a place for the words below the title."""
    assert found.title is not None
    own = next(
        (f for f in found.bodies if f.box.width >= 0.3 * found.width and f.box.height >= 0.08 * found.height), None
    )
    title = found.title.box
    if own is None:
        below = title.bottom + _GAP
        if below > 0.8 * found.height:
            return _layout(found, {}, _content(found))
        own = _free(found, Box(title.left, below, title.width, _floor(found) - _GAP - below))
    ends = [
        box.top
        for box in found.obstacles
        if box.top >= own.box.bottom - 1 and box.left < own.box.right and own.box.left < box.right
    ]
    room = replace(own.box, height=max(own.box.height, min([*ends, _floor(found)]) - own.box.top - _GAP / 2))
    return _layout(found, {slot: own}, room)


def _is_ours(found: LayoutFound, own: OwnLayout) -> bool:
    """Whether a layout with one of our names has as many places as we need: "Title" is anyone's name."""
    places = [frame for frame in (*found.bodies, *found.of("pic", "tbl", "chart")) if frame is not found.title]
    return len(places) >= len(own.spots) - 1


def _named(found: LayoutFound, own: OwnLayout) -> Layout:
    """A layout with one of our names: its places by name, else by index, else the next of their type."""
    assert found.title is not None
    left = [(name, frame) for name, frame in found.frames if frame is not found.title and frame.placeholder]
    slots: dict[str, TextFrame] = {}
    for spot in own.spots[1:]:
        like = _BODIES if spot.type in _BODIES else (spot.type,)
        tests: tuple[Callable[[str, int, str], bool], ...] = (
            lambda name, index, kind, spot=spot: name == spot.name,
            lambda name, index, kind, spot=spot, like=like: index == spot.index and kind in like,
            lambda name, index, kind, like=like: kind in like,
        )
        for test in tests:
            pair = next((p for p in left if (mark := p[1].placeholder) and test(p[0], mark.index, mark.type)), None)
            if pair:
                left.remove(pair)
                slots[spot.name] = pair[1]
                break
    area = next((slots[name].box for name in ("Chart", "Table", "Body") if name in slots), _content(found))
    layout = _layout(found, slots, area)
    feet, editions, numbers = found.of("ftr"), found.of("dt"), found.of("sldNum")
    if feet and editions and numbers and feet[0].box.right <= editions[0].box.left < numbers[0].box.left:
        return replace(layout, foot=feet[0], number=numbers[0], edition=editions[0])
    return layout
