"""Looks at a source and gives the proposals for the tables in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from data.errors import Place, Problem, ProjectError, nearest
from data.inspection.naming import name_of, unique
from data.inspection.opened import Opened, described, open_file
from data.inspection.proposal import Proposal, Surroundings, propose, tables_in
from data.inspection.trial import tried
from data.table import Table

_LISTED = 5_000_000
"""Bytes of a workbook whose sheets are all looked into for the list of them."""


@dataclass(frozen=True)
class Listed:
    """One sheet or table of a source, for the list of them."""

    name: str
    words: str
    """What is in it."""
    hidden: bool = False


@dataclass(frozen=True)
class Trial:
    """A proposal, with the table that it gives."""

    proposal: Proposal
    table: Table | None
    problems: tuple[Problem, ...] = ()
    """Why it does not load, where there is no table."""


@dataclass(frozen=True)
class Inspection:
    """What was found in a source."""

    opened: Opened
    trials: tuple[Trial, ...]
    parts: tuple[Listed, ...] = ()
    """Every sheet or table of the source, where it has several."""
    part: str = ""
    """The one that was looked at."""


def look(target: str, sheet: str | None = None, name: str | None = None) -> Inspection:
    """Propose how to declare the tables of a file, address or database.

    `sheet` is the sheet or table to look at, the first one that holds a table where it is not said; `name` is what to
    call the table. Raises ProjectError where nothing can be read or there is no table, SourceError where a server is
    out of order.
    """
    opened = _opened(target)
    if not opened.parts:
        return Inspection(opened, _trials(opened, "", name))
    if sheet is not None:
        part = _chosen(opened, sheet, target)
        return Inspection(opened, _trials(opened, part, name), _names(opened), part)
    problems: list[Problem] = []
    visible = [part.name for part in opened.parts if not part.hidden]
    telling = [part for part in visible if part not in opened.describing]
    for part in (*telling, *opened.describing):
        try:
            trials = _trials(opened, part, name)
        except ProjectError as error:
            problems.extend(error.problems)
            continue
        return Inspection(opened, trials, _listed(opened), part)
    raise ProjectError(problems or [Problem(Place(target), "has no sheet that is not hidden.", "Name one: --sheet.")])


def _opened(target: str) -> Opened:
    return open_file(Path(target), target)


def _chosen(opened: Opened, wanted: str, target: str) -> str:
    names = [part.name for part in opened.parts]
    if wanted in names:
        return wanted
    visible = [part.name for part in opened.parts if not part.hidden]
    if wanted.isdigit() and 1 <= int(wanted) <= len(visible):
        return visible[int(wanted) - 1]
    alike = [name for name in names if name.strip().lower() == wanted.strip().lower()]
    if len(alike) == 1:
        return alike[0]
    raise ProjectError(Problem(Place(target), f"has no sheet '{wanted}'.", nearest(wanted, names)))


def _trials(opened: Opened, part: str, name: str | None) -> tuple[Trial, ...]:
    """The proposals for one part, each tried on its data."""
    grid, read = opened.read(part)
    layouts = [layout for layout in tables_in(grid) if len(layout.columns) > 1 or not part]
    if not layouts:
        where = Place(f"{grid.file}:{part}") if part else Place(grid.file)
        if sum(any(cell.strip() for cell in row) for row in grid.cells) == 1:
            raise ProjectError(Problem(where, "has a header and no rows.", "Name a file that holds some."))
        raise ProjectError(
            Problem(where, "holds no table: no two columns stand beside each other.", "Name another sheet or file.")
        )
    lines, descriptions = described(opened, part)
    several = len([p for p in opened.parts if not p.hidden]) > 1
    own = name or (f"{opened.name} {part}" if several and len(f"{opened.name}{part}") <= 36 else part if several else "")
    base = name_of(own or opened.name, "table")
    trials: list[Trial] = []
    for layout in layouts if grid.letters else layouts[:1]:
        called = unique(base, [trial.proposal.name for trial in trials])
        around = Surroundings(
            called, opened.origin, read, lines, descriptions, opened.delimiter, opened.sampled
        )
        trials.append(_trial(propose(grid, layout, around, len(layouts) > 1)))
    return tuple(trials)


def _trial(proposal: Proposal) -> Trial:
    return Trial(*tried(proposal))


def _names(opened: Opened) -> tuple[Listed, ...]:
    return tuple(Listed(part.name, "", part.hidden) for part in opened.parts)


def _listed(opened: Opened) -> tuple[Listed, ...]:
    """What is in each part; only their names where looking into all would take long."""
    if len(opened.parts) < 2 or (opened.path is not None and opened.path.stat().st_size > _LISTED):
        return _names(opened)
    return tuple(
        replace(part, words="" if part.hidden else _words(opened, part.name)) for part in _names(opened)
    )


def _words(opened: Opened, part: str) -> str:
    try:
        grid, _ = opened.read(part)
    except ProjectError as error:
        return error.problems[0].message
    layouts = [layout for layout in tables_in(grid) if len(layout.columns) > 1]
    if not layouts:
        return "no table"
    first = layouts[0]
    rows = first.rows - len(first.sections)
    more = f"; {len(layouts)} tables" if len(layouts) > 1 else ""
    head = f", header in row {grid.rows[first.header[-1]]}" if first.header else ", no header"
    return f"{rows:,} rows, {len(first.columns)} columns{head}{more}"
