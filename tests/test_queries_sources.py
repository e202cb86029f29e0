"""Text sources of queries: what their cells are is read from all of them, or asked for."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.reading import read, refused

SUMS = "SELECT g, SUM(v) AS v FROM t GROUP BY g ORDER BY g"
MANY = 11_000
"""More rows than are looked at first."""


def asked(
    folder: Path, query: str, text: str | bytes, name: str = "t.csv", **options: Any
) -> tuple[tuple[str, ...], ...]:
    """The rows of the result."""
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return read(folder, query=query, sources={"t": {"file": name, "read": options}}).cells[1:]


def denied(folder: Path, query: str, text: str | bytes, name: str = "t.csv", **options: Any) -> str:
    """What is said about a source that is refused."""
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return refused(folder, query=query, sources={"t": {"file": name, "read": options}})


@pytest.mark.parametrize(("header", "said"), [("g,v,v", "'v' twice"), ("g,v,V", "'v' and 'V'")])
def test_no_column_is_lost_behind_another_of_its_name(header: str, said: str, tmp_path: Path) -> None:
    assert f"the header says {said}" in denied(tmp_path, SUMS, f"{header}\nA,1,2\n")


def test_a_result_with_two_columns_of_a_name_is_refused(tmp_path: Path) -> None:
    assert "the result has two columns of the name 'v'" in denied(tmp_path, "SELECT v, v FROM t", "g,v\nA,1\n")


def test_a_fraction_below_whole_numbers_is_read(tmp_path: Path) -> None:
    text = "g,v\n" + "A,1\n" * MANY + "B,2.5\n"
    assert asked(tmp_path, SUMS, text) == (("A", str(MANY)), ("B", "2.5"))


def test_more_decimals_below_are_kept(tmp_path: Path) -> None:
    text = "g,v\n" + "A,1.5\n" * MANY + "B,1.234567\nC,12345678901234567.25\n"
    assert asked(tmp_path, SUMS, text)[1:] == (("B", "1.234567"), ("C", "12345678901234567.25"))


@pytest.mark.parametrize("first", ["1", "1.5"])
@pytest.mark.parametrize("odd", ["na", "1 234", "nan", "inf", "0x1F", "TRUE"])
def test_a_word_below_numbers_is_no_number(first: str, odd: str, tmp_path: Path) -> None:
    said = denied(tmp_path, SUMS, "g,v\n" + f"A,{first}\n" * MANY + f"B,{odd}\n")
    assert f"column 'v' of t.csv holds '{odd}', which is no number" in said
    assert f'missing = ["{odd}"]' in said


def test_a_code_below_numbers_keeps_its_zeros(tmp_path: Path) -> None:
    text = "g,v\n" + "A,12345\n" * MANY + "B,02139\n"
    assert asked(tmp_path, "SELECT v FROM t WHERE g = 'B'", text) == (("02139",),)
    assert "'sum' takes no text" in denied(tmp_path, SUMS, text)
    assert asked(tmp_path, SUMS, text, types={"v": "number"})[1] == ("B", "2139")


def test_a_fraction_is_no_whole_number(tmp_path: Path) -> None:
    for text in ("g,v\nA,2.5\n", "g,v\n" + "A,1\n" * MANY + "B,2.5\n"):
        said = denied(tmp_path, SUMS, text, types={"v": "integer"})
        assert "column 'v' of t.csv holds fractions, and is declared as whole numbers" in said
        assert 'types = { v = "number" }' in said


def test_a_word_below_truths_is_refused(tmp_path: Path) -> None:
    text = "a\n" + "TRUE\nfalse\n" * MANY + "yes\n"
    assert "holds 'yes', which is neither TRUE nor FALSE" in denied(
        tmp_path, "SELECT COUNT(*) AS n FROM t WHERE a", text
    )


def test_day_and_month_are_never_guessed(tmp_path: Path) -> None:
    text = "d,v\n01/02/2026,1\n03/04/2026,2\n"
    query = "SELECT d, SUM(v) AS v FROM t GROUP BY d ORDER BY d"
    said = denied(tmp_path, query, text, types={"d": "date"})
    assert "column 'd' of t.csv holds '01/02/2026', which is no ISO date" in said
    assert 'formats = { d = "%m/%d/%Y" } where the month is first, "%d/%m/%Y" where the day is' in said
    assert asked(tmp_path, query, text, formats={"d": "%m/%d/%Y"}) == (("2026-01-02", "1"), ("2026-03-04", "2"))
    assert asked(tmp_path, query, text, formats={"d": "%d/%m/%Y"}) == (("2026-02-01", "1"), ("2026-04-03", "2"))
    assert asked(tmp_path, query, text)[0] == ("01/02/2026", "1")
    assert "'01/02/2026' is no ISO date" in denied(tmp_path, "SELECT CAST(d AS DATE) AS d FROM t", text)
    assert "no date written like '%m/%d/%Y'" in denied(
        tmp_path, query, text + "13/02/2026,1\n", formats={"d": "%m/%d/%Y"}
    )


def test_years_of_two_digits_are_no_iso_dates_and_mean_what_they_mean_in_tables(tmp_path: Path) -> None:
    assert "'01/02/26', which is no ISO date" in denied(
        tmp_path, "SELECT d FROM t", "d\n01/02/26\n", types={"d": "date"}
    )
    found = asked(tmp_path, "SELECT d FROM t", "d\n01/02/68\n01/02/69\n", formats={"d": "%d/%m/%y"})
    assert found == (("1969-02-01",), ("2068-02-01",))


@pytest.mark.parametrize(
    "day",
    [
        "CAST(d AS DATE)",
        "d::TIMESTAMP",
        "year(CAST(d AS DATE))",
        "CAST(strptime(d, '%d/%m/%Y') AS DATE)",
        "date_diff('day', strptime(d, '%d/%m/%Y'), DATE '2026-01-01')",
    ],
)
def test_a_query_takes_26_for_no_year(day: str, tmp_path: Path) -> None:
    said = denied(tmp_path, f"SELECT {day} AS v FROM t", "d\n01/02/26\n03/04/26\n")
    assert "has no year of four digits. Say how dates are written: CAST(STRPTIME(d, '%m/%d/%y')" in said


def test_what_is_tried_as_a_date_is_none_with_a_year_of_two_digits(tmp_path: Path) -> None:
    text = "d\n01/02/26\n2026-02-01\n"
    for tried in ("TRY_CAST(d AS DATE)", "CAST(try_strptime(d, ['%Y-%m-%d', '%d/%m/%Y']) AS DATE)"):
        assert asked(tmp_path, f"SELECT {tried} AS v FROM t ORDER BY v", text) == (("2026-02-01",), ("",))
    found = asked(tmp_path, "SELECT CAST(strptime(d, '%d/%m/%y') AS DATE) AS v FROM t", "d\n01/02/26\n")
    assert found == (("2026-02-01",),)
    assert asked(tmp_path, "SELECT CAST(CAST(d AS DATE) AS TIMESTAMP) AS v FROM t", "d\n2026-02-01\n")[0] != ("",)


def test_a_declared_year_of_four_digits_has_four(tmp_path: Path) -> None:
    said = denied(tmp_path, "SELECT d FROM t", "d\n01/02/26\n", formats={"d": "%d/%m/%Y"})
    assert "holds '01/02/26', which is no date written like '%d/%m/%Y'" in said


def test_a_day_that_no_calendar_has_is_refused(tmp_path: Path) -> None:
    assert "holds '2026-02-30'" in denied(
        tmp_path, "SELECT d FROM t", "d\n2026-02-28\n2026-02-30\n", types={"d": "date"}
    )


@pytest.mark.parametrize("setting", [{"types": {"w": "text"}}, {"formats": {"w": "%Y"}}])
def test_a_setting_for_a_column_that_is_not_there_is_told(setting: dict[str, Any], tmp_path: Path) -> None:
    assert "'t.csv' has no column 'w'" in denied(tmp_path, SUMS, "g,v\nA,1\n", **setting)


def test_a_line_that_names_the_delimiter_is_no_header(tmp_path: Path) -> None:
    assert asked(tmp_path, SUMS, "sep=;\ng;v\nA;1\n") == (("A", "1"),)
    assert "its lines hold ';' equally often" in denied(tmp_path, SUMS, "g;v\nA;1\nB;2\n")


def test_quotes_line_ends_and_blank_cells_are_read(tmp_path: Path) -> None:
    text = '\ufeffg,v\r\n"A ""x"", y\nz",1\r\n"A ""x"", y\nz","2"\r\nB,\r\n"",5\r\n'
    assert asked(tmp_path, SUMS, text) == (('A "x", y\nz', "3"), ("B", ""), ("", "5"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("g,v\nA,1\nB,2,3\n", "t.csv:3: has 3 cells in this line, and 2 in its header"),
        ("g,v\nA,1\nB\n", "t.csv:3: has 1 cells in this line, and 2 in its header"),
        ('g,v\nA,1\n"B,2\n', "t.csv:3: has a quotation mark here that is never closed"),
        ("g,v\nA,1\né,2\n".encode() + b"\xe9,3\n", "t.csv:4: is not UTF-8"),
        ("g,v\nA,1\nB,2\n".encode("utf-16"), "t.csv: is no UTF-8 text"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named(text: str | bytes, said: str, tmp_path: Path) -> None:
    assert denied(tmp_path, SUMS, text).startswith(said)


def test_records_are_typed_by_what_they_hold(tmp_path: Path) -> None:
    text = '{"a": 1.50, "b": "2020-01-01", "c": true, "z": "02139"}\n{"a": 2, "b": null, "c": false}\n'
    found = asked(tmp_path, "SELECT * FROM t ORDER BY a", text, "t.jsonl")
    assert found == (("1.5", "2020-01-01", "TRUE", "02139"), ("2", "", "FALSE", ""))
    text = '{"a": 1}\n' * MANY + '{"a": 2.5}\n'
    assert asked(tmp_path, "SELECT SUM(a) AS s FROM t", text, "t.jsonl") == ((f"{MANY + 2}.5",),)
    assert "holds 'x', which is no number" in denied(
        tmp_path, "SELECT SUM(a) AS s FROM t", text + '{"a": "x"}\n', "t.jsonl"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 12345678901234567890.125}\n', "of which a fraction does not keep every digit"),
        ('{"a": 1, "a": 2}\n', "t.jsonl:1: holds a record with two values for 'a'"),
        ('{"a": 1}\nnothing\n', "t.jsonl: is no JSON"),
        ('{"a": [1]}\n', "column 'a' holds lists"),
    ],
)
def test_records_that_lose_something_are_refused(text: str, said: str, tmp_path: Path) -> None:
    assert said in denied(tmp_path, "SELECT a FROM t", text, "t.jsonl")


def test_durations_and_clock_times_of_columnar_files_are_read(tmp_path: Path) -> None:
    frame = pl.DataFrame({"late": [datetime.timedelta(minutes=-90)], "opens": [datetime.time(10, 5)]})
    for unit in ("ms", "us", "ns"):
        frame.with_columns(pl.col("late").cast(pl.Duration(unit))).write_parquet(tmp_path / "t.parquet")
        grid = read(tmp_path, query="SELECT late, opens FROM t", sources={"t": {"file": "t.parquet"}})
        assert grid.cells[1] == ("-1:30:00", "10:05:00")


@pytest.mark.parametrize("kind", ["csv", "ndjson", "parquet"])
def test_a_word_with_its_accent_apart_is_the_same_word(tmp_path: Path, kind: str) -> None:
    rows = [("Gen\u00e8ve", 30), ("Gene\u0300ve", 20), ("Bern", 4)]
    if kind == "csv":
        (tmp_path / "t.csv").write_text("city,n\n" + "".join(f"{city},{n}\n" for city, n in rows), "utf-8")
    elif kind == "ndjson":
        lines = (json.dumps({"city": city, "n": n}, ensure_ascii=False) for city, n in rows)
        (tmp_path / "t.ndjson").write_text("\n".join(lines) + "\n", "utf-8")
    else:
        pl.DataFrame(rows, schema=["city", "n"], orient="row").write_parquet(tmp_path / "t.parquet")
    sources = {"t": {"file": f"t.{kind}"}}
    found = read(tmp_path, query="SELECT city, SUM(n) AS n FROM t GROUP BY city ORDER BY city", sources=sources).cells
    assert found[1:] == (("Bern", "4"), ("Gen\u00e8ve", "50"))
    query = "SELECT n FROM t WHERE city = 'Gen\u00e8ve' ORDER BY n"
    assert read(tmp_path, query=query, sources=sources).cells[1:] == (("20",), ("30",))
