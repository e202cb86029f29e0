"""Batches in stores: every document once and whole, what is known of them noted, and nothing of others touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.errors import OutputError
from reports.batches import stored
from reports.batches.store import Store
from tests.batching import EMPLOYERS, batch, batch_project, files, with_rows

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install '.[deliver]'")
SHOP = "memory://shop"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return batch_project(tmp_path / "project")


@pytest.fixture(autouse=True)
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def named(memory: Any, folder: str = "/shop/employers") -> set[str]:
    return {name.removeprefix(f"{folder}/") for name in memory.store}


def said(memory: Any) -> dict[str, Any]:
    """The manifest, each of whose documents is what it says."""
    found: dict[str, Any] = json.loads(memory.cat_file("/shop/employers/manifest.json"))
    for item in found["items"]:
        for one in item["documents"].values():
            content = memory.cat_file(f"/shop/employers/{one['file']}")
            assert hashlib.sha256(content).hexdigest() == one["sha256"]
            assert len(content) == one["size"]
    return found


def test_a_store_holds_what_a_folder_would(root: Path, tmp_path: Path, memory: Any) -> None:
    code, told = batch(root, SHOP, "--jobs", "1")
    assert code == 0, told
    assert "made 6 in memory://shop/employers" in told
    assert batch(root, tmp_path / "out")[0] == 0
    documents = files(tmp_path / "out")
    assert named(memory) == {*documents, "employers.pdf", "index.html", "index.csv", "manifest.json"}
    for name in (*documents, "employers.pdf", "index.html", "index.csv"):
        assert memory.cat_file(f"/shop/employers/{name}") == (tmp_path / "out/employers" / name).read_bytes()
    assert len(said(memory)["items"]) == 6
    assert "made 0, 6 up to date" in batch(root, SHOP, "--jobs", "1")[1]


def test_changed_rows_are_made_anew_and_those_of_gone_rows_kept(root: Path, memory: Any) -> None:
    assert batch(root, SHOP, "--jobs", "1")[0] == 0
    with_rows(root, (*EMPLOYERS[:4], ("Fjord Analytics", "Water", "16", "72000")))
    (root / "story/sheet.md").write_text("# {{ row.employer }}\n\nIt pays {{ row.pay }}.\n", "utf-8")
    assert batch(root, SHOP, "--jobs", "1")[0] == 0
    with_rows(
        root, (*EMPLOYERS[:3], ("Delta Grid", "Energy", "21", "61500"), ("Fjord Analytics", "Water", "16", "72000"))
    )
    code, told = batch(root, SHOP, "--jobs", "1")
    assert code == 0, told
    assert "made 1, 4 up to date" in told
    assert "removed/elm-street-books.pdf" in named(memory)
    assert "elm-street-books.pdf" not in named(memory)
    assert said(memory)["removed"] == ["elm-street-books.pdf"]


def test_what_was_changed_in_the_store_is_put_right(root: Path, memory: Any) -> None:
    assert batch(root, SHOP, "--jobs", "1")[0] == 0
    memory.pipe_file("/shop/employers/delta-grid.pdf", b"something else")
    memory.rm_file("/shop/employers/civic-works.pdf")
    assert "made 2, 4 up to date" in batch(root, SHOP, "--jobs", "1")[1]
    said(memory)


def test_a_run_that_breaks_off_goes_on_from_what_it_noted(
    root: Path, memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "_NOTED", 2)
    written: list[str] = []
    write = Store.write

    def breaking(self: Store, name: str, content: bytes) -> None:
        written.append(name)
        if name.endswith(".pdf") and len([one for one in written if one.endswith(".pdf")]) == 4:
            raise OutputError("the line broke")
        write(self, name, content)

    monkeypatch.setattr(Store, "write", breaking)
    code, told = batch(root, SHOP, "--jobs", "1")
    assert (code, "the line broke" in told) == (5, True), told
    assert "manifest.json" not in named(memory)
    monkeypatch.setattr(Store, "write", write)
    code, told = batch(root, SHOP, "--jobs", "1")
    assert code == 0, told
    assert "made 3, 3 up to date" in told
    said(memory)
    assert not [name for name in named(memory) if name.startswith(".")]


def test_a_run_that_is_killed_before_it_notes_makes_its_documents_once_more(
    root: Path, memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored._StoredRun, "_note_all", lambda self: None)
    monkeypatch.setattr(stored._StoredRun, "finish", lambda self, removed, up: ())
    assert batch(root, SHOP, "--jobs", "1")[0] == 0
    monkeypatch.undo()
    code, told = batch(root, SHOP, "--jobs", "1")
    assert code == 0, told
    assert "made 6" in told
    assert len([name for name in named(memory) if name.endswith(".pdf")]) == 6 + 1
    said(memory)


def test_files_of_others_are_left_alone(root: Path, memory: Any) -> None:
    memory.pipe_file("/shop/employers/holiday.jpg", b"a picture")
    code, told = batch(root, SHOP, "--jobs", "1")
    assert code == 2
    assert "holds other files than those of the batch 'employers'" in told
    assert named(memory) == {"holiday.jpg"}


def test_two_runs_do_not_write_to_one_place(root: Path, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "_NOTED", 2)
    write = Store.write

    def meddling(self: Store, name: str, content: bytes) -> None:
        write(self, name, content)
        if name.endswith(".pdf"):
            write(self, ".fairsheet-batch/run", b"another")

    monkeypatch.setattr(Store, "write", meddling)
    code, told = batch(root, SHOP, "--jobs", "1")
    assert code == 5
    assert "another run writes there" in told
    assert "manifest.json" not in named(memory)


def test_an_item_whose_name_changes_leaves_no_file_behind(root: Path, memory: Any) -> None:
    assert batch(root, SHOP, "--jobs", "1")[0] == 0
    said_of = (root / "project.toml").read_text("utf-8")
    (root / "project.toml").write_text(
        said_of.replace('over = "employers"', 'over = "employers"\nname = "{{ row.industry }} {{ row.employer }}"'),
        "utf-8",
    )
    code, told = batch(root, SHOP, "--jobs", "1")
    assert code == 0, told
    assert {"energy-delta-grid.pdf", "public-civic-works.pdf"} < named(memory)
    assert "delta-grid.pdf" not in named(memory)
    said(memory)


def test_several_processes_write_to_a_folder_that_all_see(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "seen by all"
    code, told = batch(root, f"file://{to}", "--jobs", "2")
    assert code == 0, told
    assert batch(root, tmp_path / "out", "--jobs", "1")[0] == 0
    assert files(to) == files(tmp_path / "out")
    assert not [path for path in (to / "employers").iterdir() if path.suffix == ".part"]
    assert "made 0, 6 up to date" in batch(root, f"file://{to}", "--jobs", "2")[1]


def test_workers_of_dask_write_to_a_folder_that_all_see(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'fairsheet[dask]'")
    to = tmp_path / "seen by all"
    code, told = batch(root, f"file://{to}", "--engine", "dask", "--jobs", "2")
    assert code == 0, told
    assert batch(root, tmp_path / "out", "--jobs", "1")[0] == 0
    assert files(to) == files(tmp_path / "out")


def test_a_store_that_does_not_take_a_document_ends_the_run(root: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be", "utf-8")
    code, told = batch(root, f"file://{tmp_path / 'blocked'}", "--jobs", "1")
    assert code == 5, told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("memory://shop", "is gone when the process ends that wrote to it"),
        ("sftp://files.example.edu/fair", "no known host would be asked for"),
        ("https://example.edu/fair", "is no store that documents can be written to"),
        ("simplecache::s3://fair", "is no store that documents can be written to"),
        ("s3://", "is no store that documents can be written to"),
        ("s3://user:word@fair/prefix", "a password stands in the address"),
    ],
)
def test_places_that_are_no_store_are_refused(root: Path, address: str, why: str) -> None:
    code, told = batch(root, address, "--jobs", "2")
    assert code == 2, told
    assert why in told
    assert "word" not in told.replace("password", "")


def test_secrets_are_in_no_message(root: Path, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "invented/secret")

    def refusing(*_: object, **__: object) -> None:
        raise RuntimeError("the key invented/secret is not known")

    monkeypatch.setattr("reports.batches.store._PAUSES", ())
    monkeypatch.setattr(type(memory), "pipe_file", refusing)
    code, told = batch(root, SHOP, "--jobs", "1")
    assert code == 5
    assert "the key *** is not known" in told
    assert "invented/secret" not in told
