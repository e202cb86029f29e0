"""Words that test themselves: absence, completeness, membership, closeness and direction, asked of tables and values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.errors import Place, ProjectError
from data.language.show import show
from data.project import load_project
from data.sandbox.expressions import evaluate, holds
from data.tables.refusals import MissingError
from data.tables.table import Field, Table
from data.tables.value import Content, Measure, Value

PROJECT = """\
title = "Words"
[tables.jobs]
file = "jobs.csv"
missing = { "<5" = { meaning = "at most", value = 5 }, ">900" = { meaning = "at least", value = 900 } }
[tables.jobs.fields]
job = { type = "text", key = true }
maker = { type = "text" }
pay = { type = "money", unit_field = "currency" }
currency = { type = "text" }
share = { type = "percent", scale = "percent" }
n = { type = "integer" }
skills = { type = "list", delimiter = ";" }
[tables.years]
file = "years.csv"
[tables.years.fields]
year = { type = "year", key = true }
up = { type = "integer" }
down = { type = "number" }
flat = { type = "integer" }
gap = { type = "money", unit = "USD" }
some = { type = "integer" }
[outputs.report]
writer = "report"
story = "report.md"
"""
JOBS = """\
job,maker,pay,currency,share,n,skills
Nurse,Google,100,USD,48,10,SQL; Python
Clerk,IBM,104,USD,52,20,Python
Smith,IBM,108,USD,,<5,SQL
Poet,Google,110,EUR,0,>900,SQL
"""
YEARS = "year,up,down,flat,gap,some\n2021,2,8.5,5,-900,1\n2020,1,9,5,-1000,2\n2022,3,8,5,100,\n"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Table]:
    folder = tmp_path_factory.mktemp("words")
    for name, text in {"project.toml": PROJECT, "jobs.csv": JOBS, "years.csv": YEARS, "report.md": "# A\n"}.items():
        (folder / name).write_text(text, "utf-8")
    return load_project(folder).tables


def asked(expression: str, tables: dict[str, Table]) -> object:
    return evaluate(expression, tables, Place("report.md", 1))


def refused(expression: str, tables: dict[str, Table]) -> str:
    """What is said of a test that cannot be decided or worked out."""
    with pytest.raises((MissingError, ProjectError)) as caught:
        asked(expression, tables)
    return f"{caught.value} {getattr(caught.value, 'remedy', '')}"


@pytest.mark.parametrize(
    ("test", "true"),
    [
        ("jobs.all(\"maker in ['Google', 'IBM']\")", True),
        ("jobs.all(\"maker == 'IBM'\")", False),
        ("jobs.none(\"maker == 'Oracle'\")", True),
        ("jobs.none(\"maker == 'IBM'\")", False),
        ("jobs.where('share != None').all('share < 53')", True),
        ("jobs.where('share != None').all('share != 7')", True),
        ("jobs.all('share == None or share != 7')", True),  # the condition minds the gap itself
        ("jobs.none('share != None and share == 7')", True),
        ("jobs.none('n > 5 and n < 10')", True),  # limits decide it: at most 5, at least 900
        ("jobs.complete('maker')", True),
        ("jobs.complete('share')", False),
        ("jobs.complete('n')", True),  # a limit is a value
        ("jobs.missing('share').count == 1", True),
        ("jobs.missing('share').first.job == 'Smith'", True),
        ("jobs.missing('maker').count == 0", True),
        ("jobs.lists('maker', ['IBM', 'Google'])", True),
        ("jobs.lists('maker', ['IBM', 'Google', 'Oracle'])", False),
        ("jobs.lists('maker', ['Google'])", False),
        ("jobs.lists('maker', [jobs.first.maker, 'IBM'])", True),
        ("jobs.lists('skills', ['SQL', 'Python'])", True),
        ("years.lists('year', [2020, 2021, 2022])", True),
        ("years.lists('flat', [5])", True),
        ("jobs.where(currency='USD').close('pay', within=8)", True),
        ("jobs.where(currency='USD').close('pay', within=7.9)", False),
        ("jobs.head(2).close('share', within=4)", True),  # percentage points
        ("jobs.head(2).close('share', within=3.9)", False),
        ("jobs['Nurse'].pay is close(jobs['Smith'].pay, within=8)", True),
        ("jobs['Smith'].pay is close(jobs['Nurse'].pay, within=7)", False),
        ("jobs['Nurse'].pay is not close(jobs['Smith'].pay, within=7)", True),
        ("jobs['Nurse'].share is close(jobs['Clerk'].share, within=4)", True),
        ("jobs['Nurse'].share is close(50, within=2)", True),
        ("years.rising('up')", True),
        ("years.rising('down')", False),
        ("years.falling('down')", True),
        ("years.rising('flat')", False),
        ("years.falling('flat')", False),
        ("years.sorted('down').rising('up')", True),  # a time goes before an order
        ("years[2021].gap is narrower(years[2020].gap)", True),
        ("years[2020].gap is wider(years[2021].gap)", True),
        ("years[2020].gap is narrower(years[2020].gap + years[2021].gap)", True),
        ("jobs['Nurse'].share is balanced(within=2)", True),
        ("jobs['Nurse'].share is balanced(within=1)", False),
        ("jobs.share(\"maker == 'IBM'\") is balanced(within=0)", True),
        ("jobs['Nurse'].share is distinct(jobs['Clerk'].share)", True),
        ("(years[2020].gap - years[2021].gap) is narrower(years[2020].gap)", True),
        ("years.last.up is highest(years, 'up')", True),
        ("years.first.up is highest(years, 'up')", False),
        ("years.first.up is lowest(years, 'up')", True),
        ("years.last.up is not lowest(years, 'up')", True),
        ("years.last.flat is highest(years, 'flat')", True),  # others have the same, and none has more
        ("years.last.flat is lowest(years, 'flat')", True),
        ("years.last.up is highest(years.where('year < 2022'), 'up')", True),
        ("jobs['Poet'].n is highest(jobs, 'n')", True),  # at least 900
        ("jobs['Clerk'].n is highest(jobs, 'n')", False),
        ("years.where(year=2021).first.some is lowest(years.where('some != None'), 'some')", True),
    ],
)
def test_words_that_test_say_what_the_data_say(test: str, true: bool, tables: dict[str, Table]) -> None:
    assert holds(test, tables, Place("report.md", 1)) is true


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("jobs.all('share < 50')", "nobody knows whether 'share < 50' is true of 1 of 4 rows"),
        ("jobs.none('n < 3')", "nobody knows whether 'n < 3'"),
        ("jobs.where(maker='Oracle').all('n > 5')", "no row of 'jobs' is left"),
        ("jobs.none(\"maker == 'Gogle'\")", "Did you mean 'Google'? Where there may be none, write .where("),
        ("jobs.all(\"maker in ['Google', 'IBMM']\")", "no row of 'jobs' has 'IBMM' in 'maker'"),
        ("jobs.share(\"not maker == 'Googel'\")", "Did you mean 'Google'"),
        ("jobs.all('share != 0')", "nobody knows whether 'share != 0' is true of 1 of 4 rows"),
        ("jobs.none('share in [0, 1]')", "the first has no 'share' (jobs.csv:4)"),
        ("jobs.share('share == 0') > 5", ".where('share != None')"),
        ("jobs.all()", "Write one in quotation marks: jobs.all("),
        ("years.first.some is highest(years, 'some')", "'some' has no value in 1 of 3 rows"),
        ("years.last.some is lowest(years, 'up')", "there is no value here"),
        ("jobs['Nurse'].pay is highest(jobs, 'pay')", "money in USD and money in EUR"),
        ("(jobs['Nurse'].n - 6) is lowest(jobs, 'n')", "only a limit is known here"),
        ("years.last.up is highest(years)", "Name the table and its field: t.last.pay is highest(t, 'pay')."),
        ("years.last.up is highest", "Name the table and its field"),
        ("years.last.year is highest(jobs, 'job')", "this is year"),
        ("years.last.up is highest(jobs.head(2), 'share')", "cannot compare integer and percent"),
        ("years.last.up - years.first.up is wider(1)", "Put the difference in brackets: (a - b) is wider(c)."),
        ("years.last.up / years.first.up is close(1, within=3)", "Put the ratio in brackets: (a / b) is close(c)."),
        ("1 + years.last.up is highest(years, 'up')", "Put the sum in brackets"),
        ("jobs.count is gt 3 + 4", "Put the sum in brackets: a is gt(b + c)."),
        ("jobs.count is lt(2) * 60", "'is lt' takes the value behind it alone, and not the product."),
        ("jobs.head(0).missing('share').count == 0", "no row of 'jobs' is left"),
        ("jobs.head(0).complete('share')", "no row of 'jobs' is left"),
        ("jobs.head(0).lists('maker', ['IBM'])", "no row of 'jobs' is left"),
        ("jobs.lists('maker', ['IBM', 'Gogle'])", "Did you mean 'Google'?"),
        ("jobs.lists('maker', 'IBM')", "Write one: jobs.lists('maker', ['a', 'b'])"),
        ("jobs.lists('share', [48, 52, 0])", "Leave such rows out: .where('share != None')"),
        ("jobs.lists('n', [10, 20, 5, 900])", "only a limit is known here"),
        ("years.lists('year', ['2020'])", "the field is year, and the list has 2020"),
        ("jobs.close('pay', within=10)", "money in USD and money in EUR"),
        ("jobs.close('share', within=10)", "'share' has no value in 1 of 4 rows"),
        ("jobs.close('n', within=10)", "only a limit is known here"),
        ("jobs.head(1).close('share', within=10)", "closeness needs two"),
        ("years.close('gap', within=10)", "lies on the other side of zero"),
        ("years.close('year', within=10)", "closeness needs amounts, and this is year"),
        ("jobs.close('share')", "how close is close is not said"),
        ("jobs.first.pay is close(jobs.last.pay, within=5)", "money in USD and money in EUR"),
        ("jobs.first.share is close(jobs.rows[1].share - 50, within=5)", "Compare two of one kind"),
        ("jobs.first.job is close(jobs.last.job, within=5)", "compares amounts, and this is text"),
        ("years.head(1).rising('up')", "nothing rises or falls in fewer than two"),
        ("years.rising('some')", "'some' has no value in 1 of 3 rows"),
        ("jobs.sorted('n').rising('n')", "whatever the data say"),
        ("years[2022].gap is narrower(years[2021].gap)", "one gap is positive and the other negative"),
        ("(years[2022].up / years[2021].up) is narrower(years[2021].gap)", "a ratio is no gap"),
        ("years[2021].gap is narrower(years[2021].up)", "cannot compare money in USD and integer"),
        ("jobs.first.share is balanced(within=50)", "every share lies within 50 points"),
        ("jobs.first.pay is balanced(within=5)", "only a percentage is balanced, and this is money"),
        ("jobs['Smith'].share is balanced(within=5)", "there is no value here"),
        ("jobs.first.pay is near(jobs.last.pay)", "there is no test 'near'"),
        ("jobs.increasing('n')", "Did you mean 'rising'?"),
    ],
)
def test_words_that_test_refuse_what_the_data_leave_open(test: str, said: str, tables: dict[str, Table]) -> None:
    assert said in refused(test, tables)


def test_a_condition_may_ask_for_the_row_of_a_batch(tables: dict[str, Table]) -> None:
    names = {**tables, "row": tables["years"][2022]}
    assert evaluate("years.all('up <= row.up')", names, Place("report.md", 1)) is True
    assert evaluate("years.none('up > row.up') and years.all('up < row.up')", names, Place("report.md", 1)) is False


@pytest.mark.parametrize(
    "test",
    ["jobs.all('1 == 1')", "jobs.none('n == n')", "jobs.first.pay is close(jobs.first.pay, within=1)",
     "jobs.count > 2 or jobs.all('true')", "years.top('up').up is highest(years, 'up')",
     "years.bottom('up').up is lowest(years, 'up')"],
)  # fmt: skip
def test_a_word_that_tests_nothing_is_refused(test: str, tables: dict[str, Table]) -> None:
    with pytest.raises(ProjectError, match="tests nothing"):
        holds(test, tables, Place("report.md", 1))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("years.quantile('up', 0)", "1"),
        ("years.quantile('up', 0.25)", "1.5"),
        ("years.quantile('up', 0.5)", "2"),
        ("years.quantile('gap', 0.75)", "−$400"),
        ("jobs.quantile('n', 0.5)", "15"),  # limits at both ends do not touch it
        ("jobs.quantile('n', 1)", "at least 900"),
        ("jobs.where('share != None').quantile('share', 0.25)", "24%"),
        ("jobs.share(\"maker == 'IBM'\")", "50%"),
        ("jobs.share(\"maker == 'Oracle'\")", "0%"),
        ("years.share('up', 'year == 2022')", "50%"),
    ],
)
def test_quantiles_and_shares_are_values(expression: str, text: str, tables: dict[str, Table]) -> None:
    value = asked(expression, tables)
    assert isinstance(value, Value)
    assert show(value) == text


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("years.quantile('up', 25)", "Write 0.25"),
        ("years.quantile('up')", "Write t.quantile('pay', 0.25)"),
        ("years.quantile('year', 0.5)", "'year' is year, and a quantile needs amounts"),
        ("jobs.quantile('pay', 0.5)", "money in USD and money in EUR"),
        ("jobs.quantile('share', 0.5)", "'share' has no value in 1 of 4 rows"),
        ("jobs.share('share', \"maker == 'IBM'\")", "does not add up over rows"),
        ("years.share('down', 'year == 2022') + years.share('gap', 'year == 2022')", "does not add up over rows"),
        ("jobs.share('n', \"maker == 'IBM'\")", "only limits are known here"),
        ("jobs.share()", "'share' needs a condition"),
    ],
)
def test_quantiles_and_shares_refuse_what_has_none(expression: str, said: str, tables: dict[str, Table]) -> None:
    assert said in refused(expression, tables)


def test_a_quantile_knows_the_cells_that_it_lies_between(tables: dict[str, Table]) -> None:
    value = asked("years.quantile('up', 0.25)", tables)
    assert isinstance(value, Value)
    assert sorted(cell.line for cell in value.cells) == [2, 3]
    assert value.number == Decimal("1.5")


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("jobs['Smith'].share == 48", "Ask first whether there is a value: jobs['Smith'].share != None and"),
        ("jobs['Smith'].share != 48", "nobody knows whether 'jobs['Smith'].share != 48' is true: the cell is empty"),
        ("jobs['Smith'].share in [48, 52]", "the cell is empty"),
        ("not (jobs['Nurse'].share == jobs['Smith'].share)", "the cell is empty"),
        ("jobs.first.maker == 'Gogle'", "Did you mean 'Google'?"),
        ("jobs.first.maker != 'Gogle'", "Did you mean 'Google'?"),
        ("jobs.first.maker not in ['IBM', 'Gogle']", "Did you mean 'Google'?"),
        ("'Nurs' in jobs", "Did you mean 'Nurse'?"),
        ("jobs['Poet'].n == jobs['Poet'].n + 0", "only limits are known"),
        ("days.first.day > 'January'", "'January' is no date"),
        ("days.first.day > '2024'", "2024-05-03 lies in 2024, neither before nor after it"),
        ("days.all(\"day <= '2024-05'\")", "lies in 2024-05"),
        ("days.first.day < '3.5.2024'", "is no date"),
        ("days.first.grade < 'Best'", "'Best' is no level. Write one of these: Basic, Good."),
        ("days.none(\"grade > 'Best'\")", "'Best' is no level"),
    ],
)
def test_a_comparison_that_nobody_can_decide_is_no_false(test: str, said: str, days: dict[str, Table]) -> None:
    with pytest.raises(ProjectError) as caught:
        holds(test, days, Place("report.md", 1))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("test", "true"),
    [
        ("jobs['Smith'].share == None", True),
        ("jobs['Smith'].share != None and jobs['Smith'].share == 48", False),
        ("jobs.first.maker == 'IBM'", False),
        ("jobs.first.maker == 'Oracle'", False),  # nearly nobody's word, and so perhaps that of another edition
        ("jobs.where(maker='IBM').first.maker != 'Google'", True),  # a row that this choice leaves out has it
        ("'Nurse' in jobs.where(maker='IBM')", False),
        ("jobs['Poet'].n == 5", False),
        ("days.first.day >= '2024'", True),
        ("days.first.day < '2024'", False),
        ("days.first.day > '2024-05-02'", True),
        ("days.all(\"day > '2023'\")", True),
        ("days.first.grade < 'Good'", True),
    ],
)
def test_what_is_known_decides_a_comparison(test: str, true: bool, days: dict[str, Table]) -> None:
    assert holds(test, days, Place("report.md", 1)) is true


@pytest.fixture(scope="module")
def days(tables: dict[str, Table]) -> dict[str, Table]:
    """The tables, and one of a day and a level."""
    fields = (
        Field("day", "Day", Measure("date")),
        Field("grade", "Grade", Measure("level", levels=("Basic", "Good"))),
    )
    columns: dict[str, tuple[Content, ...]] = {"day": ("2024-05-03",), "grade": ("Basic",)}
    return {**tables, "days": Table("days", fields, columns, (2,), "days.csv", "Days")}
