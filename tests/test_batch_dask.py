"""Batches made by Dask: the same bytes, wherever they are made, and whoever dies on the way."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import socket
import subprocess
import sys
import tarfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from reports.batches.afar import baggage, serving
from reports.batches.making import Task, make_item
from reports.batches.planned import read_batch
from reports.runs.bind import Options
from tests.batching import batch, batch_project, files, manifest
from tests.conftest import ROOT
from tests.dask_cluster import dask_cluster

pytest.importorskip("distributed", reason="Dask is not installed: pip install 'fairsheet[dask]'")
from distributed import KilledWorker

from reports.batches.afar import cluster as engine
from reports.batches.afar import worker as at_worker

_ROWS = 40


def rows(count: int = _ROWS, pay: int = 30_000) -> tuple[tuple[str, ...], ...]:
    return tuple((f"Employer {n:02}", "Energy", str(n), str(pay + n)) for n in range(count))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return batch_project(tmp_path / "project")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    made = batch_project(tmp_path / "project", rows())
    (made / "story/sheet.md").write_text("# {{ row.employer }}\n\nIt pays {{ row.pay }}.\n", "utf-8")
    return made


def begun(root: Path, out: Path | str, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "generate.py"), "batch", str(root), "--out", str(out), *options],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip


def lines_until(process: subprocess.Popen[str], word: str) -> str:
    """What a run says until it says something."""
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if word in line:
            return "".join(said)
    raise AssertionError("".join(said))


def rest_of(process: subprocess.Popen[str]) -> str:
    """What a run says until it ends."""
    assert process.stdout is not None
    said = process.stdout.read()  # not `communicate`, which knows nothing of what was read ahead
    process.wait(60)
    return said


def test_the_same_bytes_come_from_one_process_from_two_and_from_dask(root: Path, tmp_path: Path) -> None:
    found: dict[str, dict[str, bytes]] = {}
    for name, options in (
        ("one", ("--jobs", "1")),
        ("two", ("--jobs", "2")),
        ("dask", ("--engine", "dask", "--jobs", "2")),
    ):
        code, said = batch(root, tmp_path / name, *options)
        assert code == 0, said
        found[name] = files(tmp_path / name)
        manifest(tmp_path / name)
    assert len(found["one"]) == 6
    assert found["one"] == found["two"] == found["dask"]
    assert "made 0, 6 up to date" in batch(root, tmp_path / "dask", "--jobs", "1")[1]


def test_a_worker_that_is_killed_midway_is_made_up_for_and_one_that_comes_late_takes_part(
    many: Path, tmp_path: Path
) -> None:
    assert batch(many, tmp_path / "here", "--jobs", "1")[0] == 0
    with dask_cluster(tmp_path / "cluster", 3) as cluster:
        process = begun(many, tmp_path / "out", "--scheduler", cluster.address)
        said = lines_until(process, "5 of 40")
        cluster.workers[1].send_signal(signal.SIGKILL)
        cluster.worker()
        said += rest_of(process)
    assert process.returncode == 0, said
    assert "made 40" in said
    assert files(tmp_path / "out") == files(tmp_path / "here")
    assert [item["key"] for item in manifest(tmp_path / "out")["items"]] == [row[0] for row in rows()]
    told = [int(line.split(" of 40")[0]) for line in said.splitlines() if " of 40: " in line]
    assert told == list(range(1, 41))


def test_every_item_is_made_or_told_where_all_workers_die_again_and_again(many: Path, tmp_path: Path) -> None:
    never_twice = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with dask_cluster(tmp_path / "cluster", 2, **never_twice) as cluster:
        process = begun(many, tmp_path / "out", "--scheduler", cluster.address)
        said = lines_until(process, "5 of 40")
        for _ in range(2):
            for worker in cluster.workers:
                worker.kill()
            for _ in range(2):
                cluster.worker()
            said += lines_until(process, " of 40: ")
        said += rest_of(process)
        failed = [item["key"] for item in manifest(tmp_path / "out")["items"] if item["state"] == "failed"]
        assert process.returncode == (3 if failed else 0), said
        assert ("the workers that made it died, 2 of them" in said) == bool(failed)
        assert len(files(tmp_path / "out")) == 40 - len(failed)
        code, said = batch(many, tmp_path / "out", "--scheduler", cluster.address)
    assert code == 0, said
    assert f"made {len(failed)}, {40 - len(failed)} up to date" in said
    assert len(files(tmp_path / "out")) == 40


def test_items_that_died_with_their_workers_are_tried_alone_and_then_told(root: Path) -> None:
    class Killing:
        status = "error"

        def exception(self) -> Exception:
            return KilledWorker("a task", SimpleNamespace(address="tcp://127.0.0.1:1"), 3)

    crew = engine._Crew(read_batch(root, "employers", Options()), None, "here", "name", lambda _: None)
    crew.fit = {"tcp://127.0.0.1:2": 1}
    waiting = deque(Task(number) for number in (3, 4))
    assert not list(crew._failed([Task(1), Task(2)], Killing(), waiting))
    assert [task.index for task in waiting] == [1, 2, 3, 4]
    assert [[task.index for task in crew._some(waiting, 1)] for _ in range(2)] == [[1], [2]]
    told = list(crew._failed([Task(2)], Killing(), waiting))
    assert [made.index for made in told] == [2]
    assert "the workers that made it died, 8 of them" in str(told[0].problems[0])
    assert [task.index for task in waiting] == [3, 4]


def test_a_scheduler_that_dies_midway_ends_the_run_and_another_goes_on(many: Path, tmp_path: Path) -> None:
    with dask_cluster(tmp_path / "cluster", 2) as cluster:
        process = begun(many, tmp_path / "out", "--scheduler", cluster.address)
        said = lines_until(process, "5 of 40")
        cluster.scheduler.send_signal(signal.SIGKILL)
        said += rest_of(process)
    assert process.returncode == 5, said
    assert "Traceback" not in said
    assert "it goes on from here" in said
    code, said = batch(many, tmp_path / "out", "--jobs", "1")
    assert code == 0, said
    assert "up to date" in said
    assert len(files(tmp_path / "out")) == 40


@pytest.mark.skipif(sys.platform == "win32", reason="Windows interrupts whole consoles only")
def test_an_interrupted_run_leaves_no_process_behind(many: Path, tmp_path: Path) -> None:
    process = begun(many, tmp_path / "out", "--engine", "dask", "--jobs", "2")
    lines_until(process, "3 of 40")
    process.send_signal(signal.SIGINT)
    said = rest_of(process)
    assert process.returncode == 130, said
    assert _gone(process.pid), "a process of its session lives"
    code, said = batch(many, tmp_path / "out", "--jobs", "1")
    assert code == 0, said
    assert len(files(tmp_path / "out")) == 40


def _gone(session: int) -> bool:
    for _ in range(100):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_rows_that_fail_are_told_by_workers_as_by_processes(root: Path, tmp_path: Path) -> None:
    (root / "story/sheet.md").write_text(
        "# {{ row.employer }}\n\n{% if row.jobs > 20 %}[a](chart:none){% endif %}{{ row.pay }}\n", "utf-8"
    )
    here = batch(root, tmp_path / "here", "--jobs", "1")
    dask = batch(root, tmp_path / "dask", "--engine", "dask", "--jobs", "1")
    assert here[0] == dask[0] == 3, (here, dask)
    assert files(tmp_path / "here") == files(tmp_path / "dask")
    names = ("index.html", "index.csv", "manifest.json")
    assert len({(tmp_path / "here/employers" / name).read_bytes() for name in names}) == 3
    for name in names:
        assert (tmp_path / "here/employers" / name).read_bytes() == (tmp_path / "dask/employers" / name).read_bytes()


def test_what_is_sent_makes_the_same_where_neither_project_nor_program_is(root: Path, tmp_path: Path) -> None:
    made = read_batch(root, "employers", Options())
    sent = baggage.packed(made)
    expected = serving.sum_of(make_item(made, 3, {}))
    with tarfile.open(fileobj=io.BytesIO(sent.content)) as tar:
        names = tar.getnames()
        tar.extractall(tmp_path / "elsewhere", filter="data")
    assert "project/story/sheet.md" in names
    assert not [name for name in names if name.endswith(".csv") and name.startswith("project/")]
    assert not [name for name in names if "college-majors" in name]
    root.rename(tmp_path / "gone")
    code = (
        "import sys; from pathlib import Path; folder = Path(sys.argv[1]); sys.path[:] = [p for p in sys.path if p"
        " != sys.argv[2]]; sys.path.insert(0, str(folder / 'program')); import reports.batches.afar.serving as s;"
        "print(s.__file__); print(s.sum_of(s.make_item(s.unpacked(folder).batch, 3, {})))"
    )
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    told = subprocess.run(
        [sys.executable, "-P", "-c", code, str(tmp_path / "elsewhere"), str(ROOT)],
        cwd=tmp_path, env=kept, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines() == [str(tmp_path / "elsewhere/program/reports/batches/afar/serving.py"), expected]


def test_workers_of_another_version_are_refused(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "versions", lambda: {"python": "2.7.18", "reportlab": "1.0", "nowhere": "3"})
    code, said = batch(root, tmp_path / "out", "--engine", "dask", "--jobs", "1")
    assert code == 5, said
    assert "none of its workers makes what this machine makes" in said
    assert f"python {sys.version.split()[0]} in place of 2.7.18" in said
    assert "nowhere not installed in place of 3" in said
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_workers_that_make_other_bytes_are_refused(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "sum_of", lambda _: "something else")
    code, said = batch(root, tmp_path / "out", "--engine", "dask", "--jobs", "1")
    assert code == 5, said
    assert "it makes other bytes from the same" in said
    assert not list((tmp_path / "out").rglob("*.pdf"))


_SERVING = """
import os, signal, sys
def serve(folder):
    while len(length := sys.stdin.buffer.read(8)) == 8:
        message = sys.stdin.buffer.read(int.from_bytes(length, "big"))
        if message == b"kill":
            with open(folder / "deaths", "a") as stream:
                stream.write("x")
            os.kill(os.getpid(), signal.SIGKILL)
        answer = b"" if message == b"proof" else message.upper()
        sys.stdout.buffer.write(len(answer).to_bytes(8, "big") + answer)
        sys.stdout.buffer.flush()
"""


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[at_worker.Workshop]:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        for name in ("reports/__init__", "reports/batches/__init__", "reports/batches/afar/__init__"):
            tar.addfile(tarfile.TarInfo(f"program/{name}.py"), io.BytesIO())
        about = tarfile.TarInfo("program/reports/batches/afar/serving.py")
        about.size = len(_SERVING)
        tar.addfile(about, io.BytesIO(_SERVING.encode()))
    made = at_worker.Workshop("shop", stream.getvalue(), {}, {}, b"proof")
    asyncio.run(made.setup(SimpleNamespace(local_directory=str(tmp_path))))
    yield made
    made.teardown(None)
    assert not (tmp_path / "shop").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals of this kind")
def test_an_item_that_ends_its_process_is_tried_twice_and_the_worker_lives(
    workshop: at_worker.Workshop, tmp_path: Path
) -> None:
    assert workshop.unfit == ""
    kind, how = workshop.make(b"kill")
    assert (kind, how) == (at_worker.DIED, "its process was ended by signal 9")
    assert (tmp_path / "shop/deaths").read_text() == "xx"
    assert workshop.make(b"item") == (at_worker.MADE, b"ITEM")


def test_a_process_that_cannot_begin_is_told_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz"):
        pass
    made = at_worker.Workshop("shop", stream.getvalue(), {}, {}, b"proof")
    asyncio.run(made.setup(SimpleNamespace(local_directory=str(tmp_path))))
    assert made.unfit == "its process was ended with 1: ModuleNotFoundError: No module named 'reports'"
    assert made.make(b"item") == (at_worker.UNFIT, made.unfit)


def test_a_scheduler_that_does_not_answer_ends_the_run_in_time(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "CONNECTING", 2.0)
    with socket.socket() as silent, socket.socket() as closed:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        closed.bind(("127.0.0.1", 0))
        for address in (silent.getsockname()[1], closed.getsockname()[1]):
            began = time.monotonic()
            code, said = batch(root, tmp_path / "out", "--scheduler", f"tcp://127.0.0.1:{address}")
            assert code == 5, said
            assert f"tcp://127.0.0.1:{address}: no Dask scheduler answers there within 2 s" in said
            assert time.monotonic() - began < 30


def test_a_cluster_without_workers_is_not_waited_for_for_ever(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 3.0)
    with dask_cluster(tmp_path / "cluster", 0) as cluster:
        code, said = batch(root, tmp_path / "out", "--scheduler", cluster.address)
    assert code == 5, said
    assert "has had no worker" in said


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1", "http://127.0.0.1:1"])
def test_an_address_that_is_none_is_told(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(engine, "CONNECTING", 2.0)
    code, said = batch(root, tmp_path / "out", "--scheduler", address)
    assert code == 5, said
    assert f"{address}: no Dask scheduler answers" in said


def test_a_cluster_of_this_machine_listens_to_this_machine_only() -> None:
    psutil = pytest.importorskip("psutil", reason="psutil comes with Dask")
    with engine._connected(None, 2):
        found = [one.laddr.ip for one in psutil.Process().net_connections("inet") if one.status == "LISTEN"]
    assert set(found) <= {"127.0.0.1", "::1"}
