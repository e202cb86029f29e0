"""What belongs to the deck as a whole: the order of slides, its sections, its properties, and the file itself."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part as PackagePart
from pptx.opc.packuri import PackURI

from data.look.brand import Brand
from reports.deck.planned.plan import Plan
from reports.document.blocks import Document
from reports.powerpoint.packed import content_types, zipped
from reports.powerpoint.xml import P14, Element, add, local, part_bytes, qualified, root

_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_FIRST_ID = 256
"""Least id of a slide (ECMA-376 part 1, 19.7.13)."""
_NAMES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def add_sections(
    presentation: Any, notes_master: Any, plan: Plan, parts: Mapping[str, Any], document: Document
) -> None:
    """List the slides in the presentation's part, and the named sections that they stand in."""
    whole: Element = presentation._element
    masters = [child for child in whole if local(child).endswith("MasterIdLst")]
    if not any(local(child) == "notesMasterIdLst" for child in masters):
        listed = root("p:notesMasterIdLst")
        relation = presentation.relate_to(notes_master, RT.NOTES_MASTER)
        add(listed, "p:notesMasterId", {qualified("r:id"): relation})
        masters[0].addnext(listed)
        masters.insert(1, listed)
    slides = root("p:sldIdLst")
    masters[-1].addnext(slides)
    ids: dict[str, str] = {}
    for number, slide in enumerate(plan.slides):
        ids[slide.id] = str(_FIRST_ID + number)
        relation = presentation.rels._add_relationship(RT.SLIDE, parts[slide.id])  # each is new: none is looked for
        add(slides, "p:sldId", {"id": ids[slide.id], qualified("r:id"): relation})
    extension = add(add(whole, "p:extLst"), "p:ext", {"uri": _SECTIONS})
    sections = add(extension, "p14:sectionLst", namespaces={"p14": P14})
    for section in plan.sections:
        unique = uuid.uuid5(uuid.NAMESPACE_URL, f"fairsheet:{document.title}\n{section.id}")
        entry = add(sections, "p14:section", {"name": section.name, "id": f"{{{str(unique).upper()}}}"})
        members = add(entry, "p14:sldIdLst")
        for slide_id in section.slides:
            add(members, "p14:sldId", {"id": ids[slide_id]})


def packed(package: Any, document: Document, brand: Brand, slides: int) -> bytes:
    """The file: every part that the presentation leads to, with properties that say what the document is."""
    made = [
        ("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, _core(document, brand)),
        ("/docProps/app.xml", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, _extended(slides)),
    ]
    for name, kind, relation, content in made:
        package.relate_to(PackagePart(PackURI(name), kind, package, content), relation)
    members: dict[str, bytes] = {"_rels/.rels": package._rels.xml}
    types: dict[str, str] = {}
    for part in package.iter_parts():
        name = str(part.partname)
        types[name] = part.content_type
        members[name[1:]] = part.blob
        if len(part.rels):
            members[str(part.partname.rels_uri)[1:]] = part.rels.xml
    members["[Content_Types].xml"] = content_types(types)
    return zipped(members)


def _core(document: Document, brand: Brand) -> bytes:
    """Dublin Core properties; dates are the document's, never the clock's."""
    properties = root(f"{{{_NAMES['cp']}}}coreProperties", _NAMES)
    creator = document.publisher or f"{brand.institution} {brand.unit}".strip()
    moment = datetime.datetime.fromtimestamp(document.created, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entries = [
        ("dc", "title", document.title),
        ("dc", "subject", document.kicker),
        ("dc", "creator", creator),
        ("cp", "lastModifiedBy", creator),
        ("cp", "revision", "1"),
        ("dcterms", "created", moment),
        ("dcterms", "modified", moment),
        ("dc", "language", document.language),
        ("cp", "version", document.edition),
    ]
    for prefix, name, value in entries:
        if value:
            entry = add(properties, f"{{{_NAMES[prefix]}}}{name}")
            entry.text = value
            if prefix == "dcterms":
                entry.set(f"{{{_NAMES['xsi']}}}type", "dcterms:W3CDTF")
    return part_bytes(properties)


def _extended(slides: int) -> bytes:
    properties = root(f"{{{_EXTENDED}}}Properties", {None: _EXTENDED})
    for name, value in (("Application", "Fairsheet"), ("Slides", str(slides))):
        add(properties, f"{{{_EXTENDED}}}{name}").text = value
    return part_bytes(properties)
