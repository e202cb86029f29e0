"""Real builds that are killed, ended, or run two at a time: what stands in the folder is of one edition."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from reports.runs.save import output_folder
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of other systems")
_FULL = os.environ.get("FAIRSHEET_FULL") == "1"
_KILLS = 120 if _FULL else 12
_PAIRS = 50 if _FULL else 5
FILES = ("report.pdf", "handout.pdf", "deck.pptx")


def started(root: Path, out: Path, *options: str, mark: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "generate.py"), "build", str(root), "--out", str(out), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "FAIRSHEET_TEST_MARK": mark},
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, err = process.communicate(timeout=300)
    return process.returncode, out + err


def editions(out: Path) -> dict[str, str]:
    """The edition of each output in the folder; every file is what the manifest says of it."""
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    for entry in manifest["outputs"].values():
        assert hashlib.sha256((out / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["file"]
    return {name: entry["edition"] for name, entry in manifest["outputs"].items()}


def with_salary(root: Path, salary: int) -> None:
    (root / "tables/pay.csv").write_text(f"job,salary\nEngineer,{salary}\nAnalyst,110000\n", "utf-8")


def living(mark: str) -> list[int]:
    """Processes that were started with the mark in their environment."""
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in path.read_bytes() and "Z" not in (path.parent / "stat").read_text().split(")")[1][:3]:
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def none_lives(mark: str) -> bool:
    """Whether the last process with the mark ends by itself; nobody is waited for without end."""
    for _ in range(600):
        if not living(mark):
            return True
        time.sleep(0.05)
    return False


def test_builds_killed_at_random_leave_one_edition_and_no_process(small_project: Path, tmp_path: Path) -> None:
    chance, out = random.Random(8), tmp_path / "out"
    began = time.monotonic()
    assert ended(started(small_project, out))[0] == 0
    takes = time.monotonic() - began
    how = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
    finished = 0
    for number in range(_KILLS):
        with_salary(small_project, 120_000 + number)
        mark = uuid.uuid4().hex
        process = started(small_project, out, *(["--only", "report"] if number % 5 == 4 else []), mark=mark)
        time.sleep(takes * chance.uniform(0.3, 1.05))
        process.send_signal(how[number % len(how)])
        code, said = ended(process)
        assert code in (0, 130, *(-s for s in how)), said
        assert "Traceback" not in said, said
        finished += code == 0
        if sys.platform == "linux":
            assert none_lives(mark), said
        with output_folder(out, small_project):
            pass
        assert editions(out)
        assert not list(out.glob(".*"))
        assert not list(out.glob("*.new*")), said
    code, said = ended(started(small_project, out))
    assert code == 0, said
    assert ended(started(small_project, tmp_path / "clean"))[0] == 0
    assert editions(out) == editions(tmp_path / "clean")
    assert finished < _KILLS


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_run_that_is_ended_says_so_and_takes_its_second_process_along(
    name: str, small_project: Path, tmp_path: Path
) -> None:
    out, mark = tmp_path / "out", uuid.uuid4().hex
    process = started(small_project, out, mark=mark)
    assert process.stdout is not None
    process.stdout.readline()  # it has begun to read
    process.send_signal(getattr(signal, name))
    code, said = ended(process)
    assert code == 130, said
    assert "Interrupted; the files of the last build are as they were." in said
    assert "Traceback" not in said
    assert not out.exists()
    if sys.platform == "linux":
        assert none_lives(mark)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_the_second_process_ends_when_the_first_one_is_killed(small_project: Path, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    process = started(small_project, tmp_path / "out", mark=mark)
    for _ in range(600):
        if len(living(mark)) > 1 or process.poll() is not None:
            break
        time.sleep(0.01)
    process.kill()
    ended(process)
    assert none_lives(mark)


def test_two_builds_into_one_folder_wait_for_each_other(small_project: Path, tmp_path: Path) -> None:
    chance, out = random.Random(9), tmp_path / "out"
    choices = [(), ("--draft",), ("--published", "2026-11"), ("--paper", "a4")]
    whole: dict[tuple[str, ...], dict[str, str]] = {}
    for number, options in enumerate(choices):
        assert ended(started(small_project, tmp_path / str(number), *options))[0] == 0
        whole[options] = editions(tmp_path / str(number))
    for _ in range(_PAIRS):
        first, second = chance.sample(choices, 2)
        pair = [started(small_project, out, *first)]
        time.sleep(chance.choice([0, 0, 0.2, 0.5]))
        pair.append(started(small_project, out, *second))
        for process in pair:
            code, said = ended(process)
            assert code == 0, said
        assert editions(out) in (whole[first], whole[second])
        assert sorted(path.name for path in out.iterdir()) == sorted([*FILES, "manifest.json"])


def test_a_build_and_a_part_of_it_at_once_leave_what_the_manifest_says(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for only in ("report", "deck"):
        pair = [started(small_project, out, "--draft"), started(small_project, out, "--only", only)]
        for process in pair:
            code, said = ended(process)
            assert code == 0, said
        assert editions(out)


def test_who_waits_says_so(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with output_folder(out, small_project):
        process = started(small_project, out)
        assert process.stdout is not None
        line = process.stdout.readline()
    assert "waiting for another run that writes into" in line
    assert ended(process)[0] == 0


def test_on_a_disk_that_is_full_the_earlier_edition_stays(small_project: Path, tiny_disk: Path) -> None:
    out = tiny_disk / "out"
    first, said = ended(started(small_project, out))
    assert first == 0, said
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (tiny_disk / "other").write_bytes(b"x" * (os.statvfs(tiny_disk).f_bavail * 4096 - 40_000))
    with_salary(small_project, 130_000)
    code, said = ended(started(small_project, out))
    assert code == 5, said
    assert "the disk is full" in said
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    (tiny_disk / "other").unlink()
