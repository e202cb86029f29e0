"""Inlines as runs of characters in one font each, with all that drawing has to know of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from charts.faces import face_named
from charts.lettering import register_font
from data.language.show import show
from data.language.words import words
from data.look.brand import Brand
from data.look.fonts import FaceName, FontFamily, FontFile, split_by_font
from reports.document.inlines import (
    Code,
    Emphasis,
    Footnote,
    Foreign,
    Inlines,
    LineBreak,
    Link,
    Ref,
    Run,
    Strike,
    Strong,
    Text,
    plain,
)
from reports.pdf.styles import ParagraphStyle


class Typesetting(Struct, frozen=True):
    """What the setting of text needs besides inlines and style."""

    language: str
    """BCP 47."""
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """What references are shown as: "Figure 3" for the id of a figure. An id without label is no link."""
    fallback: tuple[FontFile, ...] = ()
    """Fonts for characters that a style's family lacks."""
    code: FontFamily | None = None
    """For code, before the family around it, which has the characters that this one lacks; None sets all in that."""
    link_colour: str = "#0B5C8A"
    set_before: dict[tuple[int, int, FaceName, bool], SetBefore] | None = None
    """Spans do not depend on size: a handout sets the same inlines at several. None where what is set is not kept."""


def setting_of(brand: Brand, language: str, labels: Mapping[str, str]) -> Typesetting:
    """The setting of a brand's documents."""
    return Typesetting(language, labels, brand.fonts.fallback, brand.fonts.code, brand.colours.accent_text)


class Target(Struct, frozen=True, eq=False):
    """Where a link goes: a URI or an anchor of the document. Compared by identity: two links stay two."""

    words: str
    colour: str
    address: str = ""
    anchor: str = ""
    call: str = ""
    """Of the call of a footnote: the anchor that its number leads back to."""


class Span(NamedTuple):
    """A run of characters in one font."""

    text: str
    font: str
    """Name under which reportlab knows it."""
    link: Target | None = None
    language: str = ""
    """Where it is not the document's: BCP 47."""
    raised: bool = False
    """Small and high: the call of a footnote."""
    struck: str = ""
    """Words that hold no longer: what is read out of them."""
    code: bool = False
    """Names that no hyphen may be added to."""


RAISED = 0.66
"""Size of what is raised, as a part of the size of the text around it."""


def note_anchor(number: int) -> str:
    """Where calls of a footnote lead."""
    return f"footnote-{number}"


def call_anchor(number: int) -> str:
    """Where a footnote's own number leads."""
    return f"footnote-call-{number}"


def _face(face: FaceName, strong: bool, emphasis: bool) -> FaceName:
    heavy = strong or face in ("bold", "bold_italic")
    slanted = emphasis != (face in ("italic", "bold_italic"))
    if slanted:
        return "bold_italic" if heavy or face == "semibold" else "italic"
    return "bold" if heavy else "regular" if face in ("italic", "bold_italic") else face


def spans_of(inlines: Inlines, style: ParagraphStyle, setting: Typesetting) -> Sequence[Span]:
    """Inlines as runs of one font each; a line break is a span that says "\\n"."""
    known = setting.set_before
    key = (id(inlines), id(style.family), style.face, style.capitals)
    if known is not None and key in known:
        return known[key].spans
    spans = tuple(_spans(inlines, style, setting, strong=False, emphasis=False, link=None))
    if known is not None:
        known[key] = SetBefore(inlines, style.family, spans)
    return spans


class SetBefore(Struct, frozen=True):
    """Spans, and what they were made of, so that no other object has the same identity meanwhile."""

    inlines: Inlines
    family: FontFamily
    spans: tuple[Span, ...]


def _spans(
    inlines: Inlines, style: ParagraphStyle, setting: Typesetting, *, strong: bool, emphasis: bool, link: Target | None
) -> Iterator[Span]:
    for inline in inlines:
        match inline:
            case Text():
                text = inline.text
            case Run():
                text = show(inline.value, inline.style, setting.language)
            case Code():
                face = _face(style.face, strong, emphasis)
                coded, lacking = style, setting
                if setting.code is not None:
                    coded = replace(style, family=setting.code, capitals=False)
                    lacking = replace(setting, fallback=(style.family.file(face), *setting.fallback))
                for span in font_runs(inline.text, coded, lacking, face, link):
                    yield span._replace(code=True)
                continue
            case LineBreak():
                yield Span("\n", register_font(style.family.regular))
                continue
            case Strong():
                yield from _spans(inline.children, style, setting, strong=True, emphasis=emphasis, link=link)
                continue
            case Emphasis():
                yield from _spans(inline.children, style, setting, strong=strong, emphasis=True, link=link)
                continue
            case Strike():
                said = words(setting.language)["struck out"]
                said = said.format(words=plain(inline.children, setting.language, dict(setting.labels)))
                for span in _spans(inline.children, style, setting, strong=strong, emphasis=emphasis, link=link):
                    yield span._replace(struck=said)
                continue
            case Footnote():
                said, number = words(setting.language)["footnote"].format(number=inline.number), inline.number
                call = Target(said, setting.link_colour, anchor=note_anchor(number), call=call_anchor(number))
                for span in font_runs(str(number), style, setting, link=link or call):
                    yield span._replace(raised=True)
                continue
            case Foreign():
                for span in _spans(inline.children, style, setting, strong=strong, emphasis=emphasis, link=link):
                    yield span._replace(language=inline.language)
                continue
            case Link():
                inner = link or Target("", setting.link_colour, address=inline.target)
                spans = list(_spans(inline.children, style, setting, strong=strong, emphasis=emphasis, link=inner))
                yield from _worded(spans, inner) if link is None else spans
                continue
            case Ref():
                label = setting.labels.get(inline.target)
                inner = link or (Target("", setting.link_colour, anchor=inline.target) if label is not None else None)
                children = inline.children or (Text(label or inline.target),)
                spans = list(_spans(children, style, setting, strong=strong, emphasis=emphasis, link=inner))
                yield from _worded(spans, inner) if inner is not None and link is None else spans
                continue
            case _:
                assert_never(inline)
        yield from font_runs(text, style, setting, _face(style.face, strong, emphasis), link)


def _worded(spans: Sequence[Span], link: Target) -> list[Span]:
    """The spans of a link, which knows its own words once they are set."""
    worded = replace(link, words="".join(span.text for span in spans).replace("\u00ad", ""))
    return [span._replace(link=worded) for span in spans]


def font_runs(
    text: str, style: ParagraphStyle, setting: Typesetting, face: FaceName | None = None, link: Target | None = None
) -> Iterator[Span]:
    """Plain text in runs of one font each; white space becomes single spaces, no-break spaces stay."""
    main = style.family.file(face or style.face)
    if style.capitals:
        text = text.upper()
    text = _SPACE.sub(" ", text)
    font = register_font(main)
    if not setting.fallback or face_named(font).glyphs.keys() >= set(map(ord, text)):
        yield Span(text, font, link)
        return
    for file, part in split_by_font(text, (main, *setting.fallback)):
        yield Span(part, register_font(file), link)


_SPACE = re.compile(r"[ \t\r\n\f\v]+")
