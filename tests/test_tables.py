"""Tables: typed from files, asked by stories, computed from each other."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from data.errors import Place, ProjectError
from data.language.show import show
from data.project import load_project
from data.sandbox.expressions import evaluate, sentence
from data.tables.table import Table
from data.tables.value import Interval, Measure, MissingError, UnitError, Value

TABLES = """\
title = "Places"
[tables.places]
file = "places.csv"
missing = ["NA"]
whole = "share"
[tables.places.fields]
place = { title = "Place", type = "text", key = true, case = "sentence" }
low = { title = "Low", type = "money", unit_field = "currency" }
high = { title = "High", type = "money", unit_field = "currency" }
currency = { title = "Currency", type = "text" }
salary = { title = "Salary", type = "range", low = "low", high = "high", unit_field = "currency" }
share = { title = "Share", type = "percent", scale = "fraction" }
jobs = { title = "Jobs", type = "integer" }
region = { title = "Region", type = "text" }
skill = { title = "Skill", type = "level", levels = ["Basic", "Good", "Advanced"] }
per_share = { title = "Jobs a point", type = "number", value = "jobs / 10" }

[tables.regions]
from = "places"
group_by = "region"
where = "jobs > 1"
[tables.regions.fields]
region = { title = "Region", type = "text", key = true }
jobs = { title = "Jobs", type = "integer", value = "group.sum('jobs')" }
places = { title = "Places", type = "integer", value = "group.count" }

[outputs.report]
writer = "report"
story = "report.md"
"""
ROWS = """\
place,low,high,currency,share,jobs,region,skill
SAN FRANCISCO,125000,170000,USD,0.35,100,West,Advanced
NEW YORK,115000,160000,USD,0.25,300,East,Good
LONDON,60000,85000,GBP,NA,200,East,Basic
TINY,1,2,GBP,0.1,1,East,Basic
"""


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Table]:
    (tmp_path / "project.toml").write_text(TABLES, "utf-8")
    (tmp_path / "places.csv").write_text(ROWS, "utf-8")
    (tmp_path / "report.md").write_text("# A\n", "utf-8")
    return load_project(tmp_path).tables


def ask(tables: dict[str, Table], expression: str) -> str:
    value = evaluate(expression, tables, Place("story.md", 1))
    assert isinstance(value, Value | Interval)
    return show(value)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("places['San francisco'].salary", "$125,000–$170,000"),
        ("places['London'].salary.low", "£60,000"),
        ("places.first.salary.middle", "$147,500"),
        ("places.first.share", "35%"),
        ("places['London'].share", "not available"),
        ("places.top('jobs').place", "New york"),
        ("places.bottom('jobs').jobs", "1"),
        ("places.sum('jobs')", "601"),
        ("places.change('jobs')", "−99"),
        ("places.where(region='East').count", "3"),
        ("places.where(currency='USD').sorted('low').first.place", "New york"),
        ("places.head(2).sum('jobs')", "400"),
        ("places.first.share - places.last.share", "25\xa0percentage points"),
        ("places['New york'].jobs / places.first.jobs", "3×"),
        ("places.rows[1].place", "New york"),
        ("places.median('jobs')", "150"),
        ("places.first.per_share", "10.0"),
        ("places.where('jobs >= 200').count", "2"),
        ("places.where('jobs >= 200', region='East').first.place", "New york"),
        ("places.where('jobs > 9000').count", "0"),
        ("regions['East'].jobs", "500"),
        ("regions['East'].places", "2"),
    ],
)
def test_stories_ask_tables(expression: str, text: str, tables: dict[str, Table]) -> None:
    assert ask(tables, expression) == text


def test_a_tie_has_no_top(tables: dict[str, Table]) -> None:
    with pytest.raises(MissingError, match="two rows"):
        tables["places"].take([0, 0]).top("jobs")


def test_dollars_and_pounds_do_not_add_up(tables: dict[str, Table]) -> None:
    with pytest.raises(ProjectError, match="money in USD and money in GBP"):
        ask(tables, "places.first.low + places['London'].low")


def test_shares_do_not_add_up_unless_the_author_says_so(tables: dict[str, Table]) -> None:
    with pytest.raises(UnitError, match="additive"):
        tables["places"].sum("share")


def test_there_is_no_mean_of_nothing(tables: dict[str, Table]) -> None:
    with pytest.raises(MissingError):
        tables["places"].take([2]).mean("share")


def test_a_computed_value_knows_all_its_cells(tables: dict[str, Table]) -> None:
    total = tables["regions"]["East"]["jobs"]
    assert isinstance(total, Value)
    assert [(c.file, c.line) for c in total.cells] == [("places.csv", 3), ("places.csv", 4)]


def test_levels_sort_by_their_order(tables: dict[str, Table]) -> None:
    ordered = tables["places"].sorted("skill", descending=True)
    assert [row.key for row in ordered][:2] == ["San francisco", "New york"]


def test_rows_without_a_value_sort_last(tables: dict[str, Table]) -> None:
    assert tables["places"].sorted("share").last.key == "London"


def test_a_fraction_is_read_as_percent(tables: dict[str, Table]) -> None:
    assert tables["places"].columns["share"][0] == Decimal(35)


def test_names_keep_their_capitals_in_sentence_case(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text(
        TABLES.replace('"sentence"', '"sentence", proper = ["York", "San Francisco"]')
    )
    (tmp_path / "places.csv").write_text(ROWS, "utf-8")
    assert [row.key for row in load_project(tmp_path).tables["places"]][:2] == ["San Francisco", "New York"]


def test_a_range_upside_down_is_refused(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text(TABLES, "utf-8")
    (tmp_path / "places.csv").write_text(ROWS.replace("60000,85000", "85000,60000"), "utf-8")
    with pytest.raises(ProjectError, match=r"places.csv:4: the range 'salary' is upside down"):
        load_project(tmp_path)


def test_a_level_that_is_not_declared_is_refused(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text(TABLES, "utf-8")
    (tmp_path / "places.csv").write_text(ROWS.replace("Good", "Godo"), "utf-8")
    with pytest.raises(ProjectError, match="Did you mean 'Good'"):
        load_project(tmp_path)


def test_there_is_no_first_row_of_nothing(tables: dict[str, Table]) -> None:
    with pytest.raises(MissingError, match="no row of 'places' is left"):
        _ = tables["places"].take([]).first


@pytest.mark.parametrize(
    "asked", ["places.sorted('low')", "places.sorted('salary')", "places.top('low')", "places.median('low')"]
)
def test_two_currencies_have_no_common_order(tables: dict[str, Table], asked: str) -> None:
    with pytest.raises(ProjectError, match=r"GBP and (money in )?USD|USD and (money in )?GBP"):
        evaluate(asked, tables, Place("story.md", 1))


def test_charts_and_tables_set_currencies_apart_and_may_sort_them(tables: dict[str, Table]) -> None:
    assert [row.key for row in tables["places"].in_order("low")] == ["Tiny", "London", "New york", "San francisco"]


def test_a_name_that_is_no_word_is_met_with_those_there_are(tables: dict[str, Table]) -> None:
    name, table = next(iter(tables.items()))
    for asked in ("sorted(5)", "first | first"):
        with pytest.raises(ProjectError, match=rf"has no field '\d'\. Known: .*'{table.fields[0].name}'"):
            evaluate(f"{name}.{asked}", tables, Place("story.md"))


def test_no_document_shows_numbers_without_end(tables: dict[str, Table]) -> None:
    for number in ("999999999999 * 999999999999", "99999999999999999999999", "-1e21"):
        with pytest.raises(ProjectError, match="the number is larger than any that documents show"):
            sentence(f"{{{{ {number} }}}}", tables, Place("story.md"))
    assert sentence("{{ 999999999999999999999 }}", tables, Place("story.md"))


NUMBERS = """
title = "Numbers"
[tables.t]
file = "t.csv"
missing = { "a" = { meaning = "at most", value = 5 } }
[tables.t.fields]
name = { type = "text", key = true }
pay = { type = "money", unit = "USD" }
n = { type = "number", maximum = 900 }
share = { type = "percent", scale = "percent" }
[outputs.report]
writer = "report"
story = "report.md"
"""


def numbers(folder: Path, rows: str) -> Table:
    (folder / "project.toml").write_text(NUMBERS, "utf-8")
    (folder / "t.csv").write_text("name,pay,n,share\n" + rows, "utf-8")
    return load_project(folder).tables["t"]


def test_small_money_shows_its_cents_large_money_does_not(tmp_path: Path) -> None:
    assert show(numbers(tmp_path, "x,5.5,1,1\n").first["pay"]) == "$5.50"
    assert show(numbers(tmp_path, "x,5.5,1,1\ny,1000,1,1\n").first["pay"]) == "$6"
    assert show(numbers(tmp_path, "x,5.5,1,1\ny,-1000,1,1\n").first["pay"]) == "$6"


def test_a_mark_of_a_limit_is_a_word_among_words(tmp_path: Path) -> None:
    row = numbers(tmp_path, "a,a,1,1\n").first
    assert (show(row["name"]), show(row["pay"])) == ("a", "at most $5")


def test_the_maximum_itself_is_allowed(tmp_path: Path) -> None:
    assert len(numbers(tmp_path, "x,1,900,1\n")) == 1
    with pytest.raises(ProjectError, match=r"'900\.1': is above the maximum of 900"):
        numbers(tmp_path, "x,1,900.1,1\n")


def test_money_does_not_add_up_over_rows_unless_the_author_says_so(tmp_path: Path) -> None:
    table = numbers(tmp_path, "x,1,1,1\ny,2,2,2\n")
    with pytest.raises(UnitError, match="'pay' does not add up over rows"):
        table.sum("pay")
    assert show(table.sum("n")) == "3"


def test_a_tie_below_the_top_does_not_matter(tmp_path: Path) -> None:
    table = numbers(tmp_path, "w,1,1,1\nx,1,1,1\ny,1,3,1\nz,1,2,1\n")
    assert show(table.top("n")["name"]) == "y"


def test_rows_that_are_taken_keep_their_lines(tmp_path: Path) -> None:
    table = (
        numbers(tmp_path, "x,1,1,1\ny,2,2,2\nz,3,3,3\n").where("n > 1")
        if False
        else numbers(tmp_path, "x,1,1,1\ny,2,2,2\nz,3,3,3\n").where(name="z")
    )
    assert [cell.line for cell in table.first["pay"].cells] == [4]


def test_a_sum_shows_the_decimals_of_its_finest_part(tmp_path: Path) -> None:
    row = numbers(tmp_path, "x,5.5,1,12\ny,5,1.25,1.5\n").first
    fine = Value(Decimal(1), Measure("number", None, 2))
    assert show(row["n"] + Value(Decimal(1), Measure("number", None, 0))) == "2.00"
    assert show(Value(Decimal(1), Measure("number", None, 0)) + fine) == "2.00"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("t.where('n').count", "the condition 'n' is neither true nor false"),
        ("5 * 'abc'", "cannot be used here"),
        ("'abc' * 5", "cannot be used here"),
        ("5 * t.rows", "cannot be used here"),
    ],
)
def test_what_is_no_computation_is_refused(asked: str, words: str, tmp_path: Path) -> None:
    table = numbers(tmp_path, "x,1,1,1\n")
    with pytest.raises(ProjectError, match=words):
        evaluate(asked, {"t": table}, Place("story.md"))


KINDS = """\
title = "Kinds"
[tables.base]
file = "base.csv"
[tables.base.fields]
job = { type = "text", key = true }
pay = { type = "money", unit = "USD" }
n = { type = "integer", unit = "jobs" }
share = { type = "percent" }
[tables.other]
from = "base"
[tables.other.fields]
FIELD
[outputs.report]
writer = "report"
story = "report.md"
"""


def other(folder: Path, field: str) -> Table:
    (folder / "project.toml").write_text(KINDS.replace("FIELD", field), "utf-8")
    (folder / "base.csv").write_text("job,pay,n,share\nNurse,100,5,35\n", "utf-8")
    (folder / "report.md").write_text("# A\n", "utf-8")
    return load_project(folder).tables["other"]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ('pay = { type = "money", unit = "EUR" }', "'pay' is in USD, and the field is in EUR."),
        ('n = { type = "integer", unit = "students" }', "'n' is in jobs, and the field is in students."),
        ('n = { type = "percent" }', "'n' is integer, and the field is percent."),
        ('pay = { type = "number" }', "'pay' is money, and the field is number."),
        ('share = { type = "number" }', "'share' is percent, and the field is number."),
        ('half = { type = "integer", value = "n / 2" }', "'n / 2' gives 2.5, which is no whole number."),
        ('twice = { type = "number", value = "pay * 2" }', "'pay * 2' is money, and the field is number."),
        (
            'twice = { type = "money", unit = "GBP", value = "pay * 2" }',
            "'pay * 2' is in USD, and the field is in GBP.",
        ),
    ],
)
def test_a_value_keeps_its_unit_from_table_to_table(tmp_path: Path, field: str, said: str) -> None:
    with pytest.raises(ProjectError) as refused:
        other(tmp_path, field)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ('x = { type = "percent", value = "n / 20 * 100" }', "25%"),
        ('x = { type = "number", value = "n * 2" }', "10"),
        ('x = { type = "integer", column = "n" }', "5"),
        ('x = { type = "number", decimals = 0, value = "n / 2" }', "3"),
        ('x = { type = "percent", value = "100 - share" }', "65%"),
        ('x = { type = "number", value = "share - 30" }', "5"),
        ('x = { type = "money", unit = "USD", value = "pay / 4" }', "$25"),
    ],
)
def test_what_is_computed_may_become_another_kind(tmp_path: Path, field: str, shown: str) -> None:
    assert show(other(tmp_path, field).first["x"]) == shown


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "  "])
def test_rows_are_found_whatever_space_was_typed(tables: dict[str, Table], space: str) -> None:
    name = f"New{space}york"
    places = tables["places"]
    assert places[name].key == "New york"
    assert name in places
    assert places["New york"]["place"] == name
    assert len(places.where(place=name)) == 1
