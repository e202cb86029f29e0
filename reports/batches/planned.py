"""The documents of one item: its stories bound to its row, in its language and on its paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from charts.chart import Chart
from charts.declared import Charts
from data.digest import Digest
from data.effort import within_reason
from data.errors import Place, Problem, ProjectError, nearest
from data.look.brand import Brand
from data.project import Project, load_project
from data.sandbox.expressions import sentence
from data.sandbox.placeholders import Sentence
from data.settings.kinds import Settings
from data.tables.table import Row
from reports.batches.items import Item, batch_table, file_name, in_words, items_of
from reports.runs.asked import story_files
from reports.runs.bind import Options, Planned, bound, creation_date, writer_options
from reports.runs.edition import brand_digest, code, versions
from reports.runs.read import Progress
from reports.story.slips import setting_slips
from reports.story.story import read_story
from reports.version import VERSION
from reports.writers import WRITERS


class Batch(Struct, frozen=True):
    """A batch that was read: its project in each of its languages, and its items."""

    name: str
    projects: Mapping[str | None, Project]
    """By language; None for the project's own."""
    items: tuple[Item, ...]
    """In the order of the table."""
    given: Mapping[str, Settings]
    """Output → options of its writer."""
    options: Options
    charts: Mapping[str | None, Charts]
    """By language, those that are the same for every item: each is bound once."""

    @property
    def project(self) -> Project:
        """In its own language."""
        return self.projects[None]

    @property
    def title(self) -> str:
        """What the whole is called."""
        said = self.project.settings.batches[self.name].title
        return said or batch_table(self.project, self.name).title or self.name

    def together(self, output: str) -> str:
        """The name of the file that holds all documents of an output."""
        return f"{file_name(self.name)}.pdf" if len(self.given) == 1 else f"{file_name(self.name)}-{output.lower()}.pdf"

    def file(self, item: Item, output: str) -> str:
        """The name of an item's document: of the item and, where there are several, of the output."""
        suffix = WRITERS[self.project.settings.outputs[output].writer].suffix
        return f"{item.name}{suffix}" if len(self.given) == 1 else f"{item.name}-{output.lower()}{suffix}"


class Documents(Struct, frozen=True):
    """The documents of one item, ready to be written."""

    outputs: tuple[Planned, ...]
    brand: Brand


class _ItemCharts(Charts):
    """The charts of one item: its own, and those that all items share."""

    def __init__(self, project: Project, shared: Charts) -> None:
        super().__init__(project)
        self._shared = shared

    def chart(self, name: str) -> Chart:
        return super().chart(name) if self._own(name) else self._shared.chart(name)

    def title(self, name: str) -> Sentence:
        return super().title(name) if self._own(name) else self._shared.title(name)

    def _own(self, name: str) -> bool:
        return self.project.settings.charts[name].each is not None


def read_batch(
    root: Path, name: str, options: Options, where: str | None = None, progress: Progress = lambda _: None
) -> Batch:
    """Read a project for a batch, as `batch_of` has it."""
    return batch_of(load_project(root, progress, options.leave, said=options.variables), name, options, where)


def batch_of(project: Project, name: str, options: Options, where: str | None = None) -> Batch:
    """The batch `name` of a project: all items, or those of which the condition `where` is true.

    Raises ProjectError for what is wrong with all of them.
    """
    batches = project.settings.batches
    if name not in batches:
        remedy = nearest(name, batches) if batches else "Declare one: [batches.NAME] over = '...'."
        raise ProjectError.at(Place("project.toml"), f"the project has no batch '{name}'.", remedy)
    if slips := setting_slips(project):
        raise ProjectError(slips)
    outputs = [output for output, settings in project.settings.outputs.items() if settings.each == name]
    given = {output: writer_options(project, output) for output in outputs}
    items = items_of(project, name, where)
    projects: dict[str | None, Project] = {None: project}
    asked = {item.language for item in items if item.fault is None and item.language is not None}
    for language in sorted(asked - {project.language}):
        projects[language] = project.in_language(language)
    return Batch(name, projects, items, given, options, {language: Charts(one) for language, one in projects.items()})


@within_reason
def documents(batch: Batch, item: Item) -> Documents:
    """The documents of an item, bound. Raises ProjectError with all that is wrong with them."""
    language = item.language if item.language in batch.projects else None
    whole = batch.projects[language]
    project = whole.about(Row(batch_table(whole, batch.name), item.row), batch.options.paper or item.paper)
    project = _with_statements(project, batch.name)
    charts = _ItemCharts(project, batch.charts[language])
    found: list[Planned] = []
    problems: dict[str, Problem] = {}
    for output, given in batch.given.items():
        try:
            found.append(bound(charts, output, read_story(charts, output), given, batch.options))
        except ProjectError as error:
            problems.update((str(problem), problem) for problem in error.problems)
    if problems:
        raise ProjectError(problems.values())
    return Documents(tuple(found), project.brand)


def _with_statements(project: Project, batch: str) -> Project:
    """The project of one row with its title, and with what its brand states there."""
    said, place = project.settings.batches[batch], project.file.place

    def stated(words: str, *path: str) -> str:
        return in_words(
            sentence(words, project.names, place("batches", batch, *path), project.language), project.language
        )

    titles = {"title": said.document_title, "subtitle": said.document_subtitle}
    own = {name: stated(words, f"document_{name}") for name, words in titles.items() if words}
    statements = {name: stated(words, "brand", name) for name, words in said.brand.said.items()}
    if not own and not statements:
        return project
    settings, brand = project.settings.model_copy(update=own), replace(project.brand, **statements)
    return replace(project, settings=settings, brand=brand)


def whole_digest(batch: Batch) -> str:
    """A digest of all that any item may depend on: while it is the same, so are all that were made."""
    project, options = batch.project, batch.options
    stories = story_files(project.settings, project.file, project.root)
    read = sorted({path for name in batch.given if name in stories for path in stories[name].files})
    tables = [(name, table.columns, table.fields, table.marks) for name, table in project.tables.items()]
    return Digest(
        VERSION, code(), versions(), creation_date(), project.root / "project.toml", read, tables,
        brand_digest(project.brand), options.paper, options.draft, options.published, options.correction,
        options.variables,
    ).hexadecimal  # fmt: skip
