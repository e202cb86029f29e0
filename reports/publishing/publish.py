"""The public shelf: read a project, write an edition in private, let it pass the gates, and switch to it at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from data.digest import Digest
from data.errors import OutputError, Place, Problem, ProjectError
from data.interruption import hear
from data.project import load_project
from data.sandbox.claimed import FalseClaim
from data.settings.project import PublishSettings
from reports.batches.edition import BatchEdition, batch_edition, whole_files
from reports.batches.kept import KeptItem
from reports.changes.kept import decoded
from reports.publishing.compared import brief_files, compared, said_in_manifest, with_values
from reports.publishing.edited import DECK, with_edits
from reports.publishing.gates import GATES, Candidate
from reports.publishing.readers import unreadable
from reports.publishing.records import Correction, Record
from reports.publishing.shelve import hold, let_out, superseded
from reports.publishing.store import Store, moment, open_store
from reports.runs.asked import story_files
from reports.runs.bind import Options, Planned, bound
from reports.runs.check import stale, warnings
from reports.runs.edition import edition_of, edition_of_all
from reports.runs.lock import PATIENCE
from reports.runs.made import make
from reports.runs.manifest import DocumentFile, document_of, for_readers, manifest
from reports.runs.owner import record as remember_owner
from reports.runs.owner import stranger
from reports.runs.read import Progress, Reading, read
from reports.runs.save import MANIFEST, outages_told
from reports.runs.write import is_worth_two, second_process

What = Literal["published", "nothing new", "held"]


class Published(Struct, frozen=True):
    """What came of a run."""

    what: What
    edition: Record
    """That is public now, or is held."""
    current: Record | None
    """What is public."""
    causes: tuple[Problem, ...] = ()
    """Why it is held."""
    warnings: tuple[Problem, ...] = ()
    made: tuple[str, ...] = ()
    """Files that were made; the others are as they were in the edition before."""
    remarks: tuple[str, ...] = ()
    again: bool = False
    """Whether the very same was held before."""
    reading: Reading | None = None
    """The project, where it could be read."""


def publish(
    root: Path,
    to: Path,
    options: Options,
    force: bool = False,
    wait: float = PATIENCE,
    progress: Progress = lambda _: None,
    jobs: int = 1,
) -> Published:
    """Publish a project's outputs to the store in `to`, if they are new and pass all gates; its batches are made by so
    many processes.

    Raises ProjectError for mistakes in the project, SourceError and OutputError for what is out of order, InTheWayError
    for what a person put in the way. What is public is then as it was.
    """
    with open_store(to, [root], wait, progress, make=True) as store:
        with second_process() if is_worth_two(root, options.only) else nullcontext() as pool:
            try:
                reading = read(root, options, progress)
            except ProjectError as error:
                if all(isinstance(problem, FalseClaim) for problem in error.problems):
                    return _refused(store, _with_values(store, error.problems, root, options))
                raise
            _refuse_other(store, reading)
            run = _Run(store, reading, options, force, jobs, progress)
            if run.is_public():
                remember_owner(store.folder, reading.project.root)
                return run.stays()
            run.make(pool, progress)
        hear()
        done = run.end()
        remember_owner(store.folder, reading.project.root)
    return done


class _Run:
    """One edition on its way."""

    def __init__(
        self, store: Store, reading: Reading, options: Options, force: bool, jobs: int, progress: Progress
    ) -> None:
        self.store, self.force, self.jobs, self.progress = store, force, jobs, progress
        self.before = store.state.record(store.state.current)
        self.items = self._items_before()
        self.batches = self._batches(reading, options)
        self.plainly = {planned.name: planned.digest for planned in reading.outputs} | self._made_of_batches()
        self.inputs = inputs_of(reading)
        self.warnings = warnings(reading)
        self.options, self.reading, self.correction = self._corrected(reading, options)
        if self.correction is not None:  # the documents say so
            self.batches = self._batches(reading, self.options)
        self.made_from = {planned.name: planned.digest for planned in self.reading.outputs} | self._made_of_batches()
        editions = {planned.name: planned.document.edition for planned in self.reading.outputs}
        self.edition = edition_of_all((editions | {f"{batch.name}/": batch.id for batch in self.batches}).items())
        self.documents: dict[str, DocumentFile] = {}
        self.files: dict[str, bytes] = {}
        self.made: tuple[str, ...] = ()
        self.edits: tuple[Problem, ...] = ()
        """What people wrote into the public decks in conflict with the data."""

    def _items_before(self) -> dict[str, tuple[KeptItem, ...]]:
        """The items of the batches in the public edition; none where what it showed was not kept."""
        values = None if self.before is None else self.store.values(self.before.name)
        shown = None if values is None else decoded(values)
        return {} if shown is None else shown.batches

    def _batches(self, reading: Reading, options: Options) -> tuple[BatchEdition, ...]:
        """The project's batches, unless single outputs are asked for."""
        before = self.before

        def stands(path: str) -> bool:
            return not self.force and before is not None and self.store.stands(before, path)

        with outages_told(self.store.path):
            return tuple(
                batch_edition(reading.whole, name, options, self.items.get(name, ()), stands, self.jobs, self.progress)
                for name in (() if options.only else reading.whole.settings.batches)
            )

    def _made_of_batches(self) -> dict[str, str]:
        return {f"{batch.name}/": batch.made_from for batch in self.batches}

    def _corrected(self, reading: Reading, options: Options) -> tuple[Options, Reading, Correction | None]:
        """With what the edition puts right: what was withdrawn before it, or what the public one puts right, as long as
        that is the same otherwise."""
        waiting, before = self.store.state.correction, self.before
        same = before is not None and before.plainly == self.plainly
        correction = waiting or (before.correction if before is not None and same else None)
        if correction is None:
            return options, reading, None
        options = replace(options, correction=correction.note)
        outputs = (bound(reading.charts, p.name, p.story, p.options, options) for p in reading.outputs)
        return options, replace(reading, outputs=tuple(outputs)), correction

    def is_public(self) -> bool:
        """Whether the public edition is this one, and as it was made."""
        before = self.before
        if self.force or before is None or before.made_from != self.made_from:
            return False
        if self.store.is_whole(before):
            return True
        decks = "; edits of decks are kept" if self.reading.project.settings.publish.on_edit == "refresh" else ""
        self.store.remarks.append(
            f"{self.store.path_of(before)} was changed by somebody since it was published, and is published anew"
            f"{decks}."
        )
        return False

    def stays(self) -> Published:
        """What is public is what the data say. What waits for a person is not, and is behind it now.

        Data that are older than the project allows are a cause to look also then, unless a person accepted it.
        """
        store, current = self.store, cast("Record", self.before)
        if store.state.of("held", "refused"):
            with outages_told(store.path):
                store.commit(superseded(store.state, current.name, moment()))
                store.settle()
        old = tuple(problem for problem in stale(self.reading) if str(problem) not in current.causes)
        remarks = tuple(store.remarks)
        return Published("nothing new", current, current, old, self.warnings, (), remarks, reading=self.reading)

    def make(self, pool: Any, progress: Progress) -> None:
        """Make the documents in memory, those apart that are public already."""
        kept: dict[str, bytes] = {}
        for planned in self.reading.outputs:
            before = self.before
            if not self.force and before is not None and before.made_from.get(planned.name) == planned.digest:
                with outages_told(self.store.path):
                    content = self.store.read(before, planned.file)
                if content is not None:
                    kept[planned.name] = content
        changed = tuple(planned for planned in self.reading.outputs if planned.name not in kept)
        written = make(replace(self.reading, outputs=changed), pool, self.force).finished(progress)
        contents = kept | {one.planned.name: one.content for one in written}
        for planned in self.reading.outputs:
            self.documents[planned.name] = document_of(planned.file, contents[planned.name])
            self.files[planned.file] = contents[planned.name]
        for batch in self.batches:
            for path in batch.standing:
                self.files[path] = self._public(path)
            self.files |= batch.files | whole_files(batch, self._before)
        self.made = tuple(planned.name for planned in changed)
        if self.reading.project.settings.publish.on_edit == "refresh":
            self._refresh(changed)

    def _before(self, path: str) -> bytes | None:
        """A file of the public edition, where it is as it was made."""
        with outages_told(self.store.path):
            return None if self.before is None else self.store.read(self.before, path)

    def _public(self, path: str) -> bytes:
        """A file of the public edition, which stood there a moment ago."""
        content = self._before(path)
        if content is None:
            raise OutputError(f"{self.store.path}: {path} was changed while the edition was made. Publish again.")
        return content

    def _refresh(self, planned: Iterable[Planned]) -> None:
        """Keep what people wrote into the public decks, those that were made anew."""
        for one in (one for one in planned if self.before is not None and one.file.endswith(DECK)):
            with outages_told(self.store.path):
                public = self.store.found(cast("Record", self.before), one.file)
            if public is not None:
                kept = with_edits(one.file, public, self.files[one.file], self._held(one))
                self.files[one.file] = kept.content
                self.documents[one.name] = document_of(one.file, kept.content)
                self.edits += kept.causes
                self.store.remarks.extend(kept.remarks)

    def _held(self, planned: Planned) -> Iterator[bytes]:
        """The decks that were held for the very same data, whose conflicts a person was told."""
        for one in self.store.state.of("held", "superseded"):
            if one.made_from.get(planned.name) == planned.digest:
                with outages_told(self.store.path):
                    content = self.store.read(one, planned.file)
                if content is not None:
                    yield content

    def end(self) -> Published:
        """Write the edition in private, ask the gates, and let it be public or held."""
        name = self.store.fresh_name(self.edition)
        with outages_told(self.store.path):
            candidate, causes = self._written(name)
            record = self._record(name, causes)
            self.store.keep_values(name, candidate.compared.now.encoded())
            return self._shelved(record, causes)

    def _written(self, name: str) -> tuple[Candidate, tuple[Problem, ...]]:
        candidate = self._candidate(self.store.put(name, self.files))
        causes = tuple(cause for gate in GATES for cause in gate(candidate))
        documents = {name: candidate.folder / file.name for name, file in self.documents.items()}
        brief = brief_files(candidate.compared, self.reading, documents)
        said = for_readers(manifest(self.edition, self.reading, self.documents, self.options, {}, {}), self.reading)
        if self.correction is not None:
            said["corrected"] = {"note": self.correction.note, "editions": list(self.correction.of)}
        if self.before is not None:
            said["follows"] = self.before.name
        said |= said_in_manifest(candidate.compared)
        text = json.dumps(said, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        more = {**brief, MANIFEST: text.encode()}
        self.store.put(name, more)
        self.files |= more
        return candidate, causes

    def _candidate(self, folder: Path) -> Candidate:
        store, before = self.store, self.before
        values = None if before is None else store.values(before.name)
        return Candidate(
            self.reading,
            folder,
            before,
            compared(
                self.reading,
                self.edition,
                None if before is None else before.id,
                values,
                {batch.name: batch.items for batch in self.batches},
            ),
            self.documents,
            self.made,
            self.options,
            self.warnings,
            store.state.of("withdrawn"),
            self.plainly,
            self.inputs,
            self.edits,
            self.batches,
            self.items,
        )

    def _record(self, name: str, causes: tuple[Problem, ...]) -> Record:
        return Record(
            name=name,
            id=self.edition,
            standing="held" if causes else "published",
            made=moment(),
            title=self.reading.project.settings.title,
            follows=self.store.state.current,
            files={file: hashlib.sha256(content).hexdigest() for file, content in self.files.items()},
            made_from=self.made_from,
            plainly=self.plainly,
            inputs=self.inputs,
            causes=tuple(map(str, causes)),
            correction=self.correction,
        )

    def _shelved(self, record: Record, causes: tuple[Problem, ...]) -> Published:
        store, kept = self.store, self.reading.project.settings.publish
        if causes:
            waiting = hold(store, record, kept.keep, kept.keep_days)
        else:
            waiting = record
            let_out(store, record, kept.keep, kept.keep_days)
            if (told := unreadable(store.path_of(record), store.path)) is not None:
                store.remarks.append(told)
        current = store.state.record(store.state.current)
        return Published(
            "held" if causes else "published",
            waiting,
            current,
            causes,
            self.warnings,
            (*(self.documents[name].name for name in self.made), *(p for b in self.batches for p in b.fresh)),
            tuple(store.remarks),
            waiting is not record,
            self.reading,
        )


def _with_values(store: Store, problems: tuple[Problem, ...], root: Path, options: Options) -> tuple[Problem, ...]:
    """The claims with what moved below them since the public edition."""
    before = store.state.record(store.state.current)
    values = None if before is None else store.values(before.name)
    if before is None or values is None:
        return problems
    return with_values(problems, load_project(root, leave=options.leave, said=options.variables), values, before.made)


def _refused(store: Store, problems: tuple[Problem, ...]) -> Published:
    """A claim that is false: no document can be made, so nothing is kept but why."""
    causes = tuple(map(str, problems))
    edition = edition_of(Digest(causes).hexadecimal)
    record = Record(
        name=store.fresh_name(edition),
        id=edition,
        standing="refused",
        made=moment(),
        follows=store.state.current,
        causes=causes,
    )
    kept = PublishSettings()
    with outages_told(store.path):
        waiting = hold(store, record, kept.keep, kept.keep_days)
    current = store.state.record(store.state.current)
    return Published("held", waiting, current, problems, remarks=tuple(store.remarks), again=waiting is not record)


def inputs_of(reading: Reading) -> str:
    """A digest of the project's files and of what its tables held, whatever makes documents of them."""
    tables = sorted((name, table.checksum) for name, table in reading.project.tables.items())
    whole = reading.whole
    batched = {name for name, output in whole.settings.outputs.items() if output.each is not None}
    stories = story_files(whole.settings, whole.file, whole.root) if batched else {}
    read = sorted({path for name in batched & stories.keys() for path in stories[name].files})
    return Digest(sorted(reading.inputs.items()), tables, *([read] if read else [])).hexadecimal


def _refuse_other(store: Store, reading: Reading) -> None:
    """ProjectError where the store holds another project's editions."""
    kept = [record for record in store.state.editions if record.files]
    if not kept:
        return
    with outages_told(store.path):
        content = store.read(kept[-1], MANIFEST)
    said = json.loads(content) if content is not None else {"title": kept[-1].title}
    found = stranger(store.folder, said, reading)
    if found is not None:
        raise ProjectError.at(
            Place(str(store.path)),
            f"holds the editions of another project, {found}.",
            "Choose another folder with --to.",
        )
