"""Where a table begins and ends in a grid of cells: header rows, body, notes, totals, sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from data.inspection.numbers import read_number
from data.inspection.vocabulary import NOTE, TOTAL

Cells = Sequence[Sequence[str]]

_MARK = re.compile(r"[-–—*#.:~^†‡/]{1,4}|n/?[ads]|x|z|c|low|s", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d(?:[-/–](?:19|20)?\d\d)?")
_UNIT = re.compile(
    r"\(?(?:%|[$€£¥]|percent|prozent|number|anzahl|usd|eur|gbp|in \w+|\(?000s?\)?|n)\)?\.?", re.IGNORECASE
)
_AFTER_TOTAL = re.compile(r"\W*$|\s*[,:;(/–—]|\s+(?:of|for|all|number)\b", re.IGNORECASE)
_TOTAL_BEHIND = re.compile(r"[,:–—]\s*(?:grand )?totals?\W*$|\binsgesamt$", re.IGNORECASE)
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

    @property
    def rows(self) -> int:
        return self.last - self.first + 1


@lru_cache(maxsize=100_000)
def _kind(cell: str) -> str:
    """What a cell looks like: "" empty, "n" number, "m" a mark that may stand for one, "t" text."""
    text = cell.strip()
    if not text:
        return ""
    if read_number(text) is not None or read_number(text, ",") is not None:
        return "n"
    if _MARK.fullmatch(text):
        return "m"
    return "t"


def _filled(row: Sequence[str]) -> int:
    """Cells that hold something; a text that a merged cell repeats counts once."""
    texts = [cell for cell in row if cell.strip()]
    merged = len(texts) > 1 and len(set(texts)) == 1 and (len(texts) > 2 or len(texts[0]) > 30)
    return 1 if merged and _kind(texts[0]) == "t" else len(texts)


def _width(filled: Sequence[int]) -> int:
    """How many cells a row of the table has: what a good part of the rows reaches."""
    counts = sorted((count for count in filled if count), reverse=True)
    return counts[min(len(counts) - 1, max(1, len(counts) // 10))] if counts else 0


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


def _profile(cells: Cells, rows: Sequence[int], width: int) -> list[str]:
    """What each column holds for the most part: "n", "t" or ""."""
    counts = [[0, 0] for _ in range(width)]
    for row in rows:
        for column, cell in enumerate(cells[row]):
            kind = _kind(cell)
            if kind == "n":
                counts[column][0] += 1
            elif kind == "t":
                counts[column][1] += 1
    return ["" if n == t == 0 else "n" if n >= t else "t" for n, t in counts]


def _header_like(row: Sequence[str], profile: Sequence[str]) -> bool:
    """Whether a row names columns: words, or years, over columns of numbers."""
    over_numbers = [cell.strip() for cell, kind in zip(row, profile, strict=False) if kind == "n" and cell.strip()]
    if not over_numbers:
        return False
    worded = sum(_kind(cell) == "t" for cell in over_numbers)
    if worded * 2 >= len(over_numbers):
        return True
    years = sum(bool(_YEAR.fullmatch(cell)) for cell in over_numbers)
    spans = [cell for cell, _ in groupby(over_numbers)]  # a year over several columns stands in each of them
    if len(spans) > 2 and _consecutive(over_numbers) and any(_kind(cell) == "t" for cell in row):
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
    filled = [_filled(row) for row in cells]
    usual = _width(filled)
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
    sizes = {table: _size(cells, table) for table in tables}
    largest = max(tables, key=lambda table: (sizes[table], -table.first))
    measuring = any(kind == "n" for kind in _kinds(cells, largest))
    tables = [t for t in tables if t is largest or _stands_alone(cells, t, measuring)]
    tables = _apart(tables, filled)
    return sorted(tables, key=lambda table: (-_size(cells, table), table.first))


def _kinds(cells: Cells, table: Layout) -> list[str]:
    """What the columns of a table hold for the most part."""
    rows = range(table.first, min(table.last + 1, table.first + _LOOK))
    profile = _profile(cells, rows, len(cells[0]))
    return [profile[column] for column in table.columns]


def _size(cells: Cells, table: Layout) -> int:
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


def _apart(tables: Sequence[Layout], filled: Sequence[int]) -> list[Layout]:
    """The tables from top to bottom, each with only those lines around it that are not the others'."""
    ends = [-1, *(table.last for table in tables)]
    starts = [*(_start(table, filled) for table in tables), len(filled)]
    return [
        replace(
            table,
            above=tuple(row for row in table.above if row > ends[place]),
            below=tuple(row for row in table.below if row < starts[place + 1]),
        )
        for place, table in enumerate(tables)
    ]


def _start(table: Layout, filled: Sequence[int]) -> int:
    """The first of the rows that stand without an empty one over the table: its title, or its header."""
    row = min(table.header, default=table.first)
    while row > 0 and filled[row - 1]:
        row -= 1
    return row


def _joined(
    cells: Cells, filled: Sequence[int], dense: int, regions: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Regions that continue the one above them joined to it."""
    width = len(cells[0])
    joined: list[tuple[int, int]] = []
    profiles: list[list[str]] = []
    for start, end in regions:
        rows = [row for row in range(start, min(end + 1, start + _LOOK)) if filled[row] >= dense]
        own = _profile(cells, rows[1:] or rows, width)
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
    profile = _profile(cells, rows[len(rows) // 3 :] if len(rows) > 3 else rows[1:] or rows, width)
    numbered, body, reason = _body(cells, rows, profile)
    header = tuple(row for row in rows if row < body and row != numbered)
    header = _with_spanning(cells, filled, header)
    end, end_reason = _end(cells, filled, profile, body, end)
    top = max((*header, *(() if numbered is None else (numbered,))), default=body - 1)
    between = [row for row in range(top + 1, body) if filled[row]]
    body = between[0] if between and header else body
    columns = tuple(
        column
        for column in range(width)
        if any(cells[row][column].strip() for row in (*header, *range(body, min(end + 1, body + _LOOK))))
    )
    label = next((column for column in columns if profile[column] == "t"), columns[0] if columns else 0)
    sections = _sections(cells, filled, body, end, columns)
    totals = tuple(
        row
        for row in range(body, end + 1)
        if row not in sections and any(_sums_up(cells[row][column], row in (body, end)) for column in range(label + 1))
    )
    above = tuple(row for row in range(min(header, default=body)) if filled[row])
    below = tuple(row for row in range(end + 1, len(cells)) if filled[row])
    return Layout(header, body, end, columns, numbered, sections, totals, above, below, reason, end_reason)


def _sums_up(cell: str, at_end: bool) -> bool:
    """Whether a label says that its row sums up others. "Total Look School" does so only as first or last row."""
    if _TOTAL_BEHIND.search(cell):
        return True
    found = TOTAL.match(cell)
    return found is not None and (at_end or _AFTER_TOTAL.match(cell[found.end() :]) is not None)


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
        if named and not _only_units(cells[row]):
            return numbered, row, "The first row that names every column."
        if numeric:
            if _header_like(cells[row], profile):
                named = _names_all(cells[row], profile)
                continue
            if any(_kind(cells[row][column]) in ("n", "m") for column in numeric):
                said = "" if place else "The first row holds numbers already, so no row names the columns."
                return numbered, row, said or "The last row of words over rows of numbers."
        elif place:
            return numbered, row, "The first row with a cell in most columns; every column holds words."
    return numbered, rows[min(1, len(rows) - 1)], "The first row with a cell in most columns."


def _names_all(row: Sequence[str], profile: Sequence[str]) -> bool:
    """Whether a row has a name for each column that holds something, and each a different one."""
    names = [cell.strip() for cell, kind in zip(row, profile, strict=True) if kind]
    return all(names) and len(set(names)) == len(names)


def _only_units(row: Sequence[str]) -> bool:
    """Whether a row only says units: %, $, (£), in thousands."""
    texts = [cell.strip() for cell in row if cell.strip()]
    return bool(texts) and all(_UNIT.fullmatch(text) for text in texts)


def _with_spanning(cells: Cells, filled: Sequence[int], header: tuple[int, ...]) -> tuple[int, ...]:
    """The header with the rows directly over it that head several columns at once; a title is none."""
    if not header:
        return header
    rows = list(header)
    row = rows[0] - 1
    while row >= 0 and filled[row]:
        texts = [cell.strip() for cell in cells[row]]
        if len({text for text in texts if text}) < 2 and texts[0]:
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
            return any(_kind(cells[row][column]) in ("n", "m") for column in numeric)
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
    alone = [row for row in rows if filled[row] == 1 and _kind(_first(cells[row])) == "t"]
    if len(columns) < 3 or len(alone) < 2 or len(alone) * 3 > len(rows) + 1:
        return ()
    places = {next(c for c, cell in enumerate(cells[row]) if cell.strip()) for row in alone}
    apart = set(alone)
    following = all(row not in apart for row, before in zip(rows[1:], rows, strict=False) if before in apart)
    headed = rows[0] in apart or (_sums_up(_first(cells[rows[0]]), True) and rows[1] in apart)
    full = [sum(bool(cells[row][c].strip()) for c in columns) for row in rows if row not in apart]
    complete = sum(full) * 10 >= 9 * len(full) * len(columns)
    if not (following and headed and complete) or rows[-1] in apart or len(places) > 1 or min(places) > 1:
        return ()
    return tuple(alone)
