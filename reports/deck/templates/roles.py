"""Gives each role of a slide a layout: our own by their names, anyone's by what its layouts are for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from data.look.brand import Colours
from reports.deck.templates.chosen import Choice, Use, choose, has_one_body, has_title, has_two_bodies
from reports.deck.templates.inheritance import LayoutFound
from reports.deck.templates.own_layouts import OwnLayout, own_layouts
from reports.deck.templates.sheets import GAP, Sheet, drawn_look, inked, scale_of, seen_text, sheet_of
from reports.deck.words.frames import TITLE_MINIMUM, Layout, Role, TextFrame
from reports.deck.words.text import leading
from reports.powerpoint.box import Box

_TOP = 0.08
"""Where content may begin above a title that stands low, as a part of the slide's height."""
_ROOM = 0.45
"""Least height of what a title leaves for content, likewise."""
_OPENING = 0.5
"""How much of a slide's content lies above the lower edge of a title that opens a part on a layout for content."""
_OPENING_SIZE = 40.0
"""Its size at least, on a slide 540 pt high."""
_LOUDER = 1.5
"""How much larger than a cover's title another place's text must be to be its title in truth."""
_FIGURE_AREA = 560.0, 240.0
"""Least width and height of a chart's place that leaves room for a figure beside it. These lengths: on a slide 540 pt
high."""
_FIGURE_PART, _FIGURE_GAP, _FIGURE_TOP = 0.29, 30.0, 46.0
"""How much of its width that room has, what divides it from the chart, and how far down it begins."""
_FIGURE_LINES = (("Name", 18.0, True, 46.0), ("Figure", 44.0, True, 62.0), ("Label", 18.0, False, 110.0))
"""What stands there: its place, size, whether it is bold, and the height of the place."""
_KEY_AREA = 440.0, 230.0
"""Least width and height of the room for key figures, each in a row with what it says."""
_KEYS: dict[int, tuple[Role, float]] = {
    1: ("Key figures 1", 96.0), 2: ("Key figures 2", 72.0), 3: ("Key figures 3", 60.0), 4: ("Key figures 4", 54.0),
    5: ("Key figures 5", 44.0),
}  # fmt: skip
"""For each number of them the largest size of a figure."""
_KEY_PART, _KEY_GAP, _KEY_ROW, _KEY_LABEL = 0.36, 20.0, 110.0, 22.0
"""How much of the width the figures have, what divides them from the words, a row's height at most, and the size of
words."""
_BODIES = ("body", "obj", "subTitle")


def own_roles(found: Sequence[LayoutFound]) -> dict[Role, Layout]:
    """Fairsheet's own template: every role has the layout of its name."""
    by_name = {layout.name: layout for layout in found}
    layouts: dict[Role, Layout] = {own.role: _named(by_name[own.role], own) for own in own_layouts()}
    return {role: replace(layout, text=None, panel=False) for role, layout in layouts.items()}


def any_roles(
    found: Sequence[LayoutFound], file: str, wanted: Mapping[str, str], colours: Colours
) -> dict[Role, Layout]:
    """A template of anyone's: "Title", "Section", "Text", "Two columns", "Chart" and "Table" are always served.

    A layout that has one of our names and as many places is taken for it, unless brand.toml says otherwise. What is
    missing is drawn as text boxes on a layout that has a title. Raises ProjectError where no layout has one.
    """
    choices = choose(found, wanted, file)
    roles: dict[Role, Layout] = {}
    titled = [layout for layout in found if has_title(layout)]
    for own in own_layouts():
        match = next((layout for layout in titled if layout.name.strip().casefold() == own.role.casefold()), None)
        if match and _is_ours(match, own) and _USES.get(own.role) not in wanted:
            named = _named(match, own)
            roles[own.role] = drawn_look(named, match, named.area, colours)
    makers: dict[Role, Callable[[Choice], Layout]] = {
        "Text": _text, "Two columns": _columns, "Myth and fact": _compared, "Title": _cover, "Section": _section,
        "Chart": lambda choice: _canvas(choice, "Measure", choices["text"].layout, colours),
        "Table": lambda choice: _canvas(choice, "Caption", choices["text"].layout, colours),
    }  # fmt: skip
    for role, make in makers.items():
        choice = choices.get(_USES[role])
        if role not in roles and choice and (role != "Myth and fact" or _compares(choice.layout)):
            roles[role] = make(choice)
    if (beside := _with_figure(roles["Chart"], scale_of(found[0]))) and "Chart and figure" not in roles:
        roles["Chart and figure"] = beside
    for count, (role, _) in _KEYS.items():
        if role not in roles and (rows := _key_rows(roles["Chart"], scale_of(found[0]), count)):
            roles[role] = rows
    columns = roles["Two columns"]
    if columns.colours is None:
        chosen = next(layout for layout in found if layout.index == columns.index)
        left = columns.slots["Left"].box
        roles["Two columns"] = drawn_look(columns, chosen, left, colours)
    return roles


_USES: dict[Role, Use] = {
    "Text": "text", "Two columns": "columns", "Myth and fact": "comparison", "Title": "title", "Section": "section",
    "Chart": "chart", "Table": "table",
}  # fmt: skip


# -- content ---------------------------------------------------------------------


def _content_sheet(found: LayoutFound) -> Sheet:
    """The sheet of a layout for content: where its title leaves little room for any, that goes to the top."""
    sheet = sheet_of(found)
    if has_one_body(found) or has_two_bodies(found) or _content(sheet).height >= _ROOM * found.height:
        return sheet
    frame = sheet.title
    style = replace(frame.style(0), size=min(frame.style(0).size, 32 * sheet.scale), exactly=None)
    height = 2 * leading(style) + frame.insets[1] + frame.insets[3]
    left = min(frame.box.left, found.width - frame.box.right)
    box = found.ground.clear(Box(left, 0.05 * found.height, found.width - 2 * left, height))
    if box.height < height - 1:
        return sheet
    return replace(sheet, title=seen_text(found, replace(frame, box=box, moved=True, anchored="b")))


def _text(choice: Choice) -> Layout:
    sheet = _content_sheet(choice.layout)
    area = _content(sheet)
    frame = _kept(sheet, choice.layout.bodies[0]) if has_one_body(choice.layout) else _free(sheet, area)
    return _layout(sheet, {"Body": frame}, frame.box)


def _columns(choice: Choice) -> Layout:
    sheet = _content_sheet(choice.layout)
    area = _content(sheet)
    if choice.placed and has_two_bodies(choice.layout):
        left, right = sorted(choice.layout.bodies, key=lambda frame: frame.box.left)
        frames = _level(_kept(sheet, left), _kept(sheet, right))
        return _layout(sheet, dict(zip(("Left", "Right"), frames)), area)
    gap = 0.03 * choice.layout.width
    width = (area.width - gap) / 2
    left_box, right_box = replace(area, width=width), replace(area, left=area.left + width + gap, width=width)
    return _layout(sheet, {"Left": _free(sheet, left_box), "Right": _free(sheet, right_box)}, area)


def _level(left: TextFrame, right: TextFrame) -> tuple[TextFrame, TextFrame]:
    """Two columns with one upper edge: art that one of them avoids would leave them at two heights."""
    top = max(left.box.top, right.box.top)
    first, second = (
        frame if frame.box.top == top else replace(frame, box=frame.box.below(top), moved=True)
        for frame in (left, right)
    )
    return first, second


def _compares(found: LayoutFound) -> bool:
    sheet = sheet_of(found)
    return len(found.bodies) == 4 and all(_kept(sheet, frame).height > 14 * sheet.scale for frame in found.bodies)


def _compared(choice: Choice) -> Layout:
    """PowerPoint's "Comparison": a heading over each of two columns."""
    found, sheet = choice.layout, sheet_of(choice.layout)
    across = sorted(found.bodies, key=lambda frame: (round(frame.box.left / found.width * 4), frame.box.top))
    names = ("Myth label", "Myth", "Fact label", "Facts")
    return _layout(sheet, {name: _kept(sheet, frame) for name, frame in zip(names, across)}, _content(sheet))


def _canvas(choice: Choice, caption: str, text: LayoutFound, colours: Colours) -> Layout:
    """A layout for a chart or table: all the room between title and foot, as wide as text would be."""
    sheet, like = _content_sheet(choice.layout), _content_sheet(text)
    area = _without_insets(sheet.clear(_roomy(sheet, _content(like))), text)
    area = Box(area.left, area.top, area.width, max(1.0, area.height))
    return drawn_look(_layout(sheet, {caption: _free(sheet, area)}, area), choice.layout, area, colours)


def _with_figure(chart: Layout, scale: float) -> Layout | None:
    """The layout for a chart with room at its right for what the chart means as a number; None if it is too narrow."""
    area, text = chart.area, chart.text
    if text is None or area.width < _FIGURE_AREA[0] * scale or area.height < _FIGURE_AREA[1] * scale:
        return None
    width = _FIGURE_PART * area.width
    left, top = area.right - width, area.top + _FIGURE_TOP * scale
    area = replace(area, width=area.width - width - _FIGURE_GAP * scale)
    slots = {"Measure": replace(chart.slots["Measure"], box=area)}
    for name, size, bold, height in _FIGURE_LINES:
        box = Box(left, top, width, height * scale)
        top = box.bottom
        slots[name] = _written(text, box, size * scale, bold)
    if chart.colours is not None and not chart.panel:
        slots["Figure"] = inked(slots["Figure"], chart.colours.accent_text)
    return replace(chart, slots=slots, area=area)


def _key_rows(chart: Layout, scale: float, count: int) -> Layout | None:
    """The layout for charts with key figures in its room instead, a row each; None where they would be too small."""
    area, text = chart.area, chart.text
    if text is None or area.width < _KEY_AREA[0] * scale or area.height < _KEY_AREA[1] * scale:
        return None
    gap, width, size = _KEY_GAP * scale, _KEY_PART * area.width, _KEYS[count][1] * scale
    row = min(area.height / count, _KEY_ROW * scale) if count > 1 else area.height / 2
    slots: dict[str, TextFrame] = {}
    for i in range(count):
        top = area.top + i * row
        figure = Box(area.left, top, width, row)
        label = Box(area.left + width + gap, top, area.width - width - gap, row)
        slots[f"Figure {i + 1}"] = _written(text, figure, size, bold=True, anchored="ctr")
        slots[f"Label {i + 1}"] = _written(text, label, _KEY_LABEL * scale, bold=False, anchored="ctr")
        if chart.colours is not None and not chart.panel:
            slots[f"Figure {i + 1}"] = inked(slots[f"Figure {i + 1}"], chart.colours.accent_text)
    return replace(chart, slots=slots)


def _written(text: TextFrame, box: Box, size: float, bold: bool, anchored: str = "") -> TextFrame:
    """A box for a few words of a size in points, in the look of a layout's text."""
    style = replace(
        text.style(0), size=size, bold=bold, bulleted=False, indent=0.0, before=0.0, after=0.0, spacing=1.0,
        exactly=None,
    )  # fmt: skip
    return replace(text, box=box, styles=(style,), insets=(0.0, 0.0, 0.0, 0.0), unsaid=True, anchored=anchored)


def _roomy(sheet: Sheet, area: Box) -> Box:
    """Content's place as high as there is room: from below the title to above the foot."""
    title = sheet.title_above(area).box
    beside = title.right <= area.left or area.right <= title.left
    top = area.top if beside or title.top > area.top else min(area.top, title.bottom + GAP * sheet.scale)
    floor = sheet.floor if title.top < area.bottom else min(sheet.floor, title.top)
    bottom = max(area.bottom, floor - GAP * sheet.scale) if floor > area.top else area.bottom
    return Box(area.left, top, area.width, bottom - top)


def _without_insets(box: Box, layout: LayoutFound) -> Box:
    """Where text would start and end in a box: charts and tables align with it."""
    frame = next(iter(layout.bodies), layout.title)
    assert frame is not None
    left, _, right, _ = frame.insets
    return Box(box.left + left, box.top, max(1.0, box.width - left - right), box.height)


def _kept(sheet: Sheet, frame: TextFrame) -> TextFrame:
    box = sheet.clear(frame.box)
    kept = frame if box == frame.box else replace(frame, box=box, moved=True)
    return seen_text(sheet.found, kept)


def _free(sheet: Sheet, box: Box) -> TextFrame:
    return seen_text(sheet.found, replace(sheet.found.free, box=box))


def _content(sheet: Sheet) -> Box:
    """Where a slide's content goes: the body's place, else what lies below the title, or above one that stands low."""
    found, title = sheet.found, sheet.title.box
    if has_one_body(found):
        return sheet.clear(found.bodies[0].box)
    gap = GAP * sheet.scale
    below = title.bottom + gap
    room = max(1.0, sheet.floor - gap - below)
    top = _TOP * found.height
    above = title.top - gap - top
    if below > 0.6 * found.height and above > room:
        return sheet.clear(Box(title.left, top, title.width, above))
    return sheet.clear(Box(title.left, below, title.width, room))


def _layout(sheet: Sheet, slots: Mapping[str, TextFrame], area: Box) -> Layout:
    found = sheet.found
    text = seen_text(found, replace(found.free, box=area))
    return Layout(found.name, found.index, sheet.title_above(area), slots, area, sheet.foot, sheet.number, None, text)


# -- covers and sections ---------------------------------------------------------


def _cover(choice: Choice) -> Layout:
    return _opened(choice, "Subtitle")


def _section(choice: Choice) -> Layout:
    return _opened(choice, "Introduction")


def _opened(choice: Choice, slot: str) -> Layout:
    """A layout for a title or section slide, with a place for the words below the title."""
    sheet = sheet_of(choice.layout)
    if not choice.placed:
        return _lowered(sheet, slot)
    found, gap = choice.layout, GAP * sheet.scale
    if sheet.title.style(0).size < TITLE_MINIMUM * sheet.scale:  # on a page that is larger than its text
        style = replace(sheet.title.style(0), size=_OPENING_SIZE * sheet.scale, exactly=None)
        sheet = replace(sheet, title=replace(sheet.title, styles=(style,), unsaid=True))
    places = [f for f in found.bodies if f.box.width >= 0.3 * found.width and f.box.height >= 0.04 * found.height]
    own = places[0] if places else None
    if own and own.style(0).size >= _LOUDER * sheet.title.style(0).size and own.height > 2 * own.style(0).size:
        # what is said loudest is the title, whatever the place for it is called
        louder = replace(sheet.title, box=own.box, styles=own.styles, moved=True, unsaid=True, anchored=own.anchor)
        sheet = replace(sheet, title=seen_text(found, louder))
        own = None
    title = sheet.title.box
    if own is None:
        below = title.bottom + gap
        if below > 0.8 * found.height:
            return _layout(sheet, {}, _content(sheet))
        room = Box(title.left, below, title.width, max(1.0, sheet.floor - gap - below))
        own = _free(sheet, found.ground.clear(room, title))
    else:
        own = _kept(sheet, own)
    limits = Box(0, own.box.top, found.width, max(1.0, sheet.floor - gap / 2 - own.box.top))
    room = found.ground.grown(own.box, limits)
    return _layout(sheet, {slot: own}, room)


def _lowered(sheet: Sheet, slot: str) -> Layout:
    """Where no layout opens a part: the title comes down to the middle of one for content, the words below it."""
    found = sheet.found
    area = sheet.clear(_roomy(sheet, _content(sheet)))
    edge = area.top + _OPENING * area.height
    size = max(_OPENING_SIZE * sheet.scale, sheet.title.style(0).size)
    title = replace(
        sheet.title,
        box=Box(area.left, area.top, area.width, edge - area.top),
        styles=tuple(replace(style, size=size, exactly=None) for style in sheet.title.styles),
        moved=True,
        unsaid=True,
        anchored="b",
    )
    title = seen_text(found, title)
    below = Box(area.left, edge + GAP * sheet.scale, area.width, area.bottom - edge - GAP * sheet.scale)
    layout = _layout(sheet, {slot: _free(sheet, below)}, below)
    return replace(layout, title=title)


# -- layouts with our names ------------------------------------------------------


def _is_ours(found: LayoutFound, own: OwnLayout) -> bool:
    """Whether a layout with one of our names has as many places as we need: "Title" is anyone's name."""
    places = [frame for frame in (*found.bodies, *found.of("pic", "tbl", "chart")) if frame is not found.title]
    return len(places) >= len(own.spots) - 1


def _named(found: LayoutFound, own: OwnLayout) -> Layout:
    """A layout with one of our names: its places by name, else by index, else the next of their type."""
    assert found.title is not None
    feet = {name: frame for name, frame in found.frames if name in ("Source", "Edition")}
    left = [
        (name, frame)
        for name, frame in found.frames
        if frame is not found.title and frame.placeholder and name not in feet
    ]
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
    numbers = found.of("sldNum")
    if feet.keys() >= {"Source", "Edition"} and numbers:
        area = next((slots[name].box for name in ("Chart", "Table", "Body") if name in slots), None)
        return Layout(
            found.name,
            found.index,
            found.title,
            slots,
            area or _below_title(found, feet["Source"]),
            feet["Source"],
            numbers[0],
            feet["Edition"],
            found.free,
            not found.ground.plain(area) if area else False,
        )
    sheet = sheet_of(found)
    area = next((slots[name].box for name in ("Chart", "Table", "Body") if name in slots), None) or _content(sheet)
    return _layout(sheet, slots, area)


def _below_title(found: LayoutFound, foot: TextFrame) -> Box:
    assert found.title is not None
    title = found.title.box
    return Box(title.left, title.bottom + GAP, title.width, max(1.0, foot.box.top - title.bottom - 2 * GAP))
