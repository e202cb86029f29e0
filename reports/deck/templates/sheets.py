"""What is the same on every slide of a layout: where its title, source and number stand, and what is kept clear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from data.look.brand import Colours
from data.look.colour import LARGE_TEXT, MARKS, TEXT, contrast, nearest, text_colour
from reports.deck.templates.inheritance import LayoutFound
from reports.deck.templates.themed import theme_colours
from reports.deck.words.frames import TITLE_MINIMUM, Layout, TextFrame
from reports.deck.words.text import leading
from reports.powerpoint.box import Box
from reports.powerpoint.palette import hexadecimal
from reports.powerpoint.xml import A

GAP = 8.0
"""Least distance between parts of a slide, where the template leaves none; as all lengths here, on one 540 pt high."""
_FOOT, _LINE = 10.0, 1.03
"""Size of a source at least, and the room for its line as a multiple: programs differ in how high they set one."""
_WIDE = 0.35
"""Least width of a place for sources, of the slide's."""
_AIR = 0.25
"""Room above and below a source, in lines, that must be clear as well."""
_NUMBER = 12.0
"""Size of a slide number that a template sets smaller than any foot may be."""
_DIGITS = 3
"""That a slide number must have room for."""
_FOOT_BEGINS = 7 / 8
"""Where text may be as small as a foot's, of the slide's height."""
_HIGH, _LOW = 0.75, 0.965
"""Where a foot may begin, and where it ends if the template has none, of the slide's height."""
_REMEMBERED = 64
"""Layouts whose sheets are kept."""
_GREY = 24
"""Of 255: how far the channels of a grey may be from each other."""
_LARGE = 18.0
"""From this size on text is large for WCAG 2.1, 1.4.3: points as they are, whatever the slide's size."""


class Sheet(Struct, frozen=True):
    """A layout with what stands on each of its slides."""

    found: LayoutFound
    title: TextFrame
    foot: TextFrame
    number: TextFrame | None

    @property
    def scale(self) -> float:
        """See `Layouts.scale`."""
        return scale_of(self.found)

    @property
    def floor(self) -> float:
        """Where content ends: above the source, where that stands at the lower edge."""
        top = self.foot.box.top
        return top if top > 0.7 * self.found.height else 0.93 * self.found.height

    def clear(self, box: Box) -> Box:
        """The part of a box that neither the title nor the foot nor art covers."""
        title, gap = self.title.box, GAP * self.scale
        beside = title.right <= box.left or box.right <= title.left
        if not beside and title.top <= box.top < title.bottom + gap / 2:
            box = box.below(title.bottom + gap / 2)
        return self.found.ground.clear(box.above(self.floor - gap))

    def title_above(self, area: Box) -> TextFrame:
        """The title's place; where it is too low for two lines of the least size, it takes what is plain around it."""
        frame = self.title
        style = replace(frame.style(0), size=TITLE_MINIMUM * self.scale, exactly=None)
        missing = 2 * leading(style) - frame.height
        if missing <= 0:
            return frame
        bottom = area.top if area.top >= frame.box.bottom else self.found.height
        whole = self.found.ground.grown(frame.box, Box(0, 0.02 * self.found.height, 0, 0).until(bottom))
        down = min(missing, whole.bottom - frame.box.bottom)
        up = min(missing - down, frame.box.top - whole.top)
        if up + down <= 0.5:
            return frame
        if missing > down:  # text that stands in the middle of a band stays there
            up = min(missing / 2, frame.box.top - whole.top)
            down = min(missing - up, whole.bottom - frame.box.bottom)
        box = Box(frame.box.left, frame.box.top - up, frame.box.width, frame.box.height + up + down)
        return replace(frame, box=box, moved=True)


def scale_of(found: LayoutFound) -> float:
    """See `Layouts.scale`."""
    return min(found.width, found.height) / 540


@lru_cache(_REMEMBERED)
def sheet_of(found: LayoutFound) -> Sheet:
    """The sheet of a layout that has a title."""
    assert found.title is not None
    title = found.title
    box = found.ground.clear(title.box)
    if box != title.box and box.height >= title.style(0).size:
        title = replace(title, box=box, moved=True)
    number = _number(found)
    if number:
        small = number.style(0).size < _FOOT * scale_of(found)
        size = _NUMBER * scale_of(found) if small else number.style(0).size
        styles = tuple(replace(style, size=size) for style in number.styles)
        number = seen_text(found, replace(number, styles=styles, unsaid=number.unsaid or small))
    source = _source(found, title, number)
    if number and source.box.bottom > number.box.top and source.box.top < number.box.bottom:
        source = replace(source, box=_beside(source.box, number.box, GAP * scale_of(found)))
    return Sheet(found, seen_text(found, title), source, number)


# -- the foot --------------------------------------------------------------------


def _number(found: LayoutFound) -> TextFrame | None:
    """The slide number's place, with room for three digits and little more: the source stands beside it."""
    number = next(iter(found.of("sldNum")), None)
    if number is None or number.box.left <= found.width / 2:
        return number
    least = _DIGITS * 0.6 * number.style(0).size + number.insets[0] + number.insets[2]
    width = max(least, min(number.box.width, 0.07 * found.width))
    if abs(width - number.box.width) < 1:
        return number
    return replace(number, box=replace(number.box, left=number.box.right - width, width=width), moved=True)


def _beside(box: Box, number: Box, gap: float) -> Box:
    """The part of a box that lies left of a slide number, or right of one at the left edge."""
    if number.left > box.left + box.width / 2:
        return replace(box, width=min(box.right, number.left - gap) - box.left)
    start = max(box.left, number.right + gap)
    return Box(start, box.top, max(1.0, box.right - start), box.height)


def _source(found: LayoutFound, title: TextFrame, number: TextFrame | None) -> TextFrame:
    """The place of sources: a text box, since "Header & Footer, Apply to all" overwrites footers.

    It stands in a line of its own above the template's foot, else in that foot, else where nothing is drawn.
    """
    feet = found.of("ftr")
    look = feet[0] if feet else found.free
    style = replace(
        look.style(0), bulleted=False, indent=0.0, before=0.0, after=0.0, spacing=1.0, exactly=None, capitals=False
    )
    line = _LINE * leading(replace(style, size=_FOOT * scale_of(found)))
    best = _best_place(found, list(_places(found, title, number, line)), line)
    frame = replace(
        found.free,
        box=best, styles=(style,), insets=(0.0, 0.0, 0.0, 0.0), ink=look.ink or found.free.ink,
        colour=found.free.colour if not feet else _fill(look.ink) if look.ink else "",
    )  # fmt: skip
    return seen_text(found, frame)


def _best_place(found: LayoutFound, places: Sequence[Box], line: float) -> Box:
    """The first place that nothing is drawn in, else the first on the slide's own ground that is wide enough beside
    what is drawn, else the widest anywhere."""
    ground = found.ground
    whole = next((box for box in places[:2] if ground.plain(_with_air(box, line))), None)
    if whole:
        return whole
    middle = ground.colours(Box(places[0].left, 0.35 * found.height, places[0].width, 0.3 * found.height))
    for grounds in (middle, None):
        best: Box | None = None
        for place in places:
            box = (
                place
                if ground.plain(_with_air(place, line))
                else _without_air(ground.clear(_with_air(place, line)), line)
            )
            fits = box.height >= 0.97 * line and ground.plain(box)
            if fits and (grounds is None or ground.colours(box) == grounds) and (not best or box.width > best.width):
                best = box
            if best and best.width >= _WIDE * found.width:
                return best
        if best and grounds is None:
            return best
    return places[0]


def _with_air(box: Box, line: float) -> Box:
    """A box with some room above and below it, in which no art may be either."""
    return Box(box.left, box.top - _AIR * line, box.width, box.height + 2 * _AIR * line)


def _without_air(box: Box, line: float) -> Box:
    return Box(box.left, box.top + _AIR * line, box.width, box.height - 2 * _AIR * line)


def _places(found: LayoutFound, title: TextFrame, number: TextFrame | None, line: float) -> Iterator[Box]:
    """Where a source may stand, the best first; `line` is the least height."""
    scale = scale_of(found)
    marks = [frame for frame in found.of("ftr", "dt", "sldNum") if frame.box.top > _HIGH * found.height]
    feet = found.of("ftr")
    left = min([title.box.left + title.insets[0], *(frame.box.left + frame.insets[0] for frame in feet)])
    left = max(left, 0.01 * found.width)
    width = found.width - 2 * left if 2 * left < 0.6 * found.width else found.width - left - 0.04 * found.width
    if marks:
        top = min(frame.box.top for frame in marks)
        bodies = [frame.box.bottom for frame in found.bodies if frame.box.bottom <= top]
        high = min(max(line, top - max(bodies) - GAP * scale if bodies else line), 2 * line)
        # words in the middle of a high foot leave room above them
        spare = min((mark.box.height - 1.2 * mark.style(0).size) / 2 - 1 for mark in marks)
        down = max(0.0, spare) if all(mark.anchor == "ctr" for mark in marks) else 0.0
        yield Box(left, top - high + down, width, high)
    row = feet[0].box if feet else Box(left, _LOW * found.height - 2 * line, width, 2 * line)
    box = Box(left, row.top, width, row.height)
    across = number is not None and number.box.top < box.bottom and box.top < number.box.bottom
    yield _beside(box, number.box, GAP * scale) if number and across else box
    lowest = _LOW * found.height - line
    for highest in (_FOOT_BEGINS, _HIGH):
        for step in range(max(1, int((lowest - highest * found.height) / (line / 2)))):
            yield Box(left, lowest - step * line / 2, width, line)


# -- colours ---------------------------------------------------------------------


def seen_text(found: LayoutFound, frame: TextFrame) -> TextFrame:
    """A place whose text stands out from its ground (WCAG 2.1, 1.4.3): where it would not, its colour is stated."""
    grounds = found.ground.colours(frame.box)
    if not grounds or not frame.ink:
        return frame
    palette = found.ground.source.palette
    link = palette.named("hlink")
    if link is not None and _worst(hexadecimal(link.colour), grounds) < TEXT:
        frame = replace(frame, plain_links=True)
    mark = frame.placeholder.type if frame.placeholder else ""
    large = mark in ("title", "ctrTitle") and TITLE_MINIMUM * scale_of(found) >= _LARGE
    least = LARGE_TEXT if large else TEXT
    if _worst(frame.ink, grounds) >= least:
        return frame
    texts = [(name, paint) for name in ("tx1", "bg1", "tx2", "bg2") if (paint := palette.named(name))]
    if _worst(frame.ink, grounds) < 2 or _is_grey(frame.ink):  # meant for another ground, or with no hue to keep
        for name, paint in texts:
            colour = hexadecimal(paint.colour)
            if _worst(colour, grounds) >= least:
                return replace(frame, ink=colour, colour=_filled("schemeClr", name))
    colour = nearest(frame.ink, lambda one: _worst(one, grounds) >= least) or text_colour(frame.ink, *grounds)
    return inked(frame, colour)


def inked(frame: TextFrame, colour: str) -> TextFrame:
    """A place whose text has a colour, "#RRGGBB"."""
    return replace(frame, ink=colour, colour=_fill(colour))


def _worst(colour: str, grounds: Sequence[str]) -> float:
    """The least contrast of a colour with some grounds."""
    return min(contrast(colour, ground) for ground in grounds)


def _is_grey(colour: str) -> bool:
    parts = bytes.fromhex(colour[1:])
    return max(parts) - min(parts) <= _GREY


def _fill(colour: str) -> str:
    return _filled("srgbClr", colour[1:])


def _filled(kind: str, value: str) -> str:
    return f'<a:solidFill xmlns:a="{A}"><a:{kind} val="{value}"/></a:solidFill>'


def drawn_look(layout: Layout, found: LayoutFound, area: Box, brand: Colours) -> Layout:
    """A layout with the colours of charts on it, and whether they need a panel of paper below them."""
    grounds = found.ground.colours(area) if found.ground.plain(area) else ()
    palette = found.ground.source.palette
    layout = replace(layout, on_paper=theme_colours(palette, brand.paper, brand))
    if grounds:
        colours = theme_colours(palette, grounds[0], brand)
        seen = _worst(colours.ink, grounds) >= TEXT and _worst(colours.muted, grounds) >= LARGE_TEXT
        if seen and all(_worst(mark, grounds) >= MARKS for mark in (colours.accent, colours.mark)):
            return replace(layout, panel=False, colours=colours)
    return replace(layout, panel=True, colours=layout.on_paper)
