"""Sizes of the handout's text: one step of a scale for the whole sheet, from roomy down to the least."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from data.look.brand import Brand
from reports.pdf.styles import ParagraphStyle

MARGIN = 36.0
"""White edge of the paper in points; office printers need 18 (6.4 mm)."""
GUTTER = 28.0
"""Between columns: the second of two and the third of four share an edge."""
LEAST_TEXT, MOST_TEXT = 9.0, 11.0
LEAST_SMALL = 7.5


class Step(NamedTuple):
    """How large and how airy text is set."""

    size: float
    """Of reading text, in points."""
    air: float = 0.0
    """0 to 1: what lines and items get beyond their least distance."""


STEPS: tuple[Step, ...] = (
    *(Step(LEAST_TEXT + quarters / 4, max(0, quarters - 2) / 12) for quarters in range(9)),
    Step(MOST_TEXT, 0.75),
    Step(MOST_TEXT, 1.0),
)
"""From the tightest to the roomiest."""


class Look(Struct, frozen=True):
    """The handout's styles and distances at one step, in points."""

    step: Step
    body: ParagraphStyle
    kicker: ParagraphStyle
    heading: ParagraphStyle
    claim: ParagraphStyle
    measure: ParagraphStyle
    source: ParagraphStyle
    key_label: ParagraphStyle
    myth: ParagraphStyle
    fact: ParagraphStyle
    number: ParagraphStyle
    """Of ordered lists."""
    quote: ParagraphStyle
    pull_quote: ParagraphStyle
    attribution: ParagraphStyle
    cell: ParagraphStyle
    cell_head: ParagraphStyle
    address: ParagraphStyle
    contact: ParagraphStyle
    foot: ParagraphStyle
    foot_right: ParagraphStyle
    key_figure: ParagraphStyle
    """As large as it may be; smaller where a figure is wide."""
    chart_text: float

    @property
    def squeeze(self) -> float:
        """The least height of a drawing, as a part of its natural one."""
        return min(1.0, 0.65 + 0.7 * self.step.air)

    @property
    def item_gap(self) -> float:
        """Between the items of a list."""
        return self.step.size * (0.12 + 0.4 * self.step.air)

    @property
    def paragraph_gap(self) -> float:
        """Between paragraphs, and around what stands between them."""
        return self.step.size * (0.5 + 0.4 * self.step.air)

    @property
    def heading_gap(self) -> float:
        """Below headings."""
        return self.step.size * (0.2 + 0.3 * self.step.air)

    @property
    def padding(self) -> float:
        """Of text on a tint."""
        return 11.0 + 7.0 * self.step.air

    @property
    def open_gap(self) -> float:
        """The least that keeps two parts of the sheet apart at this step."""
        return 9.0 + 9.0 * self.step.air


def look_at(step: Step, brand: Brand) -> Look:
    """The look of a brand's handout at a step."""
    colours, family = brand.colours, brand.fonts.heading
    size, air = step

    def style(factor: float, least: float = LEAST_TEXT, line: float = 1.3, colour: str = colours.ink) -> ParagraphStyle:
        points = max(least, round(size * factor * 4) / 4)
        return ParagraphStyle(family, points, round(points * (line + 0.12 * air) * 4) / 4, colour)

    body = style(1)
    small = style(0.75, LEAST_SMALL, 1.28, colours.muted)
    return Look(
        step=step,
        body=replace(body, divides=True),
        kicker=ParagraphStyle(family, 9.5, 14.0, colours.accent_text, "semibold", tracking=0.85, capitals=True),
        heading=replace(style(1.3, line=1.2), face="bold", balanced=True),
        claim=replace(style(1.1, line=1.22), face="bold"),
        measure=style(0.93, colour=colours.muted),
        source=small,
        key_label=replace(style(1, line=1.25), balanced=True),
        myth=replace(body, face="semibold", colour=colours.muted),
        fact=replace(body, face="semibold", colour=colours.accent_text),
        number=replace(body, face="semibold", colour=colours.accent_text),
        quote=replace(style(1.25, line=1.3), face="semibold", balanced=True),
        pull_quote=replace(style(1.35, line=1.25, colour=colours.accent_text), face="bold", balanced=True),
        attribution=style(0.93, colour=colours.muted),
        cell=style(0.95, line=1.25),
        cell_head=replace(style(0.95, line=1.25), face="semibold"),
        address=replace(body, face="semibold"),
        contact=replace(style(0.92), face="semibold"),
        foot=small,
        foot_right=replace(small, align="right"),
        key_figure=replace(style(2.7, line=1.1, colour=colours.accent_text), face="bold"),
        chart_text=max(LEAST_TEXT, round(size * 0.93 * 4) / 4),
    )
