"""Rows that stand out by a rule: counted from an end, or on a side of the middle; ties are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from charts.chart import Chart
from charts.choosing.highlighting import highlighted_by_rule, tied_highlights
from charts.declared import declared_chart
from data.errors import ProjectError
from data.project import load_project
from generate import app
from reports.runs.check import check
from tests.charting import chart_of
from tests.test_charts_honest import project

FIELDS = 'k = { type = "text", key = true }\nv = { type = "integer" }'
ROWS = "k,v\nA,10\nB,8\nC,8\nD,4\nE,0\n"


def declared(folder: Path, highlight: str, rows: str = ROWS, more: str = "") -> Chart:
    chart = f'x = "v"\ny = "k"\nkind = "bar"\nhighlight = {highlight}\n{more}'
    return declared_chart(load_project(project(folder, FIELDS, rows, chart)), "c")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ('"top 1"', "A"),
        ('"top 2"', "ABC"),
        ('"Top 3"', "ABC"),
        ('"bottom 1"', "E"),
        ('"bottom 2"', "ED"),
        ('"above the mean"', "ABC"),
        ('"below the mean"', "DE"),
        ('"above the average"', "ABC"),
        ('"above the median"', "A"),
        ('"below the median"', "DE"),
        ('["top 1", "E"]', "AE"),
        ('"B"', "B"),
    ],
)
def test_a_rule_finds_what_stands_out(said: str, found: str, tmp_path: Path) -> None:
    assert set(declared(tmp_path, said).highlight) == set(found)


def test_a_row_that_is_called_like_a_rule_is_that_row(tmp_path: Path) -> None:
    assert declared(tmp_path, '"top 1"', "k,v\nA,10\ntop 1,2\n").highlight == ("top 1",)


def test_values_that_are_missing_are_on_no_side() -> None:
    chart = chart_of("bar", ["A", "B", "C"], [1, None, 3])
    assert highlighted_by_rule(chart, "below the mean") == ["A"]
    assert highlighted_by_rule(chart, "bottom 2") == ["A", "C"]


@pytest.mark.parametrize("said", ["top 0", "top", "first 3", "above the mode", "above 3"])
def test_words_that_are_no_rule_are_answered_with_those_that_are(said: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=rf"the chart shows no '{said}'"):
        declared(tmp_path, f'"{said}"')


def test_a_misspelt_rule_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="Did you mean 'above the mean'"):
        declared(tmp_path, '"above the maen"')


def test_ties_are_told(tmp_path: Path) -> None:
    root = project(tmp_path, FIELDS, ROWS, 'x = "v"\ny = "k"\nkind = "bar"\nhighlight = "top 2"')
    told = [str(one) for one in check(root)]
    assert any("'top 2' sets 3 rows apart, for some are equal: A, B, C." in one for one in told)
    read = load_project(root)
    assert len(list(tied_highlights(read, declared_chart(read, "c")))) == 1


@pytest.mark.parametrize("said", ['"top 3"', '"above the mean"'])
def test_rules_that_set_no_more_apart_than_they_count_are_not(said: str, tmp_path: Path) -> None:
    root = project(tmp_path, FIELDS, ROWS, f'x = "v"\ny = "k"\nkind = "bar"\nhighlight = {said}')
    assert not any("sets" in str(one) for one in check(root))


def test_check_explains_the_kinds_that_it_chose(tmp_path: Path) -> None:
    root = project(tmp_path, FIELDS, ROWS, 'x = "v"\ny = "k"')
    found = CliRunner().invoke(app, ["check", str(root), "--explain"])
    assert "chart c: bar, because values are compared by name." in found.output
    named = project(tmp_path, FIELDS, ROWS, 'x = "v"\ny = "k"\nkind = "bar"')
    assert "because" not in CliRunner().invoke(app, ["check", str(named), "--explain"]).output


def test_a_chart_of_people_is_chosen_and_drawn_from_a_project(tmp_path: Path) -> None:
    fields = 'v = { title = "Pay", type = "money", unit = "USD" }'
    rows = "v\n" + "".join(f"{30_000 + 1_000 * (n % 37)}\n" for n in range(100))
    read = load_project(project(tmp_path, fields, rows, 'x = "v"\nminimum_n = 5'))
    chart = declared_chart(read, "c")
    assert chart.kind == "histogram"
    assert "100 values in steps of $" in chart.measure_line


def test_the_median_of_three_people_is_no_box(tmp_path: Path) -> None:
    fields = 'k = { type = "text" }\nv = { type = "integer" }'
    rows = "k,v\n" + "".join(f"A,{n}\n" for n in range(20)) + "B,1\nB,2\nB,3\n"
    chart = 'x = "v"\ny = "k"\nkind = "box"'
    with pytest.raises(ProjectError, match=r"the median of 'B' rests on 3 .*\(Rule: few-people\.\)"):
        declared_chart(load_project(project(tmp_path, fields, rows, chart)), "c")
    hiding = declared_chart(load_project(project(tmp_path, fields, rows, f"{chart}\nminimum_n = 5")), "c")
    assert hiding.table.minimum_n == 5
