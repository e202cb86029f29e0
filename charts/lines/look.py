"""The colours of several lines: distinct ones, or the accent for what stands out and grey for the rest."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from charts.lines.courses import Course
from charts.palette import MOST_DISTINCT, distinct
from charts.style import ChartStyle
from data.look.colour import text_colour


class Look(Struct, frozen=True):
    """How one line is drawn."""

    colour: str
    text: str
    """Its colour as that of text."""
    thick: float
    strong: bool = False
    quiet: bool = False
    """Whether it is only what others are seen against."""


def looks(courses: Sequence[Course], style: ChartStyle) -> tuple[Look, ...]:
    """A look for each line, in their order."""
    thick = 0.25 * style.size
    if len(courses) == 1:
        return (Look(style.accent, style.ink, thick),)
    strong = [course.strong for course in courses]
    if not any(strong) and len(courses) <= MOST_DISTINCT:
        return tuple(
            Look(colour, text_colour(colour, style.paper), 0.22 * style.size)
            for colour in distinct(style, len(courses))
        )
    front = iter(distinct(style, min(max(sum(strong), 1), MOST_DISTINCT)) * len(courses))
    quiet = Look(style.mark, style.muted, 0.15 * style.size, quiet=True)
    found: list[Look] = []
    for one in strong:
        colour = next(front) if one else ""
        found.append(Look(colour, text_colour(colour, style.paper), thick, strong=True) if one else quiet)
    return tuple(found)
