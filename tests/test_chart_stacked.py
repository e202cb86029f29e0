"""Stacked bars: parts are as long as their values say, named, told apart, and refused where they are no parts."""

from __future__ import annotations

import os
import random
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.alt import describe
from charts.chart import Chart
from charts.declared import Charts, cut_ties, declared_chart
from charts.drawn.drawing import Drawing
from charts.kinds.registry import KINDS
from data.errors import ProjectError
from data.look.colour import told_apart
from data.project import load_project
from data.tables.table import Field
from data.tables.value import Mark, Marked, Measure
from reports.document.appendix import chart_numbers
from reports.document.blocks import TableBlock
from reports.document.inlines import plain
from reports.document.tree import walk
from reports.runs.read import Options, read
from tests.charting import Numbers, collisions, drawn, patches, stacked_of, table_of, texts
from tests.test_charts_honest import project

EXAMPLES = 2_000 if os.environ.get("FAIRSHEET_FULL") == "1" else 200
COLLEGES = ["Engineering", "Business", "Arts and Sciences"]
OUTCOMES: dict[str, Numbers] = {"Employed": [71, 68, 49], "Studying": [17, 11, 31], "Seeking": [12, 21, 20]}
ANSWERS: dict[str, Numbers] = {
    "Strongly disagree": [5, 8, 11],
    "Disagree": [12, 15, 20],
    "Neither": [20, 11, 25],
    "Agree": [40, 45, 30],
    "Strongly agree": [23, 21, 14],
}


def bars(drawing: Drawing) -> list[list[tuple[float, float]]]:
    """Where the parts of each bar begin and end, from top to bottom; without the patches of a key."""
    rows: dict[float, list[tuple[float, float]]] = {}
    for box, shape in patches(drawing):
        if shape.fill and box.bottom - box.top > 0.9 * drawing.plot.style.size:
            rows.setdefault(round(box.top, 2), []).append((box.left, box.right))
    return [sorted(row) for _, row in sorted(rows.items())]


def said(chart: Chart) -> str:
    found = KINDS["stacked"].fault(chart, "en-US")
    return " ".join(found) if found else ""


@pytest.mark.parametrize("width", [250.0, 438.0, 860.0])
def test_parts_are_as_long_as_their_values_say(width: float) -> None:
    found = bars(drawn(stacked_of(COLLEGES, OUTCOMES), width))
    left, right = found[0][0][0], found[0][-1][1]
    for row, (employed, studying, _) in zip(found, zip(*OUTCOMES.values(), strict=True), strict=True):
        ends = [float(employed), float(employed) + float(studying), 100.0]
        assert [part[1] for part in row] == pytest.approx([left + (right - left) * e / 100 for e in ends], abs=0.5)
        assert row[0][0] == left


def test_amounts_are_as_long_as_they_are_large_and_end_with_their_sum() -> None:
    drawing = drawn(stacked_of(["2023", "2024"], {"A": [30, 10], "B": [10, 70]}, "integer"))
    (first, second) = bars(drawing)
    assert (first[-1][1] - first[0][0]) / (second[-1][1] - second[0][0]) == pytest.approx(0.5, abs=0.005)
    assert {"40", "80"} <= set(texts(drawing))


def test_answers_part_at_the_middle_of_the_neutral_one() -> None:
    drawing = drawn(stacked_of(COLLEGES, ANSWERS, diverging=True))
    middles = [(row[2][0] + row[2][1]) / 2 for row in bars(drawing)]
    assert middles == pytest.approx([middles[0]] * 3, abs=0.5)
    named = drawn(stacked_of(COLLEGES, ANSWERS, diverging="Neither"))
    assert bars(named) == bars(drawing)
    even = {name: numbers for name, numbers in ANSWERS.items() if name != "Neither"}
    starts = [row[2][0] for row in bars(drawn(stacked_of(COLLEGES, even, diverging=True)))]
    assert starts == pytest.approx([starts[0]] * 3, abs=0.5)


def test_what_is_missing_to_a_hundred_is_outlined_and_named() -> None:
    series: dict[str, Numbers] = {"Employed": [70, 60], "Studying": [20, 40]}
    drawing = drawn(stacked_of(COLLEGES[:2], series))
    assert len([shape for _, shape in patches(drawing) if shape.dashes]) == 1
    assert {"Not", "stated"} <= set(texts(drawing))  # over what is outlined, in two lines
    assert "not stated: 10%" in describe(stacked_of(COLLEGES[:2], series), "en-US")


def test_rounding_leaves_nothing_unstated() -> None:
    series: dict[str, Numbers] = {"A": [33, 33], "B": [33, 33], "C": [33, 35]}
    assert not [shape for _, shape in patches(drawn(stacked_of(COLLEGES[:2], series))) if shape.dashes]
    assert said(stacked_of(COLLEGES[:2], series)) == ""


def test_a_missing_part_is_said_and_the_rest_does_not_give_it_away() -> None:
    fields = (Field("name", "College", Measure("text")), Field("a", "Employed", Measure("percent")),
              Field("b", "Studying", Measure("percent")))  # fmt: skip
    columns = {"name": ["Arts"], "a": [Decimal(60)], "b": [Marked(None, Mark("suppressed"))]}
    table = table_of(fields, columns)
    chart = Chart("made", table, "stacked", "name", ("a", "b"))
    drawing = drawn(chart)
    assert "Studying: not published" in texts(drawing)
    assert not [shape for _, shape in patches(drawing) if shape.dashes]
    assert "Not published: (Arts, Studying)" in describe(chart, "en-US")


def test_series_stand_over_the_first_bar_where_they_have_room_else_in_a_key() -> None:
    wide = drawn(stacked_of(COLLEGES, {"Employed": [50, 1, 1], "Studying": [50, 99, 99]}))
    first = bars(wide)[0]
    label = next(label for label in wide.plot.labels if label.text == "Studying")
    assert label.x == pytest.approx(first[1][0], abs=0.5)
    assert label.y < min(box.top for box, _ in patches(wide))
    narrow = drawn(stacked_of(COLLEGES, {"Employed": [99, 1, 1], "Studying": [1, 99, 99]}))
    key = [box for box, _ in patches(narrow) if box.bottom - box.top < 0.9 * 9]
    assert len(key) == 2


def test_figures_stand_in_their_parts_where_they_fit() -> None:
    shown = texts(drawn(stacked_of(COLLEGES, {"A": [98, 50, 50], "B": [2, 50, 50]})))
    assert "98%" in shown
    assert "2%" not in shown


def test_highlighted_series_have_steps_of_the_accent_and_the_others_greys() -> None:
    five = dict(zip("ABCDE", ANSWERS.values(), strict=True))
    assert "5 parts, and 4 are told apart" in said(stacked_of(COLLEGES, five))
    chart = stacked_of(COLLEGES, five, highlight=["s0", "s1"])
    assert said(chart) == ""
    fills = {shape.fill for _, shape in patches(drawn(chart)) if shape.fill}
    assert len(fills) == 5


@pytest.mark.parametrize(
    ("series", "type", "message"),
    [
        ({"A": [60, 40, 50], "B": [60, 60, 50]}, "percent", "'Engineering' add up to 120"),
        ({"A": [60, 40, 50], "B": [-10, 60, 50]}, "percent", "'s1' is negative in made.csv:2"),
        ({"A": [100, 100, 100]}, "percent", "these rows have one series"),
        ({"Women": [1, 2, 3], "Men": [2, 3, 4], "All": [3, 5, 7]}, "integer", "'All' is the sum of the other parts"),
        ({"Women": [1, 2, 3], "Men": [2, 3, 4], "Sum": [3, 5, 7]}, "integer", "'Sum' is the sum of the other parts"),
    ],
)
def test_what_are_no_parts_of_one_whole_is_refused(series: dict[str, Numbers], type: str, message: str) -> None:  # noqa: A002  # the word of project.toml
    assert message in said(stacked_of(COLLEGES, series, type))


def test_the_middle_must_be_one_of_the_answers() -> None:
    assert "there is no 'Neutral' to be the middle" in said(stacked_of(COLLEGES, ANSWERS, diverging="Neutral"))


LONG = """\
college,outcome,share,graduates
Arts,Employed,60,120
Arts,Studying,40,80
Law,Employed,80,40
Law,Seeking,20,10
Design,Employed,70,350
Design,Studying,20,100
Design,Seeking,10,50
"""
FIELDS = """college = { type = "text" }
outcome = { type = "text" }
share = { type = "percent" }
graduates = { type = "integer" }"""


def test_a_long_table_is_stacked_by_its_series_and_whole_categories_are_sorted_and_cut(tmp_path: Path) -> None:
    chart = 'kind = "stacked"\nx = "share"\ny = "college"\nseries = "outcome"\nrows = 2'
    made = declared_chart(load_project(project(tmp_path, FIELDS, LONG, chart)), "c")
    assert [row.key for row in made.table] == ["Law", "Law", "Design", "Design", "Design"]
    assert made.cut == "highest 2 of 3"
    assert made.measure_line == "Share, %; highest 2 of 3"
    drawing = drawn(made)
    assert [text for text in texts(drawing) if text in ("Employed", "Studying", "Seeking")] == [
        "Employed", "Studying", "Seeking",
    ]  # fmt: skip
    assert len(bars(drawing)) == 2


def test_amounts_are_sorted_by_their_sums(tmp_path: Path) -> None:
    chart = 'kind = "stacked"\nx = "graduates"\ny = "college"\nseries = "outcome"'
    made = declared_chart(load_project(project(tmp_path, FIELDS, LONG, chart)), "c")
    assert list(dict.fromkeys(row.key for row in made.table)) == ["Design", "Arts", "Law"]


def test_levels_keep_their_order(tmp_path: Path) -> None:
    fields = FIELDS.replace(
        'outcome = { type = "text" }', 'outcome = { type = "level", levels = ["Seeking", "Studying", "Employed"] }'
    )
    chart = 'kind = "stacked"\nx = "share"\ny = "college"\nseries = "outcome"'
    made = declared_chart(load_project(project(tmp_path, fields, LONG, chart)), "c")
    assert "Arts (Studying: 40%, Employed: 60%" in describe(made, "en-US")


def test_parts_left_out_by_where_are_called_others(tmp_path: Path) -> None:
    chart = """kind = "stacked"\nx = "share"\ny = "college"\nseries = "outcome"\nwhere = "outcome != 'Seeking'\""""
    made = declared_chart(load_project(project(tmp_path, FIELDS, LONG, chart)), "c")
    assert made.rest == "others"
    assert "others: 20%" in describe(made, "en-US")


def test_a_median_is_no_part_of_a_sum(tmp_path: Path) -> None:
    fields = FIELDS.replace('graduates = { type = "integer" }', 'graduates = { type = "money", unit = "USD" }')
    chart = 'kind = "stacked"\nx = "graduates"\ny = "college"\nseries = "outcome"'
    with pytest.raises(ProjectError, match="'graduates' does not add up"):
        declared_chart(load_project(project(tmp_path, fields, LONG, chart)), "c")


def test_two_rows_of_one_part_are_refused(tmp_path: Path) -> None:
    chart = 'kind = "stacked"\nx = "share"\ny = "college"\nseries = "outcome"'
    rows = LONG + "Arts,Employed,1,1\n"
    with pytest.raises(ProjectError, match="two rows are called 'Arts' of 'Employed'"):
        declared_chart(load_project(project(tmp_path, FIELDS, rows, chart)), "c")


def test_a_cut_through_equal_categories_is_told(tmp_path: Path) -> None:
    chart = 'kind = "stacked"\nx = "share"\ny = "college"\nseries = "outcome"\nrows = 1'
    rows = LONG.replace("Arts,Employed,60", "Arts,Employed,80").replace("Arts,Studying,40", "Arts,Studying,20")
    found = list(cut_ties(Charts(load_project(project(tmp_path, FIELDS, rows, chart)))))
    assert len(found) == 1
    assert "'Arts' is shown and 'Law' is not" in found[0].message


def test_it_stands_in_a_report_with_its_numbers(tmp_path: Path) -> None:
    chart = 'kind = "stacked"\nx = "share"\ny = "college"\nseries = "outcome"'
    (output,) = read(project(tmp_path, FIELDS, LONG, chart), Options()).outputs
    (table,) = [block for block in walk(chart_numbers(output.document)) if isinstance(block, TableBlock)]
    assert table.aligns == ("left", "right", "right", "right")
    heads = [plain(column, "en-US") for column in table.columns]
    assert heads == ["College", "Employed", "Seeking", "Studying"]
    rows = {plain(row[0], "en-US"): [plain(cell, "en-US") for cell in row[1:]] for row in table.rows}
    assert rows["Arts"] == ["60%", "not stated", "40%"]
    assert len(rows) == 3


@pytest.mark.parametrize("language", ["de-DE", "fr-FR", "es-ES"])
def test_it_speaks_the_readers_language(language: str) -> None:
    chart = stacked_of(COLLEGES, {"Employed": [70.5, 60, 50], "Studying": [10, 20, 20]})
    kind = {"de-DE": "Gestapelte Balken", "fr-FR": "Barres empilées", "es-ES": "Barras apiladas"}[language]
    assert describe(chart, language).startswith(kind)
    assert any("70,5" in text for text in texts(drawn(chart, language=language)))


words = st.text("abcdefghij klmno-", min_size=1, max_size=40).map(lambda text: text.strip() or "x")


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    names=st.lists(words, min_size=1, max_size=12, unique=True),
    titles=st.lists(words, min_size=2, max_size=5, unique=True),
    seed=st.integers(0, 10_000),
)
def test_nothing_touches(names: list[str], titles: list[str], seed: int) -> None:
    chance = random.Random(seed)
    whole = chance.random() < 0.6
    rows: list[list[float | None]] = []
    for _ in names:
        parts: list[float | None] = [chance.random() ** 3 for _ in titles]
        total = sum(p or 0 for p in parts) / chance.choice([1, 0.8])
        if whole:
            parts = [round(100 * (p or 0) / total, 1) for p in parts]
        else:
            parts = [round((p or 0) * chance.choice([1, 1_000, 10_000_000])) for p in parts]
        rows.append([None if chance.random() < 0.05 else part for part in parts])
    series: dict[str, Numbers] = {title: [row[i] for row in rows] for i, title in enumerate(titles)}
    chart = stacked_of(
        names, series, "percent" if whole else "integer", ["s0"] if len(titles) > 4 else (), chance.random() < 0.3
    )
    width, size = chance.choice([(250.0, 9.0), (438.0, 9.0), (860.0, 16.0)])
    height = chance.choice([None, 60.0, 380.0])
    drawing = drawn(chart, width, text_size=size, **({} if height is None else {"height": height}))
    assert list(collisions(drawing)) == []


def test_both_sides_of_a_middle_have_their_sums() -> None:
    answers: dict[str, Numbers] = {
        "No!": [10, 5],
        "No": [20, None],
        "Neither": [30, 20],
        "Yes": [25, 30],
        "Yes!": [15, 10],
    }
    chart = stacked_of(["A", "B"], answers, diverging="s2")
    shown = texts(drawn(chart))
    assert {"30%", "40%"} <= set(shown)
    assert "No! + No: 30%, Yes + Yes!: 40%" in describe(chart, "en-US")
    assert "without “Neither”" in chart.measure_line
    # of B a part is not known, and no side has a sum
    assert "No! + No: 5%" not in describe(chart, "en-US")


@pytest.mark.parametrize("strong", [("s0", "s1"), ("s0",), ("s1", "s3"), ("s0", "s1", "s2")])
def test_parts_of_which_some_stand_out_are_told_apart_in_greyscale(strong: tuple[str, ...]) -> None:
    chart = stacked_of(["A"], {name: [20] for name in "abcde"}, highlight=strong)
    fills = [str(shape.fill) for box, shape in sorted(patches(drawn(chart)), key=lambda p: p[0].left) if box.top > 12]
    assert len(fills) == 5
    assert all(told_apart(*pair) for pair in combinations(fills, 2))


def test_answers_on_both_sides_are_told_apart_in_greyscale() -> None:
    chart = stacked_of(["A"], {name: [20] for name in "abcde"}, diverging="s2")
    fills = [str(shape.fill) for box, shape in sorted(patches(drawn(chart)), key=lambda p: p[0].left) if box.top > 12]
    assert all(told_apart(*pair) for pair in combinations(fills, 2))
