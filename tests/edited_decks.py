"""Edits of a deck as people make them, each with what must be told of it and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches, Pt

PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q\0\0\0\0IEND"
    b"\xaeB`\x82"
)


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
        Image.new("L", (2, 2), 200).save(out, "PNG")
        _, relation = on["slide"].part.get_or_add_image_part(BytesIO(out.getvalue()))
    on["picture"]._element.blipFill.blip.rEmbed = relation


def repacked_picture(on: dict[str, Any]) -> None:
    """The same pixels in another file."""
    with BytesIO() as out:
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
