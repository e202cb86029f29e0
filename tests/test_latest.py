"""The rows of the latest time, of which there may be several: in stories, and as a table of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import Place, ProjectError
from data.project import load_project
from data.sandbox.expressions import evaluate, holds
from data.tables.refusals import MissingError
from data.tables.value import Value

PROJECT = """\
title = "Degrees"
[tables.degrees]
file = "degrees.csv"
as_of = { field = "year" }
[tables.degrees.fields]
school = { type = "text" }
year = { type = "year" }
day = { type = "date" }
pay = { type = "integer" }
[tables.now]
from = "degrees"
CHOICE
as_of = { field = "year" }
[tables.now.fields]
school = { type = "text", key = true }
year = { type = "year" }
pay = { type = "integer" }
[outputs.report]
writer = "report"
story = "report.md"
"""
ROWS = "school,year,day,pay\nArts,2022,2022-05,7\nArts,2021,2021-05,5\nLaw,2021,2021-01,6\nLaw,2022,2022-05,9\nMusic,2021,2021-02,1\n"


def write(folder: Path, choice: str = 'latest = "year"', rows: str = ROWS) -> Path:
    (folder / "project.toml").write_text(PROJECT.replace("CHOICE", choice), "utf-8")
    (folder / "degrees.csv").write_text(rows, "utf-8")
    (folder / "report.md").write_text("# A\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("degrees.latest('year').count", 2),
        ("degrees.earliest('year').count", 3),
        ("degrees.latest('day').sum('pay')", 16),
        ("degrees.earliest('day').first.pay", 6),
        ("degrees.latest('year').top('pay').pay", 9),
        ("degrees.where(school='Music').latest('year').sum('pay')", 1),
        ("now['Law'].pay", 9),
    ],
)
def test_the_rows_of_one_time_are_all_that_have_it(tmp_path: Path, asked: str, number: int) -> None:
    found = evaluate(asked, load_project(write(tmp_path)).tables, Place("report.md", 1))
    assert isinstance(found, Value)
    assert found.number == number


def test_a_value_of_such_a_table_knows_its_cell(tmp_path: Path) -> None:
    found = load_project(write(tmp_path)).tables["now"]["Law"]["pay"]
    assert [(cell.file, cell.line, cell.field) for cell in found.cells] == [("degrees.csv", 5, "pay")]


def test_a_table_of_the_latest_rows_follows_the_data(tmp_path: Path) -> None:
    newer = load_project(write(tmp_path, rows=f"{ROWS}Music,2023,2023-05,4\n")).tables["now"]
    assert ([row.key for row in newer], newer.as_of) == (["Music"], "2023")
    first = load_project(write(tmp_path, 'earliest = "year"\nwhere = "pay > 4"')).tables["now"]
    assert ([row.key for row in first], first.as_of) == (["Arts", "Law"], "2021")


def test_who_has_no_row_at_the_latest_time_has_none_of_another(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no row of 'degrees' fulfils"):
        load_project(write(tmp_path, 'latest = "year"\nwhere = "school == \'Music\'"'))


@pytest.mark.parametrize(
    ("choice", "rows", "said"),
    [
        ('latest = "yaer"', ROWS, "project.toml:12: table 'degrees' has no field 'yaer'. Did you mean 'year'?"),
        ('earliest = "pay"', ROWS, "'pay' is integer, no time. Name a year or date: earliest('year')."),
        ('latest = "year"', f"{ROWS}Film,,2022,3\n", "a row of 'degrees' has no 'year' (degrees.csv:7)"),
        ('latest = "day"', f"{ROWS}Film,2022,2022,3\n", "is a month and a year, which have no common order"),
        ('latest = "year"\nearliest = "year"', ROWS, "a table has one"),
    ],
)
def test_times_that_are_none_are_refused(tmp_path: Path, choice: str, rows: str, said: str) -> None:
    root = write(tmp_path, choice, rows)
    (root / "project.toml").write_text(
        (root / "project.toml").read_text("utf-8").replace('as_of = { field = "year" }', 'as_of = "2022"'), "utf-8"
    )
    with pytest.raises(ProjectError) as error:
        load_project(root)
    assert said in str(error.value)


def test_only_tables_from_tables_choose(tmp_path: Path) -> None:
    root = write(tmp_path)
    text = (
        (root / "project.toml")
        .read_text("utf-8")
        .replace('file = "degrees.csv"', 'file = "degrees.csv"\nlatest = "year"')
    )
    (root / "project.toml").write_text(text, "utf-8")
    with pytest.raises(ProjectError, match="belong to a table that is computed from another one"):
        load_project(root)


def test_claims_may_be_of_the_latest_rows(tmp_path: Path) -> None:
    tables = load_project(write(tmp_path)).tables
    assert holds("degrees.latest('year').all('pay > 6')", tables, Place("report.md", 1))
    with pytest.raises(MissingError, match="no row of 'degrees' is left"):
        evaluate("degrees.where('pay > 99').latest('year').count", tables, Place("report.md", 1))
    with pytest.raises(ProjectError, match="Did you mean 'latest'"):
        evaluate("degrees.newest('year')", tables, Place("report.md", 1))
