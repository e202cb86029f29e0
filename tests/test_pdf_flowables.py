"""One tiny page for each kind of block: its structure, its words, and no rule of PDF/UA broken."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from data.errors import Place
from reports.document.blocks import (
    Block,
    Columns,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Myth,
    Notes,
    Paragraph,
    Question,
    TableBlock,
)
from reports.pdf.boxes.flowables import KeyFigureRows, Panel, Stack
from reports.pdf.boxes.table_box import column_widths
from reports.pdf.report.compose import Composer
from reports.pdf.styles import styles
from reports.pdf.tagged.box import Flowable, draw_whole, height_of
from reports.pdf.text.spans import setting_of
from tests.pdf_pages import (
    BRAND,
    HOSTILE,
    LOREM,
    Ids,
    Tool,
    bar_chart,
    canvas,
    data_table,
    drawn_in_pieces,
    every_block,
    failures,
    finished,
    text_of,
    tiny_page,
    tree,
    words,
)


def boxes(*blocks: Block, width: float = 438.0) -> list[Flowable]:
    composer = Composer(blocks, BRAND, styles(BRAND), setting_of(BRAND, "en-US", {}), width, 630.0)
    return [flowing.box for flowing in composer.flow(blocks)[0]]


def flat(pdf: bytes) -> str:
    """The structure below the title, in one line."""
    return " ".join(tree(pdf).split()[2:])


def one(kind: type[Block]) -> Block:
    return next(block for block in every_block(Ids()) if type(block) is kind)


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("Heading", "P H2"),
        ("Figure", "Div P P Figure P"),
        ("Quote", "BlockQuote P P"),
        ("PullQuote", "Div P"),
        ("KeyFigures", "P P P P"),
        ("Question", "H2 P P"),
        ("Callout", "Div P"),
        ("NextSteps", "Div H2 L LI Lbl LBody P"),
        ("Myth", "Div P P P L LI Lbl LBody P LI Lbl LBody P"),
        ("Columns", "P P P"),
        ("ItemList", "L LI Lbl LBody P L LI Lbl LBody P LI Lbl LBody P LI Lbl LBody P"),
    ],
)
def test_each_block_has_its_structure(kind: str, shape: str) -> None:
    block = next(b for b in every_block(Ids()) if type(b).__name__ == kind)
    pdf = tiny_page(block)
    assert flat(pdf) == shape
    assert not failures(pdf)


def test_a_table_has_a_caption_heads_of_columns_and_of_rows() -> None:
    pdf = tiny_page(data_table(2, Ids()))
    assert flat(pdf) == "Table Caption P THead TR TH TH TBody TR TH TD TR TH TD P"
    assert not failures(pdf)


def test_a_table_over_pages_is_one_table_with_its_head_repeated_as_an_artifact(tool: Tool) -> None:
    (box,) = boxes(data_table(5, Ids()))
    pdf = drawn_in_pieces(box)
    assert flat(pdf).count("Table") == flat(pdf).count("THead") == 1
    assert flat(pdf).count("TR") == 6
    assert text_of(pdf, tool).count("Salary") == 6
    assert not failures(pdf)


def test_a_table_that_goes_on_says_which_one_it_is(tool: Tool) -> None:
    (box,) = boxes(replace(data_table(5, Ids()), number=2))
    assert text_of(drawn_in_pieces(box), tool).count("Table 2, continued") == 5


def test_a_table_grows_by_as_much_as_is_asked() -> None:
    blocks = (data_table(5, Ids()),)
    composer = Composer(blocks, BRAND, styles(BRAND), setting_of(BRAND, "en-US", {}), 438.0, 630.0)
    (flowing,) = composer.flow(blocks)[0]
    assert flowing.grows > 20
    assert flowing.resized is not None
    assert height_of(flowing.resized(20).pieces) == pytest.approx(height_of(flowing.box.pieces) + 20)


@pytest.mark.parametrize("kind", ["ItemList", "Quote", "Callout", "NextSteps", "Question", "AboutData"])
def test_a_block_in_pieces_over_pages_stays_one_element(kind: str) -> None:
    block = next(b for b in every_block(Ids()) if type(b).__name__ == kind)
    (box,) = boxes(block)
    pdf = drawn_in_pieces(box)
    assert len(box.pieces) > 1
    assert flat(pdf) == flat(tiny_page(block))
    assert not failures(pdf)


def test_a_drawing_over_pages_takes_the_height_that_its_pieces_say() -> None:
    for block in every_block(Ids()):
        for box in boxes(block):
            pieces = box.pieces
            for cut in range(1, len(pieces)):
                parts = height_of(pieces, 0, cut) + height_of(pieces, cut)
                assert parts >= height_of(pieces) - pieces[cut].gap - 0.01


def test_notes_are_not_printed(tool: Tool) -> None:
    ids = Ids()
    notes = Notes(**ids(), content=(Paragraph(**ids(), content=words("A secret")),))
    pdf = tiny_page(Paragraph(**ids(), content=words("Open")), notes)
    assert "secret" not in text_of(pdf, tool)


def test_hostile_words_are_printed_in_every_block(tool: Tool) -> None:
    ids = Ids()
    paragraph = Paragraph(**ids(), content=words(HOSTILE))
    table = TableBlock(
        **ids(), title=words(HOSTILE), columns=(words(HOSTILE),), rows=((words(HOSTILE),),), aligns=("left",)
    )
    blocks: list[Block] = [
        Heading(**ids(), level=1, content=words(HOSTILE), kicker=words("K")),
        Heading(**ids(), level=2, content=words(HOSTILE)),
        paragraph,
        table,
        Myth(**ids(), myth=words(HOSTILE), facts=(paragraph,)),
        Question(**ids(), question=words(HOSTILE), answer=(paragraph,)),
        Figure(**ids(), chart=bar_chart(), title=words(HOSTILE), caption=words(HOSTILE)),
    ]
    for block in blocks:
        text = " ".join(text_of(tiny_page(block), tool).split())
        assert "".join(HOSTILE.split()) in "".join(text.split()), type(block)


def test_a_heading_level_is_never_skipped() -> None:
    ids = Ids()
    pdf = tiny_page(
        Heading(**ids(), level=2, content=words("First a topic")),
        Question(**ids(), question=words("A question?"), answer=()),
        Heading(**ids(), level=1, content=words("Then a section")),
        Heading(**ids(), level=3, content=words("Too deep")),
    )
    assert [tag for tag in flat(pdf).split() if tag.startswith("H")] == ["H2", "H3", "H2", "H3"]


def test_columns_too_high_for_a_page_come_one_below_the_other() -> None:
    ids = Ids()
    column = tuple(Paragraph(**ids(), content=words(LOREM * 3)) for _ in range(9))
    (beside,) = boxes(Columns(**ids(), columns=(column[:1], column[1:2])))
    (below,) = boxes(Columns(**ids(), columns=(column, column)))
    assert len(beside.pieces) == 1
    assert len(below.pieces) > 20


def test_a_panel_over_pages_has_its_room_at_every_break() -> None:
    ids = Ids()
    (inner,) = boxes(Paragraph(**ids(), content=words(LOREM * 3)))
    panel = Panel(Stack(((0.0, inner),)), 438, 12, 9, 10, tint="#EEF3F7")
    assert height_of(panel.pieces) == height_of(inner.pieces) + 19
    assert height_of(panel.pieces, 0, 2) == height_of(inner.pieces, 0, 2) + 19
    assert height_of(panel.pieces, 2) == height_of(inner.pieces, 2) + 19


def test_a_cell_higher_than_a_page_goes_on_over_pages() -> None:
    ids = Ids()
    table = TableBlock(
        **ids(),
        title=(),
        columns=(words("A"), words("B")),
        rows=((words(LOREM * 60), words("b")),),
        aligns=("left",) * 2,
    )
    (box,) = boxes(table)
    assert max(piece.height for piece in box.pieces) < 60
    assert not failures(drawn_in_pieces(box))


@pytest.mark.parametrize("room", [60.0, 120.0, 300.0, 438.0])
def test_columns_of_a_table_fill_its_width(room: float) -> None:
    natural = [[120.0, 80.0, 300.0], [40.0, 35.0, 38.0], [90.0, 200.0, 10.0]]
    widths = column_widths(natural, [60.0, 40.0, 50.0], room, [False, True, False])
    assert sum(widths) == pytest.approx(room)
    assert min(widths) > 0
    if room >= 300:
        assert widths[1] >= 40


def test_the_page_of_a_figure_holds_claim_measure_number_source_and_date(tool: Tool) -> None:
    text = text_of(tiny_page(one(Figure)), tool, "-layout")
    assert "Engineers earn more" in text
    assert "Average salary, US dollars" in text
    assert "Figure 1. Pay by job. Source: A survey, 2024." in text.replace("\u00a0", " ")


def test_drawing_a_box_whole_takes_its_height() -> None:
    (box,) = boxes(Paragraph(**Ids()(), content=words(LOREM)))
    drawn = canvas()
    assert draw_whole(box, drawn, 95, 700) == height_of(box.pieces)
    assert finished(drawn).startswith(b"%PDF-1.7")


def test_the_longest_key_figure_of_a_row_stands_on_one_line_and_the_others_are_as_large() -> None:
    figures = ("5", "$1,250,000", "12%", "7")
    items = tuple(KeyFigure(words(figure), words("on average")) for figure in figures)
    (box,) = boxes(KeyFigures(id="k", place=Place("story/report.md", 7), items=items))
    assert isinstance(box, KeyFigureRows)
    (row,) = box.rows
    assert [len(cell.figure.lines) for cell in row] == [1, 1, 1, 1]
    assert len({cell.figure.height for cell in row}) == 1
