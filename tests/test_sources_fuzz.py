"""Any bytes at all: a reader gives cells or says what is wrong, and never anything else.

FAIRSHEET_FULL=1 tries ten times as many.
"""

from __future__ import annotations

import io
import json
import os
import random
import sqlite3
import string
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlwt
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.errors import ProjectError, SourceError
from data.files.text_file import composed
from data.sources.grid import Grid
from data.sources.sql import calls, ending, tables_named
from tests.reading import read
from tests.workbooks import excel, ods_number, ods_row, ods_sheet, ods_text, open_document

TIMES = 10 if os.environ.get("FAIRSHEET_FULL") == "1" else 1
bounded = settings(max_examples=60 * TIMES, deadline=None, suppress_health_check=list(HealthCheck))


def attempt(root: Path, **settings: Any) -> Grid | ProjectError | SourceError:
    """What reading comes to: cells, or what is said."""
    try:
        return read(root, **settings)
    except (ProjectError, SourceError) as error:
        return error


def check(name: str, content: bytes, **options: Any) -> None:
    """These bytes under this name are cells, or something is said about them that helps."""
    query = {"query": options.pop("query")} if "query" in options else {}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        found = attempt(Path(folder), file=name, read=options, **query)
    if isinstance(found, Grid):
        assert found.cells
        assert len({len(row) for row in found.cells}) == 1
        assert len(found.rows) == len(found.cells)
        assert all(str(found.place(row, 0)).startswith(name) for row in range(len(found.cells)))
    else:
        assert folder not in str(found)
        assert all(problem.message.strip() and problem.remedy.strip() for problem in found.problems)


NASTY = st.sampled_from([b'"', b'""', b",", b";", b"\t", b"\n", b"\r\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"\x92", b"a", b"1", "é".encode(), "—".encode(), b" "])  # fmt: skip


@bounded
@given(st.lists(NASTY, max_size=60).map(b"".join) | st.binary(max_size=300), st.sampled_from([None, "utf-8", "latin-1", "cp1252", "utf-16", "utf-16-be", "mac-roman"]), st.sampled_from([None, ";", "\t", "|"]), st.sampled_from([None, "", "'"]))  # fmt: skip
@example(b'"', None, None, None)
@example(b"\xff\xfe", None, None, None)
def test_any_bytes_as_delimited_text(content: bytes, encoding: str | None, delimiter: str | None, quote: str | None) -> None:  # fmt: skip
    options = {"encoding": encoding, "delimiter": delimiter, "quote": quote}
    check("t.csv", content, **{name: value for name, value in options.items() if value is not None})


PLAIN = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Co"), blacklist_characters="\u2028\u2029\ufeff"), max_size=12)  # fmt: skip


@bounded
@given(st.lists(st.lists(PLAIN.filter(lambda text: text != ""), min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))  # fmt: skip
def test_what_is_written_with_quotes_is_read_back_whole(rows: list[list[str]], encoding: str) -> None:
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "t.csv").write_bytes(text.encode(encoding))
        found = attempt(Path(folder), file="t.csv", read={"encoding": encoding})
    if isinstance(found, Grid):
        assert [list(row) for row in found.cells] == [[composed(cell) for cell in row] for row in rows]
    else:
        assert "right-to-left" in str(found)


@cache
def samples() -> dict[str, bytes]:
    """A good file of each kind, to be spoilt."""
    frame = pl.DataFrame({"a": ["x", "y"] * 50, "b": [1.5, 2.0] * 50})
    found: dict[str, bytes] = {}
    for name, write in (
        ("t.parquet", frame.write_parquet),
        ("t.arrow", frame.write_ipc),
        ("s.arrow", frame.write_ipc_stream),
    ):
        stream = io.BytesIO()
        write(stream)
        found[name] = stream.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)

        def fill(book: Any) -> None:
            sheet = book.add_worksheet("Data")
            sheet.merge_range(0, 0, 0, 1, "title")
            for row in range(1, 30):
                sheet.write_row(row, 0, [f"name {row}", row, row / 7])
            sheet.write_formula(30, 0, "=1/0", None, "#DIV/0!")

        found["t.xlsx"] = excel(root / "t.xlsx", fill).read_bytes()
        rows = "".join(ods_row(ods_text("x"), ods_number(str(n))) for n in range(20))
        found["t.ods"] = open_document(root / "t.ods", ods_sheet(rows)).read_bytes()
        book = xlwt.Workbook()
        sheet = book.add_sheet("Data")
        for row in range(30):
            sheet.write(row, 0, f"name {row}")
            sheet.write(row, 1, row / 7)
        book.save(str(root / "t.xls"))
        found["t.xls"] = (root / "t.xls").read_bytes()
        database = sqlite3.connect(root / "t.db")
        database.executescript("CREATE TABLE t (a, b);" + "INSERT INTO t VALUES ('x', 1.5);" * 50)
        database.close()
        found["t.db"] = (root / "t.db").read_bytes()
    found["t.json"] = json.dumps({"rows": [{"a": "x", "b": 1.5, "c": None}] * 20}).encode()
    found["t.jsonl"] = b'{"a": "x", "b": 1.5}\n' * 20
    return found


def spoilt(content: bytes, seed: int) -> bytes:
    """The content with a few bytes changed, or cut off, or with a piece of it moved."""
    chance, raw = random.Random(seed), bytearray(content)
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(raw))
        match chance.randrange(4):
            case 0:
                raw[place] = chance.randrange(256)
            case 1:
                raw[place : place + 4] = chance.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"])
            case 2:
                del raw[place : place + chance.randrange(1, 40)]
            case _:
                other = chance.randrange(len(raw))
                raw[place:place] = raw[other : other + chance.randrange(1, 40)]
        if not raw:
            return b""
    return bytes(raw[: chance.randrange(len(raw))]) if chance.random() < 0.15 else bytes(raw)


@pytest.mark.parametrize(
    "name", ["t.parquet", "t.arrow", "s.arrow", "t.xlsx", "t.ods", "t.xls", "t.db", "t.json", "t.jsonl"]
)
@bounded
@given(seed=st.integers(0, 2**32))
def test_spoilt_files(name: str, seed: int) -> None:
    options: dict[str, Any] = {"records": "rows"} if name == "t.json" else {}
    check(name, spoilt(samples()[name], seed), **options, **({"query": "SELECT * FROM t"} if name == "t.db" else {}))


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same package, with the content of its parts changed: what a checksum of the zip would not show."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return stream.getvalue()


@pytest.mark.parametrize("name", ["t.xlsx", "t.ods"])
@bounded
@given(seed=st.integers(0, 2**32))
def test_spoilt_parts_of_workbooks(name: str, seed: int) -> None:
    parts = {"t.xlsx": ("sheet1.xml", "workbook.xml", "sharedStrings.xml", "workbook.xml.rels", "styles.xml"), "t.ods": ("content.xml",)}[name]  # fmt: skip
    chosen = random.Random(seed).choice(parts)
    check(name, repacked(samples()[name], lambda part, raw: spoilt(raw, seed) if part.endswith(chosen) else raw))


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4), max_leaves=20)  # fmt: skip


@bounded
@given(JSON, st.sampled_from([None, "rows", "0", "a.b", ""]))
def test_any_json(content: object, records: str | None) -> None:
    check("t.json", json.dumps(content).encode(), **({"records": records} if records is not None else {}))


@bounded
@given(st.lists(st.sampled_from([*string.punctuation, " SELECT ", " FROM ", " ORDER BY ", " LIMIT ", "t", "1", "\n", "--", "/*", "*/", "''", " WITH ", " AS "]), max_size=30).map("".join))  # fmt: skip
def test_any_query(query: str) -> None:
    ending(query), calls(query), tables_named(query)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "t.csv").write_text("a,b\n1,2\n")
        assert folder not in str(attempt(Path(folder), query=query, sources={"t": {"file": "t.csv"}}))


@bounded
@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=40), st.sampled_from(["", "https://", "postgresql://", "sqlite:///", "https://[", "postgresql://a:b@c:"]))  # fmt: skip
def test_any_address(text: str, scheme: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for origin in (
            {"connection": scheme + text, "query": "SELECT 1"},
            {"url": scheme.replace("https://", "http://no.") + text},
        ):
            with pytest.raises((ProjectError, SourceError)):
                read(Path(folder), **origin, read={"timeout": 0.2})
