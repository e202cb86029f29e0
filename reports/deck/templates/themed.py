"""Colours of charts in somebody's template: the theme's, as they can be seen on what charts stand on."""

from __future__ import annotations

from data.look.brand import Colours
from data.look.colour import MARKS, TEXT, contrast, nearest_passing, text_colour, told_apart
from reports.powerpoint.palette import Palette, hexadecimal

_SHIPPED = frozenset((
    ("4F81BD", "C0504D", "9BBB59"), ("5B9BD5", "ED7D31", "A5A5A5"), ("4472C4", "ED7D31", "A5A5A5"),
    ("156082", "E97132", "196B24"), ("4285F4", "34A853", "FBBC05"), ("4285F4", "212121", "78909C"),
    ("18A303", "0369A3", "A33E03"), ("BBE0E3", "333399", "009999"),
))  # fmt: skip
"""First three accents of the themes that PowerPoint, Google Slides and LibreOffice ship with: whoever kept them
chose no colours, and the brand's own say more."""


def theme_colours(palette: Palette, ground: str, brand: Colours) -> Colours:
    """Colours for charts on a ground, "#RRGGBB": text and marks of the theme's text colour, accents of its accents.

    A theme with the colours that a program ships with leaves the accents to the brand. Whatever could not be seen on
    the ground is changed to the nearest colour that can (WCAG 2.1).
    """
    accents = [_named(palette, f"accent{number}") for number in (1, 2, 3)]
    shipped = tuple(accent[1:] for accent in accents) in _SHIPPED or "" in accents
    accent, second = (brand.accent, brand.second) if shipped else (accents[0], accents[1])
    texts = [colour for name in ("tx1", "bg1") if (colour := _named(palette, name))]
    ink = next((colour for colour in texts if contrast(colour, ground) >= TEXT), text_colour(brand.ink, ground))
    if shipped and ground.upper() == brand.paper.upper():
        return brand
    accent = nearest_passing(accent, ground, MARKS) or ink
    second = nearest_passing(second, ground, MARKS) or ink
    if not told_apart(accent, second):
        second = nearest_passing(_between(accent, ground, 0.55), ground, MARKS) or ink
    return Colours(
        ink=ink,
        accent=accent,
        mark=nearest_passing(_between(ink, ground, 0.5), ground, MARKS) or ink,
        second=second,
        muted=text_colour(_between(ink, ground, 0.3), ground),
        hairline=_between(ink, ground, 0.8),
        tint=_between(ink, ground, 0.94),
        paper=ground,
    )


def _named(palette: Palette, name: str) -> str:
    paint = palette.named(name)
    return "" if paint is None else hexadecimal(paint.colour)


def _between(one: str, other: str, share: float) -> str:
    """The colour a share of the way from one to another."""
    ends = (bytes.fromhex(colour[1:]) for colour in (one, other))
    return "#" + "".join(f"{round(a + share * (b - a)):02X}" for a, b in zip(*ends))
