"""Takes out of a template whatever is not its looks: links to the outside, objects, controls, sounds, data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.files.template_parts import KEPT, not_looks
from reports.powerpoint.xml import Element, R, XMLSyntaxError, local, parse, part_bytes

UNNAMED_FACE = "Calibri"
"""The face of a theme that names none."""
_WHOLE = {
    "oleObj": "graphicFrame", "control": "controls", "contentPart": "contentPart", "media": "ext",
    "tags": "custDataLst", "custData": "custDataLst", "chart": "graphicFrame", "relIds": "graphicFrame",
    "snd": "sndAc", "svgBlip": "ext", "blip": "pic",
}  # fmt: skip
"""What goes as a whole with the element that leads to something, where that is not the element alone."""
_PICTURES = frozenset((
    "image/png", "image/jpeg", "image/jpg", "image/gif", "image/bmp", "image/tiff", "image/x-emf", "image/x-wmf",
    "image/emf", "image/wmf", "image/svg+xml", "image/vnd.ms-photo",
))  # fmt: skip
_ACTIVE = frozenset(("script", "foreignObject", "iframe", "handler", "listener"))


def clean(presentation: Any) -> None:
    """Leave of a template's parts only what shows: masters, layouts, themes, and the pictures on them."""
    for part in list(_parts(presentation)):
        lost = {key for key, relation in part.rels.items() if not _stays(relation)}
        element = getattr(part, "_element", None)
        root = element
        if root is None:
            try:
                root = parse(part.blob) if lost or str(part.content_type).endswith("+xml") else None
            except XMLSyntaxError:
                root = None
        if root is not None:
            other = _drop_others(root)
            _forget(root, lost)
            if element is None and (lost or other):
                part._blob = part_bytes(root)
        for key in lost:
            part.rels.pop(key)


def _drop_others(root: Element) -> bool:
    """Take out actions and other programs' additions; whether there were any."""
    mended = False
    for listed in root.iter():
        if not isinstance(listed.tag, str):
            continue
        if local(listed) == "extLst" and listed.attrib.pop("mod", None) is not None:
            mended = True  # whether they were changed, which validators do not know
        elif local(listed) in ("majorFont", "minorFont"):
            mended = _named_face(listed) or mended
    found = [(parent, element) for parent, element, _ in not_looks(root)]
    for parent, element in found:
        parent.remove(element)
        _drop_empty(parent)
    return bool(found) or mended


def _named_face(fonts: Element) -> bool:
    """Name the face of a theme that names none, which programs refuse; whether there was none."""
    latin = next((face for face in fonts if isinstance(face.tag, str) and local(face) == "latin"), None)
    if latin is None or latin.get("typeface"):
        return False
    latin.set("typeface", UNNAMED_FACE)
    return True


def _parts(presentation: Any) -> Iterator[Any]:
    """The presentation's part, and all that it leads to within the file."""
    seen: set[int] = set()
    waiting = [presentation]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        yield part  # it loses its other relations here, before they are followed
        waiting.extend(relation.target_part for relation in part.rels.values() if not relation.is_external)


def _stays(relation: Any) -> bool:
    kind = str(relation.reltype).rsplit("/", 1)[-1]
    if relation.is_external or kind not in KEPT | {"viewProps"}:
        return False
    if kind != "image":
        return True
    part = relation.target_part
    return part.content_type in _PICTURES and (part.content_type != "image/svg+xml" or _is_still(part.blob))


def _is_still(svg: bytes) -> bool:
    """Whether a drawing does nothing and leads nowhere."""
    try:
        root = parse(svg)
    except (XMLSyntaxError, ValueError):
        return False
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if local(element) in _ACTIVE or "@import" in (element.text or ""):
            return False
        for name, value in element.attrib.items():
            plain = str(name).rpartition("}")[2].lower()
            leads = plain == "href" and not str(value).startswith(("#", "data:image/"))
            if plain.startswith("on") or leads or "url(http" in str(value).replace(" ", "").lower():
                return False
    return True


def _forget(root: Element, lost: set[str]) -> None:
    """Take out the elements that speak of relations which are no more."""
    for element in list(root.iter()):
        said = [name for name, value in element.attrib.items() if str(name).startswith(f"{{{R}}}") and value in lost]
        if not said:
            continue
        kept = [n for n, v in element.attrib.items() if str(n).startswith(f"{{{R}}}") and v not in lost]
        if local(element) == "blip" and kept:
            for name in said:
                del element.attrib[name]
            continue
        whole = _WHOLE.get(local(element))
        gone = next((one for one in element.iterancestors() if local(one) == whole), element) if whole else element
        parent = gone.getparent()
        if parent is None:
            for name in said:
                del element.attrib[name]
        else:
            parent.remove(gone)
            _drop_empty(parent)


def _drop_empty(element: Element) -> None:
    """Lists that have nothing left in them are not allowed to be there."""
    while local(element) in ("custDataLst", "extLst", "controls", "AlternateContent", "Choice", "Fallback") and not len(
        element
    ):
        parent = element.getparent()
        if parent is None:
            return
        parent.remove(element)
        element = parent
