"""Exports whose first rows describe their columns: surveys with questions and import ids, and series over time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from data.inspection.columns.scales import is_term
from data.inspection.grids.cells import Cells, is_number
from data.inspection.words.periods import period
from data.inspection.words.vocabulary import words_in, words_of

if TYPE_CHECKING:
    from data.inspection.grids.layout import Layout

_IMPORT_ID = '{"ImportId"'
"""How the cells of the third row begin that Qualtrics writes."""
_FIRST_ROWS = 6
_MOST = 30
"""Rows that describe a series at most."""
_LEAST = 2
"""Rows that do so at least, and moments that a series has."""
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d|[A-Z][a-z]{2}-\d{2,4}")
UNIT_WORDS = words_in("unit units einheit einheiten unité unités unidad unidades")
_SPANNED = 60
"""Rows of a series that show that its first column is one of time."""


class Export(Struct, frozen=True):
    """The header of an export, and the rows below it that describe the columns: indexes of rows."""

    header: tuple[int, ...]
    described: tuple[int, ...]
    first: int
    """The first row of values."""
    reason: str
    described_reason: str


class Below(Struct, frozen=True):
    """What rows below the header say of a column."""

    description: str = ""
    unit: str = ""


def said_below(cells: Cells, layout: Layout) -> dict[int, Below]:
    """Columns of the grid → what rows below the header say of them: questions of a survey, units of series."""
    found: dict[int, Below] = {}
    label = layout.columns[0] if layout.columns else 0
    for row in layout.described:
        if cells[row][label].strip().startswith(_IMPORT_ID):
            continue
        survey = any(cells[other][label].strip().startswith(_IMPORT_ID) for other in layout.described)
        unit = bool(set(words_of(cells[row][label])) & UNIT_WORDS)
        for column in layout.columns:
            text = " ".join(cells[row][column].split())
            if survey:
                found[column] = Below(description=text)
            elif unit and column != label:
                found[column] = Below(unit=text)
    return found


def exported(cells: Cells, rows: Sequence[int]) -> Export | None:
    """The header of a table in `rows` where programs wrote it that describe their columns below the names."""
    return _survey(cells, rows) or _series(cells, rows)


def _survey(cells: Cells, rows: Sequence[int]) -> Export | None:
    """An export of Qualtrics: names of columns, questions, then import ids as JSON."""
    for place, row in enumerate(rows[:_FIRST_ROWS]):
        filled = [cell.strip() for cell in cells[row] if cell.strip()]
        if not filled or not all(cell.startswith(_IMPORT_ID) for cell in filled):
            continue
        if place == 0 or place + 1 >= len(rows):
            return None
        start = max(0, place - 2)
        described = tuple(rows[start + 1 : place + 1])
        return Export(
            (rows[start],),
            described,
            rows[place + 1],
            "The names of the columns, over their questions.",
            "The questions and the import ids that a survey program writes below the names.",
        )
    return None


def _series(cells: Cells, rows: Sequence[int]) -> Export | None:
    """Series across: names in the first row, below them what each is ("Unit", "Series ID"), then one row a moment."""
    column = _first_used(cells, rows[1:])
    labels = [cells[row][column].strip() for row in rows]
    start = _first_moment(labels)
    if not start:
        return None
    named = _names_at(labels[:start])
    telling = {rows[place]: labels[place] for place in range(named + 1, start) if labels[place]}
    across = [c for c in _filled(cells[rows[start]]) if c != column]
    if not across or not _describe(list(telling.values()), [cells[row] for row in telling], across):
        return None
    header = _distinct(cells, [rows[named], *telling], across)
    if not header or len(set(labels[named + 1 : start])) < len(telling):
        return None
    rest = tuple(row for row in telling if row not in header)
    said = f"'{next(iter(telling.values()))}' and the like describe each series, and are no moment of it."
    return Export(header, rest, rows[start], "The names of the series.", said)


def _first_used(cells: Cells, rows: Sequence[int]) -> int:
    """The first column in which one of the rows holds something."""
    return next((column for column in range(len(cells[0])) if any(cells[row][column].strip() for row in rows)), 0)


def _names_at(labels: Sequence[str]) -> int:
    """The place of the row with the names of series: right above the first label, or with it in the first row."""
    first = next((place for place, label in enumerate(labels) if label), len(labels))
    return first - 1 if first else 0


def _first_moment(labels: Sequence[str]) -> int:
    """The place of the first moment below some other labels, where all below it are moments, too; 0 without."""
    start = next((place for place, label in enumerate(labels) if place and _is_moment(label)), 0)
    moments = labels[start : start + _SPANNED]
    return start if start <= _MOST and len(moments) >= _LEAST and all(map(_is_moment, moments)) else 0


def _filled(row: Sequence[str]) -> list[int]:
    """The columns in which a row holds something."""
    return [column for column, cell in enumerate(row) if cell.strip()]


def _describe(labels: Sequence[str], rows: Sequence[Sequence[str]], across: Sequence[int]) -> bool:
    """Whether rows describe series: several of them, under words, each with something to say of one of the series."""
    told = all(any(row[column].strip() for column in across) for row in rows)
    return len(labels) >= _LEAST and told and not any(map(is_number, labels))


def _is_moment(text: str) -> bool:
    return _DATE.fullmatch(text) is not None or bool(period(text)) or is_term(text)


def _distinct(cells: Cells, rows: Sequence[int], across: Sequence[int]) -> tuple[int, ...]:
    """The first row with as many of those below it as it takes to name each column otherwise; () where none does."""
    names: list[tuple[str, ...]] = [() for _ in across]
    header: list[int] = []
    for row in rows:
        texts = [cells[row][column].strip() for column in across]
        if not header and not all(texts):
            return ()
        longer = [(*name, text) for name, text in zip(names, texts, strict=True)]
        if header and len(set(longer)) == len(set(names)):
            continue
        names = longer
        header.append(row)
        if len(set(names)) == len(names):
            return tuple(header)
    return ()
