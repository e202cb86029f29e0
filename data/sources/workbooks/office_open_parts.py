"""Where the parts of an Office Open XML workbook lie: as its relationships say, wherever that is (ECMA-376 part 2)."""

from __future__ import annotations

from posixpath import basename, dirname, join, normpath
from xml.etree import ElementTree

from msgspec import Struct

from data.sources.workbooks.package import Package

_MAIN = ("sheet.main+xml", "sheet.macroEnabled.main+xml", "template.main+xml", "template.macroEnabled.main+xml")
"""How the content types of workbooks end."""


class Related(Struct, frozen=True):
    """A part that another part speaks of."""

    kind: str
    """Last word of the relationship's type: "worksheet", "styles", "table"."""
    part: str


def tree(package: Package, name: str) -> ElementTree.Element:
    """A part's XML; ProjectError where it is none or brings its own entities."""
    raw = package.part(name)
    if b"<!DOCTYPE" in raw:
        raise package.damaged()
    try:
        return ElementTree.fromstring(raw)
    except (ElementTree.ParseError, LookupError, ValueError):  # the latter two for an encoding that is none
        raise package.damaged() from None


def local(node: ElementTree.Element) -> str:
    """An element's name without its namespace."""
    return node.tag.rpartition("}")[2]


def related(package: Package, part: str) -> dict[str, Related]:
    """Name of each relationship of a part, "" for the package itself → what it leads to."""
    name = join(dirname(part), "_rels", f"{basename(part)}.rels")
    if name not in package:
        return {}
    found: dict[str, Related] = {}
    for node in tree(package, name):
        if node.get("TargetMode") != "External":
            target = normpath(join("/", dirname(part), str(node.get("Target", "")))).removeprefix("/")
            found[str(node.get("Id"))] = Related(str(node.get("Type", "")).rpartition("/")[2], target)
    return found


def workbook_part(package: Package) -> str:
    """The part that lists the sheets; "" where the package is no workbook."""
    named = [found.part for found in related(package, "").values() if found.kind == "officeDocument"]
    if "[Content_Types].xml" in package:
        for node in tree(package, "[Content_Types].xml"):
            if str(node.get("ContentType", "")).endswith(_MAIN):
                named.append(str(node.get("PartName", "")).removeprefix("/"))
    for part in (*named, "xl/workbook.xml"):
        if part in package and (part.endswith(".bin") or local(tree(package, part)) == "workbook"):
            return part
    return ""


def part_of_kind(package: Package, kind: str) -> str:
    """The workbook's own part of a kind, "styles" or "sharedStrings"; "" where it has none."""
    found = (one.part for one in related(package, workbook_part(package)).values() if one.kind == kind)
    return next((part for part in found if part in package), "")
