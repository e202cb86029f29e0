"""Slopes between two times, named at both ends."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from charts.alt import describe
from charts.chart import Chart
from charts.declared import declared_chart
from charts.editable.registry import editable
from charts.kinds.registry import KINDS
from data.errors import ProjectError
from tests.charting import bars_of, collisions, drawn, is_open, series_of, texts
from tests.time_charts import NAMES, SEEDS, declared, touching

TWO = {"Nursing": {2015: 80, 2023: 92}, "Arts": {2015: 60, 2023: 52}}


def test_each_line_is_named_with_its_values_at_both_ends() -> None:
    shown = texts(drawn(series_of("slope", TWO, "percent")))
    assert shown[:2] == ["2015", "2023"]
    assert {"Nursing 80%", "92% Nursing", "Arts 60%", "52% Arts"} <= set(shown)


def test_ends_stand_at_heights_that_are_true_to_the_values() -> None:
    drawing = drawn(series_of("slope", TWO, "percent"))
    nursing, arts = (s.points for s in drawing.plot.shapes if is_open(s) and s.thick > 1)
    assert (arts[0][1] - nursing[0][1]) / (arts[1][1] - nursing[1][1]) == pytest.approx(20 / 40, abs=0.01)


def test_a_small_change_does_not_look_like_a_large_one() -> None:
    drawing = drawn(series_of("slope", {"Law": {2015: 88, 2023: 89}}, "percent"))
    (line,) = (s.points for s in drawing.plot.shapes if is_open(s) and s.thick > 1)
    assert abs(line[1][1] - line[0][1]) < 0.06 * drawing.height
    assert "Heights do not start at zero" in texts(drawing)


def test_heights_that_start_at_zero_need_no_remark() -> None:
    assert "Heights do not start at zero" not in texts(drawn(series_of("slope", {"Law": {2015: 0, 2023: 9}})))


def test_two_fields_make_a_slope_for_each_row() -> None:
    chart = replace(bars_of(["Bachelor", "Master"], {"2013": [41, 52], "2023": [58, 71]}, ["Master"]), kind="slope")
    drawing = drawn(chart)
    assert {"2013", "2023", "Bachelor 41", "58 Bachelor", "Master 52", "71 Master"} == set(texts(drawing)) - {
        "Heights do not start at zero"
    }
    assert len({s.line for s in drawing.plot.shapes if is_open(s) and s.thick > 1}) == 2


def test_a_value_at_one_time_only_is_a_dot_and_said() -> None:
    drawing = drawn(series_of("slope", {**TWO, "Law": {2015: None, 2023: 70}}, "percent"))
    assert any("Law, 2015: not stated" in text for text in texts(drawing))
    assert "70% Law" in texts(drawing)
    assert "Law, 2015: not stated" in describe(series_of("slope", {**TWO, "Law": {2023: 70}}, "percent"), "en-US")


def test_a_slope_describes_each_change() -> None:
    assert describe(series_of("slope", TWO, "percent"), "en-US") == (
        "Slope chart: Amount by Year, from 2015 to 2023. Nursing: from 80% to 92%; Arts: from 60% to 52%."
    )


@pytest.mark.parametrize(
    ("chart", "rows", "said"),
    [
        ('y = "share"\nseries = "college"', "2020,A,1\n2021,A,2\n2022,A,3\n", "'year' has 3"),
        ('y = "share"\nseries = "college"', "2020,A,1\n2020,B,2\n", "'year' has 1"),
        ('y = "share"', "2020,A,1\n2021,A,2\n", "there is 1"),
        ('y = "share"\nseries = "college"', "2020,A,1\n2021,A,2\n2021,A,3\n", "two rows are called '2021' of 'A'"),
    ],
)
def test_other_than_two_times_are_refused(chart: str, rows: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=said):
        declared_chart(declared(tmp_path, f'kind = "slope"\nx = "year"\n{chart}', f"year,college,share\n{rows}"), "c")


LONG = "College of Agriculture, Environmental Sciences and Natural Resources"


def test_a_long_name_stands_at_the_right_end_alone() -> None:
    points = {LONG: {2015: 71, 2023: 77}, "Arts": {2015: 60, 2023: 52}, "Law": {2015: 66}}
    drawing = drawn(series_of("slope", points, "percent"))
    shown = texts(drawing)
    assert sum("Agriculture" in text for text in shown) == 1
    assert {"71%", "60%", "77%", "52%", "Arts", "Law 66%"} <= set(shown)
    assert list(collisions(drawing)) == []


def test_a_long_name_has_its_room_where_no_line_begins() -> None:
    drawing = drawn(series_of("slope", {"A": {2015: None, 2023: None}, LONG: {2023: 10}}), 250)
    assert "10" in texts(drawing)
    assert list(collisions(drawing)) == []


def test_labels_of_several_lines_stand_apart() -> None:
    points = {f"{LONG} {i}": {2015: 70, 2023: 70 + i} for i in (0, 1)}
    drawing = drawn(series_of("slope", points, "percent"), 250)
    (first, second) = sorted(label.y for label in drawing.plot.labels if label.text.startswith("College"))
    lines = [label.y for label in drawing.plot.labels if first <= label.y < second]
    assert second - max(lines) > drawing.plot.style.line + 0.3 * drawing.plot.style.size


def _many(count: int, strong: Sequence[str] = ()) -> Chart:
    points = {f"Major {i}": {2015: 50 + i, 2023: 60 + 2 * i} for i in range(count)}
    return series_of("slope", points, "percent", highlight=strong)


def test_of_many_lines_those_that_stand_out_are_named_and_the_others_told_below() -> None:
    drawing = drawn(_many(13, ["Major 5"]))
    shown = " ".join(texts(drawing))
    assert "Major 5 55%" in shown
    assert "70% Major 5" in shown
    assert ("Major 0 50%" in shown, "Major 1 51%" in shown, "Major 12 62%" in shown) == (True, False, True)
    assert "Grey: Major 0, Major 1, Major 2" in shown
    assert editable(_many(12), drawing.plot.style, 600, 300) is not None
    assert editable(_many(13, ["Major 5"]), drawing.plot.style, 600, 300) is None


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (_many(13), "the chart has 13 slopes, and 12 at most can be named"),
        (_many(25, ["Major 5"]), "the chart has 25 slopes, and a reader follows 24 at most"),
        (
            series_of("slope", {"A": {2015: 1_200, 2023: 12}, "B": {2015: 3, 2023: 39_510_000}}),
            "'A' goes from 1,200 to 12, and its line would look level",
        ),
        (
            series_of("slope", {"A": {2015: 3, 2023: 4}, "B": {2015: 40, 2023: 9_000_000}}),
            "'A' (3) and 'B' (40) would stand at one height",
        ),
        (_many(12), ""),
        (_many(24, ["Major 5"]), ""),
        (series_of("slope", {"A": {2015: 1, 2023: 3}, "B": {2015: 70, 2023: 80}}), ""),
        (series_of("slope", {"A": {2015: 50, 2023: 50}, "B": {2015: 50, 2023: 80}}), ""),
    ],
)
def test_lines_that_nobody_could_follow_are_refused(chart: Chart, said: str) -> None:
    found = KINDS["slope"].fault(chart, "en-US")
    assert (said in found[0] if found else False) is bool(said)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_touches_on_slopes(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"{chance.choice(NAMES)} {i}" for i in range(chance.choice([1, 2, 5, 12, 40]))]
    low, high = chance.choice([(0, 10), (-100, 100), (9_000, 10_000), (0, 1_000_000)])

    def value() -> int | None:
        return None if chance.random() < 0.1 else chance.randint(low, high)

    points = {name: {2015: value(), 2023: value()} for name in names}
    chart = series_of("slope", points, "money", "USD", names[:1] if chance.random() < 0.4 else ())
    assert touching(chart) == []


@pytest.mark.parametrize("language", ["de-DE", "fr-FR", "es-ES"])
def test_a_slope_speaks_the_readers_language(language: str) -> None:
    drawing = drawn(
        series_of("slope", {"Law": {2015: 88, 2023: None}, "Arts": {2015: 80, 2023: 81}}, "percent"), 438, language
    )
    assert list(collisions(drawing)) == []
    assert "not stated" not in " ".join(texts(drawing))
    assert "Slope" not in drawing.alt


def test_a_line_at_zero_stands_where_values_are_on_both_sides_of_it() -> None:
    def level(numbers: dict[str, dict[int, float]]) -> int:
        shapes = drawn(series_of("slope", numbers)).plot.shapes
        return sum(is_open(one) and one.points[0][1] == one.points[-1][1] for one in shapes)

    assert level({"A": {2019: -3, 2024: 2}, "B": {2019: 4, 2024: 6}}) == 1
    assert level({"A": {2019: 1, 2024: 2}, "B": {2019: 4, 2024: 6}}) == 0
