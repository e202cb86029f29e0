"""How parts share a side: where it ends, what its spare room becomes, and by how much it is too full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never

from msgspec import Struct
from msgspec.structs import replace

from charts.kinds.registry import KINDS
from charts.ranked import by_category
from data.errors import Place, Problem
from reports.document.blocks import (
    AboutData,
    Block,
    Callout,
    Columns,
    Figure,
    FootnoteList,
    Glossary,
    Heading,
    Image,
    ItemList,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    Paragraph,
    PullQuote,
    Question,
    Quote,
    TableBlock,
)
from reports.document.inlines import Inlines, plain
from reports.document.qr import MM
from reports.document.tree import inlines_of, walk
from reports.pdf.handout.look import LEAST_TEXT
from reports.pdf.handout.parts import Part

_GOOD_GAP, _WIDE_GAP = 20.0, 30.0
"""Open gaps grow to the first before drawings grow at all, and to the second before drawings grow to their full."""
_SOME_GROWTH = 0.4
_HAIR = 0.01
"""A hundredth of a point: what adding many heights may be off by."""
_FEWEST_ROWS = 3
"""Of a chart, below which fewer rows are no way out."""
_MOST_FOOT = 0.3
"""Of a page: a foot that is higher is what is wrong with a page that is too full."""


class Side(Struct, frozen=True):
    """One side of the sheet; sizes in points."""

    parts: tuple[Part, ...]
    head: Part
    foot: Part
    height: float
    """From margin to margin."""
    gap: float
    """The least that open gaps take."""

    @property
    def room(self) -> float:
        """Height between head and foot."""
        return self.height - self.head.height - self.foot.height

    @property
    def need(self) -> float:
        """Height of the parts, with the gaps above, between and below them."""
        return self._closed + self._open * self.gap

    @property
    def fits(self) -> bool:
        return self.need <= self.room + _HAIR

    @property
    def fill(self) -> float:
        """The need as a part of the room."""
        return self.need / self.room

    @property
    def _closed(self) -> float:
        """Height of the parts, and of those gaps between them that are not open."""
        between = sum(part.gap for part in self.parts[1:] if not part.open)
        return between + sum(part.height for part in self.parts)

    @property
    def _open(self) -> int:
        """Number of open gaps: below the head, above the foot, and between parts."""
        return 2 + sum(part.open for part in self.parts[1:])

    def spread(self) -> Iterator[tuple[Part, float, float]]:
        """Each part with its distance from the upper margin, and its height.

        What is to spare goes to open gaps up to a good distance, then to drawings, then to gaps again, and so on:
        the whole height is used, and head, rows and foot stand at even distances.
        """
        spare = self.room - self.need
        count, growth = self._open, sum(part.growth for part in self.parts)
        gap, grown = self.gap, 0.0
        for gap_up_to, growth_up_to in ((_GOOD_GAP, _SOME_GROWTH), (_WIDE_GAP, 1.0), (self.height, 1.0)):
            step = min(max(gap_up_to - gap, 0.0), max(spare, 0.0) / count)
            gap, spare = gap + step, spare - step * count
            step = min(growth_up_to * growth - grown, max(spare, 0.0))
            grown, spare = grown + step, spare - step
        share = grown / growth if growth else 0.0
        y = self.head.height
        for index, part in enumerate(self.parts):
            y += gap if part.open or not index else part.gap
            height = part.height + part.growth * share
            yield part, y, height
            y += height


def best_break(first: Side, second: Side, torn: bool = False, divided: bool = False) -> tuple[Side, Side]:
    """The parts of `first` divided over two sides, between open gaps, so that both are about equally full.

    Only when `torn`, or when there is no other place, a topic is parted from the heading above its first paragraph.
    Only when `divided`, and where nothing else fits, a table goes on over the two sides.
    Where everything does not fit at all, the first side takes as much as it can.
    """
    parts = first.parts
    ways = [
        (replace(first, parts=parts[:at]), replace(second, parts=parts[at:]))
        for at, part in enumerate(parts)
        if at and part.open
    ]
    whole = ways if torn else [way for way in ways if not _tears(way[0])] or ways
    fitting = _fitting(whole) or (_fitting(_divided(first, second)) if divided else [])
    if fitting:
        return min(fitting, key=lambda sides: abs(sides[0].fill - sides[1].fill))
    if not whole:
        return first, second
    return next((way for way in reversed(whole) if way[0].fits), whole[0])


def _fitting(ways: Iterable[tuple[Side, Side]]) -> list[tuple[Side, Side]]:
    return [(one, two) for one, two in ways if one.fits and two.fits]


def _divided(first: Side, second: Side) -> Iterator[tuple[Side, Side]]:
    """The ways to end a side within a part."""
    parts = first.parts
    for at, part in enumerate(parts):
        if part.halves is None:
            continue
        for place in part.places:
            upper, lower = part.halves(place)
            ends = replace(upper, gap=part.gap, open=part.open)
            yield replace(first, parts=(*parts[:at], ends)), replace(second, parts=(lower, *parts[at + 1 :]))


def _tears(side: Side) -> bool:
    """Whether the side ends with a heading and no more than its first paragraph."""
    return any(len(part.spots) == 1 and isinstance(part.spots[0].block, Heading) for part in side.parts[-2:])


# -- too much ----------------------------------------------------------------


class _Reach(NamedTuple):
    """From where to where a block reaches, in points from the upper end of a side's room."""

    block: Block
    top: float
    bottom: float


def overflow(side: Side, language: str, leading: float, remedy: str) -> list[Problem]:
    """A problem for each block that does not fit on a side that needs more room than it has, set as small as can be.

    `leading` is the height of a line of text in points, `remedy` what can be done besides shortening.
    """
    limit = side.room - side.gap
    if side.foot.height > _MOST_FOOT * side.height or not side.parts:
        return [
            Problem(
                Place("brand.toml"),
                f"the statements at the foot take {side.foot.height:.0f} of the page's {side.height:.0f} points.",
                "Shorten contact, accommodation and non_discrimination, or the caveat in project.toml.",
            )
        ]
    reaches: dict[int, _Reach] = {}
    y = side.gap
    for index, part in enumerate(side.parts):
        if index:
            y += side.gap if part.open else part.gap
        for spot in part.spots:
            known = reaches.get(id(spot.block), _Reach(spot.block, y + spot.top, 0.0))
            reaches[id(spot.block)] = known._replace(bottom=max(known.bottom, y + spot.bottom))
        y += part.height
    over = side.need - side.room
    lines = _lines(over, leading)
    return [
        Problem(
            reach.block.place,
            f"{describe(reach.block, language)} "
            + ("has no room on the page: it would end " if reach.top >= limit else "does not fit on the page: it ends ")
            + f"{_amount(reach.bottom - limit, leading)} below the end.",
            f"All text is at its least size of {LEAST_TEXT:.0f} points already. {_fewer(reach, over)} the page by"
            f" {lines}{remedy}.",
        )
        for reach in reaches.values()
        if reach.bottom > limit
    ]


def _fewer(reach: _Reach, over: float) -> str:
    """How to begin to say what to do: with fewer rows, where those of one chart are what is too much."""
    block, high = reach.block, reach.bottom - reach.top
    if not isinstance(block, Figure) or not KINDS[block.chart.kind].fewer or over > high:
        return "Shorten"
    every = len(by_category(block.chart.table, block.chart.category))
    left = int(every * (1 - over / high)) - 2  # what is not rows stays as high as it is
    if left < _FEWEST_ROWS:
        return "Shorten"
    return f"Show about {left} of its {every} rows (rows = {left} for [charts.{block.chart.id}]), or shorten"


def _lines(points: float, leading: float) -> str:
    count = max(1, -int(-points // leading))
    return f"{count} {'line' if count == 1 else 'lines'} of text"


def _amount(points: float, leading: float) -> str:
    return f"{max(points, 1):.0f} points ({max(points / MM, 1):.0f} mm, {_lines(points, leading)})"


_NAMES = {
    AboutData: "the list of sources",
    Columns: "the row of columns",
    Glossary: "the glossary",
    FootnoteList: "the list of footnotes",
    KeyFigures: "the row of key figures",
    Notes: "the notes",
}


def describe(block: Block, language: str) -> str:
    """A block as its author would find it: "the list that begins 'Programming: Python first'"."""
    match block:
        case Figure():
            return f"the chart '{_short(block.title or (), language) or block.chart.id}'"
        case Image():
            return f"the picture '{block.name}'"
        case TableBlock():
            return f"the table '{_short(block.title, language)}'" if block.title else "the table"
        case Heading():
            return f"the heading '{_short(block.content, language)}'"
        case Myth():
            return f"the myth '{_short(block.myth, language)}'"
        case Question():
            return f"the question '{_short(block.question, language)}'"
        case NextSteps():
            return f"the box '{_short(block.title, language)}'" if block.title else "the box of next steps"
        case Paragraph():
            return _beginning("paragraph", block, language)
        case ItemList():
            return _beginning("list", block, language)
        case Quote():
            return _beginning("quote", block, language)
        case PullQuote():
            return _beginning("pull quote", block, language)
        case Callout():
            return _beginning("callout", block, language)
        case AboutData() | Columns() | FootnoteList() | Glossary() | KeyFigures() | Notes():
            return _NAMES[type(block)]
        case _:
            assert_never(block)


def _beginning(name: str, block: Block, language: str) -> str:
    said = next((found for each in walk((block,)) for own in inlines_of(each) if (found := _short(own, language))), "")
    return f"the {name} that begins '{said}'" if said else f"the {name}"


def _short(inlines: Inlines, language: str) -> str:
    text = " ".join(plain(inlines, language).split())
    return text if len(text) <= 48 else text[:45].rstrip() + "…"
