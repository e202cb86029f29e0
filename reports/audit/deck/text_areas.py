"""Where the letters of a text stand on a slide: estimated, and rather too small than too large.

Without the fonts a program can only estimate. Letters are taken as narrow and lines as close as common faces have
them, so that what is said to overlap does overlap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from reports.audit.deck.styles import Run, bodies, levels, runs
from reports.powerpoint.box import Box
from reports.powerpoint.opened import Element, child, children, is_on, q, share, whole
from reports.powerpoint.read import EMU
from reports.powerpoint.slides import Deck, Shape, Slide

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]{}/\\-\u2019\u2018 "), frozenset("mwMW@%\u2014")
_LINE = 1.05
"""Distance of lines as a multiple of the size: the closest that is usual."""
_ABOVE, _LETTERS = 0.2, 0.65
"""Of a line: the room above its letters, and they themselves."""
_WIDE_LINES = 1.3
"""Of the closest distance of lines: the widest that is usual."""
_TAB = 36.0
"""Points that a tab takes, at the least."""
_INSETS = (7.2, 3.6, 7.2, 3.6)
"""Left, top, right, bottom, in points, where a file says nothing (ECMA-376 part 1, 21.1.2.1.1)."""


class TextArea(Struct, frozen=True, eq=False):
    """The letters of one shape."""

    shape: Shape
    lines: tuple[tuple[Box, Box], ...]
    """Around the letters of each line that has any, without the room between lines: where it is if lines stand as close
    as is usual, and as far apart. What is true of both is true."""
    over: float
    """By how much its text is higher than the room that its shape has, in points."""
    fits: bool | None
    """Whether they stand within the shape; None where PowerPoint, or the reader, makes them fit."""


def text_area(deck: Deck, slide: Slide, shape: Shape) -> TextArea | None:
    """Where a shape's letters are; None without any, and where that cannot be said: turned and curved text, columns."""
    if shape.box is None or shape.body is None or shape.kind not in ("text", "shape"):
        return None
    properties = [found for holder in (shape.element, *shape.sources) if (found := _properties(holder)) is not None]
    if _is_turned(shape, properties):
        return None
    lines = list(_lines(deck, slide, shape, properties))
    if not lines:
        return None
    insets = [_inset(properties, name, usual) for name, usual in zip(("lIns", "tIns", "rIns", "bIns"), _INSETS)]
    outer = shape.box
    inside = Box(
        outer.left + insets[0],
        outer.top + insets[1],
        max(outer.width - insets[0] - insets[2], 1.0),
        max(outer.height - insets[1] - insets[3], 1.0),
    )
    height = sum(line.height for line in lines)
    fits = _fits(properties, height, inside, min(line.height for line in lines))
    anchor = _said(properties, "anchor") or "t"
    close, wide = (_laid(lines, inside, anchor, fits is None, apart) for apart in (1.0, _WIDE_LINES))
    return TextArea(shape, tuple(zip(close, wide, strict=True)), height - inside.height, fits)


def _laid(lines: list[_TextLine], inside: Box, anchor: str, shrinks: bool, apart: float) -> Iterator[Box]:
    """The lines that hold words, each `apart` times as far from the one before it as they are close."""
    height = apart * sum(line.height for line in lines)
    scale = apart * (min(1.0, inside.height / height) if shrinks and height else 1.0)
    slack = inside.height - height * scale / apart
    top = inside.top + (slack if anchor == "b" else slack / 2 if anchor == "ctr" else 0.0)
    for line in lines:
        down = line.height * scale
        if line.width:
            left = inside.left + line.left + _aside(line, inside)
            yield Box(left, top + _ABOVE * down, line.width, _LETTERS * down)
        top += down


class _TextLine(Struct, frozen=True):
    width: float
    height: float
    left: float
    """Indent of its paragraph."""
    align: str


def _aside(line: _TextLine, inside: Box) -> float:
    room = inside.width - line.left - line.width
    return room / 2 if line.align == "ctr" else room if line.align == "r" else 0.0


def _fits(properties: list[Element], height: float, inside: Box, line: float) -> bool | None:
    own = properties[0] if properties else None
    if child(own, "a:normAutofit") is not None or any(child(one, "a:spAutoFit") is not None for one in properties[:1]):
        return None
    return height <= inside.height + 0.6 * line


def _properties(holder: Element) -> Element | None:
    return child(holder, "p:txBody", "a:bodyPr")


def _said(properties: list[Element], name: str) -> str:
    return next((str(one.get(name)) for one in properties if one.get(name)), "")


def _inset(properties: list[Element], name: str, usual: float) -> float:
    found = next((number for one in properties if (number := whole(one, name)) is not None), None)
    return usual if found is None else found / EMU


def _is_turned(shape: Shape, properties: list[Element]) -> bool:
    place = child(shape.look, "a:xfrm")
    turned = whole(place, "rot") or any(whole(child(s, "p:spPr", "a:xfrm"), "rot") for s in shape.sources)
    upright = _said(properties, "vert") in ("", "horz") and not any(whole(one, "rot") for one in properties)
    bent = any(child(one, "a:prstTxWarp") is not None and _warps(one) for one in properties)
    columns = any((whole(one, "numCol") or 1) > 1 for one in properties)
    return bool(turned) or not upright or bent or columns or is_on(place, "flipV")


def _warps(properties: Element) -> bool:
    found = child(properties, "a:prstTxWarp")
    return found is not None and found.get("prst") != "textNoShape"


def _lines(deck: Deck, slide: Slide, shape: Shape, properties: list[Element]) -> Iterator[_TextLine]:
    """The lines of a text as they break, with those that hold no words."""
    body = next((body for body, _ in bodies(shape)), None)
    if body is None or shape.box is None:
        return
    found: dict[int, list[Run]] = {}
    for run in runs(deck, slide, shape):
        found.setdefault(run.paragraph, []).append(run)
    if not found:
        return
    reduced = 1.0 - (share(child(body, "a:bodyPr", "a:normAutofit"), "lnSpcReduction") or 0.0)
    wraps = _said(properties, "wrap") != "none"
    insets = _inset(properties, "lIns", _INSETS[0]) + _inset(properties, "rIns", _INSETS[2])
    size = next(iter(found.values()))[0].size
    paragraphs = list(body.iter(q("a:p")))
    last = max(found)
    for number, paragraph in enumerate(paragraphs[: last + 1]):
        indent, align = _set(slide, shape, body, paragraph)
        room = shape.box.width - insets - indent if wraps else float("inf")
        here = found.get(number, [])
        size = max((run.size for run in here), default=size)
        height = size * _LINE * reduced * min(1.0, _spacing(paragraph))
        if not here:
            empty = whole(child(paragraph, "a:endParaRPr"), "sz")
            yield _TextLine(0.0, height if empty is None else empty / 100 / size * height, indent, align)
            continue
        for blank, width in _broken(here, paragraph, room):
            yield _TextLine(width, height, indent + blank, align)


def _spacing(paragraph: Element) -> float:
    stated = share(child(paragraph, "a:pPr", "a:lnSpc", "a:spcPct"), "val")
    return 0.9 if stated is None else stated


def _set(slide: Slide, shape: Shape, body: Element, paragraph: Element) -> tuple[float, str]:
    """A paragraph's indent in points, and where its lines begin."""
    own = child(paragraph, "a:pPr")
    level = min(max(whole(own, "lvl") or 0, 0), 8)
    chain = [own, *(look.getparent() for look in levels(slide, shape, body, level))]
    indent = next((number for one in chain if (number := whole(one, "marL")) is not None), 0)
    align = next((str(one.get("algn")) for one in chain if one is not None and one.get("algn")), "l")
    return max(indent / EMU, 0.0), align


def _broken(found: list[Run], paragraph: Element, room: float) -> Iterator[tuple[float, float]]:
    """The lines of a paragraph: the blank that they begin with, and the width of their words."""
    size = max(run.size for run in found)
    text = "".join("\n" if part.tag == q("a:br") else _words(part) for part in children(paragraph))
    for line in re.split("[\n\v]", text):
        begin = line[: len(line) - len(line.lstrip())]
        blank, width = _width(begin.replace("\t", ""), size) + _TAB * begin.count("\t"), 0.0
        for word in line.split():
            needed = _width(word, size)
            if width and blank + width + needed > room:
                yield blank, width
                blank, width = 0.0, 0.0
            width += needed + (_width(" ", size) if width else 0.0)
        yield (blank, min(width, room)) if width else (0.0, 0.0)


def _words(part: Element) -> str:
    return "".join(str(t.text or "") for t in part.iter(q("a:t"))) if part.tag in (q("a:r"), q("a:fld")) else ""


def _width(text: str, size: float) -> float:
    """Width of letters in points, as in a narrow face such as Calibri."""
    return size * sum(map(_em, text))


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.25
    if letter in _WIDE:
        return 0.75
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if unicodedata.combining(letter):
        return 0.0
    return 0.55 if letter.isupper() else 0.47
