"""Declarations that are probably mistakes are told, and what is meant can be said."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ProjectError
from data.files.world import today
from data.project import load_project
from reports.doubts.doubts import doubts

PROJECT = """\
title = "Rates"
[tables.rates]
file = "rates.csv"
TABLE
[tables.rates.fields]
job = { type = "text", key = true }
n = { type = "integer" }
rate = { type = "percent"FIELD }
MORE
[outputs.report]
writer = "report"
story = "report.md"
"""
LOW = "job,n,rate\na,50,0.35\nb,60,0.4\nc,70,1\n"


def write(folder: Path, rows: str = LOW, *, field: str = "", table: str = "", more: str = "") -> Path:
    text = PROJECT.replace("FIELD", field).replace("TABLE", table).replace("MORE", more)
    (folder / "project.toml").write_text(text, "utf-8")
    (folder / "rates.csv").write_text(rows, "utf-8")
    (folder / "report.md").write_text("# A\n", "utf-8")
    return folder


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in doubts(load_project(folder), today())]


def refused(folder: Path) -> str:
    with pytest.raises(ProjectError) as caught:
        load_project(folder)
    return str(caught.value)


def test_percentages_that_may_be_fractions_have_to_say_what_they_are(tmp_path: Path) -> None:
    said = refused(write(tmp_path))
    assert "every 'rate' is at most 1%: it may be a fraction. Write scale = \"fraction\"" in said
    for rows in ("job,n,rate\na,50,0.35\n", "job,n,rate\na,50,0\nb,60,1\n"):
        assert "every 'rate' is at most 1%" in refused(write(tmp_path, rows))
    assert "Multiply the expression by 100" in refused(write(tmp_path, field=', value = "n / 100"'))
    (found,) = told(write(tmp_path, "job,n,rate\na,50,35\nb,60,40\nc,70,57\n", field=', scale = "fraction"'))
    assert "every 'rate' is above 100%. Leave scale" in found


def test_two_scales_in_one_column_are_told(tmp_path: Path) -> None:
    rows = "job,n,rate\na,50,0.35\nb,60,0.4\nc,70,57\nd,70,61\n"
    (found,) = told(write(tmp_path, rows))
    assert "'rate' has 2 values up to 0.4% and 2 from 57% up" in found
    assert told(write(tmp_path, rows, field=', scale = "percent"')) == []
    assert "as if some cells were fractions" in told(write(tmp_path, rows, field=', scale = "fraction"'))[0]
    assert told(write(tmp_path, "job,n,rate\na,50,0.2\nb,60,3\nc,70,71.5\n")) == []
    (found,) = told(write(tmp_path, f"{rows}e,1,0.40\nf,2,-0.35\ng,3,57.0\nh,4,0\n"))
    assert "'rate' has 4 values up to 0.4% and 3 from 57% up" in found  # each row counts, and none that says nothing


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        (LOW, ', scale = "percent"'),
        (LOW, ', scale = "fraction"'),
        (LOW, ', value = "n / 100", maximum = 1'),
        ("job,n,rate\na,50,0.35\nb,60,0.4\nc,70,1.2\n", ""),
        ("job,n,rate\na,50,0\nb,60,0\nc,70,0\nd,1,0\n", ""),
        ("job,n,rate\na,50,35\nb,60,40\nc,70,120\n", ""),
        ("job,n,rate\na,50,0.3 %\nb,60,0.4 %\n", ", numbers = {}"),
    ],
)
def test_percentages_that_may_be_meant_are_not(tmp_path: Path, rows: str, field: str) -> None:
    assert told(write(tmp_path, rows, field=field)) == []


HIDING = "minimum_n = { field = 'n', value = 55 }"
AGAIN = "[tables.again]\nfile = 'rates.csv'\n[tables.again.fields]\nn = { type = 'integer' }"


def test_a_table_that_shows_what_another_one_hides_is_told(tmp_path: Path) -> None:
    scale = ', scale = "percent"'
    (found,) = told(write(tmp_path, table=HIDING, field=scale, more=AGAIN))
    assert "'again' reads the file of 'rates', which hides small groups there, and hides none." in found
    assert told(write(tmp_path, field=scale, more=AGAIN)) == []
    assert (
        told(write(tmp_path, table=HIDING, field=scale, more=AGAIN.replace("file = 'rates.csv'", "from = 'rates'")))
        == []
    )


def test_data_of_a_time_to_come_are_told(tmp_path: Path) -> None:
    (found,) = told(write(tmp_path, table='as_of = "2952-03"', field=', scale = "percent"'))
    assert "are of 2952-03, a time to come" in found
    assert told(write(tmp_path, table='as_of = "2020/2952"', field=', scale = "percent"')) == []


@pytest.mark.parametrize(
    ("field", "table", "said"),
    [
        (' }\npay = { type = "money", unit = "dollars"', "", "'dollars' is no currency code of ISO 4217"),
        ("", 'stale_after = "1.5 years"', 'Write a whole number and its unit: "18 months"'),
    ],
)
def test_what_is_no_unit_or_time_says_what_is(tmp_path: Path, field: str, table: str, said: str) -> None:
    with pytest.raises(ProjectError) as refused:
        load_project(write(tmp_path, field=field, table=table))
    assert said in str(refused.value)


def test_a_project_without_documents_is_told_how_to_ask_for_one(tmp_path: Path) -> None:
    settings = write(tmp_path) / "project.toml"
    settings.write_text(settings.read_text("utf-8").split("[outputs")[0], "utf-8")
    with pytest.raises(ProjectError, match=r"Write \[outputs\.report\]"):
        load_project(tmp_path)
