"""Rows in a table that are no data of it: headings of sections, lines across its columns, sums of others."""

from __future__ import annotations

from collections.abc import Sequence, Set

from msgspec.structs import replace

from data.inspection.grids.cells import Cells, kind_of
from data.inspection.grids.ending import first_of
from data.inspection.grids.totals import Totals, called_totals, is_sum, judged, sums_up


def used_columns(cells: Cells, rows: Sequence[int]) -> tuple[int, ...]:
    """The columns in which one of the rows holds something."""
    return tuple(column for column in range(len(cells[0])) if any(cells[row][column].strip() for row in rows))


def banners_in(
    cells: Cells, lone: Set[int], profile: Sequence[str], rows: range, sections: Sequence[int]
) -> tuple[int, ...]:
    """Those of the `lone` rows that say one thing across columns of numbers, and head no section."""
    numeric = [column for column, kind in enumerate(profile) if kind == "n"]
    return tuple(
        row
        for row in sorted(lone)
        if row in rows and row not in sections and any(cells[row][column].strip() for column in numeric)
    )


def totals_in(
    cells: Cells,
    filled: Sequence[int],
    profile: Sequence[str],
    rows: range,
    sections: Sequence[int],
    columns: Sequence[int],
    header: Sequence[int],
) -> Totals:
    """Rows that sum up others: those that call themselves so, if their numbers do; the first and last one also else."""
    label = next((column for column in columns if profile[column] == "t"), columns[0] if columns else 0)
    data = _without(_filled(cells, filled, rows, columns), {*sections})
    named, like = called_totals(cells, data, label)
    values = [column for column in columns if column > label]
    names = {column: " ".join(cells[row][column] for row in header) for column in values}
    found = _without_names(judged(cells, data, sorted((*named, *like)), values, names, label), like)
    rest = _without(data, {*found.shown, *named})
    numeric = [column for column in columns if profile[column] == "n"]
    end = _sum_at_end(cells, rows, rest, numeric, label)
    return found if end is None else replace(found, shown=tuple(sorted((*found.shown, end))))


def _without(rows: list[int], apart: Set[int]) -> list[int]:
    """The rows that are not set apart."""
    return [row for row in rows if row not in apart] if apart else rows


def _filled(cells: Cells, filled: Sequence[int], rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    """The rows that hold something in one of the columns; surely those that hold more than there are other columns."""
    others = len(cells[0]) - len(columns)
    return [row for row in rows if filled[row] > others or any(cells[row][column].strip() for column in columns)]


def _without_names(found: Totals, like: Sequence[int]) -> Totals:
    """ "Total Managers" could be a name, and is a total only where its numbers show it."""
    named = tuple(row for row in found.named if row not in like)
    return replace(found, named=named, unlike=tuple(row for row in found.unlike if row not in like))


def _sum_at_end(cells: Cells, rows: range, rest: Sequence[int], numeric: Sequence[int], label: int) -> int | None:
    """The first or the last row, where its numbers are the sums of the others, whatever it is called."""
    for row in dict.fromkeys(end for end in (rows[0], rows[-1]) if end in rest) if rows else ():
        others = [other for other in rest if other != row]
        if is_sum(cells, row, others, numeric, cells[row][label]):
            return row
    return None


def sections_in(cells: Cells, filled: Sequence[int], body: int, end: int, columns: Sequence[int]) -> tuple[int, ...]:
    """Rows that hold one heading for the rows below them, and nothing else.

    A row of data without any value looks the same. So there have to be several of them, the first at the top or below
    a total, each with full rows below it.
    """
    rows = [row for row in range(body, end + 1) if filled[row]]
    alone = [row for row in rows if filled[row] == 1 and kind_of(first_of(cells[row])) == "t"]
    if len(columns) < 3 or len(alone) < 2 or len(alone) * 3 > len(rows) + 1:
        return ()
    full_or_divided = _is_full(cells, [row for row in rows if row not in alone], columns) or all(
        not filled[row - 1] for row in alone[1:]
    )
    return tuple(alone) if full_or_divided and _head_rows(cells, rows, alone) else ()


def _head_rows(cells: Cells, rows: Sequence[int], alone: Sequence[int]) -> bool:
    """Whether each of the rows that stand alone has others below it, the first at the top or below a total; and all
    begin in the same column, the first or the second."""
    apart = set(alone)
    places = {next(c for c, cell in enumerate(cells[row]) if cell.strip()) for row in alone}
    following = all(row not in apart for row, before in zip(rows[1:], rows, strict=False) if before in apart)
    headed = rows[0] in apart or (sums_up(first_of(cells[rows[0]]), True) and rows[1] in apart)
    return following and headed and rows[-1] not in apart and len(places) == 1 and min(places) <= 1


def _is_full(cells: Cells, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether nearly every cell of the rows holds something."""
    return sum(bool(cells[row][c].strip()) for row in rows for c in columns) * 10 >= 9 * len(rows) * len(columns)
