"""Charts as a project declares them."""

from __future__ import annotations

from pathlib import Path

import pytest

from charts.chart import Chart
from charts.declared import Charts, cut_ties, declared_chart
from charts.reading import is_highlighted
from data.errors import ProjectError
from data.project import Project, load_project
from tests.test_charts_honest import project


def declared(root: Path, chart: str, rows: str) -> Project:
    settings = root / "project.toml"
    text = settings.read_text("utf-8").replace('y = "job"\n', f'y = "job"\n{chart}\n', 1)
    settings.write_text(text, "utf-8")
    (root / "tables/pay.csv").write_text(f"job,salary\n{rows}", "utf-8")
    return load_project(root)


def told(root: Path, chart: str, rows: str) -> list[str]:
    project = declared(root, chart, rows)
    return [str(problem) for problem in cut_ties(Charts(project))]


def test_a_chart_that_cuts_through_a_tie_is_told(small_project: Path) -> None:
    (found,) = told(small_project, "rows = 2", "Engineer,3\nAnalyst,2\nClerk,2\nCook,1\n")
    assert "'Analyst' is shown and 'Clerk' is not, and their 'salary' is the same." in found


@pytest.mark.parametrize(
    ("chart", "rows"),
    [
        ("rows = 1", "Engineer,3\nAnalyst,2\nClerk,2\n"),
        ("rows = 3", "Engineer,3\nAnalyst,2\nClerk,2\nCook,1\n"),
        ("rows = 3", "Engineer,3\nAnalyst,2\nClerk,2\n"),
        ('rows = 2\nsort = "none"', "Engineer,3\nAnalyst,2\nClerk,2\n"),
        ("rows = 2", "Engineer,3\nAnalyst,2\nClerk,\nCook,\n"),
        ("rows = 2\nwhere = \"job != 'Clerk'\"", "Engineer,3\nAnalyst,2\nClerk,2\nCook,1\n"),
    ],
)
def test_a_chart_that_shows_all_equals_or_none_is_not(small_project: Path, chart: str, rows: str) -> None:
    assert told(small_project, chart, rows) == []


THIN, NO_BREAK = "\u2009", "\u00a0"


@pytest.mark.parametrize(("said", "held"), [(THIN, " "), (" ", THIN), (NO_BREAK, THIN), (" ", NO_BREAK)])
def test_what_is_highlighted_is_found_whatever_its_space_is(said: str, held: str, small_project: Path) -> None:
    rows = f"Data{held}Engineer,3\nAnalyst,2\n"
    (name,) = load_project(small_project).settings.charts
    chart = declared_chart(declared(small_project, f'highlight = "Data{said}Engineer"', rows), name)
    assert [is_highlighted(chart, row) for row in chart.table] == [True, False]


def test_what_no_row_is_called_is_not_highlighted(small_project: Path) -> None:
    (name,) = load_project(small_project).settings.charts
    project = declared(small_project, 'highlight = "Engineers"', "Engineer,3\nAnalyst,2\n")
    with pytest.raises(ProjectError, match=r"the chart shows no 'Engineers'\. Did you mean 'Engineer'"):
        declared_chart(project, name)


def test_a_role_that_the_kind_does_not_have_is_refused(small_project: Path) -> None:
    (name,) = load_project(small_project).settings.charts
    project = declared(small_project, 'size = "salary"', "Engineer,3\nAnalyst,2\n")
    with pytest.raises(
        ProjectError,
        match=r"project\.toml:\d+: no kind is named, .* 'bar' would be chosen: the kind 'bar' has no use for 'size'\. It takes x and y",
    ):
        declared_chart(project, name)


def test_a_role_names_a_field_of_the_table(small_project: Path) -> None:
    (name,) = load_project(small_project).settings.charts
    project = declared(small_project, 'series = "jobs"', "Engineer,3\nAnalyst,2\n")
    with pytest.raises(ProjectError, match=r"has no field 'jobs'\. Did you mean 'job'"):
        declared_chart(project, name)


LONG = "college,outcome,share\nA,Employed,60\nA,Study,40\nB,Employed,70\nB,Study,30\n"


def _chart_of(folder: Path, fields: str, rows: str, chart: str) -> Chart:
    return declared_chart(load_project(project(folder, fields, rows, chart)), "c")


def test_series_along_names_choose_no_kind_and_the_message_names_none(tmp_path: Path) -> None:
    fields = 'college = { type = "text" }\noutcome = { type = "text" }\nshare = { type = "percent" }'
    with pytest.raises(ProjectError, match=r'no kind is named, and series = "outcome" .* Write kind = "stacked"'):
        _chart_of(tmp_path, fields, LONG, 'x = "share"\ny = "college"\nseries = "outcome"')


LEVELS = 'skill = { type = "text" }\nlevel = { type = "level", levels = ["Basic", "Expert"] }'


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("Expert", "shows no 'Expert': that is a level, and rows stand out. Name one of 'Python', 'SQL'."),
        ("Java", "shows no 'Java'. Name one of 'Python', 'SQL'."),
        ("top 3", "shows no 'top 3'. Name one of 'Python', 'SQL'."),
    ],
)
def test_a_highlight_that_names_no_row_lists_the_rows(said: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        _chart_of(
            tmp_path,
            LEVELS,
            "skill,level\nPython,Expert\nSQL,Basic\n",
            f'x = "level"\ny = "skill"\nhighlight = "{said}"',
        )
    assert message in str(caught.value)


@pytest.mark.parametrize("setting", ['cells = "heat"', "differences = true"])
def test_a_setting_of_other_kinds_is_refused_with_their_names(setting: str, tmp_path: Path) -> None:
    fields = 'k = { type = "text" }\nv = { type = "integer" }'
    name, kind = setting.split(" = ")[0], {"cells": "table", "differences": "dot"}[setting.split(" = ")[0]]
    with pytest.raises(
        ProjectError, match=f"the kind 'bar' draws no {name}. Leave {name} out, or use the kind '{kind}'"
    ):
        _chart_of(tmp_path, fields, "k,v\nA,1\nB,2\n", f'kind = "bar"\nx = "v"\ny = "k"\n{setting}')


def test_two_groups_of_one_name_are_no_two_boxes(tmp_path: Path) -> None:
    fields = 'k = { type = "text" }\nv = { type = "integer" }'
    rows = "k,v\n" + "".join(f"{name},{i}\n" for i in range(6) for name in ("Nursing", "nursing"))
    with pytest.raises(ProjectError, match="'Nursing' and 'nursing' would be two groups"):
        _chart_of(tmp_path, fields, rows, 'kind = "box"\nx = "v"\ny = "k"')


@pytest.mark.parametrize("kind", ["bar", "share", "dot"])
def test_rows_of_which_none_has_a_value_are_no_chart(kind: str, tmp_path: Path) -> None:
    fields = 'k = { type = "text" }\nv = { type = "percent" }'
    with pytest.raises(ProjectError, match="no row has a value of 'v', and the chart would be empty"):
        _chart_of(tmp_path, fields, "k,v\nA,\nB,\n", f'kind = "{kind}"\nx = "v"\ny = "k"')


@pytest.mark.parametrize("kind", ["share", "waffle"])
def test_a_part_below_zero_is_refused_whatever_is_allowed(kind: str, tmp_path: Path) -> None:
    fields = 'k = { type = "text" }\nv = { type = "percent" }'
    allow = 'allow = ["share-over-100", "one-whole"]'
    with pytest.raises(ProjectError, match=r"'v' is negative in t\.csv:3, and nothing has a negative part"):
        _chart_of(tmp_path, fields, "k,v\nA,60\nB,-4\n", f'kind = "{kind}"\nx = "v"\ny = "k"\n{allow}')
