"""Public decks that people edit: the next edition has the new data and their edits, or waits for a person."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from tests.publishing import editions, ids, project, publish, settings, with_salary

DECK = """\
# Pay

## Engineers earn {{ pay["Engineer"].salary }} {#engineers}

- An analyst earns {{ pay["Analyst"].salary }}
- Ask before you choose
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = project(tmp_path / "project")
    settings(
        made,
        "[outputs.report]",
        '[outputs.deck]\nwriter = "deck"\nstory = "story/deck.md"\n[publish]\non_edit = "refresh"\n[outputs.report]',
    )
    (made / "story/deck.md").write_text(DECK, "utf-8")
    return made


@pytest.fixture
def to(root: Path, tmp_path: Path) -> Path:
    place = tmp_path / "shelf"
    assert publish(root, place)[0] == 0
    return place


def edit(to: Path, change: Callable[[Any], None]) -> None:
    path = to / "current" / "deck.pptx"
    opened = Presentation(str(path))
    change(opened)
    opened.save(str(path))


def words(to: Path) -> str:
    deck = Presentation(io.BytesIO((to / "current" / "deck.pptx").read_bytes()))
    return "\n".join(one.text_frame.text for slide in deck.slides for one in slide.shapes if one.has_text_frame)


def add_point(deck: Any) -> None:
    deck.slides[2].shapes[1].text_frame.add_paragraph().text = "My own point"


def retitle(deck: Any) -> None:
    deck.slides[2].shapes.title.text_frame.text = "Engineers earn about 120 thousand"


def test_edits_stay_from_edition_to_edition(root: Path, to: Path) -> None:
    edit(to, add_point)
    for analyst in (101_000, 102_000):
        with_salary(root, 120_000, analyst)
        code, said = publish(root, to)
        assert (code, "deck.pptx: one edit was kept." in said) == (0, True), said
        assert "My own point" in words(to)
        assert f"An analyst earns ${analyst:,}" in words(to)
    code, said = publish(root, to)
    assert (code, "My own point" in words(to)) == (0, True)


def test_a_text_with_words_of_both_sides_is_told(root: Path, to: Path) -> None:
    def reword(deck: Any) -> None:
        said = deck.slides[2].shapes[1].text_frame.paragraphs[0]
        said.runs[0].text = said.runs[0].text.replace("An analyst earns", "Analysts of ours earn")

    edit(to, reword)
    with_salary(root, 120_000, 101_000)
    code, said = publish(root, to)
    assert code == 0, said
    assert "Analysts of ours earn $101,000" in words(to)
    assert "slide 3 'Engineers earn $120,000', Body: words of yours and new data stand in one text." in said


def test_edits_are_kept_where_no_data_changed(root: Path, to: Path) -> None:
    edit(to, add_point)
    code, said = publish(root, to)
    assert (code, "edits of decks are kept" in said, "My own point" in words(to)) == (0, True, True)


def test_a_conflict_holds_the_edition_until_a_person_accepts_it(root: Path, to: Path) -> None:
    edit(to, retitle)
    with_salary(root, 125_000)
    code, said = publish(root, to)
    assert code == 3, said
    assert "somebody wrote 'Engineers earn about 120 thousand', and the data say 'Engineers earn $125,000'." in said
    assert editions(to, "accept", ids(to)[-1], "--by", "Kim", "--note", "Right as it is")[0] == 0
    assert "Engineers earn about 120 thousand" in words(to)
    with_salary(root, 125_000, 103_000)
    code, said = publish(root, to)
    assert code == 0, said
    assert "$103,000" in words(to)
    assert "about 120 thousand" in words(to)


def test_an_accepted_conflict_holds_again_once_the_same_number_changes(root: Path, to: Path) -> None:
    edit(to, retitle)
    with_salary(root, 125_000)
    assert publish(root, to)[0] == 3
    assert editions(to, "accept", ids(to)[-1], "--by", "Kim", "--note", "Right as it is")[0] == 0
    with_salary(root, 130_000)
    code, said = publish(root, to)
    assert (code, "and the data say 'Engineers earn $130,000'." in said) == (3, True), said


def test_a_conflict_is_settled_by_what_somebody_then_writes_into_the_public_deck(root: Path, to: Path) -> None:
    edit(to, retitle)
    with_salary(root, 125_000)
    assert publish(root, to)[0] == 3
    assert publish(root, to)[0] == 3  # nobody wrote anything since

    def correct(deck: Any) -> None:
        deck.slides[2].shapes.title.text_frame.text = "Engineers earn about 125 thousand"

    def untitle(deck: Any) -> None:
        deck.slides[1].shapes.title.text_frame.text = ""

    def title(deck: Any) -> None:
        deck.slides[1].shapes.title.text_frame.text = "Pay"

    edit(to, correct)
    edit(to, untitle)
    for _ in range(2):  # held for something else, and the conflict stays settled
        code, said = publish(root, to)
        assert (code, "slide 2, title: It is empty." in said, "somebody wrote" in said) == (3, True, False), said
    edit(to, title)
    code, said = publish(root, to)
    assert code == 0, said
    assert "Engineers earn about 125 thousand" in words(to)
    with_salary(root, 130_000)
    code, said = publish(root, to)
    assert (code, "somebody wrote 'Engineers earn about 125 thousand'" in said) == (3, True), said


def test_what_somebody_writes_before_the_data_change_settles_nothing(root: Path, to: Path) -> None:
    edit(to, retitle)
    with_salary(root, 125_000)
    assert publish(root, to)[0] == 3
    with_salary(root, 130_000)

    def correct(deck: Any) -> None:
        deck.slides[2].shapes.title.text_frame.text = "Engineers earn about 125 thousand"

    edit(to, correct)
    code, said = publish(root, to)
    assert (code, "and the data say 'Engineers earn $130,000'." in said) == (3, True), said


def test_a_deck_that_cannot_be_refreshed_holds_the_edition(root: Path, to: Path) -> None:
    (to / "current" / "deck.pptx").write_bytes(b"not a deck")
    with_salary(root, 125_000)
    code, said = publish(root, to)
    assert (code, "the public deck is no PowerPoint file" in said or "the public deck is damaged" in said) == (
        3,
        True,
    ), said


def test_without_the_setting_an_edited_deck_is_replaced(root: Path, to: Path) -> None:
    settings(root, 'on_edit = "refresh"', 'on_edit = "replace"')
    edit(to, add_point)
    with_salary(root, 120_000, 101_000)
    assert publish(root, to)[0] == 0
    assert "My own point" not in words(to)
