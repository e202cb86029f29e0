"""An inspection as what is printed: in a terminal with a drawn table, elsewhere as TOML with all else in comments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from data.inspection.look import Inspection, Trial
from data.inspection.proposals.preview import plain, preview
from data.inspection.proposals.section import section
from data.network.allow import remember_typed
from data.network.leave import Leave
from data.program import program
from data.terminal import visible

_WIDTH = 110


def told(inspection: Inspection, file: str | None = None) -> Iterator[str]:
    """The lines that are printed where there is no terminal: TOML, with lists and previews as comments.

    `file` is the path in the project, where the file is in one.
    """
    for line in listed(inspection):
        yield f"# {line}".rstrip()
    for number, trial in enumerate(inspection.trials):
        if number or len(inspection.parts) > 1 or inspection.tables:
            yield ""
        yield from proposed(trial, file).splitlines()
        yield ""
        for line in below(trial):
            yield f"# {line}".rstrip()


def listed(inspection: Inspection) -> list[str]:
    """The lists of the source's sheets and of the tables in the one that was looked at, where there are several."""
    lines: list[str] = []
    if len(inspection.parts) > 1:
        width = max(len(part.name) for part in inspection.parts)
        said = f"looked at '{inspection.part}'. For another one: --sheet NAME."
        lines.append(f"{len(inspection.parts)} sheets or tables; {said}")
        for part in inspection.parts:
            words = "hidden" if part.hidden else part.words
            mark = ">" if part.name == inspection.part else " "
            lines.append(f"{mark} {part.name.ljust(width)}  {words}".rstrip())
    if len(inspection.tables) > 1:
        everything = all(table.proposed for table in inspection.tables)
        which = "each is proposed, the largest first" if everything else "one is proposed"
        width = max(len(table.name) for table in inspection.tables)
        lines.append(f"{len(inspection.tables)} tables; {which}. For another one, or one alone: --table NUMBER.")
        for number, table in enumerate(inspection.tables, 1):
            mark = ">" if table.proposed else " "
            lines.append(f"{mark} {number}  {table.name.ljust(width)}  {table.words}")
    return lines


def proposed(trial: Trial, file: str | None = None) -> str:
    """The section of one proposal."""
    return section(trial.proposal, file)


def below(trial: Trial, drawn: bool = False) -> list[str]:
    """What stands below a section: the preview, or why there is none."""
    if trial.table is None:
        said = [f"  {problem}" for problem in trial.problems[:10]]
        return ["This does not load yet:", *said]
    asked = ["This does not load until what is to be answered is.", ""] if trial.proposal.open else []
    return asked if drawn else [*asked, *plain(preview(trial.table, _WIDTH))]


def draw(inspection: Inspection, file: str | None = None) -> None:
    """Print an inspection in a terminal."""
    from rich.console import Console
    from rich.table import Table as Drawn

    console = Console(highlight=False)
    for line in listed(inspection):
        console.print(visible(line), markup=False)
    for trial in inspection.trials:
        console.print()
        for line in [*proposed(trial, file).splitlines(), ""]:
            console.print(visible(line), markup=False, soft_wrap=True)
        for line in below(trial, drawn=True):
            console.print(visible(line), markup=False)
        if trial.table is None:
            continue
        shown = preview(trial.table, console.width - 4)
        drawn = Drawn(caption=f"and {shown.below}" if shown.below else None, caption_justify="left")
        for title, right in zip(shown.titles, shown.right, strict=True):
            drawn.add_column(_literal(title), justify="right" if right else "left", no_wrap=True)
        for row in shown.rows:
            drawn.add_row(*map(_literal, row))
        console.print(drawn)


def _literal(text: str) -> str:
    """Text in which square brackets are brackets, not rich's markup, and which moves no cursor."""
    from rich.markup import escape

    return escape(visible(text))


def added(inspection: Inspection, root: Path, name: str | None, leave: Leave) -> list[str]:
    """Write the proposals into the project in `root`; the lines that say what was done.

    What the user typed, hosts and names of secrets, the project may then use.
    """
    from data.inspection.add import add

    done = add(inspection, root, name, leave)
    remember_typed(root, leave)
    lines = [f"Copied the file to {file}." for file in done.copied]
    lines += [f"Added [tables.{table}] to {root / 'project.toml'}." for table in done.tables]
    lines += [f"{file}, which [tables.{table}] reads, holds the same as this file." for file, table in done.alike]
    return [*lines, f"It is a proposal: read its comments, then run: {program()} check {root}"]
