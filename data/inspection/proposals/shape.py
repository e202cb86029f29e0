"""A layout becomes settings for the rows between header and end: what is no data, and what rows say of others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import itemgetter

from msgspec.structs import replace

from data.inspection.columns.footnote_marks import footnote_marks
from data.inspection.columns.scales import is_term
from data.inspection.grids.cells import is_number
from data.inspection.grids.layout import Layout
from data.inspection.grids.several import top
from data.inspection.words.periods import period
from data.inspection.words.setting import ProposedSetting, shortened
from data.reshape.around import without_dots
from data.sources.grid import Grid

_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/–](?:19|20)?\d\d)?")
_MONTH = re.compile(r"[A-Z][a-z]{2}[- ]\d\d")


def cleaning(
    grid: Grid, layout: Layout, header: Sequence[str], places: Sequence[int], notes: Sequence[str], printed: bool
) -> dict[str, ProposedSetting]:
    """Settings under shape for the rows between header and end.

    `header` names the columns as the framing does, `places` are their columns in the grid; `notes` are what stands
    below the table, and `printed` says that the framing cuts them off as such.
    """
    shape: dict[str, ProposedSetting] = {}
    marks = footnote_marks(_texts(grid, layout, header), notes, printed)
    if marks:
        shape["marks"] = marks
    name = dict(zip(places, header, strict=True))
    if layout.sections:
        said = [_label(grid, row) for row in layout.sections]
        field = "section" if "section" not in header else "section of the table"
        shape["sections"] = ProposedSetting(
            {"field": field},
            f"Rows that only say '{shortened(said[0], 30)}' and the like head the rows below them.",
            True,
        )
    shape |= _apart(grid, layout)
    down = [name[column] for column in _to_fill(grid, layout) if column in name]
    if down:
        shape["fill_down"] = ProposedSetting(
            down if len(down) > 1 else down[0], "Said once, and meant for the rows below it, too.", True
        )
    hierarchy = _hierarchy(grid, layout, name, header)
    if hierarchy:
        shape["hierarchy"] = hierarchy
    if layout.totals:
        told = _totals(grid, layout)
        if "drop" in shape:
            told = replace(told, value={header[0]: ["", *_listed(told.value)]})
        shape["drop"] = told
    return shape


def _apart(grid: Grid, layout: Layout) -> dict[str, ProposedSetting]:
    """Lines in the table that are no rows of it, each by what it says."""
    shape: dict[str, ProposedSetting] = {}
    found: list[str] = []
    reasons: list[str] = []
    if layout.repeats:
        found.append(_label(grid, layout.repeats[0]))
        rows = ", ".join(str(grid.rows[row]) for row in layout.repeats[:5])
        reasons.append(f"The header stands again in row{'s' if len(layout.repeats) > 1 else ''} {rows}.")
    if layout.described:
        found.extend(_said_of_columns(_label(grid, row)) for row in layout.described)
        reasons.append(layout.described_reason)
    if found:
        words = list(dict.fromkeys(found))
        shape["skip"] = ProposedSetting(words if len(words) > 1 else words[0], " ".join(reasons))
    alone = [*layout.banners, *_labels_only(grid, layout)]
    if alone:
        said = list(dict.fromkeys(_label(grid, row) for row in alone))
        first = shortened(said[0], 30)
        reason = f"'{first}' stands in a line of its own: say what it means for the rows below it."
        shape["alone"] = ProposedSetting(said if len(said) > 1 else said[0], reason, True)
    only = _only_beside(grid, layout)
    if only:
        shape["drop"] = ProposedSetting({only: ""}, "Lines in which only what stands beside the table goes on.")
    return shape


def _said_of_columns(label: str) -> str:
    """What tells a row that describes columns; those of survey programs begin alike, and go on otherwise."""
    return '/^\\{"ImportId"/' if label.startswith('{"ImportId"') else label


def _only_beside(grid: Grid, layout: Layout) -> str:
    """The header of the first column, where lines of a text file hold nothing but a part of the key beside it."""
    if grid.letters or not layout.header or not layout.aside:
        return ""
    inside = range(top(layout), layout.last + 1)
    rows = [row for row in inside if any(grid.cells[row][column].strip() for column in layout.aside)]
    only = [row for row in rows if not any(grid.cells[row][column].strip() for column in layout.columns)]
    return " ".join(grid.cells[layout.header[-1]][layout.columns[0]].split()) if only else ""


def _labels_only(grid: Grid, layout: Layout) -> list[int]:
    """Lines in a text file's table that end behind their label, so that they are no rows of it."""
    if not grid.widths or not layout.header:
        return []
    width = max(grid.width(row) for row in layout.header)
    rows = [row for row in _body(layout) if grid.width(row) != width]
    alone = [row for row in rows if sum(bool(cell.strip()) for cell in grid.cells[row]) == 1]
    return alone if len(alone) * 2 <= layout.rows else []


def beside(grid: Grid, layout: Layout, name: Mapping[int, str]) -> dict[str, ProposedSetting]:
    """Settings under shape for lines of a text file that hold cells of other tables, too: `name` calls its columns.

    Lines in which only the others go on have nothing in the column that names this table's rows.
    """
    label = layout.columns[0]
    words = ["", *dict.fromkeys(" ".join(grid.cells[row][label].split()) for row in layout.totals)]
    reason = "Lines in which only the tables beside this one go on" + (
        ", and sums of others." if layout.totals else "."
    )
    return {"drop": ProposedSetting({name[label]: words if len(words) > 1 else ""}, reason)}


def _label(grid: Grid, row: int) -> str:
    return next((" ".join(without_dots(cell).split()) for cell in grid.cells[row] if cell.strip()), "")


def _totals(grid: Grid, layout: Layout) -> ProposedSetting:
    labels = list(dict.fromkeys(_label(grid, row) for row in layout.totals))
    where = ", ".join(str(grid.rows[row]) for row in layout.totals[:5]) + (", …" if len(layout.totals) > 5 else "")
    reason = f"Row{'s' if len(layout.totals) > 1 else ''} {where}: the sum of others, which charts would count twice."
    if layout.doubtful:
        rows = ", ".join(str(grid.rows[row]) for row in layout.doubtful[:5])
        reason += f" That row {rows} is one is told by its name, and not shown by its numbers."
    return ProposedSetting(labels[0] if len(labels) == 1 else labels, reason, bool(layout.doubtful))


def _listed(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(one) for one in value] if isinstance(value, list) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # of texts


def _texts(grid: Grid, layout: Layout, header: Sequence[str]) -> dict[str, None]:
    """Every different text of the table, its header first."""
    return dict.fromkeys(chain(header, chain.from_iterable(grid.cells[layout.first : layout.last + 1])))


def _body(layout: Layout) -> list[int]:
    apart = {*layout.sections, *layout.totals, *layout.banners, *layout.repeats, *layout.described}
    inside = range(layout.first, layout.last + 1)
    return [row for row in inside if row not in apart] if apart else list(inside)


def _to_fill(grid: Grid, layout: Layout) -> list[int]:
    """Columns at the left that say something once for several rows."""
    body = _body(layout)
    if all(grid.cells[row][layout.columns[0]].strip() for row in body):
        return []
    rows = [row for row in body if any(map(str.strip, grid.cells[row]))]
    found: list[int] = []
    for place, column in enumerate(layout.columns[:-1]):
        if not _heads_groups([grid.cells[row][column].strip() for row in rows]):
            break
        beside = [grid.cells[row][layout.columns[place + 1]].strip() for row in rows]
        if beside.count("") * 20 > len(beside):
            break
        found.append(column)
    return found


def _heads_groups(cells: Sequence[str]) -> bool:
    """Whether a column says something once for several rows: first of all, then nearly always something else, and in
    most of the rows nothing. Numbers do so only where they are years."""
    empty = cells.count("")
    if not cells or not cells[0] or not len(cells) * 3 <= empty * 10 <= len(cells) * 19:
        return False
    said = [cell for cell in cells if cell]
    if len(said) < 2 or len(set(said)) * 10 < len(said) * 9:
        return False
    return all(map(_YEAR.fullmatch, said)) or not any(map(str.isdigit, "".join(said)))


def _hierarchy(grid: Grid, layout: Layout, name: Mapping[int, str], header: Sequence[str]) -> ProposedSetting | None:
    """The indented column, where spaces before its words say what a row is part of."""
    rows = _body(layout)
    body = [grid.cells[row] for row in rows]
    for column in layout.columns[:3]:
        texts = set(map(itemgetter(column), body))
        if not (grid.indents or any(text[:1].isspace() for text in texts)):
            continue
        filled = [row for row in rows if grid.cells[row][column].strip()]
        if not _are_indented([_depth(grid, row, column) for row in filled]):
            continue
        if sum(is_number(grid.cells[row][column]) for row in filled) * 2 >= len(filled):
            continue  # a number that stands further right is padded
        field = "level" if "level" not in header else "level of the row"
        value: dict[str, object] = {"level": field}
        if column != layout.columns[0]:
            value = {"column": name[column], "level": field}
        return ProposedSetting(value, f"Spaces before '{name.get(column, '')}' say what a row is part of.")
    return None


def _are_indented(depths: Sequence[int]) -> bool:
    """Whether a good part of the cells stands further right than the others."""
    least = min(depths, default=0)
    deep = sum(depth > least for depth in depths)
    return deep > 0 and deep * 5 >= len(depths)


def _depth(grid: Grid, row: int, column: int) -> int:
    """How far a cell is indented, by spaces and by its format."""
    cell = grid.cells[row][column]
    return len(cell) - len(cell.lstrip()) + (grid.indents[row][column] if grid.indents else 0)


def years_across(header: Sequence[str]) -> tuple[list[str], str]:
    """Headers that are years, months or terms, columns that could become rows; and how `columns` would name them."""
    years = [name for name in header if _YEAR.fullmatch(name.strip())]
    if len(years) >= 3:
        return years, "'/^(19|20)\\d\\d/'"
    spans = [name for name in header if period(name) or _MONTH.fullmatch(name.strip()) or is_term(name)]
    if len(spans) >= 3:
        return spans, "[" + ", ".join(f'"{name}"' for name in spans) + "]"
    return [], ""
