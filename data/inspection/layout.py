"""Where a table begins and ends in a grid of cells: header rows, body, notes, totals, sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from data.inspection.cells import Cells, count_filled, kind_of, profile_of, usual_width
from data.inspection.totals import is_sum, sums_up
from data.inspection.units_row import only_units
from data.inspection.vocabulary import NOTE

_YEAR = re.compile(r"(19|20)\d\d(?:[-/–](?:19|20)?\d\d)?")
_LOOK = 2_000
"""Rows whose cells decide what the columns hold."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table in a grid: indexes of rows and columns, from 0."""

    header: tuple[int, ...]
    """() where the table begins without one."""
    first: int
    last: int
    """The first and the last row below the header, totals and sections among them."""
    columns: tuple[int, ...]
    """The columns in which the table has something."""
    numbered: int | None = None
    """A row under the header that only counts the columns."""
    sections: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()
    above: tuple[int, ...] = ()
    """Rows over the header that say something."""
    below: tuple[int, ...] = ()
    """Rows under the table that say something: notes."""
    header_reason: str = ""
    end_reason: str = ""
    repeats: tuple[int, ...] = ()
    """Rows in the table that say the header again."""
    units: bool = False
    """Whether the last row of the header says in what the columns are counted, and nothing else."""
    side: tuple[int, int] | None = None
    """The first and the last column that are its own, where other tables stand beside it."""

    @property
    def rows(self) -> int:
        return self.last - self.first + 1


def _regions(filled: Sequence[int], dense: int) -> list[tuple[int, int]]:
    """Runs of rows without an empty one between them, from the first dense row of each to the last."""
    regions: list[tuple[int, int]] = []
    start: int | None = None
    last = 0
    for index, count in enumerate(filled):
        if count >= dense:
            start = index if start is None else start
            last = index
        elif count == 0 and start is not None:
            regions.append((start, last))
            start = None
    if start is not None:
        regions.append((start, last))
    return regions


def _header_like(row: Sequence[str], profile: Sequence[str]) -> bool:
    """Whether a row names columns: words, or years, over columns of numbers."""
    over_numbers = [cell.strip() for cell, kind in zip(row, profile, strict=False) if kind == "n" and cell.strip()]
    if not over_numbers:
        return False
    worded = sum(kind_of(cell) == "t" for cell in over_numbers)
    if worded * 2 >= len(over_numbers):
        return True
    years = sum(bool(_YEAR.fullmatch(cell)) for cell in over_numbers)
    spans = [cell for cell, _ in groupby(over_numbers)]  # a year over several columns stands in each of them
    if len(spans) > 2 and _consecutive(over_numbers) and any(kind_of(cell) == "t" for cell in row):
        return True
    return len(spans) > 1 and years + worded == len(over_numbers) and len(set(spans)) == len(spans)


def _consecutive(cells: Sequence[str]) -> bool:
    """Whether cells are whole numbers, each one more than the one before: ages, or classes, as headers."""
    if not all(cell.isdigit() for cell in cells):
        return False
    return all(int(after) == int(before) + 1 for before, after in pairwise(cells))


def _counts_columns(row: Sequence[str]) -> bool:
    """Whether a row only says 1, 2, 3, ... over the columns."""
    numbers = [cell.strip().strip("()") for cell in row if cell.strip()]
    return len(numbers) >= 3 and (
        numbers == [str(n) for n in range(1, len(numbers) + 1)]
        or numbers == [str(n) for n in range(2, len(numbers) + 2)]
    )


def layouts(cells: Cells) -> list[Layout]:
    """The tables in a grid, the largest first. None where it holds only words.

    Rows between empty lines belong together unless each part has a header of its own.
    """
    filled = [count_filled(row) for row in cells]
    usual = usual_width(filled)
    if usual == 0:
        return []
    dense = max(1, min(2, usual), -(-usual // 2))
    regions = _regions(filled, dense)
    found = [_layout(cells, filled, dense, part) for part in _joined(cells, filled, dense, regions)]
    tables = [layout for layout in found if layout.header != (layout.first,) and layout.first <= layout.last]
    tables = [layout for layout in tables if layout.rows > 1 or layout.header]
    if not tables:
        return []
    tables = [table for table in tables if not _keyed(cells, table)] or tables
    sizes = {table: size(cells, table) for table in tables}
    largest = max(tables, key=lambda table: (sizes[table], -table.first))
    measuring = any(kind == "n" for kind in _kinds(cells, largest))
    tables = [t for t in tables if t is largest or _stands_alone(cells, t, measuring)]
    tables = _apart(cells, tables, filled)
    return sorted(tables, key=lambda table: (-size(cells, table), table.first))


def _kinds(cells: Cells, table: Layout) -> list[str]:
    """What the columns of a table hold for the most part."""
    rows = range(table.first, min(table.last + 1, table.first + _LOOK))
    profile = profile_of(cells, rows, len(cells[0]))
    return [profile[column] for column in table.columns]


def size(cells: Cells, table: Layout) -> int:
    """How much there is in a table; columns of numbers weigh more than those of words, which notes have, too."""
    return table.rows * sum(3 if kind == "n" else 1 for kind in _kinds(cells, table))


def _stands_alone(cells: Cells, table: Layout, measuring: bool) -> bool:
    """Whether rows beside the largest table are a table, too, and not a list of what is said about that one."""
    if not table.header or table.rows < 2 or len(table.columns) < 2:
        return False
    return not measuring or "n" in _kinds(cells, table)


def _keyed(cells: Cells, table: Layout) -> bool:
    """Whether rows are a list of keys and values, "Licence:" and what it is."""
    rows = (*table.header, *range(table.first, min(table.last + 1, table.first + _LOOK)))
    labels = [label for row in rows if (label := cells[row][table.columns[0]].strip())]
    return sum(label.endswith(":") for label in labels) * 2 >= len(labels) > 0


def _apart(cells: Cells, tables: Sequence[Layout], filled: Sequence[int]) -> list[Layout]:
    """The tables from top to bottom, each with only those lines around it that are not the others'."""
    ends = (-1, *(table.last for table in tables))
    starts = [max(_start(cells, table, filled), end + 1) for table, end in zip(tables, ends, strict=False)]
    starts.append(len(filled))
    return [
        replace(
            table,
            above=tuple(row for row in table.above if row >= starts[place] or place == 0),
            below=tuple(row for row in table.below if row < starts[place + 1]),
        )
        for place, table in enumerate(tables)
    ]


def _start(cells: Cells, table: Layout, filled: Sequence[int]) -> int:
    """The first of the rows over a table that are its title and not the notes of the table above."""
    start = row = min(table.header, default=table.first)
    gap = False
    while row > 0 and not (_first(cells[row - 1]) and (filled[row - 1] > 1 or _says_something(_first(cells[row - 1])))):
        row -= 1
        if not filled[row]:
            if gap or start != min(table.header, default=table.first):
                break
            gap = True
        else:
            start = row
    return start


def _joined(
    cells: Cells, filled: Sequence[int], dense: int, regions: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Regions that continue the one above them joined to it."""
    width = len(cells[0])
    joined: list[tuple[int, int]] = []
    profiles: list[list[str]] = []
    for start, end in regions:
        rows = [row for row in range(start, min(end + 1, start + _LOOK)) if filled[row] >= dense]
        own = profile_of(cells, rows[1:] or rows, width)
        if joined and _continues(cells, rows, own, profiles[-1]):
            joined[-1] = (joined[-1][0], end)
            continue
        joined.append((start, end))
        profiles.append(own)
    return joined


def _continues(cells: Cells, rows: Sequence[int], own: Sequence[str], before: Sequence[str]) -> bool:
    """Whether rows after an empty line are more rows of the table before it: same columns, no header of their own."""
    first = cells[rows[0]]
    shared = [(a, b) for a, b in zip(own, before, strict=True) if a and b]
    alike = sum(a == b for a, b in shared)
    numeric = any(kind == "n" for kind in before)
    if not shared or alike * 5 < len(shared) * 4 or not numeric:
        return False
    if sum(bool(kind) for kind in own) * 2 < sum(bool(kind) for kind in before):
        return False
    return not _header_like(first, before)


def _layout(cells: Cells, filled: Sequence[int], dense: int, part: tuple[int, int]) -> Layout:
    """The table in the rows `part`, which begin and end with a dense one."""
    start, end = part
    width = len(cells[0])
    rows = [row for row in range(start, min(end + 1, start + _LOOK)) if filled[row] >= dense]
    profile = profile_of(cells, rows[len(rows) // 3 :] if len(rows) > 3 else rows[1:] or rows, width)
    numbered, body, reason = _body(cells, rows, profile)
    header = tuple(row for row in rows if row < body and row != numbered)
    left = min((c for row in rows for c, cell in enumerate(cells[row]) if cell.strip()), default=0)
    header = _with_spanning(cells, filled, header, left)
    end, end_reason = _end(cells, filled, profile, body, end)
    top = max((*header, *(() if numbered is None else (numbered,))), default=body - 1)
    between = [row for row in range(top + 1, body) if filled[row]]
    body = between[0] if between and header else body
    columns = tuple(
        column
        for column in range(width)
        if any(cells[row][column].strip() for row in (*header, *range(body, min(end + 1, body + _LOOK))))
    )
    repeats = tuple(
        row for row in range(body, end + 1) if header and filled[row] > 1 and cells[row] == cells[header[-1]]
    )
    sections = _sections(cells, filled, body, end, columns)
    totals = _totals(cells, profile, range(body, end + 1), sections, columns)
    units = len(header) == 2 and only_units(cells[header[1]]) and _names_all(cells[header[0]], profile)
    above = tuple(row for row in range(min(header, default=body)) if filled[row])
    below = tuple(row for row in range(end + 1, len(cells)) if filled[row])
    return Layout(
        header, body, end, columns, numbered, sections, totals, above, below, reason, end_reason, repeats, units
    )


def _totals(
    cells: Cells, profile: Sequence[str], rows: range, sections: Sequence[int], columns: Sequence[int]
) -> tuple[int, ...]:
    """Rows that sum up others, by their label or, the first and the last one, by their numbers."""
    label = next((column for column in columns if profile[column] == "t"), columns[0] if columns else 0)
    ends = (rows[0], rows[-1]) if rows else ()
    labels = range(label + 1)
    data = [row for row in rows if row not in sections]
    named = [row for row in data if any(sums_up(cells[row][column], row in ends) for column in labels)]
    rest = [row for row in data if row not in named and any(cells[row][column].strip() for column in columns)]
    numeric = [column for column in columns if profile[column] == "n"]
    for row in dict.fromkeys(end for end in ends if end in rest):
        others = [other for other in rest if other != row]
        if is_sum(cells, row, others, numeric, cells[row][label]):
            return tuple(sorted((*named, row)))
    return tuple(named)


def _body(cells: Cells, rows: Sequence[int], profile: Sequence[str]) -> tuple[int | None, int, str]:
    """A row of column numbers, the first row of the body, and why the header is over it."""
    numbered: int | None = None
    if not rows:
        return None, 0, ""
    numeric = [column for column, kind in enumerate(profile) if kind == "n"]
    named = False
    for place, row in enumerate(rows[:40]):
        if place and numbered is None and _counts_columns(cells[row]):
            numbered = row
            continue
        if named and not only_units(cells[row]):
            return numbered, row, "The first row that names every column."
        if numeric:
            if _header_like(cells[row], profile):
                named = _names_all(cells[row], profile)
                continue
            if any(kind_of(cells[row][column]) in ("n", "m") for column in numeric):
                said = "" if place else "The first row holds numbers already, so no row names the columns."
                return numbered, row, said or "The last row of words over rows of numbers."
        elif place:
            return numbered, row, "The first row with a cell in most columns; every column holds words."
    return numbered, rows[min(1, len(rows) - 1)], "The first row with a cell in most columns."


def _names_all(row: Sequence[str], profile: Sequence[str]) -> bool:
    """Whether a row has a name for each column that holds something, and each a different one."""
    names = [cell.strip() for cell, kind in zip(row, profile, strict=True) if kind]
    return all(names) and len(set(names)) == len(names)


def _with_spanning(cells: Cells, filled: Sequence[int], header: tuple[int, ...], left: int) -> tuple[int, ...]:
    """The header with the rows directly over it that head several columns at once.

    A title is none: it says one thing only, and stands over the first column, `left`.
    """
    if not header:
        return header
    rows = list(header)
    row = rows[0] - 1
    while row >= 0 and filled[row]:
        texts = [cell.strip() for cell in cells[row]]
        if len({text for text in texts if text}) < 2 and any(texts[: left + 1]):
            break
        if any(len(text) > 80 for text in texts):
            break
        rows.insert(0, row)
        row -= 1
    return tuple(rows)


def _end(cells: Cells, filled: Sequence[int], profile: Sequence[str], body: int, end: int) -> tuple[int, str]:
    """The last row of the table, and why it ends there."""
    numeric = [column for column, kind in enumerate(profile) if kind == "n"]

    def counts(row: int) -> bool:
        if numeric:
            return any(kind_of(cells[row][column]) in ("n", "m") for column in numeric)
        return filled[row] >= 2

    def notes(row: int) -> bool:
        """A row with several cells is one of the table unless it calls itself a note."""
        text = _first(cells[row])
        return not counts(row) and (bool(NOTE.match(text)) if filled[row] > 1 else _says_something(text))

    last = end
    while last > body and notes(last):
        last -= 1
    while last + 1 < len(cells) and filled[last + 1] and not notes(last + 1):
        last += 1
    rest = [row for row in range(last + 1, len(cells)) if filled[row]]
    if not rest:
        return last, "The last row that holds something."
    first = _first(cells[rest[0]])
    shown = first if len(first) <= 40 else f"{first[:39]}…"
    return last, f"Below it follow notes, beginning with '{shown}'."


def _says_something(text: str) -> bool:
    """Whether a text says something about the table, and is no label of a row."""
    sentence = text.endswith((".", ":")) and " " in text
    return bool(NOTE.match(text)) or " = " in text or sentence or len(text) > 60 or text.count(" ") >= 8


def _first(row: Sequence[str]) -> str:
    return next((cell.strip() for cell in row if cell.strip()), "")


def _sections(cells: Cells, filled: Sequence[int], body: int, end: int, columns: Sequence[int]) -> tuple[int, ...]:
    """Rows that hold one heading for the rows below them, and nothing else.

    A row of data without any value looks the same. So there have to be several of them, the first at the top or below
    a total, each with full rows below it.
    """
    rows = [row for row in range(body, end + 1) if filled[row]]
    alone = [row for row in rows if filled[row] == 1 and kind_of(_first(cells[row])) == "t"]
    if len(columns) < 3 or len(alone) < 2 or len(alone) * 3 > len(rows) + 1:
        return ()
    places = {next(c for c, cell in enumerate(cells[row]) if cell.strip()) for row in alone}
    apart = set(alone)
    following = all(row not in apart for row, before in zip(rows[1:], rows, strict=False) if before in apart)
    headed = rows[0] in apart or (sums_up(_first(cells[rows[0]]), True) and rows[1] in apart)
    full = [sum(bool(cells[row][c].strip()) for c in columns) for row in rows if row not in apart]
    complete = sum(full) * 10 >= 9 * len(full) * len(columns)
    if not (following and headed and complete) or rows[-1] in apart or len(places) > 1 or min(places) > 1:
        return ()
    return tuple(alone)
