"""First step of a run: a project's folder becomes documents, with everything checked that can be."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from charts.declared import Charts
from data.effort import within_reason
from data.errors import Place, Problem, ProjectError, nearest
from data.files.project_path import inside
from data.files.toml_file import TomlFile
from data.files.world import sha256, today
from data.project import Narrowing, Project, load_project
from data.settings.kinds import Settings
from data.settings.project import ProjectSettings
from reports.runs.asked import Asking, StoryFiles, may_show, story_files
from reports.runs.bind import Options, Planned, bound, writer_options
from reports.story.slips import setting_slips
from reports.story.story import Story, read_story
from reports.writers import WRITERS

Progress = Callable[[str], None]
Standing = Callable[[Project], Mapping[str, tuple[Path, ...]]]
"""What tells the outputs of a project whose stories need not be read, each with the files that its story was."""


class Reading(Struct, frozen=True):
    """A project with the documents of its outputs."""

    project: Project
    outputs: tuple[Planned, ...]
    inputs: dict[str, str]
    """Path in the project → SHA-256 of each file that was read."""
    fonts: dict[str, str]
    """File name → SHA-256 of each font."""
    today: datetime.date
    """For warnings about what is old, or of a time to come; no document knows it."""
    charts: Charts
    """Each of the project's charts was bound to its rows and tested."""
    whole: Project
    """The project with what is made for each row of its batches."""


def _chosen(settings: ProjectSettings, only: Collection[str]) -> list[str]:
    """Names of the outputs to make, in the project's order."""
    names = list(settings.outputs)
    unknown = [name for name in only if name not in names]
    if unknown:
        raise ProjectError.at(Place("--only"), f"the project has no output '{unknown[0]}'.", nearest(unknown[0], names))
    return [name for name in names if not only or name in only]


def _untold(told: Sequence[Problem], found: Sequence[Problem]) -> list[Problem]:
    """The problems that were not told yet: stories share charts, and with them their problems."""
    known = {str(problem) for problem in told}
    return [problem for problem in found if str(problem) not in known]


@within_reason
def read(
    root: Path, options: Options, progress: Progress = lambda _: None, standing: Standing = lambda _: {}
) -> Reading:
    """Read a project, once, and bind the stories of its outputs: all, or with `only` those that are asked for; but for
    those that `standing` names, as long as no story depends on what another one shows.

    With `only`, those tables and charts alone are read that they ask for, and those that all share. Raises ProjectError
    with all problems: of the chosen outputs, of what they rest on, and of every output's settings.
    """
    whole = load_project(root, progress, options.leave, _part(root, options.only), options.variables)
    if options.paper is not None:
        whole = replace(whole, brand=replace(whole.brand, paper=options.paper))
    project = _without_batches(whole)
    charts = Charts(project)
    problems: list[Problem] = []
    given: dict[str, Settings] = {}
    stories: dict[str, Story] = {}
    chosen = _chosen(project.settings, options.only)
    untouched = dict(standing(project))
    for name in project.settings.outputs:
        try:
            given[name] = _given(project, name)
        except ProjectError as error:
            problems.extend(error.problems)
        if name not in untouched:
            problems.extend(_untold(problems, _with_story(charts, name, name in chosen, stories)))
    if untouched and any(story.parts for story in stories.values()):  # a part may be for another story to show
        for name in untouched:
            problems.extend(_untold(problems, _with_story(charts, name, name in chosen, stories)))
        untouched = {}
    chosen = [name for name in chosen if name not in untouched]
    for name in project.settings.charts:
        try:
            charts.chart(name)
            charts.title(name)
        except ProjectError as error:
            problems.extend(_untold(problems, error.problems))
    if len(stories) == len(chosen):  # else a story that was not read may show the part
        problems.extend(_in_no_document(project, stories))
    problems.extend(setting_slips(project))
    if problems:
        raise ProjectError(sorted(problems, key=lambda p: p.place))
    for name in project.settings.charts:
        progress(f"chart {name}: {charts.chart(name).kind}")
    read_for = {**untouched, **{name: story.files for name, story in stories.items()}}
    files = dict.fromkeys((*project.inputs, *(path for paths in read_for.values() for path in paths)))
    inputs = {path.relative_to(project.root).as_posix(): path for path in files}
    sums = {name: sha256(inputs[name]) for name in sorted(inputs)}
    project.refuse_changed()
    planned: list[Planned] = []
    for name in chosen:
        try:
            planned.append(bound(charts, name, stories[name], given[name], options))
        except ProjectError as error:
            problems.extend(_untold(problems, error.problems))
    if problems:
        raise ProjectError(problems)
    fonts = {file.path.name: file.sha256 for file in project.brand.fonts.files}
    return Reading(project, tuple(planned), sums, fonts, options.today or today(), charts, whole)


def _without_batches(project: Project) -> Project:
    """A project without what is made for each row of a batch."""
    settings = project.settings
    outputs = {name: one for name, one in settings.outputs.items() if one.each is None}
    charts = {name: one for name, one in settings.charts.items() if one.each is None}
    return replace(project, settings=settings.model_copy(update={"outputs": outputs, "charts": charts}))


def _part(root: Path, only: Collection[str]) -> Narrowing:
    """What the chosen outputs ask for of a project; all of it where none is named."""

    def part(settings: ProjectSettings, file: TomlFile) -> ProjectSettings:
        if not only:
            return settings
        return Asking(settings, file, story_files(settings, file, root)).part(_chosen(settings, only))

    return part


def _with_story(charts: Charts, name: str, chosen: bool, stories: dict[str, Story]) -> tuple[Problem, ...]:
    """Read the story of an output into `stories` where it is chosen; what is wrong with it, or with where it is."""
    project, output = charts.project, charts.project.settings.outputs[name]
    try:
        inside(project.root, output.story, project.file.place("outputs", name, "story"))
        if chosen and output.writer in WRITERS:
            stories[name] = read_story(charts, name)
    except ProjectError as error:
        return error.problems
    return ()


def _given(project: Project, name: str) -> Settings:
    """The options of an output's writer; ProjectError where there is no such writer."""
    writer = project.settings.outputs[name].writer
    if writer not in WRITERS:
        place = project.file.place("outputs", name, "writer")
        raise ProjectError.at(place, f"there is no writer '{writer}'.", nearest(writer, WRITERS))
    return writer_options(project, name)


def _in_no_document(project: Project, stories: Mapping[str, Story]) -> Iterator[Problem]:
    """Parts of these stories that `only=` keeps out of every document that is made of them."""
    told = dict.fromkeys(place for story in stories.values() for place in story.parts)
    shown = {place for story in stories.values() for place, part in story.parts.items() if part.kept}
    unread: dict[str, StoryFiles] = {}
    if told.keys() - shown and len(stories) < len(project.settings.outputs):
        files = story_files(project.settings, project.file, project.root)
        unread = {name: its for name, its in files.items() if name not in stories}
    for place in told:
        names = frozenset[str]().union(*(s.parts[place].names for s in stories.values() if place in s.parts))
        if place not in shown and not may_show(unread, project.settings, place, names):
            yield Problem(
                place,
                "only= keeps this part out of every document: no output that it names is made of this file.",
                "Name an output whose story this is, or delete the part.",
            )
