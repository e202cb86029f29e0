"""What the number formats of an .xlsx sheet say about its columns: percentages, and money."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from data.errors import ProjectError
from data.inspection.vocabulary import CURRENCY_CODES, CURRENCY_SIGNS
from data.sources.office_open import sheet_part
from data.sources.office_open_parts import local, part_of_kind, tree
from data.sources.package import Package
from data.sources.workbook import workbook_kind
from data.sources.workbook_cells import column_number

_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\br="([A-Z]{1,3})\d)(?=[^>]*\bs="(\d+)")'
    rb'(?![^>]*\bt="(?:s|str|inlineStr|b|e)")[^>]*(?<!/)>'
)
"""A cell that holds a number: its column and its format."""
_BUILT_IN = {9: "percent", 10: "percent", 5: "USD", 6: "USD", 7: "USD", 8: "USD", 42: "USD", 44: "USD"}
"""Number formats that every workbook has (ECMA-376 part 1, 18.8.30); those of money show the reader's currency."""
_MARKED = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
"""What a format writes as it is: a percent sign in it does not multiply."""
_PIECES = 2
"""Pieces of 4 MB of a sheet that are looked at."""
_SHARE = 0.8
_FIRST = 3
"""Cells at the top of a column, one of which may be a header, of which one shows the currency of all."""


def column_formats(path: Path, file: str, sheet: str) -> dict[int, str]:
    """Columns of a sheet, from 1, whose numbers are formatted as "percent" or in a currency ("USD").

    A currency may also be shown at the top of a column only, above plain numbers, as accountants write. Empty for other
    workbooks than .xlsx, and for one whose formats cannot be read: they are a help, no more.
    """
    try:
        if workbook_kind(path, file) != "xlsx":
            return {}
        with Package(path, file) as package:
            kinds = _styles(package)
            part = sheet_part(package, sheet)
            if not part or not any(kinds.values()):
                return {}
            return _columns(package, part, kinds)
    except ProjectError:
        return {}


def _styles(package: Package) -> dict[int, str]:
    """Number of each cell format → what it shows: "percent", a currency, or ""."""
    part = part_of_kind(package, "styles")
    if not part:
        return {}
    root = tree(package, part)
    codes = {
        int(node.get("numFmtId", "0")): node.get("formatCode", "") for node in root.iter() if local(node) == "numFmt"
    }
    cells = next((node for node in root if local(node) == "cellXfs"), None)
    found: dict[int, str] = {}
    for number, node in enumerate(cells if cells is not None else ()):
        code = int(node.get("numFmtId", "0"))
        found[number] = _shows(codes[code]) if code in codes else _BUILT_IN.get(code, "")
    return found


def _shows(code: str) -> str:
    """What a format code shows beside digits.

    >>> _shows('0.0%'), _shows('0"%"'), _shows('[$€-407] #,##0'), _shows('"$"#,##0.00')
    ('percent', 'percent sign', 'EUR', 'USD')
    """
    said = code.split(";")[0]
    marked = _MARKED.search(said)
    sign = marked[1].strip() if marked else ""
    if sign in CURRENCY_CODES:
        return sign
    plain = _MARKED.sub(lambda found: found[1], said).replace('"', "").replace("\\", "")
    if "%" in plain:
        return "percent" if "%" in _LITERAL.sub("", said) else "percent sign"
    signs = sorted(CURRENCY_SIGNS, key=len, reverse=True)
    return next((CURRENCY_SIGNS[sign] for sign in signs if sign in plain and not sign.isalpha()), "")


def _columns(package: Package, part: str, kinds: Mapping[int, str]) -> dict[int, str]:
    counts: dict[int, Counter[str]] = {}
    at_top: dict[int, list[str]] = {}
    rest = b""
    for piece, chunk in enumerate(package.chunks(part)):
        if piece == _PIECES:
            break
        buffer = rest + chunk
        cut = buffer.rfind(b"<")
        cells: list[tuple[bytes, bytes]] = _CELL.findall(buffer[:cut])
        for letters, style in cells:
            column, kind = column_number(letters.decode()), kinds.get(int(style), "")
            counts.setdefault(column, Counter())[kind] += 1
            top = at_top.setdefault(column, [])
            if len(top) < _FIRST:
                top.append(kind)
        rest = buffer[cut:][: 1 << 16]
    found: dict[int, str] = {}
    for column, count in counts.items():
        kind, often = count.most_common(1)[0]
        if kind and often >= _SHARE * sum(count.values()):
            found[column] = kind
            continue
        shown = {kind for kind in count if kind}
        if "percent" in shown or "percent sign" in shown:
            found[column] = "percent in some"
        elif len(shown) == 1 and shown <= set(at_top[column]):
            found[column] = shown.pop()
    return found
