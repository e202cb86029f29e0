"""Points of lists that appear one by one: in the plan, in the file, and after edits by hand."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pptx import Presentation
from pptx.oxml.ns import qn

from data.errors import ProjectError
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import open_template
from reports.deck.writer import write_deck
from reports.document.blocks import Block, Document, Heading, ItemList
from reports.powerpoint.steps import steps_of
from reports.refresh.refresh import refresh_deck
from tests.decks import BRAND, TEMPLATES, audit, document, everything, heading, paragraph, place, points, with_template
from tests.soundness import faults
from tests.test_story import story

LAYOUTS = open_template(BRAND).layouts


def incremental(text: str, said: bool | None = True, level: int = 2) -> Heading:
    return replace(heading(text, level), incremental=said)


def appearing(content: bytes) -> dict[str, list[tuple[str, int, str]]]:
    """What appears on each slide that anything appears on, by its title."""
    slides = Presentation(io.BytesIO(content)).slides
    found: dict[str, list[tuple[str, int, str]]] = {}
    for slide in slides:
        names = {str(shape.shape_id): shape.name for shape in slide.shapes}
        if steps := steps_of(slide._element, names):
            found[slide.shapes.title.text_frame.text] = list(steps)
    return found


def one_by_one(*blocks: Block) -> list[str]:
    plan = plan_slides(document(*blocks), LAYOUTS, BRAND)
    return [slide.title_text for slide in plan.slides if slide.incremental]


def test_lists_stand_there_at_once_unless_somebody_asks() -> None:
    assert appearing(write_deck(everything(), BRAND)) == {}
    assert appearing(write_deck(everything(), BRAND, incremental=True)) != {}


def test_each_point_comes_with_a_click_after_what_stands_before_the_list() -> None:
    listed = (heading("Three things"), paragraph("Before you go:"), points("Eat", "Sleep", "Read"))
    found = appearing(write_deck(document(*listed), BRAND, incremental=True))
    assert found == {"Three things": [("Body", 1, "click"), ("Body", 2, "click"), ("Body", 3, "click")]}


def test_what_belongs_to_a_point_comes_with_it_and_what_follows_the_list_last() -> None:
    inner = ItemList(id="l", place=place(), items=((paragraph("Eat"), points("Bread", "Soup")), (paragraph("Sleep"),)))
    content = write_deck(
        document(heading("Two things"), inner, paragraph("So much for that.")), BRAND, incremental=True
    )
    assert appearing(content)["Two things"] == [
        ("Body", 0, "click"), ("Body", 1, "with"), ("Body", 2, "with"), ("Body", 3, "click"), ("Body", 4, "click"),
    ]  # fmt: skip


def test_a_heading_asks_for_its_slide_a_section_for_all_of_its_slides() -> None:
    blocks = [
        heading("No"),
        points("a", "b"),
        incremental("Yes"),
        points("a", "b"),
        incremental("Words"),
        paragraph("c"),
    ]
    assert one_by_one(*blocks) == ["Yes"]
    section = [incremental("Part", level=1), heading("One"), points("a"), incremental("Two", False), points("a")]
    assert one_by_one(*section, heading("Other", 1), heading("Three"), points("a")) == ["One"]


def test_a_heading_may_take_its_slide_out() -> None:
    blocks = document(heading("Yes"), points("a"), incremental("No", False), points("a"))
    plan = plan_slides(blocks, LAYOUTS, BRAND, incremental=True)
    assert [slide.title_text for slide in plan.slides if slide.incremental] == ["Yes"]


def test_a_story_says_it_by_a_class_of_a_heading(small_project: Path) -> None:
    said = story(small_project, "# Part {.incremental}\n\n## One {.at-once}\n\n- a\n\n## Two\n\n- a\n").blocks
    assert [block.incremental for block in said if isinstance(block, Heading)] == [True, False, None]
    with pytest.raises(ProjectError, match="one by one or all at once"):
        story(small_project, "# Part {.incremental .at-once}\n")
    with pytest.raises(ProjectError, match="incremental"):
        story(small_project, "# Part {.incremantal}\n")


def test_every_letter_of_a_deck_is_there_as_without_it() -> None:
    def letters(content: bytes) -> list[str]:
        slides = Presentation(io.BytesIO(content)).slides
        return [str(one.text) for slide in slides for one in slide._element.iter(qn("a:t"))]

    assert letters(write_deck(everything(), BRAND, incremental=True)) == letters(write_deck(everything(), BRAND))


@pytest.mark.parametrize("name", ["", *TEMPLATES])
def test_openxml_audit_finds_nothing_in_it(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    brand = with_template(request.getfixturevalue("shared"), name) if name else BRAND
    content = write_deck(everything(), brand, incremental=True)
    assert appearing(content)
    assert audit(content, tmp_path) == []


# -- after edits by hand -----------------------------------------------------------------


def talk(*said: str) -> Document:
    return document(heading("Things to do", name="do"), points(*said))


def refreshed(edit: Callable[[Any], None], *said: str, incremental: bool = True) -> Any:
    """The slide "Things to do" of a deck that was edited, and made again with other points."""
    presentation = Presentation(io.BytesIO(write_deck(talk("Eat well", "Sleep long"), BRAND, incremental=True)))
    edit(slide_of(presentation))
    edited = io.BytesIO()
    presentation.save(edited)
    done = refresh_deck(edited.getvalue(), write_deck(talk(*said), BRAND, incremental=incremental))
    assert faults(done.content) == []
    return slide_of(Presentation(io.BytesIO(done.content)))


def slide_of(presentation: Any) -> Any:
    return next(one for one in presentation.slides if one.shapes.title.text_frame.text.startswith("Things"))


def steps(slide: Any) -> list[tuple[str, int, str]]:
    return list(steps_of(slide._element, {str(shape.shape_id): shape.name for shape in slide.shapes}))


def nothing(slide: Any) -> None:
    pass


def retitled(slide: Any) -> None:
    slide.shapes.title.text_frame.text = "Things to do by hand"


def a_point_more(slide: Any) -> None:
    lines = slide.shapes[1].text_frame._txBody
    line = copy.deepcopy(lines.findall(qn("a:p"))[-1])
    line.find(qn("a:r")).find(qn("a:t")).text = "Call your mother"
    lines.append(line)


@pytest.mark.parametrize("edit", [nothing, retitled])
def test_a_new_point_appears_as_the_others_do(edit: Callable[[Any], None]) -> None:
    assert steps(refreshed(edit, "Eat well", "Sleep long", "Read")) == [("Body", at, "click") for at in range(3)]


def test_a_point_that_a_person_wrote_appears_as_the_others_do() -> None:
    slide = refreshed(a_point_more, "Eat well", "Sleep longer")
    assert [line.text for line in slide.shapes[1].text_frame.paragraphs] == [
        "Eat well",
        "Sleep longer",
        "Call your mother",
    ]
    assert steps(slide) == [("Body", at, "click") for at in range(3)]


def test_animations_go_with_the_setting_where_they_are_ours() -> None:
    assert steps(refreshed(retitled, "Eat well", "Sleep long", incremental=False)) == []


def without_the_last(slide: Any) -> None:
    """Take one paragraph out of the animation, as in PowerPoint's pane."""
    sequence = next(one for one in slide._element.iter(qn("p:cTn")) if one.get("nodeType") == "mainSeq")[0]
    sequence.remove(sequence[-1])


def flown_in(slide: Any) -> None:
    """Let points fly in rather than appear."""
    for one in slide._element.iter(qn("p:cTn")):
        if one.get("presetID"):
            one.set("presetID", "2")


@pytest.mark.parametrize("edit", [without_the_last, flown_in])
@pytest.mark.parametrize("asked", [True, False])
def test_a_persons_animation_stays(edit: Callable[[Any], None], asked: bool) -> None:
    presentation = Presentation(io.BytesIO(write_deck(talk("Eat well", "Sleep long"), BRAND, incremental=True)))
    edit(slide_of(presentation))
    mine = steps(slide_of(presentation))
    assert steps(refreshed(edit, "Eat well", "Sleep longer", incremental=asked)) == mine
