"""Small multiples: panels on one scale, titled, in the order of the data."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from charts.alt import describe
from charts.declared import declared_chart
from data.errors import ProjectError
from tests.charting import collisions, drawn, is_open, series_of, texts
from tests.time_charts import NAMES, SEEDS, any_times, declared, touching

YEARS = range(2015, 2024)
COLLEGES = ("Law", "Arts", "Music", "Science", "Business", "Medicine", "Theology")
POINTS = {name: {year: 10 * i + year - 2015 for year in YEARS} for i, name in enumerate(COLLEGES)}


def test_each_series_has_a_panel_with_its_title_in_the_order_of_the_data() -> None:
    titles = [text for text in texts(drawn(series_of("multiples", POINTS, "percent"))) if text in COLLEGES]
    assert titles == list(COLLEGES)


def test_all_panels_have_one_scale() -> None:
    drawing = drawn(series_of("multiples", POINTS, "percent"), 250)
    lines = [shape.points for shape in drawing.plot.shapes if is_open(shape) and shape.thick > 1]
    rises = {round(line[0][1] - line[-1][1], 3) for line in lines}
    assert len(lines) == 7
    assert len(rises) == 1
    bases = [s.points[0][1] for s in drawing.plot.shapes if is_open(s) and s.line == drawing.plot.style.ink]
    units = {round((base - line[0][1]) / (i or 1), 2) for i, (base, line) in enumerate(zip(bases, lines)) if i}
    assert len(units) == 1


def test_the_ends_of_each_line_are_said() -> None:
    shown = texts(drawn(series_of("multiples", POINTS, "percent")))
    assert {"0%", "8%", "60%", "68%"} <= set(shown)
    assert shown.count("2015") == shown.count("2023") == 7


def test_what_is_missing_is_said_below() -> None:
    points = {**POINTS, "Arts": {**POINTS["Arts"], 2018: None, 2019: None}}
    assert "Arts, 2018, 2019: not stated" in texts(drawn(series_of("multiples", points, "percent")))


def test_a_highlighted_panel_stands_out() -> None:
    drawing = drawn(series_of("multiples", POINTS, "percent", highlight=["Music"]))
    colours = [shape.line for shape in drawing.plot.shapes if is_open(shape) and shape.thick > 1]
    assert colours.count(colours[2]) == 1
    assert len(set(colours)) == 2


def test_many_panels_are_said_by_those_that_change_the_most() -> None:
    points = {f"C{i}": {2020: 50, 2021: 50 + i} for i in range(12)}
    said = describe(series_of("multiples", points, "percent"), "en-US")
    assert said.startswith("Small multiples: Amount by Year. C11: from 50% (2020) to 61% (2021)")
    assert "C0: from 50% (2020) to 50% (2021), unchanged" in said
    assert "C5" not in said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("".join(f"2020,C{i},1\n2021,C{i},2\n" for i in range(25)), "25 panels are more than a reader compares"),
        ("2020,A,1\n2020,A,2\n", "has the same 'year'"),
    ],
)
def test_panels_that_nobody_could_read_are_refused(rows: str, said: str, tmp_path: Path) -> None:
    chart = 'kind = "multiples"\nx = "year"\ny = "share"\nseries = "college"'
    with pytest.raises(ProjectError, match=said):
        declared_chart(declared(tmp_path, chart, f"year,college,share\n{rows}"), "c")


def test_multiples_need_a_series(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r'needs a field as its series.*Write series = "\.\.\."'):
        declared_chart(
            declared(tmp_path, 'kind = "multiples"\nx = "year"\ny = "share"', "year,college,share\n2020,A,50\n"), "c"
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_touches_in_panels(seed: int) -> None:
    chance = random.Random(seed)
    along, times = any_times(chance, chance.choice([1, 2, 8, 20]))
    low, high = chance.choice([(0, 10), (-100, 100), (9_000, 10_000), (-5, -1), (0, 1_000_000)])
    points = {
        f"{chance.choice(NAMES)} {i}": {
            time: None if chance.random() < 0.1 else chance.randint(low, high) for time in times
        }
        for i in range(chance.choice([1, 2, 5, 9]))
    }
    assert touching(series_of("multiples", points, "money", "USD", along=along)) == []


def test_twenty_four_panels_have_room() -> None:
    points = {f"College {i}": {year: i * (year - 2010) for year in YEARS} for i in range(24)}
    assert list(collisions(drawn(series_of("multiples", points)))) == []
