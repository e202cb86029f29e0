"""The PowerPoint file itself: what a program finds when it opens it."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from charts.drawn.drawing import draw
from data.errors import ProjectError
from data.look.brand import Brand, Colours, Fonts
from reports.deck.planned.plan import ChartPart
from reports.deck.templates.make_template import FILE, make_template
from reports.deck.writer import write_deck
from reports.deck.written.drawings import drawn_charts
from reports.document.blocks import Document, PullQuote
from reports.document.inlines import Foreign, Ref, Text
from reports.powerpoint.xml import P14
from tests.conftest import ROOT
from tests.decks import (
    BRAND,
    HOSTILE,
    LONG_WORD,
    all_text,
    audit,
    document,
    everything,
    everything_file,
    figure,
    heading,
    notes,
    opened,
    paragraph,
    place,
    plan_of,
    points,
    question,
    salaries,
    table_block,
    words,
)


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_template_in_the_repository_is_what_its_script_makes():
    assert members(make_template()) == members(FILE.read_bytes()), "run python -m reports.deck.templates.make_template"


# -- soundness -------------------------------------------------------------------------


def test_the_same_document_gives_the_same_bytes():
    assert write_deck(everything(), BRAND) == everything_file()


def test_the_bytes_depend_neither_on_the_process_nor_on_the_folder(tmp_path):
    program = "import hashlib, tests.decks as d; print(hashlib.sha256(d.everything_file()).hexdigest())"
    settings = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=settings, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == hashlib.sha256(everything_file()).hexdigest()


def test_an_independent_validator_finds_nothing(tmp_path):
    assert audit(everything_file(), tmp_path) == []


def test_libreoffice_shows_every_slide(tool, tmp_path):
    (tmp_path / "deck.pptx").write_bytes(everything_file())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "deck.pptx")], check=True, capture_output=True, timeout=120)
    found = subprocess.run([tool("pdfinfo"), str(tmp_path / "deck.pdf")], check=True, capture_output=True, text=True)
    assert re.search(r"Pages:\s+(\d+)", found.stdout)[1] == str(len(opened(everything_file()).slides))


def test_a_deck_of_ten_charts_and_thirty_five_slides_is_smaller_than_a_megabyte():
    charts = [figure(f"Claim {i}", f"chart-{i}") for i in range(10)]
    texts = [block for i in range(24) for block in (heading(f"Slide {i}"), points("One", "Two", "Three"))]
    content = write_deck(document(*charts, *texts), BRAND)
    assert len(opened(content).slides) == 36
    assert len(content) < 1_000_000


# -- for everyone ----------------------------------------------------------------------


def test_every_slide_has_a_title_of_its_own_that_is_read_first():
    slides = opened(everything_file()).slides
    found = [slide.shapes.title.text_frame.text for slide in slides]
    assert all(found)
    assert len(set(found)) == len(found)
    assert all(slide.shapes[0].shape_id == slide.shapes.title.shape_id for slide in slides)


def test_no_placeholder_stays_empty():
    for slide in opened(everything_file()).slides:
        for shape in slide.placeholders:
            if shape.has_text_frame:
                assert shape.text_frame.text.strip(), shape.name


def test_every_picture_has_words_that_stand_for_it_and_both_formats():
    deck = write_deck(everything(), BRAND, "picture")
    pictures = [e for slide in opened(deck).slides for e in slide._element.iter(qn("p:pic"))]
    assert len(pictures) == 4
    for picture in pictures:
        named = picture.find(".//" + qn("p:cNvPr"))
        assert named.get("descr").strip()
        assert (b"svgBlip" in _xml(picture)) == (named.get("name") != "Web code")
    names = [name for name in members(deck) if name.startswith("ppt/media/")]
    assert sorted(Path(name).suffix for name in names) == [".png"] * 4 + [".svg"] * 3


def _xml(element) -> bytes:
    from lxml import etree

    return etree.tostring(element)


def test_a_chart_of_one_bar_has_large_labels_and_a_bar_of_bearable_height():
    alone = figure(table=salaries([("Engineer", 120000)]))
    plan = plan_of(document(alone))
    (drawing,) = drawn_charts(plan, 1.0, "en-US", BRAND).values()
    (part,) = [part for slide in plan.slides for part in slide.parts if isinstance(part, ChartPart)]
    natural = draw(alone.chart, BRAND, language="en-US", width=part.box.width, text_size=18)
    assert drawing.height == pytest.approx(2.5 * natural.height)
    assert drawing.height < part.box.height


def test_text_in_a_chart_is_outlines():
    for name, content in members(everything_file()).items():
        if name.endswith(".svg"):
            assert b"<text" not in content


def test_tables_are_native_have_a_header_row_and_a_name():
    tables = [s for slide in opened(everything_file()).slides for s in slide.shapes if s.has_table]
    assert len(tables) == 2
    for shape in tables:
        assert shape.table.first_row
        assert shape._element.find(".//" + qn("p:cNvPr")).get("descr").startswith("Table: ")


def test_numbers_in_tables_stand_right():
    (table,) = [s.table for s in opened(everything_file()).slides[6].shapes if s.has_table]
    assert [table.cell(1, column).text_frame.paragraphs[0]._p.pPr.get("algn") for column in (0, 1)] == ["l", "r"]


def test_every_run_says_its_language():
    for slide in opened(everything_file()).slides:
        for parent in slide._element.iter(qn("a:r"), qn("a:fld")):
            assert parent.find(qn("a:rPr")).get("lang") == "en-US"
        if slide.has_notes_slide:
            for run in slide.notes_slide._element.iter(qn("a:r")):
                assert run.find(qn("a:rPr")).get("lang") == "en-US"


def test_words_of_another_language_keep_it_in_tables_and_notes_too():
    french = (Foreign("fr", (Text("déjà vu"),)),)
    table = replace(table_block(1), columns=(french, words("Pay")), rows=((french, words("1")),))
    spoken = replace(notes("x"), content=(paragraph((*words("They say "), *french)), paragraph("Well.")))
    slides = opened(write_deck(document(heading("Words"), paragraph(french), table, spoken), BRAND)).slides
    pages = [slide.notes_slide._element for slide in slides if slide.has_notes_slide]
    runs = [run for page in (*(slide._element for slide in slides), *pages) for run in page.iter(qn("a:r"))]
    told = {run.find(qn("a:rPr")).get("lang") for run in runs if run.find(qn("a:t")).text == "déjà vu"}
    assert told == {"fr"}
    assert sum(run.find(qn("a:t")).text == "déjà vu" for run in runs) == 4
    said = [run.find(qn("a:t")).text for page in pages for run in page.iter(qn("a:r"))]
    assert said[:3] == ["They say ", "déjà vu", "Well."]


def test_nothing_is_shrunk_to_fit():
    for slide in opened(everything_file()).slides:
        assert not list(slide._element.iter(qn("a:normAutofit"), qn("a:spAutoFit")))


def test_the_file_says_its_title_language_and_the_dates_of_the_document():
    properties = opened(everything_file()).core_properties
    assert (properties.title, properties.language) == ("Two jobs", "en-US")
    assert properties.created.isoformat().startswith("2000-01-01T00:00:00")
    later = opened(write_deck(replace(document(), created=1_700_000_000), BRAND)).core_properties
    assert later.modified.isoformat().startswith("2023-11-14T22:13:20")


def test_sections_are_named_and_hold_every_slide_once():
    presentation = opened(everything_file())
    names = [e.get("name") for e in presentation.part._element.iter(f"{{{P14}}}section")]
    assert names == ["Two jobs", "Pay", "Questions people ask", "About these data"]
    listed = [e.get("id") for e in presentation.part._element.iter(f"{{{P14}}}sldId")]
    assert listed == [str(slide.slide_id) for slide in presentation.slides]


def test_shapes_have_names_that_people_understand_and_none_twice_on_a_slide():
    for slide in opened(everything_file()).slides:
        names = [shape.name for shape in slide.shapes]
        assert all(re.fullmatch(r"[A-Z][a-z]+( [a-z0-9]+)*", name) for name in names), names
        assert len(set(names)) == len(names)
        assert names[0] == "Title"


def test_slides_keep_their_identity_when_others_are_added():
    def identities(doc: Document) -> dict[str, str]:
        found = {}
        for slide in opened(write_deck(doc, BRAND)).slides:
            (mark,) = slide._element.iter(f"{{{P14}}}creationId")
            found[slide.shapes.title.text_frame.text] = mark.get("val")
        return found

    retitled = identities(document(heading("A"), paragraph("x"), heading("B"), paragraph("y"), title="Another"))
    before = identities(document(heading("A"), paragraph("x"), heading("B"), paragraph("y")))
    assert {name: retitled[name] for name in ("A", "B")} == {name: before[name] for name in ("A", "B")}
    after = identities(document(heading("A"), paragraph("x"), heading("New"), paragraph("n"), heading("B")))
    assert {name: after[name] for name in before} == before


# -- what stands on it -----------------------------------------------------------------


def test_the_number_stands_on_every_slide_and_the_edition_on_the_last_and_in_its_notes():
    slides = list(opened(everything_file()).slides)
    texts = [{s.name: s.text_frame.text for s in slide.placeholders if s.has_text_frame} for slide in slides]
    assert [one["Slide number"] for one in texts] == [str(number) for number in range(1, len(slides) + 1)]
    assert [one.get("Edition") for one in texts] == [None] * (len(slides) - 1) + ["Edition 7f3a9c1"]
    assert [i for i, slide in enumerate(slides, 1) if "7f3a9c1" in slide.notes_slide.notes_text_frame.text] == [
        len(slides)
    ]


def test_headers_and_footers_for_all_slides_overwrite_neither_source_nor_edition():
    footers = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER)
    for slide in opened(everything_file()).slides:
        assert not [s.name for s in slide.placeholders if s.placeholder_format.type in footers]


def test_a_draft_says_so_on_every_slide_and_an_edition_does_not():
    draft = opened(write_deck(replace(everything(), draft=True), BRAND))
    for slide in draft.slides:
        assert any(s.text_frame.text.startswith("Draft") for s in slide.placeholders if s.has_text_frame)
        assert "Draft" in [s.name for s in slide.slide_layout.shapes]
    assert "Draft" not in all_text(everything_file())


def test_notes_hold_the_talk_and_the_numbers_of_the_charts():
    slides = opened(everything_file()).slides
    said = [slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "" for slide in slides]
    assert said[0] == "Welcome."
    assert said[3].startswith("Look at the first bar.")
    assert "Engineer: $120,000" in said[3]


def test_the_theme_is_the_brands():
    colours = Colours(ink="#101010", accent="#7A1F3D", tint="#FAF0F3")
    brand = replace(BRAND, colours=colours, fonts=replace(Fonts(), deck="Arial"))
    theme = members(write_deck(document(), brand))["ppt/theme/theme1.xml"].decode()
    assert re.search(r'<a:dk1><a:srgbClr val="101010"/>', theme)
    assert re.search(r'<a:accent1><a:srgbClr val="7A1F3D"/>', theme)
    assert theme.count('<a:latin typeface="Arial"/>') == 2


def test_runs_inherit_colours_and_fonts_from_the_theme():
    for slide in opened(everything_file()).slides:
        assert not list(slide._element.iter(qn("a:srgbClr"))) or slide._element.xpath(
            "//p:cNvPr[contains(@name,'panel')]"
        )
        assert {e.get("typeface") for e in slide._element.iter(qn("a:latin"))} <= {"Courier New"}


def test_text_on_a_light_accent_colour_is_ink_and_text_in_it_is_darker():
    light = write_deck(document(), replace(BRAND, colours=Colours(accent="#FFD200")))
    layout = opened(light).slides[0].slide_layout
    title = next(s for s in layout.placeholders if s.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE)
    assert [colour.get("val") for colour in title._element.iter(qn("a:schemeClr"))] == ["tx1"]
    figures = next(layout for layout in opened(light).slide_layouts if layout.name == "Key figures 3")
    shown = [s._element for s in figures.placeholders if s.name not in ("Source", "Edition")]
    texts = [run.find(".//" + qn("a:solidFill"))[0].get("val") for e in shown for run in e.iter(qn("a:defRPr"))]
    assert set(texts) == {"tx1", Colours(accent="#FFD200").accent_text[1:]}


def test_links_are_darker_where_the_accent_colour_is_too_light():
    def link_colour(accent):
        theme = members(write_deck(document(), replace(BRAND, colours=Colours(accent=accent))))["ppt/theme/theme1.xml"]
        return re.search(rb"<a:hlink><a:srgbClr val=\"(\w+)\"", theme)[1].decode()

    assert link_colour("#FFD400") == Colours(accent="#FFD400").accent_text[1:] != "FFD400"
    assert link_colour("#7B1E3A") == "7B1E3A"


def test_a_logo_stands_on_the_title_slide_in_its_own_proportions(tmp_path):
    path = tmp_path / "logo.png"
    Image.new("RGB", (400, 100), "#7A1F3D").save(path)
    slide = opened(write_deck(document(), replace(BRAND, logo=path))).slides[0]
    (picture,) = [shape for shape in slide.shapes if shape.name == "Logo"]
    assert picture.width / picture.height == pytest.approx(4, abs=0.01)
    assert picture._element.find(".//" + qn("p:cNvPr")).get("descr") == "Logo of Example University"


def test_links_lead_out_of_the_deck_and_to_the_slide_that_is_meant():
    slide = opened(everything_file()).slides[5]
    links = list(slide._element.iter(qn("a:hlinkClick")))
    outside, inside = (slide.part.rels[link.get(qn("r:id"))] for link in links)
    assert outside.target_ref == "https://test.test/a?b=1&c=2"
    assert links[1].get("action") == "ppaction://hlinksldjump"
    assert inside.target_part.slide.shapes.title.text_frame.text == "Engineers earn the most"


def test_a_place_that_is_not_its_layouts_is_stated_and_one_that_is_is_inherited():
    long = PullQuote(id="q", place=place(), content=words("Research shows that something is possible, and so on. " * 3))
    slide = opened(write_deck(document(long), BRAND)).slides[1]
    stated = {shape.name: shape._element.spPr.find(qn("a:xfrm")) is not None for shape in slide.shapes}
    assert (stated["Statement"], stated["Title"]) == (True, False)


def test_an_empty_cell_says_its_language_and_size():
    table = replace(table_block(1), rows=((words("Job"), ()),))
    slide = opened(write_deck(document(heading("Jobs"), table), BRAND)).slides[1]
    (end,) = slide._element.iter(qn("a:endParaRPr"))
    assert end.get("lang") == "en-US"
    assert int(end.get("sz")) >= 1400


def test_a_reference_to_its_own_slide_leads_nowhere():
    itself = paragraph((Text("See "), Ref("pay", (Text("this"),)), Text(" and "), Ref("gap", (Text("that"),))))
    content = write_deck(
        document(heading("Pay", name="pay"), itself, heading("Gap", name="gap"), paragraph("x")), BRAND
    )
    links = list(opened(content).slides[1]._element.iter(qn("a:hlinkClick")))
    assert [link.getparent().getparent().find(qn("a:t")).text for link in links] == ["that"]


def test_a_list_that_continues_another_goes_on_counting():
    content = write_deck(document(heading("Steps"), points("Four", "Five", ordered=True, start=4)), BRAND)
    numbers = [e.get("startAt") for e in opened(content).slides[1]._element.iter(qn("a:buAutoNum"))]
    assert numbers == ["4", "4"]


# -- hostile text ----------------------------------------------------------------------


def test_text_never_becomes_markup(tmp_path):
    table = salaries(((HOSTILE.replace("\U0001f600", ""), 5), ("Clerk", 4)))
    doc = document(
        heading(HOSTILE, 1, "h1", kicker=HOSTILE),
        notes(HOSTILE),
        heading(HOSTILE + "2", 2, "h2"),
        paragraph(HOSTILE),
        points(HOSTILE),
        figure(HOSTILE + "3", "h3", table),
        question(HOSTILE + "4", HOSTILE),
        heading(HOSTILE + "5", 2, "h5"),
        table_block(2, cell=HOSTILE.replace("{", "{{").replace("}", "}}")),
        title=HOSTILE,
        publisher=HOSTILE,
        caveat=HOSTILE,
        edition="<i>&",
        tables=(table,),
    )
    content = write_deck(doc, replace(Brand(), institution=HOSTILE, contact=HOSTILE))
    assert audit(content, tmp_path) == []
    said = all_text(content)
    assert said.count(HOSTILE) > 10
    slides = opened(content).slides
    assert slides[1].notes_slide.notes_text_frame.text == HOSTILE
    assert opened(content).core_properties.title == HOSTILE


def test_a_character_that_a_chart_cannot_draw_is_named_with_its_place():
    table = salaries((("Engineer \U0001f600", 5), ("Clerk", 4)))
    with pytest.raises(ProjectError) as caught:
        write_deck(document(figure(table=table)), BRAND)
    (problem,) = caught.value.problems
    assert str(problem).startswith("tables/salaries.csv:2: no font has the character '\U0001f600' (U+1F600, grinning")


def test_a_chart_for_more_than_four_slides_is_a_problem():
    table = salaries(tuple((f"Job {i}", 200 - i) for i in range(90)))
    with pytest.raises(ProjectError, match=r"the chart 'salaries' is \d+ pt too high for its slide") as caught:
        write_deck(document(figure(table=table)), BRAND)
    rows = re.search(r"Show (\d+) of its 90 rows or fewer, rows = \1", str(caught.value))
    assert rows is not None
    fewer = salaries(tuple((f"Job {i}", 100 - i) for i in range(int(rows[1]))))
    write_deck(document(figure(table=fewer)), BRAND)  # what is advised helps


def test_a_word_of_ten_thousand_letters_is_on_the_slides_whole():
    content = write_deck(document(heading("Long"), paragraph(LONG_WORD)), BRAND)
    said = "".join(line for line in all_text(content).splitlines() if "schiff" in line or "gesell" in line)
    assert said == LONG_WORD
