"""A folder that stops to answer, as a share does whose server hangs, holds up no run: it ends and says so."""

from __future__ import annotations

import fcntl
import getpass
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from data.network import apart as room
from data.network.apart import apart
from tests.conftest import ROOT
from tests.delivering import SftpServer, redelivering, sftp_server
from tests.publishing import project as two_pages
from tests.publishing import with_salary
from tests.test_sources_share import CSV, KEEPING, put, sharing

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="threads of Windows that wait for a disk can be ended")
LONGEST = 240
"""Seconds after which a run that should have ended within a few is taken for one that hangs."""


class Mounted:
    """A folder of an SFTP server that is mounted here, and can be made to hang."""

    def __init__(self, server: SftpServer, folder: Path) -> None:
        self.server, self.folder = server, folder

    def _lines(self) -> list[int]:
        found, waiting = [], [self.server.process.pid if self.server.process else 0]
        while waiting:
            asked = ["pgrep", "-P", str(waiting.pop())]
            children = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
            waiting += map(int, children)
            found += map(int, children)
        return found

    def _signal(self, number: signal.Signals) -> None:
        for line in self._lines():
            with suppress(ProcessLookupError):
                os.kill(line, number)

    def hang(self) -> None:
        self._signal(signal.SIGSTOP)

    def answer(self) -> None:
        self._signal(signal.SIGCONT)


@pytest.fixture
def mounted(tmp_path: Path, tool: Callable[[str], str]) -> Iterator[Mounted]:
    sshfs, unmount = tool("sshfs"), tool("fusermount3")
    with sftp_server(tmp_path / "server") as server:
        folder, base = tmp_path / "mounted", tmp_path / "server"
        folder.mkdir()
        server.known(tmp_path / "home")
        options = f"IdentityFile={base / 'user'},UserKnownHostsFile={tmp_path / 'home/.ssh/known_hosts'},dir_cache=no"
        there = f"{getpass.getuser()}@127.0.0.1:{server.folder}"
        command = [sshfs, "-p", str(server.port), there, str(folder), "-F", "/dev/null", "-o", options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"nothing can be mounted here: {done.stderr.strip()[-200:]}")
        mounted = Mounted(server, folder)
        try:
            yield mounted
        finally:
            mounted.answer()
            subprocess.run([unmount, "-u", "-z", str(folder)], check=False)


def started(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "generate.py"), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit code and all that was said, when nobody writes there any more."""
    try:
        said, _ = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        pytest.fail("the run hangs")
    return process.returncode, said


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def root(small_project: Path, mounted: Mounted, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a table on the mounted folder, which waits for two seconds."""
    put(mounted.folder / "pay.csv", CSV)
    monkeypatch.setenv("FAIRSHEET_FOLDERS", str(mounted.folder))
    return sharing(small_project, mounted.folder, more="[tables.pay.read]\ntimeout = 2\n")


def test_a_share_that_hangs_fails_the_run_and_leaves_what_is_public(
    root: Path, mounted: Mounted, tmp_path: Path
) -> None:
    to = tmp_path / "public"
    assert ended(started("publish", root, "--to", to))[0] == 0
    before = state(to)
    mounted.hang()
    for command in (("publish", root, "--to", to), ("build", root, "--out", tmp_path / "out"), ("check", root)):
        code, said = ended(started(*command))
        assert code == 5, said
        assert "registrar:pay.csv was not had within 2 seconds" in said
        assert "Look whether the share is connected" in said
        assert state(to) == before
    mounted.answer()
    code, said = ended(started("publish", root, "--to", to))
    assert code == 0, said
    assert "nothing" in said.lower()


def test_the_copy_of_a_share_that_hangs_stands_in_where_the_project_says_so(
    root: Path, mounted: Mounted, tmp_path: Path
) -> None:
    toml = root / "project.toml"
    toml.write_text(toml.read_text("utf-8").replace("[tables.pay.read]\n", KEEPING), "utf-8")
    assert ended(started("publish", root, "--to", tmp_path / "public"))[0] == 0
    mounted.hang()
    code, said = ended(started("publish", root, "--to", tmp_path / "public"))
    assert code == 0, said
    assert "was not had within 2 seconds" in said
    assert "stands in for it" in said


def test_who_watches_a_share_that_hangs_is_told_and_can_end_it(root: Path, mounted: Mounted, tmp_path: Path) -> None:
    process = started("watch", root, "--out", tmp_path / "out", "--every", "1")
    try:
        assert process.stdout is not None
        said = ""
        while "report.pdf" not in said:
            said = process.stdout.readline()
            assert said, "watching ended"
        mounted.hang()
        for _ in range(2):
            while "was not had within 2 seconds" not in said:
                said = process.stdout.readline()
                assert said, "watching ended"
            said = ""
        time.sleep(0.5)  # at work again
        process.send_signal(signal.SIGINT)
        code, said = ended(process)
    finally:
        process.kill()
    assert code == 0, said
    assert "the documents of the last build stand" in said
    assert (tmp_path / "out/report.pdf").is_file()


def test_a_run_that_waits_for_a_share_is_interrupted_at_once(root: Path, mounted: Mounted, tmp_path: Path) -> None:
    toml = root / "project.toml"
    toml.write_text(toml.read_text("utf-8").replace("timeout = 2", "timeout = 3600"), "utf-8")
    mounted.hang()
    process = started("publish", root, "--to", tmp_path / "public")
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    assert ended(process)[0] in (130, -signal.SIGINT)
    assert not (tmp_path / "public").exists()


def test_a_place_that_hangs_ends_its_delivery_and_no_other(
    mounted: Mounted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to, drive, root = tmp_path / "public", tmp_path / "drive", two_pages(tmp_path / "project")
    drive.mkdir()
    (mounted.folder / "fairs").mkdir()
    hanging = f'[deliver.hanging]\nto = "{mounted.folder}/fairs"\ntimeout = 2'
    redelivering(root, f'{hanging}\n[deliver.other]\nto = "{drive}"')
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", f"{mounted.folder}/fairs {drive}")
    assert ended(started("publish", root, "--to", to))[0] == 0
    with_salary(root, 130_000)
    mounted.hang()
    code, said = ended(started("publish", root, "--to", to))
    assert code == 5, said
    assert f"{mounted.folder}/fairs: did not answer within 2 s" in said
    assert (to / "current").resolve().name in (drive / "current.json").read_text("utf-8")
    mounted.answer()
    code, said = ended(started("publish", root, "--to", to))
    assert code == 0, said
    assert (mounted.folder / "fairs/current.json").read_bytes() == (drive / "current.json").read_bytes()


# What all that rests on


@needs_fork
def test_what_work_gives_or_raises_comes_back() -> None:
    assert apart(LONGEST, lambda: b"x" * 3_000_000) == b"x" * 3_000_000

    def fails() -> None:
        raise FileNotFoundError(2, "No such file or directory", "pay.csv")

    with pytest.raises(FileNotFoundError, match=r"pay\.csv"):
        apart(LONGEST, fails)
    with pytest.raises(ChildProcessError):
        apart(LONGEST, lambda: os.kill(os.getpid(), signal.SIGKILL))


@needs_fork
def test_late_work_is_ended_and_keeps_nothing_open(tmp_path: Path) -> None:
    held = (tmp_path / "held").open("w")
    fcntl.flock(held, fcntl.LOCK_EX)
    number = tmp_path / "number"

    def never_ends() -> None:
        number.write_text(str(os.getpid()), "utf-8")
        time.sleep(2 * LONGEST)

    with pytest.raises(TimeoutError):
        apart(1, never_ends)
    held.close()
    with (tmp_path / "held").open("w") as again:
        fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
    process = int(number.read_text("utf-8"))
    for _ in range(1_000):
        apart(LONGEST, bool)
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    pytest.fail("it goes on")


@needs_fork
def test_while_many_wait_for_a_folder_nothing_further_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.kill
    for home, name in ((os, "kill"), (room, "_end_after")):  # as for a process that the system does not let go of
        monkeypatch.setattr(home, name, lambda *_: None)
    started_at = time.monotonic()
    for _ in range(room._MOST):
        with pytest.raises(TimeoutError):
            apart(0.01, lambda: time.sleep(2 * LONGEST))
    stuck = set(room._waiting)
    assert len(stuck) == room._MOST
    with pytest.raises(TimeoutError):
        apart(LONGEST, bool)
    assert time.monotonic() - started_at < LONGEST
    monkeypatch.undo()
    for process in stuck:
        real(process, signal.SIGKILL)
    while True:
        with suppress(TimeoutError):
            assert apart(LONGEST, lambda: 5) == 5
            break
        time.sleep(0.01)


@needs_fork
def test_what_works_for_a_run_that_was_killed_ends_with_it(tmp_path: Path) -> None:
    number = tmp_path / "number"

    def never_ends() -> None:
        number.write_text(str(os.getpid()), "utf-8")
        time.sleep(2 * LONGEST)

    child = os.fork()
    if not child:
        with suppress(BaseException):
            apart(2 * LONGEST, never_ends)
        os._exit(0)
    while not (number.is_file() and number.read_text("utf-8")):
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    process = int(number.read_text("utf-8"))
    for _ in range(100 * LONGEST):
        if not Path(f"/proc/{process}").exists() or "State:\tZ" in Path(f"/proc/{process}/status").read_text("utf-8"):
            return
        time.sleep(0.01)
    pytest.fail("it goes on")
