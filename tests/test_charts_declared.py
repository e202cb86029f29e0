"""Charts as a project declares them."""

from __future__ import annotations

from pathlib import Path

import pytest

from charts.declared import cut_ties
from data.project import load_project


def told(root: Path, chart: str, rows: str) -> list[str]:
    settings = root / "project.toml"
    text = settings.read_text("utf-8").replace('y = "job"\n', f'y = "job"\n{chart}\n', 1)
    settings.write_text(text, "utf-8")
    (root / "tables/pay.csv").write_text(f"job,salary\n{rows}", "utf-8")
    project = load_project(root)
    return [str(problem) for problem in cut_ties(project, project.settings.charts)]


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
