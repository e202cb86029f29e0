"""Documents that were made before lie in the user's cache: a build takes them from there, and is never another for it."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data.files.user_folders import cache_folder
from reports.runs import cache as cache_module
from reports.runs import write as writing
from reports.runs.bind import Options
from reports.runs.build import build
from reports.runs.cache import cache
from reports.runs.seal import own_secret, seal
from tests.test_bad_input import change, run

DIGEST, OTHER = "a" * 64, "b" * 64


@pytest.fixture(autouse=True)
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRSHEET_CACHE", "on")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the outputs that are written, one after the other in this process."""
    names: list[str] = []
    plain = writing.written

    def counted(planned: object, brand: object) -> bytes:
        names.append(planned.name)
        return plain(planned, brand)

    monkeypatch.setattr(writing, "written", counted)
    monkeypatch.setattr(writing.os, "cpu_count", lambda: 1)
    return names


def kept() -> list[Path]:
    folder = cache_folder() / "documents"
    return sorted(folder.iterdir()) if folder.exists() else []


def documents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".pdf", ".pptx", ".json")}


def built(root: Path, out: Path, force: bool = False) -> dict[str, bytes]:
    build(root, out, Options(), overwrite=False, force=force)
    return documents(out)


def test_another_folder_gets_what_was_made_before(small_project: Path, tmp_path: Path, written: list[str]) -> None:
    first = built(small_project, tmp_path / "one")
    assert sorted(written) == ["deck", "handout", "report"]
    written.clear()
    assert built(small_project, tmp_path / "two") == first
    assert written == []


def test_what_changed_back_is_not_made_again(small_project: Path, tmp_path: Path, written: list[str]) -> None:
    out = tmp_path / "out"
    first = built(small_project, out)
    change(small_project, "tables/pay.csv", "120000", "130000")
    assert built(small_project, out) != first
    written.clear()
    change(small_project, "tables/pay.csv", "130000", "120000")
    assert built(small_project, out) == first
    assert written == []


def test_force_makes_all_and_reads_nothing_of_it(small_project: Path, tmp_path: Path, written: list[str]) -> None:
    first = built(small_project, tmp_path / "one")
    for path in kept():
        path.write_bytes(path.read_bytes()[:-1])
    written.clear()
    assert built(small_project, tmp_path / "two", force=True) == first
    assert sorted(written) == ["deck", "handout", "report"]


def test_it_can_be_turned_off(
    small_project: Path, tmp_path: Path, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRSHEET_CACHE", "off")
    built(small_project, tmp_path / "one")
    assert not kept()
    written.clear()
    built(small_project, tmp_path / "two")
    assert len(written) == 3


def damaged(path: Path, _: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[-10] ^= 1
    path.write_bytes(content)


def cut(path: Path, _: bytes) -> None:
    path.write_bytes(path.read_bytes()[:1000])


def emptied(path: Path, _: bytes) -> None:
    path.write_bytes(b"")


def of_another(path: Path, other: bytes) -> None:
    """Whole and sealed, but for something else."""
    path.write_bytes(other)


def of_somebody_else(path: Path, _: bytes) -> None:
    """Sealed with another secret."""
    mark, content = path.read_bytes()[:21], path.read_bytes()[21 + 64 :]
    path.write_bytes(mark + seal(path.name.encode() + content, b"x" * 32).encode() + content)


def a_link(path: Path, _: bytes) -> None:
    elsewhere = path.parent.parent / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def a_pipe(path: Path, _: bytes) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("harm", [damaged, cut, emptied, of_another, of_somebody_else, a_link, a_pipe])
def test_what_is_not_whole_is_made_anew(
    harm: Callable[[Path, bytes], None], small_project: Path, tmp_path: Path, written: list[str]
) -> None:
    first = built(small_project, tmp_path / "one")
    before = [path.read_bytes() for path in kept()]
    for path, other in zip(kept(), [*before[1:], before[0]], strict=True):
        harm(path, other)
    written.clear()
    assert built(small_project, tmp_path / "two") == first
    assert len(written) == 3


def test_a_damaged_entry_is_thrown_away() -> None:
    cache().put({DIGEST: b"content"})
    (path,) = kept()
    damaged_now = path.read_bytes()[:-1]
    path.write_bytes(damaged_now)
    assert cache().get(DIGEST) is None
    assert not kept()


def test_it_may_be_deleted_at_any_time(small_project: Path, tmp_path: Path) -> None:
    first = built(small_project, tmp_path / "one")
    shutil.rmtree(cache_folder())
    assert built(small_project, tmp_path / "two") == first


def test_where_it_cannot_be_written_the_build_is_made_all_the_same(small_project: Path, tmp_path: Path) -> None:
    cache_folder().parent.mkdir(parents=True, exist_ok=True)
    cache_folder().write_text("a file has the name", "utf-8")
    assert set(built(small_project, tmp_path / "one")) == {"report.pdf", "handout.pdf", "deck.pptx", "manifest.json"}


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_nobody_else_can_read_it() -> None:
    cache().put({DIGEST: b"content"})
    (path,) = kept()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_was_used_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "LARGEST", 3_000)
    one = cache()
    for number in range(3):
        one.put({f"{number:064}": bytes(900)})
        for path in kept():  # as if all of it were an hour older
            os.utime(path, (path.stat().st_mtime - 3600, path.stat().st_mtime - 3600))
    assert one.get(f"{0:064}") is not None  # which is a use
    one.put({f"{3:064}": bytes(900)})
    assert [one.get(f"{number:064}") is not None for number in range(4)] == [True, False, True, True]


def test_it_holds_no_more_documents_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "MOST", 5)
    for number in range(9):
        cache().put({f"{number:064}": b"x"})
    assert len(kept()) == 5


def test_what_a_killed_run_left_goes_after_a_day() -> None:
    cache().put({DIGEST: b"content"})
    folder = kept()[0].parent
    for name, age in (("old", 2 * 86_400), ("new", 60)):
        part = folder / f".{name}.part"
        part.write_bytes(b"half")
        os.utime(part, (time.time() - age, time.time() - age))
    cache().put({OTHER: b"content"})
    assert [path.name for path in kept() if path.name.endswith(".part")] == [".new.part"]


def _use(number: int, seen: multiprocessing.Queue[bool]) -> None:
    one = cache()
    right = True
    for turn in range(60):
        digest = f"{turn % 7:064}"
        found = one.get(digest)
        right = right and found in (None, digest.encode() * 500)
        one.put({digest: digest.encode() * 500})
    seen.put(right)


def test_runs_that_share_it_get_whole_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "MOST", 4)  # so that they take from each other what is in use
    own_secret()
    context = multiprocessing.get_context("fork")
    seen: multiprocessing.Queue[bool] = context.Queue()
    users = [context.Process(target=_use, args=(number, seen)) for number in range(4)]
    for user in users:
        user.start()
    assert [seen.get(timeout=120) for _ in users] == [True] * 4
    for user in users:
        user.join()


def test_what_could_not_be_made_is_not_kept(small_project: Path) -> None:
    change(small_project, "tables/pay.csv", "Engineer", "E" * 3000)
    assert run("build", small_project, "--out", str(small_project.parent / "out"))[0] == 2
    assert not kept()
