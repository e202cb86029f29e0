"""Whoever watches a project has its documents made again with each save; a broken save leaves the last good ones."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import cast

import pytest

from data.errors import OutputError, ProjectError
from reports.runs.bind import Options
from reports.runs.build import Built
from reports.runs.watch import Round, watched
from tests.conftest import ROOT

LONG, SHORT = 40.0, 2.0
"""Seconds after which a test goes on although nothing was noticed; in which nothing is to be noticed."""
Rounds = Generator[Round, None, None]


def rounds(root: Path, polling: bool = False, every: float = LONG) -> closing[Rounds]:
    return closing(cast("Rounds", watched(root, root.parent / "out", Options(), polling=polling, every=every)))


def change(root: Path, name: str, old: str, new: str) -> None:
    """Save a file as careful editors do, so that nobody reads half of it."""
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text.replace(old, new), "utf-8")
    beside.replace(path)


def telling(found: Rounds) -> Round:
    """The next round that tells something: on a busy machine, the system may tell of one save in several parts."""
    return next(one for one in islice(found, 5) if one.built is None or one.built.saved)


def made(found: Round) -> set[str]:
    assert isinstance(found.built, Built), found.failure
    return {saved.path.name for saved in found.built.saved}


@pytest.mark.parametrize("polling", [False, True])
def test_a_save_makes_the_documents_that_it_concerns(polling: bool, small_project: Path) -> None:
    with rounds(small_project, polling) as found:
        assert made(next(found)) == {"report.pdf", "handout.pdf", "deck.pptx"}
        change(small_project, "story/deck.md", "# Pay", "# Pay again")
        assert made(telling(found)) == {"deck.pptx"}
        change(small_project, "tables/pay.csv", "110000", "111000")
        assert made(telling(found)) == {"report.pdf", "handout.pdf", "deck.pptx"}


def test_a_save_into_the_file_itself_is_noticed(small_project: Path) -> None:
    with rounds(small_project) as found:
        next(found)
        path = small_project / "story/report.md"
        path.write_text(path.read_text("utf-8").replace("An engineer", "One engineer"), "utf-8")
        while "report.pdf" not in made(telling(found)):
            pass


def test_what_editors_put_beside_a_file_is_no_save(small_project: Path) -> None:
    with rounds(small_project, every=SHORT) as found:
        next(found)
        begin = time.monotonic()
        for name in (".report.md.swp", "report.md~", "~$deck.md", "#report.md#", "4913", "report.md.tmp"):
            (small_project / "story" / name).write_text("x", "utf-8")
        (small_project.parent / "out/other.txt").write_text("x", "utf-8")
        assert made(next(found)) == set()
        assert time.monotonic() - begin >= SHORT


def test_a_broken_save_leaves_the_last_good_documents(small_project: Path) -> None:
    with rounds(small_project) as found:
        next(found)
        out = small_project.parent / "out"
        before = {path.name: path.read_bytes() for path in out.iterdir()}
        change(small_project, "tables/pay.csv", "110000", "much")
        broken = telling(found)
        assert isinstance(broken.failure, ProjectError)
        assert "tables/pay.csv:3" in str(broken.failure)
        assert {path.name: path.read_bytes() for path in out.iterdir()} == before
        change(small_project, "tables/pay.csv", "much", "112000")
        assert "report.pdf" in made(telling(found))


def test_what_is_saved_during_a_build_is_not_missed(small_project: Path) -> None:
    with rounds(small_project) as found:
        next(found)
        change(small_project, "story/handout.md", "What they pay.", "What both pay.")
        time.sleep(1)  # as long as a build may take
        assert made(telling(found)) == {"handout.pdf"}


def test_a_folder_that_cannot_be_watched_is_told(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Generator[object, None, None]:
        raise OSError(28, "No space left on device")
        yield

    monkeypatch.setattr("reports.runs.watch.watch", full)
    with rounds(small_project) as found:
        next(found)
        with pytest.raises(OutputError, match="cannot be watched: No space left on device"):
            next(found)


def lines(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    yield from process.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a process is not interrupted alike there")
def test_an_interruption_ends_it(small_project: Path) -> None:
    command = [sys.executable, "-u", str(ROOT / "generate.py"), "watch", str(small_project)]
    command += ["--out", str(small_project.parent / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        told = lines(process)
        assert any(line.startswith("Watching ") for line in told)
        change(small_project, "story/deck.md", "# Pay", "# Pay again")
        assert "Made deck.pptx in" in next(told)
        process.send_signal(signal.SIGINT)
        assert any(line == "Ended; the documents of the last build stand.\n" for line in told)
        assert process.wait() == 0
