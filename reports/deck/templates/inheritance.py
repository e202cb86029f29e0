"""Reads one layout of a PowerPoint file: each placeholder's box and text styles, with what the master gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reports.deck.templates.brush import PaintSource
from reports.deck.templates.clean import UNNAMED_FACE
from reports.deck.templates.painted import Ground
from reports.deck.words.frames import Placeholder, TextFrame, TextStyle
from reports.powerpoint.box import Box
from reports.powerpoint.palette import hexadecimal
from reports.powerpoint.xml import Element, fragment
from reports.powerpoint.xml import qualified as qn

_EMU = 12700
"""To the point."""
_MASTER_TYPES = {"ctrTitle": "title", "title": "title", "dt": "dt", "ftr": "ftr", "sldNum": "sldNum"}
_MASTER_STYLES = {"ctrTitle": "title", "title": "title", "dt": "other", "ftr": "other", "sldNum": "other"}
_INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}
"""What PowerPoint takes where nothing is said (ECMA-376 part 1, 21.1.2.1.1)."""
_LEVELS = 5
FOOT_NAMES = ("Source", "Edition")
"""Places of our own layouts that no content goes into."""
_SEEN = 0.6
"""Least part of a place that must be on the slide."""


class LayoutSource(Struct, frozen=True):
    """The XML that a layout's look comes from. Slide sizes in points."""

    element: Element
    master: Element
    parents: Mapping[str, Element]
    """The master's placeholders by type, from `placeholders_of`."""
    theme: Element
    defaults: Element
    """The presentation's `defaultTextStyle`, or None."""
    width: float
    height: float
    paint: PaintSource
    master_index: int
    """Place of its master in the file, from 0."""
    used: int = 0
    """Sample slides that stand on it."""
    opens: bool = False
    """Whether the first sample slide does."""


class LayoutFound(Struct, frozen=True):
    """What was read: named frames in the order of the file, upright ones only."""

    name: str
    kind: str
    """PowerPoint's own name for its purpose: "title", "obj", "secHead" ...; often empty."""
    index: int
    master: int
    """Place of its master in the file, from 0."""
    width: float
    height: float
    frames: tuple[tuple[str, TextFrame], ...]
    free: TextFrame
    """A text box on this layout: the master's body text, without a box of its own."""
    art: tuple[str, ...]
    """Its background and drawn shapes with those of its master, written so that equal ones look alike."""
    ground: Ground
    lost: tuple[tuple[str, str], ...] = ()
    """Places that nothing can be set into, and why."""
    used: int = 0
    """Sample slides that stand on it."""
    opens: bool = False
    """Whether the first sample slide does."""

    def of(self, *types: str) -> tuple[TextFrame, ...]:
        """The frames of these placeholder types."""
        return tuple(frame for _, frame in self.frames if frame.placeholder and frame.placeholder.type in types)

    @property
    def title(self) -> TextFrame | None:
        return next(iter(self.of("title", "ctrTitle")), None)

    @property
    def bodies(self) -> tuple[TextFrame, ...]:
        """Places for text, from the top, then from the left."""
        places = (
            frame
            for name, frame in self.frames
            if name not in FOOT_NAMES
            and (frame.placeholder.type if frame.placeholder else frame.stands_for) in ("body", "obj", "subTitle")
        )
        return tuple(sorted(places, key=lambda frame: (round(frame.box.top), frame.box.left)))


def read_layout(source: LayoutSource, index: int) -> LayoutFound:
    """What a layout offers."""
    frames: list[tuple[str, TextFrame]] = []
    lost: list[tuple[str, str]] = []
    found = list(_placeholders(source.element))
    often = Counter((mark.type, mark.index) for _, mark in found)
    for shape, mark in found:
        name: str = shape.find(".//" + qn("p:cNvPr")).get("name", "")
        box = _box(source, shape, mark.type)
        turned = _body_attribute(source, shape, mark.type, "vert") not in (None, "horz")
        if why := _why_lost(source, box, turned):
            lost.append((name, why))
        elif box is not None:
            seen = _on_slide(source, box)
            frame = _frame(source, shape, mark, seen, moved=seen != box)
            if often[mark.type, mark.index] > 1 and mark.type not in ("title", "ctrTitle"):
                frame = _own_look(source, shape, frame)
            frames.append((name, frame))
    common: Element = source.element.find(qn("p:cSld"))
    return LayoutFound(
        name=common.get("name", ""),
        kind=source.element.get("type", ""),
        index=index,
        master=source.master_index,
        width=source.width,
        height=source.height,
        frames=tuple(frames),
        free=_free(source),
        art=_art(source),
        ground=Ground(source.paint),
        lost=tuple(lost),
        used=source.used,
        opens=source.opens,
    )


def _why_lost(source: LayoutSource, box: Box | None, turned: bool) -> str:
    """Why nothing can be set into a place; empty where something can."""
    if turned:
        return "its text stands upright"
    if box is None:
        return "neither the layout nor its master says where it is"
    if box.width <= 0 or box.height <= 0:
        return "it has no size"
    return "it lies off the slide" if box.shared(Box(0, 0, source.width, source.height)) < _SEEN else ""


def _on_slide(source: LayoutSource, box: Box) -> Box:
    """The part of a box that is on the slide."""
    left, top = max(0.0, box.left), max(0.0, box.top)
    return Box(left, top, min(box.right, source.width) - left, min(box.bottom, source.height) - top)


def _frame(source: LayoutSource, shape: Element, mark: Placeholder, box: Box, moved: bool) -> TextFrame:
    lists = _lists(source, shape, mark.type)
    said = any(run.get("sz") for one in _settings(lists, 0) if (run := one.find(qn("a:defRPr"))) is not None)
    styles = _styles(source, shape, mark.type)
    prompt = None if said else _prompt(source, shape, mark.type)
    if prompt is not None:  # some programs write the look of a place into its sample words, where others do not look
        size, face = prompt
        styles = tuple(replace(style, size=size, face=face or style.face) for style in styles)
    return TextFrame(
        box,
        styles,
        _insets(source, shape, mark.type),
        mark,
        moved,
        typeface=prompt[1] if prompt else "",
        unsaid=prompt is not None,
        ink=_ink(source, lists),
        anchor=_body_attribute(source, shape, mark.type, "anchor") or "t",
        align=_first(_settings(lists, 0), "algn", "l"),
    )


def _prompt(source: LayoutSource, shape: Element, kind: str) -> tuple[float, str] | None:
    """Size and face of a place's sample words; None where they say no size."""
    for candidate in _chain(source, shape, kind):
        paragraph = candidate.find(f"{qn('p:txBody')}/{qn('a:p')}")
        for run in () if paragraph is None else paragraph.iter(qn("a:rPr"), qn("a:endParaRPr")):
            if run.get("sz"):
                latin = run.find(qn("a:latin"))
                return int(run.get("sz")) / 100, "" if latin is None else latin.get("typeface", "")
    return None


def _own_look(source: LayoutSource, shape: Element, frame: TextFrame) -> TextFrame:
    """A place that shares type and index with another: programs take one for the other, so a text box is drawn."""
    mark = frame.placeholder
    assert mark is not None
    fill, face = _letters(_lists(source, shape, mark.type))
    said = frame.typeface or ("" if face == "+mn-lt" else face)
    return replace(frame, placeholder=None, colour=fill, typeface=said, stands_for=mark.type)


def placeholders_of(master: Element) -> dict[str, Element]:
    """The first placeholder of each type on a master."""
    found: dict[str, Element] = {}
    for shape, mark in _placeholders(master):
        found.setdefault(mark.type, shape)
    return found


def _placeholders(element: Element) -> Iterator[tuple[Element, Placeholder]]:
    for shape in element.find(qn("p:cSld")).find(qn("p:spTree")):
        mark = shape.find(f"./*/{qn('p:nvPr')}/{qn('p:ph')}")
        if mark is not None:
            yield shape, Placeholder(mark.get("type", "obj"), int(mark.get("idx", "0")))


def _chain(source: LayoutSource, shape: Element, kind: str) -> list[Element]:
    """A placeholder, and the one on the master that it inherits from."""
    parent = source.parents.get(_MASTER_TYPES.get(kind, "body"))
    return [found for found in (shape, parent) if found is not None]


def _box(source: LayoutSource, shape: Element, kind: str) -> Box | None:
    for candidate in _chain(source, shape, kind):
        off, ext = candidate.find(".//" + qn("a:off")), candidate.find(".//" + qn("a:ext") + "[@cx]")
        if off is not None and ext is not None:
            left, top, width, height = (
                int(n) / _EMU for n in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))
            )
            return Box(left, top, width, height)
    return None


def _body_attribute(source: LayoutSource, shape: Element, kind: str, name: str) -> str | None:
    for candidate in _chain(source, shape, kind):
        body = candidate.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")
        if body is not None and body.get(name) is not None:
            return body.get(name)
    return None


def _insets(source: LayoutSource, shape: Element, kind: str) -> tuple[float, float, float, float]:
    left, top, right, bottom = (
        int(_body_attribute(source, shape, kind, name) or default) / _EMU for name, default in _INSETS.items()
    )
    return left, top, right, bottom


# -- text ------------------------------------------------------------------------


def _lists(source: LayoutSource, shape: Element | None, kind: str) -> list[Element]:
    """Where the settings of a placeholder's text may stand, nearest first."""
    lists = [
        candidate.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}")
        for candidate in (_chain(source, shape, kind) if shape is not None else ())
    ]
    styles = source.master.find(qn("p:txStyles"))
    if styles is not None:
        lists.append(styles.find(qn(f"p:{_MASTER_STYLES.get(kind, 'body')}Style")))
    return [one for one in (*lists, source.defaults) if one is not None]


def _settings(lists: Sequence[Element], level: int) -> list[Element]:
    """The paragraph settings of one level of text, nearest first."""
    tag = qn(f"a:lvl{level + 1}pPr")
    return [found for one in lists if (found := one.find(tag)) is not None]


def _styles(source: LayoutSource, shape: Element | None, kind: str) -> tuple[TextStyle, ...]:
    lists = _lists(source, shape, kind)
    return tuple(_style(source, _settings(lists, level)) for level in range(_LEVELS))


def _first(elements: Iterable[Element], name: str, default: str) -> str:
    return next((value for element in elements if (value := element.get(name)) is not None), default)


def _style(source: LayoutSource, settings: Sequence[Element]) -> TextStyle:
    runs = [run for setting in settings if (run := setting.find(qn("a:defRPr"))) is not None]
    size = int(_first(runs, "sz", "1800")) / 100
    latins = [latin for run in runs if (latin := run.find(qn("a:latin"))) is not None]
    spacing, exactly = _distance(settings, "a:lnSpc", 1.0)
    return TextStyle(
        size=size,
        face=_face(source, _first(latins, "typeface", "+mn-lt")),
        bold=_first(runs, "b", "0") in ("1", "true"),
        capitals=_first(runs, "cap", "none") == "all",
        spacing=spacing,
        exactly=exactly,
        before=_gap(settings, "a:spcBef", size),
        after=_gap(settings, "a:spcAft", size),
        fixed=_distance(settings, "a:spcBef", 0.0)[1] is not None,
        indent=max(0, int(_first(settings, "marL", "0"))) / _EMU,
        bulleted=_bulleted(settings),
    )


def _bulleted(settings: Sequence[Element]) -> bool:
    for setting in settings:
        if setting.find(qn("a:buNone")) is not None:
            return False
        if any(setting.find(qn(tag)) is not None for tag in ("a:buChar", "a:buAutoNum", "a:buBlip")):
            return True
    return False


def _distance(settings: Sequence[Element], tag: str, default: float) -> tuple[float, float | None]:
    """A distance as a multiple, or as points where the file fixes them."""
    for setting in settings:
        found = setting.find(qn(tag))
        if found is not None and len(found):
            value: str = found[0].get("val")
            if found[0].tag == qn("a:spcPts"):
                return default, int(value) / 100
            return (float(value[:-1]) / 100 if value.endswith("%") else int(value) / 100_000), None
    return default, None


def _gap(settings: Sequence[Element], tag: str, size: float) -> float:
    """Room above or below a paragraph, as a multiple of its size; a percentage is one of the line."""
    share, points = _distance(settings, tag, 0.0)
    return share * 1.2 if points is None else points / size


def _face(source: LayoutSource, name: str) -> str:
    """A face's name; "+mj-lt" and "+mn-lt" stand for the theme's fonts for headings and for text."""
    if not name.startswith("+"):
        return name
    which = "a:majorFont" if name.startswith("+mj") else "a:minorFont"
    latin = source.theme.find(f".//{qn(which)}/{qn('a:latin')}")
    return (latin.get("typeface") if latin is not None else "") or UNNAMED_FACE


def _free(source: LayoutSource) -> TextFrame:
    body = source.parents.get("body")
    lists = _lists(source, body, "body")
    fill, face = _letters(lists)
    return TextFrame(
        Box(0, 0, 0, 0),
        tuple(replace(style, bulleted=False) for style in _styles(source, body, "body")),
        colour=fill,
        typeface="" if face == "+mn-lt" else face,
        ink=_ink(source, lists),
    )


def _letters(lists: Sequence[Element]) -> tuple[str, str]:
    """Fill and face of the first level of text, as the file says them; empty where it does not."""
    runs = [run for setting in _settings(lists, 0) if (run := setting.find(qn("a:defRPr"))) is not None]
    fills = [fill for run in runs if (fill := run.find(qn("a:solidFill"))) is not None]
    latins = [latin for run in runs if (latin := run.find(qn("a:latin"))) is not None]
    return fragment(fills[0]) if fills else "", _first(latins, "typeface", "")


def _ink(source: LayoutSource, lists: Sequence[Element]) -> str:
    """The colour of a place's text as "#RRGGBB"; empty where it is not known."""
    runs = [run for setting in _settings(lists, 0) if (run := setting.find(qn("a:defRPr"))) is not None]
    fills = [fill for run in runs if (fill := run.find(qn("a:solidFill"))) is not None]
    palette = source.paint.palette
    paint = palette.paint(fills[0]) if fills else palette.named("tx1")
    return "" if paint is None else hexadecimal(paint.colour)


# -- art -------------------------------------------------------------------------


def _art(source: LayoutSource) -> tuple[str, ...]:
    shown = [source.element]
    if source.element.get("showMasterSp") not in ("0", "false"):
        shown.append(source.master)
    backgrounds = (element.find(f"{qn('p:cSld')}/{qn('p:bg')}") for element in (source.element, source.master))
    background = next((one for one in backgrounds if one is not None), None)
    found = ["" if background is None else fragment(background)]
    for element in shown:
        for shape in element.find(qn("p:cSld")).find(qn("p:spTree")):
            off, ext = (shape.find(f"*/{qn('a:xfrm')}/{qn(name)}") for name in ("a:off", "a:ext"))
            if off is not None and ext is not None and shape.find(".//" + qn("p:ph")) is None:
                numbers = (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))
                found.append(" ".join(str(round(int(number) / _EMU / 4)) for number in numbers))
    return tuple(found)
