"""A run that finds nothing touched says at once what the last one said; whatever was touched, it looks again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data.files.user_folders import cache_folder
from reports.runs.bind import Options
from reports.runs.build import Built, build
from reports.runs.standing import Said, remember, standing
from tests.conftest import ROOT
from tests.test_bad_input import change

ARGUMENTS = ("build", "small", "--out", "out")
SAID = Said(("all is up to date.",), ("warning: mind this.",))
LATER = 10_000_000_000
"""Nanoseconds: as if the run had begun so long after the files were written."""


def kept(root: Path, out: Path, began: int | None = None) -> Built:
    found = build(root, out, Options(), overwrite=False)
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
