"""Charts as a project declares them."""

from __future__ import annotations

from pathlib import Path

import pytest

from charts.declared import Charts, cut_ties, declared_chart
from charts.reading import is_highlighted
from data.errors import ProjectError
from data.project import Project, load_project


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
