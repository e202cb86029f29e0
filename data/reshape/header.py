"""Where the header of a table stands, what it says, and the rows below it."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter

from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, few
from data.reshape.frame import At, Frame, filled
from data.reshape.words import listed, plain, says
from data.settings.shape import ShapeSettings
from data.sources.grid import Grid, letters
from data.tables.lookup import picker

_NUMBER_OF_COLUMN = re.compile(r"\(?(\d{1,3})\)?$")
_UNIT = re.compile(r"(?P<name>.*\S)\s*(?:\((?P<round>[^()]+)\)|\[(?P<square>[^\[\]]+)\])$", re.DOTALL)
_IN_UNIT = re.compile(r"(?P<name>.*\S),?\s+in\s+(?P<unit>\S+(?:\s\S+)?)$")
_ANSWERS = ("row", "result row")
"""What rows are called where a query gave them."""

_ROWS_OF_A_TABLE, _COLUMNS_OF_A_TABLE = 2, 2
"""What a table beside another one has at the least."""
_LONG = 200
"""Characters of a header that is no name any more."""


def with_header(grid: Grid, shape: ShapeSettings, at: At) -> Frame:
    """The header that the settings mean, and every row below it that is not empty.

    Raises ProjectError where there is no such row, no header, or no row below it.
    """
    rows = _filled_rows(grid)
    if not rows:
        raise ProjectError.at(Place(grid.file), "is empty.", "Put a header line and at least one row into it.")
    rows = _below_begin(grid, rows, shape, at)
    heads = _header_rows(grid, rows, shape, at)
    top = heads[-1] if heads else -1
    body = rows[bisect_right(rows, top) :]
    width = max((grid.width(index) for index in heads or body[:1]), default=0)
    columns = [
        column for column in range(min(width, max(map(len, grid.cells)))) if _used(grid, column, [*heads, *body])
    ]
    fill = not grid.letters if shape.header_fill is None else shape.header_fill
    header = _names(grid, heads, columns, shape.header_join, fill and len(heads) > 1)
    where = grid.place(top, columns[0]) if heads else Place(grid.file)
    if not body and grid.counted in _ANSWERS:
        raise ProjectError.at(at("query"), "the query gives no rows.", "Correct its conditions.")
    if not body:
        raise ProjectError.at(where, "has a header and no rows.", "Add at least one row.")
    frame = Frame(
        grid,
        header,
        tuple(columns),
        _cells(grid, body, columns),
        tuple(body),
        top,
        width,
        warnings=grid.warnings,
    )
    return _told_of_neighbours(frame) if heads and grid.shown is not None and grid.shown.whole else frame


def _filled_rows(grid: Grid) -> list[int]:
    """The rows of a grid in which anything stands."""
    if grid.cells and grid.cells[0] and not grid.widths and all(map(str.strip, map(itemgetter(0), grid.cells))):
        return list(range(len(grid.cells)))  # nearly always, and then no other cell is looked at
    return [index for index, row in enumerate(grid.cells) if (row and row[0].strip()) or any(map(str.strip, row))]


def _cells(grid: Grid, rows: list[int], columns: list[int]) -> tuple[tuple[str, ...], ...]:
    """The cells of some rows and columns; rows of which all is taken are taken as they are."""
    whole = columns == list(range(len(columns)))
    if whole and not grid.widths and len(grid.cells[0]) == len(columns):
        return picker(rows)(grid.cells)
    return tuple(
        grid.cells[index]
        if whole and len(grid.cells[index]) == len(columns)
        else tuple(grid.cells[index][column] for column in columns)
        for index in rows
    )


def _told_of_neighbours(frame: Frame) -> Frame:
    """The frame, with a warning for what may be another table beside it: words behind an empty column."""
    grid = frame.grid
    for place, column in enumerate(frame.columns[1:], 1):
        if column - frame.columns[place - 1] == 1:
            continue
        end = next(
            (p for p in range(place + 1, len(frame.columns)) if frame.columns[p] - frame.columns[p - 1] > 1), None
        )
        cells = [row[place] for row in frame.rows if row[place].strip()]
        words = sum(not any(map(str.isdigit, cell)) for cell in cells)
        if (
            len(cells) < _ROWS_OF_A_TABLE
            or words < len(cells)
            or (end or len(frame.columns)) - place < _COLUMNS_OF_A_TABLE
        ):
            continue
        left, right = (letters(grid.first_column + one) for one in (frame.columns[0], frame.columns[-1]))
        before = letters(grid.first_column + frame.columns[place - 1])
        first = grid.rows[frame.top]
        frame = frame.warn(
            grid.place(frame.top, column),
            f"an empty column stands before '{frame.header[place]}': these may be two tables side by side.",
            f'Say under read which is meant: range = "{left}{first}:{before}", or "{left}{first}:{right}" for both.',
        )
    return frame


def _used(grid: Grid, column: int, rows: list[int]) -> bool:
    """Whether anything stands in a column; a text file's empty columns are columns, a workbook's are margins."""
    return not grid.letters or any(column < len(grid.cells[index]) and grid.cells[index][column] for index in rows)


def _below_begin(grid: Grid, rows: list[int], shape: ShapeSettings, at: At) -> list[int]:
    """The filled rows below the first one with a cell that says what `begin` does."""
    for place, word in ((at("shape", "begin"), word) for word in listed(shape.begin)):
        test = says(word, place)
        first = next((index for index in rows if any(test(cell) for cell in grid.cells[index] if cell.strip())), None)
        rows = [] if first is None else [index for index in rows if index > first]
        if not rows:
            said = f"no row of {name_of(grid)} has a cell '{word}', with others below it."
            raise ProjectError.at(place, said, "Check whether the file has changed; correct the words.")
    return rows


def _header_rows(grid: Grid, rows: list[int], shape: ShapeSettings, at: At) -> list[int]:
    """Rows of the grid that make the header."""
    if shape.header is None:
        return rows[:1]
    place = at("shape", "header")
    if not shape.header and shape.header != 0:
        return rows[:1]
    named = (shape.header,) if isinstance(shape.header, str) else shape.header
    if isinstance(named, tuple) and isinstance(named[0], str):
        return _rows_that_say(grid, rows, tuple(map(str, named)), place)
    wanted = (shape.header,) if isinstance(shape.header, int) else tuple(map(int, shape.header))
    if wanted == (0,):
        return []
    heads: list[int] = []
    for number in wanted:
        if number not in grid.rows:
            raise ProjectError.at(
                place,
                f"{name_of(grid)} has no row {number}: its last is {grid.rows[-1]}.",
                "Count rows as the file shows them, from 1.",
            )
        heads.append(grid.rows.index(number))
    if not any(filled(grid.cells[index]) for index in heads):
        raise ProjectError.at(
            grid.place(heads[0], 0), "the header is empty.", "Correct the number of the header's row."
        )
    return sorted(heads)


def _rows_that_say(grid: Grid, rows: list[int], words: tuple[str, ...], place: Place) -> list[int]:
    """The first row with a cell that says the first word, and for each other word the first one below that."""
    heads: list[int] = []
    for word in words:
        test = says(word, place)
        below = (index for index in rows if not heads or index > heads[-1])
        found = next((index for index in below if any(test(cell) for cell in grid.cells[index])), None)
        if found is None:
            raise ProjectError.at(
                place, f"no row of {name_of(grid)} has a cell '{word}'.", "Correct the header's words."
            )
        heads.append(found)
    return heads


def name_of(grid: Grid) -> str:
    """The source as messages call it: its file, and its sheet where it has several."""
    return f"{grid.file}:{grid.part}" if grid.part else grid.file


def _names(grid: Grid, heads: list[int], columns: list[int], join: str, fill: bool) -> tuple[str, ...]:
    """What each column is called; by its letter or number where the header says nothing."""
    parts: list[list[str]] = [[] for _ in columns]
    for index in heads:
        last = ""
        for parts_of_one, column in zip(parts, columns, strict=True):
            text = " ".join(grid.cells[index][column].split())
            last = text or (last if fill and index != heads[-1] else "")
            if last and (not parts_of_one or parts_of_one[-1] != last):
                parts_of_one.append(last)
    return tuple(
        join.join(said) if said else _unnamed(grid, column, bool(heads))
        for said, column in zip(parts, columns, strict=True)
    )


def _unnamed(grid: Grid, column: int, headed: bool) -> str:
    """A column without a header is called by its place: "column C", or "3" in a file without any header."""
    name = letters(grid.first_column + column) if grid.letters else str(column + 1)
    return f"column {name}" if headed else name


def number_repeated(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """The second column of a name becomes "name (2)" where that is declared, and is refused where it is not."""
    seen: dict[str, int] = {}
    taken = set(frame.header)
    header: list[str] = []
    problems: list[Problem] = []
    for index, name in enumerate(frame.header):
        seen[plain(name)] = count = seen.get(plain(name), 0) + 1
        while count > 1 and f"{name} ({count})" in taken:
            count += 1
        header.append(f"{name} ({count})" if count > 1 else name)
        taken.add(header[-1])
        if seen[plain(name)] == 2:
            place = frame.grid.place(max(frame.top, 0), frame.columns[index])
            remedy = (
                'Give every column a name of its own, or declare shape = { repeated_headers = "number" }, which calls '
                f"the second one '{name} (2)'."
            )
            problems.append(Problem(place, f"the header says '{name}' twice.", remedy))
    if problems and shape.repeated_headers == "refuse":
        raise ProjectError(few(problems))
    return replace(frame, header=tuple(header))


def set_units_apart(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Units in headers, "Salary (USD)" or "Umsatz in Mio. €", become the column's unit and leave its name."""
    if not shape.units:
        return frame
    header: list[str] = []
    units: dict[str, str] = {}
    for name in frame.header:
        found = _UNIT.match(name) or _IN_UNIT.match(name) if len(name) < _LONG else None
        if found is None:
            header.append(name)
            continue
        short = found["name"].rstrip(",")
        unit = next(text for text in (*found.groups()[1:],) if text)
        header.append(short)
        units[short] = unit.strip()
    return replace(frame, header=tuple(header), units=units)


def drop_column_numbers(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """The row right below the header goes where it only counts the columns: 1 2 3, or (1) (2) (3)."""
    if not shape.column_numbers:
        return frame
    counted = [_NUMBER_OF_COLUMN.match(cell.strip()) for cell in filled(frame.rows[0])]
    numbers = [int(found[1]) for found in counted if found]
    consecutive = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    if len(numbers) == len(counted) >= 2 and numbers[0] <= 2 and consecutive:
        return frame.take(range(1, len(frame.rows)))
    return frame


def columns_of_one_cell(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """A cell outside the table, such as a year above it, stands in a column of its own in every row."""
    for name, address in shape.cells.items():
        place = at("shape", "cells", name)
        row, column = _address(address)
        inside = row in frame.grid.rows and 0 <= column - frame.grid.first_column < len(frame.grid.cells[0])
        found = (frame.grid.rows.index(row), column - frame.grid.first_column) if inside else None
        text = frame.grid.cells[found[0]][found[1]].strip() if found else ""
        if found is None or not text:
            raise ProjectError.at(place, f"the cell {address} of {name_of(frame.grid)} is empty.", "Correct it.")
        frame = frame.with_column(name, [text] * len(frame.rows), [found] * len(frame.rows), place)
    return frame


def _address(address: str) -> tuple[int, int]:
    """Row and column, from 1, of an address such as "C14"."""
    name = address.rstrip("0123456789")
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return int(address[len(name) :]), column
