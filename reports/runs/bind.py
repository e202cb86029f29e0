"""One output of a project that was read: its story bound to the data, as a document that is ready to be written."""

from __future__ import annotations

import datetime
import re

from msgspec import Struct
from msgspec.structs import replace

from charts.declared import Charts
from data.errors import Place, Problem, ProjectError, nearest
from data.files.world import variable
from data.look.brand import Paper
from data.network.leave import USUAL, Leave
from data.project import Project
from data.settings.kinds import Settings
from data.settings.project import OutputSettings
from data.settings.validated import validated
from reports.document.blocks import Document
from reports.document.characters import long_words, missing_glyphs
from reports.runs.edition import digest_of, edition_of
from reports.story.slips import slips
from reports.story.story import Story
from reports.writers import WRITERS

_CONSTANT_DATE = 946_684_800  # 2000-01-01, when SOURCE_DATE_EPOCH says nothing
_LAST_SECOND = 253_402_300_799
"""Of the year 9999, the last that dates in documents can have."""


class Options(Struct, frozen=True):
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
    correction: str = ""
    """What the documents put right of an edition that was withdrawn."""
    today: datetime.date | None = None
    """The day for which data may be old; None for that of the clock."""
    variables: tuple[tuple[str, str], ...] = ()
    """What the run sets of the project's variables: names, each with its word or number."""


class Planned(Struct, frozen=True):
    """An output that is ready to be written."""

    name: str
    writer: str
    options: Settings
    """Of the writer, as its model has them."""
    document: Document
    story: Story
    digest: str
    """Of all that it is made from, in 64 hexadecimal digits."""

    @property
    def file(self) -> str:
        """Name of the file in the output folder."""
        return self.name + WRITERS[self.writer].suffix


def creation_date() -> int:
    """Seconds since 1970 for metadata: SOURCE_DATE_EPOCH, else a constant; never the clock.

    The variable is specified by reproducible-builds.org.
    """
    said = variable("SOURCE_DATE_EPOCH").strip()
    if not said:
        return _CONSTANT_DATE
    if not re.fullmatch("[0-9]{1,12}", said) or int(said) > _LAST_SECOND:
        raise ProjectError.at(
            Place("SOURCE_DATE_EPOCH"),
            f"'{said}' is no number of seconds since 1970 that a date can be made of.",
            f"Unset it, or set a whole number up to {_LAST_SECOND}.",
        )
    return int(said)


def writer_options(project: Project, name: str) -> Settings:
    """What an output says to its writer; ProjectError for what the writer has no use for, and would pass over."""
    output = project.settings.outputs[name]
    model = WRITERS[output.writer].options
    problems = [_strange(project, name, option) for option in output.options if option not in model.model_fields]
    fitting = {option: said for option, said in output.options.items() if option in model.model_fields}
    try:
        options = validated(model, project.file, ("outputs", name), fitting)
    except ProjectError as error:
        raise ProjectError([*problems, *error.problems]) from None
    if problems:
        raise ProjectError(problems)
    return options


def _strange(project: Project, name: str, option: str) -> Problem:
    writer, place = project.settings.outputs[name].writer, project.file.place("outputs", name, option)
    others = [f"'{one}'" for one, other in WRITERS.items() if option in other.options.model_fields]
    if others:
        remedy = f"Leave it out; it is a setting of the writer {' and '.join(others)}."
        return Problem(place, f"the writer '{writer}' has no use for '{option}'.", remedy)
    known = (*OutputSettings.model_fields, *WRITERS[writer].options.model_fields)
    return Problem(place, f"the setting '{option}' is not known.", nearest(option, known))


def bound(charts: Charts, name: str, story: Story, given: Settings, options: Options) -> Planned:
    """The output `name` with its edition; ProjectError for what its writer cannot set, and for slips of typing."""
    project = charts.project
    writer = WRITERS[project.settings.outputs[name].writer]
    document = _document(project, story, options)
    if too_long := long_words(document):
        raise ProjectError(too_long)
    problems = slips(document, project.tables)
    if writer.embeds_fonts:
        problems += missing_glyphs(document, project.brand)
    if problems:
        raise ProjectError(problems)
    made = writer.prepare(document)
    called = project.settings.outputs[name].writer
    digest = digest_of(made, called, given, project.brand)
    return Planned(name, called, given, replace(document, edition=edition_of(digest)), story, digest)


def _document(project: Project, story: Story, options: Options) -> Document:
    settings = project.settings
    return Document(
        title=settings.title,
        subtitle=story.subtitle,
        subtitle_place=project.file.place("subtitle"),
        kicker=settings.kicker,
        language=settings.language,
        publisher=settings.publisher or f"{project.brand.institution} {project.brand.unit}",
        website=settings.website,
        published=options.published or settings.published or "",
        caveat=settings.caveat,
        correction=options.correction,
        draft=options.draft,
        created=creation_date(),
        blocks=story.blocks,
        tables=story.tables,
        contradictions=story.contradictions,
        variables=dict(options.variables),
    )
