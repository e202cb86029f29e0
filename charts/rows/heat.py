"""Cells of a table shaded by their values, the figures in them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from charts.lettering import text_width, wrap
from charts.palette import ramp
from charts.phrases import joined
from charts.plot import Plot
from charts.reading import sentence
from charts.style import ChartStyle
from data.language.words import words

STEPS = 5
"""Shades from the lowest to the highest value of a column."""


def steps(numbers: Sequence[Decimal | None], count: int) -> list[int | None]:
    """Which of `count` equal steps from the lowest to the highest number each one is in; all in the first where they
    are alike, None where there is no number."""
    known = [number for number in numbers if number is not None]
    low, high = min(known, default=Decimal(0)), max(known, default=Decimal(0))

    def step(number: Decimal) -> int:
        return min(int(count * (number - low) / (high - low)), count - 1) if high > low else 0

    return [None if number is None else step(number) for number in numbers]


def shades_of(numbers: Sequence[Decimal | None], style: ChartStyle) -> list[str | None]:
    """The shade of each cell on one scale."""
    found = ramp(style, STEPS)
    return [None if step is None else found[step] for step in steps(numbers, len(found))]


def draw_heat_key(plot: Plot, shared: Sequence[str] = ()) -> float:
    """What the shades mean, over the table; gives the height below, in points.

    `shared` are the units, in words, whose columns are on one scale.
    """
    style = plot.style
    spoken = words(style.language)
    patch, gap = 1.4 * style.size, 0.5 * style.size
    shades = ramp(style, STEPS)
    low, high = sentence(spoken["heat lowest"]), spoken["heat highest"]
    if shared:
        high += "; " + spoken["heat shared"].format(units=joined(shared))
    start = text_width(low, style.regular, style.size) + gap
    left = start + len(shades) * patch + gap
    if left + text_width(high, style.regular, style.size) > plot.width:
        lines = wrap(f"{low} – {high}", style.regular, style.size, plot.width)
        plot.lines(0, len(lines) * style.line / 2, lines, colour=style.muted)
        return len(lines) * style.line + 0.6 * style.size
    plot.lines(0, style.line / 2, (low,), colour=style.muted)
    for number, shade in enumerate(shades):
        plot.bar(start + number * patch, (style.line - 0.9 * style.size) / 2, patch, 0.9 * style.size, shade)
    plot.lines(left, style.line / 2, (high,), colour=style.muted)
    return style.line + 0.6 * style.size
