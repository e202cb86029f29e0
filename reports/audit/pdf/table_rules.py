"""Rules about tables of a PDF: regular rows, and a header for each cell."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from msgspec import Struct

from reports.audit.findings import Fault
from reports.audit.pdf.document import PdfDocument
from reports.audit.pdf.objects import entry, items, name, whole
from reports.audit.pdf.structure import Element
from reports.audit.pdf.structure_rules import nesting
from reports.audit.wording import counted

_WIDEST = 2_000
"""Columns of a table that are counted, and columns and rows that a cell may cover."""
_SECTIONS = frozenset(("THead", "TBody", "TFoot"))
_KIDS = {
    "Table": frozenset(("TR", "Caption")) | _SECTIONS,
    **{section: frozenset(("TR",)) for section in _SECTIONS},
    "TR": frozenset(("TH", "TD")),
}
_PARENTS = {
    "TR": frozenset(("Table",)) | _SECTIONS,
    **{section: frozenset(("Table",)) for section in _SECTIONS},
    "TH": frozenset(("TR",)),
    "TD": frozenset(("TR",)),
}


class Cell(Struct, frozen=True, eq=False):
    """A cell and the rows and columns it covers, counted from 0."""

    element: Element
    row: int
    column: int
    rows: int
    columns: int

    @property
    def is_header(self) -> bool:
        return self.element.kind == "TH"


class Grid(Struct, frozen=True, eq=False):
    """A table's cells in their places."""

    cells: tuple[Cell, ...]
    widths: tuple[int, ...]
    """Columns that each row covers."""
    overlaps: bool
    """Whether two cells claim one place, or one a place below the last row."""


def rows_of(document: PdfDocument, table: Element) -> Iterator[Element]:
    """The rows of a table, from all its sections, in order."""
    for part in document.tree.inside(table):
        if part.kind == "TR":
            yield part
        elif part.kind in _SECTIONS:
            yield from (row for row in document.tree.inside(part) if row.kind == "TR")


def grid(document: PdfDocument, table: Element) -> Grid:
    """Where each cell of a table stands, by the spans that the cells state (ISO 32000-1, 14.8.5.7)."""
    cells: list[Cell] = []
    widths: list[int] = []
    overlaps = False
    # places are bits, the first column the lowest: a cell may claim millions
    covered = 0
    ends: dict[int, int] = {}  # by row: columns that cells above reach down to, and no further
    rows = list(rows_of(document, table))
    for number, row in enumerate(rows):
        covered &= ~ends.pop(number, 0)
        column = 0
        for element in document.tree.inside(row):
            if element.kind not in ("TH", "TD") or column > _WIDEST:
                continue
            free = ~(covered >> column)
            column += (free & -free).bit_length() - 1
            across = _span(document, element, "ColSpan")
            down = _span(document, element, "RowSpan")
            claimed = ((1 << across) - 1) << column
            overlaps = overlaps or bool(claimed & covered) or number + down > len(rows)
            covered |= claimed
            ends[number + down] = ends.get(number + down, 0) | claimed
            cells.append(Cell(element, number, column, down, across))
            column += across
        widths.append(covered.bit_count())
    return Grid(tuple(cells), tuple(widths), overlaps)


def _span(document: PdfDocument, element: Element, attribute: str) -> int:
    return min(max(whole(document.tree.attribute(element, "Table", attribute)) or 1, 1), _WIDEST)


def _tables(document: PdfDocument) -> Iterator[Element]:
    return (element for element in document.tree.elements if element.kind == "Table")


def parts(document: PdfDocument) -> Iterator[Fault]:
    """A table must be made of rows, and rows of cells; a caption stands first or last."""
    yield from nesting(document, _KIDS, _PARENTS, "cells")
    for table in _tables(document):
        kinds = [kid.kind for kid in document.tree.inside(table)]
        if kinds.count("Caption") > 1 or "Caption" in kinds[1:-1]:
            message = "Its caption must stand first or last, and there must be one at most."
            yield Fault(document.place(table), document.named(table), message)
        if kinds.count("THead") > 1 or kinds.count("TFoot") > 1:
            message = "It has more than one head or foot (THead, TFoot)."
            yield Fault(document.place(table), document.named(table), message)
        if ("THead" in kinds or "TFoot" in kinds) and "TBody" not in kinds:
            message = "It has a head or foot and no body (TBody)."
            yield Fault(document.place(table), document.named(table), message)
        if not any(True for _ in rows_of(document, table)):
            yield Fault(document.place(table), document.named(table), "It is a table without rows.")


def regular(document: PdfDocument) -> Iterator[Fault]:
    """Every row must cover the same columns."""
    for table in _tables(document):
        found = grid(document, table)
        if found.overlaps:
            message = "Cells overlap, or reach down below its last row: their spans do not fit (RowSpan, ColSpan)."
            yield Fault(document.place(table), document.named(table), message)
        wrong = next((n for n, width in enumerate(found.widths) if width != found.widths[0]), None)
        if wrong is not None:
            first, other = counted(found.widths[0], "column"), found.widths[wrong]
            message = f"Its first row has {first}, row {wrong + 1} has {other}: cells lose their headers."
            yield Fault(document.place(table), document.named(table), message)


def headers(document: PdfDocument) -> Iterator[Fault]:
    """A table must have header cells, and each of its cells one that belongs to it."""
    for table in _tables(document):
        cells = grid(document, table).cells
        if not cells:
            continue
        if not any(cell.is_header for cell in cells):
            message = "It has no header cells (TH): readers cannot tell what a value stands for."
            yield Fault(document.place(table), document.named(table), message)
            continue
        known = {_identity(cell.element) for cell in cells if cell.is_header} - {b""}
        over, beside = _reach(document, cells)
        lost = [
            cell
            for cell in cells
            if not cell.is_header
            and not _named(document, cell, known)
            and not any(column in over for column in range(cell.column, cell.column + cell.columns))
            and not any(row in beside for row in range(cell.row, cell.row + cell.rows))
        ]
        if lost:
            message = f"{counted(len(lost), 'cell')}, this the first, have no header in their row or column."
            yield Fault(document.place(lost[0].element), document.named(lost[0].element), message)


def _reach(document: PdfDocument, cells: tuple[Cell, ...]) -> tuple[set[int], set[int]]:
    """Columns and rows that have a header; one without a scope counts for both."""
    over: set[int] = set()
    beside: set[int] = set()
    for cell in cells:
        if cell.is_header:
            scope = _scope(document, cell)
            if scope != "Row":
                over.update(range(cell.column, cell.column + cell.columns))
            if scope != "Column":
                beside.update(range(cell.row, cell.row + cell.rows))
    return over, beside


def _scope(document: PdfDocument, cell: Cell) -> str:
    return name(document.tree.attribute(cell.element, "Table", "Scope"))


def _identity(element: Element) -> bytes:
    found = entry(element.node, "ID")
    return bytes(found) if isinstance(found, pikepdf.String) else b""


def _named(document: PdfDocument, cell: Cell, known: set[bytes]) -> bool:
    """Whether a cell names its headers by their IDs."""
    said = items(document.tree.attribute(cell.element, "Table", "Headers"))
    return any(isinstance(one, pikepdf.String) and bytes(one) in known for one in said)


def scopes(document: PdfDocument) -> Iterator[Fault]:
    """Header cells must say whether they head their row or their column, unless the cells name them."""
    for table in _tables(document):
        cells = grid(document, table).cells
        if any(document.tree.attribute(cell.element, "Table", "Headers") is not None for cell in cells):
            continue
        unsaid = [cell for cell in cells if cell.is_header and _scope(document, cell) not in _SCOPES]
        if unsaid:
            message = f"{counted(len(unsaid), 'header cell')}, this the first, do not say what they head (Scope)."
            yield Fault(document.place(unsaid[0].element), document.named(unsaid[0].element), message)


_SCOPES = ("Row", "Column", "Both")
