"""The time that data are of: typed, or taken from their own years and dates, and held to them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from data.errors import ProjectError
from data.project import load_project
from reports.doubts.other_times import other_times
from tests.conftest import PROJECT
from tests.test_schema import faults

TODAY = datetime.date(2026, 1, 31)
YEARS = "2019 2021 2020"


def write(root: Path, as_of: str, times: str = YEARS, kind: str = "year", field: str = "year") -> Path:
    settings = PROJECT.replace('as_of = "2024"', f"as_of = {as_of}")
    settings = settings.replace("[tables.pay.fields]\n", f'[tables.pay.fields]\n{field} = {{ type = "{kind}" }}\n')
    (root / "project.toml").write_text(settings.replace(", key = true", ""), "utf-8")
    rows = "".join(f"Job {n},{n}000,{time.replace('_', '')}\n" for n, time in enumerate(times.split(), 1))
    (root / "tables/pay.csv").write_text(f"job,salary,{field}\n{rows}", "utf-8")
    return root


def of(root: Path) -> str | None:
    return load_project(root).tables["pay"].as_of


def told(root: Path) -> list[str]:
    return [str(one) for one in other_times(load_project(root), TODAY)]


@pytest.mark.parametrize(
    ("kind", "times", "period"),
    [
        ("year", YEARS, "2019/2021"),
        ("year", "2020 2020", "2020"),
        ("date", "2024-03-01 2023-12-31", "2023-12-31/2024-03-01"),
        ("date", "2022 2022-05", "2022"),
        ("academic_year", "2017/18 2021/22", "2017/2022"),
    ],
)
def test_as_of_may_be_what_a_field_says(small_project: Path, kind: str, times: str, period: str) -> None:
    root = write(small_project, '{ field = "year" }', times, kind)
    assert of(root) == period
    assert told(root) == []


def test_a_newer_release_moves_it(small_project: Path) -> None:
    assert of(write(small_project, '{ field = "year" }', "2013 2022")) == "2013/2022"
    assert of(write(small_project, '{ field = "year" }', "2013 2022 2023")) == "2013/2023"


def test_a_table_of_some_of_its_rows_has_the_time_of_those(small_project: Path) -> None:
    with (write(small_project, '{ field = "year" }') / "project.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[tables.newest]\nfrom = "pay"\nwhere = "year == 2021"\n'
            '[tables.newest.fields]\njob = { type = "text", key = true }\n'
            '[tables.since]\nfrom = "pay"\nwhere = "year > 2019"\n'
            '[tables.since.fields]\njob = { type = "text", key = true }\n'
        )
        file.write(
            '[tables.last]\nfrom = "pay"\nlatest = "year"\n[tables.last.fields]\njob = { type = "text", key = true }\n'
        )
    tables = load_project(small_project).tables
    assert tables["last"].as_of == "2021"
    assert (tables["newest"].as_of, tables["since"].as_of) == ("2021", "2020/2021")


def test_tables_that_are_computed_from_it_have_that_of_the_rows_left(small_project: Path) -> None:
    with (write(small_project, '{ field = "year" }') / "project.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[tables.few]\nfrom = "pay"\nwhere = "salary > 1500"\n[tables.few.fields]\nyear = { type = "year" }\n'
        )
        file.write('[tables.own]\nfrom = "pay"\nwhere = "salary > 1500"\nas_of = { field = "year" }\n')
        file.write('[tables.own.fields]\nyear = { type = "year" }\n')
    tables = load_project(small_project).tables
    assert (tables["few"].as_of, tables["own"].as_of) == ("2020/2021", "2020/2021")


@pytest.mark.parametrize(
    ("as_of", "times", "said"),
    [
        ('{ field = "yaer" }', YEARS, "as_of names 'yaer', which is no field of the table. Did you mean 'year'?"),
        ('{ field = "job" }', YEARS, "as_of names 'job', which is no year or date"),
        ('{ feild = "year" }', YEARS, "the setting 'feild' is not known. Did you mean 'field'?"),
        ('{ field = "year" }', "2019 _ 2020", "a row has no 'year'"),
        ('"2024-13"', YEARS, "is a date that no calendar has"),
        ("{}", YEARS, "'field' is missing"),
    ],
)
def test_a_time_that_cannot_be_had_is_refused(small_project: Path, as_of: str, times: str, said: str) -> None:
    with pytest.raises(ProjectError) as error:
        load_project(write(small_project, as_of, times))
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("as_of", "times", "kind"),
    [
        ('"2019/2021"', YEARS, "year"),
        ('"2021"', YEARS, "year"),
        ('"2019-09/2021-06"', YEARS, "year"),
        ('"2021-02-28"', "2021-01-03 2020-12-05", "date"),
        ('"2017/2021"', "2017/18 2021/22", "academic_year"),
        ('"2017/2022"', "2017/18 2021/22", "academic_year"),
        ('"2018/2022"', "2017/18 2021/22", "academic_year"),
        ('"2025"', "2025 2035", "year"),
    ],
)
def test_a_typed_time_that_agrees_is_not_told(small_project: Path, as_of: str, times: str, kind: str) -> None:
    assert told(write(small_project, as_of, times, kind)) == []


@pytest.mark.parametrize(
    ("as_of", "times", "kind"),
    [
        ('"2019/2020"', YEARS, "year"),
        ('"2019/2022"', YEARS, "year"),
        ('"2018/2021"', YEARS, "year"),
        ('"2020/2021"', YEARS, "year"),
        ('"2020"', YEARS, "year"),
        ('"2022"', YEARS, "year"),
        ('"2021-02-28"', "2021-01-03 2021-03-01", "date"),
        ('"2017/2023"', "2017/18 2021/22", "academic_year"),
    ],
)
def test_a_typed_time_that_is_not_that_of_the_rows_is_told(
    small_project: Path, as_of: str, times: str, kind: str
) -> None:
    (said,) = told(write(small_project, as_of, times, kind))
    assert f"as_of is {as_of[1:-1]}, and 'year' of 'pay' is " in said
    assert 'Let the data say it, as_of = { field = "year" }' in said


def test_editors_know_it() -> None:
    assert faults("project", PROJECT.replace('as_of = "2024"', 'as_of = { field = "year" }')) == []
    assert faults("project", PROJECT.replace('as_of = "2024"', 'as_of = { column = "year" }'))
