"""The deck to print: all that its slides say and all that is said with them, in order, tagged."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.errors import ProjectError
from data.language.words import words
from data.look.readable import readable
from reports.audit.audit import audit_bytes
from reports.deck.planned.plan import ChartPart, Plan, Slide, TablePart, TextPart
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import open_template
from reports.differences.pdf import read_shown_pdf
from reports.differences.shown import Passage
from reports.document.blocks import Document, Heading, ItemList, Notes, Paragraph
from reports.notes.compose import shares_of
from reports.notes.writer import write_notes
from reports.runs.bind import Options
from reports.runs.build import build
from reports.runs.read import read
from reports.runs.write import write
from tests.audited import BUILT_IN, by_verapdf
from tests.decks import BRAND, with_template
from tests.pdf_pages import Ids, document, every_block
from tests.pdf_pages import words as said
from tests.test_validators import TEMPLATES

PROJECTS = ("machine-learning-engineer", "college-majors")


@cache
def deck_of(project: str) -> Document:
    reading = read(BUILT_IN / project, Options(only=("deck",)))
    return next(planned.document for planned in reading.outputs if planned.name == "deck")


def plan_of(content: Document) -> Plan:
    return plan_slides(content, open_template(BRAND).layouts, readable(BRAND))


def passages(pdf: bytes) -> tuple[Passage, ...]:
    return read_shown_pdf(pdf, "notes.pdf").passages


def bare(text: str) -> str:
    """Letters and figures alone: lines are broken, and marks set, in other places."""
    return "".join(character for character in text if character.isalnum())


def texts_of(slide: Slide) -> list[str]:
    found = [slide.title_text, *slide.spoken]
    for part in slide.parts:
        match part:
            case TextPart():
                found += [passage.text for passage in part.passages]
            case TablePart():
                found += ["".join(span.text for span in cell) for row in part.rows for cell in row]
            case _:
                pass
    return found


@pytest.mark.parametrize("project", PROJECTS)
def test_nothing_that_slides_say_or_that_is_said_with_them_is_left_out(project: str) -> None:
    content = deck_of(project)
    printed = bare(" ".join(passage.words for passage in passages(write_notes(content, BRAND))))
    for slide in plan_of(content).slides:
        for text in texts_of(slide):
            assert bare(text) in printed, text


def test_slides_stand_in_their_order_each_title_a_heading_and_its_notes_below() -> None:
    content = document(every_block(Ids()))
    slides = plan_of(content).slides
    found = passages(write_notes(content, BRAND))
    titles = [passage.words for passage in found if passage.kind == "heading"]
    assert [bare(title) for title in titles] == [bare(slide.title_text) for slide in slides]
    labels = [passage.words for passage in found if passage.words.startswith("Slide ")]
    assert labels == [f"Slide {number} of {len(slides)}" for number in range(1, len(slides) + 1)]
    assert sum(passage.words == "Notes" for passage in found) == sum(any(slide.notes) for slide in slides)


def test_charts_are_figures_that_say_what_they_show() -> None:
    content = document(every_block(Ids()))
    charts = [part for slide in plan_of(content).slides for part in slide.parts if isinstance(part, ChartPart)]
    figures = [passage for passage in passages(write_notes(content, BRAND)) if passage.kind == "figure"]
    assert len(figures) == len(charts) > 0
    assert all(figure.words.startswith("Bar chart: ") and figure.digest for figure in figures)


@pytest.mark.parametrize("language", ["en-US", "de-DE", "fr-FR", "es-ES"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_our_audit_finds_nothing(language: str, paper: str) -> None:
    content = document(every_block(Ids()), language=language)
    pdf = write_notes(content, replace(BRAND, paper=paper))
    assert audit_bytes(pdf, "notes.pdf").findings == ()
    ours = words(language)
    assert any(ours["speaker notes"] == passage.words for passage in passages(pdf))


def test_verapdf_finds_nothing(tmp_path: Path) -> None:
    files = {project: write_notes(deck_of(project), BRAND) for project in PROJECTS}
    files["every block"] = write_notes(document(every_block(Ids()), language="de-DE"), BRAND)
    files["a draft"] = write_notes(document(every_block(Ids()), draft=True), replace(BRAND, paper="a4"))
    assert by_verapdf(files, tmp_path) == {name: [] for name in files}


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_says_what_the_deck_says_in_any_template(name: str, shared: Path) -> None:
    brand = with_template(shared, name)
    content = document(every_block(Ids()))
    plan = plan_slides(content, open_template(brand).layouts, readable(brand))
    found = passages(write_notes(content, brand))
    titles = [bare(passage.words) for passage in found if passage.kind == "heading"]
    assert titles == [bare(slide.title_text) for slide in plan.slides]


def test_notes_longer_than_a_page_go_on_and_stay_one() -> None:
    ids = Ids()
    long = [Paragraph(**ids(), content=said(f"Sentence {n}. " * 30)) for n in range(40)]
    blocks = [
        Heading(**ids(), level=2, content=said("A long talk")),
        Paragraph(**ids(), content=said("A short slide.")),
        Notes(**ids(), content=tuple(long)),
    ]
    found = read_shown_pdf(write_notes(document(blocks), BRAND), "notes.pdf")
    assert found.pages > 3
    spoken = [passage.words for passage in found.passages if passage.words.startswith("Sentence ")]
    assert spoken == [f"Sentence {n}. " * 29 + f"Sentence {n}." for n in range(40)]


def test_lists_in_lists_stay_lists() -> None:
    ids = Ids()
    inner = ItemList(**ids(), items=((Paragraph(**ids(), content=said("Within")),),))
    outer = ItemList(**ids(), items=((Paragraph(**ids(), content=said("Without")), inner),))
    content = document([Heading(**ids(), level=2, content=said("Lists")), outer])
    found = [passage.words for passage in passages(write_notes(content, BRAND))]
    assert "• Without" in found
    assert "• Within" in found


def test_what_does_not_fit_its_slide_is_told_as_for_the_deck() -> None:
    ids = Ids()
    content = document([Heading(**ids(), level=2, content=said("word " * 200)), Paragraph(**ids(), content=said("x"))])
    with pytest.raises(ProjectError, match="slide title"):
        write_notes(content, BRAND)


@pytest.fixture
def printing(small_project: Path) -> Path:
    settings = small_project / "project.toml"
    more = '\n[outputs.deck-notes]\nwriter = "notes"\nstory = "story/deck.md"\n'
    settings.write_text(settings.read_text("utf-8") + more, "utf-8")
    return small_project


def test_build_makes_it_beside_the_deck_and_keeps_what_only_decks_say(printing: Path, tmp_path: Path) -> None:
    story = printing / "story" / "deck.md"
    story.write_text(story.read_text("utf-8") + "\n## Only here {only=deck}\n\nA slide of the deck.\n", "utf-8")
    build(printing, tmp_path / "out", Options(), overwrite=False)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["deck-notes.pdf", "deck.pptx", "handout.pdf", "manifest.json", "report.pdf"]
    found = [passage.words for passage in passages((tmp_path / "out" / "deck-notes.pdf").read_bytes())]
    assert "Only here" in found
    assert any("Say what the chart shows: $120,000." in words for words in found)


def test_the_same_twice(printing: Path) -> None:
    def once() -> bytes:
        return next(item.content for item in write(read(printing, Options(only=("deck-notes",))), None).finished())

    assert once() == once()


def test_pages_are_read_in_the_order_of_slides(tool: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_bytes(write_notes(document(every_block(Ids())), BRAND))
    command = [tool("pdftotext"), "-layout", str(tmp_path / "notes.pdf"), "-"]
    shown = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    slides = plan_of(document(every_block(Ids()))).slides
    places = [shown.index(f"SLIDE {n} OF {len(slides)}") for n in range(1, len(slides) + 1)]
    assert places == sorted(places)


def test_columns_share_the_room_in_proportion_and_none_is_narrower_than_its_words():
    assert shares_of(100.0, [10.0, 10.0, 80.0], [5.0, 20.0, 30.0]) == pytest.approx([80 / 9, 20.0, 640 / 9])
    assert shares_of(100.0, [10.0, 90.0], [60.0, 60.0]) == [10.0, 90.0]
    assert shares_of(100.0, [50.0, 50.0], [70.0, 29.995]) == pytest.approx([50.0, 50.0])


def test_no_year_is_parted_and_what_notes_are_called_stays_with_them(tool, tmp_path):
    path = tmp_path / "notes.pdf"
    path.write_bytes(write_notes(deck_of("college-majors"), BRAND))
    command = [tool("pdftotext"), "-layout", str(path), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "2010–2012" in told
    assert not re.search(r"2010–201(?!2)", told)
    pages = [[line.strip() for line in page.splitlines() if line.strip()][:-1] for page in told.split("\f")]
    last = [page[-1] for page in pages if page]
    assert len(last) > 10
    assert not [line for line in last if line.upper() == "NOTES" or line.endswith(":")]
