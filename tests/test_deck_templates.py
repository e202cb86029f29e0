"""Templates of others: any .pptx a brand names, with layouts in any language, at any size."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from data.brand import Brand
from data.errors import ProjectError
from reports.deck.slides import plan_slides
from reports.deck.template import OWN, open_template
from reports.deck.writer import write_deck
from tests.decks import (
    BRAND,
    TEMPLATES,
    audit,
    document,
    everything,
    heading,
    opened,
    overflowing,
    paragraph,
    with_template,
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_deck_opens_in_anyones_template_and_a_validator_finds_nothing(shared, tmp_path, name):
    content = write_deck(everything(), with_template(shared, name))
    assert audit(content, tmp_path) == []
    titles = [slide.shapes.title.text_frame.text for slide in opened(content).slides]
    assert titles[0] == "Two jobs"
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_text_overflows_its_place_in_anyones_template(shared, name):
    brand = with_template(shared, name)
    plan = plan_slides(everything(), open_template(brand).layouts, brand)
    assert list(overflowing(plan)) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_sample_slides_are_gone_with_all_that_belonged_to_them(shared, name):
    content = write_deck(document(heading("Pay"), paragraph("Good.")), with_template(shared, name))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
    assert [n for n in names if n.startswith("ppt/slides/slide")] == ["ppt/slides/slide1.xml", "ppt/slides/slide2.xml"]
    assert not [n for n in names if n.startswith(("ppt/notesSlides/", "ppt/comments", "ppt/fonts/", "ppt/tags"))]
    assert not [n for n in names if n.startswith("docProps/thumbnail")]


@pytest.mark.parametrize("name", TEMPLATES)
def test_placeholders_are_the_templates_and_none_stays_empty(shared, name):
    for slide in opened(write_deck(everything(), with_template(shared, name))).slides:
        indexes = {shape.placeholder_format.idx for shape in slide.slide_layout.placeholders}
        for shape in slide.placeholders:
            assert shape.placeholder_format.idx in indexes
            assert not shape.has_text_frame or shape.text_frame.text.strip()


def test_german_layouts_are_found_by_what_they_are_for(shared):
    layouts = open_template(with_template(shared, "automizer-german-16x9")).layouts
    assert {role: layouts[role].name for role in ("Title", "Text", "Two columns", "Chart")} == {
        "Title": "Titelfolie",
        "Text": "Titel und Inhalt",
        "Two columns": "Zwei Inhalte",
        "Chart": "Nur Titel",
    }


def test_of_two_masters_the_one_that_the_sample_slides_use_is_taken(shared):
    brand = with_template(shared, "finos-2021-google-16x9")
    masters = {
        slide.slide_layout.slide_master.part.partname for slide in opened(write_deck(everything(), brand)).slides
    }
    assert masters == {"/ppt/slideMasters/slideMaster2.xml"}


def test_on_a_small_slide_sizes_are_in_proportion(shared):
    brand = with_template(shared, "finos-2021-google-16x9")
    layouts = open_template(brand).layouts
    assert layouts.scale == pytest.approx(0.75)


def test_charts_on_a_dark_background_stand_on_paper(shared):
    slides = opened(write_deck(everything(), with_template(shared, "jmablog-dark-16x9"))).slides
    assert sum(shape.name.endswith("/panel") for slide in slides for shape in slide.shapes) == 3


def test_a_template_with_our_layout_names_is_used_like_our_own(tmp_path):
    path = tmp_path / "brand.pptx"
    shutil.copy(OWN, path)
    layouts = open_template(replace(BRAND, template=path)).layouts
    ours = open_template(Brand()).layouts
    assert {role: layout.name for role, layout in layouts.by_role.items()} == {
        role: layout.name for role, layout in ours.by_role.items()
    }
    assert {role: set(layout.slots) for role, layout in layouts.by_role.items()} == {
        role: set(layout.slots) for role, layout in ours.by_role.items()
    }


def test_a_template_keeps_its_own_colours_and_fonts(shared):
    brand = with_template(shared, "officer-template-4x3")
    with zipfile.ZipFile(brand.template) as package:
        theirs = package.read("ppt/theme/theme1.xml")
    with zipfile.ZipFile(io.BytesIO(write_deck(document(), brand))) as package:
        assert package.read("ppt/theme/theme1.xml") == theirs


def test_a_potx_opens_like_a_pptx(tmp_path):
    path = tmp_path / "brand.potx"
    with zipfile.ZipFile(OWN) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"presentation.main+xml", b"template.main+xml"))
    assert len(opened(write_deck(document(), replace(BRAND, template=path))).slides) == 1


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_template_is_a_problem(tmp_path, content):
    path = tmp_path / "brand.pptx"
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=r"brand.toml: the template 'brand.pptx' is no PowerPoint file"):
        write_deck(document(), replace(BRAND, template=path))


def test_a_spreadsheet_is_no_template(tmp_path):
    path = tmp_path / "brand.pptx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(ProjectError, match="is no PowerPoint file"):
        write_deck(document(), replace(BRAND, template=path))


def test_a_template_whose_layouts_have_no_title_is_a_problem_that_names_them(tmp_path):
    presentation = Presentation(OWN)
    for layout in presentation.slide_layouts:
        for shape in list(layout.placeholders):
            if shape._element.find(".//" + qn("p:ph")).get("type") in ("title", "ctrTitle"):
                shape._element.getparent().remove(shape._element)
    path = tmp_path / "brand.pptx"
    presentation.save(path)
    with pytest.raises(ProjectError, match=r"has no layout with a title; its layouts are 'Title', 'Section', 'Text'"):
        write_deck(document(), replace(BRAND, template=path))
