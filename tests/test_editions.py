"""Editions in the hands of a person: looked at, accepted, restored, withdrawn and corrected."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pptx import Presentation

from reports.runs.bind import Options
from reports.runs.read import read
from reports.runs.write import write
from tests.pdf_pages import Tool, text_of
from tests.publishing import editions, ids, project, publish, run, settings, with_salary
from tests.shelf import litter, state

pytestmark = pytest.mark.usefixtures("without_verapdf")

NOTE = "The pay of engineers was that of another year."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "public"


def public(to: Path) -> str:
    return json.loads((to / "current/manifest.json").read_text("utf-8"))["edition"]


def two_public(root: Path, to: Path) -> tuple[str, str]:
    """The ids of two editions of which the second is public."""
    assert publish(root, to)[0] == 0
    with_salary(root, 130_000)
    assert publish(root, to)[0] == 0
    first, second = ids(to)
    return first, second


def one_held(root: Path, to: Path) -> str:
    """The id of an edition that waits, because its data are old, behind a public one."""
    assert publish(root, to)[0] == 0
    settings(root, 'as_of = "2024"', 'as_of = "1990"\nstale_after = "2 years"')
    assert publish(root, to)[0] == 3
    return ids(to)[-1]


def test_a_list_shows_each_edition_and_why_one_is_held(root: Path, to: Path) -> None:
    held = one_held(root, to)
    code, said = editions(to, "list")
    assert code == 0
    first, second, cause = said.splitlines()
    assert first.split()[4:6] == ["current", "report.pdf,"]
    assert second.split()[0] == held
    assert second.split()[4] == "held"
    assert cause.strip().startswith("project.toml:")
    assert "older than 2 years" in cause


def test_an_edition_that_is_held_is_published_as_it_is_by_who_says_so(root: Path, to: Path) -> None:
    held = one_held(root, to)
    name = state(to).editions[-1].name
    waiting = {p.name: p.read_bytes() for p in (to / ".fairsheet/held" / name).iterdir()}
    code, said = editions(to, "accept", held, "--by", "Jo Doe", "--note", "There are none newer.")
    assert (code, f"Published edition {held}" in said, "accepted by Jo Doe." in said) == (0, True, True), said
    assert {p.name: p.read_bytes() for p in (to / "current").iterdir()} == waiting
    event = state(to).events[-1]
    assert (event.what, event.by, event.note) == ("accepted", "Jo Doe", "There are none newer.")
    assert "older than 2 years" in event.causes[0]
    shown = editions(to, "show", held)[1]
    assert "accepted by Jo Doe: There are none newer." in shown
    code, said = publish(root, to)
    assert (code, "Nothing new" in said) == (0, True), said
    assert litter(to) == []


def test_what_is_held_gives_way_to_what_is_made_later(root: Path, to: Path) -> None:
    held = one_held(root, to)
    with_salary(root, 140_000)
    assert publish(root, to)[0] == 3
    code, said = editions(to, "accept", held, "--by", "Jo", "--note", "Fine.")
    assert code == 2
    assert f"is superseded by {state(to).editions[-1].name}" in said
    code, said = editions(to, "accept", ids(to)[-1], "--by", "Jo", "--note", "Fine.")
    assert code == 0, said
    assert litter(to) == []


def test_what_is_held_gives_way_when_the_data_are_again_those_that_are_public(root: Path, to: Path) -> None:
    before = (root / "project.toml").read_text("utf-8")
    held = one_held(root, to)
    (root / "project.toml").write_text(before, "utf-8")
    assert publish(root, to)[0] == 0
    code, said = editions(to, "accept", held, "--by", "Jo", "--note", "Fine.")
    assert (code, "is superseded by" in said) == (2, True), said


def test_a_held_edition_that_somebody_changed_is_not_published(root: Path, to: Path) -> None:
    held = one_held(root, to)
    (to / ".fairsheet/held" / state(to).editions[-1].name / "report.pdf").write_bytes(b"%PDF-mine")
    code, said = editions(to, "accept", held, "--by", "Jo", "--note", "Fine.")
    assert (code, "was changed since it was held" in said) == (2, True), said


def test_a_held_edition_from_before_a_withdrawal_does_not_say_what_it_corrects(root: Path, to: Path) -> None:
    held = one_held(root, to)
    assert editions(to, "withdraw", ids(to)[0], "--note", NOTE)[0] == 0
    code, said = editions(to, "accept", held, "--by", "Jo", "--note", "Fine.")
    assert (code, "does not say what it corrects" in said) == (2, True), said


def test_who_accepts_after_something_else_became_public_is_told(root: Path, to: Path) -> None:
    first, _ = two_public(root, to)
    settings(root, 'as_of = "2024"', 'as_of = "1990"\nstale_after = "2 years"')
    assert publish(root, to)[0] == 3
    assert editions(to, "restore", first)[0] == 0
    code, said = editions(to, "accept", ids(to)[-1], "--by", "Jo", "--note", "Fine.")
    assert (code, "It was compared with" in said) == (0, True), said


def test_an_older_edition_is_public_again_until_the_next_is_published(root: Path, to: Path) -> None:
    first, second = two_public(root, to)
    code, said = editions(to, "restore", first)
    assert (code, "is published again" in said) == (0, True), said
    assert public(to) == first
    code, said = editions(to, "restore", first)
    assert (code, "is the current edition" in said) == (2, True), said
    assert publish(root, to)[0] == 0
    assert public(to) == second
    assert state(to).editions[-1].follows == state(to).editions[0].name


def test_a_withdrawn_edition_leaves_the_public_place_and_the_one_before_comes_back(root: Path, to: Path) -> None:
    first, second = two_public(root, to)
    code, said = editions(to, "withdraw", second, "--note", NOTE)
    assert (code, f"Edition {first} of" in said) == (0, True), said
    assert public(to) == first
    name = state(to).editions[1].name
    assert not (to / "editions" / name).exists()
    assert (to / ".fairsheet/withdrawn" / name / "report.pdf").is_file()
    assert litter(to) == []


def test_before_a_restored_edition_is_what_was_public_before_it(root: Path, to: Path) -> None:
    first, _ = two_public(root, to)
    assert editions(to, "restore", first)[0] == 0
    with_salary(root, 150_000)
    assert publish(root, to)[0] == 0
    assert editions(to, "withdraw", ids(to)[-1], "--note", NOTE)[0] == 0
    assert public(to) == first


def test_without_an_edition_before_nothing_is_public(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    code, said = editions(to, "withdraw", ids(to)[0], "--note", NOTE)
    assert (code, "Nothing is published now" in said) == (0, True), said
    assert not (to / "current").is_symlink()
    with_salary(root, 130_000)
    assert publish(root, to)[0] == 0
    assert (to / "current/report.pdf").is_file()


def test_what_was_withdrawn_is_not_published_again_by_the_next_run(root: Path, to: Path) -> None:
    first, second = two_public(root, to)
    assert editions(to, "withdraw", second, "--note", NOTE)[0] == 0
    code, said = publish(root, to)
    assert code == 3
    assert f"this is edition {second} again, which was withdrawn with the words '{NOTE}'" in said
    assert public(to) == first


def test_a_withdrawal_can_be_taken_back(root: Path, to: Path) -> None:
    _, second = two_public(root, to)
    assert editions(to, "withdraw", second, "--note", NOTE)[0] == 0
    assert editions(to, "restore", second)[0] == 0
    assert public(to) == second
    assert state(to).correction is None
    assert "Nothing new" in publish(root, to)[1]
    assert litter(to) == []


def test_the_edition_after_a_withdrawn_one_says_that_and_why_it_is_corrected(root: Path, to: Path, tool: Tool) -> None:
    _, second = two_public(root, to)
    assert editions(to, "withdraw", second, "--note", NOTE)[0] == 0
    with_salary(root, 125_000)
    code, said = publish(root, to)
    assert (code, "It is marked as the correction of" in said) == (0, True), said
    manifest = json.loads((to / "current/manifest.json").read_text("utf-8"))
    assert manifest["corrected"] == {"note": NOTE, "editions": [state(to).editions[1].name]}
    for name in ("report.pdf", "handout.pdf"):
        text = " ".join(text_of((to / "current" / name).read_bytes(), tool).split())
        assert f"Corrected: {NOTE}" in text, name
        assert "· Corrected" in text, name
    assert "Nothing new" in publish(root, to)[1]
    with_salary(root, 126_000)
    assert publish(root, to)[0] == 0
    assert "corrected" not in json.loads((to / "current/manifest.json").read_text("utf-8"))
    assert "Corrected" not in text_of((to / "current/report.pdf").read_bytes(), tool)


def test_the_correction_of_several_editions_gives_each_reason(root: Path, to: Path, tool: Tool) -> None:
    first, second = two_public(root, to)
    assert editions(to, "withdraw", second, "--note", "It was too high.")[0] == 0
    assert editions(to, "withdraw", first, "--note", "It was too low.")[0] == 0
    with_salary(root, 125_000)
    assert publish(root, to)[0] == 0
    text = " ".join(text_of((to / "current/report.pdf").read_bytes(), tool).split())
    assert "It was too low. It was too high." in text


def test_a_note_can_be_put_right_before_it_is_printed(root: Path, to: Path, tool: Tool) -> None:
    _, second = two_public(root, to)
    assert editions(to, "withdraw", second, "--note", "It wa wrong.")[0] == 0
    assert editions(to, "withdraw", second, "--note", "It was wrong.")[0] == 0
    with_salary(root, 125_000)
    assert publish(root, to)[0] == 0
    assert "Corrected: It was wrong." in " ".join(text_of((to / "current/report.pdf").read_bytes(), tool).split())


@pytest.mark.parametrize("language", ["en-US", "de-CH", "fr-CH", "es-ES"])
def test_a_deck_says_what_it_corrects_on_the_title_slide_or_on_one_of_its_own(
    language: str, small_project: Path
) -> None:
    settings(small_project, 'language = "en-US"', f'language = "{language}"')
    mark = {"en": "Corrected", "de": "Korrigiert", "fr": "Corrigée", "es": "Corregida"}[language[:2]]
    for note, slides in (("It was wrong.", 1), ("It was wrong, as those know who have read it. " * 4, 2)):
        text = (small_project / "brand.toml").read_text("utf-8").splitlines()[0]
        contact = 'contact = "careers@example.test · Hall 2, to the left of the great stairs · weekdays 9 to 5"'
        (small_project / "brand.toml").write_text(f"{text}\n{contact if slides == 2 else ''}\n", "utf-8")
        options = Options(("deck",), correction=note.strip())
        (made,) = write(read(small_project, options), None).finished()
        deck = Presentation(io.BytesIO(made.content))
        said = [
            " ".join(" ".join(s.text_frame.text.split()) for s in slide.shapes if s.has_text_frame)
            for slide in deck.slides
        ]
        assert all(mark in one for one in said)
        assert any(note.strip() in one for one in said[:2])


def test_documents_that_correct_nothing_have_no_trace_of_it(small_project: Path, tool: Tool) -> None:
    (made, *_) = write(read(small_project, Options()), None).finished()
    assert "Corrected" not in text_of(made.content, tool)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "nothing"], "there is no edition 'nothing'"),
        (["restore", "nothing"], "there is no edition 'nothing'"),
        (["withdraw", "CURRENT", "--note", "  "], "--note: is empty"),
        (["withdraw", "CURRENT", "--note", "x" * 201], "--note: has 201 characters. Say it in 200"),
        (["withdraw", "CURRENT", "--note", "a\x07b"], "--note: holds characters that cannot be printed"),
        (["withdraw", "CURRENT"], "--note"),
        (["accept", "CURRENT", "--by", "Jo", "--note", "Fine."], "is published already"),
        (["accept", "CURRENT", "--by", "", "--note", "Fine."], "--by: is empty"),
        (["restore", "CURRENT"], "is the current edition"),
        (["resotre", "CURRENT"], "resotre"),
    ],
)
def test_what_is_typed_wrong_changes_nothing(arguments: list[str], said: str, root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    before = state(to)
    (current,) = ids(to)
    code, output = editions(to, *[current if a == "CURRENT" else a for a in arguments])
    assert (code, said in output) == (2, True), output
    assert state(to) == before


def test_an_id_that_may_be_several_is_asked_back(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    assert publish(root, to, "--force")[0] == 0
    code, said = editions(to, "withdraw", ids(to)[0], "--note", NOTE)
    assert (code, "may be several editions" in said) == (2, True), said
    name = state(to).editions[0].name
    assert editions(to, "withdraw", name, "--note", NOTE)[0] == 0


@pytest.mark.parametrize("what", ["list", "show", "restore"])
def test_a_folder_without_editions_is_told(what: str, tmp_path: Path) -> None:
    code, said = run("editions", what, *([] if what == "list" else ["x"]), "--to", tmp_path / "none")
    assert (code, "holds no editions. Name the folder that publish wrote into with --to." in said) == (2, True), said
    assert not (tmp_path / "none").exists()
