"""A drawing in SVG as a picture of pixels, where it holds nothing but shapes of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

SVG = "{http://www.w3.org/2000/svg}"
_LARGEST = 2_000_000
"""Bytes of a drawing."""
_LONG_SIDE = 1_600
"""Pixels: on paper a logo is at most 190 points wide, which are 600 to the inch."""
_WORK, _LAYER = 20_000, 20
"""Most shapes that are drawn, copies counted each; a shape that needs a layer of its own counts as so many."""
_DEEPEST = 60
_SHAPES = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "a",
        "switch",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "marker",
        "clipPath",
        "mask",
        "linearGradient",
        "radialGradient",
        "stop",
        "title",
        "desc",
        "metadata",
        "style",
    ]
)
_DRAWN = frozenset(f"{SVG}{name}" for name in ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"])
_LETTERS = frozenset(["text", "tspan", "textPath", "tref"])
_OUTSIDE = re.compile(r"""url\(\s*["']?(?!["'#\s])|@import|expression\(""", re.IGNORECASE)
_INSIDE = re.compile(r"""url\(\s*["']?#([^"')\s]+)""", re.IGNORECASE)
_LAYERED = re.compile(r"opacity|mask|clip-path|mix-blend-mode|isolation|marker", re.IGNORECASE)
_NUMBER = re.compile(r"[\d.]+")
_AS_PNG = "save it as PNG."


def is_drawing(content: bytes) -> bool:
    """Whether a file begins as SVG does."""
    start = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"<svg" in content[:20_000]


def drawn(content: bytes) -> bytes:
    """The drawing as a PNG file, its long side 1,600 pixels.

    Raises ValueError, with the end of a sentence that begins with the file's name, for a drawing that needs more than
    its own shapes: letters in fonts of one machine, pictures, files elsewhere, scripts, or more work than a logo is.
    """
    return rendered(sound(content))


def sound(content: bytes) -> Any:
    """The root of a drawing that holds nothing but shapes of its own, as wide and high as it is drawn. Raises as
    `drawn` does."""
    etree: Any = import_module("lxml.etree")
    if len(content) > _LARGEST:
        raise ValueError(f"is an SVG drawing of {len(content) / 1e6:.1f} MB, and 2 MB are the most: {_AS_PNG}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"is a damaged SVG drawing: {_AS_PNG}") from error
    if root.tag != f"{SVG}svg":
        raise ValueError(f"is no SVG drawing as SVG 1.1 describes it: {_AS_PNG}")
    if "<!ENTITY" in (root.getroottree().docinfo.doctype or "") or b"<!ENTITY" in content[:20_000]:
        raise ValueError(f"is an SVG drawing with entities of its own, which are not read: {_AS_PNG}")
    _without_foreign(root)
    _check(root)
    width, height = _size(root)
    if root.get("viewBox"):  # then its size may be any, and one in millimetres would be rounded to few pixels first
        root.set("width", f"{_LONG_SIDE * width / max(width, height):g}")
        root.set("height", f"{_LONG_SIDE * height / max(width, height):g}")
    return root


def rendered(root: Any) -> bytes:
    """A sound drawing as a PNG file. Raises ValueError as `drawn` does."""
    import resvg_py

    width, height = _size(root)
    long_side: dict[str, Any] = {"width": _LONG_SIDE} if width >= height else {"height": _LONG_SIDE}
    text = import_module("lxml.etree").tostring(root, encoding="unicode", with_tail=False)
    try:
        # without dpi it knows no length but pixels (findings/resvg-py-refuses-points.sh); CSS has 96 to the inch
        return resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True, dpi=96, **long_side)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # what goes wrong inside is no Exception
        raise ValueError(f"is an SVG drawing that cannot be drawn: {_AS_PNG}") from error


def _without_foreign(root: Any) -> None:
    """Take out what editors keep for themselves, in namespaces of their own."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or not element.tag.startswith(SVG):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)


def _check(root: Any) -> None:
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}
    sheet = " ".join(element.text or "" for element in root.iter(f"{SVG}style"))
    for element in root.iter():
        name = element.tag.removeprefix(SVG)
        if name in _LETTERS:
            raise ValueError("is an SVG drawing with letters in a font: turn them into paths, or " + _AS_PNG)
        if name not in _SHAPES:
            raise ValueError(f"is an SVG drawing with <{name}>, which is not drawn here: {_AS_PNG}")
        for text in (*element.values(), element.text or "" if name == "style" else ""):
            if _OUTSIDE.search(text):
                raise ValueError(f"is an SVG drawing that refers to a file elsewhere: {_AS_PNG}")
        if "filter" in (element.get("style") or "") or element.get("filter") or "filter" in sheet:
            raise ValueError(f"is an SVG drawing with a filter, which is not drawn here: {_AS_PNG}")
        if any(not target.startswith("#") for target in _targets(element)):
            raise ValueError(f"is an SVG drawing that refers to a file elsewhere: {_AS_PNG}")
    if _Effort(ids, sheet).of(root, 0) > _WORK:
        raise ValueError(f"is an SVG drawing of more shapes than a logo has: {_AS_PNG}")


def _targets(element: Any) -> Iterator[str]:
    if element.tag == f"{SVG}a":  # where a click leads is not drawn
        return
    for key, value in element.items():
        if key == "href" or key.endswith("}href"):
            yield value.strip()


class _Effort:
    """Counts the shapes that an element draws, with all that it refers to."""

    def __init__(self, ids: dict[str, Any], sheet: str) -> None:
        self.ids, self.known = ids, dict[Any, int]()
        self.layered = bool(_LAYERED.search(sheet))
        self.everywhere = [ids[name] for name in _INSIDE.findall(sheet) if name in ids]
        """What the style sheet may put on any element."""

    def of(self, element: Any, depth: int) -> int:
        if depth > _DEEPEST:
            raise ValueError(f"is an SVG drawing nested more than {_DEEPEST} deep: {_AS_PNG}")
        if element in self.known:
            return self.known[element]
        said = [f"{key} {value}" for key, value in element.items()]
        names = [target[1:] for target in _targets(element)] + [name for text in said for name in _INSIDE.findall(text)]
        referred = [self.ids[name] for name in names if name in self.ids]
        total = _LAYER if self.layered or any(map(_LAYERED.search, said)) else 1
        for one in (*element, *referred):
            total += self.of(one, depth + 1)
            if total > _WORK:
                break
        if element.tag in _DRAWN:
            total += sum(len(one) for one in self.everywhere)
        self.known[element] = total
        return total


def _size(root: Any) -> tuple[float, float]:
    """Width and height, whatever their unit."""
    box = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox") or "")]
    said = [_NUMBER.match(root.get(name) or "") for name in ("width", "height")]
    if all(said) and "%" not in (root.get("width") or "") + (root.get("height") or ""):
        width, height = (float(one[0]) for one in said if one)
    elif len(box) == 4:
        width, height = box[2:]
    else:
        raise ValueError("is an SVG drawing that does not say how large it is: give it a viewBox.")
    if not (0 < width <= 50 * height and height <= 50 * width):
        raise ValueError("is an SVG drawing without height or width, or more than 50 times as long as it is high.")
    return width, height
