"""First and last, change and ratio, ties, rates and names: what depends on the order of rows, and what must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import Place, ProjectError
from data.files.world import today
from data.language.show import show
from data.project import load_project
from data.sandbox.expressions import evaluate
from data.tables.table import Table
from data.tables.value import Interval, Value
from reports.doubts.doubts import doubts


def project(folder: Path, fields: str, rows: str, *, language: str = "en-US", table: str = "", more: str = "") -> Path:
    (folder / "project.toml").write_text(
        f'title = "Order"\nlanguage = "{language}"\n[tables.t]\nfile = "t.csv"\n{table}\n[tables.t.fields]\n{fields}\n'
        f'{more}\n[outputs.report]\nwriter = "report"\nstory = "report.md"\n',
        "utf-8",
    )
    (folder / "t.csv").write_text(rows, "utf-8")
    (folder / "report.md").write_text("# A\n", "utf-8")
    return folder


def ask(tables: dict[str, Table], expression: str, language: str = "en-US") -> str:
    value = evaluate(expression, tables, Place("story.md", 1))
    assert isinstance(value, Value | Interval)
    return show(value, "rounded", language)


YEARS = 'year = { type = "year", key = true }\nv = { type = "integer" }'
BACKWARDS = "year,v\n2025,300\n2024,200\n2023,150\n"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("t.change('v')", "150"),
        ("t.ratio('v')", "2×"),
        ("t.first.year", "2023"),
        ("t.last.v", "300"),
        ("(t | first).year", "2023"),
        ("t.rows[0].year", "2025"),
        ("t.sorted('v', descending=true).first.year", "2025"),
        ("t.sorted('year', descending=true).change('v')", "150"),
    ],
)
def test_change_and_ratio_go_by_time_whatever_the_order_of_rows(expression: str, text: str, tmp_path: Path) -> None:
    assert ask(load_project(project(tmp_path, YEARS, BACKWARDS)).tables, expression) == text


@pytest.mark.parametrize(
    ("kind", "times"),
    [
        ("date", ["2021-03", "2021-02", "2021-01"]),
        ("date", ["2021-03-02", "2020-12-31", "2020-02-29"]),
        ("academic_year", ["2022/23", "2021/22", "2020/21"]),
    ],
)
def test_months_days_periods_and_academic_years_have_an_order(kind: str, times: list[str], tmp_path: Path) -> None:
    rows = "".join(f"{time},{value}\n" for time, value in zip(times, (30, 20, 10), strict=True))
    fields = f'year = {{ type = "{kind}" }}\nv = {{ type = "integer" }}'
    assert ask(load_project(project(tmp_path, fields, f"year,v\n{rows}")).tables, "t.change('v')") == "20"


def test_two_rows_of_one_time_have_no_first(tmp_path: Path) -> None:
    fields = 'year = { type = "year" }\ncampus = { type = "text" }\nv = { type = "integer" }'
    rows = "year,campus,v\n2021,North,100\n2021,South,20\n2022,North,110\n2022,South,25\n"
    tables = load_project(project(tmp_path, fields, rows)).tables
    for asked in ("t.change('v')", "t.ratio('v')", "t.first.v", "t.last.v"):
        with pytest.raises((ProjectError, ValueError), match=r"stands in 2 rows of 't' \(t.csv:\d and t.csv:\d\)"):
            ask(tables, asked)
    assert ask(tables, "t.where(campus='North').change('v')") == "10"
    assert ask(tables, "t.rows[0].v") == "100"


def test_dates_of_different_precision_have_no_order(tmp_path: Path) -> None:
    fields = 'day = { type = "date" }\nv = { type = "integer" }'
    tables = load_project(project(tmp_path, fields, "day,v\n2021,1\n2021-03,2\n")).tables
    with pytest.raises(ValueError, match="a year and a month"):
        ask(tables, "t.change('v')")


def test_rows_named_by_words_that_run_backwards_in_time_are_refused(tmp_path: Path) -> None:
    fields = 'name = { type = "text", key = true }\nyear = { type = "year" }\nv = { type = "integer" }'
    tables = load_project(project(tmp_path, fields, "name,year,v\na,2025,3\nb,2024,2\n")).tables
    with pytest.raises(ValueError, match="do not stand in the order of their 'year'"):
        ask(tables, "t.change('v')")
    assert ask(tables, "t.sorted('year').change('v')") == "1"


JOBS = 'job = { type = "text", key = true }\npay = { type = "integer" }\narea = { type = "text" }'
TIED = "job,pay,area\na,30,X\nb,20,X\nc,20,Y\nd,20,Z\n"


@pytest.mark.parametrize(
    "expression",
    [
        "t.sorted('pay').first.job",
        "t.sorted('pay').rows[0].job",
        "t.sorted('pay').rows[2].area",
        "t.sorted('pay', descending=true).last.job",
        "t.sorted('pay', descending=true).head(2).count",
        "(t.sorted('pay') | first).job",
    ],
)
def test_a_tie_has_no_first_and_no_last(expression: str, tmp_path: Path) -> None:
    tables = load_project(project(tmp_path, JOBS, TIED)).tables
    with pytest.raises((ProjectError, ValueError), match=r"share this place|have the same"):
        ask(tables, expression)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("t.sorted('pay').first.pay", "20"),
        ("t.sorted('pay', descending=true).first.job", "a"),
        ("t.sorted('pay', descending=true).head(1).first.job", "a"),
        ("t.sorted('pay').rows[3].job", "a"),
        ("t.where('pay == 20').sorted('job').first.job", "b"),
        ("t.head(2).count", "2"),
    ],
)
def test_what_a_tie_does_not_touch_is_answered(expression: str, text: str, tmp_path: Path) -> None:
    assert ask(load_project(project(tmp_path, JOBS, TIED)).tables, expression) == text


RATES = 'k = { type = "text", key = true }\nn = { type = "integer" }\nrate = { type = "percent", decimals = 1 }'
GROUPS = "k,n,rate\nNursing,1000,95\nDance,10,40\nEnglish,90,60\n"


def test_the_mean_of_rates_asks_how_they_are_weighted(tmp_path: Path) -> None:
    tables = load_project(project(tmp_path, RATES, GROUPS)).tables
    with pytest.raises(ValueError, match=r"'n' differs") as caught:
        ask(tables, "t.mean('rate')")
    assert "mean('rate', by='n')" in caught.value.remedy
    assert ask(tables, "t.mean('rate', by='n')") == "91.6%"
    assert ask(tables, "t.mean('rate', by='rows')") == "65.0%"
    assert ask(tables, "t.mean('n')") == "367"


@pytest.mark.parametrize("title", ["Average salary", "Taux moyen", "Durchschnittsgehalt", "Tasa de empleo"])
def test_averages_are_known_by_their_names_too(title: str, tmp_path: Path) -> None:
    fields = (
        f'k = {{ type = "text", key = true }}\nn = {{ type = "integer" }}\nv = {{ title = "{title}", type = "number" }}'
    )
    tables = load_project(project(tmp_path, fields, "k,n,v\na,1,2\nb,5,3\n")).tables
    with pytest.raises(ValueError, match="'n' differs"):
        ask(tables, "t.mean('v')")


def test_a_table_whose_rates_have_no_size_beside_them_has_a_plain_mean(tmp_path: Path) -> None:
    tables = load_project(project(tmp_path, RATES, "k,n,rate\na,5,10\nb,5,20\n")).tables
    assert ask(tables, "t.mean('rate')") == "15.0%"


@pytest.mark.parametrize(
    "expression",
    ["(t.last.v - t.first.v) / t.first.v", "t.last.v / t.first.v", "t.ratio('v')", "t.first.v / t.first.v"],
)
def test_nothing_negative_is_a_base(expression: str, tmp_path: Path) -> None:
    fields = 'year = { type = "year", key = true }\nv = { type = "money", unit = "USD" }'
    tables = load_project(project(tmp_path, fields, "year,v\n2024,-100\n2025,50\n")).tables
    with pytest.raises(ValueError, match="negative"):
        ask(tables, expression)
    assert ask(tables, "t.first.v / t.last.v") == "−2×"  # a part of something positive may be negative, as a loss is


def test_a_computed_field_without_a_base_is_a_gap_and_told(tmp_path: Path) -> None:
    fields = (
        'k = { type = "text", key = true }\na = { type = "integer" }\nb = { type = "integer" }\n'
        'growth = { type = "percent", value = "(b / a - 1) * 100" }'
    )
    read = load_project(project(tmp_path, fields, "k,a,b\nx,50,60\ny,-50,60\nz,0,5\n"))
    assert [show(row["growth"]) for row in read.tables["t"]] == ["20%", "not applicable", "not applicable"]
    (told,) = read.warnings
    assert "'growth' has no value for 'y' and 1 more" in str(told)


NAMES = 'k = { type = "text", key = true }\nv = { type = "integer" }'


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("de-DE", "Ägyptologie, applied Physics, Biologie, Études, Ökologie, Zoologie"),
        ("en-US", "Ägyptologie, applied Physics, Biologie, Études, Ökologie, Zoologie"),
        ("fr-FR", "cote, coté, côte, côté"),
        ("fr-CA", "cote, côte, coté, côté"),
        ("es-ES", "nandu, nube, ñandú, oso"),
        ("de-CH", "nandu, ñandú, nube, oso"),
    ],
)
def test_names_are_sorted_as_the_language_has_them(language: str, names: str, tmp_path: Path) -> None:
    rows = "".join(f"{name},{i}\n" for i, name in enumerate(sorted(names.split(", "), reverse=True)))
    table = load_project(project(tmp_path, NAMES, f"k,v\n{rows}", language=language)).tables["t"]
    assert ", ".join(row.key for row in table.sorted("k")) == names
    assert ", ".join(row.key for row in table.in_order("k", descending=True)) == ", ".join(reversed(names.split(", ")))


def test_numbers_in_names_count_by_their_size(tmp_path: Path) -> None:
    rows = "".join(f"{name},1\n" for name in ("B1", "A10", "Hall 10", "A2", "a1", "Hall 9", "A02b", "A", "007", "12"))
    table = load_project(project(tmp_path, NAMES, f"k,v\n{rows}")).tables["t"]
    assert [str(value) for value in table.sorted("k").columns["k"]] == [
        "007", "12", "A", "a1", "A2", "A02b", "A10", "B1", "Hall 9", "Hall 10",
    ]  # fmt: skip


def test_a_column_that_is_computed_has_one_number_of_decimals(tmp_path: Path) -> None:
    fields = 'k = { type = "text" }\nv = { type = "integer" }'
    grouped = (
        '[tables.g]\nfrom = "t"\ngroup_by = "k"\n[tables.g.fields]\nk = { type = "text", key = true }\n'
        'm = { type = "number", value = "group.mean(\'v\')" }'
    )
    rows = "k,v\nA,2\nA,3\nB,3\nB,3\nC,100\nC,101\nD,7\nD,7\nD,8\n"
    read = load_project(project(tmp_path, fields, rows, table='shape = { repeated_rows = "keep" }', more=grouped))
    assert [show(row["m"]) for row in read.tables["g"]] == ["2.5", "3.0", "100.5", "7.3"]


@pytest.mark.parametrize(
    ("rows", "table", "fields", "told"),
    [
        ("k,v\nA,60\nB,30\nC,c\n", 'whole = "v"', 'v = { type = "percent" }', "'C' can be worked out from the other rows"),
        ("k,v\nA,60\nB,c\nTotal,90\n", "", 'v = { type = "integer" }', "'B' can be worked out from 'Total'"),
        ("k,v\nInsgesamt,90\nB,c\nC,1\n", "", 'v = { type = "integer" }', "'B' can be worked out from 'Insgesamt'"),
        (
            "k,v,w,s\nA,1,c,5\n", "",
            'v = { type = "integer", adds_up_to = "s" }\nw = { type = "integer", adds_up_to = "s" }\ns = { type = "integer" }',
            "'A' can be worked out from the other fields that add up to 's'",
        ),
        ("k,v\nA,60\nB,c\nC,c\n", 'whole = "v"', 'v = { type = "percent" }', ""),
        ("k,v\nA,60\nB,c\nC,c\nTotal,90\n", "", 'v = { type = "integer" }', ""),
        ("k,v\nA,60\nB,c\nC,7\n", "", 'v = { type = "integer" }', ""),
        ("k,v\nA,60\nB,x\nTotal,90\n", "", 'v = { type = "integer" }', ""),
    ],
)  # fmt: skip
def test_what_is_suppressed_and_can_be_worked_out_is_told(
    rows: str, table: str, fields: str, told: str, tmp_path: Path
) -> None:
    marks = f'{table}\nmissing = {{ c = "suppressed", x = "not available" }}'
    read = load_project(project(tmp_path, f'k = {{ type = "text", key = true }}\n{fields}', rows, table=marks))
    found = [str(problem) for problem in doubts(read, today())]
    assert len(found) == bool(told)
    assert all(told in problem for problem in found)
