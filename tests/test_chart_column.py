"""Columns through time: from zero, at their places in the calendar, with their values on top."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from charts.alt import describe
from charts.declared import declared_chart
from charts.drawn.drawing import Drawing
from charts.plot import Bounds
from data.errors import ProjectError
from data.tables.marks import Mark, Marked
from tests.charting import chart_of, collisions, drawn, is_open, patches, texts
from tests.time_charts import SEEDS, any_chart, declared, touching

YEARS = list(range(2019, 2024))
GRADUATES = [4120, 3890, 4302, 4788, 5120]


def columns(drawing: Drawing) -> list[Bounds]:
    return [box for box, _ in sorted(patches(drawing), key=lambda patch: patch[0].left)]


def test_each_column_is_as_high_as_its_value_and_has_it_on_top() -> None:
    drawing = drawn(chart_of("column", YEARS, GRADUATES, along="year"))
    found = columns(drawing)
    unit = (found[0].bottom - found[0].top) / GRADUATES[0]
    for box, value in zip(found, GRADUATES, strict=True):
        assert box.bottom - box.top == pytest.approx(unit * value, abs=0.5)
        label = next(label for label in drawing.plot.labels if label.text == f"{value:,}")
        assert label.y < box.top < label.y + 6
        assert label.box.left + label.box.right == pytest.approx(box.left + box.right, abs=0.5)
    assert texts(drawing)[-5:] == [str(year) for year in YEARS]


def test_four_columns_fill_the_page_and_fewer_stand_as_near_each_other() -> None:
    found = [columns(drawn(chart_of("column", YEARS[:n], GRADUATES[:n], along="year"))) for n in (2, 3, 4, 5)]
    assert [round(own[-1].right) for own in found] == [191, 301, 410, 421]
    assert all(box.right - box.left <= 6 * 9 + 0.001 for own in found for box in own)
    assert all(b.left - a.right < 1.1 * (a.right - a.left) for own in found for a, b in pairwise(own))
    many = columns(drawn(chart_of("column", list(range(2000, 2020)), list(range(20, 40)), along="year")))
    assert {round(box.right - box.left, 1) for box in many} == {15.8}


def test_what_is_below_zero_hangs_below_it() -> None:
    drawing = drawn(chart_of("column", YEARS, [4, -2, 3, -1, 2], "percent", along="year"))
    zero = next(shape.points[0][1] for shape in drawing.plot.shapes if is_open(shape))
    found = columns(drawing)
    assert [box.top == pytest.approx(zero) for box in found] == [False, True, False, True, False]
    assert found[1].bottom - found[1].top == pytest.approx((found[0].bottom - found[0].top) / 2, abs=0.5)
    assert "−2%" in texts(drawing)


def test_a_year_without_a_row_has_its_place_and_no_column() -> None:
    drawing = drawn(chart_of("column", [2015, 2016, 2017, 2018, 2020, 2021, 2022], [1, 2, 3, 4, 6, 7, 8], along="year"))
    found = columns(drawing)
    apart = [b.left - a.left for a, b in pairwise(found)]
    assert apart[3] == pytest.approx(2 * apart[0])
    assert "not stated" in texts(drawing)


def test_a_missing_value_says_why() -> None:
    shown = texts(drawn(chart_of("column", [2020, 2021, 2022], [5, None, 0], along="year")))
    assert {"5", "0"} <= set(shown)
    assert " ".join(shown).count("not stated") == 1


def test_many_columns_have_an_axis_and_the_labels_that_matter() -> None:
    numbers = [50_000 + (year * 7919) % 30_000 for year in range(2004, 2024)]
    drawing = drawn(chart_of("column", range(2004, 2024), numbers, "money", "USD", along="year"), 300)
    shown = texts(drawing)
    assert {"$0", "$50,000"} <= set(shown)
    assert f"${max(numbers):,}" in shown
    assert list(collisions(drawing)) == []


def test_what_is_highlighted_stands_out() -> None:
    drawing = drawn(chart_of("column", YEARS, GRADUATES, along="year", highlight=["2021"]))
    fills = [shape.fill for _, shape in sorted(patches(drawing), key=lambda patch: patch[0].left)]
    assert len(set(fills)) == 2
    assert fills.count(fills[2]) == 1


def test_columns_are_said_in_the_order_of_time() -> None:
    chart = chart_of("column", [2021, 2020], [5, 4], along="year")
    assert describe(chart, "en-US") == "Column chart: Amount by Name. 2020: 4; 2021: 5."
    assert describe(chart, "de-DE").startswith("Säulendiagramm: Amount nach Name.")


def test_too_many_periods_are_a_line(tmp_path: Path) -> None:
    rows = "year,college,share\n" + "".join(f"{year},A,{year - 1950}\n" for year in range(1990, 2020))
    with pytest.raises(ProjectError, match=r"the chart has 30 columns.*Use the kind 'line'"):
        declared_chart(declared(tmp_path, 'kind = "column"\nx = "year"\ny = "share"', rows), "c")


def test_two_rows_of_one_year_are_refused(tmp_path: Path) -> None:
    rows = "year,college,share\n2020,A,1\n2020,B,2\n"
    with pytest.raises(ProjectError, match="has the same 'year'"):
        declared_chart(declared(tmp_path, 'kind = "column"\nx = "year"\ny = "share"', rows), "c")


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_touches_on_columns(seed: int) -> None:
    assert touching(any_chart("column", seed, 20)) == []


@pytest.mark.parametrize("numbers", [[None, None], [0, 0], ["1e24", "1e-9"], [-1, -2], [7]])
def test_columns_of_strange_values_are_drawn(numbers: list[str | None]) -> None:
    drawing = drawn(chart_of("column", [2020, 2021][: len(numbers)], numbers, "number", along="year"))
    assert list(collisions(drawing)) == []


def test_few_columns_that_are_far_apart_keep_their_distances(tmp_path: Path) -> None:
    found = columns(drawn(chart_of("column", [1985, 2010, 2020, 2023, 2024], [1, 2, 3, 4, 5], along="year")))
    middles = [(box.left + box.right) / 2 for box in found]
    step = middles[4] - middles[3]
    assert [(b - a) / step for a, b in pairwise(middles)] == pytest.approx([25, 10, 3, 1])
    rows = "year,college,share\n1900,A,1\n2001,A,2\n2002,A,3\n"
    with pytest.raises(
        ProjectError, match="with the times between them the 3 columns need 103 places, and there is room for 60"
    ):
        declared_chart(declared(tmp_path, 'kind = "column"\nx = "year"\ny = "share"', rows), "c")


def test_zero_is_named_where_columns_stand_on_both_sides_of_it() -> None:
    drawing = drawn(chart_of("column", YEARS, [4, -2, 3, -1, 2], "percent", along="year"))
    zero = next(label for label in drawing.plot.labels if label.text == "0%")
    line = next(shape.points[0][1] for shape in drawing.plot.shapes if is_open(shape))
    assert (zero.box.top + zero.box.bottom) / 2 == pytest.approx(line, abs=1)
    assert "0" not in texts(drawn(chart_of("column", YEARS, [4, 2, 3, 1, 2], along="year")))


def test_one_column_leaves_no_hole() -> None:
    one = drawn(chart_of("column", [2024], [2380], along="year"))
    assert one.height < drawn(chart_of("column", YEARS, GRADUATES, along="year")).height * 0.7


def test_a_column_that_is_only_known_to_be_no_higher_is_outlined() -> None:
    chart = chart_of("column", YEARS[:2], [60, 80], along="year")
    limited = {**chart.table.columns, "amount": (Marked(Decimal(60), Mark("at most")), Decimal(80))}
    shapes = drawn(replace(chart, table=replace(chart.table, columns=limited))).plot.shapes
    outlined = [shape for shape in shapes if shape.dashes]
    filled = [shape for shape in shapes if shape.fill is not None]
    assert [len(outlined), len(filled)] == [1, 1]
    tall = [shape.box.bottom - shape.box.top for shape in (*outlined, *filled)]
    assert tall[0] / tall[1] == pytest.approx(0.75, abs=0.02)
