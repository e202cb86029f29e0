"""What a PowerPoint template holds beside its looks: weighed, and told, before anything of it goes into a deck."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from data.errors import Place, Problem
from data.files.package_bounds import TEMPLATE, out_of_proportion, too_many_parts
from data.files.project_file import file_bytes
from data.files.world import opened

KEPT = frozenset((
    "officeDocument", "slideMaster", "slideLayout", "notesMaster", "handoutMaster", "theme", "presProps", "tableStyles",
    "image",
))  # fmt: skip
"""Last words of the types of relations that lead into a deck; what other relations lead to stays behind."""
_EXPECTED = frozenset((
    "slide", "viewProps", "core-properties", "extended-properties", "thumbnail", "notesSlide", "font",
    "printerSettings", "custom-properties", "commentAuthors", "authors", "changesInfo", "revisionInfo", "metadata",
))  # fmt: skip
"""Those of which nobody expects that they go into a deck, and nobody has to be told that they do not."""
_CALLED = {
    "hyperlink": "links", "oleObject": "embedded objects", "package": "embedded files", "control": "ActiveX controls",
    "activeXControlBinary": "ActiveX controls", "vbaProject": "macros", "customXml": "custom data", "tags": "tags",
    "video": "films", "audio": "sounds", "media": "films or sounds", "attachedTemplate": "a link to another template",
    "image": "linked pictures", "vmlDrawing": "old drawings", "chart": "charts", "diagramData": "diagrams",
}  # fmt: skip
_ADDITIONS = {
    "{05A4C25C-085E-4340-85A3-A5531E510DB2}": "themeFamily", "{EFAFB233-063F-42B5-8137-9DF3F51BA10A}": "sldGuideLst",
    "{27BBF7A9-308A-43DC-89C8-2F10F3537804}": "sldGuideLst", "{DCECCB84-F9BA-43D5-87BE-67443E8EF086}": "sldGuideLst",
    "{C183D7F6-B498-43B3-948B-1728B52AA6E4}": "decorative", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}": "svgBlip",
    "{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}": "creationId", "{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}": "creationId",
    "{28A0092B-C50C-407E-A947-70E740481C1C}": "useLocalDpi", "{909E8E84-426E-40DD-AFC4-6F175D3DCCD1}": "hiddenFill",
    "{91240B29-F687-4F45-9708-019B960494DF}": "hiddenLine", "{AF507438-7753-43E0-B8FC-AC1667EBCBE1}": "hiddenEffects",
}  # fmt: skip
"""Extensions that belong to a design: their number in extLst, and the one element that they hold."""
_ACTIONS = ("hlinkClick", "hlinkHover", "hlinkMouseOver")
_LOOKS = ("ppt/slideMasters/", "ppt/slideLayouts/", "ppt/notesMasters/", "ppt/handoutMasters/", "ppt/theme/")


def template_fault(path: Path, name: str, place: Place | None = None) -> str:
    """Why a template cannot be opened; "" where it can. ProjectError for what is no file, or too large, at `place`,
    which is brand.toml where none is given."""
    file_bytes(path, place or Place("brand.toml"), name, TEMPLATE.whole, "Take pictures out of it.")
    try:
        with opened(path) as stream:
            if too_many_parts(stream, TEMPLATE):
                return f"has more parts than the {TEMPLATE.parts:,} that are read."
            with zipfile.ZipFile(stream) as package:
                infos = package.infolist()
                if said := out_of_proportion(infos, TEMPLATE):
                    return f"{said}."
                if "ppt/presentation.xml" not in package.namelist():
                    return "is no PowerPoint file (.pptx)."
                if any(info.flag_bits & 1 for info in infos):
                    return "asks for a password."
                for info in infos:
                    if info.filename.lower().endswith((".xml", ".rels")) and _declares(package.read(info)):
                        return f"holds XML that declares entities of its own, in {info.filename}."
    except (*_BROKEN, OSError):
        return "is no PowerPoint file (.pptx), or is damaged."
    return ""


_BROKEN = (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, ArithmeticError, KeyError)


def _declares(xml: bytes) -> bool:
    """Whether XML has a document type, in any of the encodings that its parsers know without being told."""
    return any("<!DOCTYPE".encode(form) in xml for form in ("ascii", "utf-16-le", "utf-16-be"))


def left_behind(path: Path, place: Place) -> list[Problem]:
    """A warning where a template holds what decks made from it do not get: links to the outside, objects, macros."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            folder, file = posixpath.split(name)
            if name.startswith(_LOOKS) and file.endswith(".xml"):
                found.update(_told(package.read(name)))
            if not folder.endswith("_rels") or not file.endswith(".rels"):
                continue
            owner = posixpath.normpath(posixpath.join(folder, "..", file[:-5]))
            if owner == "ppt/presentation.xml" or owner.startswith(_LOOKS):
                found.update(_other_relations(package.read(name)))
    if not found:
        return []
    listed = ", ".join(f"{_CALLED.get(kind, kind)} ({often})" for kind, often in sorted(found.items()))
    message = f"the template holds {listed}, which stay behind: decks do not get them."
    return [Problem(place, message, "Take them out of the template, and this is not told again.", "warning")]


def not_looks(root: Any) -> Iterator[tuple[Any, Any, str]]:
    """What in a part's XML is no design though it may lead nowhere: parent, element, and what to call it.

    Elements may be those of lxml or of ElementTree.
    """
    for parent in root.iter():
        for element in parent:
            name = _local(element)
            if name in _ACTIONS:
                yield parent, element, "actions"
            elif name == "ext" and _local(parent) == "extLst":
                held = [_local(inner) for inner in element]
                if held != [_ADDITIONS.get(str(element.get("uri")).upper())]:
                    yield parent, element, "additions of other programs"


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _told(xml: bytes) -> Iterator[str]:
    """What to call each thing in a part that is no design; links are told by their relations."""
    try:
        root = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, LookupError, ValueError):
        return
    for _, element, called in not_looks(root):
        if not any(str(name).endswith("relationships}id") and value for name, value in element.attrib.items()):
            yield called


def _other_relations(xml: bytes) -> Iterator[str]:
    """The last word of the type of each relation that leads to nothing of a deck's looks."""
    try:
        relations = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, LookupError, ValueError):
        return
    for relation in relations:
        kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
        outside = relation.get("TargetMode") == "External"
        if outside or kind not in KEPT | _EXPECTED:
            yield kind
