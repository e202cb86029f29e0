"""What belongs to the deck as a whole: the order of slides, its sections, its properties, and the file itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part as PackagePart
from pptx.opc.packuri import PackURI

from data.language.words import words
from data.look.brand import Brand
from reports.deck.planned.plan import ChartPart, Plan
from reports.deck.written.package import parts_of
from reports.document.blocks import Document
from reports.powerpoint.arranged import SectionList, put_in_order, section_id, set_sections
from reports.powerpoint.parts import write_parts
from reports.powerpoint.record.carriers import add_carriers, fill_carriers
from reports.powerpoint.record.identity import slide_number
from reports.powerpoint.record.record import DeckParts, record_of
from reports.powerpoint.xml import Element, add, local, part_bytes, qualified, root

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
    ids: dict[str, int] = {}
    for slide in plan.slides:
        ids[slide.id] = slide_number(slide.id, set(ids.values()))
        relation = presentation.rels._add_relationship(RT.SLIDE, parts[slide.id])  # each is new: none is looked for
        add(slides, "p:sldId", {"id": str(ids[slide.id]), qualified("r:id"): relation})
    listed = (
        SectionList(section.name, tuple(ids[one] for one in section.slides), section_id(section.id))
        for section in plan.sections
    )
    set_sections(whole, tuple(listed))


def packed(package: Any, document: Document, brand: Brand, plan: Plan) -> bytes:
    """The file: every part that the presentation leads to, with properties that say what the document is, and with the
    record by which a later run finds out what people changed."""
    made = [
        ("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, _core(document, brand)),
        (
            "/docProps/app.xml",
            CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
            RT.EXTENDED_PROPERTIES,
            _extended(len(plan.slides)),
        ),
    ]
    for name, kind, relation, content in made:
        package.relate_to(PackagePart(PackURI(name), kind, package, content), relation)
    whole = parts_of(package)
    deck = DeckParts(whole, next(whole.related("officeDocument")))
    shows = {
        slide.id: tuple(shown.chart.id for shown in slide.parts if isinstance(shown, ChartPart))
        for slide in plan.slides
    }
    add_carriers(deck.whole, deck.presentation)
    put_in_order(deck.whole, deck.presentation)
    stamp = words(document.language)["draft"] if document.draft else ""
    record = record_of(deck, document.title, document.edition, document.language, stamp, shows, document.variables)
    fill_carriers(deck.whole, deck.presentation, record)
    return write_parts(deck.whole)


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
