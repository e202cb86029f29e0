"""First step of a run: a project's folder becomes documents, with everything checked that can be."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from charts.declared import claim, declared_chart
from data.brand import Paper
from data.errors import Place, Problem, ProjectError, nearest
from data.expressions import sentence
from data.fonts import sha256
from data.network.leave import USUAL, Leave
from data.project import Project, load_project
from reports.blocks import Document, Figure, walk
from reports.characters import missing_glyphs
from reports.numbering import numbered
from reports.slips import slips
from reports.story import Story, read_story, sentence_inlines
from reports.version import VERSION
from reports.writers import WRITERS

_CONSTANT_DATE = 946_684_800  # 2000-01-01, when SOURCE_DATE_EPOCH says nothing
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says about a run."""

    only: tuple[str, ...] = ()
    """Names of outputs; none means all."""
    paper: Paper | None = None
    draft: bool = False
    published: str | None = None
    leave: Leave = USUAL
    """What the user said about the network."""


@dataclass(frozen=True)
class Planned:
    """An output that is ready to be written."""

    name: str
    writer: str
    pages: int
    document: Document
    story: Story

    @property
    def file(self) -> str:
        """Name of the file in the output folder."""
        return self.name + WRITERS[self.writer].suffix


@dataclass(frozen=True)
class Reading:
    """A project with the documents of its outputs."""

    project: Project
    outputs: tuple[Planned, ...]
    edition: str
    inputs: dict[str, str]
    """Path in the project → SHA-256 of each file that was read."""
    fonts: dict[str, str]
    """File name → SHA-256 of each font."""


def creation_date() -> int:
    """Seconds since 1970 for metadata: SOURCE_DATE_EPOCH, else a constant; never the clock.

    The variable is specified by reproducible-builds.org.
    """
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if said and not said.isdigit():
        raise ProjectError(
            Problem(
                Place("SOURCE_DATE_EPOCH"), f"'{said}' is no number of seconds.", "Unset it, or set a whole number."
            )
        )
    return int(said) if said else _CONSTANT_DATE


def _chosen(project: Project, only: Collection[str]) -> list[str]:
    """Names of the outputs to make, in the project's order."""
    names = list(project.settings.outputs)
    unknown = [name for name in only if name not in names]
    if unknown:
        raise ProjectError(
            Problem(Place("--only"), f"the project has no output '{unknown[0]}'.", nearest(unknown[0], names))
        )
    return [name for name in names if not only or name in only]


def _untold(told: Sequence[Problem], found: Sequence[Problem]) -> list[Problem]:
    """The problems that were not told yet: stories share charts, and with them their problems."""
    known = {str(problem) for problem in told}
    return [problem for problem in found if str(problem) not in known]


def read(root: Path, options: Options, progress: Progress = lambda _: None) -> Reading:
    """Read a project and bind its stories: all of them, because the edition is the whole project's state.

    Raises ProjectError with all problems of the chosen outputs.
    """
    project = load_project(root, progress, options.leave)
    if options.paper is not None:
        project = replace(project, brand=replace(project.brand, paper=options.paper))
    problems: list[Problem] = []
    stories: dict[str, Story] = {}
    chosen = _chosen(project, options.only)
    for name, output in project.settings.outputs.items():
        if output.writer not in WRITERS:
            problems.append(
                Problem(
                    project.file.place("outputs", name, "writer"),
                    f"there is no writer '{output.writer}'.",
                    nearest(output.writer, WRITERS),
                )
            )
            continue
        try:
            stories[name] = read_story(project, name, output)
        except ProjectError as error:
            if name in chosen:
                problems.extend(_untold(problems, error.problems))
    charts = {b.chart.id: b.chart for s in stories.values() for b in walk(s.blocks) if isinstance(b, Figure)}
    # with --only, a chart that is in no story read may belong to an output that nobody asked for
    for name in () if options.only else (n for n in project.settings.charts if n not in charts):
        try:
            declared_chart(project, name)
            claim(project, name)
        except ProjectError as error:
            problems.extend(_untold(problems, error.problems))
    if problems:
        raise ProjectError(sorted(problems, key=lambda p: p.place))
    for name, chart in charts.items():
        progress(f"chart {name}: {chart.kind}")
    files = (*project.inputs, *(path for story in stories.values() for path in story.files))
    inputs = {path.relative_to(project.root).as_posix(): path for path in dict.fromkeys(files)}
    sums = {name: hashlib.sha256(inputs[name].read_bytes()).hexdigest() for name in sorted(inputs)}
    project.refuse_changed()
    fonts = {path.name: sha256(path) for path in project.brand.fonts.files}
    published = options.published or project.settings.published or ""
    read_from = {f"table {name}": table.checksum for name, table in project.tables.items()}
    edition = _edition(sums | read_from, fonts, project.brand.paper, options.draft, published)
    planned: list[Planned] = []
    for name in chosen:
        story = stories[name]
        document = _document(project, story, published, edition, options.draft)
        output = project.settings.outputs[name]
        if output.writer == "report":
            document = numbered(document)
        problems.extend(_untold(problems, slips(document, project.tables)))
        if WRITERS[output.writer].embeds_fonts:
            problems.extend(_untold(problems, missing_glyphs(document, project.brand)))
        planned.append(Planned(name, output.writer, output.pages, document, story))
    if problems:
        raise ProjectError(problems)
    return Reading(project, tuple(planned), edition, sums, fonts)


def _edition(inputs: dict[str, str], fonts: dict[str, str], paper: str, draft: bool, published: str) -> str:
    """Seven hexadecimal digits that change when anything does that the documents are made from."""
    state = hashlib.sha256(VERSION.encode())
    for name, checksum in (*sorted(inputs.items()), *sorted(fonts.items())):
        state.update(f"{name}\0{checksum}\n".encode())
    state.update(f"{paper} {draft} {published}".encode())
    return state.hexdigest()[:7]


def _document(project: Project, story: Story, published: str, edition: str, draft: bool) -> Document:
    settings = project.settings
    return Document(
        title=settings.title,
        subtitle=sentence_inlines(sentence(settings.subtitle, project.tables, project.file.place("subtitle"))),
        kicker=settings.kicker,
        language=settings.language,
        publisher=settings.publisher or f"{project.brand.institution} {project.brand.unit}",
        website=settings.website,
        published=published,
        caveat=settings.caveat,
        edition=edition,
        draft=draft,
        created=creation_date(),
        blocks=story.blocks,
        tables=story.tables,
        contradictions=story.contradictions,
    )
