"""By what a slide is known again: marks in its own part and on its notes page, and a number in the file.

No editor keeps all of them: LibreOffice drops what PowerPoint calls the creation id and numbers slides anew, but keeps
a hidden shape on the notes page; a copy of a slide has the same shape, and in PowerPoint another creation id.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container

from msgspec import Struct

from reports.powerpoint.opened import whole
from reports.powerpoint.xml import P14, Element, add, qualified

CREATION = "{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}"
"""Of the extension that holds a slide's creation id ([MS-PPTX] 2.2.1)."""
_FIRST_ID, _LAST_ID = 256, 2_147_483_647
"""Ids of slides (ECMA-376 part 1, 19.7.13)."""
_MARKER = re.compile(r"Fairsheet ([^\s]+)( \d+)?")
_MARKER_SIZE = "36000"
_COPIED = re.compile(r"(.+?) (\d+)")


def creation_id(key: str) -> str:
    """The creation id of a generated slide, by its key alone: no title changes it."""
    return str(int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") or 1)


def slide_number(key: str, taken: Container[int]) -> int:
    """The id of a generated slide in the presentation's list, by its key alone unless another slide has it."""
    seed = int.from_bytes(hashlib.sha256(f"id {key}".encode()).digest()[:4], "big")
    number = _FIRST_ID + seed % (_LAST_ID - _FIRST_ID)
    while number in taken:
        number = number + 1 if number + 1 < _LAST_ID else _FIRST_ID
    return number


class Marker(Struct, frozen=True):
    """What the hidden shape on a notes page says."""

    key: str
    """Of the slide."""
    copied: bool
    """Whether an editor gave it another name, as it does for copies."""


def marker_of(notes: Element | None) -> Marker | None:
    """Whose notes page it is; None where nothing tells."""
    for name in () if notes is None else notes.iter(qualified("p:cNvPr")):
        if found := _MARKER.fullmatch(str(name.get("name") or "")):
            return Marker(found[1], bool(found[2]))
    return None


def add_marker(notes: Element, key: str) -> None:
    """Mark a notes page by a hidden shape, in place of any other mark."""
    drop_marker(notes)
    tree = notes.find(f"{qualified('p:cSld')}/{qualified('p:spTree')}")
    number = free_number(tree)
    shape = add(tree, "p:sp")
    head = add(shape, "p:nvSpPr")
    add(head, "p:cNvPr", {"id": str(number), "name": f"Fairsheet {key}", "hidden": "1"})
    add(head, "p:cNvSpPr")
    add(head, "p:nvPr")
    look = add(shape, "p:spPr")
    place = add(look, "a:xfrm")
    add(place, "a:off", {"x": "0", "y": "0"})
    add(place, "a:ext", {"cx": _MARKER_SIZE, "cy": _MARKER_SIZE})
    add(add(look, "a:prstGeom", {"prst": "rect"}), "a:avLst")


def free_number(tree: Element) -> int:
    """A number that no shape of a tree has."""
    return 1 + max((whole(one, "id") or 0 for one in tree.iter(qualified("p:cNvPr"))), default=1)


def drop_marker(notes: Element) -> bool:
    """Take such a shape away; whether there was one."""
    shapes = list(notes.iter(qualified("p:sp")))
    found = [shape for shape in shapes if marker_of(shape) is not None]
    for shape in found:
        shape.getparent().remove(shape)
    return bool(found)


def creation_of(slide: Element) -> str:
    """A slide's creation id; "" without one."""
    return next((str(mark.get("val") or "") for mark in slide.iter(f"{{{P14}}}creationId")), "")


def set_creation(slide: Element, value: str) -> None:
    """Give a slide a creation id."""
    for mark in slide.iter(f"{{{P14}}}creationId"):
        mark.set("val", value)
        return
    common = slide.find(qualified("p:cSld"))
    listed = common.find(qualified("p:extLst"))
    listed = add(common, "p:extLst") if listed is None else listed
    extension = add(listed, "p:ext", {"uri": CREATION})
    add(extension, f"{{{P14}}}creationId", {"val": value}, {"p14": P14})


def original_name(name: str) -> str:
    """The name of which "Chart 2" may be a copy; "" where it is none."""
    found = _COPIED.fullmatch(name)
    return found[1] if found else ""
