"""Which layouts of a template serve a deck, what is kept clear on them, and how a user looks at them and chooses."""

from __future__ import annotations

import io
import struct
import tomllib
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from data.errors import ProjectError
from data.look.brand import Brand, load_brand
from data.look.colour import contrast
from reports.audit.audit import audit_bytes
from reports.deck.planned.plan import Plan, TextPart
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import open_template
from reports.deck.words.frames import Layouts
from reports.deck.writer import write_deck
from reports.powerpoint.box import Box
from reports.powerpoint.xml import parse
from tests.decks import (
    BRAND,
    TEMPLATES,
    all_text,
    audit,
    document,
    everything,
    figure,
    heading,
    opened,
    overflowing,
    paragraph,
    with_template,
)  # fmt: skip
from tests.test_validators import open_xml_sdk

Change = Callable[[Any], object]


def made(folder: Path, *changes: Change, keep: tuple[str, ...] = (), suffix: str = ".pptx") -> Brand:
    """A brand with python-pptx's own template, 4:3, as some functions change it; `keep` leaves only these layouts."""
    presentation = Presentation()
    if keep:
        for layout in list(presentation.slide_layouts):
            if layout.name not in keep:
                presentation.slide_layouts.remove(layout)
    for change in changes:
        change(presentation)
    path = folder / f"brand{suffix}"
    presentation.save(str(path))
    return replace(BRAND, template=path)


def layouts_of(brand: Brand) -> Layouts:
    return open_template(brand).layouts


def named(presentation: Any, name: str) -> Any:
    return next(layout for layout in presentation.slide_layouts if layout.name == name)


def remove_places(sheet: Any, *types: str) -> None:
    """Take placeholders of some types off a layout or master; all of them where none is named."""
    for shape in list(sheet.placeholders):
        mark = shape._element.find(".//" + qn("p:ph"))
        if not types or mark.get("type", "obj") in types:
            shape._element.getparent().remove(shape._element)


def rectangle(sheet: Any, left: float, top: float, width: float, height: float, colour: str) -> None:
    """Draw a filled rectangle on a layout or master, below its places; lengths in inches."""
    holder = Presentation()
    slide = holder.slides.add_slide(holder.slide_layouts[6])
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(left), Inches(top), Inches(width), Inches(height))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(*bytes.fromhex(colour))
    shape.line.fill.background()
    drawn: Any = shape
    sheet._element.find(f"{qn('p:cSld')}/{qn('p:spTree')}").insert(2, drawn._element)


def sound(brand: Brand, folder: Path) -> Plan:
    """The plan of a deck with everything in it, after its file was found sound by each of its readers."""
    content = write_deck(everything(), brand)
    assert audit(content, folder) == []
    assert [str(finding) for finding in audit_bytes(content, "deck").findings] == []
    plan = plan_slides(everything(), layouts_of(brand), brand)
    assert list(overflowing(plan)) == []
    return plan


def boxes(plan: Plan) -> list[tuple[str, Box]]:
    """Every box that something stands in, and the slide's title."""
    found: list[tuple[str, Box]] = []
    for slide in plan.slides:
        found.append((slide.title_text, slide.layout.title.box))
        for part in slide.parts:
            found.append((slide.title_text, part.frame.box if isinstance(part, TextPart) else part.box))
        if slide.foot and slide.foot.passages:
            found.append((slide.title_text, slide.foot.frame.box))
    return found


def touches(one: Box, other: Box) -> bool:
    """Whether two boxes share more than two points of their edges."""
    return (
        min(one.right, other.right) - max(one.left, other.left) > 2
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 2
    )


# -- one master, layouts by what they are for --------------------------------------------


def test_a_deck_keeps_to_one_master_even_where_another_has_a_layout_that_it_lacks(shared: Path) -> None:
    for name in TEMPLATES:
        content = write_deck(everything(), with_template(shared, name))
        masters = {s.slide_layout.slide_master.part.partname for s in opened(content).slides}
        assert len(masters) == 1, name


def test_a_layout_with_another_title_than_text_has_does_not_serve_charts(tmp_path: Path) -> None:
    def change(presentation: Any) -> None:
        title = named(presentation, "Title Only").placeholders[0]
        title.left, title.top, title.width, title.height = Inches(2), Inches(0.3), Inches(7), Inches(1.2)

    layouts = layouts_of(made(tmp_path, change))
    assert layouts["Chart"].name == "Title and Content"
    assert layouts_of(made(tmp_path))["Chart"].name == "Title Only"


def test_a_layout_without_the_art_of_the_others_does_not_serve_columns(tmp_path: Path) -> None:
    def change(presentation: Any) -> None:
        for layout in presentation.slide_layouts:
            if layout.name != "Two Content":
                rectangle(layout, 0, 7.2, 10, 0.3, "AA2244")

    layouts = layouts_of(made(tmp_path, change))
    assert layouts["Two columns"].name == "Title and Content"
    assert layouts["Two columns"].slots["Left"].placeholder is None


def test_layouts_without_types_are_found_by_what_is_on_them(tmp_path: Path) -> None:
    def change(presentation: Any) -> None:
        for number, layout in enumerate(presentation.slide_layouts):
            layout._element.attrib.pop("type", None)
            layout._element.find(qn("p:cSld")).set("name", f"Layout {number}")

    layouts = layouts_of(made(tmp_path, change))
    assert {role: layouts[role].name for role in ("Title", "Section", "Text", "Two columns", "Chart")} == {
        "Title": "Layout 0", "Section": "Layout 2", "Text": "Layout 1", "Two columns": "Layout 3", "Chart": "Layout 5",
    }  # fmt: skip


def test_places_that_share_type_and_index_become_text_boxes_side_by_side(tmp_path: Path) -> None:
    def change(presentation: Any) -> None:
        for mark in named(presentation, "Two Content")._element.iter(qn("p:ph")):
            if mark.get("idx") in ("1", "2"):
                mark.set("idx", "7")

    columns = layouts_of(made(tmp_path, change))["Two columns"]
    left, right = columns.slots["Left"], columns.slots["Right"]
    assert (left.placeholder, right.placeholder) == (None, None)
    assert left.box.right <= right.box.left
    sound(made(tmp_path, change), tmp_path)


def test_a_template_of_potx_makes_the_same_deck(tmp_path: Path) -> None:
    brand = made(tmp_path)
    assert brand.template is not None
    package = brand.template.read_bytes()

    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(tmp_path / "brand.potx", "w") as target:
        for name in source.namelist():
            main = b"presentationml.presentation.main", b"presentationml.template.main"
            target.writestr(name, source.read(name).replace(*main))
    doc = document(heading("Pay"), paragraph("Good."), heading("Chart"), figure())
    assert write_deck(doc, brand) == write_deck(doc, replace(brand, template=tmp_path / "brand.potx"))


# -- art ---------------------------------------------------------------------------------


def test_nothing_is_set_over_a_logo(tmp_path: Path) -> None:
    logo = Box(576, 14, 130, 50)
    corner = Box(14, 475, 150, 60)

    def change(presentation: Any) -> None:
        for box in (logo, corner):
            inches = (box.left / 72, box.top / 72, box.width / 72, box.height / 72)
            rectangle(presentation.slide_master, *inches, "204080")

    for title, box in boxes(sound(made(tmp_path, change), tmp_path)):
        assert not touches(box, logo), title
        assert not touches(box, corner), title


def png(width: int, height: int, pixel: Callable[[int, int], tuple[int, int, int]]) -> bytes:
    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(width)) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_a_band_in_a_picture_of_the_background_is_kept_clear(tmp_path: Path) -> None:
    band = Box(0, 450, 720, 36)

    def change(presentation: Any) -> None:
        picture = png(144, 108, lambda x, y: (120, 20, 160) if 90 <= y < 97 else (255, 255, 255))
        for layout in presentation.slide_layouts:
            _, relation = layout.part.get_or_add_image_part(io.BytesIO(picture))
            common = layout._element.find(qn("p:cSld"))
            names = " ".join(f'xmlns:{k}="{v}"' for k, v in layout._element.nsmap.items() if k in ("a", "r", "p"))
            common.insert(0, parse(
                f'<p:bg {names}><p:bgPr><a:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
                "</a:blipFill><a:effectLst/></p:bgPr></p:bg>"
            ))  # fmt: skip

    plan = plan_slides(everything(), layouts_of(made(tmp_path, change)), BRAND)
    for slide in plan.slides:
        for part in slide.parts:
            box = part.frame.box if isinstance(part, TextPart) else part.box
            assert not touches(box, band), slide.title_text
        assert slide.foot is not None
        assert not touches(slide.foot.frame.box, band), slide.title_text


@pytest.mark.parametrize("role", ["Title", "Text", "Chart", "Section"])
def test_on_a_dark_drawn_background_text_is_light_and_charts_are(tmp_path: Path, role: Any) -> None:
    def change(presentation: Any) -> None:
        rectangle(presentation.slide_master, 0, 0, 10, 7.5, "10182C")

    brand = made(tmp_path, change)
    layout = layouts_of(brand)[role]
    for frame in (layout.title, *layout.slots.values(), layout.foot):
        assert contrast(frame.ink, "#10182C") >= 4.5
    sound(brand, tmp_path)
    colours = layouts_of(brand)["Chart"].colours
    assert colours is not None
    assert (colours.paper, layouts_of(brand)["Chart"].panel) == ("#10182C", False)


def test_colours_of_charts_are_the_themes_unless_a_program_chose_those(tmp_path: Path) -> None:
    def recolour(presentation: Any) -> None:
        part = next(r.target_part for r in presentation.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
        part._blob = part.blob.replace(b"4F81BD", b"AA0044")

    own, shipped = (layouts_of(made(tmp_path, *changes))["Chart"].colours for changes in ((recolour,), ()))
    assert own is not None
    assert shipped is not None
    assert own.accent == "#AA0044"
    assert shipped.accent == BRAND.colours.accent


# -- sizes -------------------------------------------------------------------------------


def sized(width: float, height: float) -> Change:
    """Another size of slide in inches, its layouts and masters scaled with it."""

    def change(presentation: Any) -> None:
        across, down = width / 10, height / 7.5
        presentation.slide_width, presentation.slide_height = Inches(width), Inches(height)
        for sheet in (presentation.slide_master, *presentation.slide_layouts):
            for place in sheet._element.iter(qn("a:off"), qn("a:ext")):
                for name, factor in (("x", across), ("cx", across), ("y", down), ("cy", down)):
                    if place.get(name):
                        place.set(name, str(round(int(place.get(name)) * factor)))

    return change


@pytest.mark.parametrize(
    ("width", "height"), [(10, 5.625), (13.333, 7.5), (4, 3), (8.27, 11.69), (33.1, 23.4), (23.4, 33.1)]
)
def test_least_sizes_hold_in_proportion_to_the_page(tmp_path: Path, width: float, height: float) -> None:
    brand = made(tmp_path, sized(width, height))
    scale = layouts_of(brand).scale
    assert scale == pytest.approx(min(width, height) / 7.5, rel=0.01)
    doc = document(heading("Pay"), paragraph("Good."), heading("Chart"), figure())
    plan = plan_slides(doc, layouts_of(brand), brand)
    for slide in plan.slides:
        assert (slide.title_size or slide.layout.title.style(0).size) >= 24 * scale - 0.1
        for part in slide.parts:
            if isinstance(part, TextPart):
                assert (part.size or part.frame.style(0).size) >= 14 * scale - 0.1, slide.title_text
        assert slide.foot is not None
        assert (slide.foot.size or slide.foot.frame.style(0).size) >= 10 * scale - 0.1
    content = write_deck(doc, brand)
    assert audit(content, tmp_path) == []
    assert [str(finding) for finding in audit_bytes(content, "deck").findings] == []


# -- degenerate templates ----------------------------------------------------------------


def no_places_on_the_master(presentation: Any) -> None:
    remove_places(presentation.slide_master)


def places_off_the_slide(presentation: Any) -> None:
    body = named(presentation, "Title and Content").placeholders[1]
    body.left, body.top, body.width, body.height = Inches(12), Inches(1), Inches(8), Inches(5)


def places_over_each_other(presentation: Any) -> None:
    title, body = list(named(presentation, "Title and Content").placeholders)[:2]
    for place in (title, body):
        place.left, place.top, place.width, place.height = Inches(0.5), Inches(0.4), Inches(9), Inches(6)
    title.height = Inches(1.5)
    left, right = list(named(presentation, "Two Content").placeholders)[1:3]
    right.left, right.top, right.width, right.height = left.left, left.top, left.width, left.height


def fifty_layouts(presentation: Any) -> None:
    """The same layout under fifty names, the first forty-eight of which no title is on."""
    from copy import deepcopy

    from pptx.opc.constants import CONTENT_TYPE
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT
    from pptx.opc.packuri import PackURI
    from pptx.parts.slide import SlideLayoutPart

    master = presentation.slide_master.part
    listed = master._element.find(qn("p:sldLayoutIdLst"))
    pattern = named(presentation, "Title and Content")
    for number in range(39):
        element = deepcopy(pattern._element)
        element.find(qn("p:cSld")).set("name", f"Extra {number}")
        name = PackURI(f"/ppt/slideLayouts/slideLayout{100 + number}.xml")
        part = SlideLayoutPart(name, CONTENT_TYPE.PML_SLIDE_LAYOUT, master.package, element)
        part.relate_to(master, RT.SLIDE_MASTER)
        entry = deepcopy(listed[-1])
        entry.set("id", str(3_000_000_000 + number))
        entry.set(qn("r:id"), master.relate_to(part, RT.SLIDE_LAYOUT))
        listed.append(entry)


def unlisted_layout(presentation: Any) -> None:
    """A layout that is in the file and in no list, as those are that PowerPoint hides."""
    listed = presentation.slide_master.part._element.find(qn("p:sldLayoutIdLst"))
    listed.remove(listed[1])


def no_theme_fonts(presentation: Any) -> None:
    part = next(r.target_part for r in presentation.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    part._blob = part.blob.replace(b'<a:latin typeface="Calibri"/>', b'<a:latin typeface=""/>')


def tiny_titles(presentation: Any) -> None:
    for layout in presentation.slide_layouts:
        for shape in layout.placeholders:
            if shape._element.find(".//" + qn("p:ph")).get("type") in ("title", "ctrTitle"):
                shape.height = Pt(20)


@pytest.mark.parametrize(
    "change",
    [
        no_places_on_the_master, places_off_the_slide, places_over_each_other, fifty_layouts, unlisted_layout,
        no_theme_fonts, tiny_titles,
    ],
    ids=lambda change: change.__name__,
)  # fmt: skip
def test_a_degenerate_template_makes_a_sound_deck(tmp_path: Path, change: Change) -> None:
    brand = made(tmp_path, change)
    plan = sound(brand, tmp_path)
    assert open_xml_sdk(tmp_path / "deck.pptx") == ""
    slide = Box(-0.5, -0.5, 721, 541)
    for title, box in boxes(plan):
        assert slide.left <= box.left, title
        assert slide.top <= box.top, title
        assert box.right <= slide.right, title
        assert box.bottom <= slide.bottom, title
    for one in plan.slides:
        title_box = one.layout.title.box
        for part in one.parts:
            box = part.frame.box if isinstance(part, TextPart) else part.box
            assert not touches(box, title_box), one.title_text
            assert one.foot is not None
            assert not touches(box, one.foot.frame.box), one.title_text


@pytest.mark.parametrize("name", ["Title Slide", "Title and Content", "Title Only", "Two Content", "Comparison"])
def test_one_layout_alone_serves_everything(tmp_path: Path, name: str) -> None:
    sound(made(tmp_path, keep=(name,)), tmp_path)


def test_a_template_without_layouts_is_refused_with_a_way_out(tmp_path: Path) -> None:
    def change(presentation: Any) -> None:
        for layout in list(presentation.slide_layouts):
            presentation.slide_layouts.remove(layout)

    with pytest.raises(ProjectError, match=r"has no layout with a title; its layouts are none\. Add a layout with"):
        write_deck(document(), made(tmp_path, change))


def test_a_slide_of_the_size_of_a_stamp_is_used_or_refused(tmp_path: Path) -> None:
    def change(presentation: Any) -> None:
        sized(1.34, 1.0)(presentation)

    doc = document(heading("Pay"), paragraph("Good."))
    content = write_deck(doc, made(tmp_path, change))
    assert "Good." in all_text(content)


# -- choosing ----------------------------------------------------------------------------


def test_brand_toml_chooses_other_layouts(tmp_path: Path) -> None:
    brand = replace(made(tmp_path), layouts=(("chart", "Title and Content"), ("section", "title   slide")))
    layouts = layouts_of(brand)
    assert (layouts["Chart"].name, layouts["Section"].name) == ("Title and Content", "Title Slide")
    sound(brand, tmp_path)


@pytest.mark.parametrize(
    ("use", "name", "message"),
    [
        (
            "chart",
            "Titel Only",
            r"\[deck.layouts\] chart = 'Titel Only': .* has no such layout. Did you mean 'Title Only'",
        ),
        (
            "text",
            "Blank",
            r"text = 'Blank': that layout has no place for a title. Choose one that has: 'Title Slide', ",
        ),
        ("comparison", "Two Content", r"comparison = 'Two Content': it has 2 places for text. Choose one with four"),
    ],
)
def test_a_layout_that_cannot_be_chosen_is_a_problem(tmp_path: Path, use: str, name: str, message: str) -> None:
    with pytest.raises(ProjectError, match=message):
        open_template(replace(made(tmp_path), layouts=((use, name),)))


def test_of_two_layouts_with_one_name_the_second_has_a_number(tmp_path: Path) -> None:
    def change(presentation: Any) -> None:
        named(presentation, "Title Only")._element.find(qn("p:cSld")).set("name", "Title and Content")

    brand = replace(made(tmp_path, change), layouts=(("table", "Title and Content (2)"),))
    layouts = layouts_of(brand)
    assert layouts["Table"].index == 5
    assert layouts["Text"].index == 1


def test_layouts_are_chosen_in_brand_toml_of_a_template(tmp_path: Path) -> None:
    (tmp_path / "brand.toml").write_text('[deck.layouts]\nchart = "Titel und Inhalt"\n', "utf-8")
    with pytest.raises(ProjectError, match=r"brand.toml:1: \[deck.layouts\] chooses among the layouts of a template"):
        load_brand(tmp_path)
    made(tmp_path)
    (tmp_path / "brand.toml").write_text('template = "brand.pptx"\n[deck.layouts]\nchart = "Title Only"\n', "utf-8")
    assert load_brand(tmp_path).layouts == (("chart", "Title Only"),)
    (tmp_path / "brand.toml").write_text('template = "brand.pptx"\n[deck.layouts]\nsummary = "Title Only"\n', "utf-8")
    with pytest.raises(ProjectError, match=r"summary.*Known: 'chart', 'columns'"):
        load_brand(tmp_path)
    (tmp_path / "brand.toml").write_text('[deck.layout]\nchart = "Title Only"\n', "utf-8")
    with pytest.raises(ProjectError, match=r"'layout' is not known. Did you mean 'layouts'"):
        load_brand(tmp_path)


def test_a_template_that_is_named_in_a_section_is_told_where_it_belongs(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "brand.toml").write_text('[fonts]\ntext = "Source Serif Pro"\ntemplate = "brand.pptx"\n', "utf-8")
    with pytest.raises(ProjectError) as refused:
        load_brand(tmp_path)
    said = "brand.toml:3: the setting 'template' is not known in [fonts]. Write it above the first line that begins with [."
    assert [str(problem) for problem in refused.value.problems] == [said]


# -- inspect -----------------------------------------------------------------------------


def inspected(path: Path) -> str:
    from reports.deck.templates.told import template_lines

    return "\n".join(template_lines(path, path.name)) + "\n"


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_inspect_proposes_changes_nothing(shared: Path, name: str) -> None:
    brand = with_template(shared, name)
    assert brand.template is not None
    layouts = tomllib.loads(inspected(brand.template))["deck"]["layouts"]
    chosen = open_template(replace(brand, layouts=tuple(layouts.items()))).layouts
    assert chosen.by_role == open_template(brand).layouts.by_role


def test_inspect_maps_layouts_and_places_and_says_why(shared: Path) -> None:
    path = with_template(shared, "automizer-german-16x9").template
    assert path is not None
    said = inspected(path)
    assert "# 960 × 540 pt (16:9), 1 master, 11 layouts." in said
    assert "Titel und Inhalt (obj)" in said
    assert "→ text" in said
    assert 'chart = "Nur Titel"' in said
    assert "PowerPoint's type for it is 'titleOnly'" in said


def test_inspect_tells_what_is_not_used(tmp_path: Path) -> None:
    brand = made(tmp_path, places_off_the_slide)
    assert brand.template is not None
    said = inspected(brand.template)
    assert "not used: 'Content Placeholder 2', since it lies off the slide" in said
    assert "not used: a slide needs a title, and there is no place for one" in said


def test_inspect_tells_of_a_template_that_is_not_there_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"^none\.pptx: cannot be read: No such file"):
        inspected(tmp_path / "none.pptx")


def test_inspect_refuses_what_is_no_template(tmp_path: Path) -> None:
    path = tmp_path / "brand.pptx"
    path.write_bytes(b"no package")
    with pytest.raises(ProjectError, match="is no PowerPoint file"):
        inspected(path)
    with pytest.raises(ProjectError, match=r"nowhere\.pptx"):
        inspected(tmp_path / "nowhere.pptx")


def test_charts_of_powerpoints_own_have_the_face_of_the_text_beside_them(tmp_path: Path) -> None:
    def change(presentation: Any) -> None:
        for latin in presentation.slide_master._element.find(qn("p:txStyles")).iter(qn("a:latin")):
            latin.set("typeface", "Georgia")

    def faces(brand: Brand) -> set[str]:
        doc = document(heading("Chart"), figure())
        with zipfile.ZipFile(io.BytesIO(write_deck(doc, brand))) as package:
            charts = [package.read(name) for name in package.namelist() if name.startswith("ppt/charts/")]
        return {latin.get("typeface") for chart in charts for latin in parse(chart).iter(qn("a:latin"))}

    assert faces(made(tmp_path)) == {"+mn-lt"}
    assert faces(made(tmp_path, change)) == {"Georgia"}
