"""Workbooks in Office Open XML (.xlsx, .xlsm): values by calamine, and beforehand what calamine would not say."""

from __future__ import annotations

import re
import zipfile
from array import array
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import Path

from msgspec import Struct, field

from data.errors import Place, ProjectError
from data.sources.shown import Look, Looks, without_zeros
from data.sources.workbooks.calamine import calamine_rows
from data.sources.workbooks.number_format import Format
from data.sources.workbooks.office_open_parts import local, related, tree, workbook_part
from data.sources.workbooks.office_open_styles import Styles, styles
from data.sources.workbooks.office_open_text import inline_cells, raised_strings, shared_cells
from data.sources.workbooks.package import Package
from data.sources.workbooks.workbook_cells import CELLS, SheetCells, SheetName, column_number, spans_too_much

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
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\b(?![^<>]*\bt=["\']\w)[^<>]*?\br=["\']([A-Z]{1,3})(\d{1,7})["\'][^<>]*(?<!/)>'
    rb"\s{0,99}<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s{0,99}<(?:\w+:)?v>\s{0,99}0\s{0,99}</"
)
"""A formula with the result 0: in a workbook that asks to be calculated when it is opened, nobody has done so yet."""
_PLACELESS = re.compile(
    rb'<(?:\w+:)?c\b(?![^<>]*\br=)(?:[^<>]*\bt=["\']e["\']|[^<>]*>\s{0,99}<(?:\w+:)?f\b)',
)
"""An error or a formula in a cell that does not say where it is: the format allows it, few programs write it."""
_STYLED = rb'<(?:\w+:)?c\b(?=[^<>]*?\bs=["\'](%s)["\'])([^<>]*)(?<!/)>'
_ADDRESS = re.compile(rb'\br=["\']([A-Z]{1,3})(\d{1,7})["\']')
_TYPE = re.compile(rb'\bt=["\'](\w+)["\']')
_HIDDEN_ROW = re.compile(
    rb'<(?:\w+:)?row\b(?=[^<>]*\b(?:hidden=["\'](?:1|true)|ht=["\']0(?:\.0*)?)["\'])[^<>]*?\br=["\'](\d{1,7})["\']'
)
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_HIDDEN = re.compile(rb'\b(?:hidden=["\'](?:1|true)|width=["\']0(?:\.0*)?)["\']')
_CONDITIONAL = re.compile(
    rb'<(?:\w+:)?conditionalFormatting\b[^<>]*\bsqref=["\']([^"\'<>]*)["\']|<(?:\w+:)?cfRule\b[^<>]*\bdxfId=["\'](\d{1,6})["\']'
)
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$")
_TEXTS = (b"s", b"str", b"inlineStr")
_READ_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
"""Errors at which calamine does not stop."""
_NO_ZEROS = re.compile(rb"""<(?:\w+:)?sheetView\b[^>]*\bshowZeros=["'](?:0|false)["']""")
"""A view of the sheet that shows zeros as empty cells (ECMA-376 part 1, 18.3.1.87)."""


class _Scan(Struct):
    """What a sheet's XML says beside its values."""

    columns: set[bytes] = field(default_factory=set[bytes])
    first: int = 1 << 20
    last: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    unsaved: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    placeless: bool = False
    """Whether there are errors, formulas or formats of which nobody knows where they are."""
    indents: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    styled: dict[int, array[int]] = field(default_factory=dict[int, "array[int]"])
    """Column → for each row, the number of the format that does something to its number or text, counted from 1."""
    texts: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    """Cells in which something is raised or lowered."""
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    area: str = ""
    """The cells that the conditional format which is being read is for."""
    hides_zeros: bool = False
    conditional: list[str] = field(default_factory=list[str])
    """Areas in which a condition may show something else than the number."""


class _Known(Struct, frozen=True):
    """What the workbook says about all its sheets."""

    styles: Styles
    strings: dict[int, str]
    recalculated: bool
    """Whether it asks to be calculated when it is opened."""

    @property
    def telling(self) -> re.Pattern[bytes] | None:
        """Cells whose format does something; None where no format does."""
        numbers = sorted({*self.styles.formats, *self.styles.indents})
        return re.compile(_STYLED % b"|".join(str(n).encode() for n in numbers)) if numbers else None


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
        known = _Known(styles(package), raised_strings(package), _recalculated(package))
        scan = _scanned(package, part, known)
        totals = _total_rows(package, part)
    spanned = (scan.last - scan.first + 1) * max((column_number(c.decode()) for c in scan.columns), default=0)
    if spanned > CELLS:
        raise spans_too_much(file, name, spanned)
    if scan.placeless:
        raise ProjectError.at(
            Place(file, cell=name),
            "has error cells or formulas without their places, which would be lost.",
            "Open the workbook in a spreadsheet program and save it there.",
        )
    readable = None if _READ_ERRORS.issuperset(scan.errors.values()) else _with_known_errors(path, part)
    rows, merged = calamine_rows(path, file, name, readable)
    for (row, column), text in (scan.texts | scan.errors).items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = text
    return SheetCells(
        rows,
        merged,
        tuple(scan.unsaved),
        scan.indents,
        _looks(scan, known.styles, rows),
        frozenset(scan.hidden_rows),
        frozenset(scan.hidden_columns),
        totals,
    )


def _sheets(package: Package) -> list[tuple[SheetName, str]]:
    """Each worksheet and the part of the package that holds it."""
    book = workbook_part(package)
    if not book:
        raise package.damaged()
    targets = related(package, book)
    found: list[tuple[SheetName, str]] = []
    for sheet in tree(package, book).iter():
        if local(sheet) != "sheet" or sheet.get("name") is None:
            continue
        target = targets.get(str(next((v for k, v in sheet.items() if k.endswith("}id")), "")))
        if target is not None and target.kind == "worksheet":
            hidden = sheet.get("state", "visible") != "visible"
            found.append((SheetName(str(sheet.get("name")), hidden), target.part))
    if not found:
        raise package.damaged()
    return found


def _recalculated(package: Package) -> bool:
    """Whether the workbook asks to be calculated when it is opened, as those do that no spreadsheet program wrote."""
    nodes = (node for node in tree(package, workbook_part(package)) if local(node) == "calcPr")
    return any(node.get("fullCalcOnLoad") in ("1", "true") for node in nodes)


def _total_rows(package: Package, part: str) -> frozenset[int]:
    """Rows that the sheet's tables call their totals."""
    found: set[int] = set()
    for one in related(package, part).values():
        if one.kind != "table" or one.part not in package:
            continue
        root = tree(package, one.part)
        area = _AREA.match(root.get("ref", ""))
        count = root.get("totalsRowCount", "0")
        if area and area[4] and count.isdigit():
            found.update(range(int(area[4]) - int(count), int(area[4])))
    return frozenset(found)


def _with_known_errors(path: Path, part: str) -> BytesIO:
    """The workbook with errors in this sheet that calamine knows, in place of newer ones, at which it would stop."""
    made = BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for info in package.infolist():
            content = package.read(info)
            if info.filename == part:
                content = _ERROR.sub(lambda found: found[0][: -len(found[3]) - 1] + b"#N/A<", content)
            copy.writestr(info.filename, content)
    made.seek(0)
    return made


def _looks(scan: _Scan, known: Styles, rows: list[list[str]]) -> Looks:
    """What cells show beside their values, which by now are known."""
    looks = Looks()
    for column, numbers in scan.styled.items():
        for row, number in enumerate(numbers):
            if number and row < len(rows) and column < len(rows[row]) and rows[row][column]:
                look = _look(known.formats[number - 1], rows[row][column])
                if look is not None:
                    looks.put(row, column, look)
    for area in scan.conditional:
        for one in area.split():
            _conditional(one, rows, looks)
    if scan.hides_zeros:
        without_zeros(rows, looks, "no zeros in this sheet")
    return looks


def _look(form: Format, text: str) -> Look | None:
    if form.is_date:
        return form.look(None)
    try:
        return form.look(Decimal(text))
    except InvalidOperation:
        return Look(instead="", example=";;;") if form.hides_text else None


def _conditional(area: str, rows: list[list[str]], looks: Looks) -> None:
    """Say of the numbers in an area that a condition may show something else in their place."""
    found = _AREA.match(area)
    if found is None:
        return
    left, right = column_number(found[1]) - 1, column_number(found[3] or found[1]) - 1
    for row in range(int(found[2]) - 1, min(int(found[4] or found[2]), len(rows))):
        for column in range(left, min(right + 1, len(rows[row]))):
            if rows[row][column][-1:].isdigit() and looks.at(row, column) is None:
                looks.put(row, column, Look(instead="something else", example="a conditional format"))


def _scanned(package: Package, part: str, known: _Known) -> _Scan:
    """Read a sheet's XML once in pieces, by patterns: a parser that calls Python for each cell takes far longer."""
    scan, telling = _Scan(), known.telling
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
        _look_at(buffer[:cut], scan, known, telling)
        rest = buffer[cut:]
    _look_at(rest, scan, known, telling)
    return scan


def _look_at(xml: bytes, scan: _Scan, known: _Known, telling: re.Pattern[bytes] | None) -> None:
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
        for column, row in (*_FORMULA.findall(xml), *(_UNCALCULATED.findall(xml) if known.recalculated else ())):
            scan.unsaved.append((int(row) - 1, column_number(column.decode()) - 1))
    if b"showZeros" in xml and _NO_ZEROS.search(xml):
        scan.hides_zeros = True
    if known.strings:
        scan.texts.update(shared_cells(xml, known.strings))
    scan.texts.update(inline_cells(xml))
    if telling is not None:
        _styled(xml, scan, known.styles, telling)
    _hidden(xml, scan)
    if known.styles.conditional:
        for area, number in _CONDITIONAL.findall(xml):
            scan.area = area.decode("utf-8", "replace") or scan.area
            if number and int(number) in known.styles.conditional:
                scan.conditional.append(scan.area)


def _styled(xml: bytes, scan: _Scan, known: Styles, telling: re.Pattern[bytes]) -> None:
    """Note the cells whose format indents them, or does something to their number or text."""
    for number, attributes in telling.findall(xml):
        style, address = int(number), _ADDRESS.search(attributes)
        if address is None:
            scan.placeless = True
            continue
        row, column = int(address[2]) - 1, column_number(address[1].decode()) - 1
        if style in known.indents:
            scan.indents[row, column] = known.indents[style]
        form, kind = known.formats.get(style), _TYPE.search(attributes)
        shows = form is not None and (form.hides_text if kind and kind[1] in _TEXTS else not kind or kind[1] in b"nd")
        if shows:
            styled = scan.styled.setdefault(column, array("I"))
            if row >= len(styled):
                styled.extend([0] * (row + 1 - len(styled)))
            styled[row] = style + 1


def _hidden(xml: bytes, scan: _Scan) -> None:
    """Note the rows and columns that nobody sees."""
    if b"hidden=" in xml or b"ht=" in xml:
        scan.hidden_rows.update(int(row) - 1 for row in _HIDDEN_ROW.findall(xml))
    if b"col " not in xml:
        return
    for attributes in _COLUMN.findall(xml):
        first, last = (re.search(rb'\b%s=["\'](\d{1,5})' % name, attributes) for name in (b"min", b"max"))
        if first and last and _HIDDEN.search(attributes):
            scan.hidden_columns.update(range(int(first[1]) - 1, min(int(last[1]), 16_384)))
