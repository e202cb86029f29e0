"""Workbooks in Office Open XML (.xlsx): values by calamine, and beforehand what calamine would not say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree

from data.errors import Place, Problem, ProjectError
from data.sources.calamine import calamine_rows
from data.sources.package import Package
from data.sources.workbook_cells import CELLS, SheetCells, SheetName, column_number, spans_too_much

# No tag is looked for past the next one, and no spaces without end: a crafted sheet would take hours.
_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br=["\']([A-Z]{1,3})(\d{1,7})["\'][^<>]*(?<!/)>')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^<>]*\bt=["\']e["\'])[^<>]*?\br=["\']([A-Z]{1,3})(\d{1,7})["\'][^<>]*>'
    rb"(?:\s{0,99}<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>))?\s{0,99}<(?:\w+:)?v>([^<]*)<"
)
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b(?![^<>]*\bt=["\']str["\'])[^<>]*?\br=["\']([A-Z]{1,3})(\d{1,7})["\'][^<>]*(?<!/)>'
    rb"\s{0,99}<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s{0,99}(?:<(?:\w+:)?v\s{0,99}/>|<(?:\w+:)?v>\s{0,99}</(?:\w+:)?v>)?"
    rb"\s{0,99}</(?:\w+:)?c>"
)
_PLACELESS = re.compile(
    rb'<(?:\w+:)?c\b(?![^<>]*\br=)(?:[^<>]*\bt=["\']e["\']|[^<>]*>\s{0,99}<(?:\w+:)?f\b)',
)
"""An error or a formula in a cell that does not say where it is: the format allows it, few programs write it."""
_INDENTED = rb'<(?:\w+:)?c\b(?=[^<>]*?\bs=["\'](%s)["\'])[^<>]*?\br=["\']([A-Z]{1,3})(\d{1,7})["\']'


@dataclass
class _Scan:
    """What a sheet's XML says beside its values."""

    columns: set[bytes] = field(default_factory=set[bytes])
    first: int = 1 << 20
    last: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    unsaved: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    placeless: bool = False
    """Whether there are errors or formulas of which nobody knows where they are."""
    indents: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])


def sheet_names(path: Path, file: str) -> tuple[SheetName, ...]:
    """The workbook's sheets, in their order."""
    with Package(path, file) as package:
        return tuple(name for name, _ in _sheets(package))


def sheet_cells(path: Path, file: str, name: str) -> SheetCells:
    """The cells of a sheet.

    Error cells, which calamine gives as empty, keep their text ("#N/A"). Raises ProjectError where the values span
    more cells than memory should hold: one lost cell in the last row and column is enough for that.
    """
    with Package(path, file) as package:
        part = {sheet.name: target for sheet, target in _sheets(package)}[name]
        scan = _scanned(package, part, _indented_styles(package))
        if "xl/sharedStrings.xml" in package:
            for _ in package.chunks("xl/sharedStrings.xml"):
                pass  # damage shows here, before calamine reads it
    spanned = (scan.last - scan.first + 1) * max((column_number(c.decode()) for c in scan.columns), default=0)
    if spanned > CELLS:
        raise spans_too_much(file, name, spanned)
    if scan.placeless:
        raise ProjectError(
            Problem(
                Place(file, cell=name),
                "has error cells or formulas without their places, which would be lost.",
                "Open the workbook in a spreadsheet program and save it there.",
            )
        )
    rows, merged = calamine_rows(path, file, name)
    for (row, column), text in scan.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
        else:
            rows.extend([] for _ in range(row + 1 - len(rows)))
            rows[row].extend([""] * (column + 1 - len(rows[row])))
            rows[row][column] = text
    return SheetCells(rows, merged, tuple(scan.unsaved), scan.indents)


def _tree(package: Package, name: str) -> ElementTree.Element:
    raw = package.part(name)
    if b"<!DOCTYPE" in raw:
        raise package.damaged()
    try:
        return ElementTree.fromstring(raw)
    except (ElementTree.ParseError, LookupError, ValueError):  # the latter two for an encoding that is none
        raise package.damaged() from None


def _sheets(package: Package) -> list[tuple[SheetName, str]]:
    """Each worksheet and the part of the package that holds it."""
    targets = {
        str(relation.get("Id")): normpath(join("xl", str(relation.get("Target", "")).removeprefix("/xl/")))
        for relation in _tree(package, "xl/_rels/workbook.xml.rels")
    }
    found: list[tuple[SheetName, str]] = []
    for sheet in _tree(package, "xl/workbook.xml").iter():
        if sheet.tag.rpartition("}")[2] != "sheet" or sheet.get("name") is None:
            continue
        target = targets.get(str(next((v for k, v in sheet.items() if k.endswith("}id")), "")), "")
        if "worksheet" in target:
            hidden = sheet.get("state", "visible") != "visible"
            found.append((SheetName(str(sheet.get("name")), hidden), target))
    if not found:
        raise package.damaged()
    return found


def _indented_styles(package: Package) -> dict[bytes, int]:
    """Cell formats that indent, by their number."""
    if "xl/styles.xml" not in package:
        return {}
    root = _tree(package, "xl/styles.xml")
    formats = next((node for node in root if node.tag.rpartition("}")[2] == "cellXfs"), None)
    found: dict[bytes, int] = {}
    for number, style in enumerate(formats if formats is not None else ()):
        for node in style:
            indent = node.get("indent", "0")
            if node.tag.rpartition("}")[2] == "alignment" and indent.isdigit() and int(indent):
                found[str(number).encode()] = int(indent)
    return found


def _scanned(package: Package, part: str, indented: dict[bytes, int]) -> _Scan:
    """Read a sheet's XML once in pieces, by patterns: a parser that calls Python for each cell takes far longer."""
    scan = _Scan()
    styled = re.compile(_INDENTED % b"|".join(sorted(indented))) if indented else None
    rest = b""
    for chunk in package.chunks(part):
        buffer = rest + chunk
        cut = max(buffer.rfind(b"</c>") + 4, buffer.rfind(b"</row>") + 6, buffer.rfind(b"<row"))
        cut = cut if cut >= 6 else max(buffer.rfind(b":row"), buffer.rfind(b":c>") + 3)
        if cut <= 3:
            rest = buffer
            if len(rest) > 1 << 26:
                raise package.damaged()
            continue
        _look(buffer[:cut], scan, styled, indented)
        rest = buffer[cut:]
    _look(rest, scan, styled, indented)
    return scan


def _look(xml: bytes, scan: _Scan, styled: re.Pattern[bytes] | None, indented: dict[bytes, int]) -> None:
    cells: list[tuple[bytes, bytes]] = _CELL.findall(xml)
    if cells:
        scan.columns.update(column for column, _ in cells)
        numbers = {int(row) for _, row in cells}
        scan.first, scan.last = min(scan.first, min(numbers)), max(scan.last, max(numbers))
    elif _PLACELESS.search(xml):
        scan.placeless = True
    if b't="e"' in xml or b"t='e'" in xml:
        for column, row, text in _ERROR.findall(xml):
            scan.errors[int(row) - 1, column_number(column.decode()) - 1] = text.decode("utf-8", "replace").strip()
    if b"f>" in xml or b"<f" in xml:
        for column, row in _FORMULA.findall(xml):
            scan.unsaved.append((int(row) - 1, column_number(column.decode()) - 1))
    if styled is not None:
        for style, column, row in styled.findall(xml):
            scan.indents[int(row) - 1, column_number(column.decode()) - 1] = indented[style]
