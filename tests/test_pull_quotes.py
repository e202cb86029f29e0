"""A quotation is of somebody; a sentence pulled out in the author's own words is none, and looks and reads like one."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from data.errors import ProjectError
from data.project_folder import BUILT_IN
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import open_template
from reports.deck.writer import write_deck
from reports.differences.compare import compare_bytes
from reports.document.blocks import Columns, PullQuote, Quote
from reports.document.inlines import plain
from reports.document.tree import walk
from reports.notes.writer import write_notes
from reports.runs.read import Options, read
from tests.audited import by_verapdf, found
from tests.decks import BRAND, audit, heading, opened, place
from tests.guide_template import write_template
from tests.pdf_pages import Ids, Tool, document, text_of, tree, words
from tests.writing import write_handout, write_report

OURS, THEIRS = "Counting is an art", "Counting is a craft"
MARKS = '“”„«»‹›"'


def both() -> tuple[PullQuote, Quote]:
    ids = Ids()
    return PullQuote(**ids(), content=words(OURS)), Quote(**ids(), content=words(THEIRS), attribution=words("A. Clerk"))


def blocks_of(root: Path, story: str) -> list[PullQuote | Quote]:
    (root / "story/report.md").write_text(f"# Jobs\n\n{story}\n", "utf-8")
    blocks = read(root, Options(only=("report",))).outputs[0].document.blocks
    return [block for block in walk(blocks) if isinstance(block, PullQuote | Quote)]


def refused(root: Path, story: str) -> str:
    with pytest.raises(ProjectError) as caught:
        blocks_of(root, story)
    return str(caught.value)


# -- reading -----------------------------------------------------------------
@pytest.mark.parametrize("story", ["::: quote\nIt grew\nfast.\n:::", "> It grew\n> fast."])
def test_words_without_a_speaker_are_a_pull_quote(small_project: Path, story: str) -> None:
    (block,) = blocks_of(small_project, story)
    assert isinstance(block, PullQuote)
    assert plain(block.content, "en-US") == "It grew fast."


@pytest.mark.parametrize("story", ["::: quote\nIt grew.\n-- A. Clerk\n:::", "> It grew.\n> — A. Clerk"])
def test_words_with_a_speaker_are_a_quotation(small_project: Path, story: str) -> None:
    (block,) = blocks_of(small_project, story)
    assert isinstance(block, Quote)
    assert plain(block.attribution, "en-US") == "A. Clerk"


@pytest.mark.parametrize("words_in_marks", ['"It grew."', "“It grew.”", "'It grew.'", "«It grew.»"])
def test_words_in_quotation_marks_need_a_speaker(small_project: Path, words_in_marks: str) -> None:
    assert "nobody is named" in refused(small_project, f"::: quote\n{words_in_marks}\n:::")
    (block,) = blocks_of(small_project, f"::: quote\n{words_in_marks}\n-- A. Clerk\n:::")
    assert isinstance(block, Quote)


def test_a_pull_quote_may_quote_a_word(small_project: Path) -> None:
    (block,) = blocks_of(small_project, '::: quote\n"Art" is what they call "science"\n:::')
    assert isinstance(block, PullQuote)


@pytest.mark.parametrize(("story", "said"), [("It grew.\n—", "nobody is named"), ("-- A. Clerk", "has no words")])
def test_a_quotation_has_words_and_a_speaker(small_project: Path, story: str, said: str) -> None:
    assert said in refused(small_project, f"::: quote\n{story}\n:::")


def test_no_built_in_document_quotes_nobody() -> None:
    for root in sorted(path.parent for path in BUILT_IN.glob("*/project.toml")):
        for output in read(root, Options()).outputs:
            for block in walk(output.document.blocks):
                if isinstance(block, Quote):
                    assert "our words" not in plain(block.attribution, "en-US")


# -- paper -------------------------------------------------------------------
@pytest.mark.parametrize("write", [write_report, write_handout], ids=["report", "handout"])
def test_a_pull_quote_has_no_quotation_marks_and_is_none_to_a_screen_reader(write, tool: Tool) -> None:
    pdf = write(document(both()), BRAND)
    printed = " ".join(text_of(pdf, tool).split())
    assert f"“{THEIRS}” — A. Clerk" in printed
    assert OURS in printed
    assert f"“{OURS}" not in printed
    assert tree(pdf).split().count("BlockQuote") == 1
    assert found(pdf) == ()


def test_verapdf_finds_nothing_in_pull_quotes(tmp_path: Path) -> None:
    written = {"report": write_report, "handout": write_handout, "notes": write_notes}
    files = {name: write(document(both()), BRAND) for name, write in written.items()}
    assert by_verapdf(files, tmp_path) == {name: [] for name in files}


# -- decks -------------------------------------------------------------------
def test_a_pull_quote_is_a_statement_and_a_quotation_names_its_speaker() -> None:
    plan = plan_slides(document(both()), open_template(BRAND).layouts, BRAND)
    ours, theirs = plan.slides[1:]
    assert (ours.role, theirs.role) == ("Statement", "Quote")
    assert [passage.text for part in ours.parts for passage in part.passages] == [OURS]
    assert [passage.text for part in theirs.parts for passage in part.passages] == [f"“{THEIRS}”", "A. Clerk"]


def test_a_statement_slide_is_sound(tmp_path: Path) -> None:
    content = write_deck(document(both()), BRAND)
    assert audit(content, tmp_path) == []
    assert found(content) == ()
    assert [slide.slide_layout.name for slide in opened(content).slides][1:3] == ["Statement", "Quote"]


def test_in_anyones_template_a_pull_quote_is_bold(tmp_path: Path) -> None:
    path = tmp_path / "template.pptx"
    write_template(path)
    brand = replace(BRAND, template=path)
    plan = plan_slides(document(both()), open_template(brand).layouts, brand)
    (passage,) = plan.slides[1].parts[0].passages
    assert passage.text == OURS
    assert all(span.bold for span in passage.spans)


def test_in_a_column_a_quotation_keeps_its_marks_and_a_pull_quote_has_none() -> None:
    ours, theirs = both()
    beside = Columns(id="columns", place=place(), columns=((ours,), (theirs,)))
    plan = plan_slides(document((heading("Both"), beside)), open_template(BRAND).layouts, BRAND)
    said = [passage.text for part in plan.slides[1].parts for passage in getattr(part, "passages", ())]
    assert said == [OURS, f"“{THEIRS}”", "A. Clerk"]


def test_notes_print_a_pull_quote_without_marks(tool: Tool) -> None:
    pdf = write_notes(document(both()), BRAND)
    printed = " ".join(text_of(pdf, tool).split())
    assert f"“{THEIRS}”" in printed
    assert OURS in printed
    assert f"“{OURS}" not in printed


# -- comparing ---------------------------------------------------------------
@pytest.mark.parametrize("write", [write_report, write_deck], ids=["report", "deck"])
def test_that_words_are_nobodys_any_more_is_a_change(write) -> None:
    _, theirs = both()
    nobodys = PullQuote(id=theirs.id, place=theirs.place, content=theirs.content)
    before, now = (write(document((block,)), BRAND) for block in (theirs, nobodys))
    assert compare_bytes(before, before).changes == ()
    assert compare_bytes(before, now).changes
