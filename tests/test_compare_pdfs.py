"""Two PDFs are compared: words, cells and figures that differ, wherever they stand; a text that flows on is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from data.errors import ProjectError
from reports.audit.pdf.lines import Lines
from reports.differences import told
from reports.differences.compare import compare_bytes
from reports.runs.bind import Options
from reports.runs.build import build
from reports.runs.new import new as new_project
from tests.audited import outputs

PROJECT = "machine-learning-engineer"


def said(old: bytes, new: bytes) -> list[str]:
    return [line.strip() for line in told.lines(compare_bytes(old, new))][1:]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The built-in documents before and after a cell changed."""
    root = tmp_path_factory.mktemp("changed")
    new_project(root / "fair", PROJECT)
    build(root / "fair", root / "old", Options(), overwrite=False)
    table = root / "fair" / "tables" / "openings.csv"
    table.write_text(table.read_text("utf-8").replace("500", "520"), "utf-8")
    build(root / "fair", root / "new", Options(), overwrite=False)
    return root / "old", root / "new"


@pytest.mark.parametrize("name", ["report.pdf", "handout.pdf"])
def test_a_pdf_is_like_itself(name: str) -> None:
    content = outputs(PROJECT, "letter")[name]
    assert compare_bytes(content, content).changes == ()


def test_a_changed_cell_is_told_wherever_the_report_shows_it(changed: tuple[Path, Path]) -> None:
    old, new = (folder / "report.pdf" for folder in changed)
    found = compare_bytes(old.read_bytes(), new.read_bytes())
    told_of = [c for c in found.changes if "Edition" not in c.now and "SHA-256" not in c.now]
    assert all("500" in change.before and "520" in change.now for change in told_of)
    # the value itself, and how far it is from the next one
    moved = [re.sub(r"\b50\b", "70", change.before.replace("500", "520")) for change in told_of]
    assert [change.now for change in told_of] == moved
    assert {change.kind for change in told_of} == {"text", "figure", "cell"}
    assert len(found.changes) - len(told_of) == 3  # the edition on the cover and at the foot, and the checksum


def test_a_changed_cell_is_told_of_the_deck_made_from_it(changed: tuple[Path, Path]) -> None:
    old, new = (folder / "deck.pptx" for folder in changed)
    found = compare_bytes(old.read_bytes(), new.read_bytes())
    told_of = [change for change in found.changes if "Edition" not in change.now]
    # the value itself, and how far it is from the next one
    moved = [re.sub(r"\b50\b", "70", change.before.replace("500", "520")) for change in told_of]
    assert [change.now for change in told_of] == moved
    assert {change.kind for change in told_of} == {"value", "alternative text", "notes", "cell", "text"}


# -- files without tags ------------------------------------------------------------

PAGES: tuple[tuple[str, ...], ...] = (
    (
        "Pay of engineers",
        "",
        "Engineers earn more than analysts.",
        "The difference is about a tenth.",
        "It grew last year.",
    ),
    ("# Places to work", "", "Most work for small firms.", "Few move to another state after two", "years. Many stay."),
    ("# What comes next", "", "Talk to us on weekdays.", "Bring your letters.", "We read them with you."),
)


def drawn(*pages: Sequence[str], foot: str = "Career Center") -> bytes:
    """A PDF without structure: each page's lines, "# " before a heading, and its foot."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=True)
    for number, lines in enumerate(pages, 1):
        height = 720
        for line in lines:
            canvas.setFont("Helvetica", 20 if line.startswith("# ") else 11)
            canvas.drawString(72, height, line.removeprefix("# "))
            height -= 16
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 40, f"{foot} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines_said(old: bytes, new: bytes) -> list[str]:
    return [line for line in said(old, new) if "has no tags" not in line]


def test_a_file_without_tags_is_told_to_be_one() -> None:
    assert said(drawn(*PAGES), drawn(*PAGES)) == [
        "old has no tags: its lines were put together to sentences by where they stand.",
        "new has no tags: its lines were put together to sentences by where they stand.",
    ]


def test_one_sentence_of_a_paragraph_is_told() -> None:
    one = [list(page) for page in PAGES]
    one[1][2] = "Most work for large firms."
    assert lines_said(drawn(*PAGES), drawn(*one)) == [
        "page 2: text: “Most work for small firms.” became “Most work for large firms.”"
    ]


def test_other_line_ends_are_no_difference() -> None:
    one = [list(page) for page in PAGES]
    one[1][3:] = ["Few move to another state", "after two years. Many stay."]
    assert lines_said(drawn(*PAGES), drawn(*one)) == []


def test_a_page_more_is_counted_and_its_words_told() -> None:
    new = drawn(*PAGES, ("# Where to find us", "", "Hall 2, next to the library."))
    found = compare_bytes(drawn(*PAGES), new)
    assert found.counts == (3, 4)
    assert [(c.what, c.new, c.now) for c in found.changes] == [
        ("added", 4, "Where to find us"), ("added", 4, "Hall 2, next to the library."),
    ]  # fmt: skip


def test_a_page_that_moved_is_told_once() -> None:
    assert lines_said(drawn(*PAGES), drawn(PAGES[1], PAGES[0], PAGES[2])) in (
        ["page 2 was page 1"],
        ["page 1 was page 2"],
    )


def test_a_text_that_flows_on_to_another_page_is_no_difference() -> None:
    flowed = [PAGES[0][:4], (*PAGES[1],), PAGES[2]]
    later = [(*PAGES[0][:4],), ("It grew last year.", "", *PAGES[1]), PAGES[2]]
    assert lines_said(drawn(*PAGES), drawn(*later)) == []
    assert lines_said(drawn(*PAGES), drawn(*flowed)) == ["old page 1: text is gone: “It grew last year.”"]


def test_the_foot_of_all_pages_is_told_once() -> None:
    assert lines_said(drawn(*PAGES), drawn(*PAGES, foot="Careers Office")) == [
        "page 1: running head or foot: “Career Center” became “Careers Office”"
    ]


def test_blanks_that_are_set_as_distances_are_blanks() -> None:
    """As TeX sets them: one string after the other, and a number between them."""
    content = drawn(("x",))
    with pikepdf.open(BytesIO(content)) as pdf:
        page = pdf.pages[0]
        font = next(iter(page.obj.Resources.Font.keys())).encode()
        page.Contents = pikepdf.Stream(
            pdf, b"BT %b 10 Tf 72 700 Td [(En) 20 (gineers) -333 (earn) -333 (more.)] TJ ET" % font
        )
        out = BytesIO()
        pdf.save(out)
    found = compare_bytes(drawn(("x",), foot=""), out.getvalue())
    assert "Engineers earn more." in [change.now for change in found.changes]


def test_lines_are_known_by_where_they_stand() -> None:
    lines = Lines()
    for code, operands, words in (
        ("BT", (), ""), ("Tf", ("/F1", 10), ""), ("Tm", (1, 0, 0, 1, 72, 700), "One "), ("Td", (30, 0), "line"),
        ("Td", (0, -12), "another"), ("ET", (), ""), ("q", (), ""), ("cm", (1, 0, 0, 1, 0, 500), ""), ("BT", (), ""),
        ("Td", (0, 100), "third"), ("TL", (14,), ""), ("T*", (), "fourth"), ("Q", (), ""),
    ):  # fmt: skip
        lines.step(code, operands)
        if words:
            lines.say(words)
    assert [(line.words, line.height) for line in lines.found] == [
        ("One line", 700), ("another", 688), ("third", 600), ("fourth", 586),
    ]  # fmt: skip


def test_a_pdf_that_asks_for_a_password_is_told() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(drawn(*PAGES))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(ProjectError, match=r"new\.pdf: asks for a password"):
        compare_bytes(drawn(*PAGES), out.getvalue(), "old.pdf", "new.pdf")


def test_a_damaged_pdf_is_told() -> None:
    with pytest.raises(ProjectError, match=r"new\.pdf: is damaged"):
        compare_bytes(drawn(*PAGES), drawn(*PAGES)[:400], "old.pdf", "new.pdf")
