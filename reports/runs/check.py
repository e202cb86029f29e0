"""Everything that can be wrong with a project, found without a file being written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

from charts.choosing.chosen_kind import explained
from charts.choosing.highlighting import tied_highlights
from charts.declared import cut_ties
from data.errors import Problem, ProjectError, relative
from data.language.iso_date import after, last_day
from reports.document.resolution import coarse
from reports.document.sources import disagreement
from reports.doubts.doubts import cut_tables, doubts
from reports.doubts.example_words import example_words
from reports.doubts.narrow_leads import narrow_leads
from reports.doubts.untested import untested_titles
from reports.doubts.unused_terms import unused_terms
from reports.runs.asked import story_files
from reports.runs.colours import colour_warnings
from reports.runs.numbers_by_hand import bound_in_place, numbers_by_hand
from reports.runs.read import Options, Progress, Reading, read
from reports.runs.write import is_worth_two, second_process, write


def check(
    root: Path,
    options: Options | None = None,
    progress: Progress = lambda _: None,
    explain: Callable[[str], None] | None = None,
    also: Callable[[Reading], None] = lambda _: None,
    fixed: Callable[[str], None] | None = None,
) -> tuple[Problem, ...]:
    """Read a project and lay out every output in memory; what is left are warnings. `also` looks at more of it.

    `explain` is told of each chart without a kind which one was chosen, and why. With `fixed`, numbers that are typed
    by hand are bound in the project's files where there is no doubt, once all else is sound; it is told of each.
    Raises ProjectError with all problems; OutputError where a file cannot be written.
    """
    with second_process() if is_worth_two(root) else nullcontext() as pool:
        reading = read(root, options or Options(), progress)
        if explain is not None:
            for told in explained(reading.project):
                explain(told)
        writing = write(reading, pool)
        found = (*warnings(reading), *_of_stories(reading))
        writing.finished(progress)
        also(reading)
        typed = numbers_by_hand(reading)
    if fixed is None:
        return (*found, *typed.problems)
    for told in bound_in_place(reading, typed):
        fixed(told)
    return (*found, *typed.left.problems)


def _of_stories(reading: Reading) -> Iterator[Problem]:
    """Titles that compare without a test, and terms that no story marks, also of what is made for each row of a batch.
    Only a check tells them: documents are no less true than they were."""
    project = reading.whole
    stories = story_files(project.settings, project.file, project.root).values()
    texts = {relative(path, project.root): text for its in stories for path, text in its.texts.items()}
    yield from untested_titles(project, texts)
    yield from unused_terms(project, {term for planned in reading.outputs for term in planned.story.terms}, texts)


def warnings(reading: Reading) -> tuple[Problem, ...]:
    """What does not stop a build: settings that met nothing or look wrong, charts that cut through a tie, colours that
    some cannot read, leads that margins leave open, old data, tables that disagree, the example's words in a project of
    one's own."""
    project = reading.project
    found = [
        *project.warnings,
        *doubts(project, reading.today),
        *cut_ties(reading.charts),
        *(told for name in project.settings.charts for told in tied_highlights(project, reading.charts.chart(name))),
        *dict.fromkeys(p for planned in reading.outputs for p in cut_tables(planned.story.blocks)),
        *dict.fromkeys(p for planned in reading.outputs for p in coarse(planned.story.blocks, planned.writer)),
        *colour_warnings(reading),
        *narrow_leads(project, reading.inputs),
        *stale(reading),
        *_disagreements(reading),
    ]
    if not project.built_in:
        found.extend(example_words(project, reading.inputs))
    return tuple(found)


def refuse_warnings(found: Iterable[Problem]) -> None:
    """ProjectError for warnings, where each counts as a problem."""
    told = [problem for problem in found if problem.severity == "warning"]
    if told:
        raise ProjectError(told)


def stale(reading: Reading) -> Iterator[Problem]:
    """Tables whose data are older than the project allows. Warnings alone know what day it is; no document does."""
    project = reading.project
    for name, table in project.tables.items():
        if table.stale_after is None or table.as_of is None:
            continue
        if reading.today > after(last_day(table.as_of), table.stale_after):
            yield Problem(
                project.file.place("tables", name, "as_of"),
                f"the data of '{name}' are of {table.as_of}, older than {table.stale_after}.",
                "Get newer data, or raise stale_after.",
                severity="warning",
            )


def _disagreements(reading: Reading) -> Iterator[Problem]:
    """Where tables disagree. A note, not a warning: "About these data" tells it, and often nobody can mend it."""
    project = reading.project
    for found in project.contradictions:
        said = disagreement(found, found.one_table, project.language)
        yield Problem(
            project.file.place("tables", found.one_table.name),
            f"the data disagree. {said}.",
            "Correct one of them if you can; the report says so under its data.",
            severity="note",
        )
