"""The command that builds: what it is given, and what it says when it is done."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from data.errors import relative
from data.language.iso_date import date_fault
from data.program import program
from data.terminal import say, visible, warn
from reports.commands.ends import EDITED, leave_of, line_of, progress_told, report, reported
from reports.runs.standing import Said, remember

if TYPE_CHECKING:
    from reports.runs.build import Built
    from reports.runs.save import Saved

_LEFT = {
    "edited": "was edited by hand",
    "unknown": "was not made here by this project",
    "read-only": "is read-only",
}
"""Why a file in the output folder is not replaced."""


class PaperSize(StrEnum):
    """Sizes of paper."""

    letter = "letter"
    a4 = "a4"


def given(name: str, value: str | None) -> str | None:
    """An option's value; BadParameter for an empty one: whoever writes --only "" has not said what they mean."""
    if value is not None and not value.strip():
        raise typer.BadParameter("is empty. Say something, or leave the option out.", param_hint=f"'{name}'")
    return value


def outputs_named(only: str | None) -> tuple[str, ...]:
    """The outputs that --only names; BadParameter where it names none."""
    names = tuple(part.strip() for part in (given("--only", only) or "").split(",") if part.strip())
    if only is not None and not names:
        raise typer.BadParameter("names no output. Write such as report,deck.", param_hint="'--only'")
    return names


def day_named(published: str | None) -> str | None:
    """The day that --published says; BadParameter where it is none."""
    if published is not None and (fault := date_fault(published)):
        raise typer.BadParameter(f"'{visible(published)}' {fault}", param_hint="'--published'")
    return published


def variables_set(said: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """The variables that --set names, each with what it is to be; BadParameter for what sets none."""
    found: list[tuple[str, str]] = []
    for one in said or ():
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            shown = visible(one)
            raise typer.BadParameter(f"'{shown}' sets nothing. Write NAME=VALUE.", param_hint="'--set'")
        found.append((name.strip(), value))
    return tuple(found)


def build_documents(
    root: Path,
    out: Path,
    only: str | None = None,
    paper: PaperSize | None = None,
    draft: bool = False,
    overwrite: bool = False,
    quiet: bool = False,
    published: str | None = None,
    strict: bool = False,
    offline: bool = False,
    force: bool = False,
    variables: Sequence[str] | None = None,
) -> None:
    """Build a project as its command line says, and tell how that went."""
    started, began = time.perf_counter(), time.time_ns()
    names, day, chosen = outputs_named(only), day_named(published), variables_set(variables)
    with reported():
        from reports.runs.bind import Options
        from reports.runs.build import build

        size, leave = paper.value if paper else None, leave_of(root, offline, force)
        options = Options(names, size, draft, day, strict, leave, variables=chosen)
        with progress_told(quiet) as progress:
            built = build(root, out, options, overwrite, progress, force)
    warnings = tell_problems(built)
    if not force and not built.taken_over and not any(saved.why for saved in built.saved):
        lines = () if quiet else (_up_to_date(tuple(built.documents), out, built.edition),)
        remember(built.reading, sys.argv[1:], (root, out), began, built.documents, Said(lines, warnings))
    if not quiet:
        say(what_was_made(built, out, time.perf_counter() - started))
    if any(saved.kept for saved in built.saved):
        raise typer.Exit(EDITED)


def tell_problems(built: Built) -> tuple[str, ...]:
    """Tell a build's warnings, whose files are in the way, and what became of them; the lines of the warnings."""
    told = tuple(problem for problem in built.warnings if problem.severity == "warning")
    report(told)
    for saved in built.saved:
        if saved.kept:
            warn(
                f"{relative(saved.kept, Path.cwd())} {_LEFT[saved.why or 'edited']} and is left alone; "
                f"the new one is {saved.path.name}. "
                f"{_way_out(saved, built)} (a backup is kept)."
            )
    for saved in built.saved:
        if saved.backup:
            was = _LEFT[saved.why or "edited"]
            warn(f"{saved.path} {was}; the earlier one is kept as {saved.backup.name}.")
    return tuple(map(line_of, told))


def _way_out(saved: Saved, built: Built) -> str:
    """What to do about a file that is in the way: edits in a deck can be kept."""
    if saved.why == "read-only" or saved.path.suffix != ".pptx":
        return "Replace it with --overwrite"
    project = shlex.quote(relative(built.reading.project.root, Path.cwd()))
    keep = f"{program()} refresh {shlex.quote(relative(saved.kept or saved.path, Path.cwd()))} {project}"
    return f"Bring the new data into it and keep the edits: {keep}; or replace it with --overwrite"


def what_was_made(built: Built, out: Path, seconds: float) -> str:
    """What was made, and what stood there as it would be made."""
    made = ", ".join(saved.path.name for saved in built.saved)
    if not made:
        return _up_to_date(built.standing, out, built.edition)
    said = f"Made {made} in {out} (edition {built.edition}) in {seconds:.1f} s."
    return f"{said} {_are(built.standing)} up to date." if built.standing else said


def _up_to_date(files: tuple[str, ...], out: Path, edition: str) -> str:
    return f"{_are(files)} up to date in {out} (edition {edition})."


def _are(files: tuple[str, ...]) -> str:
    return f"{', '.join(files)} {'is' if len(files) == 1 else 'are'}"
