"""Where a deck carries its record: twice, because every editor drops something.

A custom XML part, which LibreOffice keeps only together with its properties and moves to the package's root; and
custom document properties of at most 255 characters, which even a detour through ODP leaves whole.
"""

from __future__ import annotations

import binascii
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator

import msgspec

from reports.powerpoint.opened import BrokenPackageError
from reports.powerpoint.parts import RELATIONSHIPS, Part
from reports.powerpoint.record.record import VERSION, DeckRecord
from reports.powerpoint.xml import Element, add, part_bytes, root

_NAMESPACE = "urn:fairsheet:record:1"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_ITEM = "{5B0F7C0A-6A0E-4C58-9E0B-3F1D6C2A9E71}"
_ITEM_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Of every custom property ([MS-OI29500] 2.1.1682)."""
_NAME = "Fairsheet record "
_CHUNK = 250
_MOST, _MOST_UNPACKED = 16_000_000, 64_000_000


class DamagedRecordError(Exception):
    """A deck has a record, and none of its copies can be read."""


class StrangeRecordError(Exception):
    """A deck has a record of a newer Fairsheet."""


def packed_record(record: DeckRecord) -> str:
    """A record as letters."""
    return b64encode(zlib.compress(msgspec.json.encode(record), 9)).decode()


def _unpacked(letters: str) -> DeckRecord:
    """Raises ValueError for what is no record."""
    try:
        inflating = zlib.decompressobj()
        content = inflating.decompress(b64decode(letters[:_MOST], validate=True), _MOST_UNPACKED)
        if not inflating.eof:
            raise ValueError("cut off, or too large")
        said = msgspec.json.decode(content, type=dict[str, msgspec.Raw]).get("version")
        if said is not None and bytes(said).isdigit() and int(bytes(said)) > VERSION:
            raise StrangeRecordError
        return msgspec.json.decode(content, type=DeckRecord)
    except (binascii.Error, zlib.error, msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None


# -- write ---------------------------------------------------------------------------


def item_bytes(letters: str) -> bytes:
    """The custom XML part that holds a record."""
    item = root(f"{{{_NAMESPACE}}}record", {None: _NAMESPACE})
    item.text = letters
    return part_bytes(item)


def item_properties() -> bytes:
    """The part beside it, without which LibreOffice drops it."""
    item = root(f"{{{_STORE}}}datastoreItem", {"ds": _STORE})
    item.set(f"{{{_STORE}}}itemID", _ITEM)
    add(add(item, f"{{{_STORE}}}schemaRefs"), f"{{{_STORE}}}schemaRef", {f"{{{_STORE}}}uri": _NAMESPACE})
    return part_bytes(item)


def custom_properties(letters: str, earlier: Element | None = None) -> bytes:
    """The document's custom properties, those that it has for itself among them, with a record in pieces."""
    properties = root(f"{{{_CUSTOM}}}Properties", {None: _CUSTOM, "vt": _VARIANT}) if earlier is None else earlier
    for one in list(properties):
        if str(one.get("name") or "").startswith(_NAME):
            properties.remove(one)
    taken = [int(said) for one in properties if (said := str(one.get("pid") or "")).isdigit()]
    number = max(taken, default=1)
    for place, start in enumerate(range(0, len(letters), _CHUNK)):
        said = {"fmtid": _FORMAT, "pid": str(number + 1 + place), "name": f"{_NAME}{place + 1:04}"}
        add(add(properties, f"{{{_CUSTOM}}}property", said), f"{{{_VARIANT}}}lpwstr").text = letters[
            start : start + _CHUNK
        ]
    return part_bytes(properties)


def add_carriers(whole: Part, presentation: Part) -> None:
    """Give a deck places for its record; what they hold comes when all else is there."""
    taken = {part.name for holder in (whole, presentation) for part in holder.related("customXml")}
    number = next(n for n in range(1, len(taken) + 2) if f"customXml/item{n}.xml" not in taken)
    item = Part(f"customXml/item{number}.xml", "application/xml", item_bytes(""))
    item.add_link("customXmlProps", Part(f"customXml/itemProps{number}.xml", _ITEM_PROPERTIES, item_properties()))
    presentation.add_link("customXml", item)
    if next(whole.related("custom-properties"), None) is None:
        whole.add_link("custom-properties", Part("docProps/custom.xml", _CUSTOM_TYPE, custom_properties("")))


def fill_carriers(whole: Part, presentation: Part, record: DeckRecord) -> None:
    """Write a record into its places, in place of any earlier one."""
    letters = packed_record(record)
    kept = False
    for holder in (presentation, whole):
        for key, item in _items(holder):
            if kept or holder is whole:  # LibreOffice moves the part there: it goes back
                del holder.links[key]
            else:
                item.content, kept = item_bytes(letters), True
    if not kept:
        add_carriers(whole, presentation)
        fill_carriers(whole, presentation, record)
        return
    for properties in whole.related("custom-properties"):
        properties.content = custom_properties(letters, properties.tree)


def _items(holder: Part) -> list[tuple[str, Part]]:
    found = [(key, link.target) for key, link in holder.links.items() if link.kind == "customXml"]
    return [(key, part) for key, part in found if isinstance(part, Part) and _NAMESPACE.encode() in part.content]


CUSTOM_RELATION = f"{RELATIONSHIPS}/custom-properties"


# -- read ----------------------------------------------------------------------------


def read_record(whole: Part, presentation: Part) -> DeckRecord | None:
    """The record that a deck carries; None without one.

    Raises DamagedRecordError where there is one and no copy of it can be read, StrangeRecordError where a newer
    Fairsheet wrote it.
    """
    damaged = False
    for letters in _copies(whole, presentation):
        try:
            return _unpacked(letters)
        except ValueError:
            damaged = True
    if damaged:
        raise DamagedRecordError
    return None


def _copies(whole: Part, presentation: Part) -> Iterator[str]:
    for holder in (presentation, whole):
        for _, item in _items(holder):
            try:
                yield "".join(str(text) for text in item.tree.itertext()).strip()
            except BrokenPackageError:
                yield ""
    for properties in whole.related("custom-properties"):
        try:
            listed = properties.tree
        except BrokenPackageError:
            continue
        found = {
            str(one.get("name")): "".join(str(text) for text in one.itertext()).strip()
            for one in listed
            if str(one.get("name") or "").startswith(_NAME)
        }
        if found:
            yield "".join(found[name] for name in sorted(found))
