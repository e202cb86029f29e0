"""Reads one layout of a PowerPoint file: each placeholder's box and text styles, with what the master gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from data.look.colour import TEXT, contrast
from reports.deck.words.frames import Placeholder, TextFrame, TextStyle
from reports.powerpoint.box import Box
from reports.powerpoint.xml import Element, fragment
from reports.powerpoint.xml import qualified as qn

_EMU = 12700
"""To the point."""
_MASTER_TYPES = {"ctrTitle": "title", "title": "title", "dt": "dt", "ftr": "ftr", "sldNum": "sldNum"}
_MASTER_STYLES = {"ctrTitle": "title", "title": "title", "dt": "other", "ftr": "other", "sldNum": "other"}
_INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}
"""What PowerPoint takes where nothing is said (ECMA-376 part 1, 21.1.2.1.1)."""
_LEVELS = 5


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


class LayoutFound(Struct, frozen=True):
    """What was read: named frames in the order of the file, upright ones only."""

    name: str
    kind: str
    """PowerPoint's own name for its purpose: "title", "obj", "secHead" ...; often empty."""
    index: int
    rank: int
    """Place of its master: the one that most sample slides use comes first."""
    width: float
    height: float
    frames: tuple[tuple[str, TextFrame], ...]
    free: TextFrame
    """A text box on this layout: the master's body text, without a box of its own."""
    obstacles: tuple[Box, ...]
    """Pictures and shapes that the layout shows, backgrounds apart."""
    panel: bool

    def of(self, *types: str) -> tuple[TextFrame, ...]:
        """The frames of these placeholder types."""
        return tuple(frame for _, frame in self.frames if frame.placeholder and frame.placeholder.type in types)

    @property
    def title(self) -> TextFrame | None:
        return next(iter(self.of("title", "ctrTitle")), None)

    @property
    def bodies(self) -> tuple[TextFrame, ...]:
        """Places for text, from the top, then from the left."""
        return tuple(sorted(self.of("body", "obj", "subTitle"), key=lambda f: (round(f.box.top), f.box.left)))


def read_layout(source: LayoutSource, index: int, rank: int, ink: str) -> LayoutFound:
    """What a layout offers; `ink` is the colour of text in charts, which the background must let stand out."""
    frames: list[tuple[str, TextFrame]] = []
    for shape, mark in _placeholders(source.element):
        box = _box(source, shape, mark.type)
        turned = _body_attribute(source, shape, mark.type, "vert") not in (None, "horz")
        if box is None or turned or box.width <= 0 or box.height <= 0:
            continue
        name: str = shape.find(".//" + qn("p:cNvPr")).get("name", "")
        styles = _styles(source, shape, mark.type)
        frames.append((name, TextFrame(box, styles, _insets(source, shape, mark.type), mark)))
    common: Element = source.element.find(qn("p:cSld"))
    return LayoutFound(
        name=common.get("name", ""),
        kind=source.element.get("type", ""),
        index=index,
        rank=rank,
        width=source.width,
        height=source.height,
        frames=tuple(frames),
        free=_free(source),
        obstacles=tuple(box for box in _shapes(source) if not _fills_slide(source, box)),
        panel=_needs_panel(source, ink),
    )


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
    return (latin.get("typeface") if latin is not None else "") or "Calibri"


def _free(source: LayoutSource) -> TextFrame:
    body = source.parents.get("body")
    settings = _settings(_lists(source, body, "body"), 0)
    runs = [run for setting in settings if (run := setting.find(qn("a:defRPr"))) is not None]
    fills = [fill for run in runs if (fill := run.find(qn("a:solidFill"))) is not None]
    latins = [latin for run in runs if (latin := run.find(qn("a:latin"))) is not None]
    face = _first(latins, "typeface", "")
    return TextFrame(
        Box(0, 0, 0, 0),
        tuple(replace(style, bulleted=False) for style in _styles(source, body, "body")),
        colour=fragment(fills[0]) if fills else "",
        typeface="" if face == "+mn-lt" else face,
    )


# -- background ------------------------------------------------------------------


def _needs_panel(source: LayoutSource, ink: str) -> bool:
    """Whether a chart, drawn for paper, would be hard to read here: on dark, on a picture, on colours that run."""
    if any(_fills_slide(source, box) for box in _shapes(source)):
        return True
    for element in (source.element, source.master):
        background = element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if background is not None:
            colour = _plain_colour(source, background)
            return colour is None or contrast(ink, colour) < TEXT
    return False


def _shapes(source: LayoutSource) -> Iterator[Box]:
    """The places of pictures and shapes that are no placeholders, of the layout and of the master it shows."""
    shown = [source.element]
    if source.element.get("showMasterSp") not in ("0", "false"):
        shown.append(source.master)
    for element in shown:
        for shape in element.find(qn("p:cSld")).find(qn("p:spTree")):
            off, ext = (shape.find(f"*/{qn('a:xfrm')}/{qn(name)}") for name in ("a:off", "a:ext"))
            if off is not None and ext is not None and shape.find(".//" + qn("p:ph")) is None:
                numbers = (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))
                left, top, width, height = (int(number) / _EMU for number in numbers)
                yield Box(left, top, width, height)


def _fills_slide(source: LayoutSource, box: Box) -> bool:
    return box.width * box.height > 0.5 * source.width * source.height


def _colour_map(source: LayoutSource) -> Element:
    """Which of the theme's colours "bg1", "tx1" and so on are: a layout may change what its master says."""
    own = source.element.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}")
    return source.master.find(qn("p:clrMap")) if own is None else own


def _plain_colour(source: LayoutSource, background: Element) -> str | None:
    """The colour of a background as "#RRGGBB"; None where it is no plain one."""
    fill = background.find(f"{qn('p:bgPr')}/{qn('a:solidFill')}")
    if fill is None:
        fill = background.find(qn("p:bgRef"))
        if fill is None or fill.get("idx") not in ("0", "1001"):
            return None
    if not len(fill) or len(fill[0]):
        return None
    colour = fill[0]
    if colour.tag == qn("a:schemeClr"):
        slot = _colour_map(source).get(colour.get("val"), colour.get("val"))
        named = source.theme.find(f".//{qn('a:clrScheme')}/{qn('a:' + slot)}")
        if named is None or not len(named):
            return None
        colour = named[0]
    value = colour.get("lastClr") or colour.get("val", "")
    return f"#{value}" if len(value) == 6 else None
