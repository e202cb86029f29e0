"""What a PowerPoint template holds beside its looks: weighed, and told, before anything of it goes into a deck."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from data.errors import Place, Problem
from data.package_bounds import TEMPLATE, out_of_proportion, too_many_parts
from data.project_file import file_bytes

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
_LOOKS = ("ppt/slideMasters/", "ppt/slideLayouts/", "ppt/notesMasters/", "ppt/handoutMasters/", "ppt/theme/")


def template_fault(path: Path, name: str) -> str:
    """Why a template cannot be opened; "" where it can. ProjectError for what is no file, or too large."""
    file_bytes(path, Place("brand.toml"), name, TEMPLATE.whole, "Take pictures out of it.")
    try:
        with path.open("rb") as stream:
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
