"""A layout becomes settings that find a table's header and end by what rows say, so that longer files are read, too."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import accumulate, groupby, pairwise

from data.inspection.grids.boundary import YEAR
from data.inspection.grids.cells import is_number
from data.inspection.grids.layout import Layout
from data.inspection.grids.several import top
from data.inspection.words.setting import ProposedSetting
from data.reshape.words import plain
from data.sources.grid import Grid, letters

_PREFIX = 40
_LONGEST = 80
"""Characters of a cell by which a row is found."""
_MARKED = re.compile(r"\[\d+\]|\(\d+\)|\\\d+\\|[*†‡#^¹²³]+(?=\s)")
_YEARS = r"/^(19|20)\d\d/"
_BY_NUMBER = "No row can be told by its words, so this one is by its number: check it in each new file."


def framing(
    grid: Grid, layout: Layout, others: Sequence[Layout]
) -> tuple[dict[str, ProposedSetting], dict[str, ProposedSetting]]:
    """Settings under read and under shape that find the header and the end of the table.

    `others` are the tables around it, which have to be kept out, as a key beside it: tables beside it by columns of
    the sheet, those above and below by what stands between.
    """
    read: dict[str, ProposedSetting] = {}
    shape: dict[str, ProposedSetting] = {}
    if grid.letters and (layout.side or layout.aside):
        left, right = (letters(grid.first_column + column) for column in (layout.columns[0], layout.columns[-1]))
        reason = "The sheet holds several tables." if layout.side else "What stands beside the table explains it."
        read["range"] = ProposedSetting(f"{left}1:{right}", reason)
    inner = _inner(grid, layout)
    shape |= _beginning(grid, inner, layout, others)
    if layout.units:
        row = grid.rows[layout.header[-1]]
        shape["header_join"] = ProposedSetting(", ", f"Row {row} says in what the columns are counted.")
    if any(_spans(grid.cells[index], layout.columns) for index in layout.header[:-1]):
        if _is_broken(grid, layout) and not grid.letters:
            reason = "Names of columns go on in the row below, and are meant for one column."
            shape["header_fill"] = ProposedSetting(False, reason, True)
        elif not _is_broken(grid, layout) and grid.letters:
            reason = "A heading over several columns is written over the first of them."
            shape["header_fill"] = ProposedSetting(True, reason, True)
    if layout.numbered is not None:
        shape["column_numbers"] = ProposedSetting(True, f"Row {grid.rows[layout.numbered]} only counts the columns.")
    return read, shape | _ending(grid, inner, layout, others)


def _inner(grid: Grid, layout: Layout) -> list[tuple[str, ...]]:
    """The cells that are left when a sheet is read between the table's first and last column."""
    if not (grid.letters and (layout.side or layout.aside)):
        return list(grid.cells)
    return [row[layout.columns[0] : layout.columns[-1] + 1] for row in grid.cells]


Inner = Sequence[Sequence[str]]


def _beginning(grid: Grid, inner: Inner, layout: Layout, others: Sequence[Layout]) -> dict[str, ProposedSetting]:
    """Where the header is, by words of its own; and below which row it is looked for, where others are like it."""
    filled = [index for index in range(layout.first + 1) if any(cell.strip() for cell in inner[index])]
    head = top(layout)
    if layout.header == tuple(filled[:1]) or (not layout.header and filled[:1] == [layout.first]):
        return {} if layout.header else {"header": ProposedSetting(0, layout.header_reason, True)}
    starts = [(-1, dict[str, ProposedSetting]()), *_begin(inner, filled, head, others)]
    if not layout.header:
        return _without_header(layout, filled, starts)
    for row, begin in starts:
        words = _header_words(inner, filled, layout.header, row)
        if words:
            value: object = words[0] if len(words) == 1 else words
            return {**begin, "header": ProposedSetting(value, layout.header_reason, layout.header_guess)}
    rows = [grid.rows[index] for index in layout.header]
    return {
        "header": ProposedSetting(rows[0] if len(rows) == 1 else rows, f"{layout.header_reason} {_BY_NUMBER}", True)
    }


def _without_header(
    layout: Layout, filled: Sequence[int], starts: Sequence[tuple[int, dict[str, ProposedSetting]]]
) -> dict[str, ProposedSetting]:
    """Where a table without a header begins: behind a row that words find, else by its number."""
    found = next((begin for row, begin in starts if _next(filled, row) == layout.first), dict[str, ProposedSetting]())
    reason = "" if found else f" {_BY_NUMBER}"
    return {**found, "header": ProposedSetting(0, f"{layout.header_reason}{reason}", True)}


def _begin(
    inner: Inner, filled: Sequence[int], head: int, others: Sequence[Layout]
) -> list[tuple[int, dict[str, ProposedSetting]]]:
    """The row above the table by whose words it can be found, the nearest first: those below other tables ahead."""
    before = max((other.last for other in others if other.last < head), default=-1)
    for row in sorted((row for row in filled if row < head), key=lambda row: (row <= before, -row)):
        word = _own_word(inner, filled, row, -1)
        if word:
            return [(row, {"begin": ProposedSetting(word, "It stands between this table and what is above it.")})]
    return []


def _next(filled: Sequence[int], row: int) -> int:
    return next((index for index in filled if index > row), -1)


def _header_words(inner: Inner, filled: Sequence[int], header: Sequence[int], start: int) -> list[str]:
    """A word for each row of the header, by which it is the first such row below the one before; [] without."""
    words: list[str] = []
    for row in header:
        word = _own_word(inner, filled, row, start)
        if not word:
            return []
        words.append(word)
        start = row
    return words


def _own_word(inner: Inner, filled: Sequence[int], row: int, start: int) -> str:
    """A cell of a row that no filled row between `start` and it says: words before years; "" where it has none."""
    above = [cell for index in filled if start < index < row for cell in inner[index]]
    texts = [plain(cell) for cell in inner[row] if cell.strip()]
    fit = _unlike(texts, set(map(plain, above)))
    worded = next(filter(_is_worded, fit), "")
    if worded:
        return worded
    if _has_years(texts) and not any(re.search(_YEARS[1:-1], cell.strip()) for cell in above):
        return _YEARS
    return next((text for text in fit if not is_number(text)), "")


def _unlike(texts: Sequence[str], earlier: Container[str]) -> list[str]:
    """The texts that can find a row: none that stands `earlier`, none too long, none that looks like an expression."""
    return [text for text in texts if text not in earlier and len(text) <= _LONGEST and not text.startswith("/")]


def _has_years(texts: Sequence[str]) -> bool:
    """Whether several texts are years."""
    return sum(YEAR.fullmatch(text) is not None for text in texts) > 1


def _is_worded(text: str) -> bool:
    """Whether a text has letters and no digits."""
    return not any(map(str.isdigit, text)) and any(map(str.isalpha, text))


def _ending(grid: Grid, inner: Inner, layout: Layout, others: Sequence[Layout]) -> dict[str, ProposedSetting]:
    """Where the table ends: at its notes, or at what stands between it and other tables below."""
    below = [row for row in range(layout.last + 1, len(inner)) if any(cell.strip() for cell in inner[row])]
    if not below:
        return {}
    followed = any(top(other) > layout.last for other in others)
    noted = bool(layout.below) and not followed
    word = _prefix(inner, layout, below[0]) if noted else _whole(inner, layout, below[0])
    reason = layout.end_reason if noted else "Below this table others follow, and what is said about them."
    if word:
        return {"notes" if noted else "end": ProposedSetting(word, reason)}
    if noted:
        return {"notes": ProposedSetting(grid.rows[below[0]], f"{reason} {_BY_NUMBER}", True)}
    return {"skip": ProposedSetting([grid.rows[row] for row in below], f"{reason} {_BY_NUMBER}", True)}


def _label(row: Sequence[str]) -> str:
    return " ".join(next((cell for cell in row if cell.strip()), "").split())


def _whole(inner: Inner, layout: Layout, row: int) -> str:
    """All that a row below the table begins with, where no row of the table says it."""
    text = _label(inner[row])
    rows = range(layout.first, layout.last + 1)
    if any(plain(_label(inner[index])) == plain(text) for index in rows):
        return ""
    return f"/^{_escaped(text)}$/" if text.startswith("/") else text


def _escaped(text: str) -> str:
    """A text as a regular expression that finds it: no more signs than that needs."""
    return re.sub(r"([\\^$.|?*+()\[\]{}])", r"\\\1", text)


def _prefix(inner: Inner, layout: Layout, row: int) -> str:
    """How the first note begins, so that no row of the table does; "" where nothing of it tells them apart."""
    whole = _label(inner[row])
    marked = _MARKED.match(whole) is not None
    labels = [plain(_label(inner[index])) for index in range(layout.first, layout.last + 1)]
    for start in (_lasting_start(whole), whole[:_LONGEST]):
        slashes = start.startswith("/") and start.endswith("/")
        told = (len(plain(start)) > 2 or marked) and not slashes
        if told and not any(said.startswith(plain(start)) for said in labels):
            return start
    return "" if plain(whole) in labels else f"/^{_escaped(whole)}$/"


def _lasting_start(note: str) -> str:
    """How a note begins, and will begin in the next file: its mark, its key, or its first words before any year."""
    head = note.partition(":")[0] + ":"
    if mark := _MARKED.match(note):
        start = mark[0]
    elif ":" in note and len(head) <= _PREFIX:
        start = head
    else:
        start = note if len(note) <= _PREFIX else note[:_PREFIX].rsplit(" ", 1)[0]
    year = YEAR.search(start)
    return (start[: year.start()].rstrip() or start) if year else start


def _spans(row: Sequence[str], columns: Sequence[int]) -> bool:
    """Whether a heading leaves cells beside it empty that it is meant for, too."""
    said = [bool(row[column].strip()) for column in columns]
    return any(here and not after for here, after in pairwise(said))


def _is_broken(grid: Grid, layout: Layout) -> bool:
    """Whether names of columns are broken over several rows, so that they are not meant for cells to their right, too.

    They are none where only headings that go on to the right tell columns apart. Else they are where they go on in
    small letters or brackets below, while columns without a heading begin with a capital; and where two headings of the
    first row begin alike ("Annual | change").
    """
    heads = [[grid.cells[index][column].strip() for column in layout.columns] for index in layout.header]
    if len(set(zip(*_filled(heads), strict=True))) > len(set(zip(*heads, strict=True))):
        return False
    said = [text for text, _ in groupby(heads[0]) if text]
    return _goes_on_below(heads[:-1] if layout.units else heads) or len(set(said)) < len(said)


def _goes_on_below(heads: Sequence[Sequence[str]]) -> bool:
    """Whether headings go on in small letters or brackets below, and none begins so under an empty cell."""
    pairs = [(text, under) for row, after in pairwise(heads) for text, under in zip(row, after, strict=True) if under]
    going_on = any(text and (under[0].islower() or under[0] in "([") for text, under in pairs)
    return going_on and all(text or not under[0].islower() for text, under in pairs)


def _filled(heads: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of a header with each heading said of the empty cells to its right, too, in all but the last row."""
    filled: list[list[str]] = []
    for row in heads[:-1]:
        filled.append(list(accumulate(row, lambda before, cell: cell or before)))
    return [*filled, list(heads[-1])]
