"""`refresh` as it is called: what it says, what it writes, what it refuses, and how it ends."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pptx import Presentation
from typer.testing import CliRunner

from generate import app


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    return result.exit_code, result.output


def retitle(deck: Path, title: str) -> None:
    opened = Presentation(str(deck))
    opened.slides[2].shapes.title.text_frame.text = title
    opened.save(str(deck))


def titles(deck: Path) -> list[str]:
    return [one.shapes.title.text_frame.text for one in Presentation(io.BytesIO(deck.read_bytes())).slides]


def new_data(project: Path, salary: int = 125_000) -> None:
    (project / "tables/pay.csv").write_text(f"job,salary\nEngineer,{salary}\nAnalyst,110000\n", "utf-8")


@pytest.fixture
def deck(small_project: Path, tmp_path: Path) -> Path:
    """A deck that was edited, of a project whose data are new since."""
    assert run("build", small_project, "--out", tmp_path / "out", "--only", "deck")[0] == 0
    path = tmp_path / "out" / "deck.pptx"
    retitle(path, "My title")
    new_data(small_project)
    return path


def test_it_updates_the_deck_keeps_the_edit_and_a_backup(deck: Path, small_project: Path) -> None:
    before = deck.read_bytes()
    code, output = run("refresh", deck, small_project)
    assert code == 0, output
    assert "Refreshed" in output
    assert "The earlier one is kept as deck.backup.pptx." in output
    assert "kept      slide 3 'My title', Title: My title" in output
    assert "updated   slide 3 'My title': " in output
    assert (deck.parent / "deck.backup.pptx").read_bytes() == before
    assert "My title" in titles(deck)
    code, output = run("refresh", deck, small_project)
    assert (code, "has the newest data" in output) == (0, True)
    assert sorted(one.name for one in deck.parent.glob("*.pptx")) == ["deck.backup.pptx", "deck.pptx"]


def test_a_conflict_ends_with_4_and_is_told_until_it_is_settled(deck: Path, small_project: Path) -> None:
    opened = Presentation(str(deck))
    notes = opened.slides[2].notes_slide.notes_text_frame
    notes.paragraphs[0].runs[0].text = "Say what the chart shows: about 120 thousand."
    opened.save(str(deck))
    for _ in range(2):
        code, output = run("refresh", deck, small_project, "--quiet")
        assert code == 4, output
        assert "conflict  slide 3 'My title', notes" in output
        assert "in the deck:   Say what the chart shows: about 120 thousand." in output
        assert "from the data: Say what the chart shows: $125,000." in output
        assert "1 conflict is left to you." in output
    assert run("refresh", deck, small_project, "--settled", "--quiet") == (0, "")
    assert run("refresh", deck, small_project, "--quiet") == (0, "")


def test_the_way_out_of_a_conflict_names_the_project(deck: Path, small_project: Path) -> None:
    opened = Presentation(str(deck))
    opened.slides[2].notes_slide.notes_text_frame.paragraphs[0].runs[0].text = "About 120 thousand."
    opened.save(str(deck))
    output = run("refresh", deck, small_project)[1]
    assert f"refresh {deck} {small_project} --settled" in output


def test_of_a_long_text_in_conflict_the_paragraphs_are_told_that_differ(deck: Path, small_project: Path) -> None:
    story = small_project / "story/deck.md"
    points = "- The survey is of this year\n- {{ pay['Engineer'].salary }} a year\n"
    story.write_text(f"{story.read_text('utf-8')}\n## Pay\n\n{points}", "utf-8")
    assert run("build", small_project, "--out", deck.parent / "other", "--only", "deck")[0] == 0
    path = deck.parent / "other" / "deck.pptx"
    opened = Presentation(str(path))
    body = next(one for slide in opened.slides for one in slide.placeholders if "The survey" in one.text_frame.text)
    body.text_frame.paragraphs[1].runs[0].text = "$118,000 a year"
    for run_ in body.text_frame.paragraphs[1].runs[1:]:
        run_.text = ""
    opened.save(str(path))
    new_data(small_project, 126_000)
    code, output = run("refresh", path, small_project, "--quiet")
    assert code == 4, output
    assert "in the deck:   $118,000 a year\n" in output
    assert "from the data: $126,000 a year\n" in output


def test_a_merged_paragraph_is_told_as_a_whole_and_no_other(deck: Path, small_project: Path) -> None:
    opened = Presentation(str(deck))
    said = opened.slides[2].notes_slide.notes_text_frame.paragraphs[0].runs
    long = "And then tell them that pay alone is no reason to choose, as far as we can see from here."
    said[-1].text = f"{said[-1].text} {long}"
    opened.save(str(deck))
    output = run("refresh", deck, small_project)[1]
    assert f"          now: Say what the chart shows: $125,000. {long}\n" in output


def test_a_slide_of_ones_own_is_told_with_its_place(deck: Path, small_project: Path) -> None:
    opened = Presentation(str(deck))
    mine = opened.slides.add_slide(opened.slides[2].slide_layout)
    mine.shapes.title.text_frame.text = "Where to find us"
    opened.save(str(deck))
    output = run("refresh", deck, small_project)[1]
    assert "1 added by you" in output
    assert f"yours     slide {len(titles(deck))} 'Where to find us'\n" in output


def test_new_notes_of_slides_that_nobody_touched_are_told_in_words(deck: Path, small_project: Path) -> None:
    story = small_project / "story/deck.md"
    told = "\n".join(f"## Point {n}\n\n- One\n\n::: notes\nNothing new.\n:::\n" for n in range(4))
    story.write_text(f"{story.read_text('utf-8')}\n{told}", "utf-8")
    assert run("build", small_project, "--out", deck.parent / "other", "--only", "deck")[0] == 0
    story.write_text(story.read_text("utf-8").replace("Nothing new.", "All of it is new."), "utf-8")
    code, output = run("refresh", deck.parent / "other" / "deck.pptx", small_project)
    assert code == 0, output
    assert "updated   notes on 4 slides: All of it is new." in output


def test_a_dry_run_tells_and_writes_nothing(deck: Path, small_project: Path) -> None:
    before = {one.name: one.read_bytes() for one in deck.parent.iterdir()}
    code, output = run("refresh", deck, small_project, "--dry-run")
    assert code == 0
    assert "Would refresh" in output
    assert {one.name: one.read_bytes() for one in deck.parent.iterdir()} == before


def test_another_file_is_written_where_one_is_named(deck: Path, small_project: Path, tmp_path: Path) -> None:
    before = deck.read_bytes()
    new = tmp_path / "sent" / "fresh.pptx"
    assert run("refresh", deck, small_project, "--out", new)[0] == 0
    assert (deck.read_bytes(), "My title" in titles(new)) == (before, True)
    code, output = run("refresh", deck, small_project, "--out", new)
    assert (code, "is there already." in output) == (2, True)
    assert run("refresh", deck, small_project, "--out", tmp_path / "fresh.pdf")[0] == 2


@pytest.mark.parametrize("mark", ["~$deck.pptx", ".~lock.deck.pptx#"])
def test_a_deck_that_is_open_elsewhere_is_left_alone(mark: str, deck: Path, small_project: Path) -> None:
    before = deck.read_bytes()
    (deck.parent / mark).write_text("somebody", "utf-8")
    code, output = run("refresh", deck, small_project)
    assert (code, "is open in another program" in output, mark in output) == (5, True, True)
    assert deck.read_bytes() == before


def test_a_read_only_deck_is_left_alone(deck: Path, small_project: Path) -> None:
    deck.chmod(0o444)
    before = deck.read_bytes()
    code, output = run("refresh", deck, small_project)
    assert (code, "is read-only" in output, deck.read_bytes()) == (5, True, before)
    assert not (deck.parent / "deck.backup.pptx").exists()


def test_a_link_is_not_written_through(deck: Path, small_project: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.pptx"
    link.symlink_to(deck)
    before = deck.read_bytes()
    code, output = run("refresh", link, small_project)
    assert (code, "is a link" in output, deck.read_bytes()) == (2, True, before)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty."),
        (b"hello", "is no PowerPoint file."),
        (b"PK\x03\x04 cut off", "is damaged: "),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "has a password, or is an old PowerPoint file."),
    ],
)
def test_what_is_no_deck_is_refused_and_left_as_it_is(
    content: bytes, said: str, small_project: Path, tmp_path: Path
) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(content)
    code, output = run("refresh", path, small_project)
    assert (code, said in output, path.read_bytes()) == (2, True, content), output


def test_a_deck_that_fairsheet_did_not_make_is_refused(small_project: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.pptx"
    Presentation().save(str(path))
    code, output = run("refresh", path, small_project)
    assert code == 2
    assert "has no record of what was generated" in output
    assert "carry your edits over" in output


def test_a_deck_that_is_not_there_is_told(small_project: Path, tmp_path: Path) -> None:
    code, output = run("refresh", tmp_path / "deck.pptx", small_project)
    assert (code, "is not there." in output) == (2, True)


def test_a_mistake_in_the_project_is_told_and_the_deck_stays(deck: Path, small_project: Path) -> None:
    before = deck.read_bytes()
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,90000\nAnalyst,110000\n", "utf-8")
    code, output = run("refresh", deck, small_project)
    assert (code, deck.read_bytes()) == (2, before)
    assert "Engineers earn more" in output


def test_of_several_decks_the_one_is_meant_that_the_file_is_called_by(deck: Path, small_project: Path) -> None:
    settings = small_project / "project.toml"
    settings.write_text(
        settings.read_text("utf-8") + '[outputs.short]\nwriter = "deck"\nstory = "story/deck.md"\n', "utf-8"
    )
    assert run("refresh", deck, small_project)[0] == 0
    other = deck.rename(deck.parent / "sent.pptx")
    code, output = run("refresh", other, small_project)
    assert (code, "Say which with --only NAME." in output) == (2, True)
    assert run("refresh", other, small_project, "--only", "deck")[0] == 0
    code, output = run("refresh", other, small_project, "--only", "report")
    assert (code, "'report' is no deck." in output) == (2, True)


def test_a_copy_of_a_project_is_not_taken_for_its_model_where_nobody_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "fair")[0] == 0
    assert run("build", "fair", "--only", "deck")[0] == 0
    table = tmp_path / "fair/tables/openings.csv"
    table.write_text(table.read_text("utf-8").replace("Engineer,500", "Engineer,520", 1), "utf-8")
    before = (tmp_path / "out/deck.pptx").read_bytes()
    code, output = run("refresh", "out/deck.pptx")
    assert (code, (tmp_path / "out/deck.pptx").read_bytes()) == (2, before)
    assert "was made from the project in fair. Name it: python generate.py refresh out/deck.pptx fair" in output
    assert run("refresh", "out/deck.pptx", "fair")[0] == 0


def test_a_project_in_the_place_of_the_deck_is_told(deck: Path, small_project: Path) -> None:
    code, output = run("refresh", small_project, deck)
    assert (code, "is a folder, and no deck. Name the deck first" in output) == (2, True)


def test_what_is_new_and_gone_on_a_slide_is_told_in_a_line(deck: Path, small_project: Path) -> None:
    story = small_project / "story/deck.md"
    key = "\n## Two numbers {#two}\n\n::: key-figures\n- **1** one\n- **2** two\n:::\n"
    story.write_text(f"{story.read_text('utf-8')}{key}", "utf-8")
    assert run("build", small_project, "--out", deck.parent / "other", "--only", "deck")[0] == 0
    story.write_text(story.read_text("utf-8").replace("- **2** two\n:::", "- **2** two\n- **3** three\n:::"), "utf-8")
    path = deck.parent / "other" / "deck.pptx"
    opened = Presentation(str(path))
    next(
        one for one in opened.slides if one.shapes.title.text_frame.text == "Two numbers"
    ).shapes.title.text_frame.text = "Mine"
    opened.save(str(path))
    output = run("refresh", path, small_project)[1]
    assert re.search(r"new       slide \d+ 'Mine': Figure 3, Label 3\n", output), output


def test_build_names_it_where_it_finds_an_edited_deck(deck: Path, small_project: Path, tmp_path: Path) -> None:
    code, output = run("build", small_project, "--out", tmp_path / "out", "--only", "deck")
    assert code == 4
    assert f"refresh {deck}" in output
    assert "keep the edits" in output
    assert run("refresh", deck, small_project)[0] == 0
    code, output = run("build", small_project, "--out", tmp_path / "out", "--only", "deck")
    assert (code, f"refresh {deck}" in output) == (4, True)  # her edits are still in it
