"""Workbooks in OpenDocument (.ods): values by calamine, and beforehand what calamine would not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from data.errors import Place as Where
from data.errors import ProjectError
from data.sources.grid import letters
from data.sources.result import LARGEST, too_wide
from data.sources.shown import Look, Looks, without_zeros
from data.sources.workbooks.calamine import calamine_rows
from data.sources.workbooks.open_document_looks import STYLE, Styles, look_of, span_text
from data.sources.workbooks.package import Package, locked
from data.sources.workbooks.raised_text import Place, with_places
from data.sources.workbooks.workbook_cells import CELLS, SheetCells, SheetName, spans_too_much

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CONFIG = "urn:oasis:names:tc:opendocument:xmlns:config:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_CALCULATES = re.compile(rb"generator>[^<]*(?:LibreOffice|OpenOffice|Collabora|MicrosoftOffice)")
"""Programs that calculate before they save: a formula without a result then gave an empty text."""


LONGEST = 131_072
"""Characters of the longest cell; spreadsheet programs take 32,767."""


class _LongCellError(Exception):
    """A cell is longer than any that is meant to be read."""


class _Run(Struct, frozen=True):
    """Equal cells: how many rows and columns of them, and what they show."""

    row: int
    rows: int
    column: int
    columns: int
    look: Look | None
    text: str | None
    """Their text, where it is another one than calamine reads."""

    def places(self, last: int, widest: int) -> Iterator[tuple[int, int]]:
        for row in range(self.row, min(self.row + self.rows, last)):
            for column in range(self.column, min(self.column + self.columns, widest)):
                yield row, column


class _Sheet(Struct):
    name: str
    style: str
    row: int = 0
    column: int = 0
    last: int = 0
    widest: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    unsaved: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    errors: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    runs: list[_Run] = field(default_factory=list[_Run])
    columns: list[tuple[int, str, bool]] = field(default_factory=list[tuple[int, str, bool]])
    """How many columns, the style of their cells, and whether they are hidden."""
    hidden_rows: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    def column_style(self, column: int) -> str:
        """The style of cells without one of their own."""
        for count, style, _ in self.columns:
            if column < count:
                return style
            column -= count
        return ""

    @property
    def hidden_columns(self) -> frozenset[int]:
        found: set[int] = set()
        start = 0
        for count, _, hidden in self.columns:
            if hidden:
                found.update(range(start, min(start + count, self.widest)))
            start += count
        return frozenset(found)


class _Zeros(Struct):
    """Whether the views of the workbook's settings hide zeros (`ShowZeroValues`)."""

    hidden_in: set[str] = field(default_factory=set[str])
    """Sheets that do; "" where all of them do."""
    entries: list[str] = field(default_factory=list[str])
    """Names of the entries that are open; only those of sheets have one."""
    text: str = ""
    asked: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = attributes.get(_CONFIG + "name", "")
        if tag == _CONFIG + "config-item-map-entry":
            self.entries.append(name)
        elif tag == _CONFIG + "config-item":
            self.asked, self.text = name == "ShowZeroValues", ""

    def end(self, tag: str) -> None:
        if tag == _CONFIG + "config-item-map-entry":
            self.entries.pop()
        elif tag == _CONFIG + "config-item" and self.asked:
            self.asked = False
            if self.text.strip() in ("false", "0"):
                self.hidden_in.add(next((name for name in reversed(self.entries) if name), ""))

    def said(self, text: str) -> None:
        if self.asked:
            self.text += text


class _Scan(Struct):
    """What the content says beside its values. Runs of equal rows and cells are counted, never unfolded."""

    sheets: list[_Sheet] = field(default_factory=list[_Sheet])
    styles: Styles = field(default_factory=Styles)
    hidden: set[str] = field(default_factory=set[str])
    zeros: _Zeros = field(default_factory=_Zeros)
    rows: int = 1
    row_style: str = ""
    cells: int = 1
    depth: int = 0
    valued: bool = False
    error: bool = False
    formula: bool = False
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    text: list[tuple[str, Place]] = field(default_factory=list[tuple[str, Place]])
    places: list[Place] = field(default_factory=list[Place])
    """Where the spans stand that are open: raised, lowered, or neither."""
    length: int = 0
    """Characters of the cell."""
    characters: int = 0
    """Characters of all cells, repeated ones as often as they are."""
    aside: int = 0
    """Depth inside a comment, whose text the cell does not show."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == STYLE + "table-properties" and attributes.get(_TABLE + "display") == "false":
            self.hidden.add(self.styles.style)
        elif tag == _TABLE + "table":
            self.sheets.append(_Sheet(attributes.get(_TABLE + "name", ""), attributes.get(_TABLE + "style-name", "")))
        elif tag == _TABLE + "table-column" and self.sheets:
            hidden = attributes.get(_TABLE + "visibility", "visible") != "visible"
            style = attributes.get(_TABLE + "default-cell-style-name", "")
            self.sheets[-1].columns.append((_count(attributes, "number-columns-repeated"), style, hidden))
        elif tag == _TABLE + "table-row":
            self.rows = _count(attributes, "number-rows-repeated")
            self.row_style = attributes.get(_TABLE + "default-cell-style-name", "")
            if self.sheets and attributes.get(_TABLE + "visibility", "visible") != "visible":
                self.sheets[-1].hidden_rows.append((self.sheets[-1].row, self.rows))
        elif tag in _CELLS and self.sheets:
            self._cell(attributes)
        elif self.depth and tag == _OFFICE + "annotation":
            self.aside += 1
        elif self.depth and tag.startswith(_TEXT):
            self.valued = True
            self._words(tag.removeprefix(_TEXT), attributes)
        elif not self.depth:
            self.styles.start(tag, attributes)

    def _words(self, name: str, attributes: dict[str, str]) -> None:
        place = self.places[-1] if self.places else ""
        if name == "p" and self.text:
            self.said("\n")
        elif name == "span":
            place = self.styles.places.get(attributes.get(_TEXT + "style-name", ""), place)
        elif name == "s":
            blanks = _number(attributes.get(_TEXT + "c", "1"))
            self._lengthen(blanks)
            self.said(" " * blanks)
        elif name == "tab":
            self.said("\t")
        elif name == "line-break":
            self.said("\n")
        self.places.append(place)

    def _lengthen(self, characters: int) -> None:
        """Count what the cell holds, in comments too, before anybody unfolds it."""
        self.length += characters
        if self.length > LONGEST:
            raise _LongCellError
        self.characters += characters * self.rows * self.cells

    def _cell(self, attributes: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        self.length = 0
        self.depth += 1
        self.text.clear()
        self.attributes = attributes
        self.cells = _count(attributes, "number-columns-repeated")
        kind = attributes.get(_OFFICE + "value-type")
        self.valued = kind is not None
        self.error = attributes.get(_CALC + "value-type") == "error"
        self.formula = _TABLE + "formula" in attributes
        if self.formula and kind is None and not attributes.get(_CALC + "value-type"):
            sheet.unsaved.append((sheet.row, sheet.column))
        down, across = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if down > 1 or across > 1:
            sheet.merged.append((sheet.row, sheet.column, sheet.row + down - 1, sheet.column + across - 1))

    def end(self, tag: str) -> None:
        if not self.sheets:
            self.styles.end(tag)
            return
        sheet = self.sheets[-1]
        if tag == _TABLE + "table-row":
            sheet.row += self.rows
            sheet.column = 0
        elif tag in _CELLS:
            self.depth -= 1
            shown = "".join(text for text, _ in self.text).strip()
            if self.error or (self.formula and shown.startswith("#")):
                sheet.errors[sheet.row, sheet.column] = shown or "#N/A"
            else:
                self._look(sheet, shown)
            sheet.column += self.cells
            if self.valued:
                sheet.last = max(sheet.last, sheet.row + self.rows)
                sheet.widest = max(sheet.widest, sheet.column)
        elif self.depth and tag == _OFFICE + "annotation":
            self.aside -= 1
        elif self.depth and tag.startswith(_TEXT) and self.places:
            self.places.pop()

    def _look(self, sheet: _Sheet, shown: str) -> None:
        """Note what the cell shows, where that is more than its value."""
        kind = self.attributes.get(_OFFICE + "value-type")
        if kind is None or kind == "boolean":
            return
        look, text = None, None
        if kind == "string":
            text = with_places(self.text) if any(place for _, place in self.text) else None
        else:
            style = self.attributes.get(_TABLE + "style-name") or self.row_style or sheet.column_style(sheet.column)
            date = self.styles.date(style)
            value = self.attributes.get(_OFFICE + "value", "")
            look = look_of(kind, value, self.attributes.get(_OFFICE + "currency", ""), shown, date)
            text = span_text(self.attributes.get(_OFFICE + "time-value", ""), date) if kind == "time" else None
        if look is not None or text is not None:
            sheet.runs.append(_Run(sheet.row, self.rows, sheet.column, self.cells, look, text))

    def said(self, text: str) -> None:
        if self.depth and not text.isspace():
            self._lengthen(len(text))
        if self.depth and not self.aside:
            self.text.append((text, self.places[-1] if self.places else ""))


def _count(attributes: dict[str, str], name: str) -> int:
    return max(1, _number(attributes.get(_TABLE + name, "1")))


def _number(said: str) -> int:
    """A count as calamine reads it, with a sign too; 1 for what is none. Whatever is larger is too large as well."""
    digits = said.strip().removeprefix("+").lstrip("0") or "0"
    if not digits.isascii() or not digits.isdigit():
        return 1
    return int(digits) if len(digits) < 10 else 10**9


def _scanned(path: Path, file: str) -> _Scan:
    with Package(path, file) as package:
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.part("META-INF/manifest.xml"):
            raise locked(file)
        scan = _Scan()
        for part in ("styles.xml", "content.xml"):
            if part in package or part == "content.xml":
                try:
                    package.parse(part, scan)
                except _LongCellError:
                    sheet = scan.sheets[-1]
                    place = Where(file, cell=f"{sheet.name}!{letters(sheet.column + 1)}{sheet.row + 1}")
                    message = f"the cell holds more than {LONGEST:,} characters."
                    raise ProjectError.at(place, message, "Shorten it, or leave it out.") from None
        if "settings.xml" in package:
            package.parse("settings.xml", scan.zeros)
        calculated = "meta.xml" in package and _CALCULATES.search(package.part("meta.xml"))
    for sheet in scan.sheets:
        if calculated:
            sheet.unsaved.clear()
        if sheet.last * sheet.widest > CELLS:
            raise spans_too_much(file, sheet.name, sheet.last * sheet.widest)
    if scan.characters > LARGEST:
        raise too_wide(Where(file))
    return scan


def sheet_names(path: Path, file: str) -> tuple[SheetName, ...]:
    """The workbook's sheets, in their order."""
    scan = _scanned(path, file)
    return tuple(SheetName(sheet.name, sheet.style in scan.hidden) for sheet in scan.sheets)


def sheet_cells(path: Path, file: str, name: str) -> SheetCells:
    """The cells of a sheet.

    Raises ProjectError where the values of any sheet span more cells than memory should hold.
    """
    scan = _scanned(path, file)
    sheet = next(s for s in scan.sheets if s.name == name)
    rows, _ = calamine_rows(path, file, name)
    looks = Looks()
    for run in sheet.runs:
        for row, column in run.places(min(sheet.last, len(rows)), sheet.widest):
            if column < len(rows[row]):
                rows[row][column] = rows[row][column] if run.text is None else run.text
                if run.look is not None:
                    looks.put(row, column, run.look)
    if scan.zeros.hidden_in & {"", name}:
        without_zeros(rows, looks, "no zeros in this sheet")
    for (row, column), text in sheet.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    hidden = {row for first, count in sheet.hidden_rows for row in range(first, min(first + count, len(rows)))}
    return SheetCells(
        rows,
        tuple(sheet.merged),
        tuple(sheet.unsaved),
        looks=looks,
        hidden_rows=frozenset(hidden),
        hidden_columns=sheet.hidden_columns,
    )
