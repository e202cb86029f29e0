"""Margins: a difference that lies within what samples leave open is not called one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from data.errors import Place, ProjectError
from data.language.show import show
from data.project import load_project
from data.sandbox.expressions import evaluate, holds
from data.tables.differing import clear_sign, differ, half_of
from data.tables.margin import of_share
from data.tables.refusals import MissingError
from data.tables.table import Table
from data.tables.value import Value
from reports.doubts.unsaid_margins import unsaid_margins
from tests.test_plain_mistakes import run

PROJECT = """\
title = "Asked"
[tables.survey]
file = "survey.csv"
MORE
[tables.survey.fields]
year = { type = "year", key = true }
share = { type = "percent", scale = "percent", sample = "asked" }
asked = { type = "integer" }
pay = { type = "money", unit = "USD", margin = "off" }
off = { type = "money", unit = "USD" }
score = { type = "number", margin = 2.5 }
[outputs.report]
writer = "report"
story = "report.md"
"""
ROWS = "year,share,asked,pay,off,score\n2020,40,1000,50000,1000,1\n2021,50,1000,51000,1000,7\n2022,52,1000,60000,,14\n"


def written(folder: Path, rows: str = ROWS, project: str = PROJECT, table: str = "") -> dict[str, Table]:
    for name, text in {
        "project.toml": project.replace("MORE", table),
        "survey.csv": rows,
        "report.md": "# A\n",
    }.items():
        (folder / name).write_text(text, "utf-8")
    return load_project(folder).tables


def asked(expression: str, tables: dict[str, Table]) -> object:
    return evaluate(expression, tables, Place("report.md", 1))


def value(expression: str, tables: dict[str, Table]) -> Value:
    found = asked(expression, tables)
    assert isinstance(found, Value)
    return found


@pytest.mark.parametrize(
    ("percent", "count", "half"),
    # Wilson's interval for 50 of 100 is 40.38 to 59.62, for 0 of 10 it is 0 to 27.75, as statsmodels gives them
    [(50, 100, "9.617"), (0, 10, "13.88"), (100, 10, "13.88"), (50, 1000, "3.093")],
)
def test_the_margin_of_a_share_is_half_of_wilsons_interval(percent: int, count: int, half: str) -> None:
    found = of_share(Decimal(percent), Decimal(count)).half
    assert found is not None
    assert abs(found - Decimal(half)) < Decimal("0.01")


def test_a_value_knows_its_margin_through_computing(tmp_path: Path) -> None:
    tables = written(tmp_path)
    assert round(half_of(value("survey[2021].share", tables)), 3) == Decimal("3.093")
    assert half_of(value("survey[2020].pay", tables)) == 1000
    assert half_of(value("survey[2020].pay * 2", tables)) == 2000
    assert half_of(value("-survey[2020].pay / 4", tables)) == 250
    assert round(half_of(value("survey[2020].pay + survey[2021].pay", tables))) == 1414
    assert half_of(value("100 - survey[2021].share", tables)) == half_of(value("survey[2021].share", tables))
    ratio = value("survey[2021].pay / survey[2020].pay", tables)
    assert round(half_of(ratio), 4) == Decimal("0.0286")  # sqrt(1000² + (1.02 · 1000)²) / 50000
    assert half_of(value("survey[2020].asked", tables)) == 0
    assert round(half_of(value("survey.mean('score', by='rows')", tables)), 3) == Decimal("1.443")  # 2.5 · √3 / 3


def test_a_difference_is_one_only_beyond_the_margin_of_the_two(tmp_path: Path) -> None:
    tables = written(tmp_path)
    one, two, three = (value(f"survey[{year}].share", tables) for year in (2020, 2021, 2022))
    assert differ(one, two)
    assert differ(two, one)
    assert not differ(two, three)
    assert clear_sign(two - one) == 1
    assert holds("survey[2020].share is distinct(survey[2021].share)", tables, Place("a"))
    assert not holds("survey[2021].share is distinct(survey[2022].share)", tables, Place("a"))


def test_a_margin_that_nobody_knows_decides_nothing(tmp_path: Path) -> None:
    tables = written(tmp_path)
    with pytest.raises(MissingError, match="nobody knows how far 'pay' may be off"):
        asked("survey[2021].pay is distinct(survey[2022].pay)", tables)
    with pytest.raises(MissingError, match="nobody knows how far"):
        asked("survey.rising('pay')", tables)


@pytest.mark.parametrize(
    ("test", "decided"),
    [
        ("survey.rising('score')", True),  # steps of 6 and 7, margin of a step √(2.5² + 2.5²) = 3.54
        ("survey.falling('score')", False),
        ("survey.where('year < 2022').rising('share')", True),
        ("survey.falling('share')", False),  # the first step is surely up
        ("survey.rising('share')", None),  # the second lies within the margin
        ("survey[2021].share is close(survey[2022].share, within=2)", True),
        ("survey[2021].share is close(survey[2022].share, within=1)", None),
        ("survey[2020].share is close(survey[2022].share, within=5)", False),
        ("survey.close('share', within=5)", False),
        ("survey.close('share', within=10)", None),
        ("survey[2022].share is balanced(within=2)", True),
        ("survey[2022].share is balanced(within=1)", None),
        ("survey[2020].share is balanced(within=5)", False),
        ("(survey[2022].share - survey[2020].share) is wider(survey[2021].share - survey[2020].share)", None),
    ],
)
def test_what_the_margin_leaves_open_is_refused(test: str, decided: bool | None, tmp_path: Path) -> None:
    tables = written(tmp_path)
    if decided is None:
        with pytest.raises(MissingError, match="margin"):
            asked(test, tables)
    else:
        assert asked(test, tables) is decided


def test_margins_of_shares_of_one_whole_add_up(tmp_path: Path) -> None:
    rows = "year,share,asked,pay,off,score\n2020,47,1000,1,0,1\n2021,53,1000,1,0,1\n"
    apart = written(tmp_path, rows)
    assert differ(value("survey[2020].share", apart), value("survey[2021].share", apart))
    parts = written(tmp_path, rows, table='whole = "share"')
    assert not differ(value("survey[2020].share", parts), value("survey[2021].share", parts))


def test_a_margin_is_printed_with_its_unit(tmp_path: Path) -> None:
    tables = written(tmp_path)
    assert show(value("survey[2021].share | margin", tables)) == "3.1\N{NO-BREAK SPACE}percentage points"
    assert show(value("survey[2021].pay | margin", tables)) == "$1,000"
    with pytest.raises(ProjectError, match="this has no margin"):
        asked("survey[2021].asked | margin", tables)


def test_a_field_that_is_computed_from_values_with_margins_is_told(tmp_path: Path) -> None:
    more = """[tables.later]
from = "survey"
where = "year > 2020"
[tables.later.fields]
year = { type = "year", key = true }
share = { type = "percent", scale = "percent" }
twice = { type = "money", unit = "USD", value = "pay * 2" }
score = { type = "number", margin = 2.5 }
asked = { type = "integer" }
"""
    written(tmp_path, project=PROJECT.replace("[outputs.report]", f"{more}[outputs.report]"))
    told = [str(problem) for problem in unsaid_margins(load_project(tmp_path))]
    assert [one.partition(": ")[2].partition(",")[0] for one in told] == [
        "'share' of 'later' comes from 'share'",
        "'twice' of 'later' comes from 'pay'",
    ]


def test_a_lead_within_the_margin_is_told(small_project: Path) -> None:
    field = 'salary = { title = "Salary", type = "money", unit = "USD", minimum = 0'
    settings = (small_project / "project.toml").read_text("utf-8")
    (small_project / "project.toml").write_text(settings.replace(field, f"{field}, margin = 8000"), "utf-8")
    code, said = run("check", small_project)
    assert code == 0
    assert (
        "project.toml:19: 'Engineer' and 'Analyst' are $10,000 apart in 'salary', which lies within the margin" in said
    )
    assert "±$11,314: another sample may have another top. Name both, or say that no difference can be seen." in said
    assert "story/handout.md:8: 'Engineer' and 'Analyst'" in said
    (small_project / "project.toml").write_text(settings.replace(field, f"{field}, margin = 5000"), "utf-8")
    assert "apart" not in run("check", small_project)[1]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            'sample = "asked"',
            'sample = "akked"',
            "sample = 'akked' is no field of table 'survey'. Did you mean 'asked'?",
        ),
        ('sample = "asked"', 'sample = "pay"', "sample = 'pay' counts nobody"),
        ('sample = "asked"', 'sample = "asked", margin = 2', "write one of them"),
        ("margin = 2.5", 'sample = "asked"', "sample needs a percentage"),
        ("margin = 2.5", "margin = -1", "margin"),
        ("margin = 2.5", 'margin = "pay"', "margin = 'pay' is money, and the margin of number is none"),
        (
            'off = { type = "money", unit = "USD" }',
            'off = { type = "money", unit = "EUR" }',
            "margin = 'off' is in EUR",
        ),
        ('asked = { type = "integer" }', 'asked = { type = "text", margin = 2 }', "margin needs amounts"),
    ],
)
def test_a_margin_that_is_declared_wrongly_is_refused(before: str, after: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        written(tmp_path, project=PROJECT.replace(before, after))
    assert said in str(caught.value)


def test_the_highest_is_one_only_beyond_the_margin_of_the_others(tmp_path: Path) -> None:
    tables = written(tmp_path)
    assert asked("survey[2020].share is lowest(survey, 'share')", tables) is True
    assert asked("survey[2020].share is highest(survey, 'share')", tables) is False
    assert asked("survey[2022].score is highest(survey, 'score')", tables) is True
    with pytest.raises(MissingError, match="lies within the margin of this value by 'share'"):
        asked("survey[2022].share is highest(survey, 'share')", tables)
    with pytest.raises(MissingError, match="nobody knows how far 'pay' may be off"):
        asked("survey[2022].pay is highest(survey, 'pay')", tables)
