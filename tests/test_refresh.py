"""A deck that people edited and new data: what becomes of each side of a shape, of slides, and of the record."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.util import Emu, Pt
from python_calamine import CalamineWorkbook

from reports.deck.writer import write_deck
from reports.document.blocks import Document
from reports.powerpoint.opened import BrokenPackageError
from reports.powerpoint.packed import zipped
from reports.powerpoint.record.carriers import DamagedRecordError
from reports.refresh.outcomes import Outcome, Refreshed
from reports.refresh.refresh import NoRecordError, StrangerError, StrictError, refresh_deck
from reports.refresh.words import merged, tokens
from tests.charting import bars_of, chart_of
from tests.decks import BRAND, audit, document, everything, figure, heading, paragraph, points, salaries
from tests.edit_checks import File, at
from tests.refreshing import CHANGES, DATA, deck, not_new, record, talk
from tests.soundness import faults


def edited(edit: Callable[[Any], None], content: bytes | None = None) -> bytes:
    """The deck after an edit by a program that keeps whatever it does not know."""
    opened = Presentation(io.BytesIO(deck() if content is None else content))
    edit(opened)
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


def on(presentation: Any, title: str) -> Any:
    return next(one for one in presentation.slides if one.shapes.title.text_frame.text.startswith(title))


def shape(presentation: Any, title: str, name: str) -> Any:
    return next(one for one in on(presentation, title).shapes if one.name == name)


def typed(title: str, name: str, old: str, new: str) -> Callable[[Any], None]:
    """Type over words in one run."""

    def edit(presentation: Any) -> None:
        for line in shape(presentation, title, name).text_frame.paragraphs:
            for run in line.runs:
                run.text = run.text.replace(old, new)

    return edit


def refreshed(edit: Callable[[Any], None], change: str = "numbers") -> tuple[Refreshed, File]:
    done = refresh_deck(edited(edit), deck(change))
    assert faults(done.content) == []
    return done, File(done.content)


def told(done: Refreshed, *verdicts: Any) -> list[tuple[str, str, str]]:
    return [(one.verdict, one.shape, one.facet) for one in done.of(*verdicts)]


# -- nobody edited it ------------------------------------------------------------------


@pytest.mark.parametrize("change", CHANGES)
def test_an_unedited_deck_refreshed_is_the_fresh_one_to_the_byte(change: str) -> None:
    done = refresh_deck(deck(), deck(change))
    assert done.changed
    assert done.content == deck(change)


def documents() -> list[tuple[Document, Document]]:
    a, b, c = (
        (heading(name, name=name), points(f"{name} says {number}"), figure(f"Of {name}", f"chart-{name}"))
        for name, number in (("alpha", 1), ("beta", 2), ("gamma", 3))
    )
    return [
        (document(*a, *b, *c), document(*c, *a, *b)),
        (document(*a, *b, *c), document(*b)),
        (document(*b), document(*a, *b, *c)),
        (document(*a, *b), document(*a, *c)),
        (document(*a, title="One title"), document(*a, title="Another title", language="de-DE")),
        (everything(), replace(everything(), draft=True, edition="0000001")),
    ]


@pytest.mark.parametrize("place", range(6))
def test_slides_that_move_come_and_go_in_the_story_do_so_in_an_unedited_deck(place: int) -> None:
    before, after = (write_deck(one, BRAND) for one in documents()[place])
    assert refresh_deck(before, after).content == after


def test_the_same_data_change_nothing_whoever_edited_the_deck() -> None:
    content = edited(typed("What we found", "Body", "12.4%", "13%"))
    done = refresh_deck(content, deck())
    assert (done.changed, done.content) == (False, content)
    assert told(done, "kept") == [("kept", "Body", "text")]


def test_a_deck_is_made_with_the_same_bytes_whenever_it_is_refreshed() -> None:
    content = edited(typed("What we found", "Body", "are satisfied", "like it"))
    assert refresh_deck(content, deck("all")).content == refresh_deck(content, deck("all")).content


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3))
def test_any_changes_one_after_another_end_where_the_last_one_leads(changes: list[str]) -> None:
    content = deck()
    for change in changes:
        content = refresh_deck(content, deck(change)).content
    assert content == deck(changes[-1])


def as_powerpoint_saves(presentation: Any) -> None:
    """What PowerPoint adds to a deck that nobody changed: marks of spelling, ids of shapes, the ends of paragraphs."""
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    for slide in presentation.slides:
        for look in slide._element.iter(f"{drawing}rPr"):
            look.set("dirty", "0")
        for line in slide._element.iter(f"{drawing}p"):
            if line.find(f"{drawing}endParaRPr") is None:
                line.append(line.makeelement(f"{drawing}endParaRPr", {"lang": "en-US", "dirty": "0"}))
        for named in slide._element.xpath(".//p:cNvPr"):
            if named.find(f"{drawing}extLst") is None:
                listed = named.makeelement(f"{drawing}extLst", {})
                named.append(listed)
                mark = listed.makeelement(f"{drawing}ext", {"uri": "{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}"})
                listed.append(mark)


@pytest.mark.parametrize("change", CHANGES)
def test_what_powerpoint_adds_to_every_shape_is_no_edit(change: str) -> None:
    done, _ = refreshed(as_powerpoint_saves, change)
    assert told(done, "kept", "conflict", "merged", "deleted") == []
    assert not_new(done, deck(change), ()) == []


def test_a_deck_without_notes_pages_gets_them_again() -> None:
    content = without(deck(), "ppt/notesSlides/", "ppt/notesMasters/")
    found = members(content)
    import re

    name = "ppt/presentation.xml"
    found[name] = re.sub(rb"<p:notesMasterIdLst>.*?</p:notesMasterIdLst>", b"", found[name])
    done = refresh_deck(zipped(found), deck("numbers"))
    assert faults(done.content) == []
    assert "Pay is 125,000 dollars." in File(done.content).notes("three")


def test_pictures_become_charts_where_she_put_them_and_back() -> None:
    def edit(presentation: Any) -> None:
        one = shape(presentation, "Engineers", "Chart")
        one.left, one.top = Emu(1_000_000), Emu(2_000_000)

    pictures, native = (
        write_deck(talk(DATA[change]), BRAND, "picture" if change else "native") for change in ("numbers", "")
    )
    for before, after in ((native, pictures), (pictures, deck("numbers"))):
        done = refresh_deck(edited(edit, before), after)
        assert faults(done.content) == []
        chart = File(done.content).shape("Chart", "salaries")
        assert at(chart, 1_000_000, 2_000_000)
        assert chart.has_chart == (after is not pictures)
        assert told(done, "conflict") == []


# -- text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "both"),
    [
        ("Pay rose by 12.4%", "Pay jumped by 12.4%", "Pay rose by 13.1%", "Pay jumped by 13.1%"),
        ("Pay rose by 12.4%", "Pay rose by 12.5%", "Pay rose by 13.1%", None),
        ("Pay rose by 12.4%", "Pay rose by 13.1%", "Pay rose by 13.1%", "Pay rose by 13.1%"),
        ("a\nb\nc", "a\nb\nc\nmine", "a\nB\nc", "a\nB\nc\nmine"),
        ("a\nb\nc", "a\nc", "A\nb\nc", "A\nc"),
        ("a\nb", "a\nb\nmine", "a\nb\nours", None),
        ("$1,200 a year", "$1,200 each year", "$1,300 a year", "$1,300 each year"),
    ],
)
def test_words_of_both_sides_are_merged_unless_they_are_the_same_words(
    base: str, theirs: str, ours: str, both: str | None
) -> None:
    assert merged(base, theirs, ours) == both
    assert merged(base, ours, theirs) == both


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=40))
def test_a_text_is_the_sum_of_its_tokens_and_merged_with_itself_is_the_other(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert merged(text, text, "other") == "other"
    assert merged(text, "other", text) == "other"


def test_a_number_is_one_word_with_its_sign_currency_and_per_cent() -> None:
    assert [one for one in tokens("from $1,234.50 to −3 % or 12.4%") if one.strip()] == [
        "from", "$1,234.50", "to", "−3 %", "or", "12.4%",
    ]  # fmt: skip


def test_a_word_of_hers_and_a_number_of_ours_stand_in_one_sentence_and_are_told() -> None:
    done, file = refreshed(typed("What we found", "Body", "are satisfied", "like it"))
    assert "Of all, 87% like it with their work" in file.text("Body", "found")
    assert told(done, "merged", "conflict") == [("merged", "Body", "text")]


def test_both_changed_the_number_and_hers_stays_until_it_is_settled() -> None:
    done, file = refreshed(typed("What we found", "Body", "12.4%", "12.5%"))
    (conflict,) = done.of("conflict")
    assert (conflict.slide, conflict.shape, conflict.number) == ("What we found", "Body", 5)
    assert "12.5%" in conflict.theirs
    assert "13.1%" in conflict.ours
    assert "12.5%" in file.text("Body", "found")
    again = refresh_deck(done.content, deck("numbers"))
    assert told(again, "conflict") == [("conflict", "Body", "text")]
    settled = refresh_deck(done.content, deck("numbers"), settled=True)
    assert (settled.changed, told(settled, "conflict")) == (True, [])
    assert told(refresh_deck(settled.content, deck("numbers")), "conflict") == []


def test_a_conflict_is_settled_by_writing_the_new_number() -> None:
    done, _ = refreshed(typed("What we found", "Body", "12.4%", "12.5%"))
    mended = edited(typed("What we found", "Body", "12.5%", "13.1%"), done.content)
    mended = edited(typed("What we found", "Body", "85%", "87%"), mended)
    assert told(refresh_deck(mended, deck("numbers")), "conflict", "kept") == []


def test_bold_words_stay_bold_and_their_number_is_new() -> None:
    def edit(presentation: Any) -> None:
        (run,) = shape(presentation, "What we found", "Body").text_frame.paragraphs[0].runs
        run.font.bold, run.font.size = True, Pt(31)

    _, file = refreshed(edit)
    (run,) = file.shape("Body", "found").text_frame.paragraphs[0].runs
    assert (run.text, run.font.bold, run.font.size) == ("Pay rose by 13.1% in a year", True, Pt(31))


def test_a_text_that_she_emptied_stays_empty_and_is_told() -> None:
    def edit(presentation: Any) -> None:
        shape(presentation, "Read with care", "Callout").text_frame.text = ""

    done, file = refreshed(edit)
    assert file.text("Callout", "care") == ""
    assert told(done, "conflict") == [("conflict", "Callout", "text")]


# -- place, pictures, charts, tables ---------------------------------------------------


def test_a_moved_picture_stays_where_it_is_shows_the_new_numbers_and_keeps_its_proportions() -> None:
    def edit(presentation: Any) -> None:
        one = shape(presentation, "Pay by points", "Chart")
        one.left, one.top, one.width, one.height = (
            Emu(1_000_000),
            Emu(2_000_000),
            Emu(one.width // 2),
            Emu(one.height // 2),
        )

    for change in CHANGES:
        done, file = refreshed(edit, change)
        new = next(one for one in record(deck(change)).slides if one.key == "dots").shapes["Chart"]
        picture = file.shape("Chart", "dots")
        assert at(picture, 1_000_000, 2_000_000)
        assert new.place is not None
        assert picture.width / picture.height == pytest.approx(new.place[2] / new.place[3], rel=0.01)
        assert told(done, "conflict") == []
        assert record_of(done, "dots").files == new.files


def record_of(done: Refreshed, key: str) -> Any:
    return next(one for one in record(done.content).slides if one.key == key).shapes["Chart"]


def chart_values(file: File) -> dict[str, float]:
    plot = file.shape("Chart", "salaries").chart.plots[0]
    return dict(zip(plot.categories, plot.series[0].values))


def in_chart(**numbers: float) -> Callable[[Any], None]:
    """Numbers typed into the workbook of a chart."""

    def edit(presentation: Any) -> None:
        chart = shape(presentation, "Engineers", "Chart").chart
        plot = chart.plots[0]
        found = {**dict(zip(plot.categories, plot.series[0].values)), **numbers}
        data = CategoryChartData()
        data.categories = list(found)
        data.add_series(plot.series[0].name, list(found.values()))
        chart.replace_data(data)

    return edit


def test_a_number_that_she_typed_into_a_chart_stays_and_the_others_are_new() -> None:
    done, file = refreshed(in_chart(Clerk=91_000, Engineer=121_000, Baker=50_000))
    assert chart_values(file) == {
        "Engineer": 121_000, "Analyst": 111_000, "Clerk": 91_000, "Nurse": 99_000, "Baker": 50_000,
    }  # fmt: skip
    assert told(done, "conflict") == [("conflict", "Chart", "Average pay, Engineer")]
    assert ("kept", "Chart", "Average pay, Clerk") in told(done, "kept")


def months(count: int) -> bytes:
    """A deck with a line through so many months, which stands on an axis of days."""
    names = [f"{2024 + i // 12}-{i % 12 + 1:02}" for i in range(count)]
    line = chart_of("line", names, [100 + count * i for i in range(count)], along="date")
    return write_deck(document(heading("Postings"), replace(figure(), chart=line)), BRAND)


def the_chart(presentation: Any) -> Any:
    """The only chart of a deck."""
    (found,) = (one.chart for slide in presentation.slides for one in slide.shapes if one.has_chart)
    return found


def test_months_of_a_chart_stay_days_of_its_axis_and_of_its_workbook() -> None:
    done = refresh_deck(edited(lambda deck: setattr(the_chart(deck), "has_title", True), months(24)), months(25))
    mine, new = the_chart(File(done.content)), the_chart(File(months(25)))
    assert mine.has_title  # she set it, and the numbers are new
    assert not new.has_title
    for name in ("cat", "val"):
        said = [etree.tostring(next(one._chartSpace.iter(tag(name))), method="c14n") for one in (mine, new)]
        assert said[0] == said[1]
    rows = [
        CalamineWorkbook.from_filelike(io.BytesIO(one.part.chart_workbook.xlsx_part.blob))
        .get_sheet_by_index(0)
        .to_python()[1:]
        for one in (mine, new)
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) == 25
    assert isinstance(rows[0][0][0], datetime.date)


def set_step(presentation: Any, step: str) -> None:
    next(the_chart(presentation)._chartSpace.iter(tag("dateAx"))).find(tag("majorUnit")).set("val", step)


def axis_step(content: bytes) -> str:
    axis = next(the_chart(File(content))._chartSpace.iter(tag("dateAx")))
    return str(axis.find(tag("majorUnit")).get("val"))


def test_an_axis_of_days_has_the_step_of_the_new_months_unless_she_set_another() -> None:
    few, many = months(10), months(120)
    assert axis_step(few) != axis_step(many)
    titled = edited(lambda deck: setattr(the_chart(deck), "has_title", True), few)
    assert axis_step(refresh_deck(titled, many).content) == axis_step(many)
    hers = edited(lambda deck: set_step(deck, "5"), few)
    assert axis_step(refresh_deck(hers, many).content) == "5"


def dots(**pay: tuple[int, int]) -> bytes:
    """A deck with dots for two measures of each row."""
    shown = bars_of([*pay], {"Men": [one for one, _ in pay.values()], "Women": [other for _, other in pay.values()]})
    return write_deck(document(heading("Pay"), replace(figure(), chart=replace(shown, kind="dot"))), BRAND)


def type_number(presentation: Any, cell: str, number: str) -> None:
    """A number of a chart as PowerPoint leaves it behind when somebody wrote it into the sheet."""
    for series in the_chart(presentation)._chartSpace.iter(tag("ser")):
        if (
            str(series.findtext(f"{tag('xVal')}/{tag('numRef')}/{tag('f')}")).endswith(cell)
            and series.find(f"{tag('tx')}/{tag('strRef')}") is not None
        ):
            next(series.find(tag("xVal")).iter(tag("v"))).text = number


def across(presentation: Any) -> dict[str, list[str]]:
    """Rows of dots by their names."""
    return {
        str(series.findtext(f"{tag('tx')}//{tag('v')}")): [str(v.text) for v in series.find(tag("xVal")).iter(tag("v"))]
        for series in the_chart(presentation)._chartSpace.iter(tag("ser"))
        if series.find(f"{tag('tx')}/{tag('strRef')}") is not None
    }


def test_dots_have_new_numbers_and_hers_are_a_conflict() -> None:
    old, new = dots(Nursing=(79, 77), Finance=(50, 47)), dots(Nursing=(81, 77), Finance=(51, 47))
    moved = edited(lambda deck: setattr(the_chart(deck), "has_title", False), old)
    assert across(File(refresh_deck(moved, new).content))["Nursing"] == ["81", "77"]
    done = refresh_deck(edited(lambda deck: type_number(deck, "$B$2:$C$2", "80"), old), new)
    assert [facet for _, _, facet in told(done, "conflict")] == ["numbers"]
    assert across(File(done.content))["Nursing"] == ["80", "77"]
    same = refresh_deck(edited(lambda deck: type_number(deck, "$B$2:$C$2", "80"), old), old)
    assert not told(same, "conflict")
    assert across(File(same.content))["Nursing"] == ["80", "77"]


def test_dots_that_another_program_saved_are_untouched_where_they_say_the_same() -> None:
    """LibreOffice writes fields of labels as words, points as looks of their own, and fills short series up."""

    def saved(presentation: Any, words: str = "79") -> None:
        series = next(
            one for one in the_chart(presentation)._chartSpace.iter(tag("ser")) if one.find(tag("dPt")) is not None
        )
        field = next(one for one in series.iter() if str(one.tag).endswith("}fld"))
        run = field.makeelement(field.tag.replace("fld", "r"), {})
        run.extend(one for one in list(field) if str(one.tag).endswith(("}rPr", "}t")))
        run[-1].text = words
        field.getparent().replace(field, run)
        last = [*the_chart(presentation)._chartSpace.iter(tag("ser"))][-1]
        last.find(tag("xVal")).find(f".//{tag('ptCount')}").set("val", "9")

    old, new = dots(Nursing=(79, 77), Finance=(50, 47)), dots(Nursing=(81, 77), Finance=(51, 47))
    done = refresh_deck(edited(saved, old), new)
    assert not told(done, "conflict")
    assert across(File(done.content))["Nursing"] == ["81", "77"]
    assert told(refresh_deck(edited(lambda deck: saved(deck, "about 80"), old), new), "conflict")


def test_a_category_that_is_no_day_on_an_axis_of_days_is_a_conflict() -> None:
    def edit(presentation: Any) -> None:
        cache = next(the_chart(presentation)._chartSpace.iter(tag("cat")))
        next(cache.iter(tag("v"))).text = "soon"

    done = refresh_deck(edited(edit, months(24)), months(25))
    assert [facet for _, _, facet in told(done, "conflict")] == ["categories"]


def test_rows_that_come_and_go_do_so_in_a_chart_and_her_colour_stays_with_its_bar() -> None:
    def edit(presentation: Any) -> None:
        from pptx.dml.color import RGBColor

        point = shape(presentation, "Engineers", "Chart").chart.plots[0].series[0].points[3]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = RGBColor(0x2E, 0x7D, 0x32)

    _, file = refreshed(edit, "all")
    assert chart_values(file) == {"Engineer": 126_000, "Driver": 81_000, "Analyst": 112_000, "Nurse": 97_000}
    series = file.shape("Chart", "salaries").chart.plots[0].series[0]
    marked = {int(one.find(tag("idx")).get("val")): one for one in series._element.iter(tag("dPt"))}
    assert sorted(marked) == [0, 3]  # the highlight, and the nurse's
    assert "2E7D32" in str([one.get("val") for one in marked[3].iter()])


def tag(name: str) -> str:
    return "{http://schemas.openxmlformats.org/drawingml/2006/chart}" + name


def test_a_highlight_goes_to_the_bar_that_stands_out_now() -> None:
    before = document(figure("Best paid", "best", salaries((("A", 9), ("B", 5), ("C", 1)))))
    after = document(figure("Best paid", "best", salaries((("B", 10), ("C", 1), ("A", 9)))))
    old, new = write_deck(before, BRAND), write_deck(after, BRAND)
    moved = edited(lambda deck: setattr(deck.slides[1].shapes[2].chart, "has_title", True), old)
    done = refresh_deck(moved, new)
    file = File(done.content)
    chart = next(one.chart for one in file.slides[1].shapes if one.has_chart)
    fresh = next(one.chart for one in File(new).slides[1].shapes if one.has_chart)

    def points_of(one: Any) -> list[str]:
        return [str(point.find(tag("idx")).get("val")) for point in one._chartSpace.iter(tag("dPt"))]

    assert points_of(chart) == points_of(fresh)
    assert chart.has_title
    assert list(chart.plots[0].categories) == ["B", "C", "A"]


def test_her_cell_and_row_stay_and_the_other_cells_are_new() -> None:
    def edit(presentation: Any) -> None:
        table = shape(presentation, "All jobs", "Table").table
        table.cell(2, 1).text_frame.paragraphs[0].runs[0].text = "see note"

    done, file = refreshed(edit, "all")
    assert [row[:2] for row in file.cells()[1:]] == [
        ["Engineer", "$126,000"], ["Driver", "$81,000"], ["Analyst", "see note"], ["Nurse", "$97,000"],
    ]  # fmt: skip
    assert told(done, "conflict") == [("conflict", "Table", "cell Analyst / Pay")]


def test_a_row_that_she_deleted_stays_deleted() -> None:
    def edit(presentation: Any) -> None:
        row = shape(presentation, "All jobs", "Table").table._tbl.tr_lst[3]
        row.getparent().remove(row)

    done, file = refreshed(edit)
    assert [row[0] for row in file.cells()] == ["Job", "Engineer", "Analyst", "Nurse"]
    assert ("kept", "Table", "row Clerk") in told(done, "kept")


# -- slides ----------------------------------------------------------------------------


def test_her_slide_stays_behind_the_one_it_stands_behind_and_a_new_one_comes_to_its_neighbour() -> None:
    def edit(presentation: Any) -> None:
        new = presentation.slides.add_slide(presentation.slide_layouts[1])
        new.shapes.title.text_frame.text = "A slide of my own"
        entries = presentation.slides._sldIdLst
        entries.insert(5, entries[-1])  # behind what was found

    done, file = refreshed(edit, "story")
    titles = [one.shapes.title.text_frame.text for one in file.slides]
    place = titles.index("A slide of my own")
    assert titles[place - 1] == "What we see this year"
    assert titles[titles.index("Engineers earn $120,000") + 1] == "A slide of this year"
    assert told(done, "conflict") == []


def test_a_slide_that_is_not_in_the_story_any_more_stays_where_she_changed_it() -> None:
    done, file = refreshed(typed("Old news", "Body", "good", "splendid"), "story")
    assert "splendid" in file.everything()
    assert told(done, "conflict") == [("conflict", "", "gone")]
    assert told(refresh_deck(done.content, deck("story")), "conflict") == [("conflict", "", "gone")]
    back = refresh_deck(done.content, deck())  # the story has it again
    assert (told(back, "added", "conflict"), "splendid" in File(back.content).everything()) == ([], True)


def test_the_same_words_under_another_heading_are_the_same_slide() -> None:
    _, file = refreshed(typed("What we found", "Body", "are satisfied", "like it"), "story")
    assert "found" not in file.keys
    assert file.text("Title", "found-2") == "What we see this year"
    assert "like it" in file.text("Body", "found-2")


def test_a_slide_whose_chart_stays_is_the_same_slide_under_any_heading() -> None:
    before = document(heading("Engineers lead", name="engineers-lead"), figure("Pay", "pay-1"))
    after = document(
        heading("A wholly other claim", name="a-wholly-other-claim"),
        figure("Money", "pay-1", salaries((("X", 1), ("Y", 2)))),
    )
    old, new = write_deck(before, BRAND), write_deck(after, BRAND)
    moved = edited(lambda deck: setattr(deck.slides[1].shapes[-1], "left", Emu(300_000)), old)
    done = refresh_deck(moved, new)
    assert told(done, "added", "removed", "conflict") == []


def test_a_layout_that_changes_with_the_words_carries_what_she_moved() -> None:
    before = document(heading("Pay", name="pay"), points("Short"), figure("Pay", "pay-1"))
    after = document(heading("Pay", name="pay"), figure("Pay", "pay-1"))
    old, new = write_deck(before, BRAND), write_deck(after, BRAND)

    def edit(presentation: Any) -> None:
        presentation.slides[1].shapes.title.text_frame.text = "My title"

    done = refresh_deck(edited(edit, old), new)
    slide = File(done.content).slides[1]
    assert slide.slide_layout.name == File(new).slides[1].slide_layout.name
    assert [(one.name, at(one, *place)) for one, place in zip(slide.shapes, places(new))] == [
        (one.name, True) for one in File(new).slides[1].shapes
    ]
    assert slide.shapes.title.text_frame.text == "My title"


def places(content: bytes) -> list[tuple[int, int, int, int]]:
    return [(one.left, one.top, one.width, one.height) for one in File(content).slides[1].shapes]


def test_a_link_to_a_slide_that_she_deleted_leads_nowhere() -> None:
    def edit(presentation: Any) -> None:
        entries = presentation.slides._sldIdLst
        entry = entries[presentation.slides.index(on(presentation, "Engineers earn"))]
        presentation.part.drop_rel(entry.rId)
        entries.remove(entry)

    before = write_deck(everything(), BRAND)
    after = write_deck(replace(everything(), edition="0000002"), BRAND)
    done = refresh_deck(edited(edit, before), after)
    assert faults(done.content) == []
    file = File(done.content)
    assert "Engineers earn the most" not in [one.shapes.title.text_frame.text for one in file.slides]
    slide = next(one for one in file.slides if one.shapes.title.text_frame.text == "Text of every kind")
    assert [rel.reltype for rel in slide.part.rels.values() if rel.reltype.endswith("/slide")] == []


def test_comments_and_animations_are_never_touched() -> None:
    def edit(presentation: Any) -> None:
        slide = on(presentation, "What we found")
        slide._element.append(
            slide._element.makeelement("{http://schemas.openxmlformats.org/presentationml/2006/main}timing", {})
        )

    _, file = refreshed(edit)
    (timing,) = [one for one in file.slide("found")._element if one.tag.endswith("}timing")]
    assert timing is not None
    assert "13.1%" in file.text("Body", "found")


# -- the record ------------------------------------------------------------------------


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def without(content: bytes, *endings: str) -> bytes:
    """A deck of which a program dropped some parts, and what refers to them."""
    import re

    found = members(content)
    for name in list(found):
        if name.startswith(endings):
            del found[name]
    for name in [name for name in found if name.endswith(".rels") or name == "[Content_Types].xml"]:
        for ending in endings:
            found[name] = re.sub(
                rb'<(Relationship|Override) [^>]*"[^"]*' + ending.encode() + rb"[^>]*/>", b"", found[name]
            )
    return zipped(found)


@pytest.mark.parametrize("dropped", ["customXml/", "docProps/custom.xml"])
def test_one_copy_of_the_record_is_enough(dropped: str) -> None:
    content = without(deck(), dropped)
    assert record(content) == record(deck())
    done = refresh_deck(content, deck("numbers"))
    assert faults(done.content) == []
    assert record(done.content) == record(deck("numbers"))


def test_without_a_record_a_deck_is_not_refreshed() -> None:
    with pytest.raises(NoRecordError):
        refresh_deck(without(deck(), "customXml/", "docProps/custom.xml"), deck("numbers"))


def test_a_damaged_record_is_told_from_none() -> None:
    found = members(deck())
    found["customXml/item1.xml"] = b'<record xmlns="urn:fairsheet:record:1">eJ!!</record>'
    assert record(zipped(found)) == record(deck())  # of the other copy
    found["docProps/custom.xml"] = found["docProps/custom.xml"].replace(b"0002", b"0009")
    with pytest.raises(DamagedRecordError):
        refresh_deck(zipped(found), deck("numbers"))


def test_a_deck_of_another_project_is_refused() -> None:
    other = write_deck(document(heading("Other"), paragraph("Words"), title="Another project"), BRAND)
    with pytest.raises(StrangerError, match="Another project"):
        refresh_deck(other, deck())


def test_a_strict_deck_is_refused() -> None:
    found = members(deck())
    name = "ppt/presentation.xml"
    found[name] = found[name].replace(
        b"http://schemas.openxmlformats.org/presentationml/2006/main", b"http://purl.oclc.org/ooxml/presentationml/main"
    )
    with pytest.raises(StrictError):
        refresh_deck(zipped(found), deck("numbers"))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_deck_that_was_cut_off_is_refused(share: float) -> None:
    with pytest.raises(BrokenPackageError):
        refresh_deck(deck()[: int(len(deck()) * share)], deck("numbers"))


def test_the_record_is_small_and_its_properties_are_short(tmp_path: Path) -> None:
    found = members(deck())
    assert len(found["customXml/item1.xml"]) < 12_000
    properties = Presentation(io.BytesIO(deck())).part.package
    custom = next(part for part in properties.iter_parts() if str(part.partname) == "/docProps/custom.xml")
    from lxml import etree

    texts = ["".join(one.itertext()) for one in etree.fromstring(custom.blob)]
    assert max(map(len, texts)) <= 255
    assert audit(deck(), tmp_path) == []


def test_marks_do_not_follow_from_titles_or_places() -> None:
    keys = {one.key: (one.number, one.creation) for one in record(deck()).slides}
    later = {one.key: (one.number, one.creation) for one in record(deck("all")).slides}
    assert all(later[key] == marks for key, marks in keys.items() if key in later)
    other = write_deck(replace(talk(DATA[""]), title="Another title"), BRAND)
    assert {one.key: (one.number, one.creation) for one in record(other).slides} == keys


def test_a_slide_is_told_by_its_place_in_the_deck_as_it_is_now() -> None:
    def edit(presentation: Any) -> None:
        entries = presentation.slides._sldIdLst
        entries.insert(1, entries[4])
        typed("What we found", "Body", "12.4%", "12.5%")(presentation)

    done, file = refreshed(edit)
    (conflict,) = done.of("conflict")
    assert isinstance(conflict, Outcome)
    assert file.keys[conflict.number - 1] == "found" == conflict.key
