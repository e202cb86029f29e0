"""Templates of others: any .pptx a brand names, with layouts in any language, at any size."""

from __future__ import annotations

import io
import re
import shutil
import zipfile

import pytest
from msgspec.structs import replace
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches

from data.errors import ProjectError
from data.look.brand import Brand
from data.look.colour import contrast, luminance
from reports.deck.planned.plan import TextPart
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import OWN, open_template
from reports.deck.writer import write_deck
from reports.document.blocks import Columns, Myth, PullQuote
from tests.decks import (
    BRAND,
    TEMPLATES,
    audit,
    document,
    everything,
    figure,
    heading,
    opened,
    overflowing,
    paragraph,
    place,
    with_template,
    words,
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
    assert len([n for n in names if n.startswith("ppt/notesSlides/notesSlide")]) == 2  # those of our own slides
    assert not [n for n in names if n.startswith(("ppt/comments", "ppt/fonts/", "ppt/tags"))]
    assert not [n for n in names if n.startswith("docProps/thumbnail")]


def test_a_sample_slide_that_a_master_leads_to_is_gone_as_well(tmp_path):
    theirs = Presentation()
    sample = theirs.slides.add_slide(theirs.slide_layouts[0])
    sample.shapes.title.text = "An earlier talk"
    theirs.slide_masters[0].part.relate_to(sample.part, RT.SLIDE)
    theirs.save(str(tmp_path / "theirs.pptx"))
    content = write_deck(
        document(heading("Pay"), paragraph("Good.")), replace(BRAND, template=tmp_path / "theirs.pptx")
    )
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not [name for name in package.namelist() if b"An earlier talk" in package.read(name)]
        assert len([name for name in package.namelist() if name.startswith("ppt/slides/slide")]) == 2


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


def test_larger_titles_of_a_template_come_down_together(shared):
    brand = with_template(shared, "coreoz-french-4x3")
    layouts = open_template(brand).layouts
    long = "A claim about pay that takes two lines at the size of the template"
    slides = plan_slides(
        document(heading("Short"), paragraph("x"), heading(long), paragraph("y")), layouts, brand
    ).slides
    _, short, other = slides
    own = short.layout.title.style(0).size
    assert own > short.title_size == other.title_size >= 28 * layouts.scale


def test_charts_on_a_dark_background_are_drawn_in_light_colours(shared):
    brand = with_template(shared, "jmablog-dark-16x9")
    slides = opened(write_deck(everything(), brand)).slides
    assert not any(shape.name.endswith(" panel") for slide in slides for shape in slide.shapes)
    for role in ("Chart", "Two columns"):
        colours = open_template(brand).layouts[role].colours
        assert luminance(colours.paper) < 0.05
        assert contrast(colours.ink, colours.paper) >= 4.5
        assert contrast(colours.accent, colours.paper) >= 3


def test_no_two_shapes_of_a_slide_have_one_name(shared):
    both = Columns(id="c", place=place(), columns=((figure(),), (figure("Again", "again"),)))
    content = write_deck(document(heading("Both"), both), with_template(shared, "jmablog-dark-16x9"))
    for slide in opened(content).slides:
        names = [shape.name for shape in slide.shapes]
        assert len(set(names)) == len(names)


def changed(tmp_path, change):
    """Our own template as anyone's, its parts changed by a function of name and content; None leaves one out."""
    path = tmp_path / "brand.pptx"
    with zipfile.ZipFile(OWN) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return replace(BRAND, template=path)


def test_a_layout_that_turns_its_masters_colours_round_is_dark(tmp_path):
    swapped = b'<a:overrideClrMapping bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"/>'

    def turn(name, content):
        return (
            content.replace(b"<a:masterClrMapping/>", swapped) if "slideLayouts/slideLayout6.xml" in name else content
        )

    layouts = open_template(changed(tmp_path, turn)).layouts
    assert luminance(layouts["Chart"].colours.paper) < 0.05
    assert luminance(layouts["Chart and text"].colours.paper) > 0.9


@pytest.mark.parametrize("kept", ["Picture with Caption", "Section Header", "Title Slide", "Title Only"])
def test_nothing_stands_on_the_title_of_the_only_layout_there_is(tmp_path, kept):
    presentation = Presentation()
    for layout in list(presentation.slide_layouts):
        if layout.name != kept:
            presentation.slide_layouts.remove(layout)
    path = tmp_path / "brand.pptx"
    presentation.save(path)
    brand = replace(BRAND, template=path)
    for slide in plan_slides(everything(), open_template(brand).layouts, brand).slides:
        title = slide.layout.title.box
        for part in slide.parts:
            box = part.frame.box if isinstance(part, TextPart) else part.box
            assert box.top >= title.bottom or box.bottom <= title.top or box.left >= title.right, slide.title_text


# -- what is read of a layout --------------------------------------------------------


def body_style(tmp_path, old, new):
    """How text looks on the layout "Text" after a change of its part, by regular expression."""

    def change(name, content):
        if name != "ppt/slideLayouts/slideLayout3.xml":
            return content
        found, count = re.subn(old, new, content, flags=re.DOTALL)
        assert count
        return found

    return open_template(changed(tmp_path, change)).layouts["Text"].slots["Body"].style(0)


FIRST = rb'(name="Body".*?<a:lvl1pPr [^>]*>.*?)'


def test_room_above_a_paragraph_is_read_in_points_and_in_percent_of_the_line(tmp_path):
    points = body_style(
        tmp_path, FIRST + rb"<a:spcBef>.*?</a:spcBef>", rb'\1<a:spcBef><a:spcPts val="500"/></a:spcBef>'
    )
    assert (points.before * points.size, points.fixed) == (5, True)
    share = body_style(tmp_path, FIRST + rb"<a:spcBef>.*?</a:spcBef>", rb'\1<a:spcBef><a:spcPct val="50%"/></a:spcBef>')
    assert (share.before, share.fixed) == (pytest.approx(0.6), False)


def test_the_distance_of_lines_is_read_in_points_and_in_percent(tmp_path):
    lines = FIRST + rb"<a:lnSpc>.*?</a:lnSpc>"
    assert body_style(tmp_path, lines, rb'\1<a:lnSpc><a:spcPts val="3000"/></a:lnSpc>').exactly == 30
    assert body_style(tmp_path, lines, rb'\1<a:lnSpc><a:spcPct val="80000"/></a:lnSpc>').spacing == 0.8


def test_a_list_mark_may_be_the_masters_and_a_layout_may_take_it_away(tmp_path):
    assert body_style(tmp_path, FIRST + rb"<a:defRPr", rb"\1<a:defRPr").bulleted
    assert not body_style(tmp_path, FIRST + rb"<a:defRPr", rb"\1<a:buNone/><a:defRPr").bulleted


def test_a_face_is_the_themes_for_titles_or_for_text_or_one_by_name(tmp_path):
    def fonts(name, content):
        if name != "ppt/theme/theme1.xml":
            return content
        return re.sub(rb'(<a:majorFont><a:latin typeface=)"[^"]*"', rb'\1"Georgia"', content)

    layout = open_template(changed(tmp_path, fonts)).layouts["Text"]
    assert (layout.title.style(0).face, layout.slots["Body"].style(0).face) == ("Georgia", "Calibri")
    named = body_style(tmp_path, FIRST + rb"(<a:defRPr [^>]*>)", rb'\1\2<a:latin typeface="Papyrus"/>')
    assert named.face == "Papyrus"


def ground(tmp_path, change):
    """What a chart stands on: "light", "dark", or a "panel" of paper."""
    brand = changed(tmp_path, lambda name, content: change(content) if "slideLayout6.xml" in name else content)
    layout = open_template(brand).layouts["Chart"]
    return "panel" if layout.panel else "light" if luminance(layout.colours.paper) > 0.5 else "dark"


@pytest.mark.parametrize(
    ("background", "found"),
    [
        ('<p:bgPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:effectLst/></p:bgPr>', "light"),
        ('<p:bgPr><a:solidFill><a:srgbClr val="101820"/></a:solidFill><a:effectLst/></p:bgPr>', "dark"),
        ('<p:bgPr><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:effectLst/></p:bgPr>', "dark"),
        # changed by a modifier; colours that run; a picture that is not there; the theme's fills
        (
            '<p:bgPr><a:solidFill><a:schemeClr val="bg1"><a:lumMod val="5000"/></a:schemeClr></a:solidFill></p:bgPr>',
            "dark",
        ),
        (
            '<p:bgPr><a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="FFFFFF"/></a:gs><a:gs pos="100000">'
            '<a:srgbClr val="000000"/></a:gs></a:gsLst><a:lin ang="5400000"/></a:gradFill></p:bgPr>',
            "panel",
        ),
        ('<p:bgPr><a:blipFill><a:blip r:embed="rId77"/></a:blipFill><a:effectLst/></p:bgPr>', "panel"),
        ('<p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef>', "light"),
        ('<p:bgRef idx="1003"><a:schemeClr val="tx1"/></p:bgRef>', "dark"),
    ],
)
def test_a_chart_is_drawn_for_what_it_stands_on(tmp_path, background, found):
    background = f"<p:bg>{background}</p:bg>".encode()
    assert ground(tmp_path, lambda text: re.sub(rb"(<p:cSld[^>]*>)", rb"\1" + background, text)) == found


FULL = (
    b'<p:pic><p:nvPicPr><p:cNvPr id="90" name="Photo"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill/><p:spPr><a:xfrm>'
    b'<a:off x="0" y="0"/><a:ext cx="12192000" cy="6858000"/></a:xfrm></p:spPr></p:pic></p:spTree>'
)


def test_a_picture_over_the_whole_master_counts_unless_the_layout_does_not_show_it(tmp_path):
    def change(hides):
        def make(name, content):
            if "slideMaster1.xml" in name and "_rels" not in name:
                return content.replace(b"</p:spTree>", FULL)
            return content.replace(b"<p:sldLayout ", b'<p:sldLayout showMasterSp="0" ') if hides else content

        return make

    assert open_template(changed(tmp_path, change(False))).layouts["Chart"].panel
    assert not open_template(changed(tmp_path, change(True))).layouts["Chart"].panel


def only(tmp_path, *kept, change=lambda presentation: None):
    """python-pptx's own template with these layouts alone."""
    presentation = Presentation()
    for layout in list(presentation.slide_layouts):
        if layout.name not in kept:
            presentation.slide_layouts.remove(layout)
    change(presentation)
    path = tmp_path / "brand.pptx"
    presentation.save(path)
    return open_template(replace(BRAND, template=path)).layouts


def test_a_place_for_upright_text_is_none(tmp_path):
    def turn(presentation):
        presentation.slide_layouts[0].placeholders[1]._element.find(".//" + qn("a:bodyPr")).set("vert", "vert")

    assert only(tmp_path, "Title and Content", change=turn)["Text"].slots["Body"].placeholder is None
    assert only(tmp_path, "Title and Vertical Text")["Text"].slots["Body"].placeholder is None
    assert only(tmp_path, "Title and Content")["Text"].slots["Body"].placeholder is not None


def test_a_comparison_serves_myths(tmp_path):
    layout = only(tmp_path, "Comparison")["Myth and fact"]
    assert list(layout.slots) == ["Myth label", "Myth", "Fact label", "Facts"]
    left, facts = layout.slots["Myth"].box, layout.slots["Facts"].box
    assert left.right <= facts.left
    assert layout.slots["Myth label"].box.bottom <= left.top


def test_a_layout_that_only_bears_one_of_our_names_is_not_taken_for_it(tmp_path):
    def rename(presentation):
        presentation.slide_layouts[0]._element.find(qn("p:cSld")).set("name", "Three columns")

    assert only(tmp_path, "Title Only", change=rename).get("Three columns") is None


def test_a_slide_number_at_the_left_leaves_the_foot_its_room(tmp_path):
    def move(presentation):
        for shape in presentation.slide_layouts[0].placeholders:
            if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
                shape.left, shape.width = Inches(0.5), Inches(0.6)
                shape.top, shape.height = Inches(7), Inches(0.4)

    layout = only(tmp_path, "Title and Content", change=move)["Text"]
    assert layout.foot.box.left >= layout.number.box.right


def test_without_a_place_for_a_foot_content_ends_above_where_ours_is_drawn(tmp_path):
    def remove(presentation):
        for part in (presentation.slide_layouts[0], presentation.slide_master):
            for shape in list(part.placeholders):
                if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
                    shape._element.getparent().remove(shape._element)

    layout = only(tmp_path, "Title Only", change=remove)["Chart"]
    assert layout.foot.placeholder is None
    assert layout.area.bottom <= layout.foot.box.top


def test_a_low_title_place_grows_into_what_is_free_below_it(tmp_path):
    def flatten(presentation):
        title = presentation.slide_layouts[0].placeholders[0]
        title.left, title.top, title.width, title.height = Inches(0.5), Inches(0.3), Inches(9), Inches(0.4)

    layout = only(tmp_path, "Title and Content", change=flatten)["Text"]
    assert layout.title.box.height > 28.8
    assert layout.title.box.bottom <= layout.slots["Body"].box.top


def test_a_long_subtitle_takes_what_room_the_cover_has(tmp_path):
    layouts = only(tmp_path, "Title Slide", "Title and Content")

    def subtitle(length):
        told = document(subtitle=words("What they are, and what they pay. " * length), publisher="Us")
        return plan_slides(told, layouts, BRAND).slides[0].parts[0].frame

    place = layouts["Title"].slots["Subtitle"].box
    short, long = subtitle(1), subtitle(15)
    assert short.box.top == long.box.top == place.top
    assert long.box.height > place.height


# -- what is written into a template of others ------------------------------------------


def slide_of(content, title):
    return next(slide for slide in opened(content).slides if slide.shapes.title.text_frame.text == title)


def test_the_foot_starts_at_the_left_whatever_the_template_says(shared):
    slide = slide_of(write_deck(everything(), with_template(shared, "coreoz-french-4x3")), "All jobs at a glance")
    (foot,) = [shape for shape in slide.shapes if shape.name == "Source"]
    assert foot._element.find(".//" + qn("p:ph")) is None
    settings = foot._element.find(".//" + qn("a:pPr"))
    assert settings is None or settings.get("algn", "l") == "l"


def test_paragraphs_have_no_list_mark_and_lists_have_one_wherever_they_stand(shared):
    content = write_deck(everything(), with_template(shared, "coreoz-french-4x3"))

    def marks(title, text):
        paragraphs = slide_of(content, title)._element.iter(qn("a:p"))
        found = next(p for p in paragraphs if "".join(t.text for t in p.iter(qn("a:t"))) == text)
        settings = found.find(qn("a:pPr"))
        return set() if settings is None else {child.tag.split("}")[1] for child in settings}

    assert "buNone" in marks("The gap is small", "The first and the second are close.")
    assert not {"buNone", "buChar"} & marks("The gap is small", "One remark")


def test_text_outside_places_has_the_templates_colour(shared):
    slide = slide_of(write_deck(everything(), with_template(shared, "jmablog-dark-16x9")), "Engineers earn the most")
    (measure,) = [shape for shape in slide.shapes if shape.name == "Measure"]
    assert measure._element.find(f".//{qn('a:rPr')}/{qn('a:solidFill')}") is not None


def test_text_outside_places_has_the_templates_face_and_lists_have_marks(tmp_path):
    def set_face(presentation):
        styles = presentation.slide_master._element.find(f"{qn('p:txStyles')}/{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}")
        styles.find(f"{qn('a:defRPr')}/{qn('a:latin')}").set("typeface", "Georgia")

    only(tmp_path, "Title Only", change=set_face)
    slide = slide_of(write_deck(everything(), replace(BRAND, template=tmp_path / "brand.pptx")), "The gap is small")
    (body,) = [shape._element for shape in slide.shapes if shape.name == "Body"]
    assert {latin.get("typeface") for latin in body.iter(qn("a:latin"))} == {"Georgia"}
    assert [mark.get("char") for mark in body.iter(qn("a:buChar"))] == ["•", "•"]


def test_a_picture_outside_a_place_may_be_grouped(shared):
    brand = with_template(shared, "coreoz-french-4x3")
    slide = slide_of(write_deck(everything(), brand, "picture"), "Engineers earn the most")
    assert slide._element.find(".//" + qn("a:picLocks")).get("noGrp") is None
    own = slide_of(write_deck(everything(), BRAND, "picture"), "Engineers earn the most")
    assert own._element.find(".//" + qn("a:picLocks")).get("noGrp") == "1"


def test_a_large_foot_of_a_template_comes_down_to_12_points(tmp_path):
    brand = changed(tmp_path, lambda name, content: content.replace(b'sz="1050"', b'sz="2400"'))
    slides = plan_slides(document(heading("Pay"), paragraph("x")), open_template(brand).layouts, brand).slides
    assert {slide.foot.size for slide in slides[1:]} == {12}


def test_facts_in_a_template_of_larger_text_come_down_to_24_points(tmp_path):
    def enlarge(name, content):
        return content.replace(b'sz="2400"', b'sz="3200"') if "slideLayouts/slideLayout10.xml" in name else content

    brand = changed(tmp_path, enlarge)
    myth = Myth(id="m", place=place(), myth=words("So it is."), facts=(paragraph("It is not."),))
    (slide,) = plan_slides(document(myth), open_template(brand).layouts, brand).slides[1:]
    assert {part.slot: part.size for part in slide.parts}["Facts"] == 24


def test_a_statement_is_narrowed_in_our_own_template_alone(tmp_path):
    quote = PullQuote(
        id="q", place=place(), content=words("Research shows that something is possible, and so on. " * 3)
    )

    def frame(brand):
        (slide,) = plan_slides(document(quote), open_template(brand).layouts, brand).slides[1:]
        return slide.parts[0].frame

    assert frame(BRAND).moved
    assert not frame(changed(tmp_path, lambda name, content: content)).moved


def test_a_template_without_notes_gets_pages_for_them(tmp_path):
    def change(name, content):
        content = re.sub(rb"<Relationship [^>]*/notesMaster\"[^>]*/>", b"", content)
        return re.sub(rb"<p:notesMasterIdLst>.*?</p:notesMasterIdLst>", b"", content)

    content = write_deck(everything(), changed(tmp_path, change))
    assert audit(content, tmp_path) == []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        main = package.read("ppt/presentation.xml")
    assert main.index(b"<p:sldMasterIdLst") < main.index(b"<p:notesMasterIdLst") < main.index(b"<p:sldIdLst")


def test_fonts_that_a_template_embeds_are_left_out(tmp_path):
    brand = changed(
        tmp_path, lambda name, content: content.replace(b"<p:presentation ", b'<p:presentation embedTrueTypeFonts="1" ')
    )
    with zipfile.ZipFile(io.BytesIO(write_deck(document(), brand))) as package:
        assert b"embedTrueTypeFonts" not in package.read("ppt/presentation.xml")


# -- templates that cannot be used -------------------------------------------------------


def test_a_template_that_states_no_size_has_powerpoints(tmp_path):
    brand = changed(tmp_path, lambda name, content: re.sub(rb"<p:sldSz[^>]*/>", b"", content))
    layouts = open_template(brand).layouts
    assert (layouts.width, layouts.height) == (720, 540)


NO_TEMPLATE = r"brand.toml: the template 'brand.pptx' is no PowerPoint file"


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: None if name == "ppt/theme/theme1.xml" else content,
        lambda name, content: None if name == "ppt/slideLayouts/slideLayout3.xml" else content,
        lambda name, content: b"<not closed" if name == "ppt/theme/theme1.xml" else content,
        lambda name, content: content.replace(b'sz="2000"', b'sz="large"'),
        lambda name, content: re.sub(rb"<p:clrMap [^>]*/>", b"", content),
    ],
)
def test_a_template_that_was_put_together_wrongly_is_a_problem(tmp_path, change):
    with pytest.raises(ProjectError, match=NO_TEMPLATE):
        write_deck(document(), changed(tmp_path, change))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_template_with_a_damaged_part_is_a_problem(tmp_path, method):
    path = tmp_path / "brand.pptx"
    with zipfile.ZipFile(OWN) as source, zipfile.ZipFile(path, "w", method) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        main = target.getinfo("ppt/presentation.xml")
    start, whole = main.header_offset + 30 + len(main.filename), path.read_bytes()
    for byte in range(start + 10, start + 40):
        path.write_bytes(whole[:byte] + bytes([whole[byte] ^ 0x5A]) + whole[byte + 1 :])
        with pytest.raises(ProjectError, match=NO_TEMPLATE):
            open_template(replace(BRAND, template=path))


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
