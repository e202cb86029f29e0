"""A drawing in SVG as other programs may be given it: its shapes and what they look like, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from data.look.drawing_file import SVG, rendered, sound

_KEPT = frozenset((
    "svg", "g", "defs", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "clipPath",
    "linearGradient", "radialGradient", "stop",
))  # fmt: skip
_UNSEEN = frozenset(("title", "desc", "metadata", "style"))
"""Elements that are left out: what is said stands in the document, a sheet of styles becomes attributes."""
_GEOMETRY = frozenset((
    "id", "viewBox", "preserveAspectRatio", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1",
    "x2", "y2", "fx", "fy", "d", "points", "transform", "offset", "gradientUnits", "gradientTransform",
    "spreadMethod", "clipPathUnits",
))  # fmt: skip
_LOOKS = frozenset((
    "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "opacity", "stop-color",
    "stop-opacity", "clip-path", "clip-rule", "color", "display", "visibility",
))  # fmt: skip
_LINK = "{http://www.w3.org/1999/xlink}href"
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"\s*([^{}]+?)\s*\{([^{}]*)\}")
_CLASS = re.compile(r"\.[\w-]+")
_REMEMBERED = 8
"""Drawings: a logo stands on every slide."""


@lru_cache(_REMEMBERED)
def vector(content: bytes) -> bytes | None:
    """A sound drawing in SVG with the elements and attributes alone that every program draws alike: no script, sheet of
    styles, link or name of an editor's is left. None where that is not the same picture, pixel by pixel.

    Raises ValueError as `drawn` does.
    """
    etree: Any = import_module("lxml.etree")
    root = sound(content)
    styles = _styles(" ".join(element.text or "" for element in root.iter(f"{SVG}style")))
    if styles is None:
        return None
    plain = etree.Element(f"{SVG}svg", nsmap={None: SVG[1:-1], "xlink": _LINK[1:].partition("}")[0]})
    if not _copied(etree, root, plain, styles):
        return None
    if not plain.get("viewBox"):
        plain.set("viewBox", f"0 0 {plain.get('width')} {plain.get('height')}")
    try:
        same = rendered(plain) == rendered(root)
    except ValueError:
        return None
    return etree.tostring(plain, xml_declaration=True, encoding="UTF-8") if same else None


def _styles(sheet: str) -> Mapping[str, str] | None:
    """What a sheet says of each class; None where it says something of anything else."""
    found: dict[str, str] = {}
    sheet = _REMARK.sub(" ", sheet)
    if _RULE.sub("", sheet).strip():
        return None
    for rule in _RULE.finditer(sheet):
        for selector in rule[1].split(","):
            name = selector.strip()
            if not _CLASS.fullmatch(name):
                return None
            found[name[1:]] = f"{found.get(name[1:], '')};{rule[2]}"
    return found


def _copied(etree: Any, source: Any, target: Any, styles: Mapping[str, str]) -> bool:
    """Copy what may stay of an element and of those inside it; whether all that is seen may."""
    for key, value in _attributes(source, styles):
        target.set(key, value)
    for element in source:
        name = element.tag.removeprefix(SVG)
        if name in _UNSEEN:
            continue
        name = "g" if name == "a" else name  # where a click leads is not drawn
        if name not in _KEPT or not _copied(etree, element, etree.SubElement(target, f"{SVG}{name}"), styles):
            return False
    return True


def _attributes(element: Any, styles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The attributes that may stay, and the looks that classes and a style of its own give an element, the strongest
    last."""
    for key, value in element.items():
        if key in _GEOMETRY or key in _LOOKS:
            yield key, value
        elif key in ("href", _LINK) and element.tag != f"{SVG}a" and value.strip().startswith("#"):
            yield _LINK, value.strip()
    classes = (element.get("class") or "").split()
    for said in (*(styles[name] for name in styles if name in classes), element.get("style") or ""):
        for one in said.split(";"):
            key, _, value = one.partition(":")
            if key.strip() in _LOOKS:
                yield key.strip(), value.replace("!important", "").strip()
