"""How every chart of a brand looks: colours, font files and sizes, passed along explicitly."""

from __future__ import annotations

from msgspec import Struct

from data.look.brand import Brand
from data.look.colour import TEXT, contrast
from data.look.fonts import FontFile


class ChartStyle(Struct, frozen=True):
    """Colours as "#RRGGBB", lengths in points; every length grows with the size of the text."""

    ink: str
    accent: str
    accent_text: str
    """The accent where it can be read as text, else the nearest colour that can (WCAG 2.1, 1.4.3)."""
    mark: str
    muted: str
    hairline: str
    paper: str
    regular: tuple[FontFile, ...]
    """Font files for labels: the face itself, then the ones that stand in for characters it lacks."""
    bold: tuple[FontFile, ...]
    language: str
    size: float
    """Size of all labels."""

    @property
    def line(self) -> float:
        """From baseline to baseline."""
        return 1.2 * self.size

    @property
    def gap(self) -> float:
        """Between a mark and its label."""
        return 0.5 * self.size

    @property
    def gutter(self) -> float:
        """Between a column of names and the marks."""
        return 0.9 * self.size

    @property
    def point(self) -> float:
        """Length of the point of a mark whose true end lies beyond."""
        return 0.6 * self.size

    @property
    def hair(self) -> float:
        """Thickness of an axis."""
        return 0.08 * self.size

    def on(self, ground: str) -> str | None:
        """The colour of readable text on `ground`; None where neither paper nor ink is."""
        best = max((self.paper, self.ink), key=lambda colour: contrast(colour, ground))
        return best if contrast(best, ground) >= TEXT else None

    def text_on(self, ground: str) -> str:
        """The colour of text on `ground`: paper or ink, else black or white, one of which always is readable (WCAG 2.1,
        1.4.3)."""
        return self.on(ground) or max(("#000000", "#FFFFFF"), key=lambda colour: contrast(colour, ground))


def style_of(brand: Brand, language: str, text_size: float) -> ChartStyle:
    """The look of a brand's charts; `text_size` in points."""
    colours, family, fallback = brand.colours, brand.fonts.heading, brand.fonts.fallback
    return ChartStyle(
        ink=colours.ink,
        accent=colours.accent,
        accent_text=colours.accent_text,
        mark=colours.mark,
        muted=colours.muted,
        hairline=colours.hairline,
        paper=colours.paper,
        regular=(family.regular, *fallback),
        bold=(family.bold, *fallback),
        language=language,
        size=text_size,
    )
