"""Percentage points are no per cent: a difference of percentages is declared, printed and drawn as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from charts.declared import Charts
from charts.reading import value_text
from data.errors import ProjectError
from data.language.show import show
from data.project import Project, load_project
from tests.test_plain_mistakes import run

PROJECT = """\
title = "Points"
language = "LANGUAGE"
[tables.t]
file = "t.csv"
[tables.t.fields]
job = { type = "text", key = true }
a = { title = "2020", type = "percent" }
b = { title = "2024", type = "percent" }
d = { title = "Change", type = "KIND", value = "b - a" }
read = { type = "points", column = "given" }
[charts.d]
table = "t"
x = "d"
y = "job"
title = "Clerks gained"
holds = "t.top('d').job == 'Clerk'"
[outputs.report]
writer = "report"
story = "report.md"
"""


def project(folder: Path, kind: str = "points", story: str = "", language: str = "en-US") -> Project:
    (folder / "project.toml").write_text(PROJECT.replace("KIND", kind).replace("LANGUAGE", language), "utf-8")
    (folder / "t.csv").write_text("job,a,b,given\nNurse,30,28.5,-1.5\nClerk,20,31,11\n", "utf-8")
    (folder / "report.md").write_text(f"# A\n\n{story}\n\n![Change](chart:d)\n", "utf-8")
    return load_project(folder)


def test_a_difference_of_percentages_is_no_percentage(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r'is points, and the field is percent\. Write type = "points"'):
        project(tmp_path, "percent")


@pytest.mark.parametrize(
    ("language", "text"),
    [("en-US", "11.0 percentage points"), ("de-DE", "11,0 Prozentpunkte"), ("fr-FR", "11,0 points de pourcentage")],
)
def test_it_is_printed_in_percentage_points(language: str, text: str, tmp_path: Path) -> None:
    row = project(tmp_path, language=language).tables["t"]["Clerk"]
    assert show(row.d, "rounded", language).replace("\xa0", " ") == text
    assert show(row.read, "rounded", language) == show(row.d, "rounded", language)


def test_a_difference_cannot_be_printed_as_per_cent(tmp_path: Path) -> None:
    project(tmp_path, story="{{ (t['Clerk'].b - t['Clerk'].a) | percent }}")
    code, said = run("check", tmp_path)
    assert code
    assert "the filter 'percent' needs a ratio" in said


def test_a_change_in_per_cent_is_a_ratio(tmp_path: Path) -> None:
    project(tmp_path, story="{{ ((t['Clerk'].b - t['Clerk'].a) / t['Clerk'].a) | percent }}")
    assert run("check", tmp_path)[0] == 0
    assert "55%" in run("trace", "55%", tmp_path)[1]


def test_a_chart_says_the_unit_once(tmp_path: Path) -> None:
    chart = Charts(project(tmp_path)).chart("d")
    assert chart.measure_line == "Change, percentage points"
    assert [value_text(chart, row["d"], "en-US") for row in chart.table] == ["11.0", "−1.5"]


@pytest.mark.parametrize("said", ["{{ t.first.d }} percent", "{{ t.first.d }}%", "{{ t.first.d }} percentage points"])
def test_the_unit_of_points_is_not_typed_as_well(said: str, tmp_path: Path) -> None:
    project(tmp_path, story=f"It fell by {said}.")
    assert "the value brings its own" in run("check", tmp_path)[1]


@pytest.mark.parametrize("said", ["{{ t.first.d | number }}%", "{{ t.first.d | number }} percent"])
def test_a_bare_number_of_points_is_not_called_per_cent(said: str, tmp_path: Path) -> None:
    project(tmp_path, story=f"It fell by {said}.")
    assert "a difference of percentages is in percentage points" in run("check", tmp_path)[1]
    project(tmp_path, story="It fell by {{ t.first.d | number }} percentage points.")
    assert run("check", tmp_path)[0] == 0
