"""The walk in docs/deck.md is what happens: its commands say what it shows, and its pictures show what is in the decks."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Pt

from tests.conftest import ROOT
from tests.deck_guide import (
    GUIDE,
    PICTURES,
    SHOTS,
    Walk,
    cell,
    chart,
    is_shown,
    run,
    slide,
    steps,
    walked,
    write_setting,
)

PAGE = GUIDE.read_text("utf-8")
OPENINGS, EDITED = "Machine learning engineers have the most", "Where the openings are"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walk")


@pytest.fixture(scope="module")
def walk(folder: Path) -> Walk:
    return walked(folder)


@pytest.fixture(scope="module")
def decks(walk: Walk) -> dict[str, Any]:
    return {name: Presentation(io.BytesIO(content)) for name, content in walk.decks.items() if name != "notes"}


def values(deck: Any, title: str) -> tuple[float, ...]:
    return chart(deck, title).chart.plots[0].series[0].values


def words(its: Any) -> list[str]:
    return [shape.text_frame.text for shape in its.shapes if shape.has_text_frame]


def test_the_page_shows_what_its_commands_say(walk: Walk) -> None:
    wrong = [f"{line}:\n{said}" for line, said, shown in walk.said if shown is not None and not is_shown(said, shown)]
    assert wrong == [], "python -m tests.deck_guide says what is shown otherwise"
    assert len([shown for *_, shown in walk.said if shown]) == len(walk.said) - 1  # `new` is followed by `build`


def test_another_output_would_not_be_taken_for_it(walk: Walk) -> None:
    line, said, shown = next(one for one in walk.said if "--dry-run" in one[0])
    assert shown is not None, line
    for old, new in (("520", "521"), ("2 kept", "3 kept"), ("'Three talents in one person'", "'Another'")):
        assert old in shown
        assert not is_shown(said, shown.replace(old, new))


def test_commands_end_as_the_page_has_it(walk: Walk) -> None:
    ends = [int(said.rsplit(" ", 1)[1]) for _, said, _ in walk.said]
    assert ends == [0, 0, 0, 0, 0, 4, 4, 4, 0, 0, 0, 0, 0, 3, 0]


def test_steps_are_numbered_and_listed_in_their_order() -> None:
    numbers = [number for number, _ in steps(PAGE)]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert re.findall(r"^\| \[(\d+)\. ", PAGE, re.MULTILINE) == numbers


def test_the_template_is_used_and_the_chosen_layout_is(decks: dict[str, Any]) -> None:
    assert len(decks["1"].slides) == 46
    assert f"with {len(decks['1'].slides)} slides" in " ".join(PAGE.split())
    assert slide(decks["template"], OPENINGS).slide_layout.name == "Title Only"
    assert slide(decks["2"], OPENINGS).slide_layout.name == "Title on Green"
    assert list(decks["2"].slides).index(slide(decks["2"], OPENINGS)) + 1 == 21
    assert list(decks["2"].slides).index(slide(decks["2"], "The article does not")) + 1 == 33


def test_a_mistyped_layout_is_told_as_the_page_has_it(walk: Walk, folder: Path, tmp_path: Path) -> None:
    assert walk.said
    shutil.copytree(folder / "fair", tmp_path / "fair")
    write_setting(tmp_path / "fair/brand.toml", '[deck.layouts]\nchart = "Title on Gren"\n')
    with contextlib.chdir(tmp_path):
        said = run("python generate.py check fair")
    shown = re.search(r"`(brand\.toml: \[deck\.layouts\][^`]*)`", PAGE)
    assert shown is not None
    assert " ".join(shown[1].split()) in said


def test_the_edits_are_those_that_the_page_asks_for() -> None:
    told = " ".join(dict(steps(PAGE))["3"].split())
    for typed in (
        f"**{EDITED}**", "**They were counted in spring.**", "**in spring**", "**Where to find us at the fair**",
        '"Three talents in one person"', '"We do not know where or when they were counted."', '"undated"',
    ):  # fmt: skip
        assert typed in told
    table = (ROOT / "data/machine-learning-engineer/tables/openings.csv").read_text("utf-8")
    assert f"```text\n{table.replace('Engineer,500', 'Engineer,520', 1)}```" in PAGE


def test_a_refresh_keeps_the_edits_and_brings_the_new_numbers(decks: dict[str, Any]) -> None:
    assert values(decks["2"], OPENINGS) == values(decks["3"], EDITED) == (500, 450, 400)
    assert values(decks["5"], EDITED) == (520, 450, 400)
    assert "50" in words(slide(decks["3"], EDITED))
    assert "70" in words(slide(decks["5"], EDITED))
    mine = chart(decks["5"], EDITED)
    assert (mine.left, mine.top, mine.width, mine.height) == (Pt(61), Pt(200), Pt(565), Pt(250))
    assert str(mine.chart.plots[0].series[0].points[1].format.fill.fore_color.rgb) == "C78A1B"
    titles = [one.shapes.title.text_frame.text for one in decks["5"].slides]
    assert titles[3] == "Where to find us at the fair"
    assert "Three talents in one person" not in titles


def test_the_merged_sentence_stands_in_the_notes_as_quoted(decks: dict[str, Any]) -> None:
    quoted = re.search(r"^> (520 openings.*)$", PAGE, re.MULTILINE)
    assert quoted is not None
    assert quoted[1] in slide(decks["5"], EDITED).notes_slide.notes_text_frame.text
    assert "They were counted in fall." in slide(decks["6"], EDITED).notes_slide.notes_text_frame.text


def test_the_conflict_and_how_it_is_settled(decks: dict[str, Any]) -> None:
    said = {key: cell(decks[key], "Jobs, openings", 2).text_frame.text for key in ("2", "5", "7", "9", "published")}
    assert said == {
        "2": "500 openings, undated",
        "5": "500 openings, in spring",
        "7": "500 in spring, 520 in fall",
        "9": "500 in spring, 520 in fall",
        "published": "500 in spring, 540 in fall",
    }


def test_points_appear_one_by_one_also_after_a_refresh(decks: dict[str, Any]) -> None:
    def is_timed(deck: Any) -> bool:
        return slide(deck, "They turn ideas")._element.find(".//{*}timing//{*}bldP") is not None

    assert (is_timed(decks["7"]), is_timed(decks["9"])) == (False, True)


def test_what_is_public_has_the_edits_and_the_newest_number(decks: dict[str, Any]) -> None:
    assert values(decks["published"], EDITED) == (540, 450, 400)
    assert [one.shapes.title.text_frame.text for one in decks["published"].slides][3] == "Where to find us at the fair"


def test_pictures_are_those_of_the_page_small_and_told_in_words() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(images/deck/([\w-]+)\.png\)", PAGE)
    assert {name for _, name in shown} == {path.stem for path in PICTURES.iterdir()} == {*SHOTS, "notes"}
    for alt, name in shown:
        path = PICTURES / f"{name}.png"
        assert path.stat().st_size <= 40_000, name
        assert len(alt) >= 60, name
        with Image.open(path) as picture:
            assert picture.width <= 1600


def test_a_setting_is_written_where_it_belongs(tmp_path: Path) -> None:
    path = tmp_path / "brand.toml"
    path.write_text('a = 1\n# template = "x"\n\n[colours]\nink = "#000"\n', "utf-8")
    write_setting(path, 'template = "y"\n')
    write_setting(path, '[colours]\npaper = "#FFF"\n')
    write_setting(path, '[colours]\npaper = "#EEE"\n')
    write_setting(path, "[deck.layouts]\nchart = 'Z'\n")
    assert path.read_text("utf-8") == (
        'template = "y"\na = 1\n\n[colours]\npaper = "#EEE"\nink = "#000"\n\n[deck.layouts]\nchart = \'Z\'\n'
    )
