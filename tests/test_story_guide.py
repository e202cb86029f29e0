"""The guide to stories shows what comes of its own lines: each snippet is made, and read and seen as the page has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from data.errors import ProjectError
from tests.story_guide import (
    GUIDE,
    PICTURES,
    Example,
    document,
    examples,
    is_alike,
    is_told,
    project,
    shown,
    told,
    with_settings,
)

PAGE = GUIDE.read_text("utf-8")
ALL = list(examples(PAGE))
SHOWN = {example.name: example for example in ALL if example.name}
REFUSED = [example for example in ALL if example.said and not example.commands]
TOLD = [example for example in ALL if example.said and example.commands]
OTHERS = [example for example in ALL if not example.name and not example.said]


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_of_the_guide_is_of_the_snippet_above_it(
    name: str, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    tool("pdftoppm")
    example = SHOWN[name]
    now = shown(example, tmp_path)
    assert now.words == example.alt, "python -m tests.story_guide writes it"
    with Image.open(example.picture) as before:
        if not is_alike(before.convert("RGB"), now.picture):
            now.picture.save(tmp_path / f"{name}.png")
            pytest.fail(f"{name} looks otherwise: see {tmp_path}; python -m tests.story_guide takes it as it is now")


@pytest.mark.parametrize("example", [*SHOWN.values(), *OTHERS], ids=lambda one: f"line {one.line}")
def test_a_snippet_of_the_guide_is_made_and_nothing_in_it_is_doubtful(example: Example, tmp_path: Path) -> None:
    assert document(example, project(example, tmp_path / "made")).startswith(b"%PDF")
    assert told(replace(example, commands=("python generate.py check fair",)), tmp_path) == "No problems."


@pytest.mark.parametrize("example", REFUSED, ids=lambda one: f"line {one.line}")
def test_a_snippet_that_is_refused_is_told_as_the_guide_says(example: Example, tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as refused:
        document(example, project(example, tmp_path))
    assert " ".join(str(refused.value).split()) == " ".join((example.said or "").split())


@pytest.mark.parametrize("example", TOLD, ids=lambda one: f"line {one.line}")
def test_commands_say_what_the_guide_shows(example: Example, tmp_path: Path) -> None:
    said = told(example, tmp_path)
    assert is_told(said, example.said or ""), said


def test_every_snippet_is_an_example() -> None:
    fences = re.findall(r"^(`{3,})markdown$", PAGE, re.MULTILINE)
    files = re.findall(r"^`story/[\w.]+`:$", PAGE, re.MULTILINE)
    assert len(SHOWN) + len(REFUSED) + len(TOLD) + len(OTHERS) >= len(fences) - len(files)


def test_every_section_is_led_to_from_the_top() -> None:
    contents = PAGE.partition("\n## ")[0]
    headings = re.findall(
        r"^## (.+)$", re.sub(r"^(`{3,}).*?^\1$", "", PAGE, flags=re.MULTILINE | re.DOTALL), re.MULTILINE
    )
    assert set(headings) == set(re.findall(r"\[([^\]]+)\]\(#", contents))


def test_pictures_are_those_of_the_guide_and_small() -> None:
    assert {path.stem for path in PICTURES.iterdir()} == set(SHOWN)
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert {name: size for name, size in sizes.items() if size > 40_000} == {}
    assert sum(sizes.values()) < 900_000
    for name, example in SHOWN.items():
        assert len(example.alt) >= 20, name
        with Image.open(example.picture) as picture:
            assert picture.width < 900


def test_two_pictures_are_alike_where_they_show_the_same() -> None:
    white = Image.new("RGB", (400, 100), "white")
    word = white.copy()
    word.paste((0, 0, 0), (100, 40, 108, 52))
    assert is_alike(white, white)
    assert not is_alike(white, word)
    assert not is_alike(white, white.resize((400, 110)))


def test_a_setting_is_written_into_its_section() -> None:
    text = 'title = "A"\n\n[tables.pay]\nfile = "a.csv"\n\n[charts.pay]\ntitle = "B"\n'
    text = with_settings(text, 'language = "de-DE"\n')
    text = with_settings(text, '[charts.pay]\ntitle = "C"\nholds = "true"\n')
    assert with_settings(text, "[glossary]\nmedian = 'x'\n") == (
        'title = "A"\nlanguage = "de-DE"\n\n[tables.pay]\nfile = "a.csv"\n\n[charts.pay]\ntitle = "C"\nholds = "true"\n'
        "\n[glossary]\nmedian = 'x'\n"
    )
