"""Cell formats of an Office Open XML workbook: what they show of numbers, and how far they indent."""

from __future__ import annotations

from msgspec import Struct, field

from data.sources.workbooks.number_format import BUILT_IN, Format, number_format
from data.sources.workbooks.office_open_parts import local, part_of_kind, tree
from data.sources.workbooks.package import Package


class Styles(Struct, frozen=True):
    """Number of each cell format that does something → what it does."""

    formats: dict[int, Format] = field(default_factory=dict[int, Format])
    indents: dict[int, int] = field(default_factory=dict[int, int])
    conditional: frozenset[int] = frozenset()
    """Conditional formats, by their number, in which a number is not what it is."""


def styles(package: Package) -> Styles:
    """The cell formats of a workbook; ProjectError where they are damaged."""
    part = part_of_kind(package, "styles")
    if not part:
        return Styles()
    root = tree(package, part)
    codes: dict[int, str] = dict(BUILT_IN)
    for node in root.iter():
        number = node.get("numFmtId", "")
        if local(node) == "numFmt" and number.isdigit():
            codes[int(number)] = node.get("formatCode", "")
    formats: dict[int, Format] = {}
    indents: dict[int, int] = {}
    cells = next((node for node in root if local(node) == "cellXfs"), None)
    for number, style in enumerate(cells if cells is not None else ()):
        code = style.get("numFmtId", "0")
        found = number_format(codes.get(int(code), "")) if code.isdigit() else None
        if found is not None:
            formats[number] = found
        for node in style:
            indent = node.get("indent", "0")
            if local(node) == "alignment" and indent.isdigit() and int(indent):
                indents[number] = int(indent)
    conditional = next((node for node in root if local(node) == "dxfs"), None)
    shown = frozenset(
        number
        for number, style in enumerate(conditional if conditional is not None else ())
        if any(local(node) == "numFmt" and number_format(node.get("formatCode", "")) for node in style)
    )
    return Styles(formats, indents, shown)
