"""Two decks are compared: each thing that a person changed is told, and nothing else."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches, Pt

from data.errors import ProjectError
from reports.differences import told
from reports.differences.compare import compare_bytes
from reports.differences.found import Change, Differences
from reports.differences.matching import moved
from tests.audited import outputs

PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q\0\0\0\0IEND"
    b"\xaeB`\x82"
)


def built(project: str = "machine-learning-engineer") -> bytes:
    return outputs(project, "letter")["deck.pptx"]


def saved(presentation: Any) -> bytes:
    out = BytesIO()
    presentation.save(out)
    return out.getvalue()


def strangers_deck() -> bytes:
    """A deck as people make them: generic names, two slides of one title, a chart, a table, a picture, notes."""
    deck: Any = Presentation()
    for title, words in (
        ("Welcome", "Career Center\nOpen on weekdays from nine to five"),
        ("Pay", "Pay differs by field\nEngineers earn more than most"),
        ("Agenda", "Who we are\nWhat we found"),
        ("Agenda", "What comes next\nYour questions"),
    ):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = words
        slide.notes_slide.notes_text_frame.text = f"What to say about {title.lower()}: {words.splitlines()[0]}."
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Jobs by year"
    data: Any = CategoryChartData()
    data.categories = ["2022", "2023", "2024"]
    data.add_series("Jobs", (10, 20, 30))
    data.add_series("Openings", (1, 2, None))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(6), Inches(4), data)
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Salaries"
    table = slide.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(7), Inches(2)).table
    for row, cells in enumerate((("Job", "Pay", "Openings"), ("Engineer", "$120", "5"), ("Analyst", "$100", "7"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Our building"
    picture = slide.shapes.add_picture(BytesIO(PICTURE), Inches(1), Inches(2), Inches(3), Inches(3))
    picture._element.nvPicPr.cNvPr.set("descr", "The building from the street")
    box = slide.shapes.add_textbox(Inches(5), Inches(2), Inches(3), Inches(1))
    box.text_frame.text = "Room 12 is on the second floor"
    slide.shapes.add_shape(MSO_SHAPE.OVAL, Inches(5), Inches(4), Inches(1), Inches(1))
    return saved(deck)


def edited(content: bytes, *edits: Callable[[Any], object]) -> bytes:
    deck = Presentation(BytesIO(content))
    for edit in edits:
        edit(deck)
    return saved(deck)


def order(*numbers: int) -> Callable[[Any], object]:
    """The slides of a deck in another order; what is left out is gone."""

    def edit(deck: Any) -> None:
        listed = deck.slides._sldIdLst
        entries = list(listed)
        for entry in entries:
            listed.remove(entry)
        for number in numbers:
            listed.append(entries[number - 1])

    return edit


def copied(number: int) -> Callable[[Any], object]:
    """A copy of a slide, behind all others."""

    def edit(deck: Any) -> Any:
        source = deck.slides[number - 1]
        slide = deck.slides.add_slide(source.slide_layout)
        for shape in list(slide.shapes):
            shape._element.getparent().remove(shape._element)
        for shape in source.shapes:
            slide.shapes._spTree.append(copy.deepcopy(shape._element))
        if source.has_notes_slide:
            slide.notes_slide.notes_text_frame.text = source.notes_slide.notes_text_frame.text
        return slide

    return edit


def new_slide(deck: Any) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Where to find us"
    slide.placeholders[1].text = "Hall 2, next to the library"


def chart_data(numbers: dict[str, tuple[float | None, ...]], *categories: str) -> Callable[[Any], object]:
    def edit(deck: Any) -> None:
        data: Any = CategoryChartData()
        data.categories = categories or ["2022", "2023", "2024"]
        for name, values in numbers.items():
            data.add_series(name, values)
        next(s for s in deck.slides[4].shapes if s.has_chart).chart.replace_data(data)

    return edit


def cell(row: int, column: int, words: str) -> Callable[[Any], object]:
    def edit(deck: Any) -> None:
        next(s for s in deck.slides[5].shapes if s.has_table).table.cell(row, column).text = words

    return edit


def table_row(deck: Any) -> None:
    grid = next(s for s in deck.slides[5].shapes if s.has_table).table._tbl
    row = copy.deepcopy(grid.tr_lst[2])
    for place, words in enumerate(("Teacher", "$90", "9")):
        row.tc_lst[place].txBody.p_lst[0].r_lst[0].t.text = words
    grid.tr_lst[1].addprevious(row)


def without_row(deck: Any) -> None:
    grid = next(s for s in deck.slides[5].shapes if s.has_table).table._tbl
    grid.remove(grid.tr_lst[1])


def placeholder(slide: int, words: str, index: int = 1) -> Callable[[Any], object]:
    def edit(deck: Any) -> None:
        deck.slides[slide - 1].placeholders[index].text = words

    return edit


def notes(slide: int, words: str) -> Callable[[Any], object]:
    def edit(deck: Any) -> None:
        deck.slides[slide - 1].notes_slide.notes_text_frame.text = words

    return edit


def hidden(deck: Any) -> None:
    deck.slides[1]._element.set("show", "0")


def on_building(edit: Callable[[dict[str, Any]], object]) -> Callable[[Any], object]:
    """An edit of the last slide: its picture, its text box, its oval."""

    def change(deck: Any) -> None:
        title, picture, box, oval = deck.slides[6].shapes
        edit({"title": title, "picture": picture, "box": box, "oval": oval, "slide": deck.slides[6]})

    return change


def other_picture(on: dict[str, Any]) -> None:
    with BytesIO() as out:
        from PIL import Image

        Image.new("L", (2, 2), 200).save(out, "PNG")
        _, relation = on["slide"].part.get_or_add_image_part(BytesIO(out.getvalue()))
    on["picture"]._element.blipFill.blip.rEmbed = relation


def repacked_picture(on: dict[str, Any]) -> None:
    """The same pixels in another file."""
    with BytesIO() as out:
        from PIL import Image

        Image.open(BytesIO(PICTURE)).convert("RGBA").save(out, "BMP")
        _, relation = on["slide"].part.get_or_add_image_part(BytesIO(out.getvalue()))
    on["picture"]._element.blipFill.blip.rEmbed = relation


def deleted(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda on: on[name]._element.getparent().remove(on[name]._element)


EDITS: dict[str, tuple[Callable[[Any], object], list[str]]] = {
    "a title": (placeholder(2, "Pay in 2024", 0), ["slide 2: title: “Pay” became “Pay in 2024”"]),
    "one of two sentences": (
        placeholder(1, "Career Center\nOpen on weekdays from ten to five"),
        ["slide 1: text: “Open on weekdays from nine to five” became “Open on weekdays from ten to five”"],
    ),
    "another paragraph": (
        placeholder(2, "Pay differs by field\nNobody was left out\nEngineers earn more than most"),
        ["slide 2: text is new: “Nobody was left out”"],
    ),
    "a paragraph less": (
        placeholder(2, "Pay differs by field"),
        ["slide 2: text is gone: “Engineers earn more than most”"],
    ),
    "paragraphs in another order": (
        placeholder(2, "Engineers earn more than most\nPay differs by field"),
        ["slide 2: “Engineers earn more than most” (text): it stands elsewhere in its text"],
    ),
    "notes": (
        notes(3, "What to say about agenda: nothing."),
        ["slide 3: notes: “What to say about agenda: Who we are.” became “What to say about agenda: nothing.”"],
    ),
    "notes that are gone": (notes(3, ""), ["slide 3: notes is gone: “What to say about agenda: Who we are.”"]),
    "a number of a chart": (
        chart_data({"Jobs": (10, 25, 30), "Openings": (1, 2, None)}),
        ["slide 5: chart “Jobs and Openings”: 2023, Jobs: 20 → 25"],
    ),
    "a number where none was": (
        chart_data({"Jobs": (10, 20, 30), "Openings": (1, 2, 12_000)}),
        ["slide 5: chart “Jobs and Openings”: 2024, Openings: no value → 12,000"],
    ),
    "a series more": (
        chart_data({"Jobs": (10, 20, 30), "Openings": (1, 2, None), "Interns": (1, 1, 1)}),
        ["slide 5: chart “Jobs and Openings and Interns”: Interns (series) is new"],
    ),
    "a series less": (
        chart_data({"Jobs": (10, 20, 30)}),
        ["slide 5: chart “Jobs”: Openings (series) is gone"],
    ),
    "a category more": (
        chart_data({"Jobs": (10, 20, 30, 40), "Openings": (1, 2, None, 4)}, "2022", "2023", "2024", "2025"),
        ["slide 5: chart “Jobs and Openings”: 2025 (category) is new"],
    ),
    "a category that is called otherwise": (
        chart_data({"Jobs": (10, 20, 30), "Openings": (1, 2, None)}, "2022", "2023", "May 2024"),
        ["slide 5: chart “Jobs and Openings” (category): “2024” became “May 2024”"],
    ),
    "categories in another order": (
        chart_data({"Jobs": (30, 20, 10), "Openings": (None, 2, 1)}, "2024", "2023", "2022"),
        ["slide 5: chart “Jobs and Openings” (category): its categories stand in another order"],
    ),
    "a cell": (cell(1, 1, "$125"), ["slide 6: table “Job | Pay | Openings”: Engineer, Pay: $120 → $125"]),
    "a cell that names a row": (
        cell(2, 0, "Data analyst"),
        ["slide 6: table “Job | Pay | Openings”: row 3, Job: Analyst → Data analyst"],
    ),
    "a cell that heads a column": (
        cell(0, 1, "Salary"),
        ["slide 6: table “Job | Salary | Openings”: Job, column 2: Pay → Salary"],
    ),
    "a row more": (table_row, ["slide 6: table “Job | Pay | Openings”: Teacher (row) is new: “Teacher | $90 | 9”"]),
    "a row less": (
        without_row,
        ["slide 6: table “Job | Pay | Openings”: Engineer (row) is gone: “Engineer | $120 | 5”"],
    ),
    "a slide more": (new_slide, ["slide 8 “Where to find us” is new"]),
    "a copied slide": (copied(2), ["slide 8 “Pay” is new: a copy of slide 2"]),
    "a slide less": (order(1, 2, 3, 4, 5, 7), ["slide 6 “Salaries” is gone"]),
    "one of two slides of one title": (order(1, 2, 4, 5, 6, 7), ["slide 3 “Agenda” is gone"]),
    "a slide that moved": (order(1, 5, 2, 3, 4, 6, 7), ["slide 2 “Jobs by year” was slide 5"]),
    "two slides of one title, exchanged": (order(1, 2, 4, 3, 5, 6, 7), ["slide 4 “Agenda” was slide 3"]),
    "a hidden slide": (hidden, ["slide 2 was shown, and is hidden"]),
    "another picture": (
        on_building(other_picture),
        ["slide 7: picture “The building from the street”: it shows another picture"],
    ),
    "the same picture, repacked": (on_building(repacked_picture), []),
    "another description": (
        on_building(lambda on: on["picture"]._element.nvPicPr.cNvPr.set("descr", "The library")),
        [
            "slide 7: picture “The library” (alternative text): “The building from the street” became “The library”",
        ],
    ),
    "a picture less": (on_building(deleted("picture")), ["slide 7: picture “The building from the street” is gone"]),
    "a text box less": (on_building(deleted("box")), ["slide 7: text is gone: “Room 12 is on the second floor”"]),
    "a drawing less": (on_building(deleted("oval")), ["slide 7: drawn shape is gone"]),
    "another number in a text box": (
        on_building(lambda on: setattr(on["box"].text_frame, "text", "Room 14 is on the second floor")),
        ["slide 7: text: “Room 12 is on the second floor” became “Room 14 is on the second floor”"],
    ),
    "a picture elsewhere": (
        on_building(lambda on: setattr(on["picture"], "left", Inches(1.5))),
        ["slide 7: picture “The building from the street”: it stands elsewhere on the slide"],
    ),
    "a picture, larger": (
        on_building(lambda on: setattr(on["picture"], "width", Inches(3.5))),
        ["slide 7: picture “The building from the street”: it is larger"],
    ),
    "a picture moved by a hair": (on_building(lambda on: setattr(on["picture"], "left", Inches(1) + Pt(3))), []),
    "a text box that has more room": (on_building(lambda on: setattr(on["box"], "width", Inches(4))), []),
    "a text box elsewhere": (
        on_building(lambda on: setattr(on["box"], "top", Inches(2.5))),
        ["slide 7: text “Room 12 is on the second floor”: it stands elsewhere on the slide"],
    ),
    "a name that nobody sees": (on_building(lambda on: setattr(on["box"], "name", "Something else")), []),
    "an empty text box more": (
        lambda deck: deck.slides[0].shapes.add_textbox(Inches(1), Inches(1), Inches(1), Inches(1)),
        [],
    ),
}


def said(old: bytes, new: bytes) -> list[str]:
    return [line.strip() for line in told.lines(compare_bytes(old, new))][1:]


@pytest.mark.parametrize("name", EDITS)
def test_each_single_edit_is_told_and_nothing_else(name: str) -> None:
    edit, expected = EDITS[name]
    old = strangers_deck()
    assert said(old, edited(old, edit)) == expected


def test_edits_together_are_each_told_once() -> None:
    old = strangers_deck()
    apart = ("a title", "notes", "a number of a chart", "a cell", "another picture", "a hidden slide")
    new = edited(old, *(EDITS[name][0] for name in apart))
    assert sorted(said(old, new)) == sorted(line for name in apart for line in EDITS[name][1])


def test_going_back_tells_the_same_places() -> None:
    old = strangers_deck()
    for name in ("a title", "a cell", "a slide more", "a series less"):
        new = edited(old, EDITS[name][0])
        assert len(said(new, old)) == len(said(old, new)), name


@pytest.mark.parametrize("project", ["machine-learning-engineer", "college-majors"])
def test_a_deck_is_like_itself(project: str) -> None:
    found = compare_bytes(built(project), built(project))
    assert found.changes == ()
    assert list(told.lines(found)) == [
        f"old → new: nothing differs that a reader sees ({len(Presentation(BytesIO(built(project))).slides)} slides)."
    ]


def test_a_deck_made_by_python_pptx_is_like_itself_saved_again() -> None:
    assert said(strangers_deck(), edited(strangers_deck())) == []


def test_what_stands_on_many_slides_is_told_once() -> None:
    def edit(deck: Any) -> None:
        for slide in deck.slides:
            for shape in slide.shapes:
                if shape.has_text_frame and shape.text_frame.text.startswith("Edition "):
                    shape.text_frame.paragraphs[0].runs[0].text = "Edition 0000000"

    lines = said(built(), edited(built(), edit))
    assert len(lines) == 1
    assert lines[0].endswith("became “Edition 0000000”")


def test_slides_of_our_own_deck_in_another_order_are_only_moved() -> None:
    count = len(Presentation(BytesIO(built())).slides)
    numbers = [*range(4, count + 1), 1, 2, 3]
    found = compare_bytes(built(), edited(built(), order(*numbers)))
    assert {(change.what, change.kind) for change in found.changes} == {("moved", "slide")}
    assert sorted((change.old, change.new) for change in found.changes) == [
        (1, count - 2), (2, count - 1), (3, count),
    ]  # fmt: skip


def test_what_has_nothing_in_common_is_never_paired() -> None:
    """Every slide is replaced by another one that has the same number, layout and names of shapes."""

    def edit(deck: Any) -> None:
        for number, slide in enumerate(list(deck.slides)[:4], 1):
            slide.shapes.title.text = f"{number * 111} zebras"
            slide.placeholders[1].text = f"Quagga okapi {number * 7} lemur"
            slide.notes_slide.notes_text_frame.text = ""

    found = compare_bytes(strangers_deck(), edited(strangers_deck(), edit))
    assert [(change.what, change.kind) for change in found.changes] == [("added", "slide")] * 4 + [
        ("removed", "slide")
    ] * 4


def test_the_fewest_slides_are_said_to_have_moved() -> None:
    assert moved({0: 0, 1: 1, 2: 2}) == set()
    assert moved({0: 3, 1: 0, 2: 1, 3: 2}) == {0}
    assert moved({0: 1, 1: 2, 2: 3, 3: 0}) == {3}
    assert len(moved({0: 3, 1: 2, 2: 1, 3: 0})) == 3


def test_libreoffice_changes_nothing_that_is_seen(tool: Callable[[str], str], tmp_path: Path) -> None:
    """It drops the description of native charts, which readers hear; all else is as it was."""
    (tmp_path / "deck.pptx").write_bytes(built())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [tool("soffice"), profile, "--headless", "--convert-to", "pptx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "deck.pptx")], check=True, capture_output=True, timeout=300)
    found = compare_bytes(built(), (tmp_path / "out" / "deck.pptx").read_bytes())
    assert {(change.kind, change.now) for change in found.changes} <= {("alternative text", "")}


def test_a_program_gets_all_of_it() -> None:
    old = strangers_deck()
    document = json.loads(told.as_json(compare_bytes(old, edited(old, EDITS["a cell"][0]), "a.pptx", "b.pptx")))
    assert document["unit"] == "slide"
    assert not document["same"]
    assert document["old"] == {"file": "a.pptx", "count": 7}
    assert document["changes"] == [
        {
            "what": "changed",
            "kind": "cell",
            "old": 6,
            "new": 6,
            "element": "table “Job | Pay | Openings”: Engineer, Pay",
            "before": "$120",
            "now": "$125",
            "says": "slide 6: table “Job | Pay | Openings”: Engineer, Pay: $120 → $125",
        }
    ]
    assert json.loads(told.as_json(compare_bytes(old, old)))["same"]


def test_long_texts_are_told_where_they_differ() -> None:
    words = " ".join(f"word{n}" for n in range(400))
    change = Change("changed", "text", 1, 1, "", words, words.replace("word200", "another"))
    line = list(told.lines(Differences("slide", "a", "b", (1, 1), (change,))))[1]
    assert "word200 " in line
    assert "another " in line
    assert len(line) < 300


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"Dear all", "is neither a PDF nor a PowerPoint file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "asks for a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office file"),
        (b"PK\x03\x04 and nothing else", "is damaged, or no PowerPoint file"),
    ],
)
def test_what_cannot_be_compared_is_told(content: bytes, says: str) -> None:
    for old, new in ((content, strangers_deck()), (strangers_deck(), content)):
        with pytest.raises(ProjectError) as raised:
            compare_bytes(old, new, "old.pptx", "new.pptx")
        assert says in str(raised.value)


def test_a_deck_and_a_pdf_are_not_compared() -> None:
    pdf = outputs("machine-learning-engineer", "letter")["report.pdf"]
    with pytest.raises(ProjectError, match=r"b\.pdf: is a PDF, and a\.pptx is a PowerPoint file\. Name two decks"):
        compare_bytes(strangers_deck(), pdf, "a.pptx", "b.pdf")


def test_the_command_tells_and_ends_with_0(tmp_path: Path) -> None:
    old = strangers_deck()
    (tmp_path / "old.pptx").write_bytes(old)
    (tmp_path / "new.pptx").write_bytes(edited(old, EDITS["a title"][0]))
    generate = Path(__file__).resolve().parent.parent / "generate.py"

    def run(*names: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(generate), "compare", *names]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)

    done = run("old.pptx", "new.pptx")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "old.pptx → new.pptx: 1 difference (7 slides).",
        "  slide 2: title: “Pay” became “Pay in 2024”",
    ]
    assert json.loads(run("old.pptx", "new.pptx", "--json").stdout)["changes"][0]["kind"] == "title"
    missing = run("old.pptx", "missing.pptx")
    assert missing.returncode == 2
    assert "missing.pptx: there is no such file." in missing.stderr


def test_a_chart_that_cannot_be_read_is_no_reason_to_stop() -> None:
    def edit(deck: Any) -> None:
        frame = next(s for s in deck.slides[4].shapes if s.has_chart)._element
        frame.xpath(".//c:chart")[0].set(f"{{{frame.nsmap['r']}}}id", "rId999")

    assert said(strangers_deck(), edited(strangers_deck(), edit)) == [
        "slide 5: chart “Jobs and Openings”: its numbers cannot be read in one of both files"
    ]
