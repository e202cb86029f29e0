"""Of each edit that a person makes: which shapes it touches, and whether it is still there in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from reports.powerpoint.record.identity import marker_of
from tests.refreshing import DATA, Data, Shape

FOUND = ("found", "found-2")
ALL_TITLES = tuple((key, "Title") for key in (
    "title", "three", "pay", "salaries", *FOUND, "care", "glance", "quote", "side", "what-next", "about-data", "dots",
    "old-news", "old-news~2",
))  # fmt: skip


class File:
    """A deck, as a person who knows what she wrote looks through it."""

    def __init__(self, content: bytes) -> None:
        self.deck = Presentation(BytesIO(content))
        self.slides = list(self.deck.slides)
        self.keys = [self._key(one) for one in self.slides]

    def _key(self, slide: Any) -> str:
        marker = marker_of(slide.notes_slide._element) if slide.has_notes_slide else None
        return marker.key if marker else ""

    def slide(self, *keys: str) -> Any:
        return next((one for key, one in zip(self.keys, self.slides, strict=True) if key in keys), None)

    def shapes(self, *keys: str) -> Iterator[Any]:
        yield from self._inside(self.slide(*keys).shapes)

    def _inside(self, shapes: Any) -> Iterator[Any]:
        for one in shapes:
            yield one
            if one.shape_type == 6:
                yield from self._inside(one.shapes)

    def shape(self, name: str, *keys: str) -> Any:
        return next((one for one in self.shapes(*keys) if one.name == name), None)

    def text(self, name: str, *keys: str) -> str:
        found = self.shape(name, *keys)
        return found.text_frame.text if found is not None else ""

    def words(self, slide: Any) -> str:
        return "\n".join(one.text_frame.text for one in slide.shapes if one.has_text_frame)

    def everything(self) -> str:
        return "\n".join(map(self.words, self.slides))

    def cells(self) -> list[list[str]]:
        table = self.shape("Table", "glance").table
        return [[cell.text for cell in row.cells] for row in table.rows]

    def notes(self, *keys: str) -> str:
        return self.slide(*keys).notes_slide.notes_text_frame.text

    def looks(self, name: str, *keys: str) -> list[tuple[str, dict[str, str], str]]:
        """The runs of a shape: words, attributes, colour."""
        found: list[tuple[str, dict[str, str], str]] = []
        for run in self.shape(name, *keys)._element.iter(qn("a:r")):
            look = run.find(qn("a:rPr"))
            colour = next((one.get("val", "") for one in look.iter(qn("a:srgbClr"))), "") if look is not None else ""
            attributes = dict(look.attrib) if look is not None else {}
            found.append((run.findtext(qn("a:t")) or "", attributes, colour.upper()))
        return found


def at(shape: Any, *place: int) -> bool:
    return all(abs(a - b) < 13_000 for a, b in zip((shape.left, shape.top, shape.width, shape.height), place))


def newest(file: File, data: Data) -> bool:
    """Whether the words that a person did not write have the new numbers."""
    body = file.text("Body", *FOUND)
    return data.rose in body and data.share in body


def position(file: File, key: str) -> int:
    return file.keys.index(key)


def order_of(file: File) -> list[str]:
    return [key for key in file.keys if key in ("three", "pay", "salaries", "care", "glance", "side", "what-next")]


def _row_values(file: File, name: str) -> list[str]:
    return next((row for row in file.cells() if row[0] == name), [])


def _engineer(file: File, data: Data) -> bool:
    return dict(data.rows)["Engineer"] == int(_row_values(file, "Engineer")[1].strip("$").replace(",", ""))


def _run(file: File, words: str, name: str, *keys: str) -> tuple[dict[str, str], str]:
    return next(((its, colour) for text, its, colour in file.looks(name, *keys) if words in text), ({}, ""))


def _bold(file: File, data: Data) -> bool:
    look, colour = _run(file, "Pay rose", "Body", *FOUND)
    return (look.get("b"), colour) == ("1", "C00000") and newest(file, data)


def _letters(file: File, data: Data) -> bool:
    look, _ = _run(file, f"${data.pay:,}", "Figure 1", "three")
    return look.get("sz") == "4400"  # the colour LibreOffice loses: it writes that of the theme


def _cells(file: File, data: Data) -> bool:
    named = {row[0]: row for row in file.cells()}
    return named["Analyst"][1] == "see note" and named["Nurse"][2] == "five" and _engineer(file, data)


def _fill(file: File, data: Data) -> bool:
    fills = [one.get("val", "").upper() for one in file.shape("Callout", "care")._element.spPr.iter(qn("a:srgbClr"))]
    return "FFE699" in fills and f"${data.pay:,}" in file.text("Callout", "care")


def _own_row(file: File, data: Data) -> bool:
    names = [row[0] for row in file.cells()]
    return _row_values(file, "My trade") == ["My trade", "unknown", "1"] and {job for job, _ in data.rows} <= set(names)


def _own_column(file: File, data: Data) -> bool:
    head, *rows = file.cells()
    said = {row[0]: row[2] for row in rows}
    return head[2] == "Comment" and said["Engineer"] == "good" and said["Analyst"] == "fair" and _engineer(file, data)


def _copied(file: File, text: str) -> bool:
    copies = [one for key, one in zip(file.keys, file.slides, strict=True) if not key and text in file.words(one)]
    return len(copies) == 1 and file.slide(*FOUND) is not None


def _cropped(file: File, data: Data) -> bool:
    picture = file.shape("Chart", "dots")
    return picture.crop_left > 0.02 and picture.crop_top > 0.02


def _points(shape: Any) -> dict[str, float]:
    """The numbers of a chart; those in its workbook must be the same."""
    plot = shape.chart.plots[0]
    found = dict(zip(plot.categories, plot.series[0].values))
    book = shape.chart.part.chart_workbook.xlsx_part
    if book is not None:
        rows = CalamineWorkbook.from_filelike(BytesIO(book.blob)).get_sheet_by_index(0).to_python()
        assert {row[0]: row[1] for row in rows[1:]} == found
    return found


def _typed_numbers(file: File, data: Data) -> bool:
    found, rows = _points(file.shape("Chart", "salaries")), dict(data.rows)
    return found["Engineer"] == 121_500 and found["Analyst"] == 111_500 and found["Nurse"] == rows["Nurse"]


def _colours(file: File) -> set[str]:
    chart = file.shape("Chart", "salaries").chart._chartSpace
    return {one.get("val", "").upper() for one in chart.iter(qn("a:srgbClr"))}


def _session(file: File, data: Data) -> bool:
    body = file.text("Body", *FOUND)
    wanted = "like it" in body and "My own point" in body and data.rose in body
    kept = at(file.shape("Chart", "salaries"), 1_080_000, 2_160_000) and "Look here!" in file.everything()
    gone = file.slide("care") is None and file.shape("Figure 3", "three") is None
    there = "A slide of my own" in file.everything() and _row_values(file, "Analyst")[1] == "see note"
    return wanted and kept and gone and there and position(file, "glance") < position(file, "salaries") + 2


Check = Callable[[File, Data], bool]
EDITS: dict[str, tuple[tuple[Shape, ...], Check]] = {
    "nothing": ((), newest),
    "title": (
        tuple((key, "Title") for key in FOUND),
        lambda f, d: f.text("Title", *FOUND) == "Three things to know" and newest(f, d),
    ),
    "word": (tuple((key, "Body") for key in FOUND), lambda f, d: "like it" in f.text("Body", *FOUND) and newest(f, d)),
    "number": (tuple((key, "Body") for key in FOUND), lambda f, d: "12.5%" in f.text("Body", *FOUND)),
    "bold": ((), _bold),
    "bullet": (
        tuple((key, "Body") for key in FOUND),
        lambda f, d: "My own point: ask an advisor" in f.text("Body", *FOUND).split("\n") and newest(f, d),
    ),
    "drop_bullet": (
        tuple((key, "Body") for key in FOUND),
        lambda f, d: "three cities" not in f.text("Body", *FOUND) and newest(f, d),
    ),
    "move": (
        (("salaries", "Chart"),),
        lambda f, d: at(f.shape("Chart", "salaries"), 1_080_000, 2_160_000) and f.shape("Chart", "salaries").width <= 5_400_500,
    ),
    "move_text": (
        (("care", "Callout"),),
        lambda f, d: at(f.shape("Callout", "care"), 1_080_000, 4_320_000) and f"${d.pay:,}" in f.text("Callout", "care"),
    ),
    "resize_title": ((("glance", "Title"),), lambda f, d: abs(f.shape("Title", "glance").width - 5_400_000) < 13_000),
    "colour": ((), _fill),
    "outline": ((), lambda f, d: "C00000" in str([x.get("val") for x in f.shape("Callout", "care")._element.spPr.iter(qn("a:srgbClr"))])),
    "letters": ((), _letters),
    "italic": ((), lambda f, d: _run(f, "What", "Introduction", "pay")[0].get("i") == "1"),
    "face": (
        (),
        lambda f, d: "Georgia" in str([x.get("typeface") for x in f.shape("Title", *FOUND)._element.iter(qn("a:latin"))]),
    ),
    "drop_shape": (
        (("three", "Figure 3"), ("three", "Label 3")),
        lambda f, d: f.shape("Figure 3", "three") is None and f.text("Figure 1", "three") == f"${d.pay:,}",
    ),
    "drop_chart": ((("side", "Right chart"),), lambda f, d: f.shape("Right chart", "side") is None),
    "drop_source": ((("salaries", "Source"),), lambda f, d: f.shape("Source", "salaries") is None),
    "copy_shape": ((), lambda f, d: len([one for one in f.shapes("salaries") if one.has_chart]) == 2),
    "cut_chart": (
        (("salaries", "Chart"),),
        lambda f, d: f.shape("Chart", "salaries") is None and any(one.has_chart and _points(one)["Engineer"] == dict(d.rows)["Engineer"] for one in f.shapes("care")),
    ),
    "other_picture": (
        (("dots", "Chart"),),
        lambda f, d: next(one for one in f.shapes("dots") if one.shape_type == 13).image.size == (400, 300),
    ),
    "crop": ((), _cropped),
    "description": (
        (("salaries", "Chart"),),
        lambda f, d: f.shape("Chart", "dots")._element.xpath(".//p:cNvPr")[0].get("descr") == "My own words for the chart",
    ),
    "chart_number": ((("salaries", "Chart"),), _typed_numbers),
    "chart_colour": (
        (),
        lambda f, d: "2E7D32" in _colours(f) and _points(f.shape("Chart", "salaries")) == dict(d.rows),
    ),
    "chart_columns": (
        (),
        lambda f, d: f.shape("Chart", "salaries").chart.chart_title.text_frame.text == "My chart title"
        and _points(f.shape("Chart", "salaries")) == dict(d.rows),
    ),
    "cell": ((("glance", "Table"),), _cells),
    "header": ((("glance", "Table"),), lambda f, d: f.cells()[0][2] == "Open places" and _engineer(f, d)),
    "row_name": ((("glance", "Table"),), lambda f, d: "Data analyst" in [row[0] for row in f.cells()] and _engineer(f, d)),
    "cell_look": (
        (),
        lambda f, d: _run(f, f"${dict(d.rows)['Engineer']:,}", "Table", "glance") [1] == "C00000",
    ),
    "row": ((("glance", "Table"),), _own_row),
    "column": ((("glance", "Table"),), _own_column),
    "notes": ((), lambda f, d: f.notes(*FOUND) == "Ask who has seen this before.\nThank the team."),
    "notes_number": ((), lambda f, d: "Pay is about 120 thousand." in f.notes("three")),
    "add_slide": ((), lambda f, d: "A slide of my own" in f.words(f.slides[3]) + f.words(f.slides[4])),
    "add_two_slides": (
        (),
        lambda f, d: "Before all else" in f.words(f.slides[1]) and "A slide of my own" in f.words(f.slides[4]),
    ),
    "drop_slide": ((("care", ""),), lambda f, d: f.slide("care") is None),
    "drop_chart_slide": ((("salaries", ""),), lambda f, d: f.slide("salaries") is None),
    "edit_old": ((("old-news", "Body"),), lambda f, d: "It was a splendid year" in f.everything()),
    "move_old": ((("old-news", "Body"),), lambda f, d: "It was a good year" in f.everything()),
    "reorder": ((), lambda f, d: order_of(f) == ["three", "pay", "glance", "salaries", "care", "side", "what-next"]),
    "reorder_all": ((), lambda f, d: order_of(f) == ["what-next", "side", "glance", "care", "salaries", "pay", "three"]),
    "copy_slide": ((), lambda f, d: _copied(f, "12.4%") and newest(f, d)),
    "copy_and_edit": ((), lambda f, d: _copied(f, "20% (my scenario)") and newest(f, d)),
    "own_shape": ((), lambda f, d: "Look here!" in f.words(f.slide("salaries"))),
    "arrow": ((), lambda f, d: f.shape("My arrow", "salaries") is not None),
    "comment": ((), lambda f, d: "comments" in [rel.reltype.rsplit("/", 1)[-1] for rel in f.slide("salaries").part.rels.values()]),
    "group": ((), lambda f, d: any(one.shape_type == 6 and len(one.shapes) == 2 for one in f.slide("salaries").shapes)),
    "rename": ((), lambda f, d: f.shape("My chart", "salaries") is not None),
    "retitle_all": (ALL_TITLES, lambda f, d: f.everything().count("My heading number") >= 11),
    "hide_slide": ((), lambda f, d: f.slide("care")._element.get("show") == "0"),
    "background": ((), lambda f, d: f.slide(*FOUND)._element.cSld.find(qn("p:bg")) is not None),
    "through_odp": ((), newest),
    "session": (
        (
            ("three", "Figure 3"), ("three", "Label 3"), ("salaries", "Chart"), *((key, "Body") for key in FOUND),
            ("care", ""), ("glance", "Table"),
        ),
        _session,
    ),
}  # fmt: skip
"""Edit → the shapes that it touches, and whether it is there."""


def is_there(name: str, content: bytes, change: str) -> bool:
    """Whether what a person did is in a deck that was made again with a change of data."""
    return EDITS[name][1](File(content), DATA[change])
