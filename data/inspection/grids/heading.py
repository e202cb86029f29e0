"""Which rows are the header of a table, once it is known where its body begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from data.inspection.grids.boundary import YEAR, Boundary, boundary, names_all
from data.inspection.grids.cells import Cells, is_alone, kind_of, names_key, profile_of
from data.inspection.grids.export import exported
from data.inspection.grids.units_row import only_units
from data.inspection.words.vocabulary import TIME_WORDS, YEAR_WORDS, words_of

_CODE = re.compile(r"(?=\S*\d)\S{2,20}")
_SENTENCE = 80
"""Characters of a text that is no name of a column any more."""
_LOOK = 200
"""Rows of the body that say what its columns hold."""


_NAMES_ALL = "The first row that names every column."


class Heading(Struct, frozen=True):
    """The header of a table: indexes of rows."""

    header: tuple[int, ...]
    first: int
    """The first filled row below it."""
    numbered: int | None
    """A row that only counts the columns."""
    units: bool
    """Whether the last row says in what the columns are counted, and nothing else."""
    reason: str
    guess: bool = False
    """Whether cells only make it likely."""
    described: tuple[int, ...] = ()
    """Rows below it that say something of the columns."""
    described_reason: str = ""


def heading(cells: Cells, filled: Sequence[int], rows: Sequence[int]) -> Heading:
    """The header of the table in `rows`, which are filled and may begin with lines that are none of it.

    `filled` counts what each row of the grid says.
    """
    export = exported(cells, rows)
    if export is not None:
        return Heading(
            export.header, export.first, None, False, export.reason, False, export.described, export.described_reason
        )
    found = boundary(cells, rows)
    body = rows[min(found.body, len(rows) - 1) :]
    above = [row for place, row in enumerate(rows[: found.body]) if place != found.numbered]
    numbered = None if found.numbered is None else rows[found.numbered]
    if not above:
        return Heading(
            (), body[0], None, False, "The first row looks like those below it, so no row names the columns.", True
        )
    if len(body) > 2 and _coded_only(cells, above[-1], body[0]):
        above, body = [*above, body[0]], body[1:]
    profile = profile_of(cells, body[:_LOOK], len(cells[0]))
    used = [column for column, kind in enumerate(profile) if kind]
    header = _upwards(cells, filled, above[-1], used)
    corner = _corner(cells, header, body, profile)
    if corner:
        header, body = (*header, body[0]), body[1:]
    units = len(header) > 1 and only_units(cells[header[-1]]) and names_all(cells[header[-2]], used)
    reason = _reason(cells, header, used, profile, found)
    return Heading(header, body[0], numbered, units, reason, reason != _NAMES_ALL)


def _reason(cells: Cells, header: Sequence[int], used: Sequence[int], profile: Sequence[str], found: Boundary) -> str:
    """Why these rows are the header, in words that are true of them."""
    if found.in_order:
        return f"{found.in_order} over columns of values."
    if len(header) == 1 and names_all(cells[header[0]], used):
        return _NAMES_ALL
    if "n" in profile:
        return "The last row of words over rows of numbers."
    return "The first row with a cell in most columns; every column holds words."


def _upwards(cells: Cells, filled: Sequence[int], last: int, used: Sequence[int]) -> tuple[int, ...]:
    """The last row of a header with the rows directly over it that name groups of columns, or begin their names."""
    rows = [last]
    row = last - 1
    while row >= 0 and filled[row] and not _is_title(cells[row], used) and not _only_codes(cells, row, rows, used):
        rows.insert(0, row)
        row -= 1
    return tuple(rows)


def _is_title(row: Sequence[str], used: Sequence[int]) -> bool:
    """Whether a row is said of the whole table: one thing that begins over its first column, a key with what it is, or
    a sentence."""
    texts = [cell.strip() for cell in row]
    over_first = any(texts[: (used[0] if used else 0) + 1])
    return (is_alone(row) and over_first) or names_key(row) or any(len(text) > _SENTENCE for text in texts)


def _coded_only(cells: Cells, row: int, after: int) -> bool:
    """Whether a header has codes only, and leaves columns nameless that the row below it names."""
    codes = [cell.strip() for cell in cells[row] if cell.strip()]
    used = [column for column, cell in enumerate(cells[after]) if cell.strip()]
    coded = all(_CODE.fullmatch(code) and any(map(str.isalpha, code)) for code in codes) and len(codes) < len(used)
    return coded and bool(used) and names_all(cells[after], used) and _only_codes(cells, row, [after], used)


def _only_codes(cells: Cells, row: int, below: Sequence[int], used: Sequence[int]) -> bool:
    """Whether a row has a code of its own for each of several columns that the row below names as well.

    Other cells of it may be names of codes: one, or fewer than the codes where the row below names every column.
    """
    coded = [column for column in used if _CODE.fullmatch(cells[row][column].strip())]
    codes = [cells[row][column].strip() for column in coded]
    names = [cells[below[0]][column].strip() for column in coded]
    others = sum(bool(cells[row][column].strip()) for column in used) - len(codes)
    lettered = all(any(map(str.isalpha, code)) for code in codes)
    distinct = len(set(codes)) == len(codes) > 0 and len(set(names)) == len(names)
    few = others <= 1 or (others < len(codes) and names_all(cells[below[0]], used))
    return distinct and lettered and few and all(names) and all(kind_of(name) == "t" for name in names)


def _corner(cells: Cells, header: Sequence[int], body: Sequence[int], profile: Sequence[str]) -> bool:
    """Whether the first row of the body only names the columns of labels, as where rows and columns are turned.

    The header then begins with what its years are ("TIME", 2007, 2008), and one row below it says what the labels are
    ("GEO"). A section looks the same, but stands under a header that says what the labels are already.
    """
    if len(body) < 2 or "n" not in profile:
        return False
    value = profile.index("n")
    row, above = cells[body[0]], cells[header[-1]]
    named = [cell.strip() for cell in above[value:] if cell.strip()]
    says_time = set(words_of(" ".join(above[:value]))) & (YEAR_WORDS | TIME_WORDS)
    only_labels = any(cell.strip() for cell in row[:value]) and not any(cell.strip() for cell in row[value:])
    return only_labels and bool(says_time) and all(map(YEAR.fullmatch, named))
