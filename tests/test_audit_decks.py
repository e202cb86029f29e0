"""The audit of decks: each defect that is put in on purpose is found, and nothing is found in what is sound."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation

from data.errors import ProjectError
from reports.audit.audit import audit_bytes
from reports.audit.deck import deck_rules, styles
from reports.audit.deck.rules import RULES
from reports.audit.deck.styles import Run, runs
from reports.powerpoint import opened as package
from reports.powerpoint import read as document
from reports.powerpoint.opened import Package
from reports.powerpoint.palette import Paint, Palette, hexadecimal
from reports.powerpoint.read import read_deck
from reports.powerpoint.slides import Shape, lines_of, text_of
from tests.audited import found, good_deck, native_deck, rules
from tests.decks import TEMPLATES
from tests.defects import (
    BODY,
    DECK_DEFECTS,
    DeckDefect,
    Parts,
    added,
    attribute,
    broken_deck,
    everywhere,
    shape,
    video,
    without_sections,
    without_text,
    xml,
)


def broken(name: str) -> bytes:
    return broken_deck(good_deck(), DECK_DEFECTS[name])


def test_nothing_is_found_in_a_sound_deck() -> None:
    assert not found(good_deck())


@pytest.mark.parametrize(("said", "rule"), [(None, "alt-text"), ("chart.png", "alt-words")])
def test_a_chart_that_powerpoint_draws_needs_words_too(said: str | None, rule: str) -> None:
    assert not found(native_deck())
    defect = DeckDefect(attribute("//p:graphicFrame[.//c:chart]//p:cNvPr", "descr", said), rule)
    assert rules(broken_deck(native_deck(), defect)) == {rule}


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
    assert "in #B8BEC6 on #FFFFFF has a contrast of 1.87 to 1; it needs 4.5." in told


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


def test_what_readers_do_not_hear_may_stand_before_the_title() -> None:
    mark = (
        '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    )

    def before(look: str) -> set[str]:
        picture = xml(
            f'<p:pic><p:nvPicPr><p:cNvPr id="950" name="Ornament" descr="" {look}</p:cNvPr><p:cNvPicPr/><p:nvPr/>'
            "</p:nvPicPr><p:blipFill/><p:spPr/></p:pic>"
        )
        return rules(
            broken_deck(
                good_deck(),
                DeckDefect(lambda parts: parts.find(parts.slides[2], "//p:spTree")[0].insert(2, picture), ""),
            )
        )

    assert not before(f">{mark}")
    assert not before('hidden="1">')
    assert before(">") == {"title-first", "alt-text"}


def test_columns_read_one_after_the_other_are_in_order() -> None:
    assert "reading-order" not in with_shapes((50, 900, 100, 20), (50, 940, 100, 20), (300, 900, 100, 20))


def test_a_shape_above_the_one_before_it_is_out_of_order() -> None:
    assert "reading-order" in with_shapes((50, 940, 100, 20), (50, 900, 100, 20))


def test_shapes_that_hardly_share_a_column_or_a_row_have_no_order() -> None:
    assert "reading-order" not in with_shapes((50, 940, 100, 20), (130, 900, 100, 20))
    assert "reading-order" in with_shapes((50, 940, 100, 20), (90, 900, 100, 20))
    assert "reading-order" not in with_shapes((300, 900, 100, 100), (50, 980, 100, 100))


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


def frame(kind: str) -> Any:
    return xml(
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="930" name="Frame"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData '
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}"/></a:graphic></p:graphicFrame>'
    )


LINE = '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="930" name="Line"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr/></p:cxnSp>'


@pytest.mark.parametrize(
    ("made", "named"),
    [
        (frame("chart"), "chart 'Frame'"),
        (frame("diagram"), "diagram 'Frame'"),
        (frame("ole"), "object 'Frame'"),
        (frame("unknown"), "object 'Frame'"),
        (xml(LINE), "line 'Line'"),
    ],
)
def test_everything_that_shows_something_needs_words(made: Any, named: str) -> None:
    (finding,) = found(broken_deck(good_deck(), DeckDefect(added(made), "")))
    assert (finding.rule, finding.element) == ("alt-text", named)


def outlined(line: str) -> set[str]:
    made = shape(930)
    made[1].append(xml(f"<a:ln>{line}</a:ln>"))
    return rules(broken_deck(good_deck(), DeckDefect(added(made), "")))


def test_a_shape_that_is_not_seen_needs_no_words() -> None:
    assert not outlined("<a:noFill/>")
    assert outlined('<a:solidFill><a:srgbClr val="112233"/></a:solidFill>') == {"alt-text"}


def test_a_placeholder_that_holds_a_picture_is_not_empty() -> None:
    def make(parts: Parts) -> None:
        without_text(BODY)(parts)
        parts.first("//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='body']][not(.//a:t)]/p:spPr").append(
            xml('<a:blipFill><a:blip r:embed="rId1"/></a:blipFill>')
        )

    assert not rules(broken_deck(good_deck(), DeckDefect(make, "")))


def test_an_empty_foot_is_no_fault() -> None:
    path = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='sldNum']]"
    assert not rules(broken_deck(good_deck(), DeckDefect(without_text(path), "")))


def test_a_video_with_a_track_of_words_has_captions() -> None:
    def make(parts: Parts) -> None:
        video(parts)
        track = "{http://schemas.microsoft.com/office/powerpoint/2018/4/main}track"
        etree.SubElement(parts.first("//p:pic/p:nvPicPr/p:nvPr"), track)

    assert not rules(broken_deck(good_deck(), DeckDefect(make, "")))


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
        ('<a:srgbClr val="4F81BD"><a:inv/></a:srgbClr>', "#B07E42"),
        ('<a:srgbClr val="4F81BD"><a:shade val="50000"/></a:srgbClr>', "#385D8A"),
        ('<a:srgbClr val="4F81BD"><a:satMod val="0"/></a:srgbClr>', "#868686"),
        ('<a:srgbClr val="FF0000"><a:gray/></a:srgbClr>', "#7F7F7F"),
        ('<a:schemeClr val="phClr"/>', "unknown"),
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


# -- text --------------------------------------------------------------------------------


def test_a_contrast_just_below_the_limit_is_not_told_as_the_limit() -> None:
    (told,) = said("text that is a little too pale")
    assert "has a contrast of 4.47 to 1; it needs 4.5." in told


def test_a_single_line_with_a_typed_mark_is_no_list() -> None:
    assert not rules(broken_deck(good_deck(), DeckDefect(added(shape(940, "1. April")), "")))


def test_blanks_need_no_language() -> None:
    blank = shape(940, " ")
    del blank[2][2][0][0].attrib["lang"]
    assert "language" not in rules(broken_deck(good_deck(), DeckDefect(added(blank), "")))


def linked_words(*pieces: tuple[str, str]) -> list[str]:
    """What is told of links, given as words and goals."""
    made = shape(940)
    for words, goal in pieces:
        made[2][2].append(
            xml(f'<a:r><a:rPr lang="en-US"><a:hlinkClick r:id="{goal}"/></a:rPr><a:t>{words}</a:t></a:r>')
        )
    findings = found(broken_deck(good_deck(), DeckDefect(added(made), "")))
    return [finding.element for finding in findings if finding.rule == "link-words"]


def test_words_with_one_goal_are_one_link_and_others_are_others() -> None:
    assert linked_words(("here", "rId1"), (" is the report", "rId1")) == []
    assert linked_words(("here", "rId1"), ("The report", "rId2")) == ["link 'here'"]
    assert linked_words(("The report", "rId2"), ("more", "rId1")) == ["link 'more'"]


def lines(inner: str) -> list[str]:
    return lines_of(xml(f"<p:txBody>{inner}</p:txBody>"))


def test_a_line_break_divides_words() -> None:
    body = "<a:p><a:r><a:t>One</a:t></a:r><a:br/><a:r><a:t>two</a:t></a:r></a:p><a:p/>"
    assert lines(body) == ["One", "two", ""]
    assert text_of(xml(f"<p:txBody>{body}</p:txBody>")) == "One two"


def test_a_formula_is_something_to_read() -> None:
    formula = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x+1</m:t></m:r>'
    assert lines(f"<a:p>{formula}</m:oMath></a:p>") == ["x+1"]


def test_shapes_without_words_are_not_compared_with_what_lies_below(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(styles, "_grounds", refuse)
    deck = read_deck(Package(broken_deck(good_deck(), DeckDefect(added(shape(950, fill="0B5C8A")), ""))))
    assert not list(runs(deck, deck.slides[-1], deck.slides[-1].shapes[-1]))


def test_a_tables_cells_are_placed_once_however_many_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Shape] = []
    rows = styles._rows
    monkeypatch.setattr(styles, "_rows", lambda found: calls.append(found) or rows(found))
    deck = read_deck(Package(good_deck()))
    slide, table = next((slide, s) for slide in deck.slides for s in slide.shapes if s.kind == "table")
    assert len(list(runs(deck, slide, table))) > len(calls) == 2


STYLE = """<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:tblStyle styleId="{11111111-1111-1111-1111-111111111111}" styleName="Own">
<a:wholeTbl><a:tcTxStyle><a:srgbClr val="000001"/></a:tcTxStyle></a:wholeTbl>
<a:band1H><a:tcTxStyle><a:srgbClr val="000002"/></a:tcTxStyle></a:band1H>
<a:band2H><a:tcTxStyle><a:srgbClr val="000003"/></a:tcTxStyle></a:band2H>
<a:lastCol><a:tcTxStyle><a:srgbClr val="000004"/></a:tcTxStyle></a:lastCol>
<a:firstCol><a:tcTxStyle><a:srgbClr val="000005"/></a:tcTxStyle></a:firstCol>
<a:lastRow><a:tcTxStyle><a:srgbClr val="000006"/></a:tcTxStyle></a:lastRow>
<a:firstRow><a:tcTxStyle b="on"><a:srgbClr val="000007"/></a:tcTxStyle></a:firstRow>
</a:tblStyle></a:tblStyleLst>"""


def styled_runs(**marks: str) -> list[Run]:
    """The runs of a table of four rows and three columns."""

    def make(parts: Parts) -> None:
        parts.members["ppt/tableStyles.xml"] = STYLE.encode()
        cell = "<a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>x</a:t></a:r></a:p></a:txBody></a:tc>"
        table = parts.first("//a:tbl")
        for old in list(table):
            table.remove(old)
        look = xml("<a:tblPr><a:tableStyleId>{11111111-1111-1111-1111-111111111111}</a:tableStyleId></a:tblPr>")
        for name, value in marks.items():
            look.set(name, value)
        table.extend([look, *(xml(f'<a:tr h="1">{cell * 3}</a:tr>') for _ in range(4))])

    deck = read_deck(Package(broken_deck(good_deck(), DeckDefect(make, ""))))
    slide, table = next((slide, s) for slide in deck.slides for s in slide.shapes if s.kind == "table")
    return list(runs(deck, slide, table))


def styled_table(**marks: str) -> list[list[str]]:
    """The last digits of the colours of that table, row by row."""
    colours = [hexadecimal(run.colour.colour)[-1] if run.colour else "" for run in styled_runs(**marks)]
    return [colours[i : i + 3] for i in range(0, 12, 3)]


def test_a_cell_looks_by_the_strongest_part_of_its_tables_style() -> None:
    assert styled_table() == [["1"] * 3] * 4
    assert styled_table(bandRow="1") == [["2"] * 3, ["3"] * 3, ["2"] * 3, ["3"] * 3]
    assert styled_table(bandRow="1", firstRow="1") == [["7"] * 3, ["2"] * 3, ["3"] * 3, ["2"] * 3]
    assert styled_table(firstRow="1", lastRow="1", firstCol="1", lastCol="1") == [
        ["7", "7", "7"],
        ["5", "1", "4"],
        ["5", "1", "4"],
        ["6", "6", "6"],
    ]


# -- how text looks and what it stands on ----------------------------------------------


def looks(*shapes: Any, change: Callable[[Parts], None] | None = None) -> dict[str, Run]:
    """The first run of each shape that is added to the last slide, by the shape's name."""

    def make(parts: Parts) -> None:
        added(*shapes)(parts)
        if change is not None:
            change(parts)

    deck = read_deck(Package(broken_deck(good_deck(), DeckDefect(make, ""))))
    slide = deck.slides[-1]
    found = ((s.name, list(runs(deck, slide, s))) for s in slide.all_shapes if s.name.startswith("Added"))
    return {name: measured[0] for name, measured in found if measured}


def grounds(*shapes: Any, change: Callable[[Parts], None] | None = None) -> list[str]:
    """What the words on the last of the added shapes may stand on."""
    *_, run = looks(*shapes, change=change).values()
    return [hexadecimal(ground) for ground in run.grounds]


BIG, SMALL = (0, 6_000_000, 5_000_000, 850_000), (1_000_000, 6_100_000, 1_000_000, 500_000)
"""At the foot of the slide, where nothing else is painted; the first lies under all of the second."""


def filled(number: int, fill: str, box: tuple[int, int, int, int] = BIG) -> Any:
    """A shape with a fill of any kind."""
    made = shape(number, box=box)
    look = made[1]
    look.remove(look[-1])
    look.append(xml(fill))
    return made


HALF = '<a:solidFill><a:srgbClr val="000000"><a:alpha val="50000"/></a:srgbClr></a:solidFill>'
GRADIENT = "<a:gradFill><a:gsLst/></a:gradFill>"


def test_words_stand_on_the_nearest_shape_that_lies_under_all_of_them() -> None:
    words = shape(990, "Words", SMALL)
    beside = (1_950_000, 6_000_000, 3_000_000, 850_000)
    across = (1_500_000, 6_000_000, 3_000_000, 850_000)
    assert grounds(words) == ["#FFFFFF"]
    assert grounds(shape(991, box=BIG, fill="112233"), words) == ["#112233"]
    assert grounds(shape(991, box=BIG, fill="112233"), shape(992, box=BIG, fill="445566"), words) == ["#445566"]
    assert grounds(shape(991, box=BIG, fill="112233"), shape(992, box=BIG), words) == ["#112233"]
    assert grounds(shape(991, box=beside, fill="112233"), words) == ["#FFFFFF"]
    assert grounds(shape(991, box=across, fill="112233"), words) == []


def test_words_stand_on_what_shines_through() -> None:
    words = shape(990, "Words", SMALL)
    assert grounds(filled(991, HALF), words) == ["#808080"]
    assert grounds(filled(991, HALF), filled(992, HALF), words) == ["#404040"]
    assert grounds(shape(991, box=BIG, fill="0000FF"), filled(992, HALF), words) == ["#000080"]
    assert grounds(filled(991, GRADIENT), words) == []
    assert grounds(filled(991, GRADIENT), shape(992, box=BIG, fill="112233"), words) == ["#112233"]


def test_words_on_a_fill_of_their_own_stand_on_it() -> None:
    assert grounds(shape(990, "Words", SMALL, "112233")) == ["#112233"]
    half = filled(990, HALF, SMALL)
    half.append(shape(0, "Words")[2])
    half.remove(half[2])
    assert grounds(half) == ["#808080"]


def styled(references: str) -> Any:
    made = shape(990, "Words", SMALL)
    made[1].remove(made[1][-1])
    made.insert(2, xml(f"<p:style>{references}</p:style>"))
    return made


def test_a_shape_is_filled_and_its_words_coloured_by_its_style() -> None:
    references = (
        '<a:lnRef idx="0"/><a:fillRef idx="{}"><a:srgbClr val="112233"/></a:fillRef><a:effectRef idx="0"/>'
        '<a:fontRef idx="minor"><a:srgbClr val="FEDCBA"/></a:fontRef>'
    )
    assert grounds(styled(references.format(1))) == ["#112233"]
    assert grounds(styled(references.format(0))) == ["#FFFFFF"]
    assert grounds(styled(references.format(77))) == []
    (run,) = looks(styled(references.format(1))).values()
    assert run.colour is not None
    assert hexadecimal(run.colour.colour) == "#FEDCBA"


def test_a_background_is_the_slides_else_its_layouts_else_its_masters() -> None:
    def with_background(part: str, fill: str) -> Callable[[Parts], None]:
        def change(text: str) -> str:
            text = re.sub(r"<p:bg>.*?</p:bg>", "", text)
            return re.sub(r"(<p:cSld[^>]*>)", rf"\1<p:bg>{fill}</p:bg>", text, count=1)

        return everywhere(change, part)

    plain = '<p:bgPr><a:solidFill><a:srgbClr val="112233"/></a:solidFill><a:effectLst/></p:bgPr>'
    words = shape(990, "Words", SMALL)
    for part in (r"ppt/slideLayouts/.*\.xml", r"ppt/slideMasters/[^/]*\.xml"):
        assert grounds(words, change=with_background(part, plain)) == ["#112233"]
    reference = '<p:bgRef idx="{}"><a:srgbClr val="112233"/></p:bgRef>'
    master = r"ppt/slideMasters/[^/]*\.xml"
    assert grounds(words, change=with_background(master, reference.format(1001))) == ["#112233"]

    def on_the_themes_third(parts: Parts) -> None:
        with_background(master, reference.format(1003))(parts)
        fills = parts.find("ppt/theme/theme1.xml", "//a:bgFillStyleLst/a:solidFill")
        fills[2].getparent().replace(fills[2], xml(GRADIENT))

    assert grounds(words, change=on_the_themes_third) == []
    assert grounds(words, change=with_background(master, f"<p:bgPr>{GRADIENT}<a:effectLst/></p:bgPr>")) == []


def test_shapes_of_layout_and_master_lie_below_unless_they_are_not_shown() -> None:
    def change(on: str, hides: str = "") -> Callable[[Parts], None]:
        def make(parts: Parts) -> None:
            for name in list(parts.members):
                if re.fullmatch(rf"ppt/{on}/[^/]*\.xml", name):
                    parts.find(name, "//p:spTree")[0].append(shape(980, box=BIG, fill="112233"))
                if hides and re.fullmatch(rf"ppt/{hides}/[^/]*\.xml", name):
                    parts.root(name).set("showMasterSp", "0")

        return make

    words = shape(990, "Words", SMALL)
    assert grounds(words, change=change("slideLayouts")) == ["#112233"]
    assert grounds(words, change=change("slideMasters")) == ["#112233"]
    assert grounds(words, change=change("slideMasters", hides="slideLayouts")) == ["#FFFFFF"]
    assert grounds(words, change=change("slideMasters", hides="slides")) == ["#FFFFFF"]
    assert grounds(words, change=change("slideLayouts", hides="slides")) == ["#FFFFFF"]


def test_shapes_of_a_group_stand_where_the_group_puts_them() -> None:
    inner = shape(990, "Words", (0, 0, 100, 100))
    group = xml(
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="960" name="Group"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="1270000" y="2540000"/><a:ext cx="2540000" cy="1270000"/><a:chOff x="0" y="0"/>'
        '<a:chExt cx="200" cy="100"/></a:xfrm></p:grpSpPr></p:grpSp>'
    )
    group.append(inner)
    deck = read_deck(Package(broken_deck(good_deck(), DeckDefect(added(group), ""))))
    box = deck.slides[-1].all_shapes[-1].box
    assert box is not None
    assert (box.left, box.top, box.width, box.height) == (100, 200, 100, 100)


def test_text_that_powerpoint_shrinks_is_measured_as_it_is_shown() -> None:
    shrunk = shape(990, "Words", SMALL)
    shrunk[2][0].append(xml('<a:normAutofit fontScale="50000"/>'))
    assert [run.size for run in looks(shrunk).values()] == [10.0]


@pytest.mark.parametrize(
    ("size", "bold", "found"), [(1800, "0", False), (1700, "0", True), (1400, "1", False), (1300, "1", True)]
)
def test_large_text_needs_less_contrast(size: int, bold: str, found: bool) -> None:
    grey = shape(990, "Words", SMALL)
    look = grey[2][2][0][0]
    look.set("sz", str(size))
    look.set("b", bold)
    look.append(xml('<a:solidFill><a:srgbClr val="8A8A8A"/></a:solidFill>'))
    assert ("contrast" in rules(broken_deck(good_deck(), DeckDefect(added(grey), "")))) == found


def test_a_link_has_the_themes_colour_unless_it_says_that_it_keeps_its_own() -> None:
    def link(inner: str) -> str:
        linked = shape(990, "Words", SMALL)
        linked[2][2][0][0].append(xml('<a:solidFill><a:srgbClr val="112233"/></a:solidFill>'))
        linked[2][2][0][0].append(xml(f'<a:hlinkClick r:id="rId1">{inner}</a:hlinkClick>'))
        (run,) = looks(linked).values()
        return hexadecimal(run.colour.colour) if run.colour else ""

    kept = (
        '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr val="tx" '
        'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor"/></a:ext></a:extLst>'
    )
    assert link("") != "#112233"
    assert link(kept) == "#112233"


def test_a_placeholder_is_filled_and_sized_by_its_layout() -> None:
    def make(parts: Parts) -> None:
        for name in list(parts.members):
            if re.fullmatch(r"ppt/slideLayouts/[^/]*\.xml", name):
                for look in parts.find(name, "//p:sp[.//p:ph[@type='title']]/p:spPr"):
                    look.append(xml('<a:solidFill><a:srgbClr val="112233"/></a:solidFill>'))

    deck = read_deck(Package(broken_deck(good_deck(), DeckDefect(make, ""))))
    slide = deck.slides[2]
    (title,) = [run for s in slide.all_shapes if s.is_title for run in runs(deck, slide, s)]
    assert [hexadecimal(ground) for ground in title.grounds] == ["#112233"]


def test_a_placeholder_that_leaves_its_type_to_the_layout_is_found_there() -> None:
    def make(parts: Parts) -> None:
        marks = parts.find("ppt/slides/slide3.xml", "//p:ph[@type='body' or @type='ftr' or @type='dt']")
        assert len(marks) == 5
        for mark in marks:
            del mark.attrib["type"]

    deck = read_deck(Package(broken_deck(good_deck(), DeckDefect(make, ""))))
    sound = read_deck(Package(good_deck()))
    sizes = [[r.size for s in d.slides[2].shapes for r in runs(d, d.slides[2], s)] for d in (deck, sound)]
    assert sizes[0] == sizes[1]
    assert set(sizes[0]) == {10.5, 20.0, 30.0, 56.0}


def test_a_foot_may_be_small_wherever_it_stands() -> None:
    def make(parts: Parts) -> None:
        for foot in parts.find(parts.slides[-1], "//p:sp[.//p:ph[@type='sldNum']]"):
            place = '<a:xfrm><a:off x="9000000" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm>'
            foot.find("{*}spPr").insert(0, xml(place))
            for look in foot.iter("{*}rPr"):
                look.set("sz", "1000")

    assert "text-size" not in rules(broken_deck(good_deck(), DeckDefect(make, "")))


# -- tables by their style ----------------------------------------------------------------


def test_cells_on_a_fill_that_is_not_known_are_not_judged() -> None:
    def on(fill: str, known: bool = True) -> list[str]:
        def make(parts: Parts) -> None:
            style = f"<a:wholeTbl><a:tcStyle>{fill}</a:tcStyle></a:wholeTbl>"
            if known:
                parts.members["ppt/tableStyles.xml"] = re.sub(
                    r"(<a:tblStyle .*?>).*(</a:tblStyle>)", rf"\1{style}\2", STYLE, flags=re.DOTALL
                ).encode()
            parts.first("//a:tableStyleId").text = "{11111111-1111-1111-1111-111111111111}"
            for look in parts.first("//a:tbl").iter("{http://schemas.openxmlformats.org/drawingml/2006/main}tcPr"):
                for own in list(look):
                    look.remove(own)

        deck = read_deck(Package(broken_deck(good_deck(), DeckDefect(make, ""))))
        slide, table = next((slide, s) for slide in deck.slides for s in slide.shapes if s.kind == "table")
        run = next(runs(deck, slide, table))
        return [hexadecimal(ground) for ground in run.grounds]

    assert on('<a:fill><a:solidFill><a:srgbClr val="112233"/></a:solidFill></a:fill>') == ["#112233"]
    assert on(f"<a:fill>{HALF}</a:fill>") == ["#808080"]
    assert on("<a:fill><a:noFill/></a:fill>") == ["#FFFFFF"]
    assert on('<a:fillRef idx="1"><a:srgbClr val="112233"/></a:fillRef>') == []
    assert on("", known=False) == []


def test_cells_do_not_take_the_size_of_the_placeholder_that_their_table_stands_in() -> None:
    assert {run.size for run in styled_runs()} == {18.0}


def test_a_header_may_be_bold_by_its_tables_style() -> None:
    assert [run.bold for run in styled_runs(firstRow="1")[:4]] == [True, True, True, False]


def test_a_layouts_colours_are_those_of_its_slides() -> None:
    swapped = '<a:overrideClrMapping bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"/>'
    make = everywhere(lambda text: text.replace("<a:masterClrMapping/>", swapped), r"ppt/slideLayouts/[^/]+\.xml")
    deck = read_deck(Package(broken_deck(good_deck(), DeckDefect(make, ""))))
    slide = deck.slides[2]
    (title,) = [run for s in slide.all_shapes if s.is_title for run in runs(deck, slide, s)]
    assert title.colour is not None
    assert hexadecimal(title.colour.colour) == "#FFFFFF"
    assert hexadecimal(title.grounds[0]) != "#FFFFFF"


# -- files -----------------------------------------------------------------------------


def test_a_deck_with_more_slides_than_are_read_is_not_called_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_SLIDES", 2)
    monkeypatch.setattr(deck_rules, "MOST_SLIDES", 2)
    count = len(Presentation(BytesIO(good_deck())).slides)
    told = [f.message for f in found(good_deck()) if f.rule == "read-wholly"]
    assert told == [f"Only the first 2 of its {count} slides were checked."]


def test_a_deck_without_slides_is_told() -> None:
    def make(parts: Parts) -> None:
        for entry in parts.find("ppt/presentation.xml", "//p:sldIdLst"):
            entry.getparent().remove(entry)
        without_sections(parts)

    assert "It has no slides." in [f.message for f in found(broken_deck(good_deck(), DeckDefect(make, "")))]


def test_a_file_name_is_no_title_and_a_short_deck_needs_no_sections() -> None:
    presentation = Presentation()
    presentation.core_properties.title = "talk_final.pptx"
    out = BytesIO()
    presentation.slides.add_slide(presentation.slide_layouts[0])
    presentation.save(out)
    assert "document-title" in rules(out.getvalue())
    assert "sections" not in rules(out.getvalue())


def test_a_strict_file_is_read_as_any_other() -> None:
    usual = "http://schemas.openxmlformats.org/{}/2006/{}"
    strict = "http://purl.oclc.org/ooxml/{}/{}"
    pairs = [
        (usual.format(area, name), strict.format(area, name))
        for area, name in (
            ("drawingml", "main"),
            ("presentationml", "main"),
            ("officeDocument", "relationships"),
            ("drawingml", "table"),
        )
    ]

    def change(text: str) -> str:
        for old, new in pairs:
            text = text.replace(old, new)
        return text

    def make(parts: Parts) -> None:
        everywhere(change, r".*\.(xml|rels)")(parts)

    content = broken_deck(good_deck(), DeckDefect(make, ""))
    assert b"purl.oclc.org/ooxml/presentationml" in Parts(content).members["ppt/presentation.xml"]
    assert not rules(content)
    assert rules(broken_deck(content, DeckDefect(lambda parts: parts.members.pop("docProps/core.xml"), ""))) == {
        "document-title"
    }


def test_a_part_may_be_called_with_signs_in_percent() -> None:
    def make(parts: Parts) -> None:
        parts.members["ppt/slides/slide 3.xml"] = parts.members.pop("ppt/slides/slide3.xml")
        parts.members["ppt/slides/_rels/slide 3.xml.rels"] = parts.members.pop("ppt/slides/_rels/slide3.xml.rels")
        relations = parts.members["ppt/_rels/presentation.xml.rels"]
        parts.members["ppt/_rels/presentation.xml.rels"] = relations.replace(
            b"slides/slide3.xml", b"slides/slide%203.xml"
        )

    assert not rules(broken_deck(good_deck(), DeckDefect(make, "")))


def test_parts_that_are_large_together_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_LARGEST_SUM", 20_000)
    with pytest.raises(ProjectError, match="too large to be read"):
        audit_bytes(good_deck(), "deck.pptx")


def test_a_part_with_a_password_is_told() -> None:
    content = bytearray(good_deck())
    with zipfile.ZipFile(BytesIO(good_deck())) as archive:
        central = archive.start_dir
        names = [entry.filename for entry in archive.infolist()]
    for name in names:
        if name == "ppt/presentation.xml":
            content[central + 8] |= 1
        central += 46 + len(name)
    with pytest.raises(ProjectError, match=r"ppt/presentation.xml asks for a password"):
        audit_bytes(bytes(content), "deck.pptx")


def test_a_layout_or_master_with_more_shapes_than_are_read_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    deck = read_deck(Package(good_deck()))
    sheets = {id(sheet): sheet for slide in deck.slides for sheet in (slide.layout, slide.master) if sheet is not None}
    too_large = [sheet for sheet in sheets.values() if len(sheet.shapes) > 1]
    monkeypatch.setattr(document, "_MOST_SHAPES", 1)
    told = [f.message for f in found(good_deck()) if f.rule == "read-wholly"]
    assert sum(message.startswith(("Its layout: ", "Its master: ")) for message in told) == len(too_large) > 1


def test_a_slide_with_more_shapes_than_are_read_is_not_called_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    most = max(len(slide.all_shapes) for slide in read_deck(Package(good_deck())).slides)
    monkeypatch.setattr(document, "_MOST_SHAPES", 2 * most)
    many = added(*(shape(1000 + i, "Word") for i in range(2 * most)))
    told = [f for f in found(broken_deck(good_deck(), DeckDefect(many, ""))) if f.rule == "read-wholly"]
    assert [f.message for f in told] == ["There are too many shapes, or groups in groups: not all were checked."]


def test_groups_deeper_than_are_read_are_told() -> None:
    inner = shape(960, "Word")
    for i in range(25):
        outer = xml(
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{970 + i}" name="Group"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
            "<p:grpSpPr/></p:grpSp>"
        )
        outer.append(inner)
        inner = outer
    assert "read-wholly" in rules(broken_deck(good_deck(), DeckDefect(added(inner), "")))


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
    with pytest.raises(ProjectError, match="would unpack to"):
        audit_bytes(out.getvalue(), "deck.pptx")


def test_markup_for_newer_programs_is_read_as_they_read_it() -> None:
    inner = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="p">'
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:nvSpPr><p:cNvPr id="940" name="New"/>'
        "<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp></mc:Choice></mc:AlternateContent>"
    )
    assert rules(broken_deck(good_deck(), DeckDefect(added(etree.fromstring(inner)), ""))) == {"alt-text"}
