"""Outputs whose stories need not be read: nothing that they could be made from is other than when they were last made.

A story is known by its files, also those that it only might include, and by all tables whose names stand in it or in
what it rests on. Kept is only that an output came out without a word to tell; whatever had one is read again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from data.digest import Digest
from data.errors import relative
from data.files.world import sha256
from data.project import Project
from reports.runs.asked import Asking, story_files
from reports.runs.bind import Options, creation_date
from reports.runs.cache import cache
from reports.runs.colours import colour_warnings
from reports.runs.doubts import cut_tables
from reports.runs.edition import brand_digest, code, versions
from reports.runs.read import Reading
from reports.version import VERSION


def untouched(
    project: Project, options: Options, entries: Mapping[str, Mapping[str, Any]]
) -> dict[str, tuple[Path, ...]]:
    """Those of a project's outputs that would be made from what they were made from, and the files of their stories.

    `entries` are those of a manifest, by the outputs' names, of the documents that stand there as it says.
    """
    kept = cache()
    if kept.base is None or not entries:
        return {}
    found: dict[str, tuple[Path, ...]] = {}
    for name, key in _keys(project, options, entries).items():
        content = kept.get(key)
        noted: dict[str, Any] = json.loads(content) if content is not None else {}
        if noted.get("entry") == _digest(entries[name]):
            found[name] = tuple(project.root / file for file in noted["files"])
    return found


def note_untouched(reading: Reading, options: Options, entries: Mapping[str, Mapping[str, Any]]) -> None:
    """Note what the outputs of a reading were made from: those of them which have an entry of a manifest in `entries`,
    and of which there is nothing to tell."""
    kept = cache()
    if kept.base is None or colour_warnings(reading):
        return
    quiet = {
        planned.name: planned.story.files
        for planned in reading.outputs
        if planned.name in entries and not planned.story.parts and not any(cut_tables(planned.story.blocks))
    }
    notes: dict[str, bytes] = {}
    for name, key in _keys(reading.project, options, quiet).items():
        files = [path.relative_to(reading.project.root).as_posix() for path in quiet[name]]
        notes[key] = json.dumps({"entry": _digest(entries[name]), "files": files}).encode()
    kept.put(notes)


def _digest(entry: Mapping[str, Any]) -> str:
    return Digest(json.dumps(entry, sort_keys=True)).hexadecimal


def _keys(project: Project, options: Options, names: Collection[str]) -> dict[str, str]:
    """For each output a digest of all that it could be made from."""
    settings, file, root = project.settings, project.file, project.root
    files = story_files(settings, file, root)
    asking = Asking(settings, file, files)
    shared: list[Any] = [VERSION, code(), versions(), creation_date(), brand_digest(project.brand)]
    shared += [sha256(root / file.name), options.draft, options.published, options.paper]
    found: dict[str, str] = {}
    for name in names:
        if name not in files or name not in settings.outputs:
            continue
        texts = {relative(path, root): text for path, text in sorted(files[name].texts.items())}
        tables = {one: _content(project, one) for one in sorted(asking.tables([name]))}
        found[name] = Digest("an output", name, shared, texts, tables).hexadecimal
    return found


def _content(project: Project, name: str) -> object:
    """What a table was read from; what it is computed from is among the tables that it needs."""
    table = project.tables[name]
    return table.checksum, len(table), table.computed_from or ""
