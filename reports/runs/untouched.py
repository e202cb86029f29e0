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
from reports.document.resolution import coarse
from reports.doubts.doubts import cut_tables
from reports.runs.asked import Asking, StoryFiles, story_files
from reports.runs.bind import Options, creation_date
from reports.runs.cache import cache
from reports.runs.colours import colour_warnings
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
    stories = story_files(project.settings, project.file, project.root)
    found: dict[str, tuple[Path, ...]] = {}
    for name, key in _keys(project, options, stories, entries).items():
        content = kept.get(key)
        noted: dict[str, Any] = json.loads(content) if content is not None else {}
        if noted.get("entry") == _digest(entries[name]) and noted["tables"] == _contents(project, noted["tables"]):
            found[name] = tuple(project.root / file for file in noted["files"])
    return found


def note_untouched(reading: Reading, options: Options, entries: Mapping[str, Mapping[str, Any]]) -> None:
    """Note what the outputs of a reading were made from: those of them which have an entry of a manifest in `entries`,
    and of which there is nothing to tell."""
    kept, project = cache(), reading.project
    if kept.base is None or colour_warnings(reading):
        return
    quiet = {
        planned.name: planned.story.files
        for planned in reading.outputs
        if planned.name in entries
        and not planned.story.parts
        and not any(cut_tables(planned.story.blocks))
        and not any(coarse(planned.story.blocks, planned.writer))
    }
    stories = story_files(project.settings, project.file, project.root)
    asking = Asking(project.settings, project.file, stories)
    notes: dict[str, bytes] = {}
    for name, key in _keys(project, options, stories, quiet).items():
        note = {
            "entry": _digest(entries[name]),
            "files": [path.relative_to(project.root).as_posix() for path in quiet[name]],
            "tables": _contents(project, asking.tables([name])),
        }
        notes[key] = json.dumps(note).encode()
    kept.put(notes)


def _digest(entry: Mapping[str, Any]) -> str:
    return Digest(json.dumps(entry, sort_keys=True)).hexadecimal


def _keys(
    project: Project, options: Options, stories: Mapping[str, StoryFiles], names: Collection[str]
) -> dict[str, str]:
    """For each output a digest of all that it could be made from, but for the tables.

    Which tables these are is told by what is in it: the project file and the story.
    """
    root = project.root
    shared: list[Any] = [VERSION, code(), versions(), creation_date(), brand_digest(project.brand)]
    shared += [sha256(root / project.file.name), options.draft, options.published, options.paper]
    shared.append(project.settings.variables)
    found: dict[str, str] = {}
    for name in names:
        if name in stories and name in project.settings.outputs:
            texts = {relative(path, root): text for path, text in sorted(stories[name].texts.items())}
            pictures = {relative(path, root): path for path in stories[name].pictures}
            found[name] = Digest("an output", name, shared, texts, pictures).hexadecimal
    return found


def _contents(project: Project, tables: Collection[str]) -> dict[str, list[Any]]:
    """What tables were read from; what they are computed from is among the tables that an output needs."""
    found = {name: project.tables[name] for name in sorted(tables) if name in project.tables}
    return {name: [table.checksum, len(table), table.computed_from or ""] for name, table in found.items()}
