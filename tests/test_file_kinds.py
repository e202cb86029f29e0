"""The kinds of file stand in one place: whoever reads, scans, downloads or looks into files knows the same ones."""

from __future__ import annotations

import ast
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import polars
import pytest
import xlwt

from data.errors import ProjectError
from data.files.file_kinds import FILES, KIND_OF, KINDS, FileKind, kind_by_content
from data.inspection.look import look
from data.network.disguise import other_kind
from data.sources import SOURCES
from data.sources.queries.scan import SCANS
from tests.workbooks import excel, ods_number, ods_row, ods_sheet, ods_text, open_document

ROOT = Path(__file__).resolve().parent.parent
ROWS = (("Law", 12), ("Nursing", 34), ("Physics", 56))


def _text(mark: str) -> Callable[[Path], object]:
    lines = [("Subject", "Graduates"), *ROWS]
    return lambda path: path.write_text("".join(f"{a}{mark}{b}\n" for a, b in lines), "utf-8")


def _frame() -> polars.DataFrame:
    return polars.DataFrame({"Subject": [a for a, _ in ROWS], "Graduates": [b for _, b in ROWS]})


def _records() -> list[str]:
    return [json.dumps({"Subject": a, "Graduates": b}) for a, b in ROWS]


def _xlsx(path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Sheet")
        for number, row in enumerate([("Subject", "Graduates"), *ROWS]):
            sheet.write_row(number, 0, row)

    excel(path, fill)


def _xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    for number, row in enumerate([("Subject", "Graduates"), *ROWS]):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.save(str(path))


def _ods(path: Path) -> None:
    rows = [ods_row(ods_text("Subject"), ods_text("Graduates"))]
    open_document(path, ods_sheet("".join([*rows, *(ods_row(ods_text(a), ods_number(str(b))) for a, b in ROWS)])))


def _sqlite(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE subjects (Subject TEXT, Graduates INTEGER)")
        database.executemany("INSERT INTO subjects VALUES (?, ?)", ROWS)
    database.close()


MAKERS: dict[str, Callable[[Path], object]] = {
    "csv": _text(","),
    "tsv": _text("\t"),
    "txt": _text(","),
    "xlsx": _xlsx,
    "xls": _xls,
    "ods": _ods,
    "parquet": lambda path: _frame().write_parquet(path),
    "arrow": lambda path: _frame().write_ipc(path),
    "json": lambda path: path.write_text(f"[{','.join(_records())}]", "utf-8"),
    "jsonl": lambda path: path.write_text("\n".join(_records()), "utf-8"),
    "sqlite": _sqlite,
}


def test_each_kind_has_a_name_and_endings_of_its_own() -> None:
    endings = [ending for kind in KINDS for ending in kind.endings]
    assert len(endings) == len(set(endings)) == len(KIND_OF)
    assert all(kind.name in kind.endings for kind in KINDS)
    assert len({kind.called for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_is_read_and_looked_into_by_a_module_that_is_there(kind: FileKind) -> None:
    assert callable(import_module(f"data.sources.{kind.reader}").read)
    assert callable(import_module(f"data.inspection.opening.{kind.opener}").opened)
    assert all(SOURCES[ending] == kind.reader for ending in kind.endings)


@pytest.mark.parametrize("ending", KIND_OF)
def test_inspect_offers_every_kind_under_each_of_its_endings(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"subjects.{ending}"
    MAKERS[KIND_OF[ending].name](file)
    found = look(str(file)).trials[0]
    assert found.table is not None, found.problems
    assert found.table.columns["subject"] == tuple(subject for subject, _ in ROWS)
    assert found.table.columns["graduates"] == tuple(number for _, number in ROWS)


def test_sources_are_scanned_as_the_kinds_say() -> None:
    said = {ending: kind.scan for ending, kind in KIND_OF.items() if kind.scan}
    assert {ending: scan.__name__.removeprefix("_") for ending, scan in SCANS.items()} == said


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.begins], ids=lambda kind: kind.name)
def test_a_kind_that_begins_in_its_own_way_is_told_by_it(kind: FileKind, tmp_path: Path) -> None:
    file = tmp_path / f"subjects.{kind.endings[0]}"
    MAKERS[kind.name](file)
    assert kind_by_content(file.read_bytes()[:100]) is kind
    file = file.rename(tmp_path / "subjects.data")
    if kind.opener == "databases":
        with pytest.raises(ProjectError, match=rf"is {kind.called}\. Give it the ending \.{kind.endings[0]}"):
            look(str(file))
    else:
        assert look(str(file)).trials[0].proposal.read["format"].value == kind.name


@pytest.mark.parametrize("ending", KIND_OF)
def test_a_download_of_each_kind_is_taken_and_one_of_another_kind_is_refused(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"subjects.{ending}"
    MAKERS[KIND_OF[ending].name](file)
    assert other_kind(file.read_bytes(), ending) is None
    assert other_kind(b"%PDF-1.7 which no reader of tables reads", ending) is not None


ENDS_KNOWN = [ending for ending, kind in KIND_OF.items() if kind.ends or kind.name in ("xlsx", "ods")]


@pytest.mark.parametrize("ending", ENDS_KNOWN)
def test_a_download_that_breaks_off_is_told_where_its_end_is_known(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"subjects.{ending}"
    MAKERS[KIND_OF[ending].name](file)
    said = other_kind(file.read_bytes()[: file.stat().st_size // 2], ending)
    assert said is not None
    assert "breaks off in the middle" in said.what


def test_all_endings_of_a_kind_are_held_against_the_same_beginnings() -> None:
    first_feather = b"FEA1, which nothing here reads"
    for kind in KINDS:
        assert len({other_kind(first_feather, ending) is None for ending in kind.endings}) == 1, kind.name


@pytest.mark.parametrize("ending", KIND_OF["sqlite"].endings)
def test_what_a_server_gives_in_place_of_a_database_is_no_database(ending: str) -> None:
    said = other_kind(b'{"error": "try again"}', ending)
    assert said is not None
    assert said.what == f"something that is no file of the kind {ending}"


NEW_KIND = """
import sys
from data.files import file_kinds

new = file_kinds.FileKind(
    "log", ("log", "logs"), "text.delimited", "a log", opener="texts", scan="delimited", text=True,
    served=("text/x-log",),
)
file_kinds.KINDS += (new,)
file_kinds.KIND_OF.update(dict.fromkeys(new.endings, new))
file_kinds.FILES.update(dict.fromkeys(new.endings, new.reader))

from data.inspection.look import look
from data.network.disguise import other_kind
from data.settings.sources import SourceSettings
from data.sources.queries.scan import SCANS
from data.sources.last_good import SERVED

assert SCANS["log"] is SCANS["logs"] is SCANS["csv"]
assert SERVED["text/x-log"] == "log"
assert other_kind(b"%PDF-1.7", "log") and not other_kind(b"a,b", "logs")
SourceSettings.model_validate({"file": "x", "read": {"format": "log"}})
table = look(sys.argv[1]).trials[0].table
assert table is not None and table.columns["graduates"] == (12, 34, 56), table
"""


def test_a_new_kind_is_a_line_of_the_list_and_everybody_knows_it(tmp_path: Path) -> None:
    file = tmp_path / "subjects.logs"
    _text(",")(file)
    done = subprocess.run([sys.executable, "-c", NEW_KIND, str(file)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_other_list_of_kinds_stands_anywhere() -> None:
    apart = (
        ROOT / "data/files/file_kinds.py",
        ROOT / "data/sources/workbooks/workbook.py",  # which says who reads which workbook
    )
    lists: list[str] = []
    for path in (p for d in ("data", "charts", "reports") for p in (ROOT / d).rglob("*.py")):
        if path in apart:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else []
            parts = [*filter(None, node.keys), *node.values] if isinstance(node, ast.Dict) else parts
            named = [part for part in parts if isinstance(part, ast.Constant) and part.value in FILES]
            if len(named) > 1:
                lists.append(f"{path.relative_to(ROOT).as_posix()}:{named[0].lineno}")
    assert not lists
