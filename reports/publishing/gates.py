"""What an edition has to pass before it is public; a breach holds it until a person has looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from data.errors import Place, Problem
from reports.batches.edition import BatchEdition
from reports.batches.kept import KeptItem
from reports.publishing.compared import Compared, too_far
from reports.publishing.records import Record
from reports.runs.bind import Options
from reports.runs.check import stale
from reports.runs.manifest import DocumentFile
from reports.runs.read import Reading


class Candidate(Struct, frozen=True):
    """An edition that is about to be published."""

    reading: Reading
    folder: Path
    """Private, with the documents as they were written."""
    before: Record | None
    """The edition that is public, if there is one."""
    compared: Compared
    """What is different from that one."""
    documents: dict[str, DocumentFile]
    """Output → its file."""
    made: tuple[str, ...]
    """Outputs that were made anew; the others are copies of those that are public."""
    options: Options
    warnings: tuple[Problem, ...]
    withdrawn: tuple[Record, ...]
    """The editions that were taken back."""
    plainly: dict[str, str]
    inputs: str
    """Of the record that the edition will have."""
    edits: tuple[Problem, ...] = ()
    """What people wrote into public documents in conflict with the data."""
    batches: tuple[BatchEdition, ...] = ()
    items: Mapping[str, tuple[KeptItem, ...]] = MappingProxyType({})
    """The items of each batch in the public edition."""


Gate = Callable[[Candidate], tuple[Problem, ...]]


def _fresh(candidate: Candidate) -> tuple[Problem, ...]:
    """Sources that are older than the project allows."""
    return tuple(stale(candidate.reading))


def _without_warnings(candidate: Candidate) -> tuple[Problem, ...]:
    """With --strict, whatever `check` warns of."""
    if not candidate.options.strict:
        return ()
    told = {str(problem) for problem in stale(candidate.reading)}
    return tuple(p for p in candidate.warnings if p.severity == "warning" and str(p) not in told)


def _complete(candidate: Candidate) -> tuple[Problem, ...]:
    """Documents that are public and would vanish."""
    before = candidate.before.made_from if candidate.before else {}
    now = {*candidate.documents, *(f"{batch.name}/" for batch in candidate.batches)}
    gone = [name for name in before if name not in now]
    return tuple(
        Problem(
            Place("outputs"),
            f"'{name}' is public, and would not be any more.",
            "Publish all outputs; or accept this edition, if the document is to go.",
        )
        for name in gone
    )


def _not_withdrawn(candidate: Candidate) -> tuple[Problem, ...]:
    """What was taken back already: the same project with the same data."""
    again = [w for w in candidate.withdrawn if candidate.inputs == w.inputs or candidate.plainly == w.plainly]
    return tuple(
        Problem(
            Place("editions"),
            f"this is edition {one.id} again, which was withdrawn with the words '{one.withdrawn}'.",
            "Correct the data or the story, and publish again; if it was right after all, use: editions restore",
        )
        for one in again[-1:]
    )


def _readable(candidate: Candidate) -> tuple[Problem, ...]:
    """What the audit finds in documents that were made anew; with --strict also what it only warns of.

    An audit that fails holds the edition, as one that finds something does.
    """
    from reports.audit.audit import audit_files

    files = [candidate.folder / candidate.documents[name].name for name in candidate.made]
    files += [candidate.folder / path for batch in candidate.batches for path in batch.fresh]
    audit = audit_files(files)
    return (*_findings(candidate, audit), *audit.problems, *(_failed(outage) for outage in audit.outages))


def _findings(candidate: Candidate, audit: Any) -> Iterator[Problem]:
    for audited in audit.files:
        name = Path(audited.file).name
        for finding in audited.findings:
            if finding.severity == "error" or candidate.options.strict:
                yield Problem(Place(name), f"{finding}.", "Some people could not read that.")


def _failed(outage: str) -> Problem:
    return Problem(Place("audit"), outage, "Whether everyone can read the documents is not known.")


def _not_moved(candidate: Candidate) -> tuple[Problem, ...]:
    """Numbers, rows and names that moved further than the project allows."""
    return too_far(candidate.compared, candidate.reading)


def _settled(candidate: Candidate) -> tuple[Problem, ...]:
    """What people wrote into the public deck, and the data deny."""
    return candidate.edits


def _all_made(candidate: Candidate) -> tuple[Problem, ...]:
    """Items of batches that could not be made."""
    return tuple(
        problem for batch in candidate.batches for problem in batch.causes(candidate.items.get(batch.name, ()))
    )


GATES: tuple[Gate, ...] = (
    _not_withdrawn,
    _fresh,
    _without_warnings,
    _complete,
    _not_moved,
    _settled,
    _all_made,
    _readable,
)
"""Each gives a problem for each cause to hold the edition."""
