"""Editions are delivered to folders: whole, in order, and again where something was in the way."""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
import signal
import sys
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.files import open_elsewhere
from reports.delivery.deliver import deliver
from reports.delivery.local import LocalTarget
from reports.delivery.state import There, read_deliveries, write_deliveries
from reports.publishing.store import open_store
from tests import shelf
from tests.delivering import delivering, found, redelivering
from tests.publishing import editions, ids, publish, run, settings, with_salary
from tests.saving import at_call, in_child

pytestmark = pytest.mark.usefixtures("without_verapdf")

needs_links = pytest.mark.skipif(os.name == "nt", reason="Windows gives links to administrators only")


@pytest.fixture
def drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the project may deliver to."""
    place = tmp_path / "drive"
    place.mkdir()
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", str(place))
    return place


@pytest.fixture
def root(tmp_path: Path, drive: Path) -> Path:
    return delivering(tmp_path / "project", f'[deliver.drive]\nto = "{drive.as_posix()}"')


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


def lies_there(place: Path) -> set[str]:
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if not path.is_symlink()}


def test_a_published_edition_is_delivered_whole(root: Path, to: Path, drive: Path) -> None:
    code, said = publish(root, to)
    assert code == 0, said
    assert f"Delivered edition {ids(to)[0]} to drive ({drive.as_posix()})." in said
    edition, files = found(drive)
    assert edition == ids(to)[0]
    assert set(files) == {path.name for path in (to / "current").iterdir()}
    name = (to / "current").resolve().name
    assert lies_there(drive) == {
        "current.json",
        "editions",
        f"editions/{name}",
        *(f"editions/{name}/{one}" for one in files),
    }


@needs_links
def test_current_leads_to_the_edition_there(root: Path, to: Path, drive: Path) -> None:
    publish(root, to)
    with_salary(root, 130_000)
    publish(root, to)
    assert (drive / "current").resolve().name == (to / "current").resolve().name


def test_a_held_edition_is_delivered_nowhere(root: Path, to: Path, drive: Path) -> None:
    settings(root, 'as_of = "2024"', 'as_of = "2019"\nstale_after = "18 months"')
    assert publish(root, to)[0] == 3
    assert not lies_there(drive)


def test_a_place_that_was_not_allowed_gets_nothing(
    root: Path, to: Path, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAIRSHEET_DELIVERIES")
    code, said = publish(root, to)
    assert code == 5
    assert "you have not allowed that" in said
    assert "allow deliver:drive" in said
    assert (to / "current").exists()
    assert not lies_there(drive)
    code, said = run("allow", "deliver:drive", root)
    assert code == 0
    assert drive.as_posix() in said
    assert publish(root, to)[0] == 0
    assert found(drive)[0] == ids(to)[0]


def test_leave_for_one_place_is_none_for_another(
    root: Path, to: Path, drive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAIRSHEET_DELIVERIES")
    assert run("allow", "deliver:drive", root)[0] == 0
    other = tmp_path / "other"
    other.mkdir()
    settings(root, drive.as_posix(), other.as_posix())
    assert publish(root, to)[0] == 5
    assert not lies_there(other)


def test_a_place_that_was_gone_gets_the_edition_the_next_time(root: Path, to: Path, drive: Path) -> None:
    drive.rmdir()
    code, said = publish(root, to)
    assert code == 5, said
    assert "deliver.drive:" in said
    assert "is not there" in said
    assert not drive.exists()
    assert (to / "current").exists()
    drive.mkdir()
    code, said = publish(root, to)
    assert code == 0, said
    assert "Nothing new" in said
    assert found(drive)[0] == ids(to)[0]


def test_one_place_that_fails_hides_behind_no_other(
    root: Path, to: Path, drive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", f"{drive} {gone}")
    redelivering(root, f'[deliver.first]\nto = "{gone.as_posix()}"\n[deliver.drive]\nto = "{drive.as_posix()}"')
    code, said = publish(root, to)
    assert code == 5
    assert "deliver.first:" in said
    assert "to drive (" in said
    assert found(drive)[0] == ids(to)[0]


def test_where_nothing_is_new_nothing_is_touched(root: Path, to: Path, drive: Path) -> None:
    publish(root, to)
    before = {path: path.stat().st_mtime_ns for path in drive.rglob("*")}
    code, said = publish(root, to)
    assert code == 0
    assert "Delivered" not in said
    assert {path: path.stat().st_mtime_ns for path in drive.rglob("*")} == before


def test_deliver_puts_right_what_somebody_changed_there(root: Path, to: Path, drive: Path) -> None:
    publish(root, to)
    edition = drive / json.loads((drive / "current.json").read_text("utf-8"))["edition"]
    (edition / "report.pdf").write_bytes(b"something else")
    (edition / "handout.pdf").unlink()
    code, said = run("deliver", root, "--to", to)
    assert code == 0, said
    assert found(drive)[0] == ids(to)[0]


def test_deliver_takes_names_of_places_only(root: Path, to: Path) -> None:
    publish(root, to)
    assert run("deliver", root, "--to", to, "--only", "drive")[0] == 0
    code, said = run("deliver", root, "--to", to, "--only", "drvie")
    assert code == 2
    assert "Did you mean 'drive'?" in said


def test_a_withdrawn_edition_is_taken_away_there(root: Path, to: Path, drive: Path) -> None:
    publish(root, to)
    with_salary(root, 130_000)
    publish(root, to)
    first, second = ids(to)
    assert found(drive)[0] == second
    code, said = editions(to, "withdraw", second, "--note", "A wrong salary.")
    assert code == 0
    assert "at once with: " in said
    code, said = run("deliver", root, "--to", to)
    assert code == 0, said
    assert found(drive)[0] == first
    assert len(list((drive / "editions").iterdir())) == 1


def test_where_the_only_edition_is_withdrawn_nothing_is_left_there(root: Path, to: Path, drive: Path) -> None:
    publish(root, to)
    assert editions(to, "withdraw", ids(to)[0], "--note", "All wrong.")[0] == 0
    code, said = run("deliver", root, "--to", to)
    assert code == 0, said
    assert lies_there(drive) == {"editions"}
    assert not (drive / "current").is_symlink()


def test_old_editions_go_there_as_they_go_here(root: Path, to: Path, drive: Path) -> None:
    settings(root, "[outputs.report]", "[publish]\nkeep = 2\n[outputs.report]")
    for salary in (121_000, 122_000, 123_000, 124_000):
        with_salary(root, salary)
        assert publish(root, to)[0] == 0
    assert {path.name for path in (drive / "editions").iterdir()} == {path.name for path in (to / "editions").iterdir()}
    assert len(ids(to)) == 2


def test_what_is_not_ours_there_is_left_alone(root: Path, to: Path, drive: Path) -> None:
    (drive / "editions").mkdir()
    (drive / "editions/notes.txt").write_text("mine")
    (drive / "index.html").write_text("mine")
    publish(root, to)
    assert (drive / "editions/notes.txt").read_text() == (drive / "index.html").read_text() == "mine"


def test_a_place_of_another_project_is_not_taken_over(root: Path, to: Path, drive: Path, tmp_path: Path) -> None:
    other = delivering(tmp_path / "another", f'[deliver.drive]\nto = "{drive.as_posix()}"')
    settings(other, 'title = "Two jobs"', 'title = "Three jobs"')
    assert publish(other, tmp_path / "its shelf")[0] == 0
    before = found(drive)
    code, said = publish(root, to)
    assert code == 5
    assert "of another project, 'Three jobs'" in said
    assert found(drive) == before


def test_a_shelf_is_no_place_to_deliver_to(root: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", str(to))
    redelivering(root, f'[deliver.drive]\nto = "{to.as_posix()}"')
    code, said = publish(root, to)
    assert code == 5
    assert "publish writes into" in said


def test_a_full_disk_there_leaves_the_edition_before(
    root: Path, to: Path, tiny_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", str(tiny_disk))
    redelivering(root, f'[deliver.drive]\nto = "{tiny_disk.as_posix()}"')
    assert publish(root, to)[0] == 0
    before = found(tiny_disk)
    free = os.statvfs(tiny_disk)
    (tiny_disk / "ballast").write_bytes(b"x" * (free.f_bavail * free.f_bsize - 8_192))
    with_salary(root, 130_000)
    code, said = publish(root, to)
    assert code == 5, said
    assert "the disk is full" in said
    assert found(tiny_disk) == before
    (tiny_disk / "ballast").unlink()
    code, said = publish(root, to)
    assert code == 0, said
    assert found(tiny_disk)[0] == ids(to)[-1]
    assert not [path for path in tiny_disk.rglob("*") if path.name.endswith(".part")]


def test_a_file_there_that_another_program_has_open_is_waited_for_and_then_told(
    root: Path, to: Path, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert publish(root, to)[0] == 0
    before = found(drive)
    real, tried = os.replace, drive.parent / "tried"  # written down: a place is written to by a process of its own
    monkeypatch.setattr(open_elsewhere, "_PATIENCE", 0.3)
    monkeypatch.setattr(open_elsewhere, "_STEP", 0.05)

    def closed_at(number: int) -> None:
        tried.write_bytes(b"")

        def replace(old: str, new: str, **named: int) -> None:
            if new == "current.json":
                with tried.open("ab") as stream:
                    stream.write(b".")
                if tried.stat().st_size < number:
                    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), old, None, new)
            real(old, new, **named)

        monkeypatch.setattr(os, "replace", replace)

    with_salary(root, 130_000)
    closed_at(1_000_000)
    code, said = publish(root, to)
    assert code == 5, said
    assert f"{drive}: a file there is open in another program" in said
    assert found(drive) == before
    closed_at(3)
    assert publish(root, to)[0] == 0
    assert tried.stat().st_size == 3
    assert found(drive)[0] == ids(to)[-1]


@needs_links
def test_a_link_there_leads_nobody_out(root: Path, to: Path, drive: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (drive / "editions").symlink_to(elsewhere)
    code, said = publish(root, to)
    assert code == 5
    assert "is a link" in said
    assert not list(elsewhere.iterdir())


def test_a_reader_finds_whole_sets_at_every_instant(root: Path, to: Path, drive: Path) -> None:
    publish(root, to)
    ended, seen, wrong = threading.Event(), set[str](), list[str]()

    def read() -> None:
        while not ended.is_set():
            try:
                seen.add(found(drive)[0])
            except FileNotFoundError:
                pass  # whoever followed an index that is older than all that is kept
            except AssertionError as error:
                wrong.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for salary in range(121_000, 126_000, 1_000):
            with_salary(root, salary)
            assert publish(root, to)[0] == 0
    finally:
        ended.set()
        reader.join()
    assert not wrong
    assert len(seen) >= 2


def test_no_secret_stands_in_the_project(root: Path, to: Path) -> None:
    for line in (
        'to = "s3://bucket/fair"\nkey = "AKIA"\nsecret = "${SECRET}"',
        'to = "sftp://jo:hunter2@files.careers.test/fair"',
        'to = "sftp://files.careers.test/fair"\npassword = "hunter2"',
    ):
        redelivering(root, f"[deliver.web]\n{line}")
        code, said = publish(root, to)
        assert code == 2, said
        assert "project.toml:" in said
        assert "hunter2" not in said
        assert "AKIA" not in said


def test_a_place_without_its_library_says_what_to_install(
    root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", "sftp://files.careers.test/fair")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "FAIR_PASSWORD")
    monkeypatch.setenv("FAIR_PASSWORD", "invented")
    redelivering(root, '[deliver.web]\nto = "sftp://files.careers.test/fair"\npassword = "${FAIR_PASSWORD}"')
    monkeypatch.setitem(sys.modules, "paramiko", None)  # what Python says then is what it says where it is absent
    code, said = publish(root, to)
    assert code == 5
    assert 'pip install "fairsheet[sftp]"' in said


def test_any_store_that_fsspec_knows_can_be_delivered_to(root: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = pytest.importorskip("fsspec", reason="fsspec is not installed").filesystem("memory")
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", "memory://fairs/two")
    redelivering(root, '[deliver.web]\nto = "memory://fairs/two"')
    try:
        code, said = publish(root, to)
        assert code == 0, said
        edition = json.loads(memory.cat_file("fairs/two/current.json"))["edition"]
        for path in (to / "current").iterdir():
            assert memory.cat_file(f"fairs/two/{edition}/{path.name}") == path.read_bytes()
        assert editions(to, "withdraw", ids(to)[0], "--note", "Wrong.")[0] == 0
        assert run("deliver", root, "--to", to)[0] == 0
        assert not memory.find("fairs/two")
    finally:
        if memory.exists("fairs"):
            memory.rm("fairs", recursive=True)


def test_a_kind_of_store_that_nobody_knows_is_told(root: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fsspec", reason="fsspec is not installed")
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", "nosuch://fairs/two")
    redelivering(root, '[deliver.web]\nto = "nosuch://fairs/two"')
    code, said = publish(root, to)
    assert code == 5
    assert "nosuch" in said.splitlines()[-2]


def brought(path: Path, drive: Path) -> None:
    """Bring what a store has to a folder."""
    with open_store(path) as store:
        known = read_deliveries(store)
        there = known.there.get("drive", There(str(drive)))

        def note(changed: There) -> None:
            write_deliveries(store, replace(known, there={"drive": changed}))

        deliver(store, there, LocalTarget(drive, (), 60), note)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed has to be forked")
def test_a_delivery_that_is_killed_at_any_call_leaves_a_whole_edition_and_the_next_one_is_clean(
    tmp_path: Path, drive: Path
) -> None:
    path, before = tmp_path / "shelf", tmp_path / "before"
    for version in ("one", "two", "three"):
        shelf.published(path, version)
        brought(path, drive)
    shelf.published(path, "four")
    shutil.copytree(path, before / "shelf", symlinks=True)
    shutil.copytree(drive, before / "drive", symlinks=True)
    seen = set[str]()
    for number in itertools.count(1, 1 if os.environ.get("FAIRSHEET_FULL") == "1" else 11):
        for folder in (path, drive):
            shutil.rmtree(folder)
            shutil.copytree(before / folder.name, folder, symlinks=True)

        def killed(number: int = number) -> None:
            run = os.getpid()

            def happens() -> None:  # also to what works for it
                os.kill(run, signal.SIGKILL)
                os.kill(os.getpid(), signal.SIGKILL)

            at_call(number, happens)
            brought(path, drive)

        ended = in_child(killed)
        seen.add(found(drive)[0])
        brought(path, drive)
        assert found(drive)[0] == "four"
        assert not [one for one in drive.rglob("*") if one.name.endswith(".part")]
        assert {one.name for one in (drive / "editions").iterdir()} == {
            one.name for one in (path / "editions").iterdir()
        }
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert number > 50
    assert seen == {"three", "four"}
