"""Lines of several series, lines that begin above zero, and the labels of long ones."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from charts.alt import describe
from charts.chart import Chart
from charts.declared import declared_chart
from charts.kinds.registry import KINDS
from charts.plot import Shape
from data.errors import ProjectError
from data.tables.value import Measure, Value
from reports.changes.kept import decoded, kept
from reports.runs.read import Options, read
from tests.charting import bars_of, chart_of, collisions, drawn, is_open, series_of, texts
from tests.time_charts import SEEDS, any_chart, declared, touching

YEARS = range(2015, 2023)
TWO = {
    "Nursing": {year: 80 + (year - 2015) for year in YEARS},
    "Arts": {year: 60 - (year - 2015) for year in YEARS},
}


def thick_lines(shapes: list[Shape]) -> list[Shape]:
    return [shape for shape in shapes if is_open(shape) and shape.thick > 1]


def test_each_line_is_named_at_its_right_end_with_its_last_value_in_its_colour() -> None:
    drawing = drawn(series_of("line", TWO, "percent"))
    labels = {label.text: label for label in drawing.plot.labels}
    nursing, arts = labels["Nursing 87%"], labels["Arts 53%"]
    assert nursing.x == arts.x > 300
    assert nursing.colour != arts.colour
    lines = thick_lines(drawing.plot.shapes)
    assert len(lines) == 2
    for line, label in zip(lines, (nursing, arts)):
        assert line.points[-1][0] < label.x
        assert line.points[-1][1] == pytest.approx(label.y - 0.33 * 9, abs=1.0)


def test_points_stand_where_their_values_are_on_the_axis() -> None:
    drawing = drawn(series_of("line", TWO, "percent"))
    numbers = {label.text: label.y - 0.33 * 9 for label in drawing.plot.labels}
    zero, hundred = numbers["0%"], numbers["100%"]
    for line, own in zip(thick_lines(drawing.plot.shapes), TWO.values()):
        for (_, y), value in zip(line.points, own.values(), strict=True):
            assert y == pytest.approx(zero - (zero - hundred) * value / 100, abs=0.5)


def test_a_wide_table_gives_a_line_for_each_field() -> None:
    chart = wide()
    assert {"Women 30", "Men 20"} <= set(texts(drawn(chart)))
    assert "Women: from 10 (2020) to 30 (2022), rising throughout" in describe(chart, "en-US")


def wide() -> Chart:
    made = bars_of(["a", "b", "c"], {"Women": [10, 20, 30], "Men": [20, 15, 20]})
    years = chart_of("line", [2020, 2021, 2022], [1, 2, 3], along="year").table
    fields = (years.field("name"), *made.table.fields[1:])
    columns = {**made.table.columns, "name": years.columns["name"]}
    return replace(made, kind="line", table=replace(made.table, fields=fields, columns=columns))


def test_names_that_would_touch_are_moved_apart_and_led_to_their_lines() -> None:
    close = {name: {2020: 50, 2021: 50 + i / 10} for i, name in enumerate(("Law", "Arts", "Music"))}
    drawing = drawn(series_of("line", close, "percent"))
    assert list(collisions(drawing)) == []
    ys = sorted(label.y for label in drawing.plot.labels if label.text.split()[0] in close)
    assert len(ys) == 3
    assert ys[1] - ys[0] >= 10.7
    assert ys[2] - ys[1] >= 10.7
    assert any(is_open(shape) and len(shape.points) == 3 for shape in drawing.plot.shapes)


def test_what_is_highlighted_is_coloured_and_the_rest_is_grey() -> None:
    many = {f"College {i}": {year: i * 10 + year - 2015 for year in YEARS} for i in range(7)}
    drawing = drawn(series_of("line", many, "percent", highlight=["College 3"]))
    colours = [shape.line for shape in thick_lines(drawing.plot.shapes)]
    assert len(set(colours)) == 2
    assert colours.count(colours[-1]) == 1  # drawn last, over the others
    assert {"30%"} <= set(texts(drawing))  # where it began
    assert "Highlighted" not in describe(series_of("line", TWO, "percent"), "en-US")


def test_a_series_without_a_year_has_a_gap_there_that_says_so() -> None:
    gone = {"Nursing": {y: v for y, v in TWO["Nursing"].items() if y != 2018}, "Arts": TWO["Arts"]}
    drawing = drawn(series_of("line", gone, "percent"))
    assert [len(line.points) for line in thick_lines(drawing.plot.shapes)] == [3, 4, 8]
    assert texts(drawing).count("not stated") == 1


def test_a_month_without_a_row_is_a_gap_and_not_a_step() -> None:
    months = ["2020-01", "2020-02", "2020-03", "2020-05", "2020-06", "2020-07"]
    drawing = drawn(chart_of("line", months, [1, 2, 3, 5, 6, 7], along="date"))
    lines = thick_lines(drawing.plot.shapes)
    assert [len(line.points) for line in lines] == [3, 3]
    assert "not stated" in texts(drawing)
    assert lines[1].points[0][0] - lines[0].points[-1][0] == pytest.approx(61 / 182 * (lines[1].points[-1][0] - lines[0].points[0][0]), abs=1)  # fmt: skip


def test_years_at_irregular_distances_are_one_line() -> None:
    drawing = drawn(chart_of("line", [1990, 2000, 2005, 2010, 2011], [1, 2, 3, 4, 5], along="year"))
    assert [len(line.points) for line in thick_lines(drawing.plot.shapes)] == [5]


def test_a_series_that_ends_early_says_when() -> None:
    early = {"Nursing": TWO["Nursing"], "Arts": dict.fromkeys(range(2015, 2019), 50)}
    assert "Arts 50%\u00a0(2018)" in texts(drawn(series_of("line", early, "percent")))


def test_a_long_line_has_an_axis_and_says_when_its_peak_was() -> None:
    months = [f"{2018 + m // 12}-{m % 12 + 1:02}" for m in range(40)]
    numbers = [100 + (m * 37) % 50 for m in range(40)]
    numbers[19] = 300
    shown = texts(drawn(chart_of("line", months, numbers, along="date")))
    assert {"300", "Aug\u00a02019", "0", "100", "200"} <= set(shown)


# -- an axis that begins above zero -------------------------------------------------


def test_an_axis_that_begins_above_zero_says_so_and_is_broken(tmp_path: Path) -> None:
    rows = "year,college,share\n2020,Law,62\n2021,Law,65\n2022,Law,69\n"
    project = declared(tmp_path, 'x = "year"\ny = "share"\naxis = { from = 50 }', rows)
    chart = declared_chart(project, "c")
    assert chart.measure_line.endswith("; axis starts at 50%")
    drawing = drawn(chart)
    assert texts(drawing)[-4:-3] == ["50%"]
    assert any(is_open(shape) and len(shape.points) == 6 for shape in drawing.plot.shapes)  # the zigzag
    low = next(label.y - 0.33 * 9 for label in drawing.plot.labels if label.text == "50%")
    (line,) = thick_lines(drawing.plot.shapes)
    heights = [low - y for _, y in line.points]
    assert heights[0] / heights[2] == pytest.approx(12 / 19, abs=0.01)


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        ('kind = "bar"\nx = "share"\ny = "college"\naxis = { from = 50 }', "the kind 'bar' starts at zero"),
        ('kind = "column"\nx = "year"\ny = "share"\naxis = { from = 50 }', "the kind 'column' starts at zero"),
        ('x = "year"\ny = "share"\naxis = { from = 65 }', r"the axis starts at 65, and 'share' in t\.csv:2 lies below"),
        ('x = "year"\ny = "share"\naxis = { from = -5 }', "an axis begins at zero or above"),
        ('x = "year"\ny = "share"\naxis = { form = 5 }', "form"),
    ],
)
def test_an_axis_that_would_mislead_is_refused(chart: str, said: str, tmp_path: Path) -> None:
    rows = "year,college,share\n2020,Law,62\n2021,Arts,65\n2022,Music,69\n"
    with pytest.raises(ProjectError, match=said):
        declared_chart(declared(tmp_path, chart, rows), "c")


def test_an_edition_keeps_where_an_axis_begins(tmp_path: Path) -> None:
    declared(
        tmp_path, 'x = "year"\ny = "share"\naxis = { from = 50 }', "year,college,share\n2020,Law,62\n2021,Law,65\n"
    )
    again = decoded(kept(read(tmp_path, Options()), "1").encoded())
    assert again is not None
    assert again.charts["c"].chart().start == Value(Decimal(50), Measure("percent"))


# -- what is refused -------------------------------------------------------------------

LONG = "year,college,share\n" + "".join(f"{y},{c},{50 + i}\n" for y in (2020, 2021) for i, c in enumerate("ABCDE"))


def test_five_lines_are_refused_with_a_way_out(tmp_path: Path) -> None:
    chart = 'kind = "line"\nx = "year"\ny = "share"\nseries = "college"'
    with pytest.raises(ProjectError, match=r"the chart has 5 lines, and a reader tells 4 apart at most.*'multiples'"):
        declared_chart(declared(tmp_path, chart, LONG), "c")


def test_one_of_five_lines_may_stand_out(tmp_path: Path) -> None:
    chart = declared_chart(
        declared(tmp_path, 'kind = "line"\nx = "year"\ny = "share"\nseries = "college"\nhighlight = "B"', LONG), "c"
    )
    assert "B 51%" in texts(drawn(chart))


def test_three_of_five_do_not_stand_out(tmp_path: Path) -> None:
    chart = 'kind = "line"\nx = "year"\ny = "share"\nseries = "college"\nhighlight = ["A", "B", "C"]'
    with pytest.raises(ProjectError, match="3 lines stand out"):
        declared_chart(declared(tmp_path, chart, LONG), "c")


def test_a_series_with_two_values_at_one_time_is_refused(tmp_path: Path) -> None:
    rows = "year,college,share\n2020,A,1\n2020,B,2\n2021,A,3\n2020,A,4\n"
    with pytest.raises(ProjectError, match=r"t\.csv:5 has the same 'year' as t\.csv:2"):
        declared_chart(declared(tmp_path, 'kind = "line"\nx = "year"\ny = "share"\nseries = "college"', rows), "c")


def test_currencies_share_no_axis(tmp_path: Path) -> None:
    fields = (
        'year = { type = "year" }\ncollege = { type = "text" }\nunit = { type = "text" }\n'
        'pay = { type = "money", unit_field = "unit" }'
    )
    rows = "year,college,unit,pay\n2020,A,USD,1\n2021,A,USD,2\n2020,B,EUR,3\n2021,B,EUR,4\n"
    with pytest.raises(ProjectError, match="different units cannot share an axis"):
        declared_chart(
            declared(tmp_path, 'kind = "line"\nx = "year"\ny = "pay"\nseries = "college"', rows, fields), "c"
        )


# -- nothing touches -------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_touches_on_lines_of_several_series(seed: int) -> None:
    assert touching(any_chart("line", seed)) == []


@pytest.mark.parametrize(("language", "word"), [("de-DE", "nicht angegeben"), ("fr-FR", "non indiqué")])
def test_a_line_speaks_the_readers_language(language: str, word: str) -> None:
    gone = {"Nursing": {**TWO["Nursing"], 2018: None}, "Arts": TWO["Arts"]}
    chart = series_of("line", gone, "percent")
    assert word in texts(drawn(chart, language=language))
    assert word in describe(chart, language).lower()


def test_a_time_that_another_series_has_is_a_gap() -> None:
    points = {"A": {2019: 1, 2020: 2, 2021: 3, 2022: 4}, "B": {2019: 5, 2020: 6, 2022: 8}, "C": {2021: 7, 2022: 7}}
    drawing = drawn(series_of("line", points))
    assert texts(drawing).count("not stated") == 1
    lines = [len(shape.points) for shape in drawing.plot.shapes if is_open(shape) and shape.thick > 1.5]
    assert sorted(lines) == [2, 2, 4]


def test_a_line_of_which_nothing_is_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no row has a value of 'share', and the chart would be empty"):
        declared_chart(declared(tmp_path, 'x = "year"\ny = "share"', "year,college,share\n2020,A,\n2021,A,\n"), "c")


def test_rows_of_times_go_in_the_order_of_time_unless_they_are_sorted(tmp_path: Path) -> None:
    rows = "year,college,share\n2022,A,3\n2020,A,1\n2021,A,2\n"
    for sort, order in (("", [2020, 2021, 2022]), ('sort = "none"', [2022, 2020, 2021])):
        chart = declared_chart(declared(tmp_path, f'kind = "bar"\nx = "share"\ny = "year"\n{sort}', rows), "c")
        assert [int(str(content)) for content in chart.table.columns["year"]] == order


def test_the_first_rows_of_the_table_are_drawn_in_the_order_of_time(tmp_path: Path) -> None:
    rows = "year,college,share\n2022,A,3\n2021,A,2\n2020,A,1\n"
    chart = declared_chart(declared(tmp_path, 'kind = "bar"\nx = "share"\ny = "year"\nrows = 2', rows), "c")
    assert [int(str(content)) for content in chart.table.columns["year"]] == [2021, 2022]


def test_a_time_that_a_series_lacks_is_said_to_listeners() -> None:
    points = {"A": {2019: 1, 2020: 2, 2021: 3, 2022: 4}, "B": {2019: 5, 2020: 6, 2022: 8}}
    assert describe(series_of("line", points), "en-US").endswith("B, 2021: not stated.")


@pytest.mark.parametrize(
    ("points", "strong", "said"),
    [
        ({"A": {2020: 3, 2021: 4}, "B": {2020: 500, 2021: 505}, "C": {2020: 10**6, 2021: 10**7}}, (), "'A' and 'B'"),
        ({"A": {2020: 3, 2021: 4}, "B": {2020: 500, 2021: 505}, "C": {2020: 10**6, 2021: 10**7}}, ("C",), ""),
        (
            {"A": {2020: 3, 2021: 4}, "B": {2020: 500, 2021: 505}, "C": {2020: 10**6, 2021: 10**7}},
            ("A",),
            "'A' and 'B'",
        ),
        ({"A": {2020: 3, 2021: 4}, "B": {2020: 500, 2021: 10**6}, "C": {2020: 10**6, 2021: 10**7}}, (), ""),
        ({"A": {2020: 3, 2021: 60}, "C": {2020: 10**6, 2021: 10**7}}, (), "'A' has values from 3 to 60"),
        ({"A": {2020: 3, 2021: 4}, "B": {2020: 3, 2021: 4}}, (), ""),
    ],
)
def test_lines_that_nobody_would_see_beside_others_are_refused(
    points: dict[str, dict[str | int, float | None]], strong: tuple[str, ...], said: str
) -> None:
    found = KINDS["line"].fault(series_of("line", points, highlight=strong), "en-US")
    assert (said in found[0] if found else False) is bool(said)


def test_zero_is_named_where_a_line_crosses_it() -> None:
    crossing = drawn(chart_of("line", [2019, 2020, 2021], [2, -3, 1], "percent", along="year"))
    assert "0%" in texts(crossing)
    assert list(collisions(crossing)) == []
    assert "0%" not in texts(drawn(chart_of("line", [2019, 2020, 2021], [2, 3, 1], "percent", along="year")))


def test_names_of_several_lines_stand_apart() -> None:
    long = "College of Agriculture, Environmental Sciences and Natural Resources"
    drawing = drawn(series_of("line", {f"{long} {i}": {2019: 50, 2020: 70 + i} for i in (1, 0)}, "percent"))
    size, line = drawing.plot.style.size, drawing.plot.style.line
    first, second = sorted(label.y for label in drawing.plot.labels if label.text.startswith("College"))
    above = max(label.y for label in drawing.plot.labels if first <= label.y < second and label.x > 200)
    assert second - above > line + 0.3 * size


def test_one_time_leaves_no_hole() -> None:
    for points in ({"Law": {2024: 70}}, {"Law": {2024: 70}, "Arts": {2024: 50}}):
        drawing = drawn(series_of("line", points, "percent"))
        assert max(shape.box.right for shape in drawing.plot.shapes) < 0.5 * drawing.width
        assert not any("(2024)" in text for text in texts(drawing))


def test_what_is_missing_is_said_between_its_neighbours_and_not_on_the_axis() -> None:
    drawing = drawn(chart_of("line", [2020, 2021, 2022, 2023], [58, None, 66, 72], "percent", along="year"))
    places = {label.text: (label.box.top + label.box.bottom) / 2 for label in drawing.plot.labels}
    dots = sorted(shape.box.top for shape in drawing.plot.shapes if any(step.kind == "c" for step in shape.path))
    assert dots[0] < places["not stated"] < dots[-1] + 9
    assert places["2021"] - places["not stated"] > 40
