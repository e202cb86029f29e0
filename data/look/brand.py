"""A university's look: colours, fonts, logo, paper and PowerPoint template, for charts, PDF and deck alike."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from data.errors import Problem, ProjectError, nearest
from data.files.project_path import inside
from data.files.template_parts import template_fault
from data.files.toml_file import read_toml
from data.look.colour import TEXT, contrast, text_colour
from data.look.font_file import font_fault
from data.look.fonts import SHIPPED, FontFamily, FontFile, code_family, font_file, shipped_family
from data.look.logo import logo_fault
from data.settings.brand import BrandSettings, FamilySettings
from data.settings.validated import validated

Paper = Literal["letter", "a4"]


class Colours(Struct, frozen=True):
    """Colours as "#RRGGBB"; the defaults pass WCAG 2.1 on white: text 4.5:1, marks 3:1."""

    ink: str = "#16202E"
    """Headings and text."""
    accent: str = "#0B5C8A"
    """The one colour that stands out."""
    mark: str = "#8792A1"
    """Marks of a chart that do not stand out."""
    second: str = "#5D778C"
    """A second series."""
    muted: str = "#56616F"
    """Sources, captions, axis labels."""
    hairline: str = "#CBD2DA"
    tint: str = "#EEF3F7"
    """Background of callouts."""
    paper: str = "#FFFFFF"

    @property
    def accent_text(self) -> str:
        """The accent as text: itself, or the nearest colour that can be read on the paper and on the tint."""
        return text_colour(self.accent, self.paper, self.tint)

    @property
    def on_accent(self) -> str:
        """Text on the accent: paper or ink where either can be read, else the nearest colour that can."""
        best = self.paper if contrast(self.paper, self.accent) >= TEXT else self.ink
        return text_colour(best, self.accent)


class Fonts(Struct, frozen=True):
    """Families for reading text and for headings, tables and charts; a face name for the deck; stand-ins."""

    text: FontFamily = field(default_factory=lambda: shipped_family("Source Serif Pro"))
    heading: FontFamily = field(default_factory=lambda: shipped_family("Source Sans Pro"))
    code: FontFamily = field(default_factory=code_family)
    """What is to be typed or read letter by letter, on paper."""
    deck: str = "Calibri"
    """A face that office machines have: PowerPoint draws with the fonts of the machine that it runs on."""
    fallback: tuple[FontFile, ...] = ()
    """Font files for characters that the others lack, tried in order."""

    @property
    def files(self) -> tuple[FontFile, ...]:
        """Every font file, each once."""
        return tuple(dict.fromkeys((*self.text.files, *self.heading.files, *self.code.files, *self.fallback)))


class Brand(Struct, frozen=True):
    """Everything that makes a document look like its university's."""

    institution: str = "Example University"
    unit: str = "Career Center"
    colours: Colours = field(default_factory=Colours)
    fonts: Fonts = field(default_factory=Fonts)
    logo: Path | None = None
    """PNG, JPEG or SVG; None sets institution and unit as text."""
    paper: Paper = "letter"
    template: Path | None = None
    """PowerPoint file with the layouts to use; None takes Fairsheet's own."""
    layouts: tuple[tuple[str, str], ...] = ()
    """What layouts of the template are for, and what they are called."""
    contact: str = ""
    """One line: where to go, whom to write to."""
    accommodation: str = ""
    """How to ask for an accommodation or another format."""
    non_discrimination: str = ""
    """The statement that the university must print."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the project's folder that the brand uses."""
        return tuple(path for path in (self.logo, self.template) if path is not None)


def load_brand(root: Path) -> Brand:
    """The brand that `brand.toml` in the project's folder describes; Fairsheet's own where there is no such file.

    Raises ProjectError with every file that is missing, lies outside the project, or is not what it should be.
    """
    path = root / "brand.toml"
    if not os.path.lexists(path):  # a link that leads nowhere is a mistake, and no brand that is not there
        return Brand()
    file = read_toml(path, root)
    settings = validated(BrandSettings, file)
    problems: list[Problem] = []

    def check(name: str, key: tuple[str, ...], fault: Callable[[Path, str], str]) -> Path | None:
        try:
            found = inside(root, name, file.place(*key))
            wrong = fault(found, name)
        except ProjectError as error:
            problems.extend(error.problems)
            return None
        if wrong:
            problems.append(
                Problem(file.place(*key), f"'{name}' {wrong}", "Name another file, or take the setting out.")
            )
            return None
        return found

    def font(name: str, key: str) -> FontFile | None:
        found = check(name, ("fonts", key), font_fault)
        return None if found is None else font_file(found)

    def family(key: str, said: str | FamilySettings) -> FontFamily | None:
        if isinstance(said, str):
            if said in SHIPPED:
                return shipped_family(said)
            problems.append(
                Problem(
                    file.place("fonts", key),
                    f"the font '{said}' does not come with Fairsheet.",
                    f"{nearest(said, SHIPPED)} Or name files: {key} = {{ name = '...', regular = 'fonts/x.ttf' }}.",
                )
            )
            return None
        regular, bold, italic, bold_italic, semibold = (
            font(name, key) if name else None
            for name in (said.regular, said.bold, said.italic, said.bold_italic, said.semibold)
        )
        if regular is None:
            return None
        bold, italic = bold or regular, italic or regular
        return FontFamily(said.name, regular, bold, italic, bold_italic or bold, semibold or bold)

    text, heading = family("text", settings.fonts.text), family("heading", settings.fonts.heading)
    fallback = [font(name, "fallback") for name in settings.fonts.fallback]
    logo = check(settings.logo, ("logo",), logo_fault) if settings.logo else None
    template = check(settings.template, ("template",), template_fault) if settings.template else None
    layouts = tuple(settings.deck.layouts.model_dump(exclude_none=True).items())
    if layouts and settings.template is None:
        said = "[deck.layouts] chooses among the layouts of a template, and none is named."
        remedy = "Write template = '...', or take the section out."
        problems.append(Problem(file.place("deck", "layouts"), said, remedy))
    if problems or text is None or heading is None:
        raise ProjectError(problems)
    return Brand(
        institution=settings.institution,
        unit=settings.unit,
        colours=Colours(**settings.colours.model_dump(exclude_none=True)),
        fonts=Fonts(text, heading, deck=settings.fonts.deck, fallback=tuple(f for f in fallback if f)),
        logo=logo,
        paper=settings.paper,
        template=template,
        layouts=layouts,
        contact=settings.contact,
        accommodation=settings.accommodation,
        non_discrimination=settings.non_discrimination,
    )
