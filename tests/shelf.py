"""A store of editions of small files, what a reader finds in it, and what would be litter."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from reports.publishing.editions import accept, restore, withdraw
from reports.publishing.records import JOURNAL, Journal, Record, State
from reports.publishing.shelve import hold, let_out
from reports.publishing.store import PRIVATE, Store, moment, open_store
from reports.runs.save import outages_told

NAMES = ("a.pdf", "b.pdf", "deck.pptx")
KEEP = 3


def contents(version: str) -> dict[str, bytes]:
    """The files of an edition; its manifest knows them, as those of real ones do."""
    files = {name: f"{name} of edition {version}".encode() for name in NAMES}
    outputs = {name: {"file": name, "sha256": hashlib.sha256(files[name]).hexdigest()} for name in NAMES}
    return {**files, "manifest.json": json.dumps({"edition": version, "outputs": outputs}).encode()}


def written(store: Store, version: str, causes: tuple[str, ...] = ()) -> Record:
    """An edition in private, as a run writes it before anybody sees it."""
    files = contents(version)
    edition = hashlib.sha256(version.encode()).hexdigest()[:7]
    name = store.fresh_name(edition)
    store.put(name, files)
    store.keep_values(name, b"values")
    return Record(
        name=name,
        id=edition,
        standing="held" if causes else "published",
        made=moment(),
        follows=store.state.current,
        files={file: hashlib.sha256(content).hexdigest() for file, content in files.items()},
        made_from={"version": version},
        causes=causes,
        correction=store.state.correction,
    )


def published(path: Path, version: str, keep: int = KEEP) -> Record:
    """Publish an edition."""
    with open_store(path, make=True) as store, outages_told(path):
        record = written(store, version)
        let_out(store, record, keep, 365)
        return record


def held(path: Path, version: str) -> Record:
    """Hold an edition."""
    with open_store(path, make=True) as store, outages_told(path):
        return hold(store, written(store, version, ("too much moved",)), KEEP, 365)


def _newest(path: Path, standing: str) -> str:
    return [one.name for one in state(path).editions if one.standing == standing][-1]


def accepted(path: Path) -> None:
    with open_store(path) as store:
        accept(store, _newest(path, "held"), "Jo", "It is right.")


def restored(path: Path) -> None:
    first = next(one.name for one in state(path).editions if one.standing == "published")
    with open_store(path) as store:
        restore(store, first)


def withdrawn(path: Path) -> None:
    with open_store(path) as store:
        withdraw(store, store.state.current or "", "It was wrong.")


STEPS: dict[str, Callable[[Path], object]] = {
    "publish": lambda path: published(path, "new"),
    "hold": lambda path: held(path, "new"),
    "accept": accepted,
    "restore": restored,
    "withdraw": withdrawn,
}


def filled(path: Path) -> None:
    """A store that has something for every step: public editions, as many as are kept, and one that is held."""
    for version in ("one", "two", "three"):
        published(path, version)
    held(path, "waiting")


def journal(path: Path) -> Journal:
    return msgspec.json.decode((path / PRIVATE / JOURNAL).read_bytes(), type=Journal)


def state(path: Path) -> State:
    return journal(path).state


def seen(path: Path) -> str:
    """The edition that a reader finds, who asks once where `current` leads; every file is what its manifest says."""
    folder = (path / "current").resolve(strict=True)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for entry in manifest["outputs"].values():
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry
    return manifest["edition"]


def litter(path: Path) -> list[str]:
    """What lies in a store and belongs to none of its editions."""
    known = state(path)
    expected = {"current", "editions", PRIVATE, f"{PRIVATE}/{JOURNAL}"}
    expected |= {f"{PRIVATE}/{room}" for room in ("new", "held", "withdrawn", "values")}
    rooms = {"published": "editions", "held": f"{PRIVATE}/held", "superseded": f"{PRIVATE}/held"}
    rooms["withdrawn"] = f"{PRIVATE}/withdrawn"
    for record in known.editions:
        folder = f"{rooms[record.standing]}/{record.name}"
        expected |= {folder, *(f"{folder}/{file}" for file in record.files), f"{PRIVATE}/values/{record.name}.json.gz"}
    found: list[str] = []
    for base, folders, files in os.walk(path):
        found.extend(Path(base, name).relative_to(path).as_posix() for name in (*folders, *files))
    missing = [name for name in expected if name not in found and not name.endswith(".gz")]
    assert not missing, missing
    return [name for name in found if name not in expected]
