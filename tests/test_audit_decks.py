"""The audit of decks: each defect that is put in on purpose is found, and nothing is found in what is sound."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from data.errors import ProjectError
from reports.audit.audit import audit_bytes
from reports.audit.deck.colours import Paint, Palette, hexadecimal
from reports.audit.deck.document import read_deck
from reports.audit.deck.package import Package
from reports.audit.deck.rules import RULES
from reports.audit.deck.styles import runs
from tests.audited import found, good_deck, rules
from tests.decks import TEMPLATES
from tests.defects import DECK_DEFECTS, DeckDefect, Parts, added, broken_deck, shape, xml


def broken(name: str) -> bytes:
    return broken_deck(good_deck(), DECK_DEFECTS[name])


def test_nothing_is_found_in_a_sound_deck() -> None:
    assert not found(good_deck())


@pytest.mark.parametrize("name", DECK_DEFECTS)
def test_a_defect_put_in_on_purpose_is_found_and_nothing_else(name: str) -> None:
    content = broken(name)
    assert rules(content) == {DECK_DEFECTS[name].rule}
    assert Presentation(BytesIO(content)).slides


def test_every_rule_is_held_by_a_defect() -> None:
    assert {defect.rule for defect in DECK_DEFECTS.values()} | {"read-wholly"} == set(RULES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_decks_of_others_give_findings(template: str, shared: Path) -> None:
    findings = found((shared / "data/pptx-templates" / f"{template}.pptx").read_bytes())
    assert findings
    assert all(finding.message for finding in findings)


def test_a_deck_made_by_python_pptx_fails_what_it_lacks() -> None:
    presentation = Presentation()
    presentation.core_properties.title = ""
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.placeholders[1].text = "No title, and no language"
    table = slide.shapes.add_table(2, 2, 0, 0, 914400, 914400)
    table.table.first_row = False
    out = BytesIO()
    presentation.save(out)
    assert {"document-title", "slide-title", "table-header", "language"} <= rules(out.getvalue())


# -- what findings say -------------------------------------------------------------


def said(name: str) -> list[str]:
    return [f"{f.place}, {f.element}: {f.message}" for f in found(broken(name))]


def test_a_finding_names_the_slide_the_shape_and_what_to_do() -> None:
    (told,) = said("a picture without alternative text")
    assert told.startswith("slide 3, picture '")
    assert told.endswith("It has no alternative text: say in a sentence what it shows, or mark it as decorative.")


def test_a_contrast_that_is_too_low_is_told_with_both_colours_and_the_ratios() -> None:
    (told,) = said("pale text")
    assert "in #B8BEC6 on #FFFFFF has a contrast of 1.9 to 1; it needs 4.5." in told


def test_two_slides_of_one_title_are_told_with_the_number_of_the_other() -> None:
    (told,) = said("two slides of one title")
    assert told.startswith("slide 3, title '")
    assert "Slide 2 has the same title" in told


# -- reading order -----------------------------------------------------------------


def with_shapes(*boxes: tuple[int, int, int, int]) -> set[str]:
    shapes = [
        shape(910 + i, f"Text {i}", (x * 9525, y * 9525, w * 9525, h * 9525)) for i, (x, y, w, h) in enumerate(boxes)
    ]
    return rules(broken_deck(good_deck(), DeckDefect(added(*shapes), "")))


def test_columns_read_one_after_the_other_are_in_order() -> None:
    assert "reading-order" not in with_shapes((50, 900, 100, 20), (50, 940, 100, 20), (300, 900, 100, 20))


def test_a_shape_above_the_one_before_it_is_out_of_order() -> None:
    assert "reading-order" in with_shapes((50, 940, 100, 20), (50, 900, 100, 20))


def test_a_shape_left_of_the_one_before_it_is_out_of_order() -> None:
    assert "reading-order" in with_shapes((300, 900, 100, 20), (50, 900, 100, 20))


# -- alternative texts ---------------------------------------------------------------


def group(description: str) -> DeckDefect:
    members = "".join(
        f'<p:sp><p:nvSpPr><p:cNvPr id="92{i}" name="Part"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:solidFill>'
        '<a:srgbClr val="0B5C8A"/></a:solidFill></p:spPr></p:sp>'
        for i in (1, 2)
    )
    head = f'<p:nvGrpSpPr><p:cNvPr id="920" name="Group" {description}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    return DeckDefect(added(xml(f"<p:grpSp>{head}<p:grpSpPr/>{members}</p:grpSp>")), "alt-text")


def test_a_group_with_words_speaks_for_what_is_in_it() -> None:
    assert "alt-text" not in rules(broken_deck(good_deck(), group('descr="Two bars, the second twice as high"')))


def test_each_part_of_a_group_without_words_needs_its_own() -> None:
    (finding,) = found(broken_deck(good_deck(), group("")))
    assert (finding.rule, finding.count) == ("alt-text", 2)


def test_a_hidden_shape_needs_no_words() -> None:
    hidden = shape(930, fill="0B5C8A")
    hidden[0][0].set("hidden", "1")
    assert not rules(broken_deck(good_deck(), DeckDefect(added(hidden), "")))


# -- colours -------------------------------------------------------------------------


def colour(element: str) -> str:
    theme = xml(
        "<a:theme><a:themeElements><a:clrScheme><a:dk1><a:sysClr val='windowText' lastClr='000000'/></a:dk1>"
        "<a:lt1><a:srgbClr val='FFFFFF'/></a:lt1><a:accent1><a:srgbClr val='4F81BD'/></a:accent1></a:clrScheme>"
        "</a:themeElements></a:theme>"
    )
    paint = Palette(theme, {"tx1": "dk1", "bg1": "lt1"}).paint(xml(f"<a:solidFill>{element}</a:solidFill>"))
    return "unknown" if paint is None else hexadecimal(paint.over((1.0, 1.0, 1.0)))


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<a:srgbClr val="0B5C8A"/>', "#0B5C8A"),
        ('<a:schemeClr val="tx1"/>', "#000000"),
        ('<a:schemeClr val="accent1"/>', "#4F81BD"),
        # as PowerPoint shows them: black 75% lighter, its foot lines, and an accent 25% darker, 60% lighter
        ('<a:schemeClr val="tx1"><a:lumMod val="25000"/><a:lumOff val="75000"/></a:schemeClr>', "#BFBFBF"),
        ('<a:schemeClr val="tx1"><a:tint val="75000"/></a:schemeClr>', "#898989"),
        ('<a:schemeClr val="accent1"><a:lumMod val="75000"/></a:schemeClr>', "#376092"),
        ('<a:schemeClr val="accent1"><a:lumMod val="40000"/><a:lumOff val="60000"/></a:schemeClr>', "#B9CDE5"),
        ('<a:srgbClr val="000000"><a:alpha val="50%"/></a:srgbClr>', "#808080"),
        ('<a:prstClr val="navy"/>', "#000080"),
        ('<a:hslClr hue="0" sat="100000" lum="50000"/>', "#FF0000"),
        ('<a:scrgbClr r="100000" g="0" b="0"/>', "#FF0000"),
        ('<a:schemeClr val="accent9"/>', "unknown"),
        ('<a:srgbClr val="nothing"/>', "unknown"),
    ],
)
def test_a_colour_comes_down_to_what_is_seen(element: str, expected: str) -> None:
    assert colour(element) == expected


def test_what_lies_below_shines_through_a_colour() -> None:
    assert hexadecimal(Paint((0.0, 0.0, 0.0), 0.25).over((1.0, 1.0, 1.0))) == "#BFBFBF"


def test_every_text_of_the_sound_deck_is_judged_on_one_known_colour() -> None:
    deck = read_deck(Package(good_deck()))
    judged = [run for slide in deck.slides for s in slide.all_shapes for run in runs(deck, slide, s)]
    assert len(judged) > 50
    assert all(run.colour is not None and len(run.grounds) == 1 for run in judged)


def test_text_on_a_picture_is_not_judged() -> None:
    def make(parts: Parts) -> None:
        picture = parts.first("//p:pic")
        place = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="12192000" cy="6858000"/></a:xfrm>'
        picture.xpath("p:spPr", namespaces=picture.nsmap)[0].insert(0, xml(place))
        tree = picture.getparent()
        tree.insert(2, picture)

    deck = read_deck(Package(broken_deck(good_deck(), DeckDefect(make, ""))))
    slide = deck.slides[2]
    measured = [run for s in slide.all_shapes if s.is_title for run in runs(deck, slide, s)]
    assert measured
    assert not any(run.grounds for run in measured)


def test_small_print_on_a_small_slide_is_measured_by_the_slide() -> None:
    def make(parts: Parts) -> None:
        size = parts.find("ppt/presentation.xml", "//p:sldSz")[0]
        size.set("cx", str(2 * int(size.get("cx"))))
        size.set("cy", str(2 * int(size.get("cy"))))

    assert "text-size" in rules(broken_deck(good_deck(), DeckDefect(make, "text-size")))


# -- files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("ppt/presentation.xml", None),
        ("ppt/slides/slide3.xml", None),
        ("ppt/slides/slide3.xml", b"<not closed"),
        ("ppt/slides/slide3.xml", b'<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>'),
        ("ppt/slides/slide3.xml", b"<a>" * 5000 + b"</a>" * 5000),
    ],
)
def test_a_deck_with_a_part_that_is_missing_or_broken_is_damaged(part: str, content: bytes | None) -> None:
    parts = Parts(good_deck())
    if content is None:
        del parts.members[part]
    else:
        parts.members[part] = content
    with pytest.raises(ProjectError, match="is damaged"):
        audit_bytes(parts.saved(), "deck.pptx")


def test_a_part_larger_than_any_slide_is_not_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(good_deck())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b" " * 70_000_000 if name == "ppt/slides/slide3.xml" else old.read(name))
    with pytest.raises(ProjectError, match="too large"):
        audit_bytes(out.getvalue(), "deck.pptx")


def test_markup_for_newer_programs_is_read_as_they_read_it() -> None:
    inner = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="p">'
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:nvSpPr><p:cNvPr id="940" name="New"/>'
        "<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp></mc:Choice></mc:AlternateContent>"
    )
    from lxml import etree

    assert rules(broken_deck(good_deck(), DeckDefect(added(etree.fromstring(inner)), ""))) == {"alt-text"}
