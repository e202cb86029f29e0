"""How text looks in PDF: the styles of report and handout, made from a brand."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from reportlab.lib.colors import HexColor

from data.look.brand import Brand
from data.look.fonts import FaceName, FontFamily

LEAST_CELL = 7.5
"""The smallest type of tables on paper, in points: that of sources and feet."""

Align = Literal["left", "right", "center"]

paint = cache(HexColor)
"""The colour that reportlab draws with for "#RRGGBB"; given such text, it would parse it each time."""

PAPERS: dict[str, tuple[float, float]] = {"letter": (612.0, 792.0), "a4": (595.276, 841.89)}
"""Width and height of the papers, in points."""

WIDTH = 438.0
"""Of a report's text in points: about 68 characters of reading text."""
GRID = 7.5
"""Half a line of reading text, in points: everything in a report begins on a multiple of it."""


class ParagraphStyle(Struct, frozen=True):
    """The look of a passage of text; sizes in points."""

    family: FontFamily
    size: float
    leading: float
    """Distance of baselines."""
    colour: str
    """"#RRGGBB"."""
    face: FaceName = "regular"
    align: Align = "left"
    tracking: float = 0.0
    """Extra space after each character."""
    capitals: bool = False
    """Set in capitals; readers and searches still find the words as they are written."""
    balanced: bool = False
    """Lines of about one length: for headings."""
    divides: bool = False
    """Long words are divided where a line would end early: for reading text. Others are only where they do not fit."""

    @property
    def baseline(self) -> float:
        """From the top of a line down to its baseline: the capitals (0.66 of the size) stand in the middle."""
        return self.leading / 2 + 0.33 * self.size

    @property
    def ligatures(self) -> bool:
        """Whether letters may join; in letter-spaced text they stand apart."""
        return self.tracking <= 0


def smaller(style: ParagraphStyle, least: float = LEAST_CELL) -> list[ParagraphStyle]:
    """A style, and the same in smaller type down to the least, half a point each; the leading follows."""
    count = max(0, int((style.size - least) / 0.5 + 0.001))
    sizes = [style.size - 0.5 * step for step in range(count + 1)]
    return [style, *(replace(style, size=size, leading=style.leading * size / style.size) for size in sizes[1:])]


class Styles(Struct, frozen=True):
    """The styles of the report; the handout makes smaller and larger ones from them with `replace`."""

    body: ParagraphStyle
    """Reading text."""
    cover_title: ParagraphStyle
    cover_subtitle: ParagraphStyle
    kicker: ParagraphStyle
    """Small capitals over headings."""
    section: ParagraphStyle
    """First-level headings, which are claims."""
    topic: ParagraphStyle
    """Second-level headings."""
    claim: ParagraphStyle
    """Over charts and tables."""
    measure: ParagraphStyle
    """Below the claim: what is measured."""
    caption: ParagraphStyle
    """Number, source and date below charts and tables."""
    cell: ParagraphStyle
    cell_head: ParagraphStyle
    label: ParagraphStyle
    """Short words at the side or on top: myth, fact, key figures' labels."""
    key_figure: ParagraphStyle
    quote: ParagraphStyle
    attribution: ParagraphStyle
    pull_quote: ParagraphStyle
    myth: ParagraphStyle
    note: ParagraphStyle
    """Text on a tint and facts beside myths."""
    furniture: ParagraphStyle
    """Running heads and foot."""


def styles(brand: Brand) -> Styles:
    """The report's styles in a brand's fonts and colours."""
    colours, serif, sans = brand.colours, brand.fonts.text, brand.fonts.heading

    def heading(size: float, leading: float, colour: str = colours.ink) -> ParagraphStyle:
        return ParagraphStyle(sans, size, leading, colour, "bold", balanced=True)

    return Styles(
        body=ParagraphStyle(serif, 10.5, 15, colours.ink, divides=True),
        cover_title=heading(45, 48.75),
        cover_subtitle=ParagraphStyle(serif, 17, 22.5, colours.muted, balanced=True),
        kicker=ParagraphStyle(sans, 9, 15, colours.accent_text, "semibold", tracking=0.7, capitals=True),
        section=heading(23, 27),
        topic=heading(13, 15),
        claim=ParagraphStyle(sans, 11, 15, colours.ink, "bold"),
        measure=ParagraphStyle(sans, 9, 12, colours.muted),
        caption=ParagraphStyle(sans, 8, 11, colours.muted),
        cell=ParagraphStyle(sans, 9, 12, colours.ink),
        cell_head=ParagraphStyle(sans, 9, 12, colours.ink, "semibold"),
        label=ParagraphStyle(sans, 9, 12, colours.ink),
        key_figure=ParagraphStyle(sans, 25, 30, colours.accent_text, "bold"),
        quote=ParagraphStyle(serif, 14.5, 20, colours.ink, "semibold", balanced=True),
        attribution=ParagraphStyle(sans, 9, 15, colours.muted),
        pull_quote=ParagraphStyle(sans, 17, 22.5, colours.accent_text, "bold", balanced=True),
        myth=ParagraphStyle(serif, 11.5, 15, colours.ink, "italic", balanced=True),
        note=ParagraphStyle(sans, 9.5, 13.5, colours.ink, divides=True),
        furniture=ParagraphStyle(sans, 8, 11, colours.muted),
    )
