"""A layout becomes settings under `read` and `shape`: how the table is taken out of what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby, pairwise

from data.inspection.footnote_marks import footnote_marks
from data.inspection.layout import Layout
from data.inspection.periods import period
from data.inspection.scales import is_term
from data.inspection.setting import Setting, shortened
from data.inspection.several import rows_below, top, where
from data.reshape.words import plain
from data.sources.grid import Grid

_PREFIX = 40
_MARKED = re.compile(r"\[\d+\]|\(\d+\)|\\\d+\\|[*†‡#^¹²³]+(?=\s)")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/–](?:19|20)?\d\d)?")
_MONTH = re.compile(r"[A-Z][a-z]{2}[- ]\d\d")


def framing(grid: Grid, layout: Layout, others: Sequence[Layout]) -> tuple[dict[str, Setting], dict[str, Setting]]:
    """Settings under read and under shape that find the header and the end of the table.

    `others` are the tables around it, which have to be kept out, as a key beside it: of a sheet by its range, of a text
    file by their lines.
    """
    read: dict[str, Setting] = {}
    shape: dict[str, Setting] = {}
    number = grid.rows
    first = next((index for index, row in enumerate(grid.cells) if any(cell.strip() for cell in row)), 0)
    ranged = grid.letters and bool(others or layout.aside)
    if ranged:
        reason = "The sheet holds several tables." if others else "What stands beside the table explains it."
        read["range"] = Setting(where(grid, layout), reason)
        first = top(layout)
    if not layout.header:
        shape["header"] = Setting(0, layout.header_reason)
    elif layout.header != (first,):
        rows = [number[index] for index in layout.header]
        shape["header"] = Setting(rows[0] if len(rows) == 1 else rows, layout.header_reason)
    if layout.units:
        shape["header_join"] = Setting(", ", f"Row {number[layout.header[-1]]} says in what the columns are counted.")
    if any(_spans(grid.cells[index], layout.columns) for index in layout.header[:-1]):
        if _is_broken(grid, layout) and not grid.letters:
            shape["header_fill"] = Setting(
                False, "Names of columns go on in the row below, and are meant for one column."
            )
        elif not _is_broken(grid, layout) and grid.letters:
            shape["header_fill"] = Setting(True, "A heading over several columns is written over the first of them.")
    if layout.numbered is not None:
        shape["column_numbers"] = Setting(True, f"Row {number[layout.numbered]} only counts the columns.")
    below = [] if grid.letters else rows_below(grid, layout, others)
    beside = [] if grid.letters else _only_beside(grid, layout)
    if below:
        shape["skip"] = Setting(below, "Below this table others follow, and what is said about them.")
    elif beside:
        shape["skip"] = Setting(beside, "Lines in which only what stands beside the table goes on.")
    if layout.below and not below and not ranged:
        shape["notes"] = Setting(_notes(grid, layout), layout.end_reason)
    return read, shape


def _only_beside(grid: Grid, layout: Layout) -> list[int]:
    """Numbers of the lines in the table that hold nothing but a part of the key beside it."""
    inside = range(top(layout), layout.last + 1)
    rows = [row for row in inside if any(grid.cells[row][column].strip() for column in layout.aside)]
    return [grid.rows[row] for row in rows if not any(grid.cells[row][column].strip() for column in layout.columns)]


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
    pairs = [
        (text, under)
        for row, after in pairwise(heads[:-1] if layout.units else heads)
        for text, under in zip(row, after, strict=True)
        if under
    ]
    going_on = any(text and (under[0].islower() or under[0] in "([") for text, under in pairs)
    beginning = all(text or not under[0].islower() for text, under in pairs)
    said = [text for text, _ in groupby(heads[0]) if text]
    return (going_on and beginning) or len(set(said)) < len(said)


def _filled(heads: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of a header with each heading said of the empty cells to its right, too, in all but the last row."""
    filled: list[list[str]] = []
    for row in heads[:-1]:
        filled.append(list(accumulate(row, lambda before, cell: cell or before)))
    return [*filled, list(heads[-1])]


def _notes(grid: Grid, layout: Layout) -> int | str:
    """How the first note begins, or its row where rows of the table begin alike."""
    cells = grid.cells[layout.below[0]]
    label = " ".join(next(cell for cell in cells if cell.strip()).split())
    head = label.partition(":")[0] + ":"
    mark = _MARKED.match(label)
    if mark:
        label = mark[0]
    elif len(label) > _PREFIX:
        label = head if ":" in label and len(head) <= _PREFIX else label[:_PREFIX].rsplit(" ", 1)[0]
    rows = (grid.cells[index] for index in range(layout.first, layout.last + 1))
    alike = any(plain(next((c for c in row if c.strip()), "")).startswith(plain(label)) for row in rows)
    slashes = label.startswith("/") and label.endswith("/")
    return grid.rows[layout.below[0]] if alike or slashes or (len(label) < 3 and not mark) else label


def cleaning(
    grid: Grid, layout: Layout, header: Sequence[str], places: Sequence[int], notes: Sequence[str], printed: bool
) -> dict[str, Setting]:
    """Settings under shape for the rows between header and end.

    `header` names the columns as the framing does, `places` are their columns in the grid; `notes` are what stands
    below the table, and `printed` says that the framing cuts them off as such.
    """
    shape: dict[str, Setting] = {}
    marks = footnote_marks(_texts(grid, layout, header), notes, printed)
    if marks:
        shape["marks"] = marks
    name = dict(zip(places, header, strict=True))
    if layout.sections:
        said = [_label(grid, row) for row in layout.sections]
        field = "section" if "section" not in header else "section of the table"
        shape["sections"] = Setting(
            {"field": field},
            f"Rows that only say '{shortened(said[0], 30)}' and the like head the rows below them.",
        )
    skipped = _skipped(grid, layout)
    if skipped:
        shape["skip"] = skipped
    down = [name[column] for column in _to_fill(grid, layout) if column in name]
    if down:
        shape["fill_down"] = Setting(
            down if len(down) > 1 else down[0], "Said once, and meant for the rows below it, too."
        )
    hierarchy = _hierarchy(grid, layout, name, header)
    if hierarchy:
        shape["hierarchy"] = hierarchy
    if layout.totals:
        shape["drop"] = _totals(grid, layout)
    return shape


def _skipped(grid: Grid, layout: Layout) -> Setting | None:
    """Lines in the table that are no rows of it."""
    found: list[int | str] = []
    reasons: list[str] = []
    if layout.repeats:
        found.append(_label(grid, layout.repeats[0]))
        rows = ", ".join(str(grid.rows[row]) for row in layout.repeats[:5])
        reasons.append(f"The header stands again in row{'s' if len(layout.repeats) > 1 else ''} {rows}.")
    if layout.banners:
        found.extend(grid.rows[row] for row in layout.banners)
        first = shortened(_label(grid, layout.banners[0]), 30)
        reasons.append(f"'{first}' stands across the columns: say what it means for them.")
    if short := _labels_only(grid, layout):
        found.extend(short)
        reasons.append("Lines with a label, and fewer cells than the header.")
    if not found:
        return None
    return Setting(found if len(found) > 1 or layout.banners or short else found[0], " ".join(reasons))


def _labels_only(grid: Grid, layout: Layout) -> list[int]:
    """Numbers of the lines in a text file's table that end behind their label, so that they are no rows of it."""
    if not grid.widths or not layout.header:
        return []
    width = max(grid.width(row) for row in layout.header)
    rows = [row for row in _body(layout) if grid.width(row) != width]
    alone = [grid.rows[row] for row in rows if sum(bool(cell.strip()) for cell in grid.cells[row]) == 1]
    return alone if len(alone) * 2 <= layout.rows else []


def beside(grid: Grid, layout: Layout, name: Mapping[int, str]) -> dict[str, Setting]:
    """Settings under shape for lines of a text file that hold cells of other tables, too: `name` calls its columns.

    Lines in which only the others go on have nothing in the column that names this table's rows.
    """
    label = layout.columns[0]
    words = ["", *dict.fromkeys(" ".join(grid.cells[row][label].split()) for row in layout.totals)]
    reason = "Lines in which only the tables beside this one go on" + (
        ", and sums of others." if layout.totals else "."
    )
    return {"drop": Setting({name[label]: words if len(words) > 1 else ""}, reason)}


def _label(grid: Grid, row: int) -> str:
    return next((" ".join(cell.split()) for cell in grid.cells[row] if cell.strip()), "")


def _totals(grid: Grid, layout: Layout) -> Setting:
    labels = list(dict.fromkeys(_label(grid, row) for row in layout.totals))
    where = ", ".join(str(grid.rows[row]) for row in layout.totals[:5]) + (", …" if len(layout.totals) > 5 else "")
    reason = f"Row{'s' if len(layout.totals) > 1 else ''} {where}: the sum of others, which charts would count twice."
    if len(labels) > 5:
        return Setting(r"/^(Grand )?[Tt]otal\b/", reason)
    return Setting(labels[0] if len(labels) == 1 else labels, reason)


def _texts(grid: Grid, layout: Layout, header: Sequence[str]) -> dict[str, None]:
    """Every different text of the table, its header first."""
    texts = dict.fromkeys(header)
    for row in range(layout.first, layout.last + 1):
        texts.update(dict.fromkeys(grid.cells[row]))
    return texts


def _body(layout: Layout) -> list[int]:
    apart = {*layout.sections, *layout.totals, *layout.banners, *layout.repeats}
    return [row for row in range(layout.first, layout.last + 1) if row not in apart]


def _to_fill(grid: Grid, layout: Layout) -> list[int]:
    """Columns at the left that say something once for several rows."""
    rows = [row for row in _body(layout) if any(cell.strip() for cell in grid.cells[row])]
    found: list[int] = []
    for place, column in enumerate(layout.columns[:-1]):
        cells = [grid.cells[row][column].strip() for row in rows]
        beside = [grid.cells[row][layout.columns[place + 1]].strip() for row in rows]
        empty = cells.count("")
        said = [cell for cell in cells if cell]
        grouped = cells and cells[0] and len(said) > 1 and len(set(said)) * 10 >= len(said) * 9
        if not (grouped and len(cells) * 3 <= empty * 10 <= len(cells) * 19 and beside.count("") * 20 <= len(beside)):
            break
        if any(character.isdigit() for cell in said for character in cell) and not all(map(_YEAR.fullmatch, said)):
            break
        found.append(column)
    return found


def _hierarchy(grid: Grid, layout: Layout, name: Mapping[int, str], header: Sequence[str]) -> Setting | None:
    """The indented column, where spaces before its words say what a row is part of."""
    for column in layout.columns[:3]:
        rows = _body(layout)
        depths = [
            len(cell) - len(cell.lstrip()) + (grid.indents[row][column] if grid.indents else 0)
            for row in rows
            if (cell := grid.cells[row][column]).strip()
        ]
        least = min(depths, default=0)
        deep = sum(depth > least for depth in depths)
        if len(set(depths)) < 2 or deep * 5 < len(depths):
            continue
        field = "level" if "level" not in header else "level of the row"
        value: dict[str, object] = {"level": field}
        if column != layout.columns[0]:
            value = {"column": name[column], "level": field}
        return Setting(value, f"Spaces before '{name.get(column, '')}' say what a row is part of.")
    return None


def years_across(header: Sequence[str]) -> tuple[list[str], str]:
    """Headers that are years, months or terms, columns that could become rows; and how `columns` would name them."""
    years = [name for name in header if _YEAR.fullmatch(name.strip())]
    if len(years) >= 3:
        return years, "'/^(19|20)\\d\\d/'"
    spans = [name for name in header if period(name) or _MONTH.fullmatch(name.strip()) or is_term(name)]
    if len(spans) >= 3:
        return spans, "[" + ", ".join(f'"{name}"' for name in spans) + "]"
    return [], ""
