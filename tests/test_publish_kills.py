"""Publishing that is killed, fails or is raced: whoever reads finds one whole edition, and the next run is clean."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from data.errors import OutputError, Problem, ProjectError
from data.files import folder as door
from data.files import open_elsewhere
from reports.publishing import gates
from reports.publishing import publish as publishing
from reports.publishing.publish import publish
from reports.publishing.store import open_store
from reports.runs.bind import Options
from tests.conftest import ROOT
from tests.publishing import project, settings, with_salary
from tests.saving import at_call, in_child
from tests.shelf import STEPS, filled, litter, published, seen, state
from tests.test_kills import ended

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed from inside by forking"),
    pytest.mark.usefixtures("without_verapdf"),
]
_FULL = os.environ.get("FAIRSHEET_FULL") == "1"
_MOST = 3_000
_KILLS = 500 if _FULL else 20


@pytest.fixture(scope="module")
def full_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with something for every step, to be copied."""
    path = tmp_path_factory.mktemp("full") / "store"
    filled(path)
    return path


def copied(store: Path, to: Path) -> Path:
    shutil.copytree(store, to, symlinks=True)
    return to


@pytest.mark.parametrize("step", STEPS)
def test_a_step_killed_before_any_system_call_leaves_a_whole_edition_and_a_clean_next_run(
    step: str, full_store: Path, tmp_path: Path
) -> None:
    number = 0
    outcomes: set[str] = set()
    while True:
        number += 1 if _FULL else 6
        path = copied(full_store, tmp_path / f"{number}")

        def dying(number: int = number, path: Path = path) -> None:
            at_call(number, lambda: os._exit(9))
            STEPS[step](path)

        ended = in_child(dying)
        assert ended in (0, 9)
        before = seen(path)
        outcomes.add(before)
        with open_store(path) as store:
            assert store.state.current == (path / "current").readlink().name
        assert seen(path) == before, number
        assert litter(path) == [], number
        published(path, "after")
        assert seen(path) == "after"
        assert litter(path) == [], number
        shutil.rmtree(path)
        if ended == 0:
            break
        assert number < _MOST
    assert number > 40
    expected = {"publish": "new", "hold": "three", "accept": "waiting", "restore": "one", "withdraw": "two"}
    assert outcomes == {"three", expected[step]}


def test_the_first_publishing_killed_before_any_system_call_leaves_nothing_or_all(tmp_path: Path) -> None:
    number = 0
    while True:
        number += 1 if _FULL else 6
        path = tmp_path / f"{number}"

        def dying(number: int = number, path: Path = path) -> None:
            at_call(number, lambda: os._exit(9))
            published(path, "first")

        ended = in_child(dying)
        assert ended in (0, 9)
        assert not (path / "current").exists() or seen(path) == "first"
        published(path, "after")
        assert seen(path) == "after"
        assert litter(path) == [], number
        if ended == 0:
            break
        assert number < _MOST


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_an_error_at_any_system_call_leaves_a_whole_edition_and_is_told(
    code: int, full_store: Path, tmp_path: Path
) -> None:
    number = 0
    while True:
        number += 1 if _FULL else 12
        path = copied(full_store, tmp_path / f"{number}")

        def failing(number: int = number, path: Path = path) -> None:
            def fail() -> None:
                raise OSError(code, os.strerror(code))

            at_call(number, fail)
            try:
                published(path, "new")
            except (OutputError, ProjectError):
                os._exit(5)

        ended = in_child(failing)
        assert ended in (0, 5), number
        assert seen(path) in ("three", "new")
        published(path, "after")
        assert seen(path) == "after"
        assert litter(path) == [], number
        if ended == 0 and number > 40 and _beyond(number, copied(full_store, tmp_path / "counted")):
            break
        shutil.rmtree(path)
        assert number < _MOST


def _beyond(number: int, path: Path) -> bool:
    """Whether publishing makes fewer system calls than that."""

    def dying() -> None:
        at_call(number, lambda: os._exit(9))
        published(path, "new")

    ended = in_child(dying)
    shutil.rmtree(path)
    return ended == 0


def test_a_file_that_another_program_has_open_is_waited_for_and_then_told(
    full_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copied(full_store, tmp_path / "store")
    monkeypatch.setattr(open_elsewhere, "_PATIENCE", 0.3)
    monkeypatch.setattr(open_elsewhere, "_STEP", 0.05)
    tried = 0
    real = os.rename

    def busy(*arguments: object, **named: object) -> object:
        nonlocal tried
        tried += 1
        if tried < 3:
            raise OSError(errno.EBUSY, "busy")
        return real(*arguments, **named)

    monkeypatch.setattr(door.os, "rename", busy)
    published(path, "new")
    assert seen(path) == "new"
    assert tried >= 3

    def always(*_: object, **__: object) -> object:
        raise OSError(errno.EBUSY, "busy")

    monkeypatch.setattr(door.os, "rename", always)
    with pytest.raises(OutputError, match="is open in another program"):
        published(path, "newer")
    assert seen(path) == "new"
    monkeypatch.setattr(door.os, "rename", real)
    published(path, "after")
    assert litter(path) == []
    assert state(path).current is not None


def test_runs_killed_at_random_moments_leave_one_whole_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAIRSHEET_VERAPDF_JAR", raising=False)  # a process of its own, which publishing only asks
    chance, root, to = random.Random(11), project(tmp_path / "project"), tmp_path / "public"
    settings(root, 'title = "Two jobs"', 'title = "Two jobs"\npublish = { keep = 3 }')
    publish(root, to, Options())
    with_salary(root, 121_000)
    began = time.monotonic()
    publish(root, to, Options())
    takes = time.monotonic() - began
    ends: Counter[int] = Counter()
    public: set[str] = set()
    for number in range(_KILLS):
        with_salary(root, 130_000 + number, 100_000 + number // 2)
        child = os.fork()
        if not child:
            code = 1
            try:
                publish(root, to, Options(), force=number % 7 == 6)
                code = 0
            finally:
                os._exit(code)
        if number % 5 < 4:
            time.sleep(takes * chance.uniform(0.0, 1.3))
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, -signal.SIGKILL) if number % 5 < 4 else code == 0, number
        ends[code] += 1
        edition = seen(to)
        public.add(edition)
        with open_store(to):
            pass
        assert seen(to) == edition, number
        assert litter(to) == [], number
        assert len(state(to).editions) <= 4
    assert min(ends.values()) >= _KILLS // 10, ends
    assert len(public) >= _KILLS // 5
    done = publish(root, to, Options())
    assert seen(to) == done.edition.id


def test_commands_killed_at_random_moments_leave_one_whole_edition(small_project: Path, tmp_path: Path) -> None:
    chance, to = random.Random(12), tmp_path / "public"
    began = time.monotonic()
    assert ended(started(small_project, to))[0] == 0
    takes = time.monotonic() - began
    for number in range(_KILLS // 10):
        salary = f"job,salary\nEngineer,{130_000 + number}\nAnalyst,110000\n"
        (small_project / "tables/pay.csv").write_text(salary, "utf-8")
        process = started(small_project, to)
        time.sleep(takes * chance.uniform(0.3, 1.1))
        process.send_signal([signal.SIGKILL, signal.SIGTERM, signal.SIGINT][number % 3])
        code, said = ended(process)
        assert code in (0, 130, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT), said
        assert "Traceback" not in said, said
        assert seen(to)
        with open_store(to):
            pass
        assert litter(to) == [], said
    code, said = ended(started(small_project, to))
    assert code == 0, said
    assert seen(to) in said


def started(root: Path, to: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "generate.py"), "publish", str(root), "--to", str(to)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_on_a_disk_that_is_full_what_is_public_stays(tiny_disk: Path, tmp_path: Path) -> None:
    root, to = project(tmp_path / "project"), tiny_disk / "public"
    publish(root, to, Options())
    before = seen(to)
    filler, full = tiny_disk / "other", 0
    for room in range(0, 60_000, 4_096 if _FULL else 12_288):
        filler.write_bytes(b"x" * (os.statvfs(tiny_disk).f_bavail * 4096 - room))
        with_salary(root, 130_000 + room)
        told = ""
        try:
            publish(root, to, Options())
        except OutputError as error:
            told = str(error)
        assert "the disk is full" in told or seen(to) != before
        assert not told or seen(to) == before
        full += bool(told)
        filler.unlink()
        with open_store(to):
            pass
        before = seen(to)
        assert litter(to) == []
    assert full
    with_salary(root, 200_000)
    assert publish(root, to, Options()).edition.id == seen(to) != before


def test_permissions_that_are_lost_midway_leave_what_is_public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, to = project(tmp_path / "project"), tmp_path / "public"
    publish(root, to, Options())
    before = seen(to)
    with_salary(root, 130_000)
    if os.geteuid() == 0:
        pytest.skip("this user may write everywhere")

    def lost(_: gates.Candidate) -> tuple[Problem, ...]:
        (to / "editions").chmod(0o555)
        return ()

    monkeypatch.setattr(publishing, "GATES", (lost,))
    with pytest.raises(OutputError, match="open in another program or protected"):
        publish(root, to, Options())
    assert seen(to) == before
    monkeypatch.undo()
    (to / "editions").chmod(0o755)
    assert publish(root, to, Options()).edition.id == seen(to) != before
    assert litter(to) == []
