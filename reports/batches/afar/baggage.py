"""What a machine elsewhere needs to make a batch's items: this program, the files that documents show, and the batch as
it was read here."""

from __future__ import annotations

import hashlib
import io
import pickle
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from charts.declared import Charts
from data.errors import OutputError
from data.files.world import content_of
from data.program import HOME
from data.project_folder import BUILT_IN
from reports.batches.planned import Batch
from reports.runs.asked import story_files

PROGRAM, PROJECT, FONTS, BATCH = "program", "project", "fonts", "batch.pickle"
"""What the archive holds: folders, and the batch."""
_ROOMS = ("charts", "data", "reports")


class Baggage(Struct, frozen=True):
    """An archive for workers. It holds no secret: tables are sent as they were read, and no source is asked again."""

    content: bytes
    """A tar file, compressed."""
    sha256: str


class Work(Struct, frozen=True):
    """What a worker reads from the archive."""

    batch: Batch
    store: str | None
    """The address of the store that it writes documents to; None where it gives them back."""


def packed(batch: Batch, store: str | None = None) -> Baggage:
    """The archive for a batch. Raises OutputError for a file that went away since the project was read."""
    files = _Files(batch)
    stream = io.BytesIO()
    pickler = _Pickler(stream, files)
    bare = replace(batch, charts={})  # whoever unpacks it binds them anew: they are found out from the project
    pickler.dump(Work(bare, store))
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz", compresslevel=1) as tar:
        _add(tar, BATCH, stream.getvalue(), 0)
        try:
            for name, path in (*_program(), *files.sent()):
                _add(tar, name, content_of(path), int(path.stat().st_mtime))
        except OSError as error:
            raise OutputError(f"{error.filename}: went away while the batch was made ready. Run again.") from None
    return Baggage(archive.getvalue(), hashlib.sha256(archive.getvalue()).hexdigest())


def unpacked(folder: Path) -> Work:
    """The work that an archive holds which was unpacked into `folder`."""
    with (folder / BATCH).open("rb") as stream:
        work: Work = _Unpickler(stream, folder).load()
    charts = {language: Charts(project) for language, project in work.batch.projects.items()}
    return replace(work, batch=replace(work.batch, charts=charts))


def _program() -> Iterator[tuple[str, Path]]:
    """The files of Fairsheet, with what Python compiled of them, so that not every worker has to do that again."""
    built_in = {path.parent for path in BUILT_IN.glob("*/project.toml")}
    for room in _ROOMS:
        for path in sorted((HOME / room).rglob("*")):
            if path.is_file() and not built_in & set(path.parents):
                yield f"{PROGRAM}/{path.relative_to(HOME).as_posix()}", path


def _add(tar: tarfile.TarFile, name: str, content: bytes, changed: int) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mtime, about.mode = len(content), changed, 0o600
    tar.addfile(about, io.BytesIO(content))


class _Files:
    """The files that documents may show, and where each of them lies in the archive."""

    def __init__(self, batch: Batch) -> None:
        self.root = batch.project.root
        said = batch.project
        stories = story_files(said.settings, said.file, said.root)
        shown = [path for name in batch.given if name in stories for path in stories[name].texts]
        shown += [path for name in batch.given if name in stories for path in stories[name].pictures]
        brands = [project.brand for project in batch.projects.values()]
        fonts = dict.fromkeys(file.path for brand in brands for file in brand.fonts.files)
        self._fonts = {path: (FONTS, str(number), path.name) for number, path in enumerate(fonts)}
        self._sent = dict.fromkeys((*said.own_files, *shown, *fonts))

    def place(self, path: Path) -> tuple[str, ...] | None:
        """Where a path is in the archive, from its top on; None for what stays here."""
        if path in self._fonts and not path.is_relative_to(self.root):
            return self._fonts[path]
        for folder, name in ((self.root, PROJECT), (HOME, PROGRAM)):
            if path.is_relative_to(folder):
                return (name, *path.relative_to(folder).parts)
        return None

    def sent(self) -> Iterator[tuple[str, Path]]:
        """Name in the archive and path of each file that is there."""
        for path in self._sent:
            place = self.place(path)
            if place is not None and path.is_file():
                yield "/".join(place), path


class _Pickler(pickle.Pickler):
    """Writes paths as what they are in the archive."""

    def __init__(self, stream: io.BytesIO, files: _Files) -> None:
        super().__init__(stream, protocol=5)
        self._files = files

    def persistent_id(self, obj: Any, /) -> tuple[str, ...] | None:
        return self._files.place(obj) if isinstance(obj, Path) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: Any, folder: Path) -> None:
        super().__init__(stream)
        self._folder = folder

    def persistent_load(self, pid: Any, /) -> Path:
        return self._folder.joinpath(*pid)
