"""All handouts of a batch as one PDF to be printed, in the order of its table."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from data.digest import Digest
from data.errors import Problem, ProjectError
from reports.batches.kept import KeptDocument, KeptItem
from reports.batches.planned import Batch
from reports.pdf.bound.bound import write_bound
from reports.pdf.bound.imposition import Up
from reports.pdf.tagged.metadata import Metadata
from reports.runs.bind import creation_date

_WRITER = "handout"
"""What is bound: sheets. Longer documents are printed one by one."""


class Together(Struct, frozen=True):
    """What is to be printed at once, by output."""

    files: dict[str, bytes]
    """Name → content of what was made anew."""
    bound_from: dict[str, str]
    """Name → digest of the documents that each holds."""
    problems: tuple[Problem, ...] = ()
    """Why something could not be bound."""


def bind_together(
    batch: Batch, items: Sequence[KeptItem], read: Callable[[str], bytes | None], up: Up, standing: dict[str, str]
) -> Together:
    """One PDF for each output of handouts, but for those that `standing` names as bound from the same.

    `read` gives a document by its name; None where it is not there any more. Items that failed are left out: their
    documents, if there are any, are of earlier data.
    """
    files: dict[str, bytes] = {}
    bound_from: dict[str, str] = {}
    problems: list[Problem] = []
    for output in batch.given:
        if batch.project.settings.outputs[output].writer != _WRITER:
            continue
        made = [
            (item.key, item.documents[output]) for item in items if item.state == "made" if output in item.documents
        ]
        digest = Digest(up, batch.title, [(key, one.sha256) for key, one in made]).hexadecimal
        name = batch.together(output)
        if standing.get(name) == digest:
            bound_from[name] = digest
            continue
        if len(made) > 1:
            stream = io.BytesIO()
            try:
                write_bound(_contents(made, read), stream, _metadata(batch), up)
            except ProjectError as error:
                problems.extend(error.problems)
            else:
                files[name], bound_from[name] = stream.getvalue(), digest
    return Together(files, bound_from, tuple(problems))


def _contents(
    made: Sequence[tuple[str, KeptDocument]], read: Callable[[str], bytes | None]
) -> Iterator[tuple[str, bytes]]:
    for key, one in made:
        content = read(one.file)
        if content is not None:  # a person has taken it away meanwhile
            yield key, content


def _metadata(batch: Batch) -> Metadata:
    project = batch.project
    author = project.settings.publisher or f"{project.brand.institution} {project.brand.unit}"
    return Metadata(batch.title, project.language, author, created=creation_date())
