"""Charts of many rows: pressed onto a page, gone on over pages, or with all others in one row; one pitch for all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx.oxml.ns import qn

from charts.alt import describe
from charts.declared import declared_chart
from charts.drawn.continued import continued
from charts.drawn.drawing import Drawing
from data.errors import ProjectError
from data.project import load_project
from reports.deck.writer import write_deck
from reports.runs.build import build
from reports.runs.read import Options
from tests.charting import bars_of, chart_of, collisions, drawn, patches, texts
from tests.decks import BRAND, document, figure, opened, salaries
from tests.pdf_pages import page_texts, text_of, tree
from tests.test_charts_honest import project


def bars(drawing: Drawing) -> list[tuple[float, float, float]]:
    """Top, thickness and length of each bar, from top to bottom."""
    return sorted((box.top, box.bottom - box.top, box.right - box.left) for box, _ in patches(drawing))


@pytest.mark.parametrize("height", [None, 200.0, 500.0])
@pytest.mark.parametrize("rows", [1, 3, 9, 20])
def test_bars_are_no_thicker_than_18_points_in_print_and_40_on_slides(rows: int, height: float | None) -> None:
    chart = chart_of("bar", [f"Row {i}" for i in range(rows)], list(range(1, rows + 1)))
    sizes = {} if height is None else {"height": height}
    assert max(thick for _, thick, _ in bars(drawn(chart, **sizes))) <= 18.001
    assert max(thick for _, thick, _ in bars(drawn(chart, 860, text_size=20, **sizes))) <= 40.001


def test_charts_of_few_and_of_many_rows_have_one_thickness_and_one_pitch() -> None:
    found = [bars(drawn(chart_of("bar", [f"R {i}" for i in range(n)], list(range(1, n + 1))))) for n in (3, 12, 24)]
    assert len({round(thick, 2) for own in found for _, thick, _ in own}) == 1
    assert len({round(own[1][0] - own[0][0], 2) for own in found}) == 1


@pytest.mark.parametrize("count", [2, 3])
def test_parts_have_one_scale_all_rows_and_their_own_words(count: int) -> None:
    names, numbers = [f"Programme {i}" for i in range(60)], [1000 - 10 * i for i in range(60)]
    whole = drawn(chart_of("bar", names, numbers))
    parts = continued(whole, whole.height / count + 30)
    assert len(parts) == count
    lengths = [length for part in parts for _, _, length in bars(part)]
    assert lengths == pytest.approx([length for _, _, length in bars(whole)])
    assert [text for part in parts for text in texts(part)] == texts(whole)
    assert all(not list(collisions(part)) for part in parts)
    assert "Programme 59" in describe(parts[-1].chart, "en-US")
    assert "Programme 59" not in describe(parts[0].chart, "en-US")


def test_each_part_of_grouped_bars_has_the_key() -> None:
    names = [f"Programme {i}" for i in range(40)]
    whole = drawn(bars_of(names, {"Women": list(range(1, 41)), "Men": list(range(2, 42))}))
    parts = continued(whole, whole.height / 2 + 40)
    assert [texts(part)[:2] for part in parts] == [["Women", "Men"]] * len(parts)
    assert len(parts) == 2


def many(folder: Path, rows: int) -> Path:
    table = "k,v\n" + "".join(f"Programme {i},{1000 + i}\n" for i in range(rows))
    fields = 'k = { type = "text", key = true }\nv = { type = "integer" }'
    return project(folder, fields, table, 'x = "v"\ny = "k"')


@pytest.mark.parametrize(("rows", "said"), [(45, []), (120, ["1 of 3", "2 of 3", "3 of 3"])])
def test_forty_five_names_stand_on_a_page_and_more_go_on_over_pages(
    rows: int, said: list[str], tmp_path: Path, tool: Callable[[str], str]
) -> None:
    out = tmp_path / "out"
    build(many(tmp_path, rows), out, Options(), overwrite=False)
    pages = page_texts((out / "report.pdf").read_bytes(), tool)
    assert [which for page in pages for which in ("1 of 3", "2 of 3", "3 of 3") if f"; {which}" in page] == said
    assert any("Programme 0" in page and "Claim" in page for page in pages)


FIELDS = 'k = { type = "text", key = true }\nv = { type = "integer" }'
ROWS = "k,v\nA,50\nB,30\nC,12\nD,5\nE,3\n"
OTHERS = 'x = "v"\ny = "k"\nrows = 2\nothers = "sum"'


def test_all_others_are_one_row_with_their_sum_and_its_cells(tmp_path: Path) -> None:
    made = declared_chart(load_project(project(tmp_path, FIELDS, ROWS, OTHERS)), "c")
    assert texts(drawn(made)) == ["A", "50", "B", "30", "All others (3)", "20"]
    assert made.cut == ""
    assert sorted(cell.line for cell in made.table.rows[2]["v"].cells) == [4, 5, 6]


@pytest.mark.parametrize(
    ("fields", "rows", "chart", "message"),
    [
        (FIELDS.replace("integer", "percent"), ROWS, OTHERS, "'v' does not add up over rows"),
        (FIELDS, ROWS.replace("D,5", "D,"), OTHERS, "'E' has no exact 'v'|'D' has no exact 'v'"),
        (FIELDS, ROWS, OTHERS.replace("rows = 2\n", ""), "no row is left out"),
    ],
)
def test_others_without_a_sum_are_refused(fields: str, rows: str, chart: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=message):
        declared_chart(load_project(project(tmp_path, fields, rows, chart)), "c")


def test_its_numbers_stand_in_two_columns_of_rows_and_are_one_table(tmp_path: Path, tool: Callable[[str], str]) -> None:
    out = tmp_path / "out"
    build(many(tmp_path, 150), out, Options(), overwrite=False)
    content = (out / "report.pdf").read_bytes()
    pairs = re.findall(
        r"^ *Programme (\d+) +1,\d+ +Programme (\d+) +1,\d+$", text_of(content, tool, "-layout"), re.MULTILINE
    )
    shown = [int(left) for left, _ in pairs], [int(right) for _, right in pairs]
    assert len(pairs) == 75
    assert {*shown[0], *shown[1]} == set(range(150))
    assert shown[0][0] > shown[0][1] > shown[1][0] > shown[1][1]  # down the left column first
    tables = re.split(r"\n +Table\n", tree(content))[1:]
    assert [table.count("TR\n") for table in tables] == [151, 2]  # the other one is about the data


def test_a_chart_with_more_rows_than_a_slide_holds_goes_on_over_slides() -> None:
    table = salaries(tuple((f"Job {i}", 100 - i) for i in range(45)))
    slides = list(opened(write_deck(document(figure(table=table)), BRAND)).slides)
    own = [slide for slide in slides if slide._element.find(".//" + qn("p:pic")) is not None]
    assert [slide.shapes.title.text for slide in own] == [
        "Engineers earn the most",
        "Engineers earn the most (continued, 2 of 3)",
        "Engineers earn the most (continued, 3 of 3)",
    ]
    alts = [slide._element.find(f".//{qn('p:pic')}//{qn('p:cNvPr')}").get("descr") for slide in own]
    told = [slide.notes_slide.notes_text_frame.text for slide in own]
    for number, (alt, spoken) in enumerate(zip(alts, told, strict=True)):
        assert ("Job 0:" in spoken, "Job 44:" in spoken) == (number == 0, number == 2)
        assert ("Job 0" in alt, "Job 44" in alt) == (number == 0, number == 2)
        said = "\n".join(shape.text_frame.text for shape in slides[number + 1].shapes if shape.has_text_frame)
        assert f"{number + 1} of 3" in said
