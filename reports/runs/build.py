"""The desk: read a project, write its outputs into a folder, and say in a manifest what they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import Problem
from data.tables.table import Table
from data.tables.value import Cell
from reports.document.blocks import Figure
from reports.document.tree import values_in, walk
from reports.runs.check import refuse_warnings, warnings
from reports.runs.edition import edition_of_all, versions
from reports.runs.owner import record, taken_over
from reports.runs.read import Options, Progress, Reading, read
from reports.runs.save import Saved, manifest_in, output_folder, outputs_of, save
from reports.runs.write import Written, second_process, write
from reports.version import VERSION


@dataclass(frozen=True)
class Built:
    """What a build made."""

    edition: str
    saved: tuple[Saved, ...]
    warnings: tuple[Problem, ...]


def build(root: Path, path: Path, options: Options, overwrite: bool, progress: Progress = lambda _: None) -> Built:
    """Build a project's outputs into the folder `path`.

    Raises ProjectError for mistakes in the project, OutputError for a disk or program in the way. In both cases
    the files of an earlier build are as they were.
    """
    with output_folder(path, root, progress) as folder:
        with second_process() as pool:
            reading = read(root, options, progress)
            earlier = manifest_in(folder)
            told = taken_over(folder, earlier, reading, overwrite)
            written = write(reading, pool, progress)
        found = (*warnings(reading), *((told,) if told else ()))
        if options.strict:
            refuse_warnings(found)
        files = {w.planned.name: (w.planned.file, w.content) for w in written}
        kept = {} if told else outputs_of(earlier)
        entries = {name: entry for name, entry in kept.items() if name in reading.project.settings.outputs}
        if told and overwrite:  # then nothing that stands there is this project's to replace without a backup
            earlier = {}
        editions = {name: str(entry.get("edition")) for name, entry in entries.items()}
        edition = edition_of_all((editions | {w.planned.name: w.planned.document.edition for w in written}).items())
        saved = save(
            folder,
            files,
            lambda used: _manifest(edition, reading, written, options, entries, used),
            overwrite,
            earlier,
        )
        record(folder, reading.project.root)
    return Built(edition, tuple(saved), found)


def _output_entry(item: Written, file: str) -> dict[str, Any]:
    story = item.planned.story
    return {
        "file": file,
        "sha256": hashlib.sha256(item.content).hexdigest(),
        "bytes": len(item.content),
        "edition": item.planned.document.edition,
        "published": item.planned.document.published or None,
        "draft": item.planned.document.draft,
        "writer": item.planned.writer,
        "story": story.files[0].name,
        "tables": [table.name for table in story.tables],
        "charts": list(dict.fromkeys(b.chart.id for b in walk(story.blocks) if isinstance(b, Figure))),
        "cells": _cells(cell for value in values_in(item.planned.document) for cell in value.cells),
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


def _manifest(
    edition: str,
    reading: Reading,
    written: list[Written],
    options: Options,
    entries: dict[str, dict[str, Any]],
    used: dict[str, str],
) -> dict[str, Any]:
    """What the edition was made from and what it is: no clock, no path of this machine.

    Outputs that this run did not make keep their earlier `entries`.
    """
    settings = reading.project.settings
    made = {w.planned.name: _output_entry(w, used[w.planned.name]) for w in written}
    return {
        "fairsheet": VERSION,
        "edition": edition,
        "title": settings.title,
        "language": settings.language,
        "published": options.published or settings.published,
        "paper": reading.project.brand.paper,
        "draft": options.draft,
        "inputs": reading.inputs,
        "tables": {name: _table_entry(table) for name, table in reading.project.tables.items()},
        "fonts": reading.fonts,
        "versions": versions(),
        "outputs": {**entries, **made},
    }
