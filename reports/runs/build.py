"""The desk: read a project, write its outputs into a folder, and say in a manifest what they were made from."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from msgspec import Struct

from data.errors import Problem
from reports.runs.check import refuse_warnings, warnings
from reports.runs.edition import edition_of_all
from reports.runs.manifest import manifest
from reports.runs.owner import record, taken_over
from reports.runs.read import Options, Progress, read
from reports.runs.save import Saved, manifest_in, output_folder, outputs_of, save
from reports.runs.write import is_worth_two, second_process, write


class Built(Struct, frozen=True):
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
        with second_process() if is_worth_two(root, options.only) else nullcontext() as pool:
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
            lambda used: manifest(edition, reading, written, options, entries, earlier, used),
            overwrite,
            earlier,
        )
        record(folder, reading.project.root)
    return Built(edition, tuple(saved), found)
