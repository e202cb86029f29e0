from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image

from charts.chart import Chart
from data.errors import Place, ProjectError
from data.look.brand import Brand
from data.tables.table import Field, Table
from data.tables.value import Measure, Value
from reports.document.blocks import (
    AboutData,
    Block,
    Callout,
    Columns,
    Document,
    Figure,
    Heading,
    ItemList,
    KeyFigure,
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
from reports.document.inlines import Inlines, Link, Ref, Run, Strong, Text
from reports.document.qr import LEAST_SIDE, MM, QUIET_ZONE, encode, uri
from reports.pdf.handout.fit import Side, best_break
from reports.pdf.handout.look import STEPS, look_at
from reports.pdf.handout.parts import EMPTY, Part
from reports.pdf.styles import PAPERS
from tests.writing import write_handout

WEBSITE = "https://careers.test/two"
HOSTILE = "<b>R&D</b> <para> ]]> {{ x }} &amp; <a href='x'>"
PAPER_NAMES = ("letter", "a4")


def place(line: int = 1) -> Place:
    return Place("story/handout.md", line)


def words(text: str) -> Inlines:
    return (Text(text),)


def paragraph(text: str, line: int = 1) -> Paragraph:
    return Paragraph(id=f"p-{line}-{text[:8]}", place=place(line), content=words(text))


def heading(text: str, level: int = 2, line: int = 1) -> Heading:
    return Heading(id=f"h-{line}-{text}", place=place(line), level=level, content=words(text))


def items(*texts: str, line: int = 1, ordered: bool = False) -> ItemList:
    return ItemList(
        id=f"l-{line}-{texts[0][:8]}",
        place=place(line),
        items=tuple((paragraph(t, line),) for t in texts),
        ordered=ordered,
    )


def pay_table(count: int = 3, source: str | None = "A survey") -> Table:
    money = Measure("money", "USD")
    names = ("Engineer", "Analyst", "Scientist of a long name", *(f"Job {i}" for i in range(3, count)))[:count]
    return Table(
        name="pay",
        fields=(Field("job", "Job", Measure("text"), key=True), Field("salary", "Salary", money)),
        columns={"job": names, "salary": tuple(Decimal(120_000 - 500 * i) for i in range(count))},
        lines=tuple(range(2, count + 2)),
        file="tables/pay.csv",
        title="Pay by job",
        source=source,
        as_of="2024",
    )


def figure(name: str = "pay", count: int = 3, line: int = 1, title: str = "Engineers earn most") -> Figure:
    chart = Chart(name, pay_table(count), "bar", "job", ("salary",), ("Engineer",), "Average salary, US dollars")
    return Figure(id=name, place=place(line), chart=chart, title=words(title))


def key_figures(count: int = 4) -> KeyFigures:
    value = Run(Value(Decimal(120_000), Measure("money", "USD")))
    return KeyFigures(
        id="keys", place=place(5), items=tuple(KeyFigure((value,), words(f"average pay {i}")) for i in range(count))
    )


def next_steps(line: int = 90) -> NextSteps:
    steps = items("Ask an advisor.", "Bring one project.", line=line, ordered=True)
    return NextSteps(id="next", place=place(line), title=words("Next steps"), content=(steps,))


def columns(*sides: tuple[Block, ...], line: int = 20) -> Columns:
    return Columns(id=f"columns-{line}", place=place(line), columns=sides)


OPENING = (heading("Two jobs", 1), paragraph("What they pay, and what to learn."))
USUAL: tuple[Block, ...] = (
    *OPENING,
    key_figures(),
    columns((figure("one"),), (figure("two", count=5),)),
    columns(
        (heading("What to learn"), items("Statistics", "Programming", "Patience")),
        (
            heading("Heard at fairs"),
            Myth(id="myth", place=place(30), myth=words("You work alone."), facts=(items("You work with others."),)),
        ),
        line=30,
    ),
    next_steps(),
)
EVERYTHING: tuple[Block, ...] = (
    *USUAL[:-1],
    heading("More of it", line=40),
    Paragraph(
        id="refs",
        place=place(41),
        content=(Text("See "), Ref("one"), Text(" or "), Link("https://example.test/ä", words("a page")), Text(".")),
    ),
    Quote(id="quote", place=place(42), content=words("It works."), attribution=words("Somebody")),
    PullQuote(id="pulled", place=place(43), content=words("It helps.")),
    columns(
        (
            TableBlock(
                id="table",
                place=place(50),
                title=words("Certificates"),
                columns=(words("Name"), words("Cost")),
                rows=((words("First"), words("$10")), (words("Second"), words("$200"))),
                aligns=("left", "right"),
                table=pay_table(),
            ),
        ),
        (
            Callout(id="call", place=place(51), content=(paragraph("Read with care."),)),
            Question(id="ask", place=place(52), question=words("Which degree?"), answer=(paragraph("Ask them."),)),
        ),
        line=50,
    ),
    AboutData(id="about", place=place(60), tables=(pay_table(),)),
    Notes(id="notes", place=place(61), content=(paragraph("Never printed."),)),
    next_steps(),
)


def document(blocks: tuple[Block, ...] = USUAL, **changes: Any) -> Document:
    plain = Document(
        title="Two jobs",
        blocks=blocks,
        language="en-US",
        kicker="Career guide",
        publisher="Career Center",
        website=WEBSITE,
        published="2026-11",
        caveat="Example: not verified",
        edition="7f3a9c1",
    )
    return replace(plain, **changes)


def brand(paper: str = "letter", **changes: Any) -> Brand:
    statements = {
        "contact": "careers@example.test, Hall 2",
        "accommodation": "Ask us for another format.",
        "non_discrimination": "We do not discriminate.",
    }
    return Brand(paper=paper, **(statements | changes))


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Tags and structure elements in reading order."""

    def below(element: Any) -> Iterator[tuple[str, Any]]:
        kids = element.get("/K", [])
        for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield str(kid.S)[1:], kid
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot)


def figures(pdf: pikepdf.Pdf) -> list[tuple[str, list[float]]]:
    """Words and bounding box of each figure."""
    return [(str(e.Alt), [float(n) for n in e.A.BBox]) for tag, e in elements(pdf) if tag == "Figure"]


def text_of(pdf: bytes, tool: Callable[[str], str], tmp_path: Path, *options: str) -> str:
    file = tmp_path / "handout.pdf"
    file.write_bytes(pdf)
    done = subprocess.run([tool("pdftotext"), *options, file, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def picture_of(pdf: bytes, tool: Callable[[str], str], tmp_path: Path, dpi: int) -> Image.Image:
    file = tmp_path / "handout.pdf"
    file.write_bytes(pdf)
    last = str(len(opened(pdf).pages))
    target = tmp_path / "page"
    command = [tool("pdftoppm"), "-r", str(dpi), "-f", last, "-l", last, "-gray", "-png", "-singlefile", file, target]
    subprocess.run(command, check=True)
    return Image.open(target.with_suffix(".png")).convert("L")


def problems_of(blocks: tuple[Block, ...], pages: int = 1, **changes: Any) -> list[str]:
    with pytest.raises(ProjectError) as caught:
        write_handout(document(blocks, **changes), brand(), pages)
    return [str(problem) for problem in caught.value.problems]


# -- pages -------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("blocks", [OPENING, (*OPENING, key_figures(3), next_steps()), USUAL])
def test_it_is_exactly_one_page_of_the_paper(paper: str, blocks: tuple[Block, ...]):
    pdf = write_handout(document(blocks), brand(paper))
    pages = opened(pdf).pages
    assert len(pages) == 1
    assert [float(n) for n in pages[0].mediabox] == pytest.approx([0, 0, *PAPERS[paper]], abs=0.01)
    assert len(pdf) < 100_000


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_with_two_pages_it_is_exactly_two(paper: str):
    assert len(opened(write_handout(document(EVERYTHING), brand(paper), 2)).pages) == 2


def test_a_second_side_that_would_be_nearly_empty_is_refused():
    blocks = (*OPENING, columns((figure("one", 20),), (figure("two", 20),)), paragraph("The end.", 77))
    (said,) = problems_of(blocks, pages=2)
    assert said.startswith("story/handout.md:77:")
    assert "full" in said
    assert "Set pages = 1" in said


def test_a_sheet_of_one_block_has_no_second_side():
    assert "0% full" in problems_of(OPENING, pages=2)[0]


def long_table(rows: int, line: int = 30) -> TableBlock:
    return TableBlock(
        id="long",
        place=place(line),
        title=words("Employers by booth"),
        columns=(words("Booth"), words("Employer")),
        rows=tuple((words(f"Booth {i}"), words(f"Employer {i}")) for i in range(1, rows + 1)),
        aligns=("left", "left"),
        table=pay_table(),
    )


def test_a_table_with_no_room_on_one_side_goes_on_over_both_below_its_head_again(tool, tmp_path):
    pdf = write_handout(document((*OPENING, long_table(60), next_steps())), brand(), 2)
    sides = [text_of(pdf, tool, tmp_path, "-f", str(page), "-l", str(page), "-layout") for page in (1, 2)]
    shown = [re.findall(r"Booth (\d+) +Employer \1\b", side) for side in sides]
    assert [*shown[0], *shown[1]] == [str(i) for i in range(1, 61)]
    assert min(map(len, shown)) >= 3
    assert all(re.search(r"^ *Booth +Employer$", side, re.MULTILINE) for side in sides)
    assert "Employers by booth, continued" in sides[1]
    tables = [element for tag, element in elements(opened(pdf)) if tag == "Table"]
    assert len(tables) == 1
    assert len([tag for tag, _ in elements(opened(pdf)) if tag == "TR"]) == 61


def test_a_table_that_has_room_on_a_side_is_not_divided(tool, tmp_path):
    blocks = (*OPENING, long_table(25), columns((figure("one", 9),), (figure("two", 9),)), next_steps())
    assert "continued" not in text_of(write_handout(document(blocks), brand(), 2), tool, tmp_path)


def test_a_table_too_long_for_both_sides_is_refused():
    assert any("the table 'Employers by booth'" in said for said in problems_of((*OPENING, long_table(120)), pages=2))


def test_a_topic_is_not_torn_from_its_heading_by_the_end_of_a_side(tool, tmp_path):
    blocks = (
        *USUAL[:-1],
        heading("Where the jobs are", line=40),
        paragraph("Mostly in two places.", 41),
        columns((figure("three"),), (figure("four"),), line=42),
        next_steps(),
    )
    first = text_of(write_handout(document(blocks), brand(), 2), tool, tmp_path, "-l", "1")
    assert ("Where the jobs are" in first) == ("Mostly in two places." in first)
    assert not first.split("Mostly in two places.")[-1].startswith("\n\nExample: not verified")


# -- too much ----------------------------------------------------------------


def test_what_does_not_fit_is_named_with_its_place_and_its_amount():
    long = items(*(f"Item {i} of a list that is far too long for this page" for i in range(70)), line=33)
    (said,) = problems_of((*OPENING, long))
    assert said.startswith("story/handout.md:33: the list that begins 'Item 0 of a list that is far")
    assert "points (" in said
    assert " mm, " in said
    assert "lines of text) below the end" in said


def test_a_second_page_is_advised_only_where_it_helps():
    def topics(count: int, length: int) -> list[str]:
        blocks = [
            block
            for number in range(count)
            for block in (heading(f"Topic {number}", 2), items(*(f"Item {i}" for i in range(length)), line=number + 5))
        ]
        return problems_of((*OPENING, *blocks))

    assert all("set pages = 2" in said for said in topics(2, 30))
    assert all("set pages = 2" not in said for said in topics(8, 10))


def test_the_block_in_the_column_that_is_too_long_is_named_not_its_neighbour():
    left = items("short", line=11)
    right = items(*(f"Item {i}" for i in range(80)), line=22)
    said = problems_of((*OPENING, columns((left,), (right,))))
    assert [problem.split(": ")[0] for problem in said] == ["story/handout.md:22"]


def test_every_block_beyond_the_end_is_named():
    said = problems_of((*OPENING, items(*map(str, range(65)), line=3), paragraph("Last words.", 4), next_steps(5)))
    assert [problem.split(": ")[0] for problem in said] == [f"story/handout.md:{line}" for line in (3, 4, 5)]
    assert "the box 'Next steps' has no room on the page" in said[-1]


def test_a_chart_that_is_too_high_is_named_by_its_claim():
    (said,) = problems_of((*OPENING, figure(count=90)))
    assert "the chart 'Engineers earn most' does not fit" in said
    rows = re.search(r"Show about (\d+) of its 90 rows \(rows = \1 for \[charts\.pay\]\), or shorten the page", said)
    assert rows is not None
    write_handout(document((*OPENING, figure(count=int(rows[1])))), brand(), 1)  # what is advised helps


def test_statements_that_fill_the_page_are_put_down_to_the_brand():
    with pytest.raises(ProjectError) as caught:
        write_handout(document(), brand(accommodation="Write to us. " * 800))
    assert str(caught.value.problems[0].place) == "brand.toml"


def test_six_key_figures_are_too_many():
    assert "there are 6 key figures" in problems_of((*OPENING, key_figures(6)))[0]


def test_a_key_figure_wider_than_its_column_is_named():
    wide = KeyFigures(
        id="keys", place=place(7), items=(*key_figures(3).items, KeyFigure(words("from $110,000 to $150,000"), ()))
    )
    (said,) = problems_of((*OPENING, wide))
    assert said.startswith("story/handout.md:7: the key figure 'from $110,000 to $150,000' is ")


# -- sizes and places --------------------------------------------------------


def test_reading_text_is_never_smaller_than_9_points_and_small_print_than_7_5():
    for step in STEPS:
        look = look_at(step, Brand())
        small = (look.source, look.foot, look.foot_right)
        reading = (look.body, look.measure, look.key_label, look.cell, look.attribution, look.contact, look.address)
        assert min(style.size for style in small) >= 7.5
        assert min(style.size for style in reading) >= 9
        assert look.chart_text >= 9


@pytest.mark.parametrize("pages", [1, 2])
def test_no_text_on_a_page_is_smaller_than_7_5_points(pages: int):
    blocks = USUAL if pages == 1 else EVERYTHING
    pdf = opened(write_handout(document(blocks, draft=True), brand("a4"), pages))
    for page in pdf.pages:
        sizes = [float(o.operands[1]) for o in pikepdf.parse_content_stream(page) if str(o.operator) == "Tf"]
        assert min(sizes) >= 7.5


def test_text_is_larger_where_there_is_room():
    def smallest(blocks: tuple[Block, ...]) -> float:
        file = opened(write_handout(document(blocks), brand()))
        stream = pikepdf.parse_content_stream(file.pages[0])
        return min(float(o.operands[1]) for o in stream if str(o.operator) == "Tf")

    full = (*USUAL[:-1], columns((figure("three", 9),), (figure("four", 9),), line=60), next_steps())
    assert smallest((*OPENING, paragraph("Alone."))) > smallest(full)


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_nothing_is_printed_within_6_4_mm_of_the_edge(paper: str, tool, tmp_path):
    picture = picture_of(write_handout(document(draft=True), brand(paper)), tool, tmp_path, 72)
    edge = 19
    wide, high = picture.size
    for box in ((0, 0, wide, edge), (0, high - edge, wide, high), (0, 0, edge, high), (wide - edge, 0, wide, high)):
        assert picture.crop(box).getextrema() == (255, 255)


def test_drawings_in_a_row_have_one_height_and_stand_on_the_columns_edges():
    (_, left), (_, right), *_ = figures(opened(write_handout(document(), brand())))
    assert left[1::2] == right[1::2]
    assert (left[0], right[2]) == (36, PAPERS["letter"][0] - 36)
    assert left[2] - left[0] == pytest.approx(right[2] - right[0])


def test_a_drawing_beside_longer_text_grows_to_end_with_it():
    text = (heading("Beside"), items(*(f"Item {i}" for i in range(9))))
    alone = figures(opened(write_handout(document((*OPENING, figure(), next_steps())), brand())))[0][1]
    beside = figures(opened(write_handout(document((*OPENING, columns((figure(),), text), next_steps())), brand())))
    assert beside[0][1][3] - beside[0][1][1] > 60
    assert alone[2] - alone[0] == pytest.approx(2 * (beside[0][1][2] - beside[0][1][0]) + 28)


def test_spare_room_is_used_whole_and_spread_evenly():
    part = Part(50.0, lambda *_: None, open=True)
    side = Side((part, replace(part, growth=20.0), part), Part(80.0, part.draw), Part(40.0, part.draw), 700.0, 9.0)
    placed = list(side.spread())
    tops, ends = [top for _, top, _ in placed], [top + height for _, top, height in placed]
    gaps = [top - end for top, end in zip((*tops, 660.0), (80.0, *ends))]
    assert gaps == pytest.approx([gaps[0]] * 4)
    assert [height for *_, height in placed] == [50.0, 70.0, 50.0]


# -- QR code -----------------------------------------------------------------


@pytest.mark.parametrize("blocks", [USUAL, (*OPENING, paragraph("No next steps here."))])
@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_the_printed_qr_code_is_the_address_in_a_quiet_zone(paper: str, blocks: tuple[Block, ...], tool, tmp_path):
    pdf, dpi = write_handout(document(blocks), brand(paper)), 200
    alt, box = next((alt, box) for alt, box in figures(opened(pdf)) if WEBSITE in alt)
    assert alt == f"QR code that leads to {WEBSITE}"
    code = encode(WEBSITE)
    assert box[2] - box[0] == pytest.approx(code.whole, abs=0.05)
    picture = picture_of(pdf, tool, tmp_path, dpi)
    count = len(code.modules)
    module = code.side / count

    def dark(row: int, column: int) -> bool:
        x = box[0] + (column + QUIET_ZONE + 0.5) * module
        y = PAPERS[paper][1] - box[3] + (row + QUIET_ZONE + 0.5) * module
        return picture.getpixel((int(x / 72 * dpi), int(y / 72 * dpi))) < 128

    read = tuple(tuple(dark(row, column) for column in range(count)) for row in range(count))
    assert read == code.modules
    around = [(row, column) for row in range(-4, count + 4) for column in (-4, -3, -2, -1, count, count + 3)]
    assert not any(dark(row, column) or dark(column, row) for row, column in around)


def test_a_qr_code_is_at_least_22_mm_wide_and_of_level_m_or_better():
    code = encode(WEBSITE)
    assert code.side >= LEAST_SIDE == pytest.approx(22 * MM)
    assert code.level in ("M", "Q", "H")


def test_the_rectangles_of_a_qr_code_cover_its_dark_modules_once():
    code = encode(WEBSITE)
    covered = [
        (row, column)
        for r in code.rectangles()
        for row in range(r.row, r.row + r.rows)
        for column in range(r.column, r.column + r.columns)
    ]
    dark = {(y, x) for y, row in enumerate(code.modules) for x, module in enumerate(row) if module}
    assert len(covered) == len(set(covered))
    assert set(covered) == dark


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("example.edu/a b", "https://example.edu/a%20b"),
        ("https://exämple.edu/zürich?q=1#top", "https://xn--exmple-cua.edu/z%C3%BCrich?q=1#top"),
        ("http://example.edu/%20", "http://example.edu/%20"),
    ],
)
def test_addresses_become_ascii(address: str, expected: str):
    assert uri(address) == expected


def test_an_address_too_long_for_paper_is_refused():
    assert "characters" in problems_of(USUAL, website="https://example.edu/" + "x" * 900)[0]


def test_the_address_stands_beside_its_code_as_a_link(tool, tmp_path):
    pdf = write_handout(document(), brand())
    assert "careers.test/two" in text_of(pdf, tool, tmp_path)
    file = opened(pdf)
    targets = [str(note.A.URI) for note in list(file.pages[0].obj.Annots)]
    assert targets == [WEBSITE]


def test_without_an_address_there_is_no_code():
    assert not any("QR" in alt for alt, _ in figures(opened(write_handout(document(website=""), brand()))))


# -- words and structure -----------------------------------------------------


@pytest.mark.parametrize("pages", [1, 2])
def test_the_foot_has_caveat_contact_statements_edition_and_date(pages: int, tool, tmp_path):
    said = text_of(write_handout(document(EVERYTHING if pages == 2 else USUAL), brand(), pages), tool, tmp_path)
    for wanted in (
        "Example: not verified",
        "careers@example.test, Hall 2",
        "Ask us for another format.",
        "We do not discriminate.",
        "Edition 7f3a9c1",
        "Published November 2026",
    ):
        assert wanted in said


def test_the_foot_names_the_sources_of_tables_that_are_quoted_but_not_shown(tool, tmp_path):
    quoted = replace(pay_table(source="The town hall"), name="rents", title="Rents by town")
    said = text_of(write_handout(document(tables=(pay_table(), quoted)), brand()), tool, tmp_path)
    assert "Rents by town. Source: The town hall, 2024." in said
    assert "Pay by job. Source" not in said


def test_it_reads_column_by_column_under_headings_without_gaps():
    tags = [tag for tag, _ in elements(opened(write_handout(document(EVERYTHING), brand("a4"), 2)))]
    levels = [int(tag[1]) for tag in tags if len(tag) == 2 and tag[0] == "H"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {
        "L",
        "LI",
        "LBody",
        "Lbl",
        "Figure",
        "Table",
        "THead",
        "TBody",
        "TR",
        "TH",
        "TD",
        "BlockQuote",
        "Link",
    } < set(tags)


def test_notes_are_not_printed_and_every_other_block_is(tool, tmp_path):
    said = text_of(write_handout(document(EVERYTHING), brand(), 2), tool, tmp_path)
    assert "Never printed" not in said
    for wanted in ("It works.", "Somebody", "Certificates", "$200", "Read with care.", "Which degree?", "Myth", "Fact"):
        assert wanted in said


def test_a_story_without_a_title_takes_the_projects(tool, tmp_path):
    blocks = (paragraph("Text alone."), next_steps())
    said = text_of(write_handout(document(blocks, subtitle=words("A subtitle")), brand()), tool, tmp_path)
    assert said.index("Two jobs") < said.index("A subtitle") < said.index("Text alone.")


def test_hostile_text_is_printed_as_it_is(tool, tmp_path):
    blocks = (
        heading(HOSTILE, 1),
        paragraph(HOSTILE),
        KeyFigures(id="k", place=place(), items=(KeyFigure(words("<5"), words(HOSTILE)),)),
        columns((items(HOSTILE),), (replace(figure(), title=(Strong(words(HOSTILE)),)),)),
    )
    names = {"contact": HOSTILE, "institution": "<i>A & B</i>", "accommodation": HOSTILE}
    pdf = write_handout(document(blocks, caveat=HOSTILE, title=HOSTILE), brand(**names))
    said = " ".join(text_of(pdf, tool, tmp_path).split())
    assert said.count(HOSTILE) == 8
    assert "<i>A & B</i>" in said
    assert str(opened(pdf).docinfo.Title) == HOSTILE


def test_a_word_without_end_is_broken_not_cut(tool, tmp_path):
    said = text_of(write_handout(document((*OPENING, paragraph("Z" * 700))), brand()), tool, tmp_path)
    assert said.count("Z") == 700


def test_a_draft_says_so_on_every_side(tool, tmp_path):
    pdf = write_handout(document(EVERYTHING, draft=True), brand(), 2)
    for page in ("1", "2"):
        assert "DRAFT" in text_of(pdf, tool, tmp_path, "-f", page, "-l", page)
    assert "DRAFT" not in text_of(write_handout(document(), brand()), tool, tmp_path)


def test_a_logo_takes_the_place_of_the_names(tool, tmp_path):
    logo = tmp_path / "logo.png"
    Image.new("RGBA", (600, 200), (11, 92, 138, 128)).save(logo)
    pdf = write_handout(document(), brand(logo=logo))
    assert figures(opened(pdf))[0][0] == "Logo of Example University"
    assert "Career Center" not in text_of(pdf, tool, tmp_path)


@pytest.mark.parametrize("pages", [1, 2])
def test_two_runs_give_the_same_bytes(pages: int):
    blocks = USUAL if pages == 1 else EVERYTHING
    assert write_handout(document(blocks), brand(), pages) == write_handout(document(blocks), brand(), pages)


def test_the_file_knows_its_title_language_and_author():
    pdf = opened(write_handout(document(language="de-DE"), brand()))
    assert str(pdf.Root.Lang) == "de-DE"
    assert str(pdf.docinfo.Title) == "Two jobs"
    assert str(pdf.docinfo.Author) == "Career Center"


def test_a_break_is_where_both_sides_are_most_alike_not_where_the_second_is_the_fuller() -> None:
    parts = tuple(replace(EMPTY, height=height, open=True) for height in (100.0, 90.0, 30.0, 20.0))
    side = Side(parts, EMPTY, EMPTY, 300.0, 10.0)
    first, second = best_break(side, replace(side, parts=()))
    assert [part.height for part in first.parts] == [100.0]
    assert [part.height for part in second.parts] == [90.0, 30.0, 20.0]
    first, second = best_break(replace(side, parts=parts[::-1]), replace(side, parts=()))
    assert [part.height for part in first.parts] == [20.0, 30.0, 90.0]
