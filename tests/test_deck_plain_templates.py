"""In a template of anyone's, which has layouts for little: its slides are filled, and nothing is crowded or unreadable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from data.errors import ProjectError
from reports.deck.planned.compose_text import line_count
from reports.deck.planned.plan import ChartPart, CodePart, PicturePart, Plan, Slide, TextPart
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import open_template
from reports.deck.writer import write_deck
from reports.document.blocks import Document, Image, KeyFigure, KeyFigures, NextSteps
from tests.decks import (
    BRAND,
    TEMPLATES,
    document,
    everything,
    figure,
    heading,
    opened,
    overflowing,
    paragraph,
    place,
    points,
    question,
    salaries,
    with_template,
    words,
)

CONTACT = "careers@test.test · Union Building, room 210 · weekdays 9 to 5"
DARK = (
    '<p:bg xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:bgPr><a:solidFill><a:srgbClr val="101828"/>'
    "</a:solidFill><a:effectLst/></p:bgPr></p:bg>"
)


@pytest.fixture
def office(tmp_path) -> Any:
    """The brand with a plain template 4:3, as Office makes it."""
    Presentation().save(str(tmp_path / "office.pptx"))
    return replace(BRAND, template=tmp_path / "office.pptx", contact=CONTACT)


def with_dark_slides(folder: Path) -> Any:
    theirs = Presentation()
    master = theirs.slide_masters[0]
    master._element.cSld.insert(0, parse_xml(DARK))
    for shape in (*master.placeholders, *(one for layout in theirs.slide_layouts for one in layout.placeholders)):
        for line in shape.text_frame.paragraphs if shape.has_text_frame else ():
            line.font.color.rgb = RGBColor(255, 255, 255)
    scheme = master._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}clrMap")
    assert scheme is not None
    scheme.set("bg1", "dk1")
    scheme.set("tx1", "lt1")
    theirs.save(str(folder / "dark.pptx"))
    return replace(BRAND, template=folder / "dark.pptx")


def plan_in(doc: Document, brand: Any) -> Plan:
    return plan_slides(doc, open_template(brand).layouts, brand)


def texts(slide: Slide) -> dict[str, TextPart]:
    return {part.slot: part for part in slide.parts if isinstance(part, TextPart)}


def steps() -> NextSteps:
    return NextSteps(id="n", place=place(), title=(), content=(points("Write", "Ask", ordered=True),))


@pytest.mark.parametrize("name", TEMPLATES)
def test_key_figures_stand_large_in_rows_with_their_words(shared, name):
    brand = with_template(shared, name)
    plan = plan_in(everything(), brand)
    shown = next(one for one in plan.slides if one.title_text == "Three numbers to remember")
    layouts, found = open_template(brand).layouts, texts(shown)
    assert shown.role == "Key figures 3"
    assert found["Figure 1"].passages[0].text == "$120,000"
    assert found["Figure 1"].passages[0].spans[0].bold
    size = found["Figure 1"].size or found["Figure 1"].frame.style(0).size
    assert size >= 40 * layouts.scale
    for i in (1, 2, 3):
        figure_, label = found[f"Figure {i}"].frame, found[f"Label {i}"].frame
        assert figure_.anchored == label.anchored == "ctr"
        assert (figure_.box.top, figure_.box.height) == (label.box.top, label.box.height)
        assert figure_.box.right < label.box.left
    assert list(overflowing(plan)) == []


def test_a_place_that_is_too_small_for_rows_has_key_figures_as_text(tmp_path):
    theirs = Presentation()
    for layout in theirs.slide_layouts:
        for shape in layout.placeholders:
            if shape.placeholder_format.type is not None and shape.placeholder_format.idx == 1:
                shape.left, shape.top, shape.width, shape.height = Pt(36), Pt(130), Pt(400), Pt(350)
    theirs.save(str(tmp_path / "narrow.pptx"))
    block = KeyFigures(id="key", place=place(), items=(KeyFigure(words("85%"), words("are satisfied")),))
    plan = plan_in(document(heading("One number"), block), replace(BRAND, template=tmp_path / "narrow.pptx"))
    assert [one.role for one in plan.slides if one.title_text == "One number"] == ["Text"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_closing_slide_has_the_contact_below_the_code(shared, name):
    brand = replace(with_template(shared, name), contact=CONTACT)
    plan = plan_in(document(heading("Next"), steps(), website="https://careers.test/two"), brand)
    closing = next(one for one in plan.slides if one.title_text == "Next")
    (code,) = [part for part in closing.parts if isinstance(part, CodePart)]
    found = texts(closing)
    assert [passage.text for passage in found["Left"].passages] == ["Write", "Ask"]
    assert [passage.text for passage in found["Right"].passages] == [
        "careers.test/two", "careers@test.test", "Union Building, room 210", "weekdays 9 to 5",
    ]  # fmt: skip
    assert found["Left"].frame.box.right <= code.box.left + 0.1
    assert code.box.bottom <= found["Right"].frame.box.top
    assert list(overflowing(plan)) == []


def test_a_line_of_contact_on_the_cover_breaks_between_its_parts(office):
    plan = plan_in(document(website="https://careers.test/two"), office)
    said = next(p.text for p in texts(plan.slides[0])["Subtitle"].passages if "careers@" in p.text)
    assert said.split(" ") == [
        "careers.test/two", "·", "careers@test.test", "·", "Union\u00a0Building,\u00a0room\u00a0210", "·",
        "weekdays\u00a09\u00a0to\u00a05",
    ]  # fmt: skip


def test_a_small_cover_leaves_the_contact_to_the_closing_slide_and_keeps_the_caveat(tmp_path):
    theirs = Presentation()
    subtitle = theirs.slide_layouts[0].placeholders[1]
    title = theirs.slide_layouts[0].placeholders[0]
    title.left, title.top, title.width, title.height = Pt(36), Pt(300), Pt(420), Pt(80)
    subtitle.left, subtitle.top, subtitle.width, subtitle.height = Pt(36), Pt(390), Pt(420), Pt(84)
    theirs.save(str(tmp_path / "small.pptx"))
    brand = replace(BRAND, template=tmp_path / "small.pptx", contact=CONTACT)
    told = {
        "subtitle": words("What they are, what they pay, and how far anyone can trust the figures about them"),
        "website": "https://careers.test/two",
        "caveat": "Example: not verified",
        "publisher": "Test University Career Center",
        "published": "2026-11",
    }
    closes, others = (
        plan_in(document(heading("Next"), *more, **told), brand) for more in ((steps(),), (paragraph("Ask."),))
    )
    assert [one.title_text for one in closes.slides[:2]] == ["Two jobs", "Next"]
    said = " ".join(passage.text for passage in texts(closes.slides[0])["Subtitle"].passages)
    assert "Example: not verified" in said
    assert "careers@" not in said
    assert "careers@" in " ".join(p.text for p in texts(closes.slides[1])["Right"].passages)
    everywhere = " ".join(p.text for one in others.slides for part in texts(one).values() for p in part.passages)
    assert "careers@test.test" in everywhere  # without a closing slide it goes on to a next one


def test_an_answer_and_the_list_of_sections_are_larger_than_other_text(office):
    parts = [one for name in ("Work", "Pay", "Steps") for one in (heading(name, 1), paragraph(f"About {name}."))]
    plan = plan_in(document(*parts, question("Who hires?", "Firms."), question("When?", "Word. " * 400)), office)
    for title in ("Who hires?", "Contents"):
        (found,) = [one for one in plan.slides if one.title_text == title]
        body = texts(found)["Body"]
        assert (body.size or body.frame.style(0).size) >= 28.0
    long = [one for one in plan.slides if one.title_text.startswith("When?")]
    assert len(long) > 1  # what is no short answer is set as text


def test_words_keep_to_lines_whose_distance_the_template_fixes(tmp_path):
    theirs = Presentation()
    for line in theirs.slide_masters[0].placeholders[1].text_frame.paragraphs:
        line.line_spacing = Pt(25)
    for layout in theirs.slide_layouts:
        for shape in layout.placeholders:
            if shape.placeholder_format.idx == 1 and shape.has_text_frame:
                shape.text_frame.paragraphs[0].font.size = Pt(20)
    style = theirs.slide_masters[0]._element.find(
        "{http://schemas.openxmlformats.org/presentationml/2006/main}txStyles"
        "/{http://schemas.openxmlformats.org/presentationml/2006/main}bodyStyle"
        "/{http://schemas.openxmlformats.org/drawingml/2006/main}lvl1pPr"
    )
    assert style is not None
    space = parse_xml(
        '<a:lnSpc xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:spcPts val="2500"/></a:lnSpc>'
    )
    style.insert(0, space)
    style.find("{http://schemas.openxmlformats.org/drawingml/2006/main}defRPr").set("sz", "2000")
    theirs.save(str(tmp_path / "fixed.pptx"))
    plan = plan_in(document(question("Who hires?", "Firms.")), replace(BRAND, template=tmp_path / "fixed.pptx"))
    body = texts(next(one for one in plan.slides if one.title_text == "Who hires?"))["Body"]
    assert body.frame.style(0).exactly == 25.0
    assert (body.size or body.frame.style(0).size) == 20.0


def test_below_the_title_of_the_questions_stands_what_is_asked(tmp_path):
    theirs = Presentation()
    section = theirs.slide_layouts[2]
    for shape, top, height in zip(section.placeholders, (Pt(100), Pt(220)), (Pt(100), Pt(200))):
        shape.left, shape.top, shape.width, shape.height = Pt(36), top, Pt(600), height
    theirs.save(str(tmp_path / "section.pptx"))
    asked = [question(text, "Yes.") for text in ("Is it?", "Was it?", "Will it?")]
    asked = [replace(one, id=f"q{i}") for i, one in enumerate(asked)]
    doc = document(heading("Questions", 1, "backup", backup=True), *asked)
    plan = plan_in(doc, replace(BRAND, template=tmp_path / "section.pptx"))
    listed = texts(next(one for one in plan.slides if one.id == "backup"))["Introduction"]
    assert [[p.text, p.spans[0].to] for p in listed.passages] == [
        ["Is it?", "q0"], ["Was it?", "q1"], ["Will it?", "q2"],
    ]  # fmt: skip
    Presentation().save(str(tmp_path / "above.pptx"))  # whose place for words lies above its title
    plan = plan_in(doc, replace(BRAND, template=tmp_path / "above.pptx"))
    assert texts(next(one for one in plan.slides if one.id == "backup")) == {}


# -- pictures -------------------------------------------------------------------------


def picture(folder: Path, name: str) -> Image:
    from PIL import Image as Pixels

    mode = "RGB" if name.endswith("jpg") else "RGBA"
    Pixels.new(mode, (400, 200)).save(folder / name)
    return Image(id="plan", place=place(), file=folder / name, name=name, alt=words("A plan"), width=400, height=200)


@pytest.mark.parametrize("name", ["plan.png", "plan.jpg"])
def test_what_may_be_see_through_has_paper_below_it_on_a_dark_slide(tmp_path, name):
    brand = with_dark_slides(tmp_path)
    doc = document(heading("The hall"), picture(tmp_path, name))
    plan = plan_in(doc, brand)
    (shown,) = [p for one in plan.slides for p in one.parts if isinstance(p, PicturePart)]
    assert shown.panel is (name == "plan.png")
    content = write_deck(doc, brand)
    slide = next(one for one in opened(content).slides if one.shapes.title.text_frame.text == "The hall")
    shapes = {shape.name: shape for shape in slide.shapes}
    panels = [shape for called, shape in shapes.items() if "panel" in called]
    assert len(panels) == shown.panel
    for panel in panels:
        assert panel.fill.fore_color.rgb == RGBColor(255, 255, 255)
        inside = next(shape for shape in slide.shapes if shape.shape_type == 13)
        assert panel.left < inside.left
        assert inside.left + inside.width < panel.left + panel.width
        assert inside.width / inside.height == pytest.approx(2, abs=0.01)


def test_a_picture_on_a_light_slide_has_none(tmp_path, office):
    for brand in (office, BRAND):
        plan = plan_in(document(heading("The hall"), picture(tmp_path, "plan.png")), brand)
        (shown,) = [p for one in plan.slides for p in one.parts if isinstance(p, PicturePart)]
        assert not shown.panel


# -- charts and tables ----------------------------------------------------------------


def measured(text: str, brand: Any, rows: int = 3) -> list[Slide]:
    shown = figure(table=salaries([(f"Job {i}", 1000 * (40 - i)) for i in range(rows)]))
    shown = replace(shown, chart=replace(shown.chart, measure_line=text))
    return [one for one in plan_in(document(heading("Pay"), shown), brand).slides if one.title_text.startswith("Pay")]


def test_the_line_above_a_chart_comes_down_a_little_rather_than_leave_one_word_below_it(office):
    found: list[tuple[float, int]] = []
    for count in range(10, 26):
        (shown,) = measured("pay " * count, office)
        line = texts(shown)["Measure"]
        size = line.size or line.frame.style(0).size
        found.append((size, line_count(line.passages, line.frame, size)))
        assert size == 20.0 or line_count(line.passages, line.frame, 20.0) > found[-1][1]
    assert {size for size, _ in found} == {20.0, 19.0}


def test_a_chart_that_lacks_a_few_points_stays_whole(office):
    found = {rows: measured("Average pay, US dollars", office, rows) for rows in range(10, 22)}
    whole = {rows: slides[0] for rows, slides in found.items() if len(slides) == 1}
    tight = [rows for rows, one in whole.items() if texts(one)["Measure"].size == 18.0]
    usual = [rows for rows, one in whole.items() if texts(one)["Measure"].size != 18.0]
    assert tight
    assert min(tight) > max(usual)
    for rows in tight:
        (chart,) = [part for part in whole[rows].parts if isinstance(part, ChartPart)]
        assert chart.drawing is None


def test_a_dash_is_explained_as_what_it_stands_for():
    tables = [replace(salaries(), name=name, source="", notes=()) for name in ("salaries", "b", "c")]
    plan = plan_in(document(heading("Pay"), figure(table=tables[0]), tables=tuple(tables)), BRAND)
    about = next(one for one in plan.slides if one.id.startswith("about-data"))
    assert texts(about)["Caption"].passages[0].text == "– = not stated"


def test_long_names_leave_the_contact_to_the_closing_slide_of_our_own_template_too():
    brand = replace(BRAND, contact="careers@test.test · Administration building, room 210 · Monday to Friday, 9 to 5")
    told = {
        "website": "https://careers.test/two",
        "publisher": "Career Center of the Faculty of Mathematics, Natural Sciences and Engineering",
        "caveat": "Example: not verified",
        "published": "2026-11",
    }
    plan = plan_in(document(heading("Next"), steps(), **told), brand)
    imprint = [passage.text for passage in texts(plan.slides[0])["Imprint"].passages]
    assert imprint == [told["publisher"], "November 2026", "Example: not verified"]
    assert "careers@test.test" in [passage.text for passage in texts(plan.slides[1])["Contact"].passages]
    with pytest.raises(ProjectError, match="too high for its place"):
        plan_in(document(heading("Next"), paragraph("Ask."), **told), brand)


# -- a page that is larger than its text -----------------------------------------------


@pytest.fixture
def poster(tmp_path) -> Any:
    """The brand with Office's plain template on a page of four times its size, its text as small as before."""
    theirs = Presentation()
    theirs.slide_width, theirs.slide_height = theirs.slide_width * 4, theirs.slide_height * 4
    for holder in (theirs.slide_masters[0], *theirs.slide_layouts):
        for place_ in holder._element.iter(qn("a:off"), qn("a:ext")):
            for name in ("x", "y", "cx", "cy"):
                if name in place_.attrib:
                    place_.set(name, str(int(place_.get(name)) * 4))
    theirs.save(str(tmp_path / "poster.pptx"))
    return replace(BRAND, template=tmp_path / "poster.pptx")


def test_on_a_poster_what_myth_and_facts_are_called_is_as_large_as_text_must_be(poster):
    plan = plan_in(everything(), poster)
    shown = texts(next(one for one in plan.slides if one.role == "Myth and fact"))
    assert [(shown[slot].size or 0.0) >= 14 * 4 for slot in ("Myth label", "Fact label")] == [True, True]


def test_on_a_poster_titles_of_the_talk_and_its_sections_are_larger_than_others(poster):
    plan = plan_in(everything(), poster)
    for role in ("Title", "Section"):
        shown = next(one for one in plan.slides if one.role == role)
        assert (shown.title_size or shown.layout.title.style(0).size) >= 36 * 4
        assert shown.layout.title.unsaid
    assert list(overflowing(plan)) == []


def test_on_a_poster_a_mark_does_not_touch_its_text(poster):
    content = write_deck(document(heading("Work"), points("Build", "Test")), poster)
    slide = next(one for one in opened(content).slides if one.shapes.title.text_frame.text == "Work")
    (body,) = [shape for shape in slide.placeholders if shape.placeholder_format.idx == 1]
    for line in body.text_frame.paragraphs:
        look = line._p.pPr
        size = line.runs[0].font.size
        assert int(look.get("marL")) >= 0.6 * size
        assert int(look.get("indent")) == -int(look.get("marL"))


def test_a_list_is_not_set_so_large_that_its_points_take_more_lines(office):
    parts = [one for name in ("Work", "Pay " * 12, "Steps") for one in (heading(name, 1, name[:3]), paragraph("So."))]
    plan = plan_in(document(*parts), office)
    body = texts(next(one for one in plan.slides if one.title_text == "Contents"))["Body"]
    assert (body.size or body.frame.style(0).size) == 24.0
    assert line_count(body.passages, body.frame, 24.0) == 3 < line_count(body.passages, body.frame, 32.0)
