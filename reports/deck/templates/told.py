"""Tells what a template offers: its layouts with their places, what each is used for and why, how to choose others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from data.errors import Place, ProjectError
from data.files.template_parts import template_fault
from data.files.world import content_of
from data.look.brand import Brand
from data.terminal import visible
from reports.deck.templates.chosen import USES, Choice, Use, called, choose
from reports.deck.templates.inheritance import LayoutFound
from reports.deck.templates.sheets import sheet_of
from reports.deck.templates.template import read_template, readable_template
from reports.deck.words.frames import TEXT_MINIMUM, TITLE_MINIMUM, TextFrame
from reports.powerpoint.palette import hexadecimal

TEMPLATES = (".pptx", ".potx")
"""Endings of the files that may be templates."""
_TYPES = {
    "title": "title", "ctrTitle": "title, centered", "subTitle": "subtitle", "body": "text", "obj": "text or other",
    "pic": "picture", "chart": "chart", "tbl": "table", "dgm": "diagram", "media": "film", "clipArt": "picture",
    "ftr": "footer", "dt": "date", "sldNum": "slide number", "hdr": "header",
}  # fmt: skip
"""What PowerPoint's types of places are called here."""
_DESCRIBED: Mapping[Use, str] = {
    "title": "first slide", "section": "opens a section", "text": "text", "columns": "two columns",
    "comparison": "myth and facts", "chart": "chart", "table": "table",
}  # fmt: skip


def template_lines(path: Path, name: str) -> Iterator[str]:
    """The lines of `inspect` for a template: what was found as comments, then the section of brand.toml as TOML.

    `name` is what the user called the file. Raises ProjectError where it is no template, or none that can be used.
    """
    if wrong := template_fault(path, name, Place(name)):
        raise ProjectError.at(Place(name), f"it {wrong}", "Open it in PowerPoint and save it as .pptx.")
    with readable_template(path):
        _, _, found, size = read_template(content_of(path), Brand(template=path))
    for line in _head(found, size):
        yield f"# {line}"
    try:
        choices, error = choose(found, {}, path.name), None
    except ProjectError as problem:
        choices, error = dict[Use, Choice](), problem
    used = _uses(choices)
    for layout in found:
        yield "#"
        for line in _layout(found, layout, used.get(layout.index, ())):
            yield f"# {line}".rstrip()
    if error is not None:
        raise error
    yield "#"
    yield "# What each layout is used for. To choose others, put this into brand.toml and change the names."
    yield ""
    yield "[deck.layouts]"
    for use in USES:
        if use in choices:
            yield from _setting(found, use, choices[use])


def _head(found: Sequence[LayoutFound], size: tuple[float, float]) -> Iterator[str]:
    width, height = size
    scale = min(size) / 540
    masters = len({layout.master for layout in found})
    yield (
        f"{width:.0f} × {height:.0f} pt ({_proportion(width, height)}), {_counted(masters, 'master')},"
        f" {_counted(len(found), 'layout')}."
    )
    yield f"Text is set in {TEXT_MINIMUM * scale:.0f} pt at least, titles in {TITLE_MINIMUM * scale:.0f} pt."
    if found:
        palette = found[0].ground.source.palette
        named = {name: palette.named(name) for name in ("bg1", "tx1", "accent1", "accent2", "hlink")}
        said = ", ".join(f"{name} {hexadecimal(paint.colour)}" for name, paint in named.items() if paint)
        yield f"Colours of the theme: {said}."
    if masters > 1:
        yield "A deck keeps to one master: that of the layout for text."


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"


def _proportion(width: float, height: float) -> str:
    for across, down in ((16, 9), (4, 3), (16, 10), (3, 4), (9, 16)):
        if math.isclose(width / height, across / down, rel_tol=0.01):
            return f"{across}:{down}"
    return f"{width / height:.2f}:1"


def _uses(choices: Mapping[Use, Choice]) -> dict[int, list[Use]]:
    found: dict[int, list[Use]] = {}
    for use, choice in choices.items():
        found.setdefault(choice.layout.index, []).append(use)
    return found


def _layout(found: Sequence[LayoutFound], layout: LayoutFound, uses: Sequence[Use]) -> Iterator[str]:
    """A layout: its name, what it is used for, then a line for each of its places."""
    served = f"   → {', '.join(_DESCRIBED[use] for use in uses)}" if uses else ""
    kind = f" ({layout.kind})" if layout.kind else ""
    master = f", master {layout.master + 1}" if len({one.master for one in found}) > 1 else ""
    slides = f", {_counted(layout.used, 'sample slide')}" if layout.used else ""
    yield f"{layout.index + 1}. {visible(called(found, layout))}{kind}{master}{slides}{served}"
    for name, frame in layout.frames:
        yield f"     {_place(layout, frame)}  '{visible(name)}'"
    for name, why in layout.lost:
        yield f"     not used: '{visible(name)}', since {why}"
    if layout.title is None:
        yield "     not used: a slide needs a title, and there is no place for one"
    elif uses:
        foot = sheet_of(layout).foot.box
        yield f"     source line drawn at {foot.left:.0f}, {foot.top:.0f}, {foot.width:.0f} × {foot.height:.0f} pt"


def _place(layout: LayoutFound, frame: TextFrame) -> str:
    kind = frame.placeholder.type if frame.placeholder else frame.stands_for
    box, style = frame.box, frame.style(0)
    where = f"{box.left:.0f}, {box.top:.0f}, {box.width:.0f} × {box.height:.0f} pt"
    text = f"{style.size:g} pt {visible(style.face)}"
    plain = layout.ground.plain(box)
    notes = [] if plain else ["art in it is kept clear"]
    if not frame.placeholder:
        notes.append("shares type and index with another place: a text box is drawn")
    return f"{_TYPES.get(kind, kind):<14} {where:<28} {text}" + (f" ({'; '.join(notes)})" if notes else "")


def _setting(found: Sequence[LayoutFound], use: Use, choice: Choice) -> Iterator[str]:
    name = called(found, choice.layout).replace("\\", "\\\\").replace('"', '\\"')
    setting = f'{use} = "{visible(name)}"'
    yield f"{setting:<44} # {visible(choice.why)}"
