"""The manifest: what documents were made from, and what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, cast

import msgspec
from msgspec import Struct

from data.tables.table import Table
from data.tables.value import Cell
from reports.document.blocks import Figure
from reports.document.tree import values_in, walk
from reports.runs.bind import Options, Planned
from reports.runs.edition import versions
from reports.runs.read import Reading
from reports.version import VERSION


class DocumentFile(Struct, frozen=True):
    """A document as a file."""

    name: str
    sha256: str
    size: int
    """In bytes."""


def document_of(name: str, content: bytes) -> DocumentFile:
    """The document that is written under a name."""
    return DocumentFile(name, hashlib.sha256(content).hexdigest(), len(content))


def _output_entry(planned: Planned, file: DocumentFile, reading: Reading) -> dict[str, Any]:
    story, project = planned.story, reading.project
    files = (*project.own_files, *story.files, *(path for table in story.tables for path in project.files[table.name]))
    inputs = sorted({path.relative_to(project.root).as_posix() for path in files})
    return {
        "file": file.name,
        "sha256": file.sha256,
        "bytes": file.size,
        "edition": planned.document.edition,
        "made_from": planned.digest,
        "published": planned.document.published or None,
        "draft": planned.document.draft,
        "writer": planned.writer,
        "story": story.files[0].name,
        "inputs": {name: reading.inputs[name] for name in inputs if name in reading.inputs},
        "tables": [table.name for table in story.tables],
        "charts": list(dict.fromkeys(b.chart.id for b in walk(story.blocks) if isinstance(b, Figure))),
        "claims": msgspec.to_builtins(story.claims),
        "cells": _cells(cell for value in values_in(planned.document) for cell in value.cells),
    }


def _table_entry(table: Table) -> dict[str, Any]:
    """Where a table comes from, and what state of it was used."""
    return {
        "title": table.title,
        "source": table.source,
        "as_of": table.as_of,
        "licence": table.licence,
        "file": table.file or None,
        "sha256": table.checksum or None,
        "query": table.query or None,
        "computed_from": table.computed_from,
        "rows": len(table),
    }


def _cells(cells: Iterable[Cell]) -> dict[str, dict[str, str]]:
    """File → field → lines behind all that the output shows or quotes, neighbouring ones as 2-174."""
    lines: dict[str, dict[str, set[int]]] = {}
    for cell in cells:
        lines.setdefault(cell.file, {}).setdefault(cell.field, set()).add(cell.line)
    return {f: {name: _ranges(sorted(found)) for name, found in fields.items()} for f, fields in lines.items()}


def _ranges(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def manifest(
    edition: str,
    reading: Reading,
    files: Mapping[str, DocumentFile],
    options: Options,
    entries: dict[str, dict[str, Any]],
    earlier: Mapping[str, Any],
) -> dict[str, Any]:
    """What the edition was made from and what it is: no clock, no path of this machine.

    `files` are those of the outputs that were read. Outputs that this run did not read keep their `entries` of the
    `earlier` manifest, with their inputs and tables.
    """
    settings = reading.project.settings
    made = {planned.name: _output_entry(planned, files[planned.name], reading) for planned in reading.outputs}
    kept = [entry for name, entry in entries.items() if name not in made]
    inputs = {name: said for entry in kept for name, said in _mapping(entry, "inputs").items()}
    named = {name for entry in kept for name in _list(entry, "tables")}
    tables = {name: said for name, said in _mapping(earlier, "tables").items() if name in named}
    return {
        "fairsheet": VERSION,
        "edition": edition,
        "title": settings.title,
        "language": settings.language,
        "published": options.published or settings.published,
        "paper": reading.project.brand.paper,
        "draft": options.draft,
        **({"variables": dict(given.said)} if (given := settings.given) is not None else {}),
        "inputs": dict(sorted((inputs | reading.inputs).items())),
        "tables": tables | {name: _table_entry(table) for name, table in reading.project.tables.items()},
        "fonts": reading.fonts,
        "versions": versions(),
        "outputs": {**entries, **made},
    }


def for_readers(said: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """A manifest that everyone may read: without checksums of files of which the project hides values, and without what
    claims compare, which no document needs to show.

    By a checksum whoever tries out what is hidden would know that a guess is right.
    """
    project = reading.project
    hiding = [name for name, table in project.tables.items() if table.minimum_n]
    files = {path.relative_to(project.root).as_posix() for name in hiding for path in project.files.get(name, ())}
    made = {
        name: {key: its for key, its in entry.items() if key != "claims"}
        | {"inputs": {file: sum_ for file, sum_ in entry["inputs"].items() if file not in files}}
        for name, entry in said["outputs"].items()
    }
    sums = {said["inputs"][file] for file in files if file in said["inputs"]}
    tables = {
        name: entry | {"sha256": None} if name in hiding or entry["file"] in files or entry["sha256"] in sums else entry
        for name, entry in said["tables"].items()
    }
    inputs = {file: sum_ for file, sum_ in said["inputs"].items() if file not in files}
    return said | {"inputs": inputs, "tables": tables, "outputs": made}


def _mapping(said: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What an earlier manifest has below a key; nothing where somebody changed it."""
    found = said.get(key)
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _list(said: Mapping[str, Any], key: str) -> list[object]:
    found = said.get(key)
    return cast("list[object]", found) if isinstance(found, list) else []
