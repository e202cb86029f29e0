"""Where a table begins and ends in a grid of cells: header rows, body, notes, totals, sections."""

from __future__ import annotations

from collections.abc import Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from data.inspection.grids.boundary import boundary, names_all
from data.inspection.grids.cells import (
    Cells,
    count_filled,
    is_alone,
    is_number,
    looked_over,
    names_key,
    profile_of,
    usual_width,
)
from data.inspection.grids.ending import ending, first_of, says_something
from data.inspection.grids.heading import heading
from data.inspection.grids.rows_apart import banners_in, sections_in, totals_in, used_columns
from data.inspection.grids.totals import sums_up

_LOOK = 2_000
"""Rows whose cells decide what the columns hold."""
_DEEPEST = 6
"""Rows of the deepest header that an empty row divides from its table."""
_KEY_AFTER = 3
"""Columns that a table has at least before one to its right explains it."""
_OWN_HEADER = 60
"""Rows that show whether a part of a table has a header of its own."""


class Layout(Struct, frozen=True):
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
    banners: tuple[int, ...] = ()
    """Rows in the table that say one thing across its columns, and head no section: "PRICES IN CENTS"."""
    repeats: tuple[int, ...] = ()
    """Rows in the table that say the header again."""
    units: bool = False
    """Whether the last row of the header says in what the columns are counted, and nothing else."""
    side: tuple[int, int] | None = None
    """The first and the last column that are its own, where other tables stand beside it."""
    aside: tuple[int, ...] = ()
    """Columns to its right that explain it: a key to its marks."""
    header_guess: bool = False
    """Whether cells only make it likely that the header is one."""
    doubtful: tuple[int, ...] = ()
    """Those totals that call themselves so, where numbers cannot show it."""
    unlike: tuple[int, ...] = ()
    """Rows that call themselves totals, and whose numbers are not the sums of others."""
    described: tuple[int, ...] = ()
    """Rows below the header that say something of the columns: questions, units, series."""
    described_reason: str = ""

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


def layouts(cells: Cells) -> list[Layout]:
    """The tables in a grid, the largest first. None where it holds only words.

    Rows between empty lines belong together unless each part has a header of its own. A key to the right of a table is
    none of its columns.
    """
    aside = _aside(cells)
    if aside:
        found = _layouts([_without(row, aside) for row in cells])
        if found and not any(cells[row][column].strip() for one in found for row in one.header for column in aside):
            return [replace(one, aside=aside) for one in found]
    return _layouts(cells)


def _without(row: Sequence[str], columns: Sequence[int]) -> tuple[str, ...]:
    return tuple("" if column in columns else cell for column, cell in enumerate(row))


def _aside(cells: Cells) -> tuple[int, ...]:
    """The last column, where an empty one divides it from the others, and it says something beside some rows only."""
    last = len(cells[0]) - 1 if cells else 0
    if last < _KEY_AFTER or any(row[last - 1].strip() for row in cells):
        return ()
    said = [row[last].strip() for row in cells if row[last].strip()]
    others = sum(any(cell.strip() for cell in row[:last]) for row in cells)
    return (last,) if said and len(said) * 2 <= others and not any(is_number(text) for text in said) else ()


def _layouts(cells: Cells) -> list[Layout]:
    filled, lone = looked_over(cells)
    usual = usual_width(filled)
    if usual == 0:
        return []
    dense = max(1, min(2, usual), -(-usual // 2))
    regions = _regions(filled, dense)
    found = [_layout(cells, filled, lone, part) for part in _joined(cells, filled, dense, regions)]
    tables = _standing_alone(cells, [layout for layout in found if _has_rows(layout)])
    return sorted(_apart(cells, tables, filled), key=lambda table: (-size(cells, table), table.first))


def _standing_alone(cells: Cells, tables: Sequence[Layout]) -> list[Layout]:
    """The largest table, and those of the others that say nothing of it; lists of keys only where there is no other."""
    if not tables:
        return []
    tables = [table for table in tables if not _keyed(cells, table)] or tables
    sizes = {table: size(cells, table) for table in tables}
    largest = max(tables, key=lambda table: (sizes[table], -table.first))
    measuring = any(kind == "n" for kind in _kinds(cells, largest))
    return [table for table in tables if table is largest or _stands_alone(cells, table, measuring)]


def _has_rows(layout: Layout) -> bool:
    """Whether there is something below a header; without one it takes two rows to be a table."""
    some = layout.header != (layout.first,) and layout.first <= layout.last
    return some and (layout.rows > 1 or bool(layout.header))


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
    while row > 0 and not (
        first_of(cells[row - 1]) and (filled[row - 1] > 1 or says_something(first_of(cells[row - 1])))
    ):
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
        if joined and _is_section(cells, filled, joined[-1], (start, end)):
            joined[-1] = (joined[-1][0], end)
            continue
        if joined and _continues(cells, filled, joined[-1], rows, own, profiles[-1]):
            joined[-1] = (joined[-1][0], end)
            continue
        if joined and _heads(cells, filled, joined[-1], (start, end)):
            joined[-1], profiles[-1] = (joined[-1][0], end), own
            continue
        joined.append((start, end))
        profiles.append(own)
    return joined


def _continues(
    cells: Cells,
    filled: Sequence[int],
    above: tuple[int, int],
    rows: Sequence[int],
    own: Sequence[str],
    before: Sequence[str],
) -> bool:
    """Whether rows after an empty line are more rows of the table before it: same columns, no header of their own.

    Rows of the table before it help to tell what a row of it looks like.
    """
    shared = [(a, b) for a, b in zip(own, before, strict=True) if a and b]
    alike = sum(a == b for a, b in shared)
    numeric = any(kind == "n" for kind in before)
    if not shared or alike * 5 < len(shared) * 4 or not numeric:
        return False
    if sum(bool(kind) for kind in own) * 2 < sum(bool(kind) for kind in before):
        return False
    known = [row for row in range((above[0] + above[1] + 1) // 2, above[1] + 1) if filled[row]]
    return boundary(cells, [*rows[:_OWN_HEADER], *known[-_OWN_HEADER:]]).body == 0


def _is_section(cells: Cells, filled: Sequence[int], above: tuple[int, int], below: tuple[int, int]) -> bool:
    """Whether rows after an empty line are one more section of a table whose header is followed by a heading: below a
    heading of their own, or a total of all."""
    head, start = above[0], below[0]
    used = [column for column, cell in enumerate(cells[head]) if cell.strip()]
    rows = cells[start : below[1] + 1]
    if filled[head] < 3 or not _begins_with_section(cells, filled, above, used) or not _within(rows, used):
        return False
    heading = cells[start - 1][used[0]].strip() if start and filled[start - 1] == 1 else ""
    return bool(heading) or all(sums_up(first_of(row), True) for row in rows if any(map(str.strip, row)))


def _begins_with_section(cells: Cells, filled: Sequence[int], part: tuple[int, int], used: Sequence[int]) -> bool:
    """Whether the first row names the `used` columns, and the next one is a heading in the first of them."""
    head, last = part
    under = next((row for row in range(head + 1, last + 1) if filled[row]), head)
    if under == head or not is_alone(cells[under], used[0]):
        return False
    return names_all(cells[head], used[:2]) and first_of(cells[under]) == cells[under][used[0]].strip()


def _within(rows: Cells, used: Sequence[int]) -> bool:
    """Whether rows hold nothing beside some columns."""
    return not any(cell.strip() for row in rows for column, cell in enumerate(row) if column not in used)


def _heads(cells: Cells, filled: Sequence[int], above: tuple[int, int], below: tuple[int, int]) -> bool:
    """Whether rows over an empty line are the header of those under it, and nothing but that."""
    (start, end), (first, last) = above, below
    if end - start >= _DEEPEST:
        return False
    heads = [row for row in range(start, end + 1) if filled[row]]
    rows = [row for row in range(first, min(last + 1, first + _LOOK)) if filled[row]]
    widest = max(count_filled(cells[row]) for row in rows[:_OWN_HEADER])
    if max(map(len, (heads, set(cells[heads[-1]])))) < 2 or max(filled[row] for row in heads) * 2 < widest:
        return False
    found = boundary(cells, [*heads, *rows])
    return found.body == len(heads) and found.numbered not in range(len(heads), found.body)


def _start_of_names(cells: Cells, filled: Sequence[int], part: tuple[int, int]) -> int:
    """The first row of the table in the rows `part`: those right above it may be names that leave columns nameless."""
    start, end = part
    left = next(iter(used_columns(cells, range(start, end + 1))), 0)
    while start and filled[start - 1] and not is_alone(cells[start - 1], left) and not names_key(cells[start - 1]):
        start -= 1
    return start


def _layout(cells: Cells, filled: Sequence[int], lone: Set[int], part: tuple[int, int]) -> Layout:
    """The table in the rows `part`, which begin and end with a dense one; `lone` rows say one thing only."""
    width = len(cells[0])
    start, end = _start_of_names(cells, filled, part), part[1]
    rows = [row for row in range(start, min(end + 1, start + _LOOK)) if filled[row]]
    head = heading(cells, filled, rows)
    header, body = head.header, head.first
    profile = profile_of(cells, [row for row in rows if row >= body], width)
    end, end_reason = ending(cells, filled, lone, profile, body, end)
    columns = used_columns(cells, [*header, *range(body, min(end + 1, body + _LOOK))])
    names = cells[header[-1]] if header else ()
    repeats = tuple(row for row in range(body, end + 1) if cells[row] == names and filled[row] > 1)
    sections = sections_in(cells, filled, body, end, columns)
    banners = banners_in(cells, lone, profile, range(body, end + 1), sections)
    totals = totals_in(cells, filled, profile, range(body, end + 1), sections, columns, header)
    above = tuple(row for row in range(min(header, default=body)) if filled[row])
    below = tuple(row for row in range(end + 1, len(cells)) if filled[row])
    return Layout(
        header,
        body,
        end,
        columns,
        head.numbered,
        sections,
        tuple(sorted((*totals.shown, *totals.named))),
        above,
        below,
        head.reason,
        end_reason,
        banners,
        repeats,
        head.units,
        header_guess=head.guess,
        doubtful=totals.named,
        unlike=totals.unlike,
        described=head.described,
        described_reason=head.described_reason,
    )
