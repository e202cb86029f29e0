"""Cells of text become typed values, as their fields declare them; every one that cannot is named."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cells.bands import in_order, limits
from data.cells.columns import column_reader
from data.cells.error import CellError
from data.cells.numbers import number_reader
from data.cells.parsers import Parsed, parser
from data.errors import ProjectError
from data.language.show import show
from data.project import load_project
from data.settings.fields import FieldSettings, NumberSettings
from data.tables.table import Table
from data.tables.value import Mark, Marked, Value

POINT = NumberSettings(decimal=".", thousands=",")
COMMA = NumberSettings(decimal=",", thousands=".")
SPACE = NumberSettings(decimal=",", thousands=" ")


def read(text: str, style: NumberSettings | None = None, **settings: object) -> Parsed:
    return parser(FieldSettings.model_validate({"type": "number", **settings}), style)(text)


def refused(text: str, style: NumberSettings | None = None, **settings: object) -> str:
    with pytest.raises(CellError) as error:
        read(text, style, **settings)
    return error.value.args[0]


# -- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [("1234.5", "1234.5"), ("-7", "-7"), ("\u22127", "-7"), (".5", ".5"), ("1.00E+05", "100000"), ("40628.0", "40628")],
)
def test_plain_numbers_need_no_declaration(text: str, number: str) -> None:
    assert read(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("$1,234.50", POINT, "1234.5"), ("1,234,567", POINT, "1234567"), ("1234567", POINT, "1234567"),
        ("12,34,567", POINT, "1234567"), ("USD 1,200", POINT, "1200"), ("1,200 USD", POINT, "1200"),
        ("(1,234)", POINT, "-1234"), ("-$5", POINT, "-5"), ("$-5", POINT, "-5"), ("5-", POINT, "-5"),
        ("\u20135", POINT, "-5"), ("5\u2212", POINT, "-5"), ("1.234,5", COMMA, "1234.5"), ("-0,5", COMMA, "-0.5"), (",5", COMMA, "0.5"),
        ("1 234,5", SPACE, "1234.5"), ("1\u202f234", SPACE, "1234"), ("1'234", NumberSettings(thousands="'"), "1234"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, style: NumberSettings, number: str) -> None:
    assert read(text, style, type="money", unit="USD") == Decimal(number)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("1,5", POINT), ("1.5", COMMA), ("1,2345", POINT), ("12,34", POINT), ("", POINT), ("-", POINT), ("()", POINT),
        ("--5", POINT), ("(-5)", POINT), ("1 234", POINT), ("abc", POINT), ("0.123", COMMA), ("1.2.3", POINT), ("5 k", POINT),
    ],
)  # fmt: skip
def test_numbers_that_could_mean_something_else_are_refused(text: str, style: NumberSettings) -> None:
    assert "is not a number written like" in refused(text, style)


def test_a_currency_must_be_the_fields() -> None:
    assert read("€ 5", COMMA, type="money", unit="EUR") == 5
    assert read("CHF 5.-".removesuffix(".-"), POINT, type="money", unit="CHF") == 5
    assert read("kr 5", POINT, type="money", unit="SEK") == 5
    assert "is in '€', and the field is declared in USD" in refused("€5", POINT, type="money", unit="USD")
    assert "is in 'GBP'" in refused("5 GBP", POINT, type="money", unit="USD")
    assert "'$' stands for money" in refused("$5", POINT)
    assert read("1,200 jobs", POINT, type="integer", unit="jobs") == 1200


def test_percent_signs_belong_to_percent_fields() -> None:
    assert read("35 %", POINT, type="percent") == 35
    assert read("35%", POINT, type="percent", scale="fraction") == 35
    assert read("0.35", POINT, type="percent", scale="fraction") == 35
    assert "is a percentage" in refused("35%", POINT)


def test_a_workbooks_own_numbers_are_read_beside_texts_with_a_decimal_comma() -> None:
    both = number_reader(COMMA, "number", None, typed=True)
    assert [both(text) for text in ("1.234,5", "1234.5", "12")] == [Decimal("1234.5"), Decimal("1234.5"), Decimal(12)]
    with pytest.raises(CellError, match="could be a number of thousands"):
        both("12.345")


@pytest.mark.parametrize("kind", ["number", "money", "percent", "date", "band", "range", "academic_year", "year"])
def test_a_cell_that_is_far_too_long_is_refused_at_once(kind: str) -> None:
    for text in ("1" * 100_000, "1 - " * 25_000, "$" * 100_000, " 1," * 30_000):
        assert "is far too long" in refused(text, POINT, type=kind, unit="USD", column="x")


def test_thousands_are_multiplied_out_and_then_must_be_whole() -> None:
    assert read("13607.6", type="integer", multiply=1000) == 13607600
    assert "is not a whole number" in refused("0.0001", type="integer", multiply=1000)
    assert read("2,5", COMMA, type="money", unit="EUR", multiply=1_000_000) == 2_500_000


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from((POINT, COMMA, SPACE, NumberSettings(thousands="'"))))
def test_a_number_written_with_marks_is_read_back(number: Decimal, style: NumberSettings) -> None:
    text = f"{number:,.2f}".translate(str.maketrans({",": style.thousands, ".": style.decimal}))
    assert read(text, style) == number
    assert read(f"({text.lstrip('-')})", style) == -abs(number)


# -- years and dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2017/18", "2017/18"), ("2017-18", "2017\u201318"), ("1999-2000", "1999\u20132000"), ("201718", "2017/18"),
        ("2017/2018", "2017/18"), ("AY 2017/18", "2017/18"), ("1999/00", "1999/00"),
    ],
)  # fmt: skip
def test_academic_years(text: str, year: str) -> None:
    content = read(text, type="academic_year")
    assert content == year
    field = Value(year, _measure("academic_year"))
    assert show(field) == year


def _measure(kind: str):
    from data.declared.typed import as_field

    return as_field("x", FieldSettings.model_validate({"type": kind})).measure


@pytest.mark.parametrize("text", ["2017/19", "2017", "17/18", "2017/2019", "201719"])
def test_what_is_no_academic_year(text: str) -> None:
    assert "is not an academic year" in refused(text, type="academic_year")


@pytest.mark.parametrize(
    ("text", "form", "iso"),
    [
        ("31/12/2024", "%d/%m/%Y", "2024-12-31"), ("12/2024", "%m/%Y", "2024-12"), ("2024-01-02", "%d/%m/%Y", "2024-01-02"),
        ("2024-01-02 00:00:00", (), "2024-01-02"), ("45658", "excel", "2025-01-01"), ("1", "excel", "1900-01-01"),
        ("61", "excel", "1900-03-01"), ("44196.5", "excel 1904", "2025-01-01"), ("1", "excel 1904", "1904-01-02"), ("59", "excel", "1900-02-28"),
         ("3. Feb 2024", ("%d/%m/%Y", "%d. %b %Y"), "2024-02-03"),
    ],
)  # fmt: skip
def test_dates_are_read_in_their_formats(text: str, form: str | tuple[str, ...], iso: str) -> None:
    assert read(text, type="date", format=form) == iso


def test_what_is_no_date_says_which_format_was_expected() -> None:
    assert "is not a date written like '%d/%m/%Y'" in refused("2024/31/12", type="date", format="%d/%m/%Y")
    assert "is not a date of any calendar" in refused("2024-02-30", type="date")
    assert "is a date of the year 26" in refused("0026-01-02", type="date")
    assert "is not a year" in refused("0026", type="year")
    assert "is not a date written like 'excel'" in refused("60", type="date", format="excel")  # 29 February 1900
    assert "is not an ISO date" in refused("31.12.2024", type="date")


def test_years_may_come_as_whole_fractions() -> None:
    assert read("2022.0", type="year") == 2022


# -- bands and ranges ----------------------------------------------------------------------------------------------

BANDS = [
    "Less than £15,000", "£15,000 - £17,999", "£18,000 - £20,999", "£21,000 to £99,999", "£100,000 - £120,000", "£120,001+",
]  # fmt: skip


@given(st.permutations(BANDS))
def test_bands_keep_their_order_wherever_they_stand(bands: list[str]) -> None:
    assert list(in_order([*bands, *bands], None)) == BANDS


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8, unique=True))
def test_bands_are_ordered_by_their_lower_limit(numbers: list[int]) -> None:
    cuts = sorted(numbers)
    bands = [
        f"under {cuts[0]:,}",
        *(f"{a:,}–{b - 1:,}" for a, b in pairwise(cuts)),
        f"{cuts[-1]:,} or more",
    ]
    assert list(in_order(reversed(bands), None)) == bands


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("Under 20%", None, ("-Infinity", "20")), ("20 and under", None, ("-Infinity", "20")), ("21-24 years", None, ("21", "24")),
        ("30 years and over", None, ("30", "Infinity")), ("> 50k", None, ("50000", "Infinity")), ("< 1.000 €", COMMA, ("-Infinity", "1000")),
        ("1 000 à 1 999 €", SPACE, ("1000", "1999")), ("bis 10,5", COMMA, ("-Infinity", "10.5")), ("7", None, ("7", "7")),
        ("5 years or more", None, ("5", "Infinity")), ("moins de 18", None, ("-Infinity", "18")),
    ],
)  # fmt: skip
def test_limits_of_bands(text: str, style: NumberSettings | None, expected: tuple[str, str]) -> None:
    assert limits(text, style) == tuple(map(Decimal, expected))


def test_a_band_without_limits_is_refused() -> None:
    assert "has no limit" in refused("Not known", type="band")
    assert "has more than two limits" in refused("1-2-3", type="band")


def test_a_range_in_one_cell_has_two_ends() -> None:
    settings = {"type": "range", "of": "money", "unit": "USD", "column": "x"}
    assert read("$125,000 – $170,000", POINT, **settings) == (125000, 170000)
    assert read("60,000 to 85,000", POINT, **settings) == (60000, 85000)
    assert read("60,000", POINT, **settings) == (60000, 60000)
    assert read("-5 - 3", POINT, **settings) == (-5, 3)
    assert "is a range upside down" in refused("9 - 3", **settings)
    assert "is not a number" in refused("about - 3", **settings)


# -- words ---------------------------------------------------------------------------------------------------------


def test_codes_become_words() -> None:
    settings = {"type": "level", "levels": ["Junior", "Senior"], "labels": {"1": "Junior", "2": "Senior"}}
    assert read("2", **settings) == "Senior"
    assert "is not one of the declared codes" in refused("3", **settings)
    assert read("x", type="number", labels={"x": "5"}) == 5
    assert read("7", type="number", labels={"x": "5"}) == 7


def test_texts_have_single_spaces() -> None:
    assert read("Computer and \n   information\u00a0sciences", type="text") == "Computer and information sciences"


# -- tables and their rules ----------------------------------------------------------------------------------------

PROJECT = """\
title = "Rules"
[outputs.report]
writer = "report"
story = "report.md"
[tables.pay]
file = "pay.csv"
numbers = { thousands = "," }
%s
"""


def project(tmp_path: Path, rest: str, **files: str) -> dict[str, Table]:
    (tmp_path / "project.toml").write_text(PROJECT % rest, "utf-8")
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return load_project(tmp_path).tables


def breach(tmp_path: Path, rest: str, **files: str) -> str:
    with pytest.raises(ProjectError) as error:
        project(tmp_path, rest, **files)
    return str(error.value)


def test_a_range_field_reads_both_ends_of_one_cell(tmp_path: Path) -> None:
    fields = """
    [tables.pay.fields]
    job = { type = "text", key = true }
    pay = { type = "range", of = "money", unit = "USD", column = "Salary", minimum = 0 }
    """
    pay = project(tmp_path, fields, pay='job,Salary\nNurse,"$1,000 – $2,000"\nCook,\n')["pay"]
    assert [show(value) for value in pay.values("pay")] == ["$1,000–$2,000", "not stated"]
    assert show(pay.where(job="Nurse").top("pay_high").job) == "Nurse"
    assert "pay.csv:2: column 'Salary': '-1 - 5': is below the minimum of 0." in breach(
        tmp_path, fields, pay="job,Salary\nNurse,-1 - 5\n"
    )


def test_bands_are_levels_of_the_table(tmp_path: Path) -> None:
    fields = """
    [tables.pay.fields]
    band = { type = "band" }
    n = { type = "integer" }
    [tables.by_band]
    from = "pay"
    group_by = "band"
    [tables.by_band.fields]
    band = { type = "band", key = true }
    n = { type = "integer", value = "group.sum('n')" }
    """
    tables = project(tmp_path, fields, pay='band,n\n10+,1\n"under 5",2\n5-9,3\n10+,4\n')
    assert tables["pay"].field("band").measure.levels == ("under 5", "5-9", "10+")
    ordered = tables["by_band"].sorted("band")
    assert [show(value) for value in ordered.values("band")] == ["under 5", "5-9", "10+"]
    assert tables["pay"].first["band"] > "5-9"


def test_every_kind_of_breach_is_told_and_the_rest_counted(tmp_path: Path) -> None:
    rows = "".join(f"A{n},x\n" for n in range(14)) + "B,-1\nB,5\n,6\n"
    message = breach(
        tmp_path,
        '[tables.pay.fields]\njob = { type = "text", key = true }\npay = { type = "number", minimum = 0 }',
        pay=f"job,pay\n{rows}",
    )
    assert message.count("is not a number") == 10
    assert "(4 more like this)" in message
    assert "pay.csv:16: column 'pay': '-1': is below the minimum of 0." in message
    assert "pay.csv:17: column 'job': 'B' stands in line 16 already." in message
    assert "pay.csv:18: column 'job' is empty." in message


def test_a_reference_leads_to_a_value_that_the_other_table_has(tmp_path: Path) -> None:
    fields = """
    [tables.pay.fields]
    job = { type = "text", references = "jobs.code" }
    [tables.jobs]
    file = "jobs.csv"
    [tables.jobs.fields]
    code = { type = "text", key = true }
    """
    files = {"pay": "job\nN1\nN2\n\n", "jobs": "code\nN1\n"}
    message = breach(tmp_path, fields, **files)
    assert message == "pay.csv:3: field 'job': 'N2' is no 'code' of table 'jobs'. Known: 'N1'."
    assert "there is no table 'job'. Did you mean 'jobs'?" in breach(
        tmp_path, fields.replace("jobs.code", "job.code"), **files
    )
    assert "table 'jobs' has no field 'cod'" in breach(tmp_path, fields.replace("jobs.code", "jobs.cod"), **files)
    broken = {**files, "jobs": "kode\nN1\n"}
    assert breach(tmp_path, fields, **broken).count("\n") == 0
    numbers = fields.replace('type = "text"', 'type = "integer"')
    marked = numbers.replace(", key = true", "").replace('file = "jobs.csv"', 'file = "jobs.csv"\n    missing = ["x"]')
    assert breach(tmp_path, marked, pay="job\n3\n", jobs="code\n2\nx\n").endswith("of table 'jobs'. Known: '2'.")
    assert "field 'job': '3' is no 'code' of table 'jobs'" in breach(
        tmp_path, numbers, pay="job\n2.0\n3\n", jobs="code\n2\n"
    )


def test_columns_add_up_to_a_number(tmp_path: Path) -> None:
    fields = """
    [tables.pay.fields]
    year = { type = "year" }
    share = { type = "percent", adds_up_to = 100, within = "year" }
    """
    right = "year,share\n2020,33.3\n2020,33.3\n2020,33.3\n2021,50\n2021,\n"
    assert len(project(tmp_path, fields, pay=right)["pay"]) == 5
    message = breach(tmp_path, fields, pay="year,share\n2020,60\n2020,60\n2021,100\n")
    assert message.startswith("pay.csv:2: field 'share': its 2 values of '2020' add up to 120, not to 100.")
    assert "add up to 99.8, not to 100" in breach(tmp_path, fields, pay="year,share\n2020,33.3\n2020,33.3\n2020,33.2\n")


def test_fields_of_a_row_add_up_to_another_field(tmp_path: Path) -> None:
    fields = """
    [tables.pay.fields]
    men = { type = "integer", adds_up_to = "all" }
    women = { type = "integer", adds_up_to = "all" }
    all = { type = "integer" }
    """
    message = breach(tmp_path, fields, pay="men,women,all\n1,2,3\n1,2,4\n1,,9\n")
    assert message.startswith("pay.csv:3: men + women is 3, and 'all' is 4.")
    close = fields.replace('adds_up_to = "all" }\n    women', 'adds_up_to = "all", tolerance = 1 }\n    women')
    assert len(project(tmp_path, close, pay="men,women,all\n1,2,4\n")["pay"]) == 1


def test_rows_are_counted(tmp_path: Path) -> None:
    fields = '%s\n[tables.pay.fields]\njob = { type = "text" }'
    pay = "job\nA\nB\n"
    assert "has 2 rows, fewer than the minimum of 3" in breach(tmp_path, fields % "count = { minimum = 3 }", pay=pay)
    assert "has 2 rows, more than the maximum of 1" in breach(tmp_path, fields % "count = { maximum = 1 }", pay=pay)


def test_a_unit_in_the_header_must_be_the_fields(tmp_path: Path) -> None:
    fields = """
    shape = { units = true }
    [tables.pay.fields]
    job = { type = "text" }
    pay = { type = "money", unit = "USD", column = "Pay"%s }
    """
    assert len(project(tmp_path, fields % "", pay="job,Pay ($)\nNurse,1\n")["pay"]) == 1
    assert "the header is in 'EUR', and the field is in USD." in breach(
        tmp_path, fields % "", pay="job,Pay (EUR)\nNurse,1\n"
    )
    thousands = "job,Pay (USD thousands)\nNurse,1\n"
    assert "Write multiply = 1000." in breach(tmp_path, fields % "", pay=thousands)
    assert show(project(tmp_path, fields % ", multiply = 1000", pay=thousands)["pay"].first["pay"]) == "$1,000"


def test_several_files_are_read_by_one_declaration(tmp_path: Path) -> None:
    rest = """
    [tables.all]
    files = "y_*.csv"
    file_field = { name = "year", pattern = '\\d{4}' }
    [tables.all.fields]
    year = { type = "year" }
    n = { type = "integer", unique = true }
    [tables.pay.fields]
    n = { type = "integer" }
    """
    files = {"pay": "n\n1\n", "y_2021": "n\n3\n", "y_2020": "n\n1\n2\n"}
    table = project(tmp_path, rest, **files)["all"]
    assert [show(value) for value in table.values("year")] == ["2020", "2020", "2021"]
    assert table.file == "y_*.csv"
    assert "y_2021.csv:2: column 'n': '2' stands in y_2020.csv:3 already." in breach(
        tmp_path, rest, **{**files, "y_2021": "n\n2\n"}
    )
    assert "there is no file 'z_*.csv'" in breach(tmp_path, rest.replace("y_*", "z_*"), **files)
    assert "leaves the project folder" in breach(tmp_path, rest.replace("y_*", "../*"), **files)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("shape = { header = -1 }", "project.toml:8: 'header' is too small. Write at least 0."),
        ("shape = { sectons = 'x' }", "the setting 'sectons' is not known. Did you mean 'sections'?"),
        ("shape = { cells = { year = '14C' } }", "'year' is no cell"),
        ("shape = { marks = ['a'] }", "the mark 'a' cannot be told from words and numbers"),
        ("shape = { drop = '/(/' }", "'(' is no regular expression"),
        ("shape = { marks = 3 }", "'marks' cannot be this. Write a list or a table { ... }."),
        ("files = 'x'", "file and files are two origins"),
    ],
)
def test_settings_that_mean_nothing_are_named(setting: str, words: str, tmp_path: Path) -> None:
    message = breach(tmp_path, f'{setting}\n[tables.pay.fields]\njob = {{ type = "text" }}', pay="job\nA\n")
    assert words in message


def test_a_fraction_is_as_exact_as_it_is_written(tmp_path: Path) -> None:
    fields = '[tables.pay.fields]\nshare = { type = "percent", scale = "fraction", adds_up_to = 100 }'
    assert len(project(tmp_path, fields, pay="share\n0.333\n0.333\n0.333\n")["pay"]) == 3
    assert "add up to 98.7, not to 100" in breach(tmp_path, fields, pay="share\n0.329\n0.329\n0.329\n")


def test_a_number_is_in_bounds_when_it_is_multiplied_out(tmp_path: Path) -> None:
    fields = '[tables.pay.fields]\nn = { type = "integer", multiply = 1000000 }'
    said = breach(tmp_path, fields, pay="n\n900000000000000000\n")
    assert said.startswith("pay.csv:2: column 'n': '900000000000000000': is larger than any number")


FROM = """
[tables.pay.fields]
job = { type = "text", key = true }
pay = { type = "money", unit = "USD" }
grade = { type = "level", levels = ["low", "high"] }
[tables.other]
from = "pay"
MORE
[tables.other.fields]
job = { type = "text", key = true }
FIELD
"""


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ('pay = { type = "money", unit = "EUR" }', "'pay' is in USD, and the field is in EUR. Correct the unit."),
        ('pay = { type = "money", unit = "EUR", value = "pay * 2" }', "'pay * 2' is in USD, and the field is in EUR."),
        ('x = { type = "number", column = "job" }', "'job' gives 'Cook', which is no number. Write type = \"text\"."),
        ('x = { type = "number", value = "job" }', "'job' gives 'Cook', which is no number."),
        (
            'grade = { type = "level", levels = ["Low", "High"] }',
            "'grade' gives 'low', which is no level of the field.",
        ),
        (
            'x = { type = "money", unit = "USD", value = "pay * 1e22" }',
            "gives a number larger than any that documents show.",
        ),
        ('x = { type = "number", value = "99999999999999999999999" }', "gives a number larger than any"),
        ('x = { type = "money", unit_field = "y", column = "pay" }', "unit_field = 'y' is no field of table 'other'."),
        ('x = { type = "range", low = "y", high = "pay" }', "low = 'y' is no field of table 'other'."),
    ],
)
def test_a_computed_field_holds_only_what_it_declares(field: str, words: str, tmp_path: Path) -> None:
    said = breach(tmp_path, FROM.replace("FIELD", field).replace("MORE", ""), pay="job,pay,grade\nCook,5,low\n")
    assert words in said
    assert said.startswith("project.toml:")


@pytest.mark.parametrize(
    ("name", "words"),
    [("zz", "whole = 'zz' is no field of table 'other'."), ("job", "whole = 'job' is no percent field")],
)
def test_a_whole_is_of_percentages(name: str, words: str, tmp_path: Path) -> None:
    settings = FROM.replace("MORE", f'whole = "{name}"').replace("FIELD", "")
    assert words in breach(tmp_path, settings, pay="job,pay,grade\nCook,5,low\n")
    assert "'job' is no percent field" in breach(
        tmp_path, 'whole = "job"\n[tables.pay.fields]\njob = { type = "text" }', pay="job\nCook\n"
    )


def test_a_file_that_is_named_by_itself_and_by_a_pattern_is_read_once_as_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "y_2020.csv").write_text("a;n\n1;2\n")
    (tmp_path / "y_2021.csv").write_text("a,n\n3,4\n")
    (tmp_path / "project.toml").write_text(
        PROJECT.replace('file = "pay.csv"', 'files = [{ file = "y_2020.csv", read = { delimiter = ";" } }, "y_*.csv"]')
        % '[tables.pay.fields]\nn = { type = "integer" }'
    )
    assert [show(value) for value in load_project(tmp_path).tables["pay"].values("n")] == ["2", "4"]


def test_a_computed_table_says_what_the_one_below_it_said(tmp_path: Path) -> None:
    fields = """
    title = "Pay of cooks"
    as_of = "2024"
    whole = "share"
    [tables.pay.fields]
    job = { type = "text", key = true }
    share = { type = "percent" }
    [tables.some]
    from = "pay"
    title = "Some of it"
    [tables.some.fields]
    job = { type = "text", key = true }
    share = { type = "percent" }
    [tables.few]
    from = "some"
    as_of = "2025"
    whole = "share"
    [tables.few.fields]
    share = { type = "percent" }
    """
    tables = project(tmp_path, fields, pay="job,share\nCook,40\n")
    some, few = tables["some"], tables["few"]
    assert (some.as_of, some.whole, some.computed_from) == ("2024", None, "Pay of cooks")
    assert (few.as_of, few.whole, few.computed_from) == ("2025", "share", "Pay of cooks")


def test_currencies_that_change_by_row_come_along(tmp_path: Path) -> None:
    fields = """
    [tables.pay.fields]
    job = { type = "text", key = true }
    currency = { type = "text" }
    pay = { type = "money", unit_field = "currency" }
    [tables.some]
    from = "pay"
    [tables.some.fields]
    job = { type = "text", key = true }
    currency = { type = "text" }
    pay = { type = "money", unit_field = "currency" }
    twice = { type = "money", unit_field = "currency", value = "pay * 2" }
    """
    some = project(tmp_path, fields, pay="job,currency,pay\nCook,GBP,5\nNurse,EUR,6\n")["some"]
    assert [show(value) for name in ("pay", "twice") for value in some.values(name)] == ["£5", "€6", "£10", "€12"]
    pounds = fields.replace('unit_field = "currency", value', 'unit = "GBP", value')
    said = breach(tmp_path, pounds, pay="job,currency,pay\nCook,GBP,5\nNurse,EUR,6\n")
    assert "'pay * 2' is in EUR, and the field is in GBP" in said


# -- whole columns -------------------------------------------------------------------------------------------------

_CELLS = st.one_of(
    st.text(alphabet="0123456789.+-eE _,%()\u2212\u0663", max_size=6),
    st.integers(-(10**22), 10**22).map(str),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
    st.sampled_from(
        ["1", "007", "5.", ".5", "-0", "+3", "1_000", "#REF!", "Err:502", "Row  7", " x", "a\u00a0b", "x#1"]
    ),
    st.text(max_size=5),
)


@given(
    st.lists(_CELLS.filter(bool), min_size=1, max_size=6),
    st.sampled_from(["integer", "number", "money", "percent", "text"]),
    st.sampled_from([None, POINT, COMMA]),
)
def test_a_column_read_at_once_holds_what_its_cells_read_one_by_one_hold(
    texts: list[str], kind: str, style: NumberSettings | None
) -> None:
    field = FieldSettings.model_validate({"type": kind, **({"unit": "USD"} if kind == "money" else {})})
    together = column_reader(field, style)
    assert together is not None
    found = together(texts)
    if found is not None:
        assert list(map(repr, found)) == [repr(parser(field, style)(text)) for text in texts]


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["1", "20"], "integer"),
        (["1.5", "-2", "+.5", "7."], "number"),
        (["Row 1", "Köln"], "text"),
        (["12"], "percent"),
    ],
)
def test_cells_as_programs_write_them_are_read_at_once(texts: list[str], kind: str) -> None:
    together = column_reader(FieldSettings.model_validate({"type": kind}), None)
    assert together is not None
    assert together(texts) is not None


@pytest.mark.parametrize(
    "settings",
    [
        {"labels": {"1": "2"}},
        {"multiply": 1000},
        {"type": "percent", "scale": "fraction"},
        {"type": "text", "case": "sentence"},
    ],
)
def test_cells_that_mean_something_else_are_read_one_by_one(settings: dict[str, object]) -> None:
    assert column_reader(FieldSettings.model_validate({"type": "number", **settings}), None) is None


def _project(folder: Path, field: str, cells: list[str]) -> Path:
    (folder / "t.csv").write_text("".join(f"{line}\n" for line in ["k,v", *(f"{n},{c}" for n, c in enumerate(cells))]))
    (folder / "project.toml").write_text(
        'title = "T"\n[tables.t]\nfile = "t.csv"\n[tables.t.fields]\nk = { type = "text", key = true }\n'
        f'v = {{ {field} }}\n[outputs.report]\nwriter = "report"\nstory = "s.md"\n'
    )
    return folder


def test_gaps_and_limits_stay_where_they_are_among_many_numbers(tmp_path: Path) -> None:
    marks = 'missing = { "-" = "suppressed", "#" = { meaning = "at least", value = 99 }, "" = "not available" }'
    cells = [str(n) for n in range(30)]
    cells[3], cells[7], cells[8] = "-", "#", ""
    column = load_project(_project(tmp_path, f'type = "number", {marks}', cells)).tables["t"].columns["v"]
    assert column[3] == Marked(None, Mark("suppressed"))
    assert column[7] == Marked(Decimal(99), Mark("at least"))
    assert column[8] == Marked(None, Mark("not available"))
    assert [c for c in column if isinstance(c, Decimal)] == [Decimal(n) for n in range(30) if n not in (3, 7, 8)]


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        ('type = "number", maximum = 50', "51", "is above the maximum of 50"),
        ('type = "number", minimum = 0', "-0.5", "is below the minimum of 0"),
        ('type = "number", required = true', "", "is empty"),
        ('type = "text", unique = true', "Cell 3", "'Cell 3' stands in line 5 already"),
        ('type = "integer"', "1.5", "is not a whole number"),
        ('type = "number"', "1.2.3", "is not a number"),
        ('type = "number"', "1_000", "is not a number"),
        ('type = "number"', "1" * 22, "is larger than any number"),
        ('type = "text"', "#REF!", "is an error of the spreadsheet's"),
    ],
)
def test_one_wrong_cell_among_many_is_named(field: str, cell: str, said: str, tmp_path: Path) -> None:
    cells = [f"Cell {n}" if '"text"' in field else str(n) for n in range(30)]
    cells[20] = cell
    with pytest.raises(ProjectError) as error:
        load_project(_project(tmp_path, field, cells))
    assert len(error.value.problems) == 1
    assert "t.csv:22" in str(error.value)
    assert said in str(error.value)
