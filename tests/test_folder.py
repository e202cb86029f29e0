"""The one door through which files are written: no link is followed, nothing is half there."""

from __future__ import annotations

import ast
import os
import stat
from pathlib import Path

import pytest

from data.errors import ProjectError
from data.files import folder as door
from data.files.folder import open_folder, split_at_links
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")


@pytest.fixture(params=["handles", "names"])
def _both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on systems that reach files from a folder's handle, and as on those that do not."""
    if request.param == "names":
        monkeypatch.setattr(door, "_HANDLES", False)
    elif not door._HANDLES:
        pytest.skip("this system has no handles of folders")


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "thesis.txt"
    path.parent.mkdir()
    path.write_text("years of work")
    return path


@pytest.mark.usefixtures("_both_ways")
def test_a_file_is_written_and_read_back(tmp_path: Path) -> None:
    with open_folder(tmp_path, "new", "inner", make=True) as folder:
        folder.write("a.txt", b"one")
        folder.write("a.txt", b"two")
        assert folder.read("a.txt") == b"two"
        assert folder.names() == ["a.txt"]
        assert folder.read("b.txt") is None
    assert (tmp_path / "new/inner/a.txt").read_bytes() == b"two"


@pytest.mark.usefixtures("_both_ways")
@pytest.mark.parametrize("what", ["write", "read", "checksum", "rename"])
def test_nothing_goes_through_a_link_in_a_files_place(what: str, tmp_path: Path, victim: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.pdf").symlink_to(victim)
    with open_folder(out) as folder:
        part = folder.part("report.pdf", b"%PDF")
        given = {"write": ("report.pdf", b"%PDF"), "rename": (part, "report.pdf")}
        with pytest.raises(ProjectError, match=r"is a link to .*thesis\.txt"):
            getattr(folder, what)(*given.get(what, ("report.pdf",)))
    assert victim.read_text() == "years of work"


@pytest.mark.usefixtures("_both_ways")
def test_nothing_goes_through_a_link_in_a_folders_place(tmp_path: Path, victim: Path) -> None:
    (tmp_path / "out").symlink_to(victim.parent)
    with pytest.raises(ProjectError, match="is a link"), open_folder(tmp_path, "out", make=True):
        pass
    with pytest.raises(ProjectError, match="is a link"), open_folder(tmp_path, "out", "deeper", make=True):
        pass
    assert [path.name for path in victim.parent.iterdir()] == ["thesis.txt"]


@pytest.mark.usefixtures("_both_ways")
def test_removing_takes_the_link_and_leaves_what_it_leads_to(tmp_path: Path, victim: Path) -> None:
    (tmp_path / "deck.pptx").symlink_to(victim)
    with open_folder(tmp_path) as folder:
        folder.remove("deck.pptx")
        folder.remove("deck.pptx")
    assert victim.exists()
    assert not (tmp_path / "deck.pptx").is_symlink()


@pytest.mark.usefixtures("_both_ways")
def test_parts_have_names_that_nobody_can_foresee(tmp_path: Path) -> None:
    with open_folder(tmp_path) as folder:
        assert folder.part("a", b"") != folder.part("a", b"")


@pytest.mark.usefixtures("_both_ways")
def test_a_failed_write_leaves_the_earlier_file_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("earlier")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(door.os, "fsync", full)
    with open_folder(tmp_path) as folder, pytest.raises(OSError, match="No space"):
        folder.write("a.txt", b"later")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "earlier"


@pytest.mark.usefixtures("_both_ways")
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("earlier")
    (tmp_path / "a.txt").chmod(0o640)
    with open_folder(tmp_path) as folder:
        folder.write("a.txt", b"later")
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


@pytest.mark.usefixtures("_both_ways")
def test_a_second_name_keeps_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("earlier")
    with open_folder(tmp_path) as folder:
        folder.second_name("a.txt", "b.txt")
        folder.write("a.txt", b"later")
        assert folder.read("b.txt") == b"earlier"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes of that kind")
@pytest.mark.usefixtures("_both_ways")
def test_a_pipe_in_a_files_place_does_not_make_it_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "manifest.json")
    with open_folder(tmp_path) as folder, pytest.raises(ProjectError, match="is no file"):
        folder.read("manifest.json")


def test_links_are_the_users_own_on_the_way_to_a_folder_but_not_in_a_project(tmp_path: Path) -> None:
    real = tmp_path / "share"
    (real / "project").mkdir(parents=True)
    (tmp_path / "mine").symlink_to(real)
    base, names = split_at_links(tmp_path / "mine" / "out", [])
    assert (base.resolve(), names) == (real.resolve(), ("out",))
    base, names = split_at_links(tmp_path / "mine" / "project" / "deep" / "out", [real / "project"])
    assert (base.resolve(), names) == ((real / "project").resolve(), ("deep", "out"))


_WRITES = {
    "write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rmdir", "rmtree", "touch", "rename", "renames",
    "symlink_to", "hardlink_to", "symlink", "copyfile", "copy2", "copytree", "copymode", "move", "chmod",
    "mkstemp", "NamedTemporaryFile", "sink_csv", "sink_parquet", "write_csv", "write_parquet", "savefig", "truncate",
}  # fmt: skip
_ALLOWED = {
    ("data/files/folder.py", "*"),
    ("data/files/project_file.py", "open"),  # for reading
    ("data/files/project_file.py", "fdopen"),
    ("data/network/apart.py", "fdopen"),  # a pipe to the process that asked
    ("data/sources/databases/sqlite.py", "copyfile"),  # into a temporary folder
    ("data/sources/queries/scan.py", "sink_parquet"),  # likewise
    *(("reports/delivery/sftp.py", name) for name in ("open", "mkdir", "rmdir", "symlink")),  # on another machine
    *(("reports/publishing/store.py", name) for name in ("move", "rename")),  # of a folder that is held open
    *((f"reports/batches/{name}.py", "move") for name in ("batch", "stored")),  # likewise; and within a store
    *(("reports/batches/afar/worker.py", name) for name in ("rmtree", "mkdir")),  # the scratch folder of a Dask worker
    ("reports/batches/afar/serving.py", "fdopen"),  # a pipe to that worker
    ("reports/deck/templates/make_template.py", "write_bytes"),  # run by hand, by who changes our own template
}


def test_nothing_else_writes() -> None:
    found: list[str] = []
    for path in [
        ROOT / "generate.py",
        *(p for top in ("data", "charts", "reports") for p in (ROOT / top).rglob("*.py")),
    ]:
        name = path.relative_to(ROOT).as_posix()
        if (name, "*") in _ALLOWED:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (called := _writes(node)) and (name, called) not in _ALLOWED:
                found.append(f"{name}:{node.lineno} {called}")
    assert not found


def _writes(call: ast.Call) -> str:
    """What a call is called, where it could write into the file system."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    owner = call.func.value.id if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) else ""
    if owner == "folder" or "devnull" in ast.unparse(call):  # a Folder, held open; nothing
        return ""
    if name in _WRITES or (owner, name) in {
        ("os", "open"),
        ("os", "replace"),
        ("os", "remove"),
        ("os", "fdopen"),
        ("os", "link"),
    }:
        return name
    if name == "replace" and owner not in ("dataclasses",) and len(call.args) == 1 and not call.keywords:
        return name if isinstance(call.func, ast.Attribute) else ""
    if name == "open":
        modes = [a.value for a in (*call.args, *(k.value for k in call.keywords)) if isinstance(a, ast.Constant)]
        return (
            name if any(isinstance(m, str) and set("wax+") & set(m) and set(m) <= set("wax+rbt") for m in modes) else ""
        )
    return ""
