"""Small multiples: panels on one scale, titled, in the order of the data."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from charts.alt import describe
from charts.declared import declared_chart
from charts.kinds.registry import KINDS
from data.errors import ProjectError
from tests.charting import collisions, drawn, is_open, patches, series_of, texts
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
        (
            "".join(f"2020,C{i},1\n2021,C{i},2\n" for i in range(25)),
            "the chart has 25 panels, and a reader compares 24 at most",
        ),
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


def test_a_panel_with_one_value_and_a_gap_are_said_to_listeners() -> None:
    points = {"A": {2020: 1, 2022: 3}, "B": {2020: 1, 2021: 2, 2022: 3}, "C": {2021: 7}}
    said = describe(series_of("multiples", points), "en-US")
    assert "C: 7 (2021)." in said
    assert "A, 2021: not stated." in said


def test_a_time_that_another_panel_has_is_a_gap() -> None:
    points = {"A": {2020: 1, 2021: 2, 2022: 3}, "B": {2020: 1, 2022: 3}}
    drawing = drawn(series_of("multiples", points))
    lines = [shape for shape in drawing.plot.shapes if is_open(shape) and shape.thick > 1]
    assert len(lines) == 1
    assert "B, 2021: not stated" in texts(drawing)


def test_columns_of_all_panels_stand_on_one_scale() -> None:
    points = {"A": {2020: 10, 2021: 20}, "B": {2020: 40, 2021: 5}}
    drawing = drawn(replace(series_of("multiples", points), marks="columns"))
    bars = sorted((box for box, _ in patches(drawing)), key=lambda box: box.left)
    heights = [box.bottom - box.top for box in bars]
    assert [height / heights[0] for height in heights] == pytest.approx([1, 2, 4, 0.5])
    assert {round(box.bottom, 3) for box in bars} == {round(bars[0].bottom, 3)}


def test_columns_below_zero_hang_from_it_and_a_year_without_one_keeps_its_place() -> None:
    points = {"A": {2020: 10, 2022: -10}, "B": {2020: 1, 2021: 2, 2022: 3}}
    drawing = drawn(replace(series_of("multiples", points), marks="columns"))
    first, second, *others = sorted((box for box, _ in patches(drawing)), key=lambda box: box.left)
    assert first.bottom == pytest.approx(second.top)
    apart = others[1].left - others[0].left
    assert second.left - first.left == pytest.approx(2 * apart)


def test_names_along_the_axis_make_bars_on_one_scale() -> None:
    points: dict[str, dict[str | int, float | None]] = {"A": {"Nurses": 10, "Cooks": 20}, "B": {"Nurses": 40}}
    drawing = drawn(series_of("multiples", points, along="text"))
    wide = sorted(box.right - box.left for box, _ in patches(drawing))
    assert [one / wide[0] for one in wide] == pytest.approx([1, 2, 4])
    assert texts(drawing).count("Nurses") == 1
    assert "not stated" in texts(drawing)
    assert "B: Nurses: 40; Cooks: not stated." in describe(series_of("multiples", points, along="text"), "en-US")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('kind = "multiples"\nmarks = "bars"', r"bars have names, and 'year' holds times\. Write marks = \"columns\""),
        ('kind = "multiples"\nmarks = "columns"\naxis = { from = 1 }', "columns start at zero.*bars-from-zero"),
        ('kind = "line"\nmarks = "columns"', "the kind 'line' has marks of its own.*use the kind 'multiples'"),
    ],
)
def test_marks_that_do_not_fit_are_refused(settings: str, said: str, tmp_path: Path) -> None:
    chart = f'{settings}\nx = "year"\ny = "share"\nseries = "college"'
    with pytest.raises(ProjectError, match=said):
        declared_chart(declared(tmp_path, chart, "year,college,share\n2020,A,50\n2021,A,51\n"), "c")


GAPS = {"Law": dict.fromkeys(YEARS, 50), "Arts": {2018: 40, 2019: 30, 2021: 45}}


@pytest.mark.parametrize("marks", ["lines", "columns"])
def test_what_a_panel_lacks_before_its_first_and_after_its_last_value_is_said(marks: str) -> None:
    chart = replace(series_of("multiples", GAPS, "percent"), marks=marks)
    lacking = "Arts, 2015, 2016, 2017, 2020, 2022, 2023: not stated"
    assert lacking in texts(drawn(chart))
    assert lacking in describe(chart, "en-US")


def test_the_first_time_stands_below_the_columns_of_that_time() -> None:
    drawing = drawn(replace(series_of("multiples", GAPS, "percent"), marks="columns"))
    bars = [box for box, shape in patches(drawing) if shape.fill == drawing.plot.style.accent]
    first = min(bars, key=lambda box: box.left)
    named = min((label for label in drawing.plot.labels if label.text == "2015"), key=lambda label: label.x)
    assert (named.box.left + named.box.right) / 2 == pytest.approx((first.left + first.right) / 2, abs=0.5)


def test_a_time_that_is_wider_than_its_column_has_a_line_to_it() -> None:
    points = {"Law": dict.fromkeys(range(2001, 2025), 50), "Arts": dict.fromkeys(range(2004, 2020), 40)}
    drawing = drawn(replace(series_of("multiples", points, "percent"), marks="columns"), 250)
    bars = sorted(box for box, shape in patches(drawing) if shape.fill == drawing.plot.style.accent)
    lines = [s.points for s in drawing.plot.shapes if is_open(s) and s.line == drawing.plot.style.muted]
    assert any(abs(line[0][0] - (bars[0].left + bars[0].right) / 2) < 0.1 for line in lines)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ({"A": {2020: 3, 2021: 90}, "B": {2020: 39_000, 2021: 39_510_000}}, "'A' has values from 3 to 90"),
        ({"A": {2020: 80, 2021: 90}, "B": {2020: 39_000, 2021: 39_510_000}}, ""),
        ({"A": {2020: 3, 2021: 90}, "B": {2020: 390, 2021: 3_951}}, ""),
    ],
)
def test_a_panel_whose_course_nobody_would_see_is_refused(
    points: dict[str, dict[str | int, float | None]], said: str
) -> None:
    found = KINDS["multiples"].fault(series_of("multiples", points), "en-US")
    assert (said in found[0] if found else False) is bool(said)


def test_the_last_name_of_bars_has_room_for_its_descenders() -> None:
    own = {"Private companies": 5, "Non-profit agencies": 4}
    chart = series_of("multiples", {"Engineering": {**own}, "Business": {**own}}, along="text")
    drawing = drawn(chart)
    assert drawing.height >= max(label.box.bottom for label in drawing.plot.labels) + 1


def test_eight_panels_have_room_on_a_slide() -> None:
    points = {f"College {i}": {2019: 40 + i, 2024: 60 + i} for i in range(8)}
    drawing = drawn(series_of("multiples", points, "percent"), 860.0, height=324.0, text_size=14.0)
    assert drawing.height == pytest.approx(324, abs=0.5)
    heights = {round(label.y) for label in drawing.plot.labels if label.text.startswith("College")}
    assert len(heights) == 2
    assert list(collisions(drawing)) == []


def test_names_that_hold_commas_are_parted_from_each_other() -> None:
    chart = series_of("multiples", {"Arts, Letters": {2023: 5, 2024: 6}, "Law": {2023: 7, 2024: 8}})
    assert "Highlighted: Arts, Letters; Law." not in describe(chart, "en-US")
    three = {"Arts, Letters": {2023: 5, 2024: 6}, "Law": {2023: 7, 2024: 8}, "Health": {2023: 7, 2024: 8}}
    strong = replace(series_of("multiples", three), highlight=("Arts, Letters", "Law"))
    assert "Highlighted: Arts, Letters; Law." in describe(strong, "en-US")
