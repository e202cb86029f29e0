"""A university's look: colours, fonts, logo, paper and PowerPoint template, for charts, PDF and deck alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from data.fonts import FontFamily, shipped_family

Paper = Literal["letter", "a4"]


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours as "#RRGGBB"; the defaults pass WCAG 2.1 on white: text 4.5:1, marks 3:1."""

    ink: str = "#16202E"
    """Headings and text."""
    accent: str = "#0B5C8A"
    """The one colour that stands out."""
    mark: str = "#8792A1"
    """Marks of a chart that do not stand out."""
    second: str = "#5E7F99"
    """A second series."""
    muted: str = "#56616F"
    """Sources, captions, axis labels."""
    hairline: str = "#CBD2DA"
    tint: str = "#EEF3F7"
    """Background of callouts."""
    paper: str = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Fonts:
    """Families for reading text and for headings, tables and charts; a face name for the deck; stand-ins."""

    text: FontFamily = field(default_factory=lambda: shipped_family("Source Serif Pro"))
    heading: FontFamily = field(default_factory=lambda: shipped_family("Source Sans Pro"))
    deck: str = "Calibri"
    """A face that office machines have: PowerPoint draws with the fonts of the machine that it runs on."""
    fallback: tuple[Path, ...] = ()
    """Font files for characters that the others lack, tried in order."""

    @property
    def files(self) -> tuple[Path, ...]:
        """Every font file, each once."""
        return tuple(dict.fromkeys((*self.text.files, *self.heading.files, *self.fallback)))


@dataclass(frozen=True, slots=True)
class Brand:
    """Everything that makes a document look like its university's."""

    institution: str = "Example University"
    unit: str = "Career Center"
    colours: Colours = field(default_factory=Colours)
    fonts: Fonts = field(default_factory=Fonts)
    logo: Path | None = None
    """PNG or JPEG; None sets institution and unit as text."""
    paper: Paper = "letter"
    template: Path | None = None
    """PowerPoint file with the layouts to use; None takes Fairsheet's own."""
    contact: str = ""
    """One line: where to go, whom to write to."""
    accommodation: str = ""
    """How to ask for an accommodation or another format."""
    non_discrimination: str = ""
    """The statement that the university must print."""
