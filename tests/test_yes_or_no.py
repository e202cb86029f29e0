"""What an `if` asks is true or false, or whether there is a value; a number or a table is compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import Place, ProjectError
from data.project import load_project
from data.sandbox.expressions import holds, rows_where
from data.sandbox.rendered import render_story
from data.tables.value import Measure, Value

JOBS = """
[tables.jobs]
file = "tables/jobs.csv"
source = "A survey"
as_of = "2024"
[tables.jobs.fields]
job = { title = "Job", type = "text", key = true }
open = { title = "Open", type = "integer" }
pay = { title = "Pay", type = "range", low = "low", high = "high" }
low = { title = "Low", type = "integer" }
high = { title = "High", type = "integer" }
"""
ROWS = "job,open,low,high\nNurse,3,1,2\nClerk,0,1,2\nCook,,,\n"


@pytest.fixture
def root(small_project: Path) -> Path:
    with (small_project / "project.toml").open("a", encoding="utf-8") as file:
        file.write(JOBS)
    (small_project / "tables/jobs.csv").write_text(ROWS, "utf-8")
    return small_project


def rendered(root: Path, story: str) -> str:
    (root / "story/report.md").write_text(story, "utf-8")
    return render_story(root / "story/report.md", root, load_project(root).names).markdown.strip()


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ("jobs['Nurse'].open", True),
        ("jobs['Cook'].open", False),
        ("not jobs['Cook'].open", True),
        ("jobs['Nurse'].pay", True),
        ("jobs['Cook'].pay", False),
        ("jobs['Nurse'].open and jobs.count > 2", True),
        ("jobs['Cook'].open or jobs.count == 3", True),
        ("jobs['Nurse'].job", True),
        ("jobs['Cook'].open | number", False),
    ],
)
def test_a_condition_may_ask_whether_there_is_a_value(root: Path, asked: str, taken: bool) -> None:
    assert rendered(root, f"{{% if {asked} %}}yes{{% else %}}no{{% endif %}}") == ("yes" if taken else "no")


@pytest.mark.parametrize(
    ("asked", "remedy"),
    [
        ("jobs.where(job='Nurse').count", "Write jobs.where(job='Nurse').count > 0; or, where a missing value"),
        ("jobs.count", "Write jobs.count > 0;"),
        ("not jobs['Clerk'].open", "Write jobs['Clerk'].open > 0; or, where a missing value is meant, jobs['Clerk']"),
        ("jobs['Clerk'].open and jobs.count > 2", "Write jobs['Clerk'].open > 0;"),
        ("jobs.count == 1 or jobs['Clerk'].open", "or, where a missing value is meant"),
        ("jobs['Clerk'].open | number", "> 0;"),
        ("jobs", "Write jobs.count > 0."),
        ("jobs.where(job='Nurse')", "Write jobs.where(job='Nurse').count > 0."),
        ("jobs.rows", "Write jobs.count > 0."),
        ("jobs | length", "> 0."),
        ("5 - 5", "> 0."),
    ],
)  # fmt: skip
def test_what_counts_or_has_rows_is_compared(root: Path, asked: str, remedy: str) -> None:
    for story in (
        f"{{% if {asked} %}}yes{{% endif %}}",
        f"{{{{ 'yes' if {asked} else 'no' }}}}",
        f"{{% if jobs.count == 9 %}}{{% elif {asked} %}}yes{{% endif %}}",
        f"{{% for row in jobs if {asked} %}}yes{{% endfor %}}",
    ):
        with pytest.raises(ProjectError) as error:
            rendered(root, story)
        assert "not true or false" in str(error.value)
        assert remedy in str(error.value)


def test_tests_and_conditions_of_rows_join_nothing_else(root: Path) -> None:
    project = load_project(root)
    jobs, place = project.tables["jobs"], Place("project.toml")
    with pytest.raises(ProjectError, match=r"Write jobs\['Clerk'\]\.open > 0"):
        holds("jobs['Clerk'].open and jobs.count > 2", project.names, place)
    with pytest.raises(ProjectError, match="Write open > 0"):
        rows_where(jobs, "open and low > 0", place)
    with pytest.raises(ProjectError, match="Write open > 0"):
        rows_where(jobs, "not open", place)


def test_words_that_were_kept_and_gaps_of_macros_may_be_asked_for(root: Path) -> None:
    story = "{% macro card(row, note='') %}{{ row.job }}{% if note %}: {{ note }}{% endif %};{% endmacro %}"
    said = rendered(root, story + "{{ card(jobs.rows[0]) }}{{ card(jobs.rows[0], 'new') }}")
    assert said.count(":") == 1


def test_a_zero_is_a_value_to_whoever_asks_a_value() -> None:
    assert Value(0, Measure("integer"))
