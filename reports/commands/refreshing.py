"""The command that refreshes a deck: what it says, and how it ends."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.errors import Place, ProjectError
from data.program import program
from data.project_folder import find_project
from data.terminal import say, warn
from reports.commands.building import day_named, given, outputs_named, variables_set
from reports.commands.ends import EDITED, leave_of, progress_told, report, reported
from reports.commands.options import Draft, Offline, Project, Published, Set

if TYPE_CHECKING:
    from reports.refresh.outcomes import Outcome, Refreshed, Verdict
    from reports.runs.refresh import Done

_MOST = 76
"""Characters of a text that are told in a line."""
_MANY = 3
"""Slides on which the same is told once."""
_COUNTED: dict[Verdict, str] = {
    "updated": "updated",
    "added": "new",
    "removed": "gone",
    "kept": "kept as you made it",
    "deleted": "deleted by you",
    "copied": "copied by you",
    "own": "added by you",
    "merged": "merged, to be read again",
    "conflict": "in conflict",
}
_LISTED: dict[Verdict, str] = {
    "kept": "kept",
    "deleted": "deleted",
    "copied": "copied",
    "own": "yours",
}


def refresh_command(
    deck: Annotated[Path, typer.Argument(metavar="DECK", help="The deck that was edited, such as out/deck.pptx.")],
    project: Project = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="NEW.pptx", help="Write this file, and leave the deck as it is.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="NAME", help="The output that the deck is, where a project has several."),
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Tell what would become of it, and write nothing.")] = False,
    settled: Annotated[
        bool, typer.Option("--settled", help="What the deck says in conflict with the data is right: tell it no more.")
    ] = False,
    draft: Draft = False,
    published: Published = None,
    set_: Set = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but conflicts and problems.")] = False,
    offline: Offline = False,
) -> None:
    """Bring new data into a deck that was edited by hand, and keep the edits.

    Ends with a table of what was updated, what was kept, and what a person must decide; exit code 4 with conflicts.
    """
    started = time.perf_counter()
    target, names, day = given("--out", out), outputs_named(only), day_named(published)
    chosen = variables_set(set_)
    if target is not None and not target.lower().endswith(".pptx"):
        raise typer.BadParameter("is no .pptx file.", param_hint="'--out'")
    with reported():
        from reports.runs.bind import Options
        from reports.runs.refresh import refresh, refuse_unnamed

        if deck.is_dir():
            example = f"{program()} refresh out/deck.pptx {shlex.quote(str(deck))}"
            raise ProjectError.at(Place(str(deck)), "is a folder, and no deck.", f"Name the deck first: {example}")
        root = find_project(project)
        if project is None:
            refuse_unnamed(deck, root)
        options = Options(names, None, draft, day, False, leave_of(root, offline), variables=chosen)
        with progress_told(quiet) as progress:
            done = refresh(deck, root, options, None if target is None else Path(target), dry, settled, progress)
    report(tuple(problem for problem in done.warnings if problem.severity == "warning"))
    if not quiet:
        for line in (_headline(done, dry, time.perf_counter() - started), *_told(done.result)):
            say(line)
    open_ = done.result.of("conflict")
    for line in _conflicts(open_):
        warn(line)
    if open_:
        many = "1 conflict is" if len(open_) == 1 else f"{len(open_)} conflicts are"
        warn(
            f"{many} left to you. Write what is right into the deck; or, where all of them are to stay as they are in "
            f"the deck: {_again(deck, project, set_)} --settled"
        )
        raise typer.Exit(EDITED)


def _again(deck: Path, project: Path | None, variables: Sequence[str] | None) -> str:
    """The command as it was called, for the next time."""
    named = (*(one for one in (deck, project) if one is not None), *(f"--set={one}" for one in variables or ()))
    return f"{program()} refresh {shlex.join(map(str, named))}"


def _headline(done: Done, dry: bool, seconds: float) -> str:
    result = done.result
    if not result.changed:
        return f"{done.path} has the newest data (edition {result.edition})."
    counts = (f"{len(result.of(verdict))} {words}" for verdict, words in _COUNTED.items() if result.of(verdict))
    did = "Would refresh" if dry else "Refreshed"
    said = (
        f"{did} {done.path} (edition {result.earlier}, now {result.edition}) in {seconds:.1f} s: {', '.join(counts)}."
    )
    return f"{said} The earlier one is kept as {done.backup.name}." if done.backup else said


def _told(result: Refreshed) -> Iterator[str]:
    """The table: what was updated slide by slide, then each thing that a person made, and what became of it."""
    alike: dict[tuple[str, str, str], list[Outcome]] = {}
    for one in result.of("updated"):
        alike.setdefault((one.shape, one.was, one.ours), []).append(one)
    said_once = [its for its in alike.values() if len(its) > _MANY]
    for one, *more in said_once:
        yield f"updated   {one.shape} on {len(more) + 1} slides: {_short(one.ours)}"
    yield from _by_slide("updated", [one for its in alike.values() if len(its) <= _MANY for one in its])
    yield from _by_slide("new", result.of("added"))
    yield from _by_slide("gone", result.of("removed"))
    for verdict, what in _LISTED.items():
        for one in result.of(verdict):
            yield f"{what:<9} {_where(one)}{_remark(one)}"
    for one in result.of("note"):
        yield f"note      {one.ours}"
    for one in result.of("merged"):
        yield f"merged    {_where(one)}: read whether it is still true"
        yield f"          now: {_whole(_merged_words(one))}"


def _by_slide(what: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line for each slide, with what stands on it."""
    ordered = sorted(outcomes, key=lambda one: (one.number, one.slide))
    for (number, title), members in groupby(ordered, key=lambda one: (one.number, one.slide)):
        shapes = ", ".join(dict.fromkeys(one.shape for one in members if one.shape))
        yield f"{what:<9} {_slide(number, title)}{shapes and f': {shapes}'}"


def _conflicts(outcomes: tuple[Outcome, ...]) -> Iterator[str]:
    for one in outcomes:
        if one.facet == "gone":
            yield f"conflict  {_where(one)}: is generated no more, and you changed it; it stays"
            continue
        yield f"conflict  {_where(one)}"
        theirs, ours = _where_they_differ(one.theirs, one.ours)
        yield f"          in the deck:   {_whole(theirs)}"
        yield f"          from the data: {_whole(ours)}"


def _where_they_differ(theirs: str, ours: str) -> tuple[str, str]:
    """The paragraphs that are not the same on both sides; all, where one side has more of them."""
    mine, new = theirs.split("\n"), ours.split("\n")
    if len(mine) != len(new) or theirs == ours:
        return theirs, ours
    pairs = [pair for pair in zip(mine, new, strict=True) if pair[0] != pair[1]]
    return "\n".join(one for one, _ in pairs), "\n".join(one for _, one in pairs)


def _merged_words(one: Outcome) -> str:
    """The paragraphs in which words of both sides stand; all, where paragraphs came or went."""
    was, theirs, ours = (text.split("\n") for text in (one.was, one.theirs, one.ours))
    if not len(was) == len(theirs) == len(ours):
        return one.ours
    both = [now for before, mine, now in zip(was, theirs, ours, strict=True) if mine not in (before, now)]
    return "\n".join(both) or one.ours


def _slide(number: int, title: str) -> str:
    named = f"'{_short(title)}'" if title else "without a title"
    return f"slide {number} {named}" if number else f"slide {named}"


def _where(one: Outcome) -> str:
    said = [
        _slide(one.number, one.slide),
        one.shape,
        one.facet if one.facet not in ("text", "gone", "changed data", one.shape) else "",
    ]
    return ", ".join(filter(None, said))


def _remark(one: Outcome) -> str:
    if one.verdict == "copied":
        return ": a copy is not refreshed, and may be out of date"
    if one.verdict == "deleted":
        return "; what it showed has new data" if (one.ours and one.shape) or one.facet == "changed data" else ""
    return f": {_short(one.theirs)}" if one.verdict == "kept" and one.theirs else ""


def _short(text: str) -> str:
    line = _whole(text)
    return line if len(line) <= _MOST else line[: _MOST - 1].rstrip() + "…"


def _whole(text: str) -> str:
    return " / ".join(text.replace("\v", "\n").split("\n")) if text else "(nothing)"
