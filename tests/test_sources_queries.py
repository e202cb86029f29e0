"""SQL over the project's tables and sources: bounded, repeatable, and nothing but reading."""

from __future__ import annotations

import itertools
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.errors import ProjectError
from data.language.show import show
from data.project import load_project
from data.sources.sql import ending, tables_named
from tests.reading import read, refused

SOURCES = {"answers": {"file": "answers.parquet"}}
MEDIANS = "SELECT field, COUNT(*) AS n, MEDIAN(pay) AS pay FROM answers GROUP BY field ORDER BY field"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("queries")
    chance = random.Random(7)
    rows = 30_000
    frame = pl.DataFrame(
        {
            "field": [f"Field {chance.randrange(40):02d}" for _ in range(rows)],
            "pay": [chance.randrange(20_000, 200_000) for _ in range(rows)],
            "rate": [chance.random() for _ in range(rows)],
            "skills": [["a"]] * rows,
        }
    )
    frame.write_parquet(folder / "answers.parquet")
    frame.drop("skills").write_csv(folder / "answers.csv")
    frame.drop("skills").write_ndjson(folder / "answers.jsonl")
    frame.drop("skills").write_ipc(folder / "answers.arrow")
    return folder


@pytest.mark.parametrize("name", ["answers.parquet", "answers.csv", "answers.jsonl", "answers.arrow"])
def test_a_source_is_asked_by_query_and_never_becomes_a_table(name: str, folder: Path) -> None:
    grid = read(folder, query=MEDIANS, sources={"answers": {"file": name}})
    assert grid.cells[0] == ("field", "n", "pay")
    assert len(grid.cells) == 41
    frame = pl.read_parquet(folder / "answers.parquet")
    one = frame.filter(field="Field 07")["pay"].sort()
    middle = (one[(len(one) - 1) // 2] + one[len(one) // 2]) / 2
    assert grid.cells[8] == ("Field 07", str(len(one)), f"{middle:g}")
    assert str(grid.place(1, 0)) == f"{name}:result row 1"


@pytest.mark.parametrize("order", ["", " ORDER BY s DESC", " ORDER BY few", " ORDER BY few LIMIT 17"])
def test_the_same_query_gives_the_same_bytes_each_time(order: str, folder: Path) -> None:
    query = "SELECT field, COUNT(*) % 2 AS few, SUM(rate) AS s, AVG(rate) AS a FROM answers GROUP BY field" + order
    assert len({read(folder, query=query, sources=SOURCES).checksum for _ in range(8)}) == 1


def test_rows_without_an_order_are_sorted_by_their_columns(folder: Path) -> None:
    cells = read(
        folder, query="SELECT COUNT(*) AS n, field FROM answers GROUP BY field;  -- all", sources=SOURCES
    ).cells
    assert list(cells[1:]) == sorted(cells[1:], key=lambda row: (int(row[0]), row[1]))


def test_sums_of_fractions_keep_ten_digits_and_whole_numbers_all(folder: Path) -> None:
    query = "SELECT SUM(rate) AS s, SUM(pay) AS whole, AVG(pay) AS a FROM answers"
    _, (fraction, whole, average) = read(folder, query=query, sources=SOURCES).cells
    frame = pl.read_parquet(folder / "answers.parquet")
    assert len(fraction.replace(".", "")) <= 10
    assert float(fraction) == pytest.approx(sum(frame["rate"]), rel=1e-9)
    assert int(whole) == sum(frame["pay"])
    assert float(average) == pytest.approx(int(whole) / 30_000, rel=1e-9)


def test_sums_of_decimals_are_the_same_in_any_order(folder: Path) -> None:
    parts = [0.1, 0.2, 0.3, 0.0345678905, 0.6]  # together 1.2345678905, and a hair more or less in binary
    orders = list(itertools.permutations(parts))
    assert len(set(map(sum, orders))) > 1
    query = "SELECT SUM(x) AS s FROM t"
    for order in orders[::17]:
        pl.DataFrame({"x": order}).write_parquet(folder / "x.parquet")
        assert read(folder, query=query, sources={"t": {"file": "x.parquet"}}).cells[1] == ("1.2345678905",)


def test_values_that_are_only_copied_keep_every_digit(folder: Path) -> None:
    pl.DataFrame({"x": [0.1234567890123456, 40628.0]}).write_parquet(folder / "x.parquet")
    grid = read(folder, query="SELECT x FROM t ORDER BY x", sources={"t": {"file": "x.parquet"}})
    assert grid.cells == (("x",), ("0.1234567890123456",), ("40628",))


def test_only_results_of_a_tables_size_become_tables(folder: Path) -> None:
    pl.DataFrame({"x": range(500_001)}).write_parquet(folder / "x.parquet")
    sources = {"t": {"file": "x.parquet"}}
    assert "more than 500,000 rows" in refused(folder, query="SELECT x FROM t", sources=sources)
    assert len(read(folder, query="SELECT x FROM t WHERE x > 0", sources=sources).cells) == 500_001


WRONG = {
    "DROP TABLE answers": "does more than read",
    "DELETE FROM answers": "does more than read",
    "CREATE TABLE x AS SELECT * FROM answers": "does more than read",
    "TRUNCATE answers": "does more than read",
    "SELECT 1; SELECT 2": "does more than read",
    "": "does more than read",
    "SELECT * FROM read_csv('/etc/passwd')": "the query reads a file by read_csv",
    "SELECT * FROM scan_csv('/etc/passwd')": "the query reads a file by scan_csv",
    "SELECT * FROM \"read_parquet\" ('x')": "the query reads a file by read_parquet",
    "SELECT * FROM '/etc/passwd'": "there is no source or table '/etc/passwd' here",
    "SELECT feld FROM answers": "there is no column 'feld'. Did you mean 'field'?",
    "SELECT field FROM answer": "there is no source or table 'answer' here. Did you mean 'answers'?",
    "SELECT field FROM answers LIMIT 5": "LIMIT without ORDER BY",
    "SELECT field, FROM answers WHERE": "the query is wrong",
    "SELECT SUM(field) AS s FROM answers": "the query is wrong: 'sum' takes no text",
    "SELECT skills FROM answers": "column 'skills' holds lists",
    "SELECT field, field FROM answers": "the result has two columns of the name 'field'",
}


@pytest.mark.parametrize(
    ("query", "tables"),
    [
        ("SELECT pay FROM answers", {"answers"}),
        ('SELECT a.pay FROM Answers AS a JOIN "Other" o ON a.x = o.x, third WHERE pay IN (SELECT x FROM fourth)',
         {"answers", "other", "third", "fourth"}),
        ("WITH top AS (SELECT * FROM answers) SELECT field, pay FROM top ORDER BY field, pay", {"answers"}),
        ("SELECT 'FROM x' AS y -- FROM z\nFROM answers /* FROM u */", {"answers"}),
    ],
)  # fmt: skip
def test_the_tables_that_a_query_names_are_found(query: str, tables: set[str]) -> None:
    assert tables_named(query) == tables


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_query_says_what_is_wrong_with_it(query: str, folder: Path) -> None:
    said = refused(folder, query=query, sources=SOURCES)
    assert WRONG[query] in said
    assert str(folder) not in said


def test_a_query_that_takes_too_long_is_not_waited_for(folder: Path) -> None:
    query = "SELECT SUM(a.pay + b.pay) AS s FROM answers a JOIN answers b ON a.field = b.field"
    said = refused(folder, query=query, sources=SOURCES, read={"timeout": 0.01})
    assert "the query takes more than 0.01 seconds" in said


def test_a_word_among_numbers_is_met_with_the_two_ways_out(folder: Path) -> None:
    (folder / "t.csv").write_text("a,b\n" + "x,1\n" * 11_000 + "y,na\n")
    query = "SELECT a, SUM(b) AS b FROM t GROUP BY a"
    said = refused(folder, query=query, sources={"t": {"file": "t.csv"}})
    assert 'missing = ["na"]' in said
    assert 'types = { b = "text" }' in said
    grid = read(folder, query=query, sources={"t": {"file": "t.csv", "read": {"missing": ["na"]}}})
    assert grid.cells[1] == ("x", "11000")
    typed = {"t": {"file": "t.csv", "read": {"types": {"b": "text"}}}}
    assert read(folder, query="SELECT b FROM t WHERE a = 'y'", sources=typed).cells == (("b",), ("na",))


def test_a_delimited_source_is_read_as_it_is_declared(folder: Path) -> None:
    (folder / "t.txt").write_text('job;pay\n"a;b";1\n', "utf-8-sig")
    sources = {"t": {"file": "t.txt", "read": {"delimiter": ";"}}}
    assert read(folder, query="SELECT job, pay FROM t", sources=sources).cells == (("job", "pay"), ("a;b", "1"))
    sources = {"t": {"file": "t.txt", "read": {"encoding": "latin-1"}}}
    assert "is UTF-8, not latin-1" in refused(folder, query="SELECT job FROM t", sources=sources)


@pytest.mark.parametrize(
    ("name", "content"), [("t.parquet", b"nothing"), ("t.csv", b""), ("t.csv", b"a,b\n1,\xff\n"), ("t.xlsx", b"PK")]
)
def test_a_source_that_cannot_be_read_says_so(name: str, content: bytes, folder: Path) -> None:
    (folder / name).write_bytes(content)
    said = refused(folder, query="SELECT a, b FROM t", sources={"t": {"file": name}})
    assert name in said or "invalid utf-8" in said.lower()
    assert str(folder) not in said


PROJECT = """
[sources.answers]
file = "answers.csv"

[tables.pay_by_field]
query = "SELECT field, COUNT(*) AS n, AVG(pay) AS pay FROM answers WHERE pay > 0 GROUP BY field"
[tables.pay_by_field.fields]
field = { type = "text", key = true }
n = { type = "integer" }
pay = { type = "money", unit = "USD" }

[tables.joined]
query = "SELECT p.job, p.salary - f.pay AS more FROM pay p JOIN pay_by_field f ON p.job = f.field ORDER BY p.job"
[tables.joined.fields]
job = { type = "text", key = true }
more = { type = "money", unit = "USD" }
"""


def with_queries(project: Path, more: str = "") -> Path:
    (project / "answers.csv").write_text("field,pay\nEngineer,100\nEngineer,101\nAnalyst,70\nClerk,\n")
    toml = project / "project.toml"
    toml.write_text(toml.read_text("utf-8") + PROJECT + more, "utf-8")
    return project


def test_a_query_can_name_the_projects_tables_and_results(small_project: Path) -> None:
    project = load_project(with_queries(small_project))
    assert [str(row["pay"].content) for row in project.tables["pay_by_field"]] == ["70", "100.5"]
    assert [str(row["more"].content) for row in project.tables["joined"]] == ["109930", "119899.5"]
    assert project.tables["pay_by_field"].file == "answers.csv"
    assert project.tables["joined"].checksum


def test_a_table_below_the_query_is_not_yet_there(small_project: Path) -> None:
    with_queries(
        small_project, '[tables.early]\nquery = "SELECT job FROM late"\nfields = { job = { type = "text" } }\n'
    )
    toml = small_project / "project.toml"
    toml.write_text(
        toml.read_text("utf-8") + '[tables.late]\nfrom = "pay"\nfields = { job = { type = "text" } }\n', "utf-8"
    )
    with pytest.raises(ProjectError, match=r"there is no source or table 'late' here\. Declare it above this table"):
        load_project(small_project)


def test_a_summary_does_not_pass_over_missing_values_in_silence(small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,120000\nAnalyst,\n")
    query = '[tables.total]\nquery = "SELECT AVG(salary) AS s FROM pay"\nfields = { s = { type = "number" } }\n'
    toml = small_project / "project.toml"
    toml.write_text(toml.read_text("utf-8") + query, "utf-8")
    with pytest.raises(ProjectError, match="'salary' of table 'pay' lacks 1 value, which a summary would pass over"):
        load_project(small_project)
    toml.write_text(toml.read_text("utf-8").replace("FROM pay", "FROM pay WHERE salary IS NOT NULL"), "utf-8")
    assert str(load_project(small_project).tables["total"].first["s"].content) == "120000"


def test_a_source_and_a_table_have_different_names(small_project: Path) -> None:
    with_queries(small_project, '[sources.pay]\nfile = "answers.csv"\n')
    with pytest.raises(ProjectError, match="'pay' is the name of a source and of a table"):
        load_project(small_project)


def test_the_checksum_of_a_source_is_held(folder: Path) -> None:
    sources = {"answers": {"file": "answers.parquet", "sha256": "0" * 64}}
    assert "answers.parquet has other content" in refused(folder, query=MEDIANS, sources=sources)


def test_what_is_built_on_a_broken_table_is_not_told_as_well(small_project: Path) -> None:
    with_queries(small_project)
    (small_project / "answers.csv").write_text("feld,pay\nEngineer,100\n")
    with pytest.raises(ProjectError) as caught:
        load_project(small_project)
    assert len(caught.value.problems) == 1
    assert "there is no column 'field'" in str(caught.value)


def asked(folder: Path, query: str, frame: pl.DataFrame) -> tuple[str, ...]:
    """The first row of the result."""
    frame.write_parquet(folder / "x.parquet")
    return read(folder, query=query, sources={"t": {"file": "x.parquet"}}).cells[1]


def test_sums_of_small_types_are_not_cut_to_their_size(folder: Path) -> None:
    frame = pl.DataFrame(
        {"pay": [2_000_000_000] * 3, "n": [200, 100, 50], "share": [0.1, 0.2, 0.3]},
        schema={"pay": pl.Int32, "n": pl.UInt8, "share": pl.Float32},
    )
    assert asked(folder, "SELECT SUM(pay) AS s, SUM(pay * n) AS p FROM t", frame) == ("6000000000", "700000000000")
    assert asked(folder, "SELECT MIN(n - 60) AS low, MAX(n + n) AS high FROM t", frame) == ("-10", "400")
    assert asked(folder, "SELECT SUM(share) AS s, MAX(share * 2) AS m FROM t", frame) == ("0.6", "0.6")


def test_numbers_of_64_bits_without_a_sign_are_not_cut(folder: Path) -> None:
    frame = pl.DataFrame({"n": [(1 << 64) - 1, 2]}, schema={"n": pl.UInt64})
    assert asked(folder, "SELECT SUM(n) AS s, MAX(n) AS m FROM t", frame) == (str((1 << 64) + 1), str((1 << 64) - 1))


def test_computed_fractions_are_those_that_are_meant(folder: Path) -> None:
    frame = pl.DataFrame({"a": [0.1], "b": [0.2], "c": [0.07], "d": [1.0]})
    assert asked(folder, "SELECT a + b AS x, c * 100 AS y, a - 0.3 AS z FROM t", frame) == ("0.3", "7", "-0.2")
    assert asked(folder, "SELECT d / 3 AS x, d / 7 AS y FROM t", frame) == ("0.3333333333333333", "0.14285714285714285")


def test_codes_with_zeros_before_them_stay_as_they_are(folder: Path) -> None:
    (folder / "zip.csv").write_text("zip,n,rate,day\n02139,10,0.5,-07\n12345,0,-0.5,11\n")
    source: dict[str, Any] = {"file": "zip.csv"}
    query = "SELECT zip, n, rate, day FROM t ORDER BY zip"
    assert read(folder, query=query, sources={"t": source}).cells[1:] == (
        ("02139", "10", "0.5", "-07"),
        ("12345", "0", "-0.5", "11"),
    )
    source["read"] = {"types": {"zip": "integer"}}
    assert read(folder, query="SELECT MIN(zip) AS z, SUM(n) AS n FROM t", sources={"t": source}).cells[1] == (
        "2139",
        "10",
    )


def test_a_gap_in_one_field_is_not_excused_by_another_that_ends_like_it(small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,120000\nAnalyst,\n")
    toml = small_project / "project.toml"
    text = toml.read_text("utf-8").replace("salary = {", 'lary = { type = "number", column = "salary" }\nsalary = {')
    query = '[tables.total]\nquery = "SELECT AVG(lary) AS s FROM pay WHERE salary IS NOT NULL"\n'
    toml.write_text(f'{text}{query}fields = {{ s = {{ type = "number" }} }}\n', "utf-8")
    with pytest.raises(ProjectError, match="'lary' of table 'pay' lacks 1 value"):
        load_project(small_project)


def test_whole_numbers_of_a_table_have_sums_of_any_size(small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text(f"job,salary\nEngineer,{4 * 10**18 + 1}\nAnalyst,{6 * 10**18}\n")
    query = '[tables.total]\nquery = "SELECT SUM(salary) AS s, MIN(salary) AS m FROM pay"\n'
    toml = small_project / "project.toml"
    fields = 'fields = { s = { type = "number" }, m = { type = "number" } }\n'
    toml.write_text(toml.read_text("utf-8") + query + fields, "utf-8")
    row = load_project(small_project).tables["total"].first
    assert [str(row[name].content) for name in ("s", "m")] == ["10000000000000000001", "4000000000000000001"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT offset, a FROM t ORDER BY a", (True, False)),
        ("SELECT a FROM t ORDER BY a OFFSET 3", (True, True)),
        ("SELECT a FROM (SELECT a FROM t ORDER BY a LIMIT 3)", (False, False)),
        ("SELECT a FROM t FETCH FIRST 3 ROWS ONLY", (False, True)),
    ],
)
def test_a_querys_end_is_seen(query: str, expected: tuple[bool, bool]) -> None:
    assert ending(query)[:2] == expected


def test_a_limit_is_no_number_to_a_query(small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,120000\nAnalyst,#\n")
    toml = small_project / "project.toml"
    text = toml.read_text("utf-8").replace(
        "[tables.pay.fields]", 'missing = { "#" = { meaning = "at least", value = 200000 } }\n[tables.pay.fields]'
    )
    query = '[tables.high]\nquery = "SELECT job, salary FROM pay ORDER BY job"\n'
    fields = 'fields = { job = { type = "text" }, salary = { type = "number" } }\n'
    toml.write_text(f"{text}{query}{fields}", "utf-8")
    assert [value.missing for value in load_project(small_project).tables["high"].values("salary")] == [True, False]


@pytest.mark.parametrize("asked", ["active = 'TRUE'", "active <> 'true'", "active IN ('TRUE')", "active != 'yes'"])
def test_true_or_false_is_no_word(tmp_path: Path, asked: str) -> None:
    (tmp_path / "people.csv").write_text("name,active\na,TRUE\nb,FALSE\nc,TRUE\n", "utf-8")
    (tmp_path / "report.md").write_text("# A\n", "utf-8")
    project = """title = "A"
[sources.people]
file = "people.csv"
[tables.active]
query = "SELECT COUNT(*) AS n FROM people WHERE ASKED"
fields = { n = { type = "integer" } }
[outputs.report]
writer = "report"
story = "report.md"
"""
    (tmp_path / "project.toml").write_text(project.replace("ASKED", asked), "utf-8")
    with pytest.raises(ProjectError, match=r"'active' is true or false, and is compared"):
        load_project(tmp_path)
    (tmp_path / "project.toml").write_text(project.replace("ASKED", "active AND name <> 'a'"), "utf-8")
    assert show(load_project(tmp_path).tables["active"].first["n"]) == "1"


def test_a_result_has_the_source_that_its_tables_share(tmp_path: Path) -> None:
    project = """title = "A"
[tables.one]
file = "one.csv"
source = "Ministry"
as_of = "2020"
fields = { n = { type = "integer" } }
[tables.two]
file = "one.csv"
source = "Ministry"
as_of = "2021"
fields = { n = { type = "integer" } }
[tables.both]
query = "SELECT one.n FROM one JOIN two ON one.n = two.n ORDER BY n"
fields = { n = { type = "integer" } }
[tables.own]
query = "SELECT n FROM one ORDER BY n"
source = "Us"
fields = { n = { type = "integer" } }
[outputs.report]
writer = "report"
story = "report.md"
"""
    (tmp_path / "one.csv").write_text("n\n1\n", "utf-8")
    (tmp_path / "report.md").write_text("# A\n", "utf-8")
    (tmp_path / "project.toml").write_text(project, "utf-8")
    tables = load_project(tmp_path).tables
    assert (tables["both"].source, tables["both"].as_of) == ("Ministry", None)
    assert (tables["own"].source, tables["own"].as_of) == ("Us", "2020")


def test_a_database_does_not_take_the_source_of_a_table_called_like_one_of_its_own(tmp_path: Path) -> None:
    project = """title = "A"
[tables.pay]
file = "pay.csv"
source = "Ministry"
fields = { n = { type = "integer" } }
[tables.alumni]
file = "alumni.sqlite"
query = "SELECT n FROM pay ORDER BY n"
fields = { n = { type = "integer" } }
[outputs.report]
writer = "report"
story = "report.md"
"""
    with closing(sqlite3.connect(tmp_path / "alumni.sqlite")) as database:
        database.executescript("CREATE TABLE pay (n INTEGER); INSERT INTO pay VALUES (7);")
    (tmp_path / "pay.csv").write_text("n\n1\n", "utf-8")
    (tmp_path / "report.md").write_text("# A\n", "utf-8")
    (tmp_path / "project.toml").write_text(project, "utf-8")
    assert load_project(tmp_path).tables["alumni"].source is None
