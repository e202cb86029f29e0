"""Parquet, Arrow and JSON: typed sources become text that reads back the same."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.errors import ProjectError
from data.project import load_project
from data.sources import result
from tests.reading import read, refused


@pytest.fixture
def frame() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "job": ["Analyst", None],
            "pay": [40628.0, 0.1],
            "share": pl.Series([0.35, None], dtype=pl.Float32),
            "fee": pl.Series([Decimal("1.50"), Decimal("20.00")], dtype=pl.Decimal(10, 2)),
            "since": [datetime.date(2020, 1, 2), None],
            "at": [datetime.datetime(2020, 1, 2, 3, 4, 5), datetime.datetime(2020, 1, 2)],
            "open": [True, False],
            "level": pl.Series(["low", "high"], dtype=pl.Enum(["low", "high"])),
        }
    )


EXPECTED = (
    ("job", "pay", "share", "fee", "since", "at", "open", "level"),
    ("Analyst", "40628", "0.35", "1.5", "2020-01-02", "2020-01-02T03:04:05", "TRUE", "low"),
    ("", "0.1", "", "20", "", "2020-01-02", "FALSE", "high"),
)


def test_parquet_becomes_plain_text(frame: pl.DataFrame, tmp_path: Path) -> None:
    frame.write_parquet(tmp_path / "t.parquet")
    grid = read(tmp_path, file="t.parquet")
    assert grid.cells == EXPECTED
    assert str(grid.place(1, 0)) == "t.parquet:record 1"


@pytest.mark.parametrize("name", ["t.arrow", "t.feather"])
def test_arrow_files_and_streams_become_plain_text(name: str, frame: pl.DataFrame, tmp_path: Path) -> None:
    frame.write_ipc(tmp_path / name)
    assert read(tmp_path, file=name).cells == EXPECTED
    frame.write_ipc_stream(tmp_path / name)
    assert read(tmp_path, file=name).cells == EXPECTED


def test_nested_columns_are_refused_only_when_they_are_asked_for(small_project: Path) -> None:
    pl.DataFrame({"job": ["Engineer", "Analyst"], "salary": [2, 1], "skills": [["a"], ["b"]]}).write_parquet(
        small_project / "tables/pay.parquet"
    )
    toml = small_project / "project.toml"
    toml.write_text(toml.read_text("utf-8").replace("pay.csv", "pay.parquet"), "utf-8")
    assert len(load_project(small_project).tables["pay"]) == 2
    toml.write_text(toml.read_text("utf-8").replace("salary = {", 'salary = { column = "skills",'), "utf-8")
    with pytest.raises(ProjectError, match="column 'skills' holds lists"):
        load_project(small_project)


def test_of_a_large_parquet_file_no_table_is_made(tmp_path: Path) -> None:
    pl.DataFrame({"a": range(500_001)}).write_parquet(tmp_path / "t.parquet")
    assert "more than 500,000 rows" in refused(tmp_path, file="t.parquet")
    pl.DataFrame({"a": range(500_000)}).write_parquet(tmp_path / "t.parquet")
    assert len(read(tmp_path, file="t.parquet").cells) == 500_001


@pytest.mark.parametrize("name", ["t.parquet", "t.arrow"])
@pytest.mark.parametrize(
    "content", [b"", b"no such thing", b"PAR1" + b"\0" * 40 + b"PAR1", b"ARROW1\0\0" + b"\xff" * 40]
)
def test_a_damaged_columnar_file_says_so(content: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert f"{name}: cannot be read" in refused(tmp_path, file=name)


def test_half_a_parquet_file_says_so(frame: pl.DataFrame, tmp_path: Path) -> None:
    frame.write_parquet(tmp_path / "t.parquet")
    whole = (tmp_path / "t.parquet").read_bytes()
    (tmp_path / "t.parquet").write_bytes(whole[: len(whole) // 2])
    assert "t.parquet: cannot be read" in refused(tmp_path, file="t.parquet")


JSON = {
    "a list of records": ('[{"a": 1, "b": 40628.0}, {"a": true, "c": "x"}]', {}),
    "records somewhere inside": ('{"result": {"data": [{"a": 1, "b": 40628.0}, {"a": true, "c": "x"}]}}', {"records": "result.data"}),
    "records inside a list": ('[{"data": [{"a": 1, "b": 40628.0}, {"a": true, "c": "x"}]}]', {"records": "0.data"}),
    "an object of lists": ('{"a": [1, true], "b": [40628.0, null], "c": [null, "x"]}', {}),
    "a list of lists": ('[["a", "b", "c"], [1, 4.0628e4, null], [true, null, "x"]]', {}),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_json_is_read_as(name: str, tmp_path: Path) -> None:
    text, options = JSON[name]
    (tmp_path / "t.json").write_text(text, "utf-8")
    grid = read(tmp_path, file="t.json", read=options)
    assert grid.cells == (("a", "b", "c"), ("1", "40628", ""), ("TRUE", "", "x"))


def test_one_record_a_line_keeps_its_line(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"a": 1}\n\n{"a": 0.1}\n', "utf-8")
    grid = read(tmp_path, file="t.jsonl")
    assert grid.cells == (("a",), ("1",), ("0.1",))
    assert str(grid.place(2, 0)) == "t.jsonl:3"


def test_every_digit_of_a_number_in_json_is_kept(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('[{"a": 123456789012345678901234567890.125}]', "utf-8")
    assert read(tmp_path, file="t.json").cells[1] == ("123456789012345678901234567890.125",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ('[{"a": 1},]', "t.json:1: is no JSON"),
        ('[{"a": 1}\n{"a": 2}]', "t.json:2: is no JSON"),
        ('{"a": 1}', "no list of records"),
        ('{"rows": [{"a": 1}], "n": 1}', 'records = "rows"'),
        ('{"a": [1, 2], "b": [1]}', "'b' has 1 values, 'a' has 2"),
        ('[{"a": 1}, 2]', "record 2 is no record"),
        ("[[1, 2], [1]]", "list 1 has 1 items, the first has 2"),
        ('[{"a": NaN}]', "NaN, which JSON does not have"),
        ("[]", "holds no records"),
        ("3", "no list of records"),
        ("[" * 100_000, "t.json"),
        ('[{"a": 1e999999999}]', ""),
    ],
)
def test_json_that_is_no_table_says_why(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(text, "utf-8")
    if words:
        assert words in refused(tmp_path, file="t.json")
    else:
        assert read(tmp_path, file="t.json").cells[1] == ("1E+999999999",)


def test_a_wrong_path_to_the_records_is_met_with_the_right_one(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('{"result": {"data": [{"a": 1}]}}', "utf-8")
    assert "Did you mean 'data'?" in refused(tmp_path, file="t.json", read={"records": "result.date"})


@pytest.mark.parametrize("name", ["t.jsonl", "t.ndjson"])
def test_one_record_a_line_goes_by_either_ending(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text('{"a": 1}\n{"a": 2}\n', "utf-8")
    assert read(tmp_path, file=name).cells == (("a",), ("1",), ("2",))


def test_a_record_with_two_values_for_one_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"a": 1, "b": 2}\n{"a": 1, "b": 2, "a": 3}\n', "utf-8")
    assert refused(tmp_path, file="t.jsonl").startswith("t.jsonl:2: holds a record with two values for 'a'.")


def test_moments_keep_their_zone_and_durations_their_sign(tmp_path: Path) -> None:
    midnight = datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)
    frame = pl.DataFrame({"at": [midnight], "late": [datetime.timedelta(minutes=-90)]})
    frame.write_parquet(tmp_path / "t.parquet")
    assert read(tmp_path, file="t.parquet").cells[1] == ("2020-01-02T00:00:00+00:00", "-1:30:00")


def test_lists_in_json_are_refused_when_they_are_asked_for(small_project: Path) -> None:
    (small_project / "tables/pay.json").write_text('[{"job": "Engineer", "salary": [1, 2]}]')
    toml = small_project / "project.toml"
    toml.write_text(toml.read_text("utf-8").replace("pay.csv", "pay.json"), "utf-8")
    with pytest.raises(ProjectError, match="column 'salary' holds lists, records or bytes"):
        load_project(small_project)


def test_the_text_of_a_result_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result, "LARGEST", 1_000_000)
    pl.DataFrame({"a": ["x" * 1000] * 1001}).write_parquet(tmp_path / "t.parquet")
    assert "holds more than 1 million characters" in refused(tmp_path, file="t.parquet")


@pytest.mark.parametrize("kind", ["arrow", "parquet"])
def test_a_name_with_a_star_means_that_file_alone(frame: pl.DataFrame, kind: str, tmp_path: Path) -> None:
    getattr(frame.head(1), {"arrow": "write_ipc", "parquet": "write_parquet"}[kind])(tmp_path / f"*.{kind}")
    getattr(frame.tail(1), {"arrow": "write_ipc", "parquet": "write_parquet"}[kind])(tmp_path / f"x.{kind}")
    assert read(tmp_path, file=f"*.{kind}").cells == EXPECTED[:2]
