"""Charts draw no two rows as one, say which rows they leave out, and claim no trend that the series does not have."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from charts.alt import describe
from charts.declared import declared_chart
from charts.trend import mann_kendall, trend
from data.errors import ProjectError
from data.project import load_project
from reports.runs.check import check
from tests.charting import chart_of, drawn, is_open, texts


def project(folder: Path, fields: str, rows: str, chart: str, *, table: str = "", story: str = "![C](chart:c)") -> Path:
    (folder / "project.toml").write_text(
        f'title = "Charts"\npublisher = "P"\n[tables.t]\nfile = "t.csv"\n{table}\n[tables.t.fields]\n{fields}\n'
        f'[charts.c]\ntable = "t"\ntitle = "Claim"\n{chart}\n[outputs.report]\nwriter = "report"\nstory = "report.md"\n',
        "utf-8",
    )
    (folder / "t.csv").write_text(rows, "utf-8")
    (folder / "report.md").write_text(f"# A\n\n{story}\n", "utf-8")
    return folder


LINE = 'year = { type = "%s" }\ncampus = { type = "text" }\nv = { type = "integer" }'
TWO = "year,campus,v\n2021,North,100\n2021,South,20\n2022,North,110\n2022,South,25\n"


@pytest.mark.parametrize(
    ("kind", "rows", "said"),
    [
        ("year", TWO, "t.csv:3 has the same 'year' as t.csv:2"),
        ("date", TWO.replace("2021", "2021-03"), "t.csv:3 has the same 'year'"),
        ("date", "year,campus,v\n2021-01,N,1\n2021-02,N,2\n2021-01,N,3\n", "t.csv:4 has the same 'year' as t.csv:2"),
        ("date", "year,campus,v\n2021,N,1\n2021-02,N,2\n", "t.csv:3 is of another precision than t.csv:2"),
        ("academic_year", TWO.replace("2021", "2021/22").replace("2022,", "2022/23,"), "has the same 'year'"),
        ("year", "year,campus,v\n2021,N,1\n,N,2\n", "t.csv:3 has no 'year'"),
    ],
)
def test_a_line_has_one_value_at_each_time(kind: str, rows: str, said: str, tmp_path: Path) -> None:
    read = load_project(project(tmp_path, LINE % kind, rows, 'x = "year"\ny = "v"'))
    with pytest.raises(ProjectError, match=said):
        declared_chart(read, "c")


def test_one_of_two_series_is_a_line(tmp_path: Path) -> None:
    read = load_project(project(tmp_path, LINE % "year", TWO, 'x = "year"\ny = "v"\nwhere = "campus == \'North\'"'))
    assert len(declared_chart(read, "c").table) == 2


@pytest.mark.parametrize("other", ["North", "north", "North  ", "NORTH"])
@pytest.mark.parametrize("kind", ["bar", "share"])
def test_two_rows_of_one_name_are_refused(kind: str, other: str, tmp_path: Path) -> None:
    fields = 'k = { type = "text" }\nv = { type = "percent" }'
    chart = f'x = "v"\ny = "k"\nkind = "{kind}"'
    read = load_project(project(tmp_path, fields, f"k,v\nNorth,60\nEast,1\n{other},30\n", chart))
    with pytest.raises(ProjectError, match=r"two rows are called '.*': t.csv:\d and t.csv:\d"):
        declared_chart(read, "c")


def test_rows_of_two_currencies_may_share_a_name(tmp_path: Path) -> None:
    fields = 'k = { type = "text" }\nc = { type = "text" }\nv = { type = "money", unit_field = "c" }'
    read = load_project(project(tmp_path, fields, "k,c,v\nA,USD,1\nA,EUR,2\n", 'x = "v"\ny = "k"'))
    assert len(declared_chart(read, "c").table) == 2


BARS = 'k = { type = "text", key = true }\nv = { type = "integer" }'
MANY = "k,v\n" + "".join(f"Row {i},{i}\n" for i in range(1, 19))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("rows = 10", "highest 10 of 18"),
        ('rows = 3\nsort = "ascending"', "lowest 3 of 18"),
        ('rows = 3\nsort = "none"', "first 3 of 18"),
        ('rows = 3\nwhere = "v > 8"', "highest 3 of 10"),
        ("rows = 18", ""),
        ('where = "v > 8"', ""),
    ],
)
def test_a_chart_that_shows_some_of_its_rows_says_which(more: str, said: str, tmp_path: Path) -> None:
    read = load_project(project(tmp_path, BARS, MANY, f'x = "v"\ny = "k"\n{more}'))
    chart = declared_chart(read, "c")
    assert chart.measure_line == ("V; " + said if said else "V")
    assert said.capitalize() in describe(chart, "en-US")


def test_a_table_that_shows_some_of_its_rows_says_how_many_and_tells_a_cut_tie(tmp_path: Path) -> None:
    rows = "k,v\na,5\nb,3\nc,3\nd,1\n"
    story = '![All](table:t){rows=2 sort="-v"}'
    told = [str(one) for one in check(project(tmp_path, BARS, rows, 'x = "v"\ny = "k"', story=story))]
    assert any("'b' is shown and 'c' is not, and their 'v' is the same" in one for one in told)


WHOLE = 'k = { type = "text", key = true }\nv = { type = "percent" }'
MARKED = 'whole = "v"\nmissing = { c = "suppressed" }'


@pytest.mark.parametrize(
    ("rows", "more", "rest"),
    [
        ("k,v\nA,60\nB,30\nC,c\n", "", ""),
        ("k,v\nA,60\nB,10\nC,c\nD,c\n", "", ""),
        ("k,v\nA,60\nB,30\nC,c\n", 'where = "v != None"', ""),
        ("k,v\nA,60\nB,30\nC,c\n", "rows = 2", ""),
        ("k,v\nA,60\nB,30\n", "", "Not stated"),
        ("k,v\nA,60\nB,30\nC,10\n", "rows = 2", "Others"),
        ("k,v\nA,60\nB,30\nC,10\n", 'where = "v > 20"', "Others"),
    ],
)
def test_the_rest_of_a_whole_gives_nothing_away(rows: str, more: str, rest: str, tmp_path: Path) -> None:
    read = load_project(project(tmp_path, WHOLE, rows, f'x = "v"\ny = "k"\nkind = "share"\n{more}', table=MARKED))
    chart = declared_chart(read, "c")
    shown, said = texts(drawn(chart)), describe(chart, "en-US")
    assert {"Not stated", "Others"} & set(shown) == ({rest} if rest else set())
    assert ("10%" in shown) == (bool(rest) or "B,10" in rows)
    assert f"{rest.lower()}: 10%" in said if rest else "Not stated" not in said


def test_shares_that_rounding_explains_are_no_contradiction(tmp_path: Path) -> None:
    read = load_project(project(tmp_path, WHOLE, "k,v\nA,71\nB,24\nC,6\n", 'x = "v"\ny = "k"', table=MARKED))
    from data.tables.contradictions import contradictions

    assert contradictions(read.tables) == []


@pytest.mark.parametrize(
    ("numbers", "leads"),
    [
        ([1, 2, 3], "rising"),
        ([3, 2, 1], "falling"),
        ([2, 2, 2], "unchanged"),
        ([1, 1, 2], "rising overall"),
        ([100, 20, 110, 25, 120, 30], "up and down"),
        ([5, 9, 1, 5], "up and down"),
        ([1, 9, 8, 7, 6, 5, 4, 3, 2], "up and down"),
        ([1, 3, 2, 4, 6, 5, 7, 9, 8, 10], "rising overall"),
        ([10, 8, 9, 7, 5, 6, 4, 2, 3, 1], "falling overall"),
        ([1, 2], "rising"),
        ([5, 1, 2, 3, 4, 5, 6, 7, 8, 5], "up and down"),
        ([4, 8, 7, 6, 5, 4, 3, 2, 1, 4], "up and down"),
    ],
)
def test_a_trend_is_what_the_whole_series_bears_out(numbers: list[int], leads: str) -> None:
    assert trend([Decimal(n) for n in numbers]) == leads


def test_a_trend_that_the_test_finds_is_none_where_the_ends_are_equal() -> None:
    numbers = [Decimal(n) for n in (5, 1, 2, 3, 4, 5, 6, 7, 8, 5)]
    assert mann_kendall(numbers) > 1.96
    assert trend(numbers) == "up and down"


def test_the_statistic_is_that_of_mann_and_kendall() -> None:
    # S = 39 of 45 pairs, variance 125 for ten different numbers: (39 - 1) / sqrt(125)
    assert mann_kendall([Decimal(n) for n in (1, 3, 2, 4, 6, 5, 7, 9, 8, 10)]) == pytest.approx(38 / 125**0.5)
    # ties: two pairs of equal numbers take 2 * 2 * 1 * 9 / 18 from the variance
    assert mann_kendall([Decimal(n) for n in (1, 1, 2, 2)]) == pytest.approx(3 / ((156 - 36) / 18) ** 0.5)


def test_ends_that_are_equal_are_no_rise() -> None:
    chart = chart_of("line", [2019, 2020, 2021], [5, 9, 5], along="year")
    assert "From 5 (2019) to 5 (2021), up and down" in describe(chart, "en-US")
    assert "highest 9 (2020), lowest 5 (2019, 2021)" in describe(chart, "en-US")


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_up_to_sixteen_values_are_all_said(kind: str) -> None:
    names = list(range(2000, 2016))
    said = describe(chart_of(kind, names, [3, 1] * 8, along="year"), "en-US")
    assert all(f"{name}: " in said for name in names)


def test_labels_of_one_chart_are_shortened_alike() -> None:
    assert texts(drawn(chart_of("bar", ["A", "B"], [4_500_000, 92_000]))) == ["A", "4,500,000", "B", "92,000"]
    assert texts(drawn(chart_of("bar", ["A", "B"], [4_500_000, 2_000_000]))) == ["A", "4.5M", "B", "2.0M"]
    assert texts(drawn(chart_of("bar", ["A", "B"], [1_200_000_000, 4_000_000]))) == ["A", "1,200M", "B", "4M"]


def test_what_is_shown_as_zero_is_drawn_as_zero() -> None:
    drawing = drawn(chart_of("bar", ["A", "B"], ["5.3", "-0.02"], "points"))
    label = next(label for label in drawing.plot.labels if label.text.startswith("0.0"))
    axis = next(filter(is_open, drawing.plot.shapes))
    assert label.x > axis.points[0][0]
    assert "−" not in label.text
