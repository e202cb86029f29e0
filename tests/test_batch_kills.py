"""Batches that are killed, or whose processes are: the same command goes on, and makes every document once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batching import batch_project, files, manifest, with_rows
from tests.conftest import ROOT
from tests.test_kills import living, none_lives

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes in /proc")
_FULL = os.environ.get("FAIRSHEET_FULL") == "1"
_KILLS = 100 if _FULL else 8
_ROWS = 40


def rows(salary: int) -> tuple[tuple[str, ...], ...]:
    return tuple((f"Employer {n:02}", "Energy", str(n), str(salary + n)) for n in range(_ROWS))


def started(root: Path, out: Path, mark: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "generate.py"), "batch", str(root), "--out", str(out), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "FAIRSHEET_TEST_MARK": mark},
        start_new_session=True,
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = batch_project(tmp_path / "project", rows(30_000))
    (made / "story/sheet.md").write_text("# {{ row.employer }}\n\nIt pays {{ row.pay }}.\n", "utf-8")
    return made


def test_a_batch_killed_at_random_goes_on_and_makes_every_document_once(root: Path, tmp_path: Path) -> None:
    chance, out, mark = random.Random(14), tmp_path / "out", "batch-kills-" + tmp_path.name
    began = time.monotonic()
    process = started(root, out, mark)
    assert process.communicate(timeout=300)[0].count("made 40")
    took = time.monotonic() - began
    whole = files(out)
    resumed = 0
    for number in range(_KILLS):
        with_rows(root, rows(30_000 + 100 * (number + 1)))
        process = started(root, out, mark)
        time.sleep(chance.uniform(0.1, took))
        if number % 2:  # a process beside the first one, which goes on
            beside = [pid for pid in living(mark) if pid != process.pid]
            if beside:
                os.kill(chance.choice(beside), signal.SIGKILL)
            said, _ = process.communicate(timeout=300)
            assert process.returncode == 0, said
        else:
            os.kill(process.pid, signal.SIGKILL)
            process.communicate(timeout=300)
            assert none_lives(mark)
            process = started(root, out, mark)
            said, _ = process.communicate(timeout=300)
            assert process.returncode == 0, said
            resumed += "made 40" not in said
        said = manifest(out)  # each document is what it says
        assert [item["state"] for item in said["items"]] == ["made"] * _ROWS
        found = files(out)
        assert found.keys() == whole.keys()
        assert not any(found[name] == whole[name] for name in found)
        assert sorted(path.name for path in (out / "employers").iterdir()) == sorted(
            (*whole, "employers.pdf", "index.csv", "index.html", "manifest.json")
        )
        whole = found
    clean = tmp_path / "clean"
    process = started(root, clean)
    process.communicate(timeout=300)
    assert process.returncode == 0
    assert files(clean) == whole
    assert not _FULL or resumed > _KILLS // 8  # of half the kills, many leave something to go on from


def test_an_item_whose_process_always_dies_is_told_and_the_others_are_made(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reports.batches import making, processes
    from reports.batches.planned import read_batch
    from reports.runs.bind import Options

    real = making.make_item

    def deadly(*given: object) -> object:
        if given[1] == 7:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given)

    monkeypatch.setattr(making, "make_item", deadly)
    batch = read_batch(root, "employers", Options())
    origin = processes.Origin(root, "employers", Options(), None)
    made = list(processes.make_items(batch, origin, [making.Task(n) for n in range(_ROWS)], 2))
    assert sorted(one.index for one in made) == list(range(_ROWS))
    failed = [one for one in made if one.problems]
    assert [one.index for one in failed] == [7]
    assert "its process was ended by signal 9, 2 times" in str(failed[0].problems[0])
