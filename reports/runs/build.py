"""The desk: read a project, write its outputs into a folder, and say in a manifest what they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Problem, ProjectError
from data.files.folder import Folder, is_name
from data.interruption import hear
from reports.runs.bind import Options, Planned
from reports.runs.check import refuse_warnings, warnings
from reports.runs.edition import edition_of_all
from reports.runs.made import make
from reports.runs.manifest import DocumentFile, document_of, manifest
from reports.runs.owner import record, taken_over
from reports.runs.read import Progress, Reading, Standing, read
from reports.runs.recalled import with_manifest
from reports.runs.save import Saved, manifest_in, outages_told, output_folder, outputs_of, save
from reports.runs.untouched import note_untouched, untouched
from reports.runs.write import is_worth_two, second_process

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


class Built(Struct, frozen=True):
    """What a build made."""

    edition: str
    saved: tuple[Saved, ...]
    standing: tuple[str, ...]
    """Names of the files that stood there already, made from the same: they were left as they are."""
    warnings: tuple[Problem, ...]
    reading: Reading
    documents: dict[str, str]
    """File name → SHA-256 of all that stands there now for the outputs that were read, in their order."""
    taken_over: bool
    """Whether the folder held the documents of another project, which the next run will not tell."""


def build(
    root: Path,
    path: Path,
    options: Options,
    overwrite: bool,
    progress: Progress = lambda _: None,
    force: bool = False,
    pool: ProcessPoolExecutor | None = None,
) -> Built:
    """Build a project's outputs into the folder `path`: those that are made from something else than what stands
    there, or with `force` all. `pool` is a second process that is there already.

    Raises ProjectError for mistakes in the project, OutputError for a disk or program in the way. In both cases
    the files of an earlier build are as they were.
    """
    with output_folder(path, root, progress) as folder:
        earlier = manifest_in(folder)
        alone = pool is None and is_worth_two(root, options.only)
        with second_process() if alone else nullcontext(pool) as second:
            whole = {} if force or overwrite else _whole(folder, outputs_of(earlier))
            reading = _read(root, options, progress, lambda project: untouched(project, options, whole), earlier)
            _refuse_none(reading)
            told = taken_over(folder, earlier, reading, overwrite)
            if told and len(reading.outputs) < len(options.only or reading.project.settings.outputs):
                reading = _read(root, options, progress, lambda _: {}, earlier)
            kept = {} if told else outputs_of(earlier)
            entries = {name: entry for name, entry in kept.items() if name in reading.project.settings.outputs}
            documents = {} if force else _standing(folder, reading.outputs, entries)
            changed = tuple(planned for planned in reading.outputs if planned.name not in documents)
            making = make(replace(reading, outputs=changed), second, force)
            found = (*warnings(reading), *((told,) if told else ()))
            written = making.finished(progress)
        if options.strict:
            refuse_warnings(found)
        if told and overwrite:  # then nothing that stands there is this project's to replace without a backup
            earlier = {}
        editions = {name: str(entry.get("edition")) for name, entry in entries.items()}
        edition = edition_of_all((editions | {p.name: p.document.edition for p in reading.outputs}).items())
        contents = {w.planned.name: w.content for w in written}

        final: dict[str, Any] = {}

        def described(used: Mapping[str, str]) -> dict[str, Any]:
            documents.update({name: document_of(used[name], content) for name, content in contents.items()})
            final.update(manifest(edition, reading, documents, options, entries, earlier))
            return final

        files = {w.planned.name: (w.planned.file, w.content) for w in written}
        hear()
        saved = save(folder, files, described, overwrite, earlier)
        record(folder, reading.project.root)
    usual = {planned.name for planned in reading.outputs if documents[planned.name].name == planned.file}
    note_untouched(reading, options, {name: its for name, its in outputs_of(final).items() if name in usual})
    asked = [name for name in reading.project.settings.outputs if not options.only or name in options.only]
    unread = {name: (str(its["file"]), str(its["sha256"])) for name, its in entries.items() if name not in documents}
    stand = unread | {name: (its.name, its.sha256) for name, its in documents.items()}
    standing = tuple(stand[name][0] for name in asked if name not in contents)
    sums = dict(stand[name] for name in asked)
    return Built(edition, tuple(saved), standing, found, reading, sums, told is not None)


def _read(root: Path, options: Options, progress: Progress, standing: Standing, earlier: Mapping[str, Any]) -> Reading:
    """`read`, whose false claims tell what was so when the documents of the `earlier` manifest were made."""
    try:
        return read(root, options, progress, standing)
    except ProjectError as error:
        raise ProjectError(with_manifest(error.problems, earlier)) from None


def _refuse_none(reading: Reading) -> None:
    """ProjectError for a project all of whose documents are made for each row of a batch."""
    project = reading.project
    if not project.settings.outputs:
        batches = " or ".join(project.settings.batches)
        message = "all documents are made for each row of a table, and this makes those that are made once."
        raise ProjectError.at(project.file.place("outputs"), message, f"Run batch in place of it: batch {batches}.")


def _whole(folder: Folder, entries: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The entries of a manifest whose documents stand in the folder as they say."""
    found: dict[str, dict[str, Any]] = {}
    for name, entry in entries.items():
        file = entry.get("file")
        if is_name(file):
            with outages_told(folder.path):
                if folder.checksum(str(file)) == entry.get("sha256"):
                    found[name] = entry
    return found


def _standing(
    folder: Folder, outputs: tuple[Planned, ...], entries: Mapping[str, dict[str, Any]]
) -> dict[str, DocumentFile]:
    """Name → file of the outputs that stand in the folder as they would be made, by the manifest's `entries`.

    A document that somebody has changed, or that had to be written under another name, is none of them.
    """
    found: dict[str, DocumentFile] = {}
    for planned in outputs:
        said = entries.get(planned.name, {})
        if said.get("made_from") != planned.digest or said.get("file") != planned.file:
            continue
        with outages_told(folder.path):
            sum_, state = folder.checksum(planned.file), folder.state(planned.file)
        if sum_ is not None and state is not None and sum_ == said.get("sha256"):
            found[planned.name] = DocumentFile(planned.file, sum_, state.st_size)
    return found
