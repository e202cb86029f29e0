"""The breaking of a document into pages: the best of all ways to break it, found before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct

from reports.pdf.styles import GRID
from reports.pdf.tagged.box import Flowable


class Flowing(Struct, frozen=True):
    """A box in the flow of a document. Sizes in points."""

    box: Flowable
    gap: float = 0.0
    """Space above; gone at the top of a page."""
    kept: bool = False
    """Begins on the page where the box before it ends."""
    room: float = 0.0
    """Begins in the middle of a page only where this much is free."""
    stretch: float = 0.0
    """By how much the gap may grow on a page with room to spare."""
    floats: bool = False
    """May move to the top of the next page, text that follows taking its place."""
    yields: bool = False
    """Text that may take the place of a box that floats."""
    opens: str = ""
    """Name of the section that begins with this box."""
    grows: float = 0.0
    """By how much the box itself may become higher to fill its page, in steps of the grid."""
    shrinks: float = 0.0
    """By how much it may become lower to stay on its page, likewise."""
    resized: Callable[[float], Flowable] | None = None
    """The same box, higher by so much."""
    turned: bool = False
    """Stands on pages that are wider than high."""

    def box_for(self, placed: Placed) -> Flowable:
        """The box at the height that it has on its page."""
        return self.resized(placed.extra) if placed.extra and self.resized else self.box


class Placed(NamedTuple):
    """Some pieces of a box on a page; `top` is counted downwards from the top of the text area."""

    place: int
    """Of the box in the flow, from 0."""
    first: int
    last: int
    top: float
    extra: float = 0.0
    """By how much it is higher than by nature, or lower."""


class TooHighError(Exception):
    """A piece that is higher than a page; `index` is the box's place in the flow."""

    def __init__(self, index: int, height: float) -> None:
        super().__init__(f"box {index} is {height:.0f} pt high")
        self.index, self.height = index, height


class _Piece(NamedTuple):
    place: int
    """Of the box in the flow."""
    number: int
    """In its box."""
    height: float
    gap: float
    kept: bool
    head: float
    foot: float


class _State(NamedTuple):
    """Where a page begins: its first piece, and the box that waits to stand on top of it (-1 for none)."""

    piece: int
    waiting: int


class _Page(NamedTuple):
    """A page that could be: what stands on it, where the next one begins, and how much stays free at its foot."""

    spans: tuple[tuple[int, int], ...]
    """Runs of pieces, first and last-but-one."""
    then: _State
    left: float
    forced: bool
    """Whether the break parts what should stay together, because it is too high for any page."""


# The cost of a page: bottoms may end ragged by some lines for nothing, and empty thirds cost more than a page more
# where a section can run on; a page that ends because the next section begins looks meant and costs less.
_FREE_LINES = 3.0
_PAGE_COST = 40.0
_SECTION_SHARE = 0.85
_FLOAT_COST = 5.0
_WAITING_COST = 30.0
_PARTED_COST = 5000.0
_SHORT_LAST_PAGE = 60.0
# A box that grows or shrinks by all it may costs this much, by half of it a quarter.
_GROWN_COST = 4.0
_PRESSED_COST = 12.0


_UNDER = 2 * GRID
"""Between a box on top of a page and text that goes on below it."""

_DEEP = 1000
"""Pieces of a box behind a break that is as far from its end as some thirty pages of a table are."""


class _Breaker:
    def __init__(self, flow: Sequence[Flowing], height: float) -> None:
        self.flow, self.height = flow, height
        self.pieces: list[_Piece] = []
        self.starts: list[int] = []
        for index, item in enumerate(flow):
            self.starts.append(len(self.pieces))
            for number, piece in enumerate(item.box.pieces):
                gap = item.gap + piece.gap if number == 0 else piece.gap
                kept = item.kept if number == 0 else piece.kept
                self.pieces.append(_Piece(index, number, piece.height, gap, kept, piece.head, piece.foot))
                if piece.head + piece.height + piece.foot > height + 0.01:
                    raise TooHighError(index, piece.head + piece.height + piece.foot)
        self.starts.append(len(self.pieces))
        opening = [flow[piece.place] if piece.number == 0 else None for piece in self.pieces]
        self.grows = list(accumulate((_steps(item.grows) if item else 0.0 for item in opening), initial=0.0))
        self.shrinks = list(accumulate((_steps(item.shrinks) if item else 0.0 for item in opening), initial=0.0))

    def worthwhile(self, state: _State) -> Iterator[_Page]:
        """The pages that could begin at a state; of those that end deep inside a long table only the fullest, for
        the many pages behind it make good what it leaves free."""
        deep: _Page | None = None
        for page in self.pages(state):
            if not self._deep(page.then):
                yield page
            elif deep is None or page.then.piece > deep.then.piece:
                deep = page
        if deep is not None:
            yield deep

    def _deep(self, state: _State) -> bool:
        if state.waiting >= 0 or state.piece == len(self.pieces):
            return False
        piece = self.pieces[state.piece]
        return piece.number > 0 and self.starts[piece.place + 1] - state.piece > _DEEP

    def pages(self, state: _State) -> Iterator[_Page]:
        """The pages that could begin at a state, as full as can be last."""
        spans: list[tuple[int, int]] = []
        y = 0.0
        if state.waiting >= 0:
            first, last = self.starts[state.waiting], self.starts[state.waiting + 1]
            spans.append((first, last))
            y = self._advance(first, last, y)
        give = sum(self.shrinks[last] - self.shrinks[first] for first, last in spans)
        yield from self._fill(state.piece, y, spans, give)

    def _advance(self, first: int, last: int, y: float) -> float:
        for number in range(first, last):
            y = self._below(self.pieces[number], y)
        return y

    def _below(self, piece: _Piece, y: float) -> float:
        """The lower edge of a piece set below `y`; boxes begin on the grid."""
        if y == 0.0:
            return piece.head + piece.height
        top = y + piece.gap
        return (on_grid(top) if piece.number == 0 else top) + piece.height

    def _fill(self, start: int, y: float, spans: list[tuple[int, int]], give: float) -> Iterator[_Page]:
        """Pages that hold `spans` and what follows from `start`; the former reach down to `y`, less `give` at most."""
        pieces, count = self.pieces, len(self.pieces)
        fallback: _Page | None = None
        found = False
        number = start
        while number < count:
            piece = pieces[number]
            if number == start and spans and piece.number:
                piece = piece._replace(number=0, gap=_UNDER)  # goes on below a box on top, as a box of its own does
            item = self.flow[piece.place]
            if number > start or spans:
                lower = self._below(piece, y)
                cramped = piece.number == 0 and item.room and y + piece.gap + item.room > self.height
                foot = pieces[number - 1].foot if number > start else 0.0
                page = self._page(spans, start, number, y + foot)
                given = give + self.shrinks[number] - self.shrinks[start]
                if page.left >= -given - 0.01:
                    if not piece.kept:
                        found = True
                        yield page
                    else:
                        fallback = page
                if cramped or lower > self.height + give + self.shrinks[number + 1] - self.shrinks[start] + 0.01:
                    if piece.number == 0 and item.floats and not piece.kept and not cramped:
                        yield from self._skip(start, number, y, spans)
                    break
                y = lower
            else:
                y = self._below(piece, y)
            number += 1
        else:
            if y <= self.height + give + self.shrinks[count] - self.shrinks[start] + 0.01:
                found = True
                yield self._page(spans, start, count, y)
        if not found and fallback is not None:
            yield fallback._replace(forced=True)

    def _skip(self, start: int, number: int, y: float, spans: list[tuple[int, int]]) -> Iterator[_Page]:
        """Pages on which the text behind a box that does not fit takes its place."""
        waiting = self.pieces[number].place
        before = [*spans, (start, number)] if number > start else list(spans)
        after = self.starts[waiting + 1]
        follower = waiting + 1
        while follower < len(self.flow) and self.flow[follower].yields:
            follower += 1
        end = self.starts[follower]
        at = after
        while at < end:
            lower = self._below(self.pieces[at], y)
            if lower > self.height + 0.01:
                break
            y = lower
            at += 1
            parted = at < len(self.pieces) and self.pieces[at].kept
            used = y + self.pieces[at - 1].foot * (at < end)
            if not parted and used <= self.height + 0.01:
                yield _Page((*before, (after, at)), _State(at, waiting), self.height - used, False)

    def _page(self, spans: list[tuple[int, int]], start: int, end: int, used: float) -> _Page:
        own = (*spans, (start, end)) if end > start else tuple(spans)
        return _Page(own, _State(end, -1), self.height - used, False)

    def cost(self, page: _Page) -> float:
        grown = min(max(0.0, page.left), self.growth(page))
        lines = max(0.0, (page.left - grown) / (2 * GRID) - _FREE_LINES)
        cost = _PAGE_COST + _PARTED_COST * page.forced
        if page.left < -0.01:
            cost += _PRESSED_COST * (page.left / self.shrink(page)) ** 2
        elif grown:
            cost += _GROWN_COST * (grown / self.growth(page)) ** 2
        then = page.then
        if then.waiting >= 0:
            cost += _FLOAT_COST
        elif then.piece == len(self.pieces):
            return cost + (_SHORT_LAST_PAGE if page.left > 0.75 * self.height else 0.0)
        elif self.opens_section(then.piece):
            lines *= _SECTION_SHARE
        elif self._would_fit(then.piece, page.left):
            # a table that breaks off above free lines looks like its end
            lines = max(lines, page.left / (2 * GRID)) if self.pieces[then.piece].number else lines
            cost += _WAITING_COST
        return cost + lines * lines

    def growth(self, page: _Page) -> float:
        """By how much the boxes of a page may grow together."""
        return sum(self.grows[last] - self.grows[first] for first, last in page.spans)

    def shrink(self, page: _Page) -> float:
        """By how much the boxes of a page may shrink together."""
        return sum(self.shrinks[last] - self.shrinks[first] for first, last in page.spans)

    def opens_section(self, number: int) -> bool:
        piece = self.pieces[number]
        return piece.number == 0 and bool(self.flow[piece.place].opens)

    def _would_fit(self, number: int, left: float) -> bool:
        """Whether a page has room for what begins the next one; headings may well wait for a new page."""
        piece = self.pieces[number]
        if piece.number == 0 and self.flow[piece.place].room:
            return False
        end = number + 1
        while end < len(self.pieces) and self.pieces[end].kept:
            end += 1
        needed = sum(p.gap + p.height for p in self.pieces[number:end])
        return needed + (self.pieces[end - 1].foot if end < len(self.pieces) else 0.0) <= left

    def best(self) -> list[_Page]:
        """The cheapest chain of pages: Knuth and Plass's total fit, for pages in place of lines."""
        start, end = _State(0, -1), _State(len(self.pieces), -1)
        reached: dict[_State, tuple[float, _State, _Page | None]] = {start: (0.0, start, None)}
        # pages only lead forwards; at one piece the states with a waiting box come first, for they lead to the other
        queue = [(start.piece, start.waiting < 0, start)]
        while queue:
            state = heappop(queue)[-1]
            if state == end:
                break
            for page in self.worthwhile(state):
                cost = reached[state][0] + self.cost(page)
                known = reached.get(page.then)
                if known is None:
                    heappush(queue, (page.then.piece, page.then.waiting < 0, page.then))
                if known is None or cost < known[0] - 1e-9:
                    reached[page.then] = (cost, state, page)
        chain: list[_Page] = []
        state = end
        while (page := reached[state][2]) is not None:
            chain.append(page)
            state = reached[state][1]
        return chain[::-1]


def on_grid(y: float) -> float:
    """The step of the grid that is nearest to `y`."""
    return round(y / GRID) * GRID


def _steps(length: float) -> float:
    """As many whole steps of the grid as a length holds."""
    return length // GRID * GRID


def paginate(flow: Sequence[Flowing], height: float) -> list[list[Placed]]:
    """The pages of a flow, each `height` points high, so that as little as possible ends ragged.

    Raises TooHighError for a piece that no page can hold.
    """
    if not flow:
        return []
    breaker = _Breaker(flow, height)
    return [_laid_out(breaker, page) for page in breaker.best()]


def _laid_out(breaker: _Breaker, page: _Page) -> list[Placed]:
    """Where each box of a page stands; what is free at the foot goes to the gaps that may grow."""
    pieces = breaker.pieces
    numbers = [number for first, last in page.spans for number in range(first, last)]
    grown = _resized(breaker, page, numbers)
    extra = _extra_gaps(breaker, page._replace(left=page.left - sum(grown.values())), numbers)
    placed: list[Placed] = []
    y = 0.0
    for number in numbers:
        piece = pieces[number]
        if placed and placed[-1].place == piece.place:
            y += piece.gap + piece.height
            placed[-1] = placed[-1]._replace(last=piece.number + 1)
            continue
        gap = _UNDER if piece.number else piece.gap
        top = on_grid(y + gap + extra.get(number, 0.0)) if placed else 0.0
        more = grown.get(number, 0.0)
        placed.append(Placed(piece.place, piece.number, piece.number + 1, top, more))
        y = top + piece.height + more + (piece.head if not placed[:-1] else 0.0)
    return placed


def _resized(breaker: _Breaker, page: _Page, numbers: Sequence[int]) -> dict[int, float]:
    """By how much boxes grow or shrink, by their first piece, so that the page is full, in steps of the grid."""
    last = page.then.piece >= len(breaker.pieces) and page.then.waiting < 0
    if page.left >= GRID and not last:
        step, needed = GRID, page.left // GRID
        room = {n: breaker.grows[n + 1] - breaker.grows[n] for n in numbers}
    elif page.left < -0.01:
        step, needed = -GRID, -(page.left // GRID)
        room = {n: breaker.shrinks[n + 1] - breaker.shrinks[n] for n in numbers}
    else:
        return {}
    found = {n: 0.0 for n, most in room.items() if most > 0}
    while needed > 0:
        growing = [n for n in found if abs(found[n] + step) <= room[n] + 0.01]
        if not growing:
            break
        found[min(growing, key=lambda n: (abs(found[n]) / room[n], n))] += step
        needed -= 1
    return found


def _extra_gaps(breaker: _Breaker, page: _Page, numbers: Sequence[int]) -> dict[int, float]:
    """By how much the gap above some pieces grows, in steps of the grid, where a page goes on with its section."""
    flow, pieces = breaker.flow, breaker.pieces
    if page.then.piece >= len(pieces) and page.then.waiting < 0:
        return {}
    if page.then.waiting < 0 and breaker.opens_section(page.then.piece) and page.left > 6 * GRID:
        return {}
    stretching = [n for n in numbers[1:] if pieces[n].number == 0 and flow[pieces[n].place].stretch]
    room = {n: flow[pieces[n].place].stretch for n in stretching}
    extra = dict.fromkeys(stretching, 0.0)
    left = page.left
    while left >= GRID:
        growing = [n for n in stretching if extra[n] + GRID <= room[n]]
        if not growing:
            break
        chosen = min(growing, key=lambda n: (extra[n] / room[n], n))
        extra[chosen] += GRID
        left -= GRID
    return extra
