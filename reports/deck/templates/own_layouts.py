"""The layouts of Fairsheet's own template, as data: what stands where, how large, in which colour of the theme."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from reports.deck.words.frames import PANEL_INSET, Role
from reports.powerpoint.box import Box

WIDTH, HEIGHT = 960.0, 540.0
"""Points: 13.333 x 7.5 in."""

_LEFT, _RIGHT = 57.6, 902.4
_SPAN = _RIGHT - _LEFT
_TOP, _BOTTOM = 114.0, 484.0
"""Where content starts below the title, and ends above the foot."""
_TALL = _BOTTOM - _TOP


class Spot(Struct, frozen=True, kw_only=True):
    """A placeholder. Sizes in points; colours by their place in the theme."""

    name: str
    box: Box
    prompt: str
    index: int = 0
    type: str = "body"
    size: float = 20
    bold: bool = False
    italic: bool = False
    colour: str = "tx1"
    anchor: str = "t"
    align: str = "l"
    bullets: bool = False
    """Whether lists may stand here, with levels that step down."""
    capitals: bool = False
    before: float = 0
    """Room above a paragraph, in points."""
    spacing: int = 100
    """Distance of lines in percent."""
    second: tuple[float, str] | None = None
    """Size and colour of a second level that is no list: who said a quote."""


class Mark(Struct, frozen=True):
    """A rectangle that belongs to the layout itself."""

    box: Box
    colour: str
    opacity: int = 100
    """Percent."""


class OwnLayout(Struct, frozen=True):
    role: Role
    spots: tuple[Spot, ...]
    marks: tuple[Mark, ...] = ()
    kind: str = ""
    """PowerPoint's own name for what the layout is for, where it has one."""
    background: str = "bg1"
    foot: float = _LEFT
    """Left edge of the source."""


FOOT: tuple[tuple[str, str, int, Box, str], ...] = (
    ("Source", "body", 31, Box(_LEFT, 498, 640, 28), "l"),
    ("Edition", "body", 30, Box(712, 498, 144, 28), "r"),
    ("Slide number", "sldNum", 12, Box(864, 498, _RIGHT - 864, 28), "r"),
)
"""Name, type, index, place and alignment of what stands at the foot of every slide. Source and edition stand in no
footer and no date: what PowerPoint's "Header & Footer, Apply to all" says would overwrite them."""

_TITLE = Spot(
    name="Title",
    type="title",
    box=Box(_LEFT, 28, _SPAN, 70),
    prompt="The claim, in two lines at most",
    size=30,
    bold=True,
    spacing=90,
)
"""Anchored at the top: from slide to slide it starts in one place, and so does the content below, whether it has one
line or two."""
_BODY = Spot(name="Body", index=1, box=Box(_LEFT, _TOP, _SPAN, _TALL), prompt="Text", bullets=True, before=10)
_MEASURE = Spot(
    name="Measure", index=13, box=Box(_LEFT, 98, _SPAN, 26), prompt="What is measured", size=20, colour="tx2"
)
_KICKER = Spot(name="Kicker", index=13, box=Box(_LEFT, 44, 560, 24), prompt="Topic", size=15, bold=True, capitals=True)
_TAB = Mark(Box(_LEFT, 0, 56, 8), "accent1")


def _picture(width: float) -> Spot:
    box = Box(_LEFT, 132, width, _BOTTOM - 132)
    return Spot(name="Chart", type="pic", index=14, box=box, prompt="Chart", size=14)


def _rule(left: float, top: float, width: float, colour: str = "accent6", height: float = 0.75) -> Mark:
    return Mark(Box(left, top, width, height), colour)


def _bars(left: float, bottom: float, width: float, gap: float, heights: tuple[float, ...]) -> tuple[Mark, ...]:
    """Rising bars in paper that shines through: what the deck is about, as an ornament."""
    step = width + gap
    return tuple(
        Mark(Box(left + step * i, bottom - height, width, height), "bg1", 8 + 3 * i) for i, height in enumerate(heights)
    )


def _cover() -> OwnLayout:
    floor = 356.0
    return OwnLayout(
        "Title",
        (
            replace(_TITLE, type="ctrTitle", box=Box(_LEFT, 60, 660, 182), size=54, colour="bg1", anchor="b"),
            Spot(
                name="Subtitle",
                type="subTitle",
                index=1,
                box=Box(_LEFT, 256, 560, 86),
                prompt="What it is about",
                size=22,
                colour="bg1",
            ),
            replace(_KICKER, colour="bg1", prompt="Kind of document"),
            Spot(name="Institution", index=14, box=Box(_LEFT, 384, 380, 96), prompt="Institution and unit", before=2),
            Spot(
                name="Imprint",
                index=15,
                box=Box(480, 384, _RIGHT - 480, 104),
                prompt="Date, and what readers must know",
                size=16,
                colour="tx2",
                before=4,
            ),
        ),
        (Mark(Box(0, 0, WIDTH, floor), "accent1"), *_bars(640, floor, 58, 10, (84, 66, 142, 216))),
        kind="title",
    )


def _section() -> OwnLayout:
    left, edge = 290.0, 232.0
    return OwnLayout(
        "Section",
        (
            replace(_TITLE, box=Box(left, 76, _RIGHT - left, 132), size=40),
            replace(_BODY, name="Introduction", box=Box(left, 224, _RIGHT - left, 260), size=22, before=10),
            # the kicker reaches below the title's upper edge, so that nothing is read upwards: a checker's rule
            replace(_KICKER, box=Box(left, 44, _RIGHT - left, 38), colour="accent1"),
            Spot(
                name="Agenda",
                index=15,
                box=Box(left, 224, _RIGHT - left, 260),
                prompt="The sections, this one marked",
                size=22,
                before=10,
            ),
            Spot(
                name="Number",
                index=14,
                box=Box(0, 76, edge, 126),
                prompt="1",
                size=110,
                bold=True,
                colour="bg1",
                anchor="t",
                align="ctr",
                spacing=90,
            ),
        ),
        (Mark(Box(0, 0, edge, HEIGHT), "accent1"), *_bars(_LEFT, HEIGHT, 24, 7, (40, 28, 66, 104))),
        kind="secHead",
        background="bg2",
        foot=left,
    )


def _myth() -> OwnLayout:
    """The fact outweighs the myth: it is wider, larger and stands on a panel."""
    narrow, facts, inset = 250.0, 336.0, 26.0
    # The places of the labels reach below those of their texts, so that nothing is read upwards: a checker's rule.
    label = Spot(name="", box=Box(0, 0, 0, 0), prompt="", size=15, bold=True, capitals=True)
    wide = _RIGHT - facts
    left, inner = facts + inset, wide - 2 * inset
    return OwnLayout(
        "Myth and fact",
        (
            _TITLE,
            replace(
                label, name="Myth label", index=13, box=Box(_LEFT, _TOP + 20, narrow, 38), prompt="Myth", colour="tx2"
            ),
            Spot(
                name="Myth",
                index=1,
                box=Box(_LEFT, _TOP + 52, narrow, _TALL - 70),
                prompt="What people believe",
                size=22,
                italic=True,
                colour="tx2",
            ),
            replace(
                label, name="Fact label", index=14, box=Box(left, _TOP + 20, inner, 38), prompt="Fact", colour="accent1"
            ),
            replace(
                _BODY,
                name="Facts",
                index=2,
                box=Box(left, _TOP + 52, inner, _TALL - 70),
                prompt="What is so",
                size=26,
                before=14,
            ),
        ),
        (_TAB, _rule(_LEFT, _TOP, narrow, "accent3", 1.5), _rule(facts, _TOP, wide, "accent1", 3)),
    )


def _columns(role: Role, names: tuple[str, ...], size: float, kind: str = "") -> OwnLayout:
    """Places side by side; the panels below them are as high as their texts, so they stand on the slides."""
    gap, inset = 20.0, PANEL_INSET
    width = (_SPAN - gap * (len(names) - 1)) / len(names)
    panels = [Box(_LEFT + i * (width + gap), _TOP, width, _TALL) for i in range(len(names))]
    spots = (
        replace(
            _BODY,
            name=name,
            index=1 + i,
            box=Box(box.left + inset, box.top + inset, width - 2 * inset, _TALL - 2 * inset),
            size=size,
            before=14,
        )
        for i, (name, box) in enumerate(zip(names, panels))
    )
    marks = (_rule(box.left, _TOP, width, "accent1", 3) for box in panels)
    return OwnLayout(role, (_TITLE, *spots), (_TAB, *marks), kind=kind)


_FIGURES: dict[int, tuple[Role, float, float, float]] = {
    1: ("Key figures 1", 130, 30, 480),
    2: ("Key figures 2", 96, 28, 420),
    3: ("Key figures 3", 72, 26, 350),
    4: ("Key figures 4", 58, 24, 300),
    5: ("Key figures 5", 46, 22, 260),
}
"""For each number of figures: layout, sizes of figure and label, width of the column of figures."""


def _key_figures(count: int) -> OwnLayout:
    role, size, label_size, width = _FIGURES[count]
    row = _TALL / count
    left = _LEFT + width + 28
    spots: list[Spot] = [_TITLE]
    for i in range(count):
        y = _TOP + i * row
        spots.append(
            Spot(
                name=f"Figure {i + 1}",
                index=20 + 2 * i,
                box=Box(_LEFT, y, width, row),
                prompt="00",
                size=size,
                bold=True,
                colour="accent1",
                anchor="ctr",
            )
        )
        box = Box(left, y, _RIGHT - left, row)
        label = Spot(name=f"Label {i + 1}", index=21 + 2 * i, box=box, prompt="What it says", size=label_size)
        spots.append(replace(label, anchor="ctr"))
    rules = (_rule(_LEFT, _TOP + i * row, _SPAN) for i in range(count + 1))
    return OwnLayout(role, tuple(spots), (_TAB, *rules))


def _with_callout() -> OwnLayout:
    """Text over a panel with what must not be missed."""
    panel = Box(_LEFT, 388, _SPAN, _BOTTOM - 388)
    inner = Box(panel.left + 40, panel.top, panel.width - 80, panel.height)
    callout = Spot(
        name="Callout", index=13, box=inner, prompt="What must not be missed", size=22, anchor="ctr", before=6
    )
    body = replace(_BODY, box=Box(_LEFT, _TOP, _SPAN, 248), size=26, before=18)
    marks = (_TAB, Mark(panel, "bg2"), Mark(replace(panel, width=6), "accent1"))
    return OwnLayout("Text and callout", (_TITLE, body, callout), marks)


def _with_figure() -> OwnLayout:
    """A chart of few bars, and beside it what it means as a number."""
    left, width = 676.0, _RIGHT - 676.0
    spots = (
        Spot(name="Name", index=15, box=Box(left, 148, width, 52), prompt="Of whom", bold=True, anchor="b"),
        Spot(
            name="Figure",
            index=16,
            box=Box(left, 204, width, 70),
            prompt="00",
            size=56,
            bold=True,
            colour="accent1",
            anchor="ctr",
        ),
        Spot(name="Label", index=17, box=Box(left, 278, width, 110), prompt="What it says"),
    )
    marks = (_TAB, _rule(left - 26, 148, 0.75, height=240))
    return OwnLayout("Chart and figure", (_TITLE, _MEASURE, _picture(left - 44 - _LEFT), *spots), marks)


def _two_charts() -> OwnLayout:
    """Charts that belong together, each under what it says."""
    gap = 44.0
    width = (_SPAN - gap) / 2
    places = [(name, Box(_LEFT + i * (width + gap), _TOP, width, _TALL)) for i, name in enumerate(("Left", "Right"))]
    spots = (
        replace(_BODY, name=name, index=1 + i, box=box, size=18, before=4, bullets=False)
        for i, (name, box) in enumerate(places)
    )
    return OwnLayout("Two charts", (_TITLE, *spots), (_TAB, _rule(_LEFT + width + gap / 2, _TOP, 0.75, height=_TALL)))


def _question() -> OwnLayout:
    """The question on a panel at the left, as large as a section's title; beside it the answer."""
    edge, top, tall = 384.0, 56.0, 428.0
    left = edge + 46
    title = replace(
        _TITLE,
        box=Box(_LEFT, top, edge - _LEFT - 30, tall),
        prompt="The question",
        size=36,
        anchor="ctr",
    )
    answer = replace(
        _BODY,
        name="Answer",
        box=Box(left, top, _RIGHT - left, tall),
        prompt="The answer",
        size=28,
        anchor="ctr",
        before=16,
    )
    marks = (Mark(Box(0, 0, edge, HEIGHT), "bg2"), Mark(Box(0, 0, 14, HEIGHT), "accent1"))
    return OwnLayout("Question and answer", (title, answer), marks, foot=left)


def _closing() -> OwnLayout:
    """What to do, and beside it where to go: a code for telephones, the address and the contact."""
    panel = Box(620, _TOP, _RIGHT - 620, _TALL)
    left, side = panel.left + PANEL_INSET, 200.0
    width = panel.width - 2 * PANEL_INSET
    spots = (
        replace(_BODY, box=Box(_LEFT, _TOP, panel.left - 34 - _LEFT, _TALL), size=26, before=18),
        Spot(
            name="Web code",
            type="pic",
            index=14,
            box=Box(panel.left + (panel.width - side) / 2, panel.top + PANEL_INSET, side, side),
            prompt="QR code",
            size=14,
        ),
        Spot(
            name="Contact",
            index=13,
            box=Box(left, panel.top + side + 34, width, panel.height - side - 46),
            prompt="Address and contact",
            size=18,
            before=5,
        ),
    )
    return OwnLayout(
        "Closing", (_TITLE, *spots), (_TAB, Mark(panel, "bg2"), _rule(panel.left, _TOP, panel.width, "accent1", 3))
    )


def own_layouts() -> tuple[OwnLayout, ...]:
    """Every layout of the template, in the order in which PowerPoint offers them."""
    beside = Box(640, 132, _RIGHT - 640, _BOTTOM - 132)
    table = Box(_LEFT, 132, _SPAN, _BOTTOM - 132)
    return (
        _cover(),
        _section(),
        OwnLayout("Text", (_TITLE, _BODY), (_TAB,), kind="tx"),
        OwnLayout("Text large", (_TITLE, replace(_BODY, size=28, before=28)), (_TAB,)),
        _with_callout(),
        OwnLayout("Chart", (_TITLE, _MEASURE, _picture(_SPAN)), (_TAB,)),
        OwnLayout(
            "Chart and text",
            (_TITLE, _MEASURE, _picture(546), replace(_BODY, box=beside, size=20, before=10)),
            (_TAB,),
        ),
        _with_figure(),
        _columns("Two columns", ("Left", "Right"), 26, "twoColTx"),
        _columns("Three columns", ("First", "Second", "Third"), 22),
        _two_charts(),
        _myth(),
        OwnLayout(
            "Quote",
            (
                replace(_TITLE, size=20, colour="accent1"),
                Spot(
                    name="Quote",
                    index=1,
                    box=Box(104, _TOP, 780, _TALL),
                    prompt="What was said",
                    size=40,
                    anchor="ctr",
                    before=18,
                    second=(20, "tx2"),
                ),
            ),
            (_TAB, _rule(_LEFT, _TOP, 6, "accent1", _TALL)),
            background="bg2",
        ),
        *(_key_figures(count) for count in _FIGURES),
        OwnLayout(
            "Table",
            (
                _TITLE,
                replace(_MEASURE, name="Caption", prompt="What the table shows"),
                Spot(name="Table", type="tbl", index=14, box=table, prompt="Table", size=16),
            ),
            (_TAB,),
        ),
        _question(),
        _closing(),
        OwnLayout(
            "Statement",
            (
                replace(_TITLE, size=20, colour="tx2"),
                Spot(
                    name="Statement",
                    index=1,
                    box=Box(_LEFT + 34, _TOP, _SPAN - 34, _TALL),
                    prompt="What it comes down to",
                    size=48,
                    bold=True,
                    colour="accent1",
                    anchor="ctr",
                ),
            ),
            (_TAB, _rule(_LEFT, _TOP, 10, "accent1", _TALL)),
        ),
    )
