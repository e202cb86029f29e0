"""First step of a run: a project's folder becomes documents, with everything checked that can be."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from charts.declared import claim, declared_chart
from data.effort import within_reason
from data.errors import Place, Problem, ProjectError, nearest
from data.files.project_file import file_bytes
from data.files.project_path import inside
from data.files.text_file import LARGEST
from data.files.world import sha256, today
from data.look.brand import Paper
from data.network.leave import USUAL, Leave
from data.project import Project, load_project
from reports.document.blocks import Document, Figure
from reports.document.characters import long_words, missing_glyphs
from reports.document.tree import walk
from reports.runs.edition import edition_of
from reports.story.slips import setting_slips, slips
from reports.story.story import Story, read_story
from reports.writers import WRITERS

_CONSTANT_DATE = 946_684_800  # 2000-01-01, when SOURCE_DATE_EPOCH says nothing
_LAST_SECOND = 253_402_300_799
"""Of the year 9999, the last that dates in documents can have."""
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says about a run."""

    only: tuple[str, ...] = ()
    """Names of outputs; none means all."""
    paper: Paper | None = None
    draft: bool = False
    published: str | None = None
    strict: bool = False
    """Whether a warning stops the build."""
    leave: Leave = USUAL
    """What the user said about the network."""
    today: datetime.date | None = None
    """The day for which data may be old; None for that of the clock."""


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
    inputs: dict[str, str]
    """Path in the project → SHA-256 of each file that was read."""
    fonts: dict[str, str]
    """File name → SHA-256 of each font."""
    today: datetime.date
    """For warnings about what is old, or of a time to come; no document knows it."""
    charts: tuple[str, ...]
    """Names of the charts that were bound to their rows and tested, in the project's order."""


def creation_date() -> int:
    """Seconds since 1970 for metadata: SOURCE_DATE_EPOCH, else a constant; never the clock.

    The variable is specified by reproducible-builds.org.
    """
    said = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not said:
        return _CONSTANT_DATE
    if not re.fullmatch("[0-9]{1,12}", said) or int(said) > _LAST_SECOND:
        raise ProjectError.at(
            Place("SOURCE_DATE_EPOCH"),
            f"'{said}' is no number of seconds since 1970 that a date can be made of.",
            f"Unset it, or set a whole number up to {_LAST_SECOND}.",
        )
    return int(said)


def _chosen(project: Project, only: Collection[str]) -> list[str]:
    """Names of the outputs to make, in the project's order."""
    names = list(project.settings.outputs)
    unknown = [name for name in only if name not in names]
    if unknown:
        raise ProjectError.at(Place("--only"), f"the project has no output '{unknown[0]}'.", nearest(unknown[0], names))
    return [name for name in names if not only or name in only]


def _untold(told: Sequence[Problem], found: Sequence[Problem]) -> list[Problem]:
    """The problems that were not told yet: stories share charts, and with them their problems."""
    known = {str(problem) for problem in told}
    return [problem for problem in found if str(problem) not in known]


@within_reason
def read(root: Path, options: Options, progress: Progress = lambda _: None) -> Reading:
    """Read a project and bind its stories: all of them, because what they share is tested in each.

    Raises ProjectError with all problems of the chosen outputs and of what all share: tables, brand, settings, and
    charts that belong to no other output.
    """
    project = load_project(root, progress, options.leave)
    if options.paper is not None:
        project = replace(project, brand=replace(project.brand, paper=options.paper))
    problems: list[Problem] = []
    stories: dict[str, Story] = {}
    unread: list[Path] = []
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
        problems.extend(_strange_options(project, name))
        try:
            path = inside(project.root, output.story, project.file.place("outputs", name, "story"))
        except ProjectError as error:
            problems.extend(error.problems)
            continue
        try:
            stories[name] = read_story(project, name, output)
        except ProjectError as error:
            if os.access(path, os.R_OK):
                unread.append(path)
            if name in chosen:
                problems.extend(_untold(problems, error.problems))
    charts = {b.chart.id: b.chart for s in stories.values() for b in walk(s.blocks) if isinstance(b, Figure)}
    others = _charts_named(unread) if options.only else frozenset[str]()
    tested = tuple(name for name in project.settings.charts if name in charts or name not in others)
    for name in (n for n in tested if n not in charts):
        try:
            declared_chart(project, name)
            claim(project, name)
        except ProjectError as error:
            problems.extend(_untold(problems, error.problems))
    if len(stories) == len(project.settings.outputs):  # else a story that was not read may show the part
        problems.extend(_in_no_document(stories, chosen))
    problems.extend(setting_slips(project))
    if problems:
        raise ProjectError(sorted(problems, key=lambda p: p.place))
    for name, chart in charts.items():
        progress(f"chart {name}: {chart.kind}")
    files = (*project.inputs, *(path for story in stories.values() for path in story.files), *unread)
    inputs = {path.relative_to(project.root).as_posix(): path for path in dict.fromkeys(files)}
    sums = {name: sha256(inputs[name]) for name in sorted(inputs)}
    project.refuse_changed()
    fonts = {file.path.name: file.sha256 for file in project.brand.fonts.files}
    published = options.published or project.settings.published or ""
    planned: list[Planned] = []
    for name in chosen:
        story = stories[name]
        document = _document(project, story, published, options.draft)
        output = project.settings.outputs[name]
        if too_long := long_words(document):
            problems.extend(_untold(problems, too_long))
            continue
        problems.extend(_untold(problems, slips(document, project.tables)))
        if WRITERS[output.writer].embeds_fonts:
            problems.extend(_untold(problems, missing_glyphs(document, project.brand)))
        made = WRITERS[output.writer].prepare(document)
        edition = edition_of(made, output.writer, output.pages, project.brand)
        planned.append(Planned(name, output.writer, output.pages, replace(document, edition=edition), story))
    if problems:
        raise ProjectError(problems)
    return Reading(project, tuple(planned), sums, fonts, options.today or today(), tested)


def _strange_options(project: Project, name: str) -> Iterator[Problem]:
    """Settings of an output that its writer has no use for, and would pass over in silence."""
    output = project.settings.outputs[name]
    for option in sorted(output.model_fields_set - {"writer", "story"} - WRITERS[output.writer].options):
        fitting = [f"'{one}'" for one, writer in WRITERS.items() if option in writer.options]
        yield Problem(
            project.file.place("outputs", name, option),
            f"the writer '{output.writer}' has no use for '{option}'.",
            f"Leave it out; it is a setting of the writer {' and '.join(fitting)}.",
        )


def _charts_named(stories: Sequence[Path]) -> frozenset[str]:
    """Names of the charts that stories ask for which cannot be read, or parts that lie beside them."""
    found: set[str] = set()
    for path in {path for story in stories for path in story.parent.rglob("*.md")}:
        with suppress(ProjectError):  # what is no story, or too large for one, asks for nothing
            text = file_bytes(path, Place(path.name), path.name, LARGEST, "")
            found.update(name.decode() for name in re.findall(rb"chart:(\w+)", text))
    return frozenset(found)


def _in_no_document(stories: Mapping[str, Story], chosen: Collection[str]) -> Iterator[Problem]:
    """Parts of the chosen stories that `only=` keeps out of every document that is made of them."""
    shown = {place for story in stories.values() for place, kept in story.parts.items() if kept}
    told = dict.fromkeys(place for name in chosen if name in stories for place in stories[name].parts)
    for place in told:
        if place not in shown:
            yield Problem(
                place,
                "only= keeps this part out of every document: no output that it names is made of this file.",
                "Name an output whose story this is, or delete the part.",
            )


def _document(project: Project, story: Story, published: str, draft: bool) -> Document:
    settings = project.settings
    return Document(
        title=settings.title,
        subtitle=story.subtitle,
        subtitle_place=project.file.place("subtitle"),
        kicker=settings.kicker,
        language=settings.language,
        publisher=settings.publisher or f"{project.brand.institution} {project.brand.unit}",
        website=settings.website,
        published=published,
        caveat=settings.caveat,
        draft=draft,
        created=creation_date(),
        blocks=story.blocks,
        tables=story.tables,
        contradictions=story.contradictions,
    )
