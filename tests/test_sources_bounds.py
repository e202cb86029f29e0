"""A source takes no more than its share: no packet, cell or file beside it without an end."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest

from data.network.said import host_line
from data.sources import columnar
from data.sources.databases import mysql_session
from data.sources.workbooks import open_document
from tests.mysql_fake import Talk, talking
from tests.reading import outage, read, refused
from tests.workbooks import ods_row, ods_sheet, ods_text
from tests.workbooks import open_document as written


@pytest.mark.parametrize(("bound", "words"), [("LARGEST_PACKET", "row or packet of"), ("MOST_PACKETS", "packets")])
def test_a_server_that_sends_too_much_is_cut_off(
    bound: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERS_DB_PASSWORD", "a-long-enough-word")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "CAREERS_DB_PASSWORD")
    monkeypatch.setenv("FAIRSHEET_HOSTS", "127.0.0.1")
    monkeypatch.setattr(mysql_session, bound, 200 if bound == "LARGEST_PACKET" else 10)

    def answers(talk: Talk, query: str) -> None:
        if query.startswith("SET SESSION TRANSACTION" if bound == "MOST_PACKETS" else "SELECT"):
            talk.rows([("one", 253)], *[["x" * 240]] * 20)

    with talking(lambda talk: talk.serve(answers)) as (address, _):
        said = outage(tmp_path, connection=address, query="SELECT 1 AS one")
    assert words in said
    assert "was cut off" in said


@pytest.mark.parametrize("count", ["200000", "+200000", "99999999999999999999"])
def test_a_cell_of_a_workbook_that_unfolds_to_too_much_is_named(count: str, tmp_path: Path) -> None:
    cell = (
        f'<table:table-cell office:value-type="string"><text:p>a<text:s text:c="{count}"/></text:p></table:table-cell>'
    )
    written(tmp_path / "t.ods", ods_sheet(ods_row(ods_text("a"), ods_text("b")) + ods_row(ods_text("c"), cell)))
    said = refused(tmp_path, file="t.ods")
    assert "t.ods:Data!B2: the cell holds more than 131,072 characters" in said


def test_cells_that_are_repeated_count_as_often_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_document, "LARGEST", 100)
    cells = ods_text("letters", 'table:number-columns-repeated="20"')
    written(tmp_path / "t.ods", ods_sheet(ods_row(cells)))
    assert "million characters" in refused(tmp_path, file="t.ods")


def test_of_a_long_host_the_end_is_told() -> None:
    line = host_line("data.careers.edu." + "a." * 150 + "elsewhere.example:443")
    assert len(line) == 200
    assert line.startswith("…")
    assert line.endswith("elsewhere.example:443")


def test_a_host_with_other_letters_is_told_as_the_network_has_it() -> None:
    assert host_line("c\u0430reers.edu:443").endswith(" (xn--creers-3nf.edu:443)")


@pytest.mark.parametrize("unfinished", [False, True])
def test_a_database_that_keeps_changes_apart_is_read_and_nothing_is_left_beside_it(
    unfinished: bool, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "jobs.db")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE jobs (job)")
        database.execute("INSERT INTO jobs VALUES ('Analyst')")
        database.commit()
        project = tmp_path / "project"
        project.mkdir()
        if unfinished:
            for end in ("", "-wal"):
                (project / f"jobs.db{end}").write_bytes((tmp_path / f"jobs.db{end}").read_bytes())
    if not unfinished:
        (project / "jobs.db").write_bytes((tmp_path / "jobs.db").read_bytes())
    before = {one.name: one.read_bytes() for one in project.iterdir()}
    assert read(project, file="jobs.db", query="SELECT job FROM jobs").cells == (("job",), ("Analyst",))
    assert {one.name: one.read_bytes() for one in project.iterdir()} == before


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical])
@pytest.mark.parametrize("name", ["t.parquet", "t.arrow"])
def test_text_that_a_small_columnar_file_unfolds_to_is_weighed_before_it_is_read(
    name: str, kind: type[pl.DataType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pl.DataFrame({"job": ["Analyst", None], "note": ["x" * 1_000_001, "y"]}).with_columns(
        pl.col("note").cast(kind)
    )
    frame.write_parquet(tmp_path / name) if name == "t.parquet" else frame.write_ipc(tmp_path / name)
    assert "column 'note' has a cell of 1,000,001 bytes" in refused(tmp_path, file=name)
    monkeypatch.setattr(columnar, "LONGEST", 2_000_000)
    monkeypatch.setattr(columnar, "LARGEST", 1_000_005)
    assert "million characters" in refused(tmp_path, file=name)
