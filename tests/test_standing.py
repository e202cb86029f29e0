"""A run that finds nothing touched says at once what the last one said; whatever was touched, it looks again."""

from __future__ import annotations

import datetime
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data.errors import OutputError
from data.files.user_folders import cache_folder
from data.look.fonts import shipped_family
from reports.commands.building import build_documents
from reports.runs import standing as standing_module
from reports.runs.bind import Options
from reports.runs.build import Built, build
from reports.runs.standing import Said, remember, standing
from tests.conftest import ROOT
from tests.test_bad_input import change

ARGUMENTS = ("build", "small", "--out", "out")
SAID = Said(("all is up to date.",), ("warning: mind this.",))
LATER = 10_000_000_000
"""Nanoseconds: as if the run had begun so long after the files were written."""


def kept(root: Path, out: Path, began: int | None = None, options: Options | None = None) -> Built:
    found = build(root, out, options or Options(), overwrite=False)
    begin = time.time_ns() + LATER if began is None else began
    remember(found.reading, ARGUMENTS, (root, out), begin, found.documents, SAID)
    return found


def record() -> Path:
    (found,) = (cache_folder() / "standing").iterdir()
    return found


@pytest.fixture
def out(small_project: Path, tmp_path: Path) -> Path:
    (small_project / "story/more.md").write_text("More.\n", "utf-8")
    change(small_project, "story/report.md", "An engineer", '{% include "more.md" %}\n\nAn engineer')
    kept(small_project, tmp_path / "out")
    return tmp_path / "out"


def test_where_nothing_was_touched_the_last_run_is_told_again(out: Path) -> None:
    assert standing(ARGUMENTS) == SAID
    assert standing((*ARGUMENTS, "--draft")) is None


def _with_its_old_time(root: Path) -> None:
    path = root / "tables/pay.csv"
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("110000", "110001"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced(root: Path) -> None:
    path = root / "tables/pay.csv"
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


TOUCHED: dict[str, Callable[[Path, Path], object]] = {
    "a cell": lambda root, _: change(root, "tables/pay.csv", "110000", "111000"),
    "a cell, and its old time": lambda root, _: _with_its_old_time(root),
    "another file in its place": lambda root, _: _replaced(root),
    "a story": lambda root, _: change(root, "story/deck.md", "# Pay", "# Pays"),
    "a story that another includes": lambda root, _: (root / "story/more.md").write_text("Less.\n", "utf-8"),
    "the settings": lambda root, _: change(root, "project.toml", "Two jobs", "Both jobs"),
    "the brand": lambda root, _: (root / "brand.toml").unlink(),
    "a new file among the tables": lambda root, _: (root / "tables/more.csv").write_text("a\n1\n", "utf-8"),
    "a new file in the project": lambda root, _: (root / "other.toml").touch(),
    "a document": lambda _, out: (out / "deck.pptx").write_bytes(b"hers"),
    "a document that is gone": lambda _, out: (out / "report.pdf").unlink(),
    "the manifest": lambda _, out: (out / "manifest.json").write_text("{}", "utf-8"),
}


@pytest.mark.parametrize("what", TOUCHED)
def test_whatever_was_touched_is_looked_at_again(what: str, small_project: Path, out: Path) -> None:
    TOUCHED[what](small_project, out)
    assert standing(ARGUMENTS) is None


@pytest.mark.parametrize("name", ["SOURCE_DATE_EPOCH", "FAIRSHEET_HOSTS"])
def test_a_variable_that_counts_is_looked_at(name: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    assert standing(ARGUMENTS) is None


def test_another_day_another_folder_and_other_packages_are_looked_at(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr(time, "strftime", lambda _: "2031-01-01")
        assert standing(ARGUMENTS) is None
    with monkeypatch.context() as other:
        other.setattr(sys, "path", [*sys.path, str(tmp_path)])
        assert standing(ARGUMENTS) is None
    with monkeypatch.context() as other:
        other.chdir(tmp_path)
        assert standing(ARGUMENTS) is None
    assert standing(ARGUMENTS) == SAID


def test_what_was_touched_just_before_the_run_is_not_remembered(small_project: Path, tmp_path: Path) -> None:
    kept(small_project, tmp_path / "out", began=time.time_ns())
    assert standing(ARGUMENTS) is None


def test_a_document_that_was_changed_meanwhile_is_not_remembered(small_project: Path, tmp_path: Path) -> None:
    found = build(small_project, tmp_path / "out", Options(), overwrite=False)
    (tmp_path / "out/deck.pptx").write_bytes(b"hers")
    given = small_project, tmp_path / "out"
    remember(found.reading, ARGUMENTS, given, time.time_ns() + LATER, found.documents, SAID)
    assert standing(ARGUMENTS) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b'{"circumstances": 1}', b"\xff", b"[" * 100_000])
def test_a_record_that_cannot_be_read_says_nothing(damage: bytes, out: Path) -> None:
    record().write_bytes(damage)
    assert standing(ARGUMENTS) is None


def test_records_of_a_hundred_runs_are_kept(small_project: Path, tmp_path: Path) -> None:
    found = build(small_project, tmp_path / "out", Options(), overwrite=False)
    for number in range(110):
        given = small_project, tmp_path / "out"
        began = time.time_ns() + LATER
        remember(found.reading, (*ARGUMENTS, str(number)), given, began, found.documents, SAID)
    assert len(list((cache_folder() / "standing").iterdir())) == 100
    assert standing((*ARGUMENTS, "0")) is None
    assert standing((*ARGUMENTS, "109")) == SAID


def test_a_run_with_nothing_to_do_imports_little(small_project: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", str(ROOT / "generate.py"), "build", str(small_project)]
    command += ["--out", str(tmp_path / "out")]
    time.sleep(2.5)  # what was written shortly before a run is not trusted
    first, again = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2))
    assert "Made report.pdf, handout.pdf, deck.pptx in" in first.stdout
    assert again.stdout.startswith("report.pdf, handout.pdf, deck.pptx are up to date in ")
    assert "reports.runs.standing" in again.stderr
    assert not [name for name in ("typer", "pydantic", "jinja2", "reports.runs.build") if name in again.stderr]
    change(small_project, "tables/pay.csv", "110000", "111000")
    assert "Made " in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_font_of_the_project_is_looked_at(small_project: Path, tmp_path: Path) -> None:
    files = shipped_family("Source Sans Pro")
    (small_project / "fonts").mkdir()
    font = small_project / "fonts/own.ttf"
    shutil.copyfile(files.regular.path, font)
    with (small_project / "brand.toml").open("a") as brand:
        brand.write('[fonts]\ntext = { name = "Own", regular = "fonts/own.ttf" }\n')
    kept(small_project, tmp_path / "out")
    assert standing(ARGUMENTS) == SAID
    shutil.copyfile(files.italic.path, font)
    assert standing(ARGUMENTS) is None


def _among_two(root: Path, named: str) -> tuple[Path, Path]:
    """Two folders with a table of the same name, one of which the project names as `named`."""
    for folder in ("one", "two"):
        shutil.copytree(root / "tables", root / folder)
    change(root, "two/pay.csv", "110000", "111000")
    change(root, "project.toml", "tables/pay.csv", named)
    return root / "one", root / "two"


def test_a_link_far_from_the_files_is_looked_at(small_project: Path, tmp_path: Path) -> None:
    one, two = _among_two(small_project, "deep/er/pay.csv")
    (small_project / "deep").mkdir()
    link = small_project / "deep/er"
    link.symlink_to(one)
    kept(small_project, tmp_path / "out")
    assert standing(ARGUMENTS) == SAID
    link.unlink()
    link.symlink_to(two)
    assert standing(ARGUMENTS) is None


def test_a_link_over_a_link_outside_of_the_project_is_looked_at(small_project: Path, tmp_path: Path) -> None:
    one, two = _among_two(small_project, "now/pay.csv")
    (tmp_path / "beside").symlink_to(one)
    (small_project / "now").symlink_to(tmp_path / "beside")
    kept(small_project, tmp_path / "out")
    assert standing(ARGUMENTS) == SAID
    (tmp_path / "beside").unlink()
    (tmp_path / "beside").symlink_to(two)
    assert standing(ARGUMENTS) is None


def test_a_file_that_a_pattern_finds_in_a_folder_that_held_none_is_looked_at(
    small_project: Path, tmp_path: Path
) -> None:
    for year in ("2023", "2024"):
        (small_project / "tables" / year).mkdir()
    (small_project / "tables/pay.csv").rename(small_project / "tables/2023/pay.csv")
    change(small_project, "project.toml", 'file = "tables/pay.csv"', 'files = "tables/*/pay.csv"')
    kept(small_project, tmp_path / "out")
    assert standing(ARGUMENTS) == SAID
    (small_project / "tables/2024/pay.csv").write_text("job,salary\nNurse,90000\n", "utf-8")
    assert standing(ARGUMENTS) is None


def test_a_story_that_was_only_looked_into_is_looked_at(small_project: Path, tmp_path: Path) -> None:
    (small_project / "slides").mkdir()
    (small_project / "story/deck.md").rename(small_project / "slides/deck.md")
    change(small_project, "project.toml", "story/deck.md", "slides/deck.md")
    kept(small_project, tmp_path / "out", options=Options(only=("report",)))
    assert standing(ARGUMENTS) == SAID
    change(small_project, "slides/deck.md", "![Pay by job](chart:pay)", "No chart.")
    assert standing(ARGUMENTS) is None


def test_nothing_is_remembered_where_a_table_that_is_not_read_lies_elsewhere(
    small_project: Path, tmp_path: Path
) -> None:
    with (small_project / "project.toml").open("a") as settings:
        settings.write('[tables.towns]\nurl = "https://data.test/towns.csv"\nsource = "A list"\nas_of = "2024"\n')
        settings.write('[tables.towns.fields]\ntown = { title = "Town", type = "text" }\n')
    change(small_project, "story/deck.md", "# Pay", "# Towns")
    kept(small_project, tmp_path / "out", options=Options(only=("report",)))
    assert standing(ARGUMENTS) is None


def test_changes_that_a_database_keeps_beside_it_are_looked_at(small_project: Path, tmp_path: Path) -> None:
    changes = small_project / "tables/pay.csv-wal"
    changes.write_bytes(b"1")
    kept(small_project, tmp_path / "out")
    assert standing(ARGUMENTS) == SAID
    changes.write_bytes(b"2")
    assert standing(ARGUMENTS) is None


def test_folders_for_documents_in_the_project_and_its_history_are_not_looked_at(small_project: Path) -> None:
    (small_project / ".git").mkdir()
    build(small_project, small_project / "other", Options(), overwrite=False)
    out = small_project / "out"
    kept(small_project, out)
    for folder in (".git", "other", "out"):
        (small_project / folder / "new").touch()
    assert standing(ARGUMENTS) == SAID


def test_a_project_of_very_many_folders_is_read_each_time(small_project: Path, tmp_path: Path) -> None:
    for number in range(1_100):
        (small_project / f"tables/{number}").mkdir()
    kept(small_project, tmp_path / "out")
    assert standing(ARGUMENTS) is None


def test_a_run_over_midnight_is_not_remembered(small_project: Path, tmp_path: Path) -> None:
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    kept(small_project, tmp_path / "out", options=Options(today=yesterday))
    assert standing(ARGUMENTS) is None


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module of another Fairsheet."""
    for room in ("charts", "data", "reports"):
        (tmp_path / "home" / room).mkdir(parents=True)
    found = tmp_path / "home/data/module.py"
    found.write_text("VALUE = 1\n", "utf-8")
    monkeypatch.setattr(standing_module, "HOME", tmp_path / "home")
    return found


def test_a_module_with_its_old_time_is_looked_at(module: Path, small_project: Path, tmp_path: Path) -> None:
    kept(small_project, tmp_path / "out")
    assert standing(ARGUMENTS) == SAID
    before = module.stat()
    module.write_text("VALUE = 2\n", "utf-8")
    os.utime(module, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert standing(ARGUMENTS) is None


def test_a_run_during_which_a_module_was_changed_is_not_remembered(
    module: Path, small_project: Path, tmp_path: Path
) -> None:
    began = time.time_ns() + LATER
    os.utime(module, ns=(began + 1, began + 1))
    kept(small_project, tmp_path / "out", began=began)
    assert standing(ARGUMENTS) is None


def test_no_other_variable_is_written_down_and_nobody_else_may_read_what_is(
    small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRSHEET_DB_PASSWORD", "not-to-be-told")
    kept(small_project, tmp_path / "out")
    assert "not-to-be-told" not in record().read_text("utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(record().stat().st_mode) == 0o600


def test_a_user_without_a_home_is_told_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise OutputError("there is no home folder.")

    monkeypatch.setattr("data.files.user_folders.cache_folder", no_home)
    assert standing(ARGUMENTS) is None


def test_a_word_about_documents_of_another_project_is_not_told_again(
    small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(small_project, tmp_path / "copy")
    build(small_project, tmp_path / "out", Options(), overwrite=False)
    monkeypatch.setattr(sys, "argv", ["generate.py", *ARGUMENTS])
    began = time.time_ns() + LATER
    monkeypatch.setattr(time, "time_ns", lambda: began)
    build_documents(tmp_path / "copy", tmp_path / "out", overwrite=True)
    assert "held the documents of another project" in capsys.readouterr().err
    assert standing(ARGUMENTS) is None
    build_documents(tmp_path / "copy", tmp_path / "out", overwrite=True)
    assert standing(ARGUMENTS) is not None


def test_documents_are_named_in_the_order_of_the_project(small_project: Path, tmp_path: Path) -> None:
    build(small_project, tmp_path / "out", Options(), overwrite=False)
    change(small_project, "story/report.md", "An engineer", "One engineer")
    found = build(small_project, tmp_path / "out", Options(), overwrite=False)
    assert list(found.documents) == ["report.pdf", "handout.pdf", "deck.pptx"]


def test_a_run_with_nothing_to_do_is_told_of_a_full_disk(small_project: Path, tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full")
    command = [sys.executable, str(ROOT / "generate.py"), "build", str(small_project), "--out", str(tmp_path / "out")]
    time.sleep(2.5)  # what was written shortly before a run is not trusted
    subprocess.run(command, capture_output=True, check=True)
    assert len(list((cache_folder() / "standing").iterdir())) == 1
    with full.open("w") as stream:
        found = subprocess.run(command, stdout=stream, stderr=subprocess.PIPE, text=True, check=False)
    assert (found.returncode, "Traceback" in found.stderr) == (5, False)
    assert "Run again when that is mended." in found.stderr
