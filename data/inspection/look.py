"""Looks at a source and gives the proposals for the tables in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, nearest
from data.files.world import text_of
from data.inspection.grids.cells import is_number
from data.inspection.grids.layout import Layout
from data.inspection.grids.several import alone, in_order, tables_in, where
from data.inspection.opening.databases import is_connection, open_connection
from data.inspection.opening.files import open_address, open_file
from data.inspection.opening.opened import Opened, Read, described
from data.inspection.proposals.proposal import propose
from data.inspection.proposals.proposed import Proposal, Surroundings
from data.inspection.proposals.summary import summed_up
from data.inspection.proposals.trial import tried
from data.inspection.surroundings.about import about
from data.inspection.words.naming import name_of, unique
from data.inspection.words.setting import shortened
from data.network.leave import USUAL, Leave
from data.network.secrets import shown as masked
from data.sources.grid import Grid
from data.tables.table import Table

_LISTED = 5_000_000
"""Bytes of a workbook whose sheets are all looked into for the list of them."""
_LISTED_PARTS = 40
_COUNTED = 1_000
"""Rows of a sheet whose numbers show whether it holds a table or talks about one."""
_NAME = 36
_UPWARDS = 4
"""Folders over a file in which its project may be."""
_SAYABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Listed(Struct, frozen=True):
    """One sheet or table of a source, for the list of them."""

    name: str
    words: str
    """What is in it."""
    hidden: bool = False
    proposed: bool = True


class Trial(Struct, frozen=True):
    """A proposal, with the table that it gives."""

    proposal: Proposal
    table: Table | None
    problems: tuple[Problem, ...] = ()
    """Why it does not load, where there is no table."""


class Asked(Struct, frozen=True):
    """What is to be looked at in a source, and what to call it."""

    sheet: str | None = None
    """Its name or place; the first one that holds a table, and many numbers, where it is not said."""
    table: int | None = None
    """The place of a table in the sheet or file, from 1; all of them where it is not said."""
    name: str | None = None
    language: str = "en-US"
    """That of the project."""


class Inspection(Struct, frozen=True):
    """What was found in a source."""

    opened: Opened
    trials: tuple[Trial, ...]
    parts: tuple[Listed, ...] = ()
    """Every sheet or table of the source, where it has several."""
    part: str = ""
    """The one that was looked at."""
    tables: tuple[Listed, ...] = ()
    """Every table in it, as one meets them there, where there are several; those that are proposed are `trials`."""


def look(
    target: str,
    sheet: str | None = None,
    name: str | None = None,
    root: Path | None = None,
    table: int | None = None,
    leave: Leave = USUAL,
) -> Inspection:
    """Propose how to declare the tables of a file, address or database.

    `sheet` is the sheet or table of a database to look at, the first one with many numbers where it is not said, and
    `table` the place of one table in it, from 1, where it holds several; `name` is what to call the table; `root` is
    where SQLite files of connections lie; `leave` is what the user said about the network. Raises ProjectError where
    nothing can be read or there is no such table, SourceError where a server is out of order.
    """
    if name is not None and not _SAYABLE.fullmatch(name):
        raise ProjectError.at(
            Place(target), f"'{name}' cannot be a table's name.", "Use letters, digits and _, a letter first."
        )
    if not target.strip():
        raise ProjectError.at(Place("inspect"), "no source is named.", "Name a file, an address or a database.")
    if (is_connection(target) or _ADDRESS.match(target)) and not _can_be_taken_apart(target):
        raise ProjectError.at(Place(masked(target)), "is no address.", "Check its brackets.")
    asked = Asked(sheet, table, name, _language(root, Path(target)))
    if is_connection(target):
        return _looked(open_connection(target, root or Path.cwd(), leave), masked(target), asked)
    if _ADDRESS.match(target):
        with TemporaryDirectory(prefix="fairsheet-") as folder:
            return _looked(open_address(target, Path(folder), root or Path.cwd(), leave), masked(target), asked)
    return _looked(open_file(Path(target), target), target, asked)


def _can_be_taken_apart(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _language(root: Path | None, target: Path) -> str:
    """The language of the project in `root`, of the one that the file lies in, or that of this folder."""
    folders = [root] if root is not None else [*target.absolute().parents[:_UPWARDS], Path.cwd()]
    for folder in folders:
        with suppress(OSError, ValueError):
            said = tomllib.loads(text_of(folder / "project.toml")).get("language")
            return said if isinstance(said, str) else "en-US"
    return "en-US"


def _looked(opened: Opened, shown: str, asked: Asked) -> Inspection:
    opened = replace(opened, read=cache(opened.read))
    if not opened.parts:
        if asked.sheet is not None:
            raise ProjectError.at(Place(shown), "has no sheets.", "Leave --sheet out.")
        return _of_part(opened, "", asked)
    if asked.sheet is not None:
        part = _chosen(opened, asked.sheet, shown)
        return replace(_of_part(opened, part, asked), parts=_names(opened))
    problems: list[Problem] = []
    telling = [part for part in opened.visible if part not in opened.describing]
    for part in (*_fullest_first(opened, telling), *opened.describing):
        try:
            found = _of_part(opened, part, asked)
        except ProjectError as error:
            problems.extend(error.problems)
            continue
        return replace(found, parts=_listed(opened))
    if problems:
        raise ProjectError(problems[:10])
    raise ProjectError.at(Place(shown), "has hidden sheets only.", "Name the one that is meant: --sheet NAME.")


def _fullest_first(opened: Opened, parts: Sequence[str]) -> list[str]:
    """The parts with the first one ahead that holds at least half as many numbers as the fullest: covers hold few.

    As they are where looking into all would take long.
    """
    if len(parts) < 2 or not 0 < opened.size <= _LISTED or len(parts) > _LISTED_PARTS:
        return list(parts)
    numbers = {part: _numbers(opened, part) for part in parts}
    enough = max(numbers.values()) / 2
    chosen = next(part for part in parts if numbers[part] >= enough)
    return [chosen, *(part for part in parts if part != chosen)]


def _numbers(opened: Opened, part: str) -> int:
    """How many cells of a part hold a number; of one that cannot be read none."""
    try:
        grid = opened.read(part).grid
    except ProjectError:
        return 0
    return sum(is_number(cell) for row in grid.cells[:_COUNTED] for cell in row)


def _chosen(opened: Opened, wanted: str, shown: str) -> str:
    names = [part.name for part in opened.parts]
    if wanted in names:
        return wanted
    if wanted.isdigit() and 1 <= int(wanted) <= len(opened.visible):
        return opened.visible[int(wanted) - 1]
    alike = [name for name in names if name.strip().lower() == wanted.strip().lower()]
    if len(alike) == 1:
        return alike[0]
    raise ProjectError.at(Place(shown), f"has no sheet '{wanted}'.", nearest(wanted, names))


def _of_part(opened: Opened, part: str, asked: Asked) -> Inspection:
    """The proposals for the tables of one part, each tried on its data; of a sample, for the largest one."""
    read = opened.read(part)
    grid = read.grid
    layouts = _layouts(read, part)
    ordered = in_order(layouts)
    wanted = layouts if asked.table is None else [_numbered(ordered, asked.table, _spot(grid, part))]
    lines, descriptions = described(opened, part)
    base = asked.name or _named(opened, part)
    trials: list[Trial] = []
    for layout in wanted:
        around = Surroundings(
            name=unique(base, [trial.proposal.name for trial in trials]),
            origin={**opened.origin, **read.origin},
            read=read.read,
            lines=lines,
            descriptions=descriptions,
            delimiter=opened.delimiter,
            sampled=read.sampled,
            left_out=read.left_out,
            language=asked.language,
            formats=read.formats,
        )
        others = [other for other in layouts if other is not layout]
        proposal, table, told = tried(propose(grid, layout, around, others))
        trials.append(Trial(summed_up(proposal) if read.sampled else proposal, table, told))
    tables = [Listed(where(grid, one), _described(grid, one), proposed=one in wanted) for one in ordered]
    return Inspection(opened, tuple(trials), part=part, tables=tuple(tables) if len(tables) > 1 else ())


def _spot(grid: Grid, part: str) -> Place:
    return Place(f"{grid.file}:{part}") if part else Place(grid.file)


def _layouts(read: Read, part: str) -> list[Layout]:
    """The tables in what was read, the largest first; of a sample only that. ProjectError where there is none."""
    layouts = [layout for layout in tables_in(read.grid) if len(layout.columns) > 1 or not part]
    if layouts:
        return layouts[:1] if read.sampled else layouts
    spot = _spot(read.grid, part)
    if sum(any(cell.strip() for cell in row) for row in read.grid.cells) == 1:
        raise ProjectError.at(spot, "has a header and no rows.", "Name one that holds some.")
    raise ProjectError.at(
        spot, "holds no table: no two columns stand beside each other.", "Name another sheet or file."
    )


def _numbered(ordered: Sequence[Layout], number: int, spot: Place) -> Layout:
    """The table that is asked for by its place, from 1. ProjectError where there is no such one."""
    if 1 <= number <= len(ordered):
        return ordered[number - 1]
    count = f"{len(ordered)} were found" if len(ordered) > 1 else "only one was found"
    remedy = f"Use --table 1 to {len(ordered)}." if len(ordered) > 1 else "Leave --table out."
    raise ProjectError.at(spot, f"has no table {number}: {count}.", remedy)


def _described(grid: Grid, layout: Layout) -> str:
    title = about(alone(grid.cells, layout), grid.rows, layout).title
    return f"{_size(layout)}{f': {shortened(title.words)}' if title else ''}"


def _size(layout: Layout) -> str:
    rows = layout.rows - len(layout.sections)
    return f"{rows:,} row{'' if rows == 1 else 's'}, {len(layout.columns)} columns"


def _named(opened: Opened, part: str) -> str:
    """A name for a table: the file's, and the sheet's where it has several."""
    file, sheet = name_of(opened.name, "table"), name_of(part, "sheet") if part else ""
    if len(opened.visible) < 2 or not sheet or sheet == file:
        return file
    return f"{file}_{sheet}" if len(file) + len(sheet) < _NAME else sheet


def _names(opened: Opened) -> tuple[Listed, ...]:
    return tuple(Listed(part.name, "", part.hidden) for part in opened.parts)


def _listed(opened: Opened) -> tuple[Listed, ...]:
    """What is in each part; only their names where looking into all would take long."""
    names = _names(opened)
    if len(names) < 2 or opened.size > _LISTED or len(names) > _LISTED_PARTS or not opened.size:
        return names
    return tuple(part if part.hidden else replace(part, words=_words(opened, part.name)) for part in names)


def _words(opened: Opened, part: str) -> str:
    try:
        grid = opened.read(part).grid
    except ProjectError as error:
        return error.problems[0].message
    layouts = [layout for layout in tables_in(grid) if len(layout.columns) > 1]
    if not layouts:
        return "no table"
    first = layouts[0]
    more = f"; {len(layouts)} tables" if len(layouts) > 1 else ""
    head = f", header in row {grid.rows[first.header[-1]]}" if first.header else ", no header"
    return f"{_size(first)}{head}{more}"
