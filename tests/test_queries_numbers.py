"""Numbers that queries compute: exact, rounded half up, and refused where there is no room for them."""

from __future__ import annotations

import datetime
import math
import os
import random
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.language.show import show
from data.project import load_project
from data.sources.queries import view
from data.tables.value import Measure, Value
from tests.reading import read, refused

TABLE = "g,x,y\na,0.1,1\nb,0.2,2\nc,0.3,3\n"


def source(folder: Path, content: str | pl.DataFrame, **options: Any) -> dict[str, dict[str, Any]]:
    """The source t with this content."""
    if isinstance(content, str):
        (folder / "t.csv").write_text(content, "utf-8")
        return {"t": {"file": "t.csv", "read": options}}
    content.write_parquet(folder / "t.parquet")
    return {"t": {"file": "t.parquet", "read": options}}


def asked(folder: Path, query: str, content: str | pl.DataFrame = TABLE, **options: Any) -> tuple[tuple[str, ...], ...]:
    """The rows of the result."""
    return read(folder, query=query, sources=source(folder, content, **options)).cells[1:]


def denied(folder: Path, query: str, content: str | pl.DataFrame = TABLE, **options: Any) -> str:
    """What is said about a query that is refused."""
    return refused(folder, query=query, sources=source(folder, content, **options))


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (pl.UInt8, [1, 200, 3]), (pl.UInt16, [1, 2, 65_000]), (pl.UInt32, [1, 4_000_000_000, 3]),
        (pl.UInt64, [1, 2, 18_000_000_000_000_000_000]), (pl.Int8, [-100, 100, 7]), (pl.Int64, [-1, 5, -7]),
    ],
)  # fmt: skip
def test_differences_and_sums_of_small_numbers_are_those_of_arithmetic(
    kind: pl.DataType, values: list[int], tmp_path: Path
) -> None:
    frame = pl.DataFrame({"a": values, "b": values[::-1]}, schema={"a": kind, "b": kind})
    ((difference, total, product, low),) = asked(
        tmp_path,
        "SELECT SUM(a) - SUM(b) - 2 AS d, SUM(a) + SUM(b) AS s, MAX(a) * 3 AS p, MIN(a - b) AS l FROM t",
        frame,
    )
    assert (difference, total) == ("-2", str(2 * sum(values)))
    assert product == str(3 * max(values))
    assert low == str(min(a - b for a, b in zip(values, values[::-1], strict=True)))


def test_sums_of_converted_numbers_are_not_cut(tmp_path: Path) -> None:
    text = "pay\n" + "2000000000\n" * 3
    assert asked(tmp_path, "SELECT SUM(CAST(pay AS INTEGER)) AS s FROM t", text) == (("6000000000",),)


def test_lengths_and_years_have_room_to_multiply(tmp_path: Path) -> None:
    query = "SELECT LENGTH(g) * 10000000000 AS l, EXTRACT(year FROM DATE '2026-01-02') * 10000000000 AS y FROM t"
    assert asked(tmp_path, query)[0] == ("10000000000", "20260000000000")


def test_a_number_that_there_is_no_room_for_is_refused(tmp_path: Path) -> None:
    said = denied(tmp_path, f"SELECT {2**127 - 1} + y AS s FROM t")
    assert "computes a number that is larger than there is room for" in said
    assert asked(tmp_path, f"SELECT {2**63 - 1} + y AS s FROM t")[0] == (str(2**63),)
    assert "larger than there is room for" in denied(tmp_path, f"SELECT SUM({2**126}::HUGEINT) AS s FROM t")


def test_whole_numbers_keep_every_digit_or_are_refused(tmp_path: Path) -> None:
    text = f"n\n{2**53 + 1}\n{2**53 + 3}\n"
    assert asked(tmp_path, "SELECT MAX(n) AS m, SUM(n) // COUNT(n) AS a FROM t", text) == (
        (str(2**53 + 3), str(2**53 + 2)),
    )
    for wanted in ("AVG(n)", "SUM(n) / 1", "MEDIAN(n)"):
        assert "of which a fraction does not keep every digit" in denied(tmp_path, f"SELECT {wanted} AS a FROM t", text)
    large = f"n\n{2**64 - 1}\n1\n"
    assert asked(tmp_path, "SELECT SUM(n) AS s FROM t", large) == ((str(2**64),),)
    assert "more digits than can be computed with" in denied(tmp_path, "SELECT SUM(n) AS s FROM t", f"n\n{10**45}\n")
    assert asked(tmp_path, "SELECT n FROM t", f"n\n{10**45}\n", types={"n": "text"}) == ((str(10**45),),)


def test_decimals_are_decimals(tmp_path: Path) -> None:
    query = "SELECT SUM(x) AS s, AVG(x) AS a, SUM(x) - 0.6 AS rest, MAX(x) * 3 AS m FROM t"
    assert asked(tmp_path, query) == (("0.6", "0.2", "0", "0.9"),)
    assert asked(tmp_path, "SELECT g FROM t WHERE x * 3 = 0.3") == (("a",),)
    assert asked(tmp_path, "SELECT SUM(x) AS s FROM t", "x\n12345678901234567.89\n0.01\n") == (
        ("12345678901234567.9",),
    )
    frame = pl.DataFrame({"x": [0.1, 0.2, 0.3]})
    assert asked(tmp_path, "SELECT SUM(x) AS s FROM t HAVING SUM(x) = 0.6", frame) == (("0.6",),)


def test_what_is_divided_is_compared_as_it_is_meant(tmp_path: Path) -> None:
    assert asked(tmp_path, "SELECT AVG(x) AS a FROM t HAVING AVG(x) >= 0.2") == (("0.2",),)
    assert asked(tmp_path, "SELECT SUM(x) / 3 AS a FROM t HAVING SUM(x) / 3 >= 0.2") == (("0.2",),)


def test_whole_numbers_divide_to_fractions_and_by_zero_to_nothing_at_all(tmp_path: Path) -> None:
    assert asked(tmp_path, "SELECT y / 2 AS h, y // 2 AS w, y % 2 AS r FROM t ORDER BY y") == (
        ("0.5", "0", "1"), ("1", "1", "0"), ("1.5", "1", "1"),
    )  # fmt: skip
    assert asked(tmp_path, "SELECT 1.0 * y / 7 AS f FROM t ORDER BY y")[0] == ("0.14285714285714285",)
    for sign in ("/", "//", "%"):
        said = denied(tmp_path, f"SELECT y {sign} (y - 1) AS f FROM t")
        assert "the query divides by zero. Write a / NULLIF(b, 0)" in said
    assert asked(tmp_path, "SELECT y / NULLIF(y - 1, 0) AS f FROM t WHERE y = 1") == (("",),)


def test_halves_are_rounded_up_as_they_are_shown(tmp_path: Path) -> None:
    cases = [("2.5", 0), ("-2.5", 0), ("3.5", 0), ("0.5", 0), ("-0.4", 0), ("0.25", 1), ("0.35", 1), ("1.005", 2),
             ("2.675", 2), ("-2.675", 2), ("1.115", 2), ("8.345", 2)]  # fmt: skip
    for text, decimals in cases:
        shown = show(Value(Decimal(text), Measure("number", decimals=decimals)), "rounded").replace("\u2212", "-")
        by_hand = Decimal(text).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        for content in (f"x\n{text}\n", pl.DataFrame({"x": [float(text)]})):
            ((found, literally),) = asked(
                tmp_path, f"SELECT ROUND(x, {decimals}) AS r, ROUND({text}, {decimals}) AS l FROM t", content
            )
            assert Decimal(found) == Decimal(literally) == by_hand == Decimal(shown)


def test_averages_and_quotients_are_rounded_up_by_what_they_are_meant_to_be(tmp_path: Path) -> None:
    text = "g,x\nA,2\nA,3\nB,3\nB,4\n"
    assert asked(tmp_path, "SELECT g, ROUND(AVG(x)) AS v FROM t GROUP BY g", text) == (("A", "3"), ("B", "4"))
    assert asked(tmp_path, "SELECT ROUND(AVG(x), 2) AS v FROM t", "x\n2.67\n2.68\n") == (("2.68",),)
    assert asked(tmp_path, "SELECT ROUND(8.025 / 3, 2) AS v FROM t WHERE y = 1") == (("2.68",),)
    assert asked(tmp_path, "SELECT ROUND(1.0049999, 2) AS v FROM t WHERE y = 1") == (("1",),)


def test_numbers_are_converted_half_up_too(tmp_path: Path) -> None:
    frame = pl.DataFrame({"x": [2.5, 0.1234567890123456]})
    query = "SELECT CAST(x AS INTEGER) AS i, x::DECIMAL(4, 1) AS d, CAST(x / 1 AS BIGINT) AS q FROM t WHERE x > 1"
    assert asked(tmp_path, query, frame) == (("3", "2.5", "3"),)
    assert asked(tmp_path, "SELECT CAST(2.675::DOUBLE AS DECIMAL(4, 2)) AS d, CAST(-2.5 AS INTEGER) AS n") == (
        ("2.68", "-3"),
    )
    assert asked(tmp_path, "SELECT CAST(x AS REAL) AS r FROM t WHERE y = 1") == (("0.1",),)


@pytest.mark.parametrize("content", ["x\n1.01\n1.02\n", pl.DataFrame({"x": [1.01, 1.02]})])
def test_middles_between_decimals_are_exact(content: str | pl.DataFrame, tmp_path: Path) -> None:
    query = (
        "SELECT MEDIAN(x) AS m, QUANTILE_CONT(x, 0.25) AS q, PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY x) AS p, "
        "QUANTILE_DISC(x, 0.5) AS d FROM t"
    )
    assert asked(tmp_path, query, content) == (("1.015", "1.0125", "1.019", "1.01"),)


def test_a_middle_of_whole_numbers_may_be_a_half(tmp_path: Path) -> None:
    assert asked(tmp_path, "SELECT MEDIAN(y) AS m FROM t WHERE y > 1") == (("2.5",),)


def test_a_sum_over_no_rows_is_missing_and_a_count_is_zero(tmp_path: Path) -> None:
    query = "SELECT SUM(x) AS s, COUNT(*) AS n, AVG(y) AS a, MAX(x) AS m FROM t WHERE y > 9"
    assert asked(tmp_path, query) == (("", "0", "", ""),)


def test_truths_are_counted(tmp_path: Path) -> None:
    text = "a\n" + "TRUE\nFALSE\nTRUE\n" * 5000
    query = "SELECT SUM(a) AS s, 100.0 * COUNT(*) FILTER (WHERE a) / COUNT(*) AS share FROM t"
    assert asked(tmp_path, query, text) == (("10000", "66.66666666666667"),)


def test_what_is_no_number_is_refused_and_not_passed_on(tmp_path: Path) -> None:
    frame = pl.DataFrame({"x": [1.5, float("nan")]})
    said = denied(tmp_path, "SELECT COUNT(*) AS n FROM t WHERE x > 1", frame)
    assert "column 'x' of t.parquet holds 'nan', which is no number" in said
    assert asked(tmp_path, "SELECT SUM(x) AS s, COUNT(x) AS n FROM t", frame, missing=["nan"]) == (("1.5", "1"),)
    assert "is no number (inf)" in denied(tmp_path, "SELECT 1e308 * 10 * y AS z FROM t")


@pytest.mark.parametrize("threads", [1, 2, 3, 8])
def test_sums_do_not_depend_on_how_many_threads_add_them_up(
    threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(11)
    rows = 300_000
    fractions = [chance.random() * 10 ** chance.randrange(-6, 7) for _ in range(rows)]
    frame = pl.DataFrame({
        "g": [chance.randrange(9) for _ in range(rows)],
        "x": fractions,
        "money": [chance.randrange(10**9) / 100 for _ in range(rows)],
    })  # fmt: skip
    query = (
        "SELECT g, SUM(x) AS s, AVG(x) AS a, STDDEV(x) AS d, SUM(money) AS m, AVG(money / 7) AS q, "
        "STRING_AGG(CASE WHEN x > 999999 THEN money END, ',') AS l FROM t GROUP BY g"
    )
    monkeypatch.setattr(os, "cpu_count", lambda: threads)
    found = asked(tmp_path, query, frame)
    sums = [sum((Decimal(str(m)) for g, _, m in frame.rows() if str(g) == row[0]), Decimal(0)) for row in found]
    assert [Decimal(row[4]) for row in found] == sums
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert found == asked(tmp_path, query, frame)


def test_days_between_are_days_and_months_have_no_one_length(tmp_path: Path) -> None:
    query = (
        "SELECT DATE '2026-03-01' - DATE '2026-02-27' AS d, "
        "TIMESTAMP '2026-03-01 12:30' - TIMESTAMP '2026-02-27 13:00' AS i, "
        "TIMESTAMP '2026-02-27 13:00' - TIMESTAMP '2026-02-27 14:30' AS j FROM t WHERE y = 1"
    )
    assert asked(tmp_path, query) == (("2", "47:30:00", "-1:30:00"),)
    said = denied(tmp_path, "SELECT AGE(DATE '2026-03-01', DATE '2025-01-15') AS a FROM t")
    assert "months and years have no one length. Ask for a number: DATE_DIFF('day', a, b)" in said


def test_a_moment_has_the_day_that_is_written_with_it(tmp_path: Path) -> None:
    text = "t\n2026-02-28T21:00-05:00\n2026-02-28T22:00:00-05:00\n2026-03-01T00:30:00+09:00\n"
    query = "SELECT CAST(t AS DATE) AS d, COUNT(*) AS n FROM t GROUP BY d ORDER BY d"
    assert asked(tmp_path, query, text) == (("2026-02-28", "2"), ("2026-03-01", "1"))
    assert asked(tmp_path, "SELECT t, COUNT(*) AS n FROM t GROUP BY t", text, types={"t": "date"}) == (
        ("2026-02-28", "2"), ("2026-03-01", "1"),
    )  # fmt: skip
    for wanted in (
        "CAST(t AS TIMESTAMPTZ)",
        "STRPTIME(t, '%Y-%m-%dT%H:%M:%S%z')",
        "CAST(t AS TIMESTAMP) AT TIME ZONE 'Asia/Tokyo'",
    ):
        assert "whose day would be that of UTC" in denied(tmp_path, f"SELECT CAST({wanted} AS DATE) AS d FROM t", text)


@pytest.mark.parametrize("name", ["t.parquet", "t.arrow"])
def test_a_zone_of_a_columnar_file_tells_its_days(name: str, tmp_path: Path) -> None:
    instants = [datetime.datetime(2026, 3, 1, hour, tzinfo=datetime.UTC) for hour in (2, 3, 15)]
    frame = pl.DataFrame({"t": instants}).select(pl.col("t").dt.convert_time_zone("America/New_York"))
    (frame.write_parquet if name.endswith("parquet") else frame.write_ipc)(tmp_path / name)
    query = "SELECT CAST(t AS DATE) AS d, COUNT(*) AS n, MIN(t) AS first FROM t GROUP BY d ORDER BY d"
    grid = read(tmp_path, query=query, sources={"t": {"file": name}})
    assert grid.cells[1:] == (
        ("2026-02-28", "2", "2026-02-28T21:00:00-05:00"), ("2026-03-01", "1", "2026-03-01T10:00:00-05:00"),
    )  # fmt: skip


def test_moments_of_two_zones_have_no_common_day(tmp_path: Path) -> None:
    instant = datetime.datetime(2026, 3, 1, 2, tzinfo=datetime.UTC)
    for name, zone in (("a", "America/New_York"), ("b", "Asia/Tokyo")):
        frame = pl.DataFrame({"t": [instant]}).select(pl.col("t").dt.convert_time_zone(zone))
        frame.write_parquet(tmp_path / f"{name}.parquet")
    sources = {name: {"file": f"{name}.parquet"} for name in "ab"}
    said = refused(tmp_path, query="SELECT CAST(a.t AS DATE) AS d FROM a JOIN b ON a.t = b.t", sources=sources)
    assert "tell time in America/New_York and Asia/Tokyo; a day would be another in each" in said


@pytest.mark.parametrize("wanted", ["NOW()", "CURRENT_DATE", "TODAY()", "RANDOM()", "UUID()", "AGE(DATE '2020-01-01')"])
def test_what_changes_from_day_to_day_is_no_number_of_the_data(wanted: str, tmp_path: Path) -> None:
    assert "gives another answer each time" in denied(tmp_path, f"SELECT {wanted} AS x FROM t")


def test_estimates_and_samples_are_refused(tmp_path: Path) -> None:
    assert "only estimates" in denied(tmp_path, "SELECT APPROX_COUNT_DISTINCT(x) AS n FROM t")
    assert "a sample takes any rows" in denied(tmp_path, "SELECT x FROM t USING SAMPLE 1")


def test_decimals_of_a_table_are_computed_exactly(small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,0.1\nAnalyst,0.2\n")
    query = '[tables.total]\nquery = "SELECT SUM(salary) AS s, ROUND(AVG(salary), 1) AS a FROM pay"\n'
    fields = 'fields = { s = { type = "number" }, a = { type = "number" } }\n'
    toml = small_project / "project.toml"
    toml.write_text(toml.read_text("utf-8") + query + fields, "utf-8")
    row = load_project(small_project).tables["total"].first
    assert [str(row[name].content) for name in ("s", "a")] == ["0.3", "0.2"]


def _or_misfit(sql: str, cell: object) -> object:
    """What SQL gives for one cell; MISFIT where it is not what the column's first rows are."""
    database = duckdb.connect()
    try:
        return database.execute(f"SELECT {sql} FROM (SELECT ? AS cell)", [cell]).fetchall()[0][0]
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return view.MISFIT


_ODD_WHOLE = (
    "007", "0", "-0", "00", "+5", " 5", "5 ", "1.5", "1.", ".5", "1e3", "1E2", "12e2", "1_000", "0x10", "0xFFFFF",
    "0XFFFFFFFFF", "0b11", "-7", "-07", "-10", "9", "10", "99", "100", "999999999999999999", "1000000000000000000",
    "9223372036854775807", "99999999999999999999", "-999999999999999999", "1e18", "-1e5", "--1", "-", "x", "1,000",
)  # fmt: skip


@pytest.mark.parametrize("text", _ODD_WHOLE)
def test_only_digits_are_taken_for_a_whole_number_without_a_second_look(text: str) -> None:
    found = _or_misfit(view.of_digits("cell", "CAST(cell AS BIGINT)"), text)
    canonical = bool(re.fullmatch("0|-?[1-9][0-9]*", text)) and len(text.lstrip("-")) <= 18
    assert found == (int(text) if canonical else view.MISFIT)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789-+.eE_xXbBaF ", min_size=1, max_size=20))
def test_no_text_is_taken_for_a_whole_number_that_is_not_written_so(text: str) -> None:
    found = _or_misfit(view.of_digits("cell", "CAST(cell AS BIGINT)"), text)
    assert found == view.MISFIT or str(found) == text


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**15), 10**15), st.integers(0, 9), st.booleans())
def test_a_binary_fraction_becomes_the_decimal_that_it_stands_for(digits: int, decimals: int, astray: bool) -> None:
    cell = float(Decimal(digits).scaleb(-decimals))
    cell = math.nextafter(cell, math.inf) if astray else cell
    found = _or_misfit(view.of_fraction("cell", f"DECIMAL(18,{decimals})"), cell)
    if abs(digits) < 10**15 and not astray:
        assert found == Decimal(digits).scaleb(-decimals)
    assert found == view.MISFIT or float(Decimal(str(found))) == cell


@pytest.mark.parametrize("cell", [math.nan, math.inf, -math.inf, 1e15, 0.123456])
def test_a_binary_fraction_that_stands_for_no_such_decimal_is_a_misfit(cell: float) -> None:
    assert _or_misfit(view.of_fraction("cell", "DECIMAL(18,4)"), cell) == view.MISFIT
