"""Copies of downloads: a last good copy stays good, whatever a server gives, whoever writes, and where nobody can."""

from __future__ import annotations

import errno
import io
import json
import os
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import polars as pl
import pytest

from data.errors import ProjectError, SourceError
from data.files.folder import Folder
from data.files.user_folders import cache_folder
from data.network import copies as shelf_of
from data.network.copies import Shelf
from data.project import load_project
from tests.misbehaving_server import CSV, LOGIN, Seen, misbehaving
from tests.test_network_secrets import run, with_origin
from tests.workbooks import excel


@pytest.fixture
def server() -> Generator[tuple[str, Seen], None, None]:
    with misbehaving() as running:
        yield running


def copies() -> list[Path]:
    """The files with last good copies, and the parts of some."""
    return sorted(path for path in (cache_folder() / "downloads").rglob("*") if path.is_file())


def ends(project: Path) -> int:
    """The exit code of a run that only reads the project."""
    try:
        load_project(project)
    except ProjectError:
        return 2
    except SourceError:
        return 5
    return 0


def downloading(project: Path, address: str, more: str = "") -> Path:
    return with_origin(project, f'url = "{address}"', f"[tables.pay.read]\n{more}" if more else "")


BAD: dict[str, tuple[bytes, int]] = {
    "a login page": (LOGIN, 5),
    "a notice": (b"<html><body>Closed for maintenance</body></html>", 5),
    "a page behind blanks": (b" " * 9000 + b"<html>closed</html>", 5),
    "a page behind a comment": (b"<!-- x -->\n<!DOCTYPE html><html></html>", 5),
    "a page behind a warning": (b"Warning: no database in /www/x.php\n<html><body>x</body></html>", 5),
    "a page in UTF-16": ("\ufeff<!DOCTYPE html><html></html>".encode("utf-16"), 5),
    "a page in UTF-16 without a mark": ("<html><body>x</body></html>".encode("utf-16-le"), 5),
    "a piece of a page": (b"<div class='error'>Please come back later</div>", 5),
    "an error in XML": (b"<?xml version='1.0'?><Error><Code>SlowDown</Code></Error>", 5),
    "an error in XML without its first line": (b"<Error><Code>AccessDenied</Code></Error>", 5),
    "an error in JSON": (b'{"error": {"code": 503, "message": "over quota"}}', 5),
    "a list in JSON": (b'["gone"]', 5),
    "a packed file": (b"\x1f\x8b\x08\0" + bytes(40), 5),
    "a zip file": (b"PK\x03\x04" + bytes(40), 5),
    "a PDF": (b"%PDF-1.7\n", 5),
    "nothing": (b"", 5),
    "blanks": (b"\r\n \r\n", 5),
    "a header and no rows": (b"job,salary\n", 2),
    "fewer columns": (b"job\nEngineer\nAnalyst\n", 2),
    "other words": (b"Beruf,Gehalt\nEngineer,1\n", 2),
    "words for numbers": (b"job,salary\nEngineer,many\n", 2),
    "half a line": (b"job,salary\nEngineer,120000\nAnal", 2),
    "an open quotation mark": (b'job,salary\n"Engineer,120000\n', 2),
    "a number that no rule allows": (b"job,salary\nEngineer,-5\nAnalyst,7\n", 2),
    "one row twice": (b"job,salary\nEngineer,1\nEngineer,2\n", 2),
    "other bytes": (b"job,salary\nEngineer\xff\xfe\xff,1\n", 2),
}


@pytest.mark.parametrize("name", BAD)
def test_nothing_that_is_not_read_as_declared_takes_the_place_of_a_good_copy(
    name: str, server: tuple[str, Seen], small_project: Path
) -> None:
    address, seen = server
    content, code = BAD[name]
    project = downloading(small_project, f"{address}/pay.csv")
    load_project(project)
    (kept,) = copies()
    before = kept.read_bytes()
    seen.content = content
    assert ends(project) == code
    assert (copies(), kept.read_bytes()) == ([kept], before)
    seen.content = CSV.replace(b"120000", b"130000")
    assert ends(project) == 0
    assert kept.read_bytes() != before


@pytest.mark.parametrize(
    "name", [name for name in BAD if name not in ("a number that no rule allows", "one row twice")]
)
def test_the_last_good_copy_stands_in_for_all_of_it_where_the_project_says_so(
    name: str, server: tuple[str, Seen], small_project: Path
) -> None:
    address, seen = server
    project = downloading(small_project, f"{address}/pay.csv", "keep_last_good = true")
    assert ends(project) == 0
    seen.content = BAD[name][0]
    loaded = load_project(project)
    assert [str(row["salary"].content) for row in loaded.tables["pay"]] == ["120000", "110000"]
    (warning,) = loaded.warnings
    assert warning.severity == "warning"
    assert "The copy from 20" in str(warning)


def test_a_first_answer_that_is_bad_is_no_copy(server: tuple[str, Seen], small_project: Path) -> None:
    address, seen = server
    project = downloading(small_project, f"{address}/pay.csv", "keep_last_good = true")
    for content, code in BAD.values():
        seen.content = content
        assert ends(project) == code
        assert not copies()


def parquet(_: Path) -> bytes:
    stream = io.BytesIO()
    pl.DataFrame({"job": ["Engineer", "Analyst"], "salary": [120000, 110000]}).write_parquet(stream)
    return stream.getvalue()


def arrow(_: Path) -> bytes:
    stream = io.BytesIO()
    pl.DataFrame({"job": ["Engineer", "Analyst"], "salary": [120000, 110000]}).write_ipc(stream)
    return stream.getvalue()


def workbook(folder: Path) -> bytes:
    def fill(book: object) -> None:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate((("job", "salary"), ("Engineer", 120000), ("Analyst", 110000))):
            sheet.write_row(number, 0, row)

    return excel(folder / "made.xlsx", fill).read_bytes()


def records(_: Path) -> bytes:
    return json.dumps([{"job": "Engineer", "salary": 120000}, {"job": "Analyst", "salary": 110000}]).encode()


@pytest.mark.parametrize(
    ("kind", "make"), [("parquet", parquet), ("arrow", arrow), ("xlsx", workbook), ("json", records)]
)
def test_a_file_that_breaks_off_or_is_another_one_is_an_outage(
    kind: str, make: Callable[[Path], bytes], server: tuple[str, Seen], small_project: Path, tmp_path: Path
) -> None:
    address, seen = server
    whole = make(tmp_path)
    project = downloading(small_project, f"{address}/pay.csv", f'format = "{kind}"')
    seen.content = whole
    assert ends(project) == 0
    (kept,) = copies()
    before = kept.read_bytes()
    others = [
        b'{"error": "over quota"}',
        b'{"message": "rate limit", "status": 429}',
        LOGIN,
        b'{"errors": [{"code": 1}]}',
    ]
    halves = [] if kind == "json" else [whole[: len(whole) // 2], whole[:-5], b"job,salary\n"]
    for content in (*others, *halves):
        seen.content = content
        assert (ends(project), kept.read_bytes() == before) == (5, True)


def test_a_column_that_is_called_error_is_data(server: tuple[str, Seen], small_project: Path) -> None:
    address, seen = server
    project = downloading(small_project, f"{address}/pay.csv", 'format = "json"')
    seen.content = b'{"job": ["Engineer", "Analyst"], "salary": [120000, 110000], "error": [0.1, 0.2]}'
    assert ends(project) == 0


QUERIED = """query = "SELECT job, salary FROM answers WHERE salary > 0"
"""


def test_a_source_that_is_queried_is_kept_when_the_query_was_read_as_declared(
    server: tuple[str, Seen], small_project: Path
) -> None:
    address, seen = server
    project = with_origin(small_project, QUERIED)
    toml = project / "project.toml"
    source = f'[sources.answers]\nurl = "{address}/pay.csv"\n[sources.answers.read]\nkeep_last_good = true\n'
    toml.write_text(toml.read_text("utf-8") + source, "utf-8")
    for content in (b"job,salary\nEngineer,0\n", b"job,wage\nEngineer,1\n"):
        seen.content = content
        assert ends(project) == 2
        assert not copies()
    seen.content = CSV
    assert ends(project) == 0
    (kept,) = copies()
    before = kept.read_bytes()
    for content in (b"job,salary\nEngineer,0\n", b"job,wage\nEngineer,1\n", LOGIN, b'{"error": "x"}'):
        seen.content = content
        loaded = load_project(project)
        assert len(loaded.tables["pay"]) == 2
        assert "The copy from 20" in str(loaded.warnings[0])
        assert kept.read_bytes() == before


# -- whose copy it is -----------------------------------------------------------------------


def test_a_project_brings_no_copy_of_its_own(server: tuple[str, Seen], small_project: Path) -> None:
    address, seen = server
    project = downloading(small_project, f"{address}/pay.csv", "keep_last_good = true")
    assert ends(project) == 0
    (kept,) = copies()
    for planted in (
        project / ".fairsheet/downloads" / kept.parent.name / kept.name,
        project / ".fairsheet/web/x/content",
    ):
        planted.parent.mkdir(parents=True)
        planted.write_bytes(kept.read_bytes())
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    kept.unlink()
    seen.down = True
    assert ends(project) == 5
    assert run("check", project, "--offline")[0] == 5
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_one_project_does_not_read_the_copy_of_another(
    server: tuple[str, Seen], small_project: Path, tmp_path: Path
) -> None:
    address, seen = server
    project = downloading(small_project, f"{address}/pay.csv", "keep_last_good = true")
    assert ends(project) == 0
    seen.down = True
    assert ends(project) == 0
    assert ends(project.rename(tmp_path / "other")) == 5


@pytest.mark.parametrize("spoil", [lambda raw: raw[:-3], lambda raw: raw.replace(b"1100", b"9900"), lambda _: b""])
def test_a_copy_that_is_damaged_is_none(
    spoil: Callable[[bytes], bytes], server: tuple[str, Seen], small_project: Path
) -> None:
    address, seen = server
    project = downloading(small_project, f"{address}/pay.csv", "keep_last_good = true")
    assert ends(project) == 0
    (kept,) = copies()
    kept.write_bytes(spoil(kept.read_bytes()))
    seen.down = True
    assert ends(project) == 5


@pytest.mark.skipif(os.name == "nt", reason="permissions of Unix")
def test_a_copy_is_for_the_user_alone(server: tuple[str, Seen], small_project: Path) -> None:
    assert ends(downloading(small_project, f"{server[0]}/pay.csv")) == 0
    assert [path.stat().st_mode & 0o077 for path in copies()] == [0]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_nothing_goes_through_a_link_in_the_cache(
    server: tuple[str, Seen], small_project: Path, tmp_path: Path
) -> None:
    victim = tmp_path / "thesis.txt"
    victim.write_text("years of work")
    project = downloading(small_project, f"{server[0]}/pay.csv")
    assert ends(project) == 0
    (kept,) = copies()
    kept.unlink()
    kept.symlink_to(victim)
    code, output = run("check", project)
    assert (code, "could not be kept" in output) == (0, True), output
    assert victim.read_text() == "years of work"


# -- where nobody can write, and two at once ---------------------------------------------------


def test_without_a_place_for_copies_the_download_is_used_all_the_same(
    server: tuple[str, Seen], small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file/cache"))
    project = downloading(small_project, f"{server[0]}/pay.csv")
    code, output = run("build", project, "--out", tmp_path / "out")
    assert code == 0, output
    assert "a download could not be kept for the case of an outage" in output
    assert "this run used the download all the same" in output


def test_a_full_disk_leaves_the_last_good_copy_as_it_was(
    server: tuple[str, Seen], small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = server
    project = downloading(small_project, f"{address}/pay.csv")
    assert ends(project) == 0
    (kept,) = copies()
    before = kept.read_bytes()
    write = Folder.part

    def full(folder: Folder, name: str, content: bytes, mode: int | None = None, flush: bool = True) -> str:
        if folder.path.is_relative_to(cache_folder()):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(folder, name, content, mode, flush)

    monkeypatch.setattr(Folder, "part", full)
    seen.content = CSV.replace(b"120000", b"130000")
    code, output = run("check", project)
    assert (code, "the disk is full" in output) == (0, True), output
    assert (copies(), kept.read_bytes()) == ([kept], before)


def test_the_oldest_copies_go_where_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_of, "LARGEST", 5000)
    shelves = [Shelf(tmp_path / str(number % 2), f"https://data.careers.test/{number}") for number in range(6)]
    for number, shelf in enumerate(shelves):
        shelf.keep(bytes(1500), {})
        os.utime(max(copies(), key=lambda path: path.stat().st_mtime_ns), (number, number))
        assert shelf.copy() is not None
    assert [shelf.copy() is not None for shelf in shelves] == [False, False, False, True, True, True]
    shelves[0].keep(bytes(9000), {})
    assert [shelf.copy() is not None for shelf in shelves] == [True, False, False, False, False, False]


def test_a_run_that_was_killed_leaves_a_whole_copy_and_its_part_goes_in_time(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "https://data.careers.test/pay.csv")
    shelf.keep(CSV, {})
    (kept,) = copies()
    young, old = (kept.with_name(f".{kept.name}.{word}.part") for word in ("young", "old"))
    for part in (young, old):
        part.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * 24 * 3600,) * 2)
    copy = shelf.copy()
    assert copy is not None
    assert copy.content == CSV
    shelf.keep(CSV, {})
    assert copies() == sorted([young, kept])


def test_two_runs_at_once_leave_one_whole_copy(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "https://data.careers.test/pay.csv")
    contents = [bytes([number]) * 200_000 for number in range(4)]
    over = threading.Event()

    def write(content: bytes) -> None:
        for _ in range(10):
            shelf.keep(content, {"etag": str(content[0])})

    def look() -> None:
        while not over.is_set():
            copy = shelf.copy()
            if copy is not None and (copy.content not in contents or copy.said["etag"] != str(copy.content[0])):
                wrong.append(copy.said["etag"])

    wrong: list[str] = []
    shelf.keep(contents[0], {"etag": "0"})
    looking = threading.Thread(target=look)
    looking.start()
    writing = [threading.Thread(target=write, args=(content,)) for content in contents]
    for thread in writing:
        thread.start()
    for thread in writing:
        thread.join()
    over.set()
    looking.join()
    copy = shelf.copy()
    assert copy is not None
    assert copy.content in contents
    assert (wrong, len(copies())) == ([], 1)
