"""Opens a PowerPoint template, clears it of sample slides, and gives our own one the brand's colours and font."""

from __future__ import annotations

import hashlib
import io
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from pptx import Presentation
from pptx.exc import PackageNotFoundError, PythonPptxError
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn

from data.errors import Place, ProjectError
from data.files.world import content_of
from data.look.brand import Brand, Colours
from reports.deck.templates.brush import PaintSource
from reports.deck.templates.clean import clean
from reports.deck.templates.inheritance import LayoutFound, LayoutSource, placeholders_of, read_layout
from reports.deck.templates.roles import any_roles, own_roles
from reports.deck.words.frames import Layout, Layouts, Role
from reports.powerpoint.palette import Palette
from reports.powerpoint.xml import XMLSyntaxError, parse, part_bytes

OWN = Path(__file__).with_name("template.pptx")

_KEPT = frozenset((RT.SLIDE_MASTER, RT.NOTES_MASTER, RT.HANDOUT_MASTER, RT.PRES_PROPS, RT.THEME, RT.TABLE_STYLES))
"""What of a presentation stays when its slides go. Fonts embedded in a template serve those who edit it: they are
large, and their licences seldom let them travel with every deck."""
_SLIDES = ("sldIdLst", "embeddedFontLst", "custShowLst", "photoAlbum", "custDataLst", "modifyVerifier", "extLst")
_VIEW = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<p:viewPr '
    b'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'
)
_SETTINGS = _VIEW.replace(b"viewPr", b"presentationPr")
"""Without settings of the presentation, PowerPoint offers to repair it."""
_REMEMBERED = 4
"""Templates whose layouts are kept: a process makes many decks of one."""
_USUAL_SIZE = (720.0, 540.0)
"""Points of a slide where the file does not say it (ECMA-376 part 1, 19.2.1.39)."""
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    PackageNotFoundError,
    PythonPptxError,
    XMLSyntaxError,
    KeyError,
    ValueError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)
"""What a file that is no PowerPoint file, locked, cut off or put together wrongly makes the readers raise."""
_COLOURS = {
    "dk1": "ink",
    "lt1": "paper",
    "dk2": "muted",
    "lt2": "tint",
    "accent1": "accent",
    "accent2": "second",
    "accent3": "mark",
    "accent4": "muted",
    "accent5": "ink",
    "accent6": "hairline",
    "hlink": "accent_text",
    "folHlink": "muted",
}
"""What each colour of the theme is called in brand.toml."""


class Template(Struct, frozen=True):
    """An open presentation without slides, and what its layouts offer."""

    part: Any
    """python-pptx's presentation part, which leads to all others."""
    layout_parts: tuple[Any, ...]
    """In the order that `Layout.index` counts."""
    layouts: Layouts
    theme: Mapping[str, str]
    """Colours of the theme, "#RRGGBB" in capitals → what shapes call them: "accent1", "dk1"."""


def open_template(brand: Brand) -> Template:
    """The brand's template, or Fairsheet's own in the brand's colours and font.

    Raises ProjectError where the file is no .pptx, or none of its layouts has a title.
    """
    path = brand.template or OWN
    own = brand.template is None
    with readable_template(path):
        part, parts, found, size = read_template(content_of(path), brand)
    roles = _own_roles(found) if own else _any_roles(found, path.name, brand.layouts, brand.colours)
    chart = parts[roles["Chart"].index]
    theme = parse(chart.slide_layout.slide_master.part.part_related_by(RT.THEME).blob)
    return Template(part, parts, Layouts(*size, own, roles), _theme_names(theme))


@lru_cache(_REMEMBERED)
def _own_roles(found: tuple[LayoutFound, ...]) -> Mapping[Role, Layout]:
    return own_roles(found)


@lru_cache(_REMEMBERED)
def _any_roles(
    found: tuple[LayoutFound, ...], file: str, wanted: tuple[tuple[str, str], ...], colours: Colours
) -> Mapping[Role, Layout]:
    return any_roles(found, file, dict(wanted), colours)


def _theme_names(theme: Any) -> Mapping[str, str]:
    """The colours of a theme, and what shapes call them; of two alike the first."""
    found: dict[str, str] = {}
    for slot in _COLOURS:
        colour = theme.find(f".//{qn('a:clrScheme')}/{qn('a:' + slot)}/{qn('a:srgbClr')}")
        if colour is not None and not slot.endswith("link") and not slot.endswith("Hlink"):
            found.setdefault(f"#{colour.get('val', '').upper()}", slot)
    return found


@contextmanager
def readable_template(path: Path) -> Generator[None]:
    """Make a ProjectError of whatever the readers raise at a file that is no template."""
    try:
        yield
    except _UNREADABLE as error:
        raise ProjectError.at(
            Place("brand.toml"),
            f"the template '{path.name}' is no PowerPoint file (.pptx or .potx, without macros), or is damaged.",
            "Open it in PowerPoint and save it as .pptx.",
        ) from error


@dataclass(frozen=True, slots=True)
class _Unread:
    """The layouts of a template, not yet read; two are alike where one file was given one look."""

    digest: str
    """Of the file."""
    look: tuple[object, ...]
    """What of the brand makes a difference."""
    layouts: tuple[LayoutSource, ...] = field(compare=False, repr=False)


@lru_cache(_REMEMBERED)
def _layouts(unread: _Unread) -> tuple[LayoutFound, ...]:
    return tuple(read_layout(source, index) for index, source in enumerate(unread.layouts))


def read_template(
    data: bytes, brand: Brand
) -> tuple[Any, tuple[Any, ...], tuple[LayoutFound, ...], tuple[float, float]]:
    """The presentation's part, the parts of its layouts, what each offers, and a slide's width and height in points.

    The presentation loses its slides, and our own gets the brand's colours.
    """
    presentation = _open(data)
    masters = [master.part for master in presentation.slide_masters]
    used = Counter(slide.slide_layout.part.partname for slide in presentation.slides)
    opening = next((slide.slide_layout.part.partname for slide in presentation.slides), None)
    part = presentation.part
    _clear(part)
    if brand.template is not None:
        clean(part)
    else:
        for master in masters:
            _dress(master, brand)
    stated = presentation.slide_width is not None
    size = (presentation.slide_width / 12700, presentation.slide_height / 12700) if stated else _USUAL_SIZE
    defaults = part._element.find(qn("p:defaultTextStyle"))
    parts = [(place, layout.part) for place, m in enumerate(masters) for layout in m.slide_master.slide_layouts]
    themes = [parse(master.part_related_by(RT.THEME).blob) for master in masters]
    parents = [placeholders_of(master._element) for master in masters]
    sources: list[LayoutSource] = []
    for place, layout in parts:
        master, theme = masters[place], themes[place]
        mapped = layout._element.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}")
        mapped = master._element.find(qn("p:clrMap")) if mapped is None else mapped
        if mapped is None:
            raise ValueError("a master that does not say which of the theme's colours are its own")
        palette = Palette(theme, {str(key): str(value) for key, value in mapped.attrib.items()})
        paint = PaintSource(layout._element, master._element, layout, master, palette, theme, *size)
        sources.append(
            LayoutSource(
                layout._element, master._element, parents[place], theme, defaults, *size, paint, place,
                used[layout.partname], layout.partname == opening,
            )
        )  # fmt: skip
    look = (brand.colours, brand.fonts.deck) if brand.template is None else ()
    found = _layouts(_Unread(hashlib.sha256(data).hexdigest(), look, tuple(sources)))
    return part, tuple(layout for _, layout in parts), found, size


def _open(data: bytes) -> Any:
    """python-pptx's presentation. A .potx differs from a .pptx by its content type alone, and opens like one."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml")
    if CONTENT_TYPE.PML_TEMPLATE_MAIN.encode() in types:
        data = _as_presentation(data)
    presentation = Presentation(io.BytesIO(data))
    if presentation.part.content_type != CONTENT_TYPE.PML_PRESENTATION_MAIN:
        raise ValueError("a presentation with macros")
    return presentation


def _as_presentation(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                was, now = CONTENT_TYPE.PML_TEMPLATE_MAIN, CONTENT_TYPE.PML_PRESENTATION_MAIN
                content = content.replace(was.encode(), now.encode())
            target.writestr(name, content)
    return buffer.getvalue()


def _clear(part: Any) -> None:
    """Take out sample slides, and all that may lead to them: sections, shows, views, comments, tags, properties."""
    element = part._element
    for name in _SLIDES:
        for child in element.findall(qn(f"p:{name}")):
            element.remove(child)
    element.attrib.pop("embedTrueTypeFonts", None)
    package = part.package
    for relations, kept in ((part.rels, _KEPT), (package._rels, {RT.OFFICE_DOCUMENT})):
        for key, relation in list(relations.items()):
            if relation.reltype not in kept:
                relations.pop(key)
    if not any(relation.reltype == RT.PRES_PROPS for relation in part.rels.values()):
        settings = Part(PackURI("/ppt/presProps.xml"), CONTENT_TYPE.PML_PRES_PROPS, package, _SETTINGS)
        part.relate_to(settings, RT.PRES_PROPS)
    part.relate_to(Part(PackURI("/ppt/viewProps.xml"), CONTENT_TYPE.PML_VIEW_PROPS, package, _VIEW), RT.VIEW_PROPS)


def _dress(master: Any, brand: Brand) -> None:
    """Put the brand's colours and font into the theme of our own template."""
    part = master.part_related_by(RT.THEME)
    theme = parse(part.blob)
    for slot, name in _COLOURS.items():
        colour = theme.find(f".//{qn('a:clrScheme')}/{qn('a:' + slot)}/{qn('a:srgbClr')}")
        colour.set("val", getattr(brand.colours, name)[1:].upper())
    for latin in theme.iter(qn("a:latin")):
        latin.set("typeface", brand.fonts.deck)
    part.blob = part_bytes(theme)
    _keep_readable(master, brand)


def _keep_readable(master: Any, brand: Brand) -> None:
    """Where the accent colour is too light for it, text on it and in it has a colour that can be read."""
    colours = brand.colours
    changed: dict[str, str] = {}
    if colours.on_accent != colours.paper:
        changed["bg1"] = colours.on_accent
    if colours.accent_text != colours.accent:
        changed["accent1"] = colours.accent_text
    if not changed:
        return
    for part in (master, *(layout.part for layout in master.slide_master.slide_layouts)):
        # numbers of lists are text, and their colour is that of bullets
        for text in part._element.iter(qn("a:defRPr"), qn("a:buClr")):
            for colour in list(text.iter(qn("a:schemeClr"))):
                instead = changed.get(colour.get("val"))
                if instead == colours.ink:
                    colour.set("val", "tx1")  # which follows a theme that someone changes
                elif instead:
                    colour.tag = qn("a:srgbClr")
                    colour.set("val", instead[1:].upper())
