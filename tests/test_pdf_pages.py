"""Page breaking: what belongs together stays together, and no page is left half empty without need."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from reports.pdf.report.pages import Flowing, Placed, TooHighError, paginate
from reports.pdf.tagged.box import Piece
from reports.pdf.tagged.tagging import TaggedCanvas

HEIGHT = 600.0
LINE = 15.0


class Block(Struct, frozen=True):
    pieces: tuple[Piece, ...]

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None: ...


def text(lines: int) -> Flowing:
    kept = [0 < i < lines and (i < 2 or lines - i < 2) for i in range(lines)]
    return Flowing(Block(tuple(Piece(LINE, kept=k) for k in kept)), gap=7.5, yields=True)


def chart(height: float) -> Flowing:
    return Flowing(Block((Piece(height),)), gap=15, floats=True)


def bending(height: float, grows: float, shrinks: float) -> Flowing:
    """A chart that may become higher or lower."""
    return replace(chart(height), grows=grows, shrinks=shrinks, resized=lambda extra: Block((Piece(height + extra),)))


def heading() -> Flowing:
    return Flowing(Block((Piece(LINE),)), gap=22.5, room=75)


def section(name: str) -> Flowing:
    return Flowing(Block((Piece(60),)), gap=52.5, room=150, opens=name)


def kept(flowing: Flowing) -> Flowing:
    return replace(flowing, kept=True, floats=False)


def places(pages: Sequence[Sequence[Placed]]) -> list[list[int]]:
    return [[placed.place for placed in page] for page in pages]


def every_piece_once(flow: Sequence[Flowing], pages: Sequence[Sequence[Placed]]) -> bool:
    drawn = sorted((p.place, number) for page in pages for p in page for number in range(p.first, p.last))
    return drawn == [(i, n) for i, f in enumerate(flow) for n in range(len(f.box.pieces))]


def test_a_heading_is_never_last_on_a_page() -> None:
    for lines in range(20, 45):
        flow = [text(lines), heading(), kept(text(6)), text(30)]
        for page in paginate(flow, HEIGHT):
            assert page[-1].place != 1


def test_a_paragraph_leaves_no_single_line_behind() -> None:
    for before in range(25, 42):
        flow = [text(before), text(7), text(30)]
        for page in paginate(flow, HEIGHT):
            for placed in page:
                if flow[placed.place].box.pieces[0].height == LINE:
                    whole = len(flow[placed.place].box.pieces)
                    assert placed.last - placed.first > 1
                    assert placed.first != 1
                    assert placed.last != whole - 1


def test_text_takes_the_place_of_a_chart_that_does_not_fit() -> None:
    flow = [text(28), chart(250), text(10), text(20)]
    pages = paginate(flow, HEIGHT)
    assert places(pages)[0][:2] == [0, 2]
    assert pages[1][0].place == 1
    assert pages[1][0].top == 0


def test_text_that_goes_on_below_a_chart_stands_apart_from_it() -> None:
    parted = 0
    for height in range(200, 300, 5):
        for page in paginate([text(28), chart(height), text(20), text(20)], HEIGHT):
            if len(page) > 1 and page[0].place == 1 and page[1].first:
                parted += 1
                assert page[1].top >= height + 15 - 7.5 / 2  # to the nearest step of the grid
    assert parted


def test_boxes_are_counted_from_the_grid_on_which_they_stand() -> None:
    # 3 * 187 and 2 * 19.3 are 599.6; the second begins at 210 in place of 206.3, the third at 420
    boxes = [replace(chart(187.0), gap=19.3, floats=False) for _ in range(3)]
    assert places(paginate(boxes, HEIGHT)) == [[0, 1], [2]]


def test_a_chart_stays_below_its_heading() -> None:
    flow = [text(28), heading(), kept(chart(250)), text(10)]
    for page in places(paginate(flow, HEIGHT)):
        assert (1 in page) == (2 in page)


def test_a_section_runs_on_where_there_is_room_for_its_beginning() -> None:
    assert places(paginate([text(15), section("b"), kept(text(20))], HEIGHT))[0] == [0, 1, 2]
    assert places(paginate([text(31), section("b"), kept(text(20))], HEIGHT)) == [[0], [1, 2]]


def test_a_table_head_is_counted_on_each_page_that_it_is_repeated_on() -> None:
    rows = Block(tuple(Piece(18, head=30.0 if i else 0.0) for i in range(100)))
    pages = paginate([Flowing(rows)], HEIGHT)
    for number, page in enumerate(pages):
        head = 30 if number else 0
        assert head + 18 * (page[0].last - page[0].first) <= HEIGHT


def test_a_chart_grows_to_fill_its_page_but_not_on_the_last_one() -> None:
    flow = [text(10), bending(200, 90, 0), section("b"), kept(chart(300)), bending(200, 90, 0)]
    pages = paginate(flow, HEIGHT)
    grown = [placed.extra for page in pages for placed in page if placed.place in (1, 4)]
    assert grown == [90, 0]
    assert flow[1].box_for(pages[0][1]).pieces[0].height == 290


def test_a_chart_shrinks_a_little_to_stay_on_its_page() -> None:
    flow = [text(20), kept(bending(300, 0, 40)), section("b"), kept(text(10))]
    pages = paginate(flow, HEIGHT)
    assert places(pages) == [[0, 1], [2, 3]]
    assert -40 <= pages[0][1].extra < 0


def test_charts_on_one_page_share_what_is_free() -> None:
    flow = [bending(200, 60, 0), bending(200, 60, 0), section("b"), kept(text(30))]
    first = paginate(flow, HEIGHT)[0]
    assert [placed.extra for placed in first] == [60, 60]


def test_what_is_kept_together_but_too_high_for_a_page_is_parted_after_all() -> None:
    flow = [Flowing(Block(tuple(Piece(100, kept=i > 0) for i in range(9))))]
    pages = paginate(flow, HEIGHT)
    assert every_piece_once(flow, pages)
    assert len(pages) == 2


def test_a_piece_higher_than_a_page_is_named() -> None:
    with pytest.raises(TooHighError) as caught:
        paginate([text(3), chart(601)], HEIGHT)
    assert caught.value.index == 1


def test_nothing_makes_no_page() -> None:
    assert paginate([], HEIGHT) == []


KINDS = st.one_of(
    st.integers(1, 60).map(text),
    st.floats(20, 590).map(chart),
    st.builds(bending, st.floats(50, 400), st.floats(0, 150), st.floats(0, 40)),
    st.just(heading()),
    st.just(section("s")),
    st.integers(1, 9).map(text).map(kept),
    st.floats(20, 300).map(chart).map(kept),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(KINDS, max_size=30))
def test_every_piece_is_placed_once_in_order_and_inside_its_page(flow: list[Flowing]) -> None:
    pages = paginate(flow, HEIGHT)
    assert every_piece_once(flow, pages)
    for page in pages:
        lower = 0.0
        for placed in page:
            assert placed.top >= lower - 4  # boxes move to the nearest step of the grid
            pieces = flow[placed.place].box_for(placed).pieces[placed.first : placed.last]
            lower = placed.top + sum(p.height + p.gap for p in pieces) - pieces[0].gap
        assert lower <= HEIGHT + 0.1
    texts = [(p.place, p.first) for page in pages for p in page if flow[p.place].yields]
    assert texts == sorted(texts)
