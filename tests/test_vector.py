"""Drawings in SVG that go into decks: shapes and their looks alone, and the same picture."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from data.look.vector import vector
from tests.decks import audit
from tests.test_pictures import SVG, project, run

START = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30"'


def drawing(inside: str, more: str = "") -> bytes:
    return f"{START} {more}>{inside}</svg>".encode()


def vectors(inside: str, more: str = "") -> str:
    found = vector(drawing(inside, more))
    assert found is not None
    return found.decode()


RECT = '<rect width="20" height="10" fill="#0a5"/>'


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        (RECT.replace("<rect", '<rect onclick="alert(1)" data-x="secret"'), ("alert", "secret")),
        (f'<a href="https://elsewhere.example">{RECT}</a>', ("elsewhere",)),
        (f"<title>A map</title><metadata>Anna Author</metadata>{RECT}", ("Author", "A map")),
        (f"<!-- by Anna -->{RECT}", ("Anna",)),
        (f'<g style="fill:red;-x-script:evil(1)">{RECT}</g>', ("evil",)),
    ],
)
def test_what_is_no_shape_or_look_stays_out(inside: str, gone: tuple[str, ...]) -> None:
    said = vectors(inside)
    assert "#0a5" in said
    assert not [one for one in gone if one in said]


def test_scripts_on_the_drawing_itself_stay_out() -> None:
    assert "alert" not in vectors(RECT, 'onload="alert(1)"')


def test_classes_of_a_sheet_become_looks_of_shapes() -> None:
    said = vectors(
        '<style>.a,.b{fill:#123456}.b{stroke:#654321 /* dark */}</style><rect class="b" width="9" height="9"/>'
    )
    assert 'fill="#123456"' in said
    assert 'stroke="#654321"' in said
    assert "style" not in said


def test_a_style_of_its_own_is_stronger_than_a_class_and_that_than_an_attribute() -> None:
    inside = '<style>.a{fill:#111111}</style><rect class="a" style="fill:#222222" fill="#333333" width="9" height="9"/>'
    assert 'fill="#222222"' in vectors(inside)


def test_copies_gradients_and_clips_stay() -> None:
    inside = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" style="stop-color:blue"/>'
        '</linearGradient><clipPath id="c"><circle cx="9" cy="9" r="9"/></clipPath>'
        '<path id="p" d="M0 0h9v9z"/></defs>'
        '<rect width="20" height="20" fill="url(#g)" clip-path="url(#c)"/><use xlink:href="#p" x="5"/>'
    )
    said = vectors(inside)
    assert all(one in said for one in ("url(#g)", "url(#c)", '"#p"', "stop-color"))


@pytest.mark.parametrize(
    "inside",
    [
        f'<mask id="m"><rect width="9" height="9" fill="#fff"/></mask><g mask="url(#m)">{RECT}</g>',
        f"<style>rect{{fill:red}}</style>{RECT}",
        f'<g style="mix-blend-mode:multiply">{RECT}</g><rect style="mix-blend-mode:difference" width="9" height="9"/>',
        f"<style>@media print{{.a{{fill:red}}}}</style>{RECT}",
    ],
    ids=["mask", "by element", "blend", "media"],
)
def test_a_drawing_that_programs_may_draw_otherwise_is_a_picture_of_pixels_alone(inside: str) -> None:
    assert vector(drawing(inside)) is None


def test_a_drawing_of_a_story_is_sharp_on_slides_with_a_picture_for_older_programs(tmp_path: Path) -> None:
    story = "# The fair\n\n## Where to go\n\n![Plan of the hall](pictures/plan.svg)\n"
    assert run(project(tmp_path, story), "--only", "deck")[0] == 0
    content = (tmp_path / "out/deck.pptx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        (name,) = [one for one in package.namelist() if one.endswith("picture.svg")]
        assert b"rect" in package.read(name)
        assert name.replace(".svg", ".png") in package.namelist()
    shown = next(
        one for slide in Presentation(io.BytesIO(content)).slides for one in slide.shapes if one.name == "Picture"
    )
    assert shown._element.xpath(".//*[local-name()='svgBlip']")
    assert shown._element.nvPicPr.cNvPr.get("descr") == "Plan of the hall"
    assert audit(content, tmp_path) == []


def test_a_logo_in_svg_is_one_file_for_all_slides(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "logo.svg").write_text(SVG, "utf-8")
    (tmp_path / "brand.toml").write_text('logo = "logo.svg"\n', "utf-8")
    assert run(tmp_path, "--only", "deck")[0] == 0
    with zipfile.ZipFile(tmp_path / "out/deck.pptx") as package:
        assert [name for name in package.namelist() if "logo" in name] == ["ppt/media/logo.png", "ppt/media/logo.svg"]
