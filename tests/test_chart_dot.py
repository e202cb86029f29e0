"""Dots and spans with a middle: points stand where their values say, and nothing touches."""

from __future__ import annotations

import os
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from charts.alt import describe
from charts.beside import Reference
from charts.chart import Chart
from charts.declared import declared_chart
from charts.drawn.drawing import Drawing
from charts.kinds.registry import KINDS
from data.errors import ProjectError
from data.look.brand import Brand
from data.project import load_project
from data.tables.marks import Mark, Marked
from data.tables.value import Measure, Value
from tests.charting import Numbers, bars_of, chart_of, collisions, drawn, is_open, middles_of, texts
from tests.test_charts_honest import project

EXAMPLES = 2_000 if os.environ.get("FAIRSHEET_FULL") == "1" else 200
MAJORS = ["Computer science", "Nursing", "Fine arts"]


def dots_of(names: list[str], series: dict[str, Numbers], highlight: list[str] | None = None) -> Chart:
    chart = bars_of(names, series, highlight or [])
    fields = tuple(
        field if field.name == "name" else replace(field, measure=Measure("percent")) for field in chart.table.fields
    )
    return replace(chart, kind="dot", table=replace(chart.table, fields=fields))


def points(drawing: Drawing) -> list[tuple[float, float]]:
    """The middles of circles, from top to bottom and left to right."""
    circles = [shape.box for shape in drawing.plot.shapes if any(step.kind == "c" for step in shape.path)]
    found = [((box.left + box.right) / 2, (box.top + box.bottom) / 2) for box in circles]
    return sorted(found, key=lambda point: (round(point[1], 1), point[0]))


@pytest.mark.parametrize("width", [250.0, 438.0, 860.0])
def test_dots_stand_where_their_values_say(width: float) -> None:
    found = points(drawn(dots_of(MAJORS, {"Women": [80, 90, 60], "Men": [84, 88, 70]}), width))
    values = [80.0, 84, 88, 90, 60, 70]
    unit = (found[3][0] - found[4][0]) / 30
    assert [x for x, _ in found] == pytest.approx([found[4][0] + (v - 60) * unit for v in values], abs=0.5)


def test_two_measures_are_named_over_the_first_dots_or_in_a_key() -> None:
    drawing = drawn(dots_of(MAJORS, {"Women": [80, 90, 60], "Men": [84, 88, 70]}))
    shown = texts(drawing)
    assert shown[:2] == ["Women", "Men"]
    assert not [shape for shape in drawing.plot.shapes if len(shape.path) == 5 and not is_open(shape)]
    key = drawn(dots_of(MAJORS, {"Women" * 20: [60, 90, 60], "Men" * 40: [84, 88, 70]}))
    circles = [shape for shape in key.plot.shapes if not is_open(shape) and shape.path[1].kind == "c"]
    assert len(circles) == 2 + 2 * len(MAJORS), "a key of dots"


def test_a_missing_dot_is_said() -> None:
    assert "90% (Men: not stated)" in texts(drawn(dots_of(MAJORS, {"Women": [80, 90, 60], "Men": [84, None, 70]})))


def test_three_dots_in_a_row_are_refused() -> None:
    chart = dots_of(MAJORS, {"A": [1, 2, 3], "B": [1, 2, 3], "C": [1, 2, 3]})
    assert KINDS["dot"].fault(chart, "en-US") == (
        "a row has two dots at most, not 3.",
        "Use the kind 'bars', or name two fields.",
    )


def test_rows_are_sorted_by_the_middle_of_their_dots(tmp_path: Path) -> None:
    fields = 'k = { type = "text" }\na = { type = "percent" }\nb = { type = "percent" }'
    chart = 'kind = "dot"\nx = ["a", "b"]\ny = "k"'
    made = declared_chart(load_project(project(tmp_path, fields, "k,a,b\nP,50,60\nQ,40,90\nR,52,54\n", chart)), "c")
    assert [row.key for row in made.table] == ["Q", "P", "R"]


def test_differences_are_said_in_points_with_their_sign_and_drawn_as_arrows() -> None:
    chart = replace(dots_of(MAJORS, {"2019": [80, 90, 60], "2024": [84, 88, None]}), differences=True)
    drawing = drawn(chart)
    shown = texts(drawing)
    assert {"+4", "\u22122", "Difference,", "percentage points"} <= set(shown)
    heads = [shape for shape in drawing.plot.shapes if len(shape.path) == 4]
    assert len(heads) == 2
    for head, way in zip(sorted(heads, key=lambda one: one.box.top), (1, -1), strict=True):
        tip = head.points[0][0]
        assert (tip - head.points[1][0]) * way > 0, "from the first measure to the second"
    assert "Computer science (2019: 80%, 2024: 84%, Difference: +4\u00a0percentage points)" in describe(chart, "en-US")
    assert "Fine arts (2019: 60%)" in describe(chart, "en-US")
    assert "Unterschied: +4\u00a0Prozentpunkte" in describe(chart, "de-DE")


def test_one_measure_has_no_difference_and_a_limit_no_dot() -> None:
    fault = KINDS["dot"].fault
    assert "between two measures" in str(fault(replace(dots_of(MAJORS, {"A": [1, 2, 3]}), differences=True), "en-US"))
    chart = dots_of(MAJORS, {"A": [1, 2, 3]})
    limited = (Marked(Decimal(1), Mark("at least")), Decimal(2), Decimal(3))
    chart = replace(chart, table=replace(chart.table, columns={**chart.table.columns, "s0": limited}))
    assert "only a limit is known at made.csv:2" in str(fault(chart, "en-US"))


def test_a_line_at_a_value_stands_where_a_dot_of_it_would() -> None:
    chart = dots_of(MAJORS, {"A": [80, 90, 60]})
    measure = chart.measure_fields[0].measure
    chart = replace(chart, references=(Reference(Value(Decimal(80), measure), ("Mean",)),))
    drawing = drawn(chart)
    (x,) = {round(shape.points[0][0], 1) for shape in drawing.plot.shapes if shape.dashes}
    assert x == pytest.approx(points(drawing)[0][0], abs=0.1)
    assert "Mean 80%" in texts(drawing)
    assert "Mean 80%." in describe(chart, "en-US")


def test_dots_on_both_sides_of_zero_have_a_line_at_it() -> None:
    drawing = drawn(chart_of("dot", MAJORS, [10, -10, 5], "integer"))
    upright = [s for s in drawing.plot.shapes if is_open(s) and s.box.left == s.box.right]
    (x,) = {shape.box.left for shape in upright}
    ten, minus = points(drawing)[0][0], points(drawing)[1][0]
    assert x == pytest.approx((ten + minus) / 2, abs=0.1)
    assert not [s for s in drawn(chart_of("dot", MAJORS, [10, 1, 5], "integer")).plot.shapes if is_open(s) and s.box.left == s.box.right]  # fmt: skip


@pytest.mark.parametrize("language", ["de-DE", "fr-FR", "es-ES"])
def test_dots_are_described_in_the_readers_language(language: str) -> None:
    kind = {"de-DE": "Punktdiagramm", "fr-FR": "Diagramme à points", "es-ES": "Gráfico de puntos"}[language]
    assert describe(dots_of(MAJORS, {"Women": [80.5, 90, 60]}), language).startswith(kind)


# -- spans with a middle ----------------------------------------------------------------------------


def test_a_middle_stands_between_the_ends_of_its_span_and_in_a_column_on_the_line_of_its_name() -> None:
    drawing = drawn(middles_of(MAJORS, [60, 50, 20], [80, 55, 30], [110, 75, 45]))
    spans = [shape.box for shape in drawing.plot.shapes if len(shape.path) == 5 and shape.fill == Brand().colours.mark]
    unit = (spans[0].right - spans[0].left) / 50
    inked = [x for x, _ in points(drawing)][1::2]  # the head's dot, then each on its rim of paper
    assert inked == pytest.approx(
        [span.left + (m - low) * unit for span, m, low in zip(spans, (80, 55, 30), (60, 50, 20), strict=True)], abs=0.5
    )
    labels = {label.text: label for label in drawing.plot.labels}
    for name, middle in zip(MAJORS, ("$80", "$55", "$30"), strict=True):
        assert labels[middle].box.right == pytest.approx(drawing.width)
        assert labels[middle].y == pytest.approx(labels[name].y)
    assert {"Median", "$60", "$110"} <= labels.keys()


def test_an_axis_tells_the_ends_of_many_spans_and_their_dots_stand_true_to_it() -> None:
    names = [f"Major {i}" for i in range(10)]
    middles = [50_000 + 5_000 * i for i in range(10)]
    chart = middles_of(names, [m - 11_300 for m in middles], middles, [m + 9_700 for m in middles])
    drawing = drawn(chart)
    shown = texts(drawing)
    assert "$38,700" not in shown
    ticks = {label.text: (label.box.left + label.box.right) / 2 for label in drawing.plot.labels if label.text in ("$60,000", "$80,000")}  # fmt: skip
    unit = (ticks["$80,000"] - ticks["$60,000"]) / 20_000
    dots = [x for x, _ in points(drawing)][2::2]
    assert dots == pytest.approx([ticks["$60,000"] + (m - 60_000) * unit for m in middles], abs=0.5)
    unknown = replace(chart, table=replace(chart.table, columns={**chart.table.columns, "low": (None, *chart.table.columns["low"][1:])}))  # fmt: skip
    assert "lower quartile: not stated" in texts(drawn(unknown)), "what an axis cannot tell stands beside its span"


def test_the_interval_is_named_in_the_measure_line() -> None:
    line = KINDS["range"].line
    assert line is not None
    chart = middles_of(MAJORS, [60, 50, 20], [80, 55, 30], [110, 75, 45])
    assert line(chart, "en-US") == "Median; line from lower quartile to upper quartile, US dollars"
    assert line(chart, "de-DE") == "Median; Linie von lower quartile bis upper quartile, US-Dollar"


FIELDS = """k = { type = "text" }
low = { type = "money", unit = "USD" }
mid = { type = "money", unit = "USD" }
high = { type = "money", unit = "USD" }"""
ROWS = "k,low,mid,high\nP,10,20,30\nQ,15,40,50\n"
SPAN = 'x = "mid"\ny = "k"\nlow = "low"\nhigh = "high"'


def test_low_and_high_make_a_range_sorted_by_the_middle(tmp_path: Path) -> None:
    made = declared_chart(load_project(project(tmp_path, FIELDS, ROWS, SPAN)), "c")
    assert made.kind == "range"
    assert [row.key for row in made.table] == ["Q", "P"]
    assert "Q: $40 ($15–$50)" in describe(made, "en-US")
    assert made.measure_line == "Mid; line from Low to High, US dollars"


def test_a_range_field_may_have_a_middle(tmp_path: Path) -> None:
    fields = FIELDS + '\nspan = { type = "range", low = "low", high = "high" }'
    chart = 'kind = "range"\nx = "span"\ny = "k"\nmiddle = "mid"'
    made = declared_chart(load_project(project(tmp_path, fields, ROWS, chart)), "c")
    assert "P: $20 ($10–$30)" in describe(made, "en-US")
    assert [row.key for row in made.table] == ["Q", "P"]


@pytest.mark.parametrize(
    ("rows", "chart", "message"),
    [
        (ROWS.replace("10,20,30", "25,20,30"), SPAN, r"low, middle and high are out of order in t\.csv:2"),
        (ROWS, 'kind = "range"\nx = "mid"\ny = "k"', "'mid' is one number, and a span has two ends"),
        (ROWS, SPAN + '\nmiddle = "mid"\nkind = "range"', "'mid' is the middle of the span"),
    ],
)
def test_what_is_no_span_is_refused(rows: str, chart: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=message):
        declared_chart(load_project(project(tmp_path, FIELDS, rows, chart)), "c")


words = st.text("abcdefghij klmno-", min_size=1, max_size=40).map(lambda text: text.strip() or "x")


@settings(max_examples=EXAMPLES, deadline=None)
@given(names=st.lists(words, min_size=1, max_size=12, unique=True), seed=st.integers(0, 10_000))
def test_nothing_touches(names: list[str], seed: int) -> None:
    chance = random.Random(seed)
    far = chance.choice([1, 100, 1_000_000])

    def some() -> list[float | None]:
        return [None if chance.random() < 0.1 else round(chance.gauss(0.5, 0.5) * far, 1) for _ in names]

    strong = [name for name in names if chance.random() < 0.2]
    rows = [sorted(n for n in (some()[0] or 0, some()[0] or 0, some()[0] or 0)) for _ in names]
    ends: list[Numbers] = [[None if chance.random() < 0.1 else row[i] for row in rows] for i in range(3)]
    chart = chance.choice(
        [
            dots_of(names, {"Women": some(), "All others": some()}, strong),
            chart_of("dot", names, some(), "number", highlight=strong),
            middles_of(names, ends[0], ends[1], ends[2], strong),
        ]
    )
    width, size = chance.choice([(250.0, 9.0), (438.0, 9.0), (860.0, 16.0)])
    height = chance.choice([None, 60.0, 380.0])
    drawing = drawn(chart, width, text_size=size, **({} if height is None else {"height": height}))
    assert list(collisions(drawing)) == []


def test_huge_and_tiny_numbers_keep_their_places() -> None:
    drawing = drawn(chart_of("dot", MAJORS, ["1e24", "1e-40", "5e23"], "number"))
    found = [x for x, _ in points(drawing)]
    assert found[2] - found[1] == pytest.approx((found[0] - found[1]) * float(Decimal("0.5")), abs=0.5)


def test_two_values_that_lie_near_each_other_do_not_stand_at_the_ends_of_a_drawing() -> None:
    one, other = points(drawn(dots_of(["Nursing"], {"Women": [77_000], "Men": [79_000]}), 438.0))
    assert 0.1 * 438 < other[0] - one[0] < 0.3 * 438


def test_a_span_that_reaches_over_little_is_short() -> None:
    bar = drawn(middles_of(["Nursing"], [47_500], [48_000], [49_000]), 438.0)
    spans = [shape.box for shape in bar.plot.shapes if len(shape.path) == 5 and not is_open(shape)]
    assert max(box.right - box.left for box in spans) < 0.3 * 438


def test_the_name_of_a_line_stands_over_no_other_line() -> None:
    chart = chart_of("dot", ["Petroleum engineering", "Biomedical engineering", "Nursing"], [110_000, 60_000, 46_000])
    at = {"Cost of living": 50_000, "Mean": 54_000}
    references = tuple(Reference(Value(Decimal(n), Measure("integer")), text) for text, n in at.items())
    drawing = drawn(replace(chart, references=references), 438.0)
    boxes = {label.text: label.box for label in drawing.plot.labels}
    uprights = sorted({round(shape.points[0][0], 1) for shape in drawing.plot.shapes if shape.dashes})
    for own, other, text in ((*uprights, "Cost of living 50,000"), (*reversed(uprights), "Mean 54,000")):
        assert boxes[text].left <= own <= boxes[text].right
        assert not boxes[text].left <= other <= boxes[text].right
