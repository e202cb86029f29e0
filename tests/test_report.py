"""The report as a reader, a printer and a screen reader get it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image

from data.errors import ProjectError
from data.tables.table import Field
from data.tables.value import Measure
from reports.document.blocks import AboutData, Block, Figure, Heading, Paragraph, TableBlock
from tests.pdf_pages import (
    BRAND,
    LOREM,
    Ids,
    Tool,
    bar_chart,
    document,
    every_block,
    failures,
    page_texts,
    save,
    stress,
    text_of,
    tree,
    words,
)
from tests.writing import write_report


def story(sections: int = 3) -> list[Block]:
    ids = Ids()
    return [block for _ in range(sections) for block in every_block(ids)]


def lines_of(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines() if line.strip()]


def test_the_cover_says_what_it_is_by_whom_and_how_far_to_trust_it(tool: Tool) -> None:
    cover = page_texts(write_report(document(story()), BRAND), tool)[0]
    for said in ("CAREER GUIDE", "Two jobs", "What they pay", "Example University", "Career Center", "Example figures"):
        assert said in cover
    assert "Published November 2026" in cover
    assert "Edition 7f3a9c1" in cover
    assert "example.edu/jobs" in cover


def test_every_page_says_its_number_of_all_pages_and_the_edition(tool: Tool) -> None:
    pages = page_texts(write_report(document(story()), BRAND), tool)
    for number, page in enumerate(pages[1:], 2):
        assert f"{number} of {len(pages)}" in page
        assert "Edition 7f3a9c1" in page
        assert lines_of(page)[0].startswith("Two jobs")


def test_the_contents_name_the_pages_on_which_sections_begin(tool: Tool) -> None:
    ids = Ids()
    blocks: list[Block] = []
    for number in range(9):
        blocks.append(Heading(**ids(), level=1, content=words(f"Claim number {number}")))
        blocks.extend(Paragraph(**ids(), content=words(LOREM * 4)) for _ in range(number))
    pages = page_texts(write_report(document(blocks), BRAND), tool)
    for number in range(9):
        listed = re.search(rf"Claim number {number}[ .]+(\d+)", pages[1])
        assert listed, pages[1]
        assert f"Claim number {number}" in pages[int(listed[1]) - 1]


def test_bookmarks_and_links_lead_to_the_headings() -> None:
    with pikepdf.open(BytesIO(write_report(document(story(2)), BRAND))) as pdf:
        with pdf.open_outline() as outline:
            titles = [(item.title, [child.title for child in item.children]) for item in outline.root]
        assert titles[0] == ("1  A claim that opens a section", ["A topic"])
        links = [a for page in pdf.pages for a in page.obj.get("/Annots", [])]
        assert sum("/Dest" in link for link in links) >= 6
        assert all(str(link.Contents) for link in links)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_all_blocks_on_either_paper_break_no_rule(paper: str) -> None:
    pdf = write_report(document(story()), replace(BRAND, paper=paper))
    assert not failures(pdf)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert float(opened.pages[0].mediabox[2]) == pytest.approx(612 if paper == "letter" else 595.276)


@pytest.mark.parametrize("language", ["en-US", "de-DE", "fr-FR", "es-ES"])
def test_all_languages_break_no_rule(language: str) -> None:
    pdf = write_report(document(story(1), language=language, draft=True), BRAND)
    assert not failures(pdf)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == language


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_report(document(story()), BRAND) == write_report(document(story()), BRAND)


def test_qpdf_finds_nothing_and_every_font_is_embedded(tool: Tool, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    save(write_report(document(story(), draft=True), BRAND), file)
    subprocess.run([tool("qpdf"), "--check", file], check=True, capture_output=True)
    fonts = subprocess.run([tool("pdffonts"), file], check=True, capture_output=True, text=True).stdout
    rows = fonts.splitlines()[2:]
    assert rows
    assert all(re.search(r"\byes +yes +yes\b", row) for row in rows), fonts


def test_a_draft_says_so_on_every_page(tool: Tool) -> None:
    draft = page_texts(write_report(document(story(1), draft=True), BRAND), tool)
    final = page_texts(write_report(document(story(1)), BRAND), tool)
    assert all(page.count("DRAFT") >= 2 for page in draft)
    assert not any("DRAFT" in page for page in final)


def last_words(page: str) -> str:
    return lines_of(page)[-2]


@pytest.mark.parametrize("filler", range(0, 40, 3))
def test_no_heading_is_last_on_a_page(filler: int, tool: Tool) -> None:
    ids = Ids()
    blocks: list[Block] = [Heading(**ids(), level=1, content=words("Opening"))]
    blocks.extend(Paragraph(**ids(), content=words("Short line.")) for _ in range(filler))
    for number in range(6):
        blocks.append(Heading(**ids(), level=1 if number % 2 else 2, content=words(f"Heading {number}")))
        blocks.extend(Paragraph(**ids(), content=words(LOREM * 2)) for _ in range(3))
    for page in page_texts(write_report(document(blocks), BRAND), tool)[2:]:
        assert not last_words(page).startswith("Heading")


def test_a_chart_is_never_parted_from_its_claim_and_caption(tool: Tool) -> None:
    ids = Ids()
    blocks: list[Block] = [Heading(**ids(), level=1, content=words("Charts"))]
    for number in range(12):
        blocks.append(
            Figure(**ids(), chart=bar_chart(5), title=words(f"Claim {number}!"), caption=words(f"Caption {number}"))
        )
        blocks.append(Paragraph(**ids(), content=words(LOREM * (number % 4 + 1))))
    for page in page_texts(write_report(document(blocks), BRAND), tool)[2:]:
        claims = re.findall(r"Claim (\d+)!", page)
        assert claims == re.findall(r"Caption (\d+)\.", page)


def test_about_these_data_comes_by_itself_unless_the_story_has_it(tool: Tool) -> None:
    ids = Ids()
    figure = Figure(**ids(), chart=bar_chart(), title=words("Engineers earn more"))
    opening = Heading(**ids(), level=1, content=words("Pay"))
    added = text_of(write_report(document([opening, figure]), BRAND), tool)
    assert added.count("About these data") > 1
    assert "Known weaknesses" in added
    page = added.split("\f")[-2]
    assert re.search(r"^1\s+Pay$", page, re.MULTILINE)
    assert not re.search(r"^2\s+About these data$", page, re.MULTILINE), "it has no number in the contents either"
    own = AboutData(**ids(), tables=(figure.chart.table,))
    assert "About these data" not in text_of(write_report(document([opening, figure, own]), BRAND), tool)
    assert "Known weaknesses" not in text_of(write_report(document([opening]), BRAND), tool)


def test_reading_order_is_the_order_of_the_story() -> None:
    assert tree(write_report(document(story(1)), BRAND)).startswith(
        "Document\n  P\n  H1\n  P\n  P\n  P\n  P\n    Link\n  P\n  P\n  P\n  H2\n  TOC\n    TOCI\n"
    )


def test_a_logo_stands_on_the_cover_with_words_for_those_who_cannot_see_it(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGBA", (300, 100), (11, 92, 138, 128)).save(logo)
    pdf = write_report(document(story(1)), replace(BRAND, logo=logo))
    assert tree(pdf).startswith("Document\n  Figure\n")
    assert not failures(pdf)


def test_a_chart_higher_than_a_page_is_named_with_its_place() -> None:
    # rows of two units stand in panels, which are not divided
    chart = bar_chart(120)
    units = replace(chart.table, fields=(*chart.table.fields, Field("unit", "Unit", Measure("text"))))
    columns = {**units.columns, "unit": tuple("EUR" if i % 2 else "USD" for i in range(120))}
    own = tuple(replace(f, unit_field="unit") if f.name in chart.measures else f for f in units.fields)
    mixed = replace(chart, table=replace(units, fields=own, columns=columns))
    figure = Figure(**Ids()(), chart=mixed, title=words("Too much"))
    with pytest.raises(ProjectError, match=r"story/report.md:7: the chart 'pay' is \d+ pt high"):
        write_report(document([figure]), BRAND)


def test_a_table_with_too_many_columns_is_named_with_its_place() -> None:
    cells = tuple(words(f"c{i}") for i in range(40))
    table = TableBlock(**Ids()(), title=(), columns=cells, rows=(cells,), aligns=("left",) * 40)
    with pytest.raises(ProjectError, match=r"story/report.md:7: the table has 40 columns, too many for 630 pt"):
        write_report(document([table]), BRAND)


def test_a_heading_of_half_a_page_is_named_with_its_place() -> None:
    heading = Heading(**Ids()(), level=1, content=words("word " * 3000))
    with pytest.raises(ProjectError, match=r"story/report.md:7: the heading takes"):
        write_report(document([heading]), BRAND)


def test_a_title_too_long_for_the_cover_is_a_mistake_in_the_project() -> None:
    with pytest.raises(ProjectError, match="do not fit on the cover"):
        write_report(document(story(1), title="A long title " * 90), BRAND)


def test_long_words_and_titles_are_printed_whole(tool: Tool) -> None:
    ids = Ids()
    blocks: Sequence[Block] = [
        Heading(**ids(), level=1, content=words("A" * 300)),
        Paragraph(**ids(), content=words("b" * 10_000)),
        TableBlock(**ids(), title=words("t"), columns=(words("c"),), rows=((words("d" * 10_000),),), aligns=("left",)),
    ]
    text = "".join(text_of(write_report(document(blocks), BRAND), tool).split())
    assert text.count("b") - text.count("jobs") * 1 >= 10_000
    assert text.count("d") >= 10_000
    assert text.count("A") >= 600


def test_sixty_pages_with_long_tables_and_nested_lists_break_no_rule(tool: Tool) -> None:
    pdf = write_report(stress(9), BRAND)
    assert not failures(pdf)
    pages = page_texts(pdf, tool)
    assert len(pages) >= 60
    rows = re.findall(r"^\s*Role number \d+\s+\$", "\n".join(pages), re.MULTILINE)
    assert len(rows) == sum(45 + n - 3 for n in range(9)) + 9
