"""Saving, broken off at every moment: all files are of one edition, or the next run makes them so."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest

from data.errors import OutputError, ProjectError
from data.files import open_elsewhere
from reports.runs.save import output_folder
from tests.saving import NAMES, at_call, content, found, in_child, killed, manifest, saved

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed from inside by forking")
_FULL = os.environ.get("FAIRSHEET_FULL") == "1"
_MOST = 2_000


def _whole(path: Path) -> str:
    """The one edition that all files are of, with nothing beside them."""
    files = found(path)
    for version in ("1", "2", "3"):
        if {name: text for name, text in files.items() if name != "manifest.json"} == {
            f"{name}.pdf": content(name, version).decode() for name in NAMES
        }:
            assert f'"edition": "{version}"' in files["manifest.json"]
            return version
    raise AssertionError(files)


def test_a_save_killed_before_any_system_call_is_whole_after_the_next_run(tmp_path: Path) -> None:
    number = 0
    while True:
        number += 1
        out = tmp_path / f"{number}" / "out"
        ended = killed(out, number)
        assert ended in (0, 9)
        again = saved(out, "3", NAMES[:1] if number % 2 else NAMES)
        assert [item.kept for item in again] == [None] * len(again), number
        if number % 2:  # as with --only: the others are those of one earlier edition
            rest = {found(out)[f"{name}.pdf"] for name in NAMES[1:]}
            assert rest in ({content(n, v).decode() for n in NAMES[1:]} for v in ("1", "2")), number
            assert [name for name in found(out) if name.startswith(".")] == []
        else:
            assert _whole(out) == "3"
        if ended == 0:
            break
        assert number < _MOST
    assert number > 40


def test_without_another_run_a_killed_save_is_undone_as_soon_as_one_begins(tmp_path: Path) -> None:
    editions: set[str] = set()
    number = 0
    while True:
        number += 1
        out = tmp_path / f"{number}" / "out"
        ended = killed(out, number)
        with output_folder(out, tmp_path / "project"):
            pass
        editions.add(_whole(out))
        if ended == 0:
            break
    assert editions == {"1", "2"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.ETXTBSY])
def test_an_error_at_any_system_call_leaves_one_edition_and_is_told(code: int, tmp_path: Path) -> None:
    number = 0
    step = 1 if _FULL else 3
    while True:
        number += step
        out = tmp_path / f"{number}" / "out"
        saved(out, "1")

        def failing(number: int = number, out: Path = out, code: int = code) -> None:
            def fail() -> None:
                raise OSError(code, os.strerror(code))

            at_call(number, fail)
            try:
                saved(out, "2")
            except (OutputError, ProjectError):
                os._exit(5)

        ended = in_child(failing)
        assert ended in (0, 5), number
        if ended == 0:
            visible = {name: text for name, text in found(out).items() if not name.startswith(".")}
            assert visible["a.pdf"] == content("a", "2").decode(), number
        saved(out, "3")
        assert _whole(out) == "3", number
        if ended == 0 and number > 40 and _beyond(number, tmp_path):
            break
        assert number < _MOST


def _beyond(number: int, tmp_path: Path) -> bool:
    """Whether a save makes fewer system calls than that."""
    return killed(tmp_path / "counted" / f"{number}", number) == 0


def test_an_interruption_at_any_system_call_leaves_the_earlier_edition_or_the_new_one(tmp_path: Path) -> None:
    number = 0
    while True:
        number += 1 if _FULL else 2
        out = tmp_path / f"{number}" / "out"
        saved(out, "1")

        def interrupted(number: int = number, out: Path = out) -> None:
            def interrupt() -> None:
                raise KeyboardInterrupt

            at_call(number, interrupt)
            try:
                saved(out, "2")
            except KeyboardInterrupt:
                os._exit(130)

        ended = in_child(interrupted)
        assert ended in (0, 130)
        files = {name: text for name, text in found(out).items() if not name.startswith(".")}
        versions = {files[f"{name}.pdf"][-1] for name in NAMES}
        assert len(versions) == 1, number
        saved(out, "3")
        assert _whole(out) == "3"
        if ended == 0:
            break
        assert number < _MOST


def test_what_somebody_edits_after_a_kill_stays(tmp_path: Path) -> None:
    for number in range(1, _MOST):
        out = tmp_path / f"{number}" / "out"
        ended = killed(out, number)
        (out / "a.pdf").write_text("mine")
        again = saved(out, "3")
        assert (out / "a.pdf").read_text() == "mine"
        assert again[0].why == "edited"
        assert (out / "a.new.pdf").read_bytes() == content("a", "3")
        if ended == 0:
            return


def test_a_journal_from_elsewhere_moves_nothing_out_of_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    saved(out, "1")
    victim = tmp_path / "thesis.txt"
    victim.write_text("years of work")
    (out / ".fairsheet-pending.json").write_text(
        '{"seal": "", "changes": [{"part": "../thesis.txt", "target": "../../x", "earlier": "../thesis.txt",'
        ' "before": null, "after": "0"}]}'
    )
    saved(out, "2")
    assert victim.read_text() == "years of work"
    assert _whole(out) == "2"


def test_a_journal_that_came_with_a_project_takes_no_file_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    saved(out, "1")
    change = {
        "part": f".a.pdf.{'0' * 16}.part",
        "target": "a.pdf",
        "earlier": None,
        "before": None,
        "after": hashlib.sha256(content("a", "1")).hexdigest(),
    }
    (out / ".fairsheet-pending.json").write_text(json.dumps({"changes": [change], "seal": "0" * 64}))
    with pytest.raises(ProjectError, match="was not written by you on this machine"):
        saved(out, "2")
    assert (out / "a.pdf").read_bytes() == content("a", "1")
    (out / ".fairsheet-pending.json").unlink()
    saved(out, "2")
    assert _whole(out) == "2"


@pytest.mark.parametrize("text", ["[]", "{}", "[1]", "null", "[" * 5000, "\xff", '[{"part": 1}]', '{"outputs": []}'])
@pytest.mark.parametrize("name", [".fairsheet-pending.json", "manifest.json"])
def test_a_damaged_journal_or_manifest_stops_nobody(text: str, name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text(text, "latin-1")
    saved(out, "1")
    assert _whole(out) == "1"


def test_a_file_that_was_made_read_only_is_left_alone(tmp_path: Path) -> None:
    saved(tmp_path / "out", "1")
    (tmp_path / "out/b.pdf").chmod(0o444)
    again = saved(tmp_path / "out", "2")
    assert [item.why for item in again] == [None, "read-only", None]
    assert (tmp_path / "out/b.pdf").read_bytes() == content("b", "1")
    assert (tmp_path / "out/b.new.pdf").read_bytes() == content("b", "2")


def test_tidying_that_fails_is_no_outage(tmp_path: Path) -> None:
    saved(tmp_path / "out", "1")

    def untidy() -> None:
        remove = os.unlink

        def refused(name: str, **named: int) -> None:
            if ".earlier" in name or ".fairsheet-pending" in name:
                raise PermissionError(13, "Permission denied")
            remove(name, **named)

        os.unlink = refused
        saved(tmp_path / "out", "2")

    assert in_child(untidy) == 0
    assert (tmp_path / "out/a.pdf").read_bytes() == content("a", "2")
    saved(tmp_path / "out", "3")
    assert _whole(tmp_path / "out") == "3"


def test_the_manifest_of_an_edition_is_the_last_to_change(tmp_path: Path) -> None:
    assert set(manifest("1")) == {"outputs", "edition"}
    saved(tmp_path / "out", "1")
    order: list[str] = []
    from data.files.folder import Folder

    rename = Folder.rename

    def noted(self: Folder, old: str, new: str) -> None:
        order.append(new)
        rename(self, old, new)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Folder, "rename", noted)
        saved(tmp_path / "out", "2")
    assert order[-1] == "manifest.json"


@pytest.mark.parametrize("code", [errno.EBUSY, errno.ETXTBSY])
def test_a_document_that_another_program_has_open_is_waited_for_and_then_told(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_elsewhere, "_PATIENCE", 0.3)
    monkeypatch.setattr(open_elsewhere, "_STEP", 0.05)
    real, tried = os.replace, 0
    out = tmp_path / "out"
    saved(out, "1")

    def closed_at(number: int) -> None:
        """Let somebody have b.pdf open, until it is tried for that time."""
        nonlocal tried
        tried = 0

        def replace(old: str, new: str, **named: int) -> None:
            nonlocal tried
            if new == "b.pdf" and old.endswith(".part"):
                tried += 1
                if tried < number:
                    raise OSError(code, os.strerror(code), old, None, new)
            real(old, new, **named)

        monkeypatch.setattr(os, "replace", replace)

    closed_at(3)
    saved(out, "2")
    assert (_whole(out), tried) == ("2", 3)
    closed_at(1_000_000)
    with pytest.raises(OutputError, match=r"b\.pdf: is open in another program"):
        saved(out, "3")
    assert _whole(out) == "2"
    assert not [name for name in found(out) if name.startswith(".")]
    closed_at(1)
    saved(out, "3")
    assert _whole(out) == "3"
