"""What a handout is put together from: parts of fixed width that are stacked, set side by side, and may grow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from reports.document.blocks import Block
from reports.pdf.tagged.tagging import Attributes, TaggedCanvas
from reports.pdf.text.passage import Passage

Kind = Literal["heading", "claim", "drawing", "source", "text"]
"""Parts of one kind (but "text") at the same place of neighbouring columns begin on one line."""

Halves = Callable[[int], "tuple[Part, Part]"]
"""Divides a part at one of its places: what ends a side, and what begins the next."""
Draw = Callable[[TaggedCanvas, float, float, float], None]
"""Draws a part: canvas, left edge, top, and the height that it is given, at least its own."""


class Spot(NamedTuple):
    """Where a block of the story comes to stand, in points from the top of a part."""

    top: float
    bottom: float
    block: Block


class Part(Struct, frozen=True):
    """Something fitted to a width; sizes in points."""

    height: float
    draw: Draw
    kind: Kind = "text"
    gap: float = 0.0
    """Space to the part above."""
    open: bool = False
    """The space above is whatever the page has to spare; a page may end there."""
    baseline: float = 0.0
    """From the top to the first line's baseline; 0 for what begins with an edge: a drawing, a tinted box."""
    growth: float = 0.0
    """How much higher it can be drawn."""
    spots: tuple[Spot, ...] = ()
    places: tuple[int, ...] = ()
    """Where it can be divided over two sides, such as between the rows of a table."""
    halves: Halves | None = None

    def of(self, block: Block) -> Part:
        """This part as the place of `block`."""
        halves = self.halves
        spots = (Spot(0.0, self.height, block),)
        if halves is None:
            return replace(self, spots=spots)

        def of_block(place: int) -> tuple[Part, Part]:
            upper, lower = halves(place)
            return upper.of(block), lower.of(block)

        return replace(self, spots=spots, halves=of_block)

    def whole(self) -> Part:
        """This part as one that is not divided."""
        return replace(self, places=(), halves=None) if self.places else self


def _nothing(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
    """Draw nothing."""


EMPTY = Part(0.0, _nothing)


def text(passage: Passage, width: float, *, kind: Kind = "text", gap: float = 0.0, anchor: str = "") -> Part:
    """A passage fitted to a width; references to `anchor` lead here."""
    lines = passage.fit(width)

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        if anchor:
            canvas.anchor(anchor, x, top)
        lines.draw(canvas, x, top)

    return Part(lines.height, draw, kind, gap, baseline=passage.style.baseline)


def stack(parts: Sequence[Part]) -> Part:
    """Parts one below the other; what the whole grows goes to those that can, in proportion."""
    if len(parts) == 1:
        return replace(parts[0], gap=0.0, open=False)
    tops: list[float] = []
    y = 0.0
    for index, part in enumerate(parts):
        y += part.gap if index else 0.0
        tops.append(y)
        y += part.height
    whole, growth = y, sum(part.growth for part in parts)

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        share = min(1.0, (height - whole) / growth) if growth else 0.0
        grown = 0.0
        for part, start in zip(parts, tops):
            own = part.growth * share
            part.draw(canvas, x, top - start - grown, part.height + own)
            grown += own

    return Part(
        whole,
        draw,
        parts[0].kind if parts else "text",
        baseline=parts[0].baseline if parts else 0.0,
        growth=growth,
        spots=tuple(_moved(spot, start) for part, start in zip(parts, tops) for spot in part.spots),
    )


def _moved(spot: Spot, down: float) -> Spot:
    return Spot(spot.top + down, spot.bottom + down, spot.block)


class _Shelf(NamedTuple):
    """One line of parts that stand at the same place of neighbouring columns."""

    parts: tuple[Part, ...]
    gap: float
    baseline: float
    height: float
    growth: float


def _shelf(parts: tuple[Part, ...]) -> _Shelf:
    baseline = max(part.baseline for part in parts)
    height = max(baseline - part.baseline + part.height for part in parts)
    growth = min(part.height + part.growth for part in parts) - height if parts[0].kind == "drawing" else 0.0
    return _Shelf(parts, max(part.gap for part in parts), baseline, height, max(0.0, growth))


def beside(columns: Sequence[Sequence[Part]], lefts: Sequence[float]) -> Part:
    """Columns of parts side by side, each read to its end before the next.

    As long as all columns go on alike (heading with heading, drawing with drawing) their parts begin on one line,
    and drawings get one height; from there on each column goes its own way, and its drawings grow to end with the
    others. `lefts` are the columns' left edges, from the left edge of the whole.
    """
    alike = list(takewhile(lambda parts: parts[0].kind != "text" and len({p.kind for p in parts}) == 1, zip(*columns)))
    shelves = [_shelf(parts) for parts in alike]
    tops: list[float] = []
    y = 0.0
    for index, shelf in enumerate(shelves):
        y += shelf.gap if index else 0.0
        tops.append(y)
        y += shelf.height
    rests = [column[len(shelves) :] for column in columns]
    firsts = max((rest[0].baseline for rest in rests if rest), default=0.0)
    shifts = [firsts - rest[0].baseline if rest and rest[0].baseline and not shelves else 0.0 for rest in rests]
    below = y + (max((rest[0].gap for rest in rests if rest), default=0.0) if shelves else 0.0)
    stacked = [stack(rest) if rest else EMPTY for rest in rests]
    free = max((shift + part.height for shift, part in zip(shifts, stacked)), default=0.0)
    slack = min(free - shift - part.height + part.growth for shift, part in zip(shifts, stacked))
    free_growth = slack if any(part.growth for part in stacked) else 0.0
    whole = below + free if any(rests) else y
    shelf_growth = sum(shelf.growth for shelf in shelves)

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        extra = max(0.0, height - whole)
        share = min(1.0, extra / shelf_growth) if shelf_growth else 0.0
        room = free + min(free_growth, extra - share * shelf_growth)
        for index, left in enumerate(lefts):
            grown = 0.0
            for shelf, start in zip(shelves, tops):
                part, own = shelf.parts[index], shelf.growth * share
                down = start + grown + shelf.baseline - part.baseline
                part.draw(canvas, x + left, top - down, shelf.height + own)
                grown += own
            part = stacked[index]
            given = min(part.height + part.growth, room - shifts[index])
            part.draw(canvas, x + left, top - below - grown - shifts[index], given)

    spots: list[Spot] = []
    for index in range(len(columns)):
        for shelf, start in zip(shelves, tops):
            part = shelf.parts[index]
            spots.extend(_moved(spot, start + shelf.baseline - part.baseline) for spot in part.spots)
        spots.extend(_moved(spot, below + shifts[index]) for spot in stacked[index].spots)
    return Part(
        whole,
        draw,
        shelves[0].parts[0].kind if shelves else "text",
        baseline=shelves[0].baseline if shelves else firsts,
        growth=shelf_growth + free_growth,
        spots=tuple(spots),
    )


def inset(
    part: Part, left: float, above: float, below: float, ground: Draw | None = None, *, edged: bool = False
) -> Part:
    """A part moved in from the left and with space above and below; `ground` is drawn first, behind the whole.

    What is `edged` has an outline of its own, which stands level with the first lines of its neighbours.
    """

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        if ground is not None:
            ground(canvas, x, top, height)
        part.draw(canvas, x + left, top - above, height - above - below)

    return Part(
        part.height + above + below,
        draw,
        baseline=above + part.baseline if part.baseline and not edged else 0.0,
        growth=part.growth,
        spots=tuple(_moved(spot, above) for spot in part.spots),
    )


def tagged(part: Part, tag: str, key: object = None, attributes: Attributes | None = None) -> Part:
    """A part inside a structure element; equal keys continue one element."""

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        with canvas.tag(tag, key, attributes=attributes):
            part.draw(canvas, x, top, height)

    return replace(part.whole(), draw=draw)
