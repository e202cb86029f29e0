"""A query reads the sources and tables that it names, and does nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import pytest

from data.errors import Place, ProjectError
from data.sources.queries import duck
from data.sources.queries.duck import clock, literal, lock, opened
from data.sources.queries.tree import Tree
from tests.reading import read, refused


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "t.csv").write_text("g,x\na,1\nb,2\n", "utf-8")
    (tmp_path / "other.csv").write_text("secret\n7\n", "utf-8")
    return tmp_path


SOURCES = {"t": {"file": "t.csv"}}
WRITING = [
    "INSERT INTO t VALUES ('c', 3)", "UPDATE t SET x = 1", "DELETE FROM t", "CREATE TABLE u AS SELECT 1 AS a",
    "CREATE VIEW u AS SELECT 1 AS a", "DROP VIEW t", "ALTER TABLE t ADD COLUMN y INTEGER", "COPY t TO 'out.csv'",
    "COPY (SELECT 1) TO 'out.parquet'", "EXPORT DATABASE 'out'", "IMPORT DATABASE 'out'", "ATTACH 'out.db'",
    "DETACH memory", "USE memory", "INSTALL httpfs", "LOAD httpfs", "SET threads = 64", "RESET threads",
    "PRAGMA database_list", "CALL pragma_version()", "CHECKPOINT", "VACUUM", "BEGIN", "PREPARE p AS SELECT 1",
    "EXECUTE p", "EXPLAIN ANALYZE SELECT 1", "SELECT 1 AS a; COPY t TO 'out.csv'", "SELECT 1 AS a; SELECT 2 AS a",
    "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone", "SET VARIABLE a = 1", "CREATE SECRET s (TYPE S3)",
    "CREATE MACRO m(a) AS a", "COMMENT ON VIEW t IS 'x'", "PIVOT t ON g USING SUM(x)",
]  # fmt: skip
READING = [
    "SELECT * FROM 'FOLDER/other.csv'", "SELECT * FROM read_csv('FOLDER/other.csv')",
    "SELECT * FROM read_csv_auto('FOLDER/other.csv')", "SELECT * FROM read_text('FOLDER/other.csv')",
    "SELECT * FROM read_blob('FOLDER/other.csv')", "SELECT * FROM read_json('FOLDER/other.csv')",
    "SELECT * FROM read_parquet('FOLDER/*')", "SELECT * FROM glob('FOLDER/*')", "SELECT * FROM sniff_csv('FOLDER/other.csv')",
    "SELECT * FROM parquet_metadata('FOLDER/x.parquet')", "SELECT * FROM sqlite_scan('FOLDER/x.db', 't')",
    "SELECT * FROM read_duckdb('FOLDER/x.db')", "SELECT x, (SELECT COUNT(*) FROM read_text('FOLDER/other.csv')) AS n FROM t",
    "SELECT x FROM t WHERE g IN (SELECT content FROM read_text('FOLDER/other.csv'))",
    "WITH o AS (SELECT * FROM read_text('FOLDER/other.csv')) SELECT * FROM o", "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('t')", "SELECT * FROM duckdb_settings()", "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM pragma_version()", "SELECT * FROM information_schema.tables", "SELECT * FROM duckdb_views",
    "SELECT * FROM json_execute_serialized_sql('{}')", "SELECT * FROM seq_scan('t')", "SELECT * FROM repeat(1, 3)",
    "SELECT getenv('HOME') AS a", "SELECT current_setting('threads') AS a", "SELECT getvariable('a') AS a",
    "SELECT pg_backend_pid() AS a", "SELECT write_log('a') AS a", "SELECT sleep_ms(10) AS a", "SHOW TABLES", "DESCRIBE t",
    "SUMMARIZE t", "SELECT * FROM (DESCRIBE t)", "SELECT * FROM memory.main.t", "SELECT * FROM main.t",
]  # fmt: skip


@pytest.mark.parametrize("query", WRITING)
def test_a_query_that_does_more_than_read_is_refused(query: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    before = sorted(path.name for path in folder.iterdir())
    said = refused(folder, query=query, sources=SOURCES)
    assert "does more than read" in said or "the query is wrong" in said
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize("query", READING)
def test_a_query_that_reaches_for_something_else_is_refused(query: str, folder: Path) -> None:
    said = refused(folder, query=query.replace("FOLDER", str(folder)), sources=SOURCES)
    assert "7" not in said.replace("project.toml:7", "").replace(str(folder), "")


def test_what_is_refused_by_its_words_is_locked_besides(folder: Path) -> None:
    with (
        tempfile.TemporaryDirectory() as spare,
        clock(60) as time,
        opened(f"{spare}/d", time) as database,
    ):
        lock(database, [folder / "t.csv"], one_by_one=False, zone="UTC")
        assert database.execute(f"SELECT COUNT(*) FROM read_csv({literal(str(folder / 't.csv'))})").fetchone() == (2,)
        for query in (
            "SELECT * FROM read_csv('FOLDER/other.csv')", "SELECT * FROM read_text('FOLDER/other.csv')",
            "SELECT * FROM glob('FOLDER/*')", "SELECT * FROM 'FOLDER/other.csv'", "COPY (SELECT 1) TO 'FOLDER/out.csv'",
            "ATTACH 'FOLDER/out.db'", "INSTALL httpfs", "LOAD httpfs", "SET threads = 64", "SET memory_limit = '64GB'",
            "SET enable_external_access = true", "SET temp_directory = 'FOLDER'", "RESET lock_configuration",
            "EXPORT DATABASE 'FOLDER/out'", "SELECT * FROM read_csv('https://127.0.0.1:9/x.csv')",
        ):  # fmt: skip
            with pytest.raises(duckdb.Error):
                database.execute(query.replace("FOLDER", str(folder))).fetchall()
        assert sorted(path.name for path in folder.iterdir()) == ["other.csv", "t.csv"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT SUM(a.range * b.range % 7) AS s FROM range(1000000000) a, range(1000000000) b",
        "WITH RECURSIVE n AS (SELECT 1::HUGEINT AS x UNION ALL SELECT x + 1 FROM n) SELECT SUM(x) AS s FROM n",
        "SELECT COUNT(*) AS n FROM generate_series(1, 1000000000000)",
    ],
)
def test_a_query_without_end_is_stopped(query: str, folder: Path) -> None:
    assert "the query takes more than 0.3 seconds" in refused(
        folder, query=query, sources=SOURCES, read={"timeout": 0.3}
    )


def test_memory_and_what_is_written_besides_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duck, "_MEMORY", "60MB")
    monkeypatch.setattr(duck, "_TEMPORARY", "60MB")
    query = "SELECT COUNT(*) AS n FROM (SELECT DISTINCT range || repeat('x', 90) AS s FROM range(5000000))"
    assert "the query needs more memory than it may have" in refused(folder, query=query, sources=SOURCES)
    monkeypatch.setattr(duck, "_TEMPORARY", "8GB")
    query = "SELECT COUNT(*) AS n FROM (SELECT DISTINCT range || repeat('x', 90) AS s FROM range(1000000))"
    assert read(folder, query=query, sources=SOURCES).cells[1] == ("1000000",)
    assert sorted(path.name for path in folder.iterdir()) == ["other.csv", "t.csv"]


def test_the_text_of_a_result_is_bounded_before_it_is_held(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.sources.queries import query

    monkeypatch.setattr(query, "LARGEST", 1_000_000)
    said = refused(folder, query="SELECT range, repeat('x', 1000) AS s FROM range(50000)", sources=SOURCES)
    assert "million characters" in said


def test_every_function_that_changes_by_itself_is_known() -> None:
    """What DuckDB itself calls volatile is refused, all but its error()."""
    database = duckdb.connect()
    found = database.execute(
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability = 'VOLATILE' AND function_type = 'scalar'"
    ).fetchall()
    names = sorted({str(row[0]) for row in found} - {"error"})
    assert len(names) > 10
    for name in names:
        with pytest.raises(ProjectError):
            Tree(f"SELECT {name}() AS x", database, Place("project.toml", 1))


def test_a_query_that_is_nested_without_end_is_refused(folder: Path) -> None:
    rounded = "SELECT " + "ROUND(" * 30 + "x" + ", 1)" * 30 + " AS x FROM t"
    assert "nested too deeply" in refused(folder, query=rounded, sources=SOURCES)


def test_two_names_that_are_one_to_sql_are_told_apart_by_nobody(folder: Path) -> None:
    sources = {"t": {"file": "t.csv"}, "T": {"file": "other.csv"}}
    assert "'t' and 'T' are one name to a query" in refused(folder, query="SELECT x FROM t", sources=sources)


def test_nothing_is_left_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spare = folder / "spare"
    spare.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    read(folder, query="SELECT x FROM t", sources=SOURCES)
    refused(folder, query="SELECT nothing FROM t", sources=SOURCES)
    assert not list(spare.iterdir())
