"""Publishing that is killed, fails or is raced: whoever reads finds one whole edition, and the next run is clean."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from data.errors import OutputError, ProjectError
from reports.publishing.store import open_store
from tests.saving import at_call, in_child
from tests.shelf import STEPS, filled, litter, published, seen, state

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed from inside by forking")
_FULL = os.environ.get("FAIRSHEET_FULL") == "1"
_MOST = 3_000


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
        number += 1 if _FULL else 3
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
        number += 1 if _FULL else 3
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
        number += 1 if _FULL else 7
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
    from data.files import folder as door
    from reports.publishing import store as shelf

    path = copied(full_store, tmp_path / "store")
    monkeypatch.setattr(shelf, "_PATIENCE", 0.3)
    monkeypatch.setattr(shelf, "_STEP", 0.05)
    tried = 0
    real = os.rename

    def busy(*arguments: object, **named: object) -> object:
        nonlocal tried
        tried += 1
        if tried < 3:
            raise OSError(errno.EBUSY, "busy")
        return real(*arguments, **named)  # type: ignore[arg-type]

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
