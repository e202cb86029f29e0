"""Workbooks in OpenDocument (.ods): values by calamine, and beforehand what calamine would not say."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from data.sources.calamine import calamine_rows
from data.sources.package import Package, locked
from data.sources.workbook_cells import CELLS, SheetCells, SheetName, spans_too_much

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "


@dataclass
class _Sheet:
    name: str
    style: str
    row: int = 0
    column: int = 0
    last: int = 0
    widest: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    unsaved: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    errors: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])


@dataclass
class _Scan:
    """What the content says beside its values. Runs of equal rows and cells are counted, never unfolded."""

    sheets: list[_Sheet] = field(default_factory=list[_Sheet])
    hidden: set[str] = field(default_factory=set[str])
    style: str = ""
    rows: int = 1
    cells: int = 1
    depth: int = 0
    valued: bool = False
    error: bool = False
    formula: bool = False
    text: list[str] = field(default_factory=list[str])

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _STYLE + "style":
            self.style = attributes.get(_STYLE + "name", "")
        elif tag == _STYLE + "table-properties" and attributes.get(_TABLE + "display") == "false":
            self.hidden.add(self.style)
        elif tag == _TABLE + "table":
            self.sheets.append(_Sheet(attributes.get(_TABLE + "name", ""), attributes.get(_TABLE + "style-name", "")))
        elif tag == _TABLE + "table-row":
            self.rows = _count(attributes, "number-rows-repeated")
        elif tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell") and self.sheets:
            self._cell(attributes)
        elif self.depth and tag.startswith(_TEXT):
            self.valued = True

    def _cell(self, attributes: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        self.depth += 1
        self.text.clear()
        self.cells = _count(attributes, "number-columns-repeated")
        kind = attributes.get(_OFFICE + "value-type")
        self.valued = kind is not None
        self.error = attributes.get(_CALC + "value-type") == "error"
        self.formula = _TABLE + "formula" in attributes
        if self.formula and kind is None:
            sheet.unsaved.append((sheet.row, sheet.column))
        down, across = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if down > 1 or across > 1:
            sheet.merged.append((sheet.row, sheet.column, sheet.row + down - 1, sheet.column + across - 1))

    def end(self, tag: str) -> None:
        if not self.sheets:
            return
        sheet = self.sheets[-1]
        if tag == _TABLE + "table-row":
            sheet.row += self.rows
            sheet.column = 0
        elif tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self.depth -= 1
            shown = "".join(self.text).strip()
            if self.error or (self.formula and shown.startswith("#")):
                sheet.errors[sheet.row, sheet.column] = shown or "#N/A"
            sheet.column += self.cells
            if self.valued:
                sheet.last = max(sheet.last, sheet.row + self.rows)
                sheet.widest = max(sheet.widest, sheet.column)

    def said(self, text: str) -> None:
        if self.depth and (self.error or self.formula):
            self.text.append(text)


def _count(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(_TABLE + name, "1")
    return max(1, int(said)) if said.isdigit() and len(said) < 9 else 1


def _scanned(path: Path, file: str) -> _Scan:
    with Package(path, file) as package:
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.part("META-INF/manifest.xml"):
            raise locked(file)
        scan = _Scan()
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
        parser.CharacterDataHandler = scan.said
        try:
            for chunk in package.chunks("content.xml"):
                parser.Parse(chunk)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError):  # the latter two for an encoding that is none
            raise package.damaged() from None
    for sheet in scan.sheets:
        if sheet.last * sheet.widest > CELLS:
            raise spans_too_much(file, sheet.name, sheet.last * sheet.widest)
    return scan


def sheet_names(path: Path, file: str) -> tuple[SheetName, ...]:
    """The workbook's sheets, in their order."""
    scan = _scanned(path, file)
    return tuple(SheetName(sheet.name, sheet.style in scan.hidden) for sheet in scan.sheets)


def sheet_cells(path: Path, file: str, name: str) -> SheetCells:
    """The cells of a sheet.

    Raises ProjectError where the values of any sheet span more cells than memory should hold.
    """
    sheet = next(s for s in _scanned(path, file).sheets if s.name == name)
    rows, _ = calamine_rows(path, file, name)
    for (row, column), text in sheet.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return SheetCells(rows, tuple(sheet.merged), tuple(sheet.unsaved))
