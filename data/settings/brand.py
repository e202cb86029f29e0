"""What `brand.toml` may say."""

from __future__ import annotations

from typing import Literal

from data.settings.kinds import Colour, Printed, Settings


class ColourSettings(Settings):
    """Colours of a brand, "#RRGGBB"."""

    ink: Colour | None = None
    accent: Colour | None = None
    mark: Colour | None = None
    second: Colour | None = None
    muted: Colour | None = None
    hairline: Colour | None = None
    tint: Colour | None = None
    paper: Colour | None = None


class FamilySettings(Settings):
    """Font files of the brand's own; a face that is not named is the regular one."""

    name: str
    regular: str
    bold: str | None = None
    italic: str | None = None
    bold_italic: str | None = None
    semibold: str | None = None


class FontSettings(Settings):
    """Fonts of a brand."""

    text: str | FamilySettings = "Source Serif Pro"
    heading: str | FamilySettings = "Source Sans Pro"
    deck: str = "Calibri"
    fallback: tuple[str, ...] = ()


class LayoutSettings(Settings):
    """Layouts of the template by their names, where others are wanted than those that are found."""

    title: str | None = None
    section: str | None = None
    text: str | None = None
    columns: str | None = None
    comparison: str | None = None
    chart: str | None = None
    table: str | None = None


class DeckSettings(Settings):
    """How a deck is made in a template."""

    layouts: LayoutSettings = LayoutSettings()


class BrandSettings(Settings):
    """A brand file."""

    institution: Printed = "Example University"
    unit: Printed = "Career Center"
    logo: str | None = None
    paper: Literal["letter", "a4"] = "letter"
    template: str | None = None
    contact: Printed = ""
    accommodation: Printed = ""
    non_discrimination: Printed = ""
    colours: ColourSettings = ColourSettings()
    fonts: FontSettings = FontSettings()
    deck: DeckSettings = DeckSettings()
